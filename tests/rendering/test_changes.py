"""What a supposed fact changes."""

from __future__ import annotations

from advisor.domain import Assessment, Client, Finding, Move, OpenQuestion, Stage, StageId, ToolVerdict, Verdict
from advisor.rendering.changes import changes, what_if_markdown
from advisor.rendering.documents import Change, WhatIf


def assessment(stage: StageId, verdict: Verdict, *, questions: tuple[OpenQuestion, ...] = (), tool: str = "later") -> Assessment:
    finding = Finding(rule=f"stage.{stage}", verdict=verdict, move=Move.TIERED_PROGRAMME, text="Tiers.", because="So it is.")
    tools = (ToolVerdict.model_validate({"name": "Introw", "verdict": tool, "why": "Big enough.", "as_of": "2026-02"}),)
    return Assessment(client=Client(), stage=Stage(id=stage, label=f"band {stage}"), findings=(finding,), questions=questions, tools=tools)


ASKED = OpenQuestion(fact="owner", ask="Who owns this?", why="")
BEFORE = assessment(StageId.FROM_5M, Verdict.FORBID, questions=(ASKED,))
AFTER = assessment(StageId.FROM_15M, Verdict.RECOMMEND, tool="fits")


def test_changes_name_stage_moves_tools_and_questions() -> None:
    assert changes(BEFORE, AFTER) == (
        Change(what="stage", id="stage", before="band 5-15M", after="band 15-50M"),
        Change(what="move", id="tiered_programme", before="forbid", after="recommend", because="So it is.", rule="stage.15-50M"),
        Change(what="tool", id="Introw", before="later", after="fits", because="Big enough."),
        Change(what="question", id="owner", before="Who owns this?", after=None),
    )


def test_nothing_changes_between_equal_assessments() -> None:
    assert changes(BEFORE, BEFORE) == ()


def test_a_move_that_one_rule_forbids_counts_as_forbidden_whatever_others_say() -> None:
    allowed = BEFORE.findings[0].model_copy(update={"verdict": Verdict.ALLOW, "rule": "other"})
    both = BEFORE.model_copy(update={"findings": (allowed, *BEFORE.findings)})
    assert changes(BEFORE, both) == ()


def test_the_what_if_reads_as_sentences() -> None:
    what_if = WhatIf(supposed={"arr": "16M EUR"}, changes=changes(BEFORE, AFTER), assessment=AFTER)
    assert what_if_markdown(what_if, {"tiered_programme": "a tiered programme"}) == (
        "## What changes with arr = 16M EUR\n"
        "\n"
        "- Stage: band 5-15M → **band 15-50M**.\n"
        "- A tiered programme: not yet → **fits now**. So it is.\n"
        "- Introw: later → **fits**. Big enough.\n"
        "- Answered by this: Who owns this?\n"
    )
