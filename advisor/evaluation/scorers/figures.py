"""Whether the expected figures are shown, and cited to the records they belong to."""

from __future__ import annotations

from decimal import Decimal

from advisor.domain import FigureUse, Support
from advisor.evaluation.cases import Case, Shown
from advisor.evaluation.scorers.scorer import Score, Scorer, listed, share
from advisor.evaluation.seen import Seen
from advisor.figures import find

Bounds = frozenset[Decimal | None]


def bounds(text: str) -> set[Bounds]:
    """Each figure of a text as its ends: a range by both, an open or single number by the one."""
    return {frozenset({figure.low, figure.high} - {None}) for figure in find(text)}


def figures(case: Case, seen: Seen) -> Score | None:
    """The share of expected figures that are shown as expected (figure recall)."""
    wanted = case.expected.figures
    if not wanted:
        return None
    missing = [figure for figure in wanted if not shown(figure, seen)]
    names = [f"{figure.says} from {figure.source}" if figure.source else figure.says for figure in missing]
    return share(len(wanted) - len(missing), len(wanted), f"not shown: {listed(names)}")


def shown(figure: Shown, seen: Seen) -> bool:
    values = bounds(figure.says)
    if figure.source is None or not values:
        in_text = bool(values & bounds(seen.reply.text)) if values else figure.says.lower() in seen.reply.text.lower()
        return in_text and (figure.source is None or seen.shows(figure.source))
    numbers = {citation.n for citation in seen.reply.citations if citation.id == figure.source}
    return any(values & bounds(_words(use, claim.text)) and _cites(use, claim.citations, numbers) for claim in seen.reply.answer.claims for use in claim.figures)


def _words(use: FigureUse, text: str) -> str:
    """A figure with the words around it, which hold its unit."""
    return text[use.start : use.end]


def _cites(use: FigureUse, citations: tuple[int, ...], numbers: set[int]) -> bool:
    return use.citation in numbers or (use.support is Support.CITED and bool(numbers & set(citations)))


SCORERS = (Scorer("figures", "grounding", "answers", figures),)
