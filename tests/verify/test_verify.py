"""`verify` says of each figure of a text whether it holds, and if not, what stands in its place."""

from __future__ import annotations

import re
from typing import Any

import pytest

from advisor import Client, verify
from advisor.domain import FigureVerdict, VerifiedFigure
from advisor.errors import InputError

DEPOTS = "Source: Rail Regulator, 2024\n\n| Depot | Trains 2023 | Trains 2024 | Staff | Occupancy (%) |\n|---|---|---|---|---|\n| York | 40 | 60 | 130 | 87 |\n| Leeds | 58 | 29 | 175 | 64 |\n| Hull | 20 | 24 | 61 | 91 |"
PROSE = "Output rose from 40 tonnes in 2023 to 60 tonnes in 2024. Costs fell by 12 %. According to the Milk Board, 35 % of farms sell directly. The mill opened in 1987."


def of(text: str, *against: str, **more: Any) -> list[VerifiedFigure]:
    return list(verify(text, list(against) or None, **more).figures)


def verdicts(text: str, *against: str, **more: Any) -> list[tuple[str, str]]:
    return [(figure.text, str(figure.verdict)) for figure in of(text, *against, **more)]


def test_figures_of_the_knowledge_are_supported_with_their_records() -> None:
    found = of("ELG deals close 46 % faster and are 53 % more likely to close.")
    assert [(figure.text, str(figure.verdict), figure.evidence[0]) for figure in found] == [("46 %", "supported", "cycle-46-faster"), ("53 %", "supported", "close-likelihood")]


def test_a_contradicted_figure_names_what_stands_in_its_place() -> None:
    (figure,) = of("ELG deals close 53 % faster.")
    assert figure.verdict is FigureVerdict.CONTRADICTED
    assert figure.nearest is not None
    assert (figure.nearest.id, figure.nearest.value) == ("cycle-46-faster", "46 %")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("According to Forrester, ELG deals close 46 % faster.", "misattributed"),
        ("According to Crossbeam, ELG deals close 46 % faster.", "supported"),
        ("Crossbeam's 2019 study found ELG deals close 46 % faster.", "misattributed"),
        ("ELG deals close 46 % faster (Crossbeam, 2023).", "supported"),
        ("Laut Forrester werden ELG-Deals 46 % schneller abgeschlossen.", "misattributed"),
        ("Les affaires ELG se concluent quarante-six pour cent plus vite.", "supported"),
        ("Salesforce gets 45 % of its revenue through partners.", "contradicted"),
        ("Accounts with a partner involved are 58 % more likely to churn.", "contradicted"),
        ("With 50+ partners the win rate is 37.1 percentage points higher.", "contradicted"),
        ("With 50+ partners the win rate is about 37 % higher.", "supported"),
    ],
)
def test_publisher_year_subject_unit_and_direction_must_be_the_records_own(text: str, verdict: str) -> None:
    shares = [found for figure, found in verdicts(text) if re.search(r"%|percent|cent", figure)]
    assert shares == [verdict]


def test_a_figure_that_holds_for_others_only_is_not_applicable() -> None:
    text = "With 50 or more partners connected for account mapping, partner-involved deals show a win rate 37.1 % higher."
    client = Client.model_validate({"partners": {"mapped": 3}})
    assert ("37.1 %", "supported") in verdicts(text)
    (figure,) = [figure for figure in of(text, client=client) if figure.text == "37.1 %"]
    assert figure.verdict is FigureVerdict.NOT_APPLICABLE
    assert "50 or more" in figure.why


def test_the_clients_own_numbers_are_known_from_its_facts_and_contradict_nothing_without_them() -> None:
    assert verdicts("We have 14 partners.", client=Client.model_validate({"partners": {"signed": 14}})) == [("14", "supported")]
    assert verdicts("We have 14 partners, and our activation rate is 38 %.") == [("14", "unsupported"), ("38 %", "unsupported")]


def test_a_made_up_example_and_a_single_case_speak_for_nobody_else() -> None:
    assert ("60%", "supported") not in verdicts("ELG deals close 60% faster.")
    assert ("60 %", "supported") in verdicts("Deals that Salesforce and Accenture sell together close 60 % faster than solo deals.")
    assert ("$50,000", "supported") not in verdicts("Sourced revenue over 24 partners is $50,000 a partner.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("York has 130 staff.", [("130", "supported")]),
        ("York has 175 staff.", [("175", "contradicted")]),
        ("Leeds employs 175 people and Hull 61.", [("175", "supported"), ("61", "supported")]),
        ("Occupancy in Hull is 91 %.", [("91 %", "supported")]),
        ("Occupancy in Hull is 91 percentage points.", [("91 percentage points", "contradicted")]),
        ("Leeds has 45 more staff than York.", [("45", "derived")]),
        ("York has 45 more staff than Leeds.", [("45", "contradicted")]),
        ("Compared with York, Leeds has 45 more staff.", [("45", "derived")]),
        ("The three depots have 366 staff in total.", [("three", "derived"), ("366", "derived")]),
        ("York accounts for 36 % of staff.", [("36 %", "derived")]),
        ("Trains at York rose by 50 % from 2023 to 2024.", [("50 %", "derived"), ("2023", "supported"), ("2024", "supported")]),
        ("Trains at York rose to 60 in 2024.", [("60", "supported"), ("2024", "supported")]),
        ("Trains at York rose by 60 in 2024.", [("60", "contradicted"), ("2024", "supported")]),
        ("Trains at York rose to 20.", [("20", "contradicted")]),
        ("Staff: York and Leeds have 130 and 175 respectively.", [("130", "supported"), ("175", "supported")]),
        ("According to the Rail Regulator, York has 130 staff.", [("130", "supported")]),
        ("According to Eurostat, York has 130 staff.", [("130", "misattributed")]),
        ("Bristol has 130 staff.", [("130", "contradicted")]),
    ],
)
def test_a_table_is_read_by_its_rows_and_columns(text: str, expected: list[tuple[str, str]]) -> None:
    found = verdicts(text, DEPOTS)
    if text.startswith("Bristol"):
        assert found[0][1] not in {"supported", "derived"}
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Output rose by 50 %.", "derived"), ("Output rose by 20 tonnes.", "derived"), ("Output rose to 20 tonnes.", "contradicted"), ("Output was 60,000 kg in 2024.", "supported"),
        ("Costs fell by 12 %.", "supported"), ("Costs fell to 12 %.", "contradicted"), ("Costs rose by 12 %.", "contradicted"), ("Costs fell by 12 percentage points.", "contradicted"),
        ("65 % of farms do not sell directly.", "derived"), ("According to the Milk Board, 35 % of farms sell directly.", "supported"), ("According to the Egg Board, 35 % of farms sell directly.", "misattributed"),
        ("The mill opened in 1987.", "supported"), ("The mill opened in 1978.", "contradicted"), ("The mill has 14 floors.", "unsupported"),
    ],
)  # fmt: skip
def test_sentences_of_a_given_text_are_the_only_truth(text: str, expected: str) -> None:
    assert verdicts(text, PROSE)[0][1] == expected


def test_nothing_of_the_knowledge_helps_or_harms_beside_given_texts() -> None:
    assert verdicts("ELG deals close 46 % faster.", PROSE) == [("46 %", "unsupported")]


def test_shown_formulas_are_worked_out_again() -> None:
    source = "We run 14 vans. A van costs €2,000."
    assert verdicts("14 vans × €2,000 = €28,000", source)[-1] == ("€28,000", "derived")
    (figure,) = of("14 vans × €2,000 = €29,000", source)[-1:]
    assert figure.verdict is FigureVerdict.CONTRADICTED
    assert figure.nearest is not None
    assert figure.nearest.value == "28,000"


def test_characters_and_lines_are_those_of_the_text() -> None:
    text = "# Review\n\nSome words first,\nand then: York has 130\nstaff.\n\n| Depot | Staff |\n|---|---|\n| Hull | 61 |\n"
    for figure in of(text, DEPOTS):
        assert text[figure.start : figure.end] == figure.text
        assert text.splitlines()[figure.line - 1].count(figure.text)


def test_a_sentence_broken_to_fit_a_page_is_read_whole() -> None:
    assert verdicts("In the year under review the number of staff that worked at\nYork came to 130 in all.", DEPOTS) == [("130", "supported")]


def test_texts_of_other_types_are_refused() -> None:
    for call in (lambda: verify(5), lambda: verify("x", "one text"), lambda: verify("x", [5]), lambda: verify("x", client="us")):  # type: ignore[arg-type]
        with pytest.raises(InputError):
            call()


def test_a_text_without_figures_passes() -> None:
    report = verify("Nothing to see here.")
    assert (report.figures, report.summary.passed) == ((), True)


@pytest.mark.parametrize("text", ["|", "||||\n|---|", "=", "5 = ", "= 5", "0 ÷ 0 = 1", "%", "(" * 500 + "5", "| a |\n" * 400, "1 " * 300, "\x00 46 %", "–5–", "٤٦ %", "46 % " * 200])
def test_odd_texts_are_read_without_fault(text: str) -> None:
    verify(text)
    verify(text, [text])
