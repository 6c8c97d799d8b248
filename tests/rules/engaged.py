"""A priority whose stakeholders are mapped and engaged as they should be, to change one thing at a time from."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from rdlib.plan.chain import CHAINS, Actor, Chain
from rdlib.plan.coalition import COALITION, Member
from rdlib.plan.priority import Priority
from rdlib.plan.stakeholders import (
    ENGAGEMENTS,
    NEGOTIATIONS,
    STAKEHOLDERS,
    Engagement,
    EngagementAction,
    Negotiation,
    Stakeholder,
    Standing,
)
from tests.rules.plans import PRIORITY as TARGETS

MEMBER = Member("m1", name="Minister of Health", standing="current", importance="4", relationship=3)
CHAIN = Chain("c1", title="To the wards", actors=(Actor("a1", title="Nurses on the wards"),))
CHAMPION = Stakeholder(
    "k1",
    name="Minister of Health",
    support=9.0,
    power=9.0,
    shown="Repeated the promise in the house in May.",
    interests="A winter without emergency debates.",
    member="m1",
)
MIDDLE = Stakeholder(
    "k2",
    name="Hospitals, through their association",
    support=5.0,
    power=7.0,
    shown="Sent figures for two regions and none for the third.",
    interests="Budgets that hold until March.",
    places=(
        Standing("p1", date(2017, 11, 1), 3.0, 7.0),
        Standing("p2", date(2018, 6, 1), 5.0, 7.0, "Their own figures were used for the first time."),
    ),
)
SCEPTIC = Stakeholder(
    "k3",
    name="Head of the doctors' union",
    support=2.0,
    power=8.0,
    shown="Called off the trial in the north in March.",
    interests="Nobody works a third night in a row.",
)
SUPPORTER = Stakeholder("k4", name="Nurses on the wards", support=8.0, power=3.0, actor="c1/a1")
ACTION = EngagementAction("x1", "A morning on two wards", "Ada Osei", date(2018, 7, 12), "monthly")
BRING = Engagement(
    "e1",
    stakeholder="k2",
    objective="By October they send the figures of all three regions.",
    status="They answer calls.",
    messages=("You see your own figures before anybody else does.",),
    actions=(ACTION,),
)
WORK = attrs.evolve(
    BRING,
    id="e2",
    stakeholder="k3",
    objective="By December he agrees to a trial on one ward.",
    messages=("Your members choose the rota that is tried first.",),
)
ACTIVATE = attrs.evolve(
    BRING,
    id="e3",
    stakeholder="k1",
    objective="Opens the first ward in person in September.",
    messages=("You can show a ward where nobody waits.",),
)
SHEET = Negotiation(
    "n1",
    stakeholder="k3",
    matter="How are nights staffed from October?",
    leads="Ada Osei",
    day=date(2018, 9, 4),
    people="He kept two wards open last winter, and we begin there.",
    interests="He fears for patients on the third night. We need cover until six. Both want no third death.",
    options=("Start on two wards", "Pay for ten posts of their own"),
    criteria="The staffing standard of the college, and the incident register that both keep.",
    reaction="When he speaks of headlines: pause, then ask what he would need to see.",
    their_side="Agency staff do not know the wards; there he is right.",
    easy_yes="The safety rule carries the union's name.",
    hard_no="Without cover the unit closes at ten, as the inspection says.",
    no_agreement="Nights open in the two hospitals that want to.",
    their_alternative="He waits for the election.",
)
PEOPLE = (CHAMPION, MIDDLE, SCEPTIC, SUPPORTER)
PLANS = (BRING, WORK, ACTIVATE)


def priority(
    people: tuple[Stakeholder, ...] = PEOPLE,
    plans: tuple[Engagement, ...] = PLANS,
    sheets: tuple[Negotiation, ...] = (SHEET,),
    **more: Any,
) -> Priority:
    """The good targets with these stakeholders, engagement plans and sheets."""
    parts = {
        STAKEHOLDERS.key: people,
        ENGAGEMENTS.key: plans,
        NEGOTIATIONS.key: sheets,
        COALITION.key: more.pop("members", (MEMBER,)),
        CHAINS.key: (CHAIN,),
    }
    return attrs.evolve(TARGETS, parts=parts, **more)


def with_person(id_: str, **changes: Any) -> Priority:
    """The good map with one stakeholder changed."""
    return priority(tuple(attrs.evolve(p, **changes) if p.id == id_ else p for p in PEOPLE))


def with_plan(id_: str, **changes: Any) -> Priority:
    """The good engagement with one plan changed."""
    return priority(plans=tuple(attrs.evolve(p, **changes) if p.id == id_ else p for p in PLANS))


def with_sheet(**changes: Any) -> Priority:
    """The good sheet, changed."""
    return priority(sheets=(attrs.evolve(SHEET, **changes),))
