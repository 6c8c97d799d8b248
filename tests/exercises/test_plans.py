"""The starting plans and the model plans, read and judged as a learner's own plan would be."""

from __future__ import annotations

import pytest

from rdlib.plan.coalition import COALITION, Member
from rdlib.plan.practice import SORTING
from rdlib.rules.findings import Severity
from tests.exercises.cases import NAMES, case


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", ["start", "plan"])
def test_a_plan_reads_without_a_problem(name: str, which: str):
    reading = getattr(case(name), which)
    assert [str(p) for p in reading.problems] == []
    assert list(reading.hints) == []
    assert [p.id for p in reading.plan.priorities] == list(reading.plan.order)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_missing_in_a_model_plan_but_what_is_left_open_on_purpose(name: str):
    found = {(f.where, f.code) for f in case(name).findings() if f.severity is Severity.MISSING}
    assert found == {(gap["where"], gap["code"]) for gap in case(name).meta["known_gaps"]}


@pytest.mark.parametrize("name", NAMES)
def test_each_published_indicator_of_a_model_plan_passes_the_three_ms(name: str):
    found = {f.where for f in case(name).findings() if f.code == "R2-3m-passed"}
    expected = {f"priorities/{p.id}/indicators/i1/three_m" for p in case(name).plan.plan.priorities if p.indicators}
    assert expected <= found


@pytest.mark.parametrize("name", NAMES)
def test_people_who_are_named_in_a_model_plan_are_in_its_list(name: str):
    plan = case(name).plan.plan
    known = {person.id for person in plan.people}
    for priority in plan.priorities:
        assert priority.leaders
        assert set(priority.leaders) <= known
        assert {o.leader for o in priority.outcomes} <= known
        for indicator in priority.indicators:
            owner = indicator.three_m.data_owner or ""
            assert owner in known or " " in owner, f"{owner!r} is neither in the list nor a name"


def test_a_model_plan_shows_what_praise_looks_like():
    codes = {f.code for name in NAMES for f in case(name).findings() if f.severity is Severity.GOOD}
    assert {"R2-3m-passed", "R2-smart", "R2-ladder-complete", "R2-sorted-right"} <= codes
    assert {"R3-coalition-covers", "R3-relationships-planned", "R3-messages-fit"} <= codes


def test_what_is_said_of_members_of_a_coalition_is_marked_as_made_up():
    for name in NAMES:
        for which in (case(name).start.plan, case(name).plan.plan):
            for priority in which.priorities:
                for member in COALITION.read(priority):
                    assert member.illustrative or member == Member(member.id, name=member.name), (name, member.id)


def test_an_indicator_that_fails_is_kept_in_the_plan_and_out_of_the_targets():
    codes = {f.code for f in case("emergency-waits").findings() if "/i4/" in f.where}
    assert "R2-kept-out" in codes
    assert "R2-failed-3m-target" not in codes


def test_the_model_sorts_all_twelve_and_repairs_those_that_need_it():
    practice = case("new-south-wales")
    codes = [f.code for f in practice.findings() if "/sorting/" in f.where]
    assert codes == ["R2-sorted-right"] * 12
    rows = {p.id: SORTING.read(p)[0] for p in practice.plan.plan.priorities}
    well = {id_ for id_, row in rows.items() if row.well_defined}
    assert well == {"creating-jobs", "improving-service-levels-in-hospitals", "faster-housing-approvals"}
    assert {id_ for id_, row in rows.items() if row.repair} == set(rows) - well


def test_a_repair_is_provisional_and_says_that_it_is_ours():
    plan = case("new-south-wales").plan.plan
    for id_ in ("building-infrastructure", "driving-public-sector-diversity", "improving-government-services"):
        priority = plan.priority(id_)
        assert priority is not None
        target = priority.indicators[0].target
        assert target.commitment == "provisional"
        assert "Our repair" in (target.why_this or "")


@pytest.mark.parametrize("name", NAMES)
def test_a_starting_plan_still_has_work_in_it(name: str):
    start = case(name).findings(case(name).start.plan)
    assert any(f.severity in {Severity.MISSING, Severity.WEAK} for f in start)
    assert not any(f.code in {"R2-3m-passed", "R2-smart"} for f in start)
