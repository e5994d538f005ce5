"""Phrases found by their steps, from where they may begin and where a text holds what they need: never another match than a regular expression's."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from advisor import datafiles
from advisor.domain import Client
from advisor.intake import read
from advisor.intake.heads import next_heads, plain_heads, words_of
from advisor.intake.tables import spelt
from advisor.intake.patterns import Lexicon, compile_phrase
from advisor.library import load
from tests.intake.phrase_regex import regex


def _strings(table: Any) -> Iterator[str]:
    for value in table.values() if isinstance(table, dict) else table if isinstance(table, list) else ():
        yield from [value] if isinstance(value, str) else _strings(value)


@cache
def _phrases() -> tuple[str, ...]:
    """Every phrase of the intake, and whatever else stands in its files: all can be read as one."""
    paths = datafiles.files("knowledge/intake", ".toml")
    return tuple(dict.fromkeys(text for path in paths for text in _strings(datafiles.read_toml(path)) if "<f" not in text))


@cache
def _texts() -> tuple[str, ...]:
    cases = tomllib.loads(Path(__file__).with_name("utterances.toml").read_text(encoding="utf-8"))["case"]
    return tuple(case["say"].lower() for case in cases)


def _matches(words: str, text: str) -> list[tuple[int, int, str | None]]:
    return [(*match.span(), next(filter(None, match.groups()), None)) for form in spelt(words) for match in regex(compile_phrase(form)).finditer(text)]


def test_every_phrase_is_found_where_its_regular_expression_is() -> None:
    joined = " | ".join(_texts())
    for words in _phrases():
        found = [(hit.start, hit.end, hit.value) for hit in Lexicon({"": [words]}).find(joined)]
        assert found == _matches(words, joined), words


def test_a_phrase_needs_no_word_but_its_own() -> None:
    joined = " | ".join(_texts())
    for words in _phrases():
        lexicon = Lexicon({"": [words]})
        for alone in {joined[hit.start : hit.end] for hit in lexicon.find(joined)}:
            assert [(hit.start, hit.end, hit.value) for hit in lexicon.find(alone)] == _matches(words, alone), (words, alone)


def test_a_lexicon_finds_the_same_however_often_it_was_asked() -> None:
    words = dict(enumerate([phrase] for phrase in _phrases()[::9]))
    lexicon, texts = Lexicon(words), _texts()[:40]
    first = [lexicon.find(text) for text in texts]
    assert any(first)
    assert [lexicon.find(text) for text in texts] == first == [Lexicon(words).find(text) for text in texts]


def test_heads_read_from_the_beginning_are_those_of_the_whole_phrase() -> None:
    for words in _phrases():
        if heads := plain_heads(words.lower()):
            assert heads == compile_phrase(words).heads, words


def test_every_head_is_one_that_words_have() -> None:
    for words in _phrases():
        for head in compile_phrase(words).heads or ():
            assert head == "#" or head in words_of(head).beginnings, words


@pytest.mark.parametrize(("text", "quote"), [("a dozen partners signed", "a dozen partners"), ("a couple of partners signed", "a couple of partners")])
def test_numbers_of_several_words_are_quoted_whole(text: str, quote: str) -> None:
    reading = read(text, Client(), wording=load().wording("", {}))
    assert reading.client.facts["signed_partners"].quote == quote


@pytest.mark.parametrize(("phrase", "heads"), [
    ("partner* manager", {"manager "}), ("(a|one) [big] (partner|firm) left", {"partner ", "firm "}), ("[our|the] owner left", {"owner "}), ("we ... resellers", {"resellers "}),
    ("<n> (joint|shared) accounts", {"joint ", "shared "}), ("co-sell deals", {"deals "}),
    ("partners", set()), ("we <n> partners", set()), ("(a (b|c)|d) partner", set()), ("(a|b)-c partner", set()), ("we [a [big] (b|c)] partner", set()), ("arr (is|:|=) <n>", set()),
])  # fmt: skip
def test_the_next_word_is_told_where_it_is_plain(phrase: str, heads: set[str]) -> None:
    assert next_heads(phrase) == heads
