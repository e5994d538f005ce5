"""Each measure beside the bare work that it cannot avoid."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import bare
from bench.processes import advisor, first_list, fresh_home, in_turns, python, run, turns

QUESTION = "We are at €8M ARR, sales-assisted, nobody owns partners. Should we build a tiered programme?"
MEGABYTES = 500
READING_SHARE = 0.05
GATES_SHARE = 0.05
VERIFYING = 4  # times what finding the figures takes
WARM_ROUNDS = 5  # processes; of a question the least time counts, since other work on the machine only adds to it


@dataclass(frozen=True)
class Measure:
    """Ours against the bare work, both in `unit`."""

    name: str
    ours: float
    bare: float
    target: float
    against: str
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return self.ours / self.bare


def start() -> Iterator[Measure]:
    """Commands that need no index, against importing what they stand on."""
    for arguments, code, against in (
        (("--help",), "import click, pydantic", "importing click and pydantic"),
        (("assess", QUESTION), "import click, pydantic", "importing click and pydantic"),
        (("assess", QUESTION), bare.ONE_CLASS, "importing them and making one class of pydantic, which loads the rest of it"),
    ):
        with fresh_home() as home:
            ours, plain = in_turns(advisor(*arguments), python(code), home)
        yield Measure(f"advisor {arguments[0]}", ours, plain, 3, against)


def warm() -> Iterator[Measure]:
    """Questions one after the other in one process, against their embedding, one query of the store and the bare product."""
    with fresh_home() as home:
        run(advisor("ask", QUESTION), home)
        for name, code in (("search, warm", bare.SEARCHES), ("ask, warm", bare.ASKS)):
            rounds = [_a_question_each(code, home) for _ in range(WARM_ROUNDS)]
            ours, plain = (median(map(min, zip(*(took[who] for took in rounds), strict=True))) for who in ("ours", "bare"))
            yield Measure(f"{name} (a question)", ours, plain, 2, "one embedding, one Chroma query, one product")


def reading() -> Iterator[Measure]:
    """What reading a message takes of a warm answer, both from the same run."""
    with fresh_home() as home:
        run(advisor("ask", QUESTION), home)
        rounds = [_a_question_each(bare.READING, home) for _ in range(WARM_ROUNDS)]
    ours, whole = (median(map(min, zip(*(took[who] for took in rounds), strict=True))) for who in ("ours", "bare"))
    yield Measure("reading, of a warm answer", ours, whole, READING_SHARE, "the whole answer to the same question")


def _a_question_each(code: str, home: Path) -> dict[str, list[float]]:
    """What each question took in a process that was asked all of them once."""
    output = subprocess.run(python(code, str(home)), capture_output=True, text=True, check=True).stdout
    took: dict[str, list[float]] = json.loads(output.splitlines()[-1])
    return took


def cold() -> Iterator[Measure]:
    """A question in a process of its own, against a script that imports, loads, embeds and queries."""
    with fresh_home() as home:
        run(advisor("ask", QUESTION), home)
        ours, plain = in_turns(advisor("ask", QUESTION), python(bare.COLD, str(_store(home)), QUESTION), home)
    yield Measure("advisor ask, cold", ours, plain, 1.5, "importing chromadb and onnxruntime, loading, embedding, querying")


def first() -> Iterator[Measure]:
    """The first question after installation, against later ones."""
    firsts, laters = [], []
    for _ in range(5):
        with fresh_home() as home:
            firsts.append(run(advisor("ask", QUESTION), home).milliseconds)
            laters.append(run(advisor("ask", QUESTION), home).milliseconds)
    yield Measure("first ask after installation", sorted(firsts)[2], sorted(laters)[2], 3, "the next cold ask")


def rebuild() -> Iterator[Measure]:
    """Building the whole index without shipped vectors, against embedding the same texts."""
    with fresh_home() as home:
        ours, plain = in_turns(python(bare.REBUILD, str(home)), python(bare.EMBED), home, rounds=2)
    yield Measure("whole rebuild, nothing shipped", ours, plain, 1.3, "embedding the same texts")


def memory() -> Iterator[Measure]:
    """The most memory that a first and a later question take."""
    with fresh_home() as home:
        peaks = [run(advisor("ask", QUESTION), home).megabytes for _ in range(2)]
    yield Measure("peak memory of advisor ask", max(peaks), MEGABYTES, 1, "the bound", unit="MB")


def evaluation() -> Iterator[Measure]:
    """The cases of three suites, scored and kept, against asking the same questions in a bare loop; and in two processes against one. Some minutes: the loop has to be long beside what starting takes."""
    suites = ("first_answers", "breadth", "sums")
    once, twice = (advisor("eval", "run", *suites, "--fresh", "--workers", str(workers)) for workers in (1, 2))
    with fresh_home() as home:
        run(advisor("ask", QUESTION), home)
        alone, plain, both = turns((once, python(bare.LOOP, *suites), twice), home, rounds=2)
    yield Measure("eval run, one process", alone, plain, 1 / 0.9, "a loop that asks the same questions")
    yield Measure("eval run, two processes", both, alone, 1, "one process")


def verifying() -> Iterator[Measure]:
    """Megabytes of text checked in a minute, against finding the figures of the same text alone: what the holding against evidence adds."""
    with fresh_home() as home:
        rounds = [_a_question_each(bare.VERIFYING, home) for _ in range(3)]
    ours, found = (median(took[who][0] for took in rounds) for who in ("ours", "bare"))
    yield Measure("verify, minutes for a MB of text", ours, found, VERIFYING, "finding the figures of the same text", unit="min")


def wording() -> Iterator[Measure]:
    """What the gates and the second turn add to a model's own time, and when the first part is shown, against the first sentence that the model has written whole."""
    with fresh_home() as home:
        run(advisor("ask", QUESTION), home)
        output = subprocess.run(python(bare.WORDING), capture_output=True, text=True, check=True, env={**os.environ, "ADVISOR_HOME": str(home)}).stdout
    work, first = json.loads(output.splitlines()[-1])
    for name, took, target, against in (
        ("gates and repair, of a model's time", work, GATES_SHARE, "the model, 100 tokens a second, in both turns"),
        ("first claim shown", first, 2, "the model's first whole sentence"),
    ):
        yield Measure(name, sum(took["ours"]), sum(took["bare"]), target, against)


def plans() -> Iterator[Measure]:
    """One plan in each format, against the same words through the format's library alone; and the memory that all of it takes."""
    output = subprocess.run([*python("")[:1], "-m", "bench.plans"], capture_output=True, text=True, check=True).stdout
    for form, took in json.loads(output.splitlines()[-1]).items():
        if form == "memory":
            yield Measure("a plan in all formats, peak memory", took["ours"], took["bare"], 1, "the bound", unit="MB")
        else:
            name = f"a plan, {form}" if form.startswith("memory") else f"a plan as {form}"
            yield Measure(name, took["ours"], took["bare"], 1.5, "the same words through its library", unit="MB" if form.startswith("memory") else "ms")


def mcp() -> Iterator[Measure]:
    """The first list of tools that a host waits for, against a server of the same SDK with one trivial tool."""
    with fresh_home() as home:
        commands = (advisor("mcp"), python(bare.MCP_SERVER))
        times = [[first_list(command, home) for command in commands] for _ in range(9)][1:]
    ours, plain = (min(took) for took in zip(*times, strict=True))
    yield Measure("advisor mcp, first list of tools", ours, plain, 1.5, "a bare server of the same SDK with one tool")


def _store(home: Path) -> Path:
    (found,) = home.glob("index/*/store-*")
    return found


MEASURES: dict[str, Callable[[], Iterator[Measure]]] = {
    "start": start, "warm": warm, "reading": reading, "cold": cold, "first": first, "rebuild": rebuild, "memory": memory, "mcp": mcp, "evaluation": evaluation,
    "plans": plans, "verifying": verifying, "wording": wording,
}  # fmt: skip
