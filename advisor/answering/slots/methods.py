"""How to do something, what a term means, how two things differ: told from passages, under the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.answering.brief import ADVISED, Brief
from advisor.answering.select import doable, relevant, stems
from advisor.answering.slots.numbers import decline
from advisor.domain import DraftClaim, Passage, Verdict
from advisor.figures import find

_STEPS = 8


def how_lead(brief: Brief) -> Iterator[DraftClaim]:
    """What the rules say of the method asked about, or the point that answers nearest."""
    findings = [finding for move in brief.ask.moves if (finding := brief.deciding(move)) and finding.verdict is not Verdict.ASK]
    if findings:
        yield brief.lead(findings[0])
    elif brief.selection.strong:
        first = brief.selection.passages[0]
        for point in relevant(first, brief.ask.text, 1):
            yield brief.point(first, point, block="lead")
    elif brief.selection.records and brief.selection.held:
        yield brief.record_claim(brief.selection.records[0], block="lead")
    else:
        yield from decline(brief, "figure.nothing")


def _sources(brief: Brief) -> Sequence[Passage]:
    """The passages to draw on: those listed for the move, else the best one found and its siblings, in the file's order."""
    listed = [id_ for move in brief.ask.moves for id_ in brief.playbook.notes(move).passages]
    if len(listed) > 1:
        return [brief.shelf.library.passages[id_] for id_ in listed]
    found = brief.selection.passages[:5]
    if not found:
        return ()
    topic = found[0].id.partition("#")[0]
    family = [passage for passage in brief.shelf.library.passages.values() if passage in found and passage.id.partition("#")[0] == topic]
    return family if len(family) > 1 else found[:2]


def how_steps(brief: Brief) -> Iterator[DraftClaim]:
    """The steps, the ones nearest to the question from each passage."""
    sources, heading = _sources(brief), brief.heading("steps")
    if not sources or not (brief.ask.moves or brief.selection.strong):
        return
    lead = set(relevant(brief.selection.passages[0], brief.ask.text, 1)) if brief.selection.passages and not brief.ask.moves else set()
    listed = [(passage, point) for passage in sources for point in doable(passage) if point not in lead]
    ranked = sorted(range(len(listed)), key=lambda index: (-_worth(listed[index][1], brief.ask.text), index))
    first_of = {id(passage): index for index, (passage, _) in reversed(list(enumerate(listed)))}
    chosen = sorted(list(dict.fromkeys([*first_of.values(), *ranked]))[:_STEPS])
    for index in chosen:
        passage, point = listed[index]
        yield brief.point(passage, point, block="step", section=heading)


def _worth(point: str, question: str) -> int:
    """How much a step says to this question: shared words, and a figure to act by."""
    return len(stems(point) & stems(question)) + (1 if find(point) else 0)


def how_figures(brief: Brief) -> Iterator[DraftClaim]:
    """One record that retrieval found beside the steps."""
    shown = {id_ for passage in _sources(brief) for id_ in passage.benchmarks}
    for record in brief.selection.records[:1]:
        if record.id not in shown:
            yield brief.record_claim(record)


def term_lead(brief: Brief) -> Iterator[DraftClaim]:
    """The meaning first."""
    if not brief.selection.passages:
        yield from decline(brief, "figure.nothing") if not brief.selection.records else [brief.record_claim(brief.selection.records[0], block="lead")]
        return
    first = brief.selection.passages[0]
    for point in relevant(first, brief.ask.text, 1):
        yield brief.point(first, point, block="lead")


def term_points(brief: Brief) -> Iterator[DraftClaim]:
    """What belongs to it."""
    for passage in brief.selection.passages[:2]:
        for point in relevant(passage, brief.ask.text, 4)[1 if passage is brief.selection.passages[0] else 0 :]:
            yield brief.point(passage, point)


def term_use(brief: Brief) -> Iterator[DraftClaim]:
    """What it means for this client, where a rule speaks of it."""
    for move in brief.ask.moves[:2]:
        finding = brief.deciding(move)
        if finding is not None and finding.verdict is not Verdict.ASK:
            yield brief.finding_claim(finding, section=brief.heading("for_you"))


def compare_lead(brief: Brief) -> Iterator[DraftClaim]:
    """Which of the two, when the rules decide; else the difference in one sentence."""
    findings = [finding for move in brief.ask.moves if (finding := brief.deciding(move))]
    chosen = next((finding for finding in findings if finding.verdict in ADVISED), None)
    if chosen is not None:
        yield brief.lead(chosen)
    else:
        yield from how_lead(brief)


def compare_points(brief: Brief) -> Iterator[DraftClaim]:
    """What sets them apart."""
    for passage in brief.selection.passages[:3]:
        for point in relevant(passage, brief.ask.text, 2):
            yield brief.point(passage, point, block="bullet", section=brief.heading("apart"))


SLOTS = {
    "how_lead": how_lead,
    "how_steps": how_steps,
    "how_figures": how_figures,
    "term_lead": term_lead,
    "term_points": term_points,
    "term_use": term_use,
    "compare_lead": compare_lead,
    "compare_points": compare_points,
}
