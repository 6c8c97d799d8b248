from __future__ import annotations

from typing import Any

import attrs
import pytest

from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.plan.values import read_period
from rdlib.rules import r04_mix as mix
from rdlib.rules.r04_sequence import order_of
from tests.rules.plans import CONTEXT, codes
from tests.rules.strategies import ALL, BEDS, CENTRES, LINE, SEE, priority, with_all, with_one

GOOD = priority()


def at_same_time(*months: str, **changes: Any) -> Priority:
    """As many chosen strategies as months in which they begin; each runs for a year."""
    rows = []
    for n, month in enumerate(months, start=1):
        year, rest = month.split("-")
        end = read_period(f"{int(year) + 1}-{rest}")
        row = attrs.evolve(SEE, id=f"s{n}", start=read_period(month), end=end, leader=f"Leader {n}")
        rows.append(attrs.evolve(row, **changes) if changes else row)
    return priority(*rows, LINE)


def test_a_good_mix_is_praised_and_nothing_else_is_said() -> None:
    assert codes(mix.check(GOOD, CONTEXT)) == {"R4-coherent"}


@pytest.mark.parametrize(
    ("changed", "code", "where"),
    [
        (with_all(status="candidate"), "R4-nothing-chosen", ""),
        (priority(SEE, LINE), "R4-target-uncovered", ""),
        (with_one("s1", indicators=()), "R4-orphan-strategy", "/s1"),
        (with_one("s1", indicators=("gone",)), "R4-orphan-strategy", "/s1"),
        (with_one("s1", status_why=None), "R4-choice-no-reason", "/s1/status_why"),
        (with_one("s4", status_why=" "), "R4-choice-no-reason", "/s4/status_why"),
        (with_one("s2", line="quality "), "R4-one-line", ""),
        (with_one("s1", together=None), "R4-fit-not-said", ""),
        (with_one("s1", depends_on=("s2",)), "R4-circle", "/s1/depends_on"),
        (with_one("s1", depends_on=("s1",)), "R4-circle", "/s1/depends_on"),
        (with_one("s1", depends_on=("s9",)), "R4-waits-for-gone", "/s1/depends_on"),
        (with_one("s1", depends_on=("s3",)), "R4-waits-for-unchosen", "/s1/depends_on"),
        (with_one("s3", depends_on=("s4",)), "R4-waits-for-unchosen", "/s3/depends_on"),
        (with_one("s2", start=read_period("2018-09")), "R4-begins-too-early", "/s2/start"),
        (with_one("s1", end=None, start=read_period("2019-01")), "R4-begins-too-early", "/s2/start"),
        (with_one("s1", start=read_period("2018-11"), end=read_period("2019-03")), "R4-quick-wins-late", "/s1/start"),
        (with_one("s2", end=read_period("2021-03")), "R4-after-due", "/s2/end"),
    ],
)
def test_each_weakness_is_found_at_its_place_and_only_there(changed: Priority, code: str, where: str) -> None:
    found = [f for f in mix.check(changed, CONTEXT) if f.code == code]
    assert [f.where for f in found] == [f"priorities/waits/strategies{where}"]
    assert found[0].next_step
    assert code not in codes(mix.check(GOOD, CONTEXT))
    assert "R4-coherent" not in codes(mix.check(changed, CONTEXT))


def test_everything_chosen_is_no_choice() -> None:
    five = [attrs.evolve(SEE, id=f"s{n}", indicators=("i1", "i2")) for n in range(1, 6)]
    assert "R4-all-chosen" in codes(mix.check(priority(*five), CONTEXT))
    assert "R4-all-chosen" not in codes(mix.check(priority(*five, CENTRES), CONTEXT))
    assert "R4-all-chosen" not in codes(mix.check(priority(*five[:4]), CONTEXT))


@pytest.mark.parametrize(
    ("months", "together"),
    [
        (("2018-01", "2018-02", "2018-03", "2018-04"), True),
        (("2018-01", "2018-02", "2018-03", "2018-05"), False),
        (("2018-01", "2018-02", "2018-03"), False),
    ],
)
def test_four_that_begin_within_three_months_begin_at_once(months: tuple[str, ...], together: bool) -> None:
    assert ("R4-all-at-once" in codes(mix.check(at_same_time(*months), CONTEXT))) is together


def test_a_leader_of_three_at_a_time_is_asked_about() -> None:
    three = at_same_time("2018-01", "2018-05", "2018-09", leader="National lead")
    found = [f for f in mix.check(three, CONTEXT) if f.code == "R4-leader-overloaded"]
    assert len(found) == 1
    assert "National lead leads 3 strategies" in found[0].what
    one_after_the_other = at_same_time("2018-01", "2018-05", "2019-06", leader="National lead")
    assert "R4-leader-overloaded" not in codes(mix.check(one_after_the_other, CONTEXT))


def test_a_circle_is_named_in_the_order_of_waiting() -> None:
    third = attrs.evolve(LINE, id="s3", status="chosen", status_why="Cheap.", depends_on=("s2",))
    changed = priority(attrs.evolve(SEE, depends_on=("s3",)), BEDS, third, CENTRES)
    found = [f for f in mix.check(changed, CONTEXT) if f.code == "R4-circle"]
    assert len(found) == 1
    names = ("See and treat at the front door", "Free beds before noon", "A telephone line for advice")
    assert all(f"“{name}”" in found[0].what for name in names)
    assert found[0].what.count("→") == 3


def test_coverage_leaves_out_what_is_only_watched_or_failed() -> None:
    failed = attrs.evolve(GOOD.indicators[1], three_m=attrs.evolve(GOOD.indicators[1].three_m, moveable=False))
    changed = attrs.evolve(priority(SEE, LINE), indicators=(GOOD.indicators[0], failed))
    assert [c.indicator.id for c in mix.coverage(changed)] == ["i1"]
    assert "R4-target-uncovered" not in codes(mix.check(changed, CONTEXT))


def test_without_a_decision_or_a_dependency_it_is_not_attempted() -> None:
    assert not mix.attempted(with_all(status="candidate", depends_on=()), CONTEXT)
    assert not mix.attempted(Priority(id="p", parts={STRATEGIES.key: (Strategy("s1"),)}), CONTEXT)
    assert mix.attempted(with_all(status=None, depends_on=("s1",)), CONTEXT)
    assert mix.attempted(GOOD, CONTEXT)


# --- order ----------------------------------------------------------------------------------------------------------


def rows(**depends_on: str) -> list[Strategy]:
    return [Strategy(id_, depends_on=tuple(others.split())) for id_, others in depends_on.items()]


def ids(strategies: list[Strategy]) -> list[str]:
    return [step.strategy.id for step in order_of(strategies).steps]


def test_what_others_wait_for_comes_first() -> None:
    assert ids(rows(s1="s2 s3", s2="s3", s3="")) == ["s3", "s2", "s1"]
    assert [s.id for s in order_of(rows(s1="s2 s3", s2="s3", s3="")).steps[-1].after] == ["s3", "s2"]


def test_quick_wins_come_before_the_transformative_unless_something_waits() -> None:
    hard, easy = attrs.evolve(BEDS, id="a", depends_on=()), attrs.evolve(SEE, id="b")
    assert ids([hard, easy]) == ["b", "a"]
    assert ids([hard, attrs.evolve(easy, depends_on=("a",))]) == ["a", "b"]


def test_among_equals_the_earlier_and_then_the_easier_comes_first() -> None:
    late, early = attrs.evolve(SEE, id="a", start=read_period("2019")), attrs.evolve(SEE, id="b")
    assert ids([late, early]) == ["b", "a"]
    assert ids([attrs.evolve(SEE, id="a", difficulty=4.5), attrs.evolve(SEE, id="b")]) == ["b", "a"]


@pytest.mark.parametrize(
    ("strategies", "circles"),
    [
        (rows(s1="s1"), [["s1"]]),
        (rows(s1="s2", s2="s1"), [["s1", "s2"]]),
        (rows(s1="s2", s2="s3", s3="s1", s4="s1"), [["s1", "s2", "s3"]]),
        (rows(s1="s2", s2="s1", s3="s4", s4="s3"), [["s1", "s2"], ["s3", "s4"]]),
    ],
)
def test_each_circle_is_found_once(strategies: list[Strategy], circles: list[list[str]]) -> None:
    found = order_of(strategies)
    assert sorted(sorted(s.id for s in circle) for circle in found.circles) == circles
    assert found.steps == ()


def test_a_link_out_of_the_list_does_not_count() -> None:
    assert ids(rows(s1="gone")) == ["s1"]
    assert order_of([]).steps == ()


def test_a_step_says_when_what_it_waits_for_is_done() -> None:
    step = order_of(list(ALL[:2])).steps[1]
    assert step.not_before is not None
    assert step.not_before.isoformat() == "2018-09-30"
    undated = order_of([attrs.evolve(SEE, end=None), BEDS]).steps[1]
    assert undated.not_before is None
