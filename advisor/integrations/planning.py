"""Runs `plan`: a client's plan, as lines that fit a host's context, or whole."""

from __future__ import annotations

from advisor.domain.plan import PartnerList, Plan, PlanKind, PlanRequest, Priority, Standing
from advisor.errors import InputError
from advisor.integrations import results
from advisor.integrations.desk import Desk, Outcome
from advisor.integrations.inputs import Detail, Facts, PlanInput
from advisor.integrations.running import client_of, rates, whole
from advisor.planning.review import partner_list
from advisor.rendering.formats import render
from advisor.rendering.tables import harmless
from advisor.rendering.words import Page, page


_ASKED, _NAMED = 2, 12  # questions; partners of a standing by name


def plan(desk: Desk, given: PlanInput) -> Outcome:
    """Phases, tasks and gates. Raises RefusedError, with the kind that fits, when the rules forbid this one for the client."""
    advisor, facts = desk.advisor, given.facts or Facts()
    reading = advisor.read(given.text or "", desk.base, options=client_of(facts), fx=rates(facts))
    language = advisor.language_of(reading)
    request = PlanRequest(kind=given.kind, start=given.start, hours_per_week=given.hours_per_week, language="de" if language == "de" else "en", partners=_partners(given))
    made = advisor.plan(request, reading)
    value = _short(made, given.detail, page(language))
    return Outcome(value, str(render(made, "md", advisor.documents)).strip() if given.detail == "full" else _text(value, request.language))


def _partners(given: PlanInput) -> PartnerList | None:
    """The partners to review. Raises InputError for a table that cannot be read, and with a kind of plan that reviews none."""
    if given.partner_list is None:
        return None
    if given.kind is not PlanKind.QBR:
        raise InputError(f"partner_list is read with kind {PlanKind.QBR} alone.", hint=f"Leave it out, or give kind {PlanKind.QBR}.")
    return partner_list(given.partner_list, "partner_list")


def _short(made: Plan, detail: Detail, labels: Page) -> results.PlanResult:
    brief = detail == "brief"
    reviewed = _reviewed(made, labels, reasons=not brief)
    told = [task for task in made.tasks if detail == "full" or task.priority is Priority.MUST]
    return results.PlanResult(
        title=made.title,
        start=made.start,
        end=made.end,
        summary="" if brief else " ".join(line.text for line in made.summary[: None if made.sections else 1]),
        sections=reviewed if brief else {**reviewed, **{part.title: " ".join(line.text for line in part.lines) for part in made.sections}},
        phases=tuple(f"{phase.title}, {phase.weeks}{f': {phase.result.text}' if brief else ''}" for phase in made.phases),
        tasks=() if brief else tuple(f"{task.start:%m-%d} {task.owner}: {task.title.text}" for task in told),
        more_tasks=0 if brief else len(made.tasks) - len(told),
        gates=tuple(f"{gate.on:%m-%d} {gate.title.text}" for gate in made.gates),
        left_out=tuple(line.text for line in made.capacity.dropped),
        questions=() if brief else tuple(line.text for line in made.questions[:_ASKED]),
        document=whole(made, detail),
    )


def _reviewed(made: Plan, labels: Page, *, reasons: bool) -> dict[str, str]:
    """The partners of a list under what is proposed for them, those with one reason together; names are the client's words."""
    found: dict[str, str] = {}
    for standing in Standing:
        own = [each for each in made.review.partners if each.standing is standing] if made.review else []
        shown = own[:_NAMED]
        why = list(dict.fromkeys(each.because.text if reasons else "" for each in shown))
        named = {reason: "; ".join(harmless(each.partner.name) for each in shown if reason in ("", each.because.text)) for reason in why}
        told = [f"{names}: {reason}" if reason else names for reason, names in named.items()]
        if own:
            found[labels.say(f"plan.review.standing.{standing}", count=len(own))] = " ".join([*told, *([f"+{len(own) - _NAMED}"] if len(own) > _NAMED else [])])
    return found


def _text(value: results.PlanResult, language: str) -> str:
    labels = page(language)
    more = [labels.say("host.more_tasks", number=value.more_tasks)] if value.more_tasks else []
    head = f"**{value.title}**, {value.start.isoformat()} – {value.end.isoformat()}"
    blocks = (
        *((f"**{title}**", (text,)) for title, text in value.sections.items()),
        (f"**{labels.say('host.tasks')}**", (*value.phases, *value.tasks, *more)),
        (f"**{labels.say('host.gates')}**", value.gates),
        (f"**{labels.say('host.no_hours')}**", value.left_out),
        (f"**{labels.say('assessment.questions')}**", value.questions),
    )
    parts = ("\n".join([title, *(f"- {line}" for line in lines)]) for title, lines in blocks if lines)
    return "\n\n".join([" ".join(part for part in (head, value.summary) if part), *parts])
