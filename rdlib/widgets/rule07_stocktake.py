"""What the workbook of rule 7 shows beside the forms of 7.3 and 7.5: ratings side by side, and a stocktake's steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import ipywidgets

from rdlib.figures.due import due_table
from rdlib.figures.html import Html
from rdlib.figures.rule07_assessment import (
    assessment_table,
    data_table,
    hindsight,
    history_picture,
    levels_table,
    reasons,
    spread_picture,
)
from rdlib.figures.rule07_stocktake import (
    actions_table,
    changes_table,
    decisions_table,
    glance,
    judgement_map,
)
from rdlib.figures.rule07_stocktake import units as unit_maps
from rdlib.plan import cases, stocktaking
from rdlib.plan.assessment_ratings import ASSESSMENT_RATINGS
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.routines import ROUTINES
from rdlib.plan.stocktake import NEXT_STOCKTAKE, STOCKTAKES, Stocktake, seal_of
from rdlib.plan.store import PlanStore
from rdlib.plan.values import NotReadError, read_day
from rdlib.rules.due import carried, due, to_action
from rdlib.rules.r07_assessment import attempted
from rdlib.rules.r07_pack import closed_ones, last_before, open_ones, pack, to_carry, to_keep
from rdlib.rules.ratings import table_of
from rdlib.rules.registry import Context
from rdlib.widgets import workspace
from rdlib.widgets.answers import answer_field
from rdlib.widgets.beginning import Beginning
from rdlib.widgets.desk import Desk, desk_for
from rdlib.widgets.picker import Picker
from rdlib.widgets.workbook import Face, following, own_picture, plainly
from rdlib.words import _, format_date


@plainly
def new_rating() -> Any:
    """Show the field with which somebody begins to rate the reader's own priority (Rule 7, tool 7.3)."""
    store = workspace.own_store()

    def table() -> str | None:
        current = workspace.open_priority(store)
        return table_of(ASSESSMENT_RATINGS, Priority(id=current)) if current else None

    return answer_field(store, table, _("Rate the open priority, today, as:"))


def levels() -> Face:
    """Show what each level of each judgement means (Rule 7, tool 7.3)."""
    return Face(levels_table())


def _data(priority: Priority, plan: Plan) -> str:
    return data_table(priority, Context(plan, date.today()))


@plainly
def data() -> Any:
    """Show what the data alone says of the reader's own priority, without anybody's rating (Rule 7, tool 7.3)."""
    return own_picture(_data)


def _assessment(priority: Priority, plan: Plan) -> str:
    context = Context(plan, date.today())
    if not attempted(priority, context):
        return assessment_table(priority, context)
    return Html(
        spread_picture(priority, context)
        + assessment_table(priority, context)
        + reasons(priority, context)
        + history_picture(priority, context.as_of)
    )


@plainly
def assessment() -> Any:
    """Show the ratings side by side, what was agreed on, and how it moved (Rule 7, tool 7.3)."""
    return own_picture(_assessment)


@plainly
def past_ratings() -> Any:
    """Show what became of targets that were rated before they came due (Rule 7, tool 7.3)."""
    store = workspace.own_store()
    return following(store, lambda: hindsight(store.read().plan, date.today()))


# --- the stocktake -------------------------------------------------------------------------------------------------


def _table(plan: Plan, day: date) -> str:
    found = pack(plan, day)
    faces = (judgement_map, glance, changes_table, decisions_table, actions_table)
    return Html("".join(face(found, plan) for face in faces) + unit_maps(plan, day))


def _current_day(plan: Plan) -> date:
    """The day of the open record, else of the last that was closed, else today."""
    days = [each.day for each in (*closed_ones(plan), *open_ones(plan)) if each.day is not None]
    return days[-1] if days else date.today()


@plainly
def stocktake() -> Any:
    """Show what lies on the table of the reader's next stocktake (Rule 7, tool 7.5)."""
    store = workspace.own_store()

    def draw() -> str:
        plan = store.read().plan
        return _table(plan, _current_day(plan))

    return following(store, draw)


def stocktake_of(case: str) -> Face:
    """Show the last stocktake that a case has closed, as its pack has it (Rule 7, tool 7.5)."""
    plan = cases.model(case)
    return Face(_table(plan, closed_ones(plan)[-1].day or cases.as_of(case)))


def begin_stocktake(store: PlanStore, day: str) -> str:
    """Begin the next stocktake of a plan; return what is to be said of it."""
    try:
        on = read_day(day)
    except NotReadError as error:
        return _("Write the day like this: {forms}.").format(forms=error)
    plan = store.read().plan
    routine = next((r for r in ROUTINES.read(plan) if r.form == "stocktake"), None)
    values = {"day": on.isoformat()}
    if routine is not None:
        values |= {"routine": routine.id, **({"chair": routine.chair} if routine.chair else {})}
    carried = to_carry(last_before(plan, on))
    try:
        stocktaking.begin(store, values, carried)
    except stocktaking.StocktakeError as error:
        return str(error)
    return _("It stands in the form below. Open actions that came along: {n}.").format(n=len(carried))


def close_stocktake(store: PlanStore, by: str) -> str:
    """Close the open stocktake of a plan; return what is to be said of it."""
    plan = store.read().plan
    record = next((each for each in open_ones(plan) if each.day is not None), None)
    if record is None or record.day is None:
        return _("No stocktake with a day is open.")
    if record.day > date.today():
        return _("It takes place on {day}; it can be closed when it has been held.").format(day=format_date(record.day))
    ratings, figures = to_keep(plan, record)
    try:
        stocktaking.close(store, record.id, by=by, on=date.today(), ratings=ratings, figures=figures)
    except stocktaking.StocktakeError as error:
        return str(error)
    return _("Closed. What is open comes along when you begin the next one.")


def _changed(plan: Plan) -> Stocktake | None:
    """The first closed record that is not what was closed."""
    return next((each for each in STOCKTAKES.read(plan) if each.seal != seal_of(each)), None)


def accept_change(store: PlanStore, text: str) -> str:
    """Write down who accepts what was changed in a closed stocktake, and why; return what is to be said of it.

    Args:
        store: the plan.
        text: the name, a colon, and what was corrected and why.
    """
    record = _changed(store.read().plan)
    if record is None:
        return _("No closed record differs from what was closed.")
    by, _colon, why = text.partition(":")
    try:
        stocktaking.correct(store, record.id, by=by, on=date.today(), why=why)
    except stocktaking.StocktakeError as error:
        return _("{error} Write it like this: Ada Osei: the year of the second decision was wrong.").format(error=error)
    day = format_date(record.day) if record.day else _("(no day)")
    return _("Written down with the record of {day}; its pack shows it.").format(day=day)


def _step(store: PlanStore, label: str, button: str, do: Callable[[PlanStore, str], str]) -> Picker:
    def added(text: str) -> None:
        desk = desk_for(store)
        with desk.lock:
            picker.said = do(store, text.strip())
            desk.changes += 1
            desk.save()
            desk.follow()

    picker = Picker("", [], "", lambda _value: None, add_label=label, add_button=button, added=added)
    return picker


@plainly
def stocktake_steps() -> Any:
    """Show the steps of a stocktake that are more than filling in: begin it, and close it (Rule 7, tool 7.5).

    A third one is there only where a closed record was changed: to accept that openly.
    """
    if workspace.is_static():
        return Face("")
    store = workspace.own_store()
    steps = [
        _step(store, _("Begin the next stocktake, on the day:"), _("Begin"), begin_stocktake),
        _step(store, _("Close the one that was held, as:"), _("Close"), close_stocktake),
    ]
    if _changed(store.read().plan) is not None:
        asked = _("A closed record was changed. Accept it, as “name: what was corrected, and why”:")
        steps.append(_step(store, asked, _("Accept"), accept_change))
    return ipywidgets.VBox(steps)


# --- what the plan has promised ---------------------------------------------------------------------------------------


def _late(plan: Plan) -> list[tuple[str, str]]:
    """What is late and not among the actions of the open stocktake yet."""
    day, there = date.today(), carried(plan)
    found = [(each.key, each.what) for each in due(plan, day).overdue if each.key not in there]
    return found or [("", _("nothing is late that is not among the actions"))]


def carry(store: PlanStore, chosen: str, day: str) -> str:
    """Put something that the plan has promised, and that is late, among the actions; return what is to be said of it.

    Args:
        store: the plan.
        chosen: the key of the commitment.
        day: the day by which it is to be done now, as typed.
    """
    plan = store.read().plan
    record = next(iter(open_ones(plan)), None)
    found = next((each for each in due(plan, date.today()).overdue if each.key == chosen), None)
    if record is None:
        return _("Begin a stocktake first.")
    if found is None or chosen in carried(plan):
        return _("There is nothing to carry over.")
    try:
        on = read_day(day)
    except NotReadError as error:
        return _("Write the day like this: {forms}.").format(forms=error)
    store.add_row(f"plan/{NEXT_STOCKTAKE.key}/{record.id}/actions", to_action(found, plan, on))
    return _("It stands among the actions now.")


@plainly
def due_from_plan() -> Any:
    """Show what is due from the plan, and put what is late among the actions of the stocktake (Rule 7, tool 7.5)."""
    store = workspace.own_store()
    shown = following(store, lambda: due_table(store.read().plan, date.today()))
    if workspace.is_static():
        return shown

    def begin(desk: Desk, chosen: str, day: str) -> str:
        return carry(desk.store, chosen, day)

    words = (_("Late:"), _("Make it an action, by the day:"), _("Put it among the actions"))
    return ipywidgets.VBox([shown, Beginning(store, _late, begin, words)])


__all__ = [
    "accept_change",
    "assessment",
    "begin_stocktake",
    "carry",
    "close_stocktake",
    "data",
    "due_from_plan",
    "levels",
    "new_rating",
    "past_ratings",
    "stocktake",
    "stocktake_of",
    "stocktake_steps",
]
