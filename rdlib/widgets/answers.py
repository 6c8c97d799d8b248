"""The field with which somebody begins an answer of their own, the first one or a later one (Rules 0, 5 and 7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from rdlib.plan.store import PlanStore
from rdlib.widgets import workspace
from rdlib.widgets.desk import desk_for
from rdlib.widgets.picker import Picker
from rdlib.widgets.workbook import Face
from rdlib.words import _


def add_answer(store: PlanStore, table: str, person: str) -> None:
    """Add an answer of somebody, dated today; the earlier ones stay.

    Args:
        store: the plan.
        table: path of the table of answers; its rows have a ``person`` and a ``day``.
        person: who answers.
    """
    desk = desk_for(store)
    with desk.lock:
        store.add_row(table, {"person": person.strip(), "day": date.today().isoformat()})
        desk.changes += 1
        desk.save()
        desk.follow()


def answer_field(store: PlanStore, table: Callable[[], str | None], label: str) -> Any:
    """Return the field in which somebody says who they are, to begin an answer.

    Args:
        store: the plan.
        table: gives the path of the table of answers; None while there is nothing to answer about.
        label: what stands before the field.
    """
    if workspace.is_static():
        return Face("")

    def begin(person: str) -> None:
        if (path := table()) is not None:
            add_answer(store, path, person)

    return Picker("", [], "", lambda _value: None, add_label=label, add_button=_("Begin"), added=begin)
