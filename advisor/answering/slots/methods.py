"""How to do something, what a term means, how two things differ: told from passages, under the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.answering.aim import of_amount
from advisor.answering.apart import written
from advisor.answering.brief import Brief
from advisor.answering.select import AKIN, NEAR, Point, doable, focus, in_order, points, steps_of
from advisor.answering.slots.numbers import decline
from advisor.answering.slots.start import hangs_on_motion
from advisor.domain import ADVISED, Applies, AskKind, ClaimKind, DraftClaim, Passage, Term, Verdict
from advisor.figures import find
from advisor.intake.message import plain
from advisor.intake.patterns import lexicon
from advisor.library.glossary import SIZES, named

_STEPS = 8
_SHOWN_POINTS = 2
_MEASURED = 0.15  # what a step gains by a figure to act by
_SPEAKS = 0.55  # the share of the best step's weight that another must have to be told beside it
_NEARLY, _BESIDE, _LISTED = 0.9, 0.6, 3  # how likely others must be beside the first one found; items that make a list
_TERMS = 2
_EXPLAINED = 3  # terms of one question
_TERM_POINTS = 4
_APART = 5
_TURNING = frozenset({Verdict.FORBID, Verdict.REQUIRE})


def how_lead(brief: Brief) -> Iterator[DraftClaim]:
    """A refusal or what is needed first, where the rules say so of the method asked about; else the sentence that answers nearest."""
    findings = [finding for move in brief.ask.moves if (finding := brief.deciding(move)) and finding.verdict is not Verdict.ASK]
    turning = [finding for finding in findings if finding.verdict in _TURNING and not brief.stage_open]
    near, method = brief.selection.opening, _method(brief)
    if turning:
        yield brief.lead(turning[0])
    elif method is not None and (brief.ask.kind is AskKind.HOW_TO or not near):
        yield brief.point(method, _first(brief, method), block="lead")
    elif near:
        yield brief.nearest(near, block="lead")
    elif findings:
        yield brief.lead(findings[0])
    elif sources := _sources(brief):
        yield brief.point(sources[0], _first(brief, sources[0]), block="lead")
    else:
        yield from decline(brief, "figure.nothing")


def _first(brief: Brief, passage: Passage) -> str:
    """The sentence of a passage that says most to the question."""
    every = brief.selection.told(passage) or points(passage)
    return max(every, key=lambda point: brief.selection.weigh(passage, [point])[0])


def _sources(brief: Brief) -> Sequence[Passage]:
    """The passages to draw on: those listed for the move unless another one is surely asked for, else the one that opens the answer,
    with its siblings found, in the file's order."""
    listed = [id_ for move in brief.ask.moves for id_ in brief.playbook.notes(move).passages]
    likely, first = {hit.id: hit.score for hit in brief.selection.hits}, _method(brief)
    found = [passage for passage in brief.selection.passages[:5] if first is not None and likely[passage.id] >= _BESIDE * likely[first.id]]
    if len(listed) > 1 and (first is None or first.id in listed or not brief.selection.held):
        return [brief.shelf.library.passages[id_] for id_ in listed]
    if first is None:
        return ()
    topic = first.id.partition("#")[0]
    family = [passage for passage in brief.shelf.library.passages.values() if passage in found and passage.id.partition("#")[0] == topic]
    return family if len(family) > 1 else [first]


def _method(brief: Brief) -> Passage | None:
    """The passage that tells how: the first one found, or one nearly as likely that holds steps."""
    likely = {hit.id: hit.score for hit in brief.selection.hits}
    passages = brief.selection.passages
    near = [passage for passage in passages if likely[passage.id] >= _NEARLY * likely[passages[0].id]]
    return next((passage for passage in near if len(steps_of(passage)) >= _LISTED), passages[0] if passages else None)


def how_steps(brief: Brief) -> Iterator[DraftClaim]:
    """The steps, the ones nearest to the question from each passage, and behind them what stands in no order."""
    sources = _sources(brief)
    if not sources:
        return
    lead = {claim.text for claim in how_lead(brief)}
    listed = [(passage, point) for passage in sources for point in doable(passage) if point not in lead and point in brief.selection.told(passage)]
    weights = [weight for passage in sources for weight in brief.selection.weigh(passage, [point for source, point in listed if source is passage])]
    ranked = sorted(range(len(listed)), key=lambda index: (-weights[index] - _MEASURED * bool(find(listed[index][1])), index))
    told = len(sources) == 1 or not brief.selection.held
    ranked = [index for index in ranked if told or weights[index] >= _SPEAKS * max(weights)]
    best_of = {id(listed[index][0]): index for index in reversed(ranked)}
    chosen = sorted(list(dict.fromkeys([*best_of.values(), *ranked]))[:_STEPS])
    told_of = [listed[index] for index in chosen]
    steps = [(passage, point) for passage, point in told_of if point in in_order(passage)]
    yield from (brief.point(passage, point, block="step", section=brief.heading("steps")) for passage, point in steps)
    yield from (brief.point(passage, point, block="bullet", section=brief.heading("beside")) for passage, point in told_of if (passage, point) not in steps)


def how_figures(brief: Brief) -> Iterator[DraftClaim]:
    """One record that retrieval found beside the steps, where a figure is asked for."""
    if not of_amount(brief.ask):
        return
    shown = {id_ for passage in _sources(brief) for id_ in passage.benchmarks}
    for record in brief.selection.records[:1]:
        if record.id not in shown:
            yield brief.record_claim(record)


def term_lead(brief: Brief) -> Iterator[DraftClaim]:
    """The meaning first, from the glossary or from what was found."""
    meanings = list(_meanings(brief))
    near = brief.selection.opening
    if meanings:
        yield from meanings
    elif near:
        yield brief.nearest(near, block="lead")
    else:
        yield from decline(brief, "figure.nothing")


def _meanings(brief: Brief) -> Iterator[DraftClaim]:
    """What the glossary says of the terms asked about; a term that only tells a size counts when it stands alone."""
    found = named(focus(brief.ask.text)) or named(brief.ask.text)
    for term in [term for term in found if term.term not in SIZES][:_EXPLAINED] or list(found[:1]):
        yield brief.meaning(term, block="lead")


def term_points(brief: Brief) -> Iterator[DraftClaim]:
    """What belongs to it."""
    for point in [point for point in brief.selection.points if point.weight >= AKIN][:_TERM_POINTS]:
        yield brief.nearest(point)


def apart_lead(brief: Brief) -> Iterator[DraftClaim]:
    """Whether two terms mean the same, with what each of them means."""
    if brief.apart is None:
        return
    if not brief.apart.terms:
        yield brief.claim("apart.unknown", kind=ClaimKind.REFUSAL, block="lead")
        return
    key, ids = f"answers.apart.{brief.apart.form}", tuple(term.id for term in brief.apart.terms)
    names = dict(zip(("part", "whole"), map(brief.shelf.library.name_of, brief.apart.terms), strict=False))
    said = brief.wording.say(key, **{name: names[name] for name in brief.wording.slots(key)})
    yield DraftClaim(text=said, evidence=ids, kind=ClaimKind.FACT, block="lead")
    for term in brief.apart.terms:
        yield brief.meaning(term, block="lead")


def apart_points(brief: Brief) -> Iterator[DraftClaim]:
    """What the passages say on the two beside that."""
    near = [point for point in brief.selection.points if point.weight >= AKIN and isinstance(point.source, Passage)]
    for point in near[:_SHOWN_POINTS]:
        yield brief.nearest(point)


def term_use(brief: Brief) -> Iterator[DraftClaim]:
    """What it means for this client, where a rule speaks of it."""
    for move in brief.ask.moves[:2]:
        finding = brief.deciding(move)
        if finding is not None and finding.verdict is not Verdict.ASK:
            yield brief.finding_claim(finding, section=brief.heading("for_you"))
            records = [record for id_ in brief.playbook.notes(move).records if brief.shelf.library.applies(id_, brief.shelf.facts).applies is Applies.YES and (record := brief.shelf.library.benchmarks[id_])]
            yield from (brief.record_claim(record, section=brief.heading("for_you")) for record in records[:1] if finding.verdict is not Verdict.FORBID)


def compare_lead(brief: Brief) -> Iterator[DraftClaim]:
    """Which of the two, when the rules decide; else the difference in one sentence."""
    findings = [finding for move in brief.ask.moves if (finding := brief.deciding(move))]
    chosen = [finding for finding in findings if finding.verdict in ADVISED]
    refused = [finding for finding in findings if finding.verdict is Verdict.FORBID]
    meanings = list(_meanings(brief)) if len(named(brief.ask.text)) > 1 else []
    if difference := told_apart(brief):
        yield from difference
        yield from (meaning.model_copy(update={"block": "paragraph"}) for meaning in meanings)
        return
    if chosen and not brief.stage_open and len({finding.move for finding in findings}) > 1 and (refused or len(chosen) == 1):
        yield brief.lead(chosen[0])
    elif refused and not brief.stage_open and len(brief.ask.moves) > 1:
        yield brief.lead(refused[0])
    elif hangs_on_motion(brief):
        yield brief.claim("types.open", kind=ClaimKind.QUESTION, block="lead")
    elif len(meanings) > 1:
        yield from meanings
    else:
        yield from how_lead(brief)


def compare_points(brief: Brief) -> Iterator[DraftClaim]:
    """What sets them apart: of two terms that are explained, what is said of both, or of each as much as of the other."""
    found = [point for point in brief.selection.points if point.weight >= AKIN]
    terms = [term for term in named(focus(brief.ask.text)) if term.term not in SIZES][:_TERMS]
    for point in (_of_each(brief, found, terms) if len(terms) == _TERMS or told_apart(brief) else found[:_APART]):
        yield brief.nearest(point, block="bullet", section=brief.heading("apart"))


def _of_each(brief: Brief, found: Sequence[Point], terms: Sequence[Term]) -> list[Point]:
    """The points that can be told in the language of the answer, on both terms first, then as many on the one as on the other."""
    library = brief.shelf.library
    told = [point for point in found if not library.untranslated(point.source.id)]
    about = {point.text: {*named(library.original(point.source.id, point.text))} & {*terms} for point in told}
    both = [point for point in told if len(about[point.text]) == _TERMS]
    sides = [[point for point in told if about[point.text] == {term}] for term in terms]
    return [*both, *(point for pair in zip(*sides, strict=False) for point in pair)][:_APART]


def told_apart(brief: Brief) -> list[DraftClaim]:
    """What sets two things apart that a question holds against each other, where that is written down, which of them comes first where that is
    asked, and what it means for the client."""
    name = written(brief.ask.text, brief.playbook.differences)
    if not name:
        return []
    first = lexicon("asks", "which_first").first(plain(brief.question)) is not None
    apart = lexicon("asks", "unlike").first(plain(brief.ask.text)) is not None
    order = ("text", "first") if first and apart else ("first", "text") if first else ("text",)
    keys = [key for key in (*order, "use") if brief.wording.has(f"answers.difference.{name}.{key}")]
    rests = brief.playbook.differences[name].rests
    return [brief.claim(f"difference.{name}.{key}", kind=ClaimKind.ADVICE if key != "text" else ClaimKind.FACT, evidence=rests, block="paragraph" if number else "lead") for number, key in enumerate(keys)]


def found_points(brief: Brief) -> Iterator[DraftClaim]:
    """What the knowledge says on the question beyond the rules: the sentences nearest to it, in the language of the answer."""
    near = [point for point in brief.selection.points if point.weight >= NEAR and not brief.shelf.library.untranslated(point.source.id)]
    for point in near[:_SHOWN_POINTS]:
        yield brief.nearest(point)


SLOTS = {
    "how_lead": how_lead,
    "how_steps": how_steps,
    "how_figures": how_figures,
    "term_lead": term_lead,
    "term_points": term_points,
    "apart_lead": apart_lead,
    "apart_points": apart_points,
    "term_use": term_use,
    "compare_lead": compare_lead,
    "compare_points": compare_points,
    "points": found_points,
}
