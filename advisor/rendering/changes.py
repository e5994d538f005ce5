"""What differs between two assessments, as values and as Markdown: the answer to a what-if."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from advisor.domain import Applies, Assessment, BenchmarkKind, Finding, Verdict
from advisor.library import Library
from advisor.rendering.assessment import stage_words
from advisor.rendering.documents import Change, WhatIf
from advisor.rendering.words import SECTIONS, Page, capital, page, sentence, title_of

_COMPARED = frozenset({BenchmarkKind.BENCHMARK, BenchmarkKind.TARGET, BenchmarkKind.THRESHOLD})


def changes(before: Assessment, after: Assessment, *, language: str = "en") -> tuple[Change, ...]:
    """Every stage, motion, phase, maturity, move, tool and question that is not the same in both."""
    return (*_states(before, after, page(language)), *_move_changes(before, after), *_tool_changes(before, after), *_question_changes(before, after))


def figure_changes(library: Library, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """The figures that hold for the client only before, or only then; `before` and `after` are facts as conditions name them."""
    for id_, record in library.benchmarks.items():
        was, now = (library.applies(id_, facts).applies for facts in (before, after))
        if record.kind in _COMPARED and (was is Applies.YES) != (now is Applies.YES):
            yield Change(what="figure", id=id_, before=was, after=now, because=library.say_record(id_))


def what_if_markdown(what_if: WhatIf, titles: Mapping[str, str], *, why: bool = False, language: str = "en") -> str:
    """The supposed facts, and what they change."""
    labels = page(language)
    supposed = ", ".join(f"{name} = {value}" for name, value in what_if.supposed.items())
    lines = [_line(change, titles, labels, why) for change in what_if.changes] or [f"- {labels.say('change.nothing')}"]
    return "\n".join([f"## {labels.say('change.heading', supposed=supposed)}", "", *lines]) + "\n"


def _states(before: Assessment, after: Assessment, labels: Page) -> Iterator[Change]:
    pairs: tuple[tuple[Literal["stage", "motion", "phase", "maturity"], str | None, str | None, str], ...] = (
        ("stage", stage_words(before.stage, labels), stage_words(after.stage, labels), after.stage.because),
        ("motion", _label(before.motion), _label(after.motion), ""),
        ("phase", _label(before.phase), _label(after.phase), ""),
        ("maturity", _label(before.maturity), _label(after.maturity), ""),
    )
    for what, old, new, because in pairs:
        if old != new:
            yield Change(what=what, id=what, before=old, after=new, because=because)


def _label(value: Any) -> str | None:
    return (value.label or None) if value is not None else None


def _move_changes(before: Assessment, after: Assessment) -> Iterator[Change]:
    old, new = _verdicts(before), _verdicts(after)
    for move in dict.fromkeys((*new, *old)):
        was, now = old.get(move), new.get(move)
        if (was and was.verdict) != (now and now.verdict):
            decider = now or was
            yield Change(
                what="move",
                id=move,
                before=was.verdict if was else None,
                after=now.verdict if now else None,
                because=now.because if now else "",
                rule=decider.rule if decider else None,
            )


def _verdicts(assessment: Assessment) -> dict[str, Finding]:
    """The finding that decides about each move: what is forbidden stays so whatever else is said of it."""
    decided: dict[str, Finding] = {}
    for finding in assessment.findings:
        if finding.move and (finding.move not in decided or finding.verdict is Verdict.FORBID):
            decided[finding.move] = finding
    return decided


def _tool_changes(before: Assessment, after: Assessment) -> Iterator[Change]:
    old = {tool.name: tool for tool in before.tools}
    new = {tool.name: tool for tool in after.tools}
    for name in dict.fromkeys((*new, *old)):
        was, now = old.get(name), new.get(name)
        if (was and was.verdict) != (now and now.verdict):
            yield Change(
                what="tool", id=name, before=was.verdict if was else None, after=now.verdict if now else None, because=now.why if now else ""
            )


def _question_changes(before: Assessment, after: Assessment) -> Iterator[Change]:
    old = {question.fact: question.ask for question in before.questions}
    new = {question.fact: question.ask for question in after.questions}
    for fact in dict.fromkeys((*new, *old)):
        if (fact in old) != (fact in new):
            yield Change(what="question", id=fact, before=old.get(fact), after=new.get(fact))


def _line(change: Change, titles: Mapping[str, str], labels: Page, why: bool) -> str:
    if change.what == "question":
        return f"- {labels.say('change.answered')}: {change.before}" if change.after is None else f"- {labels.say('change.question')}: {change.after}"
    if change.what == "figure":
        return f"- {labels.say('change.holds' if change.after == Applies.YES else 'change.no_longer')}: {sentence(change.because)}"
    name = title_of(change.id, titles) if change.what == "move" else change.id if change.what == "tool" else labels.say(f"change.{change.what}")
    rule = f" ({labels.say('change.rule')} `{change.rule}`)" if why and change.rule else ""
    because = f" {sentence(change.because)}" if change.because else ""
    return f"- {capital(name)}: {_state(change.before, labels)} → **{_state(change.after, labels)}**.{because}{rule}"


def _state(state: str | None, labels: Page) -> str:
    if state is None:
        return labels.say("change.absent")
    verdicts = {str(verdict): _small(labels.verdict(verdict)) for verdict in SECTIONS}
    tools = {name: labels.say(f"tool.{name}") for name in ("fits", "later", "not_for_you", "to_check")}
    return (verdicts | tools | {str(Verdict.ASK): labels.say("change.open")}).get(state, state.replace("_", " "))


def _small(verdict: str) -> str:
    """A verdict inside a sentence: its first letter small, and every noun as its language writes it."""
    return f"{verdict[:1].lower()}{verdict[1:]}"
