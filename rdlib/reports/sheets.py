"""What a plan holds as tables with typed cells: made from the declarations of the fields, for spreadsheets.

A table inside a row (the milestones of a strategy) becomes a table of its own, which names the row that each of its
rows belongs to. Columns and tables in which nothing was entered are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from rdlib.figures.records import answer_text, format_amount
from rdlib.plan.assessment import Assessment
from rdlib.plan.assessment_ratings import AssessmentRating
from rdlib.plan.fields import Field, Kind, fields_of
from rdlib.plan.indicator import Indicator, Observation
from rdlib.plan.parts import PARTS
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.stocktake import Stocktake, StocktakeRating
from rdlib.plan.values import Period, number
from rdlib.rules.registry import exercises
from rdlib.words import _

#: A spreadsheet program shows so many characters of the name of a table.
LONGEST = 31
#: What a cell of a spreadsheet may hold.
Value = str | float | date | None


@attrs.frozen
class Sheet:
    """A table for a spreadsheet.

    Attributes:
        title: what it is called.
        headers: the header of each column, with the unit where it holds numbers of one unit.
        rows: the cells of each row.
    """

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def without_empty(self) -> Sheet:
        """Return it without the columns in which nothing stands.

        >>> Sheet("Waits", ("Name", "Note"), (("North", None), ("South", ""))).without_empty().headers
        ('Name',)
        """
        kept = [n for n, _header in enumerate(self.headers) if any(row[n] not in {None, ""} for row in self.rows)]
        rows = tuple(tuple(row[n] for n in kept) for row in self.rows)
        return Sheet(self.title, tuple(self.headers[n] for n in kept), rows)


@attrs.frozen
class _Row:
    """A record with what it belongs to.

    Attributes:
        record: the record.
        above: what to call the rows that it lies in, outermost first.
        priority: the priority that it belongs to; None for the plan as a whole.
        unit: the unit of the indicator that it belongs to.
    """

    record: Any
    above: tuple[str, ...]
    priority: Priority | None
    unit: str | None


def of_priorities(plan: Plan, priorities: Sequence[Priority], as_of: date, *, named: bool) -> list[Sheet]:
    """Return the tables of priorities.

    Args:
        plan: the plan.
        priorities: the priorities.
        as_of: the day; what was measured or judged later is left out.
        named: whether the first column says to which priority a row belongs.
    """
    above = (_("Priority"),) if named else ()
    places = {p.id: ((p.title or p.id,) if named else ()) for p in priorities}
    made: list[Sheet] = []
    for field in fields_of(Priority):
        if field.kind is Kind.RECORDS:
            rows = [_Row(each, places[p.id], p, None) for p in priorities for each in getattr(p, field.name)]
            made += _tables(field.label, field.record, rows, above, (plan, as_of))
    for (owner, key), part in PARTS.items():
        if owner == "priority" and not part.kept and not _is_practice(part.record):
            rows = [_Row(each, places[p.id], p, None) for p in priorities for each in p.parts.get(key, ())]
            made += _tables(part.label, part.record, rows, above, (plan, as_of))
    return made


def of_plan(plan: Plan, as_of: date) -> list[Sheet]:
    """Return the tables of the plan as a whole: people, routines, stocktakes and what else its rules keep in it.

    Args:
        plan: the plan.
        as_of: the day; stocktakes that were held later are left out.
    """
    made: list[Sheet] = []
    for field in fields_of(Plan):
        if field.kind is Kind.RECORDS:
            rows = [_Row(each, (), None, None) for each in getattr(plan, field.name)]
            made += _tables(field.label, field.record, rows, (), (plan, as_of))
    for (owner, key), part in PARTS.items():
        if owner == "plan" and not _is_practice(part.record):
            rows = [_Row(each, (), None, None) for each in plan.parts.get(key, ())]
            made += _tables(part.label, part.record, rows, (), (plan, as_of))
    return made


def _is_practice(record: type) -> bool:
    """Say whether a table holds practice on a case, which says nothing of the plan."""
    tools = {field.tool for field in fields_of(record) if field.tool}
    practice = {each.id for each in exercises() if each.case}
    return bool(tools) and tools <= practice


def _known(record: Any, as_of: date) -> bool:
    """Say whether something that was measured, judged or held was known on a day."""
    if isinstance(record, Observation):
        return record.when is None or record.when.end <= as_of
    if isinstance(record, Assessment | AssessmentRating | Stocktake) and not isinstance(record, StocktakeRating):
        return record.day is None or record.day <= as_of
    return True


def _tables(
    title: str, kind: type | None, rows: list[_Row], above: tuple[str, ...], known: tuple[Plan, date]
) -> Iterator[Sheet]:
    """Give the table of records, as far as they were known on a day, and then those of the tables inside them."""
    plan, as_of = known
    rows = [row for row in rows if _known(row.record, as_of)]
    if not rows or kind is None:
        return
    if kind is Observation:
        yield _series(title, rows, above, plan)
        return
    made = _table(title, kind, rows, above, plan).without_empty()
    if made.headers:
        yield made
    for field in fields_of(kind):
        if field.kind is not Kind.RECORDS:
            continue
        inner = [
            _Row(each, (*row.above, _name(row.record)), row.priority, _unit_of(row))
            for row in rows
            for each in getattr(row.record, field.name)
        ]
        whole = _("{table}: {inner}").format(table=title, inner=field.label)
        name = field.label if kind is Indicator or len(whole) > LONGEST else whole
        yield from _tables(name, field.record, inner, (*above, _naming(kind)), known)


_NAMES = {Kind.TEXT, Kind.LONG_TEXT, Kind.DAY}


def _naming(kind: type) -> str:
    """Return what the name of a row is called: the label of its first text."""
    return next((field.label for field in fields_of(kind) if field.kind in _NAMES), _("Id"))


def _name(record: Any) -> str:
    """Return what to call a row: the first text in it that says something, else its id."""
    for field in fields_of(record.__class__):
        value = getattr(record, field.name)
        if field.kind in _NAMES and value:
            return str(value).strip()
    return str(getattr(record, "id", ""))


def _unit_of(row: _Row) -> str | None:
    """Return the unit of the numbers of a row: that of its indicator."""
    if isinstance(row.record, Indicator):
        return row.record.unit
    indicator = row.priority.indicator(getattr(row.record, "indicator", None)) if row.priority else None
    return indicator.unit if indicator else row.unit


@attrs.frozen
class _Column:
    """A column of a table: a field, perhaps of a group inside the record."""

    path: tuple[str, ...]
    label: str
    field: Field

    def value(self, record: Any) -> Any:
        for name in self.path:
            record = getattr(record, name)
        return record


def _columns(kind: type, path: tuple[str, ...] = (), label: str = "") -> Iterator[_Column]:
    ids = []
    for field in fields_of(kind):
        called = _("{group}: {field}").format(group=label, field=field.label) if label else field.label
        if field.kind is Kind.RECORD and field.record is not None:
            yield from _columns(field.record, (*path, field.name), field.label)
        elif field.kind is Kind.ID:
            ids.append(_Column((*path, field.name), called, field))
        elif field.kind is not Kind.RECORDS:
            yield _Column((*path, field.name), called, field)
    yield from ids  # for those who link tables; readers come first


def _table(title: str, kind: type, rows: Sequence[_Row], above: tuple[str, ...], plan: Plan) -> Sheet:
    columns = list(_columns(kind))
    units = [_unit_of(row) for row in rows]
    several = len(set(units)) > 1
    headers: list[str] = [*above]
    for column in columns:
        unit = column.field.unit
        if unit == "indicator":
            unit = None if several else units[0]
        numeric = column.field.kind is Kind.NUMBER and unit
        headers.append(_("{label} ({unit})").format(label=column.label, unit=unit) if numeric else column.label)
        if column.field.kind is Kind.WHEN:
            headers.append(_("{label} (last day)").format(label=column.label))
    told_apart = several and any(column.field.unit == "indicator" for column in columns)
    if told_apart:
        headers.append(_("Unit of the numbers"))
    made = []
    for row, unit in zip(rows, units, strict=True):
        cells: list[Value] = [*row.above]
        for column in columns:
            cells.extend(_cells(column.field, column.value(row.record), plan, row.priority))
        made.append((*cells, unit) if told_apart else tuple(cells))
    return Sheet(title, tuple(headers), tuple(made))


def _cells(field: Field, value: Any, plan: Plan, priority: Priority | None) -> Iterable[Value]:
    """Return the cell of an answer: a number as a number, a day as a day; a period as written, and its last day."""
    if field.kind is Kind.WHEN:
        period = value if isinstance(value, Period) else None
        return (answer_text(field, value), period.end if period else None)
    if field.kind is Kind.NUMBER:
        plain = number(value)
        return (plain if plain is not None else format_amount(value),)
    if field.kind is Kind.RATING and isinstance(value, int):
        return (value,)
    if field.kind is Kind.DAY and isinstance(value, date):
        return (value,)
    if field.kind is Kind.ID:
        return (str(value),)
    return (answer_text(field, value, plan, priority=priority),)


def _series(title: str, rows: Sequence[_Row], above: tuple[str, ...], plan: Plan) -> Sheet:
    """Return measured values as a long table: a row for each value, a column for each breakdown."""
    groups = list(dict.fromkeys(name for row in rows for name in row.record.breakdown))
    headers = (*above, _("Period"), _("First day"), _("Last day"), *groups, _("Value"), _("Unit"), _("Note"))
    made = []
    for row in rows:
        seen: Observation = row.record
        breakdown: Mapping[str, str] = seen.breakdown
        period = seen.when
        value = number(seen.value)
        made.append(
            (
                *row.above,
                answer_text(fields_of(Observation)[0], period),
                period.start if period else None,
                period.end if period else None,
                *(breakdown.get(name) for name in groups),
                value if value is not None else format_amount(seen.value),
                row.unit,
                seen.note,
            )
        )
    return Sheet(title, headers, tuple(made)).without_empty()
