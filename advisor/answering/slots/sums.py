"""Sums with the client's own numbers: the result with its formula, what it means, what would change it, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from advisor.answering.amounts import currency_text
from advisor.answering.brief import Brief
from advisor.answering.computations.choice import chosen
from advisor.answering.computations.inputs import Inputs
from advisor.answering.computations.lines import Figure, Line, Outcome, Place
from advisor.domain import ClaimKind, DraftClaim, Stance
from advisor.intake import numbers
from advisor.intake.quantities import Quantity
from advisor.toolbox.economics import Worked, worked
from advisor.toolbox.parts import number, shown

_SHOWN_ASKS = 2
_ADVICE = {"worth.effort_how": "effort", "owed.two_lines": "two_lines", "owed.decides": "sourced", "per_deal.customer_cac": "partner_cac"}
_LISTED = frozenset({"owed.sourced", "owed.influenced", "rep.co_sold", "rep.closed", "rep.co_sold_total", "rep.closed_total"})
_PLACES = {"percent": 1, "multiple": 2, "months": 1, "hours": 1, "days": 1, "years": 1, "deals": 1}


def sum_lead(brief: Brief) -> Iterator[DraftClaim]:
    """The result with its formula, first of all; else what is needed for one: a rate between two currencies before anything else."""
    n, done = inputs_of(brief), _done(brief)
    if n.mixed:
        yield brief.claim("sum.mixed", kind=ClaimKind.QUESTION, block="lead", currencies=brief.join(list(n.mixed)))
    elif done is None:
        yield brief.claim("sum.missing" if n.quantities else "sum.nothing", kind=ClaimKind.QUESTION, block="lead")
    else:
        yield from _claims(brief, n, done, "lead")
        yield from _converted(brief, n)


def sum_meaning(brief: Brief) -> Iterator[DraftClaim]:
    """What the result means, held against what the knowledge cites, and what the sum left out."""
    n, done = inputs_of(brief), _done(brief)
    if done is None or n.mixed:
        return
    yield from _claims(brief, n, done, "meaning")
    arr = brief.client.arr
    left = [] if done.missing else [item for item in n.left_out(done.uses) if arr is None or item.value != arr.amount]  # the company's size is told beside a sum, and not for it
    for key, items in (("unread", [item for item in left if not item.role]), ("left_out", [item for item in left if item.role])):
        if items:
            yield brief.claim(f"sum.{key}", kind=ClaimKind.QUESTION, numbers=_quoted(brief, items))


def sum_change(brief: Brief) -> Iterator[DraftClaim]:
    """What would change the result."""
    n, done = inputs_of(brief), _done(brief)
    if done is not None and not n.mixed:
        yield from _claims(brief, n, done, "change")


def sum_ask(brief: Brief) -> Iterator[DraftClaim]:
    """What this very sum still lacks."""
    n, done = inputs_of(brief), _done(brief)
    asks = ("fx", *(done.asks if done and done.missing else ())) if n.mixed else done.asks if done else ("basics",)
    for ask in asks[:_SHOWN_ASKS]:
        unread: dict[str, Any] = {"numbers": _quoted(brief, [item for item in n.left_out(done.uses) if not item.role] or n.left_out(done.uses))} if done and ask == "unread" else {}
        yield brief.claim(f"sum.ask.{ask}", kind=ClaimKind.QUESTION, block="question", section=brief.heading("open"), **unread)


def _quoted(brief: Brief, items: list[Quantity]) -> str:
    return brief.join([brief.say("language.quote", text=item.quote) for item in items])


def inputs_of(brief: Brief) -> Inputs:
    return Inputs(numbers(brief.question), brief.client, brief.shelf.library, brief.question)


def _done(brief: Brief) -> Outcome | None:
    return chosen(inputs_of(brief))


def _claims(brief: Brief, n: Inputs, done: Outcome, place: Place) -> Iterator[DraftClaim]:
    for index, line in enumerate(line for line in done.lines if line.place == place):
        yield line_claim(brief, n, line, first=index == 0)


def line_claim(brief: Brief, n: Inputs, line: Line, *, first: bool) -> DraftClaim:
    section = brief.heading(line.section) if line.section else ""
    if line.record:
        return brief.record_claim(brief.shelf.library.benchmarks[line.record], section=section)
    passages = brief.playbook.passages[_ADVICE[line.key]] if line.key in _ADVICE else ()
    cited = [name for item in line.worked for name in item.inputs if name in brief.shelf.library.benchmarks]
    slots = {name: text for each, figure in line.figures.items() for name, text in figure_slots(brief, each, figure, n.currency)}
    slots |= {name: _said(brief, text) for name, text in line.words.items()}
    slots |= {name: brief.join([brief.say(key) for key in keys]) for name, keys in line.terms.items()}
    return brief.claim(
        f"sum.{line.key}",
        kind=ClaimKind.ADVICE if passages else ClaimKind.FIGURE if any(line.worked) else ClaimKind.QUESTION,
        stance=Stance.ADVISE if passages else Stance.MENTION,
        evidence=[*passages, *cited],
        computed=[item.as_computation() for item in line.worked],
        block="lead" if line.place == "lead" and first else "bullet" if line.place == "lead" and line.key in _LISTED else "paragraph",
        section=section,
        **slots,  # type: ignore[arg-type]
    )


def _said(brief: Brief, text: str) -> str:
    """What fills a slot beside the figures: a word of the units by its key, or an amount."""
    return brief.wording.say(f"units.{text}") if brief.wording.has(f"units.{text}") else brief.amount(text)


def figure_slots(brief: Brief, name: str, figure: Figure, currency: str | None) -> Iterator[tuple[str, str]]:
    """A figure's result and its formula, as the two slots of a sentence."""
    if isinstance(figure, tuple):
        low, high = figure
        span = f"{_text(brief, low, currency, bare=low.unit == 'percent')}–{_text(brief, high, currency, bare=high.unit != 'percent')}"
        yield name, brief.amount(span)
        yield f"{name}_how", brief.wording.say("units.span.to", low=brief.amount(low.formula), high=brief.amount(high.formula))
    else:
        yield name, _text(brief, figure, currency) if figure.up else brief.amount(_text(brief, figure, currency))
        yield f"{name}_how", brief.amount(figure.formula)


def _text(brief: Brief, item: Worked, currency: str | None, *, bare: bool = False) -> str:
    if item.unit.startswith("money"):
        return shown(item.value) if bare else currency_text(item.value, currency)
    if item.up:
        return brief.wording.say(f"units.whole.{item.unit}{'.one' if item.value == 1 else ''}", n=brief.amount(shown(item.value, 0)))
    text = shown(item.value, _PLACES.get(item.unit, 1))
    return f"{text} %" if item.unit == "percent" and not bare else text


def _converted(brief: Brief, n: Inputs) -> Iterator[DraftClaim]:
    for item, part in n.converted:
        yield brief.claim(
            "sum.converted",
            kind=ClaimKind.FIGURE,
            computed=[worked(part, "money").as_computation(), worked(number(item.value, (item.role, item.start)), "money").as_computation()],
            amount=brief.amount(currency_text(item.value, item.currency)),
            converted=brief.amount(currency_text(part.value, n.currency)),
            formula=brief.amount(part.formula),
        )


SLOTS = {"sum_lead": sum_lead, "sum_meaning": sum_meaning, "sum_change": sum_change, "sum_ask": sum_ask}
