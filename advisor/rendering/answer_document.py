"""Answers as a document to hand on: the question in the client's words, the answer, and its sources; no rule ids unless they are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from advisor.domain import Answer
from advisor.domain.turn import Turn
from advisor.rendering.answer import checks
from advisor.rendering.blocks import Block, Bullets, Document, Heading, Logo, Paragraph, Text, day
from advisor.rendering.plan import merged_sources, rates
from advisor.rendering.prose import blocks
from advisor.rendering.spelling import AMERICAN, american
from advisor.rendering.words import Page, opening, page

_QUOTED = 1_500


class Handed(NamedTuple):
    """What stands around an answer that is handed on: for whom and by whom, on which day, under which logo, spelled how."""

    on: date
    prepared_for: str | None = None
    prepared_by: str | None = None
    logo: Logo | None = None
    spelling: str = "british"


def answer_document(answer: Answer, documents: Mapping[str, str], handed: Handed, *, why: bool = False) -> Document:
    """One answer. `documents` gives the titles of source documents by their number; `why` adds the checks made, with the ids of rules."""
    labels = _labels(answer, handed)
    heads = (labels.say("document.question"), labels.say("document.answer"))
    checked: list[Block] = [Heading(2, labels.say("answer.checked")), Bullets(tuple(Text(item.replace("`", "")) for item in checks(answer, labels)))] if why else []
    return _document([answer], documents, handed, labels, title=labels.say("document.title"), heads=[heads], last=checked)


def conversation_document(turns: Iterable[Turn], documents: Mapping[str, str], handed: Handed) -> Document | None:
    """The answers of a conversation in their order, without what was taken back; None when there is none."""
    turns = tuple(turns)
    undone = {turn.undone for turn in turns}
    answers = [turn.answer for turn in turns if turn.answer is not None and turn.n not in undone]
    if not answers:
        return None
    labels = _labels(answers[-1], handed)
    heads = [(labels.say("document.question_of", n=n), "") for n in range(1, len(answers) + 1)]
    return _document(answers, documents, handed, labels, title=labels.say("document.title_all"), heads=heads)


def _labels(answer: Answer, handed: Handed) -> Page:
    return page(AMERICAN if answer.language == "en" and handed.spelling == "american" else answer.language)


def _document(answers: Sequence[Answer], documents: Mapping[str, str], handed: Handed, labels: Page, *, title: str, heads: Sequence[tuple[str, str]], last: Sequence[Block] = ()) -> Document:
    """All answers under their heads, with one list of sources; the facts beside the title are those of the last answer."""
    apart = [answer.citations for answer in answers]
    offsets = [sum(map(len, apart[:place])) for place in range(len(apart))]
    listed = [citation.model_copy(update={"n": offset + place}) for offset, own in zip(offsets, apart, strict=True) for place, citation in enumerate(own, 1)]
    shown, sources = merged_sources(listed, labels, documents, held=True)
    body: list[Block] = []
    for answer, offset, (asked, answered) in zip(answers, offsets, heads, strict=True):
        numbers = {citation.n: shown[offset + place] for place, citation in enumerate(answer.citations, 1)}
        body += [Heading(2, asked), Paragraph(Text(opening(answer.question, _QUOTED)))]
        body += [Heading(2, answered)] if answered else []
        body += [_spelled(block, handed, answer.language) for block in blocks(answer.text, numbers.__getitem__)]
    body += [Heading(2, labels.say("answer.sources")), sources] if sources.items else []
    newest = answers[-1]
    return Document(
        title=title,
        language=AMERICAN if labels is page(AMERICAN) else newest.language,
        facts=tuple(_facts(newest, handed, labels)),
        blocks=(*body, *last),
        foot=_foot(answers, handed, labels),
        header=labels.say("plan.header", title=title, client=handed.prepared_for) if handed.prepared_for else title,
        logo=handed.logo,
    )


def _facts(answer: Answer, handed: Handed, labels: Page) -> Iterator[tuple[str, str]]:
    if handed.prepared_for:
        yield labels.say("plan.for"), handed.prepared_for
    if handed.prepared_by:
        yield labels.say("plan.by"), handed.prepared_by
    yield labels.say("plan.date"), day(handed.on, labels)
    yield labels.say("plan.stage"), answer.assessment.stage.label
    if answer.assessment.motion is not None:
        yield labels.say("plan.motion"), answer.assessment.motion.label


def _foot(answers: Sequence[Answer], handed: Handed, labels: Page) -> str:
    """What made it, from what, and at which rates."""
    newest = answers[-1]
    client, version = newest.assessment.client, newest.run.knowledge_version or labels.say("answer.unrecorded")
    stated = "".join((client.model_dump_json(), *(answer.question for answer in answers), version))
    inputs = hashlib.sha256(stated.encode()).hexdigest()[:16]
    model = labels.say("document.worded", model=newest.run.model) if newest.run.model else ""
    return " ".join(part for part in (labels.say("document.made", version=version, inputs=inputs), model, rates(client, handed.on, labels)) if part)


def _spelled(block: Block, handed: Handed, language: str) -> Block:
    if handed.spelling != "american" or language != "en":
        return block

    def spelled(text: Text) -> Text:
        return text._replace(text=american(text.text))

    match block:
        case Heading(level, text):
            return Heading(level, american(text))
        case Paragraph(text, more):
            return Paragraph(spelled(text), tuple(map(spelled, more)))
        case Bullets(items):
            return block._replace(items=tuple(map(spelled, items)))
        case _:
            return block
