"""The files of `knowledge/intake/`: English in the folder itself, what German and French add beside it in `de/` and `fr/`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from advisor import datafiles

_WORD = re.compile(r"\w{2,}")  # `à` without its mark would be another word
LANGUAGES = ("de", "fr")
"""Beside English; each has a folder of its own."""
_HEARD: ContextVar[tuple[str, ...]] = ContextVar("heard", default=LANGUAGES)
# Words that are others without their marks: `hätten` supposes, `hatten` tells.
_OTHERS_BARE = frozenset(["hatte", "hatten", "ware", "waren", "wurde", "wurden", "wurdest", "wurdet", "konnte", "konnten", "mochte", "mochten"])
_WRITTEN_OUT = str.maketrans({"\u00e4": "ae", "\u00f6": "oe", "\u00fc": "ue", "\u00df": "ss"})


@contextmanager
def hearing(languages: tuple[str, ...]) -> Iterator[None]:
    """Within it only English and these languages are listened for: an English message costs nothing of the others."""
    token = _HEARD.set(languages)
    try:
        yield
    finally:
        _HEARD.reset(token)


def heard() -> tuple[str, ...]:
    """The languages listened for beside English; all of them unless `hearing` says otherwise."""
    return _HEARD.get()


@cache
def table(name: str, languages: tuple[str, ...] = LANGUAGES) -> datafiles.Table:
    """One file of `knowledge/intake/`, read once, with what its twins in these languages add to its lists."""
    folder = datafiles.root() / "knowledge" / "intake"
    merged = datafiles.read_toml(folder / f"{name}.toml")
    for path in (folder / language / f"{name}.toml" for language in languages):
        if path.is_file():
            _add(merged, datafiles.read_toml(path))
    return merged


def _add(merged: datafiles.Table, more: datafiles.Table) -> None:
    """Put lists behind lists and tables into tables; a single value stays as it was."""
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            _add(merged[key], value)
        elif isinstance(value, list) and isinstance(merged.get(key), list):
            merged[key] = [*merged[key], *value]
        else:
            merged.setdefault(key, value)


def spelt(phrase: str) -> tuple[str, ...]:
    """A phrase as written, and as people type it without its marks: `fuer`, `ausschliesslich`, `previsible`."""
    if phrase.isascii():
        return (phrase,)
    bare = _WORD.sub(lambda match: match[0] if _unmarked(match[0]) in _OTHERS_BARE else _unmarked(match[0]), phrase)
    return tuple(dict.fromkeys((phrase, phrase.translate(_WRITTEN_OUT), bare)))


def _unmarked(word: str) -> str:
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFKD", word.replace("\u0153", "oe").replace("\u00df", "ss"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
