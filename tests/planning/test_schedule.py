"""Days for tasks: within the hours, after what they wait for, on working days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.domain.plan import Priority, Role
from advisor.planning.calendar import Calendar, next_monday
from advisor.planning.schedule import OverloadedError, Piece, schedule

START = date(2027, 1, 11)
DAILY = {role: Decimal("0.4") for role in Role}


@st.composite
def pieces(draw: st.DrawFn) -> list[Piece]:
    """Work in which each piece may wait for earlier ones."""
    found: list[Piece] = []
    for number in range(draw(st.integers(1, 14))):
        first = draw(st.integers(1, 10))
        after = draw(st.lists(st.sampled_from([piece.id for piece in found]), max_size=3, unique=True)) if found else []
        effort = draw(st.sampled_from(["0.125", "0.5", "1", "2"]))
        found.append(Piece(str(number), draw(st.sampled_from([Role.OWNER, Role.SALES])), Decimal(effort), (first, first + 2), tuple(after), draw(st.sampled_from(Priority))))
    return found


@given(pieces(), st.lists(st.dates(START, date(2027, 4, 1)), max_size=5))
@settings(max_examples=150, deadline=None)
def test_work_is_done_in_order_within_the_hours_on_working_days(work: list[Piece], closed: list[date]) -> None:
    calendar = Calendar(START, closed)
    try:
        planned = schedule(work, calendar, 12, DAILY)
    except OverloadedError:
        return
    kept = {piece.id: piece for piece in work if piece.id not in planned.dropped}
    assert set(planned.days) == set(kept)
    assert not [piece for piece in work if piece.id in planned.dropped and piece.priority is Priority.MUST]
    for piece in kept.values():
        days = planned.days[piece.id]
        assert calendar.works(days.start)
        assert calendar.works(days.end)
        assert calendar.first_of(piece.weeks[0]) <= days.start <= days.end <= planned.end
        assert all(planned.days[id_].end < days.start for id_ in piece.after if id_ in kept)
    for role in Role:
        own = [(piece, planned.days[piece.id]) for piece in kept.values() if piece.role is role]
        for first in {days.start for _, days in own}:
            for last in {days.end for _, days in own if days.end >= first}:
                done = sum((piece.effort for piece, days in own if first <= days.start and days.end <= last), Decimal(0))
                assert done <= DAILY[role] * sum(1 for _ in calendar.days(first, last))


def test_what_can_wait_goes_before_what_should_be_done() -> None:
    work = [Piece(name, Role.OWNER, Decimal(9), (1, 4), (), priority) for name, priority in (("m", Priority.MUST), ("s", Priority.SHOULD), ("c", Priority.COULD))]
    assert schedule(work, Calendar(START), 12, DAILY).dropped == ("c",)


def test_what_must_be_done_is_never_left_out_and_makes_the_plan_longer() -> None:
    work = [Piece(str(number), Role.OWNER, Decimal(10), (1, 4), (), Priority.MUST) for number in range(4)]
    calendar = Calendar(START)
    planned = schedule(work, calendar, 12, DAILY)
    assert planned.dropped == ()
    assert planned.end > calendar.last_of(12)


def test_what_waited_for_left_out_work_waits_for_what_came_before_it() -> None:
    work = [
        Piece("a", Role.OWNER, Decimal(2), (1, 2), (), Priority.MUST), Piece("b", Role.OWNER, Decimal(30), (3, 4), ("a",), Priority.COULD),
        Piece("c", Role.OWNER, Decimal(1), (1, 2), ("b",), Priority.MUST),
    ]  # fmt: skip
    planned = schedule(work, Calendar(START), 12, DAILY)
    assert planned.dropped == ("b",)
    assert planned.days["a"].end < planned.days["c"].start


def test_no_end_in_sight_is_an_error() -> None:
    with pytest.raises(OverloadedError):
        schedule([Piece("a", Role.OWNER, Decimal(1000), (1, 2), (), Priority.MUST)], Calendar(START), 12, DAILY)


def test_weeks_begin_on_the_day_of_the_start_and_plans_on_a_monday() -> None:
    calendar = Calendar(date(2027, 1, 13))
    assert calendar.first_of(2) == date(2027, 1, 20)
    assert next_monday(date(2026, 11, 30)) == date(2026, 12, 7)
    assert next_monday(date(2026, 11, 26)) == date(2026, 11, 30)
