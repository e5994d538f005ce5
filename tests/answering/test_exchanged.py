"""Two figures that changed places are told apart, whatever the subject; those in their own places are not accused of it."""

from __future__ import annotations

from functools import cache

import pytest

from advisor import Advisor

_SWAPPED = ("changed places", "each figure belongs to the other", "vertauscht", "jede der beiden Zahlen gehört zur anderen")


@cache
def advisor() -> Advisor:
    return Advisor()


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Boss says deals with partners close 53% faster and are 46% more likely to close. Can I put that in the deck?", ("53 % more likely to close", "close 46 % or more faster")),
        ("Someone said resellers get 10-20% margin and referral partners 20-40% commission. Is that right?", ("One-time referral commissions of 10–20 %", "Resellers get a margin of 20–40 %")),
        ("I heard reps get 50% on sourced deals and 75-80% on deals partners close. true?", ("On deals that the partner closes the rep gets 50 %", "On partner-sourced leads the rep gets 75–80 %")),
        ("Stimmt es, dass Reseller 10–20 % Marge bekommen und Empfehlungspartner 20–40 %?", ("Empfehlungsprovisionen von 10–20 %", "eine Marge von 20–40 %")),
    ],
)
def test_figures_that_changed_places_are_put_back(message: str, said: tuple[str, str]) -> None:
    reply = advisor().ask(message).answer
    assert any(words in reply.claims[0].text for words in _SWAPPED)
    assert all(words in " ".join(claim.text for claim in reply.claims[:3]) for words in said), reply.text


@pytest.mark.parametrize(
    "message",
    [
        "Is it true that partner deals are 53% more likely to close and close 46% faster?",
        "Someone said resellers get 20-40% margin and referral partners 10-20% commission. Is that right?",
        "I heard reps get 75-80% on sourced deals and 50% on deals partners close. true?",
    ],
)
def test_figures_in_their_own_places_are_not_called_exchanged(message: str) -> None:
    assert not any(words in advisor().ask(message).text for words in _SWAPPED)
