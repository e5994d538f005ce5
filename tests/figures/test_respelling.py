"""A figure written in another way is the same figure: found again, and supported by the first spelling."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from advisor.figures import differs, find, supports

WHOLE = st.integers(min_value=2, max_value=99)
SPACES = st.sampled_from([" ", "\u00a0", "\u202f", ""])
DASHES = st.sampled_from(["–", "-", "\u2011", " to ", " – "])
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()


def worded(number: int) -> str:
    if number < 20:
        return _ONES[number]
    return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")


def agree(first: str, second: str) -> None:
    """Both texts hold one figure, each supports the other."""
    one, other = find(first), find(second)
    assert len(one) == len(other) == 1, (first, one, second, other)
    assert differs(one[0], other[0]) == "none", (one[0], other[0])
    assert supports(one[0], first, second).ok
    assert supports(other[0], second, first).ok


@given(WHOLE, SPACES, st.sampled_from(["%", " percent", " per cent"]))
def test_percent(number: int, space: str, sign: str) -> None:
    agree(f"Deals close {number}{space}% faster.", f"Deals close {number}{sign} faster.")


@given(WHOLE)
def test_percent_in_words(number: int) -> None:
    agree(f"Deals close {number} % faster.", f"Deals close {worded(number)} percent faster.")


@given(st.integers(2, 40), st.integers(1, 30), DASHES)
def test_ranges(low: int, more: int, dash: str) -> None:
    agree(f"The programme has {low}–{low + more} partners.", f"The programme has {low}{dash}{low + more} partners.")
    agree(f"The programme has {low}–{low + more} partners.", f"The programme has between {low} and {low + more} partners.")
    agree(f"The programme has {low}–{low + more} partners.", f"The programme has {worded(low)} to {worded(low + more)} partners.")


@given(st.integers(1, 999), st.sampled_from([("$", " dollars"), ("€", " euros"), ("€", " EUR"), ("$", " USD")]), st.sampled_from([("K", 3), ("M", 6), (" million", 6), ("bn", 9), (" billion", 9)]))
def test_money_at_any_scale(number: int, currency: tuple[str, str], scale: tuple[str, int]) -> None:
    sign, word = currency
    short = f"{sign}{number}{scale[0]}"
    agree(f"The deal is worth {short} in total.", f"The deal is worth {number * 10 ** scale[1]:,}{word} in total.")


@given(st.decimals(min_value=Decimal("1.1"), max_value=Decimal("99.9"), places=1))
def test_decimal_millions(number: Decimal) -> None:
    agree(f"The deal is worth ${number} million in total.", f"The deal is worth ${number * 10**6:,.0f} in total.")


@given(st.integers(2, 90), st.sampled_from(["{n}+ partners", "at least {n} partners", "{n} partners or more", "≥{n} partners"]))
def test_or_more(number: int, form: str) -> None:
    agree(f"The programme has {number} or more partners.", f"The programme has {form.format(n=number)}.")


@given(st.integers(2, 90), st.sampled_from(["over {n}", ">{n}", "above {n}"]))
def test_more_than(number: int, form: str) -> None:
    agree(f"The programme has more than {number} partners.", f"The programme has {form.format(n=number)} partners.")


@given(st.integers(2, 90), st.sampled_from(["roughly", "around", "approximately", "~"]))
def test_about(number: int, word: str) -> None:
    agree(f"It costs about ${number}.", f"It costs {word}{'' if word == '~' else ' '}${number}.")


@given(st.integers(1, 9))
def test_years_and_months(number: int) -> None:
    agree(f"A programme of {number * 12} months is mature.", f"A programme of {number} year{'s' if number > 1 else ''} is mature.")


@given(WHOLE, st.integers(1, 60))
def test_another_number_is_never_the_same(number: int, more: int) -> None:
    claim = f"Deals close {number + more} % faster."
    assert not supports(find(claim)[0], claim, f"Deals close {number} % faster.").ok


@given(st.text(max_size=200))
def test_any_text_is_read_and_every_figure_lies_in_it(text: str) -> None:
    for figure in find(text):
        assert text[figure.start : figure.end] == figure.text != ""
