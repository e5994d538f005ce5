"""What patterns say of a message, as numbers: a learned reading of what is asked goes by these and by the message's vector."""

from __future__ import annotations

import re

from advisor.domain import AskKind, Reading
from advisor.intake.message import plain
from advisor.intake.moves import mentions
from advisor.intake.patterns import lexicon
from advisor.intake.tables import table

_SHORT = 6  # words; below it a message is a greeting, an echo or a bare term more often than a case


def names() -> tuple[str, ...]:
    """What each number stands for; weights learned under other names do not fit."""
    said = ("metrics", "moves", "question mark", "digit", "percent", "arr", "short", "several asks")
    return (*(f"read as {kind}" for kind in AskKind), *(f"pattern {key}" for key in table("asks")["kinds"]), *said)


def signs(text: str, reading: Reading) -> tuple[float, ...]:
    """One number for each name, 0 or 1."""
    low, kinds = plain(text), {ask.kind for ask in reading.asks}
    hits = {hit.key for hit in lexicon("asks", "kinds").find(low)}
    said = (
        reading.client.metrics, mentions(low), "?" in text, re.search(r"\d", text), "%" in text, reading.client.arr,
        len(text.split()) < _SHORT, len(reading.asks) > 1,
    )  # fmt: skip
    return tuple(float(bool(sign)) for sign in (*(kind in kinds for kind in AskKind), *(key in hits for key in table("asks")["kinds"]), *said))
