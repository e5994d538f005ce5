"""Messages as people send them: what they want to know with a description of the client before it, a closing question or more facts after it, or both.

Readers learn from each message bare and once more so, else a description, or its length alone, would tell what is asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache

from advisor import datafiles
from advisor.errors import DataError
from advisor.intake import language_of

FILE = "knowledge/learning/around.toml"
_SHAPES = 3  # a message gets words before it, after it, or both


@cache
def around() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """By language what people write `before` and `after` what they want to know. Raises DataError where a list is missing or empty."""
    table: dict[str, dict[str, list[str]]] = datafiles.read_toml(datafiles.root() / FILE)
    for language in ("en", "de"):
        for place in ("before", "after"):
            if not table.get(language, {}).get(place):
                raise DataError(FILE, f"{language}.{place}", found="nothing", allowed="a list of texts")
    return table


def sent(line: str) -> str:
    """A message as somebody might send it, with words of its language around it; always the same ones."""
    words = around()["de" if language_of(line) == "de" else "en"]
    lot = int.from_bytes(hashlib.sha256(line.encode()).digest()[:6], "big")
    shape, before, after = lot % _SHAPES, words["before"][lot // _SHAPES % len(words["before"])], words["after"][lot // 1000 % len(words["after"])]
    ended = line if line[-1] in ".?!" else f"{line}."
    return f"{before} {line}" if shape == 0 else f"{ended} {after}" if shape == 1 else f"{before} {ended} {after}"
