"""The language of what commands print: that of the question, or the one asked for."""

from __future__ import annotations

from typing import Any

import pytest

GERMAN, ENGLISH = "Wir liegen bei 9,4 Mio. € ARR. Womit fangen wir bei Partnern an?", "We're at €9.4M ARR. Where do we start with partners?"
DEALS = "Wir verkaufen mid-touch B2B-SaaS bei 9,4 Mio. € ARR, und niemand ist für Partner zuständig."


@pytest.mark.parametrize(
    ("arguments", "heading"),
    [
        (("ask", GERMAN), "## Quellen"),
        (("ask", ENGLISH), "## Sources"),
        (("ask", ENGLISH, "--language", "de"), "## Quellen"),
        (("ask", GERMAN, "--language", "en"), "## Sources"),
        (("assess", DEALS), "## 5–15 Mio. € ARR"),
        (("assess", DEALS, "--language", "en"), "## €5–15M ARR"),
        (("assess", "--arr", "9.4M EUR", "--language", "de"), "## 5–15 Mio. € ARR"),
    ],
)
def test_headings_are_in_the_language(advisor: Any, arguments: tuple[str, ...], heading: str) -> None:
    assert heading in advisor(*arguments).out


def test_the_environment_names_a_language(advisor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_LANGUAGE", "de")
    assert "## Quellen" in advisor("ask", ENGLISH).out


def test_a_language_without_phrases_is_refused(advisor: Any) -> None:
    done = advisor("ask", ENGLISH, "--language", "fr")
    assert (done.code, done.out) == (2, "")
    assert "en" in done.err
    assert "de" in done.err


def test_ids_in_json_are_the_same_in_every_language(advisor: Any) -> None:
    german, english = (advisor("assess", "--arr", "9.4M EUR", "--language", language, "--json").json() for language in ("de", "en"))
    assert [finding["rule"] for finding in german["findings"]] == [finding["rule"] for finding in english["findings"]]
    assert german["stage"]["id"] == english["stage"]["id"]
    assert (german["recommended_moves"], german["forbidden_moves"]) == (english["recommended_moves"], english["forbidden_moves"])


def test_json_names_the_language_of_the_answer(advisor: Any) -> None:
    assert advisor("ask", GERMAN, "--json").json()["language"] == "de"
