"""The whole story of a question, from words to a grounded answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from advisor.answering import candidates
from advisor.answering import playbook as playbooks
from advisor.answering.activities import picked
from advisor.answering.aim import TURNING as DECIDING
from advisor.answering.aim import KINDS, aimed, deciding, figured, mostly_idle, silent
from advisor.answering.apart import apart, differ
from advisor.answering.background import as_of_earlier, as_said, asking_at_most, by_weight, denies, in_context, named_again
from advisor.answering.beside import besides
from advisor.answering.brief import Brief
from advisor.answering.computations.choice import Fit, fit
from advisor.answering.described import described
from advisor.answering.disputes import disputed, quoted
from advisor.answering.either import chosen
from advisor.answering.enough import as_enough, asks_enough
from advisor.answering.exchanged import exchanged
from advisor.answering.gaps import Gapped, missing, only_told
from advisor.answering.ground import Grounded, ground
from advisor.answering.hearsay import Heard, credited, doubted, heard, points_at, promised, wanted
from advisor.answering.layout import markdown
from advisor.answering.matters import presumed, Reading as MatterReading
from advisor.answering.matters import introduced, matter_of, named, near_to
from advisor.answering.occasions import occurring
from advisor.answering.parted import leading_to
from advisor.answering.recap import recapped
from advisor.answering.revisions import drafted
from advisor.answering.spelled import spelled
from advisor.answering.suppose import supposing
from advisor.answering.route import admitted, routed
from advisor.answering.select import Selection, sizes, stems, subject
from advisor.answering.shelf import Shelf
from advisor.answering.slots.numbers import unmeasured
from advisor.answering.slots.targets import judges
from advisor.answering.slots.unplaced import figureless, unplaced
from advisor.answering.targets import weighed
from advisor.domain import BANDS, Answer, Ask, AskKind, Assessment, Background, Business, Client, ClaimKind, DraftClaim, EvidenceKind, Reading, Reply, Run, StageId, Stance
from advisor.domain.conditions import Range
from advisor.intake import LIMIT, language_of, read
from advisor.intake.message import plain
from advisor.intake.patterns import lexicon
from advisor.intake.tables import table
from advisor.library import Library, spoken
from advisor.ports import KindReader, MatterReader, MoveFinder, Retriever, Wording
from advisor.rules import RuleBook, asking_again, assess
from advisor.rules.facts import facts_of

if TYPE_CHECKING:
    from advisor.answering.calling import Writer

_UNMET = frozenset({AskKind.OUT_OF_SCOPE, AskKind.SUM, AskKind.EXPLAIN_TERM, AskKind.CHIT_CHAT})  # kinds that a message on a matter was taken for
_ASKED = frozenset({AskKind.IS_IT_RIGHT_FOR_US, AskKind.WHERE_TO_START, AskKind.HOW_MUCH, AskKind.HOW_TO, AskKind.REACT_TO_SIGNAL})  # kinds as which it may be read that somebody wants to promise a figure
_MOST_QUESTIONS = 2  # in one turn of a conversation: a person answers no more


@dataclass(frozen=True)
class Parts:
    """What answering needs from outside. `retriever` and `finder` are called only when a plan needs passages or a message names no move.

    With a `writer` a model words the answer. `trace` is told each hop of the way and its value.
    """

    library: Library
    book: RuleBook
    retriever: Callable[[], Retriever]
    finder: Callable[[], MoveFinder]
    kinds: Callable[[], KindReader]
    matters: Callable[[], MatterReader]
    today: date
    knowledge_version: str = ""
    ground: Callable[..., Grounded] = ground
    writer: Writer | None = None
    trace: Callable[[str, Any], None] = lambda hop, value: None


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
    reading = reading.model_copy(update={"client": reading.client.model_copy(update={"fx": {**client.fx, **(options or Client()).fx}})})
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
    briefs = [replace(_brief(ask, acting, judged, shelf, wording, parts, question), most_questions=most) for ask in pointed(acting.asks)[:3]]
    if not recap:
        briefs += besides(question, briefs, lambda text: _beside(text, acting, judged, shelf, wording, parts))
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


def _brief(ask: Ask, reading: Reading, assessment: Assessment, shelf: Shelf, wording: Wording, parts: Parts, question: str) -> Brief:
    book = playbooks.load().besides(parts.library.superseded)
    ask = ask.model_copy(update={"topics": book.narrowed(ask.topics)} | ({"kind": AskKind.CHECK_CLAIM} if ask.kind in _ASKED and promised(ask, book.claims) else {}))
    if assessment.in_scope and not reading.planted and ask.kind is not AskKind.SUM and (unlike := apart(ask.text)):
        ask = ask.model_copy(update={"kind": AskKind.EXPLAIN_TERM, "moves": ()})
        selection = Selection(ask, parts.library, shelf.facts, parts.retriever, (), (), sizes(reading.client))
        return Brief(ask, reading, assessment, selection, shelf, wording, book, question, parts.finder, apart=unlike)
    if assessment.in_scope and not reading.planted and "tools" not in ask.topics and differ(ask.text, book.differences):
        ask = ask.model_copy(update={"kind": AskKind.COMPARE, "moves": ()})
        selection = Selection(ask, parts.library, shelf.facts, parts.retriever, book.metrics(ask.topics), frozenset(), sizes(reading.client))
        return Brief(ask, reading, assessment, selection, shelf, wording, book, question, parts.finder)
    if (judged := _judged(ask, reading, assessment, shelf, wording, parts, question, book)) is not None:
        return judged
    in_words = named(ask, book, assessment.client)
    enough = as_enough(ask, assessment.stage.id) if in_words is None else ask
    settled, ask = enough is not ask, enough
    original, passed_on = ask.kind, _passed_on(ask, parts, book)
    passed_on = _not_own(passed_on, reading, parts.library, book, ask.topics) if ask.kind is AskKind.REACT_TO_SIGNAL else passed_on
    two = chosen(ask, assessment) if not reading.planted and in_words is None else None
    ordered = picked(ask, book) if two is None and assessment.in_scope and not reading.planted and in_words is None else None
    doubts = doubted(ask, book.claims) and bool(ask.topics)
    matter = _matter(ask, question, reading, assessment, parts, book, passes_on=bool(passed_on) or (doubts and not points_at(ask, book.claims)), doubts=doubts) if two is None and ordered is None else ""
    passed_on = () if matter else passed_on
    if matter and (refused := introduced(question, book.matters[matter], assessment, parts.finder(), book)):
        matter, settled, ask = "", True, ask.model_copy(update={"kind": AskKind.IS_IT_RIGHT_FOR_US, "moves": (refused,)})
    conflict = "" if ask.kind is AskKind.SUM or ordered else disputed(ask.text, parts.library, book, passed_on=ask.kind is AskKind.CHECK_CLAIM and not passed_on)
    if conflict and matter and in_words and not quoted(ask.text, book.conflicts[conflict], parts.library):
        conflict = ""  # who is right is asked about the matter then, and not about sources
    aside = ask.kind is AskKind.CHIT_CHAT or _other_field(ask)
    if passed_on and two is None and ordered is None and not aside and assessment.in_scope:
        ask = ask.model_copy(update={"kind": AskKind.CHECK_CLAIM, "figures": tuple(item.figure.text for item in passed_on), "moves": ()})
    elif ordered is not None:
        passed_on, ask = (), ask.model_copy(update={"kind": AskKind.COMPARE, "moves": ()})
    elif two is not None:
        passed_on, ask = (), ask.model_copy(update={"kind": AskKind.IS_IT_RIGHT_FOR_US, "moves": two.moves})
    elif not matter:
        passed_on = ()
        ask = ask if settled else _amount_kept(ask, aimed(ask, question, assessment, book, parts.library, parts.finder), book)
    selection = Selection(ask, parts.library, shelf.facts, parts.retriever, book.metrics(ask.topics), wanted(ask.text, book), sizes(reading.client))
    if matter:
        ask = ask.model_copy(update={"kind": AskKind.HOW_TO} if ask.kind in _UNMET else {})
    elif ask.kind is AskKind.OUT_OF_SCOPE and assessment.in_scope and not _other_field(ask) and selection.held:
        ask = ask.model_copy(update={"kind": AskKind.HOW_TO})
    if two is None and ask.kind is AskKind.HOW_TO and original is AskKind.IS_IT_RIGHT_FOR_US and not selection.hits:
        ask = ask.model_copy(update={"kind": AskKind.IS_IT_RIGHT_FOR_US})
    elsewhere = not asks_enough(ask.text) and _elsewhere(ask, selection, assessment, book.aim.homes)
    if not matter and two is None and ordered is None and (_unlike_silence(ask, question, selection, reading.client) or elsewhere or _told_without_a_figure(ask, selection, book)):
        ask = ask.model_copy(update={"kind": AskKind.HOW_TO})
    gap = missing(ask, book.gaps) if assessment.in_scope and ask.kind not in {AskKind.CHIT_CHAT, AskKind.SUM} and not _other_field(ask) else None
    gap = None if gap and _answered_beside(gap, ask, matter, assessment, book) else gap
    figures = quoted(ask.text, book.conflicts[conflict], parts.library) if conflict else tuple(item.figure for item in passed_on)
    free = assessment.in_scope and not (passed_on or gap or conflict or aside or _other_field(ask))
    choice = candidates.described(question) if free and ask.kind not in {AskKind.SUM, AskKind.EXPLAIN_TERM} else None
    meant = occurring(ask, question, book.occasions, parts.book) if free else None
    settled = settled or bool(matter or two or ordered or choice or meant)
    brief = Brief(ask, reading, assessment, selection, shelf, wording, book, question, parts.finder, passed_on, gap, conflict, figures, occasion=meant, choice=choice, either=None if choice or meant else two, matter=matter, activities=ordered)
    if not free or settled or not ((alone := unplaced(brief)) or figureless(brief)):
        return brief
    read = _matter_reading(question, reading, ask, parts)
    near = near_to(ask, read, assessment, book)
    tables = book.matters[near[0]].yields if near else ()
    if near and not any(described(ask.text, parts.book.decisions[table]) for table in tables) and near[0] == presumed(ask.model_copy(update={"kind": original}), read, book):
        return replace(brief, ask=ask.model_copy(update={"kind": AskKind.HOW_TO} if ask.kind in _UNMET else {}), matter=near[0], presumed=True)
    return replace(brief, neighbours=near) if alone else brief


def _answered_beside(gap: Gapped, ask: Ask, matter: str, assessment: Assessment, book: playbooks.Playbook) -> bool:
    """Whether a gap needs no answer of its own: the matter says it, or it is only told beside a question that the matter or the rules answer."""
    own = book.matters[matter] if matter else None
    if own is not None and (gap.name in own.covers or own.gap == gap.name):
        return gap.name in own.covers
    decided = any((finding := deciding(assessment, move)) and finding.verdict in DECIDING for move in ask.moves)
    return only_told(gap.sentence, ask.text) and (own is not None or decided)


def _judged(ask: Ask, reading: Reading, assessment: Assessment, shelf: Shelf, wording: Wording, parts: Parts, question: str, book: playbooks.Playbook) -> Brief | None:
    """The brief on a plan or target that the message wants judged, where something of it can be held against the sources or its own numbers."""
    if reading.planted or not assessment.in_scope or _other_field(ask):
        return None
    plan = weighed(ask, question if len(reading.asks) == 1 else ask.text, assessment.client, book.targets)
    if plan is None:
        return None
    meant = ask.model_copy(update={"kind": AskKind.IS_IT_RIGHT_FOR_US, "moves": tuple(item.move for item in plan.items if item.move)})
    selection = Selection(meant, parts.library, shelf.facts, parts.retriever, (), frozenset(), sizes(reading.client))
    brief = Brief(meant, reading, assessment, selection, shelf, wording, book, question, parts.finder, target=plan)
    return brief if judges(brief) else None


def _beside(text: str, reading: Reading, assessment: Assessment, shelf: Shelf, wording: Wording, parts: Parts) -> Brief | None:
    """The brief on a part of a message where it is surely about a matter, or about something that no source holds."""
    ask, book = Ask(kind=AskKind.HOW_TO, text=text), playbooks.load()
    _, chance = named(ask, book, assessment.client) or parts.matters().ranked(subject(text, sizes(reading.client)))[0]
    if chance < book.aim.matter_beside and missing(ask, book.gaps) is None:
        return None
    brief = _brief(ask, reading, assessment, shelf, wording, parts, text)
    sure = brief.matter and chance >= book.aim.matter_beside and not brief.gap
    return brief if assessment.in_scope and not brief.conflict and (sure or brief.gap) else None


def _passed_on(ask: Ask, parts: Parts, book: playbooks.Playbook) -> tuple[Heard, ...]:
    """The figures that an ask passes on, those first that changed places; a sum is made of the client's own."""
    if ask.kind is AskKind.SUM:
        return ()
    return exchanged(ask, parts.library, parts.retriever, book.claims) or heard(ask, parts.library, parts.retriever, book.claims, book.metrics(ask.topics))


def _not_own(passed_on: tuple[Heard, ...], reading: Reading, library: Library, book: playbooks.Playbook, topics: Sequence[str]) -> tuple[Heard, ...]:
    """The figures passed on without the numbers that the client measured itself, where a record on another subject has one of them too."""
    own, metrics = {(metric.value, metric.value) for metric in reading.client.metrics.values()}, book.metrics(topics)
    kept = (item.record.metric in metrics or item.figure.bounds not in own or bool(credited(item.sentence, library, book.claims)) for item in passed_on)
    return tuple(item for item, keeps in zip(passed_on, kept, strict=True) if keeps)


def _matter(ask: Ask, question: str, reading: Reading, assessment: Assessment, parts: Parts, book: playbooks.Playbook, *, passes_on: bool, doubts: bool) -> str:
    """The everyday matter that an ask is about, if it surely is about one; none where patterns know another field or planted text, and where
    a decision table takes the case."""
    if reading.planted or _other_field(ask):
        return ""
    name = matter_of(ask, _matter_reading(question, reading, ask, parts), assessment, book, passes_on=passes_on, doubts=doubts)
    tables = book.matters[name].yields if name else ()
    return "" if any(described(ask.text, parts.book.decisions[table]) for table in tables) else name


def _matter_reading(question: str, reading: Reading, ask: Ask, parts: Parts) -> MatterReading:
    whole = leading_to(question, ask.text)
    found = cache(lambda: fit(question, reading.client, parts.library))
    return MatterReading(subject(whole, sizes(reading.client)), parts.matters, parts.finder, lambda: _sums(found()), lambda: _no_sum(found()))


def _sums(found: Fit) -> bool:
    """Whether the numbers of a message make a sum, or its words ask for one that lacks a number."""
    return found.wanted or found.asked or (found.uses > 0 and not found.missing and not found.compares)


def _no_sum(found: Fit) -> bool:
    """Whether the numbers of a message make no sum, and none of its words asks for what one gives."""
    return not found.asked and not found.missing and (found.uses == 0 or (found.compares and not found.wanted))


def _amount_kept(ask: Ask, turned: Ask, book: playbooks.Playbook) -> Ask:
    """The ask as it was turned, save where an amount is asked on a subject that records measure: it is no yes or no on a move that its message never names."""
    lost = ask.kind is AskKind.HOW_MUCH and turned.kind is AskKind.IS_IT_RIGHT_FOR_US and {*turned.moves} - {*ask.moves}
    return ask if lost and book.metrics(ask.topics) else turned


def _unlike_silence(ask: Ask, question: str, selection: Selection, client: Client) -> bool:
    """Whether a cause is asked for without partners who bring nothing, and the knowledge holds an answer: the layers at which a programme fails are none to that."""
    return ask.kind is AskKind.WHY_NOT_WORKING and "ending" not in ask.topics and not ask.moves and not (silent(question) or mostly_idle(client)) and selection.held and bool(selection.passages)


def _elsewhere(ask: Ask, selection: Selection, assessment: Assessment, homes: Mapping[AskKind, tuple[str, ...]]) -> bool:
    """Whether a passage from outside the kind's own files surely answers what no rule decides."""
    if ask.kind is AskKind.WHICH_TOOL and assessment.stage.id is not StageId.UNKNOWN and lexicon("asks", "worth").first(plain(ask.text)) is not None:
        return False
    if ask.kind is AskKind.WHICH_PARTNERS and len(KINDS & {*ask.moves}) > 1:
        return False  # several kinds are put up for a choice
    if ask.kind not in homes or not assessment.in_scope or any((finding := deciding(assessment, move)) and finding.verdict in DECIDING for move in ask.moves):
        return False
    if ask.kind is AskKind.WHY_NOT_WORKING and any(finding.rule.startswith("idle") and finding.verdict in DECIDING for finding in assessment.findings):
        return False
    first = selection.hits[0] if selection.held else None
    return first is not None and first.kind is EvidenceKind.PASSAGE and first.id.partition("#")[0] not in homes[ask.kind]


def _told_without_a_figure(ask: Ask, selection: Selection, book: playbooks.Playbook) -> bool:
    """Whether no record answers and a passage does: whoever names no amount is told what the passage says."""
    if ask.kind is not AskKind.HOW_MUCH or figured(ask) or missing(ask, book.gaps):
        return False
    return not selection.metrics and bool(selection.passages) and all(unmeasured(record) for record in selection.records)


def _other_field(ask: Ask) -> bool:
    """Whether patterns know the ask to lie in another field: then its topics name that field, and none of ours."""
    return ask.kind is AskKind.OUT_OF_SCOPE and any(topic not in table("asks")["topics"] for topic in ask.topics)


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
