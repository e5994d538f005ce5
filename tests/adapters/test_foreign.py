"""German and French queries, and English ones that must stay as they are."""

from __future__ import annotations

import pytest

from advisor import library
from advisor.adapters.foreign import as_read, in_english
from advisor.adapters.index import open_index
from advisor.adapters.retrieval import Index
from advisor.adapters.synonyms import expanded

FOUND = {
    "Wie hoch ist die Provision für Empfehlungspartner im ersten Jahr?": "incentive-design#commissions-for-referrals",
    "Wann brauchen wir einen eigenen Partnermanager?": "owner#the-right-owner-for-each-size",
    "Was tun wir, wenn Vertrieb und Partner um denselben Kunden streiten?": "attribution#conflict-between-rep-and-partner",
    "Welche Daten exportieren wir vor dem Kundenabgleich aus dem CRM?": "crm-fields#lists-to-export-for-mapping",
    "Woran erkennen wir früh, dass uns ein Partner verlässt?": "partner-analytics#early-signs-that-a-partner-is-leaving",
    "Welche Partner passen zu einer Expansion in ein neues Land?": "partner-types#expanding-into-a-new-region",
    "Sollen Partner zertifiziert werden, und bringt das mehr Umsatz?": "certified-multiple",
    "Comment mesurer la satisfaction de nos partenaires ?": "partner-metrics#partner-satisfaction",
    "Quelle commission verser sur une vente influencée par un partenaire ?": "attribution#pay-for-influenced-deals",
    "Quel outil choisir pour gérer dix partenaires ?": "kiflo-introw-partners",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return open_index(tmp_path_factory.mktemp("home"), library.load().entries())


@pytest.mark.parametrize("question", FOUND)
def test_a_foreign_question_finds_the_english_entry_among_five(index: Index, question: str) -> None:
    assert FOUND[question] in [hit.id for hit in index.search(question, 5)]


def test_questions_of_the_knowledge_are_taken_for_english() -> None:
    asked = [question for entry in library.load().entries() for question in entry.questions]
    assert [question for question in asked if in_english(question)] == []


@pytest.mark.parametrize("query", ["", "?!", "ARR", "partner", "on", "die", "deal registration", "Crossbeam"])
def test_short_queries_stay_as_they_are(query: str) -> None:
    assert in_english(query) is None


def test_a_compound_is_read_part_by_part_and_an_unknown_word_stays() -> None:
    assert in_english("Wie viele Vertriebspartner hat Xyzzyland?") == "sales partner Xyzzyland"


def test_a_foreign_name_of_one_word_adds_its_term() -> None:
    assert expanded("Wie lösen wir einen Kanalkonflikt?").endswith("(channel conflict)")


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Lehnen wir das Angebot ab?", "reject offer"),
        ("Der Vertrag läuft im Mai aus und der Partner springt ab.", "contract expired Mai partner cancel leave"),
        ("Wir bieten den Kunden ein Portal an", "offer customer portal"),
    ],
)
def test_a_verb_is_joined_with_the_particle_at_the_end_of_its_clause(german: str, english: str) -> None:
    assert in_english(german) == english


def test_umlauts_written_as_two_letters_are_read_alike() -> None:
    assert in_english("Für unsere Händler prüfen wir höhere Beträge") == in_english("Fuer unsere Haendler pruefen wir hoehere Betraege")
    assert in_english("Wir haben neue Quellen") == "new Quellen"


def test_large_partners_are_not_read_as_their_size() -> None:
    assert "large" in str(in_english("Große Händler wollen mehr"))


def test_a_trade_fair_is_no_measure_and_an_invoice_no_sum() -> None:
    assert str(in_english("Wer zahlt die Messe und die Rechnung?")).endswith("trade fair invoice")


def test_small_words_that_ask_and_deny_are_read_but_not_searched_for() -> None:
    assert in_english("Wer bekommt keine Provision?") == "commission"
    assert as_read("Wer bekommt keine Provision?") == "who get no commission"
