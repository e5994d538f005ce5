"""The language of a message is told from its small words; its questions decide where two are mixed."""

from __future__ import annotations

import pytest

from advisor.intake import language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "en"),
        ("CRM?", "en"),
        ("Where do we start with partners?", "en"),
        ("Womit fangen wir bei Partnern an?", "de"),
        ("Wie hoch ist die Provision?", "de"),
        ("Provision für Empfehlungspartner?", "de"),
        ("Partnerprogramm bei 3 Mio. € ARR?", "de"),
        ("Partner programme?", "en"),
        ("Unser ARR liegt bei 6,5 Mio. €. Are tiers too early?", "en"),
        ("Par où commencer avec les partenaires ?", "fr"),
        ("Tenemos 12 partners y somos una empresa de software, ¿qué debemos hacer con los socios?", "es"),
        ("Wij hebben 12 partners. Welke moeten wij houden en wat doen wij met het programma?", "nl"),
        ("Our partner wrote: „Wir sind mit der Marge nicht zufrieden und wollen mehr.“ What do we answer, and is it right to pay more?", "en"),
        ("The board said: we need tiers at our stage and a portal for the partners. Sollen wir das machen?", "de"),
        ("Wir sind bei 8 Mio. € ARR. Should we hire a partner manager for it?", "en"),
    ],
)
def test_the_language_of_the_question(text: str, expected: str) -> None:
    assert language.of(text) == expected
