"""The staggered year: what holds for every plan, what is known of single ones, and the calendar file."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, time, timedelta
from itertools import pairwise

import attrs
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from rdlib.plan.plan import Plan
from rdlib.plan.routine_year import HOLIDAYS_OF, RoutineYear
from rdlib.plan.routines import QuietTime, Routine
from rdlib.rules.brought import brought
from rdlib.rules.calendar_events import Event, events
from rdlib.rules.days_off import days_off, time_zone, working_days_before
from rdlib.rules.ics import calendar_file, uid
from rdlib.rules.r07_rhythm import halves_of, rhythm_of, span_of, year_end
from rdlib.rules.r07_year import Meeting, Year, _planned, people_of, plan_year
from tests.rules.routines import STOCKTAKE, TEAM, YEAR, plan

START = date(2027, 4, 1)
NAMES = ("Minister", "Deputy", "Ann", "Bob")

ROUTINES = st.builds(
    Routine,
    id=st.just(""),
    title=st.sampled_from(["Stocktake", "Team", "Review"]),
    form=st.sampled_from(["meeting", "stocktake", "note"]),
    priorities=st.lists(st.sampled_from("abcd"), unique=True, max_size=4).map(tuple),
    sharing=st.sampled_from([None, "together", "own", "turns"]),
    chair=st.sampled_from(NAMES),
    attends=st.lists(st.sampled_from(NAMES), unique=True, max_size=3).map(tuple),
    frequency=st.sampled_from(["weekly", "weeks", "monthly", "quarterly", "half-yearly", "yearly"]),
    weeks=st.integers(2, 12).map(float),
    minutes=st.sampled_from([30.0, 90.0, 300.0]),
    weekday=st.sampled_from([None, None, "0", "3"]),
    time=st.sampled_from([None, None, "9:00", "14:00"]),
)
PLANS = st.builds(
    lambda routines, place, quiet: Plan(
        routine_year=RoutineYear(starts=START, holidays_of=place),
        parts={
            "routines": tuple(attrs.evolve(r, id=f"u{n}") for n, r in enumerate(routines)),
            "quiet_times": (QuietTime("q", first=date(2027, 8, 2), last=date(2027, 8, 20)),) if quiet else (),
        },
    ),
    st.lists(ROUTINES, min_size=1, max_size=5),
    st.sampled_from(["CA", "CA-QC", "SA", "PK"]),
    st.booleans(),
)


def meet(one: Meeting, other: Meeting) -> bool:
    """Whether two meetings on one day take the same time: by the clock where both have an hour, else by half-days."""
    spans = span_of(one.routine), span_of(other.routine)
    if spans[0] and spans[1]:
        return spans[0][0] < spans[1][1] and spans[1][0] < spans[0][1]
    return bool(set(one.halves) & set(other.halves))


def assert_sound(made: Year, of: Plan) -> None:
    """What no plan may break: nobody in two places, no day off used, gaps within the bounds of the rhythm."""
    diaries: dict[tuple[str, date], list[Meeting]] = defaultdict(list)
    for meeting in made.meetings:
        assert made.off.why(meeting.day) is None
        assert made.start <= meeting.day <= made.end
        assert meeting.halves in halves_of(meeting.routine)
        rhythm = rhythm_of(meeting.routine)
        assert rhythm is not None
        assert abs((meeting.day - meeting.regular).days) <= rhythm.shift
        assert (meeting.moved == "") == (meeting.day == meeting.regular)
        for person in people_of(meeting.routine, of):
            assert not [other for other in diaries[person, meeting.day] if meet(meeting, other)]
            diaries[person, meeting.day].append(meeting)
    for key in {m.key for m in made.meetings}:
        several = [m for m in made.meetings if m.key == key]
        rhythm = rhythm_of(several[0].routine)
        assert rhythm is not None
        for one, other in pairwise(several):
            steps = other.n - one.n
            assert steps >= 1
            longest = steps * (7 * rhythm.weeks + 35 * rhythm.months - (7 if rhythm.months > 1 else 0))
            gap = (other.day - one.day).days
            assert gap >= steps * (7 * rhythm.weeks + 28 * rhythm.months) - 2 * rhythm.shift
            assert gap > 0
            assert gap <= max(longest, steps * (7 * rhythm.weeks + 31 * rhythm.months + 6)) + 2 * rhythm.shift


@settings(max_examples=60, deadline=None)
@given(PLANS)
def test_nobody_is_in_two_places_no_day_off_is_used_and_gaps_keep_to_the_rhythm(of: Plan) -> None:
    made = plan_year(of, START)
    assert_sound(made, of)
    numbers = {(m.key, m.regular) for m in made.meetings} | {(n.key, n.regular) for n in made.not_placed}
    assert len(numbers) == len(made.meetings) + len(made.not_placed)
    assert all(lost.why for lost in made.not_placed)


@settings(max_examples=8, deadline=None)
@given(PLANS)
def test_the_same_plan_gives_the_same_year(of: Plan) -> None:
    first = plan_year(of, START)
    _planned.cache_clear()
    assert plan_year(of, START) == first


def test_a_date_finds_no_place_only_where_none_could_be_made() -> None:
    """Against an exact solver: with the regular dates as they were chosen, no other arrangement places more."""
    crowded = tuple(
        Routine(
            f"u{n}", title=f"R{n}", chair="Minister", attends=(NAMES[n % 4],), frequency="weekly", minutes=300.0,
            weekday=str(n % 2),
        )
        for n in range(7)
    )  # fmt: skip
    of = Plan(routine_year=RoutineYear(starts=START, holidays_of="CA-ON"), parts={"routines": crowded})
    made = plan_year(of, START)
    assert_sound(made, of)
    assert made.not_placed
    most = _most_that_fit(made, of)
    assert len(made.meetings) >= 0.97 * most


def _most_that_fit(made: Year, of: Plan) -> int:
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_matrix

    wanted = [(m.key, m.routine, m.regular) for m in made.meetings]
    wanted += [(n.key, n.routine, n.regular) for n in made.not_placed]
    columns = 0
    rows: dict[tuple[object, ...], int] = {}
    entries: list[tuple[int, int]] = []
    for key, routine, regular in wanted:
        rhythm = rhythm_of(routine)
        assert rhythm is not None
        for shift in range(-rhythm.shift, rhythm.shift + 1):
            day = regular + timedelta(days=shift)
            if not made.start <= day <= made.end or made.off.why(day):
                continue
            for halves in halves_of(routine):
                used: list[tuple[object, ...]] = [
                    (person, day, half) for person in people_of(routine, of) for half in halves
                ]
                for row in [(key, regular), *used]:
                    entries.append((rows.setdefault(row, len(rows)), columns))
                columns += 1
    places = np.array(entries)
    matrix = coo_matrix((np.ones(len(places)), (places[:, 0], places[:, 1])), shape=(len(rows), columns))
    limits = LinearConstraint(matrix.tocsr(), -np.inf, 1)
    found = milp(-np.ones(columns), constraints=limits, integrality=np.ones(columns), bounds=Bounds(0, 1))
    return int(-found.fun + 0.5)


def test_meetings_of_their_own_are_spread_over_the_interval() -> None:
    of = plan(routines=(attrs.evolve(STOCKTAKE, priorities=("a", "b", "c", "d"), sharing="own"),))
    first = [m.day for m in plan_year(of, START).meetings if m.n == 1]
    gaps = [(b - a).days for a, b in pairwise(sorted(first))]
    assert all(10 <= gap <= 18 for gap in gaps), gaps  # 56 days by 4


def test_priorities_that_take_turns_come_up_one_after_the_other() -> None:
    of = plan(routines=(attrs.evolve(STOCKTAKE, priorities=("a", "b"), sharing="turns"),))
    made = plan_year(of, START)
    assert [m.priorities for m in made.meetings[:3]] == [("a",), ("b",), ("a",)]
    assert len(made.of_priority("a")) == 4


def test_a_holiday_moves_a_date_and_it_is_said_why() -> None:
    of = plan(routines=(attrs.evolve(TEAM, weekday="0"),))
    moved = [m for m in plan_year(of, START).meetings if m.moved]
    assert (date(2027, 5, 25), "Victoria Day") in [(m.day, m.moved) for m in moved]


def test_nobody_sits_in_two_whole_days_at_once_and_the_reason_names_the_other_meeting() -> None:
    busy = Routine("u1", title="Board", chair="Ann", frequency="weekly", minutes=300.0)
    days = tuple(attrs.evolve(busy, id=f"u{n}", title=f"Board {n}", weekday=str(n)) for n in range(5))
    late = Routine("u9", title="Late", chair="Ann", frequency="weekly", minutes=300.0)
    made = plan_year(plan(routines=(*days, late)), START)
    lost = [n for n in made.not_placed if n.routine.id == "u9"]
    assert lost
    assert all(n.clash for n in lost)
    assert "Ann is in “Board" in lost[0].why


def test_two_meetings_on_one_morning_stand_when_their_hours_do_not_meet() -> None:
    early = attrs.evolve(TEAM, id="u3", title="Early", weekday="0", time="8:30", minutes=30.0)
    late = attrs.evolve(TEAM, weekday="0", time="10:00")
    for begins, moved in (("10:00", False), ("8:45", True)):
        made = plan_year(plan(routines=(early, attrs.evolve(late, time=begins))), START)
        monday = date(2027, 4, 12)
        assert any(m.regular == monday and m.moved for m in made.meetings) is moved


def test_a_quiet_time_is_kept_free_and_said_to_be_the_reason() -> None:
    recess = QuietTime("q", why="Recess", first=date(2027, 7, 5), last=date(2027, 8, 27))
    made = plan_year(plan(quiet_times=(recess,), routines=(TEAM,)), START)
    assert not [m for m in made.meetings if recess.first <= m.day <= recess.last]  # type: ignore[operator]
    lost = [n for n in made.not_placed if "Recess" in n.why]
    assert len(lost) == 8
    assert not any(n.clash for n in lost)


def test_a_routine_without_a_rhythm_has_no_dates() -> None:
    assert plan_year(plan(routines=(attrs.evolve(STOCKTAKE, weeks=None),)), START).meetings == ()


@pytest.mark.parametrize("start", [date(2027, 4, 1), date(2028, 2, 29), date(2024, 1, 1)])
def test_a_year_has_all_its_days(start: date) -> None:
    assert (year_end(start) - start).days in {364, 365}


def test_the_holidays_of_every_place_on_the_list_are_known() -> None:
    for choice in HOLIDAYS_OF:
        off = days_off(RoutineYear(holidays_of=choice.value), (), date(2027, 1, 1), date(2027, 12, 31))
        assert len(off.named) >= 4, choice.label
        assert len(off.weekend) in {1, 2}, choice.label


def test_working_days_are_counted_without_what_is_off() -> None:
    off = days_off(RoutineYear(holidays_of="GB", region="ENG"), (), date(2027, 1, 1), date(2027, 12, 31))
    assert working_days_before(date(2027, 4, 1), 4, off) == date(2027, 3, 24)  # Easter from 26 to 29 March
    assert working_days_before(date(2027, 4, 1), 0, off) == date(2027, 4, 1)


@pytest.mark.parametrize(
    ("year", "zone"),
    [
        (RoutineYear(), "America/Toronto"),
        (RoutineYear(holidays_of="CA-NS"), "America/Halifax"),
        (RoutineYear(holidays_of="PK"), "Asia/Karachi"),
        (RoutineYear(holidays_of="US"), None),
        (RoutineYear(holidays_of="US", time_zone="America/Denver"), "America/Denver"),
        (RoutineYear(time_zone="Nowhere/City"), None),
    ],
)
def test_the_time_zone_is_the_written_one_or_the_only_one(year: RoutineYear, zone: str | None) -> None:
    assert time_zone(year) == zone


# --- the calendar file --------------------------------------------------------------------------------------------


def test_another_library_reads_the_file_back_as_it_was_meant() -> None:
    of = plan(routines=(attrs.evolve(STOCKTAKE, title="Stocktake; waits, \n beds"), TEAM))
    found = events(of, START)
    read = vobject.readOne(calendar_file(of, found, START, "America/Toronto").decode("utf-8"))
    assert len(read.vevent_list) == len(found)
    assert len({e.uid.value for e in read.vevent_list}) == len(found)
    timed = next(e for e in read.vevent_list if e.summary.value.startswith("Stocktake"))
    assert timed.summary.value == "Stocktake; waits, \n beds"
    assert timed.dtstart.value.time() == time(14, 0)
    assert timed.dtstart.value.utcoffset() in {timedelta(hours=-4), timedelta(hours=-5)}
    assert timed.dtend.value - timed.dtstart.value == timedelta(minutes=90)
    assert "On the table: One page" in timed.description.value
    whole = next(e for e in read.vevent_list if e.summary.value.startswith("Team"))
    assert isinstance(whole.dtstart.value, date)
    assert "morning" in whole.summary.value or "afternoon" in whole.summary.value
    days = {e.dtstart.value for e in read.vevent_list if e.summary.value.startswith("Evidence")}
    assert days == {date(2027, 5, 11)}  # ten working days before 26 May, without Victoria Day


def test_the_file_has_the_line_ends_and_line_lengths_of_the_standard_and_rings_no_bell() -> None:
    of = plan(routines=(attrs.evolve(STOCKTAKE, topic="é" * 300),))
    made = calendar_file(of, events(of, START), START, "America/Toronto")
    assert made.count(b"\n") == made.count(b"\r\n")
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    assert b"VALARM" not in made
    assert b"BEGIN:VTIMEZONE" in made
    assert calendar_file(of, events(of, START), START, "America/Toronto") == made


def test_an_entry_keeps_its_name_when_its_date_moves() -> None:
    before = {e.key: uid(plan(), e) for e in events(plan(), START)}
    shifted = plan(routines=(attrs.evolve(STOCKTAKE, weekday="1"), TEAM))
    after = {e.key: uid(shifted, e) for e in events(shifted, START)}
    assert {key: after[key] for key in before} == before
    days = {e.key: e.day for e in events(plan(), START)}
    assert any(e.day != days[e.key] for e in events(shifted, START) if e.key in days)


def test_hours_without_a_time_zone_are_those_of_the_reader() -> None:
    made = calendar_file(plan(), [Event("a", START, "A", begins=time(9, 0), minutes=30)], START, None)
    assert re.search(rb"DTSTART:20270401T090000\r\n", made)
    assert b"VTIMEZONE" not in made


def test_every_rule_may_bring_dates_of_its_own() -> None:
    modules = {source.__module__ for source in brought("EVENTS")}
    assert {"rdlib.rules.r07_dates", "rdlib.rules.r07_preparation"} <= modules


def test_the_year_of_a_plan_that_says_nothing_is_its_fiscal_year() -> None:
    made = plan_year(plan(routine_year=attrs.evolve(YEAR, starts=None), fiscal_year_start="7"), date(2027, 6, 30))
    assert (made.start, made.end) == (date(2026, 7, 1), date(2027, 6, 30))
