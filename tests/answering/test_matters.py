"""Everyday matters are answered in the first sentence, with the figure told placed beside the record's, and nothing said is withheld."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisor import Advisor, Answer, Client
from advisor.answering import playbook
from advisor.answering.advise import advise
from advisor.figures import find

ADVISOR = Advisor()


class Read:
    """Reads one matter whatever is asked."""

    def __init__(self, name: str) -> None:
        self.name = name

    def matter(self, text: str) -> tuple[str, float]:
        return self.name, 1.0


def told(matter: str, question: str, client: Client, language: str = "en") -> Answer:
    return advise(question, client, replace(ADVISOR._parts(), matters=lambda: Read(matter)), language=language)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", sorted(playbook.load().matters))
def test_no_sentence_of_a_matter_is_withheld_whatever_the_size_of_the_client(name: str, language: str) -> None:
    question = {"en": "Partner again. What should we do about it?", "de": "Wieder der Partner. Was sollen wir tun?"}[language]
    for client in (Client(), Client(arr="3M EUR"), Client(arr="9M EUR", programme_age_months=9), Client(arr="25M EUR", programme_age_months=24)):
        answer = told(name, question, client, language)
        assert not answer.verification.removed
        assert answer.text.startswith("**")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", sorted(playbook.load().matters))
def test_an_answer_on_a_matter_closes_with_one_sentence_of_its_own_on_what_to_do(name: str, language: str) -> None:
    phrases = ADVISOR.library.in_language(language).phrases
    assert f"answers.matter.{name}.short" in phrases
    question = {"en": "Partner again. What should we do about it?", "de": "Wieder der Partner. Was sollen wir tun?"}[language]
    for client in (Client(), Client(arr="3M EUR"), Client(arr="25M EUR", programme_age_months=24)):
        answer = told(name, question, client, language)
        last = [claim for claim in answer.answer.claims if claim.text not in answer.answer.questions][-1]
        assert last.text in {phrases[key][0] for key in (f"answers.matter.{name}.short", f"answers.matter.{name}.short_early") if key in phrases}
        assert {cited.id for cited in answer.citations if cited.n in last.citations} == {*playbook.load().matters[name].rests}


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_closing_sentences_on_matters_have_three_parts_no_number_and_never_the_same_words(language: str) -> None:
    phrases = ADVISOR.library.in_language(language).phrases
    told_ = [phrases[key][0] for key in phrases if key.startswith("answers.matter.") and key.rpartition(".")[2] in {"short", "short_early"}]
    assert len({*told_}) == len(told_)
    assert [text for text in told_ if text.count(", ") < 2 or find(text) or any(sign.isdigit() for sign in text) or ". " in text] == []


def test_a_matter_that_differs_below_the_first_programme_closes_differently_there() -> None:
    small, large = (told("need_agreement", "Do we need a contract?", Client(arr=arr)).text for arr in ("3M EUR", "9M EUR"))
    assert "Send a mail" in small
    assert "Send a mail" not in large


def test_a_matter_without_its_own_gap_closes_with_the_sentence_of_what_no_source_holds() -> None:
    assert "add nobody to a full portfolio" not in told("capacity", "How many partners can a partner manager look after?", Client(arr="9M EUR")).text
    assert "no exclusive territory" in told("reseller_margin", "A reseller wants exclusivity and more margin. Do we give it?", Client(arr="9M EUR")).text


@pytest.mark.parametrize(
    ("margin", "begins"), [("50 %", "**Not as it stands: the 50 % you name"), ("30 %", "**It can be right: the 30 % you name"), ("12 %", "**You may raise it: the 12 % you name")]
)
def test_a_margin_asked_for_is_placed_beside_what_resellers_get(margin: str, begins: str) -> None:
    answer = told("reseller_margin", f"Only reseller in Italy wants {margin} margin, no minimum, accept?", Client(arr="8M EUR"))
    assert answer.text.startswith(begins)
    assert "20–40 %" in answer.text
    assert "minimum" in answer.text


@pytest.mark.parametrize(("months", "begins"), [(5, "**Yes, that is normal so far: at 5 months"), (8, "**It is still within"), (20, "**No longer normal: at 20 months")])
def test_months_without_a_deal_are_placed_beside_what_the_stage_takes(months: int, begins: str) -> None:
    answer = told("no_deals_yet", f"Normal that after {months} months 0 deals from 7 partners?", Client(arr="10M EUR"))
    assert answer.text.startswith(begins)
    assert "6–12 months" in answer.text


def test_a_figure_that_lies_alike_beside_all_records_that_may_hold_is_placed_though_the_stage_is_open() -> None:
    answer = told("no_deals_yet", "After 26 months the programme still brings nothing.", Client(arr=14_000_000))
    assert answer.text.startswith("**No longer normal: at 26 months")


def test_what_is_said_only_to_certain_words_is_not_said_without_them() -> None:
    assert "nobody else sells for you" not in told("reseller_margin", "A reseller wants 30 % margin, fine?", Client(arr="8M EUR")).text


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("partner NPS or revenue on the dashboard? 35M", "Revenue first"),
        ("our implementation shops want to do the onboarding themselves", "Yes, once they have shown that they can"),
        ("the board asks why we give away 20 % of each deal", "paid only when a deal closes"),
        ("our agency wants our whole customer list first", "No, not the full list"),
        ("Unser Partner wurde von einem Wettbewerber gekauft, was tun?", "Sichern Sie jetzt die offenen Deals"),
    ],
)
def test_an_everyday_question_is_answered_in_its_first_sentence(question: str, says: str) -> None:
    assert says in ADVISOR.ask(question).text.split("\n")[0]


@pytest.mark.parametrize("question", ["What does deal registration mean?", "We're at 3M ARR. Should we launch gold and silver tiers?", "Our commission is 12 % of 30,000 EUR, how much is that?"])
def test_definitions_wishes_and_sums_are_answered_as_before(question: str) -> None:
    named = {key for matter in playbook.load().matters for key in (f"answers.matter.{matter}.lead", f"answers.matter.{matter}.early")}
    leads = {ADVISOR.wording().say(key) for key in named if ADVISOR.wording().has(key)}
    assert not any(lead in ADVISOR.ask(question).text for lead in leads)
