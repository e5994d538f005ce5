"""`advisor check` over a copy of the knowledge that is broken in one place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from advisor import datafiles
from advisor.answering import prompts
from advisor.adapters import projection, situations
from advisor.adapters.tuning import tuned
from advisor.answering import playbook
from advisor.cli.check import checked
from advisor.intake import patterns
from advisor.rendering.documents import ProblemRow
from advisor.settings import Settings

Broken = Callable[..., Any]
CACHED = (prompts.load, datafiles.root, projection.shipped, tuned, situations.lines, playbook._load, patterns.table, patterns.glossary)
ANSWERS = "knowledge/answers"
REFERENCES = [
    (f"{ANSWERS}/matters.toml", '"attribution#pay-for-influenced-deals"', '"attribution#x"', "matters.share_of_touched", "rests", "'attribution#x'"),
    (f"{ANSWERS}/matters.toml", 'records = ["influenced-commission-share"', 'records = ["x"', "matters.share_of_touched", "records", "'x'"),
    (f"{ANSWERS}/matters.toml", 'records = ["referral-commission-first-year"], metric', 'records = ["x"], metric', "matters.share_of_touched", "place.records", "'x'"),
    (f"{ANSWERS}/matters.toml", 'why = ["1", "2"]', 'why = ["1", "x"]', "matters.share_of_touched", "why", "no phrase 'answers.matter.share_of_touched.why_x'"),
    (f"{ANSWERS}/matters.toml", 'do = ["1", "2", "3"]', 'do = ["1", "x"]', "matters.share_of_touched", "do", "no phrase 'answers.matter.share_of_touched.do_x'"),
    (f"{ANSWERS}/matters.toml", "only.lead_contract", "only.lead_x", "matters.share_of_touched", "only", "no phrase 'answers.matter.share_of_touched.lead_x'"),
    (f"{ANSWERS}/matters.toml", "only.lead_tell", "only.why_y", "matters.share_of_touched", "only", "'why_y'"),
    (f"{ANSWERS}/matters.toml", "advised = { do_model", "advised = { do_x", "matters.consultancy_referrals", "advised", "'do_x'"),
    (f"{ANSWERS}/matters.toml", "[matters.share_of_touched]", '[matters.share_of_touched]\nruled = { why_y = "deal_registration" }', "matters.share_of_touched", "ruled", "'why_y'"),
    (f"{ANSWERS}/matters.toml", 'yields = ["deal_credit"]', 'yields = ["x"]', "matters.unregistered_claim", "yields", "'x'"),
    (f"{ANSWERS}/matters.toml", "[matters.share_of_touched]", '[matters.share_of_touched]\ngap = "x"', "matters.share_of_touched", "gap", "'x'"),
    (f"{ANSWERS}/matters.toml", "[matters.share_of_touched]", '[matters.share_of_touched]\ncovers = ["y"]', "matters.share_of_touched", "covers", "'y'"),
    (f"{ANSWERS}/matters.toml", "[matters.share_of_touched]", '[matters.share_of_touched]\nsums = "x"', "matters.share_of_touched", "sums", "'x'"),
    (f"{ANSWERS}/matters.toml", "[matters.share_of_touched]", '[matters.share_of_touched]\ndated = "x"', "matters.share_of_touched", "dated", "no phrase answers.matter.share_of_touched.*"),
    (f"{ANSWERS}/matters.toml", "[matters.mapping_privacy]", '[matters.mapping_privacy]\nplace = { units = ["days"], records = ["first-deal-early"] }', "matters.mapping_privacy", "place", "no phrase answers.matter.mapping_privacy.*"),
    (f"{ANSWERS}/matters.toml", "[matters.manager_pay]", "[matters.x]", "matters.x", "", "no phrase 'answers.matter.x.lead'"),
    (f"{ANSWERS}/matters.toml", "", "", "matters.x", "", "no phrase 'answers.matter.x.short'"),
    (f"{ANSWERS}/matters.toml", "", "", "matters.x", "", "no phrase 'answers.matter.x.about'"),
    (f"{ANSWERS}/moves.toml", 'carried = "account-mapping#cadence', 'carried = "x#cadence', "account_mapping_tool", "carried", "'x#cadence-of-mapping'"),
    (f"{ANSWERS}/moves.toml", 'measured = ["', 'measured = ["x", "', "partner_certification", "measured", "'x'"),
    (f"{ANSWERS}/plans.toml", '"attribution#conflict-between-rep-and-partner" =', '"attribution#x" =', "short", "", "'attribution#x'"),
    (f"{ANSWERS}/plans.toml", '"decided.deal_credit"', '"decided.x"', "short", "attribution#what-makes-a-deal-sourced", "no phrase 'answers.short.decided.x'"),
    (f"{ANSWERS}/topics.toml", 'over = ["', 'over = ["x", "', "pipeline_share", "over", "'x'"),
    (f"{ANSWERS}/occasions.toml", '"templates#quarterly-scorecard"', '"x"', "occasions.partner_review", "parts.passages", "'x'"),
    (f"{ANSWERS}/occasions.toml", 'heading = "agenda"', 'heading = "x"', "occasions.partner_review", "parts.heading", "no phrase 'answers.headings.occasion.x'"),
    (f"{ANSWERS}/occasions.toml", 'rows = ["data_sync"]', 'rows = ["x"]', "occasions.integration_depth", "parts.rows", "'x'"),
    (f"{ANSWERS}/occasions.toml", 'decision = "integration_depth"', 'decision = "x"', "occasions.integration_depth", "decision", "'x'"),
    (f"{ANSWERS}/occasions.toml", '"integration-depth-multiple"', '"x"', "occasions.integration_depth", "records", "'x'"),
    (f"{ANSWERS}/occasions.toml", "[occasions.vendor_moves]", "[occasions.x]", "occasions.x", "", "no phrase 'answers.occasion.x.lead'"),
    (f"{ANSWERS}/activities.toml", 'rests = ["', 'rests = ["x", "', "activities.introduction", "rests", "'x'"),
    (f"{ANSWERS}/activities.toml", "[activities.account_list]", "[activities.x]", "activities.x", "", "no phrase 'answers.activity.x.first'"),
    (f"{ANSWERS}/differences.toml", '"nearbound#three-plays-side-by-side"', '"x"', "differences.nearbound_elg", "rests", "'x'"),
    (f"{ANSWERS}/differences.toml", "[differences.marketing_selling]", "[differences.x]", "differences.x", "", "no phrase 'answers.difference.x.text'"),
    (f"{ANSWERS}/targets.toml", '"revenue-first#pilot-stage-in-months-1-3"', '"x"', "targets.items.results", "rests", "'x'"),
    (f"{ANSWERS}/targets.toml", "[targets.items.portal]", "[targets.items.x]", "targets.items.x", "", "no phrase 'answers.target.noun.x'"),
    (f"{ANSWERS}/targets.toml", 'after_deals = ["', 'after_deals = ["y", "', "targets", "after_deals", "'y'"),
    (f"{ANSWERS}/asked.toml", '"choice.ask" = ["others"]', '"choice.ask" = ["x"]', "asked", "choice.ask", "'x'"),
    (f"{ANSWERS}/asked.toml", '"need.roi" = ', '"choice.x" = ', "asked", "choice.x", "no phrase 'answers.choice.x'"),
    (f"{ANSWERS}/asked.toml", '"need.cycle" = ["direct_cycle"]', '"need.cycle" = ["direct_cycle", "age"]', "asked", "need.cycle", "no phrase 'answers.need.cycle_1'"),
    (f"{ANSWERS}/asked.toml", 'facts = ["motion"]', 'facts = ["x"]', "told.motion", "facts", "'x'"),
]  # fmt: skip
"""Lines of knowledge/answers and what each names instead of something that is there; a row without a text looks once more at the break before it."""


@pytest.fixture
def broken(advisor: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broken]:
    """Runs check after one text of one file was replaced; an empty text removes the file."""
    for folder in ("knowledge", "prompts"):
        shutil.copytree(datafiles.root() / folder, tmp_path / folder)
    package = tmp_path / "advisor"
    package.mkdir()
    tmp_path.joinpath("pyproject.toml").write_text('name = "partner-advisor"', encoding="utf-8")

    def check(file: str, old: str, new: str = "") -> Any:
        path = tmp_path / file
        if old:
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        else:
            path.unlink()
        monkeypatch.setattr(datafiles, "__file__", str(package / "datafiles.py"))
        for function in CACHED:
            function.cache_clear()
        return advisor("check", "--json")

    yield check
    monkeypatch.undo()
    for function in CACHED:
        function.cache_clear()


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "field", "found"),
    [
        (f"{ANSWERS}/plans.toml", '"verdict"', '"verdcit"', "plans", "is_it_right_for_us", "'verdcit'"),
        (f"{ANSWERS}/plans.toml", "idle-programme#find", "idle#find", "passages", "idle", "'idle#find-the-layer-that-fails'"),
        (f"{ANSWERS}/plans.toml", "\neffort = ", "\neffrot = ", "passages", "effort", "no passage"),
        (f"{ANSWERS}/plans.toml", "[aim]", "[aimm]", "", "aimm", "an unknown key"),
        (f"{ANSWERS}/plans.toml", "\nsum = ", "\nsumm = ", "summ", "", "'summ'"),
        (f"{ANSWERS}/moves.toml", '"fte-below-5m"', '"fte-x"', "first_partner_hire", "records", "'fte-x'"),
        (f"{ANSWERS}/moves.toml", "order = 5", "ordr = 5", "fix_direct_first", "ordr", "an unknown key"),
        (f"{ANSWERS}/moves.toml", "[moves.define_ipp]", "[moves.define_ip]", "define_ip", "", "'define_ip'"),
        (f"{ANSWERS}/topics.toml", 'need = "win_rate"', 'need = "wn"', "win_rate", "need", "'wn'"),
        (f"{ANSWERS}/topics.toml", 'metrics = ["win_rate_uplift"]', 'metrics = ["wr"]', "win_rate", "metrics", "'wr'"),
        (f"{ANSWERS}/topics.toml", 'beside_only = ["sourced_share"]', 'beside_only = ["x"]', "targets", "beside_only", "'x'"),
        (f"{ANSWERS}/situations.toml", "first_partner_hire =", "frst =", "frst", "", "no move"),
        (f"{ANSWERS}/situations.toml", "[situations]", "[situation]", "", "situations", "nothing"),
        ("knowledge/intake/owner.toml", "shared = [", 'shared = ["(we|",', "", "shared", "the brackets of '(we|' do not match"),
        ("knowledge/intake/owner.toml", "shared = [", 'shared = ["<no> of us",', "", "shared", "the slot <no> is not known"),
        ("knowledge/intake/owner.toml", "", "", "", "", "no such file"),
        ("knowledge/vectors/skill-elg.npz", "", "", "", "", "no such file"),
        ("knowledge/vectors/tuning.toml", "floor", "flor", "", "floor", "missing"),
        ("knowledge/glossary.toml", "[[term]]\nterm =", "[[term]]\ntrem =", "term 1", "term", "None"),
        ("knowledge/glossary.toml", "", "", "", "", "no such file"),
        ("prompts/draft.md", "", "", "", "", "no such file"),
        ("prompts/draft.md", 'variables = ["language"', 'variables = ["tongue"', "head", "variables", "'language', which is declared or used and not both"),
        ("prompts/repair.md", 'version = "1"', 'edition = "1"', "head", "edition", "a key that is missing or unknown"),
        ("knowledge/rules/currency.toml", 'low = "0.79"', 'low = "x"', "missing", "low", "'x'"),
    ],
)  # fmt: skip
def test_what_is_broken_is_named(broken: Broken, file: str, old: str, new: str, entry: str, field: str, found: str) -> None:
    done = broken(file, old, new)
    assert (done.code, done.err) == (1, "")
    named = [(row["file"], row["entry"], row["field"], row["found"][: len(found)]) for row in done.json()["problems"]]
    assert (file, entry, field, found) in named
    assert all(row["allowed"] for row in done.json()["problems"])


@pytest.fixture(scope="module")
def all_broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[ProblemRow, ...]:
    """What check names where all references are broken at once."""
    base = tmp_path_factory.mktemp("broken")
    for folder in ("knowledge", "prompts"):
        shutil.copytree(datafiles.root() / folder, base / folder)
    base.joinpath("advisor").mkdir()
    base.joinpath("pyproject.toml").write_text('name = "partner-advisor"', encoding="utf-8")
    for file, old, new, *_ in REFERENCES:
        text = (base / file).read_text(encoding="utf-8")
        assert old in text, old
        (base / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(datafiles, "__file__", str(base / "advisor" / "datafiles.py"))
        for function in CACHED:
            function.cache_clear()
        problems = checked(date(2026, 1, 1), Settings(home=base)).problems
    for function in CACHED:
        function.cache_clear()
    return problems


@pytest.mark.parametrize(("file", "old", "new", "entry", "field", "found"), REFERENCES)
def test_a_reference_that_leads_nowhere_is_named(all_broken: tuple[ProblemRow, ...], file: str, old: str, new: str, entry: str, field: str, found: str) -> None:
    named = [row for row in all_broken if (row.file, row.entry, row.field, row.found[: len(found)]) == (file, entry, field, found)]
    assert named
    assert all(row.allowed for row in named)


def test_sentences_that_no_field_of_their_matter_says_are_named(broken: Broken) -> None:
    key, forms = "answers.matter.mapping_privacy", ("why_9", "lead_nowhere", "below_0", "ask_3", "held_7")
    lines = "".join(f'\n{form} = "Words that nobody says."' for form in forms)
    broken("knowledge/phrases/de/matters.toml", f"[{key}]", f"[{key}]{lines}")
    done = broken("knowledge/phrases/en/matters.toml", f"[{key}]", f"[{key}]{lines}")
    assert done.code == 1
    assert {(row["file"], row["entry"]) for row in done.json()["problems"]} == {("knowledge/phrases/en/matters.toml", f"{key}.{form}") for form in forms}


@pytest.mark.parametrize(("language", "form"), [("en", "lead"), ("de", "lead_fields")])
def test_a_matter_without_one_of_its_sentences_in_a_language_is_named(broken: Broken, language: str, form: str) -> None:
    file, key = f"knowledge/phrases/{language}/matters.toml", "answers.matter.mapping_privacy"
    text = (datafiles.root() / file).read_text(encoding="utf-8")
    line = next(line for line in text[text.index(f"[{key}]") :].splitlines() if line.startswith(f"{form} = "))
    done = broken(file, f"{line}\n")
    assert done.code == 1
    assert any(row["entry"] == f"{key}.{form}" for row in done.json()["problems"])


def test_records_without_their_bibliography_are_named_one_by_one(broken: Broken) -> None:
    done = broken("knowledge/sources.toml", "")
    assert done.code == 1
    assert {row["field"] for row in done.json()["problems"]} >= {"source", "source_doc"}


def test_a_changed_text_is_named_as_stale_in_its_shard(broken: Broken) -> None:
    done = broken("knowledge/skill/elg.md", " the ", " just the ")
    assert done.code == 1
    assert {row["file"] for row in done.json()["problems"]} >= {"knowledge/vectors/skill-elg.npz"}
