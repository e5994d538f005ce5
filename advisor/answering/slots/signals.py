"""A signal in the numbers: what fired, what to do by when, who decides where, and what it does not mean."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering import aim
from advisor.answering.asking import asking, told
from advisor.answering.brief import Brief
from advisor.answering.select import points
from advisor.answering.slots.matters import placed
from advisor.answering.slots.placing import overlaps_fit
from advisor.domain import ADVISED, Applies, ClaimKind, DraftClaim, Finding, Move, Passage
from advisor.domain.conditions import evaluate
from advisor.rules import Row
from advisor.toolbox.parts import shown


_CONFLICT, _TWO = "signal_conflict", "two_partners"


def fired(brief: Brief) -> list[Finding]:
    """Findings of the signal table that call for something, those named in the question first."""
    return sorted(aim.fired(brief.assessment), key=lambda finding: finding.move not in brief.ask.moves)


def resembling(brief: Brief) -> bool:
    """Whether a signal fired, or the message resembles one that the sources name."""
    return bool(fired(brief)) or _likely_passage(brief) in _nearby(brief)


def signal_lead(brief: Brief) -> Iterator[DraftClaim]:
    """What the signal asks for, first."""
    signals, unfired = fired(brief), quiet(brief)
    if unfired is not None:
        yield from _not_fired(brief, *unfired)
        return
    if not signals:
        passage = _likely_passage(brief)
        point = brief.selection.opening
        if point is not None and passage not in _nearby(brief):
            yield brief.nearest(point, block="lead")
        else:
            yield brief.point(passage, points(passage)[0], block="lead")
        return
    first = list(_between_partners(brief)) if signals[0].rule.startswith(_CONFLICT) else []
    yield from first
    for number, finding in enumerate(signals[:2]):
        yield brief.lead(finding) if number == 0 and not first else brief.finding_claim(finding)
        yield _unscored(brief, finding) or brief.finding_claim(finding, "because")
        if number == 0 and first:
            yield brief.claim("signal.two_partners", kind=ClaimKind.ADVICE, evidence=[finding.rule, *brief.playbook.matters[_TWO].rests[:1]])


def quiet(brief: Brief) -> tuple[Row, Row] | None:
    """The row of a signal that the client's own number does not set off, and the row where it would, where the message resembles that signal and none fired."""
    if fired(brief):
        return None
    tables = [table for name, table in brief.shelf.book.tables.items() if name.startswith("signal_")]
    for table in tables:
        rows = {row.id.rpartition(".")[2]: row for row in table.rows}
        moves = {verdict.move for verdict in rows["fired"].verdicts if verdict.verdict in ADVISED and verdict.move is not None}
        about = any(_about(brief, move) in _nearby(brief) or move in brief.ask.moves for move in moves)
        if about and evaluate(rows["quiet"].when, brief.shelf.facts).applies is Applies.YES:
            return rows["quiet"], rows["fired"]
    return None


def _not_fired(brief: Brief, quiet: Row, other: Row) -> Iterator[DraftClaim]:
    """That the number told is no signal, and what would be one."""
    yield brief.claim("signal.quiet", kind=ClaimKind.ADVICE, evidence=[quiet.id], block="lead")
    yield DraftClaim(text=brief.wording.say(quiet.says), evidence=(quiet.id,), kind=ClaimKind.ADVICE, block="lead")
    because = next(verdict.because for verdict in other.verdicts if verdict.verdict in ADVISED and verdict.because)
    yield DraftClaim(text=brief.wording.say(because), evidence=(other.id, *brief.shown(because)), kind=ClaimKind.FIGURE)


def _unscored(brief: Brief, finding: Finding) -> DraftClaim | None:
    """That overlaps are to be scored first, where nobody said how many of them fit."""
    metric, passage = brief.client.metrics.get("overlaps_high_fit"), _about(brief, Move.ACTIVATE_TOP10)
    if finding.move is not Move.ACTIVATE_TOP10 or metric is None or passage is None or overlaps_fit(brief.client):
        return None
    return brief.claim("signal.unscored", kind=ClaimKind.ADVICE, evidence=[finding.rule, passage.id], number=brief.amount(shown(metric.value)))


def _between_partners(brief: Brief) -> list[DraftClaim]:
    """Who of two partners has the account: by the age of the registration told, or by the order of their registrations."""
    if not told(brief.playbook.told["between_partners"], brief.question, brief.client):
        return []
    usual = brief.claim(f"matter.{_TWO}.lead", kind=ClaimKind.ADVICE, evidence=brief.playbook.matters[_TWO].rests, block="lead")
    return placed(brief, _TWO) or [usual]


def signal_context(brief: Brief) -> Iterator[DraftClaim]:
    """The benchmark beside the signal: a figure can be usual and still fire, or lie below what is usual."""
    for name in brief.ask.topics:
        topic = brief.playbook.topics.get(name)
        for id_ in topic.beside if topic else ():
            record = brief.shelf.library.benchmarks[id_]
            if brief.shelf.library.applies(id_, brief.shelf.facts).applies is not Applies.NO:
                yield brief.record_claim(record)
                if quiet(brief) is not None:
                    return
                own = brief.client.metrics.get(topic.own) if topic and topic.own else None
                below = own is not None and own.unit is record.unit and record.low is not None and own.value < record.low
                yield brief.claim("signal.below" if below else "signal.beside", kind=ClaimKind.ADVICE, evidence=[id_, *[finding.rule for finding in fired(brief)[:1]]])
                return


def passage_of(brief: Brief) -> Passage | None:
    """The passage that tells how to act on the signal."""
    return next((_about(brief, finding.move) for finding in fired(brief)[:1] if finding.move), None)


def _about(brief: Brief, move: Move) -> Passage | None:
    """The passage on the signal that calls for a move."""
    passages = brief.shelf.library.passages.values()
    return next((passage for passage in passages if move in passage.moves and ("signal" in passage.id or "conflict" in passage.id)), None)


def _nearby(brief: Brief) -> list[Passage]:
    """The passages on signals that the message resembles more than any other subject, or that retrieval found first."""
    top, _ = brief.finder().moves(brief.question)[0]
    return [passage for passage in (_about(brief, top) if top else None, *brief.selection.passages[:1]) if passage is not None]


def _likely_passage(brief: Brief) -> Passage:
    """The passage on the signal that the message resembles most, where its numbers do not say which one fired."""
    about = {move: passage for move in Move if (passage := _about(brief, move))}
    return about[brief.likeliest(about)]


def signal_steps(brief: Brief) -> Iterator[DraftClaim]:
    """How to act, from the passage on this signal."""
    for move in [other for finding in fired(brief)[:1] if finding.move for other in brief.playbook.notes(finding.move).along][:2]:
        claim = brief.do(move, block="bullet", section=brief.heading("act"))
        if claim is not None:
            yield claim
    passage = passage_of(brief) if fired(brief) else _likely_passage(brief)
    if passage is None or quiet(brief) is not None:
        return
    for point in points(passage)[:4]:
        yield brief.point(passage, point, block="bullet", section=brief.heading("act"))


def signal_ask(brief: Brief) -> Iterator[DraftClaim]:
    """The one thing that decides which action it is."""
    for finding in fired(brief)[:1]:
        key = f"signal.ask.{finding.move}"
        if brief.wording.has(f"answers.{key}"):
            yield from asking(brief, key)


SLOTS = {"signal_lead": signal_lead, "signal_context": signal_context, "signal_steps": signal_steps, "signal_ask": signal_ask}
