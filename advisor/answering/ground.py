"""Holds a draft against its evidence: what cannot be supported is withheld, with the reason.

Every figure of a claim must be cited (one of the claim's own pieces of evidence says it of the same thing), given (the
client said it, and the sentence speaks of the client), or computed (a shown formula, worked out again, from given or cited
inputs). The grounder sees the words of a claim and its ids, never how they were made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal

from advisor.answering.grounding_given import Given
from advisor.answering.grounding_moves import Mentions, Spoken, spoken
from advisor.answering.grounding_sums import Sums, computed_by
from advisor.domain import Citation, Claim, ClaimKind, Client, DraftClaim, Evidence, EvidenceKind, FigureUse, Move, Removed, Support, Verification
from advisor.domain.base import Value
from advisor.figures import Figure, Match, find, supports
from advisor.figures.match import text_of
from advisor.intake.moves import mentions as read_mentions

LINK = re.compile(r"!?\[[^\]]*\]\([^)]*\)|!?\[[^\]]*\]\[[^\]]*\]|\b(?:https?|ftp|file|data|javascript|mailto):\S+|\bwww\.\S+|<\s*[A-Za-z/!][^>]*>?|^\[[^\]]+\]:\s*\S+", re.I | re.M)
_MARKER = re.compile(r"\[\^?[0-9]+(?:\s*,\s*[0-9]+)*\]")
_CLIENT = re.compile(r"\b(?:you|your|yours|you're|you've|you'd)\b|(?-i:\b(?:Sie|Ihr(?:e[mnrs]?)?|Ihnen)\b)", re.I)
_KNOWLEDGE = frozenset({EvidenceKind.BENCHMARK, EvidenceKind.PASSAGE, EvidenceKind.DOCUMENT})


class Grounded(Value):
    """The claims that hold, in order, with their citations, and what was withheld."""

    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    verification: Verification = Verification()


class WithheldError(Exception):
    """A claim does not hold; the message says why."""


@dataclass(slots=True)
class _Grounding:
    """The state of one answer: citation numbers by id, sums that came out right, counts of support."""

    evidence: Mapping[str, Evidence]
    given: Given
    forbidden: AbstractSet[Move]
    mentions: Mentions
    sums: Sums = field(default_factory=Sums)
    numbers: dict[str, int] = field(default_factory=dict)


def ground(
    draft: Sequence[DraftClaim],
    evidence: Mapping[str, Evidence],
    *,
    question: str,
    client: Client,
    earlier: Sequence[Client] = (),
    forbidden: AbstractSet[Move],
    mentions: Mentions = read_mentions,
) -> Grounded:
    """Keep the claims of a draft that their evidence, the client's own words or a sum support; number what they cite.

    `earlier` is the client as known before the question and before that: where they differ, each may be named.
    """
    state = _Grounding(evidence, Given(question, client, earlier), forbidden, mentions)
    claims: list[Claim] = []
    removed: list[Removed] = []
    for item in draft:
        try:
            claims.append(_claim(item, len(claims) + 1, state))
        except WithheldError as reason:
            removed.append(Removed(text=LINK.sub("[link]", item.text), reason=str(reason)))
    uses = [use.support for claim in claims for use in claim.figures]
    return Grounded(
        claims=tuple(claims),
        citations=tuple(citation(n, evidence[id_]) for id_, n in state.numbers.items()),
        verification=Verification(
            figures=len(uses), cited=uses.count(Support.CITED), given=uses.count(Support.GIVEN), computed=uses.count(Support.COMPUTED), removed=tuple(removed)
        ),
    )


def _claim(item: DraftClaim, n: int, state: _Grounding) -> Claim:
    _plain_words(item)
    own = _resolved(item, state)
    stance = spoken(item, state.mentions, state.forbidden)
    if stance.forbidden is not None:
        raise WithheldError(f"it advises {stance.forbidden.value.replace('_', ' ')}, which the rules do not allow for this client")
    figures = find(item.text)
    if item.computed and (reason := state.sums.check(item.computed, state.given.numbers | _numbers(own))):
        raise WithheldError(reason)
    used = [(figure, *_support(figure, item, own, state)) for figure in figures]
    _rests_on_something(item, own, stance, [support for _, support, _ in used])
    for id_ in dict.fromkeys(item.evidence):
        state.numbers.setdefault(id_, len(state.numbers) + 1)
    return Claim(
        n=n,
        text=item.text,
        citations=tuple(state.numbers[id_] for id_ in dict.fromkeys(item.evidence)),
        kind=item.kind,
        stance=stance.stance,
        moves=stance.moves,
        figures=tuple(_use(figure, support, basis, item, state) for figure, support, basis in used),
    )


def _plain_words(item: DraftClaim) -> None:
    if LINK.search(item.text):
        raise WithheldError("it holds a link, an image or markup")
    if _MARKER.search(item.text):
        raise WithheldError("it brings its own citation numbers")


def _resolved(item: DraftClaim, state: _Grounding) -> list[Evidence]:
    unknown = [id_ for id_ in item.evidence if id_ not in state.evidence]
    if unknown:
        raise WithheldError(f"it rests on {unknown[0]!r}, which is not among the evidence")
    return [state.evidence[id_] for id_ in dict.fromkeys(item.evidence)]


def _rests_on_something(item: DraftClaim, own: list[Evidence], stance: Spoken, supports_: list[Support]) -> None:
    """Advice rests on a rule, passage or record; a fact on a passage or record, or on a rule when it speaks of the client."""
    if item.kind is ClaimKind.ADVICE and not own:
        raise WithheldError("it is advice without a rule or passage")
    if item.kind is ClaimKind.FACT and not any(piece.kind in _KNOWLEDGE for piece in own) and not (
        own and (_CLIENT.search(item.text) or Support.GIVEN in supports_)
    ):
        raise WithheldError("it is a fact without a passage or record")
    if item.kind is ClaimKind.FIGURE and not own and not supports_:
        raise WithheldError("it is a fact without a passage or record")
    if item.kind in {ClaimKind.QUESTION, ClaimKind.REFUSAL} and not own and stance.advises and "?" not in item.text:
        raise WithheldError("it is advice without a rule or passage")


def _support(figure: Figure, item: DraftClaim, own: list[Evidence], state: _Grounding) -> tuple[Support, tuple[str, ...]]:
    """What supports a figure, and the evidence id or the formula; raises WithheldError when nothing does.

    A record goes before the passage or rule that repeats its figure, since it knows the row of the document; then what says the figure
    itself before what only names it in a verdict.
    """
    records = [piece for piece in own if piece.kind is EvidenceKind.BENCHMARK]
    plainly = [piece.model_copy(update={"also": ()}) for piece in own if piece.also]
    tried = (supports(figure, item.text, pieces) for pieces in (records, plainly, own) if pieces)
    match = Match(False, "nothing")
    for match in tried:
        if match.ok:
            break
    if match.ok:
        return Support.CITED, (match.evidence,)
    if sums := computed_by(figure, item.text, item.computed):
        return Support.COMPUTED, tuple(item.formula for item in sums)
    if state.given.holds(figure, of_client=bool(item.computed) or item.kind in {ClaimKind.QUESTION, ClaimKind.REFUSAL}, of_sum=bool(item.computed)):
        return Support.GIVEN, ()
    raise WithheldError(_why(figure, item, own, match, state))


def _why(figure: Figure, item: DraftClaim, own: list[Evidence], match: Match, state: _Grounding) -> str:
    cited = " and ".join(f"“{piece.title}”" for piece in own)
    elsewhere = next((piece for piece in state.evidence.values() if piece not in own and supports(figure, item.text, piece)), None)
    if elsewhere is not None:
        return f"{figure.text} stands in “{elsewhere.title}”, " + (f"not in the cited {cited}" if own else "which the sentence does not cite")
    if not own:
        return f"{figure.text} is neither cited, nor given by the client, nor computed"
    return f"{figure.text} is not what the cited {cited} says: {match.reason}"


def _use(figure: Figure, support: Support, basis: tuple[str, ...], item: DraftClaim, state: _Grounding) -> FigureUse:
    computed = [each for each in item.computed if support is Support.COMPUTED and each.formula in basis]
    return FigureUse(
        text=figure.text,
        start=figure.start,
        end=figure.end,
        support=support,
        citation=state.numbers[basis[0]] if support is Support.CITED else None,
        formula=" to ".join(basis) if support is Support.COMPUTED else None,
        inputs=tuple(dict.fromkeys(name for each in computed for name in each.inputs)),
    )


def _numbers(own: list[Evidence]) -> frozenset[Decimal]:
    return frozenset(number for piece in own for figure in find(text_of(piece)) for number in figure.bounds if number is not None)


def citation(n: int, piece: Evidence) -> Citation:
    """A piece of evidence as a line of the list of sources."""
    return Citation(
        n=n, kind=piece.kind, id=piece.id, title=piece.title, publisher=piece.publisher, year=piece.year, evidence_class=piece.evidence_class,
        applies=piece.applies, source_doc=piece.source_doc, place=piece.place, says=piece.says, excerpt=piece.excerpt, locator=piece.locator,
    )
