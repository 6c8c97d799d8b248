"""The roadmap as a whole: something to see in each year, not all at the end, and no part of it left out (5.7)."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from rdlib.plan.chain import CHAINS
from rdlib.plan.milestones import Milestone, Resources
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.risks import RISKS
from rdlib.plan.strategy import STRATEGIES
from rdlib.plan.values import read_period
from rdlib.rules import r05_roadmap as roadmap
from rdlib.rules.findings import Finding
from rdlib.rules.registry import Context
from tests.rules.plans import CONTEXT, codes
from tests.rules.rubrics import having, priority


def planned(*whens: str, **changes: Any) -> Priority:
    """The good plan, which runs from January 2018 to December 2019, with these milestones in its second strategy."""
    steps = tuple(Milestone(f"m{n}", title=f"{n} hospitals do", when=read_period(w)) for n, w in enumerate(whens, 1))
    first, second = STRATEGIES.read(priority())
    first = attrs.evolve(first, milestones=())
    return having(STRATEGIES, first, attrs.evolve(second, milestones=steps, **changes))


GOOD = planned("2018-06", "2018-12", "2019-03", "2019-12")


def found(subject: Priority, code: str) -> list[Finding]:
    return [f for f in roadmap.check_whole(subject, CONTEXT) if f.code == code]


def test_a_roadmap_with_something_in_each_year_and_all_its_parts_is_praised():
    assert codes(roadmap.check_whole(GOOD, CONTEXT)) == {"R5-roadmap-whole"}


@pytest.mark.parametrize(
    ("subject", "code", "says"),
    [
        (planned("2019-03", "2019-06"), "R5-roadmap-empty-year", "Nothing falls due in 2018."),
        (planned("2018-06", "2019-09", "2019-10", "2019-12"), "R5-roadmap-back-loaded", "3 of 4 milestones"),
        (having(CHAINS), "R5-roadmap-part-missing", "the delivery chain"),
        (having(RISKS), "R5-roadmap-part-missing", "the risks"),
        (planned("2018-06", "2019-06", resources=Resources()), "R5-roadmap-part-missing", "what each strategy takes"),
        (attrs.evolve(GOOD, indicators=()), "R5-roadmap-part-missing", "a target with a number"),
        (attrs.evolve(GOOD, outcomes=()), "R5-roadmap-part-missing", "a goal in words"),
    ],
)
def test_what_keeps_it_from_being_steered_by_is_named(subject: Priority, code: str, says: str):
    assert [says in f.what for f in found(subject, code)] == [True]
    assert not found(GOOD, code)


def test_a_short_end_of_a_year_needs_no_milestone_of_its_own():
    assert not found(planned("2018-06", "2019-06", end=read_period("2020-04")), "R5-roadmap-empty-year")
    assert found(planned("2018-06", "2019-06", end=read_period("2020-12")), "R5-roadmap-empty-year")


def test_years_are_fiscal_where_the_plan_says_when_its_fiscal_year_begins():
    fiscal = Context(Plan(fiscal_year_start="4"), CONTEXT.as_of)
    assert [y.name for y in roadmap.years(GOOD, CONTEXT)] == ["2018", "2019"]
    named = roadmap.years(GOOD, fiscal)
    assert [(y.name, len(y.steps)) for y in named] == [("2017/18", 0), ("2018/19", 3), ("2019/20", 1)]


def test_milestones_are_numbered_in_the_order_of_their_days():
    subject = planned("2019-12", "2018-06")
    assert [(s.number, s.milestone.id) for s in roadmap.steps(subject)] == [(1, "m2"), (2, "m1")]


def test_without_a_dated_milestone_it_is_not_attempted():
    assert not roadmap.attempted(planned(), CONTEXT)
    assert roadmap.attempted(planned("2018-06"), CONTEXT)
    assert roadmap.check_whole(Priority(id="p"), CONTEXT)[0].code == "R5-roadmap-part-missing"


def test_practice_is_judged_with_its_target_its_strategies_and_its_estimates():
    said = codes(roadmap.check(GOOD, CONTEXT))
    assert "R5-roadmap-whole" in said
    assert said <= {kind.code for kind in roadmap.KINDS}
    assert any(code.startswith("R2-") for code in said)
