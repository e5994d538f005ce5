"""The commands of a chat: a table of names, and one function each. Each takes the chat and the words after the name."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from advisor.adapters.drafts import write_draft
from advisor.cli.facts import FACTS, supposed
from advisor.cli.files import free, write_file
from advisor.cli.handing import handed_by
from advisor.cli.sessions import exported
from advisor.cli.supposing import what_if
from advisor.domain import Answer, Finding, Move
from advisor.errors import InputError
from advisor.rendering.answer import answer_markdown, references
from advisor.rendering.answer_document import conversation_document
from advisor.rendering.changes import what_if_markdown
from advisor.rendering.clients import facts_markdown, sessions_markdown
from advisor.rendering.formats import PAGES, by_name, pages, ready
from advisor.rendering.words import SECTIONS, Page, page, sentence, without_lead_in
from advisor.settings import dollars

if TYPE_CHECKING:
    from advisor.cli.chat import Chat


class Slash(NamedTuple):
    """A command: what stands behind its name, and what it does."""

    usage: str
    run: Callable[[Chat, str], None]


class LeaveError(Exception):
    """The person leaves the chat."""


def run(chat: Chat, line: str) -> None:
    """Run the command that a line names. Raises InputError when there is none, LeaveError when the chat is over."""
    name, _, rest = line.strip().partition(" ")
    command = COMMANDS.get(name[1:].lower())
    if command is None:
        near = get_close_matches(name[1:].lower(), COMMANDS, n=1)
        told = chat.say("near", command=f"/{near[0]}") if near else ""
        raise InputError(chat.say("unknown", command=name, near=told))
    command.run(chat, rest.strip())


def completions(chat: Chat, text: str) -> Iterable[str]:
    """What may follow: command names, then names of moves, facts, clients or rules."""
    name, mark, rest = text.partition(" ")
    if not text.startswith("/"):
        return
    word = rest.rpartition(" ")[2]
    if not mark:
        known: Iterable[str] = (f"/{each}{' ' if slash.usage else ''}" for each, slash in COMMANDS.items())
        word = name
    elif name == "/decide" and " " not in rest:
        known = (f"{move} " for move in Move)
    elif name == "/what-if":
        known = (f"{fact.option}=" for fact in FACTS)
    elif name == "/client":
        known = (each.name for each in chat.advisor.store.clients())
    elif name == "/why" and chat.last:
        known = dict.fromkeys(finding.rule for finding in chat.last.assessment.findings)
    else:
        return
    yield from (each for each in known if each.startswith(word))


def _client(chat: Chat, rest: str) -> None:
    if rest:
        name = chat.advisor.talk(chat.talk.name, rest).client_name
        chat.talk = replace(chat.talk, client_name=name)
        chat.screen.note(chat.say("client_now", client=rest))
    elif chat.talk.client_name is None:
        chat.screen.note(chat.say("client_none"))
    else:
        chat.screen.note(chat.say("about", client=chat.talk.client_name))
    _facts(chat, "")


def _facts(chat: Chat, _: str) -> None:
    client = chat.talk.client()
    turns = {change.path: turn.n for turn in chat.talk.turns() for change in turn.changes}
    chat.screen.show(facts_markdown(client, chat.advisor.told(client), turns))


def _why(chat: Chat, rest: str) -> None:
    answer = _last(chat)
    if not rest:
        chat.screen.show(answer_markdown(answer, chat.advisor.documents, why=True).partition(f"## {page(answer.language).say('answer.checked')}")[2].strip())
        return
    found = [finding for finding in answer.assessment.findings if finding.rule == rest]
    if not found:
        rules = ", ".join(dict.fromkeys(finding.rule for finding in answer.assessment.findings))
        raise InputError(chat.say("rule_none", rule=rest, rules=rules))
    chat.screen.show("\n".join(_finding(finding, page(answer.language)) for finding in found))


def _finding(finding: Finding, labels: Page) -> str:
    change = f" Changes with: {finding.would_change_if}" if finding.would_change_if else ""
    facts = f" Facts: {', '.join(finding.facts_used)}." if finding.facts_used else ""
    verdict = labels.verdict(finding.verdict) if finding.verdict in SECTIONS else labels.say("assessment.still_open")
    return f"- {verdict}: {sentence(without_lead_in(finding.text, labels))} {sentence(finding.because)}{change}{facts} (`{', '.join(finding.sources)}`)"


def _sources(chat: Chat, _: str) -> None:
    chat.screen.show(references(_last(chat).citations, chat.advisor.documents, page(_last(chat).language)) or chat.say("no_sources"))


def _what_if(chat: Chat, rest: str) -> None:
    pairs, advisor, known = supposed(_words(rest)), chat.advisor, chat.talk.client()
    if not pairs:
        raise InputError("/what-if needs FACT=VALUE.", hint="For example: /what-if arr=16M")
    reading = advisor.read("", known, fx=chat.talk.fx)
    chat.screen.note(chat.say("changes_with"))
    chat.screen.show(what_if_markdown(what_if(advisor, reading, advisor.judge(reading), pairs, chat.talk.fx or {}), advisor.titles))


def _undo(chat: Chat, _: str) -> None:
    turn = chat.talk.undo()
    words = f" (“{turn.text[:60]}{'…' if len(turn.text) > 60 else ''}”)" if turn.text else ""
    chat.screen.note(chat.say("undone", turn=str(turn.n), words=words))


def _decide(chat: Chat, rest: str) -> None:
    name, *reason = _words(rest) or [""]
    move = next((move for move in Move if move.value == name.lower().replace("-", "_")), None)
    if move is None:
        near = get_close_matches(name.lower().replace("-", "_"), list(Move), n=3)
        raise InputError(f"{name[:80]!r} is no move.", hint=f"Near it: {', '.join(near)}." if near else "Tab lists the moves after /decide.")
    client = chat.talk.decide(move, " ".join(reason))
    finding = chat.advisor.judge(client).finding_on(move)
    verdict = f"{sentence(finding.text)} {sentence(finding.because)}" if finding else chat.say("decided_silent")
    chat.screen.show(chat.say("decided", move=chat.advisor.titles[move], verdict=verdict))


def _wrong(chat: Chat, rest: str) -> None:
    answer, turns = _last(chat), chat.talk.turns()
    turn = next(turn for turn in reversed(turns) if turn.answer is not None)
    taken_back = {each.undone for each in turns}
    messages = [each.text for each in turns if each.n <= turn.n and each.kind == "ask" and each.n not in taken_back]
    reply, stage = answer.answer, answer.assessment.stage.id
    answered = f"stage {stage}; advised {_moves(reply.recommended_moves)}; advised against {_moves(reply.advised_against)}."
    path = write_draft(chat.advisor.settings.home, chat.talk.name, turn.n, messages, note=" ".join(_words(rest)), answered=answered)
    chat.screen.note(chat.say("wrong", file=str(path)))


def _moves(moves: Sequence[Move]) -> str:
    return ", ".join(moves) or "nothing"


def _again(chat: Chat, _: str) -> None:
    chat.screen.show(_last(chat).text)


def _export(chat: Chat, rest: str) -> None:
    name = " ".join(_words(rest))
    if not name:
        raise InputError("/export needs a file.", hint="For example: /export acme.md")
    form = by_name(name, PAGES) or "md"
    if form == "md":
        content: str | bytes = exported(chat.advisor, chat.talk.name, "json" if Path(name).suffix.lower() == ".json" else "md")
    else:
        content = _document(chat, name, form)
    write_file(name, content, force=False)
    chat.screen.note(chat.say("exported", file=name))


def _document(chat: Chat, name: str, form: str) -> str | bytes:
    """The answers that count, as a document to hand on."""
    free(name, force=False)
    ready(form)
    handed = handed_by(chat.advisor.settings, chat.talk.client_name)
    laid = conversation_document(chat.talk.turns(), chat.advisor.documents, handed)
    if laid is None:
        raise InputError(chat.say("no_answer"))
    return pages(laid, form)


def _new(chat: Chat, rest: str) -> None:
    chat.another(" ".join(_words(rest)) or None)
    chat.screen.note(chat.say("new", session=chat.talk.name))


def _cost(chat: Chat, _: str) -> None:
    runs = [turn.answer.run for turn in chat.talk.turns() if turn.answer is not None and turn.answer.run.tokens]
    if not runs:
        chat.screen.note(chat.advisor.say("model.spent_none"))
    for name in dict.fromkeys(run.model or "" for run in runs):
        own = [run for run in runs if run.model == name]
        known = [run.cost for run in own if run.cost is not None]
        amount = dollars(sum(known))
        price = chat.advisor.say("model.spent_price", amount=amount) if len(known) == len(own) else chat.advisor.say("model.price_unknown")
        chat.screen.note(chat.advisor.say("model.spent", model=name, tokens=f"{sum(run.tokens or 0 for run in own):,}", price=price))


def _sessions(chat: Chat, _: str) -> None:
    chat.screen.show(sessions_markdown(chat.advisor.store.sessions()))


def _help(chat: Chat, _: str) -> None:
    lines = [f"- {f'/{name} {slash.usage}'.strip()}: {chat.say('help.' + name.replace('-', '_'))}" for name, slash in COMMANDS.items()]
    chat.screen.show("\n".join(lines))


def _quit(chat: Chat, _: str) -> None:
    raise LeaveError


def _last(chat: Chat) -> Answer:
    if chat.last is None:
        raise InputError(chat.say("no_answer"))
    return chat.last


def _words(rest: str) -> list[str]:
    """The words behind a command, those in quotes together."""
    try:
        return shlex.split(rest)
    except ValueError:
        return rest.split()


COMMANDS = {
    "client": Slash("[NAME]", _client),
    "facts": Slash("", _facts),
    "why": Slash("[RULE]", _why),
    "sources": Slash("", _sources),
    "what-if": Slash("FACT=VALUE ...", _what_if),
    "undo": Slash("", _undo),
    "decide": Slash('MOVE "reason"', _decide),
    "wrong": Slash('"reason"', _wrong),
    "again": Slash("", _again),
    "export": Slash("FILE", _export),
    "new": Slash("[NAME]", _new),
    "cost": Slash("", _cost),
    "sessions": Slash("", _sessions),
    "help": Slash("", _help),
    "quit": Slash("", _quit),
}
