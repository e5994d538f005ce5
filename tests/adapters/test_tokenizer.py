"""The carried cl100k_base vocabulary."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.adapters import tokenizer
from advisor.errors import InstallationError


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test loads the encoding anew and leaves the environment as it was."""
    monkeypatch.setenv(tokenizer.CACHE, str(tokenizer.FOLDER))
    tokenizer._encoding.cache_clear()
    yield
    tokenizer._encoding.cache_clear()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("hello world", 2),
        ("tiktoken is great!", 6),
        ("お誕生日おめでとう", 9),
        ("antidisestablishmentarianism", 6),
    ],
)
def test_counts_are_those_of_cl100k_base(text: str, count: int) -> None:
    assert tokenizer.count_tokens(text) == count


def test_the_name_of_a_special_token_counts_as_plain_text() -> None:
    assert tokenizer.count_tokens("<|endoftext|>") > 1


def test_counting_opens_no_connection_and_writes_nothing(tmp_path: Path) -> None:
    code = (
        "import socket\n"
        "def refuse(*_, **__): raise AssertionError('a connection was tried')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from advisor.adapters.tokenizer import count_tokens\n"
        "assert count_tokens('hello world') == 2"
    )
    unset = {name: value for name, value in os.environ.items() if name != tokenizer.CACHE}
    subprocess.run(
        [sys.executable, "-c", code], env=unset | {"HOME": str(tmp_path), "TMPDIR": str(tmp_path)}, check=True
    )
    assert list(tmp_path.iterdir()) == []


def test_a_cache_folder_without_the_vocabulary_means_no_download(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(tokenizer.CACHE, str(tmp_path))
    assert tokenizer.count_tokens("hello world") == 2
    assert list(tmp_path.iterdir()) == []


def test_a_cache_folder_with_the_vocabulary_is_left_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(tokenizer.FOLDER / tokenizer.VOCABULARY, tmp_path)
    monkeypatch.setenv(tokenizer.CACHE, str(tmp_path))
    assert tokenizer.count_tokens("hello world") == 2
    assert os.environ[tokenizer.CACHE] == str(tmp_path)


@pytest.mark.parametrize("content", [None, b"damaged"])
def test_a_missing_or_damaged_vocabulary_is_reported_and_left(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (tmp_path / tokenizer.VOCABULARY).write_bytes(content)
    before = list(tmp_path.iterdir())
    monkeypatch.setattr(tokenizer, "FOLDER", tmp_path)
    with pytest.raises(InstallationError, match="vocabulary") as caught:
        tokenizer.count_tokens("hello")
    assert caught.value.hint
    assert list(tmp_path.iterdir()) == before
