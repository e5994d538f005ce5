"""Whether what the program can say shows the figures it must, and says yes and no alike in each language.

A sentence and its translation are two statements of one thing, written apart. Both must deny equally often, and where one
has a word of a pair of opposites the other must not have the opposite word alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from advisor.evaluation.cases import Case, Shown
from advisor.evaluation.scorers.figures import bounds
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen


class Said(NamedTuple):
    """A sentence under its key, in one wording: in English with its figures, and in the other languages; the records and thresholds that its figures are of."""

    key: str
    text: str
    others: tuple[str, ...]
    sources: frozenset[str] = frozenset()


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


NO = {
    "en": _any(r"not|no|never|none|nothing|nobody|neither|without|cannot|hardly|seldom|rarely|nowhere|rather than|instead of|\w+n't"),
    "de": _any(r"nein|statt|anstatt|nicht|nichts|nie|niemals|niemand\w*|kein\w*|ohne|weder|kaum|selten|nirgends|nirgendwo"),
}
OPPOSITES = (
    ({"en": _any("before"), "de": _any(r"vor(?! Ort|\s*(?:[,.;:!?)]|$|und\b|oder\b))|bevor|ehe|davor|vorher|zuvor|vorheriger?")}, {"en": _any(r"(?<!look )(?<!looks )(?<!looking )after|afterwards"), "de": _any(r"nach(?!\s*(?:[,.;:!?)]|$))|nachdem|danach|nachher|später|nachträglich")}),
    ({"en": _any("below|under|less|fewer|smaller|lower|at most"), "de": _any(r"unter|darunter|weniger|kleiner\w*|niedriger\w*|geringer\w*|höchstens|abzüglich|unten")}, {"en": _any("above|over|more|larger|higher|at least"), "de": _any(r"über|darüber|mehr|größer\w*|höher\w*|mindestens|oberhalb|weitere\w*|öfter")}),
    ({"en": _any("below|under"), "de": _any(r"unter|darunter|unten")}, {"en": _any("above|over"), "de": _any(r"über|darüber|oberhalb")}),
    ({"en": _any("less|fewer"), "de": _any("weniger")}, {"en": _any("more"), "de": _any("mehr")}),
    ({"en": _any("fits"), "de": _any("passt|passen")}, {"en": _any("not yet|not for you"), "de": _any("noch nicht|nicht für sie")}),
    ({"en": _any("fits|not yet"), "de": _any("passt|passen|noch nicht")}, {"en": _any("needed first"), "de": _any("zuerst nötig|vorher nötig")}),
)


def shown(case: Case, seen: Seen) -> Score | None:
    """The share of expected figures that every wording of their sentence shows."""
    said: dict[str, list[Said]] = {}
    for each in seen.other:
        said.setdefault(each.key, []).append(each)
    wanted = [(key, figure) for key, figures in case.expected.shows.items() for figure in figures]
    missing = [f"{figure.says}{f' of {figure.source}' if figure.source else ''} in {key}" for key, figure in wanted if key not in said or not all(_shows(figure, each) for each in said[key])]
    return share(len(wanted) - len(missing), len(wanted), f"not shown: {listed(missing)}") if wanted else None


def _shows(figure: Shown, said: Said) -> bool:
    """Word for word, or as it is read: in “€20K × 10–20 % = €2K–4K” no figure reads as one that stands by itself."""
    told = re.search(rf"(?<![\w.,–-]){re.escape(figure.says)}(?!\w)", said.text) or bounds(figure.says) <= bounds(said.text)
    return bool(told) and (figure.source is None or figure.source in said.sources)


def alike(case: Case, seen: Seen) -> Score | None:
    """The share of sentences that say the same in each language, as far as their words of denial and opposition tell."""
    pairs, read = [(each, other) for each in seen.other for other in each.others], case.expected.paraphrased
    apart = [each.key for each, other in pairs if not (denials(each.text, other) in read[each.key] and one_way(each.text, other) if each.key in read else same(each.text, other))]
    return share(len(pairs) - len(apart), len(pairs), f"another yes or no in the other language: {listed(apart)}") if pairs else None


def denials(english: str, german: str) -> tuple[int, int]:
    """How often each of two sentences denies."""
    return len(NO["en"].findall(english)), len(NO["de"].findall(german))


def same(english: str, german: str) -> bool:
    """Whether both deny equally often and no word of one has only its opposite in the other."""
    ours, theirs = denials(english, german)
    return ours == theirs and one_way(english, german)


def one_way(english: str, german: str) -> bool:
    """Whether no word of one has only its opposite in the other, nor as many words of a pair that are otherwise shared between its sides."""
    return all(_alike(_sides(pair, "en", english), _sides(pair, "de", german)) for pair in OPPOSITES)


def _alike(ours: tuple[int, int], theirs: tuple[int, int]) -> bool:
    if sum(ours) == sum(theirs):
        return ours == theirs
    return (bool(ours[1]) - bool(ours[0])) * (bool(theirs[1]) - bool(theirs[0])) >= 0


def _sides(pair: tuple[dict[str, re.Pattern[str]], dict[str, re.Pattern[str]]], language: str, text: str) -> tuple[int, int]:
    """How many words a text has of each side."""
    one, other = (len(side[language].findall(text)) for side in pair)
    return one, other


SCORERS = (Scorer("shown", "grounding", "sentences", shown), Scorer("languages", "grounding", "sentences", alike))
