"""A model that decides and writes by itself with our tools at hand, as an agent's model has them: what the tools are worth to it.

It is told what we tell every host, calls what it likes and as often as there is room, and nothing holds its last word against the rules. A model that
calls nothing, calls wrongly, or copies what came back has done so, and is read as it is.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from advisor.adapters.calling import written_call
from advisor.answering import prompts
from advisor.domain import Answer, StageId
from advisor.errors import ModelError
from advisor.evaluation.bare import ROOM, Alone, fits, read
from advisor.evaluation.calls import Purse
from advisor.evaluation.cases import Case
from advisor.evaluation.subjects import OFFLINE, Offered, Subject, Words
from advisor.ports import Step, Tokens
from advisor.testing import MemorySessions

TURNS, AT_ONCE = 6, 4  # turns of the model in a case, the last without calls; calls that one turn may make
_MARKS = 300  # tokens for what a chat's template puts around steps and tools
_KEPT = 300  # characters that reports keep of arguments and of what came back
_BAND = re.compile("|".join(re.escape(each.value) for each in StageId if each not in {StageId.NOT_APPLICABLE, StageId.UNKNOWN}))
_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")
_SPELT = str.maketrans({"–": "-", "€": None, "$": None})


class Tooled(Alone):
    """A model that is given tools and no documents."""

    def __init__(self, home: Path, words: Words, offered: Offered, *, fresh: bool = False, purse: Purse | None = None) -> None:
        super().__init__(home, "", words, fresh=fresh, purse=purse)
        self._offered, self._behind = offered, Subject(home, "", OFFLINE)

    def answer(self, case: Case) -> Answer:
        self._behind.on(case.inputs.today)
        self._behind.store = MemorySessions()
        return super().answer(case)

    def says(self, asked: str, language: str) -> tuple[Tokens, StageId, str]:
        """See there; no words and no stage where the model calls to the end."""
        model = self.chat_model
        assert model is not None  # noqa: S101  # the runner makes no such subject without a model
        steps = [Step(part.role, part.text) for part in prompts.load("tools").filled(instructions=self._offered.instructions, asked=asked, language=language)]
        fits(model, self._length(steps))
        total, called, open_ = Tokens(0, 0), list[dict[str, Any]](), True
        for turn in range(1, TURNS + 1):
            said, tokens = model.turn(steps, self._offered.functions, ROOM)
            total = Tokens(total.prompt + tokens.prompt, total.written + tokens.written)
            made = _made(said, self._tools, turn, steps)
            self.heard = {"turns": turn, "called": called, "answered": bool(made.text.strip()) and not made.calls}
            if not made.calls:
                stage, words = last_word(made.text, model.name)
                self.heard["copied"] = copied(words, [step.text for step in steps if step.role == "tool"])
                return total, stage, words
            if not open_:
                break
            made = made._replace(calls=made.calls[:AT_ONCE])
            steps.append(made)
            for call in made.calls:
                text, failed = self._offered.call(self._behind, call.tool, call.arguments)
                called.append({"tool": call.tool, "arguments": call.arguments[:_KEPT], "failed": failed, "gave": text[:_KEPT], "as_text": not said.calls})
                steps.append(Step("tool", text, answers=call.id))
            open_ = turn < TURNS - 1 and self._length(steps) + ROOM <= model.window
            if not open_:
                steps[-1] = self._closing(steps, model.window)
        return total, StageId.UNKNOWN, ""

    @property
    def _tools(self) -> frozenset[str]:
        return frozenset(each["function"]["name"] for each in self._offered.functions)

    def _length(self, steps: Sequence[Step]) -> int:
        model = self.chat_model
        assert model is not None  # noqa: S101
        return sum(model.count(step.text) + sum(model.count(call.arguments) for call in step.calls) for step in steps) + model.count(json.dumps(self._offered.functions)) + _MARKS

    def _closing(self, steps: Sequence[Step], window: int) -> Step:
        """The last result with the word that it was the last; without the result where there is no room for it."""
        (end,) = prompts.load("tools_end").filled()
        whole = steps[-1]._replace(text=f"{steps[-1].text}\n\n{end.text}".strip())
        fits_in = self._length([*steps[:-1], whole]) + ROOM <= window
        return whole if fits_in else whole._replace(text=end.text)


def version(offered: Offered) -> str:
    """What such a run depends on beside model and case: the prompts, the instructions and the tools as they are offered."""
    told = [prompts.load("tools"), prompts.load("tools_end")]
    words = json.dumps([[part.text for prompt in told for part in prompt.parts], offered.instructions, offered.functions])
    return f"{'.'.join(prompt.version for prompt in told)}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


def _made(said: Step, tools: frozenset[str], turn: int, steps: Sequence[Step]) -> Step:
    """What a model said; a call that it wrote out as text is one, as hosts of small models take it."""
    found = None if said.calls else written_call(said.text, tools, [step.text for step in steps if step.role != "assistant"])
    return said if found is None else Step("assistant", "", (found._replace(id=f"written-{turn}"),))


def last_word(text: str, name: str) -> tuple[StageId, str]:
    """Stage and answer of the last word; of one that is no JSON, the only band that it names, and all of it."""
    try:
        return read(text, name)
    except ModelError:
        bands = {*_BAND.findall(text.translate(_SPELT))}
        return StageId(bands.pop()) if len(bands) == 1 else StageId.UNKNOWN, text.strip()


def copied(text: str, gave: Sequence[str]) -> tuple[int, int]:
    """How many of the sentences of a text stand word by word in what tools gave, and how many there are."""
    sentences = [each.strip("-*• ") for each in _ENDS.split(text) if each.strip("-*• ")]
    return sum(any(each in one for one in gave) for each in sentences), len(sentences)
