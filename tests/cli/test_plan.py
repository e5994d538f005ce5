"""`advisor plan`: what is written where, and what is refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.cli.main import run

CLIENT = ("--arr", "9M EUR", "--motion", "mid_touch", "--owner", "dedicated")


def test_a_plan_is_printed_as_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", "We are at 9M EUR ARR, mid-touch.", "--prepared-for", "Acme"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("# Partner programme in 90 days")
    assert "**Prepared for:** Acme" in text
    assert "## Sources" in text


def test_a_german_message_gets_a_german_plan(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", "Wir liegen bei 9 Mio. Euro ARR und verkaufen mid-touch.", "--prepared-for", "Müller"]) == 0
    assert capsys.readouterr().out.startswith("# Partnerprogramm in 90 Tagen")


def test_what_exists_is_named_in_german_as_in_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", "Wir liegen bei 9 Mio. Euro ARR und verkaufen mid-touch.", "--in-place", "tiered_programme", "--in-place", "formal_referral_programme"]) == 0
    text = capsys.readouterr().out
    assert "Schon vorhanden oder beschlossen, gegen den Rat unten: ein Tier-Programm." in text
    assert "Schon vorhanden: ein formelles Empfehlungsprogramm." in text


def test_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", *CLIENT, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "ninety-day"


def test_an_unknown_kind_names_those_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", *CLIENT, "--kind", "master-plan"]) == 2
    assert "There are: ninety-day" in capsys.readouterr().err


def test_a_file_that_is_there_is_kept_without_force(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.html"
    path.write_text("mine")
    assert run(["plan", *CLIENT, "--format", "html", "-o", str(path)]) == 2
    assert path.read_text() == "mine"
    assert "--force" in capsys.readouterr().err
    assert run(["plan", *CLIENT, "--format", "html", "-o", str(path), "--force"]) == 0
    assert path.read_text().startswith("<!doctype html>")


@pytest.mark.parametrize("options", [
    ("--format", "docx"), ("--format", "odt"), ("--start", "soon"), ("--start", "2020-01-01"), ("--hours-per-week", "0"), ("--hours-per-week", "many"),
    ("--closed", "2027-02-01..2027-01-01"), ("--people", "0"), ("--prepared-for", " "), ("-o", "/"), ("-o", "/nowhere/plan.md"),
])  # fmt: skip
def test_bad_input_gets_one_sentence_and_nothing_is_written(options: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["plan", *CLIENT, *options]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Error: ")
    assert "Traceback" not in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_leaves_nothing_half_written(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert run(["plan", *CLIENT, "-o", str(tmp_path / "plan.md")]) == 2
    assert "No space left" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_kind_that_the_rules_forbid_is_refused_with_the_reason_and_the_kind_that_fits(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", "--arr", "8M EUR", "--motion", "mid_touch", "--kind", "tiering"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "€15–50M ARR" in said.err
    assert "--kind ninety-day" in said.err


def test_a_note_for_the_board_is_short_and_asks_for_a_decision(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", *CLIENT, "--kind", "board-note"]) == 0
    text = capsys.readouterr().out
    assert "## What we ask you to decide" in text
    assert len(text.split("## Sources")[0].split()) < 500
