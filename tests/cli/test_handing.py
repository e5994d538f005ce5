"""Answers handed on as documents: written whole or not at all, and refused in one sentence before any work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

QUESTION = "We're at €3M ARR and the board wants partner tiers by March. Is that right for us?"


def test_an_answer_is_written_in_the_format_that_the_name_ends_in(advisor: Callable[..., Any], home: Path) -> None:
    for name, begins in (("a.docx", b"PK"), ("a.html", b"<!doctype html>"), ("a.md", b"# Partner strategy"), ("a", b"# Partner strategy")):
        done = advisor("ask", QUESTION, "--prepared-for", "Acme", "-o", name)
        assert (done.code, done.out) == (0, "")
        assert Path(name).read_bytes().startswith(begins)


def test_a_format_that_is_text_is_printed(advisor: Callable[..., Any], home: Path) -> None:
    done = advisor("ask", QUESTION, "--format", "html", "--prepared-by", "Northgate")
    assert done.code == 0
    assert done.out.startswith("<!doctype html>")
    assert "Northgate" in done.out


@pytest.mark.parametrize("options", [
    ("--format", "docx"), ("--format", "odt"), ("--format", "xlsx", "-o", "a.xlsx"), ("-o", "/"), ("-o", "/nowhere/a.docx"), ("-o", "x" * 400 + ".md"), ("--json", "-o", "a.md"),
    ("-o", "a.md", "--logo", "missing.png"), ("-o", "a.md", "--logo", ""), ("-o", "a.md", "--prepared-for", " "), ("-o", "a.md", "--prepared-by", "x" * 201), ("-o", "there.docx"),
])  # fmt: skip
def test_what_cannot_be_written_is_said_before_a_turn_is_kept(advisor: Callable[..., Any], home: Path, options: tuple[str, ...]) -> None:
    Path("there.docx").write_text("mine")
    done = advisor("ask", QUESTION, "--session", "acme", *options)
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith("Error: ")
    assert done.err.count("\n") <= 2
    assert "Traceback" not in done.err
    assert [path.name for path in Path().iterdir() if path.name != "home"] == ["there.docx"]
    assert Path("there.docx").read_text() == "mine"
    assert advisor("sessions", "show", "acme").code == 2


def test_name_and_spelling_come_from_the_settings(advisor: Callable[..., Any], home: Path) -> None:
    Path("advisor.toml").write_text('[display]\nprepared_by = "Northgate"\nspelling = "american"\n', encoding="utf-8")
    out = advisor("ask", QUESTION, "--format", "md").out
    assert "**Prepared by:** Northgate" in out
    assert "tiered program " in out
    assert "**Prepared by:** Other" in advisor("ask", QUESTION, "--format", "md", "--prepared-by", "Other").out


def test_a_conversation_is_exported_as_a_document_by_the_ending_of_its_name(advisor: Callable[..., Any], home: Path) -> None:
    done = advisor("chat", "--session", "acme", stdin=f"/export early.docx\n{QUESTION}\n/export a.docx\n/export a.html\n/export a.docx\n".encode())
    assert done.code == 2
    assert Path("a.docx").read_bytes().startswith(b"PK")
    assert Path("a.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert not Path("early.docx").exists()
    assert "a.docx is there already" in done.out + done.err
