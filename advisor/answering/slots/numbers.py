"""Figures: the one that holds for this client first, the others with the reason why not, the cautions, what to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from advisor.answering.asking import asking
from advisor.answering.brief import Brief
from advisor.answering.computations.standing import says_judge
from advisor.answering.hearsay import goal, names_company, phrases, same_number
from advisor.answering.playbook import Topic
from advisor.answering.select import AKIN, NEAR, focus, points, stems
from advisor.answering.slots.placing import tidy
from advisor.answering.subjects import direction, elsewhere, foreign, meant
from advisor.domain import Applies, AskKind, Benchmark, BenchmarkKind, ClaimKind, DraftClaim, EvidenceClass, Metric, StageId, Stance, Unit
from advisor.figures import Figure, find
from advisor.intake.message import plain
from advisor.intake.patterns import lexicon
from advisor.toolbox.parts import shown

_CLASSES = {
    EvidenceClass.VENDOR_SURVEY: "survey",
    EvidenceClass.VENDOR_PLATFORM_DATA: "platform",
    EvidenceClass.VENDOR_COMMISSIONED: "commissioned",
    EvidenceClass.UNTRACEABLE: "untraceable",
    EvidenceClass.SINGLE_CASE: "case",
    EvidenceClass.ANNUAL_REPORT: "report",
    EvidenceClass.PRACTITIONER: "practitioner",
    EvidenceClass.ANALYST: "analyst",
    EvidenceClass.INDEPENDENT_STUDY: "study",
    EvidenceClass.ILLUSTRATION: "sample",
}
_CAUTIONS, _TOPICS = 3, 4
_SAID = 0.5  # the share of a sentence's words from which another has said it
_MARKUP = frozenset("[]()<>/*_`|")
_NEAR_HITS = 5
_CONTEXT = 2
HALF_RATE = "commission_influenced"  # a share of another rate, beside which no rate lies
_PAID, _SIGN = "commission", 2  # the need of topics on what partners are paid; characters in which a percent sign follows a number
_SENTENCE = 5
_QUOTABLE, _WITH_NUMBERS = 15, 8  # words of a question that can be said again inside a sentence; fewer where it tells numbers, which are the client's own size
_OWN = frozenset({"mapped_partners", "phase"})  # what makes another column tempting to quote
_DECIDING = ("mapped_partners", "phase", "arr_eur", "motion", "business")
_YES_NO = frozenset({AskKind.IS_IT_RIGHT_FOR_US, AskKind.CHECK_CLAIM})
INVENTED = (BenchmarkKind.CASE, BenchmarkKind.EXAMPLE)
_ASKED = {"below": "too_little", "inside": "too_far", "above": "too_much"}  # the words by which a question asks for yes or no on where a number lies
_JUDGED = frozenset({Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.MULTIPLE, Unit.DAYS, Unit.WEEKS, Unit.MONTHS})
_UNMEASURED = frozenset({EvidenceClass.SINGLE_CASE, EvidenceClass.ANNUAL_REPORT, EvidenceClass.ILLUSTRATION})


def topics(brief: Brief) -> list[Topic]:
    return [brief.playbook.topics[name] for name in brief.ask.topics if name in brief.playbook.topics]


def unmeasured(record: Benchmark) -> bool:
    """Whether a record is one company's case or a sample number: never to be given as a benchmark."""
    return record.kind in INVENTED or record.evidence_class in _UNMEASURED


def held(brief: Brief) -> list[Benchmark]:
    """Records that hold for this client, cases aside. Where a metric has records with conditions, only those count: an
    unconditioned one says less than the column that the client's own age, size or number of partners decides. What a number to judge
    can be held against comes first."""
    found = [record for record in brief.selection.that(Applies.YES) if not unmeasured(record)]
    conditioned = {record.metric for record in brief.selection.records if record.condition and not unmeasured(record)}
    held = [record for record in found if record.condition or record.metric not in conditioned]
    figures = _to_judge(brief)
    return sorted(held, key=lambda record: not any(_reach(figure, record) for figure in figures)) if figures else held


def claimed(brief: Brief, record: Benchmark) -> bool:
    """Whether the question names this record's figure."""
    return any(same_number(figure, record) for text in brief.ask.figures for figure in find(text))


def figure_lead(brief: Brief) -> Iterator[DraftClaim]:
    """The figure for this client; or what it depends on; or that there is none."""
    records = held(brief)
    if _before_any_programme(brief):
        yield from _unmeasurable(brief)
    elif brief.selection.beyond or (brief.selection.records and elsewhere(brief.ask.text, brief.selection.records[0].metric, brief.playbook.claims)):
        yield from decline(brief)
    elif records:
        yield from _aimed_at(brief, records)
        judged = _judged(brief, records[0])
        yield from judged or _compared(brief, records)
        yield from _known(brief, records)
        yield from () if judged else _offers(brief, records[0])
    elif brief.selection.metrics and brief.selection.that(Applies.UNKNOWN):
        beyond = list(_aimed_beyond(brief))
        yield from beyond or _aimed_elsewhere(brief)
        yield from _depends(brief, said=bool(beyond))
    elif brief.selection.records and brief.selection.held:
        yield from _found(brief)
    else:
        yield from decline(brief)


def _before_any_programme(brief: Brief) -> bool:
    """Whether a share of programmes is asked for where the stage has none and the client tells of none."""
    asked = any(topic.of_programmes for topic in topics(brief)) and bool(brief.selection.metrics)
    told = brief.client.programme_age_months is not None or any(topic.own in brief.client.metrics for topic in topics(brief))
    return asked and not told and brief.assessment.stage.id is StageId.BELOW_5M


def _unmeasurable(brief: Brief) -> Iterator[DraftClaim]:
    """That nothing is to be measured yet, and where measuring begins."""
    passage = brief.passages("informal")[0]
    yield brief.claim("figure.unmeasured", kind=ClaimKind.ADVICE, evidence=[passage.id], block="lead")
    yield from [brief.point(passage, point) for point in points(passage) if "target" in stems(point)][:1]
    first = next((record for record in brief.selection.records if "phase" in record.condition), None)
    if first is not None:
        yield brief.claim("figure.of_programmes", kind=ClaimKind.FACT, evidence=[first.id])
        yield brief.record_claim(first)


def _found(brief: Brief) -> Iterator[DraftClaim]:
    """The figure that retrieval found; where it is a case or a sample that nobody named, said to be no more than that."""
    record = _shown(brief)
    if record is None:
        return
    if unmeasured(record) and not _named(brief, record):
        sample = record.kind is BenchmarkKind.EXAMPLE or record.evidence_class is EvidenceClass.ILLUSTRATION
        yield brief.claim("figure.only_sample" if sample else "figure.only_case", kind=ClaimKind.FACT, evidence=[record.id], block="lead")
        yield brief.record_claim(record, block="lead")
    elif len(cases := _cases(brief, record, Applies.UNKNOWN)) > 1:
        yield from _depends_on(brief, cases)
    elif len(cases := _cases(brief, record, Applies.NO)) > 1:
        yield brief.claim("figure.no_case", kind=ClaimKind.FACT, evidence=[each.id for each in cases], block="lead")
        yield from [brief.record_claim(each, block="bullet", section=brief.heading("columns")) for each in cases]
    else:
        yield from _known(brief, [record])


def _cases(brief: Brief, record: Benchmark, applies: Applies) -> list[Benchmark]:
    """The records of a measure each for a case of its own, where it is open which of them is the client's, or where all of them are of others."""
    alike = [each for each in brief.shelf.library.benchmarks.values() if each.metric == record.metric and each.condition and {*each.condition} == {*record.condition} and each.kind is record.kind]
    found = [each for each in alike if brief.shelf.library.applies(each.id, brief.shelf.facts).applies is applies]
    return found if record in found and (applies is Applies.UNKNOWN or len(found) == len(alike)) else []


def _shown(brief: Brief) -> Benchmark | None:
    """The record that an answer on a figure shows first."""
    records = held(brief) or list(brief.selection.that(Applies.UNKNOWN))[:1] if brief.selection.metrics else held(brief)[:1]
    found = [record for record in brief.selection.records if not unmeasured(record) or _named(brief, record)] or list(brief.selection.records)
    return next(iter([*records, *found]), None)


def _named(brief: Brief, record: Benchmark) -> bool:
    """Whether the question names the company that a case is about, or asks for an example."""
    return names_company(brief.question, record, brief.shelf.library) or (record.kind is BenchmarkKind.EXAMPLE and "example" in brief.question.lower())


def _compared(brief: Brief, records: list[Benchmark]) -> Iterator[DraftClaim]:
    """The client's own number placed against the range that holds for them."""
    own = {topic.own: brief.client.metrics[topic.own] for topic in topics(brief) if topic.own in brief.client.metrics}
    for name, metric in own.items():
        record = next((each for each in records if each.unit is metric.unit and each.kind is BenchmarkKind.BENCHMARK), None)
        if record is None or record.low is None or _of_else(brief, metric, record):
            continue
        above = record.high is not None and record.open != "above" and metric.value > record.high
        place = "below" if metric.value < record.low else "above" if above else "inside"
        yield brief.claim(
            f"figure.own.{place}", kind=ClaimKind.FACT, evidence=[record.id], block="lead", own=brief.say(f"fact.{name}", number=brief.amount(shown(metric.value)))
        )
        return


def _of_else(brief: Brief, metric: Metric, record: Benchmark) -> bool:
    """Whether the words of a message around a number of the client's say that it is of something else, or another number of it tells how things are now."""
    figures = [figure for figure in find(brief.question) if figure.unit is metric.unit]
    now = meant(brief.question, record.metric, figures, brief.playbook.claims)
    return metric.quote in brief.question and bool(figures) and (now is None or metric.value not in now.bounds)


def _to_judge(brief: Brief) -> list[Figure]:
    """The numbers of which one is wanted judged, `is 120 days normal?`; a goal or what only tells of the client is none."""
    if not says_judge(brief.ask.text) or (goal(brief.question, brief.playbook.claims) is not None and not _paid(brief)):
        return []
    told = " ".join(fact.quote for name, fact in brief.client.facts.items() if not name.startswith("metric_"))
    return [figure for figure in find(brief.ask.text) if figure.unit in _JUDGED and figure.text not in told]


def _judged(brief: Brief, record: Benchmark) -> list[DraftClaim]:
    """Where the number to judge lies beside the record that holds; the client's own words have it, so it is not said again.

    A level has no place beside a record that is a difference, and a difference in the other direction contradicts it.
    """
    claims = brief.playbook.claims
    figures = [figure for figure in _to_judge(brief) if _reach(figure, record)]
    figure = meant(brief.ask.text, record.metric, figures, claims)
    if figure is None or len({other.bounds for other in figures}) > 1:  # of several the one that is placed is named
        return []
    told = direction(brief.ask.text, figure, record.metric, claims)
    place = told if told in {"level", "against"} else _reach(figure, record)
    place = f"{place}_asked" if place in _ASKED and lexicon("asks", _ASKED[place]).first(plain(brief.ask.text)) is not None else place
    return [brief.claim(f"figure.judged.{place}", kind=ClaimKind.FACT, evidence=[record.id], block="lead")]


def _offers(brief: Brief, record: Benchmark) -> Iterator[DraftClaim]:
    """The offers in the room, bare numbers among them, each placed against a range of percentages."""
    several = [figure for figure in _to_judge(brief) if _reach(figure, record)]
    now = meant(brief.ask.text, record.metric, several, brief.playbook.claims) if len({figure.bounds for figure in several}) > 1 else None
    if now is not None and direction(brief.ask.text, now, record.metric, brief.playbook.claims) not in {"level", "against"}:
        yield brief.claim(f"figure.offer.{_reach(now, record)}", kind=ClaimKind.FACT, evidence=[record.id], offer=brief.amount(now.text))
        return
    low = plain(brief.question)
    said = [find(low[hit.start : hit.end + _SIGN])[-1:] for hit in phrases(brief.playbook.claims.offers).find(low)] if _paid(brief) and record.unit is Unit.PERCENT else []
    offers = [figure for figures in said for figure in figures if figure.unit in {Unit.PERCENT, Unit.COUNT}] if record.metric != HALF_RATE else []
    for offer in offers[:2]:
        if place := _reach(replace(offer, unit=record.unit), record):
            yield brief.claim(f"figure.offer.{place}", kind=ClaimKind.FACT, evidence=[record.id], offer=brief.amount(offer.text))


def _paid(brief: Brief) -> bool:
    """Whether what partners are paid is asked for: numbers in the room are offers then, and no goals."""
    return any(topic.need == _PAID for topic in topics(brief))


def _reach(aim: Figure, record: Benchmark) -> str:
    """Where a goal lies beside a record of its unit; empty where the two cannot be compared."""
    low, high = aim.bounds
    if record.unit is not aim.unit or record.low is None or low is None or high is None:
        return ""
    return "below" if high < record.low else "above" if record.open != "above" and record.high is not None and low > record.high else "inside"


def _aim(brief: Brief, record: Benchmark) -> Figure | None:
    """The goal of a message, where its words do not say that it is one for something else than a record measures."""
    claims = brief.playbook.claims
    aim = goal(brief.question, claims)
    places = [figure for figure in find(brief.question) if aim is not None and figure.bounds == aim.bounds and figure.unit is aim.unit]
    return None if any(foreign(brief.question, figure, record.metric, claims) for figure in places) else aim


def _aimed_at(brief: Brief, records: list[Benchmark]) -> Iterator[DraftClaim]:
    """A goal placed beside the range that holds for the client: what was asked of it comes before the range."""
    aim = _aim(brief, records[0])
    if aim is not None and brief.selection.metrics and not _paid(brief) and (place := _reach(aim, records[0])):
        yield brief.claim(f"figure.goal.{place}", kind=ClaimKind.FACT, evidence=[records[0].id], block="lead", goal=brief.amount(_written(aim)))


def _aimed_elsewhere(brief: Brief) -> Iterator[DraftClaim]:
    """A goal that only some of the records reach, while it is open which of them holds for the client."""
    aim, options = goal(brief.question, brief.playbook.claims), [record for record in brief.selection.that(Applies.UNKNOWN) if _aim(brief, record) is not None]
    reached = [record for record in options if aim is not None and _reach(aim, record) == "inside"]
    if aim is not None and reached and len(reached) < len(options):
        key = "figure.goal.some" if len(reached) == 1 else "figure.goal.several"
        yield brief.claim(key, kind=ClaimKind.QUESTION, evidence=[record.id for record in reached], block="lead", goal=brief.amount(_written(aim)))
        yield from [brief.record_claim(record, block="lead") for record in reached[:1]]


def _aimed_beyond(brief: Brief) -> Iterator[DraftClaim]:
    """A goal above all records that may hold for the client, so that it need not be known which of them does."""
    aim = goal(brief.question, brief.playbook.claims)
    placed = [(record.id, _reach(aim, record)) for record in brief.selection.that(Applies.UNKNOWN) if _aim(brief, record) is not None] if aim is not None and not _paid(brief) else []
    compared = [id_ for id_, place in placed if place]
    if aim is not None and compared and all(place in {"", "above"} for _, place in placed):
        yield brief.claim("figure.goal.beyond", kind=ClaimKind.QUESTION, evidence=compared, block="lead", goal=brief.amount(_written(aim)))


def _written(aim: Figure) -> str:
    """A goal as this program writes shares and multiples, whatever words the client chose."""
    low, high = (shown(number, 0 if number != round(number, 2) else 2) for number in aim.bounds if number is not None)  # `a third` is 33 %
    sign = " %" if aim.unit is Unit.PERCENT else "x"
    return f"{low}{sign}" if low == high else f"{low}–{high}{sign}"


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
    others = {record.metric: record for record in reversed(records) if record.metric != records[0].metric}
    yield from (brief.record_claim(others[metric]) for metric in [*brief.selection.metrics][: _TOPICS * bool(others)] if metric in others)


def _depends(brief: Brief, *, said: bool = False) -> Iterator[DraftClaim]:
    """On what the figure depends, where the answer was not `said` already, and the figures of each case."""
    yield from _depends_on(brief, brief.selection.that(Applies.UNKNOWN)[:4], said=said)


def _depends_on(brief: Brief, options: Sequence[Benchmark], *, said: bool = False) -> Iterator[DraftClaim]:
    key = next((name for name in _DECIDING if name in brief.shelf.library.applies(options[0].id, brief.shelf.facts).facts), "other")
    if not said:
        yield brief.claim(f"figure.depends.{key}", kind=ClaimKind.FACT, evidence=[record.id for record in options], block="lead")
    for record in options:
        yield brief.record_claim(record, block="bullet", section=brief.heading("columns"))


def decline(brief: Brief, key: str = "figure.none") -> Iterator[DraftClaim]:
    """That the sources do not hold it: said first and of what, with the nearest true thing offered as what it is."""
    asked = focus(brief.ask.text)
    most = _WITH_NUMBERS if any(map(str.isdigit, asked)) else _QUOTABLE
    if key == "figure.none" and asked and len(asked.split()) <= most and not _MARKUP & {*asked}:
        yield brief.claim(key, kind=ClaimKind.REFUSAL, block="lead", asked=tidy(asked))
    else:
        yield brief.claim("figure.none_plain" if key == "figure.none" else key, kind=ClaimKind.REFUSAL, block="lead")
    named = [id_ for topic in topics(brief) for id_ in topic.nearest] + [record.id for record in held(brief)[:1]]
    hits = [brief.shelf.library.benchmarks[hit.id] for hit in brief.selection.nearest if hit.id in brief.shelf.library.benchmarks]
    near = [record.id for record in hits[:_NEAR_HITS] if not unmeasured(record) and _weight(brief, record) >= NEAR]
    for id_ in [*named, *near][:1]:
        yield brief.claim("figure.nearest", kind=ClaimKind.FACT, evidence=[id_])
        yield brief.record_claim(brief.shelf.library.benchmarks[id_])


def _weight(brief: Brief, record: Benchmark) -> float:
    return brief.selection.weigh(record, [brief.shelf.library.say_record(record.id)])[0]


def figure_others(brief: Brief) -> Iterator[DraftClaim]:
    """Figures people have seen that are not theirs, with the reason."""
    mine = {record.id for record in held(brief)[:1]}
    others = [record for record in brief.selection.that(Applies.NO) if record.id not in mine and not unmeasured(record)]
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
    """What to know of the figure shown first before it goes on a slide."""
    record = _shown(brief) if brief.selection.metrics or brief.selection.held else None
    if record is not None:
        yield from cautions_of(brief, record)


def cautions_of(brief: Brief, record: Benchmark, *, said: str = "") -> Iterator[DraftClaim]:
    """The cautions of a record: its kind of evidence, unless its own caution or what was `said` has it, then its own."""
    keys = [f"caution.{_CLASSES[record.evidence_class]}"] if record.evidence_class in _CLASSES else []
    keys = ["caution.target"] if record.kind is BenchmarkKind.TARGET else keys
    own = split_cautions(record.caution)
    keys += ["caution.unit"] if record.unit is Unit.PERCENT_UNSPECIFIED and not own else []
    added = [brief.claim(key, kind=ClaimKind.FACT, evidence=[record.id], block="bullet", section=brief.heading("cautions")) for key in keys]
    known = stems(f"{record.caution} {said}")
    yield from [claim for claim in added if len(stems(claim.text) & known) < _SAID * len(stems(claim.text))]
    for caution in own[:_CAUTIONS]:
        yield DraftClaim(text=caution, evidence=(record.id,), kind=ClaimKind.FACT, block="bullet", section=brief.heading("cautions"))


def figure_context(brief: Brief) -> Iterator[DraftClaim]:
    """How to read the figures of the topic, as far as the record shown and its caution do not say it."""
    record = brief.heard[0].record if brief.heard else _shown(brief)
    said = stems(f"{brief.shelf.library.say_record(record.id)} {record.caution} {record.population}") if record else set()
    for topic in topics(brief)[:1]:
        for id_ in topic.passages:
            passage = brief.shelf.library.passages[id_]
            every = points(passage)
            near = [point for point, weight in zip(every, brief.selection.weigh(passage, every), strict=True) if weight >= AKIN]
            new = [point for point in near if len(stems(point) & said) < _SAID * len(stems(point))]
            claims = [brief.point(passage, point, section=brief.heading("reading")) for point in new]
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
    """Figures that carry more for the same purpose, as far as they hold for this client; none beside a figure that is wanted for itself."""
    if not (weighed(brief) or brief.heard):
        return
    ids = [id_ for topic in topics(brief) for id_ in topic.better]
    records = [brief.shelf.library.benchmarks[id_] for id_ in ids]
    fitting = [record for record in records if brief.shelf.library.applies(record.id, brief.shelf.facts).applies is Applies.YES]
    for record in fitting[:2]:
        yield brief.record_claim(record, section=brief.heading("better"))


def weighed(brief: Brief) -> bool:
    """Whether a figure is wanted for a promise, a goal, a number of the client's own or a yes or no, and not for itself."""
    if any(ask.kind in _YES_NO for ask in brief.reading.asks):
        return True
    own = {topic.own for topic in topics(brief)}
    return brief.ask.promise or goal(brief.question, brief.playbook.claims) is not None or bool(own & {*brief.client.metrics})


def figure_ask(brief: Brief) -> Iterator[DraftClaim]:
    """The fact on which the figure hangs; and what would make it the client's own, where it is to be acted on."""
    told = {"win_rate": "win_rate_direct", "sourced_share": "sourced_share", "cac": "cac", "activation": "activation_rate"}
    open_needs = [topic.need for topic in topics(brief) if topic.need and told.get(topic.need) not in brief.client.metrics]
    needs = list(dict.fromkeys(open_needs))[:1] if weighed(brief) else []
    unknown = brief.selection.that(Applies.UNKNOWN) if brief.selection.metrics else ()
    facts = [fact for record in unknown[:1] for fact in brief.shelf.library.applies(record.id, brief.shelf.facts).facts]
    if facts and not held(brief):
        key = next((name for name in _DECIDING if name in facts), None)
        needs = [f"fact.{key}", *needs] if key else needs
    for need in needs[:2]:
        yield from asking(brief, f"need.{need}")


SLOTS = {
    "figure_lead": figure_lead,
    "figure_others": figure_others,
    "figure_cautions": figure_cautions,
    "figure_context": figure_context,
    "figure_better": figure_better,
    "figure_ask": figure_ask,
}
