"""Everything a slot may use to write its claims about one ask, and how it writes one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from advisor.answering.activities import Picked
from advisor.answering.aim import deciding
from advisor.answering.apart import Apart
from advisor.answering.candidates import Choice
from advisor.answering.either import Either
from advisor.answering.gaps import Gapped
from advisor.answering.hearsay import Heard
from advisor.answering.occasions import Occurring
from advisor.answering.playbook import Playbook
from advisor.answering.select import Point, Selection, stems
from advisor.answering.shelf import Shelf
from advisor.answering.stages import Stages
from advisor.answering.targets import Target
from advisor.domain import ADVISED, DOABLE, Ask, AskKind, Assessment, Benchmark, ClaimKind, Client, Computation, DraftClaim, Finding, Move, OpenQuestion, Owner, Passage, Reading, StageId, Stance, Term, Verdict
from advisor.figures import Figure, find
from advisor.ports import MoveFinder, Wording
from advisor.rules import asks_again

Part = Literal["text", "because", "change"]
Block = Literal["lead", "paragraph", "bullet", "step", "heading_row", "question"]
_HIRES = frozenset({Move.FIRST_PARTNER_HIRE, Move.ASSIGN_OWNER, Move.PARTNER_MANAGER_HIRE})
PRMS = frozenset({Move.LIGHT_PRM, Move.MID_PRM, Move.ENTERPRISE_PRM})
TOLD = frozenset({AskKind.HOW_TO, AskKind.COMPARE, AskKind.EXPLAIN_TERM})  # where knowledge answers rather than a rule


@dataclass(frozen=True)
class Brief:
    """One ask with its assessment and evidence. Slots read it and return claims; they never change it.

    `passed_on` are the figures of the message that are no facts of the client's: those heard, or those of a conflict.
    `neighbours` are the matters that come nearest where nothing tells what the ask turns on. A `presumed` matter is the likeliest where nothing surely tells, and the answer says that it was read so. `most_questions` limits what the answer may ask; `beside` is said of what a message wants besides its asks.
    """

    ask: Ask
    reading: Reading
    assessment: Assessment
    selection: Selection
    shelf: Shelf
    wording: Wording
    playbook: Playbook
    question: str
    finder: Callable[[], MoveFinder]
    heard: tuple[Heard, ...] = ()
    gap: Gapped | None = None
    conflict: str = ""
    passed_on: tuple[Figure, ...] = ()
    most_questions: int | None = None
    occasion: Occurring | None = None
    choice: Choice | None = None
    either: Either | None = None
    apart: Apart | None = None
    matter: str = ""
    neighbours: tuple[str, ...] | None = None
    presumed: bool = False
    activities: Picked | None = None
    target: Target | None = None
    beside: bool = False

    @property
    def client(self) -> Client:
        return self.assessment.client

    def say(self, key: str, /, **slots: str) -> str:
        return self.wording.say(f"answers.{key}", **slots)

    def amount(self, text: str) -> str:
        """An amount or formula in the spelling of the answer's language."""
        return self.wording.amount(text)

    def join(self, words: Sequence[str]) -> str:
        """`a`, `a and b`, `a, b and c`."""
        *most, last = words or ("",)
        return self.wording.say("rules.stage.list", most=", ".join(most), last=last) if most else last

    def heading(self, key: str) -> str:
        return self.wording.say(f"answers.headings.{key}")

    def noun(self, move: Move, case: str = "") -> str:
        """The move's name inside a sentence, that of the table that holds it back where it has one; `case` is the form it stands in, where the language has one of its own for it."""
        finding = self.deciding(move)
        own = f"rules.{finding.rule.partition('.')[0]}.{move}.noun" if finding else ""
        key = own if own and self.wording.has(own) else f"moves.{move}.noun"
        return self.wording.say(f"{key}_{case}" if case and self.wording.has(f"{key}_{case}") else key)

    def claim(
        self,
        key: str,
        /,
        *,
        kind: ClaimKind,
        evidence: Iterable[str] = (),
        stance: Stance = Stance.MENTION,
        moves: Sequence[Move] = (),
        block: Block = "paragraph",
        section: str = "",
        computed: Sequence[Computation] = (),
        **slots: str,
    ) -> DraftClaim:
        """A claim worded by a phrase; records whose figures the phrase shows join its evidence."""
        full = f"answers.{key}"
        return DraftClaim(
            text=self.wording.say(full, **slots),
            evidence=unique([*evidence, *self.shown(full)]),
            kind=kind,
            stance=stance,
            moves=tuple(moves),
            block=block,
            section=section,
            computed=tuple(computed),
        )

    def finding_claim(
        self, finding: Finding, part: Part = "text", *, worded: str = "", block: Block = "paragraph", section: str = ""
    ) -> DraftClaim:
        """A claim that says one part of a finding, or `worded` in its place, resting on its rule and what its figures come from."""
        against = finding.verdict is Verdict.FORBID
        stance = {Verdict.FORBID: Stance.ADVISE_AGAINST, Verdict.REQUIRE: Stance.REQUIRE, Verdict.RECOMMEND: Stance.ADVISE}.get(
            finding.verdict, Stance.MENTION
        )
        return DraftClaim(
            text=worded or (finding.text if part == "text" else finding.because),
            evidence=self.basis(finding, part),
            kind=ClaimKind.REFUSAL if against and finding.rule not in self.shelf else ClaimKind.ADVICE,
            stance=stance,
            moves=(finding.move,) if finding.move else (),
            block=block,
            section=section,
        )

    def likeliest(self, moves: Collection[Move]) -> Move:
        """Which of these moves the message resembles most."""
        return next(move for move, _ in self.finder().moves(self.question) if move is not None and move in moves)

    @property
    def stage_open(self) -> bool:
        """Whether nothing at all is known of the client's ARR."""
        return self.assessment.stage.id is StageId.UNKNOWN and self.client.arr is None and not self.assessment.contradictions

    def hangs_on_stage(self, finding: Finding) -> bool:
        """Whether a refusal only says what holds in some stages, while the stage is open."""
        staged = self.stage_open and finding.verdict is Verdict.FORBID and bool({"arr", "arr_eur", "stage"} & set(finding.facts_used))
        return staged and not (finding.move is not None and self.stages.always_refused(finding.move))

    @cached_property
    def stages(self) -> Stages:
        """The client in each stage in turn."""
        return Stages(self.client, self.shelf.book, self.wording)

    def by_stage(self, finding: Finding) -> DraftClaim:
        """A refusal that hangs on the open stage as the answer to what was asked: what exists is kept in every stage; else from which stage on it
        is otherwise, and what holds below."""
        move = finding.move or Move.ASK_DIAGNOSTICS
        turn = self.stages.turn(move)
        _, _, rest = finding.text.partition(": ")
        if turn is None:
            return self.finding_claim(finding, worded=self.say("by_stage.unsettled", text=rest or finding.text), block="lead")
        edge = f"answers.by_stage.edge.{turn.stage}"
        words, shown = self.wording.say(edge), self.shown(edge)
        if self.done(move):
            keeping = self.shelf.book.tables["freeze"].row_for({"exists_against_advice": True}).id
            return self.claim("by_stage.kept", kind=ClaimKind.ADVICE, evidence=[keeping, *turn.rules, *shown], block="lead", edge=words)
        edges = [figure for figure in find(rest) if figure.is_edge and len({*figure.bounds}) == 1]
        if edges:  # the rule's own words name the size
            told = edges[0].open == "below" and turn.low in edges[0].bounds
            plain = self.say(f"by_stage.below.{turn.kind}", text=f"{rest[:1].upper()}{rest[1:]}") if told else self.say("by_stage.until", text=rest)
            return self.finding_claim(finding, worded=plain, block="lead")
        claim = self.finding_claim(finding, worded=self.say(f"by_stage.{turn.kind}", edge=words, text=rest or finding.text), block="lead")
        return claim.model_copy(update={"evidence": unique([*claim.evidence, *turn.rules, *shown])})

    @property
    def between_stages(self) -> bool:
        """Whether the ARR is told without the currency or rate that would settle the stage."""
        arr = self.client.arr
        return arr is not None and arr.eur is None and self.assessment.stage.id is StageId.UNKNOWN and not self.assessment.contradictions

    def asks_again(self, question: OpenQuestion) -> bool:
        """Whether a question is about facts that are known and only old; an ARR whose currency is open is not known."""
        return asks_again(question, self.client) and not (question.fact == "arr" and self.between_stages)

    def hangs_on_currency(self, finding: Finding) -> bool:
        """Whether a refusal holds in one only of the stages that an ARR without its currency or rate may belong to."""
        return self.between_stages and finding.verdict is Verdict.FORBID and finding.provisional and {*finding.facts_used} <= {"arr", "arr_eur", "stage"}

    def lead(self, finding: Finding) -> DraftClaim:
        """A finding as the answer's first sentence, where nobody asked yes or no: the label that says it fits is left out."""
        _, _, rest = finding.text.partition(": ")
        if self.hangs_on_stage(finding):
            return self.by_stage(finding)
        plain = f"{rest[:1].upper()}{rest[1:]}" if finding.verdict in ADVISED and rest else finding.text
        return self.finding_claim(finding, worded=plain, block="lead")

    def shown(self, key: str) -> tuple[str, ...]:
        """The records and rules whose figures and thresholds the sentence under a key shows."""
        return (*self.wording.figures(key), *self.wording.rules(key))

    def basis(self, finding: Finding, *parts: Part) -> tuple[str, ...]:
        """The rule of a finding, with the records and rules whose figures these parts of its wording show."""
        row = self.shelf.book.rows.get(finding.rule)
        verdict = next((each for each in row.verdicts if each.move is finding.move), None) if row else None
        keys = [key for part in parts if (key := getattr(verdict, part, None))]
        return unique([*([finding.rule] if row else []), *(id_ for key in keys for id_ in self.shown(key)), *self._besides(finding)])

    def _besides(self, finding: Finding) -> tuple[str, ...]:
        """The passage on a move that the stage table does not name, as the tools stand in a table of their own."""
        if finding.move is None or not finding.rule.startswith("stage."):
            return ()
        return self.playbook.notes(finding.move).passages[:1]

    def _carrying(self, finding: Finding, move: Move) -> tuple[str, ...]:
        """The passage that carries a step whose row speaks of something else."""
        carried, row = self.playbook.notes(move).carried, self.shelf.book.rows.get(finding.rule)
        named = row is None or {*stems(self.noun(move))} & {*stems(self.wording.say(row.says))}
        return (carried,) if carried and not named else ()

    def do(self, move: Move, *, block: Block = "step", section: str = "") -> DraftClaim | None:
        """The move as something to do now, resting on the rule that advises it; None when no rule does."""
        finding = self.deciding(move)
        if finding is None or finding.verdict not in DOABLE or self.done(move) or self.comes_later(finding):
            return None
        key = f"moves.{move}.do"
        shown = self.shown(key)
        return DraftClaim(
            text=self.wording.say(key),
            evidence=unique([finding.rule, *shown, *self._besides(finding), *self._carrying(finding, move)]),
            kind=ClaimKind.ADVICE,
            stance=Stance.REQUIRE if finding.verdict is Verdict.REQUIRE else Stance.ADVISE,
            moves=(move,),
            block=block,
            section=section,
        )

    def comes_later(self, finding: Finding) -> bool:
        """Whether a kind of partners is allowed as one to add once those to begin with produce."""
        return finding.verdict is Verdict.ALLOW and finding.move in self.assessment.partner_types.add_later

    def done(self, move: Move) -> bool:
        """Whether the client has what the move would bring: it is in place, as is another PRM, or somebody dedicated already does the job."""
        in_place = {*self.client.in_place}
        return move in in_place or (move in PRMS and bool(PRMS & in_place)) or (move in _HIRES and self.client.owner is Owner.DEDICATED)

    def record_claim(self, record: Benchmark, *, block: Block = "paragraph", section: str = "") -> DraftClaim:
        """A record's own sentence, cited."""
        return DraftClaim(
            text=self.quoted(record.id, self.shelf.library.say_record(record.id)), evidence=(record.id,), kind=ClaimKind.FIGURE, block=block, section=section
        )

    def point(self, passage: Passage, text: str, *, kind: ClaimKind = ClaimKind.FACT, block: Block = "paragraph", section: str = "") -> DraftClaim:
        """A point of a passage as a claim, resting on the records whose figures the point shows, each of which knows its own row, and on the passage."""
        library = self.shelf.library
        shown = [id_ for id_ in passage.benchmarks if library.figure(id_) in text]
        return DraftClaim(text=self.quoted(passage.id, text), evidence=(*shown, passage.id), kind=kind, block=block, section=section)

    def meaning(self, term: Term, *, block: Block = "paragraph") -> DraftClaim:
        """What the glossary says of a term."""
        return DraftClaim(text=self.quoted(term.id, self.shelf.library.meaning(term)), evidence=(term.id,), kind=ClaimKind.FACT, block=block)

    def quoted(self, id_: str, text: str) -> str:
        """A sentence of the knowledge as the answer says it: in quotation marks where it exists in English only."""
        return self.say("language.quote", text=text) if self.shelf.library.untranslated(id_) else text

    def nearest(self, point: Point, *, block: Block = "paragraph", section: str = "") -> DraftClaim:
        """A sentence that retrieval found, as a claim."""
        if isinstance(point.source, Benchmark):
            return self.record_claim(point.source, block=block, section=section)
        return self.point(point.source, point.text, block=block, section=section)

    def passages(self, name: str) -> list[Passage]:
        """The passages listed under a name for slots to draw on."""
        return [self.shelf.library.passages[id_] for id_ in self.playbook.passages[name]]

    def deciding(self, move: Move) -> Finding | None:
        """The finding that decides about a move."""
        return deciding(self.assessment, move)

    def others_against(self, finding: Finding) -> tuple[Finding, ...]:
        """Further findings that speak against the same move, from other rules."""
        return tuple(
            other
            for other in self.assessment.findings
            if other.move is finding.move and other.verdict is Verdict.FORBID and other.rule != finding.rule
        )

    def in_order(self, moves: Iterable[Move]) -> list[Move]:
        return sorted(dict.fromkeys(moves), key=lambda move: (self.playbook.notes(move).order, move.value))


def unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
