"""`advisor verify`: every figure of a text held against the knowledge, or against given files alone."""

from __future__ import annotations

from typing import Any

import click

from advisor import intake, library
from advisor.adapters.documents import read_document, read_piped
from advisor.answering.verify import verify
from advisor.cli.facts import fact_options, given
from advisor.cli.files import force_option, write_file
from advisor.cli.output import language_option, plain_output, show, show_json
from advisor.cli.texts import piped
from advisor.cli.start import advisor_for, settings_here
from advisor.errors import InputError
from advisor.rendering.verification import verify_html, verify_markdown


@click.command("verify")
@click.argument("file")
@click.option("--against", metavar="FILE", multiple=True, help="Take the given files alone as the truth, not the knowledge. Repeatable.")
@click.option("--html", is_flag=True, help="The text itself with its figures marked, as a page; needs -o FILE.")
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of standard output.")
@force_option
@fact_options
@language_option
@plain_output
def command(file: str, against: tuple[str, ...], html: bool, output: str | None, force: bool, language: str | None, as_json: bool, **facts: Any) -> int:
    """Check every figure of a text: supported, derived, contradicted, misattributed, not for you, or unsupported.

    FILE is text, Markdown, HTML, Word, PDF, CSV, Excel, a mail or a transcript; - reads standard input. Nothing is sent anywhere. With facts
    of a client, a figure that does not hold for it is named. The exit code is 1 when a figure does not hold.
    """
    settings = settings_here(language=language)
    if html and (as_json or output is None):
        raise InputError("--html writes a page.", hint="Give it a file with -o FILE, and no --json.")
    text = read_piped(piped()) if file == "-" else read_document(file)
    sources = {name: read_document(name) for name in against} if against else None
    told = given(facts, settings)
    advisor = advisor_for(settings)
    client = advisor.read("", told.client, options=told.options, fx=told.fx).client
    spoken = settings.language if settings.language != "auto" else library.spoken(intake.language_of(text))
    report = verify(text, sources, client=client, language=spoken, packs=advisor.packs)
    wording = advisor.wording(spoken)

    def naming(place: str) -> str:
        known = advisor.library.in_language(spoken)
        if sources is not None or (place not in known.benchmarks and place not in known.passages):
            return place
        piece = known.evidence(place, {})
        return f"{piece.publisher}{f' {piece.year}' if piece.year else ''}: {piece.title}, {place}"

    if html and output is not None:
        write_file(output, verify_html(text, report, wording, language=spoken, against=against, naming=naming), force=force)
    elif as_json:
        show_json(report)
    elif output is not None:
        write_file(output, verify_markdown(report, wording, against, naming), force=force)
    else:
        show(verify_markdown(report, wording, against, naming), settings)
    return 0 if report.summary.passed else 1
