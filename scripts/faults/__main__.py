"""Breaks the knowledge on purpose and looks whether `advisor eval run --gate` turns red: which share of drawn faults it catches, class by class.

    python -m scripts.faults [--seed N] [--each N] [--kind WORDS]... [--narrow] [--beside] [--docs]     from the checkout; four to ninety seconds a fault

Works on a copy of the checkout. Faults are drawn from the data files by seed; each is put in alone, and the gate is run as a user would, up to the
first case that got worse. A fault that the knowledge refuses to load is caught before the gate, counted apart, and another is drawn in its place.
A fault that passes counts as escaped, unless what the program says and decides is the same to the letter with it, which is proved for each.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from advisor.settings import load_settings
from scripts.evaluation import FAULTS, section
from scripts.faults.edits import Fault, Place
from scripts.faults.kinds import BESIDE, KINDS

SHORT = "## What falls short\n"
LEAD = """Drawn by `{command}`: faults put into a copy of the knowledge one at a time, of each class some at places drawn by seed; the gate ran as a user runs it
(`advisor eval run --gate --first`). Classes are those of thresholds, benchmark values, phrases, prompts, formulas, lexicons and the ranking; what is not drawn, and why, stands in
[design note 0009](design/0009-evaluation.md).
"""
NARROW = """Of each class only the suites ran that state what it breaks (the ranking: `ranking`, `retrieval`, `retrieval_german`; all else: `ledger`, `tables`, `formulas`, `sentences`, `words`, `prompts`). The whole gate catches at
least as much.
"""
PAGE = Path(__file__).resolve().parents[2] / "docs" / "evaluation.md"
CHECKOUT = Path(__file__).resolve().parents[2]
COPIED = ("advisor", "knowledge", "evals", "prompts", "pyproject.toml")
WORSE = re.compile(r"^- (\S+) › (\S+) › ", re.MULTILINE)
KNOWLEDGE, RETRIEVAL = ("ledger", "tables", "formulas", "sentences", "words", "prompts"), ("ranking", "retrieval", "retrieval_german")
"""The suites that state what a class of faults breaks; those of the ranking search."""
TRIES = 12  # draws for a fault that loads
SAID = Path(__file__).with_name("said.py")
State = Literal["caught", "refused", "same", "escaped"]


class Outcome(NamedTuple):
    """What became of a fault: `by` names the case that got worse, with its suite."""

    kind: str
    fault: Fault
    state: State
    by: str = ""
    seconds: float = 0.0


class Copy:
    """A copy of the checkout that faults are put into, one at a time."""

    def __init__(self, folder: Path) -> None:
        self.root, self.home = folder / "copy", folder / "home"
        self.root.mkdir()
        for name in COPIED:
            if (CHECKOUT / name).is_dir():
                shutil.copytree(CHECKOUT / name, self.root / name, ignore=shutil.ignore_patterns("_models", "__pycache__"))
            else:
                shutil.copy(CHECKOUT / name, self.root / name)
        (self.root / "advisor" / "_models").symlink_to(CHECKOUT / "advisor" / "_models")
        for name in ("index", "evals"):  # what is indexed and answered already holds for the copy as well, as long as it has no fault
            shutil.copytree(load_settings().home / name, self.home / name, dirs_exist_ok=True) if (load_settings().home / name).is_dir() else None
        self.said = self._run(str(SAID)).stdout
        self._passed: set[Sequence[str]] = set()

    def gate(self, suites: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        return self._run("-m", "advisor", "eval", "run", *suites, "--gate", "--first", "--workers", "1")

    def must_pass(self, suites: Sequence[str]) -> None:
        """Leave unless the gate passes without any fault."""
        if suites not in self._passed and (clean := self.gate(suites)).returncode:
            sys.exit(f"The gate does not pass without any fault:\n{clean.stdout}{clean.stderr}")
        self._passed.add(suites)

    def try_out(self, kind: str, fault: Fault, suites: Sequence[str]) -> Outcome:
        """Put a fault in, run the gate, take it out again."""
        held = {name: (self.root / name).read_bytes() for name in fault.files}
        began = time.perf_counter()
        try:
            for name, content in fault.files.items():
                (self.root / name).write_bytes(content)
            state, by = self._judged(self.gate(suites))
        finally:
            for name, content in held.items():
                (self.root / name).write_bytes(content)
        return Outcome(kind, fault, state, by, time.perf_counter() - began)

    def _judged(self, done: subprocess.CompletedProcess[str]) -> tuple[State, str]:
        if done.returncode == 1 and (case := WORSE.search(done.stdout)):
            return "caught", f"{case[1]} › {case[2]}"
        if done.returncode == 2:
            return "refused", done.stderr.strip().splitlines()[0][:200]
        if done.returncode != 0:
            raise RuntimeError(done.stdout + done.stderr)
        return ("same" if self._run(str(SAID)).stdout == self.said else "escaped"), ""

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ADVISOR_")}
        environment |= {"PYTHONPATH": str(self.root), "ADVISOR_HOME": str(self.home), "NO_COLOR": "1"}
        return subprocess.run([sys.executable, *arguments], cwd=self.root, env=environment, capture_output=True, text=True, check=False)


def narrowed(kind: str) -> tuple[str, ...]:
    """The suites that state what a class of faults breaks."""
    return RETRIEVAL if "ranking" in kind else KNOWLEDGE


def tried(copy: Copy, kind: str, each: int, seed: int, suites: Sequence[str]) -> Iterator[Outcome]:
    """The outcomes of as many faults of a class as wanted, those refused while loading beside them."""
    rng = random.Random(f"{seed} {kind}")  # noqa: S311
    places: list[Place] = list({**KINDS, **BESIDE}[kind](copy.root))
    rng.shuffle(places)
    wanted, tries = each, 0
    for place in places:
        if not wanted or tries >= each * TRIES:
            return
        if (fault := place(rng)) is None:
            continue
        tries += 1
        outcome = copy.try_out(kind, fault, suites)
        wanted -= outcome.state != "refused"
        yield outcome


def table(outcomes: list[Outcome]) -> str:
    """A row for each class, and below every fault that was not caught."""
    rows = ["| class of faults | drawn | caught | escaped | no difference | refused while loading | first named |", "|---|---:|---:|---:|---:|---:|---|"]
    for kind in dict.fromkeys(each.kind for each in outcomes):
        of = [each for each in outcomes if each.kind == kind]
        count = {state: sum(each.state == state for each in of) for state in ("caught", "escaped", "same", "refused")}
        named = next((each.by for each in of if each.state == "caught"), "")
        rows.append(f"| {kind} | {len(of) - count['refused']} | {count['caught']} | {count['escaped'] or ''} | {count['same'] or ''} | {count['refused'] or ''} | {named} |")
    return "\n".join([*rows, "", summary(outcomes), "", *_missed(outcomes)]).rstrip() + "\n"


def summary(outcomes: list[Outcome]) -> str:
    caught, escaped = (sum(each.state == state for each in outcomes) for state in ("caught", "escaped"))
    share = caught / (caught + escaped) if caught + escaped else 0.0
    return f"{caught} of {caught + escaped} faults in {len({each.kind for each in outcomes})} classes were caught, each with a case named: {share:.3f}."


def into_docs(text: str, options: argparse.Namespace) -> None:
    """Put the table into the page of scores, before what falls short."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, behind = page.replace(section(page, FAULTS), "").partition(SHORT)
    command = f"python -m scripts.faults --seed {options.seed} --each {options.each}{' --narrow' if options.narrow else ''} --docs"
    lead = LEAD.format(command=command) + (NARROW if options.narrow else "")
    PAGE.write_text(f"{before}{FAULTS}\n\n{lead}\n{text}\n{SHORT}{behind}", encoding="utf-8")


def _missed(outcomes: list[Outcome]) -> Iterator[str]:
    for state, title in (("escaped", "Escaped"), ("same", "No difference in anything said or decided")):
        some = [each for each in outcomes if each.state == state]
        yield from [f"{title}:", "", *(f"- {each.kind}: {each.fault.place}: {each.fault.was} → {each.fault.now}" for each in some), ""] if some else []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=3, help="faults of each class")
    parser.add_argument("--kind", action="append", default=[], help="only classes whose name has these words")
    parser.add_argument("--narrow", action="store_true", help="run only the suites that state what a class breaks: quick, and a lower bound of what the gate catches")
    parser.add_argument("--beside", action="store_true", help="draw from what the suites hold only in part: passages")
    parser.add_argument("--docs", action="store_true", help="write the table into docs/evaluation.md, in place of the one that stands there")
    options = parser.parse_args()
    kinds = [kind for kind in (BESIDE if options.beside else KINDS) if not options.kind or any(words in kind for words in options.kind)]
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder))
        for kind in kinds:
            suites = narrowed(kind) if options.narrow else ()
            copy.must_pass(suites)
            for outcome in tried(copy, kind, options.each, options.seed, suites):
                outcomes.append(outcome)
                fault = outcome.fault
                print(f"{outcome.state:8} {outcome.seconds:5.1f} s  {kind}: {fault.place}: {fault.was} → {fault.now}  {outcome.by}", flush=True)
    text = table(outcomes)
    print(f"\n{text}")
    if options.docs:
        into_docs(text, options)


if __name__ == "__main__":
    main()
