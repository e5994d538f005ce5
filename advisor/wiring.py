"""The one place that picks adapters; the facade `Advisor` stands here."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from advisor import datafiles, extensions, intake, library, rules
from advisor.domain import Client, Money, Move, Reading
from advisor.errors import DataError, HomeError, InputError
from advisor.ports import KindReader, MatterReader, MoveFinder, Only, Progress, Retriever, Tokens, Wording
from advisor.settings import MONEY_FIELDS, Rates, Settings, at_rate, dollars, load_settings, rates_of, with_rates

if TYPE_CHECKING:
    from advisor.adapters.embedder import MiniLM
    from advisor.answering.parts import Parts
    from advisor.answering.calling import Meter, Writer
    from advisor.answering.proposing import Use
    from advisor.conversation.talk import Store, Talk
    from advisor.domain import Answer, Assessment, Background, DraftClaim, Evidence, Hit
    from advisor.domain.plan import Plan, PlanRequest
    from advisor.ports import ChatModel
    from advisor.rendering.documents import WhatIf

_ANY = Tokens(1, 1)
WITHOUT_PACKS = "ADVISOR_PACKS=none goes on without knowledge packs."


class Advisor:
    """Everything the program can do, from Python. Parts are made on first use and kept.

    `Advisor()` runs on its own: no key, no network, data in the user's data folder. With a model, given or named in the settings, that
    words the answers: `announced` hears, before its first call, what goes to whom; `shown` gets parts of an answer as soon as they are
    final; `trace` hears each hop of a question's way. With `model_facts` the model also points at facts in the question: they are shown,
    or with "use" count where the reader finds them in the words pointed at.
    """

    announced: Callable[[str], None] | None = None
    shown: Callable[[str], None] | None = None
    trace: Callable[[str, Any], None] | None = None
    model_facts: Use | None = None

    def __init__(
        self, settings: Settings | None = None, *, progress: Progress | None = None, today: Callable[[], date] = date.today, model: ChatModel | None = None
    ) -> None:
        self.settings = settings or load_settings()
        self._progress, self.today, self._given_model = progress, today, model
        self._said = False
        self._names: tuple[str, ...] = ()

    def _speaking(self, language: str) -> library.Library:
        """What sentences in a language need of the library: all of it when it is there, else only the phrases and figures that are said."""
        if "library" in self.__dict__ or self.packs:
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
    def packs(self) -> tuple[extensions.Pack, ...]:
        """The knowledge packs in force. Raises InputError for one that is not installed, DataError for one that cannot be read."""
        with _way_on():
            return extensions.installed_packs(self.settings.packs)

    @cached_property
    def library(self) -> library.Library:
        """Benchmarks, sources and passages, checked, with those of the packs in force. Raises DataError when a pack breaks a rule."""
        if not self.packs:
            return library.load()
        from advisor.answering import packed

        book = self.book  # first, because what a pack may not do to the rules matters most
        with _way_on():
            found = library.load(packs=self.packs)
            if faults := packed.faults(found, book):
                raise faults[0]
        return found

    @cached_property
    def book(self) -> rules.RuleBook:
        """The decision tables, proved, with those of the packs in force."""
        with _way_on():
            return rules.load(packs=self.packs)

    @cached_property
    def _retriever(self) -> Retriever:
        from advisor.adapters.home import make_private
        from advisor.adapters.index import open_index

        make_private(self.settings.home)
        if self.settings.retriever:
            from advisor.adapters.borrowed import BorrowedRetriever

            return BorrowedRetriever(self.settings.retriever, self.library.entries(), self.settings.home)
        return open_index(self.settings.home, self.library.entries(), embedder=self._model, progress=self._progress)

    def load(self) -> None:
        """Import what answering needs, the model meanwhile, and open nothing: the first question then waits for less."""
        self._model.load_ahead()
        from advisor.adapters import kinds, matters, retrieval, situations  # noqa: F401  # imported for what follows

    @cached_property
    def store(self) -> Store:
        """Conversations and clients, in one file of the data folder."""
        return store_of(self.settings)

    @cached_property
    def _finder(self) -> MoveFinder:
        from advisor.adapters.situations import Situations

        return Situations(self._model)

    @cached_property
    def _matters(self) -> MatterReader:
        from advisor.adapters.matters import Matters

        return Matters(self._model)

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
            for path, _ in extensions.layered("knowledge", suffix, None, self.packs):
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
        readings = tuple(at_rate(money, rates) for money in reading.arr_readings)
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
        own = [money.currency for name in MONEY_FIELDS if (money := getattr(reading.client, name)) is not None]
        code = next((code for code in own if code), None)
        bare = {name: Money.of(money.amount, code) for name in MONEY_FIELDS if name in changed and (money := getattr(client, name)) and money.currency is None}
        return reading.model_copy(
            update={
                "client": with_rates(client.model_copy(update=bare), {**reading.client.fx, **rates_of(fx or {})}),
                "arr_readings": () if "arr" in changed else reading.arr_readings,
                "contradictions": tuple(item for item in reading.contradictions if not changed & set(item.facts)),
            }
        )

    def what_if(
        self, reading: Reading, before: Assessment, supposed: Client, *, said: Mapping[str, str], changed: frozenset[str], fx: Rates | None = None
    ) -> WhatIf:
        """What differs when some fields of the client are supposed: stage, moves, tools, figures and questions.

        `said` are the suppositions as somebody wrote them, by name, `changed` the fields of `supposed` that they stand in.
        """
        from advisor.rendering.changes import changes, figure_changes
        from advisor.rendering.documents import WhatIf

        then = self.supposing(reading, supposed, changed=changed, fx=fx)
        after, language = self.judge(then), self.language_of(reading)
        figures = figure_changes(self.library.in_language(language), self.facts(before.client), self.facts(then.client))
        return WhatIf(supposed=dict(said), changes=(*changes(before, after, language=language), *figures), assessment=after)

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
        self.hide(client, uses, name)
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
        from dataclasses import replace

        from advisor.adapters.spans import watched

        text, client, options = _text(text), _client(client), _client(options)
        if not text:
            raise InputError("There is no question.", hint='Write it after the command: advisor ask "..."')
        converted = self._converted(text, client, options, {} if fx is None else fx)
        with watched(self.settings.otel, self.trace) as watch:
            answer = self._answered(text, client, converted, replace(self._parts(), trace=watch), background)
            watch.answered(answer)
        if self.settings.model is None or self.chat_model is not None:
            return answer
        notices = (*answer.run.notices, self.wording(answer.language).say("model.offline"))
        return answer.model_copy(update={"run": answer.run.model_copy(update={"notices": notices})})

    def _answered(self, text: str, client: Client, options: Client, parts: Parts, background: Background | None) -> Answer:
        from advisor.answering.advise import advise

        language = self.language(text)
        answered = partial(advise, text, parts=parts, language=language, options=options, background=background)
        if self.model_facts is None:
            return answered(client)
        from advisor.answering.proposing import pointed

        return pointed(text, client, options, parts, self.wording(language), self.model_facts, answered)

    def plan(self, request: PlanRequest, client: Reading | Client = Client()) -> Plan:
        """A plan for a client. Raises RefusedError when the rules forbid its kind, InputError when nothing can be planned as asked."""
        from advisor.answering.holding import Shelved, hold
        from advisor.planning.build import Parts, plan
        from advisor.planning.writing import Held

        def parts(language: str) -> Parts:
            shelf, wording = self.library.in_language(language), self._wording("", reading.client, language)
            return Parts(shelf, self.book, wording, rules.assess(reading, self.book, wording), self.today(), self.knowledge_version)

        def ground(draft: Sequence[DraftClaim], original: Sequence[DraftClaim], *also: Mapping[str, Evidence]) -> Held:
            there, here = (Shelved(each.library, self.book, each.wording, more) for each, more in zip((english, spoken), also, strict=True))
            return Held(*hold(draft, original, spoken.assessment, there, here))

        reading = client if isinstance(client, Reading) else Reading(client=_client(client))
        english = parts(library.LANGUAGES[0])
        spoken = english if request.language == library.LANGUAGES[0] else parts(request.language)
        return plan(request, spoken, english, ground)

    def _parts(self) -> Parts:
        """What answering works with."""
        from advisor.answering.parts import Parts

        return Parts(
            library=self.library,
            book=self.book,
            retriever=lambda: self._retriever,
            finder=lambda: self._finder,
            kinds=lambda: self._kinds,
            matters=lambda: self._matters,
            today=self.today(),
            knowledge_version=self.knowledge_version,
            writer=self._writer(),
        )

    @cached_property
    def chat_model(self) -> ChatModel | None:
        """The model that words answers, if one is named and none is forbidden. Raises InputError when there can be no such model."""
        if self._given_model is not None:
            return self._given_model
        named, origins = self.settings.model, self.settings.origins
        if named is None:
            if self.settings.require_model:
                raise InputError("A model is required, and none is named.", hint="Name one: --model openai:gpt-5-mini")
            return None
        if self.settings.offline:
            if self.settings.require_model or origins.get("model") == "an option":
                raise InputError(f"Models are switched off here ({_place(origins.get('offline', ''))}).", hint="Ask without --model.")
            return None
        model = _model_of(named, self.settings)
        if self.settings.max_cost is not None and model.cost(_ANY) is None:
            raise InputError(f"The price of {named} is not known, so --max-cost cannot be held.", hint="Leave --max-cost away, or name a model with a known price.")
        return model

    @cached_property
    def meter(self) -> Meter:
        """What was spent on the model so far."""
        from advisor.answering.calling import Meter

        return Meter(most=None if self.settings.max_cost is None else float(self.settings.max_cost))

    def _writer(self) -> Writer | None:
        if self.chat_model is None:
            return None
        from advisor.answering.calling import Writer

        return Writer(self.chat_model, self.meter, self.settings.require_model, self._announce, self.shown, self._names)

    def hide(self, *names: str | None) -> None:
        """Names of a client or session that nothing sent to a model may hold."""
        self._names = tuple(dict.fromkeys(name for name in (*self._names, *names) if name))

    def _announce(self, model: ChatModel, tokens: int, cost: float | None) -> None:
        """Say once, before the first call, what goes to whom and what it may cost."""
        if self.announced is None or self._said:
            return
        self._said = True
        say = self.say
        price = say("model.price_unknown") if cost is None else say("model.price", amount=dollars(cost)) if cost else say("model.price_free")
        self.announced(say("model.sends_words" if self.model_facts else "model.sends", model=model.name, whom=model.whom, tokens=f"{tokens:,}", price=price))

    def _converted(self, text: str, client: Client, options: Client, fx: Rates) -> Client:
        """The options, with the amounts that need a stated rate already at that rate."""
        if not fx:
            return options
        read = self.read(text, client, options=options, fx=fx).client
        amounts = {name: money for name in MONEY_FIELDS if (money := getattr(read, name)) is not None and money.fx is not None}
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


@contextmanager
def _way_on() -> Iterator[None]:
    """What is wrong with a pack says how to go on without it."""
    try:
        yield
    except DataError as error:
        if error.file.startswith("pack "):
            error.hint = f"{error.hint} {WITHOUT_PACKS}".strip()
        raise


def _model_of(name: str, settings: Settings) -> ChatModel:
    """The language model of this name: by LangChain, else of another package that announces its provider."""
    from advisor.adapters.chat_models import EXTRAS, chat_model

    provider = name.partition(":")[0]
    if provider in EXTRAS or not any(each.name == provider for each in extensions.extensions(extensions.MODELS)):
        return chat_model(name, settings.base_url, settings.timeout, settings.window)
    from advisor.adapters.borrowed import BorrowedModel

    return BorrowedModel(provider, name, settings.base_url)


def _place(origin: str) -> str:
    return origin.removesuffix(" in the environment") or "offline"


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise InputError(f"The text is of type {type(text).__name__}.", hint="Give a string.")
    return intake.clean(text)


def _client(client: object) -> Client:
    """The client with its own rates put to its amounts."""
    if not isinstance(client, Client):
        raise InputError(f"The client is of type {type(client).__name__}.", hint='Give a Client, for example Client(arr="8M EUR", motion="mid_touch").')
    return with_rates(client, client.fx)


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
    advisor = Advisor(settings, progress=progress)
    advisor.announced = _announced
    return advisor


def _announced(line: str) -> None:
    """What goes to a model, said beside the answers: hosts keep standard output for themselves."""
    sys.stderr.write(f"{line}\n")
