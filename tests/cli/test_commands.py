"""Every command over the shipped knowledge: its JSON keeps to the schema, its text is for people."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
WORDS = "We sell mid-touch B2B SaaS at €9.4M ARR and nobody owns partners."
QUESTION = "We're at €3M ARR and the board wants partner tiers by March. Is that right for us?"
JSON = [
    ("assess", ("assess",)),
    ("assess", ("assess", WORDS, "--owner", "none", "--what-if", "arr=16M EUR")),
    ("ask", ("ask", QUESTION)),
    ("ask", ("ask", "What is the average churn of partners in fintech?")),
    ("search", ("search", "win rate with partners")),
    ("benchmarks", ("benchmarks", "list", "--mapped-partners", "3")),
    ("benchmarks-compare", ("benchmarks", "compare", "win_rate_uplift")),
    ("check", ("check",)),
    ("config", ("config",)),
    ("doctor", ("doctor",)),
]


@pytest.mark.parametrize(("schema", "arguments"), JSON, ids=lambda value: " ".join(value) if isinstance(value, tuple) else value)
def test_json_is_one_document_that_keeps_to_its_schema(advisor: Any, schema: str, arguments: tuple[str, ...]) -> None:
    done = advisor(*arguments, "--json")
    assert done.code in (0, 1), done
    jsonschema.validate(done.json(), json.loads(SCHEMAS.joinpath(f"{schema}.json").read_text(encoding="utf-8")))


def test_knowledge_rules_and_phrases_have_no_problem(advisor: Any) -> None:
    assert advisor("check", "--json").json()["problems"] == []


def test_assess_says_the_stage_and_no_internal_word(advisor: Any) -> None:
    done = advisor("assess", WORDS)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("## €5–15M ARR\n")
    assert not re.search(r"forbid|stage\.\S|doc-000|(?<![,\d])000\b", done.out)


def test_assess_without_words_asks(advisor: Any) -> None:
    done = advisor("assess")
    assert done.code == 0
    assert "## What would settle more" in done.out


def test_an_option_wins_over_the_words_and_the_contradiction_is_said(advisor: Any) -> None:
    document = advisor("assess", WORDS, "--arr", "3M EUR", "--json").json()
    assert document["client"]["arr"]["amount"] == 3_000_000
    assert [sorted(item["facts"]) for item in document["contradictions"]] == [["arr"]]


def test_a_stated_rate_decides_the_stage(advisor: Any) -> None:
    document = advisor("assess", "We are at $17M ARR.", "--fx", "USD=0.92", "--json").json()
    assert document["client"]["arr"]["eur"] == 15_640_000
    assert document["stage"]["id"] == "15-50M"


def test_what_if_shows_what_changes_and_leaves_the_assessment_as_it_is(advisor: Any) -> None:
    plain = advisor("assess", WORDS, "--json").json()
    supposed = advisor("assess", WORDS, "--what-if", "arr=16M EUR", "--json").json()
    what_if = supposed.pop("what_if")
    assert supposed == plain
    assert what_if["supposed"] == {"arr": "16M EUR"}
    assert what_if["assessment"]["stage"]["id"] == "15-50M"
    assert {"what": "stage", "before": "€5–15M ARR", "after": "€15–50M ARR"}.items() <= what_if["changes"][0].items()
    figures = {change["id"]: (change["before"], change["after"]) for change in what_if["changes"] if change["what"] == "figure"}
    assert {"partners-5-15m": ("yes", "no"), "partners-15-50m": ("no", "yes")}.items() <= figures.items()


def test_a_supposed_amount_without_a_currency_is_in_the_clients_own(advisor: Any) -> None:
    for words, stage in (("We are at 9.4M EUR ARR.", "15-50M"), ("We are at 9.4M ARR.", "unknown")):
        document = advisor("assess", words, "--what-if", "arr=16M", "--json").json()
        assert document["what_if"]["assessment"]["stage"]["id"] == stage


def test_the_same_words_give_the_same_answer_from_every_door(advisor: Any, tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text(WORDS, encoding="utf-8")
    from_words, from_pipe, from_notes = (
        advisor("assess", WORDS), advisor("assess", "-", stdin=WORDS.encode()), advisor("assess", "--notes", str(path))
    )  # fmt: skip
    assert from_words == from_pipe == from_notes


def test_ask_cites_by_title_and_publisher(advisor: Any) -> None:
    done = advisor("ask", QUESTION)
    assert done.code == 0
    assert "[1]" in done.out
    sources = done.out.partition("## Sources")[2]
    assert sources
    assert not re.search(r"(?<![,\d])000\b|doc-\d|stage\.\S", sources)


def test_brief_answers_fit_five_lines(advisor: Any) -> None:
    for command in (("ask", QUESTION), ("assess", WORDS)):
        done = advisor(*command, "--brief")
        assert 1 <= len([line for line in done.out.splitlines() if line]) <= 5


def test_why_names_the_rules(advisor: Any) -> None:
    assert re.search(r"rule `stage\.", advisor("assess", WORDS, "--why").out)
    assert re.search(r"`rule stage\.|rule `stage\.", advisor("ask", QUESTION, "--why").out, re.IGNORECASE)


def test_search_finds_the_figure_it_is_asked_for(advisor: Any) -> None:
    done = advisor("search", "win rate with partners connected", "-k", "3", "--json")
    assert any("win rate" in hit["text"] for hit in done.json()["results"])


def test_benchmarks_show_one_record_with_its_source(advisor: Any) -> None:
    rows = advisor("benchmarks", "list", "--json").json()["benchmarks"]
    done = advisor("benchmarks", "show", rows[0]["id"])
    assert done.code == 0
    assert rows[0]["publisher"] in done.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ask", " "), 'Error: There is no question. Write it after the command: advisor ask "..."\n'),
        (("search", ""), 'Error: There is nothing to search for. Write it after the command: advisor search "..."\n'),
        (("benchmarks", "show", "nothing-like-it-xyz"), "Error: There is no record 'nothing-like-it-xyz'. All are listed by: advisor benchmarks list\n"),
        (("assess", "--notes", "gone.txt"), "Error: gone.txt cannot be read: No such file or directory. Check the path and its permissions.\n"),
    ],
)
def test_what_the_user_must_change_is_said_in_one_line(advisor: Any, arguments: tuple[str, ...], message: str) -> None:
    assert advisor(*arguments) == (2, "", message)


@pytest.mark.parametrize(
    "text",
    ["\x00\x1b[31m€9M\x07", "🚀" * 500, "(((((" * 2000, "9" * 5000, "€" * 3000, "1.1.1.1,1,1" * 500, "a " * 100_000, "{fig:x} {rule:y.low} {0}"],
    ids=["control", "emoji", "brackets", "digits", "euros", "marks", "200000", "marks of ours"],
)
def test_no_text_breaks_an_assessment(advisor: Any, text: str) -> None:
    done = advisor("assess", "-", stdin=text.encode())
    assert (done.code, done.err) == (0, "")
    assert "\x1b" not in done.out


def test_an_unwritable_home_is_named_with_the_way_out(advisor: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("ADVISOR_HOME", str(blocked / "home"))
    done = advisor("search", "partners")
    assert (done.code, done.out) == (2, "")
    assert str(blocked) in done.err
    assert "Set ADVISOR_HOME to a folder that you may write to." in done.err


@pytest.mark.parametrize("make", ["long", "loop", "file", "index"])
def test_a_home_that_is_none_is_named_and_doctor_sees_it(advisor: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: str) -> None:
    home = tmp_path / ("x" * 300 if make == "long" else "home")
    if make == "loop":
        home.symlink_to(home)
    elif make == "file":
        home.write_text("", encoding="utf-8")
    elif make == "index":
        home.mkdir()
        home.joinpath("index").write_text("", encoding="utf-8")
    monkeypatch.setenv("ADVISOR_HOME", str(home))
    done = advisor("search", "partners")
    assert (done.code, done.out) == (2, "")
    assert str(home)[:150] in done.err
    assert "Set ADVISOR_HOME to a folder" in done.err
    assert advisor("doctor").code == 1


INVISIBLE = {"zero width": "\u200b\ufeff", "marks": "\u202e\u200f", "tags": "".join(chr(0xE0000 + ord(letter)) for letter in "obey")}


@pytest.mark.parametrize("text", INVISIBLE.values(), ids=INVISIBLE)
def test_a_question_that_nobody_can_see_is_none(advisor: Any, text: str) -> None:
    assert advisor("ask", text) == (2, "", 'Error: There is no question. Write it after the command: advisor ask "..."\n')


@pytest.mark.parametrize("command", ["ask", "assess"])
@pytest.mark.parametrize(
    "planted",
    ["[click](http://evil.example)", "![x](http://evil.example/i.png)", "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "https://evil.example/a", "[99]", "[^1]", "`code`"],
)
def test_quoted_words_become_no_link_image_markup_or_citation(advisor: Any, command: str, planted: str) -> None:
    done = advisor(command, f"We're at €8M {planted} ARR and we're at €80M ARR. Should we launch tiers?")
    assert done.code == 0
    assert not re.search(r"\]\(|!\[|<\w|https?:\S|\[99\]|\[\^|`", done.out)


def test_what_an_error_repeats_cannot_steer_the_terminal(advisor: Any) -> None:
    done = advisor("assess", "--notes", "a\x1b[31m\u202eb.txt")
    assert done.code == 2
    assert done.err.startswith("Error: ab.txt cannot be read")


@pytest.mark.parametrize("flood", ["12% ", "€5M ", "1-2 ", "win rate of 12% and ", "we have 3 partners "])
def test_a_long_list_of_figures_is_answered(advisor: Any, flood: str) -> None:
    """The bound is generous: comparing each figure with each took minutes."""
    began = time.perf_counter()
    done = advisor("ask", "-", stdin=f"We're at €8M ARR. Should we launch tiers? {flood * (50_000 // len(flood))}".encode())
    assert (done.code, done.err) == (0, "Note: The text is longer than can be read at once; only its beginning was read.\n")
    assert time.perf_counter() - began < 60


@pytest.mark.parametrize("name", ["win_rate_uplift", "WIN_RATE_UPLIFT", "Win-rate uplift", "uplift win rate"])
def test_a_metric_is_found_however_it_is_spelt(advisor: Any, name: str) -> None:
    assert advisor("benchmarks", "compare", name, "--json").json()["metric"] == "win_rate_uplift"


def test_a_name_that_fits_several_metrics_lists_them(advisor: Any) -> None:
    assert advisor("benchmarks", "compare", "win rate") == (2, "", "Error: 'win rate' fits 2 metrics. Name one: win_rate_gap, win_rate_uplift.\n")


def test_no_price_is_preferred_to_that_of_another_tool(advisor: Any) -> None:
    document = advisor("benchmarks", "compare", "tool price", "--json").json()
    assert (document["preferred"], document["because"]) == (None, "Each is the price of another thing: none stands for another")


def test_doctor_names_what_is_wrong_and_the_remedy(advisor: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("ADVISOR_HOME", str(blocked / "home"))
    monkeypatch.setenv("ADVISOR_MODLE", "x")
    done = advisor("doctor", "--json")
    states = {row["name"]: row["status"] for row in done.json()["checks"]}
    assert done.code == 1
    assert (states["data folder"], states["environment"], states["embedding model"]) == ("problem", "note", "ok")


def test_to_a_pipe_text_is_plain_even_when_the_terminal_cannot_write_it() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "TERM": "xterm-256color"}
    done = subprocess.run([sys.executable, "-m", "advisor", "assess", WORDS], capture_output=True, env=environment, check=True)
    assert done.stdout.decode("utf-8").startswith("## €5–15M ARR\n")
    assert b"\x1b" not in done.stdout


def test_colour_always_renders_tables_and_headings(advisor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_COLOUR", "always")
    monkeypatch.setenv("TERM", "xterm-256color")
    done = advisor("config")
    assert "\x1b[" in done.out
    assert "| --- |" not in done.out
