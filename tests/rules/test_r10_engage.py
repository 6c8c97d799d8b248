"""The checks of rule 10: each finding is brought about by one change, and by nothing near it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import pytest

from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.stakeholders import Stakeholder, Standing
from rdlib.rules import r10_engagement, r10_map, r10_negotiation, r10_practice
from rdlib.rules.boards import moved_in_words, names_of
from rdlib.rules.calendar_events import events
from rdlib.rules.commitments import commitments
from rdlib.rules.findings import Finding
from rdlib.rules.r10_candidates import candidates
from rdlib.rules.r10_wording import blame_in, only_positions, ours_alone, threat_in
from rdlib.rules.registry import Context
from tests.rules.engaged import (
    ACTION,
    ACTIVATE,
    BRING,
    CHAMPION,
    MEMBER,
    MIDDLE,
    PEOPLE,
    PLANS,
    SCEPTIC,
    SHEET,
    SUPPORTER,
    WORK,
    priority,
    with_person,
    with_plan,
    with_sheet,
)
from tests.rules.plans import CONTEXT, PLAN, codes

Check = Callable[[Priority, Context], list[Finding]]
GOOD = priority()
HERE = f"priorities/{GOOD.id}"


def test_good_answers_are_praised_and_nothing_else_is_said() -> None:
    assert codes(r10_map.check(GOOD, CONTEXT)) == {"R10-map-stands"}
    assert codes(r10_engagement.check(GOOD, CONTEXT)) == {"R10-engagement-fits"}
    assert codes(r10_negotiation.check(GOOD, CONTEXT)) == {"R10-sheet-ready"}
    assert codes(r10_practice.check(GOOD, CONTEXT)) == {"R10-map-stands", "R10-engagement-fits", "R10-sheet-ready"}


def test_what_nobody_has_begun_is_not_attempted() -> None:
    empty = priority((Stakeholder("k1"),), (), ())
    for tool in (r10_map, r10_engagement, r10_negotiation, r10_practice):
        assert not tool.attempted(empty, CONTEXT)
        assert tool.attempted(GOOD, CONTEXT)
    listed = priority((Stakeholder("k1", name="Hospitals"),), (), ())  # as a case hands it out
    assert not r10_practice.attempted(listed, CONTEXT)


def moved(support: float, *places: Standing) -> Stakeholder:
    return attrs.evolve(MIDDLE, support=support, places=places)


OLD = Standing("p1", date(2017, 9, 1), 5.0, 7.0)
NEW = Standing("p2", date(2018, 6, 1), 5.0, 7.0)
FOUR_STILL = tuple(
    attrs.evolve(s, places=(attrs.evolve(OLD, support=s.support), attrs.evolve(NEW, support=s.support))) for s in PEOPLE
)


@pytest.mark.parametrize(
    ("weak", "near", "code", "where"),
    [
        (
            with_person("k1", name=" ", organisation=None),
            with_person("k1", name=None, organisation="Ministry of Health"),
            "R10-no-name",
            "k1/name",
        ),
        (with_person("k2", support=None), with_person("k2", support=0.0), "R10-not-placed", "k2/support"),
        (with_person("k2", shown=" "), with_person("k4", shown=None), "R10-place-no-evidence", "k2/shown"),
        (
            with_person("k2", shown="They are important."),
            with_person("k2", shown="Missed both meetings in May."),
            "R10-place-thin-evidence",
            "k2/shown",
        ),
        (with_person("k4", actor="c1/a9"), GOOD, "R10-link-gone", "k4"),
        (
            priority(members=(attrs.evolve(MEMBER, relationship=1),)),
            priority(members=(attrs.evolve(MEMBER, relationship=2),)),
            "R10-coalition-contradicts",
            "k1/support",
        ),
        (
            with_person("k1", support=1.0),
            priority(
                (attrs.evolve(CHAMPION, support=1.0), *PEOPLE[1:]),
                members=(attrs.evolve(MEMBER, standing="potential"),),
            ),
            "R10-coalition-contradicts",
            "k1/support",
        ),
        (
            with_person("k2", places=(MIDDLE.places[0], attrs.evolve(MIDDLE.places[1], why=None))),
            with_person(
                "k2", places=(attrs.evolve(MIDDLE.places[0], support=4.0), attrs.evolve(MIDDLE.places[1], why=None))
            ),
            "R10-moved-no-why",
            "k2/places/p2/why",
        ),
        (
            priority((*PEOPLE, attrs.evolve(SUPPORTER, id="k5"))),
            priority((*PEOPLE, attrs.evolve(SUPPORTER, id="k5", name="Nurses in the north"))),
            "R10-twice",
            "",
        ),
        (
            priority(stakeholders=("Hospitals", "Ambulance crews")),
            priority(stakeholders=("Hospitals",)),
            "R10-not-on-map",
            "",
        ),
        (
            priority(members=(MEMBER, attrs.evolve(MEMBER, id="m2", name="Treasury"))),
            priority(members=(MEMBER, attrs.evolve(MEMBER, id="m2", name="Treasury", importance="2"))),
            "R10-not-on-map",
            "",
        ),
        (
            priority(tuple(attrs.evolve(s, support=8.0, power=7.0) for s in PEOPLE)),
            priority(tuple(attrs.evolve(s, support=8.0, power=7.0) for s in PEOPLE[:3])),
            "R10-one-zone",
            "",
        ),
        (
            priority(tuple(attrs.evolve(s, support=8.0) for s in PEOPLE)),
            with_person("k3", support=8.0),
            "R10-only-friends",
            "",
        ),
        (
            priority(FOUR_STILL),
            priority((attrs.evolve(FOUR_STILL[0], support=8.0), *FOUR_STILL[1:])),
            "R10-nobody-moved",
            "",
        ),
        (
            priority((moved(5.0, OLD), CHAMPION, SCEPTIC, SUPPORTER)),
            priority((moved(5.0, OLD, NEW), CHAMPION, SCEPTIC, SUPPORTER)),
            "R10-map-old",
            "",
        ),
    ],
)
def test_each_weakness_of_a_map_is_found_where_it_is(weak: Priority, near: Priority, code: str, where: str) -> None:
    found = [f for f in r10_map.check(weak, CONTEXT) if f.code == code]
    assert [f.where for f in found] == [f"{HERE}/stakeholder_map{'/' if where else ''}{where}"]
    assert code not in codes(r10_map.check(near, CONTEXT))


def action(**changes: Any) -> Priority:
    return with_plan("e1", actions=(attrs.evolve(ACTION, **changes),))


LONELY = attrs.evolve(ACTION, every=None)


@pytest.mark.parametrize(
    ("weak", "near", "code", "where"),
    [
        (
            priority(plans=PLANS[:2]),
            priority(tuple(attrs.evolve(s, power=3.0) if s.id == "k1" else s for s in PEOPLE), PLANS[:2]),
            "R10-no-engagement",
            "",
        ),
        (with_plan("e1", stakeholder="k9"), GOOD, "R10-engagement-nobody", "e1/stakeholder"),
        (with_plan("e1", objective=None), GOOD, "R10-no-objective", "e1/objective"),
        (with_plan("e1", objective="It is important."), GOOD, "R10-thin-objective", "e1/objective"),
        (with_plan("e2", aim="activate"), with_plan("e2", aim="onside"), "R10-objective-misfit", "e2/aim"),
        (with_plan("e3", aim="work-with"), with_plan("e3", aim="activate"), "R10-objective-misfit", "e3/aim"),
        (with_plan("e1", messages=()), GOOD, "R10-no-key-message", "e1/messages"),
        (
            with_plan("e1", messages=("We need your support to reach the target.",)),
            with_plan("e1", messages=("We need an hour a month, and you see every figure first.",)),
            "R10-message-wants",
            "e1/messages",
        ),
        (
            with_person("k2", interests=None),
            with_person("k4", interests=None),
            "R10-message-no-interest",
            "e1/messages",
        ),
        (with_plan("e1", messages=WORK.messages), GOOD, "R10-same-key-message", ""),
        (with_plan("e1", actions=()), GOOD, "R10-no-engagement-action", "e1/actions"),
        (
            action(owner=None),
            action(owner=None, done=date(2018, 6, 1), every=None),
            "R10-action-open",
            "e1/actions/x1/owner",
        ),
        (action(day=None), GOOD, "R10-action-open", "e1/actions/x1/day"),
        (
            action(day=date(2018, 5, 10)),
            action(day=date(2018, 5, 10), done=date(2018, 6, 14)),
            "R10-action-late",
            "e1/actions/x1/done",
        ),
        (priority(plans=tuple(attrs.evolve(p, stakeholder="k1") for p in PLANS)), GOOD, "R10-attention", ""),
        (
            priority(plans=tuple(attrs.evolve(p, stakeholder="k3") for p in PLANS)),
            priority(plans=tuple(attrs.evolve(p, stakeholder="k2") for p in PLANS)),
            "R10-attention",
            "",
        ),
        (
            priority(plans=tuple(attrs.evolve(p, actions=(LONELY,)) for p in PLANS)),
            priority(plans=(attrs.evolve(BRING, actions=(LONELY,)), WORK, ACTIVATE)),
            "R10-engagement-ends",
            "",
        ),
    ],
)
def test_each_weakness_of_an_engagement_is_found_where_it_is(
    weak: Priority, near: Priority, code: str, where: str
) -> None:
    found = [f for f in r10_engagement.check(weak, CONTEXT) if f.code == code]
    assert [f.where for f in found] == [f"{HERE}/engagements{'/' if where else ''}{where}"]
    assert code not in codes(r10_engagement.check(near, CONTEXT))


@pytest.mark.parametrize(
    ("weak", "near", "code", "where"),
    [
        (with_sheet(stakeholder=None), GOOD, "R10-sheet-nobody", "n1/stakeholder"),
        (with_sheet(their_side=None, easy_yes=" "), GOOD, "R10-sheet-open", "n1/their_side"),
        (
            with_sheet(interests="He demands more staff and refuses the clock."),
            with_sheet(interests="He demands more staff because the third night is not safe."),
            "R10-position",
            "n1/interests",
        ),
        (with_sheet(options=("Start on two wards",)), GOOD, "R10-one-option", "n1/options"),
        (
            with_sheet(criteria="Our target, as our ministry counts it."),
            with_sheet(criteria="Our figures, audited by the inspection."),
            "R10-criteria-ours",
            "n1/criteria",
        ),
        (
            with_sheet(reaction="He is stubborn; repeat the offer calmly."),
            with_sheet(reaction="Do not call him stubborn; repeat the offer calmly."),
            "R10-blame",
            "n1/reaction",
        ),
        (
            with_sheet(hard_no="Otherwise we cut their budget for training."),
            with_sheet(hard_no="Nobody cuts their budget. The unit closes at ten, as the inspection says."),
            "R10-threat",
            "n1/hard_no",
        ),
        (with_sheet(no_agreement=None), GOOD, "R10-no-alternative", "n1/no_agreement"),
        (with_sheet(their_alternative=None), GOOD, "R10-their-alternative", "n1/their_alternative"),
        (with_sheet(day=None), with_sheet(day=None, came_of_it="A trial on one ward."), "R10-talk-open", "n1/day"),
        (with_sheet(stakeholder="k2"), GOOD, "R10-hard-cases", ""),
    ],
)
def test_each_weakness_of_a_sheet_is_found_where_it_is(weak: Priority, near: Priority, code: str, where: str) -> None:
    found = [f for f in r10_negotiation.check(weak, CONTEXT) if f.code == code]
    assert [f.where for f in found] == [f"{HERE}/negotiations{'/' if where else ''}{where}"]
    assert code not in codes(r10_negotiation.check(near, CONTEXT))


def test_every_kind_of_finding_is_tried_here() -> None:
    tests: tuple[Any, ...] = (
        test_each_weakness_of_a_map_is_found_where_it_is,
        test_each_weakness_of_an_engagement_is_found_where_it_is,
        test_each_weakness_of_a_sheet_is_found_where_it_is,
    )
    tried = {row[2] for test in tests for mark in test.pytestmark for row in mark.args[1]}
    praise = {"R10-map-stands", "R10-engagement-fits", "R10-sheet-ready"}
    assert tried | praise == {kind.code for kind in r10_practice.KINDS}


# --- proposals -----------------------------------------------------------------------------------------------------


def test_proposals_come_from_coalition_chain_and_key_stakeholders_each_once() -> None:
    bare = priority((), stakeholders=("Nurses on the wards", "Ambulance crews"))
    assert [(c.name, c.sources) for c in candidates(bare)] == [
        ("Minister of Health", ("3.1",)),
        ("Nurses on the wards", ("5.2", "1.1")),
        ("Ambulance crews", ("1.1",)),
    ]
    assert candidates(bare)[1].values() == {"name": "Nurses on the wards", "actor": "c1/a1"}


@pytest.mark.parametrize("name", ["ambulance crews", "Head of the ambulance crews", "The crews of the ambulances"])
def test_nobody_is_proposed_who_is_there_under_a_like_name(name: str) -> None:
    there = priority((*PEOPLE, Stakeholder("k5", name=name)), stakeholders=("Hospitals", "Ambulance crews"))
    assert candidates(there) == ()


def test_somebody_for_whom_a_member_on_the_map_speaks_is_not_proposed() -> None:
    speaker = attrs.evolve(MEMBER, speaks_for=("Families of patients",))
    assert candidates(priority(members=(speaker,), stakeholders=("Hospitals", "Families of patients"))) == ()


# --- movement ------------------------------------------------------------------------------------------------------


def way(stakeholder: Stakeholder) -> str:
    item = r10_map.items(priority((stakeholder,)), PLAN)[0]
    return moved_in_words(r10_map.STAKEHOLDER_MAP, item, names_of(r10_map.STAKEHOLDER_MAP, Plan()))


def test_movement_is_told_in_fields_and_days() -> None:
    first = MIDDLE.places[0]
    assert way(MIDDLE) == "Sceptics (1 November 2017) → Moveable middle"
    later = Standing("p3", date(2018, 6, 20), 5.5, 7.0)
    assert way(moved(6.0, *MIDDLE.places, later)) == "Sceptics (1 November 2017) → Moveable middle (since 1 June 2018)"
    assert way(moved(2.5, first)) == "within Sceptics since 1 November 2017"
    assert way(moved(3.0, first)) == ""
    assert way(attrs.evolve(MIDDLE, support=None)) == ""


def test_places_without_a_day_or_a_value_draw_no_arrow() -> None:
    broken = moved(5.0, Standing("p1", None, 2.0, 7.0), Standing("p2", date(2018, 1, 1), None, 7.0))
    assert r10_map.before(broken) == ()


# --- who needs a plan ----------------------------------------------------------------------------------------------


def test_the_moveable_middle_comes_first_and_a_supporter_without_power_needs_none() -> None:
    waiting = r10_engagement.without_plan(priority(plans=()))
    assert [(w.stakeholder.id, w.needs_one) for w in waiting] == [
        ("k2", True),
        ("k3", True),
        ("k1", True),
        ("k4", False),
    ]


def test_the_kind_of_objective_follows_from_the_place_until_another_is_chosen() -> None:
    assert [r10_engagement.aim_of(p, GOOD) for p in PLANS] == ["onside", "work-with", "activate"]
    assert r10_engagement.aim_of(attrs.evolve(BRING, aim="momentum"), GOOD) == "momentum"
    assert r10_engagement.aim_by_place(SUPPORTER) == "momentum"


# --- days ----------------------------------------------------------------------------------------------------------


def plan_with(one: Priority) -> Plan:
    return attrs.evolve(PLAN, priorities=(one,))


def test_what_comes_again_is_a_commitment_for_its_next_day_and_an_entry_for_each() -> None:
    one = priority(plans=(attrs.evolve(BRING, actions=(attrs.evolve(ACTION, until=date(2018, 9, 30)),)),), sheets=())
    plan = plan_with(one)
    found = [c for c in commitments(plan, CONTEXT.as_of) if c.tool == "10.2"]
    assert [(c.owner, c.due, c.done) for c in found] == [("Ada Osei", date(2018, 7, 12), False)]
    assert found[0].where == f"{HERE}/engagements/e1/actions/x1"
    days = [e.day for e in events(plan, CONTEXT.as_of) if e.key.startswith("engagements/")]
    assert days == [date(2018, 7, 12), date(2018, 8, 9), date(2018, 9, 13)]


def test_what_was_done_leaves_the_calendar_and_moves_the_next_day() -> None:
    again = attrs.evolve(ACTION, until=date(2018, 9, 30), done=date(2018, 7, 12))
    once = attrs.evolve(ACTION, id="x2", every=None, done=date(2018, 7, 12))
    plan = plan_with(priority(plans=(attrs.evolve(BRING, actions=(again, once)),), sheets=()))
    assert [(c.due, c.done) for c in commitments(plan, CONTEXT.as_of)] == [
        (date(2018, 7, 12), True),
        (date(2018, 8, 9), False),
    ]
    days = [e.day for e in events(plan, CONTEXT.as_of)]
    assert days == [date(2018, 8, 9), date(2018, 9, 13)]


def test_a_holiday_moves_a_day_and_what_was_done_on_it_is_done() -> None:
    weekly = attrs.evolve(ACTION, day=date(2018, 12, 4), every="weekly", until=date(2018, 12, 31))  # Tuesdays
    plan = plan_with(priority(plans=(attrs.evolve(BRING, actions=(weekly,)),), sheets=()))
    found = events(plan, CONTEXT.as_of)
    assert [e.day.day for e in found[:-1]] == [4, 11, 18]
    assert found[-1].day > date(2018, 12, 25)
    assert found[-1].key.endswith("2018-12-25")  # the calendar moves it, and does not add another
    done = attrs.evolve(weekly, done=date(2018, 12, 25))
    plan = plan_with(priority(plans=(attrs.evolve(BRING, actions=(done,)),), sheets=()))
    assert events(plan, CONTEXT.as_of) == []
    assert [c.done for c in commitments(plan, CONTEXT.as_of)] == [True]


def test_a_talk_is_an_entry_until_something_came_of_it_and_tells_nothing_of_the_sheet() -> None:
    plan = plan_with(priority(plans=()))
    (entry,) = events(plan, CONTEXT.as_of)
    assert (entry.day, entry.title, entry.people) == (SHEET.day, "Talk with Head of the doctors' union", ("Ada Osei",))
    assert "nights" not in entry.title + entry.says
    done = plan_with(priority(plans=(), sheets=(attrs.evolve(SHEET, came_of_it="A trial on one ward."),)))
    assert events(done, CONTEXT.as_of) == []
    assert [c.done for c in commitments(done, CONTEXT.as_of)] == [True]


def test_an_entry_says_neither_where_somebody_stands_nor_what_they_are_told() -> None:
    for entry in events(plan_with(GOOD), CONTEXT.as_of):
        text = entry.title + entry.says
        assert not any(word in text for word in ("Sceptic", "Champion", "middle", "rota", "figures"))


# --- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "They want to keep their weekends free.",
        "She insists on a list, so that no patient is moved too early.",
        "Patients who are seen in time.",
        "Ils refusent parce qu'ils craignent pour la sécurité.",
    ],
)
def test_a_reason_makes_a_position_an_interest(text: str) -> None:
    assert not only_positions(text)


@pytest.mark.parametrize(
    "text", ["Waits and harm, as the college counts them", "Nos chiffres, vérifiés par un tiers", "A fair price"]
)
def test_a_measure_that_others_own_as_well_is_none_of_ours_alone(text: str) -> None:
    assert not ours_alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "“You are all incompetent”, he will say. Ask what he saw.",
        "We avoid the word stubborn.",
        "The unreasonably long wait",
        "Never treat them as enemies.",
    ],
)
def test_no_blame_is_seen_where_none_is_meant(text: str) -> None:
    assert blame_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "No threat: the unit closes at ten in any case.",
        "We do not go over their heads.",
        "The inspection publishes its report either way.",
        "Without name and shame.",
    ],
)
def test_no_threat_is_seen_where_none_is_made(text: str) -> None:
    assert threat_in(text) is None
