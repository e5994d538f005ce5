"""What the files of `knowledge/answers/` name must exist: records, passages, tables, gaps and sentences. Whatever does not would end a question in an error."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from advisor.answering.playbook import LISTS, Matter, Occasion, OccasionPart, Playbook, Topic
from advisor.answering.slots import SLOTS
from advisor.answering.slots.matters import PLACES, SUMS
from advisor.domain import AskKind, Client, Move
from advisor.errors import DataError
from advisor.intake import metrics
from advisor.library import Library
from advisor.rules import RuleBook, Table
from advisor.rules.cells import UNKNOWN

PLAYBOOK = "knowledge/answers"
_SENTENCE = "a sentence in knowledge/phrases, in each language"


def references(plans: Playbook, library: Library, book: RuleBook) -> Iterator[DataError]:
    """Everything that an entry names and that is nowhere, and sentences of matters that nothing says."""
    yield from _plans(plans, library)
    for name, topic in plans.topics.items():
        yield from _topic(name, topic, plans, library)
    yield from _moves(plans, library)
    yield from _special(plans, library)
    for name, occasion in plans.occasions.items():
        yield from _occasion(name, occasion, library, book)
    for name, matter in plans.matters.items():
        yield from _matter(name, matter, plans, library, book)
    yield from _unsaid(plans, library)
    yield from _asked(plans, library)
    yield from _weighed(plans, library)


def _moves(plans: Playbook, library: Library) -> Iterator[DataError]:
    """The records and passages of moves."""
    for move, notes in plans.moves.items():
        yield from _unknown("moves.toml", move, "records", notes.records, library.benchmarks)
        yield from _unknown("moves.toml", move, "measured", notes.measured, library.benchmarks)
        yield from _unknown("moves.toml", move, "passages", notes.passages, library.passages)
        yield from _unknown("moves.toml", move, "carried", (notes.carried,) if notes.carried else (), library.passages)


def _special(plans: Playbook, library: Library) -> Iterator[DataError]:
    """What gaps and conflicts name."""
    evidence = set(library.benchmarks) | set(library.passages)
    for name, gap in plans.gaps.items():
        yield from _unknown("gaps.toml", name, "near", gap.near, evidence)
        yield from _phrases("gaps.toml", name, "", [f"answers.gap.{name}"], library)
    for name, conflict in plans.conflicts.items():
        yield from _unknown("conflicts.toml", name, "records", (*conflict.records, *conflict.prefer), library.benchmarks)
        yield from _phrases("conflicts.toml", name, "", [f"answers.conflict.{name}.{part}" for part in ("why", "prefer")], library)


def _plans(plans: Playbook, library: Library) -> Iterator[DataError]:
    """A plan for each kind of question, made of slots that exist; lists of passages that exist, none missing."""
    for kind in AskKind:
        if not plans.plans.get(kind):
            yield DataError(f"{PLAYBOOK}/plans.toml", "plans", kind, found="no plan", allowed="a list of slots for each kind of question")
    for kind, slots in plans.plans.items():
        yield from _unknown("plans.toml", "plans", kind, tuple(slot.removesuffix("?") for slot in slots), set(SLOTS), "slots: " + ", ".join(sorted(SLOTS)))
    for name in LISTS:
        if not plans.passages.get(name):
            yield DataError(f"{PLAYBOOK}/plans.toml", "passages", name, found="no passage", allowed="a list of passages; answers draw on it by name")
    for name, passages in plans.passages.items():
        yield from _unknown("plans.toml", "passages", name, passages, library.passages)
    yield from _unknown("plans.toml", "short", "", plans.short, library.passages)
    for passage, sentence in plans.short.items():
        yield from _phrases("plans.toml", "short", passage, [f"answers.short.{sentence}"] if sentence else [], library)


def _topic(name: str, topic: Topic, plans: Playbook, library: Library) -> Iterator[DataError]:
    records, passages = set(library.benchmarks), set(library.passages)
    known = {
        "metrics": {record.metric for record in library.benchmarks.values()}, "records": records, "beside": records,
        "nearest": records | passages, "better": records | passages, "passages": passages, "beside_only": set(plans.topics), "over": set(plans.topics),
    }  # fmt: skip
    for field, ids in known.items():
        yield from _unknown("topics.toml", name, field, getattr(topic, field) or (), ids)
    if topic.need and f"answers.need.{topic.need}" not in library.phrases:
        needs = ", ".join(sorted(key.removeprefix("answers.need.") for key in library.phrases if key.startswith("answers.need.")))
        yield DataError(f"{PLAYBOOK}/topics.toml", name, "need", found=repr(topic.need), allowed=f"the end of a phrase answers.need: {needs}")


def _occasion(name: str, occasion: Occasion, library: Library, book: RuleBook) -> Iterator[DataError]:
    """The records, table, passages, headings and leads of an occasion."""
    file, entry = "occasions.toml", f"occasions.{name}"
    yield from _unknown(file, entry, "records", occasion.records, library.benchmarks)
    yield from _unknown(file, entry, "decision", (occasion.decision,) if occasion.decision else (), book.decisions)
    rows = _told_rows(book.decisions[occasion.decision]) if occasion.decision in book.decisions else []
    for part in occasion.parts:
        yield from _part(file, entry, part, rows, library)
    yield from _phrases(file, entry, "", [f"answers.occasion.{name}.{lead}" for lead in (rows if occasion.decision else ["lead"])], library)


def _told_rows(table: Table) -> list[str]:
    """The rows of a decision table that a case can lead to of which anything is told."""
    return [row.name for row in table.rows if row.when.keys() != table.axes.keys() or {*row.when.values()} != {UNKNOWN}]


def _part(file: str, entry: str, part: OccasionPart, rows: Collection[str], library: Library) -> Iterator[DataError]:
    yield from _unknown(file, entry, "parts.passages", part.passages, library.passages)
    yield from _unknown(file, entry, "parts.rows", part.rows, rows)
    yield from _phrases(file, entry, "parts.heading", [f"answers.headings.occasion.{part.heading}"], library)


def _matter(name: str, matter: Matter, plans: Playbook, library: Library, book: RuleBook) -> Iterator[DataError]:
    """What a matter rests on, is told beside, yields to and covers; its sum, and its sentences."""
    file, entry = "matters.toml", f"matters.{name}"
    known: dict[str, tuple[Iterable[str], Collection[str]]] = {
        "rests": (matter.rests, library.passages), "records": (matter.records, library.benchmarks), "place.records": (matter.place.records if matter.place else (), library.benchmarks),
        "yields": (matter.yields, book.decisions), "gap": ([matter.gap] if matter.gap else [], plans.gaps), "covers": (matter.covers, {*plans.gaps, *plans.matters}),
        "sums": ([matter.sums] if matter.sums else [], SUMS), "advised": (matter.advised, _sentences(matter)), "ruled": (matter.ruled, [f"why_{each}" for each in matter.why]),
        "only": (matter.only, [*_sentences(matter), *(form for form in matter.only if form.startswith("lead_"))]),
    }  # fmt: skip
    for field, (named, there) in known.items():
        yield from _unknown(file, entry, field, named, there)
    says = {
        "": ["lead", "short", "about"],
        "why": [f"why_{each}" for each in matter.why if f"why_{each}" not in matter.ruled],
        "do": [f"do_{each}" for each in matter.do if f"do_{each}" not in matter.advised],
        "only": [form for form in matter.only if form.startswith("lead_")],
    }
    for field, forms in says.items():
        yield from _phrases(file, entry, field, [f"answers.matter.{name}.{form}" for form in forms], library)
    for field, one_of in (("place", [*PLACES] if matter.place else []), ("dated", _numbered(matter.dated, matter.records) if matter.dated else [])):
        if one_of and not any(f"answers.matter.{name}.{form}" in library.phrases for form in one_of):
            yield DataError(f"{PLAYBOOK}/{file}", entry, field, found=f"no phrase answers.matter.{name}.* for it", allowed="one of " + ", ".join(one_of))


def _sentences(matter: Matter) -> list[str]:
    """The sentences that a matter names in order."""
    return [*(f"why_{each}" for each in matter.why), *(f"do_{each}" for each in matter.do)]


def _numbered(form: str, items: Iterable[object]) -> list[str]:
    return [f"{form}_{number}" for number, _ in enumerate(items)]


def _unsaid(plans: Playbook, library: Library) -> Iterator[DataError]:
    """Sentences under a matter that no field of it leads to, or of no matter."""
    said = {name: _forms(name, matter, plans) for name, matter in plans.matters.items()}
    for key in library.phrases:
        match key.split("."):
            case ["answers", "matter", name, *rest] if rest and (name not in said or ".".join(rest) not in said[name]):
                yield DataError(library.origin[key], key, found="a sentence that nothing in knowledge/answers/matters.toml says", allowed=", ".join(sorted(said.get(name, said))))
            case _:
                pass


def _forms(name: str, matter: Matter, plans: Playbook) -> set[str]:
    """The ends of all keys under which a matter looks for a sentence."""
    own = [form.removeprefix("lead_") for form in matter.only if form.startswith("lead_")]
    placed = [form for place in PLACES for form in (place, *_numbered(place, matter.place.records))] if matter.place else []
    worded = [f"{part}_{form}" for part in ("lead", "short", *(PLACES if matter.place else ())) for form in own]
    parts = plans.asked.get(f"matter.{name}.ask", ())
    asks = ["ask", *(f"ask_{number}" for number, _ in enumerate(parts, 1) if len(parts) > 1)]
    dated = _numbered(matter.dated, matter.records) if matter.dated else []
    return {"lead", "early", "short", "short_early", "about", *_sentences(matter), *placed, *worded, *asks, *dated, *_numbered("held", matter.records)}


def _asked(plans: Playbook, library: Library) -> Iterator[DataError]:
    """The questions to the client, the parts they ask for, and the facts that tell these."""
    for key, parts in plans.asked.items():
        yield from _unknown("asked.toml", "asked", key, parts, plans.told)
        yield from _phrases("asked.toml", "asked", key, [f"answers.{key}", *(f"answers.{key}_{number}" for number, _ in enumerate(parts, 1) if len(parts) > 1)], library)
    facts = {*metrics.names(), *Client.model_fields, *(f"partners.{count}" for count in type(Client().partners).model_fields)}
    for name, told in plans.told.items():
        yield from _unknown("asked.toml", f"told.{name}", "facts", told.facts, facts)


def _weighed(plans: Playbook, library: Library) -> Iterator[DataError]:
    """The passages and sentences of activities, differences and things of plans."""
    for name, activity in plans.activities.items():
        yield from _unknown("activities.toml", f"activities.{name}", "rests", activity.rests, library.passages)
        yield from _phrases("activities.toml", f"activities.{name}", "", [f"answers.activity.{name}.{form}" for form in ("first", "drop", "why")], library)
    for name, pair in plans.differences.items():
        yield from _unknown("differences.toml", f"differences.{name}", "rests", pair.rests, library.passages)
        yield from _phrases("differences.toml", f"differences.{name}", "", [f"answers.difference.{name}.text"], library)
    for name, item in plans.targets.items.items():
        yield from _unknown("targets.toml", f"targets.items.{name}", "rests", item.rests, library.passages)
        yield from _phrases("targets.toml", f"targets.items.{name}", "", [f"answers.target.noun.{name}"], library)
    yield from _unknown("targets.toml", "targets", "after_deals", sorted(plans.targets.after_deals), {*plans.targets.items, *Move})


def _phrases(file: str, entry: str, field: str, keys: Iterable[str], library: Library) -> Iterator[DataError]:
    for key in keys:
        if key not in library.phrases:
            yield DataError(f"{PLAYBOOK}/{file}", entry, field, found=f"no phrase {key!r}", allowed=_SENTENCE)


def _unknown(file: str, entry: str, field: str, named: Iterable[str], known: Collection[str], allowed: str = "") -> Iterator[DataError]:
    for id_ in named:
        if id_ not in known:
            near = ", ".join(get_close_matches(id_, sorted(known), n=3))
            told = allowed or f"an id that the knowledge holds{f'; near it: {near}' if near else ''}"
            yield DataError(f"{PLAYBOOK}/{file}", entry, field, found=repr(id_), allowed=told)
