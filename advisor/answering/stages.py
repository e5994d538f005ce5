"""What the rules would say at each stage while the ARR is open: where two stages lead to different advice, and from which one on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from advisor.answering.aim import deciding
from advisor.domain import ADVISED, BANDS, Assessment, Client, Finding, Money, Move, StageId, Verdict
from advisor.domain.conditions import Range
from advisor.ports import Wording
from advisor.rules import RuleBook, assess

_INSIDE = 1_000_000  # euros above the lower edge, on which two stages may have a claim


class Turn(NamedTuple):
    """The stage from which on a move is no longer refused and its lower edge, what it is from there (advised, possible, or open for other reasons),
    and the rules of both sides."""

    stage: StageId
    low: Decimal
    kind: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Stages:
    """A client whose ARR is open, supposed to stand in each stage in turn, everything else as told."""

    client: Client
    book: RuleBook
    wording: Wording

    def turn(self, move: Move) -> Turn | None:
        """Where the refusal of a move ends with a growing ARR; None where no stage or every stage refuses it, or some larger one again."""
        found = self._findings(move)
        refused = [finding is not None and finding.verdict is Verdict.FORBID for finding in found]
        below = refused.count(True)
        if not 0 < below < len(found) or not all(refused[:below]):
            return None
        later = found[below:]
        verdicts = [finding.verdict if finding else Verdict.ASK for finding in later]
        kind = "open" if Verdict.ASK in verdicts else "possible" if verdicts[0] not in ADVISED or Verdict.WARN in verdicts else "advised"
        sides = (found[below - 1], next((finding for finding in later if finding), None))
        rules = tuple(dict.fromkeys(finding.rule for finding in sides if finding is not None))
        return Turn(BANDS[below], self._range(BANDS[below]).low, kind, rules)

    def always_refused(self, move: Move) -> bool:
        """Whether a move is refused whatever the ARR is."""
        return all(finding is not None and finding.verdict is Verdict.FORBID for finding in self._findings(move))

    def _findings(self, move: Move) -> list[Finding | None]:
        return [deciding(assessment, move) for assessment in self._supposed]

    @cached_property
    def _supposed(self) -> tuple[Assessment, ...]:
        amounts = (Money.of(self._range(stage).inside().low + _INSIDE, "EUR") for stage in BANDS)
        return tuple(assess(self.client.model_copy(update={"arr": amount}), self.book, self.wording) for amount in amounts)

    def _range(self, stage: StageId) -> Range:
        return Range.parse(self.book.rows[f"stage.{stage}"].when["arr_eur"])
