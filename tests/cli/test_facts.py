"""Client facts as options and files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import pytest

from advisor.cli.facts import FACTS, Given, fact_options, given, supposed, with_facts
from advisor.cli.texts import client_file
from advisor.domain import Client, Fact, Metric, Money, Partners, Unit
from advisor.errors import AdvisorError, InputError
from advisor.settings import Settings

SETTINGS = Settings(home=Path("/nowhere"))


def parsed(*arguments: str, settings: Settings = SETTINGS) -> Given:
    """What a command with [facts] understands."""
    found: list[Given] = []

    @click.command()
    @fact_options
    def command(**options: Any) -> None:
        found.append(given(options, settings))

    command.main(list(arguments), standalone_mode=False)
    return found[0]


ALL = """--arr|8.2M EUR|--motion|mid-touch|--acv|24k EUR|--problem|distribution|--problem|credibility|--direct-predictable|yes|--owner|none
--partners|3|--active-partners|2|--mapped-partners|1|--programme-age-months|6|--maturity|1|--business|b2b_saas|--expansion|vertical
--implementation-heavy|--committed-spend|no|--region|EU|--compliance|eu-residency|--crm|HubSpot|--tool-budget|12k EUR|--in-place|tiered_programme|--fx|usd=0,92"""


def test_every_fact_can_be_given_as_an_option() -> None:
    told = parsed(*(word for line in ALL.splitlines() for word in line.split("|")))
    assert told.options.model_copy(update={"facts": {}}) == Client(
        arr="8.2M EUR", motion="mid_touch", acv="24k EUR", problems=("distribution", "credibility"), direct_predictable=True, owner="none",
        partners=Partners(signed=3, active=2, mapped=1), programme_age_months=6, maturity=1, business="b2b_saas", expansion="vertical",
        implementation_heavy=True, committed_spend=False, region="EU", compliance="eu-residency", crm="HubSpot", tool_budget="12k EUR", in_place=("tiered_programme",),
    )  # fmt: skip
    assert set(told.options.facts) == {fact.path for fact in FACTS}
    assert told.options.facts["partners.signed"] == Fact(origin="option", quote="--partners 3")
    assert (told.client, told.fx) == (Client(), {"USD": Decimal("0.92")})


def test_the_same_value_twice_is_no_conflict_and_minus_nothing_is_nothing() -> None:
    told = parsed("--arr=-0 EUR", "--arr=-0 EUR", "--fx", "USD=0.9", "--fx", "USD=0.9")
    assert (str(told.options.arr.amount if told.options.arr else None), told.fx) == ("0", {"USD": Decimal("0.9")})


def test_unknown_is_a_value_and_no_is_not_unknown() -> None:
    assert parsed("--direct-predictable", "unknown").options.direct_predictable is None
    assert parsed("--no-implementation-heavy").options.implementation_heavy is False


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--arr", "plenty"), "--arr: arr: found 'plenty'; 'plenty' is not an amount of money; write it like '8.2M EUR'."),
        (("--arr=-3M EUR",), "an amount cannot be negative"),
        (("--arr", "nan"), "not an amount of money"),
        (("--motion", "telepathy"), "--motion is 'telepathy'; allowed: plg, mid_touch, enterprise, channel."),
        (("--partners", "-1"), "--partners is '-1'; write a whole number, 0 or more."),
        (("--partners", "²"), "write a whole number"),
        (("--partners", "9" * 40), "write a whole number"),
        (("--maturity", "7"), "less than or equal to 4"),
        (("--in-place", "world_peace"), "allowed: informal_referrals,"),
        (("--direct-predictable", "perhaps"), "allowed: yes, no, unknown"),
        (("--region", " "), "--region is ' '; it is empty."),
        (("--fx", "USD"), "USD= is not a rate."),
        (("--fx", "USD=inf"), "is not a rate"),
        (("--fx", "USD=1e30"), "USD=1e30 is not a rate."),
        (("--fx", "EUR=2"), "EUR=2 is not a rate."),
        (("--fx", "ZZZ=1"), "'ZZZ' is not a currency known here; known are AUD,"),
        (("--fx", "USD=0.9", "--fx", "USD=0.8"), "--fx gives USD twice: '0.9' and '0.8'."),
        (("--arr", "8M EUR", "--arr", "80M EUR"), "The command gives --arr twice: '8M EUR' and '80M EUR'."),
        (("--arr", "8M QQQ"), "'QQQ' is not a scale or currency known here; known are AUD,"),
        (("--arr", "9" * 5000), "more than any company turns over in a year"),
        (("--tool-budget", "-" * 5000), "is not an amount of money"),
        (("--region", "x" * 201), "write 1 to 200 characters"),
        (("--crm", "\x00\u200b"), "it is empty"),
        (("--partners", "999999999"), "less than or equal to 1000000"),
        (("--programme-age-months", "99999"), "less than or equal to 1200"),
        (("--client", ""), "There is no file ''"),
        (("--client", "a\0b"), "cannot name a client: it holds characters that cannot be seen"),
        (("--client", "x" * 5000), "it is longer than 64 characters"),
        (("--client", "/dev/zero"), "is larger than 5 MB"),
        (("--client", "acme"), "There is no client 'acme'. Make it: advisor client new NAME, or give a TOML or JSON file."),
        (("--client", "missing.toml"), "missing.toml cannot be read: No such file or directory."),
    ],
)
def test_a_bad_value_says_what_is_allowed(arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(InputError) as refused:
        parsed(*arguments)
    assert message in str(refused.value)
    assert refused.value.hint


def test_options_lie_beside_the_file_and_the_file_on_top_of_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "acme.toml"
    path.write_text('arr = "8M EUR"\nregion = "EU"\n', encoding="utf-8")
    told = parsed("--client", str(path), "--region", "US", settings=SETTINGS.model_copy(update={"client": Client(crm="HubSpot", region="UK")}))
    assert told.client.model_copy(update={"facts": {}}) == Client(arr="8M EUR", region="EU", crm="HubSpot")
    assert told.options.model_copy(update={"facts": {}}) == Client(region="US")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("client.toml", '[metrics.win_rate_partner]\nvalue = 46.1\nunit = "percent"\n'),
        ("client.json", '{"metrics": {"win_rate_partner": {"value": 46.1, "unit": "percent"}}}'),
        ("assessment.json", '{"client": {"metrics": {"win_rate_partner": {"value": 46.1, "unit": "percent"}}}, "stage": {}}'),
    ],
)
def test_a_client_file_is_toml_json_or_the_output_of_assess(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert client_file(str(path)).metrics == {"win_rate_partner": Metric(value=Decimal("46.1"), unit=Unit.PERCENT)}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", b"{", "is not JSON"),
        ("a.json", b"[" * 100_000, "is not JSON"),
        ("a.json", b"[1]", "Write a table of facts"),
        ("a.toml", b"arr = [", "a.toml"),
        ("a.toml", b"\xff", "is not UTF-8 text (byte 0)"),
        ("a.toml", b"colour = 'red'", "Known facts: arr, motion"),
        ("a.toml", b"arr = true", "a.toml"),
        ("a.json", b'{"arr": "8M EUR", "arr": "9M EUR"}', "the key 'arr' stands twice"),
        ("a.json", b'{"acv": ' + b"9" * 5000 + b"}", "a.json"),
        ("a.json", b'{"arr": {"amount": "1e999", "currency": "EUR"}}', "more than any company"),
        ("a.json", b'{"arr": {"amount": 8, "currency": "EUR", "eur": 3}}', "does not follow from the amount"),
        ("a.json", b'{"arr": {"amount": [1], "currency": "EUR"}}', "arr.amount"),
        ("a.json", b'{"arr": {"amount": 8, "currency": "XXX"}}', "'XXX' is not a currency known here"),
        ("a.json", b'{"region": ""}', "region"),
        ("a.toml", b'fx = { USD = 0 }', "USD=0 is not a rate"),
        ("a.toml", b'region = "EU"\n' + b"#" * 5_000_000, "is larger than 5 MB"),
    ],
)
def test_a_bad_client_file_names_itself(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(AdvisorError) as refused:
        client_file(str(path))
    assert message in str(refused.value)


def test_half_and_control_characters_of_a_file_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"region": "E\\udcffU\\u001b[31m", "decided": [{"move": "tiered_programme", "reason": "\\u202ewhy"}]}', encoding="utf-8")
    client = client_file(str(path))
    assert (client.region, client.decided[0].reason) == ("E U", "why")


def test_a_folder_is_no_client_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        client_file(str(tmp_path))


def test_a_fact_can_be_supposed_by_its_option_or_its_json_name() -> None:
    assert supposed(["direct-predictable=yes", "tool_budget = 3k EUR", "partners.signed=3"]) == {
        "direct_predictable": "yes",
        "tool_budget": "3k EUR",
        "partners": "3",
    }


@pytest.mark.parametrize("text", ["arr", "=3", "shoe-size=3", ""])
def test_supposing_something_else_lists_the_facts(text: str) -> None:
    with pytest.raises(InputError, match="names no fact") as refused:
        supposed([text])
    assert refused.value.hint.startswith("Write FACT=VALUE, with one of: arr, motion,")


def test_a_supposed_fact_replaces_what_was_known() -> None:
    assert with_facts(Client(arr="8M EUR", partners=Partners(signed=1, mapped=1)), {"arr": "16M EUR", "partners": "4"}) == Client(
        arr=Money.parse("16M EUR"),
        partners=Partners(signed=4, mapped=1),
        facts={"arr": Fact(origin="option", quote="--arr 16M EUR"), "partners.signed": Fact(origin="option", quote="--partners 4")},
    )
