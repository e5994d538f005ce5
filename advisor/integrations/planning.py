"""Runs `plan`: a client's plan, as lines that fit a host's context, or whole."""

from __future__ import annotations

from advisor.domain.plan import Plan, PlanRequest, Priority
from advisor.integrations import results
from advisor.integrations.desk import Desk, Outcome
from advisor.integrations.inputs import Detail, Facts, PlanInput
from advisor.integrations.running import client_of, rates, whole
from advisor.rendering.formats import render
from advisor.rendering.words import page


_ASKED = 2


def plan(desk: Desk, given: PlanInput) -> Outcome:
    """Phases, tasks and gates. Raises RefusedError, with the kind that fits, when the rules forbid this one for the client."""
    advisor, facts = desk.advisor, given.facts or Facts()
    reading = advisor.read(given.text or "", desk.base, options=client_of(facts), fx=rates(facts))
    language = advisor.language_of(reading)
    request = PlanRequest(kind=given.kind, start=given.start, hours_per_week=given.hours_per_week, language="de" if language == "de" else "en")
    made = advisor.plan(request, reading)
    value = _short(made, given.detail)
    return Outcome(value, str(render(made, "md", advisor.documents)).strip() if given.detail == "full" else _text(value, request.language))


def _short(made: Plan, detail: Detail) -> results.PlanResult:
    brief = detail == "brief"
    told = [task for task in made.tasks if detail == "full" or task.priority is Priority.MUST]
    return results.PlanResult(
        title=made.title,
        start=made.start,
        end=made.end,
        summary="" if brief else " ".join(line.text for line in made.summary[: None if made.sections else 1]),
        sections={} if brief else {part.title: " ".join(line.text for line in part.lines) for part in made.sections},
        phases=tuple(f"{phase.title}, {phase.weeks}{f': {phase.result.text}' if brief else ''}" for phase in made.phases),
        tasks=() if brief else tuple(f"{task.start:%m-%d} {task.owner}: {task.title.text}" for task in told),
        more_tasks=0 if brief else len(made.tasks) - len(told),
        gates=tuple(f"{gate.on:%m-%d} {gate.title.text}" for gate in made.gates),
        left_out=tuple(line.text for line in made.capacity.dropped),
        questions=() if brief else tuple(line.text for line in made.questions[:_ASKED]),
        document=whole(made, detail),
    )


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
