"""A question whether something fits `if our deals are small` tells of them; what would be, or what changes at another size, is only supposed."""

from __future__ import annotations

import pytest

from advisor import Advisor

ADVISOR = Advisor()


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Is a reseller program right for us if our ACV is 4k and customers sign up self serve?", {"acv": "ACV is 4k", "motion": "sign up self"}),
        ("Do tiers make sense if we have 8M ARR and 12 partners?", {"arr": "8M ARR", "signed_partners": "12 partners"}),
        ("Ist ein Tier-Programm sinnvoll, wenn wir nur 4 Mio. ARR haben?", {"arr": "4 Mio. ARR"}),
        ("Lohnt sich ein Partner Manager, wenn unser ARR bei 3 Mio. liegt?", {"arr": "ARR bei 3 Mio."}),
        ("would tiers be right if we had 20M ARR?", {}),
        ("Wäre ein Tier-Programm sinnvoll, wenn wir 20 Mio. ARR hätten?", {}),
        ("What would change if we're at 12M ARR next year?", {}),
        ("What if we are at 12M ARR?", {}),
    ],
)
def test_what_a_question_rests_on_is_told_and_what_it_supposes_is_not(message: str, told: dict[str, str]) -> None:
    assert {name: fact.quote for name, fact in ADVISOR.assess(message).client.facts.items()} == told
