"""Who may import whom, and what the folder keeps to."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
MODULES = sorted(CHECKOUT.joinpath("advisor").rglob("*.py"))


def test_import_contracts_are_kept() -> None:
    """Layers, and third-party packages at the edges only, as written down in pyproject.toml."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_inner_rooms_do_not_import_the_package_root(path: Path) -> None:
    """`from advisor import X` may name a room, never a public name: the root loads rooms, not the other way round."""
    rooms = {module.relative_to(CHECKOUT / "advisor").parts[0].removesuffix(".py") for module in MODULES}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "advisor" and node.level == 0)
    assert [alias.name for node in imports for alias in node.names if alias.name not in rooms] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_every_module_says_what_it_is_for_and_fits(path: Path) -> None:
    """A docstring on top, unless the file is empty, and fewer than 500 lines."""
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) < 500


def test_tests_hold_no_packages() -> None:
    """An `__init__.py` in tests/ would make pytest import the checkout instead of the installed package."""
    assert list(CHECKOUT.joinpath("tests").rglob("__init__.py")) == []
