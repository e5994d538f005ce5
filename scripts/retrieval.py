"""Measures whether `advisor search` finds the entries that answer the sixty questions of `evals/retrieval.yaml`.

    python scripts/retrieval.py            prints hits among the first one and five, and the mean reciprocal rank
    python scripts/retrieval.py --misses   also lists the questions whose answer is not among the first five

Choices are made on the questions with an odd number and judged on those with an even one.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import NamedTuple

import yaml

from advisor import datafiles, library
from advisor.adapters.embedder import MiniLM
from advisor.adapters.index import open_index
from advisor.adapters.tuning import tuned
from advisor.ports import Retriever

DEPTH = 10


class Case(NamedTuple):
    """A question, its name, and the ids of the entries that answer it."""

    name: str
    question: str
    answers: frozenset[str]

    @property
    def judges(self) -> bool:
        """Whether the question belongs to the half on which nothing is chosen."""
        return int(self.name.rpartition("-")[2]) % 2 == 0


def cases() -> list[Case]:
    table = yaml.safe_load((datafiles.root() / "evals" / "retrieval.yaml").read_text(encoding="utf-8"))
    return [Case(case["name"], case["inputs"], frozenset(case["expected_output"])) for case in table["cases"]]


def rank(retriever: Retriever, case: Case) -> int | None:
    """The place of the first hit that answers."""
    found = (hit.rank for hit in retriever.search(case.question, DEPTH, only="knowledge") if hit.id in case.answers)
    return next(found, None)


def line(title: str, ranks: list[int | None]) -> str:
    """The figures of some questions."""
    first, five = (sum(1 for at in ranks if at and at <= depth) for depth in (1, 5))
    mrr = sum(1 / at for at in ranks if at) / len(ranks)
    return f"{title:<10} {len(ranks)} questions   hit@1 {first / len(ranks):.3f}   hit@5 {five / len(ranks):.3f} ({five})   MRR@{DEPTH} {mrr:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="list the questions whose answer is not among the first five")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        retriever = open_index(Path(folder), library.load().entries(), embedder=MiniLM(), tuning=tuned())
        ranks = {case: rank(retriever, case) for case in cases()}
        for title, wanted in (("choosing", (False,)), ("judging", (True,)), ("all", (False, True))):
            print(line(title, [at for case, at in ranks.items() if case.judges in wanted]))
        for case, at in ranks.items():
            if options.misses and (at is None or at > 5):
                first = [hit.id for hit in retriever.search(case.question, 3, only="knowledge")]
                print(f"  {case.name} {at or '-'} {case.question} -> {', '.join(first)}")


if __name__ == "__main__":
    main()
