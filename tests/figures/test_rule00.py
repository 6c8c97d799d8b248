"""The pictures of rule 0: ratings with their spread and movement, and the learning path."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from rdlib.figures.rule00 import answers_table, checklist_picture, culture_picture, learning_path
from rdlib.plan import cases
from rdlib.plan.orientation import CHECKLIST, CULTURE, Avoid, ChecklistAnswer, CultureAnswer, Strengthen
from rdlib.plan.plan import Plan
from rdlib.rules.registry import Context
from tests.figures.faces import HOSTILE, assert_harmless, filled, of, text_of
from tests.rules.test_r00 import LATER, checklist, culture

NOW = date(2027, 1, 1)


def plan_of(key: str, *answers: Any, **fields: Any) -> tuple[Plan, Context]:
    plan = Plan(parts={key: answers}, **fields)
    return plan, Context(plan, NOW)


def described(html: str) -> str:
    return " ".join(element.text for element in of(html, "desc"))


def test_one_person_s_ratings_are_marks_and_no_numbers_or_rings():
    html = culture_picture(*plan_of("culture", culture()))
    assert "1 person" in text_of(html)
    assert "rd-border" not in html
    assert "rd-on" not in html
    assert "Keeping the focus on the priorities: 4 as a matter of course." in described(html)


def test_a_group_s_ratings_hold_the_number_of_people_and_a_ring_in_the_middle():
    html = culture_picture(*plan_of("culture", culture("c1", "A", facts=1), culture("c2", "B"), culture("c3", "C")))
    assert "3 people" in text_of(html)
    assert html.count("rd-border") == 10
    assert "1 hardly ever: 1 person; 3 mostly: 2 people" in described(html)


def test_movement_is_an_arrow_and_stands_in_words():
    still = checklist_picture(*plan_of("checklist", checklist("c1", "A"), checklist("c2", "A", LATER)))
    assert "rd-arrow" not in still
    moved = checklist_picture(*plan_of("checklist", checklist("c1", "A"), checklist("c2", "A", LATER, rule_2=1)))
    assert moved.count("<path") == 1
    assert "Rule 2: Define success clearly: 1 hardly (middle before: 3)." in described(moved)


def test_the_words_of_the_drawing_are_a_table_too():
    html = checklist_picture(*plan_of("checklist", checklist("c1", "A"), checklist("c2", "B", rule_3=2)))
    rows = [element.text for element in of(html, "tr")]
    assert len(rows) == 11
    assert any("Rule 3: Identify your coalition2 in part: 1 person; 3 mostly: 1 person2" in row for row in rows)


def test_nobody_answered_is_one_line():
    plan, context = plan_of("culture")
    assert "not attempted yet" in culture_picture(plan, context)
    assert "not attempted yet" in checklist_picture(plan, context)
    assert learning_path(plan, context) == ""
    assert answers_table(CULTURE, plan, context) == ""


def test_no_text_of_the_drawing_leaves_its_column():
    plan, context = cases.model("start-here"), Context(cases.model("start-here"), date(2002, 7, 31))
    for html in (culture_picture(plan, context), checklist_picture(plan, context)):
        boxes = (e.attributes for e in of(html, "rect"))
        right = max(float(box.get("x") or 0) + float(box["width"] or 0) for box in boxes)
        assert right <= float(of(html, "svg")[0].attributes["width"] or 0)


def test_the_path_names_workbooks_and_links_to_them_only_where_they_lie_beside_it():
    plan, context = plan_of("checklist", checklist(rule_2=1, rule_9=None), role="data-lead")
    alone, beside = learning_path(plan, context), learning_path(plan, context, links=True)
    assert "02_define_success.ipynb" in text_of(alone)
    assert "<a " not in alone
    assert '<a href="02_define_success.ipynb">' in beside
    said = text_of(alone)
    assert "Data Lead" in said
    assert "Worked out from the answers up to 1 March 2026." in said
    assert "Not rated yet: Rule 9: Persist." in said
    assert "so that you can help others with it: Rule 1: Prioritize." in said


def test_what_shows_a_rating_can_be_read_on_request():
    html = answers_table(CHECKLIST, *plan_of("checklist", checklist("c1", "A"), checklist("c2", "A", LATER, rule_2=1)))
    assert "1 hardly (before: 3)" in text_of(html)
    assert text_of(html).count("Minutes of 3 March, item two") == 10


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_people_type_runs_or_breaks_out(text: str):
    one = attrs.evolve(
        filled(CultureAnswer, text, day=None),
        strengthen=attrs.evolve(filled(Strengthen, text), focus=2),
        avoid=attrs.evolve(filled(Avoid, text), blame=4),
    )
    two = filled(ChecklistAnswer, text, day=None, rule_1=2, rule_5=3)
    plan = Plan(role=text, parts={"culture": (one,), "checklist": (two,)})
    context = Context(plan, NOW)
    for html in (culture_picture(plan, context), checklist_picture(plan, context), learning_path(plan, context)):
        assert_harmless(html)
    for part in (CULTURE, CHECKLIST):
        assert_harmless(answers_table(part, plan, context))
