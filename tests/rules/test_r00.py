"""Culture check and ten-rule checklist: how answers were given, what they say together, and what moved (0.1 to 0.3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from rdlib.plan.orientation import (
    CHECKLIST,
    CULTURE,
    RULE_TITLES,
    Avoid,
    ChecklistAnswer,
    CultureAnswer,
    Strengthen,
    short_title,
)
from rdlib.plan.plan import Plan
from rdlib.rules import r00_checklist, r00_culture
from rdlib.rules.findings import Finding
from rdlib.rules.r00_start_here import DUTIES, EXERCISES
from rdlib.rules.ratings import middle, people, spreads
from rdlib.rules.registry import Context, check
from tests.rules.plans import codes

DAY, LATER = date(2026, 3, 1), date(2026, 9, 1)
SHOWN = "Minutes of 3 March, item two"


def culture(id_: str = "c1", person: str | None = "A", day: date | None = DAY, rating: int = 3, **others: Any) -> Any:
    """A complete answer with one rating throughout but for those named (None leaves one out)."""
    groups: dict[str, Any] = {}
    for name, record in (("strengthen", Strengthen), ("avoid", Avoid)):
        values: dict[str, Any] = {}
        for field in attrs.fields(record):
            key = field.name.removesuffix("_why")
            given = others.get(key, rating if key != "focus" else 4)
            values[field.name] = SHOWN if field.name.endswith("_why") and given else given
            if field.name.endswith("_why"):
                values[field.name] = others.get(field.name, SHOWN if given else None)
        groups[name] = record(**values)
    return CultureAnswer(id_, person=person, day=day, **groups)


def checklist(id_: str = "c1", person: str | None = "A", day: date | None = DAY, **others: Any) -> ChecklistAnswer:
    """A complete answer: rule 1 at 4, all others at 3, but for those named."""
    values: dict[str, Any] = {}
    for rule in RULE_TITLES:
        values[f"rule_{rule}"] = others.get(f"rule_{rule}", 4 if rule == 1 else 3)
        values[f"rule_{rule}_why"] = others.get(f"rule_{rule}_why", SHOWN)
    return ChecklistAnswer(id_, person=person, day=day, **values)


def judged(*answers: Any, as_of: date = date(2027, 1, 1)) -> list[Finding]:
    if isinstance(answers[0], CultureAnswer):
        plan = Plan(parts={"culture": answers})
        return r00_culture.check(plan, Context(plan, as_of))
    plan = Plan(parts={"checklist": answers})
    return r00_checklist.check(plan, Context(plan, as_of))


def test_nothing_entered_is_not_attempted():
    plan = Plan(parts={"culture": (CultureAnswer("c1", person="A"),), "checklist": ()})
    assert [c.attempted for c in check(plan, Context(plan, DAY)) if c.exercise.rule == 0] == [False] * 3


def test_the_role_is_attempted_once_it_is_chosen_and_finds_nothing():
    plan = Plan(role="data-lead")
    first = check(plan, Context(plan, DAY), "0.1")[0]
    assert first.attempted
    assert first.findings == ()


def test_each_role_has_its_duties():
    assert set(DUTIES) == {"exempt-staff", "crdo", "data-lead", "senior-executive", "senior-program-manager"}


def test_an_answer_with_evidence_brings_only_praise():
    assert codes(judged(culture())) == {"R0-culture-strength"}
    assert codes(judged(checklist())) == {"R0-checklist-first"}


@pytest.mark.parametrize(("make", "tool"), [(culture, "culture"), (checklist, "checklist")])
@pytest.mark.parametrize(
    ("change", "code", "field"),
    [({"day": None}, "no-day", "day"), ({"person": None}, "nobody", "person"), ({"person": " "}, "nobody", "person")],
)
def test_who_and_when_are_asked_for(make: Any, tool: str, change: dict[str, Any], code: str, field: str):
    found = judged(make(**change))
    assert [f.where for f in found if f.code == f"R0-{tool}-{code}"] == [f"plan/{tool}/c1/{field}"]
    assert f"R0-{tool}-{code}" not in codes(judged(make()))


def test_what_is_left_out_is_noted():
    assert "R0-culture-open" in codes(judged(culture(blame=None)))
    assert "R0-checklist-open" in codes(judged(checklist(rule_10=None)))


@pytest.mark.parametrize("said", [None, "", "Focus on the priorities."])
def test_a_rating_needs_something_that_shows_it(said: str | None):
    found = judged(culture(focus_why=said))
    assert "plan/culture/c1/strengthen/focus_why" in [f.where for f in found if f.code == "R0-culture-no-evidence"]


def test_what_shows_a_rule_is_asked_for_only_where_it_is_rated():
    assert "R0-checklist-no-evidence" in codes(judged(checklist(rule_2_why=None)))
    assert "R0-checklist-no-evidence" not in codes(judged(checklist(rule_2=None, rule_2_why=None)))


def test_ratings_that_are_all_alike_say_nothing():
    assert "R0-culture-all-alike" in codes(judged(culture(focus=3)))
    assert "R0-checklist-all-alike" in codes(judged(checklist(rule_1=3)))
    few: dict[str, Any] = {f"rule_{n}": None for n in range(5, 11)}
    assert "R0-checklist-all-alike" not in codes(judged(checklist(rule_1=3, **few)))


def test_people_two_levels_apart_are_named_and_one_level_is_not_worth_a_word():
    one = judged(culture("c1", "A"), culture("c2", "B", facts=1))
    apart = [f for f in one if f.code == "R0-culture-apart"]
    assert len(apart) == 1
    assert "from 1 (B) to 3 (A)" in apart[0].what
    assert "R0-culture-apart" not in codes(judged(culture("c1", "A"), culture("c2", "B", facts=2)))
    assert "R0-checklist-apart" in codes(judged(checklist("c1", "A"), checklist("c2", "B", rule_5=1)))


def test_a_risk_points_at_the_field_of_one_person_and_at_the_table_of_several():
    alone = judged(culture(barriers=2))
    assert [f.where for f in alone if f.code == "R0-culture-risk"] == ["plan/culture/c1/avoid/barriers"]
    several = judged(culture("c1", "A", barriers=2), culture("c2", "B", barriers=3))
    assert [f.where for f in several if f.code == "R0-culture-risk"] == ["plan/culture"]
    assert all(f.next_step for f in several if f.code == "R0-culture-risk")


def test_every_behaviour_has_a_next_step():
    assert set(r00_culture.NEXT_STEPS) == {s.item.path for s in spreads(CULTURE, Plan(), DAY)}


def test_a_strength_needs_evidence_from_everybody():
    assert "R0-culture-strength" in codes(judged(culture()))
    bare: dict[str, Any] = {f"{s.item.path.split('/')[1]}_why": None for s in spreads(CULTURE, Plan(), DAY)}
    assert "R0-culture-strength" not in codes(judged(culture(**bare)))


# --- several people, and answers given again -----------------------------------------------------------------------


def test_of_two_in_the_middle_the_lower_one_counts():
    assert middle([]) is None
    assert middle([4]) == 4
    assert middle([1, 4]) == 1
    assert middle([1, 2, 4]) == 2


def test_the_latest_answer_of_each_person_counts_and_the_one_before_shows_movement():
    plan = Plan(
        parts={
            "checklist": (
                checklist("c1", "A. Lead", LATER, rule_2=4),
                checklist("c2", "a. lead ", DAY, rule_2=2),
                checklist("c3", "B", DAY, rule_2=1),
            )
        }
    )
    everybody = people(CHECKLIST, plan, date(2027, 1, 1))
    assert [(p.name, p.now.id, p.before.id if p.before else None) for p in everybody] == [
        ("A. Lead", "c1", "c2"),
        ("B", "c3", None),
    ]
    rule_2 = next(s for s in spreads(CHECKLIST, plan, date(2027, 1, 1)) if s.item.path == "rule_2")
    assert rule_2.ratings == (("A. Lead", 4), ("B", 1))
    assert (rule_2.before, rule_2.after) == (2, 4)


def test_what_is_answered_after_the_day_does_not_count():
    plan = Plan(parts={"checklist": (checklist("c1", "A", DAY), checklist("c2", "A", LATER, rule_2=1))})
    assert people(CHECKLIST, plan, date(2026, 5, 1))[0].now.id == "c1"


def test_answers_without_a_name_are_those_of_different_people():
    plan = Plan(parts={"checklist": (checklist("c1", None), checklist("c2", None))})
    assert len(people(CHECKLIST, plan, LATER)) == 2


def test_movement_is_told_up_and_down_and_standing_still_is_not():
    before = checklist("c1", "A", DAY, rule_2=2, rule_3=4)
    found = judged(before, checklist("c2", "A", LATER, rule_2=3, rule_3=3))
    assert [f.what[:6] for f in found if f.code == "R0-checklist-rose"] == ["Rule 2"]
    assert [f.what[:6] for f in found if f.code == "R0-checklist-fell"] == ["Rule 3"]
    assert not {"R0-checklist-rose", "R0-checklist-fell"} & codes(judged(before, checklist("c2", "B", LATER)))
    assert not any("those who answered twice" in f.what for f in found)  # one person is no middle
    two = [checklist(f"c{n}", who, day, rule_2=2 + (day == LATER)) for n, (who, day) in enumerate(TWICE, start=1)]
    assert any("those who answered twice" in f.what for f in judged(*two))


TWICE = (("A", DAY), ("B", DAY), ("A", LATER), ("B", LATER))


# --- the path ------------------------------------------------------------------------------------------------------


def path(*answers: ChecklistAnswer) -> r00_checklist.Path:
    plan = Plan(parts={"checklist": answers})
    return r00_checklist.path(plan, Context(plan, date(2027, 1, 1)))


def rules(steps: tuple[r00_checklist.Step, ...]) -> list[int]:
    return [step.rule for step in steps]


def test_the_lowest_three_come_first_in_the_order_of_the_method():
    found = path(checklist(rule_8=1, rule_2=2, rule_6=2, rule_9=2))
    assert rules(found.first) == [2, 6, 8]
    assert rules(found.then) == [3, 4, 5, 7, 9, 10]
    assert rules(found.done) == [1]


def test_what_is_mostly_done_comes_first_only_where_nothing_is_lower():
    assert rules(path(checklist(rule_5=2)).first) == [5]
    assert rules(path(checklist()).first) == [2, 3, 4]


def test_when_all_is_done_there_is_nothing_to_begin_with():
    full: dict[str, Any] = {f"rule_{n}": 4 for n in RULE_TITLES}
    done = path(checklist(**full))
    assert done.first == done.then == ()
    assert len(done.done) == 10
    assert "R0-checklist-first" not in codes(judged(checklist(**full)))


def test_what_nobody_rated_stands_apart():
    found = path(checklist(rule_4=None))
    assert rules(found.open) == [4]
    assert 4 not in rules(found.first) + rules(found.then)


def test_a_step_knows_its_workbook_and_how_long_it_takes():
    step = next(s for s in path(checklist(rule_2=1)).first if s.rule == 2)
    assert step.workbook == "02_define_success.ipynb"
    assert step.minutes == sum(e.minutes for e in step.exercises) > 60
    assert short_title(2) == step.title == "Rule 2: Define success clearly"


def test_each_exercise_says_what_it_can_find():
    for each in EXERCISES:
        assert len({kind.code for kind in each.kinds}) == len(each.kinds)
        assert all(kind.tool == each.id for kind in each.kinds)
