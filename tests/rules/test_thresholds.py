"""Each threshold at its edge and on both sides of it, and the bands against an independent reading."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.rules import load

BOOK = load()
EDGES = [
    ("stage", "arr_eur", {"4999999.99": "<5M", "5000000": "5-15M", "5000000.01": "5-15M"}),
    ("stage", "arr_eur", {"14999999.99": "5-15M", "15000000": "15-50M", "15000000.01": "15-50M"}),
    ("stage", "arr_eur", {"49999999.99": "15-50M", "50000000": "50-150M", "50000000.01": "50-150M"}),
    ("stage", "arr_eur", {"149999999.99": "50-150M", "150000000": "50-150M", "150000000.01": ">150M"}),
    ("phase", "programme_age_months", {"17": "early", "18": "growth", "19": "growth"}),
    ("phase", "programme_age_months", {"35": "growth", "36": "mature", "37": "mature"}),
    ("signal_activation", "metric_activation_rate", {"49.99": "fired", "50": "quiet", "50.01": "quiet"}),
    ("signal_overlaps", "metric_overlaps_high_fit", {"19": "quiet", "20": "quiet", "21": "fired"}),
    ("signal_win_rate", "win_rate_gap", {"14.9": "quiet", "15": "quiet", "15.1": "fired"}),
    ("signal_t1_pipeline", "metric_months_below_target", {"1": "quiet", "2": "fired", "3": "fired"}),
    ("signal_conflict", "metric_conflicts", {"0": "quiet", "1": "fired", "2": "fired"}),
    ("signal_integration", "metric_integrations_live", {"0": "quiet", "1": "fired", "2": "fired"}),
    ("elg", "mapped_partners", {"9": "few", "10": "enough", "11": "enough"}),
    ("few_partners", "partner_count", {"0": "nobody", "1": "few", "2": "few"}),
    ("few_partners", "partner_count", {"9": "few", "10": "enough", "11": "enough"}),
    ("idle", "active_share", {"49.9": "idle", "50": "active", "50.1": "active"}),
]
WITH_STAGE = [
    ("mapping", {"stage": "15-50M"}, "mapped_partners", {"9": "15-50M-few", "10": "15-50M-many", "11": "15-50M-many"}),
    ("mapping", {"stage": "50-150M"}, "mapped_partners", {"9": "50M-few", "10": "50M-many", "11": "50M-many"}),
    ("enough_partners", {"stage": "5-15M"}, "signed_partners", {"9": "5-15M-room", "10": "5-15M-full", "11": "5-15M-full"}),
    ("enough_partners", {"stage": "15-50M"}, "signed_partners", {"29": "15-50M-room", "30": "15-50M-full", "31": "15-50M-full"}),
    ("enough_partners", {"stage": "5-15M", "signed_partners": 12}, "active_share", {"49": "5-15M-full-idle", "50": "5-15M-full", "51": "5-15M-full"}),
    ("enough_partners", {"stage": "15-50M", "signed_partners": 40}, "active_share", {"49": "15-50M-full-idle", "50": "15-50M-full", "51": "15-50M-full"}),
    ("mass_recruiting", {"stage": ">150M"}, "active_share", {"49": "idle", "50": "large", "51": "large"}),
    ("acv_fit", {"motion": "mid_touch"}, "acv_eur", {"9999": "mid_touch-below", "10000": "mid_touch-inside", "10001": "mid_touch-inside"}),
    ("acv_fit", {"motion": "mid_touch"}, "acv_eur", {"49999": "mid_touch-inside", "50000": "mid_touch-inside", "50001": "mid_touch-above"}),
    ("acv_fit", {"motion": "enterprise"}, "acv_eur", {"49999": "enterprise-below", "50000": "enterprise-below", "50001": "enterprise-inside"}),
]
ALL = [(table, {}, fact, rows) for table, fact, rows in EDGES] + WITH_STAGE
FLAT = [(table, more, fact, value, row) for table, more, fact, rows in ALL for value, row in rows.items()]


@pytest.mark.parametrize(("table", "more", "fact", "value", "row"), FLAT, ids=[f"{f[0]}: {f[2]} {f[3]} is {f[4]}" for f in FLAT])
def test_at_the_edge_and_beside_it(table: str, more: dict, fact: str, value: str, row: str) -> None:
    assert BOOK.tables[table].row_for({**more, fact: Decimal(value)}).name == row


def test_every_cut_of_every_table_has_its_edge_cases() -> None:
    cuts = {(table.id, name, cut) for table in BOOK.tables.values() for name, axis in table.axes.items() for cut in axis.cuts}
    tried = {(table, fact, Decimal(value)) for table, _, fact, rows in ALL for value in rows}
    assert cuts <= tried


@given(st.decimals(min_value=0, max_value=10**10, places=2))
def test_a_band_is_the_one_that_its_edges_say(arr: Decimal) -> None:
    expected = (
        "<5M" if arr < 5 * 10**6 else "5-15M" if arr < 15 * 10**6 else "15-50M" if arr < 50 * 10**6 else "50-150M" if arr <= 150 * 10**6 else ">150M"
    )
    assert BOOK.tables["stage"].row_for({"arr_eur": arr}).then["stage"] == expected


@given(st.sampled_from(sorted(BOOK.tables)), st.data())
def test_any_facts_lead_to_exactly_one_row(name: str, data: st.DataObject) -> None:
    table = BOOK.tables[name]
    facts = {
        fact: data.draw(st.none() | (st.sampled_from(axis.samples()) if axis.values else st.integers(-10, 10**9)), label=fact)
        for fact, axis in table.axes.items()
    }
    pieces = {fact: axis.pieces_of(facts[fact]) for fact, axis in table.axes.items()}
    holding = [row.id for row in table.rows if all(not pieces[fact] & ~mask for fact, mask in row.masks.items())]
    assert holding == [table.row_for(facts).id]
