"""A model by itself with our tools: what it may call, what it is told, how its last word is read, and when it has to end."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from advisor.cli.main import run as command_line
from advisor.errors import ModelError
from advisor.evaluation import runner, suites, tooled
from advisor.evaluation.calls import Calls, Terms, folder
from advisor.evaluation.subjects import Words
from advisor.integrations.capabilities import instructions
from advisor.integrations.offering import called, offered
from advisor.ports import Step
from advisor.testing import ScriptedModel, calling

Written = Callable[..., Path]
CASES = "".join(
    f'  - name: case-{n}\n    inputs: {{question: "We are at {n}M EUR ARR. Should we start a tiered programme?"}}\n    expected_output: {{stage: "5-15M", must_not_advise: [tiered_programme]}}\n'
    for n in (7, 8, 9)
)
ASSESS = calling("advisor_assess", {"text": "We are at 7M EUR ARR."})
CALM = json.dumps({"stage": "5-15M", "answer": "No tiered programme yet. You are at €7M ARR."})
RASH = json.dumps({"stage": "15-50M", "answer": "Launch a tiered programme now. Partner deals close 83 % faster (Gartner)."})


def options(home: Path, **more: Any) -> runner.Options:
    return runner.Options(home, words=Words("openai:one"), offered=offered(), compared=True, **more)


def run(written: Written, options: runner.Options) -> Any:
    return runner.run([suites.load(written(CASES))], options)


def test_a_model_with_tools_calls_them_and_its_last_word_is_read_like_any_text(written: Written, home: Path, served: Any) -> None:
    model = ScriptedModel(lambda steps: RASH if steps[-1].role == "tool" else ASSESS, name="openai:one")
    served(model)
    result = run(written, options(home)).results[0]
    system, user = model.talked[0]
    assert system.text.startswith(instructions()), "what we tell every host"
    assert "7M EUR" in user.text
    assert "€5–15M ARR" in model.talked[1][-1].text, "what the tool decided came back"
    assert result.shown["checked"]["forbidden"] == ["tiered_programme"], "nothing holds its last word back"
    assert result.scores["stage"].value == 0
    told = result.shown["model"]
    assert (told["turns"], told["answered"], [call["tool"] for call in told["called"]]) == (2, True, ["advisor_assess"])


def test_a_model_that_keeps_to_what_the_tools_say_holds(written: Written, home: Path, served: Any) -> None:
    served(ScriptedModel(lambda steps: CALM if steps[-1].role == "tool" else ASSESS, name="openai:one"))
    (result, *_) = run(written, options(home)).results
    assert (result.scores["stage"].value, result.scores["moves"].value) == (1, 1)
    assert result.shown["checked"] == {"forbidden": [], "unsupported": [], "misattributed": []}


def test_a_model_may_call_nothing(written: Written, home: Path, served: Any) -> None:
    served(ScriptedModel(CALM, name="openai:one"))
    told = run(written, options(home)).results[0].shown["model"]
    assert (told["turns"], told["called"]) == (1, [])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (calling("advisor_assess", {"facts": {"arr": 7, "size": "big"}}), "size"),
        (calling("advisor_assess", '{"text": "We are at'), "not JSON"),
        (calling("advisor_sell", {}), "no tool"),
    ],
)
def test_a_wrong_call_gets_a_sentence_and_another_turn(written: Written, home: Path, served: Any, call: Step, words: str) -> None:
    model = ScriptedModel(lambda steps: CALM if steps[-1].role == "tool" else call, name="openai:one")
    served(model)
    told = run(written, options(home)).results[0].shown["model"]
    assert [each["failed"] for each in told["called"]] == [True]
    assert words in model.talked[1][-1].text


@pytest.mark.parametrize("around", ["{}", "```json\n{}\n```", "<tool_call>{}</tool_call>", "{} I call this first."])
def test_a_call_written_out_as_text_is_a_call(written: Written, home: Path, served: Any, around: str) -> None:
    text = around.replace("{}", json.dumps({"name": "advisor_assess", "arguments": {"text": "We are at 7M EUR ARR."}}))
    model = ScriptedModel(lambda steps: CALM if steps[-1].role == "tool" else text, name="openai:one")
    served(model)
    (call,) = run(written, options(home)).results[0].shown["model"]["called"]
    assert (call["tool"], call["failed"], call["as_text"]) == ("advisor_assess", False, True)
    assert model.talked[1][-2].calls, "told back as the call that it was"


def test_a_model_that_only_ever_calls_has_said_nothing_and_comes_to_an_end(written: Written, home: Path, served: Any) -> None:
    model = ScriptedModel(ASSESS, name="openai:one")
    served(model)
    first = run(written, options(home)).results[0]
    assert first.shown["text"] == ""
    assert (first.scores["stage"].value, first.shown["model"]["answered"]) == (0, False)
    turns = [len(steps) for steps in model.talked]
    assert turns[: tooled.TURNS] == sorted(turns[: tooled.TURNS])
    assert len(turns) == 3 * tooled.TURNS
    assert "Answer now" in model.talked[tooled.TURNS - 1][-1].text


def test_a_model_that_says_nothing_has_answered_nothing(written: Written, home: Path, served: Any) -> None:
    served(ScriptedModel("", name="openai:one"))
    first = run(written, options(home)).results[0]
    assert (first.shown["text"], first.shown["model"]["answered"], first.scores["stage"].value) == ("", False, 0)


def test_what_no_longer_fits_is_left_out_and_the_model_has_to_answer(written: Written, home: Path, served: Any) -> None:
    model = ScriptedModel(lambda steps: CALM if "Answer now" in steps[-1].text else ASSESS, name="openai:one", window=5_500)
    served(model)
    run(written, options(home))
    assert any(len(steps[-1].text) < 100 and "Answer now" in steps[-1].text for steps in model.talked), "the last result found no room"


def test_a_conversation_that_a_model_begins_is_not_kept_among_the_users(written: Written, home: Path, served: Any) -> None:
    ask = calling("advisor_ask", {"question": "We are at 7M EUR ARR. Tiers?", "session": "new"})
    served(ScriptedModel(lambda steps: CALM if steps[-1].role == "tool" else ask, name="openai:one"))
    from advisor import Advisor
    from advisor.settings import Settings

    before = Advisor(Settings(home=home)).store.sessions()
    assert all(not call["failed"] for result in run(written, options(home)).results for call in result.shown["model"]["called"])
    assert Advisor(Settings(home=home)).store.sessions() == before


def test_a_stopped_run_goes_on_in_the_middle_of_a_case(written: Written, home: Path, served: Any) -> None:
    model = ScriptedModel(ASSESS, ModelError("server", "openai:one"), name="openai:one")
    served(model)
    run(written, options(home, terms=Terms(retries=0)))
    assert [*folder(home).iterdir()]
    again = ScriptedModel(CALM, name="openai:one")
    served(again)
    result = run(written, options(home)).results[0]
    assert [step.role for step in again.talked[0]] == ["system", "user", "assistant", "tool"], "the first call was kept"
    assert result.shown["model"]["turns"] == 2


def test_calls_of_tools_are_kept_as_they_were(tmp_path: Path) -> None:
    steps, tools = [Step("user", "Tiers?")], [{"type": "function", "function": {"name": "advisor_assess"}}]
    first = Calls(ScriptedModel(ASSESS), tmp_path).turn(steps, tools, 50)
    silent = ScriptedModel("else")
    assert Calls(silent, tmp_path).turn(steps, tools, 50) == first
    assert not silent.talked


def test_a_model_without_tools_is_one_sentence(written: Written, home: Path, served: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(ScriptedModel, "turn")
    served(ScriptedModel(CALM, name="openai:one"))
    assert all("cannot be given tools" in result.scores["runs"].why for result in run(written, options(home)).results)


@pytest.mark.parametrize(
    ("text", "stage", "said"),
    [
        ("At €5–15M ARR, no tiers yet.", "5-15M", "At €5–15M ARR, no tiers yet."),
        ("Between 5-15M and 15-50M: wait.", "unknown", "Between 5-15M and 15-50M: wait."),
        ('{"stage": ">150M", "answer": "Go on."}', ">150M", "Go on."),
        ("", "unknown", ""),
    ],
)
def test_a_last_word_that_is_no_json_is_read_whole(text: str, stage: str, said: str) -> None:
    assert tooled.last_word(text, "openai:one") == (stage, said)


def test_an_agents_model_is_offered_every_tool_and_gets_the_text_of_langchain(subject: Any) -> None:
    tools = offered()
    names = [each["function"]["name"] for each in tools.functions]
    assert len(names) == len(set(names)) == 7
    text, failed = called(subject, "advisor_assess", {"text": "We are at 7M EUR ARR."})
    assert not failed
    assert not text.startswith("{"), "words for a model, not JSON"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("--subject", "tools"), "The subject tools is a model by itself"), (("--subject", "tools", "--model", "openai:one", "--document", "a.md"), "--subject prompt-only")],
)
def test_what_cannot_be_run_with_tools_is_one_sentence(written: Written, served: Any, capsys: pytest.CaptureFixture[str], arguments: Sequence[str], words: str) -> None:
    served(ScriptedModel(CALM, name="openai:one"))
    assert command_line(["eval", "run", str(written(CASES)), *arguments]) == 2
    assert words in capsys.readouterr().err


def test_the_same_model_with_tools_and_with_documents_are_two_rows(written: Written, served: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    served(ScriptedModel(CALM, name="openai:one"))
    notes = tmp_path / "notes.md"
    notes.write_text("Tiers come late.", encoding="utf-8")
    arguments = ["--model", "openai:one", "--subject", "prompt-only", "--document", str(notes), "--subject", "tools", "--workers", "1"]
    assert command_line(["eval", "run", str(written(CASES, name="both")), *arguments]) == 0
    rows = [line.split(" | ") for line in capsys.readouterr().out.splitlines() if line.startswith(("| prompt-only", "| tools"))]
    assert [row[1] for row in rows] == ["3", "3"]


def test_what_is_copied_from_a_tool_is_counted() -> None:
    assert tooled.copied("No tiers yet.\n- Ask them first. That is mine.", ["Rules: No tiers yet.", "Ask them first."]) == (2, 3)
