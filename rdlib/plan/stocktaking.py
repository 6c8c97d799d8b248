"""What is done with the record of a stocktake on disk: it is begun, closed, and in rare cases corrected (tool 7.5).

Nothing here overwrites a stocktake that was closed. Each step changes the plan that is open and leaves saving to the
caller, so that two people who close at once meet the store's conflict and not each other's result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from rdlib.plan.fields import LISTS, Kind, fields_of
from rdlib.plan.stocktake import NEXT_STOCKTAKE, STOCKTAKES, Meeting, seal_of
from rdlib.plan.store import PlanStore
from rdlib.words import _, format_date

_OPEN = f"plan/{NEXT_STOCKTAKE.key}"
_CLOSED = f"plan/{STOCKTAKES.key}"

Rows = Iterable[Mapping[str, str | list[str]]]


class StocktakeError(ValueError):
    """A step that would lose or change something; its message says what to do instead."""


def begin(store: PlanStore, values: Mapping[str, str], carried: Rows = ()) -> str:
    """Begin the next stocktake, with the actions that are still open from the one before.

    Args:
        store: the plan.
        values: what is known of it already: ``day``, ``routine``, ``chair``.
        carried: the actions to carry forward.

    Returns:
        the path of its record.

    Raises:
        StocktakeError: one is open already.
    """
    if store.rows(_OPEN):
        raise StocktakeError(_("A stocktake is open already. Close it first; then its open actions come along."))
    path = f"{_OPEN}/{store.add_row(_OPEN, values)}"
    for action in carried:
        _add(store, f"{path}/actions", action)
    return path


def close(store: PlanStore, id_: str, *, by: str, on: date, ratings: Rows, figures: Rows) -> str:
    """Close a stocktake: what was written down moves to those that took place, with ratings, figures and a seal.

    Args:
        store: the plan.
        id_: the id of the open record.
        by: who answers for it.
        on: the day.
        ratings: the ratings on the day of the stocktake.
        figures: the figures on the day of the stocktake.

    Returns:
        the path of the closed record.

    Raises:
        StocktakeError: it has no day, something in it cannot be read, or one of that day was closed already.
    """
    old = f"{_OPEN}/{id_}"
    reading = store.read()
    if problems := [str(p) for p in reading.problems if p.where.startswith(old)]:
        raise StocktakeError(_("It cannot be closed: {problems}").format(problems=" ".join(problems)))
    record = next((each for each in NEXT_STOCKTAKE.read(reading.plan) if each.id == id_), None)
    if record is None or record.day is None:
        raise StocktakeError(_("It cannot be closed without its day."))
    saved = PlanStore(store.folder).read().plan  # somebody else may have closed it a moment ago
    if any(each.day == record.day for plan in (reading.plan, saved) for each in STOCKTAKES.read(plan)):
        said = _("A stocktake of {day} was closed already. Correct that one openly, or change the day of this one.")
        raise StocktakeError(said.format(day=format_date(record.day)))
    new = f"{_CLOSED}/{store.add_row(_CLOSED, {'closed': on.isoformat(), 'closed_by': by})}"
    _copy(store, Meeting, old, new)
    for name, rows in (("ratings", ratings), ("figures", figures)):
        for row in rows:
            _add(store, f"{new}/{name}", row)
    store.remove_row(old)
    _seal(store, new)
    return new


def _add(store: PlanStore, table: str, row: Mapping[str, str | list[str]]) -> None:
    added = store.add_row(table, {name: value for name, value in row.items() if isinstance(value, str)})
    for name, value in row.items():
        if isinstance(value, list):
            store.set(f"{table}/{added}/{name}", value)


def _copy(store: PlanStore, record: type, old: str, new: str) -> None:
    """Copy what a person filled in from one row to another, as it was typed; rows keep their ids."""
    for field in fields_of(record):
        if field.kind is Kind.RECORDS and field.record is not None:
            for row in store.rows(f"{old}/{field.name}"):
                added = store.add_row(f"{new}/{field.name}", {} if row.startswith("#") else {"id": row})
                _copy(store, field.record, f"{old}/{field.name}/{row}", f"{new}/{field.name}/{added}")
        elif field.kind is not Kind.ID and (value := store.raw(f"{old}/{field.name}")):
            store.set(f"{new}/{field.name}", list(value) if field.kind in LISTS else value)


def _seal(store: PlanStore, path: str) -> None:
    id_ = path.rpartition("/")[2]
    stocktake = next(each for each in STOCKTAKES.read(store.read().plan) if each.id == id_)
    store.set(f"{path}/seal", seal_of(stocktake))


def correct(store: PlanStore, id_: str, *, by: str, on: date, why: str) -> None:
    """Accept what was changed in a closed stocktake: the change, who answers for it and why are written down with it.

    Args:
        store: the plan.
        id_: the id of the closed stocktake, in which the correction was made already.
        by: who answers for it.
        on: the day.
        why: what was corrected, and why.

    Raises:
        StocktakeError: no name or no reason is given.
        KeyError: there is no such stocktake.
    """
    if not by.strip() or not why.strip():
        raise StocktakeError(_("A correction needs a name and a reason."))
    path = f"{_CLOSED}/{id_}"
    store.raw(f"{path}/day")
    store.add_row(f"{path}/corrections", {"day": on.isoformat(), "person": by.strip(), "why": why.strip()})
    _seal(store, path)
