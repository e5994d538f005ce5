"""A table that is wrong says where, what stands there and what may: one small broken file for each way to break one."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from advisor.datafiles import root
from advisor.errors import DataError
from advisor.rules import load, problems, proof

HEAD = """
id = "sample"
title = "Sample"
[inputs]
programme_age_months = "range"
owner = ["none", "founder"]
"""
YOUNG = '[[row]]\nid = "young"\nwhen = { programme_age_months = "<18" }\nsource = "doc-000:x"\n'
OLD = '[[row]]\nid = "old"\nwhen = { programme_age_months = [">=18", "unknown"] }\nsource = "doc-000:x"\n'


@pytest.fixture
def base(tmp_path: Path) -> Path:
    shutil.copytree(root() / "knowledge/rules", tmp_path / "knowledge/rules")
    return tmp_path


def wrong_with(base: Path, text: str) -> list[str]:
    (base / "knowledge/rules/sample.toml").write_text(text, encoding="utf-8")
    return [str(error) for error in problems(base)]


def test_a_sound_table_has_no_problems(base: Path) -> None:
    assert wrong_with(base, HEAD + YOUNG + OLD) == []


BROKEN = {
    "a clash names both rows and an input that both take in": (
        HEAD + YOUNG + OLD.replace(">=18", ">=12"),
        ["sample.toml › young", "clash with row 'old'", "programme_age_months = 12", "at most one row"],
    ),
    "a gap names an input without a row": (
        HEAD + YOUNG + OLD.replace(">=18", ">18"),
        ["sample.toml", "a gap: no row holds for programme_age_months = 18, owner = none"],
    ),
    "a missing row for unknown is a gap": (HEAD + YOUNG + OLD.replace(', "unknown"', ""), ["a gap", "programme_age_months = unknown"]),
    "a test that nothing passes is dead": (
        HEAD + YOUNG + OLD + YOUNG.replace('"young"', '"never"').replace('"<18"', '"[7, 7)"'),
        ["sample.toml › never › when.programme_age_months", "a dead row: '[7, 7)' holds for nothing"],
    ),
    "a row inside another is dead": (
        HEAD + YOUNG + OLD + YOUNG.replace('"young"', '"younger"').replace("<18", "<6"),
        ["sample.toml › younger", "a dead row: row 'young' takes in all its inputs"],
    ),
    "an unknown key of a row names those that are read": (
        HEAD + YOUNG.replace("source", "sauce") + OLD, ["sample.toml › young › sauce", "an unknown key", "id, when, then, source"]
    ),
    "an unknown key of the table is refused": ('note = "x"\n' + HEAD + YOUNG + OLD, ["sample.toml › note", "an unknown key"]),
    "an unknown move names the closed set": (
        HEAD + YOUNG + 'verdict = [{ move = "fly", verdict = "forbid" }]\n' + OLD,
        ["sample.toml › young › verdict.move", "'fly'", "informal_referrals"],
    ),
    "an unknown verdict names the closed set": (
        HEAD + YOUNG + 'verdict = [{ move = "tag_crm", verdict = "maybe" }]\n' + OLD,
        ["sample.toml › young › verdict.verdict", "'maybe'", "recommend, allow, forbid, require, warn, ask"],
    ),
    "a value outside an input's list names the list": (
        HEAD + YOUNG.replace("{ ", '{ owner = "boss", ') + OLD, ["sample.toml › young › when.owner", "'boss'", "none, founder, unknown"]
    ),
    "a range that is upside down is quoted": (
        HEAD + YOUNG.replace("<18", "[18, 3)") + OLD, ["sample.toml", "the range '[18, 3)' is upside down"]
    ),
    "a test on something that is no input": (HEAD + YOUNG.replace("{ ", "{ weather = true, ") + OLD, ["when.weather", "no input of this table"]),
    "an input that is no fact": (HEAD.replace("owner", "weather") + YOUNG + OLD, ["inputs.weather", "an unknown fact"]),
    "an input declared in no known way": (HEAD.replace('["none", "founder"]', '"number"') + YOUNG + OLD, ["inputs.owner", "'number'", "'range', 'bool'"]),
    "two rows with one id": (HEAD + YOUNG + OLD.replace('"old"', '"young"'), ["sample.young › id", "two rows"]),
    "a table named other than its file": (HEAD.replace('"sample"', '"simple"') + YOUNG + OLD, ["sample.toml › id", "'simple'", "'sample'"]),
    "a row without its source": (HEAD + YOUNG.replace('source = "doc-000:x"', "") + OLD, ["sample.toml › young › source", "found nothing"]),
    "TOML that does not parse": ("id = ", ["sample.toml", "valid TOML"]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_table_is_named(name: str, base: Path) -> None:
    text, parts = BROKEN[name]
    found = wrong_with(base, text)
    assert found, "nothing was found"
    assert any(all(part in line for part in parts) for line in found), found


def test_all_problems_are_told_at_once_and_loading_raises_the_first(base: Path) -> None:
    found = wrong_with(base, HEAD + YOUNG + OLD.replace(">=18", ">=12").replace(', "unknown"', ""))
    assert len(found) == 2
    with pytest.raises(DataError, match="clash"):
        load(base)


OTHER_FILES = {
    ("currency.toml", 'low = "0.79"\nhigh = "1.05"', 'low = "1.79"\nhigh = "1.05"'): "USD › low",
    ("currency.toml", 'currency = "GBP"', 'currency = "USD"'): "a second corridor",
    ("tools.toml", 'later = ["<5M"]\nfits = ["5-15M"]', 'fits = ["5-15M"]'): "kiflo: found no verdict for <5M",
    ("tools.toml", 'later = ["<5M"]\nfits = ["5-15M"]', 'later = ["<5M", "5-15M"]\nfits = ["5-15M"]'): "a second verdict for 5-15M",
    ("tools.toml", 'tier = "none"\nlater = ["<5M"]', 'tier = "D"\nlater = ["<5M"]'): "kiflo › tier: found 'D'",
    ("questions.toml", 'fact = "motion"', 'fact = "mood"'): "'mood' is not a fact",
    ("maturity.toml", '"process", ', '"strategy", '): "each dimension once",
}


@pytest.mark.parametrize("change", OTHER_FILES, ids=OTHER_FILES.values())
def test_a_broken_list_is_named(change: tuple[str, str, str], base: Path) -> None:
    file, old, new = change
    path = base / "knowledge/rules" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(OTHER_FILES[change] in str(error) and file in str(error) for error in problems(base))


def test_a_missing_table_is_named(base: Path) -> None:
    (base / "knowledge/rules/business.toml").unlink()
    assert any("business.toml" in str(error) and "no such file" in str(error) for error in problems(base))


def test_no_way_to_break_a_table_passes_for_sound() -> None:
    """Rows lost, doubled, or with one piece more or less: the short proof says `sound` exactly where the long one finds nothing."""
    book, chance = load(), random.Random(1)  # noqa: S311  (the same tables each time)
    for table in [*book.tables.values(), *book.decisions.values()] * 8:
        rows, place = list(table.rows), chance.randrange(len(table.rows))
        if chance.random() < 0.3 and len(rows) > 1:
            del rows[place]
        elif chance.random() < 0.3:
            rows.append(rows[place])
        elif rows[place].masks:
            name = chance.choice(sorted(rows[place].masks))
            piece = 1 << chance.randrange(table.axes[name].size)
            rows[place] = replace(rows[place], masks={**rows[place].masks, name: rows[place].masks[name] ^ piece})
        broken = replace(table, rows=tuple(rows))
        found = [*proof._dead(broken), *proof._clashes(broken), *proof._gaps(broken)]
        assert proof._sound(broken) == (not found), broken.id
