"""The committed table of refused cells names rules that exist and do refuse what the row says."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path

import pytest

from advisor import Advisor
from advisor.domain import Client, Motion, Move, Verdict

TABLE = tomllib.loads(Path(__file__).with_name("refused.toml").read_text(encoding="utf-8"))
ROWS, OPEN = TABLE["refused"], TABLE["open"]
ARR = {"<5M": "3M EUR", "5-15M": "8M EUR", "15-50M": "30M EUR", "50-150M": "90M EUR", ">150M": "200M EUR"}
DIRECT = {"yes": True, "no": False, "unknown": None}


@pytest.mark.parametrize("row", [row for row in ROWS if "move" in row], ids=lambda row: f"{row['kind']}-{row['rule']}")
def test_every_refused_cell_is_refused_by_its_rule(row: dict) -> None:
    advisor = Advisor()
    for stage, direct, motion in product(row["when"].get("stage", ARR), row["when"].get("direct", DIRECT), Motion):
        client = Client(arr=ARR[stage], motion=motion, direct_predictable=DIRECT[direct])
        finding = advisor.judge(client).finding_on(Move(row["move"]))
        assert finding is not None
        assert (finding.rule, finding.verdict) == (row["rule"], Verdict.FORBID), (stage, direct, motion)


@pytest.mark.parametrize("row", OPEN, ids=lambda row: row["kind"])
def test_what_a_kind_carries_out_that_no_cell_refuses_is_forbidden_nowhere(row: dict) -> None:
    advisor = Advisor()
    for stage, direct, motion in product(ARR, DIRECT, Motion):
        assessment = advisor.judge(Client(arr=ARR[stage], motion=motion, direct_predictable=DIRECT[direct]))
        assert not {Move(move) for move in row["moves"]} & set(assessment.forbidden_moves), (stage, direct, motion)


def test_rows_about_partners_rest_on_a_row_of_the_rules() -> None:
    book = Advisor().book
    assert {row["rule"] for row in ROWS if "move" not in row} <= book.rows.keys()


@pytest.mark.parametrize("move", [Move.ENABLEMENT_PACK, Move.TECH_PARTNERS, Move.JOINT_BUSINESS_PLAN])
def test_what_is_refused_nowhere_is_forbidden_by_no_rule(move: Move) -> None:
    advisor = Advisor()
    for arr, direct, motion in product(ARR.values(), DIRECT.values(), Motion):
        finding = advisor.judge(Client(arr=arr, motion=motion, direct_predictable=direct)).finding_on(move)
        assert finding is None or finding.verdict is not Verdict.FORBID, (arr, direct, motion)
