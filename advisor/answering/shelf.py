"""Evidence by id: rules, records and passages alike, ready to rest a claim on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from advisor.domain import BANDS, DOABLE, Evidence, EvidenceClass, EvidenceKind, Move, Source, Term, ToolVerdict, Verdict
from advisor.library import Library
from advisor.library.glossary import terms
from advisor.ports import Wording
from advisor.rules import Row, RuleBook


_TOOL_DOCUMENT = "doc-000"
_TOOL_PLACE = "doc-000:tool-landscape"


class Shelf:
    """Looks evidence up once and remembers what was taken: that is what the grounder gets to see."""

    def __init__(
        self, library: Library, book: RuleBook, wording: Wording, facts: Mapping[str, Any], tools: Sequence[ToolVerdict] = ()
    ) -> None:
        self.library, self.book, self.wording, self.facts = library, book, wording, facts
        self.tools = {f"tool.{tool.name}": tool for tool in tools}
        self.taken: dict[str, Evidence] = {}

    def __contains__(self, id_: str) -> bool:
        held = (_terms(), self.tools, self.book.rows, self.book.decision_rows, self.library.benchmarks, self.library.passages)
        return any(id_ in each for each in held)

    def take(self, id_: str) -> Evidence:
        """The evidence under an id. Raises KeyError when neither rules nor knowledge hold it."""
        if id_ not in self.taken:
            self.taken[id_] = self._made(id_)
        return self.taken[id_]

    def _made(self, id_: str) -> Evidence:
        if id_ in self.tools:
            return self._tool(id_, self.tools[id_])
        if id_ in _terms():
            return self._term(_terms()[id_])
        row = self.book.rows.get(id_) or self.book.decision_rows.get(id_)
        return self._rule(id_, row) if row is not None else self.library.evidence(id_, self.facts)

    def _tool(self, id_: str, tool: ToolVerdict) -> Evidence:
        source = self.library.sources[_TOOL_DOCUMENT]
        return Evidence(
            id=id_,
            kind=EvidenceKind.RULE,
            title=self.wording.say("answers.citation.tool", name=tool.name),
            publisher=source.publisher,
            year=source.year,
            evidence_class=source.evidence_class,
            source_doc=_TOOL_DOCUMENT.removeprefix("doc-"),
            place=place_of(f"{_TOOL_PLACE}/{tool.name}", source),
            locator=_TOOL_PLACE,
            says=tool.why,
        )

    def _term(self, term: Term) -> Evidence:
        source = self.library.sources[term.source_doc if term.source_doc in self.library.sources else f"doc-{term.source_doc}"]
        return Evidence(
            id=term.id,
            kind=EvidenceKind.PASSAGE,
            title=self.wording.say("answers.citation.term", term=term.term),
            publisher=source.publisher,
            year=source.year,
            evidence_class=source.evidence_class,
            source_doc=term.source_doc,
            place=f"{term.source_doc} › {term.where or term.term}",
            locator="knowledge/glossary.toml",
            says=self.library.meaning(term),
        )

    def _rule(self, id_: str, row: Row) -> Evidence:
        document = row.source.partition(":")[0]
        source = self.library.sources[document]
        return Evidence(
            id=id_,
            kind=EvidenceKind.RULE,
            title=self.wording.say("answers.citation.rule", table=self._table_title(id_)),
            publisher=source.publisher,
            year=source.year,
            evidence_class=source.evidence_class if source.kind != "house" else EvidenceClass.HOUSE_RULE,
            source_doc=document.removeprefix("doc-"),
            place=place_of(row.source, source),
            locator=row.source,
            says=self.wording.say(row.says),
            also=self._verdicts(row),
            moves=_moves(row),
        )

    def _table_title(self, id_: str) -> str:
        name = self.book.decision_rows[id_].table if id_ in self.book.decision_rows else id_.partition(".")[0]
        return self.library.title_of(name, self.book.title_of(id_))

    def _verdicts(self, row: Row) -> tuple[str, ...]:
        """The sentences of a row's columns and verdicts, what to do about the advised moves, and the stage in words, each once."""
        keys = [*row.columns.values()]
        keys += [key for verdict in row.verdicts for key in (verdict.text, verdict.because, verdict.change) if key]
        keys += [f"moves.{verdict.move}.do" for verdict in row.verdicts if verdict.move and verdict.verdict in DOABLE]
        band = row.then.get("stage")
        placed = self._placed(self.wording.amount(self.book.thresholds[f"{row.id}.range"])) if band in BANDS else []
        return tuple(dict.fromkeys([*placed, *(self.wording.say(key) for key in keys)]))

    def _placed(self, band: str) -> list[str]:
        """The two ways in which sentences name a stage."""
        return [self.wording.say(f"answers.placing.{key}", band=band) for key in ("is", "belongs")]


@cache
def _terms() -> Mapping[str, Term]:
    return {term.id: term for term in terms().values()}


def _moves(row: Row) -> tuple[Move, ...]:
    return tuple(verdict.move for verdict in row.verdicts if verdict.move is not None and verdict.verdict is not Verdict.ASK)


def place_of(locator: str, source: Source) -> str:
    """`doc-000:stage-table/row-2` as a reader finds it: `000 › Stage-Appropriate Partner Strategy › €5-15M`.

    The longest part of the path that the bibliography has a heading for is written so; what it has none for, in the locator's own words.
    """
    document, _, path = locator.partition(":")
    steps = path.split("/")
    known = next((end for end in range(len(steps), 0, -1) if "/".join(steps[:end]) in source.places), 0)
    heading = source.places["/".join(steps[:known])] if known else steps[0].replace("-", " ").capitalize()
    return " › ".join([document.removeprefix("doc-"), heading, *(step.replace("-", " ") for step in steps[max(known, 1) :] if step)])
