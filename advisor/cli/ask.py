"""`advisor ask`: a cited answer to a question."""

from __future__ import annotations

from typing import Any, Literal

import click

from advisor.cli.facts import fact_options, given
from advisor.cli.handing import form_of, hand_over, handed_by, handing_options, look
from advisor.cli.model import Trace, facts_from_model_option, model_options, model_settings, note, stem_of, streamed, trace_option
from advisor.cli.output import full_output, language_option, show, show_json, warn
from advisor.cli.start import advisor_for, settings_here
from advisor.cli.texts import notes_option, words
from advisor.errors import InputError
from advisor.rendering.answer import answer_brief, answer_markdown
from advisor.rendering.answer_document import answer_document
from advisor.rendering.formats import PAGES, pages


@click.command("ask")
@click.argument("text")
@fact_options
@notes_option
@click.option("--session", metavar="NAME", help="Make it the next turn of this conversation, which remembers the client.")
@language_option
@model_options
@facts_from_model_option
@trace_option
@handing_options(PAGES, "md")
@full_output
def command(
    text: str, notes: tuple[str, ...], session: str | None, language: str | None, as_json: bool, brief: bool | None, why: bool, trace: str | None,
    model_facts: Literal["show", "use"] | None, form: str | None, output: str | None, force: bool, prepared_for: str | None, **facts: Any,
) -> None:  # fmt: skip
    """A cited answer to a question about a client's partner strategy.

    Facts are read from TEXT (- reads standard input) and from the options; an option wins over the text. With --session
    the facts of earlier turns hold, and with --client NAME besides, those of the stored client, which learns what is said.

    With --model a language model words the answer: every sentence of it is checked, and what it decides, cites and counts is the
    same as without. docs/data-flow.md says what is sent. With --model-facts it also points at facts in TEXT, which count only where the
    program reads them there itself, and only with "use".

    With --format or -o the answer is a document to hand on: the question, the answer and its numbered sources, without ids of rules
    unless --why asks for them.
    """
    settings = settings_here(brief=brief, language=language, **model_settings(facts), **look(facts))
    if (form or output) and as_json:
        raise InputError("--json and a document are two outputs.", hint="Leave out --json, or --format and -o.")
    form = form_of(form, output, PAGES, force=force) or ("md" if output else None)
    handed = handed_by(settings, prepared_for) if form else None
    told = given(facts, settings)
    advisor = advisor_for(settings)
    advisor.announced, advisor.trace = note, Trace(trace) if trace is not None else None
    advisor.model_facts = model_facts
    advisor.hide(stem_of(facts["client"]))
    screen = streamed(advisor, settings, wanted=not (as_json or settings.brief or form))
    if session is None:
        answer = advisor.ask(words(text, notes), told.client, options=told.options, fx=told.fx)
    else:
        answer = advisor.talk(session, told.stored, base=told.files, fx=told.fx).ask(words(text, notes), told.options)
    if isinstance(advisor.trace, Trace):
        advisor.trace("answer", answer)
        advisor.trace.write()
    for notice in answer.run.notices:
        warn(notice)
    if as_json:
        show_json(answer)
        return
    if form and handed:
        laid = answer_document(answer, advisor.documents, handed._replace(prepared_for=handed.prepared_for or told.stored), why=why)
        hand_over(pages(laid, form), output, settings, form, force=force)
        return
    text = answer_brief(answer, advisor.documents) if settings.brief else answer_markdown(answer, advisor.documents, why=why)
    show(screen.rest(text) if screen else text, settings)
