from __future__ import annotations

import re
from datetime import date
from html import unescape
from itertools import pairwise

import attrs
import pytest

from rdlib.figures import rule05_plan as faces
from rdlib.figures.chart_benchmarks import benchmark_chart, benchmark_table, stand_title
from rdlib.figures.chart_trajectory import fill_of, title, trajectory_chart
from rdlib.plan.effects import Effect
from rdlib.plan.milestones import Milestone, Resources
from rdlib.plan.plan import Plan
from rdlib.plan.strategy import STRATEGIES
from rdlib.plan.values import read_period
from rdlib.rules.r05_benchmarks import hold
from rdlib.rules.r05_trajectory import NoPath
from rdlib.rules.registry import Context
from tests.figures.faces import HOSTILE, assert_harmless
from tests.rules.test_r05_profile import CONTEXT, FULL, plan_with
from tests.rules.test_r05_trajectory import BEDS, CALENDAR, WAITS, WORK, one, path_of


def words(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


def test_a_profile_has_ten_boxes_its_verdict_first_and_the_minimum_on_grey() -> None:
    page = faces.profile_page(FULL, plan_with(FULL), CONTEXT)
    assert_harmless(page)
    assert page.count("<section") == 10
    assert page.count("rd-profile-least") == 6
    said = words(page)
    assert "● ready to begin" in said.replace("\xa0", " ")
    for told in ("Four hours", "180 departments", "reached 20 March 2018", "About 4 million", "8 points"):
        assert told.lower() in said.lower(), told


def test_a_missing_box_is_named_where_it_is_missing() -> None:
    bare = attrs.evolve(FULL, scale=None, resources=Resources(), success=None)
    said = words(faces.profile_page(bare, plan_with(bare), CONTEXT)).replace("\xa0", " ")
    assert "▲ not enough to weigh it against others" in said
    assert "Missing: scale, resources required." in said
    assert "missing: people, money, technology" in said
    table = words(faces.profiles_table(plan_with(bare), CONTEXT))
    assert "Scale: nothing is said" in table
    assert "The selection is ours." in table


@pytest.mark.parametrize(
    ("milestone", "word"),
    [
        (Milestone("m1", "x", read_period("2018-03"), "A", date(2018, 3, 31)), "reached 31 March 2018"),
        (Milestone("m1", "x", read_period("2018-03"), "A", date(2018, 4, 1)), "reached late, 1 April 2018"),
        (Milestone("m1", "x", read_period("2018-03"), "A"), "overdue"),
        (Milestone("m1", "x", read_period("2018-05"), "A"), "still ahead"),
        (Milestone("m1", "x", None, "A"), "still ahead"),
        (Milestone("m1", "x", read_period("2018-09"), "A", date(2018, 9, 1)), "still ahead"),
    ],
)
def test_where_a_milestone_stands(milestone: Milestone, word: str) -> None:
    assert faces.milestone_mark(milestone, date(2018, 5, 31)).word == word


def test_the_path_in_numbers_ends_with_the_sum_of_its_parts() -> None:
    html = faces.path_table(path_of(WAITS))
    assert_harmless(html)
    last = words(html.split("<tr>")[-1])
    assert last.split() == ["December", "2018", "80", "8", "4", "92", "86", "to", "94.8", "92"]
    assert "cannot be computed: nothing there" in faces.path_table(NoPath("nothing there"))


def test_what_a_user_writes_is_never_markup() -> None:
    for text in HOSTILE:
        stone = Milestone("m1", text, read_period("2018-06"), text)
        needs = Resources(text, text, text)
        loud = attrs.evolve(FULL, title=text, scale=text, success=text, milestones=(stone,), resources=needs)
        effect = Effect("e1", strategy="s1", size=8.0, basis=text, group=text)
        named = attrs.evolve(WAITS, name=text, effects=(effect,))
        plan = one(named, attrs.evolve(WORK, title=text))
        assert_harmless(faces.profile_page(loud, plan_with(loud), CONTEXT))
        assert_harmless(faces.effects_table(plan, Plan()))
        assert_harmless(faces.path_table(path_of(named, attrs.evolve(WORK, title=text))))


def test_titles_say_what_is_left() -> None:
    assert title(path_of(WAITS)) == "The strategies together reach the target by December 2018: 92%"
    short = attrs.evolve(WAITS, effects=WAITS.effects[:1])
    assert title(path_of(short)) == "The strategies bring 88% by December 2018, 4 points short of the target"
    held = hold(short, one(short), CALENDAR)
    assert held is not None
    assert stand_title(held) == "The target lies beyond all that it is held against"


def test_the_fills_of_strategies_that_touch_differ_in_grey() -> None:
    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    tones = [lightness(fill_of(n)[0]) for n in range(6)]
    assert all(abs(a - b) > 12 for a, b in pairwise(tones))


def test_the_charts_say_in_words_what_they_show() -> None:
    context = Context(CALENDAR.plan, date(2018, 1, 31))
    chart = trajectory_chart(path_of(WAITS), as_of=context.as_of, plan=context.plan)
    alt = unescape(re.findall(r'alt="([^"]+)"', chart)[0])
    for told in ("See and treat +8 points", "Beds before noon +4 points", "Target 92%", "86% to 94.8%"):
        assert told in alt, told
    assert "White squares: intermediate targets." in chart
    held = hold(WAITS, one(WAITS), context)
    assert held is not None
    assert "See and treat begins on 1 January 2018 and adds +8 points." in benchmark_chart(held, context)
    assert words(benchmark_table(held)).count("cannot be said yet") == 3
    assert "nothing was entered" in trajectory_chart(NoPath("nothing was entered"), as_of=context.as_of, plan=Plan())
    assert STRATEGIES.read(one(WAITS)) == (WORK, BEDS)
