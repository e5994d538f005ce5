"""What `advisor eval run` prints: a row for each suite, then each case that falls short with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.evaluation import judge
from advisor.evaluation.baseline import Change
from advisor.evaluation.reports.markdown import changed, plain
from advisor.evaluation.reports.told import Told, got_worse, number, reasons, way
from advisor.evaluation.results import Result, passes

GROUPS = ("decision", "grounding", "other")
MOST = 20


def report(told: Told, *, every: bool = False) -> str:
    """The table, the gate, and the cases that fall short: the first twenty, or every one."""
    if told.run.stopped:
        return "\n".join([*_gate(told), f"Run it again: `{told.again(told.stopped_at)} --show`"]) + "\n"
    lines = [*_suites(told), "", *_below(told), *_gate(told), *_short(told, every), *_unstable(told), *_judged(told)]
    return "\n".join(lines).rstrip() + "\n"


def answers(told: Told) -> str:
    """Each case with what it showed, and below it what was read, decided and cited, by the names that cases use."""
    return "".join(f"\n### {result.case}\n\n{_answer(result)}\n" for result in told.run.results)


def _answer(result: Result) -> str:
    shown = result.shown
    cited = ", ".join(f"{each['n']} {each['id']}" for each in shown.get("citations", ()))
    below = [*way(shown), *([f"cited: {cited}"] if cited else []), *([f"found: {', '.join(map(str, shown['found']))}"] if shown.get("found") else [])]
    return "\n\n".join(part for part in (shown.get("text", "").rstrip(), "\n".join(f"- {plain(line)}" for line in below)) if part)


def compared(changes: Sequence[Change], one: str, other: str) -> str:
    """What differs between two runs, worse first."""
    if not changes:
        return f"No score differs between {one} and {other}.\n"
    worse, better = [change for change in changes if change.worse], [change for change in changes if not change.worse]
    parts = [f"From {one} to {other}: {len(worse)} worse, {len(better)} better.", ""]
    for title, some in (("Worse", worse), ("Better", better)):
        parts += [f"**{title}**", "", *map(changed, some), ""] if some else []
    return "\n".join(parts).rstrip() + "\n"


def _suites(told: Told) -> list[str]:
    rows = []
    for suite in told.run.suites:
        results = told.run.of(suite)
        held = sum(not result.short for result in results)
        rows.append(f"| {suite} | {len(results)} | {held} | {' | '.join(_mean(results, told, group) for group in GROUPS)} | {sum(result.seconds for result in results):.1f} |")
    return ["| suite | cases | hold | decision | grounding | other | seconds |", "|---|---:|---:|---:|---:|---:|---:|", *rows]


def _mean(results: Sequence[Result], told: Told, group: str) -> str:
    """The lowest mean of the group's scores: a mean over them would hide one that fails."""
    found = [mean.mean for mean in told.means if mean.suite == results[0].suite and mean.group == group]
    return number(min(found)) if found else "–"


def _below(told: Told) -> list[str]:
    below = [mean for mean in told.means if not mean.met]
    rows = [f"- {mean.suite} › {mean.scorer}: {number(mean.mean)}, target {mean.target:g} ({mean.short} of {mean.cases} cases)" for mean in below]
    return ["**Below target**", "", *rows, ""] if rows else []


def _gate(told: Told) -> list[str]:
    if told.verdict is None:
        return []
    better = f"{len(told.verdict.better)} better; bless them to hold them. " if told.verdict.better else ""
    if told.verdict.passed:
        return [f"**Gate passed.** No score got worse. {better}{len(told.verdict.known)} fall short as blessed.", ""]
    stopped = f" Stopped there, after {len(told.run.results)} of {len(told.run.digests)} cases." if told.run.stopped else ""
    return [f"**Gate failed: {got_worse(told.verdict)}.** {better}".rstrip() + stopped, "", *map(changed, told.verdict.worse), ""]


def _short(told: Told, every: bool) -> list[str]:
    failed = told.run.failed
    if not failed:
        return ["Every case holds everything expected."]
    shown = failed if every else failed[:MOST]
    more = [f"- and {len(failed) - len(shown)} more: --all lists them, --report FILE.html shows their answers"] if len(failed) > len(shown) else []
    return ["**Short**", "", *(f"- {result.suite} › {result.case}: {plain(reasons(result))}" for result in shown), *more, "", f"Run one again: `{told.again(failed[0])} --show`", ""]


def _unstable(told: Told) -> list[str]:
    unstable = [result for result in told.run.results if result.unstable]
    if told.run.repeat > 1 and not unstable:
        return [*_often(told), f"All {told.run.repeat} repeats gave the same."]
    return [*_often(told), "**Not the same each time**", "", *(f"- {result.suite} › {result.case}: {', '.join(result.unstable)}" for result in unstable)] if unstable else []


def _judged(told: Told) -> list[str]:
    head, *faults = judge.told(told.run) or [""]
    return ["", "**Judge**", "", plain(head), "", *(f"- {plain(fault)}" for fault in faults)] if head else []


def _often(told: Told) -> list[str]:
    """pass^k, from one time to all of them."""
    times = told.run.repeat
    shown = [f"pass^{k} {number(passes(told.run.results, k))}" for k in dict.fromkeys((1, max(2, times // 2), times))]
    return [f"Holds each of k times: {', '.join(shown)}.", ""]
