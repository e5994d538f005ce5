"""What reports tell, and how they name what they tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from advisor.evaluation.baseline import Verdict
from advisor.evaluation.results import Mean, Result, Run, means

WAY = ("stage", "stage_because", "motion", "asks", "advised", "advised_against", "open_facts", "abstained_on", "also", "phase", "gives", "verdicts", "tools", "start_with", "add_later", "results")


class Told(NamedTuple):
    """A run with the verdict of the gate, and where each suite's file is. `verdict` is None where nothing was gated."""

    run: Run
    files: Mapping[str, str] = {}
    verdict: Verdict | None = None

    @property
    def means(self) -> list[Mean]:
        return means(self.run.results)

    @property
    def stopped_at(self) -> Result:
        """The first case that got worse."""
        worse = {change[:2] for change in self.verdict.worse} if self.verdict else set()
        return next(result for result in self.run.results if (result.suite, result.case) in worse)

    def again(self, result: Result) -> str:
        """The command that runs a case again."""
        how, _, name = self.run.subject.removeprefix("advisor ").partition(" ")
        option = {"without": f" --without {name}", "with": f" --model {name.partition(' ')[0]}"}.get(how, "")
        return f"advisor eval run {self.files.get(result.suite, result.suite)} --case {result.case}{option}"


def number(value: float | None) -> str:
    """A score as readers see it: three places, never rounded up to 1."""
    if value is None:
        return "–"
    return "1.0" if value >= 1 else f"{min(value, 0.999):.3f}"


def got_worse(verdict: Verdict) -> str:
    count = len(verdict.worse)
    return f"{count} score{'s' if count != 1 else ''} got worse"


def reasons(result: Result) -> str:
    """Why a case fails, in one line."""
    return "; ".join(f"{name} {number(score.value)}: {score.why}" for name, score in result.short.items())


def way(shown: Mapping[str, Any]) -> list[str]:
    """What was read and decided in a case, by the names that cases use, and what was withheld."""
    decided = [f"{name.replace('_', ' ')}: {_plain(shown[name])}" for name in WAY if shown.get(name)]
    return [*decided, *(f"withheld: {text}" for text in shown.get("removed", ()))]


def _plain(value: Any) -> str:
    """A value as readers write it: lists and tables without brackets and quotes."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_plain(each)}" for name, each in value.items())
    return ", ".join(map(_plain, value)) if isinstance(value, (list, tuple)) else str(value)
