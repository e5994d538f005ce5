"""A plan as a document: its parts in the order in which a client reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from advisor.domain import Applies, Citation, Client, EvidenceKind
from advisor.domain.plan import CrmField, Line, Meeting, Plan, PlanKind, PlanSection, Slip, Status, Target, Task
from advisor.rendering.blocks import (
    Bar, Block, Bullets, Document, Grid, Heading, Network, Node, Paragraph, SourceLine, Sources, Text, Timeline, Work, WorkList, amount, day, span, ticks,
)  # fmt: skip
from advisor.rendering.reviewed import partners
from advisor.rendering.words import Page, page, place_in_words


_ON_ONE_PAGE = frozenset({PlanKind.BOARD_NOTE})


def document(plan: Plan, documents: Mapping[str, str]) -> Document:
    """Everything the plan says. `documents` gives the titles of source documents by their number."""
    labels = page(plan.language)
    one_page = plan.kind in _ON_ONE_PAGE
    numbers, sources = sources_of(plan, documents)
    return Document(
        title=plan.title,
        language=plan.language,
        facts=tuple(_facts(plan, labels)),
        blocks=tuple(_renumbered(block, numbers) for block in _blocks(plan, labels, sources)),
        foot=_foot(plan, labels),
        header=labels.say("plan.header", title=plan.title, client=plan.prepared_for),
        one_page=one_page,
    )


def sources_of(plan: Plan, documents: Mapping[str, str]) -> tuple[dict[int, int], Sources]:
    """The numbers that readers see by those of the plan, and the list of sources; on one page a place is no more than a chapter."""
    return merged_sources(plan.citations, page(plan.language), documents, chapters=plan.kind in _ON_ONE_PAGE)


def _facts(plan: Plan, labels: Page) -> Iterator[tuple[str, str]]:
    yield labels.say("plan.for"), plan.prepared_for
    if plan.prepared_by:
        yield labels.say("plan.by"), plan.prepared_by
    yield labels.say("plan.date"), day(plan.created, labels)
    if plan.tasks:
        yield labels.say("plan.period"), span(plan.start, plan.end, labels)
    yield labels.say("plan.stage"), plan.stage
    if plan.motion:
        yield labels.say("plan.motion"), plan.motion


def _blocks(plan: Plan, labels: Page, sources: Sources) -> Iterator[Block]:
    yield from (Paragraph(text) for text in _texts(plan.summary))
    yield from _progress(plan, labels)
    yield from _listed("starting_point", plan.starting_point, labels)
    yield from partners(plan, labels)
    yield from _map(plan, labels)
    yield from _glance(plan, labels)
    drafts = [section for section in plan.sections if section.draft]
    for section in plan.sections:
        yield from _section(section, labels, first=section in drafts[:1])
    yield from _fields(plan, labels)
    yield from _meetings(plan, labels)
    yield from _work(plan, labels)
    yield from _gates(plan, labels)
    yield from _listed("unlocks", plan.unlocks, labels)
    yield from _targets(plan, labels)
    yield from _money(plan, labels)
    yield from _risks(plan, labels)
    yield from _listed("kill", plan.kill_criteria, labels)
    yield from _listed("not_now", plan.not_now, labels)
    yield from _listed("questions", plan.questions, labels)
    yield from _capacity(plan, labels)
    if sources.items:
        yield Heading(2, labels.say("plan.sources"))
        yield sources


def _section(section: PlanSection, labels: Page, *, first: bool) -> Iterator[Block]:
    """Sentences and a table. Each row names its sources once; a text for others names them above itself, the first one with a word on its brackets."""
    rows = section.table.rows if section.table else ()
    yield Heading(2, section.title)
    if section.draft:
        used = (n for line in (*section.lines, *(cell for row in rows for cell in row)) for n in line.citations)
        yield Paragraph(Text(labels.say("plan.draft" if first else "plan.draft_sources"), tuple(dict.fromkeys(used))))
    if section.lines:
        yield Bullets(tuple(_text(line, cited=not section.draft) for line in section.lines))
    if section.table:
        yield Grid(section.table.columns, tuple(tuple((text,) for text in _row(row, cited=not section.draft)) for row in rows))


def _row(cells: Sequence[Line], *, cited: bool = True) -> Iterator[Text]:
    """The cells of a row, each with the sources that the cells before it have not named."""
    seen: set[int] = set()
    for cell in cells:
        yield Text(cell.text, tuple(n for n in cell.citations if cited and n not in seen))
        seen |= set(cell.citations)


def _listed(key: str, lines: Sequence[Line], labels: Page) -> Iterator[Block]:
    if lines:
        yield Heading(2, labels.say(f"plan.{key}"))
        yield Bullets(tuple(_texts(lines)))


def _map(plan: Plan, labels: Page) -> Iterator[Block]:
    """The ecosystem as a drawing and as a table with room for the firms."""
    if not plan.parties:
        return

    def say(key: str, **slots: object) -> str:
        return labels.say(f"plan.map.{key}", **slots)

    yield Heading(2, say("title"))
    nodes = tuple(Node(each.title, each.place.value, say("gives", what=each.flow[0]), say("gets", what=each.flow[1]), f"{each.gives.text} / {each.gets.text}") for each in plan.parties)
    looks = tuple((place.value, say(f"place.{place}")) for place in dict.fromkeys(each.place for each in plan.parties))
    yield Network(say("middle"), nodes, looks, say("alt", groups=len(nodes)))
    columns = tuple(say(f"column.{name}") for name in ("party", "place", "gives", "gets", "firms"))
    rows = tuple(
        ((Text(each.title, strong=True),), (Text(say(f"place.{each.place}")),), *((text,) for text in _row((each.gives, each.gets))), (Text(labels.say("plan.fill")),))
        for each in plan.parties
    )  # fmt: skip
    yield Grid(columns, rows, (18, 15, 25, 27, 15))


def _fields(plan: Plan, labels: Page) -> Iterator[Block]:
    """The fields of the CRM, a table for each object."""

    def say(key: str, **slots: object) -> str:
        return labels.say(f"plan.field.{key}", **slots)

    columns = tuple(say(f"column.{name}") for name in ("field", "type", "rule"))
    for object_ in dict.fromkeys(each.object for each in plan.fields):
        yield Heading(2, say(f"object.{object_}"))
        rows = []
        for each in (item for item in plan.fields if item.object == object_):
            kind = f"{typed(each, labels)}; {say('required')}" if each.required else typed(each, labels)
            rows.append(((Text(each.label, strong=True), Text(f"({each.id})")), (Text(kind),), (_text(each.rule),)))
        yield Grid(columns, tuple(rows), (26, 24, 50))


def typed(each: CrmField, labels: Page) -> str:
    """What a field holds, in words."""
    if each.of:
        return labels.say("plan.field.type.lookup", of=labels.say(f"plan.field.of.{each.of}"))
    return labels.say(f"plan.field.type.{each.type}", options=", ".join(option.label for option in each.options))


def _meetings(plan: Plan, labels: Page) -> Iterator[Block]:
    """The series of meetings, with the first day of each."""
    if not plan.meetings:
        return

    def say(key: str, **slots: object) -> str:
        return labels.say(f"plan.meeting.{key}", **slots)

    def when(each: Meeting) -> tuple[Text, ...]:
        weekday = say("weekdays").split()[each.first.weekday()]
        rhythm = say(f"rhythm.{each.rhythm}", weekday=weekday, nth=say("nth").split()[each.nth - 1], month=labels.say("plan.months").split()[each.first.month - 1])
        return (Text(say("from", rhythm=rhythm, day=day(each.first, labels), minutes=each.minutes), each.lasts.citations if each.lasts else ()),)

    def who(each: Meeting) -> tuple[Text, ...]:
        parts = [say("lead", who=each.lead), *([say("others", who=", ".join(each.others))] if each.others else [])]
        return (Text("; ".join(parts)),)

    yield Heading(2, say("title"))
    columns = tuple(say(f"column.{name}") for name in ("meeting", "when", "who", "inputs", "decides"))
    rows = [
        ((Text(each.title.text, _fresh(each.title, each.inputs, each.decides), strong=True),), when(each), who(each), *((text,) for text in _row((each.inputs, each.decides))))
        for each in plan.meetings
    ]  # fmt: skip
    yield Grid(columns, tuple(rows), (18, 18, 18, 23, 23))
    yield Paragraph(Text(say("calendar")))


def _progress(plan: Plan, labels: Page) -> Iterator[Block]:
    """What happened up to the day of a report, what slipped, what was given up, and what somebody has to write down."""
    stands = plan.progress
    if stands is None:
        return

    def say(key: str, **slots: object) -> str:
        return labels.say(f"plan.progress.{key}", **slots)

    yield Heading(2, say("title", day=day(stands.on, labels)))
    ends = next((slip for slip in stands.slips if slip.what == "plan"), None)
    end = say("ends_day_later" if ends.days == 1 else "ends_later", before=day(ends.before, labels), after=day(plan.end, labels), days=ends.days) if ends else say("ends", after=day(plan.end, labels))
    yield Paragraph(Text(f"{say('count', all=len(plan.tasks), done=stands.done, late=stands.late, open=stands.open)} {end} {say('rest')}"))
    rows = tuple(_slip(slip, plan, labels) for slip in stands.slips if slip.what != "plan")
    if rows:
        columns = tuple(say(f"column.{name}") for name in ("what", "before", "after", "days", "why"))
        yield Grid(columns, rows, (40, 14, 14, 8, 24))
    else:
        yield Paragraph(Text(say("nothing")))
    for key, items in (
        ("dropped", [Text(each.title.text + (say("was_must") if each.priority == "must" else "")) for each in stands.dropped]),
        ("due", [Text(labels.say("plan.gate", day=day(gate.on, labels), title=gate.title.text)) for gate in stands.due]),
        ("unknown", [Text(id_) for id_ in stands.unknown]),
    ):
        if items:
            yield Paragraph(Text(say(key)))
            yield Bullets(tuple(items))


def _slip(slip: Slip, plan: Plan, labels: Page) -> tuple[tuple[Text, ...], ...]:
    numbers = {task.id: number for number, task in enumerate(plan.tasks, 1)}
    name = f"{numbers[slip.id]}. {slip.title}" if slip.id in numbers else labels.say(f"plan.progress.{slip.what}", title=slip.title)
    behind = ", ".join(str(numbers[id_]) for id_ in slip.behind)
    why = labels.say(f"plan.progress.cause.{slip.cause}", behind=behind) if slip.cause else "" if slip.after else labels.say("plan.progress.lost")
    cells = (name, day(slip.before, labels), day(slip.after, labels) if slip.after else "–", str(slip.days) if slip.after else "–", why)
    return tuple((Text(cell),) for cell in cells)


def _glance(plan: Plan, labels: Page) -> Iterator[Block]:
    """The phases in a table and on a timeline, with milestones and decisions on it."""
    if not plan.phases:
        return
    yield Heading(2, labels.say("plan.glance"))
    columns = tuple(labels.say(f"plan.column.{name}") for name in ("phase", "weeks", "dates", "result"))
    rows = [((Text(each.title, strong=True),), (Text(each.weeks),), (Text(span(each.start, each.end, labels)),), (_text(each.result),)) for each in plan.phases]
    yield Grid(columns, tuple(rows), (22, 14, 26, 38))
    titles = {phase.id: phase.title for phase in plan.phases}
    numbers = {task.id: number for number, task in enumerate(plan.tasks, 1)}
    bars = [Bar(f"{numbers[task.id]}", task.start, task.end, titles[task.phase], title=task.title.text, done=task.status is Status.DONE) for task in plan.tasks]
    points = [Bar(each.title.text, each.on, each.on, labels.say("plan.milestones"), point=True, title=each.title.text) for each in plan.milestones]
    decisions = [Bar(each.title.text, each.on, each.on, labels.say("plan.gates"), point=True, title=each.title.text) for each in plan.gates]
    yield Timeline((*bars, *points, *decisions), plan.start, plan.end, labels.say("plan.timeline", tasks=len(bars), start=day(plan.start, labels), end=day(plan.end, labels)), ticks(plan.start, plan.end, labels))


def _work(plan: Plan, labels: Page) -> Iterator[Block]:
    numbers = {task.id: number for number, task in enumerate(plan.tasks, 1)}
    firsts = {task.because.text: numbers[task.id] for task in reversed(plan.tasks)}
    columns = tuple(labels.say(f"plan.column.{name}") for name in ("number", "task", "who", "days", "when"))
    for phase in plan.phases:
        own = [task for task in plan.tasks if task.phase == phase.id]
        yield Heading(2, labels.say("plan.phase", title=phase.title, weeks=phase.weeks))
        yield WorkList(columns, tuple(_task(task, numbers, firsts, labels) for task in own))


def _task(task: Task, numbers: Mapping[str, int], firsts: Mapping[str, int], labels: Page) -> Work:
    """`firsts` gives the number of the first task with a reason, which is not said a second time."""
    first = firsts[task.because.text]
    why = _text(task.because) if first == numbers[task.id] else Text(labels.say("plan.same_why", number=first), task.because.citations)
    lines = [(labels.say("plan.done"), _text(task.done_when)), (labels.say("plan.why"), why)]
    if task.depends_on:
        lines.append((labels.say("plan.after"), Text(", ".join(str(numbers[id_]) for id_ in task.depends_on))))
    mark = labels.say(f"plan.status.{task.status}") if task.status is not Status.OPEN else labels.say("plan.moved") if task.moved else ""
    weeks = f"{task.weeks}, {mark}" if mark else task.weeks
    when = f"{span(task.start, task.end, labels)}\n{weeks}"
    return Work(numbers[task.id], Text(task.title.text, _fresh(task.title, task.because), strong=True), (task.owner_title, _effort(task, labels), when), tuple(lines))


def _effort(task: Task, labels: Page) -> str:
    """Days, or hours where it is less than half a day."""
    if task.effort >= Decimal("0.5"):
        return labels.say("plan.days", number=amount(task.effort, labels))
    return labels.say("plan.hours", number=amount(task.effort * 8, labels))


def _fresh(line: Line, *others: Line) -> tuple[int, ...]:
    """The sources of a line that others beside it do not name already."""
    named = {n for other in others for n in other.citations}
    return tuple(n for n in line.citations if n not in named)


def _gates(plan: Plan, labels: Page) -> Iterator[Block]:
    if plan.milestones:
        yield Heading(2, labels.say("plan.milestones"))
        columns = (labels.say("plan.column.day"), labels.say("plan.column.milestone"))
        yield Grid(columns, tuple(((Text(day(each.on, labels)),), (_text(each.title),)) for each in plan.milestones), (24, 76))
    if plan.gates:
        yield Heading(2, labels.say("plan.gates"))
    for gate in plan.gates:
        yield Heading(3, labels.say("plan.gate", day=day(gate.on, labels), title=gate.title.text))
        yield Paragraph(Text(labels.say("plan.decided_by", who=gate.decided_by)))
        yield Bullets(tuple(_texts(gate.criteria)))
        yield Paragraph(Text(f"{labels.say('plan.missed')} {gate.if_missed.text}", gate.if_missed.citations))


def _targets(plan: Plan, labels: Page) -> Iterator[Block]:
    if not plan.targets:
        return
    yield Heading(2, labels.say("plan.targets"))
    later = [name for name in ("day_90", "month_6", "month_12") if any(getattr(each, name) for each in plan.targets)]
    fill = Text(labels.say("plan.fill"))
    rows = [(_target(each), *((_text(line) if (line := getattr(each, name, None)) else fill,) for name in ("baseline", *(later or ["end"])))) for each in plan.targets]
    ends = [labels.say(f"plan.column.{name}") for name in later] or [labels.say("plan.column.by_end", day=day(plan.end, labels))]
    share = 66 // (len(ends) + 1)
    columns = (labels.say("plan.column.measure"), labels.say("plan.column.baseline"), *ends)
    yield Grid(columns, tuple(rows), (100 - share * (len(ends) + 1), *(share,) * (len(ends) + 1)))


def _target(target: Target) -> tuple[Text]:
    """The measure, with the sources that its values do not name."""
    values = (target.baseline, target.day_90, target.month_6, target.month_12)
    return (Text(target.measure.text, _fresh(target.measure, *(line for line in values if line))),)


def _money(plan: Plan, labels: Page) -> Iterator[Block]:
    if not plan.budget:
        return
    yield Heading(2, labels.say("plan.budget"))
    if plan.kind in _ON_ONE_PAGE:
        yield Bullets(tuple(_together(labels.say("plan.budget_line", item=each.item.text, amount=each.amount.text if each.amount else labels.say("plan.fill")), each.item, each.amount) for each in plan.budget))
        return
    fill = Text(labels.say("plan.fill"))
    rows = tuple(((Text(each.item.text, _fresh(each.item, *([each.amount] if each.amount else []))),), (_text(each.amount) if each.amount else fill if each.open else Text("–"),)) for each in plan.budget)
    yield Grid((labels.say("plan.column.item"), labels.say("plan.column.amount")), rows, (50, 50))


def _risks(plan: Plan, labels: Page) -> Iterator[Block]:
    if not plan.risks:
        return
    yield Heading(2, labels.say("plan.risks"))
    if plan.kind in _ON_ONE_PAGE:
        yield Bullets(tuple(_together(labels.say("plan.risk_line", risk=each.risk.text, who=each.owner_title, response=each.response.text), each.risk, each.response) for each in plan.risks))
        return
    columns = tuple(labels.say(f"plan.column.{name}") for name in ("risk", "response", "who"))
    rows = tuple((*((text,) for text in _row((each.risk, each.response))), (Text(each.owner_title),)) for each in plan.risks)
    yield Grid(columns, rows, (38, 46, 16))


def _together(text: str, *lines: Line | None) -> Text:
    """Words of several lines as one, with the sources of all."""
    return Text(text, tuple(dict.fromkeys(n for line in lines if line for n in line.citations)))


def _capacity(plan: Plan, labels: Page) -> Iterator[Block]:
    capacity = plan.capacity
    if not (capacity.loads or plan.assumptions):
        return
    yield Heading(2, labels.say("plan.assumptions" if capacity.loads else "plan.assumptions_alone"))
    yield Bullets(tuple(_texts([*capacity.says, *plan.assumptions])))
    if capacity.dropped:
        yield Heading(3, labels.say("plan.dropped"))
        yield Bullets(tuple(_texts(capacity.dropped)))
    if capacity.loads:
        columns = tuple(labels.say(f"plan.column.{name}") for name in ("role", "hours", "available", "needed"))
        rows = [((Text(load.title),), *((Text(amount(number, labels, 1)),) for number in (load.hours_per_week, load.available, load.needed))) for load in capacity.loads]
        yield Grid(columns, tuple(rows), (40, 20, 20, 20))


def merged_sources(citations: Sequence[Citation], labels: Page, documents: Mapping[str, str], *, held: bool = False, chapters: bool = False) -> tuple[dict[int, int], Sources]:
    """The sources as readers see them: what stands at one place of one publication is one line; with `held`, whether it holds for the client. `chapters` leaves out what lies within them."""
    numbers: dict[int, int] = {}
    lines: dict[str, SourceLine] = {}
    for citation in citations:
        text = _source(citation, labels, documents, chapters=chapters)
        text = f"{text} — {labels.holds(citation.applies)}" if held and citation.applies is not Applies.YES else text
        line = lines.setdefault(text, SourceLine(len(lines) + 1, text, text))
        numbers[citation.n] = line.n
    return numbers, Sources(tuple(lines.values()))


def _source(citation: Citation, labels: Page, documents: Mapping[str, str], *, chapters: bool) -> str:
    """Title, place, publisher, year, and how much it can carry."""
    place, publisher = place_in_words(citation.place, documents), ", ".join(part for part in (citation.publisher, str(citation.year or "")) if part)
    if citation.source_doc == _HOUSE:
        where = place.rpartition(" › ")[2]
    elif citation.kind is not EvidenceKind.BENCHMARK or chapters:
        where = " › ".join(place.split(" › ")[:2])
    else:
        own = citation.title == documents.get(citation.source_doc)
        where = place if own else f"{citation.title}. {labels.say('plan.quoted', place=place)}"
    return labels.say("plan.source", publisher=publisher, place=where, evidence=labels.evidence(citation.evidence_class))


_HOUSE = "house"


def _renumbered(block: Block, numbers: Mapping[int, int]) -> Block:
    """The block with the numbers of sources that readers see."""

    def text(item: Text) -> Text:
        return item._replace(citations=tuple(dict.fromkeys(numbers[n] for n in item.citations)))

    match block:
        case Paragraph(own):
            return Paragraph(text(own))
        case Bullets(items):
            return block._replace(items=tuple(text(item) for item in items))
        case Grid():
            return block._replace(rows=tuple(tuple(tuple(text(item) for item in cell) for cell in row) for row in block.rows))
        case WorkList():
            return block._replace(work=tuple(_renumbered_work(item, text) for item in block.work))
        case _:
            return block


def _renumbered_work(item: Work, text: Callable[[Text], Text]) -> Work:
    """A task whose lines each name only the sources that the lines above them have not named."""
    seen: set[int] = set()
    lines: list[tuple[str, Text]] = []
    title = text(item.title)
    seen |= set(title.citations)
    for label, line in reversed(item.lines):
        own = text(line)
        lines.append((label, own._replace(citations=tuple(n for n in own.citations if n not in seen))))
        seen |= set(own.citations)
    return item._replace(title=title, lines=tuple(reversed(lines)))


def _foot(plan: Plan, labels: Page) -> str:
    made = plan.made
    parts = (labels.say("plan.made", version=made.knowledge_version, inputs=made.inputs), rates(plan.client, plan.created, labels))
    return " ".join(part for part in parts if part)


def rates(client: Client, on: date, labels: Page) -> str:
    """The exchange rates that somebody stated, and the day on which they did; nothing without any."""
    if not client.fx:
        return ""
    stated = next((fact.stated_on for name in ("fx", "arr") if (fact := client.facts.get(name)) and fact.stated_on), on)
    listed = "; ".join(f"{code} {amount(rate, labels, 6)}" for code, rate in client.fx.items())
    return labels.say("plan.rates", rates=listed, day=day(stated, labels))


def _text(line: Line, *, cited: bool = True) -> Text:
    return Text(line.text, line.citations if cited else ())


def _texts(lines: Iterable[Line]) -> Iterator[Text]:
    return (_text(line) for line in lines)
