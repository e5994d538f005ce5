"""Which template fits a client, or why none does and which kind fits instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.domain import Applies, Assessment, Finding, Verdict
from advisor.domain.conditions import evaluate
from advisor.domain.plan import PlanKind
from advisor.errors import InputError
from advisor.planning.templates import Book, Chosen, Template
from advisor.ports import Wording

NO_PARTNERS = "few_partners.nobody"


class RefusedError(InputError):
    """The rules forbid this kind of plan for the client: `rule` says why, `instead` is the kind that fits."""

    def __init__(self, message: str, *, kind: PlanKind, rule: str, instead: PlanKind, hint: str) -> None:
        super().__init__(message, hint=hint)
        self.kind, self.rule, self.instead = kind, rule, instead


def holds(part: Chosen, facts: Mapping[str, Any]) -> bool:
    """Whether a part of a plan is meant for these facts."""
    if evaluate(part.when, facts).applies is not Applies.YES:
        return False
    return not part.unless or evaluate(part.unless, facts).applies is not Applies.YES


def chosen(kind: PlanKind, book: Book, assessment: Assessment, facts: Mapping[str, Any], wording: Wording) -> Template:
    """The first template of the kind that holds. Raises RefusedError when the rules forbid what it carries out."""
    template = next(each for each in book.of(kind) if holds(each, facts))
    finding = _forbidding(template, assessment)
    instead = template.instead or PlanKind.NINETY_DAY
    hint = wording.say("plans.refused.instead", kind=str(instead), title=wording.say(f"plans.kind.{instead}"))
    title = wording.say(f"plans.kind.{kind}")
    if finding is not None:
        text = wording.say("plans.refused.rule", kind=title, text=finding.text, because=finding.because)
        raise RefusedError(text, kind=kind, rule=finding.rule, instead=instead, hint=hint)
    if template.needs_partners and facts.get("partner_count") == 0:
        text = wording.say("plans.refused.no_partners", kind=title)
        raise RefusedError(text, kind=kind, rule=NO_PARTNERS, instead=instead, hint=hint)
    return template


def _forbidding(template: Template, assessment: Assessment) -> Finding | None:
    found = (assessment.finding_on(move) for move in template.moves)
    return next((finding for finding in found if finding is not None and finding.verdict is Verdict.FORBID), None)
