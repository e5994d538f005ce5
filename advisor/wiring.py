"""The one place that reads settings and picks adapters; the facade `Advisor` stands here.

Options win, then `ADVISOR_*` in the environment, then `advisor.toml`. The file in the user's settings folder may set
everything; one in the working folder only client facts and display: a folder that came from somebody else must never
move data or name a service.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import platformdirs
from pydantic import ValidationError

from advisor import datafiles, intake, library, rules
from advisor.domain import Client, Fact, Money, Move, Number, Reading, Value
from advisor.domain.money import rate_of
from advisor.errors import HomeError, InputError
from advisor.ports import KindReader, MoveFinder, Only, Progress, Retriever, Wording

if TYPE_CHECKING:
    from advisor.adapters.embedder import MiniLM
    from advisor.conversation.talk import Store, Talk
    from advisor.domain import Answer, Assessment, Background, Hit

FILE_NAME = "advisor.toml"
MOST_BYTES, MOST_QUOTED = 5_000_000, 200
_TRUE, _FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})
_MONEY_FIELDS = ("arr", "acv", "tool_budget")


class Settings(Value):
    """What the program was told about where and how to run; `origins` says for each name who told it."""

    home: Path
    offline: bool = False
    colour: Literal["auto", "always", "never"] = "auto"
    brief: bool = False
    language: Literal["auto", "en", "de"] = "auto"
    client: Client = Client()
    fx: Mapping[str, Number] = {}
    origins: Mapping[str, str] = {}
    files: tuple[Path, ...] = ()


def settings_folder() -> Path:
    """The folder of the user's own `advisor.toml`."""
    return Path(platformdirs.user_config_path("partner-advisor", appauthor=False))


def load_settings(
    *, environment: Mapping[str, str] | None = None, working_folder: Path | None = None, options: Mapping[str, Any] | None = None
) -> Settings:
    """Settings from all places. Without a working folder, none is looked into.

    Raises InputError naming the file or variable, what was found and what may stand there.
    """
    environment = os.environ if environment is None else environment
    layers = [_defaults(), *_files(working_folder), _from_environment(environment), {"an option": dict(options or {})}]
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        for origin, table in layer.items():
            if "client" in table and "client" in values:
                table = {**table, "client": merged(values["client"], table["client"])}
            values |= table
            origins |= dict.fromkeys(table, origin)
    files = tuple(Path(origin) for layer in layers[1:-2] for origin in layer)
    return Settings(**values, origins=origins, files=files)


Layer = dict[str, dict[str, Any]]
Rates = Mapping[str, Decimal | str]


def _defaults() -> Layer:
    home = platformdirs.user_data_path("partner-advisor", appauthor=False)
    return {"the default": {"home": home, "offline": False, "colour": "auto", "brief": False, "language": "auto"}}


def _files(working_folder: Path | None) -> list[Layer]:
    own = settings_folder() / FILE_NAME
    layers = [_from_file(own, trusted=True)] if own.is_file() else []
    here = working_folder / FILE_NAME if working_folder else None
    if here is not None and here.is_file() and here.resolve() != own.resolve():
        layers.append(_from_file(here, trusted=False))
    return layers


def _from_file(path: Path, *, trusted: bool) -> Layer:
    table = datafiles.parse_toml(read_user_text(path), str(path))
    display = table.pop("display", {})
    allowed = {"client", "fx", "display", *(("home", "offline") if trusted else ())}
    for key in table:
        if key not in allowed:
            where = "" if trusted else f" Other settings belong into {settings_folder() / FILE_NAME}."
            raise InputError(f"{path}: {key!r} may not stand here.", hint=f"Allowed: {', '.join(sorted(allowed))}.{where}")
    values: dict[str, Any] = {}
    if "client" in table:
        values["client"] = client_of(table.pop("client"), str(path))
    if "fx" in table:
        values["fx"] = rates_of(_table(path, "fx", table.pop("fx")))
    for key, value in {**table, **_table(path, "display", display)}.items():
        values[key] = _setting(key, value, f"{path}: {key}")
    return {str(path): values}


def _table(path: Path, key: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"{path}: {key} is {value!r}.", hint=f"Write a table: [{key}].")
    return value


def _from_environment(environment: Mapping[str, str]) -> Layer:
    layer: Layer = {}
    if environment.get("NO_COLOR"):
        layer["NO_COLOR in the environment"] = {"colour": "never"}
    for key in ("home", "offline", "colour", "brief", "language"):
        variable = f"ADVISOR_{key.upper()}"
        if environment.get(variable, "").strip():
            layer[f"{variable} in the environment"] = {key: _setting(key, environment[variable].strip(), variable)}
    return layer


def _setting(key: str, value: Any, where: str) -> Any:
    """One setting, read; raises InputError naming the place when it cannot be."""
    if key == "home" and isinstance(value, str) and "\0" not in value:
        return Path(value).expanduser().absolute()
    if key in {"offline", "brief"} and str(value).lower() in _TRUE | _FALSE:
        return str(value).lower() in _TRUE
    if key == "colour" and value in {"auto", "always", "never"}:
        return value
    if key == "language" and value in {"auto", *library.LANGUAGES}:
        return value
    allowed = {"home": "a folder", "offline": "yes or no", "brief": "yes or no", "colour": "auto, always or never", "language": "auto, en or de"}
    if key not in allowed:
        raise InputError(f"{where} is not a setting known here.", hint=f"Known: {', '.join(allowed)}.")
    raise InputError(f"{where} is {value!r}.", hint=f"Allowed: {allowed[key]}.")


def read_user_text(path: Path) -> str:
    """A file the user named, as text. Raises InputError when it cannot be read, is not UTF-8, or has no end in sight."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise InputError(f"{path} is larger than {MOST_BYTES // 10**6} MB.", hint="Give the part about this client.")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text (byte {error.start}).", hint="Save it as UTF-8 and try again.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"{str(path)[:200]} cannot be read: {reason}.", hint="Check the path and its permissions.") from None


def client_of(table: Any, source: str) -> Client:
    """Client facts from a table of a file, each remembered as coming from there."""
    if not isinstance(table, Mapping):
        raise InputError(f"{source}: the client is {type(table).__name__}.", hint="Write a table of facts.")
    table = intake.cleaned(dict(table))
    try:
        facts = {name: Fact(origin="file", quote=f"{name} = {_quoted(value)}"[:MOST_QUOTED]) for name, value in table.items() if name != "facts"}
        return Client.model_validate({"facts": facts, **table})
    except ValidationError as error:
        raise InputError(f"{source}: {reasons(error)}", hint=f"Known facts: {', '.join(Client.model_fields)}.") from None


def merged(base: Client, top: Client) -> Client:
    """The facts of both; where both say something, those of `top`."""
    said = {name: getattr(top, name) for name in top.model_fields_set if name != "facts"}
    return base.model_copy(update={**said, "facts": {**base.facts, **top.facts}})


def _quoted(value: Any) -> str:
    return str(value) if not isinstance(value, Mapping) else ", ".join(f"{key} {item}" for key, item in value.items())


def reasons(error: ValidationError) -> str:
    """The first thing that a value was refused for, in one sentence that names the field."""
    first = error.errors()[0]
    where = ".".join(str(part)[:80] for part in first["loc"])
    return f"{where}: found {str(first['input'])[:80]!r}; {first['msg'].removeprefix('Value error, ')}."


def rates_of(table: Mapping[str, object]) -> dict[str, Decimal]:
    """Euro per unit by currency. Raises InputError unless each is a positive number under a code of three letters."""
    if not isinstance(table, Mapping):
        raise InputError(f"The rates are {table!r:.80}.", hint='Give a table of euro per unit, for example {"USD": 0.92}.')
    try:
        return {str(code).strip().upper(): rate_of(str(code), rate) for code, rate in table.items()}
    except ValueError as error:
        raise InputError(f"{error}.", hint="Write euro per unit, for example USD=0.92.") from None


def _at(money: Money, rates: Mapping[str, Decimal]) -> Money:
    rate = rates.get(money.currency or "")
    return money.at(rate) if rate is not None and money.eur is None else money


def with_rates(client: Client, rates: Mapping[str, Decimal]) -> Client:
    """The client with stated rates put to amounts that have none."""
    amounts = {name: money for name in _MONEY_FIELDS if (money := getattr(client, name)) is not None}
    stated = {"fx": {**client.fx, **rates}} if rates else {}
    return client.model_copy(update={**stated, **{name: _at(money, rates) for name, money in amounts.items()}})


class Advisor:
    """Everything the program can do, from Python. Parts are made on first use and kept.

    `Advisor()` runs on its own: no key, no network, data in the user's data folder.
    """

    def __init__(
        self, settings: Settings | None = None, *, progress: Progress | None = None, today: Callable[[], date] = date.today
    ) -> None:
        self.settings = settings or load_settings()
        self._progress, self.today = progress, today

    def _speaking(self, language: str) -> library.Library:
        """What sentences in a language need of the library: all of it when it is there, else only the phrases and figures that are said."""
        if "library" in self.__dict__:
            return self.library.in_language(language)
        if language not in self._spoken:
            self._spoken[language] = library.speaking(language=language)
        return self._spoken[language]

    @cached_property
    def _spoken(self) -> dict[str, library.Library]:
        return {}

    def language(self, text: str = "") -> str:
        """The language of an answer: the one that the settings name, else that of the text where it is spoken, else English."""
        return self.settings.language if self.settings.language != "auto" else library.spoken(intake.language_of(text))

    def language_of(self, reading: Reading) -> str:
        """The language in which a message that was read is answered."""
        return self.language() if self.settings.language != "auto" else library.spoken(reading.language)

    def wording(self, language: str = "") -> Wording:
        """The program's sentences in a language, that of the settings where none is named."""
        return self._wording("", Client(), language or self.language())

    @cached_property
    def library(self) -> library.Library:
        """Benchmarks, sources and passages, checked."""
        return library.load()

    @cached_property
    def book(self) -> rules.RuleBook:
        """The decision tables, proved."""
        return rules.load()

    @cached_property
    def _retriever(self) -> Retriever:
        from advisor.adapters.index import open_index

        _make_private(self.settings.home)
        return open_index(self.settings.home, self.library.entries(), embedder=self._model, progress=self._progress)

    @cached_property
    def store(self) -> Store:
        """Conversations and clients, in one file of the data folder."""
        return store_of(self.settings)

    @cached_property
    def _finder(self) -> MoveFinder:
        from advisor.adapters.situations import Situations

        return Situations(self._model)

    @cached_property
    def _kinds(self) -> KindReader:
        from advisor.adapters.kinds import Kinds

        return Kinds(self._model)

    @cached_property
    def _model(self) -> MiniLM:
        from advisor.adapters.embedder import MiniLM

        return MiniLM()

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The words for each move."""
        return self.titles_in(self.language())

    def titles_in(self, language: str) -> Mapping[str, str]:
        """The words for each move in a language."""
        wording = self.wording(language)
        keys = {move: f"moves.{move}.noun_nominative" for move in Move}
        return {move: wording.say(key if wording.has(key) else f"moves.{move}.noun") for move, key in keys.items()}

    @cached_property
    def documents(self) -> Mapping[str, str]:
        """The title of each source document by its number."""
        return {id_.removeprefix("doc-"): source.title for id_, source in self.library.sources.items() if id_.startswith("doc-")}

    @cached_property
    def knowledge_version(self) -> str:
        """Twelve hexadecimal digits that change with any word of knowledge and rules."""
        digest = hashlib.sha256()
        for suffix in (".md", ".toml"):
            for path in datafiles.files("knowledge", suffix):
                digest.update(f"{datafiles.name_of(path)}\n".encode() + path.read_bytes())
        return digest.hexdigest()[:12]

    def read(
        self, text: str = "", client: Client = Client(), *, options: Client = Client(), fx: Rates | None = None
    ) -> Reading:
        """What the words say of the client and ask for.

        `options` are facts that win over the words, `fx` gives euro per unit of other currencies.
        """
        text, rates = _text(text), rates_of({} if fx is None else fx)
        client, options = _client(client), _client(options)
        reading = intake.read(text, client, options=options, today=self.today(), wording=self._wording(text, client, self.language(text)))
        readings = tuple(_at(money, rates) for money in reading.arr_readings)
        return reading.model_copy(update={"client": with_rates(reading.client, rates), "arr_readings": readings})

    def assess(
        self, text: str = "", client: Client = Client(), *, options: Client = Client(), fx: Rates | None = None
    ) -> Assessment:
        """Stage, motion, maturity, verdicts and open questions: rules alone, no index, no model, no network."""
        return self.judge(self.read(text, client, options=options, fx=fx))

    def judge(self, reading: Reading | Client) -> Assessment:
        """The verdicts on facts already read."""
        client = reading.client if isinstance(reading, Reading) else _client(reading)
        wording = self._wording("", client, self.language_of(reading) if isinstance(reading, Reading) else self.language())
        return rules.asking_again(rules.assess(reading, self.book, wording), self.today(), self.book, wording)

    def supposing(
        self, reading: Reading, client: Client, *, changed: frozenset[str], fx: Rates | None = None
    ) -> Reading:
        """The reading with some fields of the client supposed otherwise; what contradicted these is settled by that.

        A supposed amount without a currency is in the one that the client's own amounts have.
        """
        own = [money.currency for name in _MONEY_FIELDS if (money := getattr(reading.client, name)) is not None]
        code = next((code for code in own if code), None)
        bare = {name: Money.of(money.amount, code) for name in _MONEY_FIELDS if name in changed and (money := getattr(client, name)) and money.currency is None}
        return reading.model_copy(
            update={
                "client": with_rates(client.model_copy(update=bare), {**reading.client.fx, **rates_of(fx or {})}),
                "arr_readings": () if "arr" in changed else reading.arr_readings,
                "contradictions": tuple(item for item in reading.contradictions if not changed & set(item.facts)),
            }
        )

    def told(self, client: Client) -> dict[str, str]:
        """Each known fact in a few words, by its path."""
        from advisor.rules.told import told

        return told(client, self.wording())

    def say(self, key: str, **slots: str) -> str:
        """The sentence under a key of `knowledge/phrases`."""
        return self.wording().say(key, **slots)

    def facts(self, client: Client) -> dict[str, Any]:
        """The facts as conditions name them, with the stage that the rules give."""
        return {**client.view(), "stage": self.judge(client).stage.id}

    def talk(self, name: str, client: str | None = None, *, base: Client = Client(), fx: Rates | None = None) -> Talk:
        """The conversation of this name; it begins with its first question.

        `client` names a stored client, whose file then takes what is said; `base` are facts below those of the conversation. Raises
        InputError when there is no such client, or the conversation is about another one.
        """
        from advisor.answering import playbook
        from advisor.conversation.names import checked, stored_client
        from advisor.conversation.talk import Talk

        name, uses = checked(name), self.store.client_of(checked(name))
        named = uses if client is None else stored_client(self.store, client).name
        if uses is not None and named != uses:
            raise InputError(f"Session {name!r} is about client {uses!r}.", hint="Name another session for another client.")
        return Talk(name, self.store, self, playbook.load().conversation, _client(base), named, fx)

    def forget_session(self, name: str) -> None:
        """Delete a conversation, with the draft cases made from it."""
        from advisor.adapters.drafts import remove_drafts

        remove_drafts(self.settings.home, name)
        self.store.delete_session(name)

    def forget_client(self, name: str) -> tuple[str, ...]:
        """Delete a client with the conversations about it; their names."""
        from advisor.adapters.drafts import remove_drafts

        for info in self.store.sessions():
            if info.client == name:
                remove_drafts(self.settings.home, info.name)
        return self.store.delete_client(name) or ()

    def ask(
        self,
        text: str,
        client: Client = Client(),
        *,
        options: Client = Client(),
        fx: Rates | None = None,
        background: Background | None = None,
    ) -> Answer:
        """A cited answer to a scenario question, or to the next one of a conversation. Raises InputError when there is no question."""
        from advisor.answering.advise import Parts, advise

        text, client, options = _text(text), _client(client), _client(options)
        if not text:
            raise InputError("There is no question.", hint='Write it after the command: advisor ask "..."')
        parts = Parts(
            library=self.library,
            book=self.book,
            retriever=lambda: self._retriever,
            finder=lambda: self._finder,
            kinds=lambda: self._kinds,
            today=self.today(),
            knowledge_version=self.knowledge_version,
        )
        converted = self._converted(text, client, options, {} if fx is None else fx)
        return advise(text, client, parts, language=self.language(text), options=converted, background=background)

    def _converted(self, text: str, client: Client, options: Client, fx: Rates) -> Client:
        """The options, with the amounts that need a stated rate already at that rate."""
        if not fx:
            return options
        read = self.read(text, client, options=options, fx=fx).client
        amounts = {name: money for name in _MONEY_FIELDS if (money := getattr(read, name)) is not None and money.fx is not None}
        facts = {name: read.facts[name] for name in amounts if name in read.facts}
        return options.model_copy(update={**amounts, "fx": {**options.fx, **rates_of(fx)}, "facts": {**options.facts, **facts}})

    def search(self, text: str, k: int = 8, only: Only | None = None) -> tuple[Hit, ...]:
        """What retrieval finds, best first; the relevance floor is `floor`."""
        return self._retriever.search(_text(text), k, only)

    def holds(self, text: str) -> bool:
        """Whether the knowledge holds what the text asks."""
        return self._retriever.holds(_text(text))

    @property
    def floor(self) -> float:
        """The score below which nothing found is close enough to answer from."""
        return self._retriever.floor

    def _wording(self, text: str, client: Client, language: str) -> Wording:
        return self._speaking(language).wording(f"{text}\n{client.model_dump_json(exclude={'facts'})}", self.book.thresholds)


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise InputError(f"The text is of type {type(text).__name__}.", hint="Give a string.")
    return intake.clean(text)


def _client(client: object) -> Client:
    if not isinstance(client, Client):
        raise InputError(f"The client is of type {type(client).__name__}.", hint='Give a Client, for example Client(arr="8M EUR", motion="mid_touch").')
    return client


def _make_private(home: Path) -> None:
    """Makes the data folder, for its owner alone; one that is there stays as it is."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        hint = "Set ADVISOR_HOME to a folder that you may write to."
        raise HomeError(f"The data folder {home} cannot be made: {error.strerror}.", hint=hint) from None


def store_of(settings: Settings) -> Store:
    """Where conversations and clients are kept."""
    from advisor.adapters.sessions import SqliteSessions

    return SqliteSessions(settings.home)


def build_advisor(settings: Settings, *, progress: Progress | None = None) -> Advisor:
    """The advisor for these settings. Raises HomeError when the data folder cannot be looked at or is no folder."""
    hint = "Set ADVISOR_HOME to a folder you may write to."
    try:
        settings.home.stat()
        there = settings.home.is_dir()
    except FileNotFoundError:
        there = not settings.home.is_symlink()
    except NotADirectoryError:
        there = True  # what is wrong shows, with its place, when the folder is made
    except OSError as error:
        raise HomeError(f"The data folder {str(settings.home)[:200]} cannot be used: {error.strerror}.", hint=hint) from None
    if not there:
        raise HomeError(f"The data folder {settings.home} is not a folder.", hint=hint)
    return Advisor(settings, progress=progress)
