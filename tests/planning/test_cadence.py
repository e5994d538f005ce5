"""The cadence: forums that fit stage and motion, and series that a calendar repeats on the days it shows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor import Advisor, Client
from advisor.domain.plan import Plan, PlanRequest, Rhythm
from advisor.planning.meetings import days
from advisor.rendering.formats import render

START = date(2027, 1, 11)


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor(today=lambda: date(2026, 11, 26))


def made(advisor: Advisor, client: Client, **wish: object) -> Plan:
    return advisor.plan(PlanRequest.model_validate({"kind": "cadence", "start": START, **wish}), client)


def ids(plan: Plan) -> set[str]:
    return {meeting.id for meeting in plan.meetings}


@pytest.mark.parametrize("client", [Client(arr="3M EUR", motion="plg"), Client(motion="mid_touch"), Client(arr="9M EUR", motion="channel", direct_predictable=False)])
def test_where_no_programme_fits_one_weekly_slot_and_a_look_back_are_enough(advisor: Advisor, client: Client) -> None:
    assert ids(made(advisor, client)) == {"small-week", "small-quarter"}


@pytest.mark.parametrize(("motion", "meeting"), [("plg", "releases"), ("mid_touch", "introductions"), ("enterprise", "joint-accounts"), ("channel", "registration-desk")])
def test_each_way_of_selling_has_the_meeting_that_it_needs_and_no_other_ones(advisor: Advisor, motion: str, meeting: str) -> None:
    there = ids(made(advisor, Client(arr="30M EUR", motion=motion)))
    assert there & {"releases", "introductions", "joint-accounts", "registration-desk"} == {meeting}


def test_every_meeting_has_a_lead_something_on_the_table_and_a_decision(advisor: Advisor) -> None:
    for arr in ("3M EUR", "9M EUR", "30M EUR", "90M EUR", "200M EUR"):
        for meeting in made(advisor, Client(arr=arr, motion="enterprise")).meetings:
            assert all((meeting.lead, meeting.title.text, meeting.inputs.text, meeting.decides.text, meeting.decides.citations))
            assert meeting.lead not in meeting.others


def test_the_calendar_repeats_the_meetings_on_their_days_and_leaves_out_those_on_which_nobody_works(advisor: Advisor) -> None:
    from icalendar import Calendar

    closed = (date(2027, 2, 2), date(2027, 3, 4))
    plan = made(advisor, Client(arr="30M EUR", motion="mid_touch"), closed=closed)
    whole = Calendar.from_ical(render(plan, "ics", {}))
    series = {str(event["uid"]): event for event in whole.walk("VEVENT") if "RRULE" in event}
    assert len(series) == len(plan.meetings)
    pipeline, review = (next(meeting for meeting in plan.meetings if meeting.id == id_) for id_ in ("pipeline", "partner-review"))
    assert (pipeline.without, review.without) == ((date(2027, 2, 2),), (date(2027, 3, 4),))
    event = next(event for uid, event in series.items() if "meeting-partner-review" in uid)
    assert event["RRULE"]["BYDAY"] == ["1TH"]
    assert event["DTSTART"].dt.date() == review.first
    assert [stamp.dt.date() for stamp in event["EXDATE"].dts] == [date(2027, 3, 4)]


def test_making_the_plan_again_keeps_the_ids_of_the_series(advisor: Advisor) -> None:
    client = Client(arr="9M EUR", motion="plg")
    first, second = (render(made(advisor, client), "ics", {}) for _ in range(2))
    assert first == second


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.sampled_from(Rhythm))
def test_a_series_keeps_its_weekday_and_its_distance(first: date, rhythm: Rhythm) -> None:
    nth = (first.day - 1) // 7 + 1
    if nth > 4:
        return
    found = list(days(first, rhythm, nth, first + timedelta(days=364)))
    assert found[0] == first
    assert {day.weekday() for day in found} == {first.weekday()}
    assert len(found) == {Rhythm.WEEKLY: 53, Rhythm.FORTNIGHTLY: 27}.get(rhythm, len(found))
    if rhythm in {Rhythm.MONTHLY, Rhythm.QUARTERLY, Rhythm.YEARLY}:
        assert len(found) in {Rhythm.MONTHLY: {12, 13}, Rhythm.QUARTERLY: {4, 5}, Rhythm.YEARLY: {1, 2}}[rhythm]
        assert {(day.day - 1) // 7 + 1 for day in found} == {nth}
