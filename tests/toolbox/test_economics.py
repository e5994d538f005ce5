"""The standard sums: arithmetic that a reader can check, and what must hold whatever the numbers are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from advisor.figures import recompute
from advisor.figures.formula import rounds_to
from advisor.toolbox import economics
from advisor.toolbox.economics import whole, worked
from advisor.toolbox.parts import Part, number, percent, share, shown

MULTIPLE = (number(Decimal("2.5")), number(3))
amounts = st.decimals(min_value=1, max_value=1_000_000, places=2).map(number)
hours = st.decimals(min_value="0.5", max_value=500, places=1).map(number)
rates = st.decimals(min_value=1, max_value=60, places=1).map(percent)
counts = st.integers(min_value=1, max_value=500).map(number)


def test_fee_hours_and_rate_give_every_part_of_the_return() -> None:
    found = economics.partner_return(number(1500), number(6), rate=number(180), multiple=MULTIPLE)
    assert found.verdict == "some"
    assert (found.hourly.value, found.hourly.formula) == (Decimal(250), "1,500 ÷ 6")
    assert found.worth is not None
    assert [part.formula for part in found.worth] == ["2.5 × 180", "3 × 180"]
    assert found.fees is not None
    assert [(part.value, part.formula) for part in found.fees] == [(Decimal(2700), "2.5 × 180 × 6"), (Decimal(3240), "3 × 180 × 6")]
    assert found.efforts is not None
    assert [shown(part.value, 1) for part in found.efforts] == ["2.8", "3.3"]


def test_referrals_that_do_not_close_shrink_the_return_in_proportion() -> None:
    found = economics.partner_return(number(1500), number(4), close=share(5), rate=number(960) / number(8), multiple=MULTIPLE)
    assert (found.hourly.value, found.hourly.formula, found.verdict) == (Decimal(75), "1,500 × (1 ÷ 5) ÷ 4", "loss")


def test_without_the_partners_own_rate_it_does_not_say_whether_it_is_enough() -> None:
    assert economics.partner_return(number(1500), number(6)) == economics.Return(number(1500) / number(6))


@pytest.mark.parametrize(("part", "formula", "value"), [
    (number(2) * (number(3) + number(4)), "2 × (3 + 4)", 14), (number(9) - (number(3) - number(1)), "9 − (3 − 1)", 7),
    (number(8) / (number(4) / number(2)), "8 ÷ (4 ÷ 2)", 4), (number(90_000) * percent(8) / number(36), "90,000 × 8 % ÷ 36", 200),
])  # fmt: skip
def test_a_formula_has_the_brackets_it_needs_and_no_others(part: Part, formula: str, value: int) -> None:
    assert (part.formula, part.value, recompute(part.formula)) == (formula, Decimal(value), Decimal(value))


def test_nothing_is_divided_by_zero() -> None:
    with pytest.raises(ValueError, match="zero"):
        number(1) / number(0)


def test_a_manager_is_covered_by_whole_deals() -> None:
    per = economics.contribution(number(18_000), margin=percent(78), rate=percent(15))
    deals = economics.break_even(number(95_000), per)
    assert deals is not None
    assert (whole(deals, "deals").value, deals.formula) == (Decimal(9), "95,000 ÷ (18,000 × 78 % − 18,000 × 15 %)")


@given(fixed=amounts, size=amounts, margin=rates, low=rates, high=rates)
def test_a_higher_commission_never_lowers_the_deals_needed(fixed: Part, size: Part, margin: Part, low: Part, high: Part) -> None:
    assume(low.value <= high.value)
    with_low, with_high = (economics.break_even(fixed, economics.contribution(size, margin=margin, rate=rate)) for rate in (low, high))
    assert with_high is None or (with_low is not None and with_low.up <= with_high.up)


@given(fixed=amounts, size=amounts, margin=rates, rate=rates)
def test_deals_that_leave_nothing_never_cover_a_cost(fixed: Part, size: Part, margin: Part, rate: Part) -> None:
    found = economics.break_even(fixed, economics.contribution(size, margin=margin, rate=rate))
    assert (found is None) == (margin.value <= rate.value)


@given(fixed=amounts, size=amounts, rate=rates, factor=st.sampled_from([2, 10, 1000]))
def test_the_same_sum_in_smaller_coins_needs_as_many_deals(fixed: Part, size: Part, rate: Part, factor: int) -> None:
    plain = economics.break_even(fixed, economics.contribution(size, rate=rate))
    scaled = economics.break_even(number(fixed.value * factor), economics.contribution(number(size.value * factor), rate=rate))
    assert plain is not None
    assert scaled is not None
    assert plain.up == scaled.up


@given(sourced=counts, influenced=counts, size=amounts, rate=rates)
def test_an_influenced_deal_pays_at_most_what_a_sourced_one_pays_and_none_twice(sourced: Part, influenced: Part, size: Part, rate: Part) -> None:
    both = economics.commission(sourced, size, rate) + economics.commission(influenced, size, rate) * percent(50)
    assert both.value <= economics.commission(sourced + influenced, size, rate).value
    assert both.value >= economics.commission(sourced, size, rate).value


@given(pay=amounts, effort=hours, rate=amounts, close=rates)
def test_every_formula_gives_its_value(pay: Part, effort: Part, rate: Part, close: Part) -> None:
    found = economics.partner_return(pay, effort, close=close, rate=rate, multiple=MULTIPLE)
    parts = [found.hourly, found.times, *(found.worth or ()), *(found.fees or ()), *(found.efforts or ())]
    for result in (worked(part, "money") for part in parts if part):
        assert rounds_to(recompute(result.formula), result.value)


@given(pay=amounts, effort=hours, rate=amounts)
def test_more_effort_never_makes_the_same_pay_enough(pay: Part, effort: Part, rate: Part) -> None:
    less, more = (economics.partner_return(pay, time, rate=rate, multiple=MULTIPLE) for time in (effort, effort + effort))
    assert not (more.verdict == "enough" and less.verdict != "enough")


def test_a_programme_that_earns_less_than_it_cost_has_a_negative_return_and_still_a_payback() -> None:
    found = economics.payback(number(300_000), number(310_000), percent(80))
    assert found.back.value < 0
    assert found.months is not None
    assert shown(found.months.value, 1) == "14.5"


def test_each_tier_takes_its_margin_from_what_the_one_before_left() -> None:
    assert economics.net_of_channel(number(100), [percent(20), percent(10)]).value == 72


def test_a_recurring_commission_counts_only_customers_who_stay() -> None:
    three = economics.recurring(number(30_000), percent(10), years=3, churn=percent(12))
    life = economics.recurring(number(18_000), percent(10), churn=percent(9))
    assert three is not None
    assert life is not None
    assert (three.value, life.value) == (Decimal("7963.2"), Decimal(20_000))


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_shown_numbers_read_back_within_a_cent(value: Decimal) -> None:
    assert abs(Decimal(shown(value).replace(",", "")) - value) <= Decimal("0.005")
