"""What a model wrote, as values: bounded sentences with what they claim to rest on, read from JSON that may still be coming."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from advisor.domain import Move

LONGEST = 420  # characters of a sentence
MOST = 40  # sentences of a draft
_LISTED = 8
_OPENS = re.compile(r'"claims"\s*:\s*\[|^\s*(?:```(?:json)?\s*)?\[', re.I)
_NEXT = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()

Id = Annotated[str, Field(max_length=12)]
Figure = Annotated[str, Field(max_length=40)]


class WrittenClaim(BaseModel):
    """A sentence of a model: the points that it words, and what it says of itself, which is only compared with its words."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    points: list[Annotated[int, Field(ge=0, le=99)]] = Field(default=[], max_length=_LISTED)
    text: str = Field(min_length=1, max_length=LONGEST)
    kind: Literal["advice", "fact", "figure", "refusal"] = "fact"
    evidence: list[Id] = Field(default=[], max_length=_LISTED)
    moves: list[Annotated[str, Field(max_length=40)]] = Field(default=[], max_length=_LISTED)
    figures: list[Figure] = Field(default=[], max_length=_LISTED)


def schema(points: int) -> dict[str, Any]:
    """The JSON schema of a draft on so many points: closed, every string and list bounded, every key required."""

    def words(longest: int, **more: Any) -> dict[str, Any]:
        return {"type": "string", "maxLength": longest, **more}

    def some(item: dict[str, Any]) -> dict[str, Any]:
        return {"type": "array", "items": item, "maxItems": _LISTED}

    claim = {
        "points": some({"type": "integer", "minimum": 0, "maximum": 99}),
        "text": words(LONGEST),
        "kind": {"type": "string", "enum": ["advice", "fact", "figure", "refusal"]},
        "evidence": some(words(12)),
        "moves": some({"type": "string", "enum": [move.value for move in Move]}),
        "figures": some(words(40)),
    }
    listed = {"type": "array", "maxItems": min(points + 3, MOST), "items": _closed(claim)}
    return _closed({"claims": listed})


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


class Reader:
    """Finds the claims of a draft while it is being written: each is given once, as soon as it is whole."""

    def __init__(self) -> None:
        self._text, self._place, self.wrong = "", -1, 0
        self.found = 0

    def add(self, piece: str) -> Iterator[WrittenClaim]:
        """The claims that became whole with this piece; `wrong` counts those that are no claim."""
        self._text += piece
        if self._place < 0:
            opening = _OPENS.search(self._text)
            if opening is None:
                return
            self._place = opening.end()
        while self.found + self.wrong < MOST:
            start = _NEXT.match(self._text, self._place).end()  # type: ignore[union-attr]  # matches everywhere
            if self._text[start : start + 1] != "{":
                return
            try:
                table, self._place = _DECODER.raw_decode(self._text, start)
            except ValueError:
                return  # not whole yet, or never
            except RecursionError:
                self.wrong, self._place = self.wrong + 1, len(self._text)
                return
            claim = _claim(table)
            if claim is None:
                self.wrong += 1
            else:
                self.found += 1
                yield claim

    @property
    def text(self) -> str:
        return self._text


def _claim(table: object) -> WrittenClaim | None:
    try:
        return WrittenClaim.model_validate(table)
    except ValidationError:
        return None
