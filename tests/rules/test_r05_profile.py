from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from rdlib.plan.chain import CHAINS, Chain, Link
from rdlib.plan.effects import Effect
from rdlib.plan.indicator import Target
from rdlib.plan.milestones import Milestone, Resources
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.plan.values import read_period
from rdlib.rules import r05_profile as profiles
from rdlib.rules.registry import Context
from tests.rules.plans import INDICATOR, codes
from tests.rules.plans import PRIORITY as TARGETS
from tests.rules.strategies import SEE

CONTEXT = Context(Plan(), date(2018, 5, 31))
FULL = attrs.evolve(
    SEE,
    description="Give minor cases a stream of their own.",
    scale="All 200 departments, in waves of 30.",
    resources=Resources(people="Six teams of four", money="About 4 million", technology="None"),
    success="180 departments treat minor injuries at first contact.",
    success_by=read_period("2018-12"),
    milestones=(
        Milestone("m1", "12 departments treat at first contact", read_period("2018-03"), "Lead", date(2018, 3, 20)),
        Milestone("m2", "60 departments treat at first contact", read_period("2018-06"), "Lead"),
        Milestone("m3", "120 departments treat at first contact", read_period("2018-09"), "Lead"),
    ),
)
CHAIN = Chain("c1", strategies=("s1",), links=(Link("k1", "a1", "a2"),))
AIMED = attrs.evolve(
    INDICATOR,
    effects=(Effect("e1", strategy="s1", size=8.0),),
    target=attrs.evolve(INDICATOR.target or Target(), due=read_period("2019-03")),
)


def plan_with(strategy: Strategy, *, chain: bool = True, sized: bool = True) -> Priority:
    indicators = (AIMED if sized else INDICATOR, *TARGETS.indicators[1:])
    parts = {STRATEGIES.key: (strategy,), CHAINS.key: (CHAIN,) if chain else ()}
    return attrs.evolve(TARGETS, indicators=indicators, parts=parts)


def changed(**changes: Any) -> Priority:
    return plan_with(attrs.evolve(FULL, **changes))


def stone(place: int, **changes: Any) -> Priority:
    rows = [attrs.evolve(m, **changes) if n == place else m for n, m in enumerate(FULL.milestones)]
    return changed(milestones=tuple(rows))


def test_a_full_profile_is_ready_and_nothing_else_is_said() -> None:
    assert codes(profiles.check(plan_with(FULL), CONTEXT)) == {"R5-ready"}
    whole = profiles.profile(FULL, plan_with(FULL), CONTEXT)
    assert (whole.enough, whole.ready, whole.missing_to_begin) == (True, True, ())
    assert {box.key for box in whole.boxes if box.in_minimum} == profiles.MINIMUM


@pytest.mark.parametrize(
    ("priority", "enough", "lacks"),
    [
        (changed(description=" "), False, {"description"}),
        (changed(indicators=()), False, {"outcomes", "impact"}),
        (changed(because="It is important"), False, {"rationale"}),
        (changed(evidence_kind="none"), True, {"rationale"}),
        (changed(scale=None), False, {"scale"}),
        (changed(resources=Resources()), False, {"resources"}),
        (changed(resources=Resources(money="About 4 million")), True, {"resources"}),
        (changed(success=None), True, {"success"}),
        (changed(milestones=(Milestone("m1", "Something is there"),)), True, {"milestones"}),
        (changed(leader=None), True, {"leadership"}),
        (plan_with(FULL, chain=False), True, {"chain"}),
        (plan_with(FULL, sized=False), True, {"impact"}),
        (plan_with(attrs.evolve(FULL, impact=None), sized=False), False, {"impact"}),
    ],
)
def test_what_is_missing_is_named_and_the_minimum_is_held_apart(
    priority: Priority, enough: bool, lacks: set[str]
) -> None:
    strategy = STRATEGIES.read(priority)[0]
    whole = profiles.profile(strategy, priority, CONTEXT)
    missing = {box.key for box in whole.missing_to_begin}
    assert missing >= lacks
    assert missing <= lacks | {"impact"}
    assert whole.enough is enough
    assert all(box.lacks for box in whole.missing_to_begin)
    found = codes(profiles.check(priority, CONTEXT))
    assert ("R5-not-enough" in found) is not enough
    assert ("R5-not-ready" in found) is enough


_AT = "priorities/waits/strategies/s1"


@pytest.mark.parametrize(
    ("priority", "code", "where"),
    [
        (changed(leader="A. Roy and B. Chan"), "R5-several-leaders", "/leader"),
        (changed(leader="Head of training; head of finance"), "R5-several-leaders", "/leader"),
        (changed(leader="Steering committee"), "R5-body-leads", "/leader"),
        (changed(success="Care is much better than before"), "R5-success-vague", "/success"),
        (changed(success="85% within four hours"), "R5-success-is-target", "/success"),
        (changed(success_by=None), "R5-success-no-date", "/success_by"),
        (stone(1, title=None), "R5-milestone-no-title", "/milestones/m2/title"),
        (stone(1, title="Workshops held in 60 departments"), "R5-milestone-is-work", "/milestones/m2/title"),
        (stone(1, title="Launch a campaign"), "R5-milestone-is-work", "/milestones/m2/title"),
        (stone(1, title="$2 million spent"), "R5-milestone-is-work", "/milestones/m2/title"),
        (stone(1, when=None), "R5-milestone-no-date", "/milestones/m2/when"),
        (stone(1, owner=" "), "R5-milestone-no-owner", "/milestones/m2/owner"),
        (stone(0, when=read_period("2017-11")), "R5-milestone-outside", "/milestones/m1/when"),
        (stone(2, when=read_period("2019-03")), "R5-milestone-outside", "/milestones/m3/when"),
        (stone(0, reached=None), "R5-milestone-late", "/milestones/m1"),
        (changed(milestones=FULL.milestones[:1]), "R5-long-silence", "/milestones"),
    ],
)
def test_each_weakness_is_found_at_its_place(priority: Priority, code: str, where: str) -> None:
    found = [f for f in profiles.check(priority, CONTEXT) if f.code == code]
    assert [f.where for f in found] == [_AT + where]
    assert found[0].next_step


@pytest.mark.parametrize(
    ("priority", "code"),
    [
        (changed(leader="Director of research and policy"), "R5-several-leaders"),
        (changed(leader="Health and Social Care lead"), "R5-several-leaders"),
        (changed(leader="A. Roy, Director"), "R5-several-leaders"),
        (changed(success="No department sends anybody home untreated"), "R5-success-vague"),
        (changed(success="180 departments by December 2018", success_by=None), "R5-success-no-date"),
        (changed(success="Minor injuries are out within two hours in 85% of cases"), "R5-success-is-target"),
        (stone(1, title="60 departments treat minor injuries"), "R5-milestone-is-work"),
        (stone(2, when=read_period("2018-12")), "R5-milestone-outside"),
        (stone(1, when=read_period("2018-05")), "R5-milestone-late"),
        (changed(milestones=FULL.milestones[:2]), "R5-long-silence"),
    ],
)
def test_a_near_miss_is_left_alone(priority: Priority, code: str) -> None:
    assert code not in codes(profiles.check(priority, CONTEXT))


def test_candidates_are_judged_once_begun_and_only_by_the_minimum() -> None:
    candidate = attrs.evolve(SEE, status="candidate")
    assert not profiles.attempted(plan_with(candidate), CONTEXT)
    assert profiles.check(plan_with(candidate), CONTEXT) == []
    begun = attrs.evolve(FULL, status="candidate", leader=None)
    assert profiles.attempted(plan_with(begun), CONTEXT)
    assert not codes(profiles.check(plan_with(begun), CONTEXT)) & {"R5-not-ready", "R5-not-enough"}
    assert profiles.check(plan_with(attrs.evolve(FULL, status="dropped", scale=None)), CONTEXT) == []
