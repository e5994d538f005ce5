"""A partner's return on effort: arithmetic that a reader can check."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.figures import recompute
from advisor.toolbox.economics import PartnerReturn, partner_return, shown

MULTIPLE = (Decimal("2.5"), Decimal(3))
amounts = st.decimals(min_value=1, max_value=1_000_000, places=2)
hours = st.decimals(min_value="0.5", max_value=500, places=1)


def test_fee_hours_and_rate_give_every_part_of_the_sum() -> None:
    result = partner_return(Decimal(1500), Decimal(6), hourly_rate=Decimal(180), multiple=MULTIPLE, contract_value=Decimal(24000))
    assert {name: (part["value"], part["formula"]) for name, part in result.model_dump().items()} == {
        "hourly": (Decimal(250), "1,500 ÷ 6"),
        "worth_low": (Decimal(450), "2.5 × 180"),
        "worth_high": (Decimal(540), "3 × 180"),
        "fee_low": (Decimal(2700), "450 × 6"),
        "fee_high": (Decimal(3240), "540 × 6"),
        "hours_low": (Decimal("2.78"), "1,500 ÷ 540"),
        "hours_high": (Decimal("3.33"), "1,500 ÷ 450"),
        "share_now": (Decimal("6.25"), "1,500 ÷ 24,000 × 100"),
        "share_low": (Decimal("11.25"), "2,700 ÷ 24,000 × 100"),
        "share_high": (Decimal("13.50"), "3,240 ÷ 24,000 × 100"),
    }
    assert result.enough is False


def test_without_the_partners_own_rate_it_does_not_say_whether_it_is_enough() -> None:
    result = partner_return(Decimal(1500), Decimal(6))
    assert (result.enough, result.worth_low, result.fee_low) == (None, None, None)


@pytest.mark.parametrize("field", ["hours", "hourly_rate", "contract_value"])
def test_zero_is_refused_by_name(field: str) -> None:
    numbers = {"fee": Decimal(1), "hours": Decimal(1), "hourly_rate": Decimal(1), "contract_value": Decimal(1), field: Decimal(0)}
    with pytest.raises(ValueError, match=field):
        partner_return(**numbers, multiple=MULTIPLE)


def worked(fee: Decimal, effort: Decimal, rate: Decimal) -> PartnerReturn:
    return partner_return(fee, effort, hourly_rate=rate, multiple=MULTIPLE, contract_value=Decimal(24000))


@given(fee=amounts, effort=hours, rate=amounts)
def test_every_shown_formula_gives_its_value(fee: Decimal, effort: Decimal, rate: Decimal) -> None:
    for part in worked(fee, effort, rate).model_dump().values():
        assert abs(recompute(part["formula"]) - part["value"]) <= Decimal("0.01")


@given(fee=amounts, effort=hours, rate=amounts)
def test_more_effort_never_makes_the_same_fee_enough(fee: Decimal, effort: Decimal, rate: Decimal) -> None:
    less, more = worked(fee, effort, rate), worked(fee, effort * 2, rate)
    assert not (more.enough and not less.enough)


@given(fee=amounts, effort=hours, rate=amounts)
def test_the_needed_fee_is_enough(fee: Decimal, effort: Decimal, rate: Decimal) -> None:
    needed = worked(fee, effort, rate).fee_high
    assert needed is not None
    assert partner_return(needed.value + 1, effort, hourly_rate=rate, multiple=MULTIPLE).enough


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_shown_numbers_read_back_within_a_cent(number: Decimal) -> None:
    assert abs(Decimal(shown(number).replace(",", "")) - number) <= Decimal("0.005")
