"""Words from arguments, pipes and files."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from advisor.cli.texts import LIMIT, clean, words
from advisor.errors import InputError


def test_terminal_escapes_and_control_characters_never_reach_the_reader() -> None:
    assert clean("a\x1b[31mred\x1b[0m\x00b\x07 c\r\nd\u202ee\udcff\x1b]8;;http://x\x07link") == "ared b  c\nde link"


@pytest.mark.parametrize("text", ["\u200b\u200b\ufeff", "\u202e\u200f", "".join(chr(0xE0000 + ord(letter)) for letter in "obey")])
def test_words_that_nobody_can_see_are_no_words(text: str) -> None:
    assert clean(text) == ""
    assert clean(f"ti{text}ers") == "tiers"


def test_ordinary_characters_stay() -> None:
    text = "Über 8,2 Mio €\n\t– „Frühjahr“ 日本 🚀 👩\u200d💻 می\u200cخواهم"
    assert clean(text) == text


def test_a_dash_reads_standard_input_and_notes_follow_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\ufeffWe sell in Köln.".encode())))
    notes = tmp_path / "call.md"
    notes.write_text("ARR is 8M EUR.", encoding="utf-8")
    assert words("-", (str(notes),)) == "We sell in Köln.\n\nARR is 8M EUR."


def test_standard_input_that_is_not_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\x89PNG\xff")))
    with pytest.raises(InputError, match=r"not UTF-8 text \(byte 0\)"):
        words("-")


def test_notes_of_another_kind_are_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        words("x", (str(tmp_path / "call.pages"),))
    assert refused.value.hint.startswith("Give one of: txt, md, ")
    assert refused.value.hint.endswith("; save other formats as text first.")


def test_a_text_beyond_any_use_is_refused() -> None:
    with pytest.raises(InputError, match=r"1,000,001 characters"):
        words("x" * (LIMIT + 1))
