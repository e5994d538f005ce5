"""Whether something is enough is answered with yes or no first: free text, a list, the CRM, a tool, part of somebody's time, a handshake."""

from __future__ import annotations

import pytest

from advisor import Advisor

ADVISOR = Advisor()


def _first(text: str) -> str:
    return next(claim.text for claim in ADVISOR.ask(text).answer.claims)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Reicht Freitext im CRM?", "Nein: Freitext"),
        ("do notes in the CRM do for partner deals?", "No: free text"),
        ("Genügt eine Excel-Liste für unsere Partner bei 3 Mio. ARR?", "Ja für die ersten Vorstellungen"),
        ("is a spreadsheet enough for account mapping with four partners?", "Yes, with fewer than 10 partners"),
        ("is a handshake enough for our first referral partners?", "No, put it in writing"),
        ("Reicht uns bei 30 Mio. € ARR das CRM für die Partner?", "Nein: Ab 15 Mio. €"),
        ("we're at €9M ARR with 6 partners. Is HubSpot enough to manage them?", "Yes, for now: at €5–15M ARR"),
        ("is Kiflo enough at 60M EUR ARR?", "No: from €50M ARR"),
        ("Reicht eine halbe Stelle für Partner bei 10 Mio. € ARR?", "Nein, ein Teil von jemandes Zeit"),
        ("is a day a week enough for partners at 3M EUR ARR?", "Yes, at your size"),
        ("Is the CRM enough for partner deals?", "Whether the CRM is enough hangs on your size"),
    ],
)
def test_whether_something_is_enough_is_answered_first(text: str, begins: str) -> None:
    assert _first(text).startswith(begins)


@pytest.mark.parametrize("text", ["Are 10 partners enough at 8M EUR ARR?", "Sind 10 Partner genug bei 8 Mio. € ARR?"])
def test_whether_so_many_partners_are_enough_is_no_sum(text: str) -> None:
    assert "5–10" in _first(text)


def test_one_person_where_the_stage_takes_more_is_not_said_to_be_enough() -> None:
    assert not _first("Is one partner manager enough at 30M EUR ARR?").startswith("Yes")
