"""`advisor doctor`: what is installed, what is wrong, and how to mend it."""

from __future__ import annotations

import os
import platform
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from advisor import library, rules
from advisor.adapters.prices import as_of
from advisor.answering import packed
from advisor.cli.output import plain_output, show, show_json
from advisor.cli.start import settings_here
from advisor.errors import AdvisorError, ModelError
from advisor.extensions import Pack, installed_packs
from advisor.library import Library
from advisor.ports import Tokens
from advisor.rendering.documents import DoctorDocument, DoctorRow
from advisor.rendering.words import sentence, table
from advisor.settings import MODEL_FIELDS, Settings
from advisor.wiring import WITHOUT_PACKS, Advisor, build_advisor

FOUND_PROBLEMS = 1
PACKAGES = ("chromadb", "langchain", "numpy", "onnxruntime", "pydantic", "tiktoken", "tokenizers")
EXTRAS = {"openai": "langchain-openai", "anthropic": "langchain-anthropic", "ollama": "langchain-ollama"}
VARIABLES = frozenset(f"ADVISOR_{name.upper()}" for name in ("home", "offline", "colour", "brief", "language", "packs", "retriever", *MODEL_FIELDS))


@click.command("doctor")
@click.option("--model", metavar="PROVIDER:NAME", help="Make one tiny call to this language model and say what works.")
@click.option("--base-url", metavar="URL", help="Where the model is served.")
@plain_output
def command(model: str | None, base_url: str | None, as_json: bool) -> int:
    """What is installed, what is wrong, and how to mend it. Exit code 1 when something is wrong.

    With --model one tiny call is made, which costs a fraction of a cent at most; nothing of a client is sent.
    """
    settings = settings_here(model=model, base_url=base_url)
    document = examined(settings, called=model is not None)
    if as_json:
        show_json(document)
    else:
        show(_markdown(document), settings)
    return 0 if document.well else FOUND_PROBLEMS


def examined(settings: Settings, *, called: bool = False) -> DoctorDocument:
    """Every check, each on its own: one failure does not hide the next. With `called` the model of the settings is called too.

    Raises InputError when there can be no such model.
    """
    model_rows = list(_chat_model(settings)) if called else []
    rows = [_versions(), *_packages(), _extras(), _variables()]
    rows += [_word_search(), _tried("embedding model", _model), _tried("token vocabulary", _vocabulary), _home(settings.home)]
    try:
        advisor = build_advisor(settings)
    except AdvisorError as error:
        rows.append(_problem("data folder", error))
    else:
        rows += [*_packs(settings), _tried("knowledge", lambda: _knowledge(advisor)), _tried("index", lambda: _index(advisor)), _tried("conversations", lambda: _conversations(advisor))]
    rows += model_rows
    return DoctorDocument(well=all(row.status != "problem" for row in rows), checks=tuple(rows))


def _tried(name: str, look: Callable[[], DoctorRow]) -> DoctorRow:
    try:
        return look()
    except AdvisorError as error:
        return _problem(name, error)
    except ImportError as error:
        return DoctorRow(name=name, status="problem", found=f"{error}", remedy="Install partner-advisor again.")


def _problem(name: str, error: AdvisorError) -> DoctorRow:
    return DoctorRow(name=name, status="problem", found=error.message, remedy=error.hint)


def _versions() -> DoctorRow:
    found = f"partner-advisor {_version('partner-advisor')}, Python {platform.python_version()}, {platform.platform(terse=True)}"
    return DoctorRow(name="program", status="ok", found=found)


def _packages() -> Iterator[DoctorRow]:
    versions = {name: _version(name) for name in PACKAGES}
    found = ", ".join(f"{name} {number}" for name, number in versions.items() if number)
    missing = [name for name, number in versions.items() if not number]
    yield DoctorRow(name="packages", status="ok", found=found)
    if missing:
        yield DoctorRow(name="packages", status="problem", found=f"missing: {', '.join(missing)}", remedy="Install partner-advisor again.")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _extras() -> DoctorRow:
    found = [f"{extra} {'installed' if _version(package) else 'not installed'}" for extra, package in EXTRAS.items()]
    return DoctorRow(name="extras", status="ok", found=f"{', '.join(found)}; none is needed")


def _variables() -> DoctorRow:
    unknown = sorted(name for name in os.environ if name.startswith("ADVISOR_") and name not in VARIABLES)
    if unknown:
        remedy = f"Known are {', '.join(sorted(VARIABLES))}."
        return DoctorRow(name="environment", status="note", found=f"not a setting: {', '.join(unknown)}", remedy=remedy)
    given = sorted(VARIABLES & os.environ.keys())
    return DoctorRow(name="environment", status="ok", found=", ".join(given) or "no ADVISOR_ variable is set")


def _word_search() -> DoctorRow:
    found = f"SQLite {sqlite3.sqlite_version} with FTS5"
    try:
        with closing(sqlite3.connect(":memory:")) as database:
            database.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    except sqlite3.Error as error:
        remedy = "Use a Python whose SQLite has FTS5; the usual builds do."
        return DoctorRow(name="word search", status="problem", found=f"SQLite {sqlite3.sqlite_version}: {error}", remedy=remedy)
    return DoctorRow(name="word search", status="ok", found=found)


def _model() -> DoctorRow:
    from advisor.adapters.embedder import MiniLM

    model = MiniLM()
    model.embed(["partner"])
    return DoctorRow(name="embedding model", status="ok", found=f"{model.name}, {model.dimensions} dimensions, hash {model.model_hash[:12]}")


def _vocabulary() -> DoctorRow:
    from advisor.adapters.tokenizer import VOCABULARY_SHA256, count_tokens

    count_tokens("partner")
    return DoctorRow(name="token vocabulary", status="ok", found=f"cl100k_base, hash {VOCABULARY_SHA256[:12]}")


def _chat_model(settings: Settings) -> Iterator[DoctorRow]:
    """What one call to the model showed, or why there was none."""
    from advisor.adapters.chat_models import LangChainModel
    from advisor.adapters.model_check import tried

    name = str(settings.model)
    model = Advisor(settings).chat_model
    assert isinstance(model, LangChainModel)  # noqa: S101  one is named
    try:
        shown = tried(model)
    except ModelError as error:
        yield DoctorRow(name=f"model {name}", status="problem", found=error.message, remedy=_REMEDIES.get(error.reason, "Try again later."))
        return
    spent = f", {sum(shown.tokens)} tokens" if shown.tokens else ""
    yield DoctorRow(name=f"model {name}", status="ok", found=f"{model.whom} answered in {shown.seconds:.1f} s{spent}")
    forms = {"native": "by its own response format", "tools": "by a tool call", "prompt": "by the prompt alone"}
    yield _works("structured output", shown.readable, f"yes, {forms[shown.way]}", "no: what came was no JSON", "Name a larger model: most of its sentences would not be used.")
    yield _works("streaming", shown.pieces > 1, "yes", "no: the answer came in one piece", "An answer appears only when it is whole.")
    yield DoctorRow(name="tools", status="ok", found={True: "yes", False: "no; none is needed", None: "not tried; none is needed"}[shown.tools])
    price = model.cost(Tokens(1_000_000, 0))
    found = f"known, as of {as_of()}" if price is not None else "unknown, so --max-cost cannot be held"
    yield DoctorRow(name="price", status="ok" if price is not None else "note", found=found)


def _works(name: str, works: bool, yes: str, no: str, remedy: str) -> DoctorRow:
    return DoctorRow(name=name, status="ok", found=yes) if works else DoctorRow(name=name, status="note", found=no, remedy=remedy)


_REMEDIES = {
    "no_key": "Put it into the environment, for example OPENAI_API_KEY.",
    "wrong_key": "Check the key in the environment.",
    "quota": "Raise the quota at the provider.",
    "gone": "Check the name of the model, and --base-url.",
    "network": "Check the connection, the proxy and --base-url.",
    "rejected": "The server may not be one of this kind; check the provider and --base-url.",
}


def _home(home: Path) -> DoctorRow:
    """Whether the data folder can be written, or made where it is not there yet; nothing is left behind."""
    remedy = "Set ADVISOR_HOME to a folder that you may write to."
    try:
        there = next(folder for folder in (home, *home.parents) if folder.is_symlink() or folder.exists())
    except OSError as error:
        return DoctorRow(name="data folder", status="problem", found=f"{str(home)[:200]} cannot be used: {error.strerror}", remedy=remedy)
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        return DoctorRow(name="data folder", status="problem", found=f"{there} cannot be written: {error.strerror}", remedy=remedy)
    return DoctorRow(name="data folder", status="ok", found=str(home) if there == home else f"{home}, made at the first question")


def _packs(settings: Settings) -> Iterator[DoctorRow]:
    """Each pack in force with what it holds and supersedes, or what is wrong with it and how to go on without it."""
    try:
        found = installed_packs(settings.packs)
    except AdvisorError as error:
        yield DoctorRow(name="knowledge packs", status="problem", found=error.message, remedy=f"{error.hint} {WITHOUT_PACKS}".strip())
        return
    for pack in found:
        name = f"knowledge pack {pack.name}"
        try:
            shelf = library.load(packs=(pack,))
            faults = packed.faults(shelf, rules.load(packs=(pack,)))
        except AdvisorError as error:
            yield DoctorRow(name=name, status="problem", found=error.message, remedy=f"{error.hint} {WITHOUT_PACKS}".strip())
            continue
        if faults:
            yield DoctorRow(name=name, status="problem", found=faults[0].message, remedy=f"{faults[0].hint} {WITHOUT_PACKS}".strip())
            continue
        yield DoctorRow(name=name, status="ok", found=_contents(pack, shelf))


def _contents(pack: Pack, shelf: Library) -> str:
    held = [kind for kind, _ in shelf.packed]
    rows = sum(bool(row.pack) for row in rules.load(packs=(pack,)).rows.values())
    counts = f"sources {held.count('source')}, figures {held.count('benchmark')}, passages {held.count('passage')}, rule rows {rows}"
    taken = "".join(f"; {each.id} superseded since {each.on}: {each.because.rstrip('.')}" for each in pack.manifest.supersedes)
    return f"{pack.manifest.title}, as of {pack.manifest.as_of} ({pack.distribution}): {counts}{taken}"


def _knowledge(advisor: Advisor) -> DoctorRow:
    library, book = advisor.library, advisor.book
    found = f"{len(library.benchmarks)} figures, {len(library.passages)} passages, {len(library.sources)} sources, {len(book.rows)} rule rows"
    return DoctorRow(name="knowledge", status="ok", found=found)


def _index(advisor: Advisor) -> DoctorRow:
    index = advisor.settings.home / "index"
    if not index.is_dir() and not (index.is_symlink() or index.exists()):
        return DoctorRow(name="index", status="note", found="not built yet", remedy="The first question builds it.")
    advisor.search("partner", 1)
    return DoctorRow(name="index", status="ok", found=f"in {index}")


def _conversations(advisor: Advisor) -> DoctorRow:
    sessions, clients = len(advisor.store.sessions()), len(advisor.store.clients())
    return DoctorRow(name="conversations", status="ok", found=f"{sessions} kept, {clients} clients")


def _markdown(document: DoctorDocument) -> str:
    rows: list[tuple[object, ...]] = [(row.name, row.status, row.found) for row in document.checks]
    todo = [f"- {row.name}: {sentence(row.found)} {row.remedy}".rstrip() for row in document.checks if row.status != "ok"]
    closing = "Everything is well." if document.well else "Something is wrong."
    return "\n".join([table(("What", "State", "Found"), rows), "", closing, *(["", *todo] if todo else [])]) + "\n"
