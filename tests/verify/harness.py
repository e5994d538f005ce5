"""Measures `verify` on planted errors, harmless respellings and derived figures, beside two simple checks, in one run.

Cases come from every record and passage of the knowledge and from fifty tables of other fields. Both simple checks get the very
text that a sentence rests on: one asks whether its numbers occur there, the other whether its values do with their units.
"""

from __future__ import annotations

import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "figures")]

from mutation import Case, planted, respelled, true_sentences  # noqa: E402
from table_cases import cases as table_cases  # noqa: E402
from table_cases import sheets  # noqa: E402

from advisor import verify  # noqa: E402
from advisor.domain import FigureVerdict  # noqa: E402
from advisor.figures import differs, find  # noqa: E402
from advisor.library import Library  # noqa: E402

TABLES = Path(__file__).parents[2] / "evals" / "verify" / "tables.md"
SEED = 11
_HARMLESS = frozenset({"as it stands", "unit in words", "no separator", "thin space", "nbsp", "about", "words", "to", "between", "capitals"})
_NAMES = {"ten times": "scale", "points": "points for percent", "multiple as percent": "unit", "currency": "unit", "subject words": "swapped subject", "direction": "flipped direction"}
_NO_RESPELLING = frozenset({"sign"})  # writes "more than" as ">" also where it compares: "20 % more than the year before"
CHECKS = ("number occurs", "value and unit", "verify")


@dataclass(frozen=True)
class Tried:
    """One sentence: what was done to it, the text it rests on, and whether that text is the whole knowledge."""

    sort: str
    kind: str
    text: str
    source: str
    field: str
    whole: bool = False


@dataclass
class Score:
    """Of so many cases of a kind, how many each check got right."""

    cases: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CHECKS, 0))

    def share(self, check: str) -> float:
        return self.right[check] / self.cases if self.cases else 1.0


@dataclass
class Outcome:
    """Scores by field, sort and kind, and the cases that `verify` got wrong."""

    scores: dict[tuple[str, str, str], Score] = field(default_factory=lambda: defaultdict(Score))
    wrong: list[Tried] = field(default_factory=list)


def knowledge_cases(library: Library, step: int = 1) -> Iterator[Tried]:
    """From every `step`-th true sentence of records and passages: as it stands, respelled, and falsified in each way."""
    rng = random.Random(SEED)  # noqa: S311
    every = [case for case in true_sentences(library) if case.kind in {"record", "passage"}]
    true = {case.text for case in every}
    for case in every[::step]:
        yield _known("harmless", "as it stands", case)
        yield from (_known("harmless", other.kind, other) for other in respelled(case) if other.kind not in _NO_RESPELLING)
        yield from (_known("false", _NAMES.get(other.kind, other.kind), other) for other in planted(case, every, rng) if not other.kind.startswith("other record") and other.text not in true)
        yield from _roles(case)
        if case.kind == "record":
            yield from _published(case, library, rng)


def _known(sort: str, kind: str, case: Case) -> Tried:
    return Tried(sort, kind, case.text, case.evidence.says, "knowledge", whole=True)


def _roles(case: Case) -> Iterator[Tried]:
    """`by` for `to` and back, where something changes."""
    for figure in find(case.text):
        if figure.kind == "value" and figure.frame.role in {"by", "to"}:
            other = "to" if figure.frame.role == "by" else "by"
            start = case.text.rfind(figure.frame.role, 0, figure.start)
            changed = case.text[:start] + other + case.text[start + 2 :]
            yield Tried("false", "by for to", changed, case.evidence.says, "knowledge", whole=True)


def _published(case: Case, library: Library, rng: random.Random) -> Iterator[Tried]:
    """The sentence credited to its publisher, and to another one."""
    source = library.sources[library.benchmarks[case.evidence.id].source]
    if source.id.startswith("doc-") or source.id == "house":
        return
    mine = source.publisher.split(",")[0]
    document = library.sources[f"doc-{case.evidence.source_doc}"]
    own = f"{source.publisher} {source.title} {case.text} {document.publisher} {document.title} {library.benchmarks[case.evidence.id].population}".lower()
    others = sorted({each.publisher.split(",")[0] for each in library.sources.values()} - {mine})
    others = [name for name in others if not any(word in own for word in re.findall(r"\w+", name.lower()))]
    yield Tried("harmless", "publisher named", f"According to {mine}: {case.text}", case.evidence.says, "knowledge", whole=True)
    yield Tried("harmless", "publisher named", f"{case.text[:-1]} ({mine}).", case.evidence.says, "knowledge", whole=True)
    for form in ("According to {}: " + case.text.replace("{", "(").replace("}", ")"), case.text[:-1] + " ({})."):
        yield Tried("false", "swapped publisher", form.format(rng.choice(others)), case.evidence.says, "knowledge", whole=True)


def tables(step: int = 1) -> Iterator[Tried]:
    """The cases of every `step`-th table."""
    rng = random.Random(SEED)  # noqa: S311
    for sheet in sheets(TABLES)[::step]:
        for case in table_cases(sheet, rng):
            sort = "derived" if case.derived else "harmless" if case.kind in _HARMLESS else "false"
            yield Tried(sort, case.kind, case.text, case.source, "tables")


def measure(cases: Iterable[Tried]) -> Outcome:
    """Hold every case against its text by the three checks."""
    outcome = Outcome()
    for case in cases:
        score = outcome.scores[case.field, case.sort, case.kind]
        score.cases += 1
        passed = {"number occurs": number_occurs(case.text, case.source), "value and unit": value_and_unit(case.text, case.source), "verify": holds(case)}
        for check, let_through in passed.items():
            score.right[check] += let_through != (case.sort == "false")
        if passed["verify"] == (case.sort == "false"):
            outcome.wrong.append(case)
    return outcome


def holds(case: Tried) -> bool:
    """Whether `verify` lets a sentence through; a derived figure must come out as such."""
    report = verify(case.text) if case.whole else verify(case.text, {"source": case.source})
    derived = any(figure.verdict is FigureVerdict.DERIVED for figure in report.figures)
    return report.summary.passed and (bool(report.figures) or case.whole) and (derived or case.sort != "derived")


def number_occurs(text: str, source: str) -> bool:
    """The first simple check: every number in digits stands somewhere in the source."""
    there = set(_digits(source))
    return all(number in there for number in _digits(text))


def _digits(text: str) -> list[str]:
    return [re.sub(r"[,\u202f\u00a0]", "", number) for number in re.findall(r"[0-9]+(?:[.,\u202f][0-9]+)*", text)]


def value_and_unit(text: str, source: str) -> bool:
    """The second one: every figure has the value, unit, open end and hedge of some figure of the source."""
    there = find(source, counts=True)
    return all(figure.kind == "date" or any(differs(figure, other) == "none" for other in there) for figure in find(text, counts=True))


def worst(outcome: Outcome, sort: str) -> float:
    """The lowest share of right verdicts among the kinds of one sort that have ten cases or more."""
    return min((score.share("verify") for (_, of, _), score in outcome.scores.items() if of == sort and score.cases >= 10), default=1.0)


def lines(outcome: Outcome) -> list[str]:
    """The outcome as Markdown tables: errors caught, respellings refused, figures worked out again."""
    heads = {"false": ("planted error", "caught"), "harmless": ("harmless respelling", "refused"), "derived": ("derived figure", "worked out")}
    found: list[str] = []
    for sort, (what, verb) in heads.items():
        rows = sorted((where, kind, score) for (where, of, kind), score in outcome.scores.items() if of == sort)
        found += [f"| {what} | from | cases | {verb}: number occurs | value and unit | `verify` |", "|---|---|---:|---:|---:|---:|"]
        for where, kind, score in rows:
            found.append(_line(kind, where, score, refused=sort == "harmless"))
        together = Score(sum(score.cases for *_, score in rows), {check: sum(score.right[check] for *_, score in rows) for check in CHECKS})
        found += [_line("**all**", "", together, refused=sort == "harmless"), ""]
    return found


def _line(kind: str, where: str, score: Score, *, refused: bool) -> str:
    shares = (1 - score.share(check) if refused else score.share(check) for check in CHECKS)
    return f"| {kind} | {where} | {score.cases} | " + " | ".join(f"{share:.3f}" for share in shares) + " |"
