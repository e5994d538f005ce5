"""The client: every fact the advice may rest on, each with the words it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field, field_validator

from advisor.domain.base import Number, Quote, Value, Words
from advisor.domain.conditions import Span
from advisor.domain.money import LARGEST, Money, MoneyField, rate_of
from advisor.domain.moves import Move
from advisor.domain.vocabulary import Business, Compliance, Expansion, Motion, Owner, PhaseId, Problem, Unit

Origin = Literal["text", "option", "file", "session", "inferred"]
Confidence = Literal["stated", "inferred", "assumed"]
MOST_PARTNERS, MOST_MONTHS = 1_000_000, 1_200


_LEAST_ARR = 1000  # below it a number stands for millions, and nobody should guess that silently


class Fact(Value):
    """Where one fact of the client comes from: its origin, the words, the day, and how sure it is."""

    origin: Origin = Field(alias="from")
    quote: Quote = ""
    stated_on: date | None = None
    confidence: Confidence = "stated"


class Metric(Value):
    """A named number the client gave, such as an activation rate; percent is 46 with unit percent.

    `currency` and `per` belong to money: a fee of 1500 EUR per deal, a rate of 180 EUR per hour.
    """

    value: Number = Field(gt=-LARGEST, lt=LARGEST)
    unit: Unit
    currency: str | None = None
    per: Words | None = None
    quote: Quote = ""


class Decision(Value):
    """A move the client's side has already decided, whatever the advice says."""

    move: Move
    by: Words | None = None
    on: date | None = None
    reason: Quote = ""


class Partners(Value):
    """Numbers of partners: signed; active by the client's own definition; connected for account mapping."""

    signed: int | None = Field(default=None, ge=0, le=MOST_PARTNERS)
    active: int | None = Field(default=None, ge=0, le=MOST_PARTNERS)
    mapped: int | None = Field(default=None, ge=0, le=MOST_PARTNERS)


class Client(Value):
    """What is known of a client. None means unknown: nothing is ever guessed.

    Amounts may be given as text: `Client(arr="8M EUR", motion="mid_touch")`. `acv` is per year. `facts` holds for each
    field the words it was read from, `committed_spend` whether buyers hold budgets committed to a cloud provider, `fx` the exchange rates somebody stated, in euro per unit of a currency.
    """

    arr: MoneyField | None = None
    motion: Motion | None = None
    acv: MoneyField | None = None
    problems: tuple[Problem, ...] = ()
    business: Business | None = None
    expansion: Expansion | None = None
    implementation_heavy: bool | None = None
    direct_predictable: bool | None = None
    committed_spend: bool | None = None
    owner: Owner | None = None
    partners: Partners = Partners()
    programme_age_months: int | None = Field(default=None, ge=0, le=MOST_MONTHS)
    maturity: int | None = Field(default=None, ge=1, le=4)
    region: Words | None = None
    compliance: Compliance | None = None
    crm: Words | None = None
    tool_budget: MoneyField | None = None
    metrics: Mapping[Words, Metric] = {}
    in_place: tuple[Move, ...] = ()
    decided: tuple[Decision, ...] = ()
    fx: Mapping[str, Number] = {}
    facts: Mapping[Words, Fact] = {}

    @field_validator("arr", "acv", "tool_budget")
    @classmethod
    def _positive(cls, money: Money | None) -> Money | None:
        if money is not None and money.amount < 0:
            raise ValueError("an amount cannot be negative")
        if money is not None and money.amount >= LARGEST:
            raise ValueError("the amount is more than any company turns over in a year")
        return money

    @field_validator("arr")
    @classmethod
    def _scaled(cls, arr: Money | None) -> Money | None:
        if arr is not None and 0 < arr.amount < _LEAST_ARR:
            raise ValueError(f"{arr.amount:f} is too small for a yearly revenue; write it with its scale, for example {arr.amount:f}M")
        return arr

    @field_validator("fx")
    @classmethod
    def _rates(cls, rates: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
        return {code.strip().upper(): rate_of(code, rate) for code, rate in rates.items()}

    def view(self) -> dict[str, Any]:
        """The facts as conditions name them; None is unknown, a `Span` is known only between two bounds.

        `arr_eur` is left unknown without a euro value; the rules fill it in from the currency corridor. Partners
        connected for account mapping are at most the signed ones.
        """
        signed, mapped = self.partners.signed, self.partners.mapped
        known_mapped: Any = mapped
        if mapped is None and signed is not None:
            known_mapped = Span(Decimal(0), Decimal(signed)) if signed else 0
        return {
            "arr_eur": self.arr.eur if self.arr else None,
            "acv_eur": self.acv.eur if self.acv else None,
            "motion": self.motion,
            "problems": self.problems or None,
            "business": self.business,
            "expansion": self.expansion,
            "implementation_heavy": self.implementation_heavy,
            "direct_predictable": self.direct_predictable,
            "committed_spend": self.committed_spend,
            "owner": self.owner,
            "signed_partners": signed,
            "active_partners": self.partners.active,
            "mapped_partners": known_mapped,
            "programme_age_months": self.programme_age_months,
            "phase": phase_of(self.programme_age_months, signed, self.in_place),
            "maturity": self.maturity,
            "region": self.region,
            "compliance": self.compliance,
            "crm": self.crm,
            "in_place": self.in_place or None,
            **{f"metric_{name}": metric.value for name, metric in self.metrics.items()},
        }


def phase_of(age_months: int | None, signed: int | None, in_place: tuple[Move, ...] = ()) -> PhaseId | None:
    """The benchmark column by programme age: <18 early, 18 to <36 growth, 36+ mature (document 000, economic benchmarks).

    `none` when the client said that there are no partners and gave no age; None when the age is unknown.
    """
    if age_months is None:
        return PhaseId.NONE if signed == 0 and not in_place else None
    if age_months < 18:
        return PhaseId.EARLY
    return PhaseId.GROWTH if age_months < 36 else PhaseId.MATURE


FACT_NAMES = (*Client().view(), "stage")
