"""Figures: the one that holds for this client first, the others with the reason why not, the cautions, what to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.answering.brief import Brief
from advisor.answering.playbook import Topic
from advisor.answering.select import AKIN, points, stems
from advisor.domain import Applies, Benchmark, BenchmarkKind, ClaimKind, DraftClaim, EvidenceClass, Stance, Unit
from advisor.figures import find
from advisor.toolbox.parts import shown

_VENDOR = {
    EvidenceClass.VENDOR_SURVEY: "survey",
    EvidenceClass.VENDOR_PLATFORM_DATA: "platform",
    EvidenceClass.VENDOR_COMMISSIONED: "commissioned",
    EvidenceClass.UNTRACEABLE: "untraceable",
    EvidenceClass.SINGLE_CASE: "case",
    EvidenceClass.ANNUAL_REPORT: "case",
}
_AKIN = 2
_CONTEXT = 2
_SENTENCE = 5
_CLAIMS = 2
_OWN = frozenset({"mapped_partners", "phase"})  # what makes another column tempting to quote
_DECIDING = ("mapped_partners", "phase", "arr_eur", "motion")
_SPECIFIC = (BenchmarkKind.CASE, BenchmarkKind.EXAMPLE)


def topics(brief: Brief) -> list[Topic]:
    return [brief.playbook.topics[name] for name in brief.ask.topics if name in brief.playbook.topics]


def held(brief: Brief) -> list[Benchmark]:
    """Records that hold for this client, cases aside. Where a metric has records with conditions, only those count: an
    unconditioned one says less than the column that the client's own age, size or number of partners decides."""
    found = [record for record in brief.selection.that(Applies.YES) if record.kind not in _SPECIFIC]
    conditioned = {record.metric for record in brief.selection.records if record.condition and record.kind not in _SPECIFIC}
    return [record for record in found if record.condition or record.metric not in conditioned]


def claimed(brief: Brief, record: Benchmark) -> bool:
    """Whether the question names this record's figure."""
    figures = [frozenset({figure.low, figure.high}) for text in brief.ask.figures for figure in find(text)]
    return frozenset({record.low, record.high}) in figures


def figure_lead(brief: Brief) -> Iterator[DraftClaim]:
    """The figure for this client; or what it depends on; or that there is none."""
    records = held(brief)
    if brief.selection.beyond:
        yield from decline(brief)
    elif records:
        yield from _compared(brief, records)
        yield from _known(brief, records)
    elif brief.selection.metrics and brief.selection.that(Applies.UNKNOWN):
        yield from _depends(brief)
    elif brief.selection.records and brief.selection.held:
        yield from _known(brief, [record for record in brief.selection.records if record.kind not in _SPECIFIC][:1] or list(brief.selection.records)[:1])
    else:
        yield from decline(brief)


def _compared(brief: Brief, records: list[Benchmark]) -> Iterator[DraftClaim]:
    """The client's own number placed against the range that holds for them."""
    own = {topic.own: brief.client.metrics[topic.own] for topic in topics(brief) if topic.own in brief.client.metrics}
    for name, metric in own.items():
        record = next((each for each in records if each.unit is metric.unit and each.kind is BenchmarkKind.BENCHMARK), None)
        if record is None or record.low is None:
            continue
        above = record.high is not None and record.open != "above" and metric.value > record.high
        place = "below" if metric.value < record.low else "above" if above else "inside"
        yield brief.claim(
            f"figure.own.{place}", kind=ClaimKind.FACT, evidence=[record.id], block="lead", own=brief.say(f"fact.{name}", number=shown(metric.value))
        )
        return


def _known(brief: Brief, records: list[Benchmark]) -> Iterator[DraftClaim]:
    wrong = [record for record in brief.selection.records if claimed(brief, record) and record not in records]
    if brief.ask.promise:
        yield brief.claim("figure.promise", kind=ClaimKind.ADVICE, stance=Stance.MENTION, evidence=[records[0].id], block="lead")
        yield brief.record_claim(records[0], block="lead")
    elif wrong:
        yield brief.claim("figure.wrong_column", kind=ClaimKind.ADVICE, evidence=[records[0].id, wrong[0].id], block="lead")
        yield brief.record_claim(records[0], block="lead")
    else:
        yield brief.record_claim(records[0], block="lead")
    for record in records[1:2]:
        if record.metric == records[0].metric or not brief.selection.metrics:
            continue
        yield brief.record_claim(record)


def _depends(brief: Brief) -> Iterator[DraftClaim]:
    open_facts = {fact for record in brief.selection.that(Applies.UNKNOWN) for fact in brief.shelf.library.applies(record.id, brief.shelf.facts).facts}
    key = next((name for name in _DECIDING if name in open_facts), "other")
    options = brief.selection.that(Applies.UNKNOWN)[:4]
    yield brief.claim(f"figure.depends.{key}", kind=ClaimKind.FACT, evidence=[record.id for record in options], block="lead")
    for record in options:
        yield brief.record_claim(record, block="bullet", section=brief.heading("columns"))


def decline(brief: Brief, key: str = "figure.none") -> Iterator[DraftClaim]:
    """That the sources do not hold it: said first, with the nearest true thing offered as what it is."""
    yield brief.claim(key, kind=ClaimKind.REFUSAL, block="lead")
    named = [id_ for topic in topics(brief) for id_ in topic.nearest] + [record.id for record in held(brief)[:1]]
    asked = stems(brief.ask.text)
    near = [hit.id for hit in brief.selection.nearest if hit.id in brief.shelf.library.benchmarks and len(stems(hit.text) & asked) >= _AKIN]
    for id_ in [*named, *near][:1]:
        yield brief.claim("figure.nearest", kind=ClaimKind.FACT, evidence=[id_])
        yield brief.record_claim(brief.shelf.library.benchmarks[id_])


def figure_others(brief: Brief) -> Iterator[DraftClaim]:
    """Figures people have seen that are not theirs, with the reason."""
    mine = {record.id for record in held(brief)[:1]}
    others = [record for record in brief.selection.that(Applies.NO) if record.id not in mine and record.kind not in _SPECIFIC]
    others = [record for record in others if claimed(brief, record) or {*brief.shelf.library.applies(record.id, brief.shelf.facts).facts} & _OWN]
    others.sort(key=lambda record: (not claimed(brief, record), -(record.high or record.low or 0)))
    for record in others[:2]:
        yield brief.record_claim(record)
    if others:
        yield _not_you(brief, others[:2])


def _not_you(brief: Brief, records: list[Benchmark]) -> DraftClaim:
    """Why these figures are not the client's, in one sentence."""
    client, fact = brief.client, brief.shelf.library.applies(records[0].id, brief.shelf.facts).facts[0]
    number = client.partners.mapped if client.partners.mapped is not None else client.partners.signed
    ids, many = [record.id for record in records], "many" if len(records) > 1 else "one"
    if fact == "mapped_partners" and number and number > 1:
        return brief.claim(f"figure.not_you.partners.{many}", kind=ClaimKind.FACT, evidence=ids, number=str(number))
    if fact == "phase" and client.programme_age_months and client.programme_age_months > 1:
        return brief.claim(f"figure.not_you.age.{many}", kind=ClaimKind.FACT, evidence=ids, number=str(client.programme_age_months))
    return brief.claim(f"figure.not_you.other.{many}", kind=ClaimKind.FACT, evidence=ids)


def figure_cautions(brief: Brief) -> Iterator[DraftClaim]:
    """What to know before the figure goes on a slide."""
    records = held(brief) or list(brief.selection.that(Applies.UNKNOWN))[:1]
    if not records or (not brief.selection.metrics and not brief.selection.held):
        return
    record, heading = records[0], brief.heading("cautions")
    for caution in split_cautions(record.caution)[:3]:
        yield DraftClaim(text=caution, evidence=(record.id,), kind=ClaimKind.FACT, block="bullet", section=heading)
    if record.caution:
        return
    if record.unit is Unit.PERCENT_UNSPECIFIED:
        yield brief.claim("caution.unit", kind=ClaimKind.FACT, evidence=[record.id], block="bullet", section=heading)
    if record.evidence_class in _VENDOR:
        key = f"caution.{_VENDOR[record.evidence_class]}"
        yield brief.claim(key, kind=ClaimKind.FACT, evidence=[record.id], block="bullet", section=heading)
    elif record.kind is BenchmarkKind.TARGET:
        yield brief.claim("caution.target", kind=ClaimKind.FACT, evidence=[record.id], block="bullet", section=heading)


def figure_context(brief: Brief) -> Iterator[DraftClaim]:
    """How to read the figures of the topic, as far as it was not said."""
    for topic in topics(brief)[:1]:
        for id_ in topic.passages:
            passage = brief.shelf.library.passages[id_]
            every = points(passage)
            near = [point for point, weight in zip(every, brief.selection.weigh(passage, every), strict=True) if weight >= AKIN]
            claims = [brief.point(passage, point, section=brief.heading("reading")) for point in near]
            yield from [claim for claim in claims if _fits(brief, claim)][:_CONTEXT]


def _fits(brief: Brief, claim: DraftClaim) -> bool:
    """Whether a point holds no figure, or only figures of records that hold for this client."""
    records = [id_ for id_ in claim.evidence if id_ in brief.shelf.library.benchmarks]
    if not records:
        return not find(claim.text)
    return all(brief.shelf.library.applies(id_, brief.shelf.facts).applies is Applies.YES for id_ in records)


def split_cautions(caution: str) -> list[str]:
    """A record's caution, one sentence each."""
    pieces = [piece.strip(" .") for piece in re.split(r";|(?<=[a-z])\. ", caution)]
    return [f"{piece[:1].upper()}{piece[1:]}." for piece in pieces if len(piece.split()) >= _SENTENCE]


def figure_better(brief: Brief) -> Iterator[DraftClaim]:
    """Figures that carry more for the same purpose, as far as they hold for this client."""
    ids = [id_ for topic in topics(brief) for id_ in topic.better]
    records = [brief.shelf.library.benchmarks[id_] for id_ in ids]
    fitting = [record for record in records if brief.shelf.library.applies(record.id, brief.shelf.facts).applies is Applies.YES]
    for record in fitting[:2]:
        yield brief.record_claim(record, section=brief.heading("better"))


def figure_ask(brief: Brief) -> Iterator[DraftClaim]:
    """What would make the figure the client's own."""
    told = {"win_rate": "win_rate_direct", "sourced_share": "sourced_share", "cac": "cac", "activation": "activation_rate"}
    open_needs = [topic.need for topic in topics(brief) if topic.need and told.get(topic.need) not in brief.client.metrics]
    needs = list(dict.fromkeys(open_needs))[:1] or ["figure"]
    unknown = brief.selection.that(Applies.UNKNOWN) if brief.selection.metrics else ()
    facts = [fact for record in unknown for fact in brief.shelf.library.applies(record.id, brief.shelf.facts).facts]
    if facts and not held(brief):
        key = next((name for name in _DECIDING if name in facts), None)
        needs = [f"fact.{key}", *needs] if key else needs
    for need in needs[:2]:
        yield brief.claim(f"need.{need}", kind=ClaimKind.QUESTION, block="question", section=brief.heading("open"))


def claim_lead(brief: Brief) -> Iterator[DraftClaim]:
    """Whether a figure somebody quotes is right, for whom, and which one is this client's: the subject first, the digits second."""
    about = _about(brief)
    mine = [record for record in held(brief) if record in about]
    same = [record for record in about if claimed(brief, record)]
    if not about:
        yield from decline(brief)
    elif matching := [record for record in same if record in mine or record.kind in _SPECIFIC]:
        yield brief.claim("claim.holds", kind=ClaimKind.FACT, evidence=[matching[0].id], block="lead")
        yield brief.record_claim(matching[0], block="lead")
    elif same:
        for number, record in enumerate(same[:_CLAIMS]):
            known_no = record in brief.selection.that(Applies.NO)
            yield brief.claim("claim.other_case" if known_no else "claim.depends", kind=ClaimKind.FACT, evidence=[record.id], block="lead" if number == 0 else "paragraph")
            yield brief.record_claim(record, block="lead" if number == 0 else "paragraph")
        for record in [record for record in mine if record not in same][:1]:
            yield brief.record_claim(record)
    else:
        shown = (mine or about)[0]
        yield brief.claim("claim.not_held", kind=ClaimKind.FACT, evidence=[shown.id], block="lead")
        yield brief.record_claim(shown, block="lead")


def _about(brief: Brief) -> list[Benchmark]:
    """The records on the subject of the claim: those of its topic, else those found that share its words."""
    if brief.selection.metrics:
        return list(brief.selection.records)
    return [point.source for point in brief.selection.points if isinstance(point.source, Benchmark) and point.weight >= AKIN][:2]


SLOTS = {
    "figure_lead": figure_lead,
    "figure_others": figure_others,
    "figure_cautions": figure_cautions,
    "figure_context": figure_context,
    "figure_better": figure_better,
    "figure_ask": figure_ask,
    "claim_lead": claim_lead,
}
