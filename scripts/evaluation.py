"""Writes docs/evaluation.md: the scores of all suites that ship, what falls short, and what each part is worth. Run it after a change that the scores show.

    python scripts/evaluation.py [--workers N] [--scores]     with --scores only what all parts together score; what each is worth stays as printed before

What `python -m scripts.faults --docs` has written there stays.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from advisor import datafiles
from advisor.evaluation import runner, suites
from advisor.evaluation.reports.markdown import plain
from advisor.evaluation.reports.told import number, reasons
from advisor.evaluation.results import Result, Run, means
from advisor.evaluation.subjects import PARTS
from advisor.integrations.functions import answer_over
from advisor.settings import load_settings

FILE = Path(__file__).resolve().parent.parent / "docs" / "evaluation.md"
WORTH, FAULTS = "## What each part is worth", "## Faults put in on purpose"
GROUPS = ("decision", "grounding", "other")
HEAD = """# How well it answers

Written by `python scripts/evaluation.py`, which runs every suite that ships, offline, and again without one part after the other.
How to read the scores and write suites of your own: [how-to/evaluate.md](how-to/evaluate.md); how they are made: [design note 0009](design/0009-evaluation.md).

The targets: decisions (stage, motion, scope, moves, polarity, invariance, turns) and grounding (figures, citations, attribution, applicability, conflicts, corrections, nothing
injected) 1.0, all else 0.95. The suites `scenarios` and `redteam` were written from the source documents by somebody who saw neither the program
nor its knowledge, and are not edited to please it; what falls short of them is listed below, not deleted.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--scores", action="store_true")
    options = parser.parse_args()
    home, chosen = load_settings().home, suites.find(())
    run, *others = [runner.run(chosen, runner.Options(home, workers=options.workers, without=part, tools=answer_over)) for part in ("", *(() if options.scores else PARTS))]
    before = FILE.read_text(encoding="utf-8")
    worth = section(before, WORTH) if options.scores else "\n".join(_worth(run, others))
    FILE.write_text("\n".join([HEAD, *_scores(run), worth, section(before, FAULTS), *_short(run)]) + "\n", encoding="utf-8")
    sys.stdout.write(f"{FILE.name}: {len(run.results) - len(run.failed)} of {len(run.results)} cases hold\n")


def section(page: str, title: str) -> str:
    """A section of the page as it stands, its heading included; nothing where it has none."""
    _, found, behind = page.partition(f"{title}\n")
    return found + behind.partition("\n## ")[0] + "\n" * bool(found)


def _scores(run: Run) -> list[str]:
    rows = [f"| {m.suite} | {m.scorer} | {m.group} | {number(m.mean)} | {m.cases} | {m.short or ''} | {'' if m.met else 'missed'} |" for m in means(run.results)]
    held = len(run.results) - len(run.failed)
    lead = f"{held} of {len(run.results)} cases in {len(run.suites)} suites hold everything that is expected of them."
    return ["## Scores", "", lead, "", "| suite | score | group | mean | cases | short | target |", "|---|---|---|---:|---:|---:|---|", *rows, ""]


def _worth(run: Run, others: list[Run]) -> list[str]:
    """How many cases hold in each suite, with all parts and without each; and the mean of each group over all suites."""
    runs = [run, *others]
    titles = " | ".join(["advisor", *(f"without {part}" for part in PARTS)])
    rows = [f"| {suite} | {len(run.of(suite))} | {' | '.join(str(sum(not result.short for result in each.of(suite))) for each in runs)} |" for suite in run.suites]
    groups = [f"| mean of {group} scores | | {' | '.join(number(_mean(each, group)) for each in runs)} |" for group in GROUPS]
    head = [WORTH, "", "How many cases hold. `rules`: no verdicts; `retrieval`: no passages are found; `grounding`: nothing is withheld; `rerank`: what is found keeps", "the order weighed by hand instead of the learned one.", ""]
    return [*head, f"| suite | cases | {titles} |", f"|---|---:|{'---:|' * len(runs)}", *rows, *groups, ""]


def _mean(run: Run, group: str) -> float | None:
    scores = [(mean.mean, mean.cases) for mean in means(run.results) if mean.group == group]
    return sum(value * cases for value, cases in scores) / sum(cases for _, cases in scores) if scores else None


def _short(run: Run) -> list[str]:
    lines, known = ["## What falls short", "", "In italics the reason, where somebody has looked.", ""], datafiles.read_toml(datafiles.root() / "evals" / "reasons.toml")
    for suite in run.suites:
        failed = [result for result in run.of(suite) if result.short]
        lines += [f"### {suite}", "", *(_line(result, known.get(suite, {}).get(result.case)) for result in failed), ""] if failed else []
    return lines


def _line(result: Result, reason: str | None) -> str:
    return f"- `{result.case}`: {plain(reasons(result))}" + (f" *{reason}*" if reason else "")


if __name__ == "__main__":
    main()
