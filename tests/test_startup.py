"""What a command loads: help and assess nothing heavy, ask all it needs."""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY = ("chromadb", "langchain", "langchain_core", "langgraph", "onnxruntime", "numpy", "tokenizers", "tiktoken", "rich", "prompt_toolkit", "opentelemetry")


def loaded_by(statement: str) -> set[str]:
    """The heavy packages that a fresh interpreter holds after a statement."""
    code = f"import json, sys\n{statement}\nsys.stderr.write(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_importing_the_package_loads_nothing_of_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, advisor; print([name for name in sys.modules if name.startswith(('advisor.', 'pydantic'))])"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_help_imports_no_command() -> None:
    code = (
        "from advisor.cli.main import COMMANDS, run\nrun(['--help'])\n"
        "assert not [module for module, _ in COMMANDS.values() if module in sys.modules]\n"
        "assert 'pydantic' not in sys.modules"
    )
    assert loaded_by(code) == set()


def test_assess_loads_nothing_heavy() -> None:
    code = "from advisor.cli.main import run\nassert run(['assess', 'We are at 8M EUR ARR.']) == 0"
    assert loaded_by(code) == set()


def test_assess_loads_neither_answers_nor_passages_nor_what_reads_files() -> None:
    code = (
        "from advisor.cli.main import run\nassert run(['assess', 'We are at 8M EUR ARR.']) == 0\n"
        "assert not {'advisor.domain.answer', 'advisor.answering', 'advisor.rendering.documents', 'advisor.adapters.documents'} & set(sys.modules)"
    )
    assert loaded_by(code) == set()


def test_ask_loads_the_index_when_it_searches() -> None:
    """The heavy path still loads: laziness must not hide a missing package."""
    code = "from advisor.cli.main import run\nassert run(['search', 'win rate with partners']) == 0"
    assert {"chromadb", "onnxruntime", "numpy", "tokenizers"} <= loaded_by(code)


def test_a_plan_as_text_loads_no_index_and_no_document_writer() -> None:
    code = (
        "from advisor.cli.main import run\nassert run(['plan', 'We are at 8M EUR ARR.']) == 0\n"
        "assert not {'docx', 'xlsxwriter', 'icalendar', 'weasyprint'} & set(sys.modules)"
    )
    assert loaded_by(code) == set()


def test_an_answer_without_a_model_loads_nothing_of_models() -> None:
    code = (
        "from advisor.cli.main import run\nassert run(['ask', 'We are at 8M EUR ARR. Should we launch tiers?']) == 0\n"
        "assert not {'advisor.answering.draft', 'advisor.answering.gate', 'advisor.adapters.chat_models', 'openai', 'anthropic', 'ollama', 'langsmith'} & set(sys.modules)"
    )
    assert not {"langchain", "langchain_core", "tiktoken"} & loaded_by(code)
