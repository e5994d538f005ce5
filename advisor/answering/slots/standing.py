"""Where a client's own numbers stand: each ratio they hold with its formula, beside the record for the client's age of programme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from advisor.answering.asking import asking
from advisor.answering.brief import Brief
from advisor.answering.computations.choice import chosen
from advisor.answering.computations.standing import Ratio, judged, ratios
from advisor.answering.slots.placing import placing
from advisor.answering.slots.finding_out import idle_layers, idle_next
from advisor.answering.slots.sums import inputs_of, line_claim
from advisor.answering.slots.wishes import unlabelled
from advisor.domain import ADVISED, Applies, AskKind, Benchmark, BenchmarkKind, ClaimKind, DraftClaim, Move

_ANSWERS = frozenset({AskKind.IS_IT_RIGHT_FOR_US, AskKind.WHERE_TO_START, AskKind.HOW_TO, AskKind.HOW_MUCH, AskKind.WHY_NOT_WORKING, AskKind.CHECK_CLAIM, AskKind.REACT_TO_SIGNAL, AskKind.COMPARE, AskKind.SUM, AskKind.MATURITY})
_SIGNAL = "signal-activation"


def stands(brief: Brief) -> bool:
    """Whether the message asks what its own numbers say, and they hold a ratio that sources measure."""
    if brief.ask.kind not in _ANSWERS or brief.heard or not brief.assessment.in_scope or Move.COMBINE_ATTRIBUTION in brief.ask.moves:
        return False
    return judged(inputs_of(brief)) and bool(ratios(inputs_of(brief))) and not _other_sum(brief)


def _other_sum(brief: Brief) -> bool:
    """Whether a sum is asked for that is more than the share of active partners."""
    done = chosen(inputs_of(brief)) if brief.ask.kind is AskKind.SUM else None
    return brief.ask.kind is AskKind.SUM and not (done and not done.missing and done.lines[0].key.startswith("activation"))


def standing_lead(brief: Brief) -> Iterator[DraftClaim]:
    """The ratio that sources measure, the share of partners that do something first, with how it compares."""
    first = _first(ratios(inputs_of(brief)))
    if first is not None:
        record, key = _record(brief, first.metric), first.line.key
        place = _place(first, record) if record and not first.base else ""
        line = replace(first.line, key=f"{key}_{place}" if place else key)
        yield line_claim(brief, inputs_of(brief), line, first=True).model_copy(update={"block": "lead"})
        yield from _beside(brief, first)


def standing_rest(brief: Brief) -> Iterator[DraftClaim]:
    """The other ratios, each with what it compares to."""
    found = ratios(inputs_of(brief))
    first = _first(found)
    for ratio in [ratio for ratio in found if ratio is not first]:
        yield line_claim(brief, inputs_of(brief), ratio.line, first=False)
        yield from _beside(brief, ratio)


def _first(found: list[Ratio]) -> Ratio | None:
    """The one that sources measure, else the one there is."""
    return next((ratio for ratio in found if ratio.metric), next(iter(found), None))


def standing_own(brief: Brief) -> Iterator[DraftClaim]:
    """Every ratio by itself, where the message is about something else."""
    for ratio in ratios(inputs_of(brief)):
        yield line_claim(brief, inputs_of(brief), ratio.line, first=False)


def standing_placing(brief: Brief) -> Iterator[DraftClaim]:
    """The client read back where its size is told; it decides nothing here, so that it is not asked for."""
    if brief.client.arr is not None:
        yield from placing(brief)


def standing_next(brief: Brief) -> Iterator[DraftClaim]:
    """What low activation calls for, where the rules say so."""
    finding = brief.deciding(Move.DIAGNOSE_ENABLEMENT)
    if finding is None or finding.verdict not in ADVISED:
        return
    yield brief.finding_claim(finding, worded=unlabelled(finding.text))
    yield brief.finding_claim(finding, "because")
    yield from idle_layers(brief)
    yield from idle_next(brief)


def standing_ask(brief: Brief) -> Iterator[DraftClaim]:
    """The age of the programme, while it decides what the numbers are held against; the client's own deal size beside an average."""
    if not any(ratio.metric for ratio in ratios(inputs_of(brief))):
        yield from asking(brief, "need.deal_size")
    elif brief.client.programme_age_months is None:
        yield from asking(brief, "need.fact.phase")


def _beside(brief: Brief, ratio: Ratio) -> Iterator[DraftClaim]:
    """The record of the client's column with where the ratio lies; what sets both apart is said where their bases differ."""
    record = _record(brief, ratio.metric)
    if record is None:
        return
    if ratio.base:
        yield brief.claim(f"standing.base.{ratio.base}", kind=ClaimKind.FACT, evidence=[record.id])
    elif record.kind is BenchmarkKind.BENCHMARK:
        yield brief.claim(f"standing.place.{_place(ratio, record)}", kind=ClaimKind.FACT, evidence=[record.id])
    yield brief.record_claim(record)


def _record(brief: Brief, metric: str) -> Benchmark | None:
    """The record of the client's column; the signal of low activation while the age of the programme is open."""
    library = brief.shelf.library
    found = (record for record in library.benchmarks.values() if record.metric == metric and record.kind is BenchmarkKind.BENCHMARK and record.condition)
    own = next((record for record in found if library.applies(record.id, brief.shelf.facts).applies is Applies.YES), None)
    return own or (library.benchmarks[_SIGNAL] if metric == "activation_rate" else None)


def _place(ratio: Ratio, record: Benchmark) -> str:
    if record.id == _SIGNAL:
        return "low" if record.high is not None and ratio.part.value < record.high else "fine"
    if record.low is not None and ratio.part.value < record.low:
        return "below"
    return "above" if record.open != "above" and record.high is not None and ratio.part.value > record.high else "inside"


SLOTS = {"standing_lead": standing_lead, "standing_rest": standing_rest, "standing_own": standing_own, "standing_placing": standing_placing, "standing_next": standing_next, "standing_ask": standing_ask}
