"""Derailers: seen ahead, with a plan, a part of one's own, and where one bends (9.3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from rdlib.plan.chain import Actor, Chain, Link
from rdlib.plan.coalition import Member
from rdlib.plan.money import Funding
from rdlib.plan.priority import Priority
from rdlib.plan.risks import Risk
from rdlib.plan.routines import QuietTime
from rdlib.plan.values import read_period
from rdlib.rules import r05_risks
from rdlib.rules import r09_derailers as derailers
from rdlib.rules.commitments import commitments
from rdlib.rules.r09_proposals import proposals
from tests.rules.persisting import BEDS, CLIMBS, SEE, STRIKE, TODAY, WINTER, context, priority, values


def risky(*risks: Risk, **parts: Any) -> Priority:
    return priority(CLIMBS, risks=risks, **parts)


def codes(subject: Priority, day: date = TODAY) -> set[str]:
    return {f.code for f in derailers.check(subject, context(subject, day=day))}


def change(**changes: Any) -> Priority:
    return risky(attrs.evolve(WINTER, **changes), STRIKE)


SMALL = attrs.evolve(WINTER, reach="part", likelihood="1", if_it_comes=None, my_part=None)

CASES = {
    "R9-derailers-not-looked-at": (
        risky(attrs.evolve(WINTER, looked_on=date(2026, 11, 1))),
        risky(WINTER, attrs.evolve(STRIKE, looked_on=None)),
    ),
    "R9-derailers-none-ahead": (risky(attrs.evolve(WINTER, could_come=read_period("2028-02"))), risky(WINTER)),
    "R9-derailer-no-when": (change(could_come=None), risky(WINTER, attrs.evolve(SMALL, could_come=None))),
    "R9-derailer-no-plan": (change(if_it_comes=" "), risky(WINTER, SMALL)),
    "R9-derailer-no-own-part": (change(my_part=None), risky(WINTER, SMALL)),
    "R9-derailer-part-open": (change(my_part_by=None), change(my_part_by=None, my_part_done=date(2027, 5, 1))),
    "R9-derailer-part-late": (change(my_part_by=date(2027, 5, 19)), change(my_part_by=TODAY)),
    "R9-derailers-nothing-gives": (
        risky(attrs.evolve(WINTER, flexible=None), attrs.evolve(STRIKE, flexible=" ")),
        risky(attrs.evolve(WINTER, flexible=None), STRIKE),
    ),
    "R9-derailers-nothing-stands": (
        risky(attrs.evolve(WINTER, firm=None), attrs.evolve(STRIKE, firm=None)),
        risky(attrs.evolve(WINTER, firm=None), STRIKE),
    ),
    "R9-derailers-bend-not-said": (risky(attrs.evolve(WINTER, firm=None, flexible=None)), risky(WINTER)),
    "R9-risk-sign-seen": (
        change(sign_seen=date(2027, 5, 1), status="open"),
        change(sign_seen=date(2027, 5, 1), status="at-work"),
    ),
    "R9-risk-look-overdue": (
        change(look_again=date(2027, 5, 10)),
        change(look_again=date(2027, 5, 10), looked_on=date(2027, 5, 12)),
    ),
    "R9-risk-time-past": (change(could_come=read_period("2027-03")), change(could_come=read_period("2027-05"))),
    "R9-derailers-planned": (risky(WINTER, STRIKE), change(if_it_comes=None)),
}


def test_every_kind_has_its_test():
    assert set(CASES) == {kind.code for kind in derailers.KINDS}


@pytest.mark.parametrize("code", CASES)
def test_a_finding_comes_where_it_should_and_nowhere_near_it(code: str):
    wrong, near = CASES[code]
    assert code in codes(wrong)
    assert code not in codes(near)


def test_a_good_register_is_praised_and_nothing_else_is_said_of_it():
    assert codes(risky(WINTER, STRIKE)) == {"R9-derailers-planned"}


def test_closed_risks_ask_for_nothing():
    closed = attrs.evolve(WINTER, id="r9", status="closed", if_it_comes=None, sign_seen=date(2027, 1, 1))
    assert codes(risky(WINTER, STRIKE, closed)) == {"R9-derailers-planned"}


def test_a_register_of_tool_5_3_alone_is_not_attempted_here():
    bare = Risk("r1", title="Beds stay full", likelihood="3", effect="3", answer="Beds before noon", owner="ann")
    assert not derailers.attempted(risky(bare), context())
    assert derailers.attempted(risky(attrs.evolve(bare, could_come=read_period("2027-11"))), context())


def test_a_derailer_of_the_whole_need_not_be_tied_to_a_part_and_a_risk_of_a_part_must_be():
    whole, part = risky(WINTER), risky(attrs.evolve(WINTER, reach="part"))
    assert {f.code for f in r05_risks.check(whole, ())} == {"R5-risks-answered"}
    assert "R5-risk-about-nothing" in {f.code for f in r05_risks.check(part, ())}


def test_parts_answers_and_looks_are_commitments_each_with_its_owner():
    subject = risky(WINTER)
    found = {c.key.rpartition("/")[2]: c for c in commitments(context(subject).plan, TODAY)}
    assert {key: (c.tool, c.owner, c.due, c.done) for key, c in found.items()} == {
        "look_again": ("9.3", "Ann Roy", date(2027, 8, 2), False),
        "my_part": ("9.3", "Ann Roy", date(2027, 10, 1), False),
        "answer": ("5.3", "Ann Roy", date(2027, 10, 31), False),
    }


# --- proposals -------------------------------------------------------------------------------------------------------


def keys(subject: Priority, **given: Any) -> list[str]:
    return [p.key for p in proposals(subject, context(subject, **given))]


def test_a_plan_in_which_nothing_threatens_proposes_nothing():
    assert keys(priority(CLIMBS)) == []


def test_an_end_of_the_mandate_within_a_year_is_proposed_until_it_stands_in_the_register():
    assert keys(priority(CLIMBS), mandate_end=date(2028, 5, 1)) == ["mandate"]
    assert keys(priority(CLIMBS), mandate_end=date(2028, 6, 1)) == []
    election = attrs.evolve(WINTER, title="Elections", could_come=read_period("2028-05"))
    assert keys(risky(election), mandate_end=date(2028, 5, 1)) == []


def test_one_leader_of_all_strategies_is_proposed():
    assert keys(priority(CLIMBS, strategies=(SEE, attrs.evolve(BEDS, leader="ann")))) == ["leader/ann"]
    assert keys(priority(CLIMBS, strategies=(SEE,))) == []


def test_money_that_is_not_agreed_is_proposed_with_its_day_and_what_it_pays_for():
    asked = Funding("f1", name="Second part", status="asked", needed_by=date(2027, 9, 1), pays_for=("s1",))
    subject = priority(CLIMBS, funding=(asked,))
    (found,) = proposals(subject, context(subject))
    assert found.values() == {
        "title": "The money does not come: Second part", "could_come": "2027-09-01", "reach": "part"
    }  # fmt: skip
    assert keys(priority(CLIMBS, funding=(attrs.evolve(asked, status="in-hand"),))) == []


def test_an_actor_whom_no_line_goes_round_is_proposed_until_a_risk_is_about_it():
    actors = (Actor("a1", part="start"), Actor("a2", title="Trusts"), Actor("a3", part="end"))
    links = (Link("l1", source="a1", target="a2"), Link("l2", source="a2", target="a3"))
    chain = Chain("c1", actors=actors, links=links)
    assert keys(priority(CLIMBS, chains=(chain,))) == ["actor/c1/a2"]
    assert keys(risky(attrs.evolve(WINTER, actors=("c1/a2",)), chains=(chain,))) == []
    round_it = attrs.evolve(chain, links=(*links, Link("l3", source="a1", target="a3")))
    assert keys(priority(CLIMBS, chains=(round_it,))) == []


def test_quiet_weeks_and_a_poor_relationship_are_proposed():
    quiet = {"quiet_times": (QuietTime("q1", why="Recess", first=date(2027, 7, 1), last=date(2027, 8, 1)),)}
    assert keys(priority(CLIMBS), parts=quiet) == ["quiet/q1"]
    member = Member("m1", name="Union", relationship=1, importance="4")
    assert keys(priority(CLIMBS, coalition=(member,))) == ["member/m1"]
    assert keys(priority(CLIMBS, coalition=(attrs.evolve(member, relationship=2),))) == []


def test_a_month_that_is_bad_each_year_is_proposed():
    year = [80, 81, 82, 83, 84, 85, 86, 87, 81, 82, 83, 84]  # from March on; November falls
    subject = priority(attrs.evolve(CLIMBS, observations=values(*(year * 3), start="2024-03")))
    assert keys(subject) == ["season/i1/11"]
    two = priority(attrs.evolve(CLIMBS, observations=values(*(year * 2), start="2025-03")))
    assert keys(two) == []
