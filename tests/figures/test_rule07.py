"""The static faces of rule 7's routines: the year, the T, and the tables beside them."""

from __future__ import annotations

import base64
import re
from datetime import date
from itertools import pairwise

import attrs
import pytest
import vobject

from rdlib.figures import rule07
from rdlib.figures.tshape import Block, t_picture
from rdlib.figures.year import Mark, Row, shape_at, year_picture
from rdlib.plan import cases
from rdlib.plan.plan import Plan
from rdlib.plan.routines import Agenda, Issue, Preparation, PreparationStep, QuietTime, Routine, RoutineToday
from tests.figures.faces import HOSTILE, assert_harmless, filled, of, text_of
from tests.rules.routines import AGENDA, BEDS, PREPARATION, STEPS, STOCKTAKE, TEAM, TODAY, plan

CASE, DAY = cases.model("punjab-stocktake"), date(2016, 3, 31)
FACES = {
    "today": lambda p, _d: rule07.today_table(p),
    "routines": lambda p, _d: rule07.routines_table(p),
    "reviewed": rule07.reviewed_table,
    "year": rule07.year_figure,
    "dates": rule07.dates_table,
    "free": rule07.kept_free,
    "agendas": lambda p, _d: rule07.agenda_figures(p),
    "questions": lambda p, _d: rule07.questions_table(p),
    "preparations": rule07.preparation_tables,
}


@pytest.mark.parametrize("name", FACES)
def test_every_face_of_the_case_can_be_drawn(name: str):
    assert len(text_of(FACES[name](CASE, DAY))) > 100


@pytest.mark.parametrize("name", FACES)
def test_an_empty_plan_has_faces_without_fault(name: str):
    assert_harmless(FACES[name](Plan(), DAY))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_typed_is_only_shown(text: str):
    rhythm = {"id": "u1", "frequency": "weekly", "minutes": 60.0, "priorities": ("waits",)}
    issue = filled(Issue, text, id="i1", minutes=None)
    step = filled(PreparationStep, text, id="s1", before=3.0, done=None)
    of_all = plan(
        routines_today=(filled(RoutineToday, text, id="t1", count=None, minutes=None),),
        routines=(filled(Routine, text, **rhythm),),
        quiet_times=(QuietTime("q1", why=text, first=date(2027, 8, 2), last=date(2027, 8, 13)),),
        agendas=(filled(Agenda, text, id="a1", routine="u1", minutes=90.0, issues=(issue,)),),
        preparations=(filled(Preparation, text, id="p1", routine="u1", day=date(2027, 5, 26), steps=(step,)),),
        title=text,
    )
    for draw in FACES.values():
        assert_harmless(draw(of_all, TODAY))


def test_the_year_has_a_row_for_each_series_and_says_everything_in_words():
    drawn = rule07.year_figure(CASE, DAY)
    (svg, *_rest) = [each for each in of(drawn, "svg") if each.attributes.get("role") == "img"]
    assert "Stocktake with the Chief Minister, 3 priorities: 7 dates from 5 May 2016 to 6 April 2017." in svg.text
    assert "Schools, Secretary's hour: 12 dates" in svg.text
    assert "hollow: moved from its regular day" in text_of(drawn)
    assert "Eid" in text_of(drawn)


def test_the_dates_of_one_priority_can_be_shown_alone():
    alone = text_of(rule07.year_figure(CASE, DAY, only="schools"))
    assert "Schools" in alone
    assert "Basic health, Secretary's hour" not in alone


def test_a_mark_stands_in_the_week_of_its_date_hollow_where_it_was_moved():
    marks = (Mark(date(2027, 4, 5)), Mark(date(2027, 4, 12), moved=True), Mark(date(2028, 3, 28)))
    drawn = year_picture([Row("A", "B", 0, marks)], date(2027, 4, 1), date(2028, 3, 31), (), "T", "D")
    circles = of(drawn, "circle")
    assert len(circles) == len(marks) + 2  # one beside the name in each half of the year
    looks = [each.attributes["class"] for each in circles]
    assert looks.count("rd-dot") == 1
    xs = [float(c.attributes["cx"] or 0) for c in circles if float(c.attributes["cx"] or 0) > 20]
    assert 15 < xs[1] - xs[0] < 22  # a week
    assert max(xs) < 720


def test_every_routine_has_a_shape_of_its_own_as_long_as_there_are_six():
    assert len({shape_at(0, 0, n) for n in range(6)}) == 6


def test_words_in_the_t_stay_inside_their_boxes_and_boxes_do_not_overlap():
    long = "A rather long issue that needs several lines to be read by anybody at all in the room"
    blocks = [
        Block("view", "Shared view of all priorities", ("Somebody",), 5, "5 minutes", "minute 0 to 5"),
        *(Block("deep", long, (long, long), 5, "5 minutes", "minute 5 to 10") for _n in range(4)),
        Block("close", "Commitments", (), 5, "5 minutes", "minute 25 to 30"),
    ]
    drawn = t_picture(blocks, "T", "D")
    boxes = [{k: float(r.attributes[k] or 0) for k in ("x", "y", "width", "height")} for r in of(drawn, "rect")[1:]]
    assert len(boxes) == 6
    assert all(b["y"] >= a["y"] + a["height"] for a, b in pairwise(boxes))
    for text in of(drawn, "tspan"):
        y = float(text.attributes["y"] or 0)
        assert any(b["y"] <= y <= b["y"] + b["height"] for b in boxes), text.text


def test_the_height_of_an_issue_follows_its_minutes():
    blocks = [Block("deep", "A", (), 60, "", ""), Block("deep", "B", (), 20, "", "")]
    heights = [float(r.attributes["height"] or 0) for r in of(t_picture(blocks, "T", "D"), "rect")[1:]]
    assert heights[0] == pytest.approx(3 * heights[1], rel=0.05)


@pytest.mark.parametrize(
    "draw", [lambda: t_picture([], "T", "D"), lambda: year_picture([], TODAY, TODAY, (), "T", "D")]
)
def test_nothing_to_draw_is_said_at_once(draw):
    with pytest.raises(ValueError, match="at least one"):
        draw()


def test_the_agenda_gives_the_clock_where_the_routine_has_an_hour():
    shown = text_of(rule07.agenda_figure(AGENDA, plan()))
    assert "14:10 – 15:20" in shown  # ten minutes of 90 for all, 70 deep
    without = plan(routines=(attrs.evolve(STOCKTAKE, time=None), TEAM))
    assert "minute 10 to 80" in text_of(rule07.agenda_figure(AGENDA, without))


def test_an_agenda_without_a_length_is_shown_without_a_picture():
    shown = rule07.agenda_figure(attrs.evolve(AGENDA, routine=None), plan())
    assert of(shown, "svg") == []
    assert "Length: none yet." in text_of(shown)


def test_the_agendas_of_a_priority_are_those_with_an_issue_of_it():
    other = attrs.evolve(AGENDA, id="a2", issues=(attrs.evolve(BEDS, priority="roads"),))
    assert text_of(rule07.agenda_figures(plan(agendas=(AGENDA, other)), only="waits")).count("Purpose:") == 1


def test_late_and_done_are_told_apart_by_shape_and_word():
    late = attrs.evolve(STEPS[0], before=60.0)
    done = attrs.evolve(STEPS[1], done=date(2027, 4, 1))
    after = attrs.evolve(STEPS[2], before=60.0, done=date(2027, 4, 1))
    shown = text_of(
        rule07.preparation_table(attrs.evolve(PREPARATION, steps=(late, done, after, STEPS[3])), plan(), TODAY)
    )
    for said in ("▲\u00a0late", "●\u00a0done", "◐\u00a0done late", "–\u00a0open"):
        assert said in shown


def test_the_link_saves_what_the_calendar_holds():
    link = rule07.calendar_link(plan(), TODAY)
    data = re.search(r'href="data:text/calendar;base64,([^"]+)"', link)
    assert data
    read = vobject.readOne(base64.b64decode(data[1]).decode("utf-8"))
    assert f"({len(read.vevent_list)} entries, .ics)" in text_of(link)
    assert rule07.calendar_link(Plan(), TODAY) == ""
