"""How far a plan has come, and the one next step."""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan import cases
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Outcome, Priority
from rdlib.rules.progress import State, next_step, of_checked, progress, whole_plan
from rdlib.rules.registry import Checked, Context, exercise, exercises
from rdlib.rules.staleness import CHANGED
from tests.rules.plans import CONTEXT, PLAN, PRIORITY

DAY = date(2026, 11, 23)


def test_every_exercise_counts_but_practice():
    found = {
        step.exercise.id
        for each in whole_plan(attrs.evolve(PLAN, priorities=(PRIORITY,)), CONTEXT)
        for step in each.steps
    }
    assert found == {each.id for each in exercises() if not each.case}


def test_nothing_entered_is_not_attempted_and_begins_at_the_start():
    several = whole_plan(Plan(priorities=(Priority(id="first"),)), Context(Plan(), DAY))
    assert {step.state for each in several for step in each.steps} == {State.NOT_ATTEMPTED}
    step = next_step(several)
    assert step is not None
    assert step.exercise.id == "0.1"


def test_what_is_out_of_date_comes_before_what_is_missing_and_that_before_what_is_weak():
    stale = CHANGED.at("priorities/waits/indicators/i1/outcome", "It changed.", "Look again.")
    checked = [
        Checked(each, True, (stale,) if each.id == "2.1" else ())
        for each in exercises()
        if each.scope is not Plan and not each.case
    ]
    step = next_step([of_checked(PRIORITY, checked)])
    assert step is not None
    assert step.finding is stale
    quiet = [attrs.evolve(c, findings=(), attempted=c.exercise.id != "3.1") for c in checked]
    step = next_step([of_checked(PRIORITY, quiet)])
    assert step is not None
    assert step.exercise.id == "3.1"
    assert next_step([of_checked(PRIORITY, [attrs.evolve(c, findings=()) for c in checked])]) is None


def test_the_earlier_rule_comes_first():
    missing = exercise("2.1").kinds[0].at("priorities/waits", "Missing.", "Fill it in.")
    checked = [
        Checked(each, each.rule < 4, (missing,) if each.id == "2.2" else ())
        for each in exercises()
        if each.scope is not Plan and not each.case
    ]
    step = next_step([of_checked(PRIORITY, checked)])
    assert step is not None
    assert step.exercise.id == "2.2"


def test_orientation_does_not_hold_up_a_plan_that_has_begun():
    plan = attrs.evolve(PLAN, role=None, priorities=(PRIORITY,))
    step = next_step(whole_plan(plan, CONTEXT))
    assert step is not None
    assert step.exercise.rule > 0


def test_a_rule_is_as_its_worst_exercise_begun():
    begun = progress(attrs.evolve(PRIORITY, outcomes=(Outcome(id="o1"),)), CONTEXT)
    rule = next(rule for rule in begun.rules if rule.rule == 2)
    assert rule.begun > 0
    assert rule.state is not State.NOT_ATTEMPTED


def test_the_shipped_cases_have_nothing_out_of_date():
    for case in ("emergency-waits", "four-examples", "new-south-wales", "punjab-skills", "kentucky"):
        plan = cases.model(case)
        assert not [f for each in whole_plan(plan, Context(plan, cases.as_of(case))) for f in each.stale]
