"""Messages as people send them, with a client described before and a closing question behind."""

from __future__ import annotations

from advisor.adapters import around


def test_what_is_written_around_a_message_is_of_its_language_and_always_the_same() -> None:
    german, english = "Unser Händler verlangt mehr Marge", "our dealer wants more margin"
    assert german in around.sent(german)
    assert english in around.sent(english)
    assert around.sent(german) == around.sent(german) != german
    assert any(word in around.sent(german) for words in around.around()["de"].values() for word in words)
