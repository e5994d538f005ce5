"""The client facts as options, the same on every command that takes them, and as `--what-if FACT=VALUE`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click
from pydantic import ValidationError

from advisor.cli.texts import client_file
from advisor.conversation.names import names_file, stored_client
from advisor.domain import Business, Client, Compliance, Expansion, Fact, Motion, Move, Owner, Problem
from advisor.domain.changes import FactChange, applied, facts_of, over
from advisor.errors import InputError
from advisor.intake import clean
from advisor.settings import Settings, merged, rates_of, reasons
from advisor.wiring import store_of

_NAME = 200
F = TypeVar("F", bound=Callable[..., Any])
Parser = Callable[[str], Any]


class FactOption(NamedTuple):
    """One fact: its option, how a value is written, how it is read, and where it stands in a client."""

    option: str
    metavar: str
    parse: Parser
    path: str
    help: str
    many: bool = False

    @property
    def name(self) -> str:
        return self.option.replace("-", "_")


def _one_of(allowed: Iterable[str]) -> Parser:
    words = tuple(allowed)

    def parse(text: str) -> str:
        plain = text.strip().lower()
        for word in words:
            if plain.replace("_", "-") == word.lower().replace("_", "-"):
                return word
        raise ValueError(f"allowed: {', '.join(words)}")

    return parse


def _yes_no(text: str) -> bool | None:
    answers = {"yes": True, "true": True, "no": False, "false": False, "unknown": None}
    if text.strip().lower() not in answers:
        raise ValueError("allowed: yes, no, unknown")
    return answers[text.strip().lower()]


def _count(text: str) -> int:
    if not text.strip().isdecimal() or len(text.strip()) > 9:
        raise ValueError("write a whole number, 0 or more")
    return int(text)


def _words(text: str) -> str:
    if not clean(text):
        raise ValueError("it is empty")
    return clean(text)


FACTS = (
    FactOption("arr", "AMOUNT", _words, "arr", 'Annual recurring revenue, like "8.2M EUR".'),
    FactOption("motion", "MOTION", _one_of(Motion), "motion", "How you sell: plg, mid_touch, enterprise, channel."),
    FactOption("acv", "AMOUNT", _words, "acv", 'Contract value a year, like "24k EUR".'),
    FactOption("problem", "PROBLEM", _one_of(Problem), "problems", f"What partners are to solve: {', '.join(Problem)}. Repeatable.", many=True),
    FactOption("direct-predictable", "yes|no|unknown", _yes_no, "direct_predictable", "Whether direct sales can be forecast."),
    FactOption("owner", "OWNER", _one_of(Owner), "owner", "Who carries the partner programme: none, founder, shared, dedicated."),
    FactOption("partners", "N", _count, "partners.signed", "Partners signed."),
    FactOption("active-partners", "N", _count, "partners.active", "Partners active, by your own definition."),
    FactOption("mapped-partners", "N", _count, "partners.mapped", "Partners connected for account mapping."),
    FactOption("programme-age-months", "N", _count, "programme_age_months", "Age of the partner programme in months."),
    FactOption("maturity", "LEVEL", _count, "maturity", "Partner maturity level, 1 to 4."),
    FactOption("business", "BUSINESS", _one_of(Business), "business", "b2b_saas, consultancy or other."),
    FactOption("expansion", "EXPANSION", _one_of(Expansion), "expansion", "Where growth is to come from: geographic, vertical, segment."),
    FactOption("implementation-heavy", "yes|no|unknown", _yes_no, "implementation_heavy", "Whether the product needs an implementation project."),
    FactOption("committed-spend", "yes|no|unknown", _yes_no, "committed_spend", "Whether your buyers hold budgets committed to a cloud provider."),
    FactOption("region", "REGION", _words, "region", "Where you sell, like EU."),
    FactOption("compliance", "NEED", _one_of(Compliance), "compliance", "eu-residency, gdpr or none."),
    FactOption("crm", "NAME", _words, "crm", "The CRM in use."),
    FactOption("tool-budget", "AMOUNT", _words, "tool_budget", 'Budget for partner tools a year, like "12k EUR".'),
    FactOption("in-place", "MOVE", _one_of(Move), "in_place", "What exists already, like tiered_programme. Repeatable.", many=True),
)
_BY_NAME = {fact.name: fact for fact in FACTS} | {fact.path.replace(".", "_"): fact for fact in FACTS}


class Given(NamedTuple):
    """The client as files give it, the facts that options set on top, and euro per unit of other currencies.

    `named` is what --client alone gives, `stored` its name when that is a stored client, `files` what files give without that one.
    """

    client: Client
    options: Client
    fx: Mapping[str, Decimal]
    named: Client = Client()
    stored: str | None = None
    files: Client = Client()


def fact_options(command: F) -> F:
    """All [facts] options; the command receives them as keyword arguments and hands them to `given`."""
    for fact in reversed(FACTS):
        command = _option(fact)(command)
    command = click.option("--fx", metavar="CODE=RATE", multiple=True, help="Euro per unit of a currency, like USD=0.92. Repeatable.")(command)
    return click.option("--client", metavar="NAME|FILE", help="A stored client, or client facts from a TOML or JSON file.")(command)


def _option(fact: FactOption) -> Callable[[F], F]:
    if fact.name == "implementation_heavy":
        return click.option(f"--{fact.option}/--no-{fact.option}", default=None, help=fact.help)
    return click.option(f"--{fact.option}", metavar=fact.metavar, multiple=True, help=fact.help)


def given(options: Mapping[str, Any], settings: Settings) -> Given:
    """The client of the settings with --client on top, the options, and the rates."""
    named, stored = _named(options["client"], settings) if options.get("client") is not None else (Client(), None)
    files = settings.client if stored else merged(settings.client, named)
    heavy = {True: "yes", False: "no", None: None}[options.get("implementation_heavy")]
    values = {**options, "implementation_heavy": heavy}
    stated: dict[str, str | tuple[str, ...]] = {fact.name: values[fact.name] for fact in FACTS if values.get(fact.name) not in (None, ())}
    rates = _settled("--fx", (_pair(item) for item in options.get("fx", ())))
    client = over(files, named) if stored else files
    return Given(client, with_facts(Client(), stated), {**settings.fx, **rates_of(rates)}, named, stored, files)


def _named(name: str, settings: Settings) -> tuple[Client, str | None]:
    """The client that --client names, and its name when it is a stored one. What can only be a file is not looked for by name."""
    if not name.strip() or names_file(name):
        return client_file(name), None
    try:
        stored = stored_client(store_of(settings), name)
    except InputError:
        if Path(name[:_NAME]).is_file():
            return client_file(name), None
        raise
    return stored.client, stored.name


def forgotten(client: Client, names: Iterable[str]) -> Client:
    """The client without these facts, named as options or by their place. Raises InputError when one is not known."""
    known = facts_of(client)
    paths = {name: _BY_NAME[key].path if (key := name.strip().lower().replace("-", "_")) in _BY_NAME else name.strip() for name in names}
    for name, path in paths.items():
        if path not in known:
            raise InputError(f"--forget {name!r:.80} names no fact that is known.", hint=f"Known: {', '.join(known) or 'none'}.")
    return applied(client, [FactChange(path=path, before=known[path].value, was=known[path].fact) for path in paths.values()])


def with_facts(client: Client, stated: Mapping[str, str | tuple[str, ...]]) -> Client:
    """The client with facts set by name, each remembered as stated by an option.

    Raises InputError naming the option, what was found and what is allowed.
    """
    for name, texts in stated.items():
        client = _set(client, _BY_NAME[name], texts if isinstance(texts, tuple) else (texts,))
    return client


def paths_of(names: Iterable[str]) -> frozenset[str]:
    """The fields of a client that these facts stand in."""
    return frozenset(_BY_NAME[name].path.partition(".")[0] for name in names)


def supposed(items: Iterable[str]) -> dict[str, str]:
    """`FACT=VALUE` pairs of --what-if by the option's name."""
    found = []
    for item in items:
        name, mark, value = item.partition("=")
        key = name.strip().lower().replace("-", "_").replace(".", "_")
        if not mark or key not in _BY_NAME:
            raise InputError(f"--what-if {item!r} names no fact.", hint=f"Write FACT=VALUE, with one of: {', '.join(fact.option for fact in FACTS)}.")
        found.append((_BY_NAME[key].name, value.strip()))
    return _settled("--what-if", found)


def _settled(option: str, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The pairs as a table. Raises InputError when one name has two values: which was meant is for the user to say."""
    table: dict[str, str] = {}
    for name, value in pairs:
        if table.setdefault(name, value) != value:
            raise InputError(f"{option} gives {name} twice: {table[name][:80]!r} and {value[:80]!r}.", hint="Give it once.")
    return table


def _set(client: Client, fact: FactOption, texts: tuple[str, ...]) -> Client:
    if not fact.many:
        _settled("The command", ((f"--{fact.option}", text) for text in texts))
    try:
        values = [fact.parse(text) for text in texts]
        table = client.model_dump()
        field, _, part = fact.path.partition(".")
        value = tuple(values) if fact.many else values[-1]
        table[field] = {**table[field], part: value} if part else value
        checked = getattr(Client.model_validate({field: table[field]}), field)
    except ValidationError as error:
        raise InputError(f"--{fact.option}: {reasons(error)}", hint=f"Write it as {fact.metavar}. {fact.help}") from None
    except ValueError as error:
        raise InputError(f"--{fact.option} is {', '.join(texts)[:80]!r}; {error}.", hint=f"It says: {fact.help}") from None
    facts = {**client.facts, fact.path: Fact(origin="option", quote=clean(f"--{fact.option} {' '.join(texts)}"))}
    return client.model_copy(update={field: checked, "facts": facts})


def _pair(item: str) -> tuple[str, str]:
    code, _, rate = item.partition("=")
    return code, rate
