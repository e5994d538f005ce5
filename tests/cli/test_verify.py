"""`advisor verify`: exit codes, JSON, a marked page, files as the only truth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema

SCHEMA = Path(__file__).parents[2] / "schemas" / "verify.json"
DEPOTS = "| Depot | Trains |\n|---|---|\n| York | 42 |\n| Leeds | 58 |\n"


def test_a_text_that_holds_leaves_with_0_and_one_that_does_not_with_1(advisor: Any) -> None:
    Path("good.md").write_text("ELG deals close 46 % faster.", encoding="utf-8")
    Path("bad.md").write_text("ELG deals close 53 % faster.", encoding="utf-8")
    assert advisor("verify", "good.md").code == 0
    bad = advisor("verify", "bad.md")
    assert bad.code == 1
    assert "contradicted" in bad.out
    assert "Crossbeam" in bad.out


def test_json_follows_its_schema(advisor: Any) -> None:
    Path("claim.md").write_text("York has 58 trains.", encoding="utf-8")
    Path("depots.md").write_text(DEPOTS, encoding="utf-8")
    document = advisor("verify", "claim.md", "--against", "depots.md", "--json").json()
    jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))
    (figure,) = document["figures"]
    assert (figure["text"], figure["start"], figure["end"], figure["verdict"]) == ("58", 9, 11, "contradicted")
    assert figure["nearest"]["id"] == "depots.md:3"


def test_a_marked_page_shows_the_text_and_runs_nothing_of_it(advisor: Any) -> None:
    Path("claim.md").write_text("York has 58 trains <script>alert(1)</script> & more.", encoding="utf-8")
    Path("depots.md").write_text(DEPOTS, encoding="utf-8")
    advisor("verify", "claim.md", "--against", "depots.md", "--html", "-o", "out.html")
    page = Path("out.html").read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page
    assert "58<sup>" in page


def test_a_page_is_not_written_over_a_file_nor_without_a_name(advisor: Any) -> None:
    Path("claim.md").write_text("York has 42 trains.", encoding="utf-8")
    Path("out.html").write_text("mine", encoding="utf-8")
    assert advisor("verify", "claim.md", "--html").code == 2
    assert advisor("verify", "claim.md", "--html", "-o", "out.html").code == 2
    assert Path("out.html").read_text(encoding="utf-8") == "mine"


def test_a_german_text_is_judged_in_german(advisor: Any) -> None:
    Path("mail.txt").write_text("Sehr geehrte Damen und Herren, ELG-Deals werden um 99 % schneller abgeschlossen.", encoding="utf-8")
    assert "widersprochen" in advisor("verify", "mail.txt").out
