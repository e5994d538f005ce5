"""The options that name a language model, and what is shown while it writes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import click

from advisor.cli.files import write_file
from advisor.cli.output import show
from advisor.errors import InputError
from advisor.rendering.hops import plain
from advisor.settings import MODEL_OPTIONS, Settings, cost_of
from advisor.wiring import Advisor

F = TypeVar("F", bound=Callable[..., Any])

_MODEL = click.option("--model", metavar="PROVIDER:NAME", help="Let this language model word the answer: openai:..., anthropic:..., ollama:..., or another of LangChain.")
_URL = click.option("--base-url", metavar="URL", help="Where the model is served, for any OpenAI-compatible server.")
_REQUIRE = click.option("--require-model", is_flag=True, default=None, help="Fail (exit code 3) where the model does, instead of answering offline.")
_COST = click.option("--max-cost", metavar="DOLLARS", help="The most that the model may cost, in US dollars; it is not asked for more.")
_FACTS = click.option("--model-facts", type=click.Choice(["show", "use"]), help="Let the model point at facts in your words: show them, or use those that the reader finds there.")
_TRACE = click.option("--trace", metavar="FILE", help="Write each step of the way to the answer, with its value, as JSON.")


def model_options(command: F) -> F:
    """--model, --base-url, --require-model and --max-cost."""
    return _MODEL(_URL(_REQUIRE(_COST(command))))


trace_option = _TRACE
facts_from_model_option = _FACTS


def model_settings(options: dict[str, Any]) -> dict[str, Any]:
    """Takes the model's options out of a command's, as settings. Raises InputError for one that says nothing."""
    values = {name: options.pop(name) for name in MODEL_OPTIONS}
    for name in ("model", "base_url"):
        if values[name] is not None and not values[name].strip():
            raise InputError(f"--{name.replace('_', '-')} is empty.", hint="Leave it away to answer offline.")
    if values["max_cost"] is not None:
        values["max_cost"] = dollars(values["max_cost"])
    return values


def dollars(text: str) -> Decimal:
    most = cost_of(text)
    if most is None:
        raise InputError(f"--max-cost is {text[:40]!r}.", hint="Give US dollars, for example 0.05.")
    return most


class Streamed:
    """Shows an answer on a terminal while it is being checked, part by part; `rest` then shows what is missing."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._text = settings, ""

    def __call__(self, part: str) -> None:
        self._text += part
        show(f"{part.strip()}\n\n", self._settings)
        sys.stdout.flush()

    def rest(self, text: str) -> str:
        """What of a whole text has not been shown; all of it when it goes on otherwise."""
        return text[len(self._text) :].lstrip("\n") if text.startswith(self._text) else text


def streamed(advisor: Advisor, settings: Settings, *, wanted: bool) -> Streamed | None:
    """Listens to the answer where a person reads along and a model writes it."""
    if not wanted or not sys.stdout.isatty() or advisor.chat_model is None:
        return None
    advisor.shown = screen = Streamed(settings)
    return screen


class Trace:
    """Collects the steps of an answer for a file, which may replace another trace and nothing else. No key is ever among them.

    Raises InputError at once when the file cannot be written.
    """

    def __init__(self, name: str) -> None:
        path = Path(name)
        if not name.strip() or "\0" in name or (path.exists() and not path.is_file()) or not path.parent.is_dir():
            raise InputError(f"--trace {name[:200]!r} is no file to write to.", hint="Give the name of a file in a folder that is there.")
        if path.exists() and not path.read_bytes()[:20].startswith(b'{\n  "hops"'):
            raise InputError(f"--trace {path} is there already and is no trace.", hint="Give another name.")
        self._name = name
        self.hops: list[dict[str, Any]] = []

    def __call__(self, hop: str, value: Any) -> None:
        self.hops.append({"hop": hop, "value": plain(value)})

    def write(self) -> None:
        write_file(self._name, json.dumps({"hops": self.hops}, indent=2, ensure_ascii=False) + "\n", force=True)


def note(message: str) -> None:
    """A line about the model, on stderr."""
    click.echo(message, err=True)


def stem_of(client: str | None) -> str:
    """The name of a client as --client gives it, without folder and ending."""
    return Path(client).stem if client else ""
