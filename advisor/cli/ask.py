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
@click.option("--session", metavar="NAME", help="Make it the next turn of this conversation, which remembers the client.")
@language_option
@full_output
def command(text: str, notes: tuple[str, ...], session: str | None, language: str | None, as_json: bool, brief: bool | None, why: bool, **facts: Any) -> None:
    """A cited answer to a question about a client's partner strategy.

    Facts are read from TEXT (- reads standard input) and from the options; an option wins over the text. With --session
    the facts of earlier turns hold, and with --client NAME besides, those of the stored client, which learns what is said.
    """
    settings = settings_here(brief=brief, language=language)
    told = given(facts, settings)
    advisor = advisor_for(settings)
    if session is None:
        answer = advisor.ask(words(text, notes), told.client, options=told.options, fx=told.fx)
    else:
        answer = advisor.talk(session, told.stored, base=told.files, fx=told.fx).ask(words(text, notes), told.options)
    for notice in answer.run.notices:
        warn(notice)
    if as_json:
        show_json(answer)
        return
    show(answer_brief(answer, advisor.documents) if settings.brief else answer_markdown(answer, advisor.documents, why=why), settings)
