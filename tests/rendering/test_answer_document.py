"""Answers as documents to hand on, in every format of pages."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime

import pytest

from advisor import Advisor, Answer, Client
from advisor.domain.turn import Turn
from advisor.rendering.answer_document import Handed, answer_document, conversation_document
from advisor.rendering.blocks import Bullets, Heading, Paragraph, Sources
from advisor.rendering.formats import PAGES, pages
from advisor.rendering.prose import blocks

HANDED = Handed(on=date(2026, 11, 27), prepared_for="Acme Programme Ltd", prepared_by="Northgate")
QUESTION = "We're at $3M ARR and the “Partner Programme Board” wants partner tiers by March. Is that right for us?"


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor(today=lambda: date(2026, 11, 26))


@pytest.fixture(scope="module")
def answer(advisor: Advisor) -> Answer:
    return advisor.ask(QUESTION, client=Client(fx={"USD": "0.92"}))


def _text(content: str | bytes) -> str:
    if isinstance(content, str):
        return content
    return "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()))


@pytest.mark.parametrize("form", [form for form in PAGES if form != "pdf"])
def test_a_document_names_question_people_sources_rate_day_and_what_made_it(advisor: Advisor, answer: Answer, form: str) -> None:
    text = _text(pages(answer_document(answer, advisor.documents, HANDED), form))
    for said in ("Acme Programme Ltd", "Northgate", "27 Nov 2026", "Partner Programme Board", "practitioner", "USD 0.92", answer.run.knowledge_version, "inputs "):
        assert said in text, said
    assert [finding.rule for finding in answer.assessment.findings if "." in finding.rule and finding.rule in text] == []


def test_every_claim_stands_in_the_document_with_sources_that_are_listed(advisor: Advisor, answer: Answer) -> None:
    laid = answer_document(answer, advisor.documents, HANDED)
    texts = [text for block in laid.blocks if isinstance(block, Paragraph | Bullets) for text in (block.items if isinstance(block, Bullets) else (block.text, *block.more))]
    listed = {item.n for block in laid.blocks if isinstance(block, Sources) for item in block.items}
    assert {n for text in texts for n in text.citations} == listed
    whole = " ".join(text.text for text in texts)
    assert [claim.text for claim in answer.answer.claims if claim.text not in whole] == []


def test_rules_stand_in_a_document_only_where_they_are_asked_for(advisor: Advisor, answer: Answer) -> None:
    text = _text(pages(answer_document(answer, advisor.documents, HANDED, why=True), "md"))
    assert [finding.rule for finding in answer.assessment.findings if finding.rule not in text.replace("\\", "").replace("&lt;", "<")] == []


def test_american_spelling_changes_our_words_and_neither_names_nor_quotations(advisor: Advisor, answer: Answer) -> None:
    text = _text(pages(answer_document(answer, advisor.documents, HANDED._replace(spelling="american")), "html"))
    assert 'lang="en-US"' in text
    assert "tiered program " in text
    assert "Acme Programme Ltd" in text
    assert "“Partner Programme Board”" in text


def test_the_same_inputs_have_the_same_mark_and_others_another(advisor: Advisor, answer: Answer) -> None:
    again = answer_document(answer, advisor.documents, HANDED._replace(prepared_by=None)).foot
    other = answer_document(answer.model_copy(update={"question": "Else?"}), advisor.documents, HANDED).foot
    assert again == answer_document(answer, advisor.documents, HANDED).foot != other


def test_a_conversation_has_one_list_of_sources_and_no_turn_that_was_taken_back(advisor: Advisor, answer: Answer) -> None:
    at = datetime(2026, 11, 27, tzinfo=UTC)
    gone = answer.model_copy(update={"question": "Taken back?"})
    turns = [Turn(n=1, at=at, answer=answer), Turn(n=2, at=at, answer=gone), Turn(n=3, at=at, kind="undo", undone=2), Turn(n=4, at=at, answer=answer)]
    laid = conversation_document(turns, advisor.documents, HANDED)
    assert laid is not None
    assert [block.text for block in laid.blocks if isinstance(block, Heading) and block.level == 2] == ["Question 1", "Question 2", "Sources"]
    assert "Taken back?" not in _text(pages(laid, "md"))
    assert len([block for block in laid.blocks if isinstance(block, Sources)]) == 1
    assert conversation_document([], advisor.documents, HANDED) is None


def test_words_of_a_question_are_data(advisor: Advisor, answer: Answer) -> None:
    laid = answer_document(answer.model_copy(update={"question": "<script>alert(1)</script> **x** \x0b"}), advisor.documents, HANDED)
    assert "<script>" not in str(pages(laid, "html"))
    assert "<script>" not in str(pages(laid, "md"))
    assert "alert(1)" in _text(pages(laid, "docx"))


@pytest.mark.parametrize(("text", "kinds"), [
    ("**Not yet.** [1] More. [2][3]", ["Paragraph"]),
    ("**What fits**\n1. One. [1]\n2. Two.\n\nAnd so on.", ["Heading", "Bullets", "Paragraph"]),
    ("**Views** (our view)\n- One [1] and two. [2]", ["Heading", "Bullets"]),
    ("## Marked\n\nWords\ngo on.", ["Heading", "Paragraph"]),
    ("1. One\n- Other", ["Bullets", "Bullets"]),
    ("", []),
])  # fmt: skip
def test_a_text_becomes_blocks(text: str, kinds: list[str]) -> None:
    assert [type(block).__name__ for block in blocks(text, lambda n: n)] == kinds


def test_each_sentence_keeps_its_own_sources() -> None:
    (paragraph,) = blocks("**Not yet.** [1] More. [2][3]", lambda n: n * 10)
    assert isinstance(paragraph, Paragraph)
    assert [(text.text, text.citations, text.strong) for text in (paragraph.text, *paragraph.more)] == [("Not yet.", (10,), True), ("More.", (20, 30), False)]
