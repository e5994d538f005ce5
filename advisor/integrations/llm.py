"""A plugin for the `llm` command line: the toolbox `PartnerStrategy`, the command `llm partner-strategy`, and fragments `advisor:...`.

`llm` imports this module at each of its commands, so the advisor's rooms are imported where they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click
import llm

from advisor.errors import AdvisorError, InputError

if TYPE_CHECKING:
    from advisor.integrations.capabilities import Capability
    from advisor.integrations.desk import Desk

PREFIX = "advisor"
RETRIES = 1


class PartnerStrategy(llm.Toolbox):  # type: ignore[no-untyped-call]  # llm's own hook for subclasses
    """Partner strategy for B2B SaaS: stage, allowed and forbidden moves, cited answers, sourced figures. Works offline."""

    @cached_property
    def _desk(self) -> Desk:
        from advisor.integrations.desk import Desk

        return Desk()

    @classmethod
    def method_tools(cls) -> list[llm.Tool]:
        return [*cls().tools()]

    def tools(self) -> Iterable[llm.Tool]:
        """One tool for each row of the table of capabilities."""
        from advisor.integrations.capabilities import CAPABILITIES
        from advisor.integrations.schemas import short_input

        for each in CAPABILITIES:
            tool = llm.Tool(each.tool, each.description, short_input(each), self._running(each))
            tool.plugin = getattr(self, "plugin", None)
            yield tool

    def _running(self, capability: Capability) -> Callable[..., str]:
        def run(**arguments: Any) -> str:
            from advisor.integrations.capabilities import call

            return call(capability.tool, arguments, self._desk).text

        return run


@llm.hookimpl
def register_tools(register: Callable[..., None]) -> None:
    register(PartnerStrategy)


@llm.hookimpl
def register_fragment_loaders(register: Callable[..., None]) -> None:
    register(PREFIX, fragments)


@llm.hookimpl
def register_commands(cli: click.Group) -> None:
    cli.add_command(command)


def fragments(argument: str) -> list[llm.Fragment]:
    """A passage or figure with its source, by id, or the best ones on a few words.

    llm -f 'advisor:elg#nearbound-sales' and llm -f 'advisor:win rate of partner deals'
    """
    from advisor.integrations.desk import Desk

    advisor = Desk().advisor
    library = advisor.library
    if argument in library.passages or argument in library.benchmarks:
        return [_fragment(advisor, argument)]
    try:
        hits = advisor.search(argument) if advisor.holds(argument) else ()
    except AdvisorError as error:
        raise ValueError(str(error)) from None
    near = [hit.id for hit in hits if hit.score >= advisor.floor and (hit.id in library.passages or hit.id in library.benchmarks)]
    if not near:
        raise ValueError(f"The knowledge holds nothing on {argument[:80]!r}. See: advisor search {argument[:80]!r}")
    return [_fragment(advisor, id_) for id_ in near]


def _fragment(advisor: Any, id_: str) -> llm.Fragment:
    from advisor.rendering.words import page

    found = advisor.library.evidence(id_, {})
    who = ", ".join([found.publisher, *([str(found.year)] if found.year else [])])
    caution = [found.record.caution] if found.record is not None and found.record.caution else []
    text = "\n".join([found.says, *caution, f"[{id_}] {who} ({page().evidence(found.evidence_class)}): {found.place}"])
    return llm.Fragment(text, f"{PREFIX}:{id_}")  # type: ignore[no-untyped-call]  # llm leaves it untyped


@click.command("partner-strategy")
@click.argument("text", nargs=-1, required=True)
@click.option("-m", "--model", "model_id", help="The model that words the answer; left out, the default of llm.")
def command(text: Sequence[str], model_id: str | None) -> None:
    """A model answers with the advisor's tools; what the rules forbid for the client is left out of its last word."""
    try:
        click.echo(answered(" ".join(text), llm.get_model(model_id)))
    except (AdvisorError, llm.ModelError, llm.UnknownModelError) as error:
        raise click.ClickException(str(error.args[0] if isinstance(error, KeyError) else error)) from None


def answered(question: str, model: Any) -> str:
    """The model's answer, held against the rules. Raises InputError when the model cannot call tools."""
    from advisor import intake, library
    from advisor.integrations.capabilities import instructions
    from advisor.integrations.conscience import again, mended, oversteps, ruled_out

    if not getattr(model, "supports_tools", False):
        raise InputError(f"The model {model.model_id} cannot call tools.", hint="Name one that can with -m; `llm models --tools` lists them.")
    box, talk = PartnerStrategy(), model.conversation()
    forbidden = ruled_out(box._desk, [question])
    said = talk.chain(question, system=instructions(), tools=[box]).text()
    language = library.spoken(intake.language_of(said))
    for _ in range(RETRIES):
        if found := oversteps(said, forbidden):
            said = talk.chain(again(found, forbidden, language), tools=[box]).text()
    return mended(said, forbidden, box._desk.advisor.titles_in(language), language)
