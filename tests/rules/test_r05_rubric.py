"""The delivery planning rubric: what the plan proves, what people say, and where the two are apart (5.6)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from rdlib.plan.chain import CHAINS
from rdlib.plan.coalition import COALITION
from rdlib.plan.milestones import Resources
from rdlib.plan.money import COSTS, Cost
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.risks import RISKS
from rdlib.plan.rubric import RubricRating
from rdlib.plan.strategy import STRATEGIES
from rdlib.plan.values import read_period
from rdlib.rules import r05_rubric as rubric
from rdlib.rules.findings import Finding
from rdlib.rules.r05_rubric_facts import facts
from rdlib.rules.ratings import items_of
from rdlib.rules.registry import Context
from tests.rules.plans import CONTEXT, codes
from tests.rules.rubrics import AGREED, CHAIN, ONE, OTHER, RISK, having, priority, rated, with_strategy

GOOD = priority()
KEYS = [item.path for item in items_of(RubricRating)]


def levels(subject: Priority) -> dict[str, int | None]:
    return {each.key.partition("/")[2]: each.level for each in facts(subject, CONTEXT)}


def lacks(subject: Priority, criterion: str) -> str:
    return " ".join(next(f.lacks for f in facts(subject, CONTEXT) if f.key.endswith(f"/{criterion}")))


def found(subject: Priority, code: str) -> list[Finding]:
    return [f for f in rubric.check(subject, CONTEXT) if f.code == code]


# --- what the plan proves -------------------------------------------------------------------------------------------


def test_a_plan_that_has_all_that_can_be_looked_up_supports_the_best_rating_everywhere():
    assert set(levels(GOOD).values()) == {4}
    assert [each.lacks for each in facts(GOOD, CONTEXT)] == [()] * 8


def test_an_empty_plan_supports_the_worst_and_says_what_is_missing():
    for each in facts(Priority(id="p"), Context(Plan(), date(2026, 1, 1))):
        assert (each.level, each.has) == (1, ())
        assert each.lacks


def test_facts_stand_in_the_order_of_the_rubric_and_each_leaves_something_to_people():
    shown = facts(GOOD, CONTEXT)
    assert [each.key for each in shown] == KEYS
    assert all(each.unseen for each in shown)


NO_LINK = attrs.evolve(CHAIN, links=CHAIN.links[:1])
NO_ROLE = attrs.evolve(CHAIN, actors=(attrs.evolve(CHAIN.actors[0], role=None), *CHAIN.actors[1:]))
NO_WILL = attrs.evolve(CHAIN, actors=(attrs.evolve(CHAIN.actors[0], will=None), *CHAIN.actors[1:]))
NOT_BUILT = attrs.evolve(CHAIN, actors=tuple(attrs.evolve(a, building=None) for a in CHAIN.actors))
NO_WAY_TO_COLLECT = attrs.evolve(CHAIN, loops=(attrs.evolve(CHAIN.loops[0], evidence_state="not-yet"),))
NO_FREQUENCY = attrs.evolve(CHAIN, loops=(attrs.evolve(CHAIN.loops[0], frequency=None),))


@pytest.mark.parametrize(
    ("subject", "criterion", "level", "says"),
    [
        (attrs.evolve(GOOD, outcomes=()), "aspiration", 2, "No outcome says"),
        (attrs.evolve(GOOD, indicators=GOOD.indicators[:1]), "aspiration", 3, "“People survive emergencies"),
        (
            attrs.evolve(GOOD, outcomes=tuple(attrs.evolve(o, leads_to=None) for o in GOOD.outcomes)),
            "aspiration",
            3,
            "which larger outcome",
        ),
        (with_strategy("s2", indicators=("i1",)), "strategies", 2, "No chosen strategy is there to move"),
        (with_strategy("s1", because=None), "strategies", 2, "why they should work: “See and"),
        (with_strategy("s1", evidence_kind="none"), "strategies", 3, "Nothing shows that it has worked"),
        (with_strategy("s2", start=None), "strategies", 3, "The order cannot be kept"),
        (attrs.evolve(GOOD, leaders=()), "leadership", 2, "Nobody is named who answers for the priority"),
        (attrs.evolve(GOOD, leaders=("A", "B")), "leadership", 2, "Several people share"),
        (with_strategy("s1", leader=" "), "leadership", 2, "Nobody is named who leads “See and"),
        (having(COALITION), "leadership", 3, "Nobody else is named"),
        (with_strategy("s1", resources=Resources(people="Two")), "resources", 2, "what money it takes"),
        (with_strategy("s1", scale=None), "resources", 3, "The scale is not said"),
        (
            having(COSTS, Cost("c1", strategy="s1", year=read_period("2018"), amount=4.0)),
            "resources",
            3,
            "where it will come from",
        ),
        (having(CHAINS), "chain", 1, "No delivery chain"),
        (having(CHAINS, attrs.evolve(CHAIN, strategies=("s1",))), "chain", 2, "“Free beds before noon”"),
        (having(CHAINS, NO_LINK), "chain", 2, "does not lead from one beginning"),
        (having(CHAINS, NO_ROLE), "chain", 2, "what they do: “National lead”"),
        (having(CHAINS, NO_WILL), "chain", 3, "Skill or will is not judged: “National lead”"),
        (having(CHAINS, NOT_BUILT), "chain", 3, "Nothing is done to build skill or will: “Trusts”"),
        (having(RISKS), "risks", 1, "No risk is named"),
        (having(RISKS, attrs.evolve(RISK, status="closed")), "risks", 1, "No risk is named"),
        (having(RISKS, attrs.evolve(RISK, answer=None)), "risks", 2, "Nothing is done about"),
        (having(RISKS, attrs.evolve(RISK, owner=None)), "risks", 3, "Nobody answers for what"),
        (having(RISKS, attrs.evolve(RISK, actors=())), "risks", 3, "“Trusts”"),
        (
            attrs.evolve(GOOD, indicators=tuple(attrs.evolve(i, effects=()) for i in GOOD.indicators)),
            "trajectory",
            2,
            "how much it adds",
        ),
        (
            attrs.evolve(
                GOOD,
                indicators=tuple(
                    attrs.evolve(i, effects=tuple(attrs.evolve(e, basis=None) for e in i.effects))
                    for i in GOOD.indicators
                ),
            ),
            "trajectory",
            3,
            "how the size was worked out",
        ),
        (
            attrs.evolve(
                GOOD,
                indicators=tuple(
                    attrs.evolve(i, effects=tuple(attrs.evolve(e, size=0.5) for e in i.effects))
                    for i in GOOD.indicators
                ),
            ),
            "trajectory",
            3,
            "does not reach the target",
        ),
        (with_strategy("s1", milestones=()), "feedback", 2, "No dated milestone: “See and"),
        (having(CHAINS, attrs.evolve(CHAIN, loops=())), "feedback", 2, "No feedback loop"),
        (having(CHAINS, NO_FREQUENCY), "feedback", 3, "how often: “Weekly waits”"),
        (having(CHAINS, NO_WAY_TO_COLLECT), "feedback", 3, "no way yet to collect it"),
    ],
)
def test_what_is_missing_is_named_and_lowers_what_the_plan_supports(
    subject: Priority, criterion: str, level: int, says: str
):
    assert levels(subject)[criterion] == level
    assert says in lacks(subject, criterion)
    assert says not in lacks(GOOD, criterion)


def test_without_a_chosen_strategy_nothing_that_rests_on_one_is_supported():
    rows = tuple(attrs.evolve(s, status="candidate") for s in STRATEGIES.read(GOOD))
    found_levels = levels(having(STRATEGIES, *rows))
    assert {found_levels[key] for key in ("strategies", "resources")} == {1}
    assert found_levels["trajectory"] == 2
    assert found_levels["feedback"] == 2


# --- what people say, beside it -------------------------------------------------------------------------------------


def test_ratings_that_were_agreed_on_and_are_borne_out_are_praised():
    assert codes(rubric.check(GOOD, CONTEXT)) == {"R5-rubric-agrees"}


def test_nothing_rated_is_not_attempted():
    bare = priority(RubricRating("r1", person="Ada"), agreed=())
    assert not rubric.attempted(bare, CONTEXT)
    assert rubric.attempted(priority(ONE, agreed=()), CONTEXT)
    assert rubric.attempted(priority(RubricRating("r1"), agreed=(AGREED,)), CONTEXT)


def one(**changes: Any) -> Priority:
    return priority(attrs.evolve(ONE, **changes), OTHER)


def agreed(*marks: int | None, **others: Any) -> Priority:
    return priority(agreed=(attrs.evolve(AGREED, **rated(*marks, **others)),))


THIN = attrs.evolve(having(CHAINS), parts={**having(CHAINS).parts, RISKS.key: ()})
UNLIKE = attrs.evolve(OTHER, **rated(4, 3, 4, 1, 3, 3, 4, 4))


@pytest.mark.parametrize(
    ("subject", "code", "where"),
    [
        (one(day=None), "R5-rubric-no-day", "rubric/r1/day"),
        (one(person=" "), "R5-rubric-nobody", "rubric/r1/person"),
        (one(**rated(4, 4, 3, 3, 4, 3, 4, None)), "R5-rubric-open", "rubric/r1"),
        (one(**rated(4, 4, 3, 3, 4, 3, 4, 4, chain_why=" ")), "R5-rubric-no-evidence", "rubric/r1/chains/chain_why"),
        (one(**rated(*[3] * 8)), "R5-rubric-all-alike", "rubric/r1"),
        (priority(ONE, UNLIKE, agreed=()), "R5-rubric-apart", "rubric"),
        (priority(ONE), "R5-rubric-one-rater", "rubric/r1"),
        (agreed(4, 4, 4, 1, 4, 3, 4, 4), "R5-rubric-lower-than-plan", "rubric_agreed/d1/strategies/resources"),
        (agreed(4, 4, 4, 2, 4, 3, 4, 4), "R5-rubric-weak-criterion", "rubric_agreed/d1/strategies/resources"),
        (THIN, "R5-rubric-higher-than-plan", "rubric_agreed/d1/chains/chain"),
        (priority(agreed=(attrs.evolve(AGREED, person=None),)), "R5-rubric-no-decider", "rubric_agreed/d1/person"),
        (priority(agreed=(attrs.evolve(AGREED, day=date(2017, 5, 3)),)), "R5-rubric-old", "rubric_agreed/d1/day"),
    ],
)
def test_each_weakness_is_found_at_its_place_and_only_there(subject: Priority, code: str, where: str):
    assert f"priorities/waits/{where}" in [f.where for f in found(subject, code)]
    assert not found(GOOD, code)


def test_a_criterion_that_nobody_rated_is_named_with_its_question():
    marks = rated(4, 4, 3, 3, 4, None, 4, 4)
    subject = priority(attrs.evolve(ONE, **marks), attrs.evolve(OTHER, **marks), agreed=())
    said = found(subject, "R5-rubric-not-rated")
    assert [f.what for f in said] == ["“Risks” is rated by nobody."]
    assert "what would be done then?" in said[0].next_step
    assert not found(priority(attrs.evolve(ONE, **marks), OTHER, agreed=()), "R5-rubric-not-rated")


def test_ratings_far_apart_are_settled_by_what_is_agreed_later_and_open_again_when_somebody_rates_anew():
    assert found(priority(ONE, UNLIKE, agreed=()), "R5-rubric-apart")
    assert not found(priority(ONE, UNLIKE), "R5-rubric-apart")
    anew = attrs.evolve(UNLIKE, day=date(2018, 6, 1))
    assert found(priority(ONE, anew), "R5-rubric-apart")
    near = attrs.evolve(OTHER, **rated(4, 3, 4, 2, 3, 3, 4, 4))
    assert not found(priority(ONE, near, agreed=()), "R5-rubric-apart")


def test_one_step_between_rating_and_plan_is_nothing_to_speak_of():
    three = with_strategy("s1", scale=None)  # the facts support 3
    assert not found(three, "R5-rubric-higher-than-plan")
    assert not found(three, "R5-rubric-lower-than-plan")


def test_a_best_rating_counts_as_shown_where_one_of_those_who_gave_it_says_what_shows_it():
    marks = (4, 4, 4, 3, 4, 3, 4, 4)
    bare = attrs.evolve(AGREED, **rated(*marks, trajectory_why=None, chain_why=None))
    assert not found(priority(agreed=(bare,)), "R5-rubric-no-evidence")
    silent = (attrs.evolve(each, **rated(*[3] * 7, 4)) for each in (ONE, OTHER))
    said = found(priority(*silent, agreed=(bare,)), "R5-rubric-no-evidence")
    assert [f.where.rpartition("/")[2] for f in said] == ["chain_why", "trajectory_why"]


def test_ratings_after_the_day_of_the_report_are_not_known_yet():
    later = attrs.evolve(AGREED, id="d2", day=date(2019, 1, 1), **rated(*[1] * 8))
    assert codes(rubric.check(priority(agreed=(AGREED, later)), CONTEXT)) == {"R5-rubric-agrees"}


def test_the_person_decides_and_the_plan_never_changes_a_rating():
    judged = rubric.judged(THIN, CONTEXT)
    chain = next(j for j in judged if j.item.path == "chains/chain")
    assert (chain.agreed, chain.rating, chain.facts.level) == (4, 4, 1)
    middle = next(j for j in rubric.judged(priority(ONE, UNLIKE, agreed=()), CONTEXT) if j.item.path == KEYS[3])
    assert (middle.agreed, middle.rating) == (None, 1)
