"""The priorities table and what the architecture lacks (tools 1.1 and 1.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from rdlib.plan.plan import Plan
from rdlib.plan.priority import Outcome, Person, Priority
from rdlib.rules import r01_architecture, r01_table
from rdlib.rules.findings import Finding
from rdlib.rules.r01_prioritize import DUTIES, EXERCISES
from rdlib.rules.r01_table import MANY, MOST_PRIORITIES
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_a_body
from tests.rules.plans import PLAN, PRIORITY, codes

ROW = Priority(
    "rail",
    title="Rail punctuality",
    leaders=("lead",),
    stakeholders=("Passengers", "Train companies"),
    outcomes=(Outcome("o1", statement="Trains arrive when they are meant to"),),
)
PEOPLE = (Person("lead", name="Director for rail"), Person("group", name="Rail committee"))


def judged(*rows: Priority, **plan: Any) -> list[Finding]:
    whole = Plan(priorities=rows, people=PEOPLE, **plan)
    return r01_table.check(whole, Context(whole, date(2026, 1, 1)))


def changed(**changes: Any) -> list[Finding]:
    return judged(attrs.evolve(ROW, **changes))


def many(count: int, **plan: Any) -> set[str]:
    return codes(judged(*(attrs.evolve(ROW, id=f"p{n}", title=f"Priority {n}") for n in range(count)), **plan))


def test_a_complete_row_is_praised_and_nothing_else_is_said():
    assert [(f.code, f.where) for f in judged(ROW)] == [("R1-row-complete", "priorities/rail")]


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"title": " "}, "R1-no-title", "title"),
        ({"outcomes": ()}, "R1-no-outcome", "outcomes"),
        ({"outcomes": (Outcome("o1", statement=""),)}, "R1-no-outcome", "outcomes"),
        ({"leaders": ()}, "R1-no-leader", "leaders"),
        ({"leaders": ("",)}, "R1-no-leader", "leaders"),
        ({"leaders": ("lead", "A. Smith")}, "R1-several-leaders", "leaders"),
        ({"leaders": ("group",)}, "R1-group-as-leader", "leaders"),
        ({"leaders": ("Provincial ministers",)}, "R1-group-as-leader", "leaders"),
        ({"stakeholders": ()}, "R1-no-stakeholders", "stakeholders"),
        (
            {"outcomes": (Outcome("o1", statement="Launch a campaign for rail"),)},
            "R1-activity-as-outcome",
            "outcomes/o1/statement",
        ),
        (
            {"outcomes": (Outcome("o1", statement="$5 million for rail"),)},
            "R1-spending-as-outcome",
            "outcomes/o1/statement",
        ),
    ],
)
def test_what_a_row_lacks_is_found_where_it_lacks(changes: dict[str, Any], code: str, where: str):
    found = changed(**changes)
    assert [f.where for f in found if f.code == code] == [f"priorities/rail/{where}"]
    assert "R1-row-complete" not in codes(found)
    assert code not in codes(judged(ROW))


def test_an_output_may_be_work():
    work = Outcome("o2", statement="Publish a plan for each line", level="output")
    assert codes(changed(outcomes=(*ROW.outcomes, work))) == {"R1-row-complete"}


def test_an_empty_priority_is_no_row_yet():
    assert judged(Priority("first-priority")) == []
    plan = Plan(priorities=(Priority("first-priority"),))
    assert not r01_table.attempted(plan, Context(plan, date(2026, 1, 1)))
    assert r01_table.attempted(attrs.evolve(plan, priorities=(ROW,)), Context(plan, date(2026, 1, 1)))


def test_the_same_name_twice_is_found_whatever_its_spaces_and_capitals():
    twin = attrs.evolve(ROW, id="rail-2", title="rail  PUNCTUALITY")
    assert [f.where for f in judged(ROW, twin) if f.code == "R1-named-twice"] == ["priorities"]
    assert "R1-named-twice" not in codes(judged(ROW, attrs.evolve(twin, title="Rail safety")))


def test_too_many_without_a_limit_are_more_than_a_government_had():
    assert "R1-too-many-priorities" in many(MOST_PRIORITIES + 1)
    assert "R1-too-many-priorities" not in many(MOST_PRIORITIES)


def test_many_without_a_limit_are_asked_for_one():
    assert "R1-many-priorities" in many(MANY + 1)
    assert "R1-many-priorities" not in many(MANY)
    assert "R1-many-priorities" not in many(MANY + 1, limit=12.0)


def test_the_plan_s_own_limit_counts():
    assert "R1-too-many-priorities" in many(4, limit=3.0)
    assert "R1-too-many-priorities" not in many(3, limit=3.0)
    assert "R1-too-many-priorities" not in many(MOST_PRIORITIES + 1, limit=20.0)


@pytest.mark.parametrize(
    "name",
    [
        "Steering committee", "The department", "Delivery team", "Health unit", "Task force on housing", "All of us",
        "Comité directeur", "Le ministère de la Santé", "Équipe de projet",
    ],
)  # fmt: skip
def test_a_body_is_no_person(name: str):
    assert is_a_body(name)


@pytest.mark.parametrize(
    "name",
    [
        "A. Smith", "Minister of Health", "Head of the department", "Deputy Minister, Department of Health",
        "Chair of the board", "Team lead", "Secretary to the Cabinet", "Chef de cabinet", "Directrice de l'équipe",
        "Minister of Families, Children and Social Development", "Rail committee (chair: A. Smith)",
        "National lead for emergency care (post, illustrative)",
    ],
)  # fmt: skip
def test_a_post_or_person_is_no_body(name: str):
    assert not is_a_body(name)


def test_each_role_has_its_duties_and_each_kind_its_tool():
    assert len(DUTIES) == 5
    for each in EXERCISES:
        assert all(kind.tool == each.id for kind in each.kinds)


# --- 1.2 -----------------------------------------------------------------------------------------------------------


def lacking(priority: Priority) -> list[Finding]:
    return r01_architecture.check(priority, Context(PLAN, date(2018, 6, 30)))


def test_what_is_not_there_yet_is_named_with_what_to_do():
    found = lacking(ROW)
    assert [(f.code, f.where) for f in found] == [
        ("R1-element-lacking", "priorities/rail/strategies"),
        ("R1-element-lacking", "priorities/rail/indicators"),
    ]
    assert all(f.next_step for f in found)


def test_what_the_table_says_already_is_not_said_again():
    bare = attrs.evolve(PRIORITY, leaders=(), outcomes=())
    assert not [f for f in lacking(bare) if f.where.endswith(("/leaders", "/outcomes"))]
    shared = attrs.evolve(PRIORITY, leaders=("A", "B"))
    assert [f.where for f in lacking(shared) if f.where.endswith("/leaders")]


def test_nothing_there_is_not_attempted():
    assert not r01_architecture.attempted(Priority("p"), Context(PLAN, date(2018, 6, 30)))
    assert r01_architecture.attempted(ROW, Context(PLAN, date(2018, 6, 30)))
