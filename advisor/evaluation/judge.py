"""A language model that reads answers as a person would: advice to whoever reads a report, never a part of the gate.

A verdict of one asking is a draw. One that finds fault is asked twice more, and a fault stands only where most of the askings name it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, NamedTuple, cast

from advisor.answering import prompts
from advisor.errors import ModelError
from advisor.evaluation.calls import Calls, LimitReached
from advisor.evaluation.results import Result, Run, Scored
from advisor.evaluation.scorers import JUDGED
from advisor.ports import Progress, Tokens

SCORES = {name.removeprefix("judge_"): name for name in JUDGED}
CRITERIA = tuple(SCORES)
ASKINGS = 3
ROOM = 200  # tokens of a verdict
_LONGEST = 300
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"why": {"type": "string", "maxLength": _LONGEST}, **{criterion: {"type": "boolean"} for criterion in CRITERIA}},
    "required": ["why", *CRITERIA],
    "additionalProperties": False,
}


class Opinion(NamedTuple):
    """What one asking gave: whether each criterion holds, and why not."""

    holds: Mapping[str, bool]
    why: str


def judged(run: Run, model: Calls, progress: Progress | None = None) -> Run:
    """The run with scores of the judge beside those of its answers. What could not be judged has none; `unjudged` says how many and why."""
    able = [result for result in run.results if result.shown.get("text") and "citations" in result.shown]
    found: dict[tuple[str, str], dict[str, Scored]] = {}
    why = ""
    for result in cast("Iterable[Result]", progress.track(able, "Judging", len(able))) if progress and able else able:
        try:
            found[result.suite, result.case] = dict(_scores(result, model))
        except LimitReached as reached:
            why = f"the limit of {reached.limit}"
            break
        except ModelError as error:
            why = str(error)
    results = tuple(result.model_copy(update={"scores": {**result.scores, **found.get((result.suite, result.case), {})}}) for result in run.results)
    return run.model_copy(update={"results": results, "judge": model.name, "judged": len(found), "unjudged": f"{len(able) - len(found)} not judged: {why}" if why else ""})


def _scores(result: Result, model: Calls) -> Iterator[tuple[str, Scored]]:
    """A score for each criterion. Raises ModelError where no asking gave anything that can be read, LimitReached."""
    opinions = list(_opinions(result, model))
    for criterion in CRITERIA:
        against = [opinion.why for opinion in opinions if not opinion.holds[criterion]]
        stands = 2 * len(against) > len(opinions)
        yield SCORES[criterion], Scored(value=0.0, why=f"{against[0]} ({len(against)} of {len(opinions)} askings)") if stands else Scored(value=1.0)


def _opinions(result: Result, model: Calls) -> Iterator[Opinion]:
    """One opinion where it finds no fault, else all that the askings gave."""
    unread: ModelError | None = None
    read = 0
    for asking in range(ASKINGS):
        try:
            opinion = _asked(result, model, asking)
        except ModelError as error:
            if error.reason not in {"malformed", "empty", "cut"}:
                raise
            unread = error
            continue
        read += 1
        yield opinion
        if read == 1 and all(opinion.holds.values()):
            return
    if not read and unread is not None:
        raise unread


def _asked(result: Result, model: Calls, asking: int) -> Opinion:
    cited = "\n".join(f"[{each['n']}] {each['title']}: {each['says']}" for each in result.shown["citations"])
    messages = prompts.load("judge").filled(asked=str(result.shown["question"]), answer=str(result.shown["text"]), evidence=cited or "none")
    if sum(model.count(message.text) for message in messages) + ROOM > model.window:
        raise ModelError("too_long", model.name)
    model.repeat = asking
    with closing(model.write(messages, SCHEMA, ROOM)) as pieces:
        text = "".join(piece for piece in pieces if not isinstance(piece, Tokens))
    return _read(text, model.name)


def _read(text: str, name: str) -> Opinion:
    try:
        table = json.loads(text[text.index("{") : text.rindex("}") + 1])
    except ValueError:
        raise ModelError("malformed", name) from None
    if not isinstance(table, dict) or any(not isinstance(table.get(criterion), bool) for criterion in CRITERIA):
        raise ModelError("malformed", name)
    return Opinion({criterion: table[criterion] for criterion in CRITERIA}, " ".join(str(table.get("why") or "no reason given").split())[:_LONGEST])


def told(run: Run) -> list[str]:
    """What the judge found, as lines for reports; none where nobody judged."""
    if not run.judge:
        return []
    faults = [(result, name, score) for result in run.results for name in SCORES.values() if (score := result.scores.get(name)) and score.value < 1]
    counted = Counter(name for _, name, _ in faults)
    found = ", ".join(f"{count} {name.removeprefix('judge_')}" for name, count in counted.items()) or "nothing"
    heading = f"{run.judge} read {run.judged} answers and finds fault with: {found}. It advises; the gate does not ask it."
    return [" ".join(filter(None, (heading, run.unjudged and f"{run.unjudged}."))), *_listed(faults)]


def _listed(faults: Sequence[tuple[Result, str, Scored]]) -> list[str]:
    return [f"{result.suite} › {result.case}: {name}: {score.why}" for result, name, score in faults]
