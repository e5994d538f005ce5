"""Language models through LangChain: one call that streams JSON, its failures named, nothing of it traced.

The LangChain object is held, never exposed. Structured output is asked for the provider's own way; where that is refused, by a tool
call; where there are no tools, by the prompt alone, which asks for the same JSON.
"""

from __future__ import annotations

import ipaddress
import os
import random
import re
import time
import warnings
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import urlsplit

from advisor.adapters import calling
from advisor.adapters.keys import key_of
from advisor.adapters.prices import price_of
from advisor.adapters.tokenizer import count_tokens
from advisor.errors import InputError, MissingExtra, ModelError
from advisor.ports import Message, Step, Tokens

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

Way = Literal["native", "tools", "prompt"]
WAYS: tuple[Way, ...] = ("native", "tools", "prompt")
EXTRAS = {"openai": ("openai", "langchain-openai"), "anthropic": ("anthropic", "langchain-anthropic"), "ollama": ("ollama", "langchain-ollama")}
_KEYLESS = frozenset({"ollama"})
_NAME = re.compile(r"[a-z0-9_]+:[^\s:][^\s]{0,150}")
_WINDOW = 8_192  # where nothing is known of the model
_MOST_WINDOW = 64_000  # more is never needed
_TOOL = "draft"
_TOO_LONG = "LengthFinishReasonError"  # what OpenAI's client raises when an answer reaches its limit
_RETRIES, _FIRST_WAIT, _LONGEST_WAIT = 3, 0.6, 20.0
_RETRIED = frozenset({"busy", "server", "network", "timeout", "cut"})  # a kept connection may be gone before anything came
_THINKING = 4_000  # tokens that a model which thinks before it writes may take besides


class Limits(NamedTuple):
    """How long is waited: for the next piece of an answer, and for all of it, in seconds."""

    piece: float = 60.0
    whole: float = 240.0

    @classmethod
    def waiting(cls, seconds: float | None) -> Limits:
        """The limits of somebody who waits so long for the next piece, and four times as long for an answer."""
        return cls() if seconds is None else cls(seconds, 4.0 * seconds)


_PATIENT = Limits()


class LangChainModel:
    """A model by `provider:name`, behind the port. Raises InputError or MissingExtra when there can be no such model."""

    def __init__(
        self, name: str, base_url: str | None = None, *, limits: Limits = _PATIENT, window: int | None = None, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.name, self._base_url, self._limits, self._sleep = name, _checked_url(base_url), limits, sleep
        self.provider, self.model = _parts(name)
        _installed(self.provider)
        self._window = window
        self._ways = list(WAYS)
        self._temperature = True
        self._held: BaseChatModel | None = None
        self._thinks = False

    @property
    def whom(self) -> str:
        """The host that gets what is sent."""
        url = self._base_url or _of_environment(self.provider)
        return urlsplit(url).netloc.rpartition("@")[2] if url else _HOSTS.get(self.provider, self.provider)

    @property
    def window(self) -> int:
        if self._window is not None:
            return min(self._window, _MOST_WINDOW)
        profile = self._profile()
        return min(int(profile.get("max_input_tokens") or _WINDOW), _MOST_WINDOW)

    @property
    def way(self) -> Way:
        """How JSON is asked for; known once a call went through."""
        return self._ways[0]

    @property
    def tools(self) -> bool | None:
        """Whether it calls tools, as far as LangChain knows."""
        return self._profile().get("tool_calling")

    def ready(self) -> None:
        self._chat_model()

    def count(self, text: str, /) -> int:
        return count_tokens(text)

    def cost(self, tokens: Tokens, /) -> float | None:
        price = price_of(self.provider, self.model)
        return price.of(tokens) if price else None

    def write(self, messages: Sequence[Message], schema: Mapping[str, Any], limit: int) -> Generator[str | Tokens, None, None]:
        """See the port. Retried while nothing has come yet; a request that is refused for its form is asked another way."""
        started, attempt = time.monotonic(), 0
        while True:
            begun = False
            try:
                for piece in self._stream(messages, schema, limit, started):
                    begun = True
                    yield piece
                return
            except _RefusedFormError:
                if begun or not self._simpler():
                    raise ModelError("rejected", self.name) from None
            except ModelError as error:
                attempt += 1
                self._wait(error, _RETRIES if begun else attempt, started)

    def _wait(self, error: ModelError, attempt: int, started: float) -> None:
        """Wait before asking again. Raises the error where that would not help."""
        wait = min(error.wait or _FIRST_WAIT * 2**attempt * (0.75 + random.random() / 2), _LONGEST_WAIT)  # noqa: S311  no secret
        if error.reason not in _RETRIED or attempt >= _RETRIES or time.monotonic() - started + wait > self._limits.whole:
            raise error
        self._sleep(wait)

    def _simpler(self) -> bool:
        """Ask for less: first without a temperature, then by a tool, then by words alone."""
        if self._temperature:
            self._temperature, self._held = False, None
            return True
        if len(self._ways) > 1:
            del self._ways[0]
            return True
        return False

    def turn(self, steps: Sequence[Step], tools: Sequence[Mapping[str, Any]], limit: int) -> tuple[Step, Tokens]:
        """See the port. Retried while the service fails; asked without a temperature where that is refused."""
        started, attempt = time.monotonic(), 0
        while True:
            try:
                return self._turned(steps, tools, limit, started)
            except _RefusedFormError:
                if not self._temperature:
                    raise ModelError("rejected", self.name) from None
                self._simpler()
            except ModelError as error:
                attempt += 1
                self._wait(error, attempt, started)

    def _turned(self, steps: Sequence[Step], tools: Sequence[Mapping[str, Any]], limit: int, started: float) -> tuple[Step, Tokens]:
        model, sized = self._sized(limit)
        try:
            bound = model.bind_tools([dict(tool) for tool in tools]).bind(**sized)
        except (NotImplementedError, TypeError, ValueError):
            raise ModelError("rejected", self.name) from None
        used, whole = Tokens(0, 0), None
        with closing(self._chunks(bound, calling.converted(steps), started)) as chunks:
            for chunk in chunks:
                used, whole = _added(used, chunk.usage_metadata), chunk if whole is None else whole + chunk
        said = calling.step(whole, "" if whole is None else _words(whole))
        counted = sum(self.count(step.text) for step in steps), self.count(said.text + "".join(call.arguments for call in said.calls))
        return said, Tokens(used.prompt or counted[0], used.written or counted[1])

    def _stream(self, messages: Sequence[Message], schema: Mapping[str, Any], limit: int, started: float) -> Iterator[str | Tokens]:
        used, written = Tokens(0, 0), ""
        with closing(self._chunks(self._bound(schema, limit), _converted(messages), started)) as chunks:
            for chunk in chunks:
                used = _added(used, chunk.usage_metadata)
                if text := _text(chunk):
                    written += text
                    yield text
        yield Tokens(used.prompt or sum(self.count(message.text) for message in messages), used.written or self.count(written))

    def _chunks(self, model: Any, messages: Sequence[BaseMessage], started: float) -> Generator[Any, None, None]:
        """The pieces of an answer as they come; what fails is named in our terms."""
        try:
            with _quiet(), closing(model.stream(messages)) as chunks:
                for chunk in chunks:
                    if time.monotonic() - started > self._limits.whole:
                        raise ModelError("timeout", self.name)
                    if _declined(chunk):
                        raise ModelError("refused", self.name)
                    yield chunk
        except ModelError:
            raise
        except _OURS:
            raise
        except Exception as error:  # noqa: BLE001  each provider's library has errors of its own
            if type(error).__name__ != _TOO_LONG:  # else what came stands, and the reader of drafts finds what of it is whole
                raise self._failure(error) from None

    def _sized(self, limit: int) -> tuple[BaseChatModel, dict[str, Any]]:
        """The model, and what to bind so that its answer has at most so many tokens."""
        model = self._chat_model()
        if self._thinks:
            limit += _THINKING
        if self.provider == "ollama":
            return model.model_copy(update={"num_predict": limit}), {}
        return model, {"max_tokens": limit}

    def _bound(self, schema: Mapping[str, Any], limit: int) -> Any:
        model, sized = self._sized(limit)
        if self.way == "native":
            wanted = _unbounded(schema) if self._base_url is None else schema
            format_ = {"type": "json_schema", "json_schema": {"name": _TOOL, "schema": wanted, "strict": True}}
            return model.bind(response_format=format_, **sized)
        if self.way == "tools":
            tool = {"name": _TOOL, "description": "The draft.", "parameters": dict(_unbounded(schema) if self._base_url is None else schema)}
            try:
                return model.bind_tools([{"type": "function", "function": tool}], tool_choice=_TOOL).bind(**sized)
            except (NotImplementedError, TypeError, ValueError):
                del self._ways[0]
        return model.bind(**sized)

    def _chat_model(self) -> BaseChatModel:
        """The LangChain model, made at the first call. Raises ModelError when there is no key."""
        if self._held is None:
            from langchain.chat_models import init_chat_model

            key = key_of(self.provider)
            if not key and self.provider in EXTRAS and self.provider not in _KEYLESS:
                if self._base_url is None:
                    raise ModelError("no_key", self.name)
                key = "none"  # a server of one's own asks for none, and the library will not go without
            try:
                self._held = init_chat_model(self.model, model_provider=self.provider, **self._options(key))
            except ImportError:
                raise MissingExtra(f"The provider {self.provider}", self.provider) from None
            except Exception as error:  # noqa: BLE001  a provider's class refuses what it does not like in its own way
                raise self._failure(error) from None
            self._thinks = bool(self._profile().get("reasoning_output")) and self.provider == "openai"
        return self._held

    def _options(self, key: str) -> dict[str, Any]:
        options: dict[str, Any] = {"base_url": self._base_url} if self._base_url else {}
        if key:
            options["api_key"] = key
        if self._temperature:
            options["temperature"] = 0
        if self.provider in {"openai", "anthropic"}:
            options |= {"timeout": self._limits.piece, "max_retries": 0}
        if self.provider == "openai":
            options["stream_usage"] = True
        if self.provider == "ollama":
            options["client_kwargs"] = {"timeout": self._limits.piece}
        return options

    def _profile(self) -> Mapping[str, Any]:
        """What LangChain knows of the model; nothing before it is made."""
        try:
            return getattr(self._chat_model(), "profile", None) or {}
        except ModelError:
            return {}

    def _failure(self, error: Exception) -> Exception:
        """The error in our terms: only its kind is kept, never its words, which may hold the prompt or the key."""
        chain: list[BaseException] = []
        link: BaseException | None = error
        while link is not None and len(chain) < 6:
            chain.append(link)
            link = link.__cause__ or link.__context__
        names = " ".join(type(each).__name__ for each in chain)
        status = next((code for each in chain if isinstance(code := getattr(each, "status_code", None) or getattr(getattr(each, "response", None), "status_code", None), int)), 0)
        codes = (code for each in chain if isinstance(code := getattr(each, "code", None), str))  # a library may leave it out of its message
        words = " ".join((str(error), *codes)).lower()
        if status in {400, 404, 422} and _is_form(words):
            return _RefusedFormError()
        return ModelError(_reason(status, names, words), self.name, wait=_wait_asked(chain))


class _RefusedFormError(Exception):
    """The service does not take the request in this form."""


_OURS = (_RefusedFormError, InputError, MissingExtra, KeyboardInterrupt)
_HOSTS = {"openai": "api.openai.com", "anthropic": "api.anthropic.com", "ollama": "127.0.0.1:11434"}
_URL_VARIABLES = {
    "openai": ("OPENAI_API_BASE", "OPENAI_BASE_URL"), "anthropic": ("ANTHROPIC_API_URL", "ANTHROPIC_BASE_URL"), "ollama": ("OLLAMA_HOST",),
}
_FORM = re.compile(r"temperature|response_format|json_schema|output_config|output_format|schema|tool|strict|structured|format|max_tokens|unsupported|not supported|unknown (?:field|parameter)|extra inputs")


def _is_form(words: str) -> bool:
    return bool(_FORM.search(words)) and "context" not in words and not re.search(r"model .{0,80}(?:not found|does not exist)|not found.{0,40}model|credit", words)


def _reason(status: int, names: str, words: str) -> str:
    """One of ModelError.REASONS."""
    if status in {401, 403} or "Authentication" in names or "PermissionDenied" in names:
        return "wrong_key"
    if status == 402 or re.search(r"insufficient_quota|exceeded your current quota|credit balance|billing", words):
        return "quota"
    if "ContextOverflow" in names or re.search(r"context.{0,10}(?:length|window|size)|too long|input tokens exceed", words):
        return "too_long"
    if status == 429 or "RateLimit" in names or status == 529:
        return "busy"
    if status == 404 or "NotFound" in names:
        return "gone"
    if status >= 500:
        return "server"
    if "Timeout" in names or status == 408:
        return "timeout"
    if "RemoteProtocol" in names or "Incomplete" in names or "ReadError" in names:
        return "cut"
    if re.search(r"Connect|Network|Proxy|gaierror|SSL", names):
        return "network"
    if "ContentFilter" in names:
        return "refused"
    return "rejected" if status else "malformed"  # a library that cannot make sense of what came


def _wait_asked(chain: Sequence[BaseException]) -> float:
    """The seconds that a service asks to wait, from its `Retry-After`."""
    for each in chain:
        headers = getattr(getattr(each, "response", None), "headers", None)
        value = headers.get("retry-after", "") if headers is not None else ""
        if re.fullmatch(r"\d{1,4}(?:\.\d+)?", value):
            return float(value)
    return 0.0


def _converted(messages: Sequence[Message]) -> list[BaseMessage]:
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    kinds = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}
    return [kinds[message.role](message.text) for message in messages]


def _text(chunk: Any) -> str:
    """The JSON of a chunk: its text, or the arguments of the tool that it calls."""
    calls = "".join(call.get("args") or "" for call in getattr(chunk, "tool_call_chunks", None) or ())
    if calls:
        return calls
    return _words(chunk)


def _words(chunk: Any) -> str:
    """The text of a chunk, or of all of them together."""
    content = chunk.content
    if isinstance(content, str):
        return content if not chunk.additional_kwargs.get("parsed") else ""
    return "".join(part.get("text", "") for part in content if isinstance(part, dict) and part.get("type") in {"text", "output_text"})


def _added(used: Tokens, more: Mapping[str, Any] | None) -> Tokens:
    """What a service says of its tokens comes in parts, to be added up."""
    return Tokens(used.prompt + int(more.get("input_tokens") or 0), used.written + int(more.get("output_tokens") or 0)) if more else used


def _declined(chunk: Any) -> bool:
    told = chunk.response_metadata or {}
    reason = told.get("finish_reason") or told.get("stop_reason") or told.get("done_reason")
    return bool(chunk.additional_kwargs.get("refusal")) or reason in {"content_filter", "refusal", "safety"}


def _unbounded(schema: Any) -> Any:
    """The schema without lengths, which the strict forms of the large services do not take; the reader holds them anyway."""
    if isinstance(schema, Mapping):
        return {key: _unbounded(value) for key, value in schema.items() if key not in {"maxLength", "minItems", "maxItems", "minimum", "maximum"}}
    return [_unbounded(each) for each in schema] if isinstance(schema, list) else schema


def _parts(name: str) -> tuple[str, str]:
    if not _NAME.fullmatch(name):
        raise InputError(f"The model {name[:80]!r} is not named as provider and model.", hint="For example: openai:gpt-5-mini, anthropic:claude-sonnet-5, ollama:llama3.2.")
    provider, _, model = name.partition(":")
    return provider, model


def _installed(provider: str) -> None:
    """Whether the package for a provider is there; nothing is imported for the ones that we have an extra for."""
    if provider in EXTRAS:
        extra, package = EXTRAS[provider]
        try:
            version(package)
        except PackageNotFoundError:
            raise MissingExtra(f"The provider {provider}", extra) from None
        return
    from langchain.chat_models import base

    known: Mapping[str, Any] = getattr(base, "_BUILTIN_PROVIDERS", {})
    if provider not in known:
        raise InputError(f"There is no provider {provider!r}.", hint=f"With an extra of ours: {', '.join(EXTRAS)}. Others by LangChain: {', '.join(sorted({*known} - {*EXTRAS}))}.")
    package = known[provider][0].partition(".")[0].replace("_", "-")
    try:
        version(package)
    except PackageNotFoundError:
        raise InputError(f"The provider {provider} needs the package {package}.", hint=f"Install it: pip install {package}") from None


def _checked_url(url: str | None) -> str | None:
    """A base URL that may be called: https, or http on this machine and in its own network; without a name and password in it."""
    if url is None:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(letter.isspace() for letter in url):
        raise InputError(f"The base URL {url[:120]!r} is no address of a server.", hint="For example: https://llm.example.com/v1")
    if parts.username or parts.password:
        raise InputError("The base URL holds a name or password.", hint="Put the key into the environment: OPENAI_API_KEY.")
    if parts.scheme == "http" and not _near(parts.hostname):
        raise InputError(f"The base URL {url[:120]!r} would send key and question unencrypted.", hint="Use https.")
    return url


def _near(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or "." not in host or host.endswith((".local", ".internal", ".localhost"))
    return address.is_loopback or address.is_private


def _of_environment(provider: str) -> str:
    return next((os.environ[name] for name in _URL_VARIABLES.get(provider, ()) if os.environ.get(name, "").strip()), "")


@contextmanager
def _quiet() -> Iterator[None]:
    """Whatever the environment says, nothing of a call goes to LangSmith; what libraries warn of is not for our users."""
    from langsmith import tracing_context

    with tracing_context(enabled=False), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def chat_model(name: str, base_url: str | None = None, timeout: float | None = None, window: int | None = None) -> LangChainModel:
    """The model of this name; `timeout` is how long its next piece may take, in seconds, `window` how many tokens it takes. Raises InputError or MissingExtra when there can be none."""
    return LangChainModel(name, base_url, limits=Limits.waiting(timeout), window=window)

