"""Measures retrieval and sets its relevance floor.

    python scripts/floor.py            prints how well entries are found, and how well the floor tells held from near questions
    python scripts/floor.py --write    puts the chosen floor and the model's hash into knowledge/vectors/tuning.toml

`evals/floor.yaml` holds questions that the knowledge answers and near ones that it does not; `bench/relevance.toml` names the
entries that answer the former. `evals/retrieval.yaml` holds sixty more that it answers. All questions are split into two halves by a hash of their words: whatever is chosen is chosen on
one half and reported on the other.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import yaml

from advisor import datafiles, library
from advisor.adapters import projection
from advisor.adapters.embedder import MiniLM
from advisor.adapters.index import open_index
from advisor.adapters.retrieval import Index
from advisor.adapters.tuning import FILE

Ranking = Callable[[str], Sequence[str]]
DEPTH = 10
EVERYTHING = 10_000


def half(question: str) -> int:
    return hashlib.sha256(question.encode()).digest()[0] % 2


def relevance(ranking: Ranking, cases: Iterable[tuple[str, set[str]]]) -> str:
    """Mean reciprocal rank, hits among the first one and five, and nDCG, at ten."""
    rows = []
    for question, answers in cases:
        right = [id_ in answers for id_ in ranking(question)[:DEPTH]]
        first = right.index(True) if any(right) else DEPTH
        gain = sum(hit / np.log2(place + 2) for place, hit in enumerate(right))
        best = sum(1 / np.log2(place + 2) for place in range(min(len(answers), DEPTH)))
        rows.append((1 / (first + 1) if first < DEPTH else 0.0, first < 1, first < 5, gain / best))
    mrr, one, five, ndcg = np.mean(rows, axis=0)
    return f"MRR@10 {mrr:.3f}   hit@1 {one:.3f}   hit@5 {five:.3f}   nDCG@10 {ndcg:.3f}"


def ranked(index: Index) -> Ranking:
    return lambda question: [hit.id for hit in index.search(question, 50)]


def reciprocal(one: Ranking, other: Ranking, constant: int = 60) -> Ranking:
    """Reciprocal rank fusion of two orders."""

    def fused(question: str) -> list[str]:
        scores: dict[str, float] = {}
        for order in (one(question), other(question)):
            for place, id_ in enumerate(order):
                scores[id_] = scores.get(id_, 0.0) + 1 / (constant + place + 1)
        return sorted(scores, key=lambda id_: (-scores[id_], id_))

    return fused


def tops(index: Index, questions: Iterable[str]) -> np.ndarray:
    """The best hit's score for each question."""
    return np.array([max((hit.score for hit in index.search(question, 1)), default=0.0) for question in questions])


def errors(floor: float, held: np.ndarray, near: np.ndarray) -> tuple[float, float]:
    """Shares of held questions below the floor and of near ones not below it."""
    return float((held < floor).mean()), float((near >= floor).mean())


def choose(held: np.ndarray, near: np.ndarray) -> float:
    """The floor with the fewest errors on both sides together; the middle one where several are equally good."""
    every = np.sort(np.r_[held, near])
    candidates = (every[1:] + every[:-1]) / 2
    costs = np.array([sum(errors(floor, held, near)) for floor in candidates])
    best = np.flatnonzero(costs <= costs.min() + 1e-9)
    return round(float(candidates[best[len(best) // 2]]), 4)


def report_relevance(index: Index, cases: list[tuple[str, set[str]]]) -> None:
    words, dense = by_words(index), by_vectors(index)
    print(f"Finding the entries that answer {len(cases)} questions")
    print(f"  words (BM25)                {relevance(words, cases)}")
    print(f"  vectors                     {relevance(dense, cases)}")
    print(f"  reciprocal rank fusion      {relevance(reciprocal(words, dense), cases)}")
    print(f"  learned order, as shipped   {relevance(ranked(index), cases)}")


def by_words(index: Index) -> Ranking:
    """The order that words alone give."""
    return lambda question: [index._entries[number].id for number in _highest(index._asked(question).match.scores)]


def by_vectors(index: Index) -> Ranking:
    """The order that cosines alone give."""
    return lambda question: [id_ for id_, _ in index.nearest(question, EVERYTHING)]


def _highest(scores: Mapping[int, float]) -> list[int]:
    return sorted(scores, key=lambda number: (-scores[number], number))


def report_floor(index: Index, held: list[str], near: list[str]) -> float:
    """The floor chosen on each half with its errors on the other, and the one from all questions, which is returned."""
    scores = {name: (np.array(list(map(half, questions))), tops(index, questions)) for name, questions in (("held", held), ("near", near))}
    print("The floor, chosen on one half, judged on the other")
    for side in (0, 1):
        inside = [top[side_of == side] for side_of, top in scores.values()]
        outside = [top[side_of != side] for side_of, top in scores.values()]
        floor = choose(*inside)
        refused, answered = errors(floor, *outside)
        print(f"  {floor:.3f}: refuses {refused:.0%} of {len(outside[0])} held questions, lets through {answered:.0%} of {len(outside[1])} near ones")
    held_all, near_all = scores["held"][1], scores["near"][1]
    print(f"  a held question scores above a near one in {(held_all[:, None] > near_all[None]).mean():.0%} of all pairs")
    floor = choose(held_all, near_all)
    print("  {:.3f} from all of them, as shipped: refuses {:.0%}, lets through {:.0%} (of those it was chosen on)".format(floor, *errors(floor, held_all, near_all)))
    return floor


def report_mistakes(index: Index, held: list[str], near: list[str], floor: float) -> None:
    for title, questions, wrong in (("Held, refused", held, False), ("Near, let through", near, True)):
        print(title)
        for question, top in zip(questions, tops(index, questions), strict=True):
            if bool(top >= floor) is wrong:
                print(f"  {top:.3f} {question} -> {index.search(question, 1)[0].id}")


def write(floor: float, model_hash: str) -> None:
    path = projection.folder() / FILE
    text = path.read_text(encoding="utf-8")
    for key, value in {"floor": str(floor), "model": f'"{model_hash}"'}.items():
        text = re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", text)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the chosen floor into tuning.toml")
    parser.add_argument("--mistakes", action="store_true", help="list the questions on the wrong side of the floor")
    options = parser.parse_args()
    questions: Mapping[str, list[str]] = yaml.safe_load((datafiles.root() / "evals" / "floor.yaml").read_text(encoding="utf-8"))
    judged = tomllib.loads((datafiles.root() / "bench" / "relevance.toml").read_text(encoding="utf-8"))["case"]
    cases = [(case["question"], set(case["answered_by"])) for case in judged]
    later = yaml.safe_load((datafiles.root() / "evals" / "retrieval.yaml").read_text(encoding="utf-8"))["cases"]
    held, near = [*questions["held"], *(case["inputs"] for case in later)], questions["near_miss"]
    entries, model = library.load().entries(), MiniLM()
    with tempfile.TemporaryDirectory() as folder:
        index = open_index(Path(folder), entries, embedder=model)
        report_relevance(index, cases)
        floor = report_floor(index, held, near)
        if options.mistakes:
            report_mistakes(index, held, near, floor)
    if options.write:
        write(floor, model.model_hash)


if __name__ == "__main__":
    main()
