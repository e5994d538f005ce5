"""The tables that ship parsed are those of the files, and whatever differs is parsed."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from advisor import datafiles


def test_the_shipped_tables_are_those_of_the_files() -> None:
    """After a change of the knowledge: `python scripts/vectors.py`."""
    shipped = (datafiles.root() / datafiles.PARSED).read_text(encoding="utf-8")
    assert shipped == "".join(f"{line}\n" for line in datafiles.parsed())


def test_every_file_reads_as_its_toml_does() -> None:
    for path in datafiles.files("knowledge", ".toml"):
        assert datafiles.read_toml(path) == tomllib.loads(path.read_text(encoding="utf-8")), path


def test_dates_stay_dates() -> None:
    tables = (datafiles.read_toml(path) for path in datafiles.files("knowledge/benchmarks", ".toml"))
    assert all(type(record["review_by"]) is date for table in tables for record in table["benchmark"])


def test_a_changed_file_reads_as_it_stands_now(tmp_path: Path) -> None:
    changed = (datafiles.root() / "knowledge" / "sources.toml").read_text(encoding="utf-8").replace('title = "', 'title = "New: ', 1)
    (tmp_path / "sources.toml").write_text(changed, encoding="utf-8")
    assert datafiles.read_toml(tmp_path / "sources.toml") == tomllib.loads(changed)


@pytest.mark.parametrize("line", [b"{", b'{"a": "\xff"}', b'{"a": {"$date": "soon"}}', b""])
def test_a_damaged_line_is_passed_over(line: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "some.toml").write_text("a = 1\n", encoding="utf-8")
    monkeypatch.setattr(datafiles, "_shipped", lambda: {datafiles._key("a = 1\n"): line})
    assert datafiles.read_toml(tmp_path / "some.toml") == {"a": 1}


def test_without_the_parsed_tables_everything_is_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datafiles, "PARSED", "knowledge/absent.jsonl")
    datafiles._shipped.cache_clear()
    try:
        assert datafiles.read_toml(datafiles.root() / "knowledge" / "sources.toml")["source"]
    finally:
        datafiles._shipped.cache_clear()
