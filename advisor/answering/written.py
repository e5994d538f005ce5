"""What a model wrote, as values: bounded sentences with what they claim to rest on, read from JSON that may still be coming."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

LONGEST = 420  # characters of a sentence
MOST = 40  # sentences of a draft
_LISTED = 8
_JOINED = 2  # points that one sentence may word, as the prompt says
_OPENS = re.compile(r'"claims"\s*:\s*\[|^\s*(?:```(?:json)?\s*)?\[', re.I)
_NEXT = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


def _apart(ids: object) -> object:
    """Ids that a model put into one text, one by one: `["E1 E2"]` names two pieces."""
    return [part for item in ids for part in (re.split(r"[\s,;]+", item.strip()) if isinstance(item, str) else [item])] if isinstance(ids, list) else ids


Id = Annotated[str, Field(max_length=12)]
Figure = Annotated[str, Field(max_length=40)]


class WrittenClaim(BaseModel):
    """A sentence of a model: the points that it words, and what it says of itself, which it need not say and which is only compared with its words."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    points: list[Annotated[int, Field(ge=0, le=99)]] = Field(default=[], max_length=_LISTED)
    text: str = Field(min_length=1, max_length=LONGEST)
    kind: Literal["advice", "fact", "figure", "refusal"] = "fact"
    evidence: Annotated[list[Id], BeforeValidator(_apart)] = Field(default=[], max_length=_LISTED)
    moves: list[Annotated[str, Field(max_length=40)]] = Field(default=[], max_length=_LISTED)
    figures: list[Figure] = Field(default=[], max_length=_LISTED)


def schema(points: int, evidence: Sequence[str] = ()) -> dict[str, Any]:
    """The JSON schema of a draft on so many points, from evidence of these names: closed, every string and list bounded, every key required.

    What a sentence says of itself beside that (its kind, moves and figures) is read from its words and need not be paid for.
    """

    def words(longest: int, **more: Any) -> dict[str, Any]:
        return {"type": "string", "maxLength": longest, **more}

    def some(item: dict[str, Any], most: int = _LISTED) -> dict[str, Any]:
        return {"type": "array", "items": item, "maxItems": most}

    claim = {
        "points": some({"type": "integer", "minimum": 0, "maximum": 99}, _JOINED),
        "text": words(LONGEST),
        "evidence": some({"type": "string", "enum": list(evidence)} if evidence else words(4)),
    }
    listed = {"type": "array", "minItems": min(-(-points // _JOINED), MOST), "maxItems": min(points + 3, MOST), "items": closed(claim)}
    return closed({"claims": listed})


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    """The JSON schema of an object that has all of these keys and no other."""
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
