"""A conversation remembers facts, follows corrections, notes decisions, asks again after a while, and takes turns back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from advisor import Client
from advisor.conversation.talk import Talk
from advisor.domain import Move, SessionRef
from advisor.errors import InputError

TIERS = "We're at 8M EUR ARR, mid-touch. Should we launch tiers?"


def test_each_answer_names_its_turn_and_later_ones_know_the_facts(talk: Talk) -> None:
    first, second = talk.ask(TIERS), talk.ask("And what about co-selling?")
    assert (first.session, second.session) == (SessionRef(name="acme", turn=1), SessionRef(name="acme", turn=2))
    assert second.assessment.stage.id == "5-15M"
    arr = second.assessment.client.facts["arr"]
    assert (arr.origin, arr.quote, arr.stated_on) == ("session", "8M EUR ARR", date(2026, 11, 26))


@pytest.mark.parametrize("words", ["We're at 8M EUR ARR.", "Actually we are at 8M EUR."])
def test_a_conversation_may_begin_with_facts_alone(talk: Talk, words: str) -> None:
    answer = talk.ask(words)
    assert (answer.assessment.stage.id, [ask.kind for ask in answer.asks], answer.answer.abstained) == ("5-15M", ["where_to_start"], False)


@pytest.mark.parametrize("words", ["And resellers?", "Resellers?", "what about resellers then", "or resellers instead?"])
def test_a_few_words_that_name_another_move_ask_of_it_what_was_asked_before(talk: Talk, words: str) -> None:
    talk.ask(TIERS)
    answer = talk.ask(words)
    assert ([ask.kind for ask in answer.asks], answer.answer.advised_against) == (["is_it_right_for_us"], (Move.RESELLERS,))


def test_a_bare_move_as_the_first_word_asks_whether_it_is_right(talk: Talk) -> None:
    answer = replace(talk, base=Client(arr="8M EUR", motion="mid_touch")).ask("Tiers?")
    assert answer.answer.advised_against == (Move.TIERED_PROGRAMME,)


@pytest.mark.parametrize("words", ["The board is set on it though, the launch is announced.", "Should we do it anyway?", "Is that really not right for us?"])
def test_words_that_point_back_are_about_the_move_asked_about_before(talk: Talk, words: str) -> None:
    talk.ask(TIERS)
    assert talk.ask(words).answer.advised_against == (Move.TIERED_PROGRAMME,)


@pytest.mark.parametrize("words", ["hm. and what would you pay him?", "was zahle ich ihm?"])
def test_a_pronoun_stands_for_the_partner_of_the_question_before(talk: Talk, words: str) -> None:
    talk.ask("11M EUR ARR, sales assisted, deals of 30k, 4 agencies")
    talk.ask("a reseller in Spain wants exclusivity for the country")
    answer = talk.ask(words)
    assert "20–40 %" in answer.text.replace(" ", " ")
    assert not answer.answer.advised_against


def test_what_asks_for_a_summary_is_no_reply_to_a_question(talk: Talk) -> None:
    talk.ask("11M EUR ARR, sales assisted. Who should run partners?")
    answer = talk.ask("ok. summarize in 3 lines for the CEO")
    assert answer.assessment.client.owner is None


def test_an_offer_is_nothing_that_the_client_has_nor_a_sum(talk: Talk) -> None:
    talk.ask("client of mine: 11M EUR ARR, sales people close deals of about 30k, 4 agencies send leads now and then")
    answer = talk.ask("they also have an offer from Impartner, 40k a year. take it?")
    assert answer.text.startswith("**Not yet: a PRM (partner relationship management) of the Impartner class")
    assert not answer.assessment.client.in_place


def test_what_lies_outside_stays_outside_in_a_conversation(talk: Talk) -> None:
    assert talk.ask("Which tax rate applies to our French entity?").answer.abstained


def test_a_correction_replaces_the_fact_and_says_which_earlier_advice_turns(talk: Talk) -> None:
    assert talk.ask(TIERS).answer.advised_against == (Move.TIERED_PROGRAMME,)
    answer = talk.ask("Sorry, it's 16M EUR ARR.")
    assert "€16M ARR" in answer.answer.claims[0].text
    assert "€8M ARR" in answer.answer.claims[0].text
    turned = [claim for claim in answer.answer.claims if "Until now: not yet." in claim.text]
    assert [(claim.moves, claim.stance) for claim in turned] == [((Move.TIERED_PROGRAMME,), "advise")]
    assert all(claim.citations for claim in turned)
    assert answer.asks == talk.turns()[0].answer.asks  # type: ignore[union-attr]
    assert answer.verification.removed == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("€20M ARR, our direct sales are predictable.", "Correction: actually direct sales do not work at all."),
        ("20 Mio. € ARR, unser Direktvertrieb ist planbar.", "Korrektur: der Direktvertrieb funktioniert überhaupt nicht."),
    ],
)
def test_a_correction_takes_predictable_direct_sales_back(talk: Talk, before: str, after: str) -> None:
    assert talk.ask(before).assessment.client.direct_predictable is True
    assert talk.ask(after).assessment.client.direct_predictable is False


def test_a_correction_that_turns_nothing_says_so(talk: Talk) -> None:
    talk.ask(TIERS)
    answer = talk.ask("Correction: our ARR is 9M EUR.")
    assert len(answer.answer.claims) <= 4
    assert "earlier advice" in answer.text
    assert talk.client().arr is not None
    assert talk.client().arr.amount == 9_000_000  # type: ignore[union-attr]


@pytest.mark.parametrize("words", ["No, it's 16M EUR ARR.", "Wrong: we are at 16M EUR ARR", "nein, 16M EUR ARR"])
def test_a_denial_is_a_correction(talk: Talk, words: str) -> None:
    talk.ask(TIERS)
    answer = talk.ask(words)
    assert (answer.assessment.contradictions, answer.assessment.stage.id) == ((), "15-50M")
    assert "Until now: not yet." in answer.text
    assert answer.assessment.client.facts["motion"].stated_on == date(2026, 11, 26)


def test_a_missing_thing_is_no_denial(talk: Talk) -> None:
    talk.ask(TIERS)
    answer = talk.ask("No dedicated owner yet. Our ARR is 17M EUR. Tiers?")
    assert [item.facts for item in answer.assessment.contradictions] == [("arr",)]


def test_two_statements_of_one_day_stay_open_until_one_is_said_again(talk: Talk) -> None:
    talk.ask(TIERS)
    open_ = [talk.ask("Our ARR is 17M EUR. What about tiers?"), talk.ask("And a partner manager?")]
    for answer in open_:
        assert [item.facts for item in answer.assessment.contradictions] == [("arr",)]
        assert (answer.assessment.stage.id, answer.assessment.stage.also) == ("unknown", ("5-15M", "15-50M"))
        assert "Earlier ARR was €8M; now the message says €17M." in answer.text
    settled = talk.ask("ARR is 17M EUR.")
    assert (settled.assessment.contradictions, settled.assessment.stage.id) == ((), "15-50M")


def test_what_was_said_yesterday_gives_way_without_a_contradiction(talk: Talk, clock: Any) -> None:
    talk.ask(TIERS)
    clock.pass_days(1)
    answer = talk.ask("We're at 16M EUR ARR. Tiers?")
    assert (answer.assessment.contradictions, answer.assessment.stage.id) == ((), "15-50M")
    assert "€16M ARR" in answer.text


@pytest.mark.parametrize(("words", "path", "value"), [("nobody", "owner", "none"), ("the founder", "owner", "founder")])
def test_a_reply_of_a_word_answers_the_question_that_was_put(talk: Talk, words: str, path: str, value: str) -> None:
    talk.ask(TIERS)
    answer = talk.ask(words)
    assert getattr(answer.assessment.client, path) == value
    assert answer.assessment.client.facts[path].quote == words


def test_after_ninety_days_old_facts_are_asked_about_until_they_are_confirmed(talk: Talk, clock: Any) -> None:
    talk.ask(TIERS)
    clock.pass_days(90)
    assert "2026-11-26" not in talk.ask("And co-selling?").text
    clock.pass_days(1)
    asked = talk.ask("And an account mapping tool?")
    assert [question for question in asked.answer.questions if "2026-11-26" in question]
    assert talk.ask("Yes, still.").assessment.client.facts["arr"].stated_on == clock.day
    assert "2026-11-26" not in talk.ask("And resellers?").text


def test_at_most_two_questions_are_put_in_a_turn(talk: Talk) -> None:
    for words in ("Where do we start?", "mid-touch", "What about tiers?", "We have 12 partners."):
        assert len(talk.ask(words).answer.questions) <= 2


def test_a_decision_against_the_advice_is_printed_beside_the_verdict_that_stays(talk: Talk) -> None:
    talk.ask(TIERS)
    talk.decide(Move.TIERED_PROGRAMME, "The board promised it.")
    answer = talk.ask("How do we go on with tiers?")
    assert "2026-11-26 (“The board promised it”)" in answer.text
    assert Move.TIERED_PROGRAMME in answer.assessment.forbidden_moves
    assert Move.TIERED_PROGRAMME in answer.answer.advised_against
    assert Move.TIERED_PROGRAMME not in answer.assessment.recommended_moves


def test_deciding_again_keeps_the_last_reason(talk: Talk) -> None:
    talk.decide(Move.RESELLERS, "First.")
    assert [decision.reason for decision in talk.decide(Move.RESELLERS, "Second.").decided] == ["Second."]


def test_undo_takes_turn_after_turn_back_with_their_facts(talk: Talk) -> None:
    talk.ask(TIERS)
    talk.ask("Sorry, it's 16M EUR ARR.")
    talk.decide(Move.RESELLERS, "Promised.")
    assert [talk.undo().n for _ in range(2)] == [3, 2]
    assert (talk.client().decided, talk.client().arr.amount) == ((), 8_000_000)  # type: ignore[union-attr]
    assert talk.undo().n == 1
    assert talk.client() == Client()
    with pytest.raises(InputError, match="no turn to take back"):
        talk.undo()


def test_a_turn_after_an_undo_goes_on_from_what_counts(talk: Talk) -> None:
    talk.ask(TIERS)
    talk.ask("Sorry, it's 16M EUR ARR.")
    talk.undo()
    answer = talk.ask("And co-selling?")
    assert (answer.session, answer.assessment.stage.id) == (SessionRef(name="acme", turn=4), "5-15M")


def test_facts_from_files_lie_below_those_of_the_conversation(talk: Talk) -> None:
    talk = replace(talk, base=Client(arr="3M EUR", motion="mid_touch"))
    assert talk.ask("Should we launch tiers?").assessment.stage.id == "<5M"
    talk.ask("We are at 16M EUR now.")
    assert talk.ask("And tiers now?").assessment.stage.id == "15-50M"


def test_thanks_is_answered_without_asking_who_the_client_is(talk: Talk) -> None:
    talk.ask(TIERS)
    assert "Tell me about the client" not in talk.ask("Thanks!").text


def test_a_failed_question_keeps_no_turn(talk: Talk) -> None:
    with pytest.raises(InputError, match="There is no question"):
        talk.ask("\x00\u200b")
    assert talk.turns() == ()


@pytest.mark.parametrize("words", ["Where were we?", "Wo waren wir?", "can you sum this up in three lines", "et en français, tu peux me résumer ça ?"])
def test_a_recap_says_what_was_told_and_on_which_day_and_asks_nothing_new(talk: Talk, clock: Any, words: str) -> None:
    talk.ask("We're at 8M EUR ARR, mid-touch, 12 partners signed. Should we launch tiers?")
    clock.pass_days(1)
    answer = talk.ask(words)
    assert "2026-11-26" in answer.text
    assert "12" in answer.text
    assert Move.TIERED_PROGRAMME in answer.answer.advised_against
    assert len(answer.text.split()) < 120
    assert len(answer.answer.questions) <= 1
