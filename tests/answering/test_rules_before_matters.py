"""How to announce, pay, time or run something comes after whether the rules allow it."""

from __future__ import annotations

import pytest

from advisor import Advisor

ADVISOR = Advisor()


def first(question: str) -> str:
    return ADVISOR.ask(question).answer.text.removeprefix("**")


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("€2M ARR. How do I interview candidates for partner manager?", "Not yet: the first partner hire"),
        ("3 Mio. € ARR. Stellenanzeige Partnermanager: was muss rein?", "Noch nicht: Die erste Partner-Stelle"),
        ("€3.4M ARR, PRM rollout starts on Monday. In which order do we migrate the partners?", "Not yet: a light PRM"),
        ("€3M ARR. Marketing funds in Excel or a tool?", "Not yet: a light PRM"),
        ("1,9 Mio. € ARR. Die Zertifizierung soll Geld kosten, wie viel pro Kopf?", "Noch nicht: Eine Zertifizierung"),
        ("€4M ARR. Margin for our first reseller: 20 or 30?", "Not yet: resellers need a programme"),
        ("€9M ARR mid-touch. Margin for first resellers, 25 or 30?", "Not yet: resellers are no starting point"),
        ("2,4 Mio. € ARR. Der Vertrag mit dem Distributor für Osteuropa wird morgen unterschrieben - welche Laufzeit ist sinnvoll?", "Noch nicht: Reseller"),
        ("€9M ARR. Global SI wants a 3-year framework contract. Which clauses are normal?", "Not yet: global system integrators"),
        ("We're at 3M EUR ARR and have already decided on Gold, Silver and Bronze. How do we word the announcement e-mail to the partners?", "Keep what exists"),
    ],
)
def test_what_is_to_be_set_up_against_the_rules_is_refused_whatever_is_asked_about_it(question: str, begins: str) -> None:
    assert first(question).startswith(begins)


@pytest.mark.parametrize(
    ("question", "begins", "then"),
    [
        ("€3M ARR. How do I demote a Gold partner?", "Not yet: a tiered programme", "Apply the rule that everybody knew"),
        ("8 Mio. € ARR. Zu viele Partner stecken im untersten Tier. Wie bauen wir die Stufen um?", "Noch nicht: Ein Tier-Programm", "Erneuern Sie die Kriterien"),
        ("€3M ARR. Our partner manager quits. Replace him with a junior or a senior?", "Not yet: the first partner hire", "Look for somebody"),
    ],
)
def test_what_is_there_against_the_rules_is_answered_behind_what_they_say_of_it(question: str, begins: str, then: str) -> None:
    text = first(question)
    assert text.startswith(begins)
    assert then in text.split("\n\n")[0]


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("€20M ARR. How do I demote a Gold partner?", "Apply the rule that everybody knew"),
        ("€8M ARR. How do I interview candidates for partner manager?", "Look for somebody"),
        ("How do I demote a Gold partner?", "Apply the rule that everybody knew"),
        ("€20M ARR, channel sales. Margin for our first reseller: 20 or 30?", "The lower one"),
    ],
)
def test_where_the_rules_allow_it_or_the_stage_is_open_it_is_answered_at_once(question: str, begins: str) -> None:
    assert first(question).startswith(begins)
