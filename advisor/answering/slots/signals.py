"""A signal in the numbers: what fired, what to do by when, who decides where, and what it does not mean."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering.brief import ADVISED, AKIN, Brief
from advisor.answering.select import points
from advisor.domain import Applies, ClaimKind, DraftClaim, Finding, Passage

def fired(brief: Brief) -> list[Finding]:
    """Findings of the signal table that call for something, those named in the question first."""
    found = [finding for finding in brief.assessment.findings if finding.rule.startswith("signal") and finding.verdict in ADVISED]
    return sorted(found, key=lambda finding: finding.move not in brief.ask.moves)


def signal_lead(brief: Brief) -> Iterator[DraftClaim]:
    """What the signal asks for, first."""
    signals = fired(brief)
    if not signals:
        near = [point for point in brief.selection.points if point.weight >= AKIN][:1]
        yield brief.nearest(near[0], block="lead") if near else brief.claim("signal.none", kind=ClaimKind.REFUSAL, block="lead")
        return
    for number, finding in enumerate(signals[:2]):
        yield brief.lead(finding) if number == 0 else brief.finding_claim(finding)
        yield brief.finding_claim(finding, "because")


def signal_context(brief: Brief) -> Iterator[DraftClaim]:
    """The benchmark beside the signal: a figure can be usual and still fire."""
    for name in brief.ask.topics:
        topic = brief.playbook.topics.get(name)
        for id_ in topic.beside if topic else ():
            record = brief.shelf.library.benchmarks[id_]
            if brief.shelf.library.applies(id_, brief.shelf.facts).applies is not Applies.NO:
                yield brief.record_claim(record)
                yield brief.claim("signal.beside", kind=ClaimKind.ADVICE, evidence=[id_, *[finding.rule for finding in fired(brief)[:1]]])
                return


def passage_of(brief: Brief) -> Passage | None:
    """The passage that tells how to act on the signal."""
    moves = {finding.move for finding in fired(brief)[:1]}
    return next((passage for passage in brief.shelf.library.passages.values() if moves & set(passage.moves) and ("signal" in passage.id or "conflict" in passage.id)), None)


def signal_steps(brief: Brief) -> Iterator[DraftClaim]:
    """How to act, from the passage on this signal."""
    for move in [other for finding in fired(brief)[:1] if finding.move for other in brief.playbook.notes(finding.move).along][:2]:
        claim = brief.do(move, block="bullet", section=brief.heading("act"))
        if claim is not None:
            yield claim
    found = brief.selection.points[:1] if not fired(brief) else ()
    passage = passage_of(brief) or next((point.source for point in found if isinstance(point.source, Passage)), None)
    if passage is None:
        return
    for point in points(passage)[:4]:
        yield brief.point(passage, point, block="bullet", section=brief.heading("act"))


def signal_ask(brief: Brief) -> Iterator[DraftClaim]:
    """The one thing that decides which action it is."""
    for finding in fired(brief)[:1]:
        key = f"signal.ask.{finding.move}"
        if brief.wording.has(f"answers.{key}"):
            yield brief.claim(key, kind=ClaimKind.QUESTION, block="question", section=brief.heading("open"))


SLOTS = {"signal_lead": signal_lead, "signal_context": signal_context, "signal_steps": signal_steps, "signal_ask": signal_ask}
