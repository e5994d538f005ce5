"""How people see an assessment."""

from __future__ import annotations

from advisor.domain import (
    Assessment,
    Client,
    Contradiction,
    Finding,
    Maturity,
    Motion,
    MotionResult,
    Move,
    OpenQuestion,
    PartnerTypes,
    Phase,
    PhaseId,
    Stage,
    StageId,
    ToolVerdict,
    Verdict,
)
from advisor.rendering.assessment import assessment_brief, assessment_markdown

TITLES = {Move.TIERED_PROGRAMME: "a tiered programme", Move.FIRST_PARTNER_HIRE: "a first partner hire"}
TIERS = Finding(
    rule="stage.5-15M",
    verdict=Verdict.FORBID,
    move=Move.TIERED_PROGRAMME,
    text="Not yet: tiers come later",
    because="There are too few partners to rank.",
    would_change_if="ARR of €15M or more",
    facts_used=("arr",),
    sources=("doc-000:stage-table/row-2",),
)
HIRE = Finding(
    rule="stage.hire",
    verdict=Verdict.RECOMMEND,
    move=Move.FIRST_PARTNER_HIRE,
    text="Hire one person for partners.",
    because="The work needs a whole head.",
    provisional=True,
)
FULL = Assessment(
    client=Client(),
    stage=Stage(id=StageId.FROM_5M, label="€5–15M ARR", provisional=True, also=(StageId.FROM_15M,), because="Read from $9M"),
    motion=MotionResult(id=Motion.MID_TOUCH, label="mid-touch"),
    phase=Phase(id=PhaseId.EARLY, label="below 18 months"),
    maturity=Maturity(level=1, label="ad hoc", because="No owner."),
    findings=(TIERS, HIRE),
    partner_types=PartnerTypes(start_with=(Move.REFERRAL_PARTNERS,)),
    tools=(ToolVerdict(name="Introw", verdict="not_for_you", why="No CRM it works with.", as_of="2026-02"),),
    questions=(OpenQuestion(fact="owner", ask="Who owns this?", why="It decides what can start."),),
    contradictions=(Contradiction(facts=("arr", "acv"), text="9 customers cannot pay €9M", treated_as="Read cautiously."),),
)


def test_everything_an_assessment_holds_is_said_in_words() -> None:
    assert assessment_markdown(FULL, TITLES) == (
        "## €5–15M ARR (possibly 15-50M), provisional\n"
        "\n"
        "Read from $9M.\n"
        "\n"
        "- How you sell: mid-touch\n"
        "- Age of the partner programme: below 18 months\n"
        "- Partner maturity: level 1, ad hoc. No owner.\n"
        "\n"
        "## What does not fit together\n"
        "\n"
        "- 9 customers cannot pay €9M. Read cautiously.\n"
        "\n"
        "## Fits now\n"
        "\n"
        "- Hire one person for partners. *(provisional)* The work needs a whole head.\n"
        "\n"
        "## Not yet\n"
        "\n"
        "- Tiers come later. *(changes with: ARR of €15M or more)* There are too few partners to rank.\n"
        "\n"
        "## Kinds of partner\n"
        "\n"
        "- Start with: referral partners\n"
        "\n"
        "## Tools\n"
        "\n"
        "| Tool | For you | Why | As of |\n"
        "| --- | --- | --- | --- |\n"
        "| Introw | not for you | No CRM it works with. | 2026-02 |\n"
        "\n"
        "## What would settle more\n"
        "\n"
        "1. Who owns this? It decides what can start.\n"
        "\n"
        "*Provisional: it rests on a fact that is not known yet.*\n"
    )


def test_rules_and_internal_words_show_only_when_asked_why() -> None:
    plain = assessment_markdown(FULL, TITLES)
    assert not [word for word in ("stage.5-15M", "forbid", "recommend", "doc-000") if word in plain]
    assert "  - rule `stage.5-15M`, forbid; facts: arr; sources: doc-000:stage-table/row-2\n" in assessment_markdown(FULL, TITLES, why=True)


def test_brief_is_five_lines_at_most() -> None:
    assert assessment_brief(FULL, TITLES) == (
        "**€5–15M ARR (possibly 15-50M), provisional** Read from $9M.\n"
        "\n"
        "Fits now: a first partner hire.\n"
        "\n"
        "Not yet: a tiered programme.\n"
        "\n"
        "Still open: Who owns this?\n"
    )


def test_an_empty_assessment_is_its_stage_alone() -> None:
    empty = Assessment(client=Client(), stage=Stage(id=StageId.UNKNOWN, label="ARR unknown"))
    assert assessment_markdown(empty, {}) == "## ARR unknown\n"


def test_findings_with_one_reason_stand_below_it() -> None:
    other = TIERS.model_copy(update={"move": Move.MASS_RECRUITING, "text": "Not yet: recruiting many at once.", "would_change_if": None})
    shared = FULL.model_copy(update={"findings": (TIERS, other)})
    assert (
        "## Not yet\n"
        "\n"
        "- There are too few partners to rank.\n"
        "  - Tiers come later. *(changes with: ARR of €15M or more)*\n"
        "  - Recruiting many at once.\n"
    ) in assessment_markdown(shared, TITLES)


def test_brief_names_five_moves_and_counts_the_rest() -> None:
    moves = list(Move)[:8]
    many = FULL.model_copy(update={"findings": tuple(HIRE.model_copy(update={"move": move}) for move in moves)})
    assert "; recruit 5 10; and 3 more.\n" in assessment_brief(many, {})


def test_a_decision_stands_beside_the_verdict_that_stays() -> None:
    client = Client.model_validate({"decided": [{"move": "tiered_programme", "by": "board", "on": "2026-11-03", "reason": "Promised"}, {"move": "resellers"}]})
    finding = Finding(rule="stage.5-15M", verdict=Verdict.FORBID, move=Move.TIERED_PROGRAMME, text="Not yet: tiers.", because="So it is.")
    assessment = Assessment(client=client, stage=Stage(id=StageId.FROM_5M, label="€5–15M ARR"), findings=(finding,))
    text = assessment_markdown(assessment, {"tiered_programme": "a tiered programme"})
    assert "- A tiered programme (board, 2026-11-03): “Promised.” The verdict stays: not yet.\n- Resellers.\n" in text
