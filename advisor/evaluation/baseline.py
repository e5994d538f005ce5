"""What was blessed: the scores of each case as somebody accepted them, and whether a run is worse.

A baseline stands beside its suite as text, one case a line, so that a change of it can be read in a pull request. It is written only when
asked for. A run is held against it case by case and score by score: one that fell fails the gate, whatever the means say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from advisor import datafiles
from advisor.errors import DataError, InputError
from advisor.evaluation.results import Result, Run
from advisor.evaluation.scorers import GROUPS, INVARIANCE, UNSTEADY
from advisor.evaluation.suites import Suite
from advisor.evaluation.versions import digest
from advisor.settings import read_user_text

FOLDER = "baselines"
SUFFIX = ".baseline.json"
TOLERANCE = 1e-6
_KEYS = frozenset({"suite", "knowledge_version", "cases"})


class Change(NamedTuple):
    """A score of a case that is not what it was; None where there was or is none. `why` is the reason of the new one."""

    suite: str
    case: str
    scorer: str
    before: float | None
    after: float | None
    why: str = ""

    @property
    def worse(self) -> bool:
        """Whether the case got worse by it: a score that vanished counts, one that came counts when it is below 1."""
        before = 1.0 if self.before is None else self.before
        return self.after is None or self.after < before - TOLERANCE


class Verdict(NamedTuple):
    """What the gate says: what got worse, what got better, and what was blessed below 1 and still is."""

    worse: tuple[Change, ...]
    better: tuple[Change, ...]
    known: tuple[Change, ...]

    @property
    def passed(self) -> bool:
        return not self.worse


def path_of(suite: Suite) -> Path:
    """Where the baseline of a suite stands: in `baselines/` for those that ship, else beside the file."""
    if suite.path.parent == datafiles.root() / "evals":
        return suite.path.parent / FOLDER / f"{suite.name}.json"
    return suite.path.with_name(f"{suite.path.stem}{SUFFIX}")


def may_be_blessed(subject: str) -> None:
    """Raises InputError unless the subject is the advisor as it is, without a model."""
    if subject != "advisor":
        raise InputError(f"A run of the {subject} cannot be blessed.", hint="Leave --without and --model away.")


def bless(suite: Suite, run: Run) -> Path:
    """Accept the scores of a run; the file written. Raises InputError when it cannot be written, or the run is of an ablation or of some cases only."""
    may_be_blessed(run.subject)
    path, cases = path_of(suite), {result.case: _scores(result) for result in run.of(suite.name)}
    lines = [f"  {json.dumps(name)}: {json.dumps({'is': run.digests[f'{suite.name}/{name}'], **scores}, ensure_ascii=False)}" for name, scores in sorted(cases.items())]
    head = f'{{\n"suite": {json.dumps(suite.name)},\n"knowledge_version": {json.dumps(run.knowledge_version)},\n"cases": {{\n'
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + ",\n".join(lines) + "\n}\n}\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.", hint="Bless a copy of the suite in a folder of your own.") from None
    return path


class Blessed:
    """The baselines of suites, each with all of its cases, whichever of them are run. Raises InputError when one is missing, or is of other cases than the suite has now."""

    def __init__(self, suites: Sequence[Suite]) -> None:
        self._scores: dict[tuple[str, str], Mapping[str, Any]] = {}
        for suite in suites:
            blessed = _read(suite)
            _same_cases(suite, blessed)
            self._scores |= {(suite.name, case): scores for case, scores in blessed.items()}

    def of(self, result: Result) -> dict[str, float]:
        """The scores that were blessed of a case."""
        return {name: value for name, value in self._scores[result.suite, result.case].items() if name != "is"}

    def whole(self, run: Run) -> bool:
        """Whether a run has every case that was blessed."""
        return not run.stopped and all(f"{suite}/{case}" in run.digests for suite, case in self._scores)

    def fallen(self, result: Result) -> bool:
        """Whether a score of a case that has just run is lower; that of its group, which needs all of it, left aside."""
        return any(change.worse and change.scorer != INVARIANCE for change in differences(result, self.of(result)))


def gate(suites: Sequence[Suite], run: Run) -> Verdict:
    """A run held against the baselines of its suites. Raises InputError when one is missing or knows other cases."""
    return held(Blessed(suites), run)


def held(blessed: Blessed, run: Run) -> Verdict:
    """A run held against what was blessed. One that stopped at its first fallen case, or is of some cases only, says nothing of groups that did not run whole."""
    whole = blessed.whole(run)
    changes: list[Change] = []
    known: list[Change] = []
    for result in run.results:
        before = blessed.of(result)
        changes += [change for change in differences(result, before) if whole or change.scorer != INVARIANCE]
        known += [Change(result.suite, result.case, name, before.get(name), score.value, score.why) for name, score in result.short.items()]
    worse = tuple(change for change in changes if change.worse)
    fallen = {change[:3] for change in worse}
    return Verdict(worse, tuple(change for change in changes if not change.worse), tuple(change for change in known if change[:3] not in fallen))


def differences(result: Result, before: Mapping[str, float]) -> list[Change]:
    """The scores of a case that are not as before."""
    after = {name: score for name, score in result.scores.items() if GROUPS.get(name) != "measure"}
    changes = [Change(result.suite, result.case, name, before.get(name), score.value, score.why) for name, score in after.items()]
    gone = [Change(result.suite, result.case, name, value, None, "no longer scored") for name, value in before.items() if name not in after]
    return [change for change in (*changes, *gone) if not (change.after is not None and abs(change.after - (1.0 if change.before is None else change.before)) <= TOLERANCE)]


def compare(one: Run, other: Run) -> list[Change]:
    """What differs between two runs in the cases that both have, measures included. Raises InputError when they share none."""
    before = {(result.suite, result.case): result for result in one.results}
    shared = [result for result in other.results if (result.suite, result.case) in before]
    if not shared:
        raise InputError("The two runs share no case.", hint="Compare two runs of the same suite.")
    return [
        Change(result.suite, result.case, name, _value(old, name), _value(result, name), result.scores[name].why if name in result.scores else "")
        for result in shared
        for old in [before[result.suite, result.case]]
        for name in dict.fromkeys((*old.scores, *result.scores))
        if name not in UNSTEADY and _value(old, name) != _value(result, name)
    ]


def _value(result: Result, name: str) -> float | None:
    return result.scores[name].value if name in result.scores else None


def _scores(result: Result) -> dict[str, float]:
    """What is blessed of a case: its scores, measures left out."""
    return {name: score.value for name, score in sorted(result.scores.items()) if GROUPS.get(name) != "measure"}


def _read(suite: Suite) -> Mapping[str, Mapping[str, Any]]:
    path = path_of(suite)
    if not path.is_file():
        raise InputError(f"The suite {suite.name!r} has no baseline ({path}).", hint=f"Look at its scores, then accept them: {_accept(suite)}")
    try:
        table = json.loads(read_user_text(path))
    except ValueError as error:
        raise DataError(str(path), found=f"no JSON: {error}", allowed="what --bless writes") from None
    fits = isinstance(table, dict) and set(table) == _KEYS and isinstance(table["cases"], dict) and all(map(_is_line, table["cases"].values()))
    if not fits or table["suite"] != suite.name:
        raise DataError(str(path), found="something else than a baseline of this suite", allowed="what --bless writes")
    return dict(table["cases"])


def _is_line(scores: Any) -> bool:
    """Whether this is what is written of a case: its hash and its scores."""
    return isinstance(scores, dict) and isinstance(scores.get("is"), str) and all(name == "is" or type(score) in {int, float} for name, score in scores.items())


def _accept(suite: Suite) -> str:
    """The command that writes the baseline of a suite."""
    return f"advisor eval run {suite.name if path_of(suite).parent.name == FOLDER else suite.path} --bless"


def _same_cases(suite: Suite, blessed: Mapping[str, Mapping[str, Any]]) -> None:
    """Raises InputError unless the baseline is of the cases of the suite, as they are worded now."""
    ran = {case.name: digest(case) for case in suite.cases}
    told = (("new", ran.keys() - blessed.keys()), ("gone", blessed.keys() - ran.keys()), ("changed in what they ask or expect", {name for name in ran.keys() & blessed.keys() if blessed[name].get("is") != ran[name]}))
    parts = [f"{what}: {_some(names)}" for what, names in told if names]
    if parts:
        raise InputError(f"The baseline of {suite.name!r} is of other cases ({'; '.join(parts)}).", hint=f"Look at the scores, then accept them: {_accept(suite)}")


def _some(names: Iterable[str]) -> str:
    first = sorted(names)
    return ", ".join(first[:3]) + (f" and {len(first) - 3} more" if len(first) > 3 else "")
