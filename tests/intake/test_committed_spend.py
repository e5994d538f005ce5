"""Whether buyers hold committed cloud spend: read where it is said of them or asked for by them, never from a condition or a question."""

from __future__ import annotations

import pytest

from advisor import Advisor

ADVISOR = Advisor()


@pytest.mark.parametrize(("text", "held"), [
    ("customers keep asking if they can burn down their commit", True), ("several prospects want to use up their committed spend", True),
    ("Two customers asked whether they can draw down their Azure commitment by buying us", True), ("Our customers have EDPs and want to pay with them.", True),
    ("half our pipeline wants to buy through AWS to count against their EDP", True), ("prospects tell us they'd rather buy us out of their existing AWS commitment", True),
    ("Unsere Kunden wollen ihre Azure-Abnahmeverpflichtung verbrauchen", True), ("none of our customers has a cloud commitment", False), ("our customers have no cloud commitments", False),
    ("What is committed cloud spend?", None), ("only if buyers hold committed spend, right?", None), ("Do customers with an AWS commitment buy faster?", None),
])  # fmt: skip
def test_committed_spend_of_buyers_is_a_fact_of_the_client(text: str, held: bool | None) -> None:
    assert ADVISOR.read(text).client.committed_spend is held
