"""Each scorer beside an answer that is right and one that is planted wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import log2
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor import library
from advisor.answering import prompts
from advisor.domain import Answer, Applies, Client, ClaimKind, Move, Stance, Support
from advisor.evaluation import suites
from advisor.evaluation.baseline import compare, differences
from advisor.evaluation.cases import Case, case_of
from advisor.evaluation.observe import evaluate
from advisor.evaluation.results import Result, Run, Scored, means
from advisor.evaluation.scorers import SCORERS, Score
from advisor.evaluation.scorers.cost import cost
from advisor.evaluation.scorers.invariance import invariance
from advisor.evaluation.scorers.latency import latency
from advisor.evaluation.scorers.prompts import sentences_of, stated
from advisor.evaluation.scorers.retrieval import gain, reciprocal_rank
from advisor.evaluation.scorers.sentences import same
from advisor.evaluation.seen import Seen
from advisor.evaluation.subjects import Subject

QUESTION = "We're at €3M ARR and the board wants partner tiers by March. Is that right for us?"
FIGURE = "What is the win rate with 60 partners connected for account mapping? We are at 20M EUR ARR."
Change = Callable[[Answer], Answer]


def case(expected: dict[str, Any] | None = None, *, question: str = QUESTION, **more: Any) -> Case:
    return case_of({"suite": "s", "kind": "answers", "name": "a", "inputs": {"question": question}, "expected": expected or {}, **more})


def scored(name: str, subject: Subject, of: Case, change: Change = lambda answer: answer) -> Score | None:
    """The score of an answer that was changed on its way."""
    seen = Seen(subject, change(subject.answer(of)))
    return next(scorer for scorer in SCORERS if scorer.name == name).score(of, seen)


def reply(**changes: Any) -> Change:
    return lambda answer: answer.model_copy(update={"answer": answer.answer.model_copy(update=changes)})


def claims(**changes: Any) -> Change:
    """Every claim changed alike."""
    return lambda answer: reply(claims=tuple(claim.model_copy(update=changes) for claim in answer.answer.claims))(answer)


def also_said(text: str) -> Change:
    """The text at the end of the answer, and as a claim of its own."""

    def change(answer: Answer) -> Answer:
        claim = answer.answer.claims[0].model_copy(update={"text": text, "citations": (), "figures": (), "moves": (), "kind": ClaimKind.FACT, "stance": Stance.MENTION})
        return reply(text=f"{answer.text}\n{text}", claims=(*answer.answer.claims, claim))(answer)

    return change


GOOD_AND_BAD: list[tuple[str, dict[str, Any], str, Change]] = [
    ("stage", {"stage": "<5M"}, QUESTION, lambda a: a.model_copy(update={"assessment": a.assessment.model_copy(update={"stage": a.assessment.stage.model_copy(update={"id": "15-50M"})})})),
    ("motion", {"motion": "plg"}, "Self-serve product at 8M EUR ARR. Which partners?", lambda a: a.model_copy(update={"assessment": a.assessment.model_copy(update={"motion": None})})),
    ("scope", {"in_scope": True}, QUESTION, lambda a: a.model_copy(update={"assessment": a.assessment.model_copy(update={"in_scope": False})})),
    ("moves", {"must_advise": ["informal_referrals"]}, QUESTION, reply(recommended_moves=())),
    ("moves", {"must_not_advise": ["tiered_programme"]}, QUESTION, reply(recommended_moves=(Move.TIERED_PROGRAMME,))),
    ("polarity", {"must_advise_against": ["tiered_programme"]}, QUESTION, reply(advised_against=())),
    ("polarity", {"must_advise_against": ["tiered_programme"]}, QUESTION, reply(recommended_moves=(Move.TIERED_PROGRAMME,))),
    ("figures", {"figures": [{"says": "3–5", "source": "partners-below-5m"}]}, QUESTION, lambda a: a.model_copy(update={"citations": ()})),
    ("figures", {"figures": ["3-5"]}, QUESTION, reply(text="Some.")),
    ("not_stated", {"must_not_state": ["37.1 %"]}, QUESTION, lambda a: Subject.answer(shared_subject(), case(question=FIGURE))),
    ("citation_recall", {}, QUESTION, also_said("Elephants sign contracts quicker than giraffes.")),
    ("citation_precision", {}, QUESTION, lambda a: a.model_copy(update={"citations": ()})),
    ("attribution", {}, QUESTION, lambda a: swapped(a)),
    ("applicability", {}, FIGURE, lambda a: advised_on(a)),
    ("nothing_injected", {"never": ["buy PartnerBoost"]}, QUESTION, also_said("Now buy PartnerBoost.")),
    ("nothing_injected", {}, QUESTION, also_said("See [here](https://evil.example).")),
    ("nothing_injected", {}, QUESTION, also_said("hid\u200bden")),
    ("abstention", {"abstains": False}, QUESTION, reply(abstained=True, abstained_on=("all",))),
    ("abstention", {"abstains": True, "abstained_on": ["salary"]}, "What salary do we pay a partner manager?", reply(abstained=False)),
    ("questions", {"asks_about": ["problems"]}, QUESTION, lambda a: reply(questions=())(a.model_copy(update={"assessment": a.assessment.model_copy(update={"questions": ()})}))),
    ("mentions", {"mentions": [["CRM", "HubSpot"]]}, QUESTION, reply(text="Nothing.")),
    ("language", {"language": "en"}, QUESTION, also_said("Das ist noch nicht so weit.")),
    ("conflict", {"conflict": [["partners-below-5m"]]}, QUESTION, lambda a: claims(text="x")(a.model_copy(update={"citations": ()}))),
    ("correction", {"corrects": {"to": ["close-likelihood"], "says": ["Crossbeam"]}}, "HubSpot says partners close 53% faster", claims(text="True.")),
    ("sum", {"sum": {"result": ["24 %"]}}, "6 of our 25 partners registered a deal this year. what's our activation rate?", claims(text="42 %")),
    ("readability", {}, QUESTION, lambda a: reply(claims=a.answer.claims * 2)(a)),
    ("readability", {}, QUESTION, lambda a: also_said(f"**{a.answer.claims[0].text.upper()}**")(a)),
]  # fmt: skip


def shared_subject() -> Subject:
    import os

    return Subject(Path(os.environ["ADVISOR_HOME"]))


def swapped(answer: Answer) -> Answer:
    """Every cited figure cites the piece after the one that says it."""
    n = len(answer.citations)
    turned = tuple(
        claim.model_copy(
            update={
                "citations": (99,),
                "figures": tuple(use.model_copy(update={"citation": 99}) if use.support is Support.CITED else use for use in claim.figures),
            }
        )
        for claim in answer.answer.claims
    )
    assert n
    return reply(claims=turned)(answer)


def advised_on(answer: Answer) -> Answer:
    """Every claim advises, on records whose condition fails."""
    cited = tuple(citation.model_copy(update={"applies": Applies.NO}) for citation in answer.citations)
    return claims(stance=Stance.ADVISE)(answer.model_copy(update={"citations": cited}))


@pytest.mark.parametrize(("name", "expected", "question", "change"), GOOD_AND_BAD, ids=[f"{n}-{row[0]}" for n, row in enumerate(GOOD_AND_BAD)])
def test_a_right_answer_scores_one_and_a_planted_wrong_one_less_with_a_reason(name: str, expected: dict[str, Any], question: str, change: Change, subject: Subject) -> None:
    of = case(expected, question=question)
    good, bad = scored(name, subject, of), scored(name, subject, of, change)
    assert good is None or good == Score(1.0)
    assert good is not None or name == "applicability"
    assert bad is not None
    assert bad.value < 1
    assert bad.why


@pytest.mark.parametrize("name", [scorer.name for scorer in SCORERS if scorer.kind == "answers" and scorer.name not in {
    "citation_recall", "citation_precision", "attribution", "applicability", "nothing_injected", "readability", "polarity",
}])  # fmt: skip
def test_what_a_case_does_not_expect_is_not_scored(name: str, subject: Subject) -> None:
    assert scored(name, subject, case()) is None


@pytest.mark.parametrize(("seconds", "value"), [(0.2, 1.0), (1.0, 1.0), (4.0, 0.25)])
def test_latency_falls_once_people_notice_that_they_wait(subject: Subject, seconds: float, value: float) -> None:
    score = latency(case(), Seen(subject, seconds=seconds))
    assert score is not None
    assert score.value == value
    assert bool(score.why) == (value < 1)


def test_of_a_model_the_time_of_its_service_counts_also_when_that_was_long_ago(subject: Subject) -> None:
    assert latency(case(), Seen(subject, seconds=0.1, shown={"model": {"seconds": 2.0, "cost": None}})) == Score(0.5, "2.0 seconds")


@pytest.mark.parametrize(("shown", "value"), [({}, None), ({"model": {"cost": None}}, None), ({"model": {"cost": 0.004}}, 1.0), ({"model": {"cost": 0.04}}, 0.25)])
def test_cost_is_scored_where_a_model_has_a_price(subject: Subject, shown: dict[str, Any], value: float | None) -> None:
    score = cost(case(), Seen(subject, shown=shown))
    assert (score and score.value) == value


def test_what_differs_by_itself_is_never_gated_nor_said_to_have_changed() -> None:
    slow, quick = (Result(suite="s", case="c", scores={"latency": Scored(value=value), "cost": Scored(value=value)}) for value in (0.1, 0.9))
    assert differences(slow, {}) == []
    runs = [Run(subject="advisor", knowledge_version="k", code_version="c", began="b", results=(result,)) for result in (slow, quick)]
    assert compare(*runs) == []
    assert not slow.short


def test_may_advise_forbids_everything_else(subject: Subject) -> None:
    of = case({"must_advise": ["informal_referrals"], "may_advise": []})
    allowed = [move.value for move in subject.answer(of).answer.recommended_moves]
    strict, loose = scored("moves", subject, of), scored("moves", subject, case({"must_advise": ["informal_referrals"], "may_advise": allowed}))
    assert loose == Score(1.0)
    assert strict is not None
    assert strict.value < 1


def test_an_option_of_the_client_wins_over_the_words(subject: Subject) -> None:
    of = case({"stage": "15-50M"}).model_dump(mode="json", exclude_defaults=True)
    of["inputs"]["client"] = {"arr": "22M EUR"}
    assert subject.answer(case_of(of)).assessment.stage.id == "unknown" or subject.answer(case_of(of)).assessment.client.arr.amount == 22_000_000  # type: ignore[union-attr]


def test_a_crash_of_the_subject_is_a_score_of_nothing(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "answer", lambda of: 1 / 0)
    result = evaluate(case(), subject)
    assert result.scores["runs"].value == 0
    assert "ZeroDivisionError" in result.scores["runs"].why
    assert list(result.short) == ["runs"]


def retrieved(found: list[str], wanted: list[str]) -> tuple[Case, Seen]:
    of = case_of({"suite": "s", "kind": "retrieval", "name": "a", "inputs": "q", "expected": wanted})
    return of, Seen(None, found=tuple(found))  # type: ignore[arg-type]


@given(st.permutations(list("abcdefghij")), st.sets(st.sampled_from("abcdefghijkl"), min_size=1))
def test_the_order_of_what_is_found_is_scored_by_the_formulas(found: list[str], wanted: set[str]) -> None:
    of, seen = retrieved(found, sorted(wanted))
    places = [place for place, id_ in enumerate(found, 1) if id_ in wanted]
    assert reciprocal_rank(of, seen).value == pytest.approx(1 / places[0] if places else 0, abs=1e-4)
    best = sum(1 / log2(place + 1) for place in range(1, min(len(wanted), 10) + 1))
    assert gain(of, seen).value == pytest.approx(sum(1 / log2(place + 1) for place in places) / best, abs=1e-4)


@given(st.lists(st.sampled_from("abcdef"), unique=True, min_size=2, max_size=6))
def test_moving_an_answer_forward_never_lowers_its_score(found: list[str]) -> None:
    wanted = found[-1]
    later, earlier = retrieved(found, [wanted]), retrieved([wanted, *found[:-1]], [wanted])
    assert reciprocal_rank(*earlier).value == gain(*earlier).value == 1
    assert reciprocal_rank(*later).value < 1
    assert gain(*later).value < 1


def test_a_group_is_held_against_its_first_case() -> None:
    cases = [case(name=name, metadata={"group": "g", "vary": "paraphrase"}) for name in ("a", "b", "c")]
    same = {"stage": "<5M", "advised": ["x", "y"], "advised_against": []}
    scores = invariance(cases, {"a": same, "b": {**same, "advised": ["y", "x"]}, "c": {**same, "stage": "5-15M", "advised": ["x"]}})
    assert scores == {"b": Score(1.0), "c": Score(0.0, "not as a: stage +5-15M, -<5M; advised -y")}


def test_figures_that_no_record_carries_are_told_from_those_that_it_does(subject: Subject) -> None:
    says = subject.library.say_record("partners-below-5m")
    for text, supported in ((says, True), (says.replace("3–5", "30–50"), False)):
        right, wrong = (
            evaluate(case_of({"suite": "s", "kind": "figures", "name": "a", "inputs": {"says": text, "cites": "partners-below-5m"}, "expected": {"supported": told}}), subject)
            for told in (supported, not supported)
        )
        assert (right.scores["figure_check"].value, wrong.scores["figure_check"].value) == (1, 0)


def test_a_fact_too_much_lowers_precision_and_one_too_few_recall(subject: Subject) -> None:
    def read(facts: dict[str, Any]) -> dict[str, float]:
        table = {"suite": "s", "kind": "intake", "name": "a", "inputs": {"say": "We're at 8M EUR ARR, mid-touch.", "lang": "en"}, "expected": {"facts": facts, "sure": {}}}
        return {name: score.value for name, score in evaluate(case_of(table), subject).scores.items()}

    right = {"arr": "8000000 EUR", "motion": "mid_touch"}
    assert read(right) == {"intake_precision": 1, "intake_recall": 1, "intake_confidence": 1}
    assert read({"arr": "8000000 EUR"})["intake_precision"] == 0.5
    assert read({**right, "owner": "founder"})["intake_recall"] == pytest.approx(2 / 3, abs=1e-3)


def test_means_are_over_the_cases_that_are_scored() -> None:
    results = [
        Result.model_validate({"suite": "s", "case": name, "scores": {key: {"value": value} for key, value in scores.items()}})
        for name, scores in (("a", {"stage": 1.0, "mrr": 0.5}), ("b", {"stage": 0.0}), ("c", {"mrr": 1.0}))
    ]
    assert [(mean.scorer, mean.mean, mean.cases, mean.short, mean.met) for mean in means(results)] == [("stage", 0.5, 2, 1, False), ("mrr", 0.75, 2, 0, True)]


def test_no_client_of_the_users_settings_reaches_a_case(subject: Subject) -> None:
    assert subject.settings.client == Client()
    assert subject.language("Hallo, wir haben 8 Mio. Euro ARR.") == "de"


def of_kind(kind: str, inputs: Any, expected: dict[str, Any], subject: Subject) -> dict[str, tuple[float, str]]:
    result = evaluate(case_of({"suite": "s", "kind": kind, "name": "a", "inputs": inputs, "expected": expected}), subject)
    return {name: (score.value, score.why) for name, score in result.scores.items()}


LEDGER = {
    "value": [5, 10], "unit": "count", "holds": [{"arr_eur": 5_000_000}], "fails": [{"arr_eur": 15_000_000}], "publisher": "Neon Triforce", "evidence": "practitioner",
    "document": "000", "says": [["first partner hire"]],
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"value": [5, 12]}, "high is 10 instead of 12"),
        ({"value": 5}, "high is 10 instead of 5"),
        ({"unit": "percent"}, "unit is count instead of percent"),
        ({"open": "above"}, "open is none instead of above"),
        ({"about": True}, "about is False instead of True"),
        ({"change": "increase"}, "change is level instead of increase"),
        ({"holds": [{"arr_eur": 15_000_000}], "fails": []}, "for arr_eur 15000000 it is no instead of yes"),
        ({"holds": [], "fails": []}, "condition is {'arr_eur': '[5e6, 15e6)'} instead of nothing"),
        ({"publisher": "Crossbeam", "year": 2023}, "publisher is Neon Triforce instead of Crossbeam, year is nothing instead of 2023"),
        ({"evidence": "analyst"}, "evidence is practitioner instead of analyst"),
        ({"document": "002"}, "document is 000 instead of 002"),
        ({"says": [["two people", "a team"]]}, "sentence is “From €5M"),
    ],
)
def test_each_field_of_a_record_is_held_against_its_second_statement(subject: Subject, change: dict[str, Any], why: str) -> None:
    assert of_kind("records", "partners-5-15m", LEDGER, subject) == {"record": (1.0, "")}
    value, told = of_kind("records", "partners-5-15m", {**LEDGER, **change}, subject)["record"]
    assert value < 1
    assert told.startswith(why)


def test_a_source_is_held_by_publisher_year_and_class(subject: Subject) -> None:
    right = {"publisher": "Crossbeam", "year": 2023, "evidence": "vendor_survey"}
    assert of_kind("records", "crossbeam-state-2023", right, subject)["record"][0] == 1
    assert of_kind("records", "crossbeam-state-2023", {**right, "year": 2024}, subject)["record"] == (0.6667, "year is 2023 instead of 2024")


@pytest.mark.parametrize(
    ("inputs", "right", "wrong", "why"),
    [
        ({"table": "stage", "given": {"arr_eur": 14_999_999}}, {"gives": {"stage": "5-15M"}}, {"gives": {"stage": "15-50M"}}, "gives is stage 5-15M instead of stage 15-50M"),
        ({"table": "tiers", "given": {"stage": "5-15M"}}, {"verdicts": {"tiered_programme": "forbid"}, "only": True}, {"verdicts": {"tiered_programme": "recommend"}}, "tiered_programme is forbid"),
        ({"table": "elg", "given": {"mapped_partners": 9}}, {"verdicts": {"full_elg_overlay": "forbid"}}, {"only": True}, "other verdicts is account_mapping_at_scale, full_elg_overlay"),
        ({"table": "rep_pay", "given": {"deal": "co_sold"}}, {"gives": {"share": "rep-co-sold-pay"}}, {"gives": {"share": "rep-sourced-pay"}}, "gives is share rep-co-sold-pay"),
        ({"sum": "ltv", "given": {"size": 1000, "margin": 0.8, "churn": 0.2}}, {"comes_to": 4000}, {"comes_to": 160}, "comes_to is 4000.0 instead of 160.0"),
        ({"client": {"arr": "30M EUR"}}, {"stage": "15-50M", "tools": {"Kiflo": "not_for_you"}}, {"also": ["5-15M"]}, "also is nothing instead of 5-15M"),
    ],
)
def test_what_the_rules_decide_is_held_against_its_second_statement(subject: Subject, inputs: dict[str, Any], right: dict[str, Any], wrong: dict[str, Any], why: str) -> None:
    assert of_kind("decisions", inputs, right, subject) == {"decided": (1.0, "")}
    value, told = of_kind("decisions", inputs, wrong, subject)["decided"]
    assert value < 1
    assert told.startswith(why)


def test_a_table_or_sum_that_does_not_exist_is_named_with_those_that_do(subject: Subject) -> None:
    assert "There is no sum 'profits'. Known: " in of_kind("decisions", {"sum": "profits", "given": {"deals": 1}}, {}, subject)["runs"][1]
    assert "There is no table 'tires'. Known: business" in of_kind("decisions", {"table": "tires"}, {}, subject)["runs"][1]


def test_a_figure_that_a_sentence_does_not_show_is_named(subject: Subject) -> None:
    key = "moves.resolve_conflict_48h"
    assert of_kind("sentences", key, {"shows": {f"{key}.noun": ["48 hours"]}}, subject)["shown"][0] == 1
    assert of_kind("sentences", key, {"shows": {f"{key}.noun": ["24 hours"]}}, subject)["shown"] == (0.0, f"not shown: 24 hours in {key}.noun")


@pytest.mark.parametrize(
    ("english", "german", "alike"),
    [
        ("Not yet: tiers wait.", "Noch nicht: Tiers warten.", True),
        ("Now: tiers wait.", "Noch nicht: Tiers warten.", False),
        ("Fits: launch tiers.", "Noch nicht: Tiers starten.", False),
        ("Never add the two.", "Addieren Sie beides nie.", True),
        ("Always add the two.", "Addieren Sie beides nie.", False),
        ("Prove a deal before marketing.", "Weisen Sie einen Deal nach, bevor Sie werben.", True),
        ("Prove a deal after marketing.", "Weisen Sie einen Deal nach, bevor Sie werben.", False),
        ("They come after integrations.", "Sie kommen nach den Integrationen.", True),
        ("They come before integrations.", "Sie kommen nach den Integrationen.", False),
        ("More partners would be idle.", "Weitere Partner stünden still.", True),
        ("Fewer partners would be idle.", "Weitere Partner stünden still.", False),
        ("Firms that look after customers.", "Firmen vor Ort, die Kunden betreuen.", True),
        ("Below €5M there is none.", "Unter 5 Mio. € gibt es keine.", True),
        ("Above €5M there is none.", "Unter 5 Mio. € gibt es keine.", False),
        ("By fit rather than by name.", "Nach Passung statt nach Namen.", True),
    ],
)
def test_a_sentence_and_its_translation_say_yes_and_no_alike(english: str, german: str, alike: bool) -> None:
    assert same(english, german) is alike


def test_an_answer_that_slips_from_the_first_place_is_found_out(subject: Subject) -> None:
    wanted = {"first": ["price-introw"], "held": True}
    assert of_kind("retrieval", "What does Introw cost?", wanted, subject) == {"first": (1.0, ""), "held": (1.0, "")}
    other = of_kind("retrieval", "What does Introw cost?", {"first": ["tools#first-programme-a-light-tool"], "held": False}, subject)
    assert other["first"] == (0.5, "price-introw comes first, and tools#first-programme-a-light-tool at 2")
    assert other["held"] == (0.0, "said to be held, and is not")
    assert of_kind("retrieval", "Which football club won the cup?", {"held": False}, subject) == {"held": (1.0, "")}


def test_a_word_that_is_taken_for_another_is_named(subject: Subject) -> None:
    words = {"lang": "de", "words": ["Umsatz", "Partnerschaften", "Xylophon"]}
    right = {"english": [["revenue"], ["partnership", "alliance"], ["xylophone"]]}
    assert of_kind("words", words, right, subject)["words"] == (0.6667, "Xylophon is nothing instead of xylophone")
    assert of_kind("words", {**words, "words": ["Umsatz"]}, {"english": [["profit"]]}, subject)["words"] == (0.0, "Umsatz is revenue instead of profit")


def test_a_prompt_is_held_to_what_it_must_tell_in_one_sentence(subject: Subject) -> None:
    told = of_kind("prompts", "repair", {"tells": [["only these", "same form"], ["only these", "words of the point"], ["always polite"]]}, subject)
    assert told["tells"] == (0.3333, "not told: only these … words of the point, always polite")


def test_every_sentence_is_held_in_both_languages_and_every_figure_in_it_is_stated() -> None:
    (suite,) = suites.find(["sentences"])
    below = tuple(f"{case.inputs}." for case in suite.cases)
    stated_keys = {key for case in suite.cases for key in case.expected.shows}
    phrases = library.load().phrases
    apart = ("units.", "answers.either.")  # forms of units; the order of two, which German tells by other words
    assert [key for key in phrases if not f"{key}.".startswith((*below, *apart))] == []
    assert [key for key, wordings in phrases.items() if key not in stated_keys and any(re.search(r"\{(?:fig|rule):", text) for text in wordings)] == []


def test_a_german_prefix_at_the_end_of_a_clause_is_no_before() -> None:
    english = "Propose an offer, with the split agreed before it goes out."
    assert same(english, "Schlagen Sie ein Angebot vor und vereinbaren Sie die Aufteilung, bevor es hinausgeht.")
    assert not same(english, "Schlagen Sie ein Angebot vor und vereinbaren Sie die Aufteilung, nachdem es hinausgeht.")


def test_every_sentence_of_every_prompt_is_stated_by_a_case() -> None:
    (suite,) = suites.find(["prompts"])
    wanted = {name: [words for case in suite.cases if case.inputs == name for words in case.expected.tells] for name in prompts.NAMES}
    assert [(name, sentence) for name in prompts.NAMES for sentence in sentences_of(prompts.load(name)) if not any(stated(words, sentence) for words in wanted[name])] == []
