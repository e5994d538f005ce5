"""The gate behind a model that points at facts: the model says where, the reader of this package says what.

A fact counts as read only where its quote stands in the text, the words are about the client as it is, the reader finds the same
value in the clauses around the quote, and nothing else that is known speaks against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Literal, NamedTuple, get_args

from advisor.domain import Client, Fact, Money, Unit
from advisor.figures import find as find_figures
from advisor.figures.terms import NEGATIVE
from advisor.intake import amounts, language, merge, scope
from advisor.intake.facts import find as find_facts
from advisor.intake.found import Found
from advisor.intake.message import Message, message_of, plain
from advisor.intake.moves import mentions
from advisor.intake.patterns import lexicon
from advisor.intake.read import LIMIT, blanked, read
from advisor.intake.tables import hearing, table
from advisor.ports import Wording

PATHS = {
    "arr": "arr", "acv": "acv", "tool_budget": "tool_budget", "motion": "motion", "business": "business", "owner": "owner", "partners": "partners.signed",
    "active_partners": "partners.active", "mapped_partners": "partners.mapped", "programme_age_months": "programme_age_months", "direct_predictable": "direct_predictable",
    "maturity": "maturity", "expansion": "expansion", "region": "region", "compliance": "compliance", "crm": "crm",
}  # fmt: skip
"""Where each fact that may be proposed stands in a client, by the name of its option."""
LONGEST_QUOTE, LONGEST_VALUE = 200, 40

_NOT_OWN = ("question", "wish", "assumed", "foreign", "hearsay", "unsure")
_ROLES = {"arr": frozenset({"arr"}), "acv": frozenset({"acv"}), "tool_budget": frozenset({"budget"})}
_NOUNS = {"signed": "", "active": "activ|aktiv|actif", "mapped": "map|connected|verbunden|angebunden|connect"}
_PARTNERS = re.compile(r"\b(?:partner\w*|resellers?|agenc(?:y|ies)|partenaires?|revendeurs?|systemhäuser)\b")
_PROGRAMME = re.compile(r"\b(?:partner\w*|program\w*|partenaire\w*|partenariat\w*)\b")
_MONTHS = {Unit.MONTHS: 1, Unit.QUARTERS: 3, Unit.YEARS: 12}
_YES = {"yes": True, "true": True, "no": False, "false": False}

Reason = Literal["invented", "planted", "not_own", "value", "contradicted", "clash"]
"""Why a proposal is no fact: its quote does not stand there, or is an instruction planted in the text; the words are about others, a wish or a
question; the reader does not find that value in them; it has read another one; or the facts would no longer fit together."""
REASONS: tuple[Reason, ...] = get_args(Reason)
ASKED = frozenset({"not_own", "value", "contradicted", "clash"})
"""The reasons for which the person is asked; what was made up is not repeated."""


class Proposal(NamedTuple):
    """A fact as a model proposes it: its name, its value in the model's words, and the words of the text that it points at."""

    name: str
    value: str
    quote: str


class Judged(NamedTuple):
    """A proposal with the words it stands on, and the client with it where it passed; else why it did not."""

    proposal: Proposal
    quote: str
    client: Client | None = None
    reason: Reason | None = None


def judged(text: str, proposals: Sequence[Proposal], client: Client, options: Client, today: date | None, wording: Wording) -> list[Judged]:
    """Each proposal with what became of it, in order, at most one a fact; nothing where the reader has read the same.

    A fact that passed is held against the next ones as if it were known.
    """
    return list(_judged(text[:LIMIT], proposals, client, options, today, wording))


def _judged(raw: str, proposals: Sequence[Proposal], client: Client, options: Client, today: date | None, wording: Wording) -> Iterator[Judged]:
    low = plain(raw)
    with hearing(language.heard(low)):
        spans = scope.planted(low)
        message = message_of(blanked(raw, spans), blanked(low, spans), today)
    reading = read(raw, client, options=options, today=today, wording=wording)
    seen: set[str] = set()
    for proposal in proposals:
        if proposal.name not in PATHS or proposal.name in seen:
            continue
        seen.add(proposal.name)
        places = _places(low, proposal.quote)
        quote = raw[slice(*places[0])] if places else ""
        found = next((found for start, end in places for found in _found(message, start, end, proposal)), None) if places else None
        known = _at(reading.client, PATHS[proposal.name])
        if found is not None and known is not None and _same(known, found.value):
            continue
        reason = _reason(message, places, found, known)
        if found is None or reason:
            yield Judged(proposal, quote, reason=reason)
            continue
        added = _with(client, found, message)
        then = read(raw, added, options=options, today=today, wording=wording)
        if {item.text for item in then.contradictions} - {item.text for item in reading.contradictions}:
            yield Judged(proposal, quote, reason="clash")
            continue
        client, reading = added, then
        yield Judged(proposal, quote, client)


def _reason(message: Message, places: Sequence[tuple[int, int]], found: Found | None, known: Any) -> Reason | None:
    if not places:
        return "invented"
    standing = [(start, end) for start, end in places if message.text[start:end].strip(" .\n")]
    if not standing:
        return "planted"
    if not any(_own(message, start, end) for start, end in standing):
        return "not_own"
    if found is None:
        return "value"
    return "contradicted" if known is not None else None


def _places(low: str, quote: str) -> list[tuple[int, int]]:
    """Where a quote stands in the text, letter by letter but for case and blanks."""
    words = plain(quote[:LONGEST_QUOTE]).strip(" .,;:\"'").split()
    if not words:
        return []
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)")
    return [match.span() for match in pattern.finditer(low)]


def _own(message: Message, start: int, end: int) -> bool:
    """Whether all clauses that a quote touches say how the client is now."""
    return all(not message.meant_as(zone, max(clause_start, start)) for zone in _NOT_OWN for clause_start, _ in _clauses(message, start, end))


def _clauses(message: Message, start: int, end: int) -> list[tuple[int, int]]:
    return [(clause.start, clause.end) for clause in message.clauses if clause.start < end and start < clause.end and message.text[clause.start : clause.end].strip()]


def _found(message: Message, start: int, end: int, proposal: Proposal) -> Iterator[Found]:
    """What the reader finds of a fact in the clauses around a quote, where it is what the model says; nothing where they are no statement of the client."""
    clauses = _clauses(message, start, end)
    if not clauses or not _own(message, start, end):
        return
    low, high = clauses[0][0], clauses[-1][1]
    alone = message_of(message.raw[low:high], message.text[low:high], message.today)
    value = _read_alone(alone, PATHS[proposal.name])
    if value is not None and _says(proposal.value, value):
        yield Found(PATHS[proposal.name], value, start, end, "inferred")


def _read_alone(alone: Message, path: str) -> Any:
    """The value of a fact in a few clauses, as the reader of facts reads them, else as its reader of numbers and names does."""
    stated = next((item.value for item in find_facts(alone, mentions(alone.text), Client(), Client()).found if item.field == path), None)
    if stated is not None:
        return stated
    field, _, part = path.partition(".")
    if NEGATIVE.search(alone.text):
        return None
    if field in _ROLES:
        return _amount(alone, field)
    if field == "partners":
        return _count(alone, part)
    if field == "programme_age_months":
        return _age(alone)
    return _crm(alone) if field == "crm" else None


def _amount(alone: Message, field: str) -> Money | None:
    """The only amount, where the words name what it is the amount of."""
    found = amounts.find(alone)
    named = {hit.key for hit in lexicon("money", "role").find(alone.text)}
    if len(found) != 1 or found[0].high is not None or found[0].minus or found[0].absurd or found[0].short or not named & _ROLES[field]:
        return None
    return Money.of(found[0].value, found[0].currency)


def _count(alone: Message, part: str) -> int | None:
    """The only count, where the words name partners, and active or connected ones where these are meant."""
    figures = [figure for figure in find_figures(alone.raw) if figure.kind == "value"]
    if len(figures) != 1 or figures[0].unit is not Unit.COUNT or figures[0].low != figures[0].high or figures[0].low is None:
        return None
    named = _PARTNERS.search(alone.text) and (not _NOUNS[part] or re.search(_NOUNS[part], alone.text))
    others = part == "signed" and any(re.search(words, alone.text) for words in _NOUNS.values() if words)
    return int(figures[0].low) if named and not others and figures[0].low % 1 == 0 else None


def _age(alone: Message) -> int | None:
    """The only length of time, where the words name the programme."""
    figures = [figure for figure in find_figures(alone.raw) if figure.kind == "value"]
    if len(figures) != 1 or figures[0].unit not in _MONTHS or figures[0].low is None or figures[0].low != figures[0].high or not _PROGRAMME.search(alone.text):
        return None
    return round(figures[0].low * _MONTHS[figures[0].unit])


def _crm(alone: Message) -> str | None:
    """The only system by name, where no partner stands beside it."""
    names = [name for name in table("setting")["crm"] if name != "none" and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", alone.raw)]
    return names[0] if len(names) == 1 and not _PARTNERS.search(alone.text) else None


def _says(said: str, value: Any) -> bool:
    """Whether the model's words for a value are the value that was read."""
    text = plain(said[:LONGEST_VALUE]).strip(" .\"'")
    if isinstance(value, Money):
        found = amounts.find(message_of(text, text, None))
        return len(found) == 1 and found[0].value == value.amount and (not found[0].currency or not value.currency or found[0].currency == value.currency)
    if isinstance(value, bool):
        return _YES.get(text) is value
    if isinstance(value, int):
        return text == str(value) or [figure.low for figure in find_figures(text) if figure.kind == "value"] == [value]
    name = value.value if isinstance(value, StrEnum) else str(value)
    return re.sub(r"[\s_-]+", "_", text) == re.sub(r"[\s_-]+", "_", name.lower())


def _at(client: Client, path: str) -> Any:
    field, _, part = path.partition(".")
    return getattr(getattr(client, field), part) if part else getattr(client, field)


def _same(one: Any, other: Any) -> bool:
    return one.amount == other.amount if isinstance(one, Money) and isinstance(other, Money) else bool(one == other)


def _with(client: Client, found: Found, message: Message) -> Client:
    """The client with a fact that its own words do not say outright."""
    after = merge.into(client, [found], message)
    name = f"{part}_partners" if (part := found.field.partition(".")[2]) else found.field
    fact = Fact(origin="inferred", quote=message.quote(found.start, found.end), stated_on=message.today, confidence="inferred")
    return after.model_copy(update={"facts": {**after.facts, name: fact}})
