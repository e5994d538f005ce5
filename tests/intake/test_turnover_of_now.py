"""What a message says the client turns over now, apart from edges not reached, plans, pasts, parts and other amounts."""

from __future__ import annotations

import pytest

from advisor import Advisor

ADVISOR = Advisor()


def placed(message: str) -> tuple[int | None, str]:
    """The ARR read and the stage."""
    assessment = ADVISOR.assess(message)
    return None if assessment.client.arr is None else int(assessment.client.arr.amount), assessment.stage.id


@pytest.mark.parametrize(
    ("message", "arr", "stage"),
    [
        ("We're below 5M EUR ARR. Tiers?", None, "<5M"),
        ("ARR < €5M. Partner manager?", None, "<5M"),
        ("We haven't reached €5M ARR. Hire a partner manager?", None, "<5M"),
        ("Wir haben die 5 Mio. € ARR noch nicht geknackt. Partnermanager einstellen?", None, "<5M"),
        ("We're just shy of 15M EUR ARR. Tiers?", None, "5-15M"),
        ("Wir sind knapp unter 15 Mio. € ARR. Sollen wir Tiers starten?", None, "5-15M"),
        ("Less than €15M ARR. Tiers?", None, "unknown"),
        ("We're far from €50M ARR. Should we build a partner org?", None, "unknown"),
        ("Almost €8M ARR, sales-assisted. Referral programme?", 8_000_000, "5-15M"),
        ("We have over 15 million euro ARR. Tiers?", 15_000_000, "15-50M"),
    ],
)
def test_an_edge_that_is_not_reached_is_no_arr_and_yet_may_tell_the_stage(message: str, arr: int | None, stage: str) -> None:
    assert placed(message) == (arr, stage)


@pytest.mark.parametrize(
    ("message", "arr"),
    [
        ("We're at €30M ARR. No, €3M. Tiers?", 3_000_000),
        ("Our deck claims €16M ARR, truth is €9M. Tiers?", 9_000_000),
        ("€16M ARR incl. services, €9M without. Tiers?", 9_000_000),
        ("Ziel: 18 Mio. € ARR, heute 7. Tiers?", 7_000_000),
        ("€16M ARR budgeted for 2027, now 6. Do I launch tiers this spring?", 6_000_000),
        ("ARR (EUR): 2022 6.1M; 2023 5.4M; 2024 4.7M. Formal referral programme?", 4_700_000),
        ("€16M ARR, target is 20M. Tiers?", 16_000_000),
        ("Client has €45M ARR, lost its biggest customer in May. Tiers?", 45_000_000),
        ("We make €7M ARR before partners come in. Referral programme?", 7_000_000),
        ("ARR 14M EUR (no services included). Tiers?", 14_000_000),
        ("€16M ARR before we sold the US unit, €4M after. Launch tiers?", 4_000_000),
        ("Ich betreue eine Firma mit 75 Mio. Euro ARR. Partnerorganisation?", 75_000_000),
        ("I advise a company with €9M ARR, mid-touch. Tiers?", 9_000_000),
        ("€22M ARR, 12% of it from partners. Tiers?", 22_000_000),
    ],
)
def test_of_several_amounts_the_one_of_now_holds(message: str, arr: int) -> None:
    assert placed(message)[0] == arr


@pytest.mark.parametrize(
    "message",
    [
        "Our payment volume is €200M, ARR unknown. Full ELG?",
        "Unser Transaktionsvolumen beträgt 60 Mio. €. Partnerorganisation?",
        "We have 16M ARR pipeline in euro. Tiers?",
        "€20M ARR is what our reseller makes with our product. Tiers?",
        "Together with our partner we make €16M ARR. Tiers?",
        "The threshold of €20M ARR for the tax rule doesn't apply to us. Tiers?",
        "Revenue €20M, 20% recurring. Should we launch tiers?",
        "40% of our €10M revenue is recurring. Should we hire a partner manager?",
        "ARR is half of €9M. First partner hire?",
        "ARR €20M minus 17M churned in March. Tiers?",
        "We're at €16M minus 3M churn ARR. Tiers?",
        "In 2022 we had €16M ARR. Should we launch tiers?",
        "Used to be €20M ARR before the split. Tiers?",
        "Mit der Akquisition kämen wir auf 16 Mio. € ARR. Tiers?",
        "By December we want €18M ARR. Tiers?",
        "We plan €16M ARR. Tiers?",
        "AppExchange has made $4B, cite that in my deck?",
        "> We have 60M EUR ARR\n\nThat is what they wrote. Partner org?",
        "Our parent has €90M ARR. Partner org?",
        "Wir sind ein Geschäftsbereich eines Konzerns mit 200 Mio. € ARR. Partnerorganisation?",
        "Laut Businessplan 18 Mio. € ARR. Tiers?",
        "22 Mio. € ARR, davon gehört uns ein Sechstel. Tiers?",
        "ARR of €22M shrank by 80%. Tiers?",
        "No ARR told, but: our Gold partners want more. What?",
    ],
)
def test_what_is_another_amount_another_time_or_only_a_part_is_no_arr(message: str) -> None:
    assert placed(message) == (None, "unknown")
