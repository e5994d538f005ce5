"""The whole story of a question, from words to a grounded answer."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache, partial
from typing import Any

from advisor.answering import playbook as playbooks
from advisor.answering.background import as_of_earlier, as_said, asking_at_most, by_weight, denies, in_context, named_again
from advisor.answering.beside import besides
from advisor.answering.brief import Brief
from advisor.answering.briefing import Desk
from advisor.answering.computations.choice import fit
from advisor.answering.ground import Grounded
from advisor.answering.layout import markdown
from advisor.answering.parts import Parts
from advisor.answering.recap import recapped
from advisor.answering.revisions import drafted
from advisor.answering.route import admitted, routed
from advisor.answering.select import stems
from advisor.answering.shelf import Shelf
from advisor.answering.spelled import spelled
from advisor.answering.suppose import supposing
from advisor.domain import BANDS, Answer, Ask, AskKind, Assessment, Background, Business, Client, ClaimKind, DraftClaim, Reading, Reply, Run, StageId, Stance
from advisor.domain.conditions import Range
from advisor.intake import LIMIT, language_of, read
from advisor.intake.message import plain
from advisor.intake.patterns import lexicon
from advisor.library import spoken
from advisor.rules import RuleBook, asking_again, assess
from advisor.rules.facts import facts_of

_MOST_QUESTIONS = 2  # in one turn of a conversation: a person answers no more


def advise(question: str, client: Client, parts: Parts, *, options: Client | None = None, background: Background | None = None, language: str = "") -> Answer:
    """Answer a question about a client: read, assess, select, compose, ground. The same input gives the same text.

    With a background the question is the next one of a conversation. `language` is that of the answer; left out, it is the
    question's, or English where that is not spoken.
    """
    started, whole, question = time.perf_counter(), question, question[:LIMIT]
    language = language or spoken(language_of(question))
    parts = replace(parts, library=parts.library.in_language(language))
    wording = parts.library.wording(f"{question}|{_seed(client)}", parts.book.thresholds)
    past, words = background or Background(), playbooks.load().conversation
    earlier = as_of_earlier(client, parts.today) if denies(question, past, words) else client
    reading = as_said(read(question, earlier, options=options, today=parts.today, wording=wording), client, earlier)
    again = cache(partial(read, client=client, options=options, today=parts.today, wording=wording))
    adds_up = cache(partial(fit, client=reading.client, library=parts.library))
    if (meant := named_again(question, past, words)) != question:
        question, reading = meant, reading.model_copy(update={"asks": again(meant).asks})
    reading = admitted(question, reading, adds_up)
    reading = reading.model_copy(update={"asks": routed(question, reading, again, parts.kinds(), adds_up)})
    reading, question, told, recap = in_context(question, reading, client, past, words)
    assessment = assess(reading, parts.book, wording)
    assessment = by_weight(assessment, past) if past.talk else assessment
    assessment = asking_again(assessment, parts.today, parts.book, wording, besides=past.ignored)
    acting, judged, opening = supposing(question, reading, assessment, past, parts.book, wording)
    reading = reading.model_copy(update={"asks": acting.asks})
    parts.trace("read", reading)
    parts.trace("assess", assessment)
    facts = known(judged, parts.book, consulting=lexicon("asks", "consulting").first(plain(question)) is not None)
    shelf = Shelf(parts.library, parts.book, wording, facts, judged.tools)
    most = _MOST_QUESTIONS if past.talk else None
    desk = Desk(acting, judged, shelf, wording, parts, question, playbooks.load().besides(parts.library.superseded))
    briefs = [replace(desk.brief_of(ask), most_questions=most) for ask in pointed(acting.asks)[:3]]
    if not recap:
        briefs += besides(question, briefs, desk.beside)
    said = recapped(briefs) if recap else (*opening, *drafted(briefs, Background(talk=True) if opening else past, told=told))
    draft = spelled(asking_at_most(said, most), f"{past.question}\n{question}", parts.library)
    asked = "\n".join((question, *(words for item in assessment.contradictions for words in (item.text, item.treated_as))))
    held = {id_: shelf.take(id_) for claim in draft for id_ in claim.evidence if id_ in shelf}
    parts.trace("select", held)
    parts.trace("compose", draft)
    check = partial(
        parts.ground, question=asked, client=judged.client, earlier=(client, *([past.before.client] if past.before else [])), forbidden=frozenset(judged.forbidden_moves)
    )
    grounded = check(draft, held)
    parts.trace("ground", grounded)
    notices = (wording.say("intake.notice.cut"),) if len(whole) > LIMIT else ()
    run = Run(knowledge_version=parts.knowledge_version, notices=notices)
    if parts.writer is not None and briefs:
        from advisor.answering.draft import Offline, worded  # only here, so that answers without a model wait for none of it

        offline = Offline(question, language, briefs, draft, held, grounded, check)
        draft, grounded, run = worded(offline, parts.writer, run, wording, parts.trace)
    run = run.model_copy(update={"seconds": round(time.perf_counter() - started, 3)})
    return _answer(whole, reading, assessment, draft, grounded, briefs, run, language)


def _seed(client: Client) -> str:
    """The client as what picks variants of sentences; a fact asked of few clients counts only where it is told, so that it rewords nothing for the others."""
    return client.model_dump_json(exclude={"committed_spend"} if client.committed_spend is None else None)


def known(assessment: Assessment, book: RuleBook, *, consulting: bool = False) -> dict[str, Any]:
    """The facts that conditions are held against: the client's, the stage, and its band where the ARR itself has no euro value.

    Whoever tells an ARR or yearly contract values sells software by subscription, and so does whoever tells of no business and speaks of no consultancies that refer to each other.
    """
    facts = {**facts_of(assessment.client, book.corridor), "stage": assessment.stage.id}
    subscribed = assessment.client.arr is not None or assessment.client.acv is not None
    if facts.get("business") is None and assessment.in_scope and (subscribed or not consulting):
        facts["business"] = Business.B2B_SAAS
    if assessment.stage.id is StageId.NOT_APPLICABLE:
        return {**facts, "arr_eur": None}
    if facts.get("arr_eur") is None and assessment.stage.id in BANDS:
        band = Range.parse(book.rows[f"stage.{assessment.stage.id}"].when["arr_eur"])
        facts["arr_eur"] = band.inside()
    return facts


def pointed(asks: tuple[Ask, ...]) -> tuple[Ask, ...]:
    """The asks that point at something: beside them a general one of a word or two adds nothing."""
    return tuple(ask for ask in asks if ask.kind is not AskKind.WHERE_TO_START or ask.moves or len(stems(ask.text)) > 1) or asks[:1]


def _answer(
    question: str,
    reading: Reading,
    assessment: Assessment,
    draft: tuple[DraftClaim, ...],
    grounded: Grounded,
    briefs: list[Brief],
    run: Run,
    language: str,
) -> Answer:
    by_text = {claim.text: claim for claim in draft}
    placed = [(claim, by_text[claim.text]) for claim in grounded.claims]
    advised = [move for claim in grounded.claims if claim.stance in {Stance.ADVISE, Stance.REQUIRE} for move in claim.moves]
    against = [move for claim in grounded.claims if claim.stance is Stance.ADVISE_AGAINST for move in claim.moves]
    unanswered = abstained_on(briefs, draft)
    return Answer(
        question=question,
        language=language,
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
        run=run,
    )


def abstained_on(briefs: list[Brief], draft: tuple[DraftClaim, ...]) -> tuple[str, ...]:
    """The asks left open because the knowledge does not hold them, they lie outside the scope, or the facts cannot settle them.

    A slot says so by a lead that is a refusal; what a rule declines is advice and an answer.
    """
    refused = [claim for claim in draft if claim.block == "lead" and claim.kind is ClaimKind.REFUSAL]
    if not refused:
        return ()
    outside = [brief.ask.text for brief in briefs if brief.ask.kind is AskKind.OUT_OF_SCOPE]
    held = [brief.gap.sentence for brief in briefs if brief.gap]
    return tuple(outside or dict.fromkeys(held) or [brief.ask.text for brief in briefs][: len(refused)])
