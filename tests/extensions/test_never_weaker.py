"""Whatever a pack does to a table: where it is let in, nothing that was forbidden is forbidden less. Tables, edits and facts are drawn."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor import datafiles, rules
from advisor.domain import Verdict
from advisor.domain.conditions import Span
from advisor.extensions import Pack, Superseded
from advisor.extensions.packs import Manifest
from advisor.rules import packed
from advisor.rules.book import NEEDED_TABLES
from advisor.rules.tables import Table

BOOK = rules.load()
TABLES = [name for name, table in BOOK.tables.items() if name not in NEEDED_TABLES and any(each.verdict is Verdict.FORBID for row in table.rows for each in row.verdicts)]
DATA = {name: datafiles.read_toml(datafiles.root() / f"knowledge/rules/{name}.toml") for name in TABLES}
EXTRA = {"region": ["EU", "US"], "programme_age_months": "range"}
accepted = {"n": 0}


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]], dict[str, Any]]:
    """A table, rows of it changed (verdicts, tests, or split in two by a further input), and inputs that are new."""
    name = draw(st.sampled_from(TABLES))
    rows, inputs = [], {}
    for row in draw(st.lists(st.sampled_from(DATA[name]["row"]), min_size=1, max_size=3, unique_by=lambda each: each["id"])):
        moves = [each["move"] for each in row.get("verdict", []) if "move" in each] or ["tiered_programme"]
        verdicts = draw(st.lists(st.builds(dict, move=st.sampled_from(moves), verdict=st.sampled_from(["forbid", "forbid", "warn", "recommend"]), provisional=st.booleans()), max_size=2))
        kept = row.get("verdict", []) if draw(st.booleans()) else verdicts
        changed = {**row, "verdict": kept}
        split = draw(st.sampled_from(["", "", "region", "programme_age_months"]))
        if not split:
            rows.append(changed)
            continue
        inputs[split] = EXTRA[split]
        one, other = (["EU"], ["US", "unknown"]) if split == "region" else ("<12", [">=12", "unknown"])
        second = verdicts if draw(st.booleans()) else kept
        rows += [{**changed, "when": {**row["when"], split: one}}, {**changed, "id": f"{row['id']}-b", "when": {**row["when"], split: other}, "verdict": second}]
    return name, rows, inputs


def told(value: Any) -> str:
    """A value as TOML writes it on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {told(each)}" for key, each in value.items()) + " }"
    return f"[{', '.join(map(told, value))}]" if isinstance(value, list) else json.dumps(value)


def joined(name: str, rows: list[dict[str, Any]], inputs: dict[str, Any]) -> Table | None:
    """The table with the rows of a pack, or none where the pack is refused."""
    ours = {row["id"] for row in DATA[name]["row"]}
    declared = tuple(Superseded(kind="rule", id=f"{name}.{row['id']}", on=date(2026, 11, 1), because="drawn") for row in rows if row["id"] in ours)
    manifest = Manifest(name="drawn", title="Drawn", as_of=date(2026, 11, 1), supersedes=declared)
    text = [f"id = {told(name)}", "[inputs]", *(f"{key} = {told(each)}" for key, each in inputs.items())]
    for row in rows:
        text += ["[[row]]", *(f"{json.dumps(key)} = {told(each)}" for key, each in row.items())]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "knowledge", "rules", f"{name}.toml")
        path.parent.mkdir(parents=True)
        path.write_text("\n".join(text), encoding="utf-8")
        wrong: list[Any] = []
        found = packed.joined({name: DATA[name]}, {name: BOOK.tables[name]}, (Pack(manifest, Path(folder)),), (), wrong)
    return None if wrong else found[name]


def forbids(table: Table, facts: dict[str, Any]) -> set[Any]:
    return {each.move for each in table.row_for(facts).verdicts if each.verdict is Verdict.FORBID}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits())
def test_a_pack_that_is_let_in_forbids_all_that_was_forbidden(drawn: tuple[str, list[dict[str, Any]], dict[str, Any]]) -> None:
    table = joined(*drawn)
    if table is None:
        return
    accepted["n"] += table is not BOOK.tables[drawn[0]]
    vague = [Span(Decimal(0), Decimal(30)), Span(Decimal(11), Decimal(13))]
    values = [[None, *axis.samples(), *([] if axis.values else vague)] for axis in table.axes.values()]
    for picked in product(*values):
        facts = dict(zip(table.axes, picked, strict=True))
        assert forbids(BOOK.tables[drawn[0]], facts) <= forbids(table, facts), facts


def test_some_of_the_packs_were_let_in() -> None:
    """The property above says nothing when every pack is refused."""
    assert accepted["n"] > 0
