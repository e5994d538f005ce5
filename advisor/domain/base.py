"""What all values of the domain share: they are frozen, closed, and print numbers as JSON numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, PlainSerializer


class Value(BaseModel):
    """A frozen value; an unknown key is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    def as_json(self) -> dict[str, Any]:
        """The value as the JSON of the contract: aliases, numbers as numbers."""
        return self.model_dump(mode="json", by_alias=True)


def plain_number(number: Decimal) -> int | float:
    """A Decimal as the JSON number that looks like it: 8 rather than 8.0."""
    return int(number) if number == number.to_integral_value() else float(number)


Number = Annotated[Decimal, PlainSerializer(plain_number, return_type=int | float, when_used="json")]
