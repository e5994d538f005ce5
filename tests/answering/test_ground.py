"""What the gate lets through, what it withholds, and the reason it gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest

from advisor.answering.ground import Grounded, ground
from advisor.domain import (
    Client,
    Computation,
    DraftClaim,
    Evidence,
    EvidenceClass,
    EvidenceKind,
    Metric,
    Move,
    Partners,
    Stance,
    Support,
    Unit,
)


class Said(NamedTuple):
    """A stand-in for the recogniser's mention."""

    move: Move
    start: int = 0
    end: int = 0
    against: bool = False
    advised: bool = False


def reader(text: str) -> Sequence[Said]:
    """Knows one move by one word: enough to see what the gate does with mentions."""
    if "tiers" not in text.lower():
        return ()
    against = "not " in text.lower() or "no tiers" in text.lower()
    return (Said(Move.TIERED_PROGRAMME, against=against, advised=not against and text.startswith(("Launch", "You should"))),)


def evidence(id_: str, says: str, kind: EvidenceKind = EvidenceKind.PASSAGE, **more: Any) -> Evidence:
    return Evidence(
        id=id_, kind=kind, title=f"Title of {id_}", publisher="A publisher", evidence_class=EvidenceClass.PRACTITIONER,
        source_doc="000", place="000 › here", locator="doc-000:here", says=says, **more,
    )


SHELF = {
    piece.id: piece
    for piece in (
        evidence("speed", "ELG deals close 46 % faster.", year=2023),
        evidence("odds", "ELG deals are 53 % more likely to close."),
        evidence("cost", "A partner gives a vendor priority when it earns 2.5–3 times its opportunity cost."),
        evidence("fee", "SaaS referral partners get 10–20 % of first-year contract value."),
        evidence("gap", "A partner-sourced win rate more than 15 percentage points above the direct one calls for more investment."),
        evidence("stage", "Below €5M ARR there is no programme to put tiers on.", EvidenceKind.RULE),
    )
}
QUESTION = "Our consultants get 1,500 € per referral that closes. They put in about 6 hours and bill 180 €/h elsewhere. Deals are 24k a year. Our activation rate is 46 %."


def held(*draft: DraftClaim, question: str = QUESTION, client: Client | None = None, forbidden: frozenset[Move] = frozenset()) -> Grounded:
    return ground(draft, SHELF, question=question, client=client or Client(), forbidden=forbidden, mentions=reader)


def claim(text: str, *ids: str, kind: str = "figure", **more: Any) -> DraftClaim:
    return DraftClaim.model_validate({"text": text, "evidence": ids, "kind": kind, **more})


def reason(*draft: DraftClaim, **more: Any) -> str:
    result = held(*draft, **more)
    assert [item.text for item in result.verification.removed] == [item.text for item in draft]
    return result.verification.removed[0].reason


def test_citations_are_numbered_by_first_use_and_only_cited_ones_listed() -> None:
    result = held(claim("ELG deals are 53 % more likely to close.", "odds"), claim("ELG deals close 46 % faster.", "speed", "odds"), claim("SaaS referral partners get 7 %.", "fee"))
    assert [(item.n, item.text, item.citations) for item in result.claims] == [
        (1, "ELG deals are 53 % more likely to close.", (1,)),
        (2, "ELG deals close 46 % faster.", (2, 1)),
    ]
    assert [(item.n, item.id, item.says) for item in result.citations] == [(1, "odds", SHELF["odds"].says), (2, "speed", SHELF["speed"].says)]


def test_a_cited_figure_has_its_characters_and_citation() -> None:
    use = held(claim("ELG deals close 46 % faster.", "odds", "speed")).claims[0].figures[0]
    assert (use.text, use.start, use.end, use.support, use.citation) == ("46 %", 16, 20, Support.CITED, 2)


def test_a_figure_of_other_evidence_is_named() -> None:
    assert reason(claim("ELG deals close 46 % faster.", "fee"), claim("ELG deals are 53 % more likely to close.", "odds").model_copy(update={"evidence": ("fee",)})) == (
        "46 % stands in “Title of speed”, not in the cited “Title of fee”"
    )


@pytest.mark.parametrize(
    ("text", "ids", "words"),
    [
        ("ELG deals close 53 % faster.", ("speed", "odds"), "53 % is not what the cited"),
        ("ELG deals close 46 % slower.", ("speed",), "points another way"),
        ("ELG deals close 46 percentage points faster.", ("speed",), "another unit"),
        ("ELG deals close more than 46 % faster.", ("speed",), "belong to the figure"),
        ("SaaS referral partners get 20 % of first-year contract value.", ("fee",), "the range"),
        ("ELG deals close 99 % faster.", (), "neither cited, nor given by the client, nor computed"),
        ("ELG deals closed 46 % faster in 2022.", ("speed",), "does not stand in the evidence"),
    ],
)
def test_an_unsupported_figure_is_withheld_with_the_reason(text: str, ids: tuple[str, ...], words: str) -> None:
    assert words in reason(claim(text, *ids))


def test_the_year_of_the_evidence_supports_a_year() -> None:
    assert held(claim("In 2023, ELG deals closed 46 % faster.", "speed")).verification.cited == 2


def test_a_figure_of_the_client_is_given_when_said_of_the_client() -> None:
    result = held(claim("Your activation rate of 46 % is a start.", "stage", kind="advice"))
    assert [use.support for use in result.claims[0].figures] == [Support.GIVEN]


@pytest.mark.parametrize("text", ["Activation rates of 46 % are typical.", "Most companies reach 46 %.", "The benchmark you should reach is an average of 46 %."])
def test_a_figure_of_the_client_supports_no_general_statement(text: str) -> None:
    assert "46 %" in reason(claim(text, "fee", kind="fact"))


def test_a_figure_of_the_client_is_not_moved_to_another_subject() -> None:
    client = Client(metrics={"activation_rate": Metric(value=46, unit=Unit.PERCENT), "win_rate_partner": Metric(value=30, unit=Unit.PERCENT)})  # type: ignore[arg-type]
    assert held(claim("Your partner win rate is 30 %.", "fee"), question="", client=client).verification.given == 1
    assert "46 %" in reason(claim("Your partner win rate is 46 %.", "fee"), question="", client=client)


@pytest.mark.parametrize("question", ["Is it true that ELG deals close 60 % faster?", "A vendor told us ELG deals close 60 % faster.", "ELG deals close 60 % faster, right?"])
def test_what_others_claim_is_not_given(question: str) -> None:
    assert "60 %" in reason(claim("ELG deals close 60 % faster.", "speed"), question=question)
    assert "60 %" in reason(claim("You can expect ELG deals to close 60 % faster.", "speed"), question=question)
    assert held(claim("I know no source for 60 %.", kind="refusal"), question=question).verification.given == 1


def test_typed_facts_are_given() -> None:
    client = Client(arr="8M EUR", partners=Partners(signed=3), programme_age_months=7)  # type: ignore[arg-type]
    result = held(claim("You have €8M ARR, 3 partners and a programme 7 months old.", "stage", kind="advice"), question="", client=client)
    assert result.verification.given == 3


def sums(*pairs: tuple[str, str, str]) -> tuple[Computation, ...]:
    return tuple(Computation.model_validate({"formula": formula, "result": result, "unit": unit}) for formula, result, unit in pairs)


def test_sums_are_worked_out_again_and_build_on_each_other() -> None:
    result = held(
        claim("They earn 250 €/h on your referrals (1,500 ÷ 6).", computed=sums(("1500 ÷ 6", "250", "EUR per hour"))),
        claim("That makes 450–540 €/h.", "cost", computed=sums(("180 × 2.5", "450", "EUR per hour"), ("180 × 3", "540", "EUR per hour"))),
        claim("For six hours that is 2,700–3,240 € a referral (450 × 6 to 540 × 6).", computed=sums(("450 × 6", "2700", "EUR"), ("540 × 6", "3240", "EUR"))),
        claim("It is 11.3 % of a contract of 24,000.", computed=sums(("2700 ÷ 24000 × 100", "11.3", "percent"))),
    )
    assert result.verification.removed == ()
    assert [use.support for use in result.claims[0].figures] == [Support.COMPUTED] * 3
    assert result.claims[2].figures[1].formula == "450 × 6 to 540 × 6"
    assert result.verification.figures == result.verification.given + result.verification.computed


@pytest.mark.parametrize(
    ("text", "computed", "words"),
    [
        ("They earn 260 €/h.", ("1500 ÷ 6", "260", "EUR per hour"), "1500 ÷ 6 gives 250, not 260"),
        ("They earn 300 €/h.", ("1800 ÷ 6", "300", "EUR per hour"), "the input 1800 of 1800 ÷ 6 is neither given nor cited"),
        ("They earn 250 % on it.", ("1500 ÷ 6", "250", "EUR per hour"), "250 %"),
        ("They earn 250 €/h.", ("1500 ÷ (3 − 3)", "250", "EUR per hour"), "divides by zero"),
        ("They earn 250 €/h.", ("open the door", "250", "EUR per hour"), "is not a formula"),
    ],
)
def test_a_wrong_sum_is_withheld(text: str, computed: tuple[str, str, str], words: str) -> None:
    assert words in reason(claim(text, "cost", computed=sums(computed)))


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (claim("Hire somebody.", kind="advice"), "advice without a rule or passage"),
        (claim("Trust decides.", kind="fact"), "a fact without a passage or record"),
        (claim("Trust decides.", "stage", kind="fact"), "a fact without a passage or record"),
        (claim("Hire somebody.", "gone", kind="advice"), "'gone', which is not among the evidence"),
        (claim("See https://example.com for more.", "stage", kind="advice"), "link"),
        (claim("See [this](javascript:x) now.", "stage", kind="advice"), "link"),
        (claim("![x](data:image/png;base64,AA)", "stage", kind="advice"), "link"),
        (claim("Trust decides [7].", "fee", kind="fact"), "its own citation numbers"),
        (claim("You should add tiers now.", kind="question"), "advice without a rule or passage"),
    ],
)
def test_a_claim_without_a_basis_is_withheld(draft: DraftClaim, words: str) -> None:
    result = held(draft)
    assert result.claims == ()
    assert words in result.verification.removed[0].reason
    assert "http" not in result.verification.removed[0].text


def test_questions_and_refusals_need_no_evidence() -> None:
    result = held(claim("Who owns partners today?", kind="question"), claim("I have no figure for this and will not make one up.", kind="refusal"))
    assert [item.citations for item in result.claims] == [(), ()]


FORBIDDEN = frozenset({Move.TIERED_PROGRAMME})


@pytest.mark.parametrize("draft", [claim("Launch tiers now.", "stage", kind="advice"), claim("Gold helps partners.", "stage", kind="advice", stance="advise", moves=["tiered_programme"])])
def test_a_forbidden_move_is_never_advised(draft: DraftClaim) -> None:
    assert reason(draft, forbidden=FORBIDDEN) == "it advises tiered programme, which the rules do not allow for this client"


def test_a_forbidden_move_may_be_mentioned_and_advised_against() -> None:
    result = held(
        claim("Tiers come with a later stage.", "stage", kind="advice", moves=["tiered_programme"]),
        claim("Do not launch tiers yet.", "stage", kind="advice", stance="advise_against", moves=["tiered_programme"]),
        forbidden=FORBIDDEN,
    )
    assert [(item.stance, item.moves) for item in result.claims] == [(Stance.MENTION, (Move.TIERED_PROGRAMME,)), (Stance.ADVISE_AGAINST, (Move.TIERED_PROGRAMME,))]


def test_words_decide_over_a_declared_list() -> None:
    said = held(claim("Do not launch tiers yet.", "stage", kind="advice", stance="advise", moves=["tiered_programme", "resellers"])).claims[0]
    assert (said.stance, said.moves) == (Stance.ADVISE_AGAINST, (Move.TIERED_PROGRAMME,))


def test_counts_of_a_shown_answer_add_up() -> None:
    checked = held(claim("ELG deals close 46 % faster.", "speed"), claim("Your activation rate is 46 %.", "fee"), claim("It is 12 %.", "fee")).verification
    assert (checked.figures, checked.cited, checked.given, checked.computed) == (2, 1, 1, 0)
    assert (checked.unsupported, checked.uncited_claims, checked.rule_violations, len(checked.removed)) == (0, 0, 0, 1)


def test_all_of_many_claims_are_grounded() -> None:
    draft = [claim(f"ELG deals close 46 % faster, and here is sentence {word}.", "speed", "odds", "fee") for word in "abcdefghijklmnopqrst"]
    assert len(held(*draft).claims) == 20
