"""Moves named in words, with their stance."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from advisor import datafiles
from advisor.domain import Move
from advisor.intake.moves import Mention, mentions

SAYS = tomllib.loads(Path(__file__).with_name("moves.toml").read_text(encoding="utf-8"))["says"]
GLOSSARY = datafiles.read_toml(datafiles.root() / "knowledge" / "glossary.toml")


def _shown(mention: Mention) -> str:
    return ("-" if mention.against else "+" if mention.advised else "") + mention.move.value


@pytest.mark.parametrize(("sentence", "expected"), SAYS.items(), ids=[sentence[:60] for sentence in SAYS])
def test_sentence_names_its_moves_with_their_stance(sentence: str, expected: list[str]) -> None:
    assert [_shown(mention) for mention in mentions(sentence)] == expected


def test_glossary_and_vocabulary_hold_the_same_moves() -> None:
    assert set(GLOSSARY["move"]) == {move.value for move in Move}


@pytest.mark.parametrize("move", [move.value for move in Move])
def test_title_and_words_of_a_move_name_that_move(move: str) -> None:
    entry = GLOSSARY["move"][move]
    assert entry["meaning"].endswith(".")
    for words in (entry["title"], *entry["words"]):
        assert move in {mention.move.value for mention in mentions(words)}, words


def test_places_are_those_of_the_text_as_written() -> None:
    text = "Ⅷ — Start with “referral partners” now"
    (mention,) = mentions(text)
    assert text[mention.start : mention.end] == "referral partners"


def test_terms_have_one_meaning_each() -> None:
    words = [word.lower() for term in GLOSSARY["term"] for word in (term["term"], *term["synonyms"])]
    assert len(words) == len(set(words))
    assert all(term["meaning"].endswith(".") and term["source_doc"] in {"000", "001", "002", "003", "004", "house"} for term in GLOSSARY["term"])
