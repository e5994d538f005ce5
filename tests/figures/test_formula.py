"""A shown formula is worked out exactly; anything else is refused with a sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.figures import numbers, recompute, rounds_to


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1500 ÷ 6", "250"), ("1,500 ÷ 6", "250"), ("180 × 2.5", "450"), ("(2700 ÷ 24000) × 100", "11.25"), ("€24,000 × 20 %", "4800"), ("8M × 10%", "800000"),
        ("100 − 46", "54"), ("-3 + 5", "2"), ("2 * (3 + 4) / 7", "2"), ("1,500 ÷ 6 = 250", "250"), ("12 500 ÷ 2.5", "5000"),
    ],
)
def test_a_formula_has_its_value(formula: str, value: str) -> None:
    assert recompute(formula) == Decimal(value)


@pytest.mark.parametrize("formula", ["", "1 ÷ 0", "2 ** 3 ** 9", "import os", "1 +", "(1 + 2", "1 2 3 4", "a × 3", "((((((((((((((((((((((1))))))))))))))))))))))", "9" * 500])
def test_what_is_no_formula_is_refused(formula: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        recompute(formula)


def test_inputs_are_the_numbers_as_written() -> None:
    assert numbers("(2,700 ÷ 24,000) × 20 %") == (Decimal(2700), Decimal(24000), Decimal(20))


@pytest.mark.parametrize(("value", "shown", "ok"), [("11.25", "11.3", True), ("11.25", "11.2", True), ("11.25", "11", True), ("11.25", "11.4", False), ("2.7777", "2.8", True), ("2.7777", "2.7", False)])
def test_a_result_may_be_rounded_as_shown(value: str, shown: str, ok: bool) -> None:
    assert rounds_to(Decimal(value), Decimal(shown)) is ok


@given(st.integers(1, 10**6), st.integers(1, 10**4))
def test_multiplying_and_dividing_undo_each_other(left: int, right: int) -> None:
    assert recompute(f"{left} × {right} ÷ {right}") == left
