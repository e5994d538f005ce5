"""The story of an assessment: place the client, let every table speak, combine, and say what is still open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from advisor.domain import (
    ADVISED,
    BANDS,
    Assessment,
    Business,
    Client,
    Finding,
    MotionResult,
    Move,
    PartnerTypes,
    Phase,
    PhaseId,
    Reading,
    StageId,
    Verdict,
)
from advisor.ports import Wording
from advisor.rules import maturity, questions, tools
from advisor.rules.book import RuleBook
from advisor.rules.combine import Decided, Given, apply, decide, given, kind_of, over_bands
from advisor.rules.facts import Facts, facts_of, shown
from advisor.rules.stage import Ladder, Staged
from advisor.rules.tables import Row, Table

ORDER = (Verdict.REQUIRE, Verdict.FORBID, Verdict.RECOMMEND, Verdict.WARN, Verdict.ALLOW, Verdict.ASK)


def assess(reading: Reading | Client, book: RuleBook, wording: Wording) -> Assessment:
    """Everything the rules decide about a client. Pure: the same client gives the same assessment."""
    read = reading if isinstance(reading, Reading) else Reading(client=reading)
    client = read.client
    business = client.business or Business.B2B_SAAS
    ladder = Ladder(book.tables["stage"], book.corridor, wording)
    saas = business is Business.B2B_SAAS
    staged = ladder.place(client, read.arr_readings) if saas else Staged(ladder.outside(), (StageId.UNKNOWN,))
    case = Case(book, facts_of(client, book.corridor), staged, business)
    findings = _findings(case, client, wording)
    by_verdict = _moves_by_verdict(findings)
    between = {"arr"} if client.arr and len(staged.bands) > 1 and not read.arr_readings else ()
    advised = tuple(move for move in by_verdict["advised"] if move not in _existing(client))
    return Assessment(
        client=client,
        in_scope=read.in_scope and business is not Business.OTHER,
        stage=staged.stage,
        motion=_motion(client, wording) if saas else None,
        phase=_phase(case.facts.get("phase"), wording) if saas else None,
        maturity=maturity.stated(client.maturity, wording, inferred=_inferred(client, "maturity")) if client.maturity else None,
        findings=findings,
        recommended_moves=advised,
        allowed_moves=tuple(dict.fromkeys([*by_verdict["advised"], *by_verdict["possible"]])),
        forbidden_moves=by_verdict["against"],
        partner_types=case.partner_types(set(by_verdict["against"])) if saas else PartnerTypes(),
        tools=tools.judge(book.tools, book.tables["tool_compliance"], case.facts, staged.bands, wording) if saas else (),
        questions=questions.ask(book.questions, case.facts, case.hanging, wording, {move for ask in read.asks for move in ask.moves}, between) if saas else (),
        contradictions=read.contradictions,
    )


@dataclass(frozen=True)
class Case:
    """One client in front of the tables that are meant for the business."""

    book: RuleBook
    client_facts: dict[str, Any]
    staged: Staged
    business: Business

    @cached_property
    def facts(self) -> Facts:
        """The client's facts with the stage, which is unknown when several bands are possible."""
        stage = self.staged.stage.id
        return {**self.client_facts, "stage": stage if stage in BANDS else None}

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        apart = {"freeze", "tool_compliance"}
        return tuple(table for table in self.book.tables.values() if self.business in table.scope and table.id not in apart)

    @cached_property
    def decided(self) -> Decided:
        """What holds for each move, over all bands that are possible."""
        return over_bands([decide(given(chain.from_iterable(rows.values()))) for rows in self._as_known.values()])

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows that hold for the facts as known."""
        return tuple(row for table in self.tables for row in self._rows(table, self.facts, self.staged.stage.id))

    @cached_property
    def hanging(self) -> dict[str, set[Move]]:
        """For each unknown fact that is worth asking, the moves whose verdict it would turn."""
        found = {}
        for entry in self.book.questions.entries:
            if entry.decides and entry.tests != "stage" and questions.is_open(self.facts.get(entry.tests)):
                found[entry.tests] = questions.moves_hanging_on(entry.tests, self.tables, self.facts, self._turned)
        return found

    def _turned(self, fact: str, value: Any) -> set[Move]:
        """The moves whose verdict turns when a fact has a value. Only tables that test the fact can then speak otherwise."""
        tables = [table for table in self.tables if fact in table.axes]
        supposed = {band: self._spoken(band, {fact: value}, tables) for band in self._as_known}
        moves = {move for band, rows in supposed.items() for id_, new in rows.items() for move in _differing(self._as_known[band][id_], new)}
        if not moves:
            return set()
        spoken = ({**self._as_known[band], **rows} for band, rows in supposed.items())
        other = over_bands([decide(given(chain.from_iterable(rows.values()), moves)) for rows in spoken])
        return {move for move in moves if kind_of(self.decided, move) != kind_of(other, move)}

    @cached_property
    def _as_known(self) -> dict[StageId, dict[str, tuple[Row, ...]]]:
        """For each possible band the rows of each table that hold for the facts as known."""
        return {band: self._spoken(band, {}, self.tables) for band in self.staged.bands}

    def _spoken(self, band: StageId, supposed: Facts, tables: Iterable[Table]) -> dict[str, tuple[Row, ...]]:
        facts = {**self.facts, **supposed, **({"stage": band} if len(self.staged.bands) > 1 else {})}
        return {table.id: self._rows(table, facts, band) for table in tables}

    def _rows(self, table: Table, facts: Facts, band: StageId) -> tuple[Row, ...]:
        if table.id == "stage":
            return tuple(row for row in table.rows if row.then["stage"] == band)
        key = (table.id, *(_key(facts.get(name)) for name in table.axes))
        if key not in self._memo:
            self._memo[key] = apply(table, facts)
        return self._memo[key]

    @cached_property
    def _memo(self) -> dict[tuple[Any, ...], tuple[Row, ...]]:
        return {}

    def partner_types(self, against: set[Move]) -> PartnerTypes:
        """The types to begin with, unless advised against, and those to add later: from the motion, then the situation."""
        start = _named(self.rows, "start_with", besides=against)
        return PartnerTypes(start_with=start, add_later=_named(self.rows, "add_later", besides=set(start)))


def _differing(one: tuple[Row, ...], other: tuple[Row, ...]) -> set[Move]:
    """The moves of rows that stand on one side only."""
    if one is other:
        return set()
    rows = {row.id: row for row in one} | {row.id: row for row in other}
    apart = {row.id for row in one} ^ {row.id for row in other}
    return {verdict.move for id_ in apart for verdict in rows[id_].verdicts if verdict.move is not None}


def _named(rows: tuple[Row, ...], output: str, *, besides: set[Move]) -> tuple[Move, ...]:
    """The moves that rows name under an output, each once, in the order of the rows."""
    moves = (Move(move) for row in rows for move in row.then.get(output, []))
    return tuple(dict.fromkeys(move for move in moves if move not in besides))


def _existing(client: Client) -> set[Move]:
    """Moves that exist or are decided already: they change no verdict and are never advised anew."""
    return {*client.in_place, *(decision.move for decision in client.decided)}


def _key(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _findings(case: Case, client: Client, wording: Wording) -> tuple[Finding, ...]:
    """The remark on a nearby edge, remarks without a move, then the verdicts: needed first, not yet, fits, your call, open."""
    remarks = [case.staged.remark] if case.staged.remark else []
    remarks += [_finding(Given(row, each), case, wording) for row in case.rows for each in row.verdicts if each.move is None]
    found = [_finding(each, case, wording) for entries in case.decided.values() for each in entries]
    against_advice = any(_surely_refused(each, client) and each.verdict.move in _existing(client) for entries in case.decided.values() for each in entries)
    freeze = case.book.tables["freeze"].row_for({"exists_against_advice": against_advice})
    found += [_finding(each, case, wording) for each in given([freeze])]
    return (*remarks, *sorted(found, key=lambda finding: ORDER.index(finding.verdict)))


def _surely_refused(each: Given, client: Client) -> bool:
    """Whether a move is refused, and in every stage where no ARR is told: what another stage advises is nothing to freeze."""
    return each.verdict.verdict is Verdict.FORBID and not (each.open and client.arr is None)


def _finding(each: Given, case: Case, wording: Wording) -> Finding:
    verdict, row = each.verdict, each.row
    hanging = any(verdict.move in moves for moves in case.hanging.values())
    assumed_stage = case.staged.stage.provisional and len(case.staged.bands) == 1 and bool({"arr_eur", "stage"} & set(row.when))
    return Finding(
        rule=row.id,
        verdict=verdict.verdict,
        move=verdict.move,
        text=wording.say(verdict.text),
        because=wording.say(verdict.because),
        would_change_if=wording.say(verdict.change) if verdict.change else None,
        facts_used=tuple(dict.fromkeys(shown(name) for name in row.when)),
        provisional=verdict.provisional or each.open or hanging or assumed_stage,
        sources=(row.source,),
    )


def _moves_by_verdict(findings: tuple[Finding, ...]) -> dict[str, tuple[Move, ...]]:
    groups: dict[str, list[Move]] = {"advised": [], "possible": [], "against": []}
    for finding in findings:
        if finding.move is None or finding.verdict is Verdict.ASK:
            continue
        name = "against" if finding.verdict is Verdict.FORBID else "advised" if finding.verdict in ADVISED else "possible"
        groups[name].append(finding.move)
    return {name: tuple(dict.fromkeys(moves)) for name, moves in groups.items()}


def _inferred(client: Client, name: str) -> bool:
    return name in client.facts and client.facts[name].confidence == "inferred"


def _motion(client: Client, wording: Wording) -> MotionResult | None:
    return MotionResult(id=client.motion, label=wording.say(f"rules.motion.{client.motion}.label")) if client.motion else None


def _phase(phase: PhaseId | None, wording: Wording) -> Phase | None:
    return Phase(id=phase, label=wording.say(f"rules.phase.{phase}.label")) if phase else None
