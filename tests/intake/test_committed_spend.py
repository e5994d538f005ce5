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
    ("Our customers told us they have AWS commits", True), ("We asked 12 buyers and 8 of them have AWS commits", True), ("Unsere Kunden haben AWS-Commits, 8 von 12 haben es bestätigt", True), ("Several prospects have a MACC and could buy through it", True),
    ("We hope our buyers have cloud commits", None), ("Some of our buyers might hold AWS commitments, we have not asked", None), ("Some buyers hold AWS commitments I guess.", None), ("AWS rep says our buyers surely have commits", None),
    ("I was told our buyers hold EDPs", None), ("Our buyers have EDPs according to AWS", None), ("Laut AWS haben unsere Kunden AWS-Commits", None), ("Half of our customers hold a MACC", True),
    ("Our competitor's buyers hold AWS commitments", None), ("Wir hoffen, unsere Kunden haben Cloud-Commits", None), ("Microsoft sagt, unsere Kunden haben Azure-Commits", None), ("Die Kunden unseres Wettbewerbers haben AWS-Commits", None), ("Unsere Kunden haben wohl AWS-Commits", None),
    ("What is committed cloud spend?", None), ("only if buyers hold committed spend, right?", None), ("Do customers with an AWS commitment buy faster?", None),
])  # fmt: skip
def test_committed_spend_of_buyers_is_a_fact_of_the_client(text: str, held: bool | None) -> None:
    assert ADVISOR.read(text).client.committed_spend is held


@pytest.mark.parametrize(("first", "then", "held"), [
    ("Our buyers hold AWS commitments.", "Sorry, they do not hold any.", False), ("Our buyers hold AWS commitments.", "They have no commitments, I checked.", False), ("Unsere Kunden haben Cloud-Verpflichtungen.", "Sorry, sie halten doch keine.", False),
    ("Our buyers hold AWS commitments.", "They do not have any partners.", True), ("Our buyers hold AWS commitments.", "Do they hold any?", True), ("We have 9 partners.", "They do not hold any.", None),
])  # fmt: skip
def test_committed_spend_is_taken_back_in_a_later_turn(first: str, then: str, held: bool | None) -> None:
    assert ADVISOR.read(then, ADVISOR.read(first).client).client.committed_spend is held
