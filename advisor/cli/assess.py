"""`advisor assess`: what the rules say of a client, and what a changed fact would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from advisor.cli.facts import Given, fact_options, given, supposed
from advisor.cli.output import full_output, language_option, show, show_json
from advisor.cli.start import advisor_for, settings_here
from advisor.cli.texts import notes_option, words
from advisor.domain import Assessment, Reading
from advisor.rendering.assessment import assessment_brief, assessment_markdown
from advisor.wiring import Advisor

if TYPE_CHECKING:
    from advisor.rendering.documents import WhatIf


@click.command("assess")
@click.argument("text", required=False)
@fact_options
@notes_option
@click.option("--what-if", "what_if", metavar="FACT=VALUE", multiple=True, help="Show what this fact would change. Repeatable.")
@language_option
@full_output
def command(text: str | None, notes: tuple[str, ...], what_if: tuple[str, ...], language: str | None, as_json: bool, brief: bool | None, why: bool, **facts: Any) -> None:
    """Stage, what fits now, what comes later, and what is still open.

    Facts are read from TEXT (- reads standard input) and from the options; an option wins over the text.
    """
    settings = settings_here(brief=brief, language=language)
    told, pairs = given(facts, settings), supposed(what_if)
    advisor = advisor_for(settings)
    reading = advisor.read(words(text, notes), told.client, options=told.options, fx=told.fx)
    assessment = advisor.judge(reading)
    spoken = advisor.language_of(reading)
    supposition = _supposition(advisor, reading, assessment, pairs, told) if pairs else None
    if as_json:
        from advisor.rendering.documents import AssessDocument

        show_json(AssessDocument(**_fields(assessment), what_if=supposition), without=frozenset({"what_if"}))
        return
    titles = advisor.titles_in(spoken)
    render = assessment_brief(assessment, titles, language=spoken, about=reading.about) if settings.brief else assessment_markdown(assessment, titles, why=why, language=spoken)
    if supposition:
        from advisor.rendering.changes import what_if_markdown

        render += f"\n{what_if_markdown(supposition, titles, why=why, language=spoken)}"
    show(render, settings)


def _supposition(advisor: Advisor, reading: Reading, before: Assessment, pairs: dict[str, str], told: Given) -> WhatIf:
    from advisor.cli.supposing import what_if

    return what_if(advisor, reading, before, pairs, told.fx)


def _fields(assessment: Assessment) -> dict[str, Any]:
    return {name: getattr(assessment, name) for name in Assessment.model_fields}
