"""One way to break a file each: the message names file, entry, field, what was found and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor import library
from advisor.errors import DataError

A, S, T, P = "benchmarks/a.toml", "sources.toml", "skill/topic.md", "phrases/en/answers.toml"


def broken(folder: Path, file: str, old: str, new: str) -> list[DataError]:
    path = folder / "knowledge" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return library.problems(folder)


def test_a_sound_folder_has_no_problems(folder: Path) -> None:
    assert library.problems(folder) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "field", "found", "allowed"),
    [
        (A, "metric =", "metrik =", "share", "metrik", "unknown key", "conflicts_with"),
        (A, 'of = "revenue"\n', "", "share", "of", "nothing", "required"),
        (A, 'unit = "percent"', 'unit = "percents"', "share", "unit", "percents", "percentage_points"),
        (A, 'kind = "benchmark"', 'kind = "guess"', "share", "kind", "guess", "threshold"),
        (A, "low = 5", "low = 50", "share", "low, high", "upside down", "low at most high"),
        (A, 'unit = "percent"', 'unit = "money"', "share", "low, high", "needs a currency", "README"),
        (A, 'source = "doc-000"', 'source = "doc-999"', "share", "source", "doc-999", "sources.toml"),
        (A, 'source_doc = "000"', 'source_doc = "009"', "share", "source_doc", "009", "sources.toml"),
        (A, "{ phase =", "{ phaze =", "share", "condition", "phaze", "facts of the client"),
        (A, '{ phase = ["early"] }', '{ arr_eur = "[15e6, 5e6)" }', "share", "condition", "upside down", "[5, 15)"),
        (A, "{fig} of", "five of", "share", "text", "no {fig}", "{fig}"),
        (A, '"5-10%"', '"one two three four five six seven eight nine ten eleven twelve thirteen"', "share", "excerpt", "13 words", "at most 12"),
        (A, 'as_of = "2024"', 'as_of = "2024"\nconflicts_with = ["nobody"]', "share", "conflicts_with", "nobody", "another record"),
        (A, "review_by = 2027-05-31", 'review_by = "soon"', "share", "review_by", "soon", "date"),
        (S, "publisher =", "editor =", "doc-000", "editor", "unknown key", "vendor_interest"),
        (T, "{fig:share} of", "5–10 % of", "topic#what-counts", "text", "bare number '5'", "{fig:ID}"),
        (T, "{fig:share} of", "three of", "topic#what-counts", "text", "bare number 'three'", "label"),
        (T, "{fig:share}", "{fig:shore}", "topic#what-counts", "fig", "shore", "knowledge/benchmarks"),
        (T, "{fig:share}", "{fig:share.middle}", "topic#what-counts", "fig", "middle", "publisher"),
        (T, '["What counts?"]', "[]", "topic#what-counts", "questions", "none", "3 to 6"),
        (T, "## What counts", "## What matters", "topic", "section.what-counts", "without its section", "what-matters"),
        (T, "title =", "titel =", "topic", "titel", "unknown key", "source_doc"),
        (T, 'source_doc = "000"', 'source_doc = "009"', "topic#what-counts", "source_doc", "009", "sources.toml"),
        (T, "\n## What", "\nA lost line.\n\n## What", "topic", "", "before the first section", "##"),
        (P, "{fig:share}", "{fig:shore}", "answers.share", "fig", "shore", "knowledge/benchmarks"),
        (P, "To {name}", "To you", "answers.share", "", "different slots", "name"),
        (P, "to {name}.", "to {name} in 3 months.", "answers.share", "", "bare number '3'", "label"),
        (P, "to {name}.", "to {name}}.", "answers.share", "", "stray '}'", "{name}"),
        (P, 'edge = "From {rule:stage.row.low} on."', "edge = 3", "answers.edge", "", "3", "a sentence"),
    ],
)
def test_a_broken_file_is_named_down_to_the_field(
    folder: Path, file: str, old: str, new: str, entry: str, field: str, found: str, allowed: str
) -> None:
    errors = broken(folder, file, old, new)
    match = [error for error in errors if (error.entry, error.field) == (entry, field) and found in error.found]
    assert match, [str(error) for error in errors]
    assert match[0].file.endswith(file.rpartition("/")[2])
    assert allowed in match[0].allowed


def test_an_id_may_stand_only_once(folder: Path) -> None:
    text = (folder / "knowledge" / A).read_text(encoding="utf-8")
    (folder / "knowledge/benchmarks/b.toml").write_text(text, encoding="utf-8")
    (error,) = library.problems(folder)
    assert (error.file, error.entry, error.field) == ("b.toml", "share", "id")


def test_a_key_written_twice_is_named_with_its_line(folder: Path) -> None:
    (error, *_) = broken(folder, A, "low = 5", "low = 5\nlow = 6")
    assert error.file == "a.toml"
    assert "line 7" in error.found


def test_a_phrase_may_stand_in_one_file_only(folder: Path) -> None:
    (folder / "knowledge/phrases/en/more.toml").write_text('[answers]\nedge = "Again."\n', encoding="utf-8")
    (error,) = library.problems(folder)
    assert (error.file, error.entry) == ("more.toml", "answers.edge")
    assert "answers.toml" in error.found


def test_a_topic_file_without_a_head_is_named(folder: Path) -> None:
    (folder / "knowledge/skill/plain.md").write_text("# Plain\n", encoding="utf-8")
    (error,) = library.problems(folder)
    assert (error.file, error.found) == ("plain.md", "no TOML head")


def test_loading_stops_at_the_first_problem(folder: Path) -> None:
    broken(folder, A, "low = 5", "low = 50")
    with pytest.raises(DataError, match="upside down"):
        library.load(folder)


def test_all_problems_are_told_at_once(folder: Path) -> None:
    broken(folder, A, "low = 5", "low = 50")
    errors = broken(folder, S, "publisher =", "editor =")
    assert {error.entry for error in errors} >= {"share", "doc-000"}
