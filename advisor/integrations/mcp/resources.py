"""The knowledge as resources: benchmarks, rules and passages by id, the bibliography, and the caller's own conversations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from advisor.errors import InputError

if TYPE_CHECKING:
    from advisor.domain import Evidence
    from advisor.integrations.desk import Desk
    from advisor.wiring import Advisor

SCHEME = "advisor://"
_MARKDOWN = "text/markdown"
_KINDS = {"benchmarks": "A sourced figure", "passages": "A passage of the knowledge", "rules": "A rule", "sessions": "A conversation of yours"}
TEMPLATES: list[dict[str, Any]] = [
    {"uriTemplate": f"{SCHEME}{kind}/{{{'name' if kind == 'sessions' else 'id'}}}", "name": kind, "title": f"{title} by its name", "mimeType": _MARKDOWN}
    for kind, title in _KINDS.items()
]
_INDEXES = {"sources": "Bibliography: who says what, and how far it carries", "rules": "All rules, each in a sentence"}


def listed(advisor: Advisor) -> list[dict[str, Any]]:
    """Every resource but conversations, indexes first, then by kind and id."""
    indexes = [{"uri": f"{SCHEME}{name}", "name": name, "title": title, "mimeType": _MARKDOWN} for name, title in _INDEXES.items()]
    passages = [_entry("passages", id_, advisor.library.passages[id_].heading) for id_ in sorted(advisor.library.passages)]
    benchmarks = [_entry("benchmarks", id_, advisor.library.benchmarks[id_].metric.replace("_", " ")) for id_ in sorted(advisor.library.benchmarks)]
    return [*indexes, *passages, *benchmarks]


def _entry(kind: str, id_: str, title: str) -> dict[str, Any]:
    return {"uri": f"{SCHEME}{kind}/{quote(id_, safe='')}", "name": id_, "title": title, "mimeType": _MARKDOWN}


def read(desk: Desk, uri: str) -> str:
    """A resource as Markdown. Raises InputError when there is none of this address."""
    kind, _, rest = uri.removeprefix(SCHEME).partition("/")
    name = unquote(rest)
    if not uri.startswith(SCHEME) or kind not in {*_KINDS, *_INDEXES}:
        raise InputError(f"There is no resource {uri!r:.120}.", hint=f"There are: {', '.join(item['uriTemplate'] for item in TEMPLATES)}, {SCHEME}sources, {SCHEME}rules.")
    if kind == "sessions":
        return _conversation(desk, name)
    if not name and kind in _INDEXES:
        return "\n".join(_sources(desk.advisor) if kind == "sources" else _rules(desk.advisor)) + "\n"
    return _evidence(desk.advisor, kind, name)


def _evidence(advisor: Advisor, kind: str, id_: str) -> str:
    known: Sequence[str] = {
        "benchmarks": list(advisor.library.benchmarks),
        "passages": list(advisor.library.passages),
        "rules": [*advisor.book.rows, *advisor.book.decision_rows],
        "sources": [],
    }[kind]
    if id_ not in known:
        near = get_close_matches(id_[:100], known, n=3, cutoff=0.5)
        raise InputError(f"There is no {kind.rstrip('s')} {id_[:80]!r}.", hint=f"Near it: {', '.join(near)}." if near else "resources/list names them.")
    return _markdown(advisor, _shelf(advisor).take(id_))


def _markdown(advisor: Advisor, item: Evidence) -> str:
    from advisor.rendering.words import page, place_in_words

    who = ", ".join(part for part in (item.publisher, str(item.year or "")) if part)
    lines = [f"# {item.title}", "", item.says, *(f"- {text}" for text in item.also), "", f"{who} ({page().evidence(item.evidence_class)})"]
    return "\n".join([*lines, f"*{place_in_words(item.place, advisor.documents)}*", f"`{item.id}`"]) + "\n"


def _shelf(advisor: Advisor) -> Any:
    from advisor.answering.shelf import Shelf

    return Shelf(advisor.library, advisor.book, advisor.wording(), {})


def _rules(advisor: Advisor) -> Iterator[str]:
    shelf = _shelf(advisor)
    return (f"- `{id_}` {shelf.take(id_).says}" for id_ in (*advisor.book.rows, *advisor.book.decision_rows))


def _sources(advisor: Advisor) -> Iterator[str]:
    from advisor.rendering.words import page

    for id_, source in sorted(advisor.library.sources.items()):
        who = ", ".join(part for part in (source.publisher, str(source.year or "")) if part)
        yield f"- `{id_}` {source.title}. {who} ({page().evidence(source.evidence_class)})"


def _conversation(desk: Desk, name: str) -> str:
    from advisor.rendering.clients import session_markdown

    advisor = desk.advisor
    turns = advisor.store.turns(desk.stored(name))
    if not turns:
        raise InputError(f"There is no conversation {name[:80]!r} of yours.", hint="Its name is the session that advisor_ask gave back.")
    return session_markdown(name, None, turns, advisor.titles_in, advisor.language())
