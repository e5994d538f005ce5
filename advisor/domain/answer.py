"""Claims drafted, and the answer that leaves the program."""

from __future__ import annotations

from typing import Literal

from advisor.domain.assessment import Assessment
from advisor.domain.base import Number, Value
from advisor.domain.moves import Move
from advisor.domain.reading import Ask
from advisor.domain.vocabulary import Applies, ClaimKind, EvidenceClass, EvidenceKind, Stance, Support


class Computation(Value):
    """A figure we worked out: the formula as shown to the reader, its inputs by name, and the result.

    `formula` uses only numbers, + − × ÷ and brackets, e.g. `1500 ÷ 6`; recomputing it must give `result`, or with `rounded`
    up the whole number above.
    """

    formula: str
    inputs: tuple[str, ...] = ()
    result: Number
    unit: str
    rounded: Literal["half", "up"] = "half"


class DraftClaim(Value):
    """One sentence, table row or list item before grounding, with the ids it claims to rest on."""

    text: str
    evidence: tuple[str, ...] = ()
    kind: ClaimKind
    stance: Stance = Stance.MENTION
    moves: tuple[Move, ...] = ()
    computed: tuple[Computation, ...] = ()
    block: Literal["lead", "paragraph", "bullet", "step", "heading_row", "question"] = "paragraph"
    section: str = ""


class FigureUse(Value):
    """A figure found in a claim: characters `start` to `end` of the claim's text, and what supports it."""

    text: str
    start: int
    end: int
    support: Support
    citation: int | None = None
    formula: str | None = None
    inputs: tuple[str, ...] = ()


class Claim(Value):
    n: int
    text: str
    citations: tuple[int, ...] = ()
    kind: ClaimKind
    stance: Stance = Stance.MENTION
    moves: tuple[Move, ...] = ()
    figures: tuple[FigureUse, ...] = ()


class Citation(Value):
    """One line of the reference list."""

    n: int
    kind: EvidenceKind
    id: str
    title: str
    publisher: str
    year: int | None = None
    evidence_class: EvidenceClass
    applies: Applies = Applies.YES
    source_doc: str
    place: str
    says: str
    excerpt: str | None = None
    locator: str


class Removed(Value):
    """A claim or part of one that was withheld, and why."""

    text: str
    reason: str


class Verification(Value):
    """What the check before showing found; the last four counts of a shown answer are zero where the contract says so."""

    figures: int = 0
    cited: int = 0
    given: int = 0
    computed: int = 0
    unsupported: int = 0
    uncited_claims: int = 0
    rule_violations: int = 0
    repairs: int = 0
    removed: tuple[Removed, ...] = ()


class Reply(Value):
    """The answer proper: claims, and the Markdown rendered from them."""

    text: str
    claims: tuple[Claim, ...] = ()
    recommended_moves: tuple[Move, ...] = ()
    advised_against: tuple[Move, ...] = ()
    questions: tuple[str, ...] = ()
    abstained: bool = False
    abstained_on: tuple[str, ...] = ()


class SessionRef(Value):
    name: str
    turn: int


class Run(Value):
    """How the answer was made."""

    composer: Literal["offline", "model"] = "offline"
    model: str | None = None
    prompt_version: str | None = None
    knowledge_version: str = ""
    tokens: int | None = None
    cost: float | None = None
    seconds: float = 0.0
    notices: tuple[str, ...] = ()


class Answer(Value):
    """Everything `advisor ask --json` prints."""

    question: str
    language: str = "en"
    session: SessionRef | None = None
    asks: tuple[Ask, ...] = ()
    assessment: Assessment
    answer: Reply
    citations: tuple[Citation, ...] = ()
    verification: Verification = Verification()
    run: Run = Run()

    @property
    def text(self) -> str:
        """The answer as Markdown with [n] markers, without the reference list."""
        return self.answer.text
