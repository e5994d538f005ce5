"""What each capability takes: closed, typed, and small enough to be read by a host's model with every turn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, field_validator, model_validator

from advisor.domain.base import Value
from advisor.domain.client import MOST_MONTHS, MOST_PARTNERS
from advisor.domain.moves import Move
from advisor.domain.plan import PlanKind
from advisor.domain.vocabulary import BenchmarkKind, Business, Compliance, Expansion, Motion, Owner, Problem

LONGEST_TEXT, LONGEST_WORD, MOST_ITEMS = 20_000, 200, 40
MOST_HITS, MOST_ROWS, MOST_TEXTS = 20, 50, 10


def _plain(value: Any) -> Any:
    """A number where an amount is wanted is that amount, without a currency."""
    return f"{value}" if isinstance(value, int | float) and not isinstance(value, bool) else value


def _short(text: str) -> str:
    if len(text) > LONGEST_WORD:
        raise ValueError(f"it has {len(text):,} characters, at most {LONGEST_WORD} may stand here")
    return text


def _fits(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"it has {len(text):,} characters, at most {LONGEST_TEXT:,} may stand here; give the part about this client")
    return text


def _pair(item: Any) -> tuple[str, str]:
    name, mark, value = item.partition("=") if isinstance(item, str) else ("", "", "")
    if not (mark and name.strip() and value.strip()):
        raise ValueError("write each fact as fact=value, like arr=8.2M EUR")
    return name.strip(), value.strip()


def _some(items: tuple[str, ...]) -> tuple[str, ...]:
    if len(items) > MOST_ITEMS:
        raise ValueError(f"it has {len(items)} items, at most {MOST_ITEMS} may stand here")
    return items


def _few(texts: tuple[str, ...]) -> tuple[str, ...]:
    if len(texts) > MOST_TEXTS:
        raise ValueError(f"it has {len(texts)} texts, at most {MOST_TEXTS} may stand here")
    return texts


Word = Annotated[str, AfterValidator(_short)]
Text = Annotated[str, AfterValidator(_fits)]
Amount = Annotated[Word, BeforeValidator(_plain)]
Words = Annotated[tuple[Word, ...], AfterValidator(_some)]
Count = Annotated[int, Field(ge=0, le=MOST_PARTNERS)]
Positive = Annotated[Decimal, Field(gt=0, lt=10**12), WithJsonSchema({"type": "number"})]
Percent = Annotated[Decimal, Field(gt=0, le=100), WithJsonSchema({"type": "number"})]
Detail = Literal["brief", "normal", "full"]
Shown = Annotated[Detail, Field(description="full: the long JSON")]


class Facts(Value):
    """What is known of a client. A fact left out is unknown: nothing is guessed.

    Hosts that cannot offer an object of optional fields give a list of `fact=value` instead.
    """

    arr: Amount | None = Field(None, description="8.2M EUR")
    motion: Motion | None = None
    acv: Amount | None = Field(None, description="per year")
    problems: Annotated[tuple[Problem, ...], Field(max_length=MOST_ITEMS)] | None = Field(None, description="what partners are to solve")
    direct_predictable: bool | None = Field(None, description="direct sales can be forecast")
    owner: Owner | None = Field(None, description="of the partner programme")
    partners: Count | None = Field(None, description="signed")
    active_partners: Count | None = None
    mapped_partners: Count | None = None
    programme_age_months: Annotated[int, Field(ge=0, le=MOST_MONTHS)] | None = None
    maturity: Annotated[int, Field(ge=1, le=4)] | None = None
    business: Business | None = None
    expansion: Expansion | None = None
    implementation_heavy: bool | None = None
    committed_spend: bool | None = Field(None, description="buyers hold cloud budgets")
    region: Word | None = None
    compliance: Compliance | None = None
    crm: Word | None = None
    tool_budget: Amount | None = None
    in_place: Annotated[tuple[Move, ...], Field(max_length=MOST_ITEMS)] | None = Field(None, description="moves that exist already")
    fx: Words | None = Field(None, description="euro per unit: USD=0.92")

    @model_validator(mode="before")
    @classmethod
    def _paired(cls, given: Any) -> Any:
        if not isinstance(given, list | tuple):
            return given
        pairs = [_pair(item) for item in given[: MOST_ITEMS + 1]]
        lists = {name for name in ("problems", "in_place", "fx") if any(name == key for key, _ in pairs)}
        table: dict[str, Any] = {name: [] for name in lists}
        for name, value in pairs:
            if name in lists:
                table[name] += [part.strip() for part in value.split(",")]
            elif table.setdefault(name, value) != value:
                raise ValueError(f"{name[:40]} stands there twice")
        return table


class AssessInput(Value):
    text: Text | None = Field(None, description="the client in any words: notes, an e-mail")
    facts: Facts | None = Field(None, description="win over the text")
    what_if: Facts | None = Field(None, description="facts to suppose otherwise")
    detail: Shown = "normal"


class AskInput(Value):
    question: Text
    facts: Facts | None = None
    session: Word | None = Field(None, description='"new" starts a conversation that remembers the client; afterwards the name returned')
    detail: Shown = "normal"


class SearchInput(Value):
    query: Text
    limit: int = Field(5, ge=1, le=MOST_HITS)
    detail: Shown = "normal"


class BenchmarksInput(Value):
    metric: Word | None = Field(None, description="compare its records")
    id: Word | None = Field(None, description="one record")
    kind: BenchmarkKind | None = None
    facts: Facts | None = Field(None, description="says whether each applies")
    limit: int = Field(10, ge=1, le=MOST_ROWS)
    offset: int = Field(0, ge=0)
    detail: Shown = "normal"


class PlanInput(Value):
    text: Text | None = Field(None, description="the client in any words")
    facts: Facts | None = None
    kind: PlanKind = PlanKind.NINETY_DAY
    start: date | None = Field(None, description="2027-01-11; next Monday")
    hours_per_week: Annotated[Decimal, Field(gt=0, le=168), WithJsonSchema({"type": "number"})] | None = Field(None, description="of the partner owner")
    partner_list: Text | None = Field(None, description="CSV for qbr: partner, sourced")
    detail: Shown = "normal"


class VerifyInput(Value):
    text: Text = Field(description="what you are about to say")
    client: Text | None = Field(None, description="what the client said of themselves")
    facts: Facts | None = None
    against: Annotated[tuple[Text, ...], AfterValidator(_few)] | None = Field(None, description="texts of sources, then the only truth")
    detail: Shown = "normal"


class PartnerReturn(Value):
    """Whether a partner's pay is worth his hours: `fee` per closed deal, or `rate_percent` of `deal_size`."""

    kind: Literal["partner_return"]
    hours: Positive
    fee: Positive | None = None
    deal_size: Positive | None = None
    rate_percent: Percent | None = None
    close_percent: Percent | None = None
    own_hourly_rate: Positive | None = None

    @model_validator(mode="after")
    def _paid(self) -> Self:
        if self.fee is None and (self.deal_size is None or self.rate_percent is None):
            raise ValueError("give fee, or deal_size and rate_percent")
        return self


class BreakEven(Value):
    """How many deals cover a fixed cost."""

    kind: Literal["break_even"]
    fixed_cost: Positive
    deal_size: Positive
    margin_percent: Percent | None = None
    rate_percent: Percent | None = None


class Payback(Value):
    """When a year's programme has earned its cost back."""

    kind: Literal["payback"]
    cost: Positive
    revenue: Positive
    margin_percent: Percent


class RateChange(Value):
    """What another commission rate costs, and what would make up for it."""

    kind: Literal["rate_change"]
    old_percent: Percent
    new_percent: Percent
    revenue: Positive
    deal_size: Positive | None = None
    margin_percent: Percent | None = None


class NetOfChannel(Value):
    """What is left of a list price after each tier's margin."""

    kind: Literal["net_of_channel"]
    price: Positive
    margins_percent: Annotated[tuple[Percent, ...], Field(min_length=1, max_length=5)]


class RecurringCommission(Value):
    """What a recurring commission costs per customer: over `years`, or over a life of 1 ÷ churn."""

    kind: Literal["recurring_commission"]
    deal_size: Positive
    rate_percent: Percent
    years: Annotated[int, Field(ge=1, le=20)] | None = None
    churn_percent: Percent | None = None

    @model_validator(mode="after")
    def _ends(self) -> Self:
        if self.years is None and self.churn_percent is None:
            raise ValueError("give years or churn_percent")
        return self


Sum = Annotated[PartnerReturn | BreakEven | Payback | RateChange | NetOfChannel | RecurringCommission, Field(discriminator="kind")]


_KINDS = ("partner_return", "break_even", "payback", "rate_change", "net_of_channel", "recurring_commission")


class CalculateInput(Value):
    sum: Sum

    @field_validator("sum", mode="before")
    @classmethod
    def _of_a_kind(cls, given: Any) -> Any:
        if not isinstance(given, dict) or given.get("kind") not in _KINDS:
            raise ValueError(f"give an object whose kind is one of {', '.join(_KINDS)}")
        return given
