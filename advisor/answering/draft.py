"""A model words the offline answer anew, sentence by sentence, between two gates: what may be said stands before it writes,
and each of its sentences is checked before anybody sees it.

    points       the sentences of the offline answer that may be worded anew
    prompt       verdicts, numbered evidence and points; the client's names hidden
    first turn   sentences are checked as they come; those that pass are shown, in the order of the answer
    repair turn  one, with the exact reasons
    answer       a sentence that still fails is replaced by the offline one, or left out where it was an addition
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass
from typing import Any, NamedTuple

from advisor.answering import prompts
from advisor.answering.brief import Brief
from advisor.answering.calling import Call, Writer
from advisor.answering.gate import Check, Gate, RefusedError
from advisor.answering.ground import LINK, Grounded
from advisor.answering.layout import markdown
from advisor.answering.masking import Mask
from advisor.answering.material import Material
from advisor.answering.points import Point, figures_of, groups_of, points_of
from advisor.answering.written import Reader, WrittenClaim, schema
from advisor.domain import DraftClaim, Evidence, Removed, Run
from advisor.errors import ModelError
from advisor.ports import Message, Tokens, Wording

_MOST_ADDED = 2
_MOST_REMOVED = 12
_SHOWN = 200  # characters of a sentence that was left out
_A_POINT, _ROOM = 110, 500  # tokens that a point and the rest of a draft may take


class Heard(NamedTuple):
    """A sentence of the model as it was judged: in which turn, on which points, and which check refused it, if one did."""

    turn: int
    points: tuple[int, ...]
    text: str
    check: Check | None = None
    reason: str = ""


@dataclass(frozen=True)
class Offline:
    """The answer as it stands without a model, with all that it was made of."""

    question: str
    language: str
    briefs: Sequence[Brief]
    draft: tuple[DraftClaim, ...]
    evidence: Mapping[str, Evidence]
    grounded: Grounded
    check: Callable[[Sequence[DraftClaim], Mapping[str, Evidence]], Grounded]


@dataclass(frozen=True)
class Written:
    """The answer's draft after the model, grounded; `failed` says why the model's words are not used."""

    draft: tuple[DraftClaim, ...]
    grounded: Grounded
    used: bool = False
    failed: ModelError | None = None
    tokens: int | None = None
    cost: float | None = None


def write(offline: Offline, writer: Writer, trace: Callable[[str, Any], None]) -> Written:
    """The answer worded by the model where its sentences pass. Raises ModelError when it fails and is required."""
    points = points_of(offline.draft, offline.grounded.claims)
    if not points:
        return Written(offline.draft, offline.grounded)
    desk = _Desk(offline, writer, points, trace)
    try:
        desk.work()
        return desk.done()
    except ModelError as error:
        if writer.required:
            raise
        return desk.given_up(error)


def worded(
    offline: Offline, writer: Writer, run: Run, wording: Wording, trace: Callable[[str, Any], None]
) -> tuple[tuple[DraftClaim, ...], Grounded, Run]:
    """The draft, checked, and how it was made: worded by the model, or as it was, with a sentence that says why."""
    written, name = write(offline, writer, trace), writer.model.name
    notices = [wording.say("model.stopped" if written.used else f"model.failed.{written.failed.reason}", model=name)] if written.failed else []
    if not written.used and not written.failed:
        notices = [wording.say("model.nothing", model=name)]
    made = {"composer": "model", "prompt_version": prompts.version()} if written.used else {}
    spent = {"model": name, "tokens": written.tokens, "cost": written.cost} if written.used or written.tokens else {}
    return written.draft, written.grounded, run.model_copy(update={**made, **spent, "notices": (*run.notices, *notices)})


class _Desk:
    """One answer on its way through the model."""

    def __init__(self, offline: Offline, writer: Writer, points: tuple[Point, ...], trace: Callable[[str, Any], None]) -> None:
        self._offline, self._writer, self._trace = offline, writer, trace
        library = offline.briefs[0].shelf.library
        self._mask = Mask(library, writer.client_names)
        self._points, self._material, self._asked = self._fitting(points)
        points = self._points
        self._gate = Gate(
            self._material.evidence, lambda draft: offline.check(draft, self._material.evidence), offline.language, self._mask.known,
            frozenset(key for item in offline.draft for key in figures_of(item.text)), offline.briefs[0].heading("more"),
        )
        self._by_number = {point.number: point for point in points}
        self._passed: dict[int, DraftClaim] = {}  # by the number of the first point that it words
        self._worded: set[int] = set()
        self._added: list[DraftClaim] = []
        self._refused: list[tuple[WrittenClaim, str]] = []
        self._heard: list[Heard] = []
        self._sent_back = self._turns = 0
        self._spent, self._cost = Tokens(0, 0), 0.0
        self._priced = True
        self._streamed = ""

    @property
    def _limit(self) -> int:
        return _limit(len(self._points))

    def _fitting(self, points: tuple[Point, ...]) -> tuple[tuple[Point, ...], Material, tuple[Message, ...]]:
        """As many points, from the first, as the model's window takes with their evidence, at least one; the others stay as they are.

        What is only beside the points goes first.
        """
        offline, model, lean = self._offline, self._writer.model, False
        while True:
            material = Material.of(offline.briefs, offline.draft, offline.evidence, offline.language, points, self._mask, model, lean=lean)
            asked = prompts.load("draft").filled(**material.values())
            over = sum(model.count(message.text) for message in asked) + _limit(len(points)) - model.window
            if over <= 0 or (lean and len(points) == 1):
                return points, material, asked
            points = points[: max(1, len(points) - max(1, over // (_A_POINT * 2)))] if lean else points
            lean = True

    def work(self) -> None:
        """Both turns."""
        asked = self._asked
        text, wrong = self._turn(asked, self._limit)
        if not text.strip():
            raise ModelError("empty", self._writer.model.name)
        self._trace("refused", [{"text": item.text, "points": item.points, "reason": reason} for item, reason in self._refused])
        if not (self._passed or self._refused or self._added) and not wrong:
            raise ModelError("malformed", self._writer.model.name)
        if self._refused or wrong or not self._passed:
            self._repair(asked, text)

    def _repair(self, asked: Sequence[Message], text: str) -> None:
        """One more turn with the exact reasons; one that fails or would cost too much leaves the offline sentences in place."""
        first, self._refused = self._refused, []
        self._sent_back = len(first)
        lines = [f"- points {item.points}: “{self._mask.hide_names(item.text[:_SHOWN])}”: {reason}." for item, reason in first if not {*item.points} <= self._worded or not item.points]
        open_ = [point.number for point in self._points if point.number not in self._worded]
        lines += [f"- points {open_}: not written, or not in the form asked for."] if open_ and not lines else []
        if not lines:
            self._refused = first
            return
        more = prompts.load("repair").filled(findings="\n".join(lines[:12]), language=self._offline.language)
        said = Message("assistant", text[:8_000])
        try:
            self._turn([*asked, said, *more], min(self._limit, _A_POINT * len(lines) + _ROOM))
        except ModelError as error:
            self._trace("repair failed", error.reason)
        self._refused += [pair for pair in first if not {*pair[0].points} <= self._worded or not pair[0].points]

    def _turn(self, messages: Sequence[Message], limit: int) -> tuple[str, int]:
        """What the model writes, checked as it comes; the text, and how much of it was no claim."""
        call, reader = Call(self._writer, messages, schema(len(self._points), list(self._material.numbers)), limit), Reader()
        self._turns += 1
        self._trace("prompt", [message._asdict() for message in messages])
        try:
            with closing(call.pieces()) as pieces:
                for piece in pieces:
                    for item in reader.add(piece):
                        self._take(item)
        finally:
            self._count(call)
            self._trace("written", call.text[:100_000])
        return reader.text, reader.wrong

    def _count(self, call: Call) -> None:
        self._spent = Tokens(self._spent.prompt + call.tokens.prompt, self._spent.written + call.tokens.written)
        self._priced = self._priced and call.cost is not None
        self._cost += call.cost or 0.0

    def _take(self, raw: WrittenClaim) -> None:
        """A sentence of the model: through the gate, or among those to be mended."""
        item = raw.model_copy(update={"text": self._mask.show(raw.text)})
        if self._sent_back and item.points and {*item.points} <= self._worded:
            return  # it stands already
        try:
            points = self._wanted(item)
            cited = [self._material.id_of(name) for name in item.evidence]
            if any(id_ is None for id_ in cited):
                raise RefusedError("citation", "it cites evidence that is not there")
            made = self._gate.passed(item, points, [id_ for id_ in cited if id_])
        except RefusedError as reason:
            self._refused.append((item, str(reason)))
            self._heard.append(Heard(self._turns, tuple(item.points), item.text, reason.check, str(reason)))
            return
        self._heard.append(Heard(self._turns, tuple(item.points), item.text))
        if points:
            self._passed[points[0].number] = made
            self._worded |= {point.number for point in points}
        else:
            self._added.append(made)
        self._show()

    def _wanted(self, item: WrittenClaim) -> list[Point]:
        """The points that a sentence words. Raises RefusedError where they cannot stand in one sentence, or were worded before."""
        numbers = sorted(dict.fromkeys(number for number in item.points if number))
        if unknown := [number for number in numbers if number not in self._by_number]:
            raise RefusedError("points", f"there is no point {unknown[0]}")
        points = [self._by_number[number] for number in numbers]
        if not points:
            if len(self._added) >= _MOST_ADDED:
                raise RefusedError("points", "it is one addition too many")
            if any(item.text.strip() == other.text for other in (*self._offline.draft, *self._added, *self._passed.values())):
                raise RefusedError("points", "it says what is said already")
            return []
        if {*numbers} & self._worded:
            raise RefusedError("points", "its point is worded already")
        together = numbers == list(range(numbers[0], numbers[-1] + 1)) and len({(point.group, point.draft.block, point.claim.stance) for point in points}) == 1
        if not together:
            raise RefusedError("points", "its points do not belong into one sentence")
        return points

    def done(self) -> Written:
        """The answer with all sentences that passed. Raises ModelError where none did."""
        if not self._passed and not self._added:
            raise ModelError("unfit", self._writer.model.name)
        draft = self._merged()
        grounded = self._offline.check(draft, self._material.evidence)
        if not self._as_offline(grounded):
            raise ModelError("unfit", self._writer.model.name)
        return self._told(Written(draft, self._noted(grounded), used=True))

    def _as_offline(self, grounded: Grounded) -> bool:
        """Whether an answer decides as the offline one and leaves out nothing more."""
        offline = self._offline.grounded
        return offline.verification.removed == grounded.verification.removed and _same_decision(offline, grounded)

    def given_up(self, error: ModelError) -> Written:
        """The offline answer, with what of the model's was left out; what was shown already stays as it was shown."""
        self._trace("failed", error.reason)
        if self._streamed:
            draft = self._merged()
            grounded = self._offline.check(draft, self._material.evidence)
            if self._as_offline(grounded):
                return self._told(Written(draft, self._noted(grounded), used=True, failed=error))
        return self._told(Written(self._offline.draft, self._noted(self._offline.grounded), failed=error))

    def _told(self, written: Written) -> Written:
        spent = self._spent.prompt + self._spent.written
        if self._heard:
            said = [{"points": [point.number], "text": point.draft.text} for point in self._points]
            self._trace("sentences", {"points": said, "written": [each._asdict() for each in self._heard]})
        return Written(
            written.draft, written.grounded, written.used, written.failed, spent or None, round(self._cost, 6) if self._priced and spent else None
        )

    def _noted(self, grounded: Grounded) -> Grounded:
        """What was refused and stayed so, and how many sentences needed the second turn."""
        refused = dict.fromkeys((_clipped(item.text), reason) for item, reason in self._refused)
        removed = [Removed(text=text, reason=reason) for text, reason in [*refused][:_MOST_REMOVED]]
        checked = grounded.verification
        return grounded.model_copy(update={"verification": checked.model_copy(update={"repairs": self._sent_back, "removed": (*checked.removed, *removed)})})

    def _merged(self, upto: int | None = None) -> tuple[DraftClaim, ...]:
        """The draft with the sentences that passed in place of their points; with `upto` only its first runs."""
        groups, numbers = groups_of(self._offline.draft), {point.place: point.number for point in self._points}
        kept: list[DraftClaim] = []
        for place, item in enumerate(self._offline.draft):
            if upto is not None and groups[place] >= upto:
                break
            if place == self._addition_place:
                kept += self._added
            number = numbers.get(place)
            if number in self._passed:
                kept.append(self._passed[number])
            elif number not in self._worded:
                kept.append(item)
        if upto is None and self._addition_place == len(self._offline.draft):
            kept += self._added
        return tuple(kept)

    @property
    def _addition_place(self) -> int:
        """Where additions stand: before the summary and the questions at the end."""
        draft = self._offline.draft
        last = self._offline.briefs[0].heading("short")
        return next((place for place, item in enumerate(draft) if item.block == "question" or item.section == last), len(draft))

    def _show(self) -> None:
        """Show the runs at the answer's beginning whose sentences all stand; what follows an addition waits for the end."""
        if self._writer.shown is None:
            return
        groups = groups_of(self._offline.draft)
        open_ = [point.group for point in self._points if point.number not in self._worded]
        ends = [*open_, *([groups[self._addition_place]] if self._addition_place in groups else [])]
        upto = min(ends, default=max(groups.values(), default=0) + 1)
        draft = self._merged(upto)
        if not draft:
            return
        by_text = {claim.text: claim for claim in draft}
        text = markdown([(claim, by_text[claim.text]) for claim in self._offline.check(draft, self._material.evidence).claims])
        if text.startswith(self._streamed) and text != self._streamed:
            self._writer.shown(text[len(self._streamed) :])
            self._streamed = text


def _limit(points: int) -> int:
    """The tokens that a draft on so many points may take."""
    return min(_A_POINT * points + _ROOM, 6_000)


def _clipped(text: str) -> str:
    clean = LINK.sub("[link]", " ".join(text.split()))
    return clean if len(clean) <= _SHOWN else f"{clean[:_SHOWN]}…"


def _same_decision(one: Grounded, other: Grounded) -> bool:
    """Whether two answers advise and advise against the same, ask the same, and show the same figures."""
    return _decision(one) == _decision(other)


def _decision(grounded: Grounded) -> tuple[AbstractSet[Any], ...]:
    moves = frozenset((claim.stance, move) for claim in grounded.claims for move in claim.moves if claim.stance != "mention")
    questions = frozenset(claim.text for claim in grounded.claims if claim.kind == "question")
    return moves, questions, frozenset(key for claim in grounded.claims for key in figures_of(claim.text))

