"""Phrases and translations of another language say what the English ones say, and what they lack is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from advisor import library
from advisor.cli.crosscheck import faults
from advisor.domain import Unit
from advisor.errors import DataError
from advisor.library.phrases import check_language
from advisor.library.spelling import marked, respelled
from advisor.rules import load as load_rules

ENGLISH = library.load()
GERMAN = ENGLISH.in_language("de")
OURS = {"a.one": ("{n} of {fig:share}",), "a.two": ("plain",)}


def named(phrases: dict[str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    found: list[DataError] = []
    check_language(phrases, dict.fromkeys(phrases, "de.toml"), OURS, found)
    return [(error.entry, error.found, error.allowed) for error in found]


def test_german_has_every_phrase_of_the_english() -> None:
    extra = {key for key in GERMAN.phrases if not key.endswith((".dative", "_nominative"))}
    assert extra == set(ENGLISH.phrases)


def test_the_same_keys_and_marks_are_no_problem() -> None:
    assert named({"a.one": ("{fig:share.dative} von {n}",), "a.two": ("schlicht",), "a.two.dative": ("schlichtem",)}) == []


@pytest.mark.parametrize(
    ("phrases", "entry", "found"),
    [
        ({"a.one": ("{n} von {fig:share}",)}, "a.two", "no phrase"),
        ({"a.one": ("{n} von {fig:share}",), "a.two": ("x",), "a.three": ("y",)}, "a.three", "a key that the English phrases lack"),
        ({"a.one": ("{fig:share}",), "a.two": ("x",)}, "a.one", "the marks {fig:share}"),
        ({"a.one": ("{n} von {fig:other}",), "a.two": ("x",)}, "a.one", "the marks {fig:other}, {n}"),
    ],
)
def test_a_missing_a_surplus_and_a_different_phrase_is_named(phrases: dict[str, tuple[str, ...]], entry: str, found: str) -> None:
    assert (entry, found) in [(key, text) for key, text, _ in named(phrases)]


@pytest.mark.parametrize(
    ("words", "entry", "field", "found"),
    [
        ('[records]\nshare = "Partner bringen Umsatz."', "share", "text", "no {fig}"),
        ('[records]\nnobody = "Partner bringen {fig}."', "nobody", "", "an unknown record"),
        ('[passages]\n"topic#what-counts".points = ["Eins.", "{fig:share} zwei."]', "topic#what-counts", "points", "2 points"),
        ('[passages]\n"topic#what-counts".points = ["Partner bringen Umsatz."]', "topic#what-counts", "points", "the figures none"),
        ('[passages]\n"topic#what-counts".points = ["{fig:share} in 3 Jahren."]', "topic#what-counts", "points", "bare number '3'"),
        ('[passages]\n"topic#nothing".points = ["Nichts."]', "topic#nothing", "", "an unknown passage"),
        ('[sayings]\nx = "y"', "", "sayings", "an unknown table"),
    ],
)
def test_a_translation_that_says_something_else_is_named(folder: Path, words: str, entry: str, field: str, found: str) -> None:
    shutil.copytree(folder / "knowledge/phrases/en", folder / "knowledge/phrases/de")
    path = folder / "knowledge/translations/de/a.toml"
    path.parent.mkdir(parents=True)
    path.write_text(words, encoding="utf-8")
    errors = library.problems(folder)
    assert any((error.entry, error.field) == (entry, field) and found in error.found for error in errors), [str(error) for error in errors]


def test_every_record_and_term_is_translated_with_the_figures_of_the_english() -> None:
    assert [id_ for id_ in ENGLISH.benchmarks if GERMAN.untranslated(id_)] == []
    assert faults(ENGLISH, load_rules()) == []


def test_a_record_reads_in_german_with_german_figures() -> None:
    said = {id_: GERMAN.say_record(id_) for id_ in ENGLISH.benchmarks}
    assert [text for text in said.values() if any(mark in text for mark in ("{", "€5", "percent ", " days"))] == []
    money = [id_ for id_, record in ENGLISH.benchmarks.items() if record.unit is Unit.MONEY and record.currency == "EUR"]
    assert all("€" in said[id_] for id_ in money)


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("€9.4M", "9,4 Mio. €"), ("above €150M", "über 150 Mio. €"), ("€5–15M", "5–15 Mio. €"), ("€300K", "300.000 €"), ("€25,000", "25.000 €"),
        ("20 or more", "20 oder mehr"), ("$1.2bn", "1,2 Mrd. $"), ("below €5M", "unter 5 Mio. €"),
    ],
)  # fmt: skip
def test_an_amount_is_spelled_as_the_language_does(english: str, german: str) -> None:
    assert respelled(english, GERMAN.units) == german
    assert respelled(english, ENGLISH.units) == english


def test_digits_get_the_marks_of_the_language() -> None:
    assert marked("1,355.90", GERMAN.units) == "1.355,90"
