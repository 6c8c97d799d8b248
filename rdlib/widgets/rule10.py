"""What the workbook of rule 10 shows beside its forms: proposals that one click takes over, and the faces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from rdlib.figures.html import Html, details
from rdlib.figures.rule10 import (
    behind_the_places,
    engagement_face,
    map_figure,
    movement,
    proposals_table,
    sheets,
    without_plan_table,
)
from rdlib.plan import cases
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.stakeholders import ENGAGEMENTS, NEGOTIATIONS, STAKEHOLDERS, Stakeholder
from rdlib.plan.store import PlanStore
from rdlib.rules.boards import names_of, value_of
from rdlib.rules.r10_candidates import Candidate, candidates, stakeholders
from rdlib.rules.r10_engagement import aim_by_place, aim_in_words, without_plan
from rdlib.rules.r10_map import STAKEHOLDER_MAP, last_look, standings, zone_of
from rdlib.rules.r10_negotiation import hard_cases
from rdlib.rules.registry import Context
from rdlib.widgets import workspace
from rdlib.widgets.proposals import Proposal, Proposals
from rdlib.widgets.workbook import Face, own_picture, plainly
from rdlib.words import _, format_date, plural

Find = Callable[[Priority, Plan], Sequence[Proposal]]


def _add(table: str, values: dict[str, str], said: str, store: PlanStore) -> str:
    store.add_row(table, values)
    return said


def _proposals(find: Find, name: str, none: str, static: Callable[[Priority, Plan], str]) -> Any:
    """Show proposals for the open priority of the reader's own plan."""
    if workspace.is_static():
        return own_picture(static)
    store = workspace.own_store()

    def found() -> Sequence[Proposal]:
        plan = store.read().plan
        priority = plan.priority(workspace.open_priority(store) or "")
        return find(priority, plan) if priority else ()

    return Proposals(store, found, name, none)


# --- 10.1: the map -------------------------------------------------------------------------------------------------


def _who_is_missing(priority: Priority, _plan: Plan) -> list[Proposal]:
    table = f"priorities/{priority.id}/{STAKEHOLDERS.key}"
    return [
        Proposal(
            f"map {each.name}",
            _told(each),
            _("Put on the map"),
            partial(_add, table, each.values(), _("“{name}” waits to be placed.").format(name=each.name)),
        )
        for each in candidates(priority)
    ]


def _told(each: Candidate) -> str:
    told = _("{name}: {sources}.").format(name=each.name, sources=each.sources_in_words())
    return f"{told} {each.who}" if each.who else told


@plainly
def proposed() -> Any:
    """Show those whom the plan names and who are not on the map, each with a button (Rule 10, tool 10.1)."""
    return _proposals(
        _who_is_missing,
        _("Proposals for the map"),
        _("Everybody whom the plan names is on the map, or nobody is named yet (tools 1.1, 3.1 and 5.2)."),
        lambda priority, _plan: proposals_table(priority),
    )


def write_down(store: PlanStore, priority: Priority, day: date) -> str:
    """Write down where everybody on the map stands on a day; a row of that day is written anew.

    Returns:
        what is to be said of it.
    """
    count = 0
    for each in stakeholders(priority):
        support, power = value_of(each.support), value_of(each.power)
        if support is None or power is None or not each.id:
            continue
        table = f"priorities/{priority.id}/{STAKEHOLDERS.key}/{each.id}/places"
        today = next((s.id for s in each.places if s.day == day), None)
        row = today or store.add_row(table, {"day": day.isoformat()})
        store.set(f"{table}/{row}/support", f"{support:g}")
        store.set(f"{table}/{row}/power", f"{power:g}")
        count += 1
    return plural("Written down: {n} place of today.", "Written down: {n} places of today.", count)


def _unwritten(priority: Priority, day: date) -> list[Stakeholder]:
    """Those whose place of today is not written down."""
    found = []
    for each in stakeholders(priority):
        now = value_of(each.support), value_of(each.power)
        last = standings(each)[-1:]
        known = bool(last) and last[0].day == day and (value_of(last[0].support), value_of(last[0].power)) == now
        if zone_of(each) and not known:
            found.append(each)
    return found


def _places_of_today(priority: Priority, _plan: Plan) -> list[Proposal]:
    today = date.today()
    if not _unwritten(priority, today):
        return []
    last = last_look(priority, today)
    when = _("They were last written down on {day}.").format(day=format_date(last)) if last else ""
    said = _("Today's places are written down with their day, so that the map shows later who moved.")
    return [
        Proposal(
            f"today {today.isoformat()}",
            f"{said} {when}".strip(),
            _("Write down today's places"),
            lambda store: write_down(store, priority, today),
        )
    ]


@plainly
def places_of_today() -> Any:
    """Show the button that writes down where everybody stands today (Rule 10, tool 10.1)."""
    return _proposals(
        _places_of_today,
        _("Today's places"),
        _("Today's places are written down, or nobody is placed yet."),
        lambda _priority, _plan: "",
    )


def _moved(priority: Priority, plan: Plan) -> str:
    return movement(priority, plan)


@plainly
def who_moved() -> Any:
    """Show who moved from where to where, and why (Rule 10, tool 10.1)."""
    return own_picture(_moved)


# --- 10.2 and 10.3 -------------------------------------------------------------------------------------------------


def _who_has_no_plan(priority: Priority, plan: Plan) -> list[Proposal]:
    table = f"priorities/{priority.id}/{ENGAGEMENTS.key}"
    names = names_of(STAKEHOLDER_MAP, plan)
    return [
        Proposal(
            f"engage {each.stakeholder.id}",
            _("{name}: {zone}. What the place asks for: {aim}.").format(
                name=each.stakeholder.called,
                zone=names[each.zone],
                aim=aim_in_words(aim_by_place(each.stakeholder)).lower(),
            ),
            _("Begin a plan"),
            partial(
                _add,
                table,
                {"stakeholder": each.stakeholder.id},
                _("The plan for “{name}” stands in the form below.").format(name=each.stakeholder.called),
            ),
        )
        for each in without_plan(priority)
        if each.rank < 4
    ]


@plainly
def to_engage() -> Any:
    """Show who is still without a plan and could need one, each with a button (Rule 10, tool 10.2)."""
    return _proposals(
        _who_has_no_plan,
        _("Still without a plan"),
        _("Everybody with power has a plan, or nobody is on the map yet (tool 10.1)."),
        without_plan_table,
    )


def _engagement(priority: Priority, plan: Plan) -> str:
    return engagement_face(priority, Context(plan, date.today()))


@plainly
def engagement() -> Any:
    """Show the engagement plan with its days, and where the attention goes (Rule 10, tool 10.2)."""
    return own_picture(_engagement)


def _hard_cases(priority: Priority, _plan: Plan) -> list[Proposal]:
    table = f"priorities/{priority.id}/{NEGOTIATIONS.key}"
    return [
        Proposal(
            f"talk {each.id}",
            _("{name}: power, and doubts.").format(name=each.called) + (f" {each.shown}" if each.shown else ""),
            _("Begin a sheet"),
            partial(
                _add,
                table,
                {"stakeholder": each.id},
                _("The sheet for “{name}” stands in the form below.").format(name=each.called),
            ),
        )
        for each in hard_cases(priority)
    ]


@plainly
def to_negotiate() -> Any:
    """Show the sceptics with power who have no sheet yet, each with a button (Rule 10, tool 10.3)."""
    return _proposals(
        _hard_cases,
        _("Hard cases without a sheet"),
        _("No sceptic with power is without a sheet. Any other talk can be added in the form."),
        lambda _priority, _plan: "",
    )


@plainly
def negotiation() -> Any:
    """Show the negotiation sheets as pages to take along (Rule 10, tool 10.3)."""
    return own_picture(sheets)


# --- the worked example --------------------------------------------------------------------------------------------


def _whole(case: str, priority_id: str) -> str:
    plan = cases.model(case)
    priority = plan.priority(priority_id)
    if priority is None:
        raise KeyError(f"{case} has no priority {priority_id}")
    context = Context(plan, cases.as_of(case))
    return Html(
        map_figure(priority, plan)
        + movement(priority, plan)
        + details(_("What the places rest on"), behind_the_places(priority, plan))
        + engagement_face(priority, context)
        + details(_("The negotiation sheets"), sheets(priority, plan))
    )


def worked_example(case: str, priority_id: str) -> Face:
    """Show the stakeholder map of a case, who moved, its engagement plan and its negotiation sheets.

    Raises:
        KeyError: the case has no such priority.
    """
    return Face(_whole(case, priority_id))


def model_of(case: str, priority_id: str) -> Face:
    """Show the same of a case that the reader practises on, closed until it is opened (Rule 10, tool 10.4).

    Raises:
        KeyError: the case has no such priority.
    """
    return Face(details(_("Map, engagement plan and sheet of the model answer"), _whole(case, priority_id)))


__all__ = [
    "engagement",
    "model_of",
    "negotiation",
    "places_of_today",
    "proposed",
    "to_engage",
    "to_negotiate",
    "who_moved",
    "worked_example",
]
