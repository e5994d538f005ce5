"""The names we promise."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import advisor
from advisor import Advisor, Client, datafiles
from advisor.errors import InputError

PUBLIC = ["Advisor", "AdvisorError", "Answer", "Assessment", "Client", "Money", "verify"]


def test_public_names_are_these_and_all_importable() -> None:
    assert sorted(advisor.__all__) == PUBLIC
    assert dir(advisor) == PUBLIC
    assert [getattr(advisor, name).__name__ for name in PUBLIC] == PUBLIC


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(advisor, "no_such_name")


def test_the_package_is_typed_and_carries_its_data() -> None:
    """In a wheel the data lies inside the package, in an editable install in the checkout."""
    package = Path(advisor.__file__).parent
    assert package.joinpath("py.typed").is_file()
    assert datafiles.root() in {package / "_data", package.parent}
    assert sorted(path.name for path in datafiles.root().joinpath("knowledge").glob("*.toml")) == ["glossary.toml", "sources.toml", "spelling.toml"]


@pytest.mark.parametrize("text", [None, 5, b"tiers?", ["tiers?"], {"q": 1}])
def test_a_text_of_another_type_is_refused_with_its_name(text: Any) -> None:
    for call in (Advisor().ask, Advisor().assess, Advisor().search):
        with pytest.raises(InputError, match=type(text).__name__):
            call(text)


@pytest.mark.parametrize("text", ["", " ", "\u200b\u202e", "\x00"])
def test_a_question_without_words_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="There is no question"):
        Advisor().ask(text)


@pytest.mark.parametrize("client", [None, {"arr": "8M EUR"}, "acme", Client])
def test_a_client_of_another_type_is_refused_with_a_way_out(client: Any) -> None:
    for call in (lambda: Advisor().ask("Tiers?", client), lambda: Advisor().ask("Tiers?", options=client), lambda: Advisor().assess("Tiers?", client)):
        with pytest.raises(InputError, match="Give a Client"):
            call()


@pytest.mark.parametrize("rates", ["USD=1", [("USD", 1)], {5: 1}, {"USD": None}, {"USD": float("nan")}, {"EUR": 2}])
def test_rates_that_are_none_are_refused(rates: Any) -> None:
    with pytest.raises(InputError, match="rate"):
        Advisor().assess("We are at $8M ARR.", fx=rates)


@pytest.mark.parametrize(
    "facts",
    [
        {"arr": float("nan")}, {"arr": 10**20}, {"arr": {"amount": 8, "currency": "XXX"}}, {"region": "\udcff"}, {"crm": "a\x00b"},
        {"programme_age_months": 10**9}, {"partners": {"signed": 10**9}}, {"metrics": {"x": {"value": 10**400, "unit": "percent"}}},
        {"fx": {"USD": 0}}, {"nonsense": 1},
    ],
)  # fmt: skip
def test_a_client_with_a_wrong_value_cannot_be_made(facts: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Client(**facts)


def test_half_characters_in_a_question_are_read_over() -> None:
    assert Advisor().assess("\udcffWe are at €8M ARR.").stage.id == "5-15M"


def test_the_same_words_are_worded_alike_on_another_day() -> None:
    words = "We sell mid-touch B2B SaaS at €9.4M ARR and nobody owns partners."
    days = [Advisor(today=lambda day=day: date(2026, 11, day)) for day in range(1, 8)]
    assert len({tuple(question.ask for question in advisor.assess(words).questions) for advisor in days}) == 1
