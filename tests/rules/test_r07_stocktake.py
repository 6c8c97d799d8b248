"""The stocktake: what lies on the table, what changed, what is followed up, and a record that nobody changes (7.5)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from rdlib.plan.indicator import Observation, TargetChange
from rdlib.plan.plan import Plan
from rdlib.plan.stocktake import (
    Achievement,
    Action,
    Decision,
    NextStocktake,
    Stocktake,
    StocktakeFigure,
    StocktakeRating,
    seal_of,
)
from rdlib.plan.values import read_period
from rdlib.rules import r07_stocktake as stocktakes
from rdlib.rules.r07_pack import changes, pack, state_of, to_carry
from rdlib.rules.r07_units import unit_maps
from tests.rules.assessments import AGREED, GOOD, SHARE, context, plan, priority

DAY, BEFORE = date(2027, 5, 20), date(2027, 3, 25)
DONE = Action("a1", what="Bed managers on duty in twelve wards", owner="ann", due=date(2027, 5, 1), done=BEFORE)
OPEN = attrs.evolve(DONE, id="a2", what="Rota for the night", due=date(2027, 6, 1), done=None)
KEPT = StocktakeRating("r1", priority="waits", title="Shorter waits", likelihood=2, day=date(2027, 3, 20))
FIGURE = StocktakeFigure(
    "f1", priority="waits", indicator="i1", name=SHARE.name, when=read_period("2026-03"), value="80.0",
    target="at least 90%", due=read_period("2028-03"),
)  # fmt: skip


def sealed(stocktake: Stocktake) -> Stocktake:
    return attrs.evolve(stocktake, seal=seal_of(stocktake))


LAST = sealed(
    Stocktake("s1", day=BEFORE, closed=BEFORE, closed_by="ann", ratings=(KEPT,), figures=(FIGURE,), actions=(OPEN,))
)
CARRIED = attrs.evolve(OPEN, id="a1", since=BEFORE, carried="1", origin="s1/a2")
NEXT = NextStocktake(
    "n1",
    day=DAY,
    routine="u1",
    chair="ann",
    present=("ann", "ben"),
    achievements=(Achievement("c1", what="Beds free before noon", shown="Eleven of twelve wards, seen on 3 May"),),
    decisions=(Decision("d1", question="Which wards begin in June?", answer="The four slowest", decided_by="ann"),),
    actions=(CARRIED,),
)


def of(record: NextStocktake | None = NEXT, last: Stocktake | None = LAST, **changes_: Any) -> Plan:
    return plan(
        changes_.pop("waits", GOOD),
        next_stocktake=(record,) if record else (),
        stocktakes=(last,) if last else (),
        **changes_,
    )


def codes(subject: Plan, day: date = date(2027, 5, 21)) -> set[str]:
    context_ = attrs.evolve(context(), plan=subject, as_of=day)
    return {f.code for f in stocktakes.check(subject, context_)}


def changed(**fields: Any) -> Plan:
    return of(attrs.evolve(NEXT, **fields))


def action(**fields: Any) -> Plan:
    return changed(actions=(attrs.evolve(CARRIED, **fields),))


TIGHTER = attrs.evolve(SHARE, target=attrs.evolve(SHARE.target, value=85.0))
SAID = attrs.evolve(TIGHTER, changes=(TargetChange("c1", day=date(2027, 4, 1), reason="Wards were closed"),))
OTHER = attrs.evolve(GOOD, assessments=())
FIRST = Action("a9", what="Something new", owner="ann", due=date(2027, 7, 1))

CASES = {
    "R7-stocktake-no-day": (changed(day=None), of()),
    "R7-stocktake-two-open": (
        plan(GOOD, next_stocktake=(NEXT, attrs.evolve(NEXT, id="n2")), stocktakes=(LAST,)),
        plan(GOOD, next_stocktake=(NEXT, NextStocktake("n2")), stocktakes=(LAST,)),
    ),
    "R7-stocktake-not-rated": (of(waits=OTHER), of()),
    "R7-stocktake-not-rated-anew": (
        of(waits=priority(agreed=(attrs.evolve(AGREED, day=BEFORE),))),
        of(waits=priority(agreed=(attrs.evolve(AGREED, day=date(2027, 3, 26)),))),
    ),
    "R7-stocktake-no-decision": (changed(decisions=()), of()),
    "R7-decision-no-answer": (changed(decisions=(Decision("d1", question="Which wards begin in June?"),)), of()),
    "R7-achievement-not-shown": (
        changed(achievements=(Achievement("c1", what="Beds free before noon", shown="Beds free"),)),
        of(),
    ),
    "R7-stocktake-no-action": (of(attrs.evolve(NEXT, actions=()), last=None), of()),
    "R7-action-no-owner": (action(owner=None), of()),
    "R7-action-no-date": (action(due=None), action(due=None, done=DAY)),
    "R7-action-overdue": (action(due=date(2027, 5, 20)), action(due=date(2027, 5, 21))),
    "R7-action-carried-thrice": (action(carried="3"), action(carried="2")),
    "R7-action-lost": (changed(actions=(FIRST,)), action(dropped="The night rota is the trust's own")),
    "R7-stocktake-target-changed": (
        of(waits=attrs.evolve(GOOD, indicators=(TIGHTER,))),
        of(waits=attrs.evolve(GOOD, indicators=(SAID,))),
    ),
    "R7-stocktake-nobody-present": (changed(present=()), of()),
    "R7-stocktake-changed": (of(last=attrs.evolve(LAST, chair="ben")), of()),
    "R7-stocktake-followed-up": (action(done=date(2027, 5, 19)), of()),
}


@pytest.mark.parametrize("code", sorted(CASES))
def test_each_finding_is_triggered_by_its_case_and_not_by_the_near_miss(code: str):
    triggering, quiet = CASES[code]
    assert code in codes(triggering)
    assert code not in codes(quiet)


def test_every_kind_of_finding_has_its_two_cases():
    assert {kind.code for kind in stocktakes.KINDS} == {*CASES, "R7-stocktake-not-closed"}


def test_nothing_is_wrong_with_a_stocktake_that_is_complete():
    assert codes(of()) == set()


def test_a_record_that_stays_open_is_asked_about_after_a_week():
    assert "R7-stocktake-not-closed" in codes(of(), date(2027, 5, 28))
    assert "R7-stocktake-not-closed" not in codes(of(), date(2027, 5, 27))


def test_ratings_and_decisions_are_asked_for_only_when_the_day_is_near():
    subject = of(attrs.evolve(NEXT, decisions=()), waits=OTHER)
    wanted = {"R7-stocktake-not-rated", "R7-stocktake-no-decision"}
    assert wanted <= codes(subject, date(2027, 5, 11))
    assert not wanted & codes(subject, date(2027, 5, 10))


def test_an_overdue_action_is_asked_about_between_two_stocktakes_too():
    assert codes(of(record=None), date(2027, 6, 2)) == {"R7-action-overdue"}
    assert codes(of(record=None), date(2027, 6, 1)) == set()


def test_a_correction_with_a_new_seal_is_no_secret_change():
    mended = sealed(attrs.evolve(LAST, chair="ben"))
    assert codes(of(last=mended)) == set()


# --- what lies on the table -----------------------------------------------------------------------------------------


def test_for_a_closed_stocktake_the_ratings_and_figures_are_those_of_its_day():
    found = pack(of(), BEFORE)
    assert found.closed
    assert found.ratings["waits"].likelihood == 2
    assert found.figures["waits", "i1"].number == 80.0
    assert found.before is None


def test_for_an_open_one_they_are_what_the_plan_knows_by_that_day():
    found = pack(of(), DAY)
    assert (found.ratings["waits"].likelihood, found.ratings["waits"].raters) == (3, ("ann", "ben"))
    assert found.figures["waits", "i1"].number == 83.0
    assert found.before == LAST


def test_a_stocktake_looks_at_the_priorities_of_its_routine():
    other = attrs.evolve(GOOD, id="other", title="Other")
    subject = plan(GOOD, other, next_stocktake=(NEXT,))
    assert set(pack(subject, DAY).ratings) == {"waits"}
    assert set(pack(subject, date(2027, 5, 21)).ratings) == {"waits", "other"}


def said(subject: Plan, day: date = DAY) -> list[tuple[str, str, int]]:
    return [(c.kind, c.what, c.way) for c in changes(pack(subject, day), subject)]


def test_what_changed_is_worked_out():
    told = said(of(waits=attrs.evolve(GOOD, indicators=(TIGHTER,))))
    assert ("likelihood", "“Likelihood of delivery”: 2 to 3", 1) in told
    assert ("figure", "83% for March 2027, after 80% for March 2026", 1) in told
    assert ("target", "at least 90% by March 2028, and now at least 85% by March 2028", 0) in told


def test_a_figure_that_was_corrected_is_told_as_such():
    earlier = attrs.evolve(FIGURE, when=read_period("2027-03"), value="84.0")
    last = sealed(attrs.evolve(LAST, figures=(earlier,)))
    assert ("figure", "84% for March 2027 was corrected to 83%", -1) in said(of(last=last))


def test_nothing_has_changed_before_the_first_stocktake():
    assert said(of(last=None)) == []


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "open"),
        ({"due": date(2027, 5, 19)}, "late"),
        ({"due": DAY}, "open"),
        ({"due": None}, "undated"),
        ({"done": DAY}, "done"),
        ({"done": date(2027, 5, 21)}, "open"),
        ({"dropped": "Nobody wants it"}, "dropped"),
    ],
)
def test_an_action_stands_as_its_dates_say(fields: dict[str, Any], state: str):
    assert state_of(attrs.evolve(CARRIED, **fields), DAY) == state


def test_what_is_open_is_carried_on_and_counted():
    last = attrs.evolve(LAST, actions=(DONE, OPEN, attrs.evolve(CARRIED, id="a3", dropped="Not needed"), CARRIED))
    first, second = to_carry(last)
    assert (first["what"], first["carried"], first["origin"], first["since"]) == (
        "Rota for the night", "1", "s1/a2", "2027-03-25",
    )  # fmt: skip
    assert second["carried"] == "2"
    assert to_carry(None) == []


# --- units by indicators --------------------------------------------------------------------------------------------


def by_district(values: dict[str, float], **fields: Any) -> Plan:
    when = read_period("2027-03")
    rows = tuple(Observation(when, value, breakdown={"district": name}) for name, value in values.items())
    return plan(attrs.evolve(GOOD, indicators=(attrs.evolve(SHARE, observations=rows, **fields),)))


def test_units_are_held_against_the_target_and_the_weakest_come_first():
    (found,) = unit_maps(by_district({"A": 91.0, "B": 60.0, "C": 88.0, "D": 80.0}), DAY)
    assert found.called == "district"
    assert found.units == ("B", "D", "C", "A")
    assert dict(found.columns[0].levels) == {"A": 4, "B": 1, "C": 3, "D": 2}


def test_without_a_target_units_stand_in_quarters_and_ties_share_the_better_one():
    values = {f"U{n}": float(n // 2) for n in range(8)}
    (found,) = unit_maps(by_district(values, target=attrs.evolve(SHARE.target, kind="context")), DAY)
    assert dict(found.columns[0].levels) == {f"U{n}": 1 + n // 2 for n in range(8)}
    (few,) = unit_maps(by_district({"A": 1.0, "B": 2.0}, target=attrs.evolve(SHARE.target, kind="context")), DAY)
    assert few.columns[0].levels == {}


def test_units_are_not_held_against_the_target_of_their_total():
    subject = by_district({f"U{n}": 10.0 + n for n in range(8)})
    one = subject.priorities[0]
    whole = Observation(read_period("2027-03"), 108.0)
    indicator = attrs.evolve(one.indicators[0], observations=(*one.indicators[0].observations, whole))
    (found,) = unit_maps(plan(attrs.evolve(one, indicators=(indicator,))), DAY)
    assert found.columns[0].aim is None


def test_figures_from_after_the_day_are_not_shown():
    assert unit_maps(by_district({"A": 91.0, "B": 60.0}), date(2027, 3, 30)) == ()
