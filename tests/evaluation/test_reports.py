"""Reports: each in its own form, whole, and safe to open whatever an answer holds."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from advisor.errors import InputError
from advisor.evaluation.baseline import Change, Verdict
from advisor.evaluation.reports import FORMATS, Told, format_of, terminal, written
from advisor.evaluation.results import Result, Run

EVIL = '<script>alert(1)</script> | ]]> [x](http://evil.example) `code` "quoted" \x0b\ud83d\ude00'.encode("utf-16", "surrogatepass").decode("utf-16")
SHOWN = {"question": f"Tiers? {EVIL}", "text": EVIL, "stage": "5-15M", "advised": ["tag_crm"], "citations": [{"n": 1, "id": "x", "title": "t", "applies": "yes", "says": EVIL}], "rules": ["r: forbid m"], "removed": [EVIL]}
RUN = Run(
    subject="advisor", knowledge_version="k", code_version="c", began="2026-11-26", seconds=1.5, cached=1,
    results=(
        Result.model_validate({"suite": "s", "case": "good", "scores": {"stage": {"value": 1.0}}, "seconds": 0.2, "shown": SHOWN}),
        Result.model_validate({"suite": "s", "case": "bad", "scores": {"stage": {"value": 1.0}, "moves": {"value": 0.9999, "why": EVIL}}, "seconds": 0.3, "shown": SHOWN}),
    ),
)  # fmt: skip
FALLEN = Verdict((Change("s", "bad", "moves", 1.0, 0.9999, EVIL),), (), ())


@pytest.mark.parametrize("verdict", [None, FALLEN])
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_and_names_what_it_must(name: str, verdict: Verdict | None) -> None:
    assert written(Told(RUN, {}, verdict), name)


@pytest.mark.parametrize("verdict", [None, FALLEN])
def test_junit_is_xml_with_a_failure_for_what_falls_short(verdict: Verdict | None) -> None:
    root = ET.fromstring(written(Told(RUN, {}, verdict), "junit"))
    assert (root.get("tests"), root.get("failures")) == ("2", "1")
    (failure,) = root.iter("failure")
    assert "advisor eval run s --case bad" in (failure.text or "")


def test_with_a_gate_junit_fails_only_what_got_worse() -> None:
    root = ET.fromstring(written(Told(RUN, {}, Verdict((), (), ())), "junit"))
    assert root.get("failures") == "0"


def test_html_stands_alone_and_runs_nothing() -> None:
    page = written(Told(RUN, {}, FALLEN), "html")
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=|@import|url\(", page)
    assert page.count("<svg") == 3
    assert "advisor eval run s --case bad" in page
    assert "Evidence" in page


def test_html_shows_an_answer_as_it_is_read_and_folds_what_is_long() -> None:
    shown = {**SHOWN, "text": "**Not yet:** tiers", "advised": ["tag_crm", "define_ipp"], "gives": {"credit": "sourced"}, "rules": ["a: forbid b", "c: allow d"]}
    page = written(Told(RUN.model_copy(update={"results": (RUN.results[1].model_copy(update={"shown": shown}),)})), "html")
    for text in ("<b>Not yet:</b> tiers", "<li>advised: tag_crm, define_ipp</li>", "<li>gives: credit sourced</li>", "<details><summary>2 verdicts</summary>"):
        assert text in page


def test_html_plots_money_where_a_model_took_some_and_time_where_none_did() -> None:
    paid = {**SHOWN, "model": {"cost": 0.02, "tokens": 9}}
    page = written(Told(RUN.model_copy(update={"results": (RUN.results[0].model_copy(update={"shown": paid}),)})), "html")
    assert "Cost against quality" in page
    assert "$0.0200" in page
    assert "Time against quality" in written(Told(RUN), "html")


def test_markdown_holds_no_markup_of_an_answer() -> None:
    page = written(Told(RUN, {}, FALLEN), "md")
    assert "<script" not in page.replace("\\<script", "")
    assert re.search(r"(?<!\\)\]\(http", page) is None
    assert "Gate failed" in page


def test_a_score_just_below_one_is_never_shown_as_one() -> None:
    assert "0.999" in terminal.report(Told(RUN))


def test_grading_counts_every_score() -> None:
    grading = json.loads(written(Told(RUN), "grading"))
    assert grading["summary"] == {"passed": 2, "failed": 1, "total": 3, "pass_rate": 0.6667}
    assert {"text", "passed", "evidence"} == set(grading["expectations"][0])


def test_the_mcp_pairs_have_one_answer_each() -> None:
    root = ET.fromstring(written(Told(RUN), "mcp"))
    assert [pair.findtext("answer") for pair in root.iter("qa_pair")] == ["5-15M", "5-15M"]


BROKEN = Result.model_validate({"suite": "s", "case": "broke", "scores": {"runs": {"value": 0.0, "why": "ValueError: x"}}, "seconds": 0.1})


def test_an_inspect_log_has_a_sample_for_each_case_with_answer_and_scores() -> None:
    log = json.loads(written(Told(RUN.model_copy(update={"results": (*RUN.results, BROKEN)})), "inspect"))
    assert [sample["id"] for sample in log["samples"]] == log["eval"]["dataset"]["sample_ids"] == ["s/good", "s/bad", "s/broke"]
    assert (log["results"]["total_samples"], log["results"]["completed_samples"]) == (3, 2)
    stage = next(score for score in log["results"]["scores"] if score["name"] == "stage")
    assert (stage["metrics"]["mean"]["value"], stage["scored_samples"], stage["unscored_samples"]) == (1.0, 2, 1)
    assert log["samples"][1]["metadata"]["again"] == "advisor eval run s --case bad"
    assert "ValueError" in log["samples"][2]["error"]["message"]


def test_inspect_reads_its_log_where_it_is_installed(tmp_path: Path) -> None:
    inspect = pytest.importorskip("inspect_ai.log")
    path = tmp_path / "2026-11-26T09-00-00.inspect.json"
    path.write_text(written(Told(RUN.model_copy(update={"results": (*RUN.results, BROKEN), "tokens": 7})), "inspect"), encoding="utf-8")
    assert [info.task for info in inspect.list_eval_logs(str(tmp_path))] == ["advisor eval"]
    log = inspect.read_eval_log(str(path))
    assert (log.status, len(log.samples), log.samples[0].scores["stage"].value) == ("success", 3, 1.0)


def test_a_json_report_can_be_read_again() -> None:
    assert Run.model_validate_json(written(Told(RUN), "json")) == RUN


@pytest.mark.parametrize(("name", "format_"), [("a.html", "html"), ("a.md", "md"), ("a.xml", "junit"), ("a.mcp.xml", "mcp"), ("grading.json", "grading"), ("a.inspect.json", "inspect"), ("a.json", "json")])
def test_the_ending_gives_the_format(name: str, format_: str) -> None:
    assert format_of(Path(name)) == format_


def test_another_ending_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="html"):
        format_of(Path("a.pdf"))


def test_no_unstable_case_is_left_out() -> None:
    unsteady = RUN.model_copy(update={"repeat": 2, "results": (RUN.results[0].model_copy(update={"unstable": ("stage",)}),)})
    assert "good: stage" in terminal.report(Told(unsteady))
    assert "good: stage" in written(Told(unsteady), "md")
