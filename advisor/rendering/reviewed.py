"""The partners of a review: a table for each standing, and the sums over the list with their formulas."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from advisor.domain.plan import Plan, Review, Reviewed, Standing, Total
from advisor.rendering.blocks import Block, Grid, Heading, Paragraph, Text, amount
from advisor.rendering.tables import harmless
from advisor.rendering.words import Page

_LONGEST_FORMULA = 160
_MONEY = ("sourced", "influenced", "pipeline")


def partners(plan: Plan, labels: Page) -> Iterator[Block]:
    """Names come from the client's file: they are shown as words, and never as a formula."""
    review = plan.review
    if review is None:
        return

    def say(key: str, **slots: object) -> str:
        return labels.say(f"plan.review.{key}", **slots)

    yield Heading(2, say("title"))
    yield Paragraph(Text(say("money", currency=review.currency) if review.currency else say("no_currency")))
    columns = tuple(say(f"column.{name}") for name in ("partner", *_MONEY, "hours", "per_hour", "why"))
    for standing in Standing:
        own = [each for each in review.partners if each.standing is standing]
        if own:
            yield Heading(3, say(f"standing.{standing}", count=len(own)))
            yield Grid(columns, tuple(_partner(each, labels) for each in own), (20, 11, 11, 11, 8, 11, 28))
    if review.totals:
        yield Heading(3, say("totals"))
        rows = tuple(((Text(_total(each, review, labels)),), (Text(money(each.worked.result, labels)),), (Text(_formula(each.worked.formula, labels)),)) for each in review.totals)
        yield Grid(tuple(say(f"column.{name}") for name in ("total", "amount", "formula")), rows, (30, 16, 54))


def _partner(each: Reviewed, labels: Page) -> tuple[tuple[Text, ...], ...]:
    values = [getattr(each.partner, name) for name in (*_MONEY, "hours")]
    cells = [harmless(each.partner.name), *(open_or(value, labels) for value in values), open_or(each.per_hour.result if each.per_hour else None, labels)]
    return (*((Text(cell),) for cell in cells), (Text(each.because.text, each.because.citations),))


def open_or(value: Decimal | None, labels: Page) -> str:
    return "–" if value is None else money(value, labels)


def money(value: Decimal, labels: Page) -> str:
    """An amount as the language writes it, thousands apart."""
    whole, mark, part = amount(value, labels).partition(labels.say("plan.decimal"))
    return f"{int(whole):,}".replace(",", labels.say("plan.thousand")) + mark + part


def _total(each: Total, review: Review, labels: Page) -> str:
    """The name of a sum, and over how many rows it goes where some have no number."""
    name = labels.say(f"plan.review.total.{each.id}")
    return name if each.rows == len(review.partners) else labels.say("plan.review.some", name=name, rows=each.rows, all=len(review.partners))


def _formula(formula: str, labels: Page) -> str:
    """The formula as the language writes numbers, or what it does where it is too long to be read: the rows stand above."""
    marks = str.maketrans({",": labels.say("plan.thousand"), ".": labels.say("plan.decimal")})
    return formula.translate(marks) if len(formula) <= _LONGEST_FORMULA else labels.say("plan.review.long")
