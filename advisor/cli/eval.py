"""`advisor eval`: whether the advisor answers as cases expect, and what got worse."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisor.cli.files import write_file
from advisor.cli.output import plain_output, show
from advisor.cli.progress import StderrProgress
from advisor.cli.start import settings_here
from advisor.errors import InputError
from advisor.settings import Settings
from advisor.wiring import build_advisor

if TYPE_CHECKING:
    from advisor.evaluation.calls import Calls, Terms
    from advisor.evaluation.reports import Told
    from advisor.evaluation.results import Run
    from advisor.evaluation.runner import Options
    from advisor.evaluation.subjects import Words
    from advisor.evaluation.suites import Suite

GOT_WORSE = 1
OFFLINE = "offline"  # in place of a model: the composer without one


@click.group("eval")
def command() -> None:
    """Whether the advisor answers as cases expect: suites that ship, and your own.

    A suite is a YAML file; docs/how-to/evaluate.md shows how to write one. Needs: pip install 'partner-advisor[evals]'.
    """


@command.command("run")
@click.argument("suites", nargs=-1, metavar="[SUITE|FILE]...")
@click.option("--case", "cases", metavar="NAME", multiple=True, help="Run this case alone. Repeatable.")
@click.option("--gate", is_flag=True, help="Fail (exit code 1) when a score of a case is lower than its blessed baseline.")
@click.option("--first", is_flag=True, help="Stop the gate at the first case that got worse; quick suites run first.")
@click.option("--bless", is_flag=True, help="Accept the scores of this run as the baseline.")
@click.option("--repeat", type=int, default=1, metavar="N", show_default=True, help="Run every case N times; what differs is listed.")
@click.option("--workers", type=int, default=None, metavar="N", help="Processes; left out, one for each processor.")
@click.option("--without", metavar="PART", default="", help="Leave a part out, to see what it is worth: rules, retrieval, grounding, rerank.")
@click.option("--model", "models", metavar="PROVIDER:NAME", multiple=True, help="Let this language model word the answers; where it fails, its case fails. Repeatable, to compare; offline names the composer without one.")
@click.option("--subject", "subjects", type=click.Choice(["advisor", "prompt-only", "tools"]), multiple=True, help="Who answers: the advisor, or the model by itself, with --document in its prompt or with our tools to call. Repeatable, to compare.")
@click.option("--document", "documents", metavar="FILE", multiple=True, help="A text that goes into the prompt of --subject prompt-only. Repeatable.")
@click.option("--base-url", metavar="URL", help="Where the model is served.")
@click.option("--judge", "judge_name", metavar="PROVIDER:NAME", help="Let this language model read the answers too: advice in the reports, never in the gate.")
@click.option("--judge-url", metavar="URL", help="Where the judge is served.")
@click.option("--max-cost", metavar="DOLLARS", help="The most that a run may cost, in US dollars; it ends before a call that could go beyond.")
@click.option("--max-tokens", type=int, metavar="N", help="The most tokens that a run may take, likewise.")
@click.option("--max-minutes", type=float, metavar="M", help="Ask a model nothing more after so many minutes.")
@click.option("--rate", type=int, metavar="N", help="Ask at most N times in a minute.")
@click.option("--retries", type=int, metavar="N", default=2, show_default=True, help="Ask a service that is busy or failed so often again, beyond what each call does by itself.")
@click.option("--fresh", is_flag=True, help="Ask again what was answered before with the same code, knowledge and case.")
@click.option("--all", "every", is_flag=True, help="List every case that falls short.")
@click.option("--show", "shows", is_flag=True, help="Print the answers too.")
@click.option("--report", "files", metavar="FILE", multiple=True, help="Write a report: .html, .md, .xml (JUnit), .json, grading.json, .inspect.json, .mcp.xml. Repeatable.")
@plain_output
def run_command(
    suites: tuple[str, ...], cases: tuple[str, ...], gate: bool, first: bool, bless: bool, repeat: int, workers: int | None, without: str,
    models: tuple[str, ...], subjects: tuple[str, ...], documents: tuple[str, ...], base_url: str | None, judge_name: str | None, judge_url: str | None, max_cost: str | None, max_tokens: int | None,
    max_minutes: float | None, rate: int | None, retries: int, fresh: bool, every: bool, shows: bool, files: tuple[str, ...], as_json: bool,
) -> int:  # fmt: skip
    """Run suites by name or file, all that ship where none is named.

    What was answered before with the same code, knowledge and case is not asked again, so a stopped run goes on where it stopped.
    """
    from advisor import library
    from advisor.evaluation import baseline, runner, runs
    from advisor.evaluation import suites as found
    from advisor.evaluation.calls import Terms
    from advisor.evaluation.reports import Told, format_of, terminal
    from advisor.integrations.functions import answer_over

    gc.enable()  # the command line runs without it, and this is long
    if bless and cases:
        raise InputError("--bless with --case would leave the other cases without a baseline.", hint="Leave --case away.")
    if bless and gate:
        raise InputError("--bless accepts whatever --gate would refuse.", hint="Leave one of them away.")
    if first and (not gate or repeat > 1):
        raise InputError("--first stops the gate, where each case runs once.", hint="Add --gate, and leave --repeat away.")
    formats = {Path(name): format_of(Path(name)) for name in files}
    settings, chosen = settings_here(), found.find(suites)
    found.check_records(chosen, library.load())
    wanted = found.only(chosen, cases) if cases else chosen
    terms = Terms(rate, retries, max_tokens, _dollars(max_cost), max_minutes)
    judge = _judge(settings, judge_name, judge_url, terms, fresh=fresh)
    made = _options(settings, models, base_url, subjects, [Path(name) for name in documents], terms, judge=judge is not None)
    made = [each._replace(repeat=repeat, without=without, fresh=fresh, workers=_workers(each, workers), tools=answer_over) for each in made]
    if len(made) > 1:
        if gate or bless or files or shows or every or judge:
            raise InputError("Several subjects or models are compared in one table.", hint="Leave --gate, --bless, --report, --show, --all and --judge away, or name one.")
        return _compared(made, wanted, settings, as_json=as_json)
    (options,) = made
    if bless:
        baseline.may_be_blessed(options.subject)
    before = baseline.Blessed([suite for suite in chosen if suite.name in {each.name for each in wanted}]) if gate else None
    run = runner.run(found.quick_first(wanted), options, StderrProgress(), before.fallen) if before and first else runner.run(wanted, options, StderrProgress())
    if run.limit and (gate or bless):
        raise InputError(f"The run ended at its limit of {run.limit} with {run.left} cases not run, so there is no verdict.", hint="Run it again: what was found is kept.")
    if judge is not None:
        from advisor.evaluation.judge import judged

        judge.purse.tokens, judge.purse.spent = run.tokens, run.cost
        run = judged(run, judge, StderrProgress())
    number = runs.keep(settings.home, run)
    blessed = [baseline.bless(suite, run) for suite in wanted] if bless else []
    verdict = baseline.held(before, run) if before else None
    told = Told(run, _names(chosen), verdict)
    for path, format_ in formats.items():
        _write(path, told, format_)
    if as_json:
        click.echo(run.model_dump_json(indent=2))
    else:
        show(terminal.report(told, every=every) + (terminal.answers(told) if shows else ""), settings)
        _note(*_of_model(run) if options.words.model else (), *_of_limit(run), f"Kept as run {number}.", *(f"Blessed: {path}" for path in blessed), *(f"Written: {path}" for path in formats))
    return GOT_WORSE if verdict is not None and not verdict.passed else 0


def _options(settings: Settings, models: Sequence[str], base_url: str | None, subjects: Sequence[str], documents: Sequence[Path], terms: Terms, *, judge: bool = False) -> list[Options]:
    """What is run, one for each subject and model. Raises InputError where that cannot be."""
    from advisor.evaluation import bare, runner

    if not any(name != OFFLINE for name in models) and (base_url or (terms != type(terms)() and not judge)):
        raise InputError("--base-url and the limits of a run say something of a model, and none is named.", hint="Name one: --model openai:gpt-5-mini")
    named = [None if name == OFFLINE else name for name in dict.fromkeys(models)] or [None]
    texts = bare.documents(documents) if runner.PROMPT_ONLY in subjects else None
    if documents and texts is None:
        raise InputError("--document goes into the prompt of a model by itself.", hint="Add --subject prompt-only.")
    alone = [subject for subject in subjects if subject != runner.ADVISOR]
    if alone and named == [None]:
        raise InputError(f"The subject {alone[0]} is a model by itself, and none is named.", hint="Name one: --model openai:gpt-5-mini")
    words = {name: _words(settings, name, base_url, terms.max_cost) for name in named}
    made = []
    for subject in dict.fromkeys(subjects) or (runner.ADVISOR,):
        own = _own(subject, texts)
        made += [runner.Options(settings.home, words=words[name], terms=terms if name is not None else type(terms)(), **own) for name in named if name is not None or not own]
    return [each._replace(compared=len(made) > 1) for each in made]


def _own(subject: str, texts: str | None) -> dict[str, Any]:
    """What a model by itself is given: documents, or tools."""
    from advisor.evaluation import runner

    if subject == runner.TOOLS:
        from advisor.integrations.offering import offered

        return {"offered": offered()}
    return {"texts": texts} if subject == runner.PROMPT_ONLY else {}


def _workers(options: Options, workers: int | None) -> int:
    return (1 if options.words.model else os.cpu_count() or 1) if workers is None else workers


def _compared(made: Sequence[Options], wanted: Sequence[Suite], settings: Settings, *, as_json: bool) -> int:
    """Runs one after the other and shows them side by side."""
    import json

    from advisor.evaluation import runner, runs
    from advisor.evaluation.reports import matrix

    done = []
    for options in made:
        run = runner.run(wanted, options, StderrProgress())
        done.append(run)
        _note(f"{run.subject}: kept as run {runs.keep(settings.home, run)}.", *_of_limit(run))
    if as_json:
        click.echo(json.dumps({"runs": [run.model_dump(mode="json") for run in done]}, indent=2, ensure_ascii=False))
    else:
        show(matrix.table(done), settings)
    return 0


def _of_limit(run: Run) -> tuple[str, ...]:
    return (f"Stopped at the limit of {run.limit}: {run.left} not run. Run it again to go on.",) if run.limit else ()


def _dollars(text: str | None) -> Decimal | None:
    from advisor.cli.model import dollars

    return dollars(text) if text is not None else None


@command.command("compare")
@click.argument("one")
@click.argument("other")
@plain_output
def compare_command(one: str, other: str, as_json: bool) -> None:
    """What differs between two runs: numbers, last, last-1, or files written with --json."""
    import json

    from advisor.evaluation import baseline, runs
    from advisor.evaluation.reports import terminal

    settings = settings_here()
    changes = baseline.compare(runs.get(settings.home, one), runs.get(settings.home, other))
    if as_json:
        click.echo(json.dumps({"changes": [{**change._asdict(), "worse": change.worse} for change in changes]}, indent=2, ensure_ascii=False))
    else:
        show(terminal.compared(changes, one, other), settings)


@command.command("list")
@click.argument("suites", nargs=-1, metavar="[SUITE|FILE]...")
@click.option("--cases", "cases", is_flag=True, help="Name every case.")
@plain_output
def list_command(suites: tuple[str, ...], cases: bool, as_json: bool) -> None:
    """The suites that ship, the drafts that /wrong wrote in a chat, and the runs that are kept."""
    import json

    from advisor.evaluation import drafts, runs
    from advisor.evaluation import suites as found

    settings, chosen = settings_here(), found.find(suites)
    waiting, kept = drafts.drafts(settings.home), runs.numbers(settings.home)
    if as_json:
        listed = [{"name": suite.name, "kind": suite.kind, "cases": [case.name for case in suite.cases], "file": str(suite.path)} for suite in chosen]
        click.echo(json.dumps({"suites": listed, "drafts": [each.name for each in waiting], "runs": kept}, indent=2, ensure_ascii=False))
        return
    rows = [f"| {suite.name} | {len(suite.cases)} | {suite.about} |" for suite in chosen]
    names = [f"\n**{suite.name}**\n\n" + "\n".join(f"- {case.name}" for case in suite.cases) for suite in chosen] if cases else []
    more = [f"\nDraft cases (advisor eval add NAME --to FILE): {', '.join(each.name for each in waiting)}"] if waiting else []
    more += [f"\nRuns kept: {', '.join(map(str, kept))}"] if kept else []
    show("\n".join(["| suite | cases | what |", "|---|---:|---|", *rows, *names, *more]) + "\n", settings)


@command.command("report")
@click.argument("run", default="last")
@click.option("--output", "-o", required=True, metavar="FILE", help="Where it goes; the ending gives the format, as with run --report.")
@plain_output
def report_command(run: str, output: str, as_json: bool) -> None:
    """Write a report of a run that was kept: its number, last, or a file written with --json."""
    from advisor.evaluation import runs
    from advisor.evaluation.reports import Told, format_of

    format_ = "json" if as_json else format_of(Path(output))
    _write(Path(output), Told(runs.get(settings_here().home, run)), format_)
    _note(f"Written: {output}")


@command.command("add")
@click.argument("draft")
@click.option("--to", "path", required=True, metavar="FILE", help="The suite that it joins; begun where there is none.")
@plain_output
def add_command(draft: str, path: str, as_json: bool) -> None:
    """Add a draft case, which /wrong in a chat has written, to a suite of yours. Say then what the answer should have been."""
    import json

    from advisor.evaluation import drafts

    if Path(path).suffix.lower() not in {".yaml", ".yml"}:
        raise InputError(f"{path!r} is no YAML file.", hint="End it in .yaml.")
    name = drafts.add(drafts.draft(settings_here().home, draft), Path(path))
    if as_json:
        click.echo(json.dumps({"case": name, "file": path}, ensure_ascii=False))
    else:
        _note(f"Added {name} to {path}. Fill its expected_output, then: advisor eval run {path} --case {name}")


def _words(settings: Settings, model: str | None, base_url: str | None, max_cost: Decimal | None) -> Words:
    """The model named by the options, which exists and may be called. Raises InputError when it may not."""
    from advisor.evaluation.subjects import Words

    if model is None:
        return Words()
    words = Words(model, base_url, max_cost, settings.timeout, settings.window)
    _ = build_advisor(_told(settings, words)).chat_model  # raises what is wrong before any case runs
    return words


def _told(settings: Settings, words: Words) -> Settings:
    return settings.model_copy(update={**words._asdict(), "require_model": True, "origins": {**settings.origins, "model": "an option"}})


def _judge(settings: Settings, name: str | None, url: str | None, terms: Terms, *, fresh: bool) -> Calls | None:
    """The model that judges, whose calls are kept like any other. Raises InputError when it may not be called."""
    from advisor.evaluation.calls import Calls, Purse, folder

    if name is None:
        if url:
            raise InputError("--judge-url says where a judge is served, and none is named.", hint="Name one: --judge openai:gpt-5-mini")
        return None
    words = _words(settings, name, url, terms.max_cost)
    model = build_advisor(_told(settings, words)).chat_model
    assert model is not None  # noqa: S101  # one is named
    return Calls(model, folder(settings.home), url or "", fresh, Purse(terms))


def _of_model(run: Run) -> tuple[str, ...]:
    """What the gates caught in a run with a model, and what that took."""
    shown = [told for result in run.results if (told := result.shown.get("model"))]
    total: dict[str, float] = {name: sum(told[name] or 0 for told in shown) for name in ("sent_back", "left_out", "tokens", "cost")}
    known = all(told["cost"] is not None for told in shown)
    price = f"${total['cost']:.4f}" if known else "price unknown"
    return (
        f"The model worded {len(shown)} answers of {len(run.results)}: {total['sent_back']} sentences were sent back, "
        f"{total['left_out']} left out in the end; {total['tokens']:,} tokens, {price}.",
    )


def _names(suites: Sequence[Suite]) -> dict[str, str]:
    """How each suite is named on the command line."""
    from advisor.evaluation.suites import shipped

    return {suite.name: suite.name if suite.name in shipped() and suite.path.parent.name == "evals" else str(suite.path) for suite in suites}


def _write(path: Path, told: Told, format_: str) -> None:
    from advisor.evaluation.reports import written

    write_file(str(path), written(told, format_), force=True)


def _note(*lines: str) -> None:
    for line in lines:
        click.echo(line, err=True)
