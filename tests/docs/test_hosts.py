"""The how-tos on hosts and knowledge packs: their code runs, prints what stands below it, and their pack is sound."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

from advisor import library, rules
from advisor.answering import packed
from advisor.errors import DataError
from advisor.extensions import read_pack

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
PRINTED = re.compile(r"^#>(?: (.*))?$", re.MULTILINE)


def text(name: str) -> str:
    return HOW_TO.joinpath(name).read_text(encoding="utf-8")


@pytest.fixture
def northwind(tmp_path: Path) -> Path:
    """The pack of the page, file by file."""
    for file, content in re.findall(r"^`([\w/.-]+)`\n\n```\w+\n(.*?)```", text("knowledge-packs.md"), re.DOTALL | re.MULTILINE):
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path / "northwind_partners"


def test_the_pack_of_the_page_is_sound(northwind: Path) -> None:
    packs = (read_pack(northwind, "northwind"),)
    assert [*library.problems(packs=packs), *rules.problems(packs=packs)] == []
    held = library.load(packs=packs)
    assert packed.faults(held, rules.load(packs=packs)) == []
    assert held.benchmarks["win-rate-uplift-average"].low == held.benchmarks["win-rate-uplift-average"].high != 0
    assert "northwind-reviews#what-a-lighthouse-review-is" in held.passages


def test_the_refusal_of_the_page_is_what_is_said(northwind: Path) -> None:
    manifest, rule = northwind / "pack.toml", northwind / "knowledge/rules/tiers.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + '\n[[supersedes]]\nkind = "rule"\nid = "tiers.5-15M"\non = 2026-11-01\nbecause = "We see it otherwise."\n', encoding="utf-8")
    rule.parent.mkdir()
    rule.write_text('id = "tiers"\n[[row]]\nid = "5-15M"\nwhen = { stage = "5-15M" }\nsource = "doc-northwind-survey:tiers"\nverdict = [{ move = "tiered_programme", verdict = "allow" }]\n', encoding="utf-8")
    with pytest.raises(DataError) as refused:
        rules.load(packs=(read_pack(northwind),))
    (told,) = [content for kind, content in BLOCK.findall(text("knowledge-packs.md")) if kind == "text"]
    assert " ".join(told.split()).startswith(f"Error: {refused.value}")


def test_the_code_for_langchain_prints_what_stands_below_it() -> None:
    from langchain_core.language_models import GenericFakeChatModel
    from langchain_core.messages import AIMessage

    class Model(GenericFakeChatModel):
        def bind_tools(self, tools: Any, **options: Any) -> Any:
            return self

    names: dict[str, Any] = {"model": Model(messages=iter([AIMessage("Start with five referral partners. Tiers: not yet.")])), "advisor": None}
    for kind, content in BLOCK.findall(text("langchain.md")):
        if kind == "python":
            said = io.StringIO()
            with contextlib.redirect_stdout(said):
                exec(compile(content, "langchain.md", "exec"), names)  # noqa: S102  the page's own code
            if wanted := PRINTED.findall(content):
                assert said.getvalue().splitlines() == wanted
    assert names["done"]["messages"][-1].text == "Start with five referral partners. Tiers: not yet."


def test_every_link_of_the_pages_leads_somewhere() -> None:
    for name in ("knowledge-packs.md", "langchain.md", "llm.md", "coding-agents.md"):
        links = re.findall(r"\]\((?!https?:)([^)#]+)", text(name))
        assert [link for link in links if not (HOW_TO / link).exists()] == []
