"""Rule 3: who is in the coalition (3.1), the relationships (3.2) and the messages (3.3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from rdlib.plan.coalition import LeftOut, Member
from rdlib.plan.indicator import ThreeM
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Outcome, Priority
from rdlib.rules import r03_coalition, r03_messages, r03_relationships, r03_table
from rdlib.rules.findings import Severity
from rdlib.rules.registry import Context, check, exercise
from tests.rules.coalitions import (
    DEPUTY,
    FINANCE,
    GOOD,
    MEMBERS,
    MINISTER,
    OUT,
    PHYSICIAN,
    coalition,
    with_all,
    with_member,
)
from tests.rules.plans import CONTEXT, PRIORITY, codes


def members(priority: Priority) -> set[str]:
    return codes(r03_table.check(priority, CONTEXT))


def relationships(priority: Priority) -> set[str]:
    return codes(r03_relationships.check(priority, CONTEXT))


def messages(priority: Priority) -> set[str]:
    return codes(r03_messages.check(priority, CONTEXT))


def test_a_good_coalition_is_praised_and_nothing_else_is_said() -> None:
    assert members(GOOD) == {"R3-coalition-covers"}
    assert relationships(GOOD) == {"R3-relationships-planned"}
    assert messages(GOOD) == {"R3-messages-fit"}


# --- 3.1 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("priority", "code"),
    [
        (with_member(FINANCE, name=None, organisation=None), "R3-no-name"),
        (with_member(FINANCE, kind=None, importance=None), "R3-not-weighed"),
        (with_member(FINANCE, money=None), "R3-not-weighed"),
        (with_member(FINANCE, why=" "), "R3-no-why"),
        (with_member(FINANCE, why="She is very important"), "R3-thin-why"),
        (with_member(FINANCE, role=None), "R3-no-role"),
        (with_member(FINANCE, name="Senior officials", organisation=None), "R3-group"),
        (with_member(FINANCE, name="Finance; Treasury Board Secretariat"), "R3-several-in-one"),
        (coalition(*MEMBERS, attrs.evolve(FINANCE, id="m9")), "R3-twice"),
        (coalition(DEPUTY), "R3-alone"),
        (with_all(standing="potential"), "R3-only-potential"),
        (coalition(*(attrs.evolve(DEPUTY, id=f"m{n}", name=f"Member {n}") for n in range(16))), "R3-too-large"),
        (with_member(PHYSICIAN, kind="political"), "R3-lever-outside"),
        (coalition(*MEMBERS, stakeholders=("Hospitals", "Ambulance crews")), "R3-stakeholder-outside"),
        (coalition(*MEMBERS, out=OUT[1:]), "R3-kinds-open"),
        (with_all(informal="2"), "R3-only-formal"),
        (with_all(formal="2"), "R3-only-informal"),
        (with_member(DEPUTY, formal="3"), "R3-no-authority"),
        (with_all(money=False), "R3-no-money"),
        (with_member(DEPUTY, standing="potential"), "R3-rests-on-hope"),
        (coalition(*MEMBERS, out=(*OUT, LeftOut("x9", who="Ambulance crews"))), "R3-left-out-no-reason"),
        (coalition(*MEMBERS, out=(*OUT, LeftOut("x9", kind="central", why="No money asked."))), "R3-left-out-and-in"),
    ],
)
def test_each_weakness_of_the_table_is_found(priority: Priority, code: str) -> None:
    found = members(priority)
    assert code in found
    assert "R3-coalition-covers" not in found


def test_every_kind_of_finding_is_tested_here() -> None:
    kinds = {k.code for each in (r03_table, r03_relationships, r03_messages) for k in each.KINDS}
    import inspect
    import sys

    source = inspect.getsource(sys.modules[__name__])
    assert [code for code in sorted(kinds) if f'"{code}"' not in source] == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stakeholders": ("Hospitals", "Provinces")}, "“provinces” in a key stakeholder"),
        ({"outcomes": (Outcome(id="o2", statement="Inuit children grow up healthy"),)}, "“inuit” in an outcome"),
    ],
)
def test_the_plan_points_to_a_kind_that_is_missing(changes: dict[str, Any], words: str) -> None:
    priority = coalition(*MEMBERS, out=OUT[2:], **changes)
    found = [f for f in r03_table.check(priority, CONTEXT) if f.code == "R3-kind-suggested"]
    assert [words in f.what for f in found] == [True]
    # a reason why the kind is not needed settles it
    assert "R3-kind-suggested" not in members(coalition(*MEMBERS, **changes))


def test_a_word_that_is_in_the_own_organisations_name_points_to_nobody() -> None:
    outcome = (Outcome(id="o2", statement="Every family in the province has a doctor's telephone number"),)
    priority = coalition(*MEMBERS, out=OUT[1:], outcomes=outcome)
    own = Context(Plan(organisation="Government of the Province of Manitoba"), date(2018, 6, 30))
    assert "R3-kind-suggested" in codes(r03_table.check(priority, CONTEXT))
    assert "R3-kind-suggested" not in codes(r03_table.check(priority, own))


def test_a_stakeholder_who_is_reported_as_a_missing_kind_is_not_reported_again() -> None:
    inside = coalition(DEPUTY, MINISTER, FINANCE, stakeholders=("Nurses",))
    found = members(inside)
    assert "R3-kind-suggested" in found
    assert "R3-stakeholder-outside" not in found


def test_who_does_the_work_inside_or_outside_is_enough() -> None:
    priority = with_member(PHYSICIAN, kind="implementer-inside")
    assert not {"R3-kinds-open", "R3-kind-suggested"} & members(priority)


def test_a_stakeholder_left_out_on_purpose_or_spoken_for_is_no_stranger() -> None:
    stakeholders = ("Hospitals", "Ambulance crews")
    out = (*OUT, LeftOut("x9", who="Ambulance crews", why="They are heard under Rule 10."))
    assert "R3-stakeholder-outside" not in members(coalition(*MEMBERS, out=out, stakeholders=stakeholders))
    speaking = attrs.evolve(PHYSICIAN, speaks_for=stakeholders)
    told = coalition(DEPUTY, MINISTER, FINANCE, speaking, stakeholders=stakeholders)
    assert "R3-stakeholder-outside" not in members(told)


def test_a_number_moved_directly_needs_nobody_outside() -> None:
    direct = tuple(
        attrs.evolve(i, three_m=attrs.evolve(i.three_m or ThreeM(), lever="direct")) for i in PRIORITY.indicators
    )
    priority = attrs.evolve(with_member(PHYSICIAN, kind="implementer-inside"), indicators=direct)
    assert "R3-lever-outside" not in members(priority)


def test_influence_is_not_judged_before_it_is_rated() -> None:
    unrated = with_all(formal=None, informal=None, money=None)
    assert not {"R3-only-formal", "R3-only-informal", "R3-no-authority", "R3-no-money"} & members(unrated)
    partly = with_member(DEPUTY, formal=None)
    assert not {"R3-only-informal", "R3-no-authority"} & members(partly)


def test_a_group_with_somebody_to_call_is_fine() -> None:
    assert "R3-group" not in members(with_member(FINANCE, name="Senior officials", organisation="Finance"))
    assert "R3-group" not in members(with_member(FINANCE, name="Senior officials (through A. Smith)"))


def test_fifteen_members_are_not_too_many() -> None:
    assert "R3-too-large" not in members(
        coalition(*(attrs.evolve(DEPUTY, id=f"m{n}", name=f"Member {n}") for n in range(15)))
    )


def test_a_row_nobody_has_begun_says_nothing() -> None:
    assert members(coalition(*MEMBERS, Member("m9"))) == {"R3-coalition-covers"}
    assert members(coalition(*MEMBERS, Member("m9", illustrative=True))) == {"R3-coalition-covers"}


def test_a_row_without_a_name_gets_one_finding_only() -> None:
    found = r03_table.check(coalition(*MEMBERS, Member("m9", why="Pays for it")), CONTEXT)
    assert [f.code for f in found if "/m9" in f.where] == ["R3-no-name"]


def test_a_finding_points_at_rows_without_an_id_by_their_place() -> None:
    priority = coalition(DEPUTY, attrs.evolve(FINANCE, id="", role=None))
    assert any(f.where == "priorities/waits/coalition/#2/role" for f in r03_table.check(priority, CONTEXT))


# --- 3.2 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("priority", "code"),
    [
        (with_member(FINANCE, relationship=None), "R3-relationship-not-rated"),
        (with_member(FINANCE, strengthen=None), "R3-weak-and-no-plan"),
        (with_member(FINANCE, strengthen="Meet more often"), "R3-empty-plan"),
        (with_member(FINANCE, help_to_ask=None), "R3-nothing-asked"),
        (with_member(FINANCE, help_to_ask="Support"), "R3-empty-ask"),
        (with_all(help_to_ask="Speak for the priority in the next cabinet meeting."), "R3-same-ask"),
        (with_member(FINANCE, feedback_to_ask=None), "R3-no-feedback"),
        (with_member(DEPUTY, relationship_shown=None), "R3-unproven"),
    ],
)
def test_each_weakness_of_a_relationship_is_found(priority: Priority, code: str) -> None:
    found = relationships(priority)
    assert code in found
    assert "R3-relationships-planned" not in found


def test_a_weak_relationship_with_a_less_important_member_needs_no_plan() -> None:
    assert "R3-weak-and-no-plan" not in relationships(with_member(FINANCE, importance="2", strengthen=None))


def test_the_weakest_important_relationship_comes_first() -> None:
    worse = attrs.evolve(PHYSICIAN, relationship=1, strengthen=None)
    found = r03_relationships.check(coalition(DEPUTY, attrs.evolve(FINANCE, strengthen=None), worse), CONTEXT)
    missing = [f.where for f in found if f.severity is Severity.MISSING]
    assert missing == [f"priorities/waits/coalition/{m}/strengthen" for m in ("m4", "m3")]


def test_order_of_concern() -> None:
    unknown = attrs.evolve(DEPUTY, id="m5", relationship=None)
    minor = attrs.evolve(DEPUTY, id="m6", importance="1", relationship=1)
    unweighed = attrs.evolve(DEPUTY, id="m7", importance=None, relationship=2)
    ordered = r03_relationships.by_concern([DEPUTY, minor, unknown, FINANCE, PHYSICIAN, unweighed, MINISTER])
    assert [m.id for m in ordered] == ["m4", "m3", "m5", "m2", "m1", "m6", "m7"]


def test_two_members_may_be_asked_the_same() -> None:
    same = attrs.evolve(FINANCE, help_to_ask=DEPUTY.help_to_ask)
    assert "R3-same-ask" not in relationships(coalition(DEPUTY, MINISTER, same, PHYSICIAN))


# --- 3.3 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("priority", "code"),
    [
        (with_member(FINANCE, gains=None), "R3-no-gain"),
        (with_member(FINANCE, message=None), "R3-no-message"),
        (with_member(FINANCE, message="This is very important"), "R3-thin-message"),
        (with_member(FINANCE, message="We need your support in the budget round."), "R3-message-wants"),
        (with_member(FINANCE, message="Regions keep what they save until the end of this year."), "R3-message-wants"),
        (with_member(FINANCE, message="Our target stands at 85% within four hours."), "R3-message-about-us"),
        (with_member(FINANCE, message=DEPUTY.message), "R3-same-message"),
        (with_member(FINANCE, message="You see what each dollar brings. " * 8), "R3-long-message"),
    ],
)
def test_each_weakness_of_a_message_is_found(priority: Priority, code: str) -> None:
    found = messages(priority)
    assert code in found
    assert "R3-messages-fit" not in found


def test_one_message_for_everybody_is_one_finding() -> None:
    found = [f for f in r03_messages.check(with_all(message=DEPUTY.message), CONTEXT) if f.code == "R3-same-message"]
    assert len(found) == 1
    assert "All 4 members" in found[0].what


def test_two_pairs_of_equal_messages_are_two_findings() -> None:
    pairs = coalition(
        DEPUTY,
        attrs.evolve(MINISTER, message=DEPUTY.message),
        FINANCE,
        attrs.evolve(PHYSICIAN, message=FINANCE.message),
    )
    assert [f.code for f in r03_messages.check(pairs, CONTEXT)].count("R3-same-message") == 2


# --- the exercises ----------------------------------------------------------------------------------------------------


def test_nothing_entered_is_not_attempted() -> None:
    untouched = coalition(Member("m1"), out=(LeftOut("x1"),))
    for priority in (PRIORITY, untouched):
        assert [c.attempted for c in check(priority, CONTEXT) if c.exercise.rule == 3] == [False] * 3


def test_each_tool_is_attempted_by_itself() -> None:
    table = coalition(Member("m1", name="Premier"), out=())
    assert [r03_table.attempted(table, CONTEXT), r03_relationships.attempted(table, CONTEXT)] == [True, False]
    asked = coalition(Member("m1", name="Premier", help_to_ask="A visit"), out=())
    assert r03_relationships.attempted(asked, CONTEXT)
    assert not r03_messages.attempted(asked, CONTEXT)
    assert r03_messages.attempted(coalition(Member("m1", name="Premier", gains="Votes"), out=()), CONTEXT)
    assert r03_table.attempted(coalition(out=(LeftOut("x1", kind="central"),)), CONTEXT)


def test_each_check_says_only_what_its_exercise_declares() -> None:
    for each in r03_coalition.EXERCISES:
        assert exercise(each.id).workbook == "03_coalition.ipynb"
        assert len(each.hints) == 3
        for priority in (GOOD, with_all(message="We need you", relationship=1, why=None, strengthen=None)):
            declared = {kind.code for kind in each.kinds}
            assert codes(each.check(priority, CONTEXT)) <= declared


def test_every_role_has_its_duties() -> None:
    from rdlib.plan.priority import ROLES

    assert set(r03_coalition.DUTIES) == {role.value for role in ROLES}
