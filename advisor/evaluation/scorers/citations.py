"""Citation recall and precision after ALCE (Gao et al. 2023, "Enabling Large Language Models to Generate Text with Citations", section 3),
with the entailment model replaced by what can be decided without one.

ALCE: a statement has citation recall 1 when it cites something and all it cites together entails it, else 0; the recall of an answer is
the mean over its statements. A citation is irrelevant when it alone does not support the statement and the others still do without it; the
precision of an answer is the share of its citations that are not irrelevant, those of unsupported statements counting as wrong.

Here "supports" is: every cited figure of the statement is said by the cited pieces (`figures.supports`), and where it cites none, a piece
speaks of the same: it has one of its moves, a number that it reckons with, or a content word. What is known of a record (who published it, of
whom, on which condition, what kind of evidence it is) belongs to what the record says. A sentence that ends in a colon is one statement with
the next. Questions, refusals and sums need no citation and are no statements unless they bring one; neither are fixed sentences of the
program about the sources themselves ("never take the mean of them"), which stand word for word among its phrases.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from advisor.domain import Claim, ClaimKind, Evidence, Support
from advisor.evaluation.cases import Case
from advisor.evaluation.scorers.scorer import Score, Scorer, share
from advisor.evaluation.seen import Seen
from advisor.figures import Figure, find, numbers, supports
from advisor.figures.terms import terms
from advisor.rendering.words import page

FREE = frozenset({ClaimKind.QUESTION, ClaimKind.REFUSAL})


Statement = tuple[Claim, ...]
"""A claim, or several that run on behind a colon."""


def recall(case: Case, seen: Seen) -> Score | None:
    """The share of statements that are fully supported by what they cite."""
    every = statements(seen)
    if not every:
        return None
    bare = [each for each in every if not supported(each, _pieces(each, seen).values())]
    return share(len(every) - len(bare), len(every), f"not supported by what is cited: “{_text(bare[0])}”" if bare else "")


def precision(case: Case, seen: Seen) -> Score | None:
    """The share of citations that their statement needs or that support it alone."""
    pairs = [(each, n) for each in statements(seen) for n in _cited(each)]
    if not pairs:
        return None
    idle = [(each, n) for each, n in pairs if irrelevant(each, n, _pieces(each, seen))]
    return share(len(pairs) - len(idle), len(pairs), f"[{idle[0][1]}] adds nothing to “{_text(idle[0][0])}”" if idle else "")


def irrelevant(statement: Statement, n: int, pieces: Mapping[int, Evidence]) -> bool:
    """Whether a citation neither speaks of the statement by itself nor is needed by the others."""
    if n not in pieces or not supported(statement, pieces.values()):
        return True
    others = [piece for number, piece in pieces.items() if number != n]
    return not any(bears(claim, pieces[n]) for claim in statement) and supported(statement, others)


def supported(statement: Statement, pieces: Collection[Evidence]) -> bool:
    """Whether the pieces together say every cited figure of the statement, and speak of what it speaks of."""
    if not pieces:
        return False
    figures = [(figure, claim.text) for claim in statement for figure in _figures(claim)]
    return all(supports(figure, text, list(pieces)) for figure, text in figures) and (bool(figures) or any(bears(claim, piece) for claim in statement for piece in pieces))


def bears(claim: Claim, piece: Evidence) -> bool:
    """Whether a piece alone speaks of the claim: it says one of its figures, holds one of its moves, a number it reckons with, or a content word."""
    said = " ".join((piece.title, piece.publisher, piece.says, *piece.also, piece.excerpt or "", *_known_of(piece)))
    if claim.text.rstrip(".").casefold() in said.casefold() or set(claim.moves) & set(piece.moves) or set(terms(claim.text)) & set(terms(said)):
        return True
    used = {number for use in claim.figures if use.formula for number in numbers(use.formula.replace(" to ", " + "))}
    return bool(used & {number for figure in find(said) for number in figure.bounds}) or any(supports(each, claim.text, piece) for each in find(claim.text))


def statements(seen: Seen) -> list[Statement]:
    """The claims that need support, those that run on behind a colon joined to what follows."""
    joined: list[Statement] = []
    for claim in seen.reply.answer.claims:
        if joined and joined[-1][-1].text.endswith(":"):
            joined[-1] = (*joined[-1], claim)
        else:
            joined.append((claim,))
    fixed = {text for texts in seen.library.phrases.values() for text in texts}
    return [each for each in joined if _needs_support(each) and not all(claim.text in fixed and not claim.moves for claim in each)]


def _needs_support(statement: Statement) -> bool:
    return bool(_cited(statement)) or any(claim.kind not in FREE and not _reckoned(claim) for claim in statement)


def _reckoned(claim: Claim) -> bool:
    """Whether every figure of the claim is the client's own or worked out."""
    return bool(claim.figures) and all(use.support is not Support.CITED for use in claim.figures)


def _figures(claim: Claim) -> list[Figure]:
    cited = {(use.start, use.end) for use in claim.figures if use.support is Support.CITED}
    return [figure for figure in find(claim.text) if (figure.start, figure.end) in cited]


def _known_of(piece: Evidence) -> list[str]:
    """What is known of a record besides what it says."""
    kind = " ".join((piece.evidence_class.replace("_", " "), page("de").evidence(piece.evidence_class)))
    return [kind] if piece.record is None else [kind, piece.record.caution, str(piece.record.population), str(piece.record.condition)]


def _cited(statement: Statement) -> tuple[int, ...]:
    return tuple(dict.fromkeys(n for claim in statement for n in claim.citations))


def _pieces(statement: Statement, seen: Seen) -> dict[int, Evidence]:
    return {n: seen.evidence[n] for n in _cited(statement) if n in seen.evidence}


def _text(statement: Statement) -> str:
    return " ".join(claim.text for claim in statement)


SCORERS = (Scorer("citation_recall", "grounding", "answers", recall), Scorer("citation_precision", "grounding", "answers", precision))
