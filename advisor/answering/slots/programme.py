"""The outline of a plan, and where a programme stands in maturity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from advisor.answering.brief import Brief
from advisor.answering.select import doable, steps_of
from advisor.answering.slots.start import advised_moves
from advisor.domain import ADVISED, Applies, ClaimKind, DraftClaim, Move, Passage, Verdict

_WEEK = re.compile(r"weeks?\s(\d{1,2})")
_NUMBER = re.compile(r"\d+")
_PHASES = ("phase-1", "phase-2", "phase-3")


def plan_lead(brief: Brief) -> Iterator[DraftClaim]:
    """Which plan fits: the 90-day programme, or the informal one."""
    finding = brief.deciding(Move.NINETY_DAY_PROGRAMME)
    if finding is None:
        yield brief.claim("plan.open", kind=ClaimKind.QUESTION, block="lead")
        return
    yield brief.lead(finding)
    yield brief.finding_claim(finding, "because")


def _phase_passages(brief: Brief) -> list[tuple[str, Passage]]:
    return [(phase, passage) for phase in _PHASES for passage in brief.passages(phase)]


def _instead(brief: Brief) -> Iterator[DraftClaim]:
    """What fills the same weeks when the programme does not fit yet."""
    direct = brief.deciding(Move.FIX_DIRECT_FIRST)
    name = "repair" if direct is not None and direct.verdict is Verdict.REQUIRE and not direct.provisional else "informal"
    for move in advised_moves(brief)[:2]:
        claim = brief.do(move, section=brief.heading("do"))
        if claim is not None:
            yield claim
    for passage in brief.passages(name):
        for point in doable(passage):
            yield brief.point(passage, point, block="bullet", section=brief.heading(f"phase.{name}"))


def _asked_weeks(brief: Brief, passages: Sequence[Passage]) -> list[Passage]:
    """The passages of the weeks that the question names; none when it asks for the whole plan."""
    weeks = {int(number) for number in _WEEK.findall(brief.ask.text.lower())}
    spans = {passage.id: [int(number) for number in _NUMBER.findall(passage.id.partition("#")[2])] for passage in passages}
    return [passage for passage in passages if any(spans[passage.id][0] <= week <= spans[passage.id][-1] for week in weeks)]


def plan_phases(brief: Brief) -> Iterator[DraftClaim]:
    """The phases with their steps, or the informal steps when the programme does not fit yet."""
    finding = brief.deciding(Move.NINETY_DAY_PROGRAMME)
    if finding is None or finding.verdict not in ADVISED:
        yield from _instead(brief)
        return
    passages = _phase_passages(brief)
    asked = _asked_weeks(brief, [passage for _, passage in passages])
    for phase, passage in passages:
        if asked and passage not in asked:
            continue
        listed = doable(passage) if asked else steps_of(passage)
        for point in listed[: 8 if asked else 3]:
            yield brief.point(passage, point, kind=ClaimKind.ADVICE, block="bullet",
                section=brief.heading(f"phase.{phase}"))


def plan_targets(brief: Brief) -> Iterator[DraftClaim]:
    """What the programme should have reached by when."""
    finding = brief.deciding(Move.NINETY_DAY_PROGRAMME)
    if finding is None or finding.verdict not in ADVISED:
        return
    for id_ in brief.playbook.topics["plan_targets"].records[:2]:
        if brief.shelf.library.applies(id_, brief.shelf.facts).applies is not Applies.NO:
            yield brief.record_claim(brief.shelf.library.benchmarks[id_], section=brief.heading("targets"))


def maturity_lead(brief: Brief) -> Iterator[DraftClaim]:
    """The level, or that it cannot be told yet."""
    maturity = brief.assessment.maturity
    if maturity is None or maturity.level is None:
        yield brief.claim("maturity.open", kind=ClaimKind.QUESTION, block="lead")
        return
    evidence = [passage.id for passage in brief.passages(f"level-{maturity.level}")]
    yield brief.claim("maturity.level", kind=ClaimKind.FACT, evidence=evidence, block="lead", level=str(maturity.level), label=maturity.label)
    if maturity.because:
        yield DraftClaim(text=maturity.because, evidence=tuple(evidence), kind=ClaimKind.FACT)


def maturity_signs(brief: Brief) -> Iterator[DraftClaim]:
    """What each level looks like: all of them while the level is open, else the one reached."""
    level = brief.assessment.maturity.level if brief.assessment.maturity else None
    for each in (level,) if level else (1, 2, 3, 4):
        for passage in brief.passages(f"level-{each}"):
            for point in brief.selection.relevant(passage, 4 if level else 1):
                yield brief.point(passage, point, block="bullet", section=brief.heading("signs"))


def maturity_next(brief: Brief) -> Iterator[DraftClaim]:
    """What the next level asks for."""
    level = brief.assessment.maturity.level if brief.assessment.maturity else None
    if level is None or f"level-{level + 1}" not in brief.playbook.passages:
        return
    for passage in brief.passages(f"level-{level + 1}"):
        for point in brief.selection.relevant(passage, 4):
            yield brief.point(passage, point, kind=ClaimKind.ADVICE, block="bullet", section=brief.heading("next_level"))


def maturity_ask(brief: Brief) -> Iterator[DraftClaim]:
    """The signs that would settle or raise the level."""
    level = brief.assessment.maturity.level if brief.assessment.maturity else None
    key = "maturity.ask_open" if level is None else "maturity.ask_next"
    yield brief.claim(key, kind=ClaimKind.QUESTION, block="question", section=brief.heading("open"))


SLOTS = {
    "plan_lead": plan_lead,
    "plan_phases": plan_phases,
    "plan_targets": plan_targets,
    "maturity_lead": maturity_lead,
    "maturity_signs": maturity_signs,
    "maturity_next": maturity_next,
    "maturity_ask": maturity_ask,
}
