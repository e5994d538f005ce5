"""The plugin for `llm`: found from outside, the same tools as everywhere, cited fragments, and a command whose last word keeps to the rules."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from advisor.integrations.capabilities import CAPABILITIES, call
from advisor.integrations.desk import Desk
from advisor.integrations.schemas import short_input

CLIENT = "We're a sales-assisted SaaS company at €8M ARR. Plan our first year with partners, with Gold and Silver tiers."
STUBBORN = "1. Sign a written referral agreement with five partners.\n2. Launch Gold and Silver tiers in month two."
Llm = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module", autouse=True)
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """`llm` keeps keys and logs of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LLM_USER_PATH", str(tmp_path_factory.mktemp("llm")))
        patch.delenv("OPENAI_API_KEY", raising=False)
        yield Path(os.environ["LLM_USER_PATH"])


@pytest.fixture(scope="module")
def llm_command(tmp_path_factory: pytest.TempPathFactory) -> Llm:
    """`llm` with the plugin announced as the package announces it."""
    manifest = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    announced = manifest["project"]["entry-points"]["llm"]
    info = tmp_path_factory.mktemp("announced") / "partner_advisor_plugin-0.dist-info"
    info.mkdir()
    info.joinpath("METADATA").write_text("Metadata-Version: 2.1\nName: partner-advisor-plugin\nVersion: 0\n", encoding="utf-8")
    info.joinpath("entry_points.txt").write_text("[llm]\n" + "".join(f"{name} = {value}\n" for name, value in announced.items()), encoding="utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(info.parent)}
        return subprocess.run([sys.executable, "-m", "llm", *arguments], capture_output=True, text=True, check=False, env=environment)

    return run


def test_llm_finds_the_plugin_with_its_three_parts(llm_command: Llm) -> None:
    (found,) = [each for each in json.loads(llm_command("plugins").stdout) if "register_tools" in each["hooks"]]
    assert found["hooks"] == ["register_commands", "register_fragment_loaders", "register_tools"]
    tools = json.loads(llm_command("tools", "list", "--json").stdout)
    (box,) = [each for each in tools["toolboxes"] if each["name"] == "PartnerStrategy"]
    assert [(each["name"], each["arguments"]) for each in box["tools"]] == [(each.tool, short_input(each)) for each in CAPABILITIES]


def test_the_plugin_loads_nothing_heavy_until_it_is_used() -> None:
    heavy = "{'numpy', 'chromadb', 'onnxruntime', 'advisor.wiring', 'advisor.domain'}"
    code = f"import sys, llm; before = {{*sys.modules}}; import advisor.integrations.llm; print({heavy} & ({{*sys.modules}} - before))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "set()"


@pytest.mark.parametrize("capability", CAPABILITIES, ids=lambda each: each.name)
def test_a_tool_gives_what_every_other_host_gives(capability: Any, desk: Desk) -> None:
    from advisor.integrations.llm import PartnerStrategy

    tool = next(each for each in PartnerStrategy().tools() if each.name == capability.tool)
    assert tool.implementation is not None
    assert tool.implementation(**capability.example) == call(capability.tool, capability.example, desk).text


def test_a_fragment_carries_its_source() -> None:
    from advisor.integrations.llm import fragments

    (passage,), (record,) = fragments("elg#nearbound-sales"), fragments("win-rate-uplift-1-5-partners")
    assert passage.source == "advisor:elg#nearbound-sales"
    assert passage.splitlines()[-1].startswith("[elg#nearbound-sales] Neon Triforce (practitioner's experience): 000 › Ecosystem-Led Growth")
    assert "9.4 % higher" in record
    assert "A correlation in a vendor's own data" in record
    assert "[win-rate-uplift-1-5-partners] Crossbeam, 2024 (vendor's own platform data)" in record


def test_words_bring_the_fragments_that_answer_them_and_nonsense_none() -> None:
    from advisor.integrations.llm import fragments

    assert "advisor:win-rate-uplift-average" in [each.source for each in fragments("average win rate uplift of partner deals")]
    with pytest.raises(ValueError, match="The knowledge holds nothing on 'sourdough'"):
        fragments("sourdough")


def test_a_fragment_reaches_the_prompt_of_llm(llm_command: Llm) -> None:
    done = llm_command("-f", "advisor:no such thing as this", "why?", "-m", "gpt-4o")
    assert done.returncode == 1
    assert "The knowledge holds nothing on 'no such thing as this'" in done.stderr


def scripted(*script: Any) -> Any:
    """A model of llm that says these texts and makes these calls, one after the other."""
    import llm

    class Scripted(llm.Model):  # type: ignore[no-untyped-call]
        model_id, supports_tools, can_stream = "scripted", True, False
        script: Iterator[Any]

        def execute(self, prompt: Any, stream: bool, response: Any, conversation: Any = None) -> Iterator[str]:
            self.prompts.append(prompt)
            item = next(self.script)
            if isinstance(item, str):
                yield item
            else:
                response.add_tool_call(llm.ToolCall(*item))

    model = Scripted()
    model.script, model.prompts = iter(script), []
    return model


def test_the_command_calls_tools_and_gives_the_models_text() -> None:
    from advisor.integrations.llm import answered

    model = scripted(("advisor_assess", {"text": CLIENT}), ("advisor_assess", {"facts": {"arr": "lots"}}), "Start with five referral partners. Tiers: not yet.")
    assert answered(CLIENT, model) == "Start with five referral partners. Tiers: not yet."
    assert "advisor_assess first" in model.prompts[0].system
    outputs = [result.output for prompt in model.prompts for result in prompt.tool_results]
    assert "tiered_programme" in outputs[0]
    assert outputs[-1].startswith("Error: ")


def test_what_the_rules_forbid_is_left_out_of_its_last_word() -> None:
    from advisor.integrations.llm import answered

    model = scripted(STUBBORN, STUBBORN)
    text = answered(CLIENT, model)
    assert "Launch Gold and Silver tiers in month two." in model.prompts[1].prompt
    assert text == (
        "1. Sign a written referral agreement with five partners.\n\nLeft out, because the rules forbid it for this client for now:\n"
        "- a tiered programme. What would change it: ARR of €15M or more."
    )


def test_a_model_without_tools_is_refused_in_a_sentence(llm_command: Llm) -> None:
    done = llm_command("partner-strategy", "Should we launch tiers?", "-m", "gpt-3.5-turbo-instruct")
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot call tools" in done.stderr
    unknown = llm_command("partner-strategy", "Should we launch tiers?", "-m", "no-such-model")
    assert (unknown.returncode, "Unknown model: no-such-model" in unknown.stderr) == (1, True)
