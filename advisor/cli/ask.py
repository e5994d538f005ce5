"""`advisor ask`: a cited answer to a question."""

from __future__ import annotations

from typing import Any

import click

from advisor.cli.facts import fact_options, given
from advisor.cli.output import full_output, language_option, show, show_json, warn
from advisor.cli.start import advisor_for, settings_here
from advisor.cli.texts import notes_option, words
from advisor.rendering.answer import answer_brief, answer_markdown


@click.command("ask")
@click.argument("text")
@fact_options
@notes_option
@language_option
@full_output
def command(text: str, notes: tuple[str, ...], language: str | None, as_json: bool, brief: bool | None, why: bool, **facts: Any) -> None:
    """A cited answer to a question about a client's partner strategy.

    Facts are read from TEXT (- reads standard input) and from the options; an option wins over the text.
    """
    settings = settings_here(brief=brief, language=language)
    told = given(facts, settings)
    advisor = advisor_for(settings)
    answer = advisor.ask(words(text, notes), told.client, options=told.options, fx=told.fx)
    for notice in answer.run.notices:
        warn(notice)
    if as_json:
        show_json(answer)
        return
    show(answer_brief(answer, advisor.documents) if settings.brief else answer_markdown(answer, advisor.documents, why=why), settings)
