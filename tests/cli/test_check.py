"""`advisor check` over a copy of the knowledge that is broken in one place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from advisor import datafiles
from advisor.answering import prompts
from advisor.adapters import projection, situations
from advisor.adapters.tuning import tuned
from advisor.answering import playbook
from advisor.intake import patterns

Broken = Callable[..., Any]
CACHED = (prompts.load, datafiles.root, projection.shipped, tuned, situations.lines, playbook._load, patterns.table, patterns.glossary)
ANSWERS = "knowledge/answers"


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


def test_records_without_their_bibliography_are_named_one_by_one(broken: Broken) -> None:
    done = broken("knowledge/sources.toml", "")
    assert done.code == 1
    assert {row["field"] for row in done.json()["problems"]} >= {"source", "source_doc"}


def test_a_changed_text_is_named_as_stale_in_its_shard(broken: Broken) -> None:
    done = broken("knowledge/skill/elg.md", " the ", " just the ")
    assert done.code == 1
    assert {row["file"] for row in done.json()["problems"]} >= {"knowledge/vectors/skill-elg.npz"}
