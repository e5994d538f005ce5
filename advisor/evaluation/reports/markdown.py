"""Markdown, for a pull request."""

from __future__ import annotations

from advisor.evaluation import judge
from advisor.evaluation.baseline import Change
from advisor.evaluation.reports.told import Told, got_worse, number, reasons

MOST = 50


def report(told: Told) -> str:
    """The scores of each suite, what the gate says, and every case that falls short, worded so that nothing in it becomes markup."""
    run = told.run
    head = f"## Evaluation: {len(run.results) - len(run.failed)} of {len(run.results)} cases hold everything expected"
    lines = [head, "", f"Subject: {run.subject}. Knowledge {run.knowledge_version}, code {run.code_version}. {run.seconds:.0f} s, {run.cached} results reused.", ""]
    lines += _gate(told)
    lines += table(told)
    lines += [*_short(told), *_unstable(told), *_judged(told)]
    return "\n".join(lines).rstrip() + "\n"


def table(told: Told) -> list[str]:
    """One row for each suite and score."""
    rows = [f"| {m.suite} | {m.scorer} | {m.group} | {number(m.mean)} | {m.cases} | {m.short} | {_target(m.target, m.met)} |" for m in told.means]
    return ["| suite | score | group | mean | cases | short | target |", "|---|---|---|---|---|---|---|", *rows, ""]


def _target(target: float | None, met: bool) -> str:
    return "" if target is None else f"{target:g} {'met' if met else '**missed**'}"


def _gate(told: Told) -> list[str]:
    if told.verdict is None:
        return []
    if told.verdict.passed:
        return [f"**Gate passed**: nothing got worse; {len(told.verdict.better)} scores are better, {len(told.verdict.known)} fall short as blessed.", ""]
    return [f"**Gate failed**: {got_worse(told.verdict)}.", "", *map(changed, told.verdict.worse[:MOST]), ""]


def changed(change: Change) -> str:
    """A change as a list item."""
    why = f": {plain(change.why)}" if change.why else ""
    return f"- {change.suite} › {change.case} › {change.scorer}: {number(change.before)} → {number(change.after)}{why}"


def _short(told: Told) -> list[str]:
    failed = told.run.failed
    if not failed:
        return []
    items = [f"- {result.suite} › **{result.case}**: {plain(reasons(result))}  \n  `{told.again(result)}`" for result in failed[:MOST]]
    more = [f"- and {len(failed) - MOST} more"] if len(failed) > MOST else []
    return ["### Short", "", *items, *more, ""]


def _unstable(told: Told) -> list[str]:
    unstable = [result for result in told.run.results if result.unstable]
    return ["### Not the same each time", "", *(f"- {result.suite} › {result.case}: {', '.join(result.unstable)}" for result in unstable), ""] if unstable else []


def _judged(told: Told) -> list[str]:
    head, *faults = judge.told(told.run) or [""]
    return ["### Judge", "", plain(head), "", *(f"- {plain(fault)}" for fault in faults[:MOST]), ""] if head else []


def plain(text: str) -> str:
    """Words of an answer on one line, their signs as they are."""
    flat = " ".join(text.split())[:600]
    for sign in "\\`*<>[]|":
        flat = flat.replace(sign, f"\\{sign}")
    return flat
