"""Claims as consultants write them: how many true ones are known again, and that no false one is let through."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from advisor import verify
from advisor.domain import FigureVerdict, VerifiedFigure

CLAIMS = tomllib.loads((Path(__file__).parents[2] / "evals" / "verify" / "claims.toml").read_text(encoding="utf-8"))["claims"]
HOLDS = {FigureVerdict.SUPPORTED, FigureVerdict.DERIVED}


class Outcome(NamedTuple):
    """A claim with the figures of its report."""

    claim: dict[str, Any]
    figures: Sequence[VerifiedFigure]

    @property
    def accepted(self) -> bool:
        return bool(self.figures) and all(figure.verdict in HOLDS for figure in self.figures)

    @property
    def right_record(self) -> bool:
        record = self.claim["record"]
        return any(record in figure.evidence if self.claim["holds"] else bool(figure.nearest and figure.nearest.id == record) for figure in self.figures)


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return [Outcome(claim, verify(claim["text"]).figures) for claim in CLAIMS]


def test_no_false_claim_is_accepted(outcomes: list[Outcome]) -> None:
    assert [each.claim["text"] for each in outcomes if not each.claim["holds"] and each.accepted] == []


def test_most_true_claims_are_known_again_in_other_words(outcomes: list[Outcome]) -> None:
    true = [each for each in outcomes if each.claim["holds"]]
    assert len(true) == 30
    assert sum(each.accepted for each in true if each.claim["set"] == "first") >= 19, [each.claim["text"] for each in true if not each.accepted]
    assert sum(each.accepted for each in true) >= 24


def test_most_claims_are_shown_beside_the_record_that_they_are_about(outcomes: list[Outcome]) -> None:
    assert sum(each.right_record for each in outcomes) >= 49


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("A partner programme with a dedicated owner dies within 6 months.", "contradicted"),
        ("A partner programme without a dedicated owner dies within 6 months.", "supported"),
        ("A partner programme that has no owner of its own is dead within 6 months.", "supported"),
        ("Ein Partnerprogramm mit eigenem Verantwortlichen stirbt binnen 6 Monaten.", "contradicted"),
        ("ELG deals are 53 % more likely to close than deals without partner data behind them.", "supported"),
        ("Deals with partner data behind them are 53 % more likely to close.", "supported"),
    ],
)
def test_what_is_there_is_not_what_is_lacking(text: str, verdict: str) -> None:
    assert [str(figure.verdict) for figure in verify(text).figures] == [verdict]


def test_less_than_belongs_to_its_own_figure() -> None:
    assert {figure.verdict for figure in verify("67% of B2B partner programmes bring under ten percent of revenue.").figures} == {FigureVerdict.SUPPORTED}


@pytest.mark.parametrize("text", ["Certified partners earn the revenue of uncertified ones by a factor of 4.3.", "Zertifizierte Partner verdienen um den Faktor 4,3 mehr als nicht zertifizierte."])
def test_a_factor_is_how_many_times(text: str) -> None:
    (figure,) = verify(text).figures
    assert figure.nearest is None or "unit" not in figure.nearest.why
    assert str(figure.verdict) in {"supported", "contradicted", "misattributed"}


def test_another_number_under_the_same_limit_is_told_beside_its_record() -> None:
    figure = verify("At €15–50M ARR the tiered programme needs 5 FTE.").figures[-1]
    assert figure.nearest is not None
    assert (str(figure.verdict), figure.nearest.id) == ("contradicted", "fte-15-50m")


def test_a_record_told_in_the_words_of_two_passages_is_still_of_its_subject() -> None:
    text = "The duties decide the margin: resellers get 20–40 % of contract value, according to how much implementation and support they take on."
    assert [figure.verdict for figure in verify(text).figures] == [FigureVerdict.SUPPORTED]
