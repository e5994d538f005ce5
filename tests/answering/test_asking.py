"""Nobody is asked for what the message tells: a question is said whole, or the part of it that is still open, or not at all."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from advisor import Advisor, Answer, Client
from advisor.answering import playbook
from advisor.answering.advise import advise
from advisor.answering.asking import told
from advisor.domain import Move

ADVISOR, BOOK = Advisor(), playbook.load()
TOLD = tomllib.loads((Path(__file__).parent / "told.toml").read_text(encoding="utf-8"))
SILENT = ("Partner again. What should we do about it?", "Wieder der Partner. Was sollen wir tun?")


class Read:
    """Reads one matter whatever is asked."""

    def __init__(self, name: str) -> None:
        self.name = name

    def ranked(self, text: str) -> tuple[tuple[str, float], ...]:
        return ((self.name, 1.0),)

    def turns(self, text: str, move: Move) -> float:
        return 0.0


def answered(matter: str, question: str, language: str = "en") -> Answer:
    return advise(question, Client(), replace(ADVISOR._parts(), matters=lambda: Read(matter)), language=language)


@pytest.mark.parametrize("name", sorted(TOLD))
def test_a_message_that_tells_a_part_of_a_question_is_heard_in_english_and_in_german(name: str) -> None:
    for message in TOLD[name]:
        assert told(BOOK.told[name], message, ADVISOR.read(message).client), message


@pytest.mark.parametrize("name", sorted(BOOK.told))
def test_a_message_without_facts_tells_no_part_of_any_question(name: str) -> None:
    assert not any(told(BOOK.told[name], message, Client()) for message in SILENT)


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_question_of_a_matter_knows_its_parts_and_every_part_of_two_can_be_asked_alone(language: str) -> None:
    phrases = ADVISOR.library.in_language(language).phrases
    matters = {key.removeprefix("answers.") for key in phrases if key.startswith("answers.matter.") and key.endswith(".ask")}
    assert matters == {key for key in BOOK.asked if key.startswith("matter.")}
    assert {name for parts in BOOK.asked.values() for name in parts} == {*BOOK.told} - {"between_partners"}
    assert [f"{key}_{n}" for key, parts in BOOK.asked.items() if len(parts) > 1 for n in (1, 2) if f"answers.{key}_{n}" not in phrases] == []
    assert max(map(len, BOOK.asked.values())) == 2


@pytest.mark.parametrize(
    ("matter", "question", "asked"),
    [
        ("two_partners", "Two resellers claim one account, one registered 5 weeks ago. Who gets it?", ["What has each of them done on the deal?"]),
        ("two_partners", "Two resellers claim one account. Who gets it?", ["Who of them registered first, and what has each done on the deal?"]),
        ("two_partners", "One registered 5 weeks ago and joined every call, the other did nothing. Who gets it?", []),
        ("concentration", "One reseller does 64% of all our channel revenue. What now?", []),
        ("concentration", "Half of our partner revenue hangs on one reseller.", []),
        ("reseller_margin", "A reseller wants 35 % margin but only sells, we implement and support. Too much?", []),
    ],
)
def test_what_a_message_tells_is_not_asked_back(matter: str, question: str, asked: list[str]) -> None:
    answer = answered(matter, question)
    assert [claim.text for claim in answer.answer.claims if claim.text.endswith("?")] == asked
    assert answer.verification.removed == ()


def test_what_a_german_message_tells_is_not_asked_back() -> None:
    answer = answered("reseller_margin", "Verlangt 35 % Marge, macht aber nur den Verkauf, Einführung und Support bleiben bei uns. Zu viel?", "de")
    assert "Was davon übernimmt dieser Partner" not in answer.text


def test_a_deal_size_that_was_told_leaves_only_how_the_client_sells_to_be_asked() -> None:
    text = ADVISOR.ask("is 1,800 usd partner CAC good? acv 30k USD").text
    assert "How do you sell?" in text
    assert "typical deal" not in text
