"""Figures that the client gave: in the question, in stated facts and metrics. They support only what is said of the client."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from advisor.domain import Client, Unit
from advisor.figures import Figure, differs, find
from advisor.figures.align import score
from advisor.figures.terms import terms
from advisor.intake import numbers as read_numbers
from advisor.intake.quantities import MONEY, Quantity
from advisor.toolbox.parts import number

_GENERAL = re.compile(
    r"\b(?:typical(?:ly)?|usual(?:ly)?|average|benchmarks?|industry|companies|vendors|research|study|studies|surveys?|"
    r"typisch(?:e[mnrs]?|erweise)?|üblich(?:e[mnrs]?|erweise)?|durchschnitt(?:s|lich(?:e[mnrs]?)?)?|vergleichswerte?n?|branche|unternehmen|anbieter|forschung|studien?|umfragen?|normal(?:e[mnrs]?|erweise)?|"
    r"common(?:ly)?|standard|normal(?:ly)?|best practice|generally|norm|most (?:programmes|firms|teams|partners))\b", re.I
)
_GENERAL_BEFORE = re.compile(r"\b(?:durchschnittlich|typischerweise|üblicherweise|benchmark|average|typical|standard|norm|usual)\b(?:\s\w+){0,2}\s*$", re.I)
_CLIENT = re.compile(r"\b(?:you|your|yours|you're|you've|you'd|we|our|us|wir|uns|unser(?:e[mnrs]?)?)\b|(?-i:\b(?:Ihr(?:e[mnrs]?)?|Ihnen|Sie)\b)", re.I)
_OWN = re.compile(r"\b(?:we|we're|we've|our|ours|us|my|mine|I|I'm|I've|me|wir|uns|unser(?:e[mnrs]?)?|mein(?:e[mnrs]?)?|ich|mir)\b", re.I)
_CLAIMED = re.compile(
    r"\b(?:is it (?:true|right)|true that|true\?|right\?|correct\?|heard|read (?:that|about|somewhere)|told|claims?|claimed|says?|said|according|stud(?:y|ies)|reports?|"
    r"stimmt (?:es|das)|trifft es zu|ist es (?:wahr|richtig)|gehört|gelesen|laut|behaupte[nt]*|sagt(?:e|en)?|meint(?:e|en)?|studien?|berichte?|artikel|durchschnitt|versprechen|erwarten|zitier\w*|quellen?|umfragen?|anbieter|berater sagen|"
    r"articles?|blog|benchmarks?|averages?|promise|(?:can|could|should|may|might|would|to|i|we) (?:\w+ ){0,2}expect|quoted?|sources?|survey|research|vendors?|consultants? say|people say|seen|figure of)\b", re.I
)
_END = re.compile(r"[.!?](?=\s|$)|\n")
_LOOSE = 2.0
_AMOUNT = 10_000
_MOST = 400  # figures of a question that are known as given; nobody states more of a company
_REACH = 2_000  # characters around a figure that are read as its sentence
_ECHO = 0.7


class Given:
    """The client's own figures, found once for an answer.

    A figure of the question is the client's own unless its sentence passes on what others claim ("is it true that deals close
    60 % faster?"). Such a figure may stand in a refusal or a question, and nowhere else without a citation.
    """

    def __init__(self, question: str, client: Client, earlier: Iterable[Client] = ()) -> None:
        quotes = [*(fact.quote for fact in client.facts.values()), *(metric.quote for metric in client.metrics.values())]
        self._question = question
        self._words = frozenset(terms(question))
        sentences = dict.fromkeys(sentence for each in (client, *earlier) for sentence in _facts(each))
        self._stated = [figure for sentence in sentences for figure in find(sentence)]
        self._stated += [figure for quote in dict.fromkeys(quotes) if quote and quote not in question for figure in find(quote)]
        ends = [match.end() for match in _END.finditer(question)]
        self._asked = [_Asked(figure, *_ownership(question, ends, figure)) for figure in find(question)[:_MOST]]
        self._figures = self._stated + [asked.figure for asked in self._asked]
        self._rates = frozenset(number(rate).value for each in (client, *earlier) for rate in each.fx.values())

    @property
    def numbers(self) -> frozenset[Decimal]:
        """Every number that the client gave, for the inputs of a sum, his exchange rates among them; `one in five` gives five."""
        read = frozenset(each for item in self._inputs for each in (item.value, Decimal(item.parts or 0)))
        return read | self._rates | frozenset(bound for figure in self._figures for bound in figure.bounds if bound is not None)

    @cached_property
    def _inputs(self) -> tuple[Quantity, ...]:
        return read_numbers(self._question)

    @cached_property
    def _amounts(self) -> list[Figure]:
        """Amounts of the question as a sum shows them: one without a currency stands in that of the others."""
        codes = {item.currency for item in self._inputs} | {None}
        sums = [f"{item.value:f} {code or ''}".strip() for item in self._inputs if item.kind == MONEY for code in ({item.currency} if item.currency else codes)]
        return [figure for amount in sums for figure in find(f"Our amount is {amount}.")]

    def holds(self, figure: Figure, *, of_client: bool = False, of_sum: bool = False) -> bool:
        """Whether the client gave this figure and the sentence says it of the client, not of companies in general.

        A question, a refusal or a sum is `of_client` without saying so; a sum may also show an amount in the currency of the others.
        """
        owned = self._stated + [asked.figure for asked in self._asked if asked.owned or of_client]
        same = [given for given in owned if differs(figure, given, hedges=False) == "none"]
        if of_sum and not same and any(given.bounds == figure.bounds and given.currency == figure.currency for given in self._amounts):
            return True
        if not same or not (of_client or self._of_client(figure, same)):
            return False
        if figure.kind == "date":
            return True
        if self._best_of_stated(figure, same):
            return True
        best = max(score(figure, given, frozenset()) for given in same)
        others = [given for given in self._figures if given.unit is figure.unit and differs(figure, given, hedges=False) != "none"]
        return best >= max((score(figure, given, frozenset()) for given in others), default=best) - _LOOSE

    def _best_of_stated(self, figure: Figure, same: list[Figure]) -> bool:
        """Whether a typed fact has the figure and none of the others fits its words better, whatever else the question counts."""
        scores = {id(given): score(figure, given, frozenset()) for given in self._stated if given.unit is figure.unit}
        mine = [scores[id(given)] for given in self._stated if given in same and id(given) in scores]
        return bool(mine) and max(mine) >= max(scores.values())

    def _of_client(self, figure: Figure, same: list[Figure]) -> bool:
        words = figure.frame.words
        if _GENERAL.search(words) and (not _CLIENT.search(words) or _general_right_before(figure)):
            return False
        stated = any(given in self._stated for given in same)
        if figure.frame.client or (stated and (figure.unit is Unit.MONEY or _large(figure))):
            return True
        said = stated or any(asked.said for asked in self._asked if asked.figure in same)
        known = self._words.union(*(given.frame.sentence for given in same))
        return said and bool(figure.frame.clause) and len(figure.frame.clause & known) >= _ECHO * len(figure.frame.clause)


class _Asked(NamedTuple):
    """A figure of the question: whether it is the client's own, and whether its sentence says so ("we", "our")."""

    figure: Figure
    owned: bool
    said: bool


def _ownership(question: str, ends: Sequence[int], figure: Figure) -> tuple[bool, bool]:
    before, after = bisect_right(ends, figure.start), bisect_right(ends, figure.end)
    start = max(ends[before - 1] if before else 0, figure.start - _REACH)
    sentence = question[start : min(ends[after] if after < len(ends) else len(question), figure.end + _REACH)]
    said = bool(_OWN.search(sentence))
    return not _CLAIMED.search(sentence) and (said or "?" not in sentence), said


def _large(figure: Figure) -> bool:
    """Whether a number is so large that it can only be the client's own amount, written without a currency."""
    return figure.unit is Unit.COUNT and figure.bounds[0] is not None and figure.bounds[0] >= _AMOUNT


def _general_right_before(figure: Figure) -> bool:
    before, _, _ = figure.frame.words.partition(figure.text)
    return bool(_GENERAL_BEFORE.search(before))


def _facts(client: Client) -> Iterator[str]:
    """The typed facts as sentences, so that they are found as any figure is."""
    for name, money in (("ARR", client.arr), ("contract value ACV deal", client.acv), ("tool budget", client.tool_budget)):
        if money is not None:
            yield f"Our {name} is {_amount(money.amount, money.currency)}."
            yield f"We are at {_amount(money.amount, money.currency)} {name}."
            if name.endswith("deal"):
                yield f"Our {name} is {_amount(money.amount, money.currency)} a year."
            if money.eur is not None and money.currency != "EUR":
                yield f"Our {name} is {_amount(money.eur, 'EUR')}."
    for name, count in (("signed partners", client.partners.signed), ("active partners", client.partners.active), ("mapped partners connected for account mapping", client.partners.mapped)):
        if count is not None:
            yield f"We have {count} {name}."
    if client.programme_age_months is not None:
        yield f"Our partner programme is {client.programme_age_months} months old."
    for name, metric in client.metrics.items():
        value = _amount(metric.value, metric.currency) if metric.unit is Unit.MONEY else f"{metric.value:f} {_UNIT_WORDS.get(metric.unit, metric.unit)}"
        yield f"Our {name.replace('_', ' ')} is {value}{f' per {metric.per}' if metric.per else ''}."
    for decision in client.decided:
        if decision.on is not None:
            yield f"We decided it on {decision.on.isoformat()}."
    for day in dict.fromkeys(fact.stated_on for fact in client.facts.values() if fact.stated_on is not None):
        yield f"We said it on {day.isoformat()}."


_UNIT_WORDS: dict[Unit, str] = {
    Unit.PERCENT: "percent", Unit.PERCENT_UNSPECIFIED: "percent", Unit.PERCENTAGE_POINTS: "percentage points", Unit.MULTIPLE: "times",
    Unit.FTE: "FTE", Unit.COUNT: "", Unit.RATIO: "times", Unit.SCORE: "", Unit.LEVEL: "",
}


def _amount(amount: Decimal, currency: str | None) -> str:
    return f"{amount:f} {currency or ''}".strip()


