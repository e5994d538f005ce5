"""What an ask is answered with: words told apart, a plan judged, two put up for a choice, a matter, a figure passed on, a move, or a gap."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from advisor.answering import candidates
from advisor.answering.activities import Picked, picked
from advisor.answering.aim import KINDS, aimed, deciding, figured, mostly_idle, silent
from advisor.answering.apart import apart, differ
from advisor.answering.brief import Brief
from advisor.answering.computations.choice import Fit, fit
from advisor.answering.described import described
from advisor.answering.disputes import disputed, quoted
from advisor.answering.either import Either, chosen
from advisor.answering.enough import as_enough, asks_enough
from advisor.answering.exchanged import exchanged
from advisor.answering.gaps import Gapped, missing, only_told
from advisor.answering.hearsay import Heard, credited, doubted, heard, points_at, promised, same_number, wanted
from advisor.answering.matters import INTRODUCED, Clues, introduced, matter_of, named, near_to, presumed
from advisor.answering.occasions import occurring
from advisor.answering.parted import leading_to
from advisor.answering.parts import Parts
from advisor.answering.playbook import Claims, Playbook
from advisor.answering.select import Selection, sizes, subject
from advisor.answering.shelf import Shelf
from advisor.answering.slots.numbers import unmeasured
from advisor.answering.slots.targets import judges
from advisor.answering.slots.unplaced import figureless, unplaced
from advisor.answering.subjects import of_pipeline, summed
from advisor.answering.targets import weighed
from advisor.domain import TURNING, Applies, Ask, AskKind, Assessment, EvidenceKind, Move, Reading, StageId, Unit, Verdict
from advisor.figures import find
from advisor.intake.message import plain
from advisor.intake.moves import mentions
from advisor.intake.patterns import lexicon
from advisor.intake.tables import table
from advisor.ports import Wording

_UNMET = frozenset({AskKind.OUT_OF_SCOPE, AskKind.SUM, AskKind.EXPLAIN_TERM, AskKind.CHIT_CHAT})  # kinds that a message on a matter was taken for
_ASKED = frozenset({AskKind.IS_IT_RIGHT_FOR_US, AskKind.WHERE_TO_START, AskKind.HOW_MUCH, AskKind.HOW_TO, AskKind.REACT_TO_SIGNAL})  # kinds as which it may be read that somebody wants to promise a figure

_NUMBERED = frozenset({AskKind.IS_IT_RIGHT_FOR_US, AskKind.CHECK_CLAIM, AskKind.HOW_MUCH, AskKind.SUM})  # kinds as which it may be read that somebody reports a number

_OF_REVENUE = frozenset({"sourced_share", "targets"})  # topics on a share of revenue


class _Taken(NamedTuple):
    """What an ask was taken to be about. `original` is the kind that its words gave; a `settled` one needs no second look at what it turns on."""

    ask: Ask
    original: AskKind
    aside: bool  # small talk, or another field
    settled: bool = False
    either: Either | None = None
    ordered: Picked | None = None
    matter: str = ""
    heard: tuple[Heard, ...] = ()
    conflict: str = ""

    @property
    def alone(self) -> bool:
        """Whether nothing was found that answers the ask by itself."""
        return not self.matter and self.either is None and self.ordered is None


@dataclass(frozen=True)
class Desk:
    """What the briefs of one message share."""

    reading: Reading
    assessment: Assessment
    shelf: Shelf
    wording: Wording
    parts: Parts
    question: str
    book: Playbook

    def brief_of(self, ask: Ask) -> Brief:
        """What one ask is answered with."""
        ask = _of_pipeline(ask.model_copy(update={"topics": self.book.narrowed(ask.topics)}), self.book.claims)
        if ask.kind in _ASKED and promised(ask, self.book.claims):
            ask = _as(ask, AskKind.CHECK_CLAIM, ask.moves)
        return self._apart(ask) or self._summed(ask) or self._judged(ask) or self._found(ask)

    def beside(self, text: str) -> Brief | None:
        """What a part of the message is answered with where it is surely about a matter, or about something that no source holds."""
        ask = Ask(kind=AskKind.HOW_TO, text=text)
        _, chance = named(ask, self.book, self.assessment.client) or self.parts.matters().ranked(subject(text, sizes(self.reading.client)))[0]
        if chance < self.book.aim.matter_beside and missing(ask, self.book.gaps) is None:
            return None
        brief = replace(self, question=text).brief_of(ask)
        sure = brief.matter and chance >= self.book.aim.matter_beside and not brief.gap
        return brief if self.assessment.in_scope and not brief.conflict and (sure or brief.gap) else None

    def _apart(self, ask: Ask) -> Brief | None:
        """Two words or kinds of partners that are to be told apart."""
        if not self.assessment.in_scope or self.reading.planted:
            return None
        if ask.kind is not AskKind.SUM and (unlike := apart(ask.text)):
            ask = _as(ask, AskKind.EXPLAIN_TERM)
            return self._brief(ask, self._select(ask), apart=unlike)
        if "tools" not in ask.topics and differ(ask.text, self.book.differences):
            ask = _as(ask, AskKind.COMPARE)
            return self._brief(ask, self._select(ask, self.book.metrics(ask.topics)))
        return None

    def _summed(self, ask: Ask) -> Brief | None:
        """What partners sourced and influenced, reported as one number: refused as such, and its figure held against nothing."""
        if self.reading.planted or not self.assessment.in_scope or ask.kind not in _NUMBERED:
            return None
        if not summed(self.question if len(self.reading.asks) == 1 else ask.text, self.book.claims) and not (Move.COMBINE_ATTRIBUTION in ask.moves and ask.kind is not AskKind.SUM and any(figure.unit is Unit.PERCENT for figure in find(ask.text))):
            return None
        ask = _as(ask, AskKind.IS_IT_RIGHT_FOR_US, (Move.COMBINE_ATTRIBUTION,))
        return self._brief(ask, self._select(ask))

    def _judged(self, ask: Ask) -> Brief | None:
        """A plan or target that the message wants judged, where something of it can be held against the sources or its own numbers."""
        if self.reading.planted or not self.assessment.in_scope or _other_field(ask):
            return None
        plan = weighed(ask, self.question if len(self.reading.asks) == 1 else ask.text, self.assessment.client, self.book.targets, self.book.claims)
        if plan is None:
            return None
        ask = _as(ask, AskKind.IS_IT_RIGHT_FOR_US, [item.move for item in plan.items if item.move])
        brief = self._brief(ask, self._select(ask), target=plan)
        return brief if judges(brief) else None

    def _found(self, ask: Ask) -> Brief:
        """What rules, matters, records, passages or gaps answer."""
        taken = self._taken(ask)
        selection = self._select(taken.ask, self.book.metrics(taken.ask.topics), wanted(taken.ask.text, self.book))
        ask = self._as_held(taken, selection)
        gap = self._gap(ask, taken.matter)
        free = self.assessment.in_scope and not (taken.heard or gap or taken.conflict or taken.aside or _other_field(ask))
        choice = candidates.described(self.question) if free and ask.kind not in {AskKind.SUM, AskKind.EXPLAIN_TERM} else None
        occasion = occurring(ask, self.question, self.book.occasions, self.parts.book) if free and not self._refused(ask) else None
        told = quoted(ask.text, self.book.conflicts[taken.conflict], self.parts.library) if taken.conflict else [item.figure for item in taken.heard]
        brief = self._brief(
            ask, selection, heard=taken.heard, gap=gap, conflict=taken.conflict, passed_on=tuple(told), occasion=occasion, choice=choice,
            either=None if choice or occasion else taken.either, matter=taken.matter, activities=taken.ordered,
        )  # fmt: skip
        settled = taken.settled or choice or occasion or not taken.alone
        return brief if settled or not free else self._guessed(brief, taken.original)

    def _taken(self, given: Ask) -> _Taken:
        """What an ask is about by what stands highest: a choice of two, an order of things, what the rules refuse, a matter, a figure passed on, a move."""
        in_words = named(given, self.book, self.assessment.client)
        ask = as_enough(given, self.assessment.stage.id) if in_words is None else given
        taken = _Taken(ask, ask.kind, ask.kind is AskKind.CHIT_CHAT or _other_field(ask), ask is not given)
        passed_on = self._passed_on(ask)
        chooses = in_words is None and not self.reading.planted
        if chooses and (either := chosen(ask, self.assessment)):
            return taken._replace(ask=_as(ask, AskKind.IS_IT_RIGHT_FOR_US, either.moves), either=either, conflict=self._conflict(ask, passed_on))
        if chooses and self.assessment.in_scope and (ordered := picked(ask, self.book)):
            return taken._replace(ask=_as(ask, AskKind.COMPARE), ordered=ordered)
        if matter := self._matter(ask, passed_on):
            return self._unless_refused(taken, matter, in_words=in_words is not None)
        taken = taken._replace(conflict=self._conflict(ask, passed_on))
        if passed_on and self.assessment.in_scope and not taken.aside:
            figures = tuple(item.figure.text for item in passed_on)
            return taken._replace(ask=_as(ask, AskKind.CHECK_CLAIM).model_copy(update={"figures": figures}), heard=passed_on)
        if taken.settled:
            return taken
        turned = aimed(ask, self.question, self.assessment, self.book, self.parts.library, self.parts.finder)
        return taken._replace(ask=_amount_kept(ask, turned, self.book))

    def _unless_refused(self, taken: _Taken, matter: str, *, in_words: bool) -> _Taken:
        """A matter, or what the message wants to introduce with it where the rules refuse that."""
        if refused := introduced(self.question, self.book.matters[matter], self.assessment, self.parts.finder(), self.book):
            ask = _as(taken.ask, AskKind.IS_IT_RIGHT_FOR_US, (refused,))
            return taken._replace(ask=ask, original=ask.kind, aside=False, settled=True, conflict=self._conflict(ask, ()))
        conflict = self._conflict(taken.ask, ())
        if conflict and in_words and not quoted(taken.ask.text, self.book.conflicts[conflict], self.parts.library):
            conflict = ""  # who is right is asked about the matter then, and not about sources
        return taken._replace(matter=matter, conflict=conflict)

    def _passed_on(self, ask: Ask) -> tuple[Heard, ...]:
        """The figures that an ask passes on, those first that changed places; a sum is made of the client's own, and what the client measured itself is nobody's claim."""
        if ask.kind is AskKind.SUM:
            return ()
        library, retriever, claims, metrics = self.parts.library, self.parts.retriever, self.book.claims, self.book.metrics(ask.topics)
        found = exchanged(ask, library, retriever, claims) or tuple(map(self._of_client, heard(ask, library, retriever, claims, metrics)))
        if ask.kind is not AskKind.REACT_TO_SIGNAL:
            return found
        own = {(metric.value, metric.value) for metric in self.reading.client.metrics.values()}
        return tuple(item for item in found if item.record.metric in metrics or item.figure.bounds not in own or credited(item.sentence, library, claims))

    def _of_client(self, item: Heard) -> Heard:
        """A figure as that of the record which holds for the client, where two on one subject have the same number and its own fails: 46 % at 24 and 46 % or more at 36 months."""
        library, facts = self.parts.library, self.shelf.facts
        if library.applies(item.record.id, facts).applies is not Applies.NO:
            return item
        others = (record for record in library.benchmarks.values() if record.metric == item.record.metric and same_number(item.figure, record))
        fitting = next((record for record in others if library.applies(record.id, facts).applies is Applies.YES), None)
        return item._replace(record=fitting) if fitting else item

    def _matter(self, ask: Ask, passed_on: Sequence[Heard]) -> str:
        """The everyday matter that an ask is about, if it surely is about one; none where patterns know another field or planted text, and where a decision table takes the case."""
        if self.reading.planted or _other_field(ask):
            return ""
        claims = self.book.claims
        doubts = bool(ask.topics) and doubted(ask, claims)
        passes_on = bool(passed_on) or (doubts and not points_at(ask, claims))
        name = matter_of(ask, self._clues(ask), self.assessment, self.book, passes_on=passes_on, doubts=doubts)
        return "" if name and self._in_a_table(ask, name) else name

    def _in_a_table(self, ask: Ask, matter: str) -> bool:
        return any(described(ask.text, self.parts.book.decisions[table]) for table in self.book.matters[matter].yields)

    def _clues(self, ask: Ask) -> Clues:
        whole = leading_to(self.question, ask.text)
        found = cache(lambda: fit(self.question, self.reading.client, self.parts.library))
        return Clues(subject(whole, sizes(self.reading.client)), self.parts.matters, self.parts.finder, lambda: _sums(found()), lambda: _no_sum(found()))

    def _conflict(self, ask: Ask, passed_on: Sequence[Heard]) -> str:
        """The question on which the sources disagree and that an ask puts."""
        if ask.kind is AskKind.SUM:
            return ""
        return disputed(ask.text, self.parts.library, self.book, passed_on=ask.kind is AskKind.CHECK_CLAIM and not passed_on)

    def _as_held(self, taken: _Taken, selection: Selection) -> Ask:
        """The ask in the kind that what the knowledge holds on it can answer."""
        ask = taken.ask
        if taken.matter:
            ask = _as_met(ask)
        elif ask.kind is AskKind.OUT_OF_SCOPE and self.assessment.in_scope and not _other_field(ask) and selection.held:
            ask = _as(ask, AskKind.HOW_TO, ask.moves)
        if taken.either is None and ask.kind is AskKind.HOW_TO and taken.original is AskKind.IS_IT_RIGHT_FOR_US and not selection.hits:
            ask = _as(ask, AskKind.IS_IT_RIGHT_FOR_US, ask.moves)
        if taken.alone and (self._unlike_silence(ask, selection) or self._elsewhere(ask, selection) or self._told_without_a_figure(ask, selection)):
            ask = _as(ask, AskKind.HOW_TO, ask.moves)
        return ask

    def _unlike_silence(self, ask: Ask, selection: Selection) -> bool:
        """Whether a cause is asked for without partners who bring nothing, and the knowledge holds an answer: the layers at which a programme fails are none to that."""
        if ask.kind is not AskKind.WHY_NOT_WORKING or "ending" in ask.topics or ask.moves:
            return False
        return not (silent(self.question) or mostly_idle(self.reading.client)) and selection.held and bool(selection.passages)

    def _elsewhere(self, ask: Ask, selection: Selection) -> bool:
        """Whether a passage from outside the kind's own files surely answers what no rule decides."""
        assessment, homes = self.assessment, self.book.aim.homes
        if ask.kind not in homes or not assessment.in_scope or asks_enough(ask.text) or self._decided(ask):
            return False
        if ask.kind is AskKind.WHICH_TOOL and assessment.stage.id is not StageId.UNKNOWN and lexicon("asks", "worth").first(plain(ask.text)) is not None:
            return False
        if ask.kind is AskKind.WHICH_PARTNERS and len(KINDS & {*ask.moves}) > 1:
            return False  # several kinds are put up for a choice
        if ask.kind is AskKind.WHY_NOT_WORKING and any(finding.rule.startswith("idle") and finding.verdict in TURNING for finding in assessment.findings):
            return False
        first = selection.hits[0] if selection.held else None
        return first is not None and first.kind is EvidenceKind.PASSAGE and first.id.partition("#")[0] not in homes[ask.kind]

    def _told_without_a_figure(self, ask: Ask, selection: Selection) -> bool:
        """Whether no record answers and a passage does: whoever names no amount is told what the passage says."""
        if ask.kind is not AskKind.HOW_MUCH or figured(ask) or missing(ask, self.book.gaps):
            return False
        return not selection.metrics and bool(selection.passages) and all(unmeasured(record) for record in selection.records)

    def _gap(self, ask: Ask, matter: str) -> Gapped | None:
        """What the ask wants to know and no source holds, unless the matter says it, or it is only told beside a question that the matter or the rules answer."""
        if not self.assessment.in_scope or ask.kind in {AskKind.CHIT_CHAT, AskKind.SUM} or _other_field(ask) or (gap := missing(ask, self.book.gaps)) is None:
            return None
        own = self.book.matters[matter] if matter else None
        if own is not None and gap.name in own.covers:
            return None
        if own is not None and own.gap == gap.name:
            return gap
        return None if only_told(gap.sentence, ask.text) and (own is not None or self._decided(ask)) else gap

    def _decided(self, ask: Ask) -> bool:
        """Whether the rules decide a move of the ask."""
        return any((finding := deciding(self.assessment, move)) and finding.verdict in TURNING for move in ask.moves)

    def _refused(self, ask: Ask) -> bool:
        """Whether the ask is about something that the message names, is to be set up and the rules refuse: how to announce it comes after."""
        named = {*INTRODUCED} & {*ask.moves} & {item.move for item in mentions(self.question)}
        return any((finding := deciding(self.assessment, move)) and finding.verdict is Verdict.FORBID for move in named)

    def _guessed(self, brief: Brief, original: AskKind) -> Brief:
        """The brief itself, or where nothing in it tells what is meant, that on the likeliest matter, or with those that come nearest."""
        alone = unplaced(brief)
        if not alone and not figureless(brief):
            return brief
        ask, clues = brief.ask, self._clues(brief.ask)
        near = near_to(ask, clues, self.assessment, self.book)
        if near and not self._in_a_table(ask, near[0]) and near[0] == presumed(ask.model_copy(update={"kind": original}), clues, self.book):
            return replace(brief, ask=_as_met(ask), matter=near[0], presumed=True)
        return replace(brief, neighbours=near) if alone else brief

    def _select(self, ask: Ask, metrics: Sequence[str] = (), units: Collection[Unit] = frozenset()) -> Selection:
        return Selection(ask, self.parts.library, self.shelf.facts, self.parts.retriever, metrics, units, sizes(self.reading.client))

    def _brief(self, ask: Ask, selection: Selection, **more: Any) -> Brief:
        return Brief(ask, self.reading, self.assessment, selection, self.shelf, self.wording, self.book, self.question, self.parts.finder, **more)


def _of_pipeline(ask: Ask, claims: Claims) -> Ask:
    """An ask on a share of the pipeline, where its numbers are one and it was taken for one on a share of revenue: the sources measure them apart."""
    shares = [figure for figure in find(ask.text) if figure.unit is Unit.PERCENT]
    if not (_OF_REVENUE & {*ask.topics}) or not shares or not all(of_pipeline(ask.text, figure, claims) for figure in shares):
        return ask
    kind = AskKind.HOW_MUCH if ask.kind is AskKind.REACT_TO_SIGNAL else ask.kind
    return ask.model_copy(update={"kind": kind, "topics": ("pipeline_share", *(topic for topic in ask.topics if topic not in _OF_REVENUE | {"pipeline"}))})


def _as(ask: Ask, kind: AskKind, moves: Sequence[Move] = ()) -> Ask:
    return ask.model_copy(update={"kind": kind, "moves": tuple(moves)})


def _as_met(ask: Ask) -> Ask:
    """An ask on a matter, whose kind says how to meet it where it was taken for one that does not."""
    return _as(ask, AskKind.HOW_TO, ask.moves) if ask.kind in _UNMET else ask


def _sums(found: Fit) -> bool:
    """Whether the numbers of a message make a sum, or its words ask for one that lacks a number."""
    return found.wanted or found.asked or (found.uses > 0 and not found.missing and not found.compares)


def _no_sum(found: Fit) -> bool:
    """Whether the numbers of a message make no sum, and none of its words asks for what one gives."""
    return not found.asked and not found.missing and (found.uses == 0 or (found.compares and not found.wanted))


def _amount_kept(ask: Ask, turned: Ask, book: Playbook) -> Ask:
    """The ask as it was turned, save where an amount is asked on a subject that records measure: it is no yes or no on a move that its message never names."""
    lost = ask.kind is AskKind.HOW_MUCH and turned.kind is AskKind.IS_IT_RIGHT_FOR_US and {*turned.moves} - {*ask.moves}
    return ask if lost and book.metrics(ask.topics) else turned


def _other_field(ask: Ask) -> bool:
    """Whether patterns know the ask to lie in another field: then its topics name that field, and none of ours."""
    return ask.kind is AskKind.OUT_OF_SCOPE and any(topic not in table("asks")["topics"] for topic in ask.topics)
