"""True numbers in the wrong place, and false ones in the right place: each known kind of error is caught."""

from __future__ import annotations

import pytest

from advisor.figures import find, supports

WIN = "Win rates rise by +9.4 % with 1–5 partners, by +11.7 % on average and by +37.1 % with 50 or more partners."
SPEED = "ELG deals are 53 % more likely to close and close 46 % faster."
SHARE = "Partner-sourced revenue is 5–10 % of the total in early programmes and 25–40 % or more in mature ones."
CAC = "Partner CAC is about $150 against an average of $1,200 for B2B SaaS."
CHURN = "Partner-involved accounts are 58 % less likely to churn."
TABLE = "| Metric | Early programmes | Mature programmes |\n|---|---|---|\n| Activation rate | 40–60 % | 75–85 % |\n| Deal size uplift | 32 % | 43–60 % |"

SUPPORTED = [
    (SPEED, "ELG deals close 46 percent faster."),
    (SPEED, "Deals close forty-six percent quicker with ELG."),
    (WIN, "With 50+ partners the win rate uplift is +37.1 %."),
    (WIN, "With one to five partners the win rate uplift is +9.4 %."),
    (WIN, "Expect about +9.4 % with 1–5 partners."),
    (SHARE, "Mature programmes reach 25–40%+ of revenue from partner-sourced deals."),
    ("Partner-sourced revenue is 5–10 % of the total in early programmes.", "Partner-sourced revenue is at least 5 % of the total in early programmes."),
    (CAC, "CAC through partners is roughly $150."),
    ("Referral partners earn $500–2,000 per qualified referral.", "Referral partners earn $500 to $2,000 for each qualified referral."),
    ("The average deal is worth $1.5 million.", "The average deal is worth $1,500,000."),
    ("Partners need 2.5–3x their opportunity cost.", "Partners need 2.5 to 3 times their opportunity cost."),
    ("In the partner channel LTV:CAC is 3:1.", "In the partner channel LTV is three times CAC."),
    ("Below €5M ARR three to five informal partnerships are enough.", "Do 3–5 informal partnerships below €5M."),
    ("Follow up within 48 hours of an introduction.", "Follow up on an introduction in two days."),
    ("Tiered programmes take 2–3 FTE.", "Two to three people run tiered programmes."),
    ("Partners lead 70 % of Salesforce implementations.", "70 % of implementations at Salesforce are led by partners."),
    (TABLE, "In mature programmes the activation rate is 75–85 %."),
]

CAUGHT = [
    # another figure of the same passage, or the right one with the wrong condition
    (SPEED, "ELG deals close 53 % faster.", "subject"),
    (SPEED, "ELG deals are 46 % more likely to close.", "subject"),
    (WIN, "With one to five partners the win rate uplift is +37.1 %.", "subject"),
    (SHARE, "Mature programmes reach 5–10 % of revenue.", "subject"),
    (TABLE, "In mature programmes the activation rate is 40–60 %.", "subject"),
    (TABLE, "The deal size uplift is 75–85 % in mature programmes.", "subject"),
    # unit, scale, currency
    (WIN, "The win rate uplift is 37.1 percentage points with 50 or more partners.", "unit"),
    (CAC, "CAC through partners is about $150K.", "value"),
    (CAC, "CAC through partners is about €150.", "unit"),
    ("Partners need 2.5–3x their opportunity cost.", "Partners need 2.5–3 % of their opportunity cost.", "unit"),
    ("The fee is 2.5 percent of revenue.", "The fee is 25 percent of revenue.", "value"),
    ("Referral partners earn $500–2,000 per qualified referral.", "Referral partners earn $500–2,000 per month.", "per"),
    # direction and denial
    (CHURN, "Partner-involved accounts are 58 % more likely to churn.", "direction"),
    (SPEED, "ELG deals close 46 % slower.", "direction"),
    (SPEED, "ELG deals do not close 46 % faster.", "negated"),
    ("Partner-involved deals show a win rate 9.4 % higher.", "Partner-involved deals show a win rate of 9.4 %.", "direction"),
    # open ends, hedges, ranges
    (SHARE, "Mature programmes reach 25–40 % of revenue from partner-sourced deals.", "hedge"),
    (CAC, "CAC through partners is $150.", "hedge"),
    (SPEED, "ELG deals close more than 46 % faster.", "hedge"),
    ("With more than 20 overlaps, start.", "With 20 or more overlaps, start.", "hedge"),
    ("Partner-sourced revenue is 5–10 % of the total.", "Partner-sourced revenue is 10 % of the total.", "range"),
    ("Partner-sourced revenue is 25–40 % or more of the total.", "Partner-sourced revenue is up to 40 % of the total.", "range"),
    ("Partner-sourced revenue is 5–10 % of the total.", "Partner-sourced revenue is 5–15 % of the total.", "range"),
    # subject
    (CAC, "CAC through partners is about $1,200.", "subject"),
    ("Partner-sourced revenue is 5–10 % of the total in early programmes.", "Partner-influenced revenue is 5–10 % of the total in early programmes.", "subject"),
    ("HubSpot reports 45 % of its revenue from partnerships.", "Shopify reports 45 % of its revenue from partnerships.", "subject"),
    ("Partner deals close faster than direct ones by 27 %.", "Referral deals close faster than outbound ones by 27 %.", "subject"),
    # the same number with another meaning (C50)
    ("ELG deals are 53 % more likely to close.", "Ecosystem-qualified leads convert 53 % faster than outbound.", "subject"),
    ("67 % of companies plan more than 30 % indirect growth.", "67 % of programmes stay under 10 % of revenue.", "subject"),
    ("60 % of SaaS leaders are investing in ELG.", "Co-sold deals close 60 % faster.", "direction"),
    ("Deals with partners are 32 % larger.", "The app ecosystem drove 32 % of new merchant growth.", "direction"),
    ("30 % of partner submissions are duplicates.", "Marketplace sales grow 30 % a year.", "subject"),
    ("Mature programmes reach 25–40 % of revenue.", "Resellers get a margin of 25–40 %.", "subject"),
    ("Referral partners get a commission of 10–20 %.", "Technology partners show 10–20 % more retention.", "direction"),
    ("Consultancies pay a referral fee of 10–15 %.", "Sourced pipeline is 10–15 % of total pipeline.", "subject"),
    ("Partners need 2.5–3x their opportunity cost.", "LTV to CAC is 2.5–3x in direct sales.", "subject"),
    ("Crossbeam surveyed 500+ leaders.", "PartnerStack analysed 500+ programmes.", "subject"),
    ("A partner gets 50 % of the sourced rate on influenced deals.", "A rep gets 50 % of the commission on partner-closed deals.", "subject"),
    ("First deals take 6–12 months at €5–15M ARR.", "Meaningful revenue takes 6–12 months at €15–50M ARR.", "subject"),
    ("A valid registration protects the partner for 90 days.", "The programme runs for 90 days.", "subject"),
    ("Follow up within 48 hours of an introduction.", "Resolve a conflict within 48 hours.", "subject"),
]


@pytest.mark.parametrize(("evidence", "claim"), SUPPORTED)
def test_the_same_statement_in_other_words_is_supported(evidence: str, claim: str) -> None:
    assert [match.reason for figure in find(claim) if not (match := supports(figure, claim, evidence))] == []


@pytest.mark.parametrize(("evidence", "claim", "fault"), CAUGHT)
def test_an_error_is_caught_and_named(evidence: str, claim: str, fault: str) -> None:
    faults = [match.fault for figure in find(claim) if not (match := supports(figure, claim, evidence))]
    assert fault in faults, faults


def test_several_pieces_of_evidence_compete() -> None:
    speed, odds = "ELG deals close 46 % faster.", "ELG deals are 53 % more likely to close."
    swapped = "ELG deals close 53 % faster."
    assert not supports(find(swapped)[0], swapped, [speed, odds])
    assert supports(find(speed)[0], speed, [odds, speed])


def test_a_year_must_stand_in_the_evidence() -> None:
    claim = "Crossbeam reported it in 2024."
    assert supports(find(claim)[0], claim, "A study of 2024 says so.")
    assert supports(find(claim)[0], claim, "A study of 2023 says so.").fault == "date"


def test_no_figure_is_supported_by_text_without_figures() -> None:
    assert supports(find("It is 46 % faster.")[0], "It is 46 % faster.", "It is much faster.").fault == "nothing"


@pytest.mark.parametrize(
    ("evidence", "claim", "fault"),
    [
        ("In one sample scorecard, Partner A sourced $500,000 of pipeline.", "In one worked example, partners sourced $500,000 of pipeline.", "subject"),
        ("Partners sourced $500,000 of pipeline.", "Partner A sourced $500,000 of pipeline.", "subject"),
        ("Partners sourced $500,000 of pipeline.", "Partners sourced $500,000 of pipeline in Q1.", "subject"),
        ("Resellers get a margin of 20–40 %.", "Resellers of enterprise software get a margin of 20–40 %.", "subject"),
        ("A partner programme runs for 90 days.", "Each of the first partners gets a target for 90 days.", "subject"),
        ("The affiliate programme had 1,000,000 affiliates at its peak.", "The affiliate programme has 1,000,000 affiliates.", "subject"),
        ("The activation rate at 90 days asks for a diagnosis.", "The activation rate counts activity within 90 days.", "hedge"),
        ("The study covers over 500 or more programmes.", "The study covers over 500 or less programmes.", "hedge"),
        ("The task takes a quarter of the budget.", "The task takes a quarter or more of the budget.", "hedge"),
        ("At Microsoft 95 % of revenue flows through partners.", "At Microsoft 950 % of revenue flows through partners.", "value"),
        ("Faster closing comes from a report of 2023.", "Slower closing comes from a report of 2023.", "direction"),
    ],
)
def test_what_tells_two_equal_figures_apart_is_not_lost(evidence: str, claim: str, fault: str) -> None:
    faults = [match.fault for figure in find(claim) if not (match := supports(figure, claim, evidence))]
    assert fault in faults, faults
