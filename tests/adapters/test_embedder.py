"""The carried embedding model.

`minilm_reference.json` holds fp32 vectors of the official weights, computed apart from our code; their cosines are the ones that
the sentence-transformers documentation prints for these sentences: .6660, .1046, .1411.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from advisor.adapters.embedder import FOLDER, MiniLM
from advisor.errors import InstallationError

REFERENCE: dict[str, list[float]] = json.loads(
    (Path(__file__).parent / "minilm_reference.json").read_text(encoding="utf-8")
)
QUESTION = "When should a software vendor recruit resellers?"
MIXED = [
    QUESTION,
    "",
    "Ja.",
    "partner " * 400,
    "Référence, Größe, 東京",
    "Win rates with partners are higher. " * 9,
] * 4


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return MiniLM()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "minilm"))


def test_vectors_are_those_of_the_official_model(model: MiniLM) -> None:
    cosines = (model.embed(list(REFERENCE)) * np.array(list(REFERENCE.values()))).sum(axis=1)
    assert cosines.min() >= 0.999


def test_a_text_alone_has_the_vectors_it_has_in_a_batch(model: MiniLM) -> None:
    pooled, tokens = model.both(MIXED)
    for text, vector, rows in zip(MIXED, pooled, tokens, strict=True):
        assert float(model.embed([text])[0] @ vector) >= 0.9999
        alone = model.tokens(text)
        assert alone.shape == rows.shape
        assert ((alone * rows).sum(axis=1) >= 0.9999).all()


def test_similar_texts_are_closer_than_dissimilar_ones(model: MiniLM) -> None:
    question, same, other = model.embed(
        [QUESTION, "The right time to sign up channel partners", "A recipe for apple cake"]
    )
    assert question @ same > question @ other + 0.2


def test_token_vectors_tell_which_text_holds_the_words(model: MiniLM) -> None:
    def max_sim(text: str) -> float:
        return float((model.tokens(QUESTION) @ model.tokens(text).T).max(axis=1).mean())

    assert max_sim("Vendors recruit resellers once direct sales repeat.") > max_sim(
        "The office closes at five on Fridays."
    )


def test_all_vectors_are_float32_of_length_one(model: MiniLM) -> None:
    pooled, tokens = model.both(MIXED)
    assert pooled.shape == (len(MIXED), model.dimensions)
    for rows in (pooled, *tokens):
        assert rows.dtype == np.float32
        assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_vectors(model: MiniLM) -> None:
    pooled, tokens = model.both([])
    assert pooled.shape == (0, model.dimensions)
    assert tokens == []


def test_a_long_text_is_read_up_to_the_models_limit(model: MiniLM) -> None:
    assert model.token_count("partner") == 3
    assert model.token_count("partner " * 400) == 402
    assert model.tokens("partner " * 400).shape == (model.max_tokens - 2, model.dimensions)


def test_half_a_surrogate_pair_does_not_stop_embedding(model: MiniLM) -> None:
    assert model.token_count("broken \ud83d text") == model.token_count("broken ? text")
    assert model.embed(["broken \ud83d text"]).shape == (1, model.dimensions)


def test_the_model_hash_changes_with_the_weights(model: MiniLM, copy: Path) -> None:
    card = copy / "model.toml"
    lines = card.read_text(encoding="utf-8").splitlines(keepends=True)
    card.write_text("".join('"model.onnx" = "0"\n' if "onnx" in line else line for line in lines), encoding="utf-8")
    assert MiniLM().model_hash == model.model_hash
    assert MiniLM(copy).model_hash != model.model_hash


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "model.toml"])
def test_a_damaged_file_is_named_with_the_remedy(copy: Path, name: str) -> None:
    with (copy / name).open("r+b") as file:
        file.seek(100)
        file.write(b"\xff\x00")
    with pytest.raises(InstallationError, match=name) as caught:
        MiniLM(copy).embed([QUESTION])
    assert caught.value.hint


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "model.toml"])
def test_a_missing_file_is_named_with_the_remedy(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(InstallationError, match=name) as caught:
        MiniLM(copy).embed([QUESTION])
    assert caught.value.hint


def test_importing_the_module_loads_nothing_heavy() -> None:
    loaded = run("import sys, advisor.adapters.embedder; print(*sys.modules)")
    assert not {"onnxruntime", "numpy", "tokenizers"} & set(loaded.split())


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries are asked for nothing")
def test_a_loaded_model_holds_little_beside_its_weights() -> None:
    code = "\n".join([
        "import re, numpy, onnxruntime, tokenizers",
        "from pathlib import Path",
        "from advisor.adapters.embedder import MiniLM",
        "held = lambda: int(re.search(r'RssAnon:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) // 1024",
        "before = held()",
        "MiniLM().embed(['partner'])",
        "print(held() - before)",
    ])  # fmt: skip
    megabytes = int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    assert megabytes < 2 * 45, "its weights take 45 MB unpacked"


def test_two_readers_of_one_model_hold_it_once(model: MiniLM) -> None:
    other = MiniLM()
    np.testing.assert_array_equal(other.embed([QUESTION]), model.embed([QUESTION]))
    assert other._session is model._session


def test_embedding_writes_nothing_into_the_home_folder(tmp_path: Path) -> None:
    run("from advisor.adapters.embedder import MiniLM; MiniLM().embed(['hello'])", HOME=str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def run(code: str, **environment: str) -> str:
    """What a fresh interpreter prints; the telemetry switch is unset, so that only our code can set it."""
    inherited = {
        name: value for name, value in os.environ.items() if name not in ("ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME")
    }
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=inherited | environment, capture_output=True, text=True, check=True).stdout
