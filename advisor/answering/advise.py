"""The whole story of a question, from words to a grounded answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from advisor.answering import playbook as playbooks
from advisor.answering.aim import aimed
from advisor.answering.brief import Brief
from advisor.answering.compose import compose
from advisor.answering.ground import Grounded, ground
from advisor.answering.layout import markdown
from advisor.answering.select import Selection
from advisor.answering.shelf import Shelf
from advisor.domain import Answer, Ask, AskKind, Assessment, Client, DraftClaim, Reading, Reply, Run, Stance
from advisor.intake import read
from advisor.library import Library
from advisor.ports import MoveFinder, Retriever, Wording
from advisor.rules import RuleBook, assess


@dataclass(frozen=True)
class Parts:
    """What answering needs from outside. `retriever` and `finder` are called only when a plan needs passages or a message names no move."""

    library: Library
    book: RuleBook
    retriever: Callable[[], Retriever]
    finder: Callable[[], MoveFinder]
    today: date
    knowledge_version: str = ""


def advise(question: str, client: Client, parts: Parts, *, options: Client | None = None) -> Answer:
    """Answer a question about a client: read, assess, select, compose, ground. The same input gives the same text."""
    started = time.perf_counter()
    wording = parts.library.wording(f"{question}|{client.model_dump_json()}", parts.book.thresholds)
    reading = read(question, client, options=options or Client(), today=parts.today, wording=wording)
    assessment = assess(reading, parts.book, wording)
    shelf = Shelf(parts.library, parts.book, wording, {**assessment.client.view(), "stage": assessment.stage.id})
    briefs = [_brief(ask, reading, assessment, shelf, wording, parts, question) for ask in reading.asks[:3]]
    draft = compose(briefs)
    grounded = ground(
        draft,
        {id_: shelf.take(id_) for claim in draft for id_ in claim.evidence if id_ in shelf},
        question=question,
        client=assessment.client,
        forbidden=frozenset(assessment.forbidden_moves),
    )
    return _answer(question, reading, assessment, draft, grounded, briefs, parts, time.perf_counter() - started)


def _brief(ask: Ask, reading: Reading, assessment: Assessment, shelf: Shelf, wording: Wording, parts: Parts, question: str) -> Brief:
    book = playbooks.load()
    ask = aimed(ask, question, assessment, book, parts.finder)
    metrics = [metric for name in ask.topics if name in book.topics for metric in book.topics[name].metrics]
    selection = Selection(ask, parts.library, shelf.facts, parts.retriever, metrics)
    return Brief(ask, reading, assessment, selection, shelf, wording, book, question)


def _answer(
    question: str,
    reading: Reading,
    assessment: Assessment,
    draft: tuple[DraftClaim, ...],
    grounded: Grounded,
    briefs: list[Brief],
    parts: Parts,
    seconds: float,
) -> Answer:
    by_text = {claim.text: claim for claim in draft}
    placed = [(claim, by_text[claim.text]) for claim in grounded.claims]
    advised = [move for claim in grounded.claims if claim.stance in {Stance.ADVISE, Stance.REQUIRE} for move in claim.moves]
    against = [move for claim in grounded.claims if claim.stance is Stance.ADVISE_AGAINST for move in claim.moves]
    unanswered = abstained_on(briefs)
    return Answer(
        question=question,
        language=reading.language,
        asks=reading.asks,
        assessment=assessment,
        answer=Reply(
            text=markdown(placed),
            claims=grounded.claims,
            recommended_moves=tuple(dict.fromkeys(advised)),
            advised_against=tuple(dict.fromkeys(against)),
            questions=tuple(claim.text for claim, planned in placed if planned.block == "question"),
            abstained=bool(unanswered),
            abstained_on=unanswered,
        ),
        citations=grounded.citations,
        verification=grounded.verification,
        run=Run(knowledge_version=parts.knowledge_version, seconds=round(seconds, 3)),
    )


def abstained_on(briefs: list[Brief]) -> tuple[str, ...]:
    """The asks left open because the knowledge does not hold them or they lie outside the scope."""
    return tuple(brief.ask.text for brief in briefs if brief.ask.kind is AskKind.OUT_OF_SCOPE or _not_held(brief))


_FROM_KNOWLEDGE = frozenset({AskKind.HOW_MUCH, AskKind.HOW_TO, AskKind.EXPLAIN_TERM, AskKind.CHECK_CLAIM})


def _not_held(brief: Brief) -> bool:
    if brief.ask.kind not in _FROM_KNOWLEDGE or any(brief.deciding(move) for move in brief.ask.moves):
        return False
    return not brief.selection.held and not brief.selection.metrics
