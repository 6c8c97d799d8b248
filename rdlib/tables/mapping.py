"""Where the columns of a table go in a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import attrs

from rdlib.plan.fields import Field, Kind
from rdlib.plan.plan import PRIORITIES, Plan
from rdlib.plan.priority import Priority
from rdlib.plan.reading import declared

#: What a table's rows can give beside the rows of the plan's tables.
PRIORITY, PEOPLE, TITLE_PAGE = "priority", "people", "plan"

#: Bounds of a target, as many tables have them in two columns; both the same is an exact target.
AT_LEAST, AT_MOST = "target/at_least", "target/at_most"

#: The heading and the cell of each column that a wide table is turned by.
HEADING, CELL = "heading", "cell"


@attrs.frozen
class Source:
    """Where a value comes from.

    Attributes:
        column: the heading of a column.
        text: a text with headings in braces; a part in square brackets is left out when a column in it is empty.
        fixed: the same text for each row.
        first: several sources, of which the first that gives something counts.
        when: for a heading, patterns of which the row must have one, or the source gives nothing.
        words: what stands for what; ``*`` is everything else.
        split: what separates several answers in one cell.
        period: "month", "quarter" or "year": the period that a day stands for.
        shares: whether a number such as 0.85 is meant as 85%.
        unread: what happens when the cell cannot be read: "refuse"; "leave out"; or the field of the same record that
            keeps the text.
    """

    column: str | None = None
    text: str | None = None
    fixed: str | None = None
    first: tuple[Source, ...] = ()
    when: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    words: Mapping[str, str] = attrs.field(factory=dict)
    split: str | None = None
    period: str | None = None
    shares: bool = False
    unread: str = "refuse"

    def columns(self) -> Iterator[str]:
        """Give the headings of the columns that it reads."""
        if self.column is not None:
            yield self.column
        if self.text is not None:
            yield from headings_in(self.text)
        yield from self.when
        for source in self.first:
            yield from source.columns()


def headings_in(text: str) -> list[str]:
    """Return the headings in the braces of a text.

    >>> headings_in("{year}[-{month}]")
    ['year', 'month']
    """
    return re.findall(r"\{([^{}]+)\}", text)


@attrs.frozen
class Lookup:
    """Columns of another file that are found by a key.

    Attributes:
        file: its name; it lies beside the file that is imported.
        column: its column, or text with headings in braces, that is compared ...
        equals: ... with this column or text of the table.
        name: what stands before the headings of its columns, with a colon: ``result: name_en``.
        needed: whether each row must find one.
    """

    file: str
    column: str
    equals: str
    name: str
    needed: bool = False


@attrs.frozen
class TableMap:
    """How one table of a file is read, and what its rows give.

    Attributes:
        rows: for each table of the plan (``priority``, ``indicators``, ``indicators/observations`` ...) what its
            fields come from.
        belongs_to: for tables of the plan whose rows are only named here, and stand elsewhere: what names them.
        sheet: the sheet's name; None for the only one.
        file: another file beside the one that is imported; None for that.
        header: the rows with the headings; empty: they are looked for.
        header_rows: how many rows of headings there are, when they are looked for.
        columns: the first and the last column that count, from 0; None for all.
        first_row: the first row below the headings; None for the next.
        last_row: the last row; None for all.
        only: for a heading, patterns of which a row must have one.
        leave_out: for a heading, patterns of which a row may have none.
        fill_down: headings of columns in which an empty cell means the one above.
        empty: what a cell holds that means nothing, such as "-".
        lookups: columns of other files.
        across: patterns of headings: each such column becomes a row of its own.
        order: for a heading, patterns in the order in which rows are read; the others come last.
        again: what counts when a row of the plan comes again with another value: "refuse", or "first": all that the
            first row says, and nothing of the others.
        upright: whether the headings stand below each other in the first column that counts, and values beside them.
        optional: whether the sheet may be missing.
        lenient: whether columns may be missing, but for those that name the rows; what is missing is told.
    """

    rows: Mapping[str, Mapping[str, Source]]
    belongs_to: Mapping[str, Source] = attrs.field(factory=dict)
    sheet: str | None = None
    file: str | None = None
    header: tuple[int, ...] = ()
    header_rows: int = 1
    columns: tuple[int, int] | None = None
    first_row: int | None = None
    last_row: int | None = None
    only: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    leave_out: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    fill_down: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    across: tuple[str, ...] = ()
    order: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    again: str = "refuse"
    upright: bool = False
    optional: bool = False
    lenient: bool = False

    def named(self) -> list[str]:
        """Return the headings that it needs, without those of other files."""
        sources = [*self.belongs_to.values(), *(source for fields in self.rows.values() for source in fields.values())]
        names = [name for source in sources for name in source.columns()]
        names += [*self.only, *self.leave_out, *self.order, *self.fill_down]
        for lookup in self.lookups:
            names += headings_in(lookup.equals) or [lookup.equals]
        others = tuple(f"{lookup.name}: " for lookup in self.lookups)
        turned = {HEADING, CELL} if self.across else set()
        return [name for name in dict.fromkeys(names) if not name.startswith(others or "\0") and name not in turned]


@attrs.frozen
class TableMapping:
    """How a file is read into a plan.

    Attributes:
        tables: its tables, in the order in which they are read.
        plan: fields of the title page, the same whatever the file says.
        language: "en" or "fr": how its numbers are written in texts.
        fiscal_start: the month in which its fiscal year starts.
        title: what it is for.
    """

    tables: tuple[TableMap, ...]
    plan: Mapping[str, str] = attrs.field(factory=dict)
    language: str = "en"
    fiscal_start: int = 4
    title: str = ""


# --- the tables of a plan, as a mapping names them -------------------------------------------------------------------


@cache
def record_of(table: str) -> type | None:
    """Return the record type of the rows of a table; None where there is none of this name.

    >>> record_of("indicators/observations").__name__, record_of("nothing") is None
    ('Observation', True)
    """
    if table == PRIORITY:
        return Priority
    if table == TITLE_PAGE:
        return Plan
    record: type | None = Plan if table == PEOPLE else Priority
    for name in table.split("/"):
        field = (
            next((f for f in declared(record) if f.name == name and f.kind is Kind.RECORDS), None) if record else None
        )
        record = field.record if field else None
    return record


def label_of(table: str) -> str:
    """Return what a person reads above a table."""
    if table == PRIORITY:
        return PRIORITIES.label
    record: type = Plan if table == PEOPLE else Priority
    label = ""
    for name in table.split("/"):
        field = next(f for f in declared(record) if f.name == name)
        label, record = field.label, field.record or record
    return label


@cache
def paths_of(record: type) -> dict[str, tuple[Field, ...]]:
    """Return the single fields of a record by their path, each with the groups around it.

    >>> from rdlib.plan.indicator import Indicator
    >>> [field.label for field in paths_of(Indicator)["target/due"]]
    ['Target', 'Due']
    """
    found: dict[str, tuple[Field, ...]] = {}
    for field in declared(record):
        if field.kind is Kind.RECORD and field.record is not None:
            for path, fields in paths_of(field.record).items():
                found[f"{field.name}/{path}"] = (field, *fields)
        elif field.kind is not Kind.RECORDS:
            found[field.name] = (field,)
    return found


@cache
def name_field(record: type) -> Field:
    """Return the field that tells one row of a table from another, where no id is given.

    >>> from rdlib.plan.indicator import Benchmark, Indicator, Observation
    >>> [name_field(record).name for record in (Indicator, Benchmark, Observation, Priority)]
    ['name', 'name', 'when', 'title']
    """
    kinds = (Kind.TEXT, Kind.WHEN, Kind.DAY, Kind.LONG_TEXT, Kind.PERSON, Kind.LINK)
    return next(field for field in declared(record) if field.kind in kinds)


def in_order(tables: Sequence[str]) -> list[str]:
    """Return tables so that each comes behind the one whose rows hold its rows."""
    return sorted(tables, key=lambda table: (table not in (TITLE_PAGE, PEOPLE, PRIORITY), table.count("/")))
