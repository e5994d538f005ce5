"""The gate behind a model: whether one of its sentences may stand, and if not, exactly why.

It holds the sentence against the points that it words and the evidence that it names. Moves, stance and figures are read from the
sentence's own words; what the model says of it is only compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal, get_args

from advisor.answering.carried import uncarried, unfaithful
from advisor.answering.ground import Grounded
from advisor.answering.masking import left_over
from advisor.answering.points import Point, against_in, figures_of
from advisor.answering.written import WrittenClaim
from advisor.domain import ClaimKind, DraftClaim, Evidence, Move, Stance
from advisor.figures.match import text_of
from advisor.intake import language_of

_MARKUP = re.compile(r"[`#|{}<>\[\]\\]|\*\*|__|^\s*(?:[-*+]|\d+[.)])\s|\n|!\[|\bNAME\d|EVIDENCE|VERDICTS")
_WORDY = 2.0  # times the words of its points
_SPARE = 16  # words on top of that
_TELLING = 6  # words from which a sentence tells its language
_ENDS = re.compile(r"[.!?](?=\s+[A-ZÄÖÜ])")
_SENTENCES = 3  # that one claim may hold, at most


Check = Literal["form", "points", "citation", "figures", "moves", "carried", "ground"]
CHECKS: tuple[Check, ...] = get_args(Check)
"""Which of the checks refused a sentence, in the order in which they are made; `ground` is the one of every answer."""


class RefusedError(Exception):
    """A sentence may not stand; the message says why, `check` which check found it."""

    def __init__(self, check: Check, reason: str) -> None:
        super().__init__(reason)
        self.check: Check = check


@dataclass(frozen=True)
class Gate:
    """What sentences are held against. `grounded` is the check of every answer; `decided` the figures of the offline one."""

    evidence: Mapping[str, Evidence]
    grounded: Callable[[Sequence[DraftClaim]], Grounded]
    language: str
    known: Callable[[str], bool]
    decided: AbstractSet[str]
    section: str

    def passed(self, item: WrittenClaim, points: Sequence[Point], cited: Sequence[str]) -> DraftClaim:
        """The sentence as a claim of the answer. Raises RefusedError when it may not stand."""
        text = item.text.strip()
        self._plain(text, points)
        made = self._worded(item, text, points, cited) if points else self._added(text, cited)
        done = self.grounded([made])
        if done.verification.removed:
            raise RefusedError("ground", done.verification.removed[0].reason)
        claim = done.claims[0]
        if points:
            stances, moves = {point.claim.stance for point in points}, {move for point in points for move in point.claim.moves}
            if claim.stance not in stances or (claim.stance is not Stance.MENTION and {*claim.moves} != moves):
                raise RefusedError("moves", f"it must {_said(points[0].claim.stance, moves)}, and it does {_said(claim.stance, {*claim.moves})}")
        elif claim.stance is not Stance.MENTION:
            raise RefusedError("moves", "it advises, and no point says so")
        return made

    def _plain(self, text: str, points: Sequence[Point]) -> None:
        if _MARKUP.search(text) or left_over(text):
            raise RefusedError("form", "it holds markup, several lines or a name that was not given")
        if "?" in text:
            raise RefusedError("form", "it asks a question that is not among those asked")
        longest = _WORDY * sum(len(point.draft.text.split()) for point in points) + _SPARE
        if len(text.split()) > (longest if points else 45) or len(_ENDS.findall(text)) >= _SENTENCES:
            raise RefusedError("form", "it is much longer than what it has to say")
        spoken = language_of(text)
        if len(text.split()) >= _TELLING and spoken != self.language and language_of(" ".join(point.draft.text for point in points)) != spoken:
            raise RefusedError("form", "it is in another language than the answer")

    def _worded(self, item: WrittenClaim, text: str, points: Sequence[Point], cited: Sequence[str]) -> DraftClaim:
        """A sentence that says what its points say: the same figures, moves and denials, in words that they or their evidence have."""
        first = points[0].draft
        own = list(dict.fromkeys(id_ for point in points for id_ in point.draft.evidence))
        if own and not set(cited) & set(own):
            raise RefusedError("citation", "it does not cite what its point rests on")
        self._compare(item, points)
        wanted, there = frozenset(key for point in points for key in point.figures), figures_of(text)
        if wanted != there:
            raise RefusedError("figures", _figures(wanted, there, points))
        turned = frozenset(move for point in points for move in point.against)
        if against_in(text) != turned:
            raise RefusedError("moves", "it must turn down " + (_names(turned) or "nothing") + ", and nothing else")
        texts = [point.draft.text for point in points]
        if reason := unfaithful(text, " ".join(texts), [text_of(self.evidence[id_]) for id_ in own], self.known):
            raise RefusedError("carried", reason)
        for id_ in cited:
            if id_ not in own and (reason := uncarried(text, [text_of(self.evidence[id_])], self.known)):
                raise RefusedError("carried", f"“{self.evidence[id_].title}” does not carry it: {reason}")
        return first.model_copy(update={"text": text, "evidence": tuple(own)})

    def _added(self, text: str, cited: Sequence[str]) -> DraftClaim:
        """A fact beside the points: from the evidence alone, with no figure that the answer does not have anyway."""
        if not cited:
            raise RefusedError("citation", "it words no point and cites nothing")
        if new := figures_of(text) - self.decided:
            raise RefusedError("figures", f"it brings {len(new)} figure(s) that no point has")
        for id_ in cited:
            if self.evidence[id_].applies == "no":
                raise RefusedError("citation", f"“{self.evidence[id_].title}” does not hold for this client")
            if reason := uncarried(text, [text_of(self.evidence[id_])], self.known):
                raise RefusedError("carried", f"“{self.evidence[id_].title}” does not carry it: {reason}")
        if against_in(text):
            raise RefusedError("moves", "it turns something down, and no point says so")
        return DraftClaim(text=text, evidence=tuple(dict.fromkeys(cited)), kind=ClaimKind.FACT, section=self.section)

    def _compare(self, item: WrittenClaim, points: Sequence[Point]) -> None:
        """What the sentence says of itself must not go beyond its points."""
        named = {move for point in points for move in (*point.claim.moves, *point.draft.moves, *point.against)}
        known = {move.value for move in named}
        if (strange := [move for move in item.moves if move not in known]) and any(strange[0] == move.value for move in Move):
            raise RefusedError("moves", f"it declares {strange[0].replace('_', ' ')}, which its point does not name")


def _figures(wanted: AbstractSet[str], there: AbstractSet[str], points: Sequence[Point]) -> str:
    lost = wanted - there
    if lost:
        return f"it must keep the figures of its point as written: “{' '.join(point.draft.text for point in points)}”"
    return "it has a figure that its point does not have"


def _names(moves: AbstractSet[Move]) -> str:
    return ", ".join(sorted(move.value.replace("_", " ") for move in moves))


def _said(stance: Stance, moves: AbstractSet[Move]) -> str:
    return f"{stance.value.replace('_', ' ')} {_names(moves) or 'nothing'}"
