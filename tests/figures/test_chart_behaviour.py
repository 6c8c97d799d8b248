"""The process-behaviour chart and its tables: what they show, what they say in words, and that nothing overlaps."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Iterator
from datetime import date
from html import unescape
from itertools import combinations
from typing import Any

import attrs
import pytest

from rdlib.figures import chart_behaviour
from rdlib.figures.chart_behaviour import behaviour_chart, signal_words
from rdlib.figures.chart_gutter import beside, room_for
from rdlib.figures.rule09_blip import limits_table, readings, records, shown, signals_table
from rdlib.plan.blips import ChartReading, SpecialEvent, StepChange, UsualStretch
from rdlib.plan.indicator import Indicator, Target
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Person, Priority
from rdlib.plan.values import read_period
from rdlib.rules.r09_charts import behaviour
from rdlib.rules.registry import Context
from tests.figures.faces import HOSTILE
from tests.rules.charts import QUIET, SEEN, TODAY, noise, priority

PLAN = Plan(people=(Person(id="stat", name="Chief statistician"),))
STEP = StepChange("s1", "i1", read_period("2011-03"), "Nurses discharge", "First where they may", "stat")
FLOOD = SpecialEvent("e1", "i1", read_period("2010-10"), "Flood", "Schools stood under water")
USUAL = UsualStretch("u1", "i1", read_period("2010-01"), read_period("2010-12"), "Nothing new in the work")
READING = ChartReading("r1", "i1", date(2011, 9, 1), "shift", "Above the limit", "find-out", "Who moved", "stat")
SHIFTED = [*QUIET[:14], *(value + 6 for value in QUIET[:14])]
BLIP = [*QUIET[:9], 70.0, *QUIET[10:]]
SEASONAL = [round(82 + 4 * math.sin(n * math.pi / 6) + QUIET[n % 24] / 100, 2) for n in range(60)]

SUBJECTS: dict[str, Priority] = {
    "quiet": priority(QUIET),
    "long": priority([value + 3 * (n > 100) for n, value in enumerate(noise(150, 3, spread=1.5))]),
    "short": priority(QUIET[:6]),
    "step": priority(SHIFTED, usual=[USUAL], steps=[STEP], readings=[READING]),
    "unexplained": priority(SHIFTED, usual=[USUAL]),
    "event": priority(BLIP, events=[FLOOD]),
    "blip": priority(BLIP),
    "trend": priority([value + 0.8 * n for n, value in enumerate(QUIET)]),
    "seasonal": priority(SEASONAL),
    "bounded": priority([min(100.0, value + 16.5) for value in QUIET]),
    "gap": priority([*QUIET[:5], None, None, *QUIET[7:]]),
    "flat": priority([80.0] * 12),
    "far": priority(
        QUIET, indicator=attrs.evolve(SEEN, unit="days", name="Waits", target=Target(kind="at-most", value=5.0))
    ),
    "one": priority([80.0]),
}


def context() -> Context:
    return Context(PLAN, TODAY)


def seen(subject: Priority) -> Any:
    return behaviour(subject.indicators[0], subject, context())


def drawn(name: str, **more: Any) -> str:
    return behaviour_chart(seen(SUBJECTS[name]), SUBJECTS[name], PLAN, **more)


def alt(html: str) -> str:
    return unescape(re.search(r'alt="([^"]*)"', html).group(1))  # type: ignore[union-attr]


@pytest.fixture(autouse=True)
def no_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.mark.parametrize("name", SUBJECTS)
def test_no_word_is_cut_or_covers_another(name: str):
    chart = chart_behaviour._Chart(seen(SUBJECTS[name]), SUBJECTS[name], seen(SUBJECTS[name]).judged)
    figure = chart_behaviour._draw(chart).figure
    figure.canvas.draw()
    width, height = figure.get_figwidth() * figure.dpi, figure.get_figheight() * figure.dpi
    boxes = [(text.get_text(), text.get_window_extent()) for text in figure.texts if text.get_text().strip()]
    for text, box in boxes:
        assert box.x0 >= -1, text
        assert box.y0 >= -1, text
        assert box.x1 <= width + 1, text
        assert box.y1 <= height + 1, text
    crowded = [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 2 and min(a.y1, b.y1) - max(a.y0, b.y0) > 3
    ]
    assert crowded == []


def test_the_picture_says_everything_in_words():
    said = alt(drawn("step"))
    for words in (
        "Within its usual range since March 2011",
        "January 2010 to February 2011: 14 values",
        "Limits drawn anew from here: Nurses discharge (says Chief statistician)",
        "They rest on January 2010 to December 2010",
        "Target: at least 90%",
        "Wheeler's three",
    ):
        assert words in said


def test_signals_stand_in_the_words_with_what_they_mean():
    said = alt(drawn("unexplained"))
    assert re.search(r"in a row above the line \(better\)", said)
    assert "until the change is explained" in said
    assert "below the lower limit (worse)" in alt(drawn("blip"))


def test_the_season_the_gap_and_the_end_of_the_scale_are_said():
    assert "less their yearly season" in alt(drawn("seasonal"))
    assert "2 periods have no value" in alt(drawn("gap"))
    assert "drawn at 100%" in alt(drawn("bounded"))


def test_too_few_values_are_drawn_without_limits_and_without_ranges():
    html = drawn("short")
    assert "too few to tell noise from signal" in alt(html)
    assert "Wheeler" not in alt(html)


def test_ranges_can_be_left_out():
    def height(html: str) -> int:
        return int(re.search(r'height="(\d+)"', html).group(1))  # type: ignore[union-attr]

    assert height(drawn("quiet", ranges=False)) < height(drawn("quiet"))


def test_nothing_measured_is_a_line_of_words():
    empty = Priority("p", indicators=(Indicator("i1"),))
    assert "Measured values are missing" in behaviour_chart(seen(empty), empty, PLAN)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_people_type_is_made_safe(hostile: str):
    subject = priority(
        SHIFTED,
        indicator=attrs.evolve(SEEN, name=hostile, data_source=hostile),
        steps=[attrs.evolve(STEP, what=hostile, said_by=hostile)],
        usual=[attrs.evolve(USUAL, why=hostile)],
        events=[attrs.evolve(FLOOD, what=hostile)],
        readings=[attrs.evolve(READING, because=hostile, action=hostile, owner=hostile)],
    )
    found = seen(subject)
    html = (
        behaviour_chart(found, subject, PLAN)
        + signals_table(found, subject)
        + limits_table(found, PLAN)
        + readings(subject.indicators[0], subject, PLAN)
        + records(subject, PLAN)
    )
    assert "<script" not in html
    assert "<img src=x" not in html
    assert "<svg onload" not in html


# --- the tables --------------------------------------------------------------------------------------------------


def test_each_signal_stands_in_the_table_with_what_explains_it():
    html = signals_table(seen(SUBJECTS["unexplained"]), SUBJECTS["unexplained"])
    assert "■ better" in html
    assert "nothing yet" in html
    told = priority(SHIFTED, usual=[USUAL], steps=[attrs.evolve(STEP, evidence=None)])
    assert "Nurses discharge" in signals_table(seen(told), told)


def test_a_chart_without_signals_says_so_and_one_with_too_few_values_says_nothing():
    assert "No signal" in signals_table(seen(SUBJECTS["quiet"]), SUBJECTS["quiet"])
    assert signals_table(seen(SUBJECTS["short"]), SUBJECTS["short"]) == ""
    assert limits_table(seen(SUBJECTS["short"]), PLAN) == ""


def test_the_limits_stand_in_a_table_with_what_they_rest_on():
    html = limits_table(seen(SUBJECTS["step"]), PLAN)
    assert "January 2010 to December 2010: Nothing new in the work" in html
    assert "New since the step: Nurses discharge (says Chief statistician)" in html
    assert "around a line" in limits_table(seen(SUBJECTS["trend"]), PLAN)


def test_a_reading_stands_with_its_reason_and_what_follows():
    subject = SUBJECTS["step"]
    html = readings(subject.indicators[0], subject, PLAN)
    assert "Find out first; Who moved; Chief statistician" in html
    assert readings(SUBJECTS["quiet"].indicators[0], SUBJECTS["quiet"], PLAN) == ""


def test_charts_are_shown_of_what_was_worked_on_and_else_of_what_has_values_enough():
    assert [each.id for each in shown(SUBJECTS["quiet"], context())] == ["i1"]
    assert shown(SUBJECTS["short"], context()) == []
    assert [each.id for each in shown(SUBJECTS["step"], context())] == ["i1"]


def test_a_signal_is_said_in_a_few_words():
    found = seen(SUBJECTS["blip"])
    assert signal_words(found, found.present.telling[0]) == "October 2010: below the lower limit"


def test_labels_beside_a_plot_take_the_room_of_the_widest():
    assert room_for([beside(1.0, ["Mean 82.1%"], "#000000"), beside(2.0, ["99%"], "#000000")]) > room_for([])
