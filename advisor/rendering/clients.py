"""A client's file for people, and as TOML that can be read back; conversations as lists and as text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from advisor.domain import Client, SessionInfo, StoredClient, Turn
from advisor.domain.changes import Known, facts_of
from advisor.rendering.answer import references
from advisor.rendering.words import Page, capital, page, table

SURE = {"stated": "stated", "inferred": "inferred from it", "assumed": "assumed"}
_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def facts_markdown(client: Client, told: Mapping[str, str], turns: Mapping[str, int] | None = None) -> str:
    """The known facts, each with the words it rests on, the day and how sure it is; `told` words each by its path.

    In a conversation `turns` gives the turn that said each.
    """
    rows = [(*_row(told.get(path, path), known), *(() if turns is None else (turns.get(path, ""),))) for path, known in facts_of(client).items()]
    if not rows:
        return "No facts are known yet.\n"
    return f"{table(('Fact', 'Your words', 'Said on', 'How sure', *(() if turns is None else ('Turn',))), rows)}\n"


def _row(words: str, known: Known) -> tuple[object, ...]:
    fact = known.fact
    day = fact.stated_on.isoformat() if fact and fact.stated_on else ""
    quote = f"“{' '.join(fact.quote.split())}”" if fact and fact.quote else ""
    return capital(words), quote, day, SURE[fact.confidence] if fact else ""


def client_markdown(stored: StoredClient, versions: Iterable[StoredClient], told: Mapping[str, str]) -> str:
    """One version of a client's file, and the versions there are."""
    lines = [f"- Version {each.version}, {_minute(each.at)}{' (shown)' if each.version == stored.version else ''}" for each in versions]
    return "\n".join([f"## {stored.name}", "", facts_markdown(stored.client, told), "Versions:", "", *lines]) + "\n"


def clients_markdown(clients: Iterable[StoredClient]) -> str:
    rows: list[tuple[object, ...]] = [(each.name, len(facts_of(each.client)), each.version, _minute(each.at)) for each in clients]
    if not rows:
        return "No client is stored yet. Make one: advisor client new NAME\n"
    return f"{table(('Client', 'Facts', 'Version', 'Last change'), rows)}\n"


def sessions_markdown(sessions: Iterable[SessionInfo]) -> str:
    rows: list[tuple[object, ...]] = [(each.name, each.client or "", each.turns, _minute(each.last)) for each in sessions]
    if not rows:
        return "There is no conversation yet. Begin one: advisor chat\n"
    return f"{table(('Session', 'Client', 'Turns', 'Last turn'), rows)}\n"


def session_markdown(
    name: str, client: str | None, turns: Iterable[Turn], titles: Callable[[str], Mapping[str, str]], language: str, documents: Mapping[str, str] | None = None
) -> str:
    """A conversation from its first turn to its last; what was taken back is marked. With the documents' titles each answer has its sources.

    Our own words around a turn are in the language of the answer before it, of the first answer, or in `language`.
    """
    turns = tuple(turns)
    undone = {turn.undone for turn in turns}
    spoken = _spoken(turns, language)
    about = page(spoken[0] if spoken else language).say("session.client", client=client) if client else ""
    blocks = [f"# {name}{about}"]
    for turn, tongue in zip(turns, spoken, strict=True):
        labels = page(tongue)
        blocks += [f"## {turn.n}. {_minute(turn.at)}{labels.say('session.taken_back') if turn.n in undone else ''}", *_said(turn, titles(tongue), labels)]
        if documents is not None and turn.answer is not None and turn.answer.citations:
            blocks.append(f"#{references(turn.answer.citations, documents, labels)}")
    return "\n\n".join(blocks) + "\n"


def _spoken(turns: Sequence[Turn], language: str) -> list[str]:
    """The language of each turn."""
    current = next((turn.answer.language for turn in turns if turn.answer is not None), language)
    found = []
    for turn in turns:
        current = turn.answer.language if turn.answer is not None else current
        found.append(current)
    return found


def _said(turn: Turn, titles: Mapping[str, str], labels: Page) -> Iterator[str]:
    if turn.kind == "undo":
        yield labels.say("session.undone", turn=turn.undone)
    elif turn.kind == "decide":
        yield labels.say("session.decided", moves=", ".join(titles.get(move, move) for move in _decided(turn)), reason=turn.text).strip()
    else:
        yield "\n".join(f"> {line}" for line in turn.text.split("\n"))
        if turn.answer is not None:
            yield turn.answer.text


def _decided(turn: Turn) -> list[str]:
    """The moves that a turn decided."""
    return [item["move"] for change in turn.changes for item in _new(change.before, change.after) if isinstance(item, dict)]


def _new(before: object, after: object) -> list[Any]:
    old = before if isinstance(before, list) else []
    return [item for item in after if item not in old] if isinstance(after, list) else []


def client_toml(client: Client, title: str) -> str:
    """The client as a TOML file that gives the same client when it is read."""
    table = {key: value for key, value in client.as_json().items() if value not in (None, [], {})}
    plain = {key: value for key, value in table.items() if key not in {"facts", "metrics"}}
    lines = [f"# {title}", *(f"{key} = {_value(value)}" for key, value in plain.items() if value != {"signed": None, "active": None, "mapped": None})]
    for group in ("metrics", "facts"):
        for name, entry in table.get(group, {}).items():
            lines += ["", f"[{group}.{_key(name)}]", *(f"{key} = {_value(value, key)}" for key, value in entry.items() if value not in (None, ""))]
    return "\n".join(lines) + "\n"


def _value(value: Any, key: str = "") -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_key(name)} = {_value(item, name)}' for name, item in value.items() if item is not None)} }}"
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, str) and key in {"stated_on", "on"}:
        return date.fromisoformat(value).isoformat()
    return json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return name if name and set(name) <= _BARE else json.dumps(name, ensure_ascii=False)


def _minute(at: Any) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
