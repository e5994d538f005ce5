"""American spelling by a table of words that was read by people."""

from __future__ import annotations

import re
from datetime import date

import pytest

from advisor import Advisor, Client, datafiles
from advisor.domain.plan import PlanRequest
from advisor.rendering.formats import render
from advisor.rendering.spelling import american, table
from advisor.rendering.words import page

_BRITISH = re.compile(r"\b(?:\w+(?:is(?:e|ed|es|er|ers|ing|ation|ations|ational)|yse[sd]?|ysing|our(?:s|ed|ing|able|ite|ites|ful)?|ogues?|ammes?|[dv]elled|[dvb]elling|tres?)|grey|ageing|artefacts?|whilst|learnt|judgements?|fulfils?|enrols?)\b", re.IGNORECASE)
SAME = frozenset("""
advertise advertised advertising advise advised adviser advisers advises advising arise arises comprise comprised compromise compromised concise disguise enterprise enterprises
excise exercise exercises expertise franchise franchises improvise likewise merchandise noise otherwise praise praised praises precise premise premises promise promised promises
promising raise raised raiser raises raising revise revised rise rises rising supervise supervised surprise surprised surprising wise
contour detour flour four hour hours our ours pour retour sour tour tours your yours
""".split())


@pytest.mark.parametrize(("text", "said"), [
    ("A programme", "A program"), ("Programmes, organised.", "Programs, organized."), ("PROGRAMME", "PROGRAM"), ("a licence", "a license"),
    ("the “Partner Programme” programme", "the “Partner Programme” program"), ("{programme} programme", "{programme} program"), ("enterprise revenue", "enterprise revenue"),
])  # fmt: skip
def test_words_are_spelled_as_americans_do_and_quotations_are_left(text: str, said: str) -> None:
    assert american(text) == said


def test_no_british_word_of_the_texts_is_missing_in_the_table() -> None:
    root = datafiles.root() / "knowledge"
    files = [*sorted((root / "phrases" / "en").glob("*.toml")), *sorted((root / "skill").glob("*.md")), *sorted((root / "benchmarks").glob("*.toml"))]
    words = {word.lower() for path in files for word in _BRITISH.findall(re.sub(r"[{`][^}`]*[}`]|[\w.-]*[_/][\w./-]*|^\s*[\w.-]+\s*=", " ", path.read_text(encoding="utf-8"), flags=re.MULTILINE))}
    assert sorted(words - SAME - set(table())) == []


def test_american_words_are_not_changed_again() -> None:
    assert {word for word in table().values() if american(word) != word} == set()


def test_labels_have_the_same_keys_and_slots_in_american_spelling() -> None:
    british, ours = dict(page("en").items()), dict(page("en-US").items())
    assert british.keys() == ours.keys()
    assert [key for key in british if re.findall(r"\{\w+\}", british[key]) != re.findall(r"\{\w+\}", ours[key])] == []
    assert "program" in ours["page.plan.unlocks"].split()


def test_a_plan_is_spelled_so_in_every_format_and_names_stay() -> None:
    advisor = Advisor(today=lambda: date(2026, 11, 26))
    plan = advisor.plan(PlanRequest(kind="board-note", start=date(2027, 1, 11), prepared_for="Programme Organisers Ltd"), Client(arr="9M EUR", motion="mid_touch", owner="dedicated"))
    for form in ("md", "html", "csv"):
        text = str(render(plan, form, advisor.documents, spelling="american")).replace("90-Day Partner Ecosystem Programme", "")
        assert "Programme" not in text.replace("Programme Organisers Ltd", ""), form
        assert "programme" not in text, form
    assert "Programme Organisers Ltd" in text or form == "csv"
