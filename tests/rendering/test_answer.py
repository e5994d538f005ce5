"""How people see an answer."""

from __future__ import annotations

from advisor.domain import (
    Answer,
    Applies,
    Assessment,
    Citation,
    Claim,
    ClaimKind,
    Client,
    EvidenceClass,
    EvidenceKind,
    Finding,
    Move,
    Removed,
    Reply,
    Stage,
    StageId,
    Stance,
    Verdict,
    Verification,
)
from advisor.rendering.answer import answer_brief, answer_markdown

DOCUMENTS = {"000": "A partner playbook"}
RULE = Citation(
    n=1, kind=EvidenceKind.RULE, id="stage.<5M", title="Stage rule", publisher="A practitioner", evidence_class=EvidenceClass.PRACTITIONER,
    source_doc="000", place="000 › Stage table › row 1", says="Below €5M ARR there is no programme", locator="doc-000:stage-table/row-1",
)  # fmt: skip
RECORD = Citation(
    n=2, kind=EvidenceKind.BENCHMARK, id="win-rate-uplift", title="Win rates", publisher="Crossbeam", year=2024, applies=Applies.NO,
    evidence_class=EvidenceClass.VENDOR_PLATFORM_DATA, source_doc="000", place="000 › Economic benchmarks", says="Win rates rise 9.4%.",
    excerpt="win rate uplift 9.4%", locator="doc-000:economic-benchmarks/row-3",
)  # fmt: skip
CLAIMS = (
    Claim(n=1, text="Not yet.", citations=(1,), kind=ClaimKind.ADVICE, stance=Stance.ADVISE_AGAINST, moves=(Move.TIERED_PROGRAMME,)),
    Claim(n=2, text="Win rates rise 9.4%.", citations=(2,), kind=ClaimKind.FIGURE),
    Claim(n=3, text="Ask three people for an introduction.", citations=(1,), kind=ClaimKind.ADVICE, stance=Stance.ADVISE),
    Claim(n=4, text="Who owns it?", kind=ClaimKind.QUESTION),
    Claim(n=5, text="Which problem is it to solve?", kind=ClaimKind.QUESTION),
)
FINDING = Finding(rule="stage.<5M", verdict=Verdict.FORBID, move=Move.TIERED_PROGRAMME, text="Not yet.", because="No programme")
ANSWER = Answer(
    question="Tiers?",
    assessment=Assessment(client=Client(), stage=Stage(id=StageId.BELOW_5M, label="below €5M ARR"), findings=(FINDING,)),
    answer=Reply(text="**Not yet.** [1]\n\nWin rates rise 9.4%. [2]", claims=CLAIMS),
    citations=(RULE, RECORD),
    verification=Verification(figures=1, cited=1, removed=(Removed(text="Gone", reason="no source"),)),
)


def test_an_answer_is_its_text_and_its_sources_by_title_and_publisher() -> None:
    assert answer_markdown(ANSWER, DOCUMENTS) == (
        "**Not yet.** [1]\n"
        "\n"
        "Win rates rise 9.4%. [2]\n"
        "\n"
        "## Sources\n"
        "\n"
        "- [1] A practitioner (practitioner's experience): Below €5M ARR there is no programme. *A partner playbook › Stage table › row 1*\n"
        "- [2] Crossbeam, 2024 (vendor's own platform data): Win rates rise 9.4%. “win rate uplift 9.4%” "
        "*A partner playbook › Economic benchmarks* — does not hold for you\n"
    )


def test_why_adds_rules_places_and_what_was_withheld() -> None:
    text = answer_markdown(ANSWER, DOCUMENTS, why=True)
    assert "`rule stage.<5M` at `doc-000:stage-table/row-1`" in text
    assert text.endswith(
        "## How this was checked\n"
        "\n"
        "- Figures: 1, of these cited 1, given by you 0, computed 0\n"
        "- Without support: 0; claims without a source: 0; against a rule: 0; repairs: 0\n"
        "- Withheld: “Gone” — no source.\n"
        "- Rule `stage.<5M` (forbid): No programme.\n"
        "- Knowledge version: not recorded\n"
    )


def test_brief_is_the_opening_the_advice_one_question_and_the_sources() -> None:
    assert answer_brief(ANSWER, DOCUMENTS) == (
        "Not yet. [1]\n"
        "\n"
        "Ask three people for an introduction. [1]\n"
        "\n"
        "Who owns it?\n"
        "\n"
        "Sources: [1] A practitioner, A partner playbook › Stage table › row 1.\n"
    )


def test_an_answer_without_sources_has_no_list_of_them() -> None:
    assert answer_markdown(ANSWER.model_copy(update={"citations": ()}), DOCUMENTS) == "**Not yet.** [1]\n\nWin rates rise 9.4%. [2]\n"


def test_a_long_passage_is_quoted_by_its_opening() -> None:
    passage = RULE.model_copy(update={"says": "First sentence here.\n\n- " + "A list item that goes on and on. " * 20})
    lines = answer_markdown(ANSWER.model_copy(update={"citations": (passage,)}), DOCUMENTS).partition("## Sources\n\n")[2].splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("- [1] A practitioner (practitioner's experience): First sentence here. - A list item")
    assert lines[0].endswith("goes on and on. … *A partner playbook › Stage table › row 1*")
