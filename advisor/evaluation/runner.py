"""Runs suites: in processes, since answering is work for the processor; what was found once for this content is not asked again."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import closing
from datetime import UTC, datetime
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple, cast

from advisor.answering import prompts
from advisor.errors import InputError
from advisor.evaluation import bare, tooled, versions
from advisor.evaluation.cache import Cache
from advisor.evaluation.calls import LimitReached, Purse, Terms
from advisor.evaluation.cases import Case, case_of
from advisor.evaluation.observe import evaluate
from advisor.evaluation.results import Result, Run, Scored
from advisor.evaluation.scorers import INVARIANCE, UNSTEADY
from advisor.evaluation.scorers.invariance import invariance
from advisor.evaluation.subjects import OFFLINE, PARTS, Caller, Offered, Subject, Words
from advisor.evaluation.suites import Suite
from advisor.ports import Progress

BATCH = 4  # cases handed to a process at once: few enough that a killed run loses little
MOST_WORKERS, MOST_REPEATS = 64, 1000
ADVISOR, PROMPT_ONLY, TOOLS = "advisor", "prompt-only", "tools"


class Options(NamedTuple):
    """How to run; `fresh` asks again what was found before. With `texts`, a model is run by itself with these in its prompt, with `offered` by itself with
    these tools; `compared` holds every answer also against what can be held against any text."""

    home: Path
    workers: int = 1
    repeat: int = 1
    without: str = ""
    fresh: bool = False
    words: Words = OFFLINE
    terms: Terms = Terms()
    texts: str | None = None
    compared: bool = False
    tools: Caller | None = None
    offered: Offered | None = None

    @property
    def alone(self) -> str:
        """The name of the subject that is a model by itself; empty where it is not."""
        return PROMPT_ONLY if self.texts is not None else TOOLS if self.offered is not None else ""

    @property
    def subject(self) -> str:
        window = f", window {self.words.window}" if self.words.window else ""
        if self.texts is not None:
            return f"{PROMPT_ONLY} {self.words.model} (prompt {bare.version(self.texts)}{window})"
        if self.offered is not None:
            return f"{TOOLS} {self.words.model} (prompt {tooled.version(self.offered)}{window})"
        if self.words.model:
            return f"advisor with {self.words.model} (prompts {prompts.version()}{window})"
        return f"advisor without {self.without}" if self.without else "advisor"


class Job(NamedTuple):
    """A case to run for the n-th time, and the name of its result."""

    key: str
    case: Case
    turn: int = 0


def run(suites: Sequence[Suite], options: Options, progress: Progress | None = None, fallen: Callable[[Result], bool] = lambda _: False) -> Run:
    """The results of all cases, in order, or up to the first of which `fallen` is true. Interrupted at any point, what was found is kept.

    Raises InputError for options out of range.
    """
    _check(options, suites)
    began, started = datetime.now(UTC), time.perf_counter()
    cache, cases = Cache(options.home), [case for suite in suites for case in suite.cases]
    cache.open()
    told = f"{options.subject}, compared" if options.compared else options.subject
    jobs = [Job(versions.key(case, told, n), case, n) for n in range(options.repeat) for case in cases]
    found = {} if options.fresh else {job.key: result for job in jobs if (result := cache.get(job.key)) is not None}
    missing = [job for job in jobs if job.key not in found]
    cached = len(found)
    stopped, limit, purse = any(map(fallen, found.values())), "", Purse(options.terms)
    if not stopped:
        with closing(_made(missing, options, cache, purse)) as made:
            shown = progress.track(made, "Evaluating", len(missing)) if progress and missing else made
            try:
                for key, result in cast("Iterable[tuple[str, Result]]", shown):
                    found[key] = result
                    if stopped := fallen(result):
                        break
            except LimitReached as reached:
                limit = reached.limit
    keys = [[versions.key(case, told, n) for n in range(options.repeat)] for case in cases]
    results = tuple(_together([found[key] for key in each]) for each in keys if all(key in found for key in each))
    if stopped:
        results = results[: 1 + next(place for place, result in enumerate(results) if fallen(result))]
    return Run(
        subject=options.subject, knowledge_version=versions.knowledge_version(), code_version=versions.code_version(), began=began.isoformat(timespec="seconds"),
        seconds=round(time.perf_counter() - started, 2), repeat=options.repeat, cached=cached, stopped=stopped, limit=limit,
        left=len(missing) + cached - len(found) if limit else 0, tokens=purse.tokens, cost=round(purse.spent, 6), results=tuple(_with_groups(suites, results)),
        digests={f"{case.suite}/{case.name}": versions.digest(case) for case in cases},
    )  # fmt: skip


def _check(options: Options, suites: Sequence[Suite]) -> None:
    if not 1 <= options.workers <= MOST_WORKERS:
        raise InputError(f"--workers is {options.workers}.", hint=f"Allowed: 1 to {MOST_WORKERS}.")
    if not 1 <= options.repeat <= MOST_REPEATS:
        raise InputError(f"--repeat is {options.repeat}.", hint=f"Allowed: 1 to {MOST_REPEATS}.")
    if options.words.model and options.without:
        raise InputError("--model and --without cannot go together.", hint="Leave one of them away.")
    limits = {f"--{name.replace('_', '-')}": value for name, value in options.terms._asdict().items() if name != "retries" and value is not None}
    if options.alone and (options.words.model is None or any(case.kind != "answers" for suite in suites for case in suite.cases)):
        raise InputError(f"The subject {options.alone} answers questions, by a model.", hint="Name a --model, and suites of questions and conversations.")
    if options.workers > 1 and limits:
        raise InputError(f"{next(iter(limits))} with {options.workers} processes would hold in each.", hint="Say --workers 1.")
    for name, value in {**limits, "--retries": options.terms.retries + 1}.items():
        if value < 0 or (value == 0 and name != "--max-cost"):
            raise InputError(f"{name} is too small.", hint="Give a number above 0." if name != "--retries" else "Give 0 or more.")
    if options.without and options.without not in PARTS:
        raise InputError(f"--without is {options.without!r}.", hint=f"Allowed: {', '.join(PARTS)}.")


def _made(jobs: Sequence[Job], options: Options, cache: Cache, purse: Purse) -> Generator[tuple[str, Result]]:
    if options.workers == 1 or len(jobs) <= BATCH:
        subject = _subject_of(options, purse) if jobs else None
        for job in jobs:
            assert subject is not None  # noqa: S101
            yield job.key, _kept(job, subject, cache)
        return
    batches = [jobs[start : start + BATCH] for start in range(0, len(jobs), BATCH)]
    before = set(active_children())
    with ProcessPoolExecutor(min(options.workers, len(batches)), get_context("spawn"), _begin, (options,)) as pool:
        waiting = [pool.submit(_work, [(job.key, job.case.as_json(), job.turn) for job in batch]) for batch in batches]
        try:
            yield from _finished(waiting)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in set(active_children()) - before:
                process.terminate()  # what it has found is kept already, whole
            raise


def _finished(waiting: Iterable[Future[list[tuple[str, dict[str, Any]]]]]) -> Iterator[tuple[str, Result]]:
    for future in as_completed(waiting):
        for key, result in future.result():
            yield key, Result.model_validate(result)


def _kept(job: Job, subject: Subject, cache: Cache) -> Result:
    subject.repeat(job.turn)
    result = evaluate(job.case, subject)
    if subject.settings.model is None or "runs" not in result.scores:  # a service that failed once is asked again
        cache.put(job.key, result)
    return result


def _subject_of(options: Options, purse: Purse) -> Subject:
    if options.texts is not None:
        subject: Subject = bare.Bare(options.home, options.words, options.texts, fresh=options.fresh, purse=purse)
    elif options.offered is not None:
        subject = tooled.Tooled(options.home, options.words, options.offered, fresh=options.fresh, purse=purse)
    else:
        subject = Subject(options.home, options.without, options.words, tools=options.tools, fresh=options.fresh, purse=purse)
    subject.compared = options.compared
    return subject


_subject: Callable[[], tuple[Subject, Cache]]


def _begin(options: Options) -> None:
    """Make a process ready: its own subject, made once; Ctrl-C is for the one that started it, and it ends when that one does."""
    global _subject
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()
    made = _subject_of(options, Purse(options.terms)), Cache(options.home)
    _subject = lambda: made  # noqa: E731


def _end_with(parent: BaseProcess | None) -> None:
    """Leave when the process that hands out work is gone: a killed one cannot say so."""
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(batch: list[tuple[str, dict[str, Any], int]]) -> list[tuple[str, dict[str, Any]]]:
    subject, cache = _subject()
    return [(key, _kept(Job(key, case_of(table), turn), subject, cache).model_dump()) for key, table, turn in batch]


def _together(repeats: Sequence[Result]) -> Result:
    """The mean of each score over repeats, and the names of those that were not the same each time."""
    first = repeats[0]
    if len(repeats) == 1:
        return first
    names = list(dict.fromkeys(name for each in repeats for name in each.scores))
    values = {name: [each.scores[name].value if name in each.scores else 0.0 for each in repeats] for name in names}
    whys = {name: next((each.scores[name].why for each in repeats if name in each.scores and each.scores[name].why), "") for name in names}
    scores = {name: Scored(value=round(sum(each) / len(each), 4), why=whys[name]) for name, each in values.items()}
    unstable = tuple(name for name, each in values.items() if len(set(each)) > 1 and name not in UNSTEADY) + (("text",) if len({_said(each) for each in repeats}) > 1 else ())
    held = sum(not each.short for each in repeats), len(repeats)
    return first.model_copy(update={"scores": scores, "unstable": unstable, "held": held, "seconds": round(sum(each.seconds for each in repeats) / len(repeats), 4)})


def _said(result: Result) -> str:
    """What a result shows beside the time and money that a model took for it."""
    return str({name: value for name, value in result.shown.items() if name not in {"model", "cost"}})


def _with_groups(suites: Sequence[Suite], results: Sequence[Result]) -> Iterator[Result]:
    """The results with the score of invariance, which needs all cases of a group."""
    shown = {(result.suite, result.case): result.shown for result in results if result.shown}
    scores: dict[tuple[str, str], Scored] = {}
    for suite in suites:
        there = {case.name: case.suite for case in suite.cases if (case.suite, case.name) in shown}
        found = invariance(suite.cases, {name: shown[of, name] for name, of in there.items()})
        scores |= {(there[name], name): Scored(value=score.value, why=score.why) for name, score in found.items()}
    for result in results:
        score = scores.get((result.suite, result.case))
        yield result if score is None else result.model_copy(update={"scores": {**result.scores, INVARIANCE: score}})
