"""The page on a small model: three rows side by side on the same cases, asked one subject at a time."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from advisor.ports import Step
from advisor.testing import ScriptedModel, calling, well_behaved

TOOL = Path(__file__).parents[2] / "scripts" / "local_model.py"
SAID = json.dumps({"stage": "5-15M", "answer": "No tiered programme yet."})


def spoken(said: Any) -> Any:
    """Calls once where it has tools, answers where it has documents, and words the points it is given."""
    if isinstance(said[0], Step):
        return SAID if said[-1].role == "tool" else calling("advisor_assess", {"text": said[-1].text[:500]})
    return SAID if "DOCUMENTS" in said[0].text else well_behaved(said)


def test_each_subject_may_be_asked_alone_and_all_are_told_on_the_same_cases(
    load_tool: Callable[[Path], ModuleType], served: Any, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page, file = load_tool(TOOL), tmp_path / "local-model.md"
    monkeypatch.setattr(page, "FILE", file)
    monkeypatch.setenv("ADVISOR_HOME", str(home))
    model = ScriptedModel(spoken, name="openai:qwen2.5-coder-0.5b")
    served(model)

    def told(*arguments: str) -> list[str]:
        monkeypatch.setattr(sys, "argv", ["local_model.py", "--cases", "2", *arguments])
        page.main()
        return [line.partition(" ")[2].split()[0] for line in file.read_text(encoding="utf-8").splitlines() if line.startswith(("| advisor ", "| prompt-only", "| tools openai"))]

    assert told("--subject", "advisor", "--subject", "prompt-only") == ["advisor", "advisor", "prompt-only"]
    assert not model.talked
    assert told("--subject", "tools") == ["advisor", "advisor", "prompt-only", "tools"]
    asked = len(model.asked), len(model.talked)
    assert told("--kept") == ["advisor", "advisor", "prompt-only", "tools"]
    assert (len(model.asked), len(model.talked)) == asked
    text = file.read_text(encoding="utf-8")
    assert "called nothing" in text
    assert "| `advisor_assess` | 2 | 0 | 0 |" in text
