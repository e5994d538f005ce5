"""`advisor client` and `advisor sessions` as users type them."""

from __future__ import annotations

import json
import re
import stat
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from advisor.domain import Client
from advisor.domain.changes import facts_of
from advisor.rendering.clients import client_toml
from advisor.settings import client_of

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
WORDS = "We're at 8M EUR ARR, mid-touch, 12 partners signed, activation rate 46%."
TODAY = date.today().isoformat()


def own_files(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file() and "index" not in path.relative_to(home).parts)


def keeps_to(schema: str, document: Any) -> Any:
    jsonschema.validate(document, json.loads(SCHEMAS.joinpath(f"{schema}.json").read_text(encoding="utf-8")))
    return document


def test_a_client_is_kept_with_the_words_and_the_day_of_each_fact(advisor: Any, home: Path) -> None:
    done = advisor("client", "new", "acme", WORDS, "--owner", "none", "--json")
    document = keeps_to("client", done.json())
    assert (document["name"], document["version"], document["client"]["arr"]["amount"]) == ("acme", 1, 8_000_000)
    assert document["client"]["facts"]["arr"] == {"from": "text", "quote": "8M EUR ARR", "stated_on": TODAY, "confidence": "stated"}
    assert document["client"]["facts"]["owner"]["stated_on"] == TODAY
    shown = advisor("client", "show", "acme")
    assert f"| €8M ARR | “8M EUR ARR” | {TODAY} | stated |" in shown.out
    assert "Nobody in charge of partners" in shown.out


def test_a_name_is_taken_once(advisor: Any, home: Path) -> None:
    advisor("client", "new", "acme", "--arr", "8M EUR")
    done = advisor("client", "new", "acme", "--arr", "9M EUR")
    assert (done.code, done.err) == (2, "Error: There is a client 'acme' already. Change it: advisor client edit 'acme', or take another name.\n")
    assert advisor("client", "show", "acme", "--json").json()["client"]["arr"]["amount"] == 8_000_000


def test_an_edit_keeps_the_version_before_and_can_go_back(advisor: Any, home: Path) -> None:
    advisor("client", "new", "acme", WORDS)
    edited = advisor("client", "edit", "acme", "--arr", "16M EUR", "--forget", "partners", "--json").json()
    assert (edited["version"], edited["client"]["arr"]["amount"], edited["client"]["partners"]["signed"]) == (2, 16_000_000, None)
    assert advisor("client", "show", "acme", "--version", "1", "--json").json()["client"]["arr"]["amount"] == 8_000_000
    restored = advisor("client", "edit", "acme", "--restore", "1", "--json").json()
    assert (restored["version"], restored["client"]["arr"]["amount"]) == (3, 8_000_000)
    assert len(restored["versions"]) == 3


def test_an_edit_that_changes_nothing_makes_no_version(advisor: Any, home: Path) -> None:
    advisor("client", "new", "acme", "--arr", "8M EUR")
    done = advisor("client", "edit", "acme", "--arr", "8M EUR", "--json")
    assert (done.json()["version"], done.err) == (1, "Note: Nothing changed.\n")


def test_an_edit_in_the_editor_loses_no_other_fact(advisor: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    advisor("client", "new", "acme", WORDS)
    monkeypatch.setattr("advisor.cli.client._terminal", lambda: True)
    monkeypatch.setattr("click.edit", lambda text, extension: text.replace("amount = 8000000", "amount = 9000000").replace("eur = 8000000", "eur = 9000000"))
    before = advisor("client", "show", "acme", "--json").json()["client"]
    after = advisor("client", "edit", "acme", "--json").json()["client"]
    assert after["facts"].pop("arr") == {"from": "file", "quote": "", "stated_on": TODAY, "confidence": "stated"}
    assert after.pop("arr")["amount"] == 9_000_000
    del before["arr"], before["facts"]["arr"]
    assert after == before


def test_an_export_brings_the_same_client_back(advisor: Any, home: Path, tmp_path: Path) -> None:
    advisor("client", "new", "acme", WORDS, "--crm", 'Hub"Spot', "--in-place", "tag_crm", "--fx", "USD=0.92")
    for name, arguments in (("out.toml", ()), ("out.json", ("--json",))):
        assert advisor("client", "export", "acme", "-o", name, *arguments).code == 0
        assert stat.S_IMODE(Path(name).stat().st_mode) == 0o600
        advisor("client", "import", name, "--name", name.replace(".", "-"))
        copy = advisor("client", "show", name.replace(".", "-"), "--json").json()
        assert copy["client"] == advisor("client", "show", "acme", "--json").json()["client"]
    refused = advisor("client", "export", "acme", "-o", "out.toml")
    assert (refused.code, refused.err) == (2, "Error: out.toml is there already. Give another name, or --force.\n")


def test_a_client_with_everything_survives_toml(tmp_path: Path) -> None:
    client = Client.model_validate({
        "arr": {"amount": 9_400_000, "currency": "USD", "eur": 8_648_000, "fx": 0.92}, "motion": "mid_touch", "problems": ["distribution", "new_markets"],
        "partners": {"signed": 12, "active": 0}, "metrics": {"partner_fee": {"value": 1500.5, "unit": "money", "currency": "EUR", "per": "deal", "quote": 'a "fee"\nof'}},
        "in_place": ["tag_crm"], "decided": [{"move": "resellers", "by": "board", "on": "2026-11-03", "reason": "It's \\ promised."}], "fx": {"USD": 0.92},
        "implementation_heavy": False, "facts": {"arr": {"from": "session", "quote": "9,4 Mio. €", "stated_on": "2026-11-03", "confidence": "assumed"}},
    })  # fmt: skip
    path = tmp_path / "x.toml"
    path.write_text(client_toml(client, "Client"), encoding="utf-8")
    import tomllib

    read = client_of(tomllib.loads(path.read_text(encoding="utf-8")), "x")
    assert facts_of(read) == {**facts_of(client), "metrics.partner_fee": facts_of(read)["metrics.partner_fee"]}
    assert read.metrics["partner_fee"].value == client.metrics["partner_fee"].value


def test_a_stored_client_serves_every_command_that_takes_facts(advisor: Any, home: Path) -> None:
    advisor("client", "new", "acme", "16M EUR ARR, mid-touch")
    assert advisor("assess", "--client", "acme", "--json").json()["stage"]["id"] == "15-50M"
    assert advisor("assess", "--client", "acme", "--arr", "3M EUR", "--json").json()["stage"]["id"] == "<5M"
    assert advisor("benchmarks", "list", "--client", "acme", "--json").code == 0
    assert advisor("client", "show", "acme", "--json").json()["version"] == 1


def test_clients_and_sessions_are_listed(advisor: Any, home: Path) -> None:
    assert "No client is stored yet" in advisor("client", "list").out
    assert "There is no conversation yet" in advisor("sessions", "list").out
    advisor("client", "new", "acme", WORDS)
    advisor("ask", "Should we launch tiers?", "--session", "first", "--client", "acme")
    assert [each["name"] for each in keeps_to("clients", advisor("client", "list", "--json").json())["clients"]] == ["acme"]
    (info,) = keeps_to("sessions", advisor("sessions", "list", "--json").json())["sessions"]
    assert (info["name"], info["client"], info["turns"]) == ("first", "acme", 1)
    assert "| acme | 4 | 1 |" in advisor("client", "list").out
    assert "| first | acme | 1 |" in advisor("sessions", "list").out


def test_a_session_goes_on_and_its_client_learns_what_is_said(advisor: Any, home: Path) -> None:
    advisor("client", "new", "acme", "8M EUR ARR, mid-touch")
    first = advisor("ask", "Should we launch tiers?", "--session", "first", "--client", "acme", "--json").json()
    assert (first["session"], first["assessment"]["stage"]["id"]) == ({"name": "first", "turn": 1}, "5-15M")
    second = advisor("ask", "Sorry, it's 16M EUR ARR.", "--session", "first", "--json").json()
    assert (second["session"]["turn"], second["assessment"]["stage"]["id"]) == (2, "15-50M")
    assert advisor("client", "show", "acme", "--json").json()["client"]["arr"]["amount"] == 16_000_000
    other = advisor("ask", "And tiers?", "--session", "second", "--client", "acme", "--json").json()
    assert other["assessment"]["stage"]["id"] == "15-50M"


def test_a_session_is_about_one_client(advisor: Any, home: Path) -> None:
    for name in ("acme", "zeta"):
        advisor("client", "new", name, "--arr", "8M EUR")
    advisor("ask", "Tiers?", "--session", "first", "--client", "acme")
    done = advisor("ask", "Tiers?", "--session", "first", "--client", "zeta")
    assert (done.code, done.err) == (2, "Error: Session 'first' is about client 'acme'. Name another session for another client.\n")


def test_what_was_said_before_a_client_was_named_comes_along(advisor: Any, home: Path) -> None:
    advisor("ask", "We're mid-touch. Tiers?", "--session", "first")
    advisor("client", "new", "acme", "--arr", "8M EUR")
    advisor("ask", "And co-selling?", "--session", "first", "--client", "acme")
    client = advisor("client", "show", "acme", "--json").json()["client"]
    assert (client["arr"]["amount"], client["motion"]) == (8_000_000, "mid_touch")


def test_a_session_is_shown_and_exported_with_every_turn(advisor: Any, home: Path) -> None:
    advisor("ask", "We're at 8M EUR ARR. Should we launch tiers?", "--session", "first")
    advisor("ask", "And co-selling?", "--session", "first")
    shown = advisor("sessions", "show", "first").out
    assert re.findall(r"^## \d+\.|^> .+", shown, re.M) == ["## 1.", "> We're at 8M EUR ARR. Should we launch tiers?", "## 2.", "> And co-selling?"]
    document = keeps_to("session", advisor("sessions", "show", "first", "--json").json())
    keeps_to("ask", document["turns"][0]["answer"])
    assert "Sources" not in shown
    exported = advisor("sessions", "export", "first").out
    assert re.sub(r"\n### Sources\n\n(?:- \[\d+\].*\n)+", "", exported) == shown
    assert json.loads(advisor("sessions", "export", "first", "--format", "json").out) == document


def test_deleting_asks_by_name_where_somebody_can_answer(advisor: Any, home: Path) -> None:
    advisor("client", "new", "acme", "--arr", "8M EUR")
    done = advisor("client", "delete", "acme", stdin=b"acme\n")
    assert (done.code, done.err) == (2, "Error: Deleting asks first, and here is nobody to ask. Give --yes.\n")
    assert advisor("client", "show", "acme").code == 0


def test_a_deleted_client_is_gone_from_every_file(advisor: Any, home: Path) -> None:
    """Its versions, the conversations about it and the draft cases made from these; others stay."""
    from advisor.adapters.drafts import write_draft

    secret = "Quokka Industries at 8M EUR ARR, mid-touch. "
    advisor("client", "new", "quokka", secret)
    advisor("client", "new", "zeta", "--arr", "9M EUR")
    for number in range(4):
        advisor("ask", f"{secret} Quokka wants tiers, try {number}?", "--session", "Quokka talks", "--client", "quokka")
        advisor("ask", f"Tiers, try {number}?", "--session", "other", "--client", "zeta")
    write_draft(home, "Quokka talks", 1, [secret], note=secret)
    assert b"uokka" in own_files(home)
    done = advisor("client", "delete", "quokka", "--yes", "--json")
    assert keeps_to("deleted", done.json()) == {"clients": ["quokka"], "sessions": ["Quokka talks"]}
    assert b"uokka" not in own_files(home)
    assert b"uokka" not in "".join(str(path) for path in home.rglob("*")).encode()
    assert advisor("sessions", "show", "other", "--json").json()["client"] == "zeta"


def test_a_deleted_session_is_gone_and_leaves_its_client(advisor: Any, home: Path) -> None:
    advisor("client", "new", "acme", "--arr", "8M EUR")
    advisor("ask", "Our quokka wants tiers?", "--session", "first", "--client", "acme")
    assert advisor("sessions", "delete", "first", "--yes").out == "Deleted: first.\n"
    assert b"quokka" not in own_files(home)
    assert advisor("client", "show", "acme").code == 0
    assert advisor("sessions", "show", "first").err == "Error: There is no session 'first'. There is none yet.\n"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "..", "C:\\x", "", "a\x00b", ".hidden"])
def test_a_name_that_could_be_a_path_is_refused_everywhere(advisor: Any, home: Path, name: str) -> None:
    for arguments in (("client", "new", name), ("client", "show", name), ("sessions", "show", name), ("sessions", "delete", name, "--yes"), ("ask", "Tiers?", "--session", name)):
        done = advisor(*arguments)
        assert done.code == 2, arguments
        assert "cannot name a" in done.err
    assert [path.name for path in home.iterdir()] == ["index"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("client", "show", "nobody"), "There is no client 'nobody'. Make it: advisor client new NAME"),
        (("client", "edit", "acme"), "There is nothing to change."),
        (("client", "show", "acme", "--version", "9"), "Client 'acme' has no version 9. It has 1 to 1."),
        (("client", "edit", "acme", "--forget", "crm"), "--forget 'crm' names no fact that is known. Known: arr."),
        (("client", "show", "other"), "There is no client 'other'. Known: acme."),
        (("client", "import", "missing.toml"), "missing.toml cannot be read"),
        (("client", "export", "acme", "-o", "no/such/folder/x.toml"), "cannot be written: there is no folder no/such/folder."),
    ],
)
def test_what_cannot_be_done_is_said_with_the_next_step(advisor: Any, home: Path, arguments: tuple[str, ...], says: str) -> None:
    if "nobody" not in arguments:
        advisor("client", "new", "acme", "--arr", "8M EUR")
    done = advisor(*arguments)
    assert (done.code, done.out) == (2, "")
    assert says in done.err


def test_facts_that_do_not_fit_together_are_told_when_a_client_is_made(advisor: Any, home: Path) -> None:
    done = advisor("client", "new", "acme", "We are at 8M EUR ARR.", "--arr", "9M EUR")
    assert done.code == 0
    assert "The option is used." in done.err
