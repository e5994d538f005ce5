"""What one turn said can be put onto any client and taken back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.domain import Client, Decision, Fact, FactChange, Metric, Move, Partners
from advisor.domain.changes import applied, changes, facts_of, inverse
from advisor.domain.vocabulary import Motion, Problem, Unit

DAY = date(2026, 11, 26)


def fact(quote: str) -> Fact:
    return Fact(origin="text", quote=quote, stated_on=DAY)


EMPTY = Client()
FULL = Client(
    arr="8.2M USD",
    motion=Motion.MID_TOUCH,
    problems=(Problem.DISTRIBUTION, Problem.CREDIBILITY),
    direct_predictable=False,
    partners=Partners(signed=12, mapped=0),
    metrics={"activation_rate": Metric(value="46.5", unit=Unit.PERCENT, quote="46.5%")},
    in_place=(Move.TIERED_PROGRAMME,),
    decided=(Decision(move=Move.RESELLERS, by="board", on=DAY, reason="They promised it."),),
    fx={"USD": "0.92"},
    facts={"arr": fact("$8.2M"), "signed_partners": fact("12 partners"), "metric_activation_rate": fact("46.5%"), "problems": fact("reach")},
)
OTHER = Client(arr="9M EUR", partners=Partners(signed=3), in_place=(Move.TAG_CRM,), facts={"arr": fact("9M")})


@pytest.mark.parametrize("before", [EMPTY, FULL, OTHER])
@pytest.mark.parametrize("after", [EMPTY, FULL, OTHER])
def test_changes_lead_from_one_client_to_the_other_and_back(before: Client, after: Client) -> None:
    made = changes(before, after)
    assert applied(before, made) == after
    assert applied(after, inverse(made)) == before


def test_changes_survive_being_stored() -> None:
    made = changes(EMPTY, FULL)
    assert tuple(FactChange.model_validate_json(each.model_dump_json(by_alias=True)) for each in made) == made


def test_facts_are_named_by_their_place_and_carry_their_words() -> None:
    found = facts_of(FULL)
    assert list(found) == ["arr", "motion", "problems", "direct_predictable", "partners.signed", "partners.mapped", "metrics.activation_rate", "in_place", "decided", "fx.USD"]
    assert found["partners.signed"] == (12, fact("12 partners"))
    assert found["metrics.activation_rate"].fact == fact("46.5%")


def test_an_option_notes_its_fact_under_the_path_and_is_found_there() -> None:
    client = Client(partners=Partners(signed=4), facts={"partners.signed": fact("--partners 4")})
    assert facts_of(client)["partners.signed"].fact == fact("--partners 4")
    assert applied(EMPTY, changes(EMPTY, client)).facts == {"signed_partners": fact("--partners 4")}


def test_a_fact_said_again_on_another_day_is_a_change_that_replaces_nothing() -> None:
    again = FULL.model_copy(update={"facts": {**FULL.facts, "arr": Fact(origin="text", quote="still 8.2", stated_on=date(2027, 3, 1))}})
    (change,) = changes(FULL, again)
    assert (change.path, change.before == change.after, change.replaces) == ("arr", True, False)


def test_what_two_turns_added_to_a_list_at_once_is_all_kept() -> None:
    one = changes(EMPTY, EMPTY.model_copy(update={"in_place": (Move.TAG_CRM,)}))
    two = changes(EMPTY, EMPTY.model_copy(update={"in_place": (Move.LIGHT_PRM,)}))
    both = applied(applied(EMPTY, one), two)
    assert both.in_place == (Move.TAG_CRM, Move.LIGHT_PRM)
    assert applied(both, inverse(one)).in_place == (Move.LIGHT_PRM,)


@given(st.sets(st.sampled_from(list(Move))), st.sets(st.sampled_from(list(Move))), st.sets(st.sampled_from(list(Move))))
def test_changes_of_a_list_touch_no_item_that_they_do_not_name(before: set[Move], after: set[Move], others: set[Move]) -> None:
    made = changes(Client(in_place=tuple(before)), Client(in_place=tuple(after)))
    put = set(applied(Client(in_place=tuple(others)), made).in_place)
    assert put == (others - (before - after)) | (after - before)
