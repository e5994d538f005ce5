"""Verdicts as a careful consultant gives them: what fits, what is not yet due, what is still open."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.domain import Assessment, Business, Client, Decision, Expansion, Metric, Motion, Move, Owner, Partners, Problem, Unit, Verdict
from advisor.rules import assess, load

BOOK = load()
ARR = {"<5M": "3M EUR", "5-15M": "8M EUR", "15-50M": "22M EUR", "50-150M": "90M EUR", ">150M": "200M EUR"}
GRID = list(product([*ARR, None], [*Motion, None], [*Owner, None], [True, False, None]))


def facts(stage: str | None, **more: object) -> Client:
    return Client(arr=ARR[stage] if stage else None, **more)


def told(client: Client, wording) -> Assessment:
    return assess(client, BOOK, wording)


@pytest.mark.parametrize("stage", [*ARR, None])
def test_over_the_grid_nothing_is_both_advised_and_advised_against(stage: str | None, wording) -> None:
    for _, motion, owner, predictable in (each for each in GRID if each[0] == stage):
        found = told(facts(stage, motion=motion, owner=owner, direct_predictable=predictable), wording)
        assert not set(found.recommended_moves) & set(found.forbidden_moves)
        assert set(found.recommended_moves) <= set(found.allowed_moves)
        assert not set(found.allowed_moves) & set(found.forbidden_moves)
        assert found == told(found.client, wording)
        assert len(found.questions) <= 6


CLIENTS = st.builds(
    Client,
    arr=st.sampled_from([*ARR.values(), "5M USD", "14M", None]), motion=st.sampled_from([*Motion, None]), owner=st.sampled_from([*Owner, None]),
    direct_predictable=st.sampled_from([True, False, None]), problems=st.lists(st.sampled_from([*Problem]), max_size=3, unique=True).map(tuple),
    business=st.sampled_from([*Business, None]), expansion=st.sampled_from([*Expansion, None]), implementation_heavy=st.sampled_from([True, False, None]),
    partners=st.builds(Partners, signed=st.sampled_from([None, 0, 3, 25, 80]), active=st.sampled_from([None, 0, 2, 20])),
    programme_age_months=st.sampled_from([None, 3, 20, 40]), in_place=st.lists(st.sampled_from([*Move]), max_size=3, unique=True).map(tuple),
)  # fmt: skip


@given(CLIENTS)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_findings_on_a_move_share_a_verdict_so_the_first_of_them_decides(wording, client: Client) -> None:
    found = told(client, wording)
    for move in {finding.move for finding in found.findings if finding.move}:
        about = [finding for finding in found.findings if finding.move is move]
        assert len({finding.verdict for finding in about}) == 1
        assert found.finding_on(move) is about[0]


@pytest.mark.parametrize("stage", ARR)
def test_unpredictable_direct_sales_come_first_at_every_stage(stage: str, wording) -> None:
    found = told(facts(stage, direct_predictable=False, motion="mid_touch"), wording)
    scaling = {"formal_referral_programme", "recruit_5_10", "recruit_15_30", "first_partner_hire", "ninety_day_programme", "tiered_programme",
               "co_selling_ops", "mass_recruiting", "partner_org", "full_elg_overlay", "account_mapping_at_scale"}
    assert Move.FIX_DIRECT_FIRST in found.recommended_moves
    assert {Move(move) for move in scaling} <= set(found.forbidden_moves)
    assert Move.INFORMAL_REFERRALS in found.allowed_moves


STAGE_ROWS = {
    "<5M": ("informal_referrals no_tooling tag_crm",
            "formal_referral_programme tiered_programme recruit_5_10 recruit_15_30 mass_recruiting first_partner_hire partner_manager_hire partner_org "
            "co_selling_ops account_mapping_tool account_mapping_at_scale full_elg_overlay ninety_day_programme light_prm mid_prm enterprise_prm "
            "app_marketplace cloud_marketplace resellers gsi_partners"),
    "5-15M": ("formal_referral_programme first_partner_hire recruit_5_10 ninety_day_programme light_prm account_mapping_manual define_ipp",
              "tiered_programme partner_org mass_recruiting recruit_15_30 account_mapping_tool account_mapping_at_scale full_elg_overlay mid_prm "
              "enterprise_prm co_selling_ops gsi_partners cloud_marketplace"),
    "15-50M": ("tiered_programme co_selling_ops account_mapping_tool recruit_15_30 partner_manager_hire mid_prm",
               "partner_org full_elg_overlay account_mapping_at_scale enterprise_prm mass_recruiting gsi_partners"),
    "50-150M": ("partner_org account_mapping_at_scale enterprise_prm tiered_programme", "full_elg_overlay"),
    ">150M": ("full_elg_overlay partner_org account_mapping_at_scale enterprise_prm cloud_marketplace", ""),
}


@pytest.mark.parametrize("stage", STAGE_ROWS)
def test_each_stage_fits_its_own_moves_and_defers_the_later_ones(stage: str, wording) -> None:
    found = told(facts(stage, direct_predictable=True, motion="mid_touch"), wording)
    fits, not_yet = ({Move(word) for word in words.split()} for words in STAGE_ROWS[stage])
    assert fits <= set(found.recommended_moves)
    assert not_yet <= set(found.forbidden_moves)


NAMED = {
    "self-serve begins with integrations, the referral programme is possible": (
        {"stage": "5-15M", "motion": "plg"}, "tech_partners", "formal_referral_programme", "resellers gsi_partners"),
    "sales-assisted begins with referral and consulting partners": (
        {"stage": "5-15M", "motion": "mid_touch"}, "referral_partners consulting_partners", "tech_partners", "resellers gsi_partners"),
    "enterprise begins with integrators, not with global ones": (
        {"stage": "15-50M", "motion": "enterprise"}, "si_partners consulting_partners", "", "gsi_partners resellers"),
    "a large enterprise seller may add global integrators": ({"stage": "50-150M", "motion": "enterprise"}, "si_partners", "gsi_partners", ""),
    "channel-heavy works through resellers": ({"stage": "5-15M", "motion": "channel"}, "resellers", "", "gsi_partners"),
    "abroad through regional resellers": ({"stage": "15-50M", "motion": "mid_touch", "expansion": "geographic"}, "regional_resellers", "resellers", ""),
    "a vertical through its specialists": ({"stage": "5-15M", "motion": "mid_touch", "expansion": "vertical"}, "vertical_specialists", "", ""),
    "heavy implementation through implementation partners": ({"stage": "15-50M", "implementation_heavy": True}, "implementation_partners", "", ""),
    "missing delivery capacity through implementation partners": (
        {"stage": "15-50M", "problems": ("delivery_capacity", "credibility")}, "implementation_partners", "", ""),
    "nobody owns it at twenty million": ({"stage": "15-50M", "owner": "none"}, "assign_owner partner_manager_hire", "", ""),
    "a side job is no owner": ({"stage": "15-50M", "owner": "shared"}, "assign_owner partner_manager_hire", "", ""),
    "a founder is no dedicated owner at eight million": ({"stage": "5-15M", "owner": "founder"}, "assign_owner first_partner_hire", "", ""),
    "a dedicated owner needs no second hire": ({"stage": "5-15M", "owner": "dedicated"}, "", "first_partner_hire", ""),
    "a founder leads below five million": ({"stage": "<5M", "owner": "founder"}, "informal_referrals", "assign_owner", "first_partner_hire"),
    "three partners are no ecosystem": (
        {"stage": ">150M", "partners": Partners(signed=3)}, "focus_few_partners", "", "full_elg_overlay account_mapping_at_scale"),
    "two partners at nine million": (
        {"stage": "5-15M", "partners": Partners(signed=2)}, "focus_few_partners account_mapping_manual", "", "account_mapping_tool mass_recruiting"),
    "forty mapped partners outgrow the spreadsheet": (
        {"stage": "50-150M", "partners": Partners(signed=40, mapped=40)}, "account_mapping_at_scale", "", "account_mapping_manual"),
    "fourteen signed and three active": ({"stage": "15-50M", "partners": Partners(signed=14, active=3)}, "diagnose_enablement", "", "mass_recruiting"),
    "idle partners stop recruiting at ninety million too": ({"stage": "50-150M", "partners": Partners(signed=60, active=9)}, "diagnose_enablement", "", "mass_recruiting"),
    "twelve signed at eight million must produce first": ({"stage": "5-15M", "partners": Partners(signed=12)}, "", "", "recruit_5_10 recruit_15_30"),
    "twelve signed and three active at eight million": (
        {"stage": "5-15M", "partners": Partners(signed=12, active=3)}, "focus_few_partners diagnose_enablement", "", "recruit_5_10"),
    "nine signed at eight million have room for one": ({"stage": "5-15M", "partners": Partners(signed=9)}, "recruit_5_10 focus_few_partners", "", ""),
    "forty signed at twenty million must produce first": ({"stage": "15-50M", "partners": Partners(signed=40)}, "", "", "recruit_5_10 recruit_15_30"),
    "twelve signed at twenty million go on": ({"stage": "15-50M", "partners": Partners(signed=12)}, "recruit_15_30", "recruit_5_10", ""),
    "forty signed at ninety million have no ceiling": ({"stage": "50-150M", "partners": Partners(signed=40)}, "", "recruit_15_30", ""),
    "a mature programme does not start over": ({"stage": "15-50M", "programme_age_months": 48}, "", "ninety_day_programme nearbound_marketing", "marketing_first"),
}


@pytest.mark.parametrize("name", NAMED)
def test_named_situations(name: str, wording) -> None:
    more, advised, possible, against = NAMED[name]
    found = told(facts(**{"direct_predictable": True, **more}), wording)
    assert {Move(word) for word in advised.split()} <= set(found.recommended_moves)
    assert {Move(word) for word in possible.split()} <= set(found.allowed_moves) - set(found.recommended_moves)
    assert {Move(word) for word in against.split()} <= set(found.forbidden_moves)


SIGNALS = {
    "activation of 44 percent": ({"activation_rate": ("44", Unit.PERCENT)}, Move.DIAGNOSE_ENABLEMENT),
    "two months below target": ({"months_below_target": ("2", Unit.MONTHS)}, Move.JOINT_EXEC_CALL),
    "twenty-six overlaps": ({"overlaps_high_fit": ("26", Unit.COUNT)}, Move.ACTIVATE_TOP10),
    "partners win 41 percent against 23": ({"win_rate_partner": ("41", Unit.PERCENT), "win_rate_direct": ("23", Unit.PERCENT)}, Move.INVEST_IN_PARTNERS),
    "a gap of 18 points as given": ({"win_rate_gap": ("18", Unit.PERCENTAGE_POINTS)}, Move.INVEST_IN_PARTNERS),
    "a conflict": ({"conflicts": ("1", Unit.COUNT)}, Move.RESOLVE_CONFLICT_48H),
    "an integration that went live": ({"integrations_live": ("1", Unit.COUNT)}, Move.COMARKET_30_DAYS),
}


@pytest.mark.parametrize("name", SIGNALS)
@pytest.mark.parametrize("stage", [None, "<5M", "50-150M"])
def test_a_signal_that_fires_asks_for_its_action_and_rules_out_waiting(name: str, stage: str | None, wording) -> None:
    given, action = SIGNALS[name]
    found = told(facts(stage, metrics={key: Metric(value=value, unit=unit) for key, (value, unit) in given.items()}), wording)
    assert action in found.recommended_moves
    assert Move.WAIT_AND_SEE in found.forbidden_moves


def test_without_a_signal_waiting_is_not_spoken_of(wording) -> None:
    found = told(facts("5-15M"), wording)
    assert found.finding_on(Move.WAIT_AND_SEE) is None


def test_sourced_and_influenced_stay_apart_for_everyone(wording) -> None:
    for client in (Client(), facts("<5M"), facts(">150M"), Client(business="consultancy")):
        found = told(client, wording)
        assert Move.SEPARATE_REPORTING in found.recommended_moves
        assert {Move.COMBINE_ATTRIBUTION, Move.RETRO_TAGGING} <= set(found.forbidden_moves)


def test_a_consultancy_gets_the_operator_model_and_no_stage(wording) -> None:
    found = told(Client(business="consultancy", arr="8M EUR"), wording)
    assert (found.stage.id, found.in_scope) == ("n/a", True)
    assert Move.OPERATOR_MODEL in found.recommended_moves
    assert not {Move.TIERED_PROGRAMME, Move.LIGHT_PRM, Move.FORMAL_REFERRAL_PROGRAMME} & set(found.allowed_moves)
    assert any("[referral-fee-consultancies]" in finding.text for finding in found.findings)
    assert found.tools == ()


def test_another_business_gets_no_stage_rules(wording) -> None:
    found = told(Client(business="other", arr="14M EUR"), wording)
    assert (found.stage.id, found.in_scope) == ("n/a", False)
    assert found.recommended_moves == ()
    assert [finding.rule for finding in found.findings] == ["business.other"]


def test_an_unnamed_business_is_read_as_saas(wording) -> None:
    assert told(facts("5-15M"), wording).recommended_moves == told(facts("5-15M", business="b2b_saas"), wording).recommended_moves


def test_what_exists_changes_no_verdict_and_is_not_advised_anew(wording) -> None:
    before = told(facts("5-15M", direct_predictable=True), wording)
    after = told(facts("5-15M", direct_predictable=True, in_place=("light_prm",)), wording)
    assert after.findings == before.findings
    assert Move.LIGHT_PRM not in after.recommended_moves
    assert Move.LIGHT_PRM in after.allowed_moves


@pytest.mark.parametrize("how", [{"in_place": ("tiered_programme",)}, {"decided": (Decision(move="tiered_programme", by="board"),)}])
def test_what_exists_against_advice_is_frozen_and_reviewed(how: dict, wording) -> None:
    found = told(facts("5-15M", **how), wording)
    assert Move.FREEZE_AND_REVIEW in found.recommended_moves
    assert Move.TIERED_PROGRAMME in found.forbidden_moves


def test_a_verdict_that_an_unknown_fact_would_turn_is_provisional(wording) -> None:
    unknown = told(facts("5-15M", motion="mid_touch", owner="none"), wording)
    known = told(facts("5-15M", motion="mid_touch", owner="none", direct_predictable=True), wording)
    assert unknown.finding_on(Move.FORMAL_REFERRAL_PROGRAMME).provisional
    assert not known.finding_on(Move.FORMAL_REFERRAL_PROGRAMME).provisional
    assert not unknown.finding_on(Move.TIERED_PROGRAMME).provisional


def test_the_most_decisive_questions_come_first(wording) -> None:
    assert [each.fact for each in told(Client(), wording).questions][:5] == ["problems", "arr", "direct_predictable", "motion", "owner"]


def test_a_known_fact_is_not_asked_again(wording) -> None:
    found = told(facts("5-15M", direct_predictable=True, motion="plg", owner="none", problems=("distribution",)), wording)
    assert not {each.fact for each in found.questions} & {"problems", "arr", "direct_predictable", "motion", "owner"}


def test_partner_types_follow_motion_and_situation(wording) -> None:
    found = told(facts("15-50M", motion="enterprise", expansion="geographic"), wording).partner_types
    assert found.start_with == (Move.SI_PARTNERS, Move.CONSULTING_PARTNERS, Move.REGIONAL_RESELLERS)
    assert found.add_later == (Move.GSI_PARTNERS,)


def test_deals_outside_the_rows_are_said(wording) -> None:
    found = told(facts("5-15M", motion="mid_touch", acv="6000 EUR"), wording)
    assert any(finding.rule == "acv_fit.mid_touch-below" and finding.move is None for finding in found.findings)


def test_a_foreign_deal_size_is_read_through_the_corridor(wording) -> None:
    found = told(facts("5-15M", motion="mid_touch", acv="52000 USD"), wording)
    assert not any(finding.rule.startswith("acv_fit") for finding in found.findings)


def test_every_finding_names_a_rule_of_the_book_and_its_source(wording) -> None:
    for stage in [*ARR, None]:
        for finding in told(facts(stage, direct_predictable=False, in_place=("partner_org",)), wording).findings:
            assert finding.sources == (BOOK.rows[finding.rule].source,)
            assert finding.text
            assert finding.because


def test_not_yet_always_says_what_would_change_it(wording) -> None:
    for stage in ARR:
        for finding in told(facts(stage), wording).findings:
            if finding.verdict is Verdict.FORBID and finding.text.startswith("Not yet"):
                assert finding.would_change_if, finding


def test_age_and_maturity_are_labelled(wording) -> None:
    found = told(facts("5-15M", programme_age_months=18, maturity=2, motion="plg"), wording)
    assert (found.phase.id, found.maturity.level, found.maturity.label, found.motion.id) == ("growth", 2, "defined", "plg")
    assert told(facts("5-15M", partners=Partners(signed=0)), wording).phase.id == "none"
    assert told(facts("5-15M"), wording).phase is None
