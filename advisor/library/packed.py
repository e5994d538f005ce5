"""Entries of one kind from us and from knowledge packs: what a pack may add, and what it may take the place of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from advisor.domain import Benchmark, EvidenceClass, Passage, Source
from advisor.errors import DataError
from advisor.extensions import Pack
from advisor.library.checked import Problems
from advisor.library.passages import FIGURE
from advisor.library.points import points_of

WEAK = frozenset({EvidenceClass.SINGLE_CASE, EvidenceClass.ILLUSTRATION, EvidenceClass.UNTRACEABLE})
SAME = ("metric", "kind", "unit", "currency", "per", "direction", "open", "condition")
"""What our sentences take for granted of a figure they show: a figure in its place must have the same."""
_RULES = ("rules.", "decisions.")
_OWN_SOURCE = "a source that the pack's own sources.toml holds"
E = TypeVar("E", Source, Benchmark, Passage)
Fits = Callable[[E, E, str, Problems], None]


@dataclass
class Gathered(Generic[E]):
    """Entries by id, the pack that each belongs to, and the ids of ours that a pack's entry took the place of."""

    kind: Literal["source", "benchmark", "passage"]
    fits: Fits[E] | None = None
    entries: dict[str, E] = field(default_factory=dict)
    packs: dict[str, str] = field(default_factory=dict)
    superseded: set[str] = field(default_factory=set)
    files: dict[str, str] = field(default_factory=dict)

    def add(self, entry: E, file: str, pack: Pack | None, found: Problems) -> None:
        """Take an entry in; one that may not stand is a fault and stays out."""
        if entry.id in self.entries and not self._may_replace(entry, file, pack, found):
            return
        self.entries[entry.id], self.files[entry.id] = entry, file
        if pack is not None:
            self.packs[entry.id] = pack.name

    def _may_replace(self, entry: E, file: str, pack: Pack | None, found: Problems) -> bool:
        owner = self.packs.get(entry.id)
        if pack is None or owner == pack.name:
            found.append(DataError(file, entry.id, "id", found="an id that stands twice", allowed="each id once"))
        elif owner is not None:
            found.append(DataError(file, entry.id, "id", found=f"an id of pack {owner}", allowed="one pack for each entry; uninstall one of the two"))
        elif self.kind == "source" or self.fits is None or pack.supersedes(self.kind, entry.id) is None:
            more = "" if self.kind == "source" else ", or the entry named under [[supersedes]] of pack.toml"
            found.append(DataError(file, entry.id, "id", found="an id that the knowledge holds already", allowed=f"an id of its own{more}"))
        else:
            before = len(found)
            self.fits(self.entries[entry.id], entry, file, found)
            self.superseded.add(entry.id)
            return len(found) == before
        return False

    def check_declared(self, packs: Sequence[Pack], found: Problems) -> None:
        """What a manifest says to supersede must be there twice: in the knowledge and in the pack."""
        for pack in packs:
            for each in pack.manifest.supersedes:
                if each.kind == self.kind and (each.id not in self.superseded or self.packs.get(each.id) != pack.name):
                    where = "the pack has no entry" if each.id in self.entries and each.id not in self.packs else "the knowledge has no entry"
                    found.append(DataError(pack.file, each.id, "supersedes", found=f"a {each.kind} of which {where}", allowed="the id of an entry of both"))


def record_fits(old: Benchmark, new: Benchmark, file: str, found: Problems) -> None:
    """A figure takes another's place when it measures the same, is not older and not weaker."""
    for name in SAME:
        if getattr(old, name) != getattr(new, name):
            found.append(DataError(file, new.id, name, found=f"{getattr(new, name)!r}", allowed=f"{getattr(old, name)!r}, as in the figure whose place it takes"))
    for bound in ("low", "high"):
        if (getattr(old, bound) is None) != (getattr(new, bound) is None):
            found.append(DataError(file, new.id, bound, found="another bound open", allowed="the bounds of the figure whose place it takes"))
    if _older(new.as_of, old.as_of):
        found.append(DataError(file, new.id, "as_of", found=repr(new.as_of), allowed=f"{old.as_of} or later, for a figure that takes another's place"))
    if new.evidence_class in WEAK and old.evidence_class not in WEAK:
        found.append(DataError(file, new.id, "evidence_class", found=f"{new.evidence_class}", allowed=f"evidence as good as {old.evidence_class}"))


def passage_fits(old: Passage, new: Passage, file: str, found: Problems) -> None:
    """A passage takes another's place for the same clients."""
    if old.when != new.when:
        found.append(DataError(file, new.id, "when", found=f"{dict(new.when)!r}", allowed=f"{dict(old.when)!r}, as in the passage whose place it takes"))


def check_source(source: Source, file: str, found: Problems) -> None:
    """What is the house's is printed as ours; a pack speaks for itself."""
    for name, value in (("kind", source.kind), ("evidence_class", source.evidence_class)):
        if value in {"house", EvidenceClass.HOUSE_RULE}:
            found.append(DataError(file, source.id, name, found=repr(str(value)), allowed="what the source is: a pack has no house rules"))


def check_owned(entry: Benchmark | Passage, file: str, pack: Pack, sources: Gathered[Source], found: Problems) -> None:
    """Figures and passages of a pack rest on its own sources: it cannot put words into the mouth of ours."""
    named = {"source_doc": f"doc-{entry.source_doc}"} | ({"source": entry.source} if isinstance(entry, Benchmark) else {})
    for name, id_ in named.items():
        if sources.packs.get(id_) != pack.name:
            found.append(DataError(file, entry.id, name, found=repr(id_), allowed=_OWN_SOURCE))
    if isinstance(entry, Benchmark) and entry.evidence_class is EvidenceClass.HOUSE_RULE:
        found.append(DataError(file, entry.id, "evidence_class", found="house_rule", allowed="what the evidence is: a pack has no house rules"))


def check_shown(records: Gathered[Benchmark], phrases: Mapping[str, tuple[str, ...]], origin: Mapping[str, str], found: Problems) -> None:
    """A figure that sentences of our rules show stays: they are said on the rule's own source."""
    for key, variants in phrases.items() if records.superseded else ():
        if key.startswith(_RULES) and not origin[key].startswith("pack "):
            for id_ in {ref.partition(".")[0] for text in variants for ref in FIGURE.findall(text)} & records.superseded:
                allowed = "a row of the pack in place of that rule, and the figure under an id of its own"
                found.append(DataError(records.files[id_], id_, "id", found=f"a figure that the rule sentence {key} shows", allowed=allowed))


def check_left(thinner: Mapping[str, Passage], passages: Gathered[Passage], packs: Sequence[Pack], found: Problems) -> None:
    """A passage that would have nothing left to say must be superseded too."""
    for id_, passage in thinner.items():
        if not points_of(passage.text) and id_ not in passages.superseded:
            allowed = "a passage of a pack in its place as well"
            found.append(DataError(packs[0].file, id_, "supersedes", found="figures without which this passage says nothing", allowed=allowed))


def _older(new: str, old: str) -> bool:
    if not old[:4].isdigit():
        return False
    length = min(len(new), len(old))
    return not new[:4].isdigit() or new[:length] < old[:length]
