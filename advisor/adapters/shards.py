"""Which shipped vectors belong to which file of the knowledge, and what is wrong with those that are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from advisor import datafiles
from advisor.adapters import projection, situations, vectors
from advisor.adapters.embedder import MiniLM
from advisor.adapters.tuning import tuned
from advisor.domain import Entry
from advisor.domain.vocabulary import EvidenceKind
from advisor.errors import AdvisorError, DataError

FOLDER = "knowledge/vectors"
REMEDY = "what python scripts/vectors.py writes; until then such texts are embedded where the program runs"
Texts = Mapping[str, Sequence[tuple[str, str]]]


def shards(entries: Sequence[Entry]) -> Texts:
    """The texts of each shard, each with the entry it belongs to, by the shard's name: folder and file of the knowledge."""
    files = {
        record["id"]: path.stem
        for path in datafiles.files("knowledge/benchmarks", ".toml")
        for record in datafiles.read_toml(path)["benchmark"]
    }
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entry in entries:
        passage = entry.kind is EvidenceKind.PASSAGE
        name = f"skill-{entry.id.partition('#')[0]}" if passage else f"benchmarks-{files[entry.id]}"
        found[name] += [(entry.id, text) for text in vectors.texts_of(entry)]
    return found


def problems(entries: Sequence[Entry]) -> list[DataError]:
    """Shards that are missing, damaged, of another model, stale or left over; nothing is embedded to find out."""
    try:
        tuned()
        situations.lines()
        wanted, mark = shards(entries), vectors.stamp(MiniLM(), projection.shipped())
    except DataError as error:
        return [error]
    except AdvisorError as error:
        return [DataError(f"{FOLDER}/{projection.FILE}", found=error.message, allowed="the file that was shipped")]
    there = {path.stem for path in projection.folder().glob("*.npz")}
    found = [DataError(f"{FOLDER}/{name}.npz", found="vectors of no file of the knowledge", allowed=REMEDY) for name in sorted(there - wanted.keys())]
    for name, texts in sorted(wanted.items()):
        found += _of_shard(name, texts, mark) if name in there else [DataError(f"{FOLDER}/{name}.npz", found="no such file", allowed=REMEDY)]
    return found


def _of_shard(name: str, texts: Sequence[tuple[str, str]], mark: str) -> Iterator[DataError]:
    file = f"{FOLDER}/{name}.npz"
    held = vectors.read_shard(projection.folder() / f"{name}.npz", mark)
    if not held:
        yield DataError(file, found="vectors that cannot be read, or of another model", allowed=REMEDY)
        return
    for entry in dict.fromkeys(entry for entry, text in texts if vectors.text_hash(text) not in held):
        yield DataError(file, entry, "text", found="a text that is new or changed since its vector was made", allowed=REMEDY)
    if left := held.keys() - {vectors.text_hash(text) for _, text in texts}:
        yield DataError(file, found=f"{len(left)} vectors of texts that are gone", allowed=REMEDY)
