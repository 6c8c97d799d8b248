"""Records as tables, made from the declarations of their fields: the static face of every form.

A field's label, kind, unit and choices are declared once, on the record; from them come the headers and the way each
answer is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from rdlib.figures.html import Cell, Html, badge, e, inline, link, mark_of, nothing, paragraphs, scroll_box, table
from rdlib.plan.fields import LISTS, Field, Kind, field_of, fields_of
from rdlib.plan.indicator import Indicator, Target
from rdlib.plan.plan import PRIORITIES, Plan
from rdlib.plan.priority import Priority
from rdlib.plan.reading import declared
from rdlib.plan.values import Amount, Missing, format_when
from rdlib.words import NO_BREAK_SPACE, _, format_date, format_number

_UNSHOWN = {Kind.ID, Kind.RECORD, Kind.RECORDS}


def _declared(record: Any) -> tuple[Field, ...]:
    return fields_of(record.__class__)


def format_amount(amount: Amount, unit: str | None = None) -> str | None:
    """Write a number with its unit, or in words that there knowingly is none; None where nothing was written.

    >>> format_amount(Missing.TO_BE_DETERMINED)
    'to be determined'
    """
    if isinstance(amount, Missing):
        return {Missing.TO_BE_DETERMINED: _("to be determined"), Missing.NOT_APPLICABLE: _("not applicable")}[amount]
    return None if amount is None else format_number(amount, unit)


def target_words(indicator: Indicator) -> str | None:
    """Return an indicator's target in words: as it was announced, else put together from its fields.

    None where nothing is said about a target.

    >>> from rdlib.plan.indicator import Target
    >>> target_words(Indicator(id="i1", unit="%", target=Target(kind="at-least", value=85.0)))
    'At least 85%'
    """
    target = indicator.target
    if target.wording and target.wording.strip():
        return target.wording.strip()
    unit = _unit_in(target, indicator.unit)
    value, high = format_amount(target.value, unit), format_amount(target.value_high, unit)
    kind = field_of(type(target), "kind").choice(target.kind)
    if isinstance(target.value, Missing) or (value is None and kind is None):
        words = value
    elif value is None or target.kind in {"milestone", "tbd", "context"}:
        words = kind.label if kind else None
    else:
        words = {
            "at-least": _("At least {value}"),
            "at-most": _("At most {value}"),
            "exactly": _("Exactly {value}"),
            "between": _("Between {value} and {high}"),
            "rise": _("Rise by {value}"),
            "fall": _("Fall by {value}"),
        }.get(target.kind or "", "{value}").format(value=value, high=high or _("not given"))
    if words is not None and target.due is None and target.standing:
        return _("{target} all the time").format(target=words)
    if words is None or target.due is None:
        return words
    return _("{target} by {when}").format(target=words, when=format_when(target.due))


def _linked(reference: str, field: Field, plan: Plan | None, priority: Priority | None) -> str:
    owner = priority or plan
    outer, _slash, id_ = reference.rpartition("/")
    rows = _linkable_rows(owner, field.links_to or "", outer) if owner else ()
    row = next((r for r in rows if r.id == id_), None)
    if owner is not None and row is None:
        return _("{id} (no longer in the plan)").format(id=reference)
    return (row and _name_of(row)) or reference


def _linkable_rows(owner: Plan | Priority, links_to: str, outer: str) -> Iterable[Any]:
    """Give the rows that a link may point to; those inside the row called ``outer``, or in any row, where told so."""
    table, _slash, inner = links_to.partition("/")
    rows: Iterable[Any] = owner.parts.get(table) or getattr(owner, table, None) or ()
    if inner:
        return [r for row in rows if row.id == outer for r in getattr(row, inner)]
    nested = (row for part in owner.parts.values() for row in part)
    return rows or [r for row in nested for r in getattr(row, table, ())]


def _name_of(row: Any) -> str | None:
    """Return what to call a row of a table: the first text in it that has some."""
    for field in _declared(row):
        value = getattr(row, field.name)
        if field.kind in {Kind.TEXT, Kind.LONG_TEXT} and isinstance(value, str) and value.strip():
            return value.strip()
    return None


def answer_text(
    field: Field,
    value: Any,
    plan: Plan | None = None,
    *,
    priority: Priority | None = None,
    unit: str | None = None,
) -> str | None:
    """Return the answer of a field as plain text, written for people; None where nothing was given.

    Args:
        field: the declaration of the field.
        value: its value on the record.
        plan: the plan, for the names of people.
        priority: the priority, for the names of what links point at.
        unit: the unit of the indicator that the record belongs to, for numbers in that unit.
    """
    if not _given(value):
        return None
    if field.kind is Kind.YES_NO:
        return _("Yes") if value else _("No")
    if field.kind is Kind.NUMBER:
        return format_amount(value, unit if field.unit == "indicator" else field.unit)
    if field.kind is Kind.WHEN:
        return format_when(value)
    if field.kind is Kind.DAY:
        return format_date(value)
    if field.kind in {Kind.CHOICE, Kind.RATING}:
        choice = field.choice(str(value))
        label = choice.label if choice else str(value)
        return f"{value} {label}" if field.kind is Kind.RATING else label
    if field.kind is Kind.PERSON:
        return plan.person(value) if plan else str(value)
    if field.kind is Kind.PEOPLE:
        return "\n".join((plan.person(v) if plan else v) or v for v in value)
    if field.kind is Kind.LINK:
        return _linked(value, field, plan, priority)
    if field.kind is Kind.LINKS:
        return "\n".join(_linked(v, field, plan, priority) for v in value)
    if field.kind in LISTS:
        return "\n".join(value)
    return str(value)


def answer(
    field: Field,
    value: Any,
    plan: Plan | None = None,
    *,
    priority: Priority | None = None,
    unit: str | None = None,
) -> Html:
    """Return the answer of a field as a safe fragment: "not given" in grey where it is empty.

    The arguments are those of :func:`answer_text`.

    >>> from rdlib.plan.indicator import Baseline
    >>> answer(field_of(Baseline, "when"), None)
    '<span class="rd-none">not given</span>'
    """
    text = answer_text(field, value, plan, priority=priority, unit=unit)
    if text is None or not text.strip():
        return nothing()
    if field.kind is Kind.RATING and value in {1, 2, 3, 4}:
        return badge(attrs.evolve(mark_of(value), word=text.replace(" ", NO_BREAK_SPACE, 1)))
    if field.kind in LISTS and len(value) > 1:
        return Html(f"<ul>{''.join(f'<li>{inline(line)}</li>' for line in text.splitlines())}</ul>")
    if field.kind is Kind.LONG_TEXT:
        return paragraphs(text)
    if isinstance(value, Missing):
        return nothing(text)
    if field.kind is Kind.TEXT and _is_address(text):
        return link(text, text)
    return inline(text)


def _is_address(text: str) -> bool:
    return text.strip().lower().startswith(("https://", "http://")) and len(text.split()) == 1


def _unit_in(group: Any, unit: str | None) -> str | None:
    """The unit of the numbers that stand in a group of fields: a change may be counted in percent or points."""
    if isinstance(group, Target) and group.kind in {"rise", "fall"}:
        return {"percent": "%", "points": _("percentage points")}.get(group.change_unit or "", unit)
    return unit


def group_table(
    record: Any,
    title: str,
    plan: Plan | None = None,
    *,
    priority: Priority | None = None,
    unit: str | None = None,
    empty: bool = True,
) -> Html:
    """Return one record as a table of two columns: what was asked, and the answer.

    Groups inside the record follow under their own heading; tables inside it have their own face
    (:func:`record_table`).

    Args:
        record: the record.
        title: the caption.
        plan: the plan, for the names of people.
        priority: the priority, for the names of what links point at.
        unit: the unit of the indicator that the record belongs to; an indicator knows its own.
        empty: whether fields with no answer are shown, in grey, or left out.
    """
    unit = record.unit if isinstance(record, Indicator) else unit
    body: list[str] = []
    for name, part in _groups(record):
        rows = []
        for field in _declared(part):
            value = getattr(part, field.name)
            if field.kind in _UNSHOWN or not (empty or _given(value)):
                continue
            cell = answer(field, value, plan, priority=priority, unit=_unit_in(part, unit))
            rows.append(
                f'<tr><th scope="row" style="text-align:left">{inline(field.label)}</th>'
                f'<td style="text-align:left">{cell}</td></tr>'
            )
        if rows and name:
            heading = f'<th scope="rowgroup" colspan="2" style="text-align:left">{inline(name)}</th>'
            rows.insert(0, f'<tr class="rd-group">{heading}</tr>')
        if rows:
            body.append(f"<tbody>{''.join(rows)}</tbody>")
    if not body:
        return none_yet(title)
    html = (
        f'<table class="rd-table rd-answers"><caption style="text-align:left">{inline(title)}</caption>'
        f"{''.join(body)}</table>"
    )
    return Html(f'<div class="rd">{scroll_box(title, html)}</div>')


def none_yet(title: str) -> Html:
    """Return the one line that stands for a table with nothing in it."""
    return Html(f'<p class="rd rd-empty">{e(_("{title}: none yet.").format(title=title))}</p>')


def _given(value: Any) -> bool:
    return value is not None and value != () and not (isinstance(value, str) and not value.strip())


def _groups(record: Any) -> Iterator[tuple[str, Any]]:
    """The record itself, then each group of fields in it with its label."""
    yield "", record
    for field in _declared(record):
        if field.kind is Kind.RECORD:
            yield field.label, getattr(record, field.name)


@attrs.frozen
class _Column:
    """A column of a table of records; ``groups`` are the groups of fields that its field lies in."""

    groups: tuple[str, ...]
    field: Field

    def owner(self, record: Any) -> Any:
        for group in self.groups:
            record = getattr(record, group)
        return record

    def value(self, record: Any) -> Any:
        return getattr(self.owner(record), self.field.name)

    def unit(self, record: Any, unit: str | None) -> str | None:
        """The unit of the number that a record has in this column."""
        if self.field.unit != "indicator":
            return self.field.unit
        return _unit_in(self.owner(record), record.unit if isinstance(record, Indicator) else unit)


def _column(kind: type, path: str) -> _Column:
    *groups, name = path.split(".")
    for group in groups:
        kind = field_of(kind, group).record or kind
    return _Column(tuple(groups), field_of(kind, name))


def record_table(
    records: Sequence[Any],
    caption: str,
    *,
    only: Sequence[str] = (),
    plan: Plan | None = None,
    priority: Priority | None = None,
    unit: str | None = None,
) -> Html:
    """Return records of one type as a table: a column for each field, a row for each record.

    The unit of a number stands in the header; in the cell instead where the rows have different units.

    Args:
        records: the records.
        caption: what the table shows.
        only: the fields to show, in this order; one inside a group as ``"target.due"``. Left out: all that are not
            groups or tables.
        plan: the plan, for the names of people.
        priority: the priority, for the names of what links point at.
        unit: the unit of the indicator that the records belong to; indicators know their own.

    Raises:
        KeyError: ``only`` names a field that the records do not declare.
    """
    if not records:
        return none_yet(caption)
    kind = records[0].__class__
    names = only or [field.name for field in _declared(records[0]) if field.kind not in _UNSHOWN]
    columns = [_column(kind, name) for name in names]
    headers, numeric, in_cells = [], [], []
    for place, column in enumerate(columns):
        label = column.field.label
        if column.field.kind is Kind.NUMBER:
            numeric.append(place)
            units = {column.unit(record, unit) for record in records}
            if len(units) > 1:
                in_cells.append(column)
            elif own := units.pop():
                label = _("{label} ({unit})").format(label=label, unit=own)
        headers.append(label)
    rows: list[list[Cell]] = []
    for record in records:
        cells: list[Cell] = []
        for column in columns:
            field, value = column.field, column.value(record)
            shown = column.unit(record, unit) if column in in_cells else None
            cells.append(answer(attrs.evolve(field, unit=shown), value, plan, priority=priority))
        rows.append(cells)
    return table(headers, rows, caption, numeric=numeric)


def place_name(where: str, plan: Plan) -> str:
    """Return what to call a place in a plan: the names of what it lies in and the label of the field.

    Args:
        where: path into the plan, as findings carry it.
        plan: the plan.

    Returns:
        For example ``Share within four hours › 3M evaluation › Data sources``; the title of the priority is left out
        inside it. Parts of a path that the plan does not have stay as they are.

    >>> place_name("plan/mandate_end", Plan())
    'Mandate ends'
    """
    first, *rest = where.split("/")
    record: Any = plan
    kind: type | None = Plan
    name = first
    if first == "priorities" and rest:
        record, kind = plan.priority(rest[0]), Priority
        name = (record and _name_of(record)) or rest[0]
        rest = rest[1:]
    elif where == PRIORITIES.name:
        return PRIORITIES.label
    names: list[str] = []
    steps = iter(rest)
    for step in steps:
        field = next((f for f in declared(kind) if f.name == step), None) if kind else None
        parts = getattr(record, "parts", {})
        value = parts[step] if step in parts else getattr(record, step, None) if field else None
        record, kind = value, field.record if field else None
        label = field.label if field else step
        if field and field.kind is Kind.RECORDS and (key := next(steps, None)) is not None:
            record = _row(value or (), key)
            label = (record and _name_of(record)) or f"{label} {key}"
        names.append(label)
    return "\u00a0› ".join(names or [name])


def _row(rows: Sequence[Any], key: str) -> Any:
    if key.startswith("#") and key[1:].isdecimal() and 0 < int(key[1:]) <= len(rows):
        return rows[int(key[1:]) - 1]
    return next((row for row in rows if getattr(row, "id", None) == key), None)
