"""Tools by stage and compliance tier (document 000, tool landscape): each verdict with its reason and date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from advisor.datafiles import name_of, read_toml
from advisor.domain import BANDS, StageId, ToolVerdict
from advisor.errors import DataError
from advisor.ports import Wording
from advisor.rules.facts import Facts
from advisor.rules.tables import Table, choice, closed

Word = Literal["fits", "later", "not_for_you", "to_check"]
WORDS: tuple[Word, ...] = ("fits", "later", "not_for_you", "to_check")
TIERS = ("A", "B", "C", "none")


class Tool(NamedTuple):
    """A product: its compliance tier and its verdict for each stage."""

    id: str
    name: str
    tier: str
    verdicts: Mapping[StageId, Word]
    as_of: str
    source: str


def read_tools(path: Path) -> tuple[Tool, ...]:
    """The tools from `tools.toml`; each must have exactly one verdict for every stage."""
    data, file = read_toml(path), name_of(path)
    closed(data, ("tool",), file, required=("tool",))
    return tuple(_tool(entry, file) for entry in data["tool"])


def _tool(entry: dict[str, Any], file: str) -> Tool:
    name = str(entry.get("id", ""))
    needed = ("id", "name", "tier", "as_of", "source")
    closed(entry, (*needed, *WORDS), file, name, required=needed)
    if entry["tier"] not in TIERS:
        raise DataError(file, name, "tier", found=repr(entry["tier"]), allowed=", ".join(TIERS))
    verdicts: dict[StageId, Word] = {}
    for word in WORDS:
        for stage in entry.get(word, []):
            band = choice(StageId, stage, file, name, word)
            if band in verdicts:
                raise DataError(file, name, word, found=f"a second verdict for {stage}", allowed="one verdict for each stage")
            verdicts[band] = word
    missing = [band.value for band in BANDS if band not in verdicts]
    if missing:
        raise DataError(file, name, found=f"no verdict for {', '.join(missing)}", allowed="one verdict for each stage")
    return Tool(name, entry["name"], entry["tier"], verdicts, entry["as_of"], entry["source"])


def judge(
    tools: Sequence[Tool], compliance: Table, facts: Facts, bands: Sequence[StageId], wording: Wording
) -> tuple[ToolVerdict, ...]:
    """Each tool for this client; over several possible bands a tool that they judge differently is to be checked."""
    return tuple(_judge(tool, compliance, facts, bands, wording) for tool in tools)


def _judge(tool: Tool, compliance: Table, facts: Facts, bands: Sequence[StageId], wording: Wording) -> ToolVerdict:
    words = {tool.verdicts[band] for band in bands}
    settled = len(words) == 1
    word: Word = words.pop() if settled else "to_check"
    why = [wording.say(f"rules.tools.{tool.id}.{word}") if settled else wording.say("rules.tools.depends_on_stage", tool=tool.name)]
    row = compliance.row_for({**facts, "tier": tool.tier})
    effect = row.then["tool"]
    if effect != "keep" and word in {"fits", "to_check"}:
        word = cast(Word, effect)
        why.append(wording.say(f"rules.{row.id}.why", tool=tool.name))
    return ToolVerdict(name=tool.name, verdict=word, why=" ".join(why), as_of=tool.as_of)
