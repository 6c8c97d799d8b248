"""The four elements of a priority's architecture (tool 1.2)."""

import pytest

from rdlib.plan.indicator import Indicator, Target
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Outcome, Person, Priority
from rdlib.plan.strategy import Strategy
from rdlib.plan.values import Missing
from rdlib.rules.architecture import Element, State, elements, indicators_of, loose_indicators

PLAN = Plan(people=(Person(id="min", name="Minister of Health"),))
SEEN = Outcome(id="o1", statement="Patients are seen quickly")
SAFE = Outcome(id="o2", statement="Fewer people are harmed")
WAITS = Indicator(id="i1", name="Share within four hours", outcome="o1", target=Target(wording="85% by 2018"))
HARM = Indicator(id="i2", name="Deaths", outcome="o2", target=Target(kind="at-most", value=12.0))
BEDS = Strategy("s1", title="Free beds earlier in the day", indicators=("i1", "i2"))


def element(key: str, priority: Priority) -> Element:
    return next(e for e in elements(priority, PLAN) if e.key == key)


def test_there_are_four_in_the_order_of_the_method():
    assert [e.key for e in elements(Priority(id="p"), PLAN)] == ["outcomes", "strategies", "metrics", "leaders"]


def test_an_empty_priority_has_attempted_nothing_and_is_told_what_to_do():
    for each in elements(Priority(id="p"), PLAN):
        assert each.state is State.NOT_ATTEMPTED
        assert not each.has
        assert len(each.lacking) == 1


def test_a_complete_priority_stands_on_all_four():
    priority = Priority(
        id="p", leaders=("min",), outcomes=(SEEN, SAFE), indicators=(WAITS, HARM), parts={"strategies": (BEDS,)}
    )
    found = elements(priority, PLAN)
    assert [e.state for e in found] == [State.STANDS] * 4
    assert not any(e.lacking for e in found)
    assert element("metrics", priority).has == ("2 indicators", "2 targets")


@pytest.mark.parametrize(
    "strategy",
    [
        Strategy("s1", title="Free beds earlier in the day", indicators=("i1",)),
        Strategy("s1", title="Free beds earlier in the day", indicators=("i1", "gone")),
    ],
)
def test_a_target_that_no_strategy_is_there_to_move_is_named(strategy: Strategy):
    priority = Priority(id="p", indicators=(WAITS, HARM), parts={"strategies": (strategy,)})
    found = element("strategies", priority)
    assert found.state is State.LACKING
    assert found.lacking == ("No strategy is there yet to move “Deaths”.",)


def test_dropped_strategies_do_not_count_and_chosen_ones_are_counted():
    dropped = Priority(id="p", parts={"strategies": (Strategy("s1", title="Free beds", status="dropped"),)})
    assert element("strategies", dropped).state is State.NOT_ATTEMPTED
    chosen = Priority(id="p", parts={"strategies": (BEDS, Strategy("s2", title="More", status="chosen"))})
    assert element("strategies", chosen).has == ("2 strategies", "1 of them chosen")


def test_what_is_only_watched_needs_no_strategy():
    watched = Indicator(id="i3", name="Trust", target=Target(wording="No target", kind="context"))
    priority = Priority(id="p", indicators=(WAITS, HARM, watched), parts={"strategies": (BEDS,)})
    assert element("strategies", priority).state is State.STANDS


def test_an_outcome_without_words_is_lacking():
    found = element("outcomes", Priority(id="p", outcomes=(SEEN, Outcome(id="o2", statement="  "))))
    assert found.state is State.LACKING
    assert found.lacking == ("1 outcome is not put into words.",)


def test_outcomes_without_any_words_are_lacking_rather_than_not_attempted():
    assert element("outcomes", Priority(id="p", outcomes=(Outcome(id="o1"),))).state is State.LACKING


def test_an_outcome_without_an_indicator_is_named():
    found = element("metrics", Priority(id="p", outcomes=(SEEN, SAFE), indicators=(WAITS,)))
    assert found.state is State.LACKING
    assert found.lacking == ("No indicator yet for “Fewer people are harmed”.",)


@pytest.mark.parametrize(
    "target",
    [
        Target(),
        Target(kind="tbd"),
        Target(kind="at-least"),
        Target(wording="à déterminer"),
        Target(value=Missing.TO_BE_DETERMINED),
    ],
)
def test_an_indicator_without_a_settled_target_is_named(target: Target):
    indicator = Indicator(id="i1", name="Waits", outcome="o1", target=target)
    found = element("metrics", Priority(id="p", outcomes=(SEEN,), indicators=(indicator,)))
    assert found.lacking == ("No target settled yet for “Waits”.",)
    assert found.has == ("1 indicator",)


@pytest.mark.parametrize(
    "target",
    [
        Target(wording="85% by 2018"),
        Target(value=0.0),
        Target(kind="context"),
        Target(kind="milestone"),
        Target(value=Missing.NOT_APPLICABLE),
    ],
)
def test_a_target_or_its_knowing_absence_is_enough(target: Target):
    indicator = Indicator(id="i1", name="Waits", outcome="o1", target=target)
    assert element("metrics", Priority(id="p", outcomes=(SEEN,), indicators=(indicator,))).state is State.STANDS


def test_an_indicator_that_names_no_outcome_speaks_for_the_only_one():
    loose = Indicator(id="i9", name="Waits")
    alone = Priority(id="p", outcomes=(SEEN,), indicators=(loose,))
    assert indicators_of(SEEN, alone) == (loose,)
    assert loose_indicators(alone) == ()


def test_an_indicator_that_could_speak_for_several_outcomes_is_lacking_a_link():
    loose = Indicator(id="i9", name="Waits", target=Target(value=1.0))
    unclear = Priority(id="p", outcomes=(SEEN, SAFE), indicators=(WAITS, HARM, loose))
    assert loose_indicators(unclear) == (loose,)
    assert element("metrics", unclear).lacking == ("1 indicator speaks for no outcome.",)


def test_an_indicator_of_an_outcome_that_is_gone_is_loose():
    stray = Indicator(id="i9", name="Waits", outcome="gone")
    assert loose_indicators(Priority(id="p", outcomes=(SEEN,), indicators=(stray,))) == (stray,)


def test_one_leader_stands_by_name():
    found = element("leaders", Priority(id="p", leaders=("min",)))
    assert found.state is State.STANDS
    assert found.has == ("Minister of Health",)


def test_two_leaders_are_no_leader():
    found = element("leaders", Priority(id="p", leaders=("min", "the Premier")))
    assert found.state is State.LACKING
    assert found.has == ("Minister of Health", "the Premier")


def test_leaders_of_outcomes_do_not_answer_for_the_whole():
    found = element("leaders", Priority(id="p", outcomes=(Outcome(id="o1", leader="min"),)))
    assert found.state is State.LACKING
    assert found.has == ("Minister of Health, for an outcome",)
