"""Real clients against a server on this machine: what is sent, what comes back, and every way in which a service fails."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from langchain_core.tracers.langchain import wait_for_all_tracers

from advisor.adapters.chat_models import LangChainModel, Limits
from advisor.answering.written import schema
from advisor.errors import InputError, MissingExtra, ModelError
from advisor.ports import Message, Tokens

KEY = "sk-proj-abcdefgh1234567890"
PROVIDERS = {"openai:gpt-4.1-mini": "/v1", "anthropic:claude-sonnet-4-5": "", "ollama:llama3.2": ""}
PROMPT = [Message("system", "You write."), Message("user", "Write.")]
DRAFT = '{"claims": [{"points": [1], "text": "One sentence.", "kind": "fact", "evidence": [], "moves": [], "figures": []}]}'


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for provider in ("OPENAI", "ANTHROPIC"):
        monkeypatch.setenv(f"{provider}_API_KEY", KEY)


def model(service: Any, name: str = "openai:gpt-4.1-mini", **limits: float) -> LangChainModel:
    slept: list[float] = []
    made = LangChainModel(name, service.url + PROVIDERS[name], limits=Limits(**limits), sleep=slept.append)
    made.slept = slept  # type: ignore[attr-defined]
    return made


def said(made: LangChainModel) -> tuple[str, Tokens | None]:
    pieces = list(made.write(PROMPT, schema(2), 400))
    text = "".join(piece for piece in pieces if isinstance(piece, str))
    return text, next((piece for piece in pieces if isinstance(piece, Tokens)), None)


@pytest.mark.parametrize("name", PROVIDERS)
def test_each_provider_streams_the_same_draft_and_says_what_it_took(service: Any, name: str) -> None:
    service.reply = lambda body: DRAFT
    assert said(model(service, name)) == (DRAFT, Tokens(1200, 300))
    assert len(service.asked) == 1


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_randomness_is_the_lowest_and_the_length_is_limited(service: Any, name: str) -> None:
    service.reply = lambda body: DRAFT
    said(model(service, name))
    options = {**service.asked[0], **service.asked[0].get("options", {})}
    assert options["temperature"] == 0
    assert {options.get("max_completion_tokens"), options.get("max_tokens"), options.get("num_predict")} >= {400}


def test_the_same_prompt_is_sent_byte_for_byte_again(service: Any) -> None:
    """What a prompt cache needs."""
    service.reply = lambda body: DRAFT
    for _ in range(2):
        said(model(service))
    assert json.dumps(service.asked[0]) == json.dumps(service.asked[1])


@pytest.mark.parametrize("name", ["openai:gpt-4.1-mini", "anthropic:claude-sonnet-4-5"])
def test_a_service_without_structured_output_is_asked_by_a_tool_and_then_by_words(service: Any, name: str) -> None:
    service.reply = lambda body: DRAFT
    refusal = json.dumps({"error": {"message": "response_format / output_config / tools are not supported", "type": "invalid_request_error"}})
    for _ in range(3):  # with a temperature, then without, then as a tool
        service.fails(status=400, body=refusal)
    service.fails()
    made = model(service, name)
    assert said(made)[0] == DRAFT
    assert made.way == "prompt"
    asked = ["tools" if body.get("tools") else "native" if body.get("response_format") or body.get("output_config") else "prompt" for body in service.asked]
    assert asked == ["native", "native", "tools", "prompt"]
    said(made)
    assert len(service.asked) == 5, "what was learnt is kept"


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "wrong key": ({"status": 401, "body": json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}", "type": "invalid_request_error"}})}, "wrong_key"),
    "quota": ({"status": 429, "body": json.dumps({"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}})}, "quota"),
    "quota by its code": ({"status": 429, "body": json.dumps({"error": {"message": "No more.", "code": "insufficient_quota", "type": "insufficient_quota"}})}, "quota"),
    "busy": ({"status": 429, "body": json.dumps({"error": {"message": "Rate limit reached"}})}, "busy"),
    "server": ({"status": 500, "body": "<html>oops</html>"}, "server"),
    "gone": ({"status": 404, "body": json.dumps({"error": {"message": "The model `gpt-4.1-mini` does not exist", "code": "model_not_found"}})}, "gone"),
    "too long": ({"status": 400, "body": json.dumps({"error": {"message": "This model's maximum context length is 8192 tokens", "code": "context_length_exceeded"}})}, "too_long"),
    "cut": ({"cut": 1}, "cut"),
    "wrong JSON": ({"status": 200, "body": "{not json"}, "malformed"),
}


@pytest.mark.parametrize("name", ["openai:gpt-4.1-mini", "anthropic:claude-sonnet-4-5"])
@pytest.mark.parametrize("fault", FAULTS)
def test_each_failure_is_told_by_its_kind_and_never_by_the_words_of_the_service(service: Any, name: str, fault: str) -> None:
    how, reason = FAULTS[fault]
    service.fails(**how)
    with pytest.raises(ModelError) as failed:
        said(model(service, name))
    assert failed.value.reason == reason
    assert KEY not in f"{failed.value} {failed.value!r}"
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__


def test_a_busy_service_is_asked_again_after_as_long_as_it_asks(service: Any) -> None:
    service.reply = lambda body: DRAFT
    service.fails(status=429, body="{}", headers={"retry-after": "7"})
    service.fails(status=500, body="{}")
    service.fails()
    made = model(service)
    assert said(made)[0] == DRAFT
    waits: list[float] = made.slept  # type: ignore[attr-defined]
    assert len(waits) == 2
    assert waits[0] == 7
    assert 0 < waits[1] < 20


def test_a_wrong_key_and_a_used_up_quota_are_not_tried_again(service: Any) -> None:
    for fault in ("wrong key", "quota"):
        service.faults.clear()
        service.asked.clear()
        service.fails(**FAULTS[fault][0])
        with pytest.raises(ModelError):
            said(model(service))
        assert len(service.asked) == 1


def test_a_service_that_does_not_answer_is_given_up(service: Any) -> None:
    service.fails(pause=30)
    started = time.monotonic()
    with pytest.raises(ModelError) as failed:
        said(model(service, piece=0.3))
    assert failed.value.reason == "timeout"
    assert time.monotonic() - started < 25


def test_a_service_that_drips_is_given_up_in_the_end(service: Any) -> None:
    service.reply = lambda body: DRAFT * 200
    service.fails(pause=0.05)
    with pytest.raises(ModelError) as failed:
        said(model(service, piece=5.0, whole=1.0))
    assert failed.value.reason == "timeout"


def test_nobody_there_is_a_network_failure() -> None:
    with pytest.raises(ModelError) as failed:
        list(LangChainModel("openai:gpt-4.1-mini", "http://127.0.0.1:9/v1", sleep=lambda _: None).write(PROMPT, schema(1), 100))
    assert failed.value.reason == "network"


def test_without_a_key_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(ModelError) as failed:
        LangChainModel("openai:gpt-4.1-mini").ready()
    assert failed.value.reason == "no_key"


def test_a_call_that_is_left_ends(service: Any) -> None:
    service.reply = lambda body: DRAFT * 50
    pieces = model(service).write(PROMPT, schema(1), 100)
    next(pieces)
    pieces.close()
    assert list(pieces) == []


def test_nothing_of_a_call_goes_to_langsmith(service: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    service.reply = lambda body: DRAFT
    for name, value in (("LANGSMITH_TRACING", "true"), ("LANGCHAIN_TRACING_V2", "true"), ("LANGSMITH_ENDPOINT", service.url + "/smith"), ("LANGSMITH_API_KEY", "ls-x")):
        monkeypatch.setenv(name, value)
    said(model(service))
    wait_for_all_tracers()
    assert service.paths == ["/v1/chat/completions"]


@pytest.mark.parametrize("name", ["", "gpt-5", "openai:", ":x", "openai: x", "OpenAI:x", "openai:a b", "x" * 300])
def test_a_name_that_is_none_is_refused_with_an_example(name: str) -> None:
    with pytest.raises(InputError, match="For example: openai:"):
        LangChainModel(name)


def test_an_unknown_provider_and_a_missing_package_are_named() -> None:
    with pytest.raises(InputError, match="There is no provider 'nobody'"):
        LangChainModel("nobody:x")
    with pytest.raises(InputError, match="pip install langchain-groq"):
        LangChainModel("groq:x")


def test_a_missing_extra_is_an_install_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import PackageNotFoundError

    def missing(package: str) -> str:
        raise PackageNotFoundError(package)

    monkeypatch.setattr("advisor.adapters.chat_models.version", missing)
    with pytest.raises(MissingExtra, match=r"partner-advisor\[anthropic\]"):
        LangChainModel("anthropic:claude-sonnet-4-5")


@pytest.mark.parametrize("url", ["ftp://x/v1", "x", "https://", "https://a b/v1", "https://me:pass@host/v1", "http://llm.example.com/v1", "http://8.8.8.8/v1"])
def test_an_address_that_may_not_be_called_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="base URL"):
        LangChainModel("openai:x", url)


@pytest.mark.parametrize("url", ["https://llm.example.com/v1", "http://localhost:1234/v1", "http://127.0.0.1:1/v1", "http://192.168.1.5:8000/v1", "http://gpu/v1", "http://[::1]:80/v1"])
def test_an_address_nearby_or_encrypted_may_be_called(url: str) -> None:
    assert LangChainModel("openai:x", url).whom in url


def test_what_came_before_the_limit_of_length_stands(service: Any) -> None:
    service.reply, service.finish = (lambda body: DRAFT[:-2]), "length"
    assert said(model(service))[0] == DRAFT[:-2]
