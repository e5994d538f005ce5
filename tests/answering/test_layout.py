"""How claims become Markdown: what goes for a whole list, a view of ours or its sources, is said once; each figure keeps its own source."""

from __future__ import annotations

from advisor.answering.layout import markdown
from advisor.domain import Claim, ClaimKind, DraftClaim, FigureUse, Stance, Support


def _placed(n: int, text: str, block: str, *, section: str = "The steps", cites: tuple[int, ...] = (1,), figure: str = "") -> tuple[Claim, DraftClaim]:
    uses = (FigureUse(text=figure, start=text.index(figure), end=text.index(figure) + len(figure), support=Support.CITED, citation=cites[0]),) if figure else ()
    claim = Claim(n=n, text=text, citations=cites, kind=ClaimKind.ADVICE, stance=Stance.MENTION, moves=(), figures=uses)
    return claim, DraftClaim(text=text, kind=ClaimKind.ADVICE, evidence=("a#b",), section=section, block=block)


def test_a_list_that_is_our_view_throughout_says_so_in_its_heading() -> None:
    items = [_placed(1, "Name one owner (our view).", "step"), _placed(2, "Write it down (our view).", "step")]
    assert markdown(items) == "**The steps** (our view) [1]\n1. Name one owner.\n2. Write it down."


def test_in_a_mixed_list_each_view_of_ours_keeps_its_mark() -> None:
    items = [_placed(1, "Name one owner (our view).", "step"), _placed(2, "Pay what was agreed.", "step")]
    assert markdown(items) == "**The steps** [1]\n1. Name one owner (our view).\n2. Pay what was agreed."


def test_a_list_with_a_figure_or_with_several_sources_marks_each_item() -> None:
    figured = [_placed(1, "Name one owner.", "step"), _placed(2, "Ask 3 partners.", "step", figure="3")]
    several = [_placed(1, "Name one owner.", "step"), _placed(2, "Write it down.", "step", cites=(2,))]
    assert [markdown(figured), markdown(several)] == [
        "**The steps**\n1. Name one owner. [1]\n2. Ask 3 partners. [1]",
        "**The steps**\n1. Name one owner. [1]\n2. Write it down. [2]",
    ]


def test_sentences_without_a_figure_that_rest_on_the_same_are_marked_once_behind_the_last() -> None:
    said = [("Not yet.", "lead", (1,), ""), ("It waits.", "paragraph", (1,), ""), ("So do tiers.", "paragraph", (1,), ""), ("It takes 3.", "paragraph", (1,), "3"), ("Then more.", "paragraph", (2,), "")]
    placed = [_placed(n, text, block, section="", cites=cites, figure=figure) for n, (text, block, cites, figure) in enumerate(said, 1)]
    assert markdown(placed) == "**Not yet.** [1]\n\nIt waits. So do tiers. It takes 3. [1] Then more. [2]"
