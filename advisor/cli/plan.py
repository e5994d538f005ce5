"""`advisor plan`: a plan document for one client, dated, with its sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from advisor.cli.facts import fact_options, given
from advisor.cli.files import force_option, output_option, write_file
from advisor.cli.output import debug_option, language_option, show, show_json, warn
from advisor.cli.start import advisor_for, settings_here
from advisor.cli.texts import notes_option, words
from advisor.domain.plan import PartnerList, PlanKind, PlanRequest, Report
from advisor.errors import InputError
from advisor.intake import clean
from advisor.planning.review import partner_list
from advisor.planning.told import report
from advisor.rendering.formats import BINARY, FIELD_FORMATS, FORMATS, render
from advisor.settings import read_user_text


@click.command("plan")
@click.argument("text", required=False)
@fact_options
@notes_option
@click.option("--kind", metavar="KIND", default=PlanKind.NINETY_DAY.value, help=f"One of: {', '.join(PlanKind)}.")
@click.option("--format", "form", metavar="FMT", default="md", help=f"One of: {', '.join(FORMATS)}; of a CRM's fields {' or '.join(FIELD_FORMATS)}.")
@click.option("--start", metavar="DATE", help="First day, like 2027-01-11; left out, it is next Monday.")
@click.option("--hours-per-week", metavar="N", help="Hours a week that who owns partners really has.")
@click.option("--people", type=int, metavar="N", default=1, help="How many people have these hours.")
@click.option("--closed", metavar="DATE", multiple=True, help="A day, or DATE..DATE, on which nobody works. Repeatable.")
@click.option("--progress", metavar="FILE", help="Plan the rest again from what happened: the plan's own CSV or JSON with status and status_date filled in.")
@click.option("--as-of", metavar="DATE", help="The day of --progress; left out, it is today.")
@click.option("--partner-list", metavar="FILE", help="Partners to review with --kind qbr: a CSV with partner and sourced, and what else you know.")
@click.option("--prepared-for", metavar="NAME", help="Whom the plan is for; left out, the stored client's name.")
@click.option("--prepared-by", metavar="NAME", help="Who hands it over.")
@language_option
@output_option
@force_option
@debug_option
def command(text: str | None, notes: tuple[str, ...], language: str | None, output: str | None, force: bool, **options: Any) -> None:
    """A plan for a client: tasks with owner, dates and reason, gates, targets, budget, risks, every figure with its source.

    Facts are read from TEXT (- reads standard input) and from the options. A kind that the rules refuse for the client ends with exit
    code 2, the reason and the kind that fits.
    """
    settings = settings_here(language=language)
    form = _form(options["form"], output)
    told = given(options, settings)
    advisor = advisor_for(settings)
    reading = advisor.read(words(text, notes), told.client, options=told.options, fx=told.fx)
    request = _request(options, advisor.language_of(reading), told.stored, _report(options, advisor.today()))
    plan = advisor.plan(request, reading)
    for removed in plan.verification.removed:
        warn(f"left out: {removed.text} ({removed.reason})")
    if output:
        write_file(output, render(plan, form, advisor.documents), force=force)
    elif form == "json":
        show_json(plan)
    else:
        content = render(plan, form, advisor.documents)
        if form == "md":
            show(str(content), settings)
        else:
            click.echo(content, nl=False)


def _form(form: str, output: str | None) -> str:
    if form not in {*FORMATS, *FIELD_FORMATS}:
        raise InputError(f"There is no format {form[:40]!r}.", hint=f"There are: {', '.join((*FORMATS, *FIELD_FORMATS))}.")
    if form in BINARY and not output:
        raise InputError(f"The format {form} is a file.", hint="Name it: -o FILE.")
    return form


def _report(options: dict[str, Any], today: date) -> Report | None:
    """What happened, as a file tells it."""
    name, day = options["progress"], options["as_of"]
    if name is None:
        if day is not None:
            raise InputError("--as-of is the day of a report, and there is none.", hint="Give it: --progress FILE.")
        return None
    path = Path(name)
    return report(read_user_text(path), path.name[:200], _day(day, "--as-of") if day else today)


def _partners(name: str | None, kind: str) -> PartnerList | None:
    """The partners that a file lists."""
    if name is None:
        return None
    if kind != PlanKind.QBR:
        raise InputError("--partner-list is read by one kind of plan.", hint=f"Give --kind {PlanKind.QBR}.")
    path = Path(name)
    return partner_list(read_user_text(path), path.name[:200])


def _request(options: dict[str, Any], language: str, stored: str | None, told: Report | None) -> PlanRequest:
    kind = options["kind"].strip().lower().replace("_", "-")
    if kind not in set(PlanKind):
        raise InputError(f"There is no kind of plan {options['kind'][:40]!r}.", hint=f"There are: {', '.join(PlanKind)}.")
    return PlanRequest(
        kind=PlanKind(kind),
        start=_day(options["start"], "--start") if options["start"] else None,
        hours_per_week=_hours(options["hours_per_week"]),
        people=options["people"],
        closed=tuple(day for item in options["closed"] for day in _days(item)),
        prepared_for=_name(options["prepared_for"], "--prepared-for") or stored,
        prepared_by=_name(options["prepared_by"], "--prepared-by"),
        language="de" if language == "de" else "en",
        report=told,
        partners=_partners(options["partner_list"], kind),
    )


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(f"{option} is {text[:40]!r}, which is no day.", hint="Write it like 2027-01-11.") from None


def _days(item: str) -> list[date]:
    first, _, last = item.partition("..")
    start, end = _day(first, "--closed"), _day(last or first, "--closed")
    if not 0 <= (end - start).days <= 366:
        raise InputError(f"--closed {item[:40]!r} is no stretch of days.", hint="Give the earlier day first, and at most a year.")
    return [date.fromordinal(number) for number in range(start.toordinal(), end.toordinal() + 1)]


def _hours(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        hours = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        hours = Decimal("NaN")
    if not hours.is_finite():
        raise InputError(f"--hours-per-week is {text[:40]!r}, which is no number.", hint="Write it like 12 or 7.5.")
    return hours


def _name(text: str | None, option: str) -> str | None:
    if text is None:
        return None
    name = clean(text).replace("\n", " ").strip()
    if not name or len(name) > 200:
        raise InputError(f"{option} is empty or longer than a name.", hint="Give 1 to 200 characters.")
    return name
