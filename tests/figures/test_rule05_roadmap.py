"""The roadmap drawn: milestones under their numbers on the bars, and the same year by year (5.7)."""

from __future__ import annotations

import re
from datetime import date

import attrs
import pytest

from rdlib.figures.rule05_roadmap import roadmap_figure, roadmap_table
from rdlib.figures.timeline import Bar, Step, timeline
from rdlib.plan.strategy import STRATEGIES
from rdlib.words import NO_BREAK_SPACE
from tests.figures.faces import HOSTILE, assert_harmless, text_of
from tests.rules.plans import CONTEXT
from tests.rules.rubrics import having, priority


def words(html: str) -> str:
    return text_of(html).replace(NO_BREAK_SPACE, " ")


def test_each_milestone_is_drawn_and_named_under_its_number():
    drawn = roadmap_figure(priority(), CONTEXT)
    assert drawn.count("l8 8l-8 8l-8 -8z") == 2
    said = words(roadmap_table(priority(), CONTEXT))
    assert "◇ 1 Fifty departments work this wayJune 2018; See and treat at the front door; National lead" in said
    assert "2019nothing falls due" in said


def test_what_is_reached_is_filled_and_what_is_late_is_said():
    strategies = STRATEGIES.read(priority())
    done = attrs.evolve(strategies[0].milestones[0], reached=date(2018, 6, 1))
    subject = having(STRATEGIES, attrs.evolve(strategies[0], milestones=(done,)), strategies[1])
    assert roadmap_figure(subject, CONTEXT).count('class="rd-t" fill="#1F2933" stroke') == 1
    later = attrs.evolve(CONTEXT, as_of=date(2018, 12, 31))
    said = words(roadmap_table(subject, later))
    assert "◆ 1 Fifty departments" in said
    assert said.count("▲ overdue") == 1


def test_numbers_that_would_cover_each_other_are_left_to_the_table():
    steps = tuple(Step(date(2018, 3, day), 10 + day) for day in range(1, 9))
    drawn = timeline([Bar("b", "Bar", "", date(2018, 1, 1), date(2020, 1, 1), steps=steps)], [], "Title", "Says")
    assert drawn.count("l8 8l-8 8l-8 -8z") == 8
    numbers = re.findall(r">(1[1-8])<", drawn)
    assert numbers[0] == "11"
    assert len(numbers) == 1


def test_without_milestones_there_is_one_line():
    assert "not attempted yet" in words(roadmap_figure(having(STRATEGIES), CONTEXT))
    assert roadmap_table(having(STRATEGIES), CONTEXT) == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_is_made_safe(text: str):
    first = STRATEGIES.read(priority())[0]
    step = attrs.evolve(first.milestones[0], title=text, owner=text)
    subject = having(STRATEGIES, attrs.evolve(first, title=text, milestones=(step,)))
    assert_harmless(roadmap_figure(subject, CONTEXT) + roadmap_table(subject, CONTEXT))
