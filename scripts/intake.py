"""Measures whether the intake reads the facts of short utterances, by language and by half.

    python scripts/intake.py            prints precision and recall of each half (ours, and the one written blind) and language
    python scripts/intake.py --misses   also lists what was read too much, too little, or with another confidence
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import yaml

from advisor import datafiles
from advisor.evaluation import suites
from advisor.evaluation.cases import Case
from advisor.evaluation.observe import facts_read
from advisor.evaluation.scorers.intake import Reading, held

HALVES = {"own": "intake", "blind": "intake_blind"}
DISPUTED = "intake_disputed.yaml"
LANGUAGES = ("en", "de", "fr")


def cases(half: str) -> tuple[Case, ...]:
    """The cases of a half."""
    return suites.find([HALVES[half]])[0].cases


def disputed() -> Mapping[str, Sequence[str]]:
    """For cases of the blind half the facts whose expectation is held to be wrong, with the reason in the file."""
    entries = yaml.safe_load((datafiles.root() / "evals" / DISPUTED).read_text(encoding="utf-8"))["cases"]
    return {entry["id"]: entry["facts"] for entry in entries}


def score(case: Case) -> Reading:
    """One utterance held against its facts."""
    return held(case, facts_read(case))


class Total(NamedTuple):
    """The sums over several utterances."""

    count: int
    right: int
    extra: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.extra)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    def __str__(self) -> str:
        return f"{self.count:>4} utterances  {self.right + self.missed:>4} facts   precision {self.precision:.3f} ({self.extra} too much)   recall {self.recall:.3f} ({self.missed} missed)"


def total(scores: Sequence[Reading]) -> Total:
    return Total(len(scores), *(sum(len(getattr(score, name)) for score in scores) for name in ("right", "extra", "missed")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="list what was read otherwise than expected")
    options = parser.parse_args()
    for half in HALVES:
        scored = [(case, score(case)) for case in cases(half)]
        for lang in LANGUAGES:
            print(f"{half:<6} {lang}  {total([result for case, result in scored if case.inputs.lang == lang])}")
        print(f"{half:<6} all {total([result for _, result in scored])}")
        if options.misses:
            _list(scored)


def _list(scored: Sequence[tuple[Case, Reading]]) -> None:
    for case, result in scored:
        lines = [f"    {mark} {item}" for mark, items in (("+", result.extra), ("-", result.missed), ("~", result.unsure), ("!", result.bare)) for item in items]
        if lines:
            print(f"  {case.name}: {case.inputs.say[:160]!r}", *lines, sep="\n")


if __name__ == "__main__":
    main()
