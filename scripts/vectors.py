"""Writes what is derived from the knowledge: knowledge/parsed.jsonl, its tables as JSON, and knowledge/vectors/, the vectors of all
entries and situations, one shard for each knowledge file, and the weights that read kinds of questions and order entries.

    python scripts/vectors.py            embeds texts that are new or changed and drops those that are gone
    python scripts/vectors.py --refit    fits the projection of token vectors anew, and thus embeds everything

The same knowledge gives the same bytes. `advisor check` names entries whose vectors are stale; until this has run they are
embedded on the user's machine, once.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np

from advisor import Advisor, datafiles, library
from advisor.adapters import kinds, matters, projection, relevance, situations, softmax, vectors
from advisor.adapters.embedder import MiniLM
from advisor.adapters.foreign import as_read
from advisor.adapters.index import open_index
from advisor.adapters.steps import steps
from advisor.adapters.shards import shards
from advisor.answering.select import asked_for, sizes, subject
from advisor.domain import Entry
from advisor.intake import signs

LIMIT = 8_000_000  # bytes that may ship in all


def refit(entries: tuple[Entry, ...], model: MiniLM) -> None:
    """Fits the projection to the tokens of all entries and writes it."""
    tokens = []
    for text in (text for entry in entries for text in vectors.texts_of(entry)):
        tokens.append(projection.kept(text, model.tokens(text), model))
    np.save(projection.folder() / projection.FILE, projection.fit(np.concatenate(tokens)))
    projection.shipped.cache_clear()


def write(entries: tuple[Entry, ...], model: MiniLM) -> tuple[int, int]:
    """Brings all shards up to date. Returns how many texts there are and how many had to be embedded."""
    matrix, folder = projection.shipped(), projection.folder()
    stamp = vectors.stamp(model, matrix)
    held = vectors.read_shards(folder, stamp)
    texts = embedded = 0
    wanted = shards(entries)
    for name, part in sorted(wanted.items()):
        asked = {vectors.text_hash(text): text for _, text in part}
        new = [text for key, text in asked.items() if key not in held]
        made = vectors.embed(new, model, matrix)
        vectors.write_shard(folder / f"{name}.npz", {key: made[key] if key in made else held[key] for key in asked}, stamp)
        texts, embedded = texts + len(asked), embedded + len(made)
    for path in folder.glob("*.npz"):
        if path.stem not in wanted:
            path.unlink()
    return texts, embedded


def learn(model: MiniLM) -> None:
    """Fits the reading of kinds to its messages and writes the weights."""
    advisor, messages = Advisor(), [line for _, line in kinds.lines()]
    readings = [advisor.read(line) for line in messages]
    patterns = np.array([signs(line, reading) for line, reading in zip(messages, readings, strict=True)], np.float32)
    asked = [subject(line, sizes(reading.client)) for line, reading in zip(messages, readings, strict=True)]
    weights = kinds.fit(model.embed([as_read(line) or line for line in asked]), patterns)
    softmax.write(kinds.WEIGHTS, model.model_hash, kinds.stamp(model), weights=weights)


def rank(entries: tuple[Entry, ...], model: MiniLM) -> None:
    """Learns from messages which entries answer: the turn of queries on halves, so that the order is learned from queries it has not seen."""
    with tempfile.TemporaryDirectory() as home:
        plain = relevance.unlearned(model.dimensions)
        index = open_index(Path(home), entries, embedder=model, learned=plain)
        place, rows, parents = index.layout
        said, advisor = list(relevance.messages()), Advisor()
        asked = (asked_for(each.say, sizes(advisor.read(each.say).client)) for each in said)
        vectors, signs, about = (np.array(each) for each in zip(*map(index.signs, asked), strict=True))
        held = np.array([bool(each.best) for each in said])
        wanted = np.array([relevance.worth(each, place) if each.best or each.also else np.zeros(len(place), np.float32) for each in said])
        half = np.arange(len(said)) % 2 == 0
        turns = {side: relevance.turn(vectors[held & (half == side)], wanted[held & (half == side)], rows, parents) for side in (True, False)}
        for number, vector in enumerate(vectors):
            signs[number][:, -2:] = index.turned(turns[not half[number]] @ vector)
        weights = relevance.order(signs[held], wanted[held])
        first = (signs @ weights).argmax(axis=1)
        odds = relevance.odds(np.c_[signs[np.arange(len(said)), first], about], held.astype(np.float32))
        relevance.write(relevance.Learned(relevance.turn(vectors[held], wanted[held], rows, parents), weights, odds), model)


def step(entries: tuple[Entry, ...], model: MiniLM) -> None:
    """Learns how much it counts that an entry is about the week, month or level that a message names, from those messages, all other weights as they are."""
    with tempfile.TemporaryDirectory() as home:
        learned, advisor = relevance.fitted(), Advisor()
        index = open_index(Path(home), entries, embedder=model, learned=learned)
        place, _, _ = index.layout
        said = [(asked_for(each.say, sizes(advisor.read(each.say).client)), each) for each in relevance.messages() if each.best and steps(each.say)]
        told = [(index.signs(query)[1] @ learned.order, index.stepping(query), relevance.worth(each, place)) for query, each in said]
        scores, stepping, wanted = (np.array(each) for each in zip(*told, strict=True))
        relevance.write_step(relevance.step(scores, stepping, wanted), model)
        print(f"{len(said)} messages name a step: weight {relevance.of(model).step:.2f}")


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--refit", action="store_true", help="fit the projection anew")
    options = parser.parse_args()
    (datafiles.root() / datafiles.PARSED).write_text("".join(f"{line}\n" for line in datafiles.parsed()), encoding="utf-8")
    entries, model = library.load().entries(), MiniLM()
    if options.refit:
        refit(entries, model)
    texts, embedded = write(entries, model)
    if options.refit or kinds.stale(model):
        learn(model)
    if options.refit or situations.stale(model):
        situations.learn(model)
    if options.refit or matters.stale(model):
        matters.learn(model)
    if options.refit or relevance.stale(model):
        rank(entries, model)
    if relevance.stale_step(model):
        step(entries, model)
    total = size(projection.folder())
    print(f"{len(entries)} entries, {texts} texts, {embedded} embedded, {total / 1e6:.2f} MB in all")
    if total > LIMIT:
        raise SystemExit(f"More than {LIMIT / 1e6:.0f} MB: shorten the vectors or the knowledge.")


if __name__ == "__main__":
    main()
