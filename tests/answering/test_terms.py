"""Terms of the field: abbreviations are spelled out once, and whether two of them mean the same is answered with yes or no."""

from __future__ import annotations

import pytest

from advisor import Advisor, library
from advisor.answering.spelled import spelled
from advisor.domain import DraftClaim

ADVISOR = Advisor()
ENGLISH = library.load()


def _claims(text: str) -> list[str]:
    return [claim.text for claim in ADVISOR.ask(text).answer.claims]


def _draft(*texts: str) -> list[DraftClaim]:
    return [DraftClaim(text=text, evidence=("stage.from_5m",), kind="advice") for text in texts]


def _spelled(*texts: str, question: str = "", language: str = "en") -> list[str]:
    return [claim.text for claim in spelled(_draft(*texts), question, ENGLISH.in_language(language))]


def test_the_first_use_of_an_abbreviation_is_spelled_out_and_no_later_one() -> None:
    assert _spelled("Buy a PRM.", "A PRM helps.") == ["Buy a PRM (partner relationship management).", "A PRM helps."]


def test_many_of_a_kind_are_spelled_out_as_many() -> None:
    assert _spelled("Take VARs or MSPs.") == ["Take VARs (value-added resellers) or MSPs (managed service providers)."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nehmen Sie ein PRM (Kiflo oder Introw).", "Nehmen Sie ein PRM (Partner Relationship Management; Kiflo oder Introw)."),
        ("Nehmen Sie ein PRM-System.", "Nehmen Sie ein PRM-System (PRM: Partner Relationship Management)."),
        ("Reseller (etwa MSPs) warten.", "Reseller (etwa MSPs = Managed Service Provider) warten."),
        ("„Buy a PRM now.“ Ein PRM wartet.", "„Buy a PRM now.“ Ein PRM (Partner Relationship Management) wartet."),
    ],
)
def test_brackets_compounds_and_quotations_are_kept_whole(text: str, said: str) -> None:
    assert _spelled(text, language="de") == [said]


def test_what_the_question_or_the_answer_itself_says_is_not_spelled_out() -> None:
    assert _spelled("Buy a PRM.", question="which prm? a PRM, that is") == ["Buy a PRM."]
    assert _spelled("Buy a PRM.", "Partner relationship management is a habit.") == ["Buy a PRM.", "Partner relationship management is a habit."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what is an EQL?", "An EQL (ecosystem-qualified lead) is a lead qualified by what partners know of the account."),
        ("Was ist ein EQL?", "Ein EQL (Ecosystem-Qualified Lead) ist ein Lead, der durch das Wissen von Partnern über den Account qualifiziert ist."),
    ],
)
def test_who_asks_what_an_abbreviation_means_gets_it_spelled_out(text: str, said: str) -> None:
    assert said in _claims(text)


@pytest.mark.parametrize(
    ("text", "first", "then"),
    [
        ("is an EQL the same as a partner-sourced lead?", "No, these are different things:", "An EQL (ecosystem-qualified lead) is"),
        ("is co-selling different from co-marketing?", "Yes, they differ:", "In co-selling"),
        ("isn't a GSI just an SI? we are at 8M EUR ARR", "Only in part: every GSI", "A GSI is a system integrator"),
        ("Ist ein VAR dasselbe wie ein Reseller?", "Nur zum Teil: Jeder VAR", "Ein VAR verkauft"),
        ("Unterscheidet sich Co-Selling von Co-Marketing?", "Ja, sie unterscheiden sich:", "Beim Co-Selling"),
        ("Is PRM the same as partner relationship management?", "Yes, both names mean the same:", "A PRM is software"),
    ],
)
def test_whether_two_terms_are_the_same_is_answered_first_with_yes_or_no(text: str, first: str, then: str) -> None:
    said = _claims(text)
    assert said[0].startswith(first)
    assert said[1].startswith(then)


def test_what_no_source_holds_against_each_other_is_said_so() -> None:
    assert _claims("is an alliance different from a partnership?")[0] == "I cannot say yes or no: no source I have sets them side by side."


@pytest.mark.parametrize("text", ["what is the difference between an MSP and a VAR?", "worin unterscheiden sich VAR und MSP?"])
def test_who_asks_for_the_difference_gets_no_yes_or_no(text: str) -> None:
    assert not _claims(text)[0].startswith(("Yes", "No", "Ja", "Nein", "Only", "Nur"))


@pytest.mark.parametrize(
    ("message", "opening"),
    [
        ("What's the actual difference between a deal registration and a referral? Our AEs use both words for the same form.", "What the partner does next sets them apart"),
        ("Worin liegt der Unterschied zwischen einer Registrierung und einer Empfehlung?", "Der Unterschied ist, was der Partner danach tut"),
        ("How does co-selling differ from co-marketing?", "In co-marketing a company and its partner promote one theme"),
    ],
)
def test_a_difference_that_is_written_down_is_told_before_anything_else(message: str, opening: str) -> None:
    assert _claims(message)[0].startswith(opening)
