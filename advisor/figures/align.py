"""How well the words around two figures fit, and where they cannot mean the same."""

from __future__ import annotations

from collections import Counter

from advisor.domain import Unit
from advisor.figures.model import Fault, Figure, Frame
from advisor.figures.terms import COMMON, CONDITION_WORDS, CONTRASTS, EDGES, PEAKS, POLARITY, VAGUE, stem
from advisor.figures.units import SHARES, TIMES

_LEAST_SHARED = 0.5
_MOST_FOREIGN = 0.34
_NEAR_COPY = 0.75
_OTHER_MATTER = 0.25
_PEOPLE = frozenset({"person"})
_PLAN = ("day", "week", "month")
_TIMES = frozenset(str(unit) for unit in TIMES)
_DIRECTIONS = frozenset(stem(word) for word in POLARITY)


def score(figure: Figure, other: Figure, extra: frozenset[str]) -> float:
    """How well a figure of the evidence fits the claim's words; only the order of scores has a meaning."""
    mine, theirs = figure.frame, other.frame
    left, right = set(mine.left), set(mine.right)
    points = 3.0 * len(right & set(theirs.right)) + 2.0 * len(left & (theirs.subject | set(theirs.left)))
    points += len(right & (theirs.subject | set(theirs.left))) + len(left & set(theirs.right))
    points += 1.5 * len(mine.clause & (theirs.clause | theirs.subject)) + len(mine.sentence & (theirs.sentence | extra))
    points += 5.0 * len(mine.conditions & theirs.conditions) + 2.0 * len(mine.around & theirs.around)
    points -= 3.0 * _disjoint(mine.conditions, theirs.conditions) + 3.0 * _elsewhere(mine, theirs)
    points += 2.0 * bool(set(mine.noun) & set(theirs.noun)) + 2.0 * bool(mine.of & theirs.of) + 2.0 * _akin(figure.unit, other.unit)
    points -= 0.4 * len(theirs.clause - mine.sentence)
    if mine.polarity and theirs.polarity:
        points += 2.0 if mine.polarity == theirs.polarity else -1.0
    return points - 4.0 * _contrast(mine, theirs, extra)


def copied(figure: Figure, other: Figure) -> bool:
    """Whether the claim's sentence is nearly the evidence's own."""
    return likeness(figure, other) >= _NEAR_COPY


def likeness(figure: Figure, other: Figure) -> float:
    """How much two sentences have of each other's words, directions apart: 1 for a copy."""
    ours, others = _bag(figure.frame), _bag(other.frame)
    return (ours & others).total() / max(ours.total(), others.total(), 1)


def turned(figure: Figure, other: Figure) -> bool:
    """Whether a copied sentence has a direction or a name changed: what a date is held against."""
    mine, theirs = figure.frame, other.frame
    return _opposite(mine, theirs) or bool(theirs.names - mine.sentence and _bag(mine) - _bag(theirs))


def _opposite(mine: Frame, theirs: Frame) -> bool:
    return any((dim, -sign) in theirs.ways - mine.ways for dim, sign in mine.ways - theirs.ways)


def conflict(figure: Figure, other: Figure, extra: frozenset[str]) -> Fault:
    """Why two equal quantities cannot be the same statement; `none` when nothing speaks against it."""
    mine, theirs = figure.frame, other.frame
    if mine.negated and not theirs.negated and not mine.client:
        return "negated"
    if not figure.is_edge and ((theirs.lacking & mine.sentence) - mine.lacking or (mine.lacking & theirs.sentence) - theirs.lacking):
        return "negated"
    if _opposed(figure, other) or _opposite(mine, theirs) or _other_role(mine, theirs):
        return "direction"
    if _other_scale(figure, other) or _disjoint(mine.setting, theirs.setting) or _unlettered(mine, theirs) or (theirs.sentence & PEAKS) - mine.sentence:
        return "subject"
    if _elsewhere(mine, theirs) or _other_label(mine, theirs) or _contrast(mine, theirs, extra) or _disjoint(mine.versus, theirs.versus) or _disjoint(mine.of, theirs.of or theirs.sentence | extra):
        return "subject"
    known = theirs.sentence | extra | (_PEOPLE if other.unit is Unit.FTE else frozenset())
    if figure.is_edge:
        return "subject" if _near_copy_changed(mine.clause, theirs.clause) or _nothing_shared(mine, known) else "none"
    if (mine.clause & CONDITION_WORDS) - known or _side_changed(mine, theirs) or (figure.unit is Unit.COUNT and EDGES & set(mine.noun[:1]) - set(theirs.noun[:1])):
        return "subject"
    if mine.noun and figure.unit is other.unit is Unit.COUNT and not set(mine.noun) & (set(theirs.noun) | set(theirs.right) | theirs.clause | extra):
        return "subject"
    if figure.unit is other.unit is Unit.COUNT and theirs.noun and not mine.noun and not set(theirs.noun) & {*mine.left[:2], *mine.right[:2]}:
        return "subject"
    if _replaced(figure, other, known) or _condition_lost(mine, theirs, known) or _other_matter(mine, theirs, known):
        return "subject"
    return "none" if _shared(mine, known) >= _LEAST_SHARED else "subject"


def _other_role(mine: Frame, theirs: Frame) -> bool:
    """Whether one figure is how far something changed and the other what it changed to: "by 12 %" and "to 12 %"."""
    if mine.role == "by":
        return theirs.role in {"to", "from"} or (not theirs.role and theirs.polarity is None)
    if mine.role in {"to", "from"}:
        return theirs.role == "by" or (bool(theirs.role) and theirs.role != mine.role) or (not theirs.role and theirs.pointed)
    return theirs.role in {"to", "from"} and mine.pointed


def _other_scale(figure: Figure, other: Figure) -> bool:
    """Whether both point up or both down, by words at the figure itself, but one says how much and the other how fast: likelier is not faster."""
    mine, theirs = figure.frame.polarity, other.frame.polarity
    if not mine or not theirs or not figure.frame.pointed or not other.frame.pointed or figure.unit not in SHARES:
        return False
    return {mine[0], theirs[0]} == {"amount", "speed"} and mine[1] == theirs[1]


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


def _elsewhere(mine: Frame, theirs: Frame) -> bool:
    """Whether both sentences limit the figure, and no limit of the claim lies within one of the evidence."""
    return bool(mine.limits and theirs.limits) and not _within(mine, theirs)


def _within(mine: Frame, theirs: Frame) -> bool:
    return any(unit == other and low <= start and end <= high for unit, start, end in mine.limits for other, low, high in theirs.limits)


def _side_changed(mine: Frame, theirs: Frame) -> bool:
    """Whether the claim names one side of a contrast more often than the evidence and leaves out the other that stands there."""
    ours, others = Counter(mine.bag), Counter(theirs.bag)
    return any(
        ours[word] > others[word] > 0 and any(others[other] and not ours[other] for other in group - {word}) for group in CONTRASTS for word in group & mine.clause
    )


def _replaced(figure: Figure, other: Figure, known: frozenset[str]) -> bool:
    """Whether words of the evidence are missing from the claim, and others stand in their place.

    In a claim that is nearly the evidence's own sentence one such word is enough, else more than a third of the clause.
    """
    mine, theirs = figure.frame, other.frame
    if mine.names - known - theirs.names and theirs.names - mine.names - mine.sentence:
        return True
    foreign = (mine.scope - known) - _DIRECTIONS
    missing = (theirs.clause | theirs.subject) - mine.sentence
    if len(foreign) > _MOST_FOREIGN * len(mine.scope) and (missing or (theirs.limits and not mine.limits)):
        return True
    if not copied(figure, other):
        return False
    ours, others = _bag(mine), _bag(theirs)
    renamed = bool(theirs.names - mine.sentence)
    new = [word for word in ours - others if renamed or word not in known or others[word]]
    other_figures = bool(mine.around - theirs.around) and not _within(mine, theirs)
    gone = bool(others - ours) or bool(theirs.around - mine.around)
    return (bool(new) or other_figures) and gone


def _unlettered(mine: Frame, theirs: Frame) -> bool:
    """Whether the claim names a lettered partner ("Partner A") that the evidence does not."""
    return any(label.startswith("letter") for label in mine.labels - theirs.labels)


def _other_matter(mine: Frame, theirs: Frame, known: frozenset[str]) -> bool:
    """Whether either sentence holds hardly a word of the other, beside those that every sentence of the field holds."""
    ours, others = mine.sentence - VAGUE, theirs.sentence - VAGUE
    if mine.client or not ours or not others:
        return False
    return len(ours & known) <= _OTHER_MATTER * len(ours) and len(others & ours) <= _OTHER_MATTER * len(others)


def _condition_lost(mine: Frame, theirs: Frame, known: frozenset[str]) -> bool:
    """Whether the evidence limits the figure, the claim does not, and speaks mostly of other things."""
    if not theirs.limits or mine.limits or mine.client:
        return False
    return 2 * len(mine.sentence & (theirs.sentence | known & CONDITION_WORDS)) < len(mine.sentence)


def _bag(frame: Frame) -> Counter[str]:
    return Counter(word for word in frame.bag if word not in _DIRECTIONS)


def _nothing_shared(mine: Frame, known: frozenset[str]) -> bool:
    own = mine.clause - COMMON
    return len(own) > 1 and not own & known


def _other_label(mine: Frame, theirs: Frame) -> bool:
    """Whether both sentences name a level, or both a time of the plan, and not the same: day 90, week 4."""
    if _timed(mine) and _timed(theirs) and bool(mine.labels) != bool(theirs.labels) and not (mine.limits and theirs.limits):
        return True
    for kinds in (_PLAN, ("level",), ("layer",), ("tier", "t"), ("phase",), ("play",)):
        ours = {label for label in mine.labels if label.rstrip("0123456789") in kinds}
        others = {label for label in theirs.labels if label.rstrip("0123456789") in kinds}
        if ours and others and not ours & others:
            return True
    return False


def _timed(frame: Frame) -> bool:
    return any(label.rstrip("0123456789") in _PLAN for label in frame.labels) or any(unit in _TIMES for unit, _, _ in frame.limits)


def _near_copy_changed(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    shared = len(mine & theirs)
    return _NEAR_COPY * max(len(mine), len(theirs)) <= shared < min(len(mine), len(theirs))


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
    words = mine.scope - VAGUE
    if not words:
        return 1.0
    near = set(mine.left[:2]) | set(mine.right[:3])
    weight = sum(2 if word in near else 1 for word in words)
    return sum(2 if word in near else 1 for word in words if word in known) / weight
