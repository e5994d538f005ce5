"""Prints how many planted errors are caught and how many harmless respellings are refused, over the whole knowledge.

    python tests/figures/rates.py [--show]
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from mutation import Case, planted, respelled, true_sentences

from advisor.figures import find, supports
from advisor.library import Library, load


@dataclass
class Rates:
    """What was tried, and what went wrong."""

    true: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    respelled: Counter[str] = field(default_factory=Counter)
    refused_true: list[Case] = field(default_factory=list)
    missed: list[Case] = field(default_factory=list)
    refused: list[Case] = field(default_factory=list)

    @property
    def caught(self) -> float:
        total = self.planted.total()
        return (total - len(self.missed)) / total if total else 1.0

    @property
    def refusal(self) -> float:
        total = self.respelled.total()
        return len(self.refused) / total if total else 0.0


def holds(case: Case) -> bool:
    """Whether every figure of a sentence is supported by its evidence."""
    return all(supports(figure, case.text, case.evidence) for figure in find(case.text))


def measure(library: Library, seed: int = 7) -> Rates:
    """Try every sentence of the knowledge with a figure; the same seed gives the same rates."""
    rng, rates = random.Random(seed), Rates()  # noqa: S311
    cases = true_sentences(library)
    for case in cases:
        rates.true += 1
        if not holds(case):
            rates.refused_true.append(case)
            continue
        for wrong in planted(case, cases, rng):
            rates.planted[wrong.kind] += 1
            if holds(wrong):
                rates.missed.append(wrong)
        for same in respelled(case):
            rates.respelled[same.kind] += 1
            if not holds(same):
                rates.refused.append(same)
    return rates


def report(rates: Rates, show: bool) -> str:
    lines = [
        f"true sentences {rates.true}, refused {len(rates.refused_true)}",
        f"planted errors {rates.planted.total()}, caught {rates.caught:.2%}, missed {Counter(case.kind for case in rates.missed)}",
        f"respellings {rates.respelled.total()}, refused {rates.refusal:.2%}: {Counter(case.kind for case in rates.refused)}",
    ]
    if show:
        for name, cases in (("REFUSED TRUE", rates.refused_true), ("MISSED", rates.missed), ("REFUSED", rates.refused)):
            for case in cases:
                faults = [match for figure in find(case.text) if not (match := supports(figure, case.text, case.evidence))]
                lines.append(f"{name} [{case.kind}] {case.text} || {case.evidence.says[:160]} || {[(m.fault, m.nearest) for m in faults]}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(measure(load()), "--show" in sys.argv))  # noqa: T201
