"""Names are what people type, never a path, a file or an option."""

from __future__ import annotations

import pytest

from advisor.conversation.names import checked, names_file
from advisor.errors import InputError


@pytest.mark.parametrize("name", ["acme", "Müller & Söhne", "2026-11-26", "acme v1.2", "北京", "o'neil", " acme "])
def test_a_name_is_kept_as_typed(name: str) -> None:
    assert checked(name) == name.strip()


@pytest.mark.parametrize("name", ["", "  ", "../x", "a/b", "a\\b", "C:", ".hidden", "..", "x.", "-x", "a\nb", "a\x00b", "a\u202eb", "x" * 65, "acme.toml", "a*", "<a>", "a\x1b[31mb"])
def test_a_name_that_could_be_a_path_or_cannot_be_seen_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="cannot name a session"):
        checked(name)


def test_two_spellings_of_one_letter_are_one_name() -> None:
    assert checked("Mu\u0308ller") == checked("M\u00fcller")


@pytest.mark.parametrize(("name", "file"), [("acme", False), ("acme.toml", True), ("./acme", True), ("a/b", True), ("acme v1.2", False)])
def test_a_name_that_can_only_be_a_file_is_told_apart(name: str, file: bool) -> None:
    assert names_file(name) is file
