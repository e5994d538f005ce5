"""Facts stated so long ago that somebody should ask whether they still hold."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date

from advisor.domain import Assessment, Client, OpenQuestion
from advisor.domain.changes import facts_of
from advisor.ports import Wording
from advisor.rules.book import RuleBook
from advisor.rules.told import listed, told

_STANDING = frozenset({"in_place", "decided", "fx", "business"})  # what happened stays so; a rate is stated for one question


def aged(client: Client, today: date, days: int) -> dict[date, tuple[str, ...]]:
    """The paths of facts stated more than `days` days before, by the day they were stated on, oldest day first."""
    found: dict[date, list[str]] = {}
    for path, known in facts_of(client).items():
        day = known.fact.stated_on if known.fact else None
        if day is not None and (today - day).days > days and path.partition(".")[0] not in _STANDING:
            found.setdefault(day, []).append(path)
    return {day: tuple(found[day]) for day in sorted(found)}


def asking_again(
    assessment: Assessment, today: date, book: RuleBook, wording: Wording, *, besides: AbstractSet[str] = frozenset()
) -> Assessment:
    """The assessment with a question in front for each day on which facts were stated too long ago; `besides` were asked before."""
    old = aged(assessment.client, today, book.questions.again_after_days)
    asked = [_question(assessment.client, day, paths, wording) for day, paths in old.items()]
    first = tuple(question for question in asked if question.fact not in besides)
    return assessment.model_copy(update={"questions": (*first, *assessment.questions)}) if first else assessment


def asks_again(question: OpenQuestion, client: Client) -> bool:
    """Whether a question is about facts that are known, and only old."""
    return {*paths_of(question)} <= facts_of(client).keys()


def paths_of(question: OpenQuestion) -> tuple[str, ...]:
    """The facts that a question asks about."""
    return (question.fact, *question.also)


def _question(client: Client, day: date, paths: Iterable[str], wording: Wording) -> OpenQuestion:
    named = told(client, wording, paths)
    first, *others = named
    return OpenQuestion(
        fact=first,
        also=tuple(others),
        ask=wording.say("conversation.again.ask", day=day.isoformat(), facts=listed(named.values(), wording)),
        why=wording.say("conversation.again.why"),
    )
