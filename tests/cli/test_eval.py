"""`advisor eval` as a user runs it: exit codes, sentences, files."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

CASES = """name: acme
cases:
  - name: tiers-at-8m
    inputs:
      question: "We are at 8M EUR ARR. Should we launch tiers?"
    expected_output:
      stage: "5-15M"
      must_advise_against: [tiered_programme]
  - name: tiers-at-30m-wanted-too-small
    inputs:
      question: "We are at 30M EUR ARR with steady direct sales. Should we launch tiers?"
    expected_output:
      stage: "5-15M"
"""


@pytest.fixture
def suite(tmp_path: Path) -> str:
    tmp_path.joinpath("acme.yaml").write_text(CASES, encoding="utf-8")
    return "acme.yaml"


def test_a_run_names_the_case_that_falls_short_why_and_how_to_run_it_again(advisor: Any, suite: str) -> None:
    done = advisor("eval", "run", suite, "--workers", "1")
    assert done.code == 0
    assert "tiers-at-30m-wanted-too-small: stage 0.000: stage 15-50M instead of 5-15M" in done.out
    assert f"advisor eval run {suite} --case tiers-at-30m-wanted-too-small --show" in done.out
    assert "Traceback" not in done.err
    again = advisor("eval", "run", suite, "--case", "tiers-at-30m-wanted-too-small", "--show", "--workers", "1")
    assert "### tiers-at-30m-wanted-too-small" in again.out
    assert "€30M" in again.out
    for told in ("- stage: 15-50M\n", "- advised: ", "- cited: 1 "):
        assert told in again.out


def test_json_is_one_document_that_compare_and_report_read(advisor: Any, suite: str, tmp_path: Path) -> None:
    one = advisor("eval", "run", suite, "--workers", "1", "--json")
    assert [result["case"] for result in one.json()["results"]] == ["tiers-at-8m", "tiers-at-30m-wanted-too-small"]
    tmp_path.joinpath("one.json").write_text(one.out, encoding="utf-8")
    advisor("eval", "run", suite, "--workers", "1", "--without", "rules")
    compared = advisor("eval", "compare", "one.json", "last")
    assert "tiers-at-8m › polarity: 1.0 → 0.000" in compared.out
    assert advisor("eval", "compare", "one.json", "last", "--json").json()["changes"]
    assert advisor("eval", "report", "one.json", "-o", "one.html").code == 0
    assert "tiers-at-30m-wanted-too-small" in tmp_path.joinpath("one.html").read_text(encoding="utf-8")


def test_the_gate_fails_with_one_when_a_case_got_worse(advisor: Any, suite: str, tmp_path: Path) -> None:
    missing = advisor("eval", "run", suite, "--gate", "--workers", "1")
    assert missing.code == 2
    assert "has no baseline" in missing.err
    assert "--bless" in missing.err
    assert advisor("eval", "run", suite, "--bless", "--workers", "1").code == 0
    passed = advisor("eval", "run", suite, "--gate", "--workers", "1")
    assert (passed.code, "Gate passed" in passed.out) == (0, True)
    one = advisor("eval", "run", suite, "--gate", "--case", "tiers-at-8m", "--workers", "1")
    assert (one.code, "Gate passed" in one.out) == (0, True)
    worse = advisor("eval", "run", suite, "--gate", "--without", "rules", "--workers", "1", "--report", "gate.xml")
    assert worse.code == 1
    assert "1 score got worse" in worse.out
    assert "acme › tiers-at-8m › polarity: 1.0 → 0.000" in worse.out
    assert 'failures="1"' in tmp_path.joinpath("gate.xml").read_text(encoding="utf-8")
    tmp_path.joinpath(suite).write_text(CASES.replace("tiers-at-8m", "tiers-at-eight"), encoding="utf-8")
    other = advisor("eval", "run", suite, "--gate", "--workers", "1")
    assert (other.code, "of other cases" in other.err) == (2, True)


def test_the_gate_stops_at_the_first_case_that_got_worse_when_told_to(advisor: Any, suite: str) -> None:
    advisor("eval", "run", suite, "--bless", "--workers", "1")
    worse = advisor("eval", "run", suite, "--gate", "--first", "--without", "rules", "--workers", "1")
    assert worse.code == 1
    assert "Stopped there, after 1 of 2 cases." in worse.out
    assert "acme › tiers-at-8m › polarity: 1.0 → 0.000" in worse.out
    assert f"advisor eval run {suite} --case tiers-at-8m --without rules --show" in worse.out
    passed = advisor("eval", "run", suite, "--gate", "--first", "--workers", "1")
    assert (passed.code, "Gate passed" in passed.out) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "acme.yaml", "--first"), "Add --gate"),
        (("run", "nonesuch"), "first_answers"),
        (("run", "acme.yaml", "--case", "tiers-at-8"), "Did you mean 'tiers-at-8m'"),
        (("run", "acme.yaml", "--without", "brain"), "rules, retrieval, grounding, rerank"),
        (("run", "acme.yaml", "--workers", "0"), "1 to 64"),
        (("run", "acme.yaml", "--repeat", "-1"), "1 to 1000"),
        (("run", "acme.yaml", "--report", "a.pdf"), ".html"),
        (("run", "acme.yaml", "acme.yaml"), "Two files"),
        (("run", "acme.yaml", "--bless", "--case", "tiers-at-8m"), "Leave --case away"),
        (("run", "acme.yaml", "--bless", "--gate"), "Leave one of them away"),
        (("run", "acme.yaml", "--bless", "--without", "rules"), "cannot be blessed"),
        (("run", "missing.yaml"), "cannot be read"),
        (("compare", "last", "last-1"), "There is no run"),
        (("report", "99", "-o", "a.html"), "There is no run"),
        (("add", "nothing", "--to", "a.yaml"), "There is no draft case"),
        (("add", "nothing", "--to", "a.txt"), ".yaml"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_two(advisor: Any, home: Path, suite: str, arguments: tuple[str, ...], words: str) -> None:
    done = advisor("eval", *arguments)
    assert done.code == 2
    assert words in done.err
    assert done.err.count("\n") == 1
    assert done.out == ""


def test_without_the_extra_the_install_line_is_said(advisor: Any, suite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pydantic_evals", None)
    done = advisor("eval", "run", suite)
    assert done.code == 2
    assert "pip install 'partner-advisor[evals]'" in done.err


def test_the_list_names_suites_drafts_and_runs(advisor: Any, home: Path) -> None:
    advisor("chat", stdin=b'We are mid-touch at 8M EUR ARR. Tiers?\n/wrong "Tiers are fine here"\n')
    listed = advisor("eval", "list", "--json").json()
    assert "first_answers" in [suite["name"] for suite in listed["suites"]]
    assert len(listed["drafts"]) == 1


def test_a_draft_of_a_chat_joins_a_suite_of_mine_and_runs_there(advisor: Any, home: Path, tmp_path: Path) -> None:
    advisor("chat", stdin=b'We are mid-touch at 8M EUR ARR.\nTiers?\n/wrong "Tiers are fine here"\n')
    (draft,) = advisor("eval", "list", "--json").json()["drafts"]
    for name in (draft, f"{draft}-2"):
        added = advisor("eval", "add", draft, "--to", "mine.yaml", "--json")
        assert added.json() == {"case": name, "file": "mine.yaml"}
    text = tmp_path.joinpath("mine.yaml").read_text(encoding="utf-8")
    assert "Tiers are fine here" in text
    assert "# The answer was: stage 5-15M" in text
    assert advisor("eval", "run", "mine.yaml", "--workers", "1").code == 0


def test_the_users_settings_do_not_change_a_result(advisor: Any, suite: str, tmp_path: Path) -> None:
    tmp_path.joinpath("advisor.toml").write_text('[client]\narr = "200M EUR"\n[display]\nlanguage = "de"\n', encoding="utf-8")
    shown = advisor("eval", "run", suite, "--workers", "1", "--fresh", "--json").json()["results"][0]["shown"]
    assert (shown["stage"], shown["language"]) == ("5-15M", "en")


def test_all_formats_of_a_report_can_be_asked_for_at_once(advisor: Any, suite: str, tmp_path: Path) -> None:
    names = ("a.html", "a.md", "a.xml", "a.json", "grading.json", "a.mcp.xml")
    assert advisor("eval", "run", suite, "--workers", "1", *(part for name in names for part in ("--report", name))).code == 0
    assert all(tmp_path.joinpath(name).stat().st_size for name in names)
    assert json.loads(tmp_path.joinpath("grading.json").read_text(encoding="utf-8"))["summary"]["failed"] == 1
