"""The stage from the ARR: edges, the currency corridor, closeness to an edge, and amounts that contradict each other.

Sources: document 000, stage table; lower edges inclusive, 150M still in the band below. The corridor is a house rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from advisor.domain import BANDS, Client, Finding, Money, Stage, StageId, Verdict
from advisor.domain.conditions import INFINITY, Range, Span
from advisor.ports import Wording
from advisor.rules import show
from advisor.rules.currency import Corridor
from advisor.rules.tables import Table


class Staged(NamedTuple):
    """The stage, the bands that verdicts must be cautious over, and the remark on a nearby edge if there is one."""

    stage: Stage
    bands: tuple[StageId, ...]
    remark: Finding | None = None


class Ladder:
    """The stage table as a ladder of euro bands."""

    def __init__(self, table: Table, corridor: Corridor, wording: Wording) -> None:
        self.corridor, self.wording = corridor, wording
        self.rows = {StageId(row.then["stage"]): row for row in table.rows if row.then.get("stage") in BANDS}
        self.ranges = {band: Range.parse(self.rows[band].when["arr_eur"]) for band in BANDS}

    def place(self, client: Client, readings: tuple[Money, ...] = ()) -> Staged:
        """Where a client stands. `readings` are the amounts of contradicting statements, or the highest one that lies below what was said not to be reached; empty when there are none."""
        if readings:
            return self._contradicting(readings)
        if client.arr is None:
            return Staged(self._unknown((), "missing"), BANDS)
        span = self.corridor.euros(client.arr)
        if span is None:
            return Staged(self._unknown((), "no_corridor", arr=self._amount(client.arr)), BANDS)
        bands = self._bands(span)
        if len(bands) > 1:
            why = "without_currency" if client.arr.currency is None else "straddling"
            return Staged(self._unknown(bands, why, arr=self._amount(client.arr), bands=self._names(bands)), bands)
        return self._settled(client, client.arr, span, bands[0])

    def label(self, band: StageId) -> str:
        if band in self.ranges:
            return self.wording.say("rules.stage.label", band=self.wording.amount(show.bounds(self.ranges[band], euro=True)["range"]))
        return self.wording.say("rules.stage.label_unknown" if band is StageId.UNKNOWN else "rules.stage.label_outside")

    def outside(self) -> Stage:
        """The stage of a business to which the table does not apply."""
        outside = StageId.NOT_APPLICABLE
        return Stage(id=outside, label=self.label(outside), because=self.wording.say("rules.stage.because.outside"))

    def _settled(self, client: Client, arr: Money, span: Span, band: StageId) -> Staged:
        assumed = "arr" in client.facts and client.facts["arr"].confidence == "assumed"
        how = "corridor" if arr.eur is None else "assumed" if assumed else "converted" if arr.fx is not None else "stated"
        also = self._neighbours(span, band, converted=how in {"corridor", "converted"})
        because = self.wording.say(f"rules.stage.because.{how}{'_edge' if also else ''}", arr=self._amount(arr), band=self.label(band))
        stage = Stage(id=band, label=self.label(band), provisional=how in {"corridor", "assumed"}, also=also, because=because)
        return Staged(stage, (band,), self._remark(stage, arr, exact=how in {"stated", "assumed"}) if also else None)

    def _contradicting(self, readings: tuple[Money, ...]) -> Staged:
        spans = [self.corridor.euros(money) for money in readings]
        found = {band for span in spans for band in (self._bands(span) if span else BANDS)}
        bands = tuple(band for band in BANDS if band in found)
        amounts = self._list(self._amount(money) for money in readings)
        if len(bands) == 1:
            below = self._amount(Money.of(readings[0].amount + 1, readings[0].currency))
            said = {"edge": below} if len(readings) == 1 else {"arrs": amounts}
            because = self.wording.say("rules.stage.because.below" if len(readings) == 1 else "rules.stage.because.agreeing", **said, band=self.label(bands[0]))
            return Staged(Stage(id=bands[0], label=self.label(bands[0]), provisional=True, because=because), bands)
        return Staged(self._unknown(bands, "contradicting", arrs=amounts, bands=self._names(bands)), bands)

    def _bands(self, span: Span) -> tuple[StageId, ...]:
        stretch = Range(span.low, span.high, True, True)
        return tuple(band for band in BANDS if _overlap(self.ranges[band], stretch))

    def _neighbours(self, span: Span, band: StageId, *, converted: bool) -> tuple[StageId, ...]:
        """Bands across an edge that the amount stands on (where two source rows share it) or, converted, close to."""
        index, found = BANDS.index(band), []
        low, high = self.ranges[band].low, self.ranges[band].high
        shared = bool(self.rows[band].then.get("shared_edge"))
        if index > 0 and (span.low <= low * (1 + self.corridor.margin) if converted else shared and span.low == low):
            found.append(BANDS[index - 1])
        if high != INFINITY and converted and span.high >= high * (1 - self.corridor.margin):
            found.append(BANDS[index + 1])
        return tuple(found)

    def _remark(self, stage: Stage, arr: Money, *, exact: bool) -> Finding:
        key = "rules.stage.edge.exact" if exact else "rules.stage.edge.near"
        slots = {"arr": self._amount(arr), "band": stage.label, "neighbour": self._names(stage.also)}
        return Finding(
            rule=self.rows[stage.id].id,
            verdict=Verdict.WARN,
            text=self.wording.say(f"{key}.text", **slots),
            because=self.wording.say(f"{key}.because"),
            facts_used=("arr",),
            sources=(self.rows[stage.id].source,),
        )

    def _unknown(self, also: tuple[StageId, ...], why: str, **slots: str) -> Stage:
        because = self.wording.say(f"rules.stage.because.{why}", **slots)
        return Stage(id=StageId.UNKNOWN, label=self.label(StageId.UNKNOWN), provisional=True, also=also, because=because)

    def _names(self, bands: Iterable[StageId]) -> str:
        return self._list(self.label(band) for band in bands)

    def _amount(self, money: Money) -> str:
        return self.wording.amount(show.money(money))

    def _list(self, words: Iterable[str]) -> str:
        *most, last = words
        return self.wording.say("rules.stage.list", most=", ".join(most), last=last) if most else last


def _overlap(one: Range, other: Range) -> bool:
    low, high = max(one.low, other.low), min(one.high, other.high)
    return low < high or (low == high and one.contains(low) and other.contains(low))
