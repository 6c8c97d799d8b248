from datetime import date

import pytest

from rdlib.plan.indicator import Indicator, Target
from rdlib.plan.plan import Plan
from rdlib.plan.practice import Sorting
from rdlib.plan.priority import Priority
from rdlib.plan.values import read_period
from rdlib.rules import r02_practice as practice
from rdlib.rules.registry import Context

CONTEXT = Context(Plan(fiscal_year_start="7"), date(2017, 12, 31))
CLEAR = "81% of patients through Emergency Department (ED) in four hours by 2019"
NO_NUMBER = "Annual improved customer satisfaction to 2019"
NO_DATE = "Delivery of 10 key infrastructure projects on time and on budget"
TWO_MEANINGS = "5% fewer overweight or obese kids by 2025"
NO_START = "40% less litter by 2020"


def codes(wording: str, row: Sorting, *, unit: str | None = "%", **target: object) -> list[str]:
    indicator = Indicator(id="i1", name="Any", unit=unit, direction="up", target=Target(wording=wording, **target))  # type: ignore[arg-type]
    priority = Priority(id="p", indicators=(indicator,), parts={"sorting": (row,)})
    return [f.code for f in practice.check_sorting(priority, CONTEXT)]


@pytest.mark.parametrize("wording", [NO_NUMBER, NO_DATE])
def test_what_lacks_a_number_or_a_date_is_not_well_defined(wording: str):
    assert codes(wording, Sorting("s1", well_defined=True, why="Clear")) == ["R2-sorted-wrong"]
    assert codes(wording, Sorting("s1", well_defined=False, why="It is open")) == ["R2-sorted-right"]


def test_what_has_a_number_a_date_and_one_meaning_is_well_defined():
    assert codes(CLEAR, Sorting("s1", well_defined=False, why="Too vague")) == ["R2-sorted-wrong"]
    assert codes(CLEAR, Sorting("s1", well_defined=True, why="Number and year")) == ["R2-sorted-right"]


@pytest.mark.parametrize(("wording", "unit"), [(TWO_MEANINGS, "%"), (NO_START, "index points")])
@pytest.mark.parametrize("answer", [True, False])
def test_either_answer_stands_where_the_words_leave_room_for_argument(wording: str, unit: str, answer: bool):
    assert codes(wording, Sorting("s1", well_defined=answer, why="A reason"), unit=unit) == ["R2-sorted-right"]


def test_a_repair_in_the_fields_does_not_change_what_was_published():
    repaired = {"kind": "at-least", "value": 79.0, "due": read_period("2018/19", fiscal_start=7)}
    row = Sorting("s1", well_defined=False, why="No number", repair="An index of at least 79 by June 2019")
    assert codes(NO_NUMBER, row, unit="index points", **repaired) == ["R2-sorted-right"]
    wrong = Sorting("s1", well_defined=True, why="It has a number")
    assert codes(NO_NUMBER, wrong, unit="index points", **repaired) == ["R2-sorted-wrong"]


@pytest.mark.parametrize("repair", ["Much better satisfaction by June 2019", "An index of at least 79"])
def test_a_repair_without_number_or_date_is_weak(repair: str):
    assert "R2-repair-weak" in codes(NO_NUMBER, Sorting("s1", well_defined=False, why="No number", repair=repair))


def test_nothing_is_said_before_the_target_was_sorted():
    untouched = Priority(id="p", parts={"sorting": (Sorting("s1"),)})
    begun = Priority(id="p", parts={"sorting": (Sorting("s1", well_defined=True),)})
    assert not practice.attempted_sorting(untouched, CONTEXT)
    assert practice.attempted_sorting(begun, CONTEXT)
    assert practice.check_sorting(begun, CONTEXT) == []  # no published target to hold it against
