"""What a figure in a message is of: a share of revenue, a commission, a level or a difference, now, before or some day. Beside which records it may stand follows from that."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations

from advisor.answering.playbook import Claims
from advisor.domain import Unit
from advisor.domain.regex import Regex
from advisor.figures import Figure, find
from advisor.intake.message import plain

_BETWEEN = Regex(r"[,;?!\n]|\.(?!\d)|\b(?:and|but|while|whereas|vs|versus|against|than|und|aber|während|gegen|gegenüber|sowie|doch)\b")
_LEFT = Regex(r"\b(?:from|von)\s(?:about |around |roughly |etwa |rund |zuvor )?$")  # `fell from 22 %`: it is there no more
_PARTS, _ROUNDED = {"sourced", "influenced"}, Decimal("0.6")  # what is never added, and by how much a percentage is rounded
_BESIDE = {"somebody", "compared", "grown"}  # told beside a question on something of one's own
_PAID = "commission_"  # how the metrics of what partners are paid begin
_AMOUNT = 1_000  # from which a number without a currency is one of money
_LEAD = 30  # characters before a figure in which it is said to be left behind


def around(text: str, figure: Figure) -> str:
    """The words around a figure, made plain, up to the next break or figure on both sides."""
    low, figures = plain(text), find(text)
    behind = max((other.end for other in figures if other.end <= figure.start), default=0)
    before = min((other.start for other in figures if other.start >= figure.end), default=len(low))
    start = max((match.end() for match in _BETWEEN.finditer(low, behind, figure.start)), default=behind)
    end = next((match.start() for match in _BETWEEN.finditer(low, figure.end, before)), before)
    return low[start:end]


def foreign(text: str, figure: Figure, metric: str, claims: Claims) -> bool:
    """Whether the words around a figure say that it is of something else than a metric, or somebody else's."""
    return any(metric not in claims.measures[hit.key].metrics for hit in claims.measuring.find(around(text, figure)))


def _own(text: str, figure: Figure, metric: str, claims: Claims) -> bool:
    return any(metric in claims.measures[hit.key].metrics for hit in claims.measuring.find(around(text, figure)))


def meant(text: str, metric: str, figures: Iterable[Figure], claims: Claims) -> Figure | None:
    """The figure of a message that says how things are with a metric; None where there is none, or where nobody can tell which of several it is."""
    found = present(text, [figure for figure in figures if not foreign(text, figure, metric, claims)], claims)
    found = [figure for figure in found if _own(text, figure, metric, claims)] or found
    return found[0] if len({figure.bounds for figure in found}) == 1 else None


def present(text: str, figures: list[Figure], claims: Claims) -> list[Figure]:
    """The figures that tell how things are, where others are a goal or tell how they were; all of them where none does."""
    return [figure for figure in figures if not (before(text, figure, claims) or aimed(text, figure, claims))] or figures


def before(text: str, figure: Figure, claims: Claims) -> bool:
    """Whether a figure tells how things were."""
    return _LEFT.search(plain(text), max(0, figure.start - _LEAD), figure.start) is not None or any(hit.key == "before" for hit in claims.tenses.find(around(text, figure)))


def aimed(text: str, figure: Figure, claims: Claims) -> bool:
    """Whether the words around a figure name it as a goal."""
    return any(hit.key == "aim" for hit in claims.tenses.find(around(text, figure)))


def direction(text: str, figure: Figure, metric: str, claims: Claims) -> str:
    """For a record that is a difference, whether a figure is told as one too (`with`), as one in the other direction (`against`) or as a `level`; empty for other records."""
    name = next((name for name, change in claims.changes.items() if metric in change.metrics), "")
    said = {hit.key for hit in claims.directions[name].find(around(text, figure))} if name else set()
    return ("against" if "against" in said else "with" if said else "level") if name else ""


def reached(text: str, figure: Figure, claims: Claims) -> bool:
    """Whether the words around a figure say that it is there already, or by how much something else was missed, so that it is no goal."""
    words = around(text, figure)
    return any(hit.key == "now" for hit in claims.tenses.find(words)) or any(hit.key == "missed_by" for hit in claims.measuring.find(words))


def of_pipeline(text: str, figure: Figure, claims: Claims) -> bool:
    """Whether a figure is a share of the pipeline."""
    return {hit.key for hit in claims.measuring.find(around(text, figure))} - {"sourced"} == {"pipeline"}


def elsewhere(text: str, metric: str, claims: Claims) -> bool:
    """Whether a text asks about something else than a metric: all its figures are of something else and none of its words names it, or it asks what another kind of pay or discount is usual."""
    said = {hit.key for hit in claims.measuring.find(plain(text))} - _BESIDE
    if not said or metric not in claims.measured or any(metric in claims.measures[name].metrics for name in said):
        return False
    figures = [figure for figure in find(text) if figure.unit is Unit.PERCENT]
    return all(foreign(text, figure, metric, claims) for figure in figures) if figures else metric.startswith(_PAID)


def summed(text: str, claims: Claims) -> bool:
    """Whether a message reports what partners sourced and what they influenced as one share: `40 % influenced and 30 % sourced, so 70 %`."""
    if not {hit.key for hit in claims.measuring.find(plain(text))} >= _PARTS:
        return False
    figures = [figure for figure in find(text) if figure.bounds[0] is not None and figure.bounds[0] == figure.bounds[1]]
    shares = [figure for figure in figures if figure.unit is Unit.PERCENT]
    amounts = [figure for figure in figures if figure.unit in {Unit.MONEY, Unit.COUNT} and _number(figure) >= _AMOUNT]
    whole = max((_number(figure) for figure in amounts), default=Decimal(0))
    parts = [_number(one) + _number(other) for one, other in combinations(amounts, 2)]
    reported = [figure for figure in shares if not _own_part(text, figure, claims)]
    if any(abs(part / whole * 100 - _number(share)) <= _ROUNDED for part in parts for share in reported if part < whole):
        return True
    added = {_number(one) + _number(other) for one, other in combinations(shares, 2) if _own_part(text, one, claims) and _own_part(text, other, claims)}
    return any(_number(share) in added and not aimed(text, share, claims) for share in reported)


def _own_part(text: str, figure: Figure, claims: Claims) -> bool:
    """Whether a figure is of what partners sourced or influenced alone."""
    return len(_PARTS & {hit.key for hit in claims.measuring.find(around(text, figure))}) == 1


def _number(figure: Figure) -> Decimal:
    return figure.bounds[0] or Decimal(0)
