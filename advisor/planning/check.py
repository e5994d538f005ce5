"""What is wrong with the plan templates beside the knowledge: sentences, reasons, records and rules that are not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.domain import Move
from advisor.errors import DataError
from advisor.figures import find
from advisor.library import Library
from advisor.library.passages import FIGURE
from advisor.library.points import points_of
from advisor.planning.sums import WORKED
from advisor.planning.templates import FOLDER, POINTS, TASKS, Book, SectionTemplate, Sentence, Template, load
from advisor.rules import RuleBook


def problems(library: Library, rules: RuleBook) -> list[DataError]:
    """Every fault of knowledge/plans/, or the one that keeps it from being read."""
    try:
        book = load()
    except DataError as error:
        return [error]
    found = [fault for task in book.tasks.values() for fault in _phrases(TASKS, task.id, (f"task.{task.id}.title", f"task.{task.id}.done"), library)]
    found += [fault for task in book.tasks.values() for fault in _reasons(TASKS, task.id, [task.why or f"move:{task.moves[0] if task.moves else ''}", *task.rests], library, rules)]
    found += [fault for task in book.tasks.values() if task.times and task.times not in library.benchmarks for fault in [_unknown(TASKS, task.id, "times", task.times)]]
    found += [fault for template in book.templates for fault in _template(template, library, rules)]
    return [*found, *_german(book, library)]


def _template(template: Template, library: Library, rules: RuleBook) -> Iterator[DataError]:
    file = f"{template.kind}-{template.variant}"
    yield from _phrases(file, "title", (f"title.{template.kind}.{template.variant}", f"kind.{template.kind}"), library)
    parts: dict[str, Iterable[Sentence]] = {
        "summary": template.summary, "milestone": template.milestone, "target": template.target, "budget": template.budget, "kill": template.kill,
        "unlock": template.unlock, "assumption": template.assumption,
    }  # fmt: skip
    for part, sentences in parts.items():
        for each in sentences:
            yield from _sentence(file, f"{part}.{each.id}", each, library, rules)
    for phase in template.phase:
        yield from _phrases(file, phase.id, (f"phase.{phase.id}.title", f"phase.{phase.id}.result"), library)
    for risk in template.risk:
        yield from _phrases(file, risk.id, (f"risk.{risk.id}.risk", f"risk.{risk.id}.response"), library)
    for gate in template.gate:
        yield from _phrases(file, gate.id, (f"gate.{gate.id}.title", f"gate.{gate.id}.missed", *(f"criterion.{each.id}" for each in gate.criteria)), library)
    for section in template.section:
        yield from _phrases(file, section.id, (f"section.{section.id}.title", *_spoken(section)), library)
        yield from _reasons(file, section.id, [*section.points, *(why for part in (*section.lines, *section.rows) for why in part.why)], library, rules)
    for field in template.field:
        yield from _phrases(file, field.id, (f"field.{field.id}.label", f"field.{field.id}.rule", *(f"field.option.{each}" for each in field.options)), library)
        yield from _reasons(file, field.id, field.why, library, rules)
        if field.days and field.days not in library.benchmarks:
            yield _unknown(file, field.id, "days", field.days)
    for meeting in template.meeting:
        yield from _phrases(file, meeting.id, (f"meeting.{meeting.id}.title", f"meeting.{meeting.id}.inputs", f"meeting.{meeting.id}.decides"), library)
        yield from _reasons(file, meeting.id, meeting.why, library, rules)
    for party in template.party:
        yield from _phrases(file, party.id, tuple(f"party.{party.id}.{part}" for part in ("title", "gives", "gets", "out", "back")), library)
        yield from _reasons(file, party.id, party.why, library, rules)
    for target in template.target:
        yield from (_unknown(file, target.id, "record", name) for name in (target.day_90, target.month_6, target.month_12) if name and name not in library.benchmarks)
    for line in template.budget:
        if (line.record and line.record not in library.benchmarks) or (line.worked and line.worked not in WORKED):
            yield _unknown(file, line.id, "record", line.record or line.worked)


def _spoken(section: SectionTemplate) -> Iterator[str]:
    """The phrases of a section beside its title: its sentences, the heads of its columns and the cells of its rows."""
    base = f"section.{section.id}"
    yield from (f"{base}.{line.id}" for line in section.lines)
    for column in section.columns:
        yield f"{base}.columns.{column}"
        yield from (f"{base}.{row.id}.{column}" for row in section.rows)


def _sentence(file: str, key: str, sentence: Sentence, library: Library, rules: RuleBook) -> Iterator[DataError]:
    yield from _phrases(file, key, (key,), library)
    yield from _reasons(file, key, sentence.why, library, rules)


def _phrases(file: str, entry: str, keys: Iterable[str], library: Library) -> Iterator[DataError]:
    for key in keys:
        if f"plans.{key}" not in library.phrases:
            yield DataError(f"{FOLDER}/{file}", entry, found=f"no phrase 'plans.{key}'", allowed="one in knowledge/phrases/en")


def _reasons(file: str, entry: str, whys: Iterable[str], library: Library, rules: RuleBook) -> Iterator[DataError]:
    for why in whys:
        name, _, words = why.partition("|")
        if name.startswith("move:"):
            if name.removeprefix("move:") not in set(Move):
                yield DataError(f"{FOLDER}/{file}", entry, "why", found="no reason", allowed="a passage, or a move that the rules speak of")
        elif name not in library.passages and name not in library.benchmarks and name not in rules.rows:
            yield _unknown(file, entry, "why", name)
        elif words and len([point for point in points_of(library.passages[name].text) if words in point]) != 1:
            yield DataError(f"{FOLDER}/{file}", entry, "why", found=f"not one sentence of {name} with {words!r}", allowed="words of one sentence")


def _german(book: Book, library: Library) -> Iterator[DataError]:
    """Quoted sentences that have no German, and German ones that quote no sentence or show other figures than it."""
    spoken = library.in_language("de")
    quoted = {why for why in (*(task.why for task in book.tasks.values()), *(why for template in book.templates for section in template.section for why in section.points)) if "|" in why}
    for why in sorted(quoted - book.points.keys()):
        if spoken.untranslated(why.partition("|")[0]):
            yield DataError(f"{FOLDER}/{POINTS}", why, found="no German", allowed="the sentence in German")
    for key, said in book.points.items():
        passage, _, words = key.partition("|")
        points = [point for point in points_of(library.passages[passage].text) if words in point] if passage in library.passages else []
        shown = FIGURE.sub(lambda mark: library.figure(mark[1].removesuffix(".dative")), said)
        if len(points) != 1:
            yield _unknown(POINTS, key, "points", key)
        elif sorted(figure.key for figure in find(shown)) != sorted(figure.key for figure in find(points[0])):
            yield DataError(f"{FOLDER}/{POINTS}", key, found=f"other figures than {points[0]!r}", allowed="the figures of the English sentence")


def _unknown(file: str, entry: str, field: str, name: str) -> DataError:
    return DataError(f"{FOLDER}/{file}", entry, field, found=repr(name), allowed="an id that the knowledge holds")
