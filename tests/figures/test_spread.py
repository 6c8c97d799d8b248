"""The spread within the system: every unit is a dot, and what the better ones reach is named."""

import random
import re
from collections.abc import Sequence
from itertools import pairwise

import pytest

from rdlib.figures.html import css
from rdlib.figures.spread import Spread, spread_figure, spread_of
from rdlib.plan.indicator import Indicator, Observation
from rdlib.plan.values import read_period
from rdlib.rules import trend
from rdlib.rules.targets import Goal

AT_LEAST = Goal("at-least", low=95.0, level=95.0)


def spread(values: Sequence[float], goal: Goal = AT_LEAST, *, direction: str = "up", name: str = "Waits") -> Spread:
    rows = tuple(Observation(read_period("2017"), float(v), breakdown={"unit": str(n)}) for n, v in enumerate(values))
    indicator = Indicator(id="i1", name=name, unit="%", direction=direction, observations=rows)
    within = trend.percentiles_within(indicator)
    assert within is not None
    return spread_of(indicator, goal, within, [float(v) for v in values])


def dots(html: str) -> list[tuple[float, float, float]]:
    found = re.findall(r'<circle [^>]*cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', html)
    return [(float(x), float(y), float(r)) for x, y, r in found]


def lines(html: str) -> list[tuple[float, float, float, float]]:
    found = re.findall(r'<line class="rd-arrow"[^>]*x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)"', html)
    return [(float(a), float(b), float(c), float(d)) for a, b, c, d in found]


def test_each_unit_is_a_dot_and_those_that_reach_the_target_are_filled():
    html = spread_figure(spread([80, 85, 90, 94.9, 95, 99]))
    assert len(dots(html)) == 6
    assert html.count('<circle class="rd-head"') == 2
    assert "2 of 6 units reach the target, 2017" in html


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ([80.0, 81, 82, 83, 84], "None of 5 units reaches the target, 2017"),
        ([96.0, 97, 98, 99, 100], "All 5 units reach the target, 2017"),
    ],
)
def test_none_and_all_are_said_as_such(values: list[float], says: str):
    assert says in spread_figure(spread(values))


def test_without_a_number_to_reach_nothing_is_filled_and_no_target_drawn():
    html = spread_figure(spread([80, 85, 90, 95, 99], Goal()))
    assert "Spread within the system, 2017" in html
    assert 'class="rd-head"' not in html
    assert "stroke-dasharray" not in html


def test_the_better_units_are_named_from_the_weakest_on():
    up, down = spread([10.0, 20, 30, 40, 50]), spread([10.0, 20, 30, 40, 50], direction="down")
    assert [value for _name, value in up.marks] == [10, 30, 42, pytest.approx(49.6), 50]
    assert [value for _name, value in down.marks] == [50, 30, 18, pytest.approx(10.4), 10]


def test_the_words_say_what_the_picture_shows():
    html = spread_figure(spread([80, 85, 90, 95, 99]))
    assert re.search(r"<title>2 of 5 units reach the target, 2017: Waits</title>", html)
    assert "the best fifth reach 95.8%" in html
    assert "The same as a table" in html


@pytest.mark.parametrize("count", [5, 130, 2000])
def test_no_two_dots_overlap_and_none_leaves_the_drawing(count: int):
    chance = random.Random(count)
    html = spread_figure(spread([min(100.0, max(0.0, chance.gauss(85, 6))) for _n in range(count)]))
    height = float(re.findall(r'viewBox="0 0 720 (\d+)"', html)[0])
    found = dots(html)
    assert len(found) == count
    assert len({(x, y) for x, y, _r in found}) == count
    across = sorted({x for x, _y, _r in found})
    assert all(b - a >= 2 * found[0][2] for a, b in pairwise(across))
    assert all(r <= x <= 720 - r and r <= y <= height - r for x, y, r in found)


@pytest.mark.parametrize("direction", ["up", "down"])
def test_no_label_lies_on_the_line_of_another(direction: str):
    html = spread_figure(spread([60, 70, 75, 80, 81, 82, 84, 90], direction=direction))
    drawn = lines(html)
    assert len(drawn) == 3
    ends = [bottom for _x, _top, _x2, bottom in drawn]
    assert ends == sorted(ends)
    across = [x for x, *_rest in drawn]
    assert across == sorted(across, reverse=direction == "down")


def test_equal_values_and_large_numbers_are_drawn_too():
    assert len(dots(spread_figure(spread([50.0] * 6)))) == 6
    assert "12\u2009000%" in spread_figure(spread([12_000.4] * 5))


def test_names_that_people_typed_stay_text():
    assert "<script" not in spread_figure(spread([1, 2, 3, 4, 5.0], name="<script>alert(1)</script>"))


def test_every_colour_has_a_name_in_the_stylesheet():
    used = set(
        re.findall(r'class="((?:rd-[a-z-]+ ?)+)"', spread_figure(spread([80, 85, 90, 95, 99])).partition("<svg")[2])
    )
    for look in {name for names in used for name in names.split()}:
        assert f".{look}" in css(), look
