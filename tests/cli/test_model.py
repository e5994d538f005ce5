"""`advisor ask` and `chat` with a model, as users run them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from advisor.testing import hostile

QUESTION = "We are at €3M ARR and the board wants partner tiers by March. Is that right for us?"
KEY = "sk-proj-abcdefgh1234567890"
MODEL = "openai:gpt-4.1-mini"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)


def at(service: Any) -> tuple[str, ...]:
    return ("--model", MODEL, "--base-url", f"{service.url}/v1")


def test_an_answer_says_which_model_worded_it_and_what_that_cost(advisor: Any, home: Path, service: Any) -> None:
    done = advisor("ask", QUESTION, "--json", *at(service))
    run = done.json()["run"]
    assert (run["composer"], run["model"], run["tokens"]) == ("model", MODEL, 1500)
    assert run["cost"] == pytest.approx(0.00096)
    assert run["prompt_version"]
    assert done.err.startswith(f"{MODEL} writes: your question and the facts read from it go to 127.0.0.1:")
    assert done.err.count("\n") == 1


def test_the_same_is_decided_as_without_a_model(advisor: Any, home: Path, service: Any) -> None:
    with_, without = advisor("ask", QUESTION, "--json", *at(service)).json(), advisor("ask", QUESTION, "--json").json()
    assert with_["assessment"] == without["assessment"]
    for name in ("recommended_moves", "advised_against", "questions", "abstained"):
        assert with_["answer"][name] == without["answer"][name]


def test_no_name_domain_or_address_of_a_client_is_sent_and_the_key_only_in_its_header(advisor: Any, home: Path, service: Any, tmp_path: Path) -> None:
    advisor("client", "new", "Harbour Crossing", "--arr", "3M EUR")
    question = "Zyntrix GmbH (zyntrix.de, paula.berg@zyntrix.de): Paula Berg wants partner tiers. Is that right for us?"
    trace = tmp_path / "trace.json"
    advisor("ask", question, "--client", "Harbour Crossing", "--session", "Blue Heron", "--trace", str(trace), *at(service))
    advisor("ask", "And what should we do instead?", "--session", "Blue Heron", *at(service))
    assert len(service.asked) >= 2
    for word in ("zyntrix", "paula", "berg", "harbour", "crossing", "heron"):
        assert word not in service.sent.lower(), word
    assert all(KEY not in json.dumps(body) for body in service.asked)
    hops = json.loads(trace.read_text(encoding="utf-8"))["hops"]
    assert [hop["hop"] for hop in hops][-1] == "answer"
    assert KEY not in trace.read_text(encoding="utf-8")


def test_a_switched_off_model_ends_before_anything_is_opened(advisor: Any, home: Path, service: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_OFFLINE", "1")
    for command in (("ask", QUESTION), ("chat",)):
        done = advisor(*command, *at(service))
        assert done.code == 2
        assert done.err == "Error: Models are switched off here (ADVISOR_OFFLINE). Ask without --model.\n"
    assert service.paths == []


def test_a_model_of_the_settings_is_left_out_where_models_are_switched_off(advisor: Any, home: Path, service: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_MODEL", MODEL)
    monkeypatch.setenv("ADVISOR_BASE_URL", f"{service.url}/v1")
    assert advisor("ask", QUESTION, "--json").json()["run"]["composer"] == "model"
    monkeypatch.setenv("ADVISOR_OFFLINE", "1")
    run = advisor("ask", QUESTION, "--json").json()["run"]
    assert (run["composer"], run["notices"]) == ("offline", ["Models are switched off here (ADVISOR_OFFLINE), so this is the offline answer."])
    assert advisor("ask", QUESTION, "--require-model").code == 2
    assert len(service.paths) == 1


def test_a_failing_model_gives_the_offline_answer_or_exit_three(advisor: Any, home: Path, service: Any) -> None:
    service.fails(status=401, body=json.dumps({"error": {"message": f"bad key {KEY}"}}))
    done, plain = advisor("ask", QUESTION, *at(service)), advisor("ask", QUESTION)
    assert (done.code, done.out) == (0, plain.out)
    assert "The key was refused" in done.err
    failed = advisor("ask", QUESTION, "--require-model", *at(service))
    assert failed.code == 3
    assert failed.out == ""
    assert KEY not in done.err + failed.err
    assert failed.err.splitlines()[-1].startswith("Error: The key was refused")


@pytest.mark.parametrize("way", ["advises", "leaks"])
def test_a_hostile_service_changes_nothing(advisor: Any, home: Path, service: Any, way: str) -> None:
    requests = service.requests
    service.reply = lambda body: hostile(way)(requests()[-1])
    assert advisor("ask", QUESTION, *at(service)).out == advisor("ask", QUESTION).out
    assert len(service.asked) == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--model", "gpt"), "The model 'gpt' is not named as provider and model."),
        (("--model", ""), "--model is empty."),
        (("--model", MODEL, "--max-cost", "lots"), "--max-cost is 'lots'."),
        (("--model", MODEL, "--max-cost", "-1"), "--max-cost is '-1'."),
        (("--model", "openai:mystery", "--max-cost", "1"), "The price of openai:mystery is not known"),
        (("--model", MODEL, "--base-url", "nonsense"), "The base URL 'nonsense' is no address"),
        (("--model", "groq:x"), "The provider groq needs the package langchain-groq."),
        (("--require-model",), "A model is required, and none is named."),
    ],
)
def test_a_wrong_option_is_one_sentence_and_exit_two(advisor: Any, home: Path, options: tuple[str, ...], said: str) -> None:
    for command in (("ask", QUESTION), ("chat",)):
        done = advisor(*command, *options)
        assert done.code == 2
        assert done.out == ""
        assert done.err.startswith(f"Error: {said}")
        assert done.err.count("\n") == 1


def test_a_limit_of_cost_stops_before_the_call(advisor: Any, home: Path, service: Any) -> None:
    done = advisor("ask", QUESTION, "--max-cost", "0.0001", *at(service))
    assert (done.code, service.paths) == (0, [])
    assert "could cost more than is allowed" in done.err


def test_a_chat_says_once_what_goes_out_and_at_the_end_what_it_cost(advisor: Any, home: Path, service: Any) -> None:
    lines = "".join(f"{line}\n" for line in (QUESTION, "And which tool?", "/cost")).encode()
    done = advisor("chat", "--session", "x", *at(service), stdin=lines)
    assert done.code == 0
    assert done.err.count("go to 127.0.0.1") == 1
    assert f"{MODEL}: 3,000 tokens, $0.0019." in done.err


def test_a_file_of_the_working_folder_cannot_name_a_model(advisor: Any, home: Path, service: Any) -> None:
    for line in (f'model = "{MODEL}"', f'base_url = "{service.url}"', "require_model = true", "max_cost = 1"):
        Path("advisor.toml").write_text(line, encoding="utf-8")
        done = advisor("ask", QUESTION)
        assert done.code == 2
        assert "may not stand here" in done.err
    assert service.paths == []


def rows(done: Any) -> dict[str, tuple[str, str]]:
    return {row["name"]: (row["status"], row["found"]) for row in done.json()["checks"]}


def test_the_doctor_makes_one_call_and_says_what_works(advisor: Any, home: Path, service: Any) -> None:
    service.reply = lambda body: '{"claims": ["one two three four five six seven eight nine ten", "ten nine eight seven six five"]}'
    done = advisor("doctor", "--json", *at(service))
    told = rows(done)
    assert done.code == 0
    assert len(service.paths) == 1
    assert told["structured output"] == ("ok", "yes, by its own response format")
    assert told["streaming"] == ("ok", "yes")
    assert told[f"model {MODEL}"][1].startswith("127.0.0.1:")
    assert KEY not in done.out + done.err


def test_the_doctor_says_why_a_model_does_not_work(advisor: Any, home: Path, service: Any) -> None:
    service.fails(status=401, body=json.dumps({"error": {"message": f"bad key {KEY}"}}))
    done = advisor("doctor", *at(service))
    assert done.code == 1
    assert "The key was refused" in done.out
    assert KEY not in done.out + done.err
    service.faults.clear()
    service.reply = lambda body: "no JSON at all, sorry, " * 8
    assert rows(advisor("doctor", "--json", *at(service)))["structured output"][0] == "note"


def test_the_doctor_calls_no_model_that_is_not_named(advisor: Any, home: Path, service: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_MODEL", MODEL)
    monkeypatch.setenv("ADVISOR_BASE_URL", f"{service.url}/v1")
    advisor("doctor")
    assert service.paths == []


SUITE = """name: mine
cases:
  - name: tiers
    inputs: {question: "We are at 3M EUR ARR and the board wants partner tiers. Is that right for us?"}
    expected_output: {stage: "<5M", must_advise_against: [tiered_programme]}
"""


def test_a_suite_runs_with_a_model_and_says_what_the_gates_caught(advisor: Any, home: Path, service: Any) -> None:
    Path("mine.yaml").write_text(SUITE, encoding="utf-8")
    done = advisor("eval", "run", "mine.yaml", *at(service))
    assert done.code == 0
    assert "The model worded 1 answers of 1: 0 sentences were sent back, 0 left out in the end; 1,500 tokens, $0.0010." in done.err
    asked = len(service.asked)
    assert advisor("eval", "run", "mine.yaml", "--json", *at(service)).json()["subject"].startswith(f"advisor with {MODEL} (prompts ")
    assert len(service.asked) == asked, "what was answered is not asked again"


def test_a_case_whose_model_fails_is_no_pass_and_is_asked_again(advisor: Any, home: Path, service: Any) -> None:
    Path("mine.yaml").write_text(SUITE, encoding="utf-8")
    service.fails(status=401, body="{}")
    (result,) = advisor("eval", "run", "mine.yaml", "--json", *at(service)).json()["results"]
    assert result["scores"]["runs"]["value"] == 0
    service.faults.clear()
    (result,) = advisor("eval", "run", "mine.yaml", "--json", *at(service)).json()["results"]
    assert "runs" not in result["scores"]


def test_a_suite_refuses_options_that_cannot_go_together(advisor: Any, home: Path) -> None:
    for options in (("--max-cost", "1"), ("--model", MODEL, "--without", "rules"), ("--model", MODEL, "--max-cost", "1", "--workers", "2"), ("--model", "nobody:x")):
        done = advisor("eval", "run", "sums", *options)
        assert done.code == 2, options
        assert done.err.startswith("Error: ")


def test_a_trace_replaces_a_trace_and_no_other_file(advisor: Any, home: Path) -> None:
    for _ in range(2):
        assert advisor("ask", QUESTION, "--trace", "trace.json").code == 0
    Path("notes.md").write_text("mine", encoding="utf-8")
    for name, said in (("notes.md", "is there already"), ("nowhere/x.json", "is no file to write to"), (".", "is no file to write to"), ("", "is no file to write to")):
        done = advisor("ask", QUESTION, "--trace", name)
        assert (done.code, done.out) == (2, "")
        assert said in done.err
    assert Path("notes.md").read_text(encoding="utf-8") == "mine"


def test_hosts_say_beside_their_answers_what_goes_to_a_model(home: Path, service: Any, capsys: pytest.CaptureFixture[str]) -> None:
    from advisor.cli import start
    from advisor.settings import load_settings

    host = start.build_advisor(load_settings(options={"model": MODEL, "base_url": f"{service.url}/v1"}))
    assert host.ask(QUESTION).run.composer == "model"
    assert capsys.readouterr().err.startswith(f"{MODEL} writes: your question")


def test_facts_that_a_model_points_at_are_shown_and_the_line_before_says_that_all_words_go_out(advisor: Any, home: Path, service: Any) -> None:
    service.reply = lambda body: json.dumps({"facts": [{"fact": "crm", "value": "HubSpot", "quote": "runs off HubSpot"}]})
    done = advisor("ask", f"Sales runs off HubSpot. {QUESTION}", "--model-facts", "show", "--json", *at(service))
    assert done.json()["assessment"]["client"]["crm"] is None
    assert f"Read by {MODEL} from “runs off HubSpot”" in done.err
    assert "all that you wrote, notes included" in done.err
    used = advisor("ask", f"Sales runs off HubSpot. {QUESTION}", "--model-facts", "use", "--json", *at(service))
    assert used.json()["assessment"]["client"]["facts"]["crm"] == {"from": "inferred", "quote": "runs off HubSpot", "stated_on": used.json()["assessment"]["client"]["facts"]["arr"]["stated_on"], "confidence": "inferred"}


def test_pointing_at_facts_without_a_model_is_refused(advisor: Any, home: Path) -> None:
    done = advisor("ask", QUESTION, "--model-facts", "use")
    assert done.code == 2
    assert "--model openai:gpt-5-mini" in done.err
