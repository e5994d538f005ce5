"""Of several things done with partners that no rule decides, the one nearest to a deal goes first, and the one furthest from it is dropped first."""

from __future__ import annotations

import pytest

from advisor import Advisor
from advisor.answering import playbook

ADVISOR = Advisor()


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("which one should we kill first: newsletter, webinar or portal?", "**Cut the newsletter first, then the webinar and the portal:"),
        ("Newsletter, Webinar oder Portal: was streichen wir zuerst?", "**Streichen Sie zuerst den Newsletter, danach das Webinar und das Portal:"),
        ("webinar or lead list first with a new agency partner?", "**First a list of shared accounts, then a joint webinar:"),
        ("Schulung oder Fallstudie zuerst? 12 Mio. ARR, 9 Reseller", "**Zuerst eine kurze Schulung, danach eine gemeinsame Fallstudie:"),
    ],
)
def test_activities_are_put_in_order_in_the_first_sentence(question: str, begins: str) -> None:
    reply = ADVISOR.ask(question)
    assert reply.text.startswith(begins)
    assert not reply.verification.removed


@pytest.mark.parametrize("question", ["Is a webinar or an event worth it?", "portal or person first?", "How do we run a webinar or an event?"])
def test_without_a_question_for_an_order_or_where_a_matter_is_named_nothing_is_put_in_order(question: str) -> None:
    assert "stands nearest to a deal" not in ADVISOR.ask(question).text


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_activity_has_its_names_and_its_sentence(language: str) -> None:
    phrases = ADVISOR.library.in_language(language).phrases
    keys = {f"answers.activity.{name}.{part}" for name in playbook.load().activities for part in ("first", "drop", "why")}
    assert keys == {key for key in phrases if key.startswith("answers.activity.")}
