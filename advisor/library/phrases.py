"""Every sentence the program can say, by key; `{name}` slots, `{fig:ID}` figures and `{rule:ROW.low}` thresholds filled in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from advisor.datafiles import name_of, read_toml, walk
from advisor.errors import DataError
from advisor.extensions import Pack, layered
from advisor.library.checked import Problems
from advisor.library.passages import FIGURE, check_text
from advisor.library.spelling import respelled

FOLDER = "knowledge/phrases"
LANGUAGES = ("en", "de")
"""The languages that the program speaks: those whose phrase files are complete."""
PACKED = "rules."
"""How the keys of a knowledge pack begin: it brings the sentences of its rules and no other."""
_OWN = frozenset({"rules", "moves", "units"})
_MARK = re.compile(r"\{(?:(?P<kind>fig|rule):(?P<ref>[^{}]+)|(?P<slot>\w+))\}")
_RULE = re.compile(r"\{rule:([^{}]+)\}")
_BRACKETS = str.maketrans("[]`", "()'")
_TAG = re.compile(r"<(?=\s*[A-Za-z/!?])")
_ADDRESS = re.compile(r"\b(https?:|ftp:|file:|data:|javascript:|mailto:|www\.)(\S)", re.I)
Templates = Mapping[str, tuple[str, ...]]


def spoken(language: str) -> str:
    """The language of an answer to a message in a language: its own where its phrases are complete, else English."""
    return language if language in LANGUAGES else LANGUAGES[0]


def read_phrases(
    base: Path | None, found: Problems, language: str = LANGUAGES[0], packs: Sequence[Pack] = (), name: str = ".toml"
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """All phrases of a language by dotted key, each with its variants; and the file that each key stands in. `name` is how a file must end to be read.

    What a pack says in English alone is English in every language. It says anew what it supersedes, and nothing else of ours.
    """
    phrases: dict[str, tuple[str, ...]] = {}
    origin: dict[str, str] = {}
    places = [*layered(f"{FOLDER}/{language}", name, base, packs)]
    if language != LANGUAGES[0] and packs:
        english, files_of = read_phrases(base, [], packs=packs)
        fallback = {key: said for key, said in english.items() if files_of[key].startswith("pack ")}
    else:
        fallback, files_of = {}, {}
    for path, pack in places:
        file = name_of(path)
        try:
            table = read_toml(path)
        except DataError as error:
            found.append(error)
            continue
        if pack is None:
            found += [DataError(file, each, found="keys of another file", allowed=f"them in {own_file(each)} alone") for each in table if own_file(each) not in {"", path.name}]
        for key, value in walk(table):
            variants = tuple(value) if isinstance(value, list) else (value,)
            if key in phrases and not (pack is not None and _anew(key, pack) and (language != LANGUAGES[0] or not origin[key].startswith("pack "))):
                found.append(DataError(file, key, found=f"a key that stands in {origin[key]} too", allowed="each key once"))
            elif pack is not None and not key.startswith(PACKED):
                found.append(DataError(file, key, found="a sentence that a pack may not say", allowed=f"keys that begin with {PACKED}"))
            elif not variants or not all(isinstance(variant, str) for variant in variants):
                found.append(DataError(file, key, found=repr(value), allowed="a sentence or a list of sentences"))
            else:
                phrases[key], origin[key] = variants, file
    stale = {key for key in fallback if not origin.get(key, "").startswith("pack ")}
    return {**phrases, **{key: fallback[key] for key in stale}}, {**origin, **{key: files_of[key] for key in stale}}


def own_file(key: str) -> str:
    """The one file in which a key of ours can stand; nothing where several hold keys like it."""
    name = key.partition(".")[0]
    return f"{name}.toml" if name in _OWN else ""


def _anew(key: str, pack: Pack) -> bool:
    """Whether a key belongs to a rule that the pack supersedes."""
    return any(each.kind == "rule" and key.startswith(f"{PACKED}{each.id}.") for each in pack.manifest.supersedes)


def check_phrases(phrases: Templates, origin: Mapping[str, str], figure: Callable[[str], str], found: Problems) -> None:
    """Add faults of phrases: bare numbers, unknown figures, variants whose slots differ, braces that are no mark."""
    for key, variants in phrases.items():
        if key.startswith("units."):
            continue
        file, slots = origin[key], [slots_of(variant) for variant in variants]
        if any(names != slots[0] for names in slots):
            found.append(DataError(file, key, found="variants with different slots", allowed=f"the slots {_names(slots[0])} in each"))
        for variant in variants:
            check_text(variant, file, key, "", found)
            if stray := re.search(r"[{}]", _MARK.sub("", variant)):
                found.append(DataError(file, key, found=f"a stray {stray[0]!r}", allowed="{name}, {fig:ID}, {rule:TABLE.ROW.low}"))
            for ref in FIGURE.findall(variant):
                try:
                    figure(ref)
                except DataError as error:
                    found.append(DataError(file, key, error.field, found=error.found, allowed=error.allowed))


def check_language(phrases: Templates, origin: Mapping[str, str], english: Templates, found: Problems) -> None:
    """Add what a language's phrases lack, have beyond the English ones, or show differently: every key must show the same slots and figures."""
    for key in english.keys() - phrases.keys():
        found.append(DataError(next(iter(origin.values()), FOLDER), key, found="no phrase", allowed="one for each key of the English phrases"))
    for key in phrases.keys() - english.keys():
        if not key.endswith(CASES):
            found.append(DataError(origin[key], key, found="a key that the English phrases lack", allowed="their keys, and those that end in " + " or ".join(CASES)))
    for key in phrases.keys() & english.keys():
        shown, wanted = _shown(phrases[key][0]), _shown(english[key][0])
        if shown != wanted:
            found.append(DataError(origin[key], key, found=f"the marks {_names(shown)}", allowed=_names(wanted)))


CASES = (".dative", "_nominative")
"""How keys end that a language has for its cases, beyond those of the English phrases."""
_CASE = re.compile(r"\.dative\}")


def _shown(template: str) -> frozenset[str]:
    """The slots, figures and thresholds of a sentence, whatever case they stand in."""
    return frozenset(match[0] for match in _MARK.finditer(_CASE.sub("}", template)))


@lru_cache(maxsize=4096)
def slots_of(template: str) -> frozenset[str]:
    """Names of the slots that a caller must fill."""
    return frozenset(match["slot"] for match in _MARK.finditer(template) if match["slot"])


def harmless(words: str) -> str:
    """Words that somebody else wrote, such that they cannot become a link, an image, markup or a citation where they are quoted."""
    flat = " ".join(words.translate(_BRACKETS).split("\n"))
    return _ADDRESS.sub(r"\1 \2", _TAG.sub("‹", flat))


class Phrasebook:
    """Implements `ports.Wording`. The variant of a key hangs on the seed: the same input is always worded alike."""

    def __init__(self, phrases: Templates, figure: Callable[[str], str], seed: str, thresholds: Mapping[str, str], units: Mapping[str, str]) -> None:
        self._phrases, self._figure, self._seed, self._thresholds, self._units = phrases, figure, seed, thresholds, units

    def say(self, key: str, /, **slots: str) -> str:
        """The sentence under the key. Raises DataError for an unknown key, figure or threshold, and for a missing or surplus slot."""
        template = self._template(key)
        if "{" not in template and not slots:
            return template
        wanted = slots_of(template)
        if wanted != slots.keys():
            raise DataError("phrases", key, found=f"the slots {_names(slots)}", allowed=_names(wanted))
        return _MARK.sub(lambda match: self._fill(key, match, slots), template)

    def has(self, key: str, /) -> bool:
        """Whether there is a sentence under the key."""
        return key in self._phrases

    def slots(self, key: str, /) -> frozenset[str]:
        """Names of the slots that the sentence under the key has."""
        return slots_of(self._template(key))

    def amount(self, text: str, /) -> str:
        """An amount, threshold or formula of the program in the spelling of the language."""
        return respelled(text, self._units)

    def figures(self, key: str, /) -> tuple[str, ...]:
        """Ids of the records whose figures the sentence under the key shows."""
        return tuple(dict.fromkeys(ref.partition(".")[0] for ref in FIGURE.findall(self._template(key))))

    def rules(self, key: str, /) -> tuple[str, ...]:
        """Ids of the rules whose thresholds the sentence under the key shows."""
        return tuple(dict.fromkeys(ref.rpartition(".")[0] for ref in _RULE.findall(self._template(key))))

    def _template(self, key: str) -> str:
        variants = self._phrases.get(key)
        if not variants:
            raise DataError("phrases", key, found="no such phrase", allowed="a key of knowledge/phrases")
        if len(variants) == 1:
            return variants[0]
        digest = hashlib.blake2b(f"{self._seed}\0{key}".encode(), digest_size=8).digest()
        return variants[int.from_bytes(digest, "big") % len(variants)]

    def _fill(self, key: str, match: re.Match[str], slots: Mapping[str, str]) -> str:
        if match["slot"]:
            return harmless(slots[match["slot"]])
        if match["kind"] == "fig":
            return self._figure(match["ref"])
        threshold = self._thresholds.get(match["ref"])
        if threshold is None:
            raise DataError("phrases", key, match["ref"], found="no such threshold", allowed="TABLE.ROW.low or .high of a rule")
        return self.amount(threshold)


def unknown_thresholds(phrases: Templates, origin: Mapping[str, str], thresholds: Mapping[str, str]) -> list[DataError]:
    """Phrases that name a threshold no rule has."""
    return [
        DataError(origin[key], key, ref, found="no such threshold", allowed="TABLE.ROW.low or .high of a rule")
        for key, variants in phrases.items() for variant in variants for ref in _RULE.findall(variant) if ref not in thresholds
    ]


def _names(slots: Mapping[str, str] | frozenset[str]) -> str:
    return ", ".join(sorted(slots)) or "none"
