"""How well the words around two figures fit, and where they cannot mean the same."""

from __future__ import annotations

from advisor.domain import Unit
from advisor.figures.model import Fault, Figure, Frame
from advisor.figures.terms import CONDITION_WORDS, CONTRASTS
from advisor.figures.units import SHARES, TIMES

_LEAST_SHARED = 0.4


def score(figure: Figure, other: Figure, extra: frozenset[str]) -> float:
    """How well a figure of the evidence fits the claim's words; only the order of scores has a meaning."""
    mine, theirs = figure.frame, other.frame
    left, right = set(mine.left), set(mine.right)
    points = 3.0 * len(right & set(theirs.right)) + 2.0 * len(left & (theirs.subject | set(theirs.left)))
    points += len(right & (theirs.subject | set(theirs.left))) + len(left & set(theirs.right))
    points += 1.5 * len(mine.clause & (theirs.clause | theirs.subject)) + 0.5 * len(mine.sentence & (theirs.sentence | extra))
    points += 5.0 * len(mine.conditions & theirs.conditions) + len(mine.around & theirs.around)
    points -= 3.0 * _disjoint(mine.conditions, theirs.conditions)
    points += 2.0 * bool(set(mine.noun) & set(theirs.noun)) + 2.0 * bool(mine.of & theirs.of) + 2.0 * _akin(figure.unit, other.unit)
    points -= 0.4 * len(theirs.clause - mine.sentence)
    if mine.polarity and theirs.polarity:
        points += 2.0 if mine.polarity == theirs.polarity else -1.0
    return points - 4.0 * _contrast(mine, theirs, extra)


def conflict(figure: Figure, other: Figure, extra: frozenset[str]) -> Fault:
    """Why two equal quantities cannot be the same statement; `none` when nothing speaks against it."""
    mine, theirs = figure.frame, other.frame
    if mine.negated and not theirs.negated and not mine.client:
        return "negated"
    if _opposed(figure, other):
        return "direction"
    if _contrast(mine, theirs, extra) or _disjoint(mine.versus, theirs.versus) or _disjoint(mine.of, theirs.of or theirs.sentence | extra):
        return "subject"
    known = theirs.sentence | extra
    if (mine.clause & CONDITION_WORDS) - known:
        return "subject"
    if mine.noun and figure.unit in {Unit.COUNT} and not set(mine.noun) & (set(theirs.noun) | set(theirs.right) | theirs.clause | extra):
        return "subject"
    return "none" if _shared(mine, known) >= _LEAST_SHARED else "subject"


def _akin(mine: Unit, theirs: Unit) -> bool:
    return mine is theirs or (mine in SHARES and theirs in SHARES) or (mine in TIMES and theirs in TIMES)


def _disjoint(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(mine) and bool(theirs) and not mine & theirs


def _contrast(mine: Frame, theirs: Frame, extra: frozenset[str]) -> bool:
    """Whether the claim's clause names one side of a contrast and the evidence only the other: sourced, influenced."""
    near = mine.clause or mine.sentence
    for group in CONTRASTS:
        if named := near & group:
            known = theirs.clause & group or (theirs.sentence | extra) & group
            if known and not named & known:
                return True
    return False


def _opposed(figure: Figure, other: Figure) -> bool:
    mine, theirs = figure.frame.polarity, other.frame.polarity
    if mine and theirs:
        if mine[0] == theirs[0]:
            return mine[1] != theirs[1]
        return mine[1] != theirs[1] and {mine, theirs} != {("speed", 1), ("amount", -1)}
    if figure.unit not in SHARES:
        return False
    return (mine is not None and figure.frame.pointed) or (theirs is not None and other.frame.pointed)


def _shared(mine: Frame, known: frozenset[str]) -> float:
    """The share of the claim's words that the evidence has too, the near ones counted twice."""
    words = mine.clause or mine.sentence
    if not words:
        return 1.0
    near = set(mine.left[:2]) | set(mine.right[:3])
    weight = sum(2 if word in near else 1 for word in words)
    return sum(2 if word in near else 1 for word in words if word in known) / weight
