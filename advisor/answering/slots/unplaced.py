"""What is said where nothing tells what a message turns on: no advice on a guess, what comes nearest as what it is, and the question that would settle it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from advisor.answering.aim import mostly_idle, silent
from advisor.answering.asking import asking
from advisor.answering.brief import Brief, unique
from advisor.answering.slots.matters import matter_lead
from advisor.answering.slots.numbers import figure_lead
from advisor.answering.slots.signals import fired, quiet
from advisor.answering.slots.start import advised_moves
from advisor.answering.slots.wishes import not_yet
from advisor.domain import AskKind, ClaimKind, DraftClaim, Move
from advisor.intake.message import plain
from advisor.intake.patterns import lexicon

_LEANING = 0.7  # from which score on the first hit, though below the floor, answers with a sentence that may open an answer
_FALLEN_BACK = frozenset({AskKind.HOW_TO, AskKind.IS_IT_RIGHT_FOR_US})  # kinds that a message without a subject of its own is taken for


def unplaced(brief: Brief) -> bool:
    """Whether nothing tells what an ask turns on: it names no move, no sentence of the knowledge lies near it, and nothing bears out the kind it was taken for."""
    ask = brief.ask
    if ask.kind is AskKind.REACT_TO_SIGNAL and not ask.moves and not fired(brief) and quiet(brief) is None:
        move, chance = brief.finder().moves(brief.question)[0]
        return move is Move.WAIT_AND_SEE or chance < brief.playbook.aim.likely
    if brief.selection.held or (brief.selection.opening is not None and brief.selection.hits[0].score >= _LEANING):
        return False
    if ask.kind is AskKind.WHY_NOT_WORKING:
        return "ending" not in ask.topics and not silent(brief.question) and not mostly_idle(brief.client)
    if ask.moves:
        return False
    if ask.kind is AskKind.CHECK_CLAIM:
        return not ask.topics and not ask.figures
    if ask.kind is AskKind.HOW_MUCH:
        return not ask.topics and not brief.selection.records
    if ask.kind is AskKind.WHERE_TO_START:
        return brief.stage_open and all(hit.key != ask.kind for hit in lexicon("asks", "kinds").find(plain(brief.question)))
    return ask.kind in _FALLEN_BACK


def figureless(brief: Brief) -> bool:
    """Whether an amount is asked for, and the answer would be that there is none."""
    lead = next(figure_lead(brief), None) if brief.ask.kind is AskKind.HOW_MUCH else None
    return lead is not None and lead.kind is ClaimKind.REFUSAL


def unplaced_lead(brief: Brief) -> Iterator[DraftClaim]:
    """That it cannot be told, or that there is no figure where one is asked for."""
    yield brief.claim("figure.nothing" if brief.ask.kind is AskKind.HOW_MUCH else "unplaced.lead", kind=ClaimKind.REFUSAL, block="lead")


def unplaced_near(brief: Brief) -> Iterator[DraftClaim]:
    """The matters that come nearest, each with what would be said on it; advice only once it is asked for."""
    for name in brief.neighbours or ():
        label = brief.say(f"matter.{name}.about")
        said = list(matter_lead(replace(brief, matter=name)))
        evidence = unique(id_ for claim in said for id_ in claim.evidence)
        text = brief.say("unplaced.near", label=label[:1].upper() + label[1:], said=" ".join(claim.text for claim in said))
        yield DraftClaim(text=text, evidence=evidence, kind=ClaimKind.FACT, block="bullet", section=brief.heading("nearest"))


def unplaced_stage(brief: Brief) -> Iterator[DraftClaim]:
    """What belongs to the client's stage whatever it turns on."""
    if brief.stage_open:
        return
    moves = [move for move in brief.in_order(advised_moves(brief)) if brief.playbook.notes(move).headline]
    yield from (claim for move in moves if (claim := brief.do(move, section=brief.heading("stage"))))
    yield from not_yet(brief)


def unplaced_ask(brief: Brief) -> Iterator[DraftClaim]:
    """What would settle it."""
    yield from asking(brief, "unplaced.ask" if brief.neighbours else "unplaced.ask_alone")


SLOTS = {"unplaced_lead": unplaced_lead, "unplaced_near": unplaced_near, "unplaced_stage": unplaced_stage, "unplaced_ask": unplaced_ask}
