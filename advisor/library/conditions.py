"""Conditions of records and passages in words, and why one holds or fails for given facts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from advisor.domain import Applies
from advisor.domain.conditions import INFINITY, Outcome, Range, Span, is_range

FACT_WORDS = {
    "arr_eur": "ARR in euro",
    "acv_eur": "contract value in euro a year",
    "motion": "how you sell",
    "problems": "what partners are to solve",
    "implementation_heavy": "an implementation project",
    "direct_predictable": "direct sales that can be forecast",
    "committed_spend": "buyers with committed cloud spend",
    "owner": "who carries the programme",
    "signed_partners": "partners signed",
    "active_partners": "partners active",
    "mapped_partners": "partners connected for account mapping",
    "programme_age_months": "months since the programme began",
    "phase": "age of the programme",
    "maturity": "maturity level",
    "compliance": "compliance need",
    "crm": "CRM",
    "in_place": "what exists already",
}


def because(outcome: Outcome, condition: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """Why a condition holds, fails or cannot be told, fact by fact."""
    if not condition:
        return "It is stated without a condition"
    wanted = "; ".join(f"{FACT_WORDS.get(name, name.replace('_', ' '))}: {test_words(condition[name])}" for name in outcome.facts)
    if outcome.applies is Applies.UNKNOWN:
        return f"Not known, and needed: {wanted}"
    given = "; ".join(_value_words(facts.get(name)) for name in outcome.facts)
    return f"Needed is {wanted}; given is {given}"


def test_words(test: Any) -> str:
    """A test of the condition language in words: `[5e6, 15e6)` is from 5,000,000 to below 15,000,000."""
    if is_range(test):
        return _range_words(Range.parse(test))
    if isinstance(test, list | tuple):
        return " or ".join(_value_words(item) for item in test)
    return _value_words(test)


def _range_words(span: Range) -> str:
    if span.low == span.high:
        return _value_words(span.low)
    low = f"{'' if span.low_in else 'more than '}{_value_words(span.low)}"
    high = f"{'at most' if span.high_in else 'below'} {_value_words(span.high)}"
    if span.high == INFINITY:
        return f"{low} or more" if span.low_in else low
    return high if span.low == -INFINITY else f"from {low} to {high}"


def _value_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Span):
        return f"between {_value_words(value.low)} and {_value_words(value.high)}"
    if isinstance(value, int | float | Decimal):
        return f"{Decimal(str(value)).normalize():,f}"
    if isinstance(value, list | tuple):
        return ", ".join(_value_words(item) for item in value)
    return "unknown" if value is None else str(value).replace("_", " ")
