"""A German question is answered in German, with the stage and the moves of its English twin; every German sentence passes the gate."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from pathlib import Path

import pytest
import yaml

from advisor import Advisor, library, rules
from advisor.answering import playbook
from advisor.answering.brief import Brief
from advisor.answering.ground import ground
from advisor.answering.select import Selection
from advisor.answering.shelf import Shelf
from advisor.domain import Ask, AskKind, Client, DraftClaim, Move, Reading, Stance, Verdict
from advisor.testing import MemoryRetriever

GERMAN, BOOK = library.load().in_language("de"), rules.load()
CASES = {case["name"]: case["inputs"]["question"] for case in yaml.safe_load((Path(__file__).resolve().parents[2] / "evals" / "german.yaml").read_text(encoding="utf-8"))["cases"]}
TWINS = [{"id": name.removesuffix("-de"), "de": text, "en": CASES[name.removesuffix("-de") + "-en"]} for name, text in CASES.items() if name.endswith("-de")]
ARRS = (None, "3M EUR", "8M EUR", "20M EUR", "90M EUR", "200M EUR")
MOTIONS = (None, "plg", "mid_touch", "enterprise", "channel")
ENGLISH = re.compile(r"\b(?:the|and|your|you|with|is|are|from|below|above|percent|months|should|not|before|after)\b", re.IGNORECASE)
QUOTED = re.compile(r"„[^“]*“|\*[^*]*\*")


@cache
def program() -> Advisor:
    return Advisor()


def brief(arr: str | None, motion: str | None, direct: bool | None, owner: str | None, signed: int | None) -> Brief:
    client = Client.model_validate({"arr": arr, "motion": motion, "direct_predictable": direct, "owner": owner, "partners": {"signed": signed, "mapped": signed}})
    wording = GERMAN.wording("", BOOK.thresholds)
    assessment = rules.assess(client, BOOK, wording)
    shelf = Shelf(GERMAN, BOOK, wording, {**client.view(), "stage": assessment.stage.id})
    ask = Ask(kind=AskKind.WHERE_TO_START, text="")
    return Brief(ask, Reading(client=client), assessment, Selection(ask, GERMAN, shelf.facts, MemoryRetriever, ()), shelf, wording, playbook.load(), "", MemoryRetriever)


@pytest.mark.parametrize(("arr", "motion"), list(product(ARRS, MOTIONS)))
def test_every_german_finding_is_grounded_and_read_as_the_rule_means_it(arr: str | None, motion: str | None) -> None:
    meant = {Verdict.FORBID: Stance.ADVISE_AGAINST, Verdict.REQUIRE: Stance.REQUIRE, Verdict.RECOMMEND: Stance.ADVISE}
    withheld, wrong = set(), set()
    for direct, owner, signed in product((True, False, None), (None, "dedicated"), (None, 60)):
        of = brief(arr, motion, direct, owner, signed)
        findings = [finding for finding in of.assessment.findings if finding.move]
        draft = [claim for finding in findings for claim in (of.finding_claim(finding), of.finding_claim(finding, "because"))]
        draft += [DraftClaim(text=finding.would_change_if, evidence=of.basis(finding, "change"), kind="advice") for finding in findings if finding.would_change_if]
        evidence = {id_: of.shelf.take(id_) for claim in draft for id_ in claim.evidence}
        result = ground(draft, evidence, question="", client=of.client, forbidden=frozenset(of.assessment.forbidden_moves))
        withheld |= {(claim.text, claim.reason) for claim in result.verification.removed}
        said = {claim.text: claim for claim in result.claims}
        for finding in findings:
            claim = said.get(finding.text)
            if claim and finding.verdict in meant and (claim.stance is not meant[finding.verdict] or finding.move not in claim.moves):
                wrong.add((finding.rule, finding.text))
    assert (withheld, wrong) == (set(), set())


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin["id"])
def test_a_german_question_is_answered_in_german_with_the_stage_and_the_moves_of_its_twin(twin: dict[str, str]) -> None:
    german, english = program().ask(twin["de"]), program().ask(twin["en"])
    assert (german.language, english.language) == ("de", "en")
    assert ENGLISH.findall(QUOTED.sub("", german.text)) == []
    ours, theirs = german.assessment, english.assessment
    assert ours.stage.id is theirs.stage.id
    assert {*ours.recommended_moves} == {*theirs.recommended_moves}
    assert {*ours.allowed_moves} == {*theirs.allowed_moves}
    assert {*ours.forbidden_moves} == {*theirs.forbidden_moves}


@pytest.mark.parametrize(
    ("question", "english"),
    [
        ("Wir liegen bei 3 Mio. € ARR. Sollen wir Partner-Tiers einführen?", "We're at €3M ARR. Should we introduce partner tiers?"),
        ("Wir liegen bei 9,4 Mio. € ARR. Womit fangen wir bei Partnern an?", "We're at €9.4M ARR. Where do we start with partners?"),
        ("Wir haben 22 Mio. € ARR. Wie viele Leute brauchen wir für Partner?", "We have €22M ARR. How many people do we need for partners?"),
        ("Bei 60 Mio. € ARR: Brauchen wir ein Marketplace-Listing?", "At €60M ARR: do we need a marketplace listing?"),
    ],
)
def test_stage_and_moves_are_those_of_the_english_twin(question: str, english: str) -> None:
    ours, theirs = program().ask(question), program().ask(english)
    assert ours.assessment.stage.id is theirs.assessment.stage.id
    assert set(ours.assessment.recommended_moves) == set(theirs.assessment.recommended_moves)
    assert set(ours.answer.recommended_moves) == set(theirs.answer.recommended_moves)
    assert set(ours.answer.advised_against) == set(theirs.answer.advised_against)


def test_french_is_answered_in_english_with_one_sentence_about_it() -> None:
    answer = program().ask("Nous sommes à 8 M€ d'ARR. Par où commencer avec les partenaires ?")
    assert answer.language == "en"
    assert answer.text.count("I read French") == 1


def test_a_language_that_is_not_read_is_answered_with_those_that_are() -> None:
    answer = program().ask("Tenemos 12 socios y somos una empresa de software, ¿qué debemos hacer con los partners para crecer?")
    assert answer.language == "en"
    assert answer.text.count("I read English, German and French") == 1


def test_what_exists_in_english_only_is_quoted_and_said_so() -> None:
    answers = [program().ask(twin["de"]) for twin in TWINS]
    for answer in answers:
        said = any(claim.text.startswith("„") for claim in answer.answer.claims)
        assert ("liegt nur auf Englisch vor" in answer.text) <= said


def test_every_move_is_said_in_german() -> None:
    wording = GERMAN.wording("", BOOK.thresholds)
    english = library.load().wording("", BOOK.thresholds)
    same = [move for move in Move if wording.say(f"moves.{move}.do") == english.say(f"moves.{move}.do")]
    assert same == []
