"""The case language: what is wrong is named by file, case and field, with what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from advisor import library
from advisor.errors import AdvisorError, DataError, InputError
from advisor.evaluation import suites
from advisor.evaluation.cases import KINDS, case_of

Written = Callable[..., Path]
ONE = "  - name: a-case\n    inputs: {question: \"Tiers at 8M EUR ARR?\"}\n"


@pytest.mark.parametrize("name", suites.shipped())
def test_every_shipped_suite_loads_and_names_records_that_exist(name: str) -> None:
    (suite,) = suites.find([name])
    suites.check_records([suite], library.load())
    assert suite.name == name
    assert suite.cases


def test_a_case_survives_the_way_to_a_process_and_back() -> None:
    for suite in suites.find(suites.shipped()):
        assert [case_of(case.as_json()) for case in suite.cases] == list(suite.cases)


@pytest.mark.parametrize(
    ("cases", "field", "found", "allowed"),
    [
        (ONE + "    expected_output: {must_advise: [tiers]}\n", "expected_output.must_advise.0", "'tiers'", "tiered_programme"),
        (ONE + "    expected_output: {stage: 8M}\n", "expected_output.stage", "'8M'", "'5-15M'"),
        (ONE + "    expected_output: {advise: [tiered_programme]}\n", "expected_output.advise", "an unknown key", "must_advise"),
        (ONE + "    expected_output: {asks_about: [weather]}\n", "expected_output.asks_about.0", "'weather'", "problems"),
        (ONE + "    expected_output: {sum: {result: ['1'], none: true}}\n", "expected_output.sum", "{'result'", "exactly one of"),
        (ONE + "    expected_output: {figures: [{say: 5 %}]}\n", "expected_output.figures.0.say", "an unknown key", "says, source"),
        (ONE + "    expected_output: {mentions: [Kiflo, Introw]}\n", "expected_output.mentions.0", "'Kiflo'", "a list, like [Kiflo]"),
        (ONE + "    metadata: {colour: red}\n", "metadata.colour", "an unknown key", "note, tags, group"),
        (ONE + "    metadata: {group: alone}\n", "metadata.group", "'alone'", "at least two cases"),
        (ONE + "    expected: {stage: 5-15M}\n", "expected", "an unknown key", "expected_output"),
        ("  - name: a-case\n    inputs: {question: a, turns: [b]}\n", "inputs", "{'question'", "exactly one of: question, turns"),
        ("  - name: a-case\n    inputs: {question: a, client: {size: 3}}\n", "inputs.client.size", "3", "arr, motion"),
        ("  - name: a-case\n    inputs: {question: a, client: {arr: lots}}\n", "inputs.client.arr", "'lots'", "8.2M EUR"),
        ("  - name: a-case\n    inputs: {question: a, client: {motion: field}}\n", "inputs.client.motion", "'field'", "'plg'"),
        (ONE + "    expected_output: {must_advise: [prm]}\n", "expected_output.must_advise.0", "'prm'", "like mid_prm or light_prm"),
        ("  - name: a-case\n    inputs: {question: ''}\n", "inputs.question", "''", "at least 1 character"),
    ],
)
def test_a_wrong_case_is_refused_with_its_name_the_field_and_what_is_allowed(written: Written, cases: str, field: str, found: str, allowed: str) -> None:
    with pytest.raises(DataError) as refused:
        suites.load(written(cases))
    error = refused.value
    assert (error.entry, error.field) == ("a-case", field)
    assert error.found.startswith(found)
    assert allowed in error.allowed
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: mine\ncases: []\n", "at least one case"),
        ("name: mine\nkases: []\n", "kases"),
        ("name: mine\ncases:\n  - inputs: {question: a}\n", "case 1 › name"),
        ("name: mine\ncases:\n  - {name: Not Kebab, inputs: {question: a}}\n", "small letters"),
        ("name: mine\ncases:\n" + ONE + ONE, "stands twice"),
        ("name: mine\ncases:\n  - {name: a, inputs: {question: a, question: b}}\n", "'question' twice"),
        ("name: mine\ncases: [\n", "YAML"),
        ("just words\n", "`name:` and `cases:`"),
        ("'$schema': schema/deals.json\nname: mine\ncases:\n" + ONE, "schema/answers.json"),
        ("name: a/b\ncases:\n" + ONE, "letters, digits"),
        ("x: &a [*a]\n", "unknown key"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AdvisorError, match=r"mine\.yaml") as refused:
        suites.load(path)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_record_that_does_not_exist_is_named_with_near_ones(written: Written) -> None:
    suite = suites.load(written(ONE + "    expected_output: {figures: [{says: 5 %, source: partners-5-15}]}\n"))
    with pytest.raises(DataError, match="partners-5-15m"):
        suites.check_records([suite], library.load())


def test_an_unknown_suite_and_case_are_answered_with_what_exists() -> None:
    with pytest.raises(InputError, match="first_answers"):
        suites.find(["nonesuch"])
    with pytest.raises(InputError, match="Did you mean 'too-early-for-portal-and-commission-tables'"):
        suites.only(suites.find(["first_answers"]), ["too-early-for-portal"])


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_files_are_those_of_the_models(kind: str) -> None:
    import json

    from advisor import datafiles

    held = json.loads((datafiles.root() / "evals" / "schema" / f"{kind}.json").read_text(encoding="utf-8"))
    assert held == json.loads(json.dumps(suites.schema_of(kind)))


def test_an_editor_with_the_schema_finds_a_misspelt_key() -> None:
    from jsonschema import Draft202012Validator

    schema = Draft202012Validator(suites.schema_of("answers"))
    good = {"name": "mine", "cases": [{"name": "a", "inputs": {"question": "b"}, "expected_output": {"stage": "5-15M"}}]}
    assert schema.is_valid(good)
    good["cases"][0]["expected_output"] = {"stages": "5-15M"}  # type: ignore[index]
    assert not schema.is_valid(good)
