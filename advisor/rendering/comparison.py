"""Records of one metric held beside each other: what explains the difference, and which one carries most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from advisor.domain import Applies, BenchmarkKind, EvidenceClass
from advisor.rendering.documents import BenchmarkRow, ComparisonDocument
from advisor.rendering.words import page

COMPARED = ("kind", "unit", "of", "per", "currency", "population", "condition", "publisher", "evidence_class", "as_of")
_APPLIES = (Applies.YES, Applies.UNKNOWN, Applies.NO)
_STRENGTH = tuple(EvidenceClass)


class Dispute(NamedTuple):
    """What is known of a disagreement that the records are part of: which go first, best first, and the sentences that say why."""

    prefer: tuple[str, ...]
    why: str
    because: str


def compare(metric: str, rows: Sequence[BenchmarkRow], against: Sequence[BenchmarkRow] = (), disputes: Sequence[Dispute] = ()) -> ComparisonDocument:
    """Prefer what a known disagreement says, then what holds for the facts, then the stronger evidence; between equals nothing is preferred."""
    ranked = sorted(rows, key=lambda row: (*_rank(row), row.id))
    explained = tuple(name for name in COMPARED if len({str(getattr(row, name)) for row in [*rows, *against]}) > 1)
    preferred, because = _settled(ranked, disputes) if disputes else _choice(ranked)
    return ComparisonDocument(
        metric=metric, records=tuple(ranked), against=tuple(against), explained_by=explained, why=tuple(dispute.why for dispute in disputes),
        preferred=preferred, because=because,
    )  # fmt: skip


def _settled(ranked: Sequence[BenchmarkRow], disputes: Sequence[Dispute]) -> tuple[str | None, str]:
    """The first record that the disagreement prefers and that holds for the facts; none while that is open or where no side is a norm."""
    dispute, holding = disputes[0], {row.id for row in ranked if row.applies is Applies.YES}
    first = next((id_ for id_ in dispute.prefer if id_ in holding), None)
    return first, f"Prefer {first}. {dispute.because}" if first else dispute.because


def _choice(ranked: Sequence[BenchmarkRow]) -> tuple[str | None, str]:
    best = ranked[0]
    if best.applies is Applies.NO:
        return None, "None of these records holds for the facts given"
    if len(ranked) == 1:
        return best.id, "It is the only record of this metric"
    if all(row.kind is BenchmarkKind.PRICE for row in ranked) and len({row.of for row in ranked}) == len(ranked):
        return None, "Each is the price of another thing: none stands for another"
    second, equal = ranked[1], sum(_rank(row) == _rank(best) for row in ranked)
    if equal > 1:
        first = "All" if equal == len(ranked) else f"The first {equal}"
        return None, f"{first} carry equally far ({page().evidence(best.evidence_class)}, {page().holds(best.applies)}): quote them side by side"
    if best.applies is not second.applies:
        return best.id, f"Prefer {best.id}: it {page().holds(best.applies)}" if best.applies is Applies.YES else _by_class(best, second)
    return best.id, _by_class(best, second)


def _by_class(best: BenchmarkRow, second: BenchmarkRow) -> str:
    if best.applies is not second.applies:
        return f"Prefer {best.id}: the others do not hold for the facts given"
    return f"Prefer {best.id}: its evidence ({page().evidence(best.evidence_class)}) is stronger ({page().evidence(second.evidence_class)} next)"


def _rank(row: BenchmarkRow) -> tuple[int, int]:
    return _APPLIES.index(row.applies), _STRENGTH.index(row.evidence_class)
