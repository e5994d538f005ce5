"""The parts of a plan beside its work: sentences, gates, targets, risks, money and what stays open, first as drafts, then as they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from advisor.domain import Benchmark, ClaimKind, Computation, DraftClaim, Finding, Stance, Verdict
from advisor.domain.plan import BudgetLine, CrmField, FieldOption, Line, Party, Place, PlanSection, PlanTable, Risk, Role, Target
from advisor.library import Library
from advisor.planning.facts import UNKNOWN, against_advice, existing
from advisor.planning.meetings import Drafted, drafted
from advisor.planning.refuse import holds
from advisor.planning.sums import WORKED
from advisor.planning.templates import Book, BudgetTemplate, FieldTemplate, PartyTemplate, RiskTemplate, SectionTemplate, Sentence, TargetTemplate, Template
from advisor.planning.writing import Settled, Writer
from advisor.rules.told import listed
from advisor.toolbox.parts import shown

Titles = Callable[[Role], str]


@dataclass
class Drafts:
    """The sentences of all parts, written and not yet held."""

    summary: list[DraftClaim] = field(default_factory=list)
    starting_point: list[DraftClaim] = field(default_factory=list)
    kill: list[DraftClaim] = field(default_factory=list)
    unlock: list[DraftClaim] = field(default_factory=list)
    assumption: list[DraftClaim] = field(default_factory=list)
    not_now: list[DraftClaim] = field(default_factory=list)
    questions: list[DraftClaim] = field(default_factory=list)
    targets: list[tuple[TargetTemplate, dict[str, DraftClaim]]] = field(default_factory=list)
    risks: list[tuple[RiskTemplate, DraftClaim, DraftClaim]] = field(default_factory=list)
    budget: list[tuple[BudgetTemplate, DraftClaim, DraftClaim | None]] = field(default_factory=list)
    parties: list[tuple[PartyTemplate, DraftClaim, DraftClaim]] = field(default_factory=list)
    meetings: list[Drafted] = field(default_factory=list)
    fields: list[tuple[FieldTemplate, DraftClaim]] = field(default_factory=list)
    sections: list[tuple[SectionTemplate, str, list[DraftClaim], list[list[DraftClaim]]]] = field(default_factory=list)


def opened(template: Template, writer: Writer, book: Book) -> Drafts:
    """What a reader meets first: the summary and where the client starts. Sources are numbered in the order of writing."""
    summary = [_sentence("summary", each, writer) for each in template.summary if holds(each, writer.facts)]
    drafts = Drafts(summary=summary, starting_point=list(_starting_point(writer, template.most_existing)))
    drafts.sections = [_section(each, writer) for each in template.section if holds(each, writer.facts)]
    drafts.fields = [(each, writer.line(f"field.{each.id}.rule", each.why)) for each in template.field if holds(each, writer.facts) and _permitted(each, writer)]
    drafts.parties = [(each, writer.line(f"party.{each.id}.gives", each.why), writer.line(f"party.{each.id}.gets", each.why)) for each in template.party if holds(each, writer.facts)]
    drafts.meetings = drafted(template, writer, book.house)
    return drafts


def completed(drafts: Drafts, template: Template, writer: Writer, book: Book) -> Drafts:
    """Every other part of the template that is meant for the client."""
    drafts.targets = [(each, _target(each, writer)) for each in template.target if holds(each, writer.facts)]
    drafts.budget = [(each, *_budget(each, writer)) for each in template.budget if holds(each, writer.facts) and _permitted(each, writer)]
    drafts.risks = [(each, *_risk(each, writer)) for each in template.risk if holds(each, writer.facts)]
    drafts.kill = [_sentence("kill", each, writer) for each in template.kill if holds(each, writer.facts)]
    drafts.unlock = [_sentence("unlock", each, writer) for each in template.unlock if holds(each, writer.facts)]
    drafts.assumption = [*_stage_read(writer), *(_sentence("assumption", each, writer) for each in template.assumption if holds(each, writer.facts))]
    drafts.not_now = list(_not_now(writer, book, template.most_not_now))
    drafts.questions = list(_questions(writer, template.most_questions))
    return drafts


def _sentence(part: str, sentence: Sentence, writer: Writer) -> DraftClaim:
    return writer.line(f"{part}.{sentence.id}", sentence.why, moves=sentence.moves, stance=Stance.ADVISE if sentence.moves else Stance.MENTION)


def _stage_read(writer: Writer) -> Iterable[DraftClaim]:
    """How the ARR was read, where another stage remains possible or a currency had to be assumed."""
    stage = writer.assessment.stage
    if stage.because and not _lowered(writer) and (stage.provisional or stage.also or (writer.assessment.client.arr and writer.assessment.client.arr.currency != "EUR")):
        yield writer.add(stage.because, [f"stage.{each}" for each in (stage.id, *stage.also)], kind=ClaimKind.QUESTION)


def _lowered(writer: Writer) -> bool:
    """Whether the plan is made for the lowest of several stages."""
    return writer.facts["stage"] not in {writer.assessment.stage.id, UNKNOWN}


def _permitted(part: Sentence, writer: Writer) -> bool:
    return not set(part.moves) & set(writer.assessment.forbidden_moves)


def _starting_point(writer: Writer, most: int) -> Iterable[DraftClaim]:
    """What exists or is decided already, and how the plan takes it; all is named, and the first have their reason told."""
    client, stage, against = writer.assessment.client, writer.assessment.stage, against_advice(writer.assessment)
    if _lowered(writer):
        yield writer.add(f"{stage.because} {writer.say('start.lower')}", [f"stage.{each}" for each in stage.also], kind=ClaimKind.QUESTION)
    kept = tuple(move for move in client.in_place if move not in against)
    if kept:
        names = listed([existing(move, writer.wording) for move in kept], writer.wording)
        yield writer.line("start.kept", kind=ClaimKind.QUESTION, moves=kept, slots={"names": names})
    found = [finding for move in against if (finding := writer.assessment.finding_on(move)) is not None]
    if found:
        names, rules = listed([existing(move, writer.wording) for move in against], writer.wording), [finding.rule for finding in found]
        yield writer.line("start.against", [*rules, "freeze.exists"], moves=against, stance=Stance.ADVISE_AGAINST, slots={"names": names})
    yield from (writer.add(_alone(finding.text), writer.finding_basis(finding), moves=(finding.move,) if finding.move else (), stance=Stance.ADVISE_AGAINST) for finding in found[:most])


def _alone(text: str) -> str:
    """What a verdict says without the word on what comes instead, which the tasks say for something that exists."""
    said, instead, _ = text.partition("; ")
    return f"{said}." if instead else said


def _not_now(writer: Writer, book: Book, most: int) -> Iterable[DraftClaim]:
    """What the rules keep out of this plan, in the house's order, with what would change it."""
    against, told = set(against_advice(writer.assessment)), set[str | None]()
    found = []
    for move in book.house.held:
        finding = writer.assessment.finding_on(move)
        if move in against or finding is None or finding.verdict is not Verdict.FORBID or (move in book.house.alike and {finding.rule, finding.would_change_if} & told):
            continue
        told |= {finding.rule, finding.would_change_if or finding.rule} if move in book.house.alike else set()
        found.append(finding)
    for finding in found[:most]:
        yield writer.add(_with_change(finding, writer), writer.finding_basis(finding), moves=(finding.move,) if finding.move else (), stance=Stance.ADVISE_AGAINST)


def _with_change(finding: Finding, writer: Writer) -> str:
    text = finding.text.partition(": ")[2] or finding.text
    text = f"{text[:1].upper()}{text[1:]}"
    return f"{text} {writer.say('not_now.change', change=finding.would_change_if)}" if finding.would_change_if else text


def _questions(writer: Writer, most: int) -> Iterable[DraftClaim]:
    for question in writer.assessment.questions[:most]:
        yield writer.add(f"{question.ask} {question.why}".strip(), (), kind=ClaimKind.QUESTION)


def _target(target: TargetTemplate, writer: Writer) -> dict[str, DraftClaim]:
    drafts = {"measure": writer.line(f"target.{target.id}", target.why)}
    known: Any = writer.facts.get(target.baseline) if target.baseline else None
    if target.baseline in writer.sums:
        drafts["baseline"] = _worked(writer.sums[target.baseline], writer)
    elif target.new:
        drafts["baseline"] = writer.line("target_new", kind=ClaimKind.QUESTION)
    elif isinstance(known, int) and not isinstance(known, bool):
        drafts["baseline"] = writer.line("target_baseline", kind=ClaimKind.QUESTION, slots={"count": str(known)})
    today = writer.sums[target.baseline].result if target.baseline in writer.sums else known
    for name in ("day_90", "month_6", "month_12"):
        record = getattr(target, name)
        if record and _reached(today, writer.library.benchmarks[record]):
            drafts[name] = writer.line("target_reached", kind=ClaimKind.QUESTION)
        elif record:
            drafts[name] = writer.add(writer.library.say_record(record), [record], kind=ClaimKind.FIGURE)
    return drafts


def _reached(today: Any, record: Benchmark) -> bool:
    """Whether a client already has as much as a record asks for."""
    asked = record.high if record.high is not None else record.low
    return isinstance(today, int | Decimal) and not isinstance(today, bool) and asked is not None and today >= asked


def _worked(sum_: Computation, writer: Writer) -> DraftClaim:
    """A number of today that follows from the client's own."""
    return writer.line("target_worked", kind=ClaimKind.FIGURE, computed=[sum_], slots={"value": _value(sum_, writer)})


def _value(sum_: Computation, writer: Writer) -> str:
    return writer.wording.amount(f"{shown(sum_.result, 1)} %" if sum_.unit == "percent" else shown(sum_.result))


def _risk(risk: RiskTemplate, writer: Writer) -> tuple[DraftClaim, DraftClaim]:
    return writer.line(f"risk.{risk.id}.risk", risk.why), writer.line(f"risk.{risk.id}.response", risk.why)


def _budget(line: BudgetTemplate, writer: Writer) -> tuple[DraftClaim, DraftClaim | None]:
    item = writer.line(f"budget.{line.id}", line.why)
    if line.worked and (worked := WORKED[line.worked](writer)):
        return item, worked
    return item, writer.add(writer.library.say_record(line.record), [line.record], kind=ClaimKind.FIGURE) if line.record else None


def _section(section: SectionTemplate, writer: Writer) -> tuple[SectionTemplate, str, list[DraftClaim], list[list[DraftClaim]]]:
    lines = [_sentence(f"section.{section.id}", each, writer) for each in section.lines if holds(each, writer.facts)]
    for why in section.points:
        passage, _, words = why.partition("|")
        lines.append(writer.add(writer.point(passage, words), [passage], kind=ClaimKind.ADVICE))
    rows = [
        [writer.line(f"section.{section.id}.{row.id}.{column}", row.why) for column in section.columns]
        for row in section.rows if holds(row, writer.facts)
    ]  # fmt: skip
    return section, writer.say(f"section.{section.id}.title"), lines, rows


def targets(drafts: Drafts, settled: Settled, writer: Writer, listed_sums: Mapping[str, Computation]) -> tuple[Target, ...]:
    """The measures that have stood. What follows from the client's own list is shown as it was worked out."""
    found = []
    for template, lines in drafts.targets:
        stood = {name: _figure(name, template, line, writer.library) for name, draft in lines.items() if (line := settled.line(draft))}
        if worked := listed_sums.get(template.baseline):
            stood["baseline"] = Line(text=_value(worked, writer), computed=(worked,))
        if "measure" in stood:
            found.append(Target(id=template.id, **stood))
    return tuple(found)


def _figure(name: str, template: TargetTemplate, line: Line, library: Library) -> Line:
    """The figure alone, where a sentence that holds it has stood."""
    if name == "baseline":
        return line.model_copy(update={"text": line.text.rstrip(".").rpartition(": ")[2]})
    record = getattr(template, name, "")
    return line.model_copy(update={"text": library.figure(record)}) if record and line.citations else line


def risks(drafts: Drafts, settled: Settled, titles: Titles) -> tuple[Risk, ...]:
    stood = ((template, settled.line(risk), settled.line(response)) for template, risk, response in drafts.risks)
    return tuple(Risk(id=template.id, risk=risk, response=response, owner_title=titles(template.by)) for template, risk, response in stood if risk and response)


def budget(drafts: Drafts, settled: Settled, library: Library) -> tuple[BudgetLine, ...]:
    found = []
    for template, item, amount in drafts.budget:
        line, record = settled.line(item), library.benchmarks.get(template.record)
        numbers = {"low": record.low, "high": record.high, "unit": record.unit, "currency": record.currency, "per": record.per} if record else {}
        if line:
            found.append(BudgetLine.model_validate({"id": template.id, "item": line, "amount": settled.line(amount), "open": template.open, **numbers}))
    return tuple(found)


def sections(drafts: Drafts, settled: Settled, writer: Writer) -> tuple[PlanSection, ...]:
    found = []
    for template, title, lines, rows in drafts.sections:
        stood = [tuple(settled.line(cell) or Line(text="") for cell in row) for row in rows]
        columns = tuple(writer.say(f"section.{template.id}.columns.{column}") for column in template.columns)
        table = PlanTable(columns=columns, rows=tuple(stood)) if stood else None
        found.append(PlanSection(id=template.id, title=title, draft=template.draft, lines=settled.lines_of(lines), table=table))
    return tuple(section for section in found if section.lines or section.table)


def fields(drafts: Drafts, settled: Settled, writer: Writer) -> tuple[CrmField, ...]:
    """The fields of the CRM whose rule has stood."""
    found = []
    for template, draft in drafts.fields:
        if rule := settled.line(draft):
            options = tuple(FieldOption(id=each, label=writer.say(f"field.option.{each}")) for each in template.options)
            days = writer.library.benchmarks[template.days].low if template.days else None
            found.append(CrmField(id=template.id, object=template.object, label=writer.say(f"field.{template.id}.label"), type=template.type, options=options, of=template.of,
                                  required=template.required, base=template.base, days=days, rule=rule))  # fmt: skip
    return tuple(found)


def parties(drafts: Drafts, settled: Settled, writer: Writer) -> tuple[Party, ...]:
    """The map's groups whose sentences have stood, each where the rules put it for the client."""
    found = []
    for template, gives, gets in drafts.parties:
        stood = settled.line(gives), settled.line(gets)
        if stood[0] and stood[1]:
            flow = (writer.say(f"party.{template.id}.out"), writer.say(f"party.{template.id}.back"))
            found.append(Party(id=template.id, title=writer.say(f"party.{template.id}.title"), place=_place(template, writer), gives=stood[0], gets=stood[1], flow=flow))
    return tuple(found)


def _place(template: PartyTemplate, writer: Writer) -> Place:
    """Where a group stands: what exists wins, then what the rules forbid, then what they begin with."""
    assessment, moves = writer.assessment, set(template.moves)
    if not moves:
        return Place.AROUND
    if moves & set(assessment.client.in_place):
        return Place.THERE
    if moves & set(assessment.forbidden_moves):
        return Place.NOT_NOW
    return Place.FIRST if moves & set(assessment.partner_types.start_with) else Place.LATER
