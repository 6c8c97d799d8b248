"""The pictures of rule 1: the table, the architecture of all priorities, what was kept and cut."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from rdlib.figures.rule01 import (
    architecture_map,
    priorities_table,
    priority_row,
    ranking_list,
    shortlist_picture,
)
from rdlib.plan import cases
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.shortlist import Candidate
from tests.figures.faces import HOSTILE, assert_harmless, filled, of, text_of
from tests.rules.test_r01_shortlist import LIST, PLAN, open_list
from tests.rules.test_r01_table import PEOPLE, ROW


def test_the_table_names_people_and_says_what_is_not_given():
    plan = Plan(priorities=(ROW, Priority("bare")), people=PEOPLE)
    said = text_of(priorities_table(plan))
    assert "Director for rail" in said
    assert "Passengers" in said
    assert "not named yet" in said
    assert said.count("not given") == 3
    assert "none yet" in priorities_table(Plan())


def test_a_row_for_one_priority_has_the_same_three_cells():
    plan = Plan(priorities=(ROW,), people=PEOPLE)
    assert len(of(priority_row(ROW, plan), "td")) == 3


def test_the_architecture_of_all_says_each_state_in_a_word():
    html = architecture_map(Plan(priorities=(ROW, Priority("bare", title="Bare")), people=PEOPLE))
    said = text_of(html)
    assert "● stands" in said
    assert said.count("– not yet") == 6
    assert "none yet" in architecture_map(Plan())


def columns(html: str) -> tuple[list[str], list[str]]:
    """The titles in the two columns of the drawing, by where their text begins."""
    left: list[str] = []
    right: list[str] = []
    for text in of(html, "tspan"):
        x = float(text.attributes["x"] or 0)
        if x in {132 + 28, 132 + 290 + 16 + 28}:
            (left if x == 160 else right).append(text.text)
    return left, right


def test_what_is_kept_stands_left_and_what_is_cut_right_with_the_limit_above():
    html = shortlist_picture(PLAN)
    assert columns(html) == (["Rail", "Roads"], ["Buses", "Canals"])
    said = text_of(html)
    assert "2 kept of 4, at most 2." in said
    assert "Transport, kept: Rail, Roads. Transport, cut: Buses, Canals." in said
    assert "The department does it anyway" in said


def test_what_is_not_decided_is_named_and_takes_no_place_in_the_picture():
    plan = open_list(2, None)
    said = text_of(shortlist_picture(plan))
    assert "no limit set" in said
    assert "Not decided yet: Candidate 1, Candidate 2." in said
    assert "<svg" not in shortlist_picture(plan)
    first, second = plan.parts["candidates"]
    html = shortlist_picture(
        attrs.evolve(plan, parts={**plan.parts, "candidates": (attrs.evolve(first, keep=True), second)})
    )
    assert columns(html) == (["Candidate 1"], [])
    assert "Not decided yet: Candidate 2." in text_of(html)
    assert "40 candidates are not decided yet." in text_of(shortlist_picture(open_list(40, 5)))


def test_boxes_never_lie_on_each_other_even_with_long_names():
    long = tuple(
        attrs.evolve(c, id=f"{c.id}{n}", title=f"{c.title} {'and its long name ' * n}", area=f"Area {n % 3}")
        for n in range(12)
        for c in LIST
    )
    html = shortlist_picture(attrs.evolve(PLAN, parts={"candidates": long, "comparisons": ()}))
    boxes = [
        tuple(float(e.attributes[k] or 0) for k in ("x", "y", "width", "height"))
        for e in of(html, "rect")
        if e.attributes.get("class") in {"rd-box", "rd-loose"}
    ]
    assert len(set(boxes)) == 48
    for x, y, _width, height in set(boxes):
        below = [other for other in set(boxes) if other[0] == x and other[1] > y]
        assert all(other[1] >= y + height for other in below)


def test_the_order_of_comparisons_names_ties_circles_and_what_is_open():
    assert ranking_list(open_list(3, 1.0)) == ""
    assert [e.text for e in of(ranking_list(open_list(3, 1.0, "2>1", "1>3")), "li")] == [
        "Candidate 2",
        "Candidate 1",
        "Candidate 3",
    ]
    assert "◐\u00a0alike" in text_of(ranking_list(open_list(3, 1.0, "1=2")))
    assert "◆\u00a0in a circle" in text_of(ranking_list(open_list(3, 1.0, "1>2", "2>3", "3>1")))
    assert "–\u00a0not told apart" in text_of(ranking_list(open_list(3, 1.0, "1>2", "1>3")))


def test_the_model_of_the_case_fits_its_picture():
    html = shortlist_picture(cases.model("pmdu"))
    left, right = columns(html)
    assert len(left) >= 14
    assert len(right) >= 18


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_people_type_runs_or_breaks_out(text: str):
    kept: Any = filled(Candidate, text, id="c1", keep=True)
    cut: Any = filled(Candidate, text, id="c2", keep=False)
    priority: Any = filled(Priority, text, id="p")
    plan = Plan(limit=1.0, priorities=(priority,), parts={"candidates": (kept, cut), "comparisons": ()})
    plan = attrs.evolve(plan, parts={**plan.parts, "comparisons": open_list(2, 1.0, "1>2").parts["comparisons"]})
    for html in (shortlist_picture(plan), ranking_list(plan), priorities_table(plan), architecture_map(plan)):
        assert_harmless(html)
