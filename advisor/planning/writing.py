"""Writes the sentences of a plan as claims, has them held against their evidence once, and gives back those that stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from advisor.domain import Assessment, Citation, Claim, ClaimKind, Computation, DraftClaim, Finding, Move, Stance, Verification
from advisor.domain.plan import Line
from advisor.errors import DataError
from advisor.library import Library
from advisor.library.passages import FIGURE
from advisor.library.points import points_of
from advisor.ports import Wording
from advisor.rules import Row, RuleBook


class Held(NamedTuple):
    """What grounding gives back: for each draft the claim that stands or None, the list of sources, and what it found."""

    claims: Sequence[Claim | None]
    citations: Sequence[Citation]
    verification: Verification


Ground = Callable[[Sequence[DraftClaim]], Held]


@dataclass
class Writer:
    """Sentences of one plan. `facts`, `words` and `sums` are the client's, `points` quoted sentences in the language; `claims` is what was written, in its order."""

    wording: Wording
    library: Library
    book: RuleBook
    assessment: Assessment
    facts: Mapping[str, Any]
    words: Mapping[str, str]
    points: Mapping[str, str] = field(default_factory=dict)
    sums: Mapping[str, Computation] = field(default_factory=dict)
    claims: list[DraftClaim] = field(default_factory=list)

    def say(self, key: str, **slots: str) -> str:
        """A phrase of plans, its slots filled with the client's facts where they are not given."""
        full = f"plans.{key}"
        known = {**self.words, **slots}
        return self.wording.say(full, **{name: known[name] for name in self.wording.slots(full)})

    def line(
        self,
        key: str,
        why: Iterable[str] = (),
        *,
        kind: ClaimKind = ClaimKind.ADVICE,
        stance: Stance = Stance.MENTION,
        moves: Sequence[Move] = (),
        computed: Sequence[Computation] = (),
        slots: Mapping[str, str] | None = None,
    ) -> DraftClaim:
        """A sentence by its key, resting on `why` and on what the phrase shows."""
        full = f"plans.{key}"
        shown = [*self.wording.figures(full), *(rule for rule in self.wording.rules(full) if rule in self.book.rows)]
        return self.add(self.say(key, **(slots or {})), [*self.basis(why), *shown], kind=kind, stance=stance, moves=moves, computed=computed)

    def add(
        self,
        text: str,
        evidence: Iterable[str],
        *,
        kind: ClaimKind = ClaimKind.ADVICE,
        stance: Stance = Stance.MENTION,
        moves: Sequence[Move] = (),
        computed: Sequence[Computation] = (),
    ) -> DraftClaim:
        claim = DraftClaim(text=text, evidence=tuple(dict.fromkeys(evidence)), kind=kind, stance=stance, moves=tuple(moves), computed=tuple(computed))
        self.claims.append(claim)
        return claim

    def basis(self, why: Iterable[str]) -> list[str]:
        """The ids behind reasons as templates write them: a passage, `passage|words`, a rule, a record, or `move:NAME` for its finding."""
        return [id_ for each in why for id_ in self._ids(each.partition("|")[0])]

    def _ids(self, name: str) -> list[str]:
        if not name.startswith("move:"):
            return [name]
        finding = self.assessment.finding_on(Move(name.removeprefix("move:")))
        return [finding.rule] if finding else []

    def reason(self, why: str, moves: Sequence[Move]) -> DraftClaim:
        """Why a task is there: the sentence of a passage, or what the rules say about its first move."""
        if why and not why.startswith("move:"):
            passage, _, words = why.partition("|")
            return self.add(self.point(passage, words), [passage], kind=ClaimKind.FACT)
        finding = self.assessment.finding_on(Move(why.removeprefix("move:")) if why else moves[0])
        if finding is None:
            raise DataError("knowledge/plans", str(moves), "why", found="a move that no rule speaks of", allowed="a passage")
        return self.finding(finding)

    def finding(self, finding: Finding, text: str = "") -> DraftClaim:
        """The reason of a finding, resting on its rule and on what its words show."""
        return self.add(text or finding.because, self.finding_basis(finding))

    def finding_basis(self, finding: Finding) -> list[str]:
        """A finding's rule, and the records and rules that its words show."""
        return [finding.rule, *self._shown(finding)]

    def _shown(self, finding: Finding) -> list[str]:
        row: Row | None = self.book.rows.get(finding.rule)
        verdict = next((each for each in row.verdicts if each.move is finding.move), None) if row else None
        keys = [key for key in (verdict.text, verdict.because, verdict.change) if key] if verdict else []
        ids = [*(id_ for key in keys for id_ in self.wording.figures(key)), *(id_ for key in keys for id_ in self.wording.rules(key))]
        return [id_ for id_ in ids if id_ in self.library.benchmarks or id_ in self.book.rows]

    def point(self, passage: str, words: str) -> str:
        """The sentence of a passage that holds these English words, in the language of the plan. Raises DataError unless there is one."""
        english = (self.library.english or self.library).passages[passage]
        points = points_of(english.text)
        found = [number for number, point in enumerate(points) if words in point]
        if len(found) != 1:
            raise DataError("knowledge/plans", passage, "why", found=f"{len(found)} sentences with {words!r}", allowed="words of one sentence")
        if self.library.untranslated(passage):
            ours = self.points.get(f"{passage}|{words}", points[found[0]])
            return FIGURE.sub(lambda mark: self.library.figure(mark[1]), ours)
        return points_of(self.library.passages[passage].text)[found[0]]


@dataclass(frozen=True)
class Settled:
    """The sentences that stand, by their draft."""

    lines: Mapping[tuple[str, tuple[str, ...]], Line]
    held: Held

    def line(self, draft: DraftClaim | None) -> Line | None:
        """The sentence of a draft, or None when it was withheld."""
        return self.lines.get((draft.text, draft.evidence)) if draft else None

    def lines_of(self, drafts: Iterable[DraftClaim]) -> tuple[Line, ...]:
        return tuple(line for draft in drafts if (line := self.line(draft)))


def settle(drafts: Sequence[DraftClaim], ground: Ground) -> Settled:
    """Hold everything that was written against its evidence. `ground` says for each draft what stands of it."""
    held = ground(drafts)
    lines = {
        (draft.text, draft.evidence): Line(text=draft.text, evidence=draft.evidence, citations=claim.citations, computed=draft.computed)
        for draft, claim in zip(drafts, held.claims, strict=True) if claim is not None
    }  # fmt: skip
    return Settled(lines, held)
