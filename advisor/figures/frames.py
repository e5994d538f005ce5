"""The words around a figure: its sentence or table row, its clause, what it counts, and which way it points."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from advisor.domain import Unit
from advisor.figures.model import Figure, Frame, Limit
from advisor.figures.units import SHARES
from advisor.figures.terms import KINDS, LABEL_WORDS, NEGATION, NEGATIVE, POLARITY, STOP, TIME_NOUNS, WORD, stem, terms

_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\b[A-Z])(?<!\bvs)(?<!\be\.g)(?<!\bi\.e)(?<!approx)(?<!\bca)(?<!\bincl)(?<!\bNo)(?<!\bMio\.)(?<!\bMrd\.)(?<!\bTsd\.)[\"')*_]*(?:\s?\[[0-9]{1,3}\])*(?P<gap>\s+)(?=[\"'(*_„“]*[A-ZÄÖÜ0-9€$£])|\n+")
_CLAUSE_END = re.compile(r"[,;:()|]|\.(?=\s|$)|\b(?:und|aber|während|gegenüber|verglichen mit|als|denn|weil|obwohl|oder|and|but|while|whereas|against|versus|vs|compared (?:with|to)|than|which|because|although|though|or)\b", re.I)
_VERSUS = re.compile(r"\b(?:als|gegenüber|verglichen mit|than|versus|vs\.?|against|compared (?:with|to))(?:\b|(?<=\.))\s(?P<rest>[^,;:.()|]*)", re.I)
_OF = re.compile(r"\s+(?:or (?:more|less) |oder (?:mehr|weniger) )?(?:of|des|der|von|aller|eines|einer) (?P<rest>[^,;:.()|]*)", re.I)
_LETTER_LABEL = re.compile(r"\b(?=[dlmpstw])(?:(level|layer|tier|phase|play|step|day|week|month|tag|woche|monat|schritt)(?:s|n|en)? ?([0-9]{1,3})|(T)([1-3]))\b", re.I)
_CLIENT = re.compile(r"\b(?:you|your|yours|you're|you've|you'd|we|our|us|wir|uns|unser(?:e[mnrs]?)?)\b|(?-i:\b(?:Ihr(?:e[mnrs]?)?|Ihnen)\b|(?<=[a-zäöüß,;:] )Sie\b)", re.I)
_PLAN_WORDS = {"tag": "day", "woche": "week", "monat": "month", "schritt": "step"}
_TABLE_RULE = re.compile(r"^\|?[\s:|-]+\|?$")
_LETTERED = re.compile(r"\b(?:Partner|Vendor|Company|Customer) ([A-Z])\b(?!')")
_ANY_HEAD = re.compile(r"\s*(?:values?|figures?|amounts?|numbers?|results?|wert|werte|zahl|ergebnis|valeur|n|%)\s*$", re.I)
_SETTING = re.compile(r"\W*In (?:one|the|an?|some) (?P<rest>(?:[a-z-]+ ){0,3}?(?:example|scorecard|matrix|plan|report|table|answer|playbook|scheme)s?)\b")
_IMPERATIVE = re.compile(r"(?:^|[;:,.]\s|\b(?:and|but|so) )\s*(?:please )?(?:do not|don't|never)\b", re.I)
_NAME = re.compile(r"(?<=[a-z,;:)] )[A-Z][\w.]*\w|\b[A-Z]?[a-z]+[A-Z]\w+")
_LACKS = re.compile(r"\b(?:without|lacks?|lacking|no(?! (?:more|less|fewer|longer|later|one|matter)\b)|ohne|kein(?:e[mnrs]?)?|sans|aucune?)\s(?:(?:an?|any|the|eine?[mnrs]?|une?) )?(?P<rest>(?:[\w'-]+ ?){1,3})", re.I)
_PHRASE_END = re.compile(r"\b(?:sind|ist|war|waren|hat|haben|für|mit|durch|zu|die|das|bei|auf|ab|kann|wird|werden|are|is|was|were|be|has|have|had|in|for|with|by|to|that|who|which|on|at|from|when|if|will|can)\b", re.I)
_ENDLESS = Decimal("Infinity")
_CHANGES = re.compile(
    r"\b(?:r[io]se[ns]?|rising|raised?|f[ae]ll(?:s|en|ing)?|gr[eo]w(?:s|n|ing)?|growth|increas\w+|decreas\w+|drop\w*|declin\w+|reduc\w+|cut|cuts|climb\w*|jump\w*|slipp?\w*|shr[aiu]nk\w*|went|gone|goes|mov\w+|improv\w+|expand\w*|lift\w*|chang\w+|up|down|"
    r"stieg\w*|gestiegen|steig\w+|sank\w*|gesunken|sink\w+|wuchs\w*|gewachsen|wachs\w+|wächst|fiel\w*|gefallen|fällt|erhöh\w+|senk\w+|gesenkt|verringer\w+|zurück\w*|augment\w+|diminu\w+|baiss\w+|hausse|pass\w+|recul\w+|progress\w+)\b", re.I
)
_ROLE = re.compile(r"\b(?:(?P<by>by|um)|(?P<to>to|auf|à)|(?P<from_>from|von|de))\s+(?:(?:a|an|the|another|over|about|around|roughly|almost|nearly|some|rund|etwa|fast|knapp|über|environ|près de|plus de)\s+){0,2}$", re.I)
NEAR = 4
MOST = 60  # figures of one sentence that are read together: a longer run is a list, and comparing each with each would never end



def framed(flat: str, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The figures with their frames filled in."""
    if not figures:
        return ()
    spans = sentences(flat)
    starts = [start for start, _, _ in spans]
    rows: dict[int, list[Figure]] = {}
    for figure in figures:
        rows.setdefault(max(0, bisect_right(starts, figure.start) - 1), []).append(figure)
    result: list[Figure] = []
    for index, members in rows.items():
        for start in range(0, len(members), MOST):
            some = members[start : start + MOST]
            result += _sentence_frames(flat, _around(spans[index], some, members) if len(members) > MOST else spans[index], some)
    return tuple(result)


def _around(span: tuple[int, int, str], some: list[Figure], members: list[Figure]) -> tuple[int, int, str]:
    """The part of a sentence that some of its figures stand in."""
    start, end, header = span
    after = members.index(some[-1]) + 1
    return start if some[0] is members[0] else some[0].outer[0], members[after].outer[0] if after < len(members) else end, header


def sentences(flat: str) -> list[tuple[int, int, str]]:
    """Sentences and table rows as (start, end, words that belong to them from elsewhere: the header of the table)."""
    spans: list[tuple[int, int, str]] = []
    position = 0
    for match in _SENTENCE_END.finditer(flat):
        spans.append((position, match.start("gap") if match["gap"] else match.start(), ""))
        position = match.end()
    spans.append((position, len(flat), ""))
    header: list[str] = []
    for index, (start, end, _) in enumerate(spans):
        line = flat[start:end]
        if not line.lstrip().startswith("|"):
            header = []
        elif not header:
            header = line.strip().strip("|").split("|")
        elif not _TABLE_RULE.match(line):
            spans[index] = (start, end, "|".join(header))
    return spans


def skeleton(flat: str, start: int, end: int, figures: list[Figure]) -> str:
    """A sentence with every figure, hedges included, as `#`: equal for two sentences that differ in figures only."""
    pieces, position = [], start
    for figure in figures:
        low, high = figure.outer
        pieces.append(flat[position : max(low, position)])
        pieces.append(" # ")
        position = max(high, position)
    pieces.append(flat[position:end])
    return " ".join(re.findall(r"[a-zà-öø-ÿ#']+", "".join(pieces).lower()))


def _sentence_frames(flat: str, span: tuple[int, int, str], figures: list[Figure]) -> list[Figure]:
    start, end, header = span
    whole = flat[start:end]
    labels = _labels(whole)
    setting = _setting(whole)
    bones = skeleton(flat, start, end, figures)
    words = terms(_without(flat, start, end, figures))
    sentence = frozenset(words) | labels | frozenset(terms(header))
    cuts = [(start + cut.start(), start + cut.end()) for cut in _CLAUSE_END.finditer(whole) if not _in_figure(figures, start + cut.start())]
    subject = frozenset(terms(flat[start : figures[0].outer[0]]))
    bag = (*(word for word in words if word not in LABEL_WORDS), *labels)
    names = frozenset(stem(match[0]) for match in _NAME.finditer(whole))
    negated = bool(NEGATION.search(_IMPERATIVE.sub(" ", whole)))
    negative = bool(NEGATIVE.search(whole))
    keys = [figure.key for figure in figures]
    client = bool(_CLIENT.search(whole))
    framed_figures = []
    marks = [] if header else [mark for match in _VERSUS.finditer(whole) if not _in_figure(figures, mark := start + match.start())]
    for position, figure in enumerate(figures):
        low = max((cut_end for _, cut_end in cuts if cut_end <= figure.outer[0]), default=start)
        high = min((cut_start for cut_start, _ in cuts if cut_start >= figure.outer[1]), default=end)
        members = [other for other in figures if other is not figure and low <= other.start < high]
        extra = _column(flat, span, figure) if header else frozenset()
        polarity, pointed = _polarity(figure, _blanked(flat, low, figure.outer[0], members), _blanked(flat, figure.outer[1], high, members))
        if header and polarity is None:
            polarity = _polarity(figure, _heads(flat, span, figure), "")[0]
        frame = Frame(
            left=tuple(reversed(terms(_without(flat, low, figure.outer[0], members))))[:NEAR],
            right=terms(_without(flat, figure.outer[1], high, members))[:NEAR],
            noun=_noun(flat, figure, high),
            of=_of(flat, figure, high),
            versus=_versus(flat[figure.outer[1] : end]),
            clause=frozenset(terms(_without(flat, low, high, [*members, figure]))) | _labels(flat[low:high]) | extra,
            subject=frozenset() if position and _VERSUS.search(flat, figures[0].outer[1], figure.outer[0] + 1) else subject,
            sentence=sentence,
            bag=bag,
            names=names,
            labels=labels,
            setting=setting,
            conditions=frozenset(other.key for other in members),
            around=frozenset(key for index, key in enumerate(keys) if index != position),
            limits=() if header else _limits([other for other in figures if other is not figure and _side(marks, other) == _side(marks, figure)]),
            ways=_ways(flat, *((start, end) if whole.lstrip().startswith("|") else (low, high)), figures),
            skeleton=bones,
            position=position,
            words=flat[low:high].strip(),
            polarity=polarity,
            pointed=pointed,
            role=_role(flat, start, figure),
            negated=negated,
            lacking=_lacking(_part(flat, start, end, figure.start)),
            negative=negative,
            tabled=bool(header),
            client=client or bool(header and _CLIENT.search(_heads(flat, span, figure))),
        )
        framed_figures.append(replace(figure, frame=frame))
    return framed_figures


def _role(flat: str, start: int, figure: Figure) -> Literal["", "by", "to", "from"]:
    """Whether a figure is how far something changed, or what it changed to or from; none where nothing changes."""
    match = _ROLE.search(flat, max(start, figure.start - 40), figure.start) or _ROLE.search(flat, max(start, figure.outer[0] - 40), figure.outer[0])
    if match is None or not _CHANGES.search(flat, start, match.start()):
        return ""
    return "by" if match["by"] else "to" if match["to"] else "from"


def _side(marks: list[int], figure: Figure) -> int:
    """How many comparisons stand before a figure: what limits one side does not limit the other."""
    return bisect_right(marks, figure.start)


def _in_figure(figures: list[Figure], position: int) -> bool:
    return any(figure.outer[0] <= position < figure.outer[1] for figure in figures)


def _without(flat: str, start: int, end: int, figures: list[Figure]) -> str:
    """The stretch without other figures: their units and hedges are no words of this one."""
    pieces, position = [], start
    for figure in sorted(figures, key=lambda item: item.start):
        if start <= figure.start and figure.end <= end:
            pieces.append(flat[position : figure.start])
            position = max(position, figure.end)
    return " ".join([*pieces, flat[position:end]])


def _blanked(flat: str, start: int, end: int, figures: list[Figure]) -> str:
    """The stretch without other figures and what belongs to them: "less" in "less than ten percent" points no other figure."""
    pieces, position = [], start
    for figure in sorted(figures, key=lambda item: item.start):
        if start <= figure.start and figure.end <= end:
            pieces.append(flat[position : max(position, figure.outer[0])])
            position = max(figure.outer[1], position)
    return " ".join([*pieces, flat[position:end]])


def _part(flat: str, start: int, end: int, place: int) -> str:
    """The part of a sentence between semicolons in which a place lies."""
    before = flat.rfind(";", start, place) + 1 or start
    after = flat.find(";", place, end)
    return flat[before : end if after < 0 else after]


def _lacking(sentence: str) -> frozenset[str]:
    """What a sentence says is not there: "without a dedicated owner", "no owner of its own", "ohne", "sans"; what it compares with may lack it."""
    return frozenset(word for match in _LACKS.finditer(_VERSUS.sub(" ", sentence)) for word in terms(_PHRASE_END.split(match["rest"])[0])[:2])


def _labels(piece: str) -> frozenset[str]:
    lettered = {f"letter{letter.lower()}" for letter in _LETTERED.findall(piece)}
    return frozenset(_PLAN_WORDS.get((a or c).lower(), (a or c).lower()) + (b or d) for a, b, c, d in _LETTER_LABEL.findall(piece)) | lettered


def _setting(sentence: str) -> frozenset[str]:
    match = _SETTING.match(sentence)
    return frozenset(terms(match["rest"])) - (KINDS - {"exampl"}) if match else frozenset()


def _heads(flat: str, span: tuple[int, int, str], figure: Figure) -> str:
    """For a table cell: the head of its column and its row's first cell, as written."""
    start, end, header = span
    row = flat[start:end]
    offset = len(row) - len(row.lstrip()) + 1
    heads, column = header.split("|"), row[offset : figure.start - start].count("|")
    return f"{heads[column] if column < len(heads) else ''} {row.lstrip().lstrip('|').split('|')[0] if column else ''}"


def _column(flat: str, span: tuple[int, int, str], figure: Figure) -> frozenset[str]:
    """For a table cell: the words of its column's header and of the row's first cell."""
    start, end, header = span
    row = flat[start:end]
    offset = len(row) - len(row.lstrip()) + 1
    column = row[offset : figure.start - start].count("|")
    heads = header.split("|")
    head = heads[column] if column < len(heads) else ""
    head = "" if _ANY_HEAD.match(head) else head
    return frozenset(terms(head)) | frozenset(terms(row.lstrip().lstrip("|").split("|")[0]))


def _noun(flat: str, figure: Figure, high: int) -> tuple[str, ...]:
    """The content words that follow directly: `partners`, `high-fit overlaps`; an empty tuple before a function word."""
    found: list[str] = []
    for match in re.finditer(r"[\s-]*([A-Za-zÄÖÜäöü][\w']*)", flat[figure.end : high]):
        if match.start() and flat[figure.end + match.start() - 1] not in " -" and not flat[figure.end + match.start() - 1].isalnum():
            break
        word = match[1].lower()
        if word in {"or", "and", "more", "less", "fewer"} and not found:
            continue
        if word in STOP or len(found) == 3 or word in POLARITY:
            break
        found.append(stem(word))
    return tuple(found)


def _of(flat: str, figure: Figure, end: int) -> frozenset[str]:
    match = _OF.match(flat, figure.outer[1], end)
    return frozenset(terms(_PHRASE_END.split(match["rest"])[0])[:3]) if match else frozenset()


def _limits(figures: list[Figure]) -> tuple[Limit, ...]:
    """The other figures of the sentence that are no shares: ages, sizes, numbers of partners."""
    found = []
    for figure in figures:
        low, high = figure.low, figure.high
        if figure.kind == "value" and figure.unit not in SHARES and (low is not None or high is not None):
            found.append((figure.currency or str(figure.unit), low if low is not None else -_ENDLESS, high if high is not None else _ENDLESS))
    return tuple(found)


def _ways(flat: str, start: int, end: int, figures: list[Figure]) -> frozenset[tuple[str, int]]:
    pieces, position = [], start
    for figure in figures:
        if start <= figure.start < end:
            pieces.append(flat[position : max(position, figure.outer[0])])
            position = figure.outer[1]
    words = " ".join([*pieces, flat[position:end]])
    return frozenset(POLARITY[word] for match in WORD.finditer(words) if (word := match[0].lower()) in POLARITY)


def _versus(rest: str) -> frozenset[str]:
    match = _VERSUS.search(rest)
    return frozenset(terms(match["rest"])[:4]) if match else frozenset()


def _compared(word: str, following: str) -> tuple[str, int]:
    """The way that a word says; a French comparative has that of the word it compares: `plus vite`, `moins vite`."""
    kind, way = POLARITY[word]
    if word in {"plus", "moins"} and following in POLARITY:
        kind, other = POLARITY[following]
        return kind, way * other
    return kind, way


def _polarity(figure: Figure, left: str, right: str) -> tuple[tuple[str, int] | None, bool]:
    """Which way the figure points, and whether that stands at the figure itself: right after it, or as its sign."""
    after = [match[0].lower() for match in WORD.finditer(right)][:3]
    before = [match[0].lower() for match in WORD.finditer(left)][-4:][::-1]
    found = next((_compared(word, following) for word, following in pairwise([*after, ""]) if word in POLARITY), None)
    pointed = found is not None
    found = found or next((POLARITY[word] for word in before if word in POLARITY), None)
    if found is None and figure.sign and figure.unit is not Unit.COUNT:
        found, pointed = ("amount", 1 if figure.sign == "+" else -1), True
    if found and found[0] == "amount" and TIME_NOUNS & {stem(word) for word in (*after, *before)}:
        found = ("speed", -found[1])
    return found, pointed
