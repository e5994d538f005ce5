"""Writes docs/local-model.md: what a small model on this machine does between the two gates, beside the offline composer and beside itself without them:
with documents in its prompt, and with our tools to call.

    just local-model-serve      in another terminal: fetches the weights once, checks them, serves them on loopback
    just local-model-table      asks; a run that was stopped goes on; with --kept the script asks nothing and tells what is there

`--subject tools` (or advisor, or prompt-only; repeatable) asks for that alone and tells the others as they are kept; what the page says of the answers that the model worded stays where none of them is.

Thirty cases of our suites, chosen by a hash of their names, so that nobody chose them.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from advisor import library
from advisor.answering.gate import CHECKS
from advisor.evaluation import runner, suites
from advisor.evaluation.calls import Terms
from advisor.evaluation.reports import matrix
from advisor.evaluation.results import Result, Run
from advisor.evaluation.subjects import Words
from advisor.evaluation.suites import Suite
from advisor.figures import find
from advisor.integrations.offering import offered
from advisor.settings import load_settings

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs" / "local-model.md"
SHARE = {"scenarios": 15, "redteam": 8, "first_answers": 4, "german": 3}
DOCUMENTS = ("stage", "revenue-first")  # of knowledge/skill
MEANS = {
    "form": "markup, a question, several lines, another language, far too long", "points": "a point that is not there, or worded already", "citation": "nothing cited that its point rests on",
    "figures": "a figure lost, added or changed", "moves": "a move advised or turned down otherwise than the point does", "carried": "words that neither point nor evidence carry, or a denial, order or condition changed",
    "ground": "the check that every answer passes",
}  # fmt: skip
HEAD = """# What a small local model does between the gates

Written by `python scripts/local_model.py`; the model is a test of the way, not of the advice. How it works: [models.md](how-to/models.md), [design note 0013](design/0013-a-model-writes.md).
"""
ALONE = "## The same model by itself"
_WHOLE = 8_192  # what the server takes; the documents stand before the question and are read once
SUBJECTS = (runner.ADVISOR, runner.PROMPT_ONLY, runner.TOOLS)
KEPT = Terms(max_tokens=1)  # too few for any call: what was kept is told, up to the first case that would have to be asked
Row = tuple[Result, Result]


def main() -> None:
    options = _arguments()
    cases = _cases()[: options.cases]
    home, words = load_settings().home, Words(options.model, options.base_url, None, 900, options.window)
    suite = Suite("thirty", "answers", tuple(cases), ROOT)
    whole = words._replace(window=_WHOLE)
    wanted = {
        runner.ADVISOR: runner.Options(home, words=words), runner.PROMPT_ONLY: runner.Options(home, words=whole, texts=_documents()),
        runner.TOOLS: runner.Options(home, words=whole, offered=offered()),
    }  # fmt: skip
    asked = () if options.kept else options.subject or SUBJECTS
    runs = {name: runner.run([suite], each._replace(terms=Terms() if name in asked else KEPT, compared=True)) for name, each in wanted.items()}
    offline = runner.run([suite], runner.Options(home, compared=True))
    page = _page(offline, runs, options) if runs[runner.ADVISOR].results else (FILE.read_text(encoding="utf-8").partition(ALONE)[0].rstrip(), *_alone(offline, [runs[name] for name in SUBJECTS]))
    FILE.write_text("\n".join(page) + "\n", encoding="utf-8")
    sys.stdout.write(f"{FILE.name}: of {len(cases)} cases {', '.join(f'{len(run.results)} {name}' for name, run in runs.items())}\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="openai:qwen2.5-coder-0.5b")
    parser.add_argument("--base-url", default="http://127.0.0.1:8705/v1")
    parser.add_argument("--window", type=int, default=2_304)
    parser.add_argument("--cases", type=int, default=30)
    parser.add_argument("--subject", choices=SUBJECTS, action="append", help="ask for this alone")
    parser.add_argument("--kept", action="store_true", help="ask for nothing")
    return parser.parse_args()


def _documents() -> str:
    """Passages as they are shown, with their figures."""
    held = library.load()
    pieces = [held.evidence(id_, {}) for id_ in held.passages if id_.partition("#")[0] in DOCUMENTS]
    return "\n\n".join(f"{piece.title}: {piece.says}" for piece in pieces)


def _cases() -> list[Any]:
    def order(case: Any) -> str:
        return hashlib.sha256(case.name.encode()).hexdigest()

    chosen = [case for name, share in SHARE.items() for case in sorted(suites.find([name])[0].cases, key=order)[:share]]
    return sorted(chosen, key=order)


def _page(offline: Run, runs: Mapping[str, Run], options: argparse.Namespace) -> Iterator[str]:
    model, alone, tools = (runs[name] for name in SUBJECTS)
    rows = [*_pairs(offline, model)]
    told = [after.shown["model"] for _, after in rows if "model" in after.shown]
    yield HEAD
    yield "## What ran\n"
    yield f"- Model: `{options.model}` behind llama.cpp's server on loopback, one thread, temperature 0, window {options.window:,} tokens."
    yield f"- Cases: {len(rows)} of the thirty chosen by hash ({', '.join(f'{n} {name}' for name, n in Counter(result.suite for result, _ in rows).items())}); {len(alone.results)} for the model by itself with documents, {len(tools.results)} with tools."
    yield f"- Tokens: {sum(each['tokens'] or 0 for each in told):,} in {sum(each['seconds'] for each in told) / 60:.0f} minutes of waiting for the service, on a machine shared with other work."
    yield from _outcome(rows)
    yield from _gates(told)
    yield from _examples(rows)
    yield from _alone(offline, [model, alone, tools])


def _pairs(offline: Run, model: Run) -> Iterator[Row]:
    """Each case that ran with the model, without it and with it."""
    before = {(each.suite, each.case): each for each in offline.results}
    return ((before[each.suite, each.case], each) for each in model.results if "runs" not in each.scores and (each.suite, each.case) in before)


def _outcome(rows: Sequence[Row]) -> Iterator[str]:
    yield "\n## What came out\n"
    yield "| of the answers with the model | offline | with the model |"
    yield "|---|---:|---:|"
    for name, keys in (("stage equal to the offline one", ("stage",)), ("moves equal", ("advised", "advised_against")), ("questions equal", ("questions",)), ("parts left open equal", ("abstained_on",))):
        yield f"| {name} | | {sum(all(one.shown[key] == other.shown[key] for key in keys) for one, other in rows)} of {len(rows)} |"
    yield f"| figures equal | | {sum(_figures(one) == _figures(other) for one, other in rows)} of {len(rows)} |"
    for key, name in (("forbidden", "answers that advise a forbidden move"), ("unsupported", "unsupported figures"), ("misattributed", "figures with another value or source")):
        yield f"| {name} | {_count(key, (one for one, _ in rows))} | {_count(key, (other for _, other in rows))} |"
    for score, name in (("attribution", "figures that their citation does not say"), ("citation_recall", "statements that their citations do not carry"), ("nothing_injected", "something planted shown")):
        yield f"| {name}: answers | {_short(score, (one for one, _ in rows))} | {_short(score, (other for _, other in rows))} |"
    yield f"| everything expected of the case holds | {sum(not one.short for one, _ in rows)} | {sum(not other.short for _, other in rows)} |"
    yield "\nFigures are looked for in the words of the answer alone, by the code of `advisor verify`: it knows the knowledge, what the client gave and what the rules say, and does not see citations."


def _figures(result: Result) -> frozenset[str]:
    return frozenset(figure.key for figure in find(result.shown["text"]))


def _count(key: str, results: Iterator[Result]) -> int:
    return sum(len(result.shown["checked"][key]) for result in results)


def _short(score: str, results: Iterator[Result]) -> int:
    return sum(result.scores[score].value < 1 for result in results if score in result.scores)


def _gates(told: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    heard = [each for one in told if "sentences" in one for each in one["sentences"]["written"]]
    points = [(n, point) for n, one in enumerate(told) if "sentences" in one for point in one["sentences"]["points"]]
    stand = [each for each in heard if each["check"] is None]
    said = {point["text"] for _, point in points}
    worded = {(n, point) for n, one in enumerate(told) if "sentences" in one for each in one["sentences"]["written"] if each["check"] is None for point in each["points"]}
    first, second = ([each for each in heard if each["turn"] == turn] for turn in (1, 2))
    yield "\n## What the gates caught\n"
    yield f"{len(points)} sentences were given out to be worded. The model wrote {len(first)} in its first turn, of which {sum(each['check'] is None for each in first)} stood;"
    yield f"{len(second)} more in the second, of which {sum(each['check'] is None for each in second)} stood. In the end {len(worded)} of the {len(points)} stand in the model's sentence"
    yield f"({len(worded) / max(1, len(points)):.2f}), the others in ours. {sum(each['text'] in said for each in stand)} of the {len(stand)} sentences that stand repeat the one given word by word.\n"
    yield "| check | refuses | first turn | second turn |"
    yield "|---|---|---:|---:|"
    counts = [Counter(each["check"] for each in turn) for turn in (first, second)]
    for check in CHECKS:
        yield f"| {check} | {MEANS[check]} | {counts[0][check]} | {counts[1][check]} |"
    if stand and sum(each["text"] in said for each in stand) > len(stand) / 2:
        yield "\nA model that mostly repeats what it is given shows that the way holds, and hardly tries the checks of words: those are tried by the falsified sentences and hostile scripts of `tests/models`."
    yield f"\nAnswers of which nothing of the model's stands: {sum('failed' in one for one in told)} of {len(told)}."


def _examples(rows: Sequence[Row]) -> Iterator[str]:
    """Three sentences: one that stands in other words where there is one, then those that different checks refused, in different cases as far as there are."""
    found = [each for each in _sentences(rows) if each[2]["text"] != each[1]]
    firsts = [next((each for each in found if each[2]["check"] == check), None) for check in (None, *CHECKS)]
    chosen = list({each[2]["text"]: each for each in [*filter(None, firsts), *found]}.values())[:3]
    yield "\n## Three sentences, before and after\n"
    yield "| case | the point | the model wrote | outcome |"
    yield "|---|---|---|---|"
    for case, point, each in chosen:
        outcome = "stands" if each["check"] is None else f"refused ({each['check']}: {each['reason']}); ours stands"
        yield f"| `{case}` | {_cell(point)} | {_cell(each['text'])} | {_cell(outcome)} |"


def _sentences(rows: Sequence[Row]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for _, after in rows:
        told = after.shown.get("model", {}).get("sentences")
        points = {point["points"][0]: point["text"] for point in told["points"]} if told else {}
        for each in told["written"] if told else ():
            if len(each["points"]) == 1 and each["points"][0] in points:
                yield after.case, points[each["points"][0]], each


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")[:400]


def _alone(offline: Run, runs: Sequence[Run]) -> Iterator[str]:
    model, alone, tools = runs
    beside = [run for run in (alone, tools) if run.results]
    asked = [run for run in (model, *beside) if run.results]
    names = frozenset.intersection(*(frozenset((each.suite, each.case) for each in run.results) for run in asked)) if asked else frozenset()
    yield f"\n{ALONE}\n"
    if not beside or not names:
        yield "Not run here."
        return
    documents = " and ".join(f"`knowledge/skill/{name}.md`" for name in DOCUMENTS)
    yield f"The same model without our rules and gates, on {len(names)} of the cases: `prompt-only` has {documents} pasted into its prompt; `tools` has our tools to call"
    yield "instead, as an agent would, with the instructions that we give every host, and nothing holds its last word back. Both are read by the same code.\n"
    same = [run.model_copy(update={"results": tuple(each for each in run.results if (each.suite, each.case) in names), "limit": ""}) for run in (offline, *asked)]
    yield matrix.table(same).rstrip()
    for run, what in ((alone, "documents"), (tools, "tools")):
        told = [each for each in run.results if (each.suite, each.case) in names and "runs" not in each.scores]
        if told:
            yield f"\nThree of its answers with {what}, whole:\n"
            yield from (f"- `{each.case}`: stage {_cell(each.shown['stage'])}; “{_cell(each.shown['text'])}”" for each in told[:3])
    yield from _called([each for each in tools.results if (each.suite, each.case) in names])


def _called(results: Sequence[Result]) -> Iterator[str]:
    """What the model did with its tools."""
    told = [each.shown["model"] for each in results if "model" in each.shown]
    if not told:
        return
    every = [call for one in told for call in one["called"]]
    silent, first, last = (sum(map(of, told)) for of in (_silent, _assessed_first, _verified_last))
    copies = [one["copied"] for one in told if one["called"] and one["answered"]]
    yield "\n### What it did with the tools\n"
    yield f"In {silent} of {len(told)} cases it called nothing, in {first} it assessed first, in {last} a check of its text was the last thing it called, as it is told; in"
    yield f"{sum(not one['answered'] for one in told)} it called to the end and said nothing. {sum(one[0] for one in copies)} of the {sum(one[1] for one in copies)} sentences that it wrote after calls stand word by word in what came back."
    if silent == len(told):
        yield "\nA model that never calls may be one whose calls its server does not read: see [langchain.md](how-to/langchain.md#a-small-model-of-your-own)."
    if every:
        yield "\n| tool | calls | refused, with what to change | written out as text |"
        yield "|---|---:|---:|---:|"
        for name in sorted({call["tool"] for call in every}):
            of = [call for call in every if call["tool"] == name]
            yield f"| `{name}` | {len(of)} | {sum(call['failed'] for call in of)} | {sum(call['as_text'] for call in of)} |"
        yield "\nA call that a model writes out as text, in place of making it, is read as the call that it is, as many hosts of small models do."


def _silent(one: Mapping[str, Any]) -> bool:
    return not one["called"]


def _assessed_first(one: Mapping[str, Any]) -> bool:
    return bool(one["called"]) and one["called"][0]["tool"] == "advisor_assess"


def _verified_last(one: Mapping[str, Any]) -> bool:
    return bool(one["called"]) and one["called"][-1]["tool"] == "advisor_verify"


if __name__ == "__main__":
    main()
