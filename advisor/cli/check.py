"""`advisor check`: whether knowledge, rules, phrases and prompts keep their own rules."""

from __future__ import annotations

from datetime import date

import click

from advisor import intake, library, rules
from advisor.answering import prompts
from advisor.cli.crosscheck import faults, faults_of_packs
from advisor.extensions import Pack, installed_packs
from advisor.cli.output import plain_output, show, show_json
from advisor.cli.start import settings_here
from advisor.errors import DataError
from advisor.rendering.documents import CheckDocument, ProblemRow, StaleRow
from advisor.rendering.words import sentence
from advisor.settings import Settings

FOUND_PROBLEMS = 1


@click.command("check")
@plain_output
def command(as_json: bool) -> int:
    """Validate knowledge, rules, phrases and prompts; list records due for review. Exit code 1 when there are problems."""
    settings = settings_here()
    document = checked(date.today(), settings)
    if as_json:
        show_json(document)
    else:
        show(_markdown(document), settings)
    return FOUND_PROBLEMS if document.problems else 0


def checked(today: date, settings: Settings) -> CheckDocument:
    """Everything wrong in the data files, all at once, and the records whose review date has passed; packs where ours are sound."""
    errors = [*library.problems(), *rules.problems(), *intake.problems(), *prompts.problems()] or faults(library.load(), rules.load())
    packs: tuple[Pack, ...] = ()
    if not errors:
        try:
            packs = installed_packs(settings.packs)
            errors = _of_packs(packs) if packs else []
        except DataError as error:
            errors = [error]
    problems = dict.fromkeys(_row(error) for error in errors)
    return CheckDocument(problems=tuple(problems), stale=() if errors else _stale(today, packs))


def _of_packs(packs: tuple[Pack, ...]) -> list[DataError]:
    found = [*library.problems(packs=packs), *rules.problems(packs=packs)]
    return found or faults_of_packs(library.load(packs=packs), rules.load(packs=packs))


def _stale(today: date, packs: tuple[Pack, ...]) -> tuple[StaleRow, ...]:
    records = library.load(packs=packs).benchmarks.values()
    due = sorted((record for record in records if record.review_by < today), key=lambda record: (record.review_by, record.id))
    return tuple(StaleRow(id=record.id, review_by=record.review_by) for record in due)


def _row(error: DataError) -> ProblemRow:
    return ProblemRow(file=error.file, entry=error.entry, field=error.field, found=error.found, allowed=error.allowed)


def _markdown(document: CheckDocument) -> str:
    lines = [f"- {_problem(row)}" for row in document.problems] or ["All data files keep their rules."]
    due = [f"- {row.id} was due for review by {row.review_by}" for row in document.stale]
    return "\n".join([*lines, *(["", "Due for review:", "", *due] if due else ["No record is due for review."] if not document.problems else [])]) + "\n"


def _problem(row: ProblemRow) -> str:
    where = " › ".join(part for part in (row.file, row.entry, row.field) if part)
    return f"{where}: {sentence(f'found {row.found}') if row.found else ''} {sentence(f'Allowed: {row.allowed}') if row.allowed else ''}".rstrip()
