"""The table in a sheet: where its headings are, and its rows by heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase

import attrs

from rdlib.tables.cells import EMPTY, Cell, Sheet, column_number, letters
from rdlib.tables.mapping import CELL, HEADING, TableMap, name_field, record_of
from rdlib.tables.problems import Spot, TableProblem
from rdlib.tables.values import clean
from rdlib.words import _

#: So many rows may stand above the headings when they are looked for.
LOOKED_AT = 60
_LETTER = re.compile(r"\[([A-Za-z]{1,3})\]")
TOTAL = re.compile(r"(?:grand |sub-?|overall )?totals?\b.*|sous-total\b.*|ensemble|somme", re.IGNORECASE)


def same(text: str) -> str:
    r"""Return a heading or name as it is compared: without case, and with single spaces.

    >>> same(" Target\nvalue ")
    'target value'
    """
    return " ".join(clean(text).split()).casefold()


def matches(text: str, patterns: Sequence[str]) -> bool:
    """Whether a text is one of several, in which * stands for anything; case does not matter.

    >>> matches("Total, all regions", ["total*"]), matches("", [""])
    (True, True)
    """
    return any(fnmatchcase(same(text), same(pattern)) for pattern in patterns)


@attrs.frozen
class Header:
    """The headings of a table.

    Attributes:
        last: the row they end in.
        names: for each column its heading, with the group's before it where there is one (``Target: Due``).
        short: for each column its heading alone.
        cells: the cells in which the headings stand.
    """

    last: int
    names: Mapping[int, str]
    short: Mapping[int, str]
    cells: Mapping[int, Cell]

    def find(self, name: str) -> list[int]:
        """Return the columns that a name means; a letter in square brackets is always a column."""
        if letter := _LETTER.fullmatch(name.strip()):
            return [column_number(letter[1])]
        wanted = same(name)
        whole = [column for column, text in self.names.items() if same(text) == wanted]
        return whole or [column for column, text in self.short.items() if same(text) == wanted]


@attrs.frozen
class TableRow:
    """One row of a table.

    Attributes:
        spot: where it stands.
        cells: what its columns hold, by heading as compared.
        columns: which column each heading means; not there for what comes from elsewhere.
        upright: the column with the values, where the headings stand below each other.
    """

    spot: Spot
    cells: Mapping[str, Cell]
    columns: Mapping[str, int]
    upright: int | None = None

    def cell(self, name: str) -> Cell:
        """Return what a column holds."""
        return self.cells.get(same(name), EMPTY)

    def at(self, name: str) -> Spot:
        """Return where a column of this row stands."""
        column = self.columns.get(same(name))
        if column is not None and self.upright is not None:
            return attrs.evolve(self.spot, row=column + 1, column=self.upright, header=name)
        return self.spot if column is None else attrs.evolve(self.spot, column=column, header=name)


@attrs.define
class Table:
    """What reading the rows of a table gave.

    Attributes:
        rows: its rows.
        problems: what stands in the way.
        left_out: how many rows the mapping leaves out.
        hidden: how many of the rows are hidden from a reader of the spreadsheet.
        remarks: what a person should know, in sentences.
    """

    rows: list[TableRow] = attrs.field(factory=list)
    problems: list[TableProblem] = attrs.field(factory=list)
    left_out: int = 0
    hidden: int = 0
    remarks: list[str] = attrs.field(factory=list)


def read_table(file: str, sheet: Sheet, table: TableMap) -> Table:
    """Read the rows of a table by their headings.

    Args:
        file: the file's name, for messages.
        sheet: the sheet.
        table: where the headings are, and which rows count.
    """
    result = Table()
    spot = Spot(file, sheet.name)
    if table.upright:
        return _read_upright(spot, sheet, table)
    header = _header(sheet, table, spot, result.problems)
    if header is None:
        return result
    columns: dict[str, int] = {}
    needed = names_rows(table)
    for name in table.named():
        found = header.find(name)
        if len(found) == 1:
            columns[same(name)] = found[0]
        elif not found and table.lenient and name not in needed:
            result.remarks.append(_("{spot}: there is no column “{name}”.").format(spot=spot, name=name))
        else:
            result.problems.append(_not_one(spot, header, name, found))
    if table.lenient:
        strange = [text for column, text in header.names.items() if column not in columns.values()]
        result.remarks += [
            _("{spot}: the column “{name}” is not read.").format(spot=spot, name=name) for name in strange
        ]
    across = [
        c for c in header.names if matches(header.short[c], table.across) or matches(header.names[c], table.across)
    ]
    if table.across and not across:
        result.problems.append(_not_one(spot, header, table.across[0], []))
    if result.problems:
        return result
    above: dict[str, Cell] = {}
    for number in range(
        table.first_row or header.last + 1, min(table.last_row or len(sheet.rows), len(sheet.rows)) + 1
    ):
        row = _row(sheet, number, columns, spot)
        if all(cell.empty for cell in row.cells.values()) and all(sheet.at(number, c).empty for c in across):
            continue
        for name in map(same, table.fill_down):
            if row.cell(name).empty:
                row = attrs.evolve(row, cells={**row.cells, name: above.get(name, EMPTY)})
            above[name] = row.cell(name)
        if not all(matches(row.cell(name).text, texts) for name, texts in table.only.items()) or any(
            matches(row.cell(name).text, texts) for name, texts in table.leave_out.items()
        ):
            result.left_out += 1
            continue
        result.hidden += number in sheet.hidden_rows
        result.problems += _total(row, sheet, number, table)
        result.rows += _along(row, sheet, number, across, header) if across else [row]
    for name, texts in table.order.items():
        result.rows.sort(key=lambda row: _rank(row.cell(name).text, texts))
    return result


def _rank(text: str, patterns: Sequence[str]) -> int:
    return next((place for place, pattern in enumerate(patterns) if matches(text, [pattern])), len(patterns))


def names_rows(table: TableMap) -> list[str]:
    """Return the headings of the columns that tell the rows of a table apart."""
    sources = [*table.belongs_to.values()]
    for name, fields in table.rows.items():
        record = record_of(name)
        named = name_field(record).name if record else ""
        sources += [source for path, source in fields.items() if path in ("id", named)]
    return [name for source in sources for name in source.columns()]


def _read_upright(spot: Spot, sheet: Sheet, table: TableMap) -> Table:
    """Read a sheet whose headings stand below each other: it has one row, across."""
    left, right = table.columns or (0, 1)
    names = {i: clean(row[left].text) for i, row in enumerate(sheet.rows) if len(row) > left and not row[left].empty}
    header = Header(0, names, names, {})
    found = {same(name): places[0] for name in table.named() if (places := header.find(name))}
    cells = {name: sheet.at(place + 1, right) for name, place in found.items()}
    return Table([TableRow(spot, cells, found, right)])


def _header(sheet: Sheet, table: TableMap, spot: Spot, problems: list[TableProblem]) -> Header | None:
    """Return the headings: those in the rows that the mapping names, or the first that have all that it needs."""
    if table.header:
        return _headings(sheet, table.header, table)
    wanted = [
        name for name in (names_rows(table) if table.lenient else table.named()) if not _LETTER.fullmatch(name.strip())
    ]
    best, most = None, 0
    for number in range(1, min(LOOKED_AT, len(sheet.rows)) + 1):
        rows = tuple(range(max(1, number - table.header_rows + 1), number + 1))
        header = _headings(sheet, rows, table)
        count = sum(1 for name in wanted if header.find(name))
        if count > most:
            best, most = header, count
    if best is None:
        found = _("no row with these headings in the first {n} rows").format(n=LOOKED_AT)
        accepted = _("a row with {names}").format(names=", ".join(f"“{name}”" for name in wanted[:8]))
        problems.append(TableProblem(spot, found, accepted))
    return best


def _headings(sheet: Sheet, rows: Sequence[int], table: TableMap) -> Header:
    *groups, last = rows
    width = max((len(row) for row in sheet.rows[:last]), default=0)
    first, end = table.columns or (0, width - 1)
    names: dict[int, str] = {}
    short: dict[int, str] = {}
    cells: dict[int, Cell] = {}
    before = dict.fromkeys(groups, "")
    for column in range(first, min(end, width - 1) + 1):
        parts = []
        for row in groups:
            merged = any(number == row for number, _column in sheet.wide)
            text = sheet.at(row, sheet.wide.get((row, column), column)).text
            before[row] = text if text or merged else before[row]
            parts.append(before[row])
        cells[column] = sheet.at(last, sheet.wide.get((last, column), column))
        label = " ".join(clean(cells[column].text).split())
        if label:
            short[column] = label
            names[column] = ": ".join(dict.fromkeys(" ".join(clean(part).split()) for part in (*parts, label) if part))
    return Header(last, names, short, cells)


def _not_one(spot: Spot, header: Header, name: str, found: Sequence[int]) -> TableProblem:
    spot = attrs.evolve(spot, row=header.last)
    if found:
        places = ", ".join(f"{letters(c)} (“{header.names.get(c, '')}”)" for c in found)
        accepted = _("the name with its group before it, or the letter of the column in square brackets")
        return TableProblem(spot, _("“{name}” as the heading of {places}").format(name=name, places=places), accepted)
    there = list(dict.fromkeys(header.names.values()))
    near = get_close_matches(same(name), [same(text) for text in there], 1, cutoff=0.6)
    shown = [text for text in there if same(text) in near] or there[:12]
    accepted = _("one of the headings there, such as {names}").format(names=", ".join(f"“{text}”" for text in shown))
    return TableProblem(spot, _("no column “{name}”").format(name=name), accepted)


def _total(row: TableRow, sheet: Sheet, number: int, table: TableMap) -> Iterator[TableProblem]:
    """Find a row of totals, which is no row like the others."""
    first, last = table.columns or (0, len(sheet.rows[number - 1]) - 1)
    column = next((c for c in range(first, last + 1) if not sheet.at(number, c).empty), None)
    if column is None or not TOTAL.fullmatch(sheet.at(number, column).text):
        return
    spot = attrs.evolve(row.spot, column=column)
    accepted = _("rows like the others; leave this one out with leave_out, or the row itself")
    yield TableProblem(spot, _("a row of totals, “{text}”").format(text=sheet.at(number, column).text), accepted)


def _row(sheet: Sheet, number: int, columns: Mapping[str, int], spot: Spot) -> TableRow:
    cells = {name: sheet.at(number, column) for name, column in columns.items()}
    return TableRow(attrs.evolve(spot, row=number), cells, columns)


def _along(row: TableRow, sheet: Sheet, number: int, across: Sequence[int], header: Header) -> Iterator[TableRow]:
    """Give a row for each column that the table is turned by."""
    for column in across:
        cell = sheet.at(number, column)
        if not cell.empty:
            more = {HEADING: header.cells[column], CELL: cell}
            places = {**row.columns, HEADING: column, CELL: column}
            yield TableRow(row.spot, {**row.cells, **more}, places)
