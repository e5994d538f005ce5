"""How claims become Markdown: a list that is our view throughout says so once."""

from __future__ import annotations

from advisor.answering.layout import markdown
from advisor.domain import Claim, ClaimKind, DraftClaim, Stance


def _item(n: int, text: str, block: str) -> tuple[Claim, DraftClaim]:
    claim = Claim(n=n, text=text, citations=(1,), kind=ClaimKind.ADVICE, stance=Stance.MENTION, moves=(), figures=())
    return claim, DraftClaim(text=text, kind=ClaimKind.ADVICE, evidence=("a#b",), section="The steps", block=block)


def test_a_list_that_is_our_view_throughout_says_so_in_its_heading() -> None:
    items = [_item(1, "Name one owner (our view).", "step"), _item(2, "Write it down (our view).", "step")]
    assert markdown(items) == "**The steps** (our view)\n1. Name one owner. [1]\n2. Write it down. [1]"


def test_in_a_mixed_list_each_view_of_ours_keeps_its_mark() -> None:
    items = [_item(1, "Name one owner (our view).", "step"), _item(2, "Pay what was agreed.", "step")]
    assert markdown(items) == "**The steps**\n1. Name one owner (our view). [1]\n2. Pay what was agreed. [1]"
