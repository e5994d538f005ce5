"""Which of several candidates to take: in the order of the decision table, each with why, and how to settle the rest."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.answering.asking import asking
from advisor.answering.brief import Brief
from advisor.answering.candidates import Candidate
from advisor.answering.select import steps_of
from advisor.domain import ClaimKind, DraftClaim
from advisor.rules import Row

_CRITERIA, _MATRIX = "evaluating-partners#criteria-of-a-good-partner", "evaluating-partners#score-candidates-in-a-matrix"
_QUESTIONS = "evaluating-partners#questions-on-commitment-and-customers"
_TAKEN = frozenset({"first", "small", "fits"})
_WAITING = frozenset({"fits_small", "passive", "fit_unknown"})
_STEPS = 4


def choice_lead(brief: Brief) -> Iterator[DraftClaim]:
    """Whom to take, then each candidate with the reason."""
    placed = _placed(brief)
    taken = [candidate.name for candidate, row in placed if _name(row) in _TAKEN][: brief.choice.wanted if brief.choice else 0]
    evidence = [*(row.id for _, row in placed), _CRITERIA]
    key = "lead" if taken else "open" if all(_name(row) == "fit_unknown" for _, row in placed) else "none"
    slots = {"names": brief.join(taken)} if taken else {}
    yield brief.claim(f"choice.{key}", kind=ClaimKind.ADVICE, evidence=evidence, block="lead", **slots)  # type: ignore[arg-type]
    for candidate, row in placed:
        yield brief.claim("choice.each", kind=ClaimKind.ADVICE, evidence=[row.id], block="bullet", name=f"{candidate.name[:1].upper()}{candidate.name[1:]}", says=brief.wording.say(row.says))
    if brief.choice and 0 < len(taken) < brief.choice.wanted:
        yield from _rest(brief, placed)


def _rest(brief: Brief, placed: list[tuple[Candidate, Row]]) -> Iterator[DraftClaim]:
    """What becomes of the places left: those of whom nothing is told, or the next best on a condition."""
    waiting = [(candidate, row) for candidate, row in placed if _name(row) in _WAITING]
    if brief.choice and brief.choice.silent:
        yield brief.claim("choice.rest", kind=ClaimKind.ADVICE, evidence=[_MATRIX])
    elif waiting:
        yield brief.claim("choice.next", kind=ClaimKind.ADVICE, evidence=[waiting[0][1].id, _QUESTIONS], name=waiting[0][0].name)


def choice_next(brief: Brief) -> Iterator[DraftClaim]:
    """How to settle what is close or open: commitment asked for first, then the matrix."""
    library, heading = brief.shelf.library, brief.heading("steps")
    for id_ in (_QUESTIONS, _MATRIX):
        for text in steps_of(library.passages[id_])[: _STEPS if id_ == _MATRIX else 1]:
            yield brief.point(library.passages[id_], text, block="step", section=heading)


def choice_ask(brief: Brief) -> Iterator[DraftClaim]:
    """What is not known of the others."""
    placed = _placed(brief)
    taken = [row for _, row in placed if _name(row) in _TAKEN]
    if brief.choice and brief.choice.silent and len(taken) < brief.choice.wanted:
        yield from asking(brief, "choice.ask")


def _placed(brief: Brief) -> list[tuple[Candidate, Row]]:
    """The candidates with their rows, best first; equals as the message has them."""
    table = brief.shelf.book.decisions["partner_choice"]
    found = [(each, table.row_for({"fit": each.fit, "commitment": each.commitment, "capacity": each.capacity})) for each in (brief.choice.candidates if brief.choice else ())]
    rows = [row.id for row in table.rows]
    return sorted(found, key=lambda pair: rows.index(pair[1].id))


def _name(row: Row) -> str:
    return row.id.rpartition(".")[2]


SLOTS = {"choice_lead": choice_lead, "choice_next": choice_next, "choice_ask": choice_ask}
