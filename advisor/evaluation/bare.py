"""A model by itself, with documents in its prompt and neither rules nor gates: what the advisor is compared with.

Its text is read as the claims of the advisor's own answers are read, so that both are held to the same expectations. What needs citations by
number is not scored: it has none.
"""

from __future__ import annotations

import hashlib
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from advisor.answering import prompts
from advisor.domain import Answer, Claim, ClaimKind, Move, Reply, Run, Stage, Stance, StageId
from advisor.errors import InputError, ModelError
from advisor.evaluation.calls import Purse
from advisor.evaluation.cases import Case
from advisor.evaluation.clients import client_given
from advisor.evaluation.subjects import Subject, Words
from advisor.intake import language_of
from advisor.intake.moves import mentions
from advisor.ports import ChatModel, Tokens
from advisor.settings import read_user_text

SCORED = frozenset({"stage", "moves", "polarity", "mentions", "language", "nothing_injected", "readability", "latency", "cost"})
LONGEST, ROOM = 1_200, 500  # characters of an answer, and tokens
_LANGUAGES = {"en": "English", "de": "German"}
_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "stage": {"type": "string", "enum": [each.value for each in StageId if each is not StageId.NOT_APPLICABLE]},
        "answer": {"type": "string", "maxLength": LONGEST},
    },
    "required": ["stage", "answer"],
    "additionalProperties": False,
}


def documents(paths: Sequence[Path]) -> str:
    """The texts that go into the prompt, each under its name. Raises InputError for one that cannot be read, and where there is none."""
    if not paths:
        raise InputError("The subject prompt-only has no documents.", hint="Name what goes into its prompt: --document FILE, as often as you like.")
    return "\n\n".join(f"# {path.stem}\n\n{read_user_text(path).strip()}" for path in paths)


class Alone(Subject, ABC):
    """A model that decides and writes by itself; what it is given besides the question is a matter of each kind."""

    scored = SCORED

    def answer(self, case: Case) -> Answer:
        """What the model answers to all that was said in a case, read as claims. Raises ModelError where nothing can be read."""
        self.on(case.inputs.today)
        self.heard = {}
        if self.chat_model is not None:
            self.chat_model.seconds = 0.0
        asked = "\n\n".join(part for part in (case.inputs.question, *(case.inputs.turns or ()), case.inputs.notes) if part)
        client, fx = client_given(case.inputs.client)
        reading = self.read(asked, options=client, fx=fx)
        facts = "\n".join(f"{name}: {value}" for name, value in self.told(client).items())
        language = self.language_of(reading)
        tokens, stage, said = self.says("\n\n".join(filter(None, (asked, facts))), _LANGUAGES.get(language, language))
        assessment = self.judge(reading)
        placed = assessment.model_copy(update={"stage": Stage(id=stage, label=stage.value, because="the model says so")})
        claims = tuple(_claims(said))
        reply = Reply(text=said, claims=claims, recommended_moves=_of(claims, Stance.ADVISE), advised_against=_of(claims, Stance.ADVISE_AGAINST))
        price = self.chat_model.cost(tokens) if self.chat_model is not None else None
        run = Run(composer="model", model=self.settings.model, tokens=tokens.prompt + tokens.written, cost=price)
        return Answer(question=asked, language=language_of(said), asks=reading.asks, assessment=placed, answer=reply, run=run)

    @abstractmethod
    def says(self, asked: str, language: str) -> tuple[Tokens, StageId, str]:
        """What it took, the stage that the model names, and its answer."""


class Bare(Alone):
    """A model that answers from documents alone."""

    def __init__(self, home: Path, words: Words, texts: str, *, fresh: bool = False, purse: Purse | None = None) -> None:
        super().__init__(home, "", words, fresh=fresh, purse=purse)
        self._texts = texts

    def says(self, asked: str, language: str) -> tuple[Tokens, StageId, str]:
        model = self.chat_model
        assert model is not None  # noqa: S101  # the runner makes no bare subject without a model
        messages = prompts.load("bare").filled(documents=self._texts, asked=asked, language=language)
        fits(model, sum(model.count(message.text) for message in messages))
        text, tokens = "", Tokens(0, 0)
        with closing(model.write(messages, SCHEMA, ROOM)) as pieces:
            for piece in pieces:
                if isinstance(piece, Tokens):
                    tokens = piece
                else:
                    text += piece
        return tokens, *read(text, model.name)


def fits(model: ChatModel, prompt: int) -> None:
    """Raises ModelError where the documents and the question are more than a model takes."""
    if prompt + ROOM > model.window:
        raise ModelError("too_long", model.name)


def version(texts: str) -> str:
    """What a bare run depends on beside model and case: the prompt and the documents."""
    told = prompts.load("bare")
    words = "\n".join([*(part.text for part in told.parts), texts])
    return f"{told.version}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


def read(text: str, name: str) -> tuple[StageId, str]:
    """Stage and answer of what was written, also where it broke off. Raises ModelError where there is no answer."""
    try:
        table = json.loads(text[text.index("{") :])
    except ValueError:
        stage = re.search(r'"stage"\s*:\s*"([^"]*)"', text)
        said = re.search(r'"answer"\s*:\s*"((?:[^"\\]|\\.)*)', text)
        table = {"stage": stage[1] if stage else "", "answer": said[1].replace("\\n", "\n").replace('\\"', '"') if said else ""}
    said_text = table.get("answer") if isinstance(table, dict) else None
    if not isinstance(said_text, str) or not said_text.strip():
        raise ModelError("malformed", name)
    named = str(table.get("stage", ""))
    return StageId(named) if named in set(StageId) else StageId.UNKNOWN, said_text.strip()


def _claims(text: str) -> Iterator[Claim]:
    """The sentences of a text with the moves that they advise or turn down, read as ours are; one that does both is two claims."""
    number = 0
    for sentence in filter(None, (each.strip() for each in _ENDS.split(text))):
        found = mentions(sentence)
        for stance in (Stance.ADVISE, Stance.ADVISE_AGAINST):
            moves = tuple(dict.fromkeys(item.move for item in found if (item.against if stance is Stance.ADVISE_AGAINST else item.advised and not item.against)))
            if moves:
                number += 1
                yield Claim(n=number, text=sentence, kind=ClaimKind.ADVICE, stance=stance, moves=moves)
        if not any(item.against or item.advised for item in found):
            number += 1
            yield Claim(n=number, text=sentence, kind=ClaimKind.FACT)


def _of(claims: Sequence[Claim], stance: Stance) -> tuple[Move, ...]:
    return tuple(dict.fromkeys(move for claim in claims if claim.stance is stance for move in claim.moves))
