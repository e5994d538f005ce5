"""Figures that somebody quotes: what is wrong with them or on what they hang, the record they half remember, what goes in their place."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering.asking import asking
from advisor.answering.brief import Brief
from advisor.answering.computations.standing import says_judge
from advisor.answering.disputes import preferred
from advisor.answering.hearsay import Heard, credited, names_company, nearness, phrases, promised, publishes, questions, same_number
from advisor.answering.playbook import Conflict
from advisor.answering.select import AKIN, NEAR, stems
from advisor.answering.slots.numbers import HALF_RATE, cautions_of, claimed, decline, figure_ask, held, unmeasured
from advisor.answering.subjects import elsewhere
from advisor.domain import ADVISED, Applies, Benchmark, BenchmarkKind, ClaimKind, DraftClaim, EvidenceClass, Move, Unit
from advisor.figures import find
from advisor.intake.message import plain

_CLAIMS, _COLUMNS = 2, 3
_BESIDE = 0.7  # how near to the first another figure of the message must be to its record, to be told beside it
_POINTING = 4  # words of a question that only points at what was told: `is that true?`
_ALL = 0.75  # the share of a record's words from which a claim repeats it whole
_FACTS = ("mapped_partners", "phase", "arr_eur", "motion", "business")
_BY_KIND = {BenchmarkKind.THRESHOLD: "threshold", BenchmarkKind.TARGET: "target"}
_BY_CLASS = {EvidenceClass.VENDOR_COMMISSIONED: "commissioned", EvidenceClass.UNTRACEABLE: "untraceable"}


def claim_lead(brief: Brief) -> Iterator[DraftClaim]:
    """What is wrong with a quoted figure, or on what it hangs; then the record's own sentence."""
    if not brief.heard:
        yield from _unheard(brief)
        return
    first = brief.heard[0]
    library, ids = brief.shelf.library, [first.record.id]
    yield from _promise(brief, first.record)
    named = credited(brief.question, library, brief.playbook.claims)
    if first.exchanged:
        yield brief.claim("claim.exchanged", kind=ClaimKind.FACT, evidence=[item.record.id for item in brief.heard], block="lead")
    elif named and not publishes(named, first.record, library):
        publisher = library.sources[first.record.source].publisher
        yield brief.claim("claim.publisher", kind=ClaimKind.FACT, evidence=ids, block="lead", publisher=publisher, named=named)
    else:
        yield brief.claim(f"claim.{_reason(brief, first)}", kind=ClaimKind.FACT, evidence=ids, block="lead")
    yield brief.record_claim(first.record, block="lead")
    near = [item for item in brief.heard[1:] if item.weight >= _BESIDE * first.weight]
    others = [item.record for item in near if item.record is not first.record and item.record.kind is not BenchmarkKind.THRESHOLD]
    for other in others[: _CLAIMS - 1]:
        yield brief.record_claim(other)


def _promise(brief: Brief, record: Benchmark) -> Iterator[DraftClaim]:
    """That a figure which holds for others is not to be promised, where somebody wants to."""
    if promised(brief.ask, brief.playbook.claims):
        yield brief.claim("claim.promise", kind=ClaimKind.ADVICE, evidence=[record.id], block="lead")


def _reason(brief: Brief, item: Heard) -> str:
    """The phrase for what is wrong, gravest first: what kind of figure it is, on what it hangs, who stands behind it, how it is worded."""
    record = item.record
    if item.exchanged:
        return "exchanged"
    if item.end:
        return "end"
    if record.evidence_class is EvidenceClass.ILLUSTRATION:
        return "sample"
    if unmeasured(record) and not names_company(item.sentence, record, brief.shelf.library):
        return "case"
    return _BY_KIND.get(record.kind) or _condition(brief, record) or _BY_CLASS.get(record.evidence_class) or ("holds" if _whole(brief, item) else "exactly")


def _condition(brief: Brief, record: Benchmark) -> str:
    """The phrase for a condition that fails or is not known to hold; a study that a vendor paid for is that before all."""
    outcome = brief.shelf.library.applies(record.id, brief.shelf.facts)
    if outcome.applies is Applies.YES or record.evidence_class is EvidenceClass.VENDOR_COMMISSIONED:
        return ""
    fact = next((name for name in _FACTS if name in outcome.facts), "other")
    return f"not_yours.{fact}" if outcome.applies is Applies.NO else f"hangs.{fact}"


def _whole(brief: Brief, item: Heard) -> bool:
    """Whether the claim has nearly all words of the record's sentence."""
    words = stems(brief.shelf.library.say_record(item.record.id))
    return len(words & stems(item.sentence)) >= _ALL * len(words)


def claim_right(brief: Brief) -> Iterator[DraftClaim]:
    """What shows the same number, and what the sources hold for this client or on the thing that the claim names."""
    if not brief.heard:
        yield from _other_record(brief)
        return
    first = brief.heard[0]
    if first.exchanged:
        return
    key, records = _in_place(brief, first)
    twins = [first.twin] if first.twin is not None and first.twin.metric != first.record.metric else []
    groups = [("twin", twins), ("wording", _same_in_other_words(brief, first.record)), (key, records)]
    for name, group in groups:
        for number, record in enumerate(group):
            if number == 0:
                yield brief.claim(f"claim.{name}", kind=ClaimKind.FACT, evidence=[record.id])
            yield brief.record_claim(record)


def _same_in_other_words(brief: Brief, record: Benchmark) -> list[Benchmark]:
    """The record to go by of a conflict in which it gives the very same number as the one shown, in words that say something else."""
    rivals = (brief.shelf.library.benchmarks[id_] for conflict in _conflicts(brief, record) for id_ in conflict.prefer)
    return [other for other in rivals if other is not record and (other.low, other.high, other.unit) == (record.low, record.high, record.unit)][:1]


def _conflicts(brief: Brief, record: Benchmark) -> list[Conflict]:
    """The conflicts of a record in which a side goes first."""
    return [conflict for conflict in brief.playbook.conflicts.values() if record.id in conflict.records and conflict.prefer]


def _other_record(brief: Brief) -> Iterator[DraftClaim]:
    """The record to go by where the one shown, on a number that nobody could match, is a side of a conflict."""
    for shown, conflict in [(record, conflict) for record in _order(brief)[:1] for conflict in _conflicts(brief, record)[:1]]:
        first = preferred(conflict, brief.shelf.library, brief.shelf.facts)
        if shown.id not in conflict.prefer:
            yield brief.claim("claim.differs", kind=ClaimKind.FACT, evidence=[first.id])
            yield brief.record_claim(first)


def _own_beside(brief: Brief, record: Benchmark) -> list[Benchmark]:
    """The columns to hold the client's own number against, where it measures itself by one company's case: its own one, else all."""
    topic = next((topic for topic in brief.playbook.topics.values() if record.metric in topic.cases), None)
    if topic is None or record.unit is not Unit.PERCENT or phrases(brief.playbook.claims.own).first(plain(brief.question)) is None:
        return []
    columns = [each for each in brief.shelf.library.benchmarks.values() if each.metric in topic.metrics and each.condition]
    mine = [each for each in columns if brief.shelf.library.applies(each.id, brief.shelf.facts).applies is Applies.YES]
    return mine[:1] or columns[:_COLUMNS]


def _in_place(brief: Brief, first: Heard) -> tuple[str, list[Benchmark]]:
    """The records to give beside the claim: the client's own column, the other columns while that is open, else those on what is named."""
    library, record = brief.shelf.library, first.record
    if unmeasured(record) and (columns := _own_beside(brief, record)):
        return "own_columns", columns
    outcome = library.applies(record.id, brief.shelf.facts)
    measured = [other for other in library.benchmarks.values() if not unmeasured(other) and not same_number(first.figure, other)]
    columns = [other for other in measured if other.metric == record.metric and {*other.condition} == {*record.condition}]
    if outcome.applies is Applies.NO:
        mine = [other for other in columns if library.applies(other.id, brief.shelf.facts).applies is Applies.YES]
        return ("yours", mine[:1]) if mine else ("columns", [other for other in columns if library.applies(other.id, brief.shelf.facts).applies is Applies.UNKNOWN][:1])
    if outcome.applies is Applies.UNKNOWN:
        return "columns", columns[:_CLAIMS]
    if brief.selection.metrics and record.metric not in brief.selection.metrics:
        return "instead", [other for other in held(brief) if other in measured and other.metric in brief.selection.metrics][:1]
    if rivals := _conflicts(brief, record):
        first_of = preferred(rivals[0], library, brief.shelf.facts)
        sure = library.applies(first_of.id, brief.shelf.facts).applies is Applies.YES
        going_first = [first_of] if sure else [library.benchmarks[id_] for id_ in rivals[0].prefer]
        return "differs" if sure else "open", [other for other in going_first if other in measured and other != record][:_COLUMNS]
    near = [point.source for point in brief.selection.points if isinstance(point.source, Benchmark) and point.weight >= NEAR]
    return "instead", [source for source in near if source in measured and source != record and {*source.topics} & {*record.topics}][:1]


def claim_next(brief: Brief) -> Iterator[DraftClaim]:
    """What a client with a handful of partners does in place of recruiting towards the number that a figure hangs on."""
    if brief.heard and "mapped_partners" in brief.heard[0].record.condition:
        few = brief.deciding(Move.FOCUS_FEW_PARTNERS)
        claim = brief.do(Move.FOCUS_FEW_PARTNERS, block="paragraph") if few is not None and few.verdict in ADVISED else None
        yield from [claim] if claim is not None else []


def claim_cautions(brief: Brief) -> Iterator[DraftClaim]:
    """What to know of the record shown first, its kind of evidence before all."""
    if brief.heard:
        record = brief.heard[0].record
        yield from cautions_of(brief, record, said=brief.say(f"claim.{_reason(brief, brief.heard[0])}"))
    elif order := _order(brief):
        yield from cautions_of(brief, order[0])


def claim_ask(brief: Brief) -> Iterator[DraftClaim]:
    """What would make the figure the client's own."""
    yield from ask_of(brief, brief.heard[0].record) if brief.heard else figure_ask(brief)


def ask_of(brief: Brief, record: Benchmark) -> Iterator[DraftClaim]:
    """The fact on which a record hangs; else the client's own number to put beside it."""
    outcome = brief.shelf.library.applies(record.id, brief.shelf.facts)
    facts = [f"fact.{name}" for name in outcome.facts if outcome.applies is Applies.UNKNOWN and brief.wording.has(f"answers.need.fact.{name}")]
    needs = [topic.need for topic in brief.playbook.topics.values() if topic.need and record.metric in topic.metrics]
    for need in [*facts, *needs][:1]:
        yield from asking(brief, f"need.{need}")


def _unheard(brief: Brief) -> Iterator[DraftClaim]:
    """A claim whose number no record has: what the sources hold on its subject."""
    about, order = _about(brief), _order(brief)
    same = [record for record in about if claimed(brief, record)]
    if not about or (not same and elsewhere(brief.ask.text, order[0].metric, brief.playbook.claims)):
        yield from decline(brief)
    elif same:
        reason = _condition(brief, same[0]) or ("case" if unmeasured(same[0]) and not names_company(brief.question, same[0], brief.shelf.library) else "exactly")
        yield from _promise(brief, same[0])
        yield brief.claim(f"claim.{reason}", kind=ClaimKind.FACT, evidence=[same[0].id], block="lead")
        yield brief.record_claim(same[0], block="lead")
    else:
        if _figure_asked(brief, order[0]) and not any(same_number(figure, order[0]) for figure in find(brief.question)):
            yield brief.claim("claim.not_held", kind=ClaimKind.FACT, evidence=[order[0].id], block="lead")
        yield brief.record_claim(order[0], block="lead")


def _figure_asked(brief: Brief, record: Benchmark) -> bool:
    """Whether a figure is asked to be true: `do partners bring larger deals? ours are 31k` asks it of none, and a no would deny the tendency. What the client tells of itself to be judged is no claim, and a rate none on a share of a rate."""
    if record.metric == HALF_RATE or (says_judge(brief.ask.text) and phrases(brief.playbook.claims.own).first(plain(brief.ask.text)) is not None):
        return False
    whole = [sentence for sentence in questions(brief.ask.text) if len(sentence.split()) > _POINTING]
    return not whole or any(find(sentence) for sentence in whole)


def _order(brief: Brief) -> list[Benchmark]:
    """The records on the subject: those quoted, those of the measure that the claim's words are nearest to, those that hold for the client, then the rest."""
    about, mine, facts = _about(brief), held(brief), brief.shelf.facts
    library = brief.shelf.library
    near = nearness(brief.ask.text, about, library, brief.selection.retriever)
    of_metric = {metric: max(near[record.id] for record in about if record.metric == metric) for metric in {record.metric for record in about}}
    sure = {record.id: library.applies(record.id, facts).applies is Applies.YES for record in about}
    return sorted(about, key=lambda record: (not claimed(brief, record), -of_metric[record.metric], unmeasured(record), record not in mine, not sure[record.id]))


def _about(brief: Brief) -> list[Benchmark]:
    """The records on the subject of the claim: those of its topic, else those found that share its words."""
    if brief.selection.metrics:
        return list(brief.selection.records)
    return [point.source for point in brief.selection.points if isinstance(point.source, Benchmark) and point.weight >= AKIN][:2]


SLOTS = {"claim_lead": claim_lead, "claim_right": claim_right, "claim_next": claim_next, "claim_cautions": claim_cautions, "claim_ask": claim_ask}
