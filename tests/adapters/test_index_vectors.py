"""Shipped vectors: what is stale, what a shard keeps, what it costs to ask."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from advisor import library
from advisor.adapters import projection, shards, vectors
from advisor.adapters.embedder import MiniLM
from advisor.adapters.terms import word_of
from advisor.testing import WordEmbedder


def made(*texts: str) -> dict[str, vectors.Vector]:
    return vectors.embed(texts, WordEmbedder(), projection.shipped())


def test_a_shard_gives_back_what_was_written(tmp_path: Path) -> None:
    written = made("gold and silver levels", "who pays?", "the of and")
    vectors.write_shard(tmp_path / "one.npz", written, "stamp")
    read = vectors.read_shards(tmp_path, "stamp")
    assert read.keys() == written.keys()
    for key, vector in written.items():
        np.testing.assert_array_equal(read[key].dense, vector.dense)
        np.testing.assert_array_equal(read[key].tokens, vector.tokens)


def test_the_same_vectors_give_the_same_bytes(tmp_path: Path) -> None:
    for name, texts in (("a", ["gold", "silver"]), ("b", ["silver", "gold"])):
        vectors.write_shard(tmp_path / name, made(*texts), "stamp")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut", b"\x93NUMPY"])
def test_a_damaged_shard_counts_as_absent(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "one.npz").write_bytes(data)
    assert vectors.read_shards(tmp_path, "stamp") == {}


def test_a_shard_of_another_model_counts_as_absent(tmp_path: Path) -> None:
    vectors.write_shard(tmp_path / "one.npz", made("gold"), "one model")
    assert vectors.read_shards(tmp_path, "another") == {}


def test_shipped_vectors_are_those_of_the_model() -> None:
    entry = library.load().entries()[0]
    model, matrix = MiniLM(), projection.shipped()
    held = vectors.read_shards(projection.folder(), vectors.stamp(model, matrix))
    fresh = vectors.embed([vectors.entry_text(entry)], model, matrix)
    for key, vector in fresh.items():
        np.testing.assert_allclose(held[key].dense.astype(float), vector.dense.astype(float), atol=2e-3)
        assert np.abs(held[key].tokens.astype(int) - vector.tokens.astype(int)).max() <= 2


def test_each_entry_whose_words_changed_is_named_and_so_is_what_is_left_over() -> None:
    first, *rest = library.load().entries()
    changed = first.model_copy(update={"questions": (*first.questions, "Nobody asked this yet?"), "text": f"{first.text} More."})
    found = [(fault.entry, fault.found) for fault in shards.problems([changed, *rest])]
    assert found == [(first.id, "a text that is new or changed since its vector was made"), ("", "1 vectors of texts that are gone")]


def test_shipped_vectors_are_complete() -> None:
    assert shards.problems(library.load().entries()) == []


def test_naming_stale_vectors_loads_no_model() -> None:
    code = "import sys; from advisor import library; from advisor.adapters import shards; shards.problems(library.load().entries()); "
    code += "print(sorted({'onnxruntime', 'tokenizers', 'chromadb'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_what_ships_stays_below_eight_megabytes() -> None:
    assert sum(path.stat().st_size for path in projection.folder().iterdir()) < 8_000_000


def test_a_projection_keeps_the_angles_between_tokens() -> None:
    tokens = MiniLM().both(["Partners multiply what is there.", "A tiered programme needs many partners."])[1]
    full = tokens[0] @ tokens[1].T
    small = projection.reduce(tokens[0], projection.shipped()) @ projection.reduce(tokens[1], projection.shipped()).T
    assert np.corrcoef(full.ravel(), small.ravel())[0, 1] > 0.95


def test_each_piece_of_a_word_belongs_to_that_word() -> None:
    text = "The co-selling of Kubernetes"
    assert word_of(text, [(0, 3), (4, 6), (6, 7), (7, 14), (15, 17), (18, 21), (21, 28)]) == [
        None, "co", None, "selling", None, "kubernetes", "kubernetes",
    ]  # fmt: skip
