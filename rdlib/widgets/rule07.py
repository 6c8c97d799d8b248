"""What the workbook of rule 7 shows beside its forms: the faces, and the lists from which a meeting is begun."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import ipywidgets

from rdlib.figures.html import Html
from rdlib.figures.rule07 import (
    agenda_figures,
    calendar_link,
    kept_free,
    preparation_tables,
    proposals_table,
    questions_table,
    reviewed_table,
    routines_table,
    today_table,
    year_figure,
)
from rdlib.plan import cases
from rdlib.plan.plan import Plan
from rdlib.plan.routines import AGENDAS, PREPARATIONS, ROUTINES
from rdlib.rules.r07_agenda import name_of, proposals
from rdlib.rules.r07_agenda import rows as agendas
from rdlib.rules.r07_dates import title_of
from rdlib.rules.r07_preparation import standard_steps
from rdlib.rules.r07_year import plan_year
from rdlib.widgets import workspace
from rdlib.widgets.beginning import Beginning
from rdlib.widgets.desk import Desk
from rdlib.widgets.workbook import Face, following, plainly
from rdlib.words import _, format_date

#: So many of the next dates are offered to begin an agenda or a preparation from.
OFFERED = 12


def _drawn(draw: Callable[[Plan, date], str], case: str = "") -> Any:
    store = workspace.practice_store(case) if case else workspace.own_store()
    day = cases.as_of(case) if case else date.today()
    return following(store, lambda: draw(store.read().plan, day))


@plainly
def today() -> Any:
    """Show today's routines, their hours, and what the answers speak for (Rule 7, tool 7.1)."""
    return _drawn(lambda plan, _day: today_table(plan))


def _year(plan: Plan, day: date) -> str:
    shown = routines_table(plan) + reviewed_table(plan, day) + year_figure(plan, day)
    return Html(shown + kept_free(plan, day) if ROUTINES.read(plan) else shown)


@plainly
def year(case: str = "") -> Any:
    """Show the architecture, the year that follows from it, and the calendar file to save (Rule 7, tool 7.2).

    Args:
        case: a case to practise on; left out, the reader's own plan.
    """
    if workspace.is_static():
        return _drawn(_year, case)
    return ipywidgets.VBox([_drawn(_year, case), _drawn(calendar_link, case)])


@plainly
def agenda() -> Any:
    """Show the agendas as Ts with their minutes (Rule 7, tool 7.4)."""
    return _drawn(lambda plan, _day: agenda_figures(plan))


@plainly
def preparation() -> Any:
    """Show the answers to the six questions, and what is to be done by whom until when (Rule 7, tool 7.6)."""
    return _drawn(lambda plan, day: questions_table(plan) + preparation_tables(plan, day))


# --- beginning an agenda or a preparation ------------------------------------------------------------------------


def _dates(plan: Plan) -> list[tuple[str, str]]:
    """The next dates of the year, with the words to choose them by; a weekly one once."""
    found: dict[str, tuple[str, str]] = {}
    for meeting in plan_year(plan, date.today()).meetings:
        if meeting.day >= date.today() and meeting.routine.form != "note" and meeting.key not in found:
            said = _("{day}: {meeting}").format(day=format_date(meeting.day), meeting=title_of(meeting, plan))
            found[meeting.key] = (f"{meeting.routine.id} {meeting.day.isoformat()}", said)
    return [*sorted(found.values(), key=lambda pair: pair[0].split()[-1])[:OFFERED], ("", _("another meeting"))]


def _meeting(chosen: str) -> dict[str, str]:
    routine, _space, day = chosen.partition(" ")
    return {"routine": routine, "day": day} if routine else {}


def _begin_agenda(desk: Desk, chosen: str, purpose: str) -> str:
    desk.store.add_row(f"plan/{AGENDAS.key}", {"purpose": purpose, **_meeting(chosen)})
    return _("The agenda stands in the form below.")


def _begin_preparation(desk: Desk, chosen: str, lead: str) -> str:
    row = desk.store.add_row(f"plan/{PREPARATIONS.key}", {"lead": lead, **_meeting(chosen)})
    for step in standard_steps(lead):
        desk.store.add_row(f"plan/{PREPARATIONS.key}/{row}/steps", step)
    return _("The five steps stand in the form below; give each its owner.")


@plainly
def begin_agenda() -> Any:
    """Show the next dates, and begin the agenda of one of them (Rule 7, tool 7.4)."""
    if workspace.is_static():
        return Face("")
    words = (_("Agenda for:"), _("When we leave the room, we will have decided:"), _("Begin"))
    return Beginning(workspace.own_store(), _dates, _begin_agenda, words)


@plainly
def begin_preparation() -> Any:
    """Show the next dates, and begin the preparation of one of them (Rule 7, tool 7.6)."""
    if workspace.is_static():
        return Face("")
    words = (_("Prepare:"), _("Led by:"), _("Begin"))
    return Beginning(workspace.own_store(), _dates, _begin_preparation, words)


def _weak(plan: Plan) -> list[tuple[str, str]]:
    return [
        (f"{weak.priority}\n{weak.what}", _("{priority}: {what}").format(priority=weak.name, what=weak.what))
        for weak in proposals(plan, date.today())
    ] or [("", _("nothing weak was found"))]


def _add_issue(desk: Desk, chosen: str, title: str) -> str:
    plan = desk.store.read().plan
    every = agendas(plan)
    if not every:
        return _("Begin an agenda first.")
    agenda = every[-1]
    values = {"title": title, **({"priority": chosen.partition("\n")[0]} if chosen else {})}
    desk.store.add_row(f"plan/{AGENDAS.key}/{agenda.id}/issues", values)
    return _("Added to the agenda “{name}”.").format(name=name_of(agenda, plan))


@plainly
def weak_points() -> Any:
    """Show the weakest points of the plan, and put one of them on the newest agenda (Rule 7, tool 7.4)."""
    if workspace.is_static():
        return _drawn(proposals_table)
    words = (_("Weak points:"), _("Go deep on it, under the name:"), _("Put it on the agenda"))
    store = workspace.own_store()
    return ipywidgets.VBox([_drawn(proposals_table), Beginning(store, _weak, _add_issue, words)])


# --- the worked example ------------------------------------------------------------------------------------------


def worked_example(case: str) -> Face:
    """Show the routines of a case: today's, the architecture with its year, an agenda and its preparation."""
    plan, day = cases.model(case), cases.as_of(case)
    parts = (
        routines_table(plan),
        year_figure(plan, day),
        agenda_figures(plan),
        preparation_tables(plan, day),
    )
    return Face("".join(parts))


__all__ = [
    "agenda",
    "begin_agenda",
    "begin_preparation",
    "preparation",
    "today",
    "weak_points",
    "worked_example",
    "year",
]
