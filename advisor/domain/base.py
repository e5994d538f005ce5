"""What all values of the domain share: they are frozen, closed, and print numbers as JSON numbers."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer


class Value(BaseModel):
    """A frozen value; an unknown key is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    def as_json(self) -> dict[str, Any]:
        """The value as the JSON of the contract: aliases, numbers as numbers."""
        return self.model_dump(mode="json", by_alias=True)


def plain_number(number: Decimal) -> int | float:
    """A Decimal as the JSON number that looks like it: 8 rather than 8.0."""
    return int(number) if number == number.to_integral_value() else float(number)


def _short(text: str) -> str:
    if not text.strip() or len(text) > LONGEST:
        raise ValueError(f"write 1 to {LONGEST} characters")
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
        raise ValueError("control characters and half characters may not stand here")
    return text


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


LONGEST = 200
Words = Annotated[str, AfterValidator(_short)]
"""A name or a few words on one line."""

Quote = Annotated[str, AfterValidator(_whole)]
"""Words as somebody wrote them; half a character, which no file can hold, becomes a question mark."""

Number = Annotated[Decimal, PlainSerializer(plain_number, return_type=int | float, when_used="json")]
