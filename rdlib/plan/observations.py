"""Measured values in CSV files beside a plan.

A data file has the columns `when` and `value`, perhaps `indicator` (for files that several indicators share) and
`note`; every other column is a breakdown, such as region or provider. Rows whose breakdown cells are all empty describe
the whole.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import attrs

from rdlib.plan.fields import field_of
from rdlib.plan.indicator import Observation
from rdlib.plan.values import NotReadError, Period, read_amount, read_period
from rdlib.words import _, plural

MAX_BYTES = 50_000_000
MAX_PROBLEMS = 50
OWN_COLUMNS = ("when", "value", "indicator", "note")


@attrs.frozen
class Flaw:
    """Something in a data file that cannot be read: the line, the column, what is there and what is accepted."""

    line: int | None
    column: str
    found: str
    accepted: str


@attrs.frozen
class DataFile:
    """The cells of a data file.

    Attributes:
        delimiter: what stands between its cells.
        breakdowns: the names of its breakdown columns.
        rows: line and cells of each row, by column name.
        flaws: what is wrong with the file as such.
    """

    delimiter: str
    breakdowns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    flaws: tuple[Flaw, ...]


@attrs.frozen
class Series:
    """What a data file says of one indicator."""

    observations: tuple[Observation, ...]
    flaws: tuple[Flaw, ...]


def read_series(
    path: Path,
    names: tuple[str, ...],
    *,
    unit: str | None,
    fiscal_start: int,
    decimal_comma: bool,
) -> Series:
    """Read the values of one indicator from a data file.

    Args:
        path: the file.
        names: how the file may name the indicator in its column `indicator`, where it has one.
        unit: the indicator's unit; a percent sign is accepted only where this is "%".
        fiscal_start: the month in which the fiscal year starts.
        decimal_comma: whether 1,234 starts decimals; always so in a file whose cells are separated by semicolons.
    """
    state = path.stat()
    return _series(
        path, state.st_mtime_ns, state.st_size, names, unit if unit == "%" else bool(unit), fiscal_start, decimal_comma
    )


def read_cells(path: Path) -> DataFile:
    """Read the cells of a data file, from memory when it has not changed."""
    state = path.stat()
    return _cells(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=256)
def _cells(path: Path, _changed: int, size: int) -> DataFile:
    if size > MAX_BYTES:
        found = _("a file of {size} MB").format(size=round(size / 1e6))
        return _unread(Flaw(None, "", found, _("at most {size} MB").format(size=MAX_BYTES // 1_000_000)))
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        accepted = _('a file saved as UTF-8 (in spreadsheets: "CSV UTF-8")')
        return _unread(Flaw(line, "", _("a character that is not in UTF-8"), accepted))
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count) if any(d in first for d in ",;\t") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    flaws: list[Flaw] = []
    header: list[str] = []
    try:
        for line, cells in _lines(reader):
            if not header:
                header = [cell.strip() for cell in cells]
                header = [cell.lower() if cell.lower() in OWN_COLUMNS else cell for cell in header]
                flaws += _header_flaws(line, header)
                if flaws:
                    break
                continue
            if any(cell.strip() for cell in cells[len(header) :]):
                found = plural("{n} cell", "{n} cells", len(cells))
                flaws.append(Flaw(line, "", found, plural("{n} cell, as in the first line", "{n} cells, as in the first line", len(header))))
                continue
            rows.append((line, dict(zip(header, (cell.strip() for cell in cells), strict=False))))
    except csv.Error:
        flaws.append(
            Flaw(reader.line_num, "", _("a quotation mark that is never closed, or text behind one"), _("cells such as North or \"North, East\""))
        )
    if not header:
        flaws.append(Flaw(None, "", _("nothing"), _("a first line with the names of the columns: when, value")))
    return DataFile(delimiter, tuple(c for c in header if c and c not in OWN_COLUMNS), tuple(rows), tuple(flaws))


def _unread(flaw: Flaw) -> DataFile:
    return DataFile(",", (), (), (flaw,))


def _lines(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Give each row that is not empty, with the line it starts in."""
    before = 0
    for cells in reader:
        line, before = before + 1, reader.line_num  # type: ignore[attr-defined]  # csv's reader counts lines
        if any(cell.strip() for cell in cells):
            yield line, cells


def _header_flaws(line: int, header: list[str]) -> Iterator[Flaw]:
    for name in ("when", "value"):
        if name not in header:
            found = _("no column of this name")
            yield Flaw(line, name, found, _("a column named {name}").format(name=f'"{name}"'))
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        yield Flaw(line, name, _("this column twice"), _("each column once"))


@lru_cache(maxsize=2048)
def _period(text: str, fiscal_start: int) -> Period:
    return read_period(text, fiscal_start=fiscal_start)


@lru_cache(maxsize=256)
def _series(
    path: Path,
    changed: int,
    size: int,
    names: tuple[str, ...],
    unit: str | bool,
    fiscal_start: int,
    decimal_comma: bool,
) -> Series:
    data = _cells(path, changed, size)
    comma = decimal_comma or data.delimiter == ";"
    named_unit = unit if isinstance(unit, str) else None
    flaws = list(data.flaws)
    observations: list[Observation] = []
    seen: dict[tuple[object, ...], int] = {}
    when_label, value_label = (field_of(Observation, name).name for name in ("when", "value"))
    for line, cells in data.rows:
        if "indicator" in cells and cells["indicator"] not in names:
            continue
        written = cells.get("value", "")
        if not written:
            continue
        if not cells.get("when"):
            flaws.append(Flaw(line, when_label, _("nothing"), _("the period that the value describes")))
            continue
        try:
            when = _period(cells["when"], fiscal_start)
        except NotReadError as error:
            flaws.append(Flaw(line, when_label, f'"{cells["when"]}"', str(error)))
            continue
        try:
            value = read_amount(written, unit=named_unit, decimal_comma=comma)
        except NotReadError as error:
            flaws.append(Flaw(line, value_label, f'"{written}"', str(error)))
            continue
        breakdown = {name: cells[name] for name in data.breakdowns if cells.get(name)}
        key = (when.start, when.end, *breakdown.items())
        if key in seen:
            found = _('a second value for "{when}" (first in line {line})').format(
                when=", ".join([cells["when"], *breakdown.values()]), line=seen[key]
            )
            flaws.append(Flaw(line, value_label, found, _("one value for each period and group")))
            continue
        seen[key] = line
        observations.append(Observation(when, value, cells.get("note") or None, breakdown))
    flaws.sort(key=lambda flaw: flaw.line or 0)
    if len(flaws) > MAX_PROBLEMS:
        more = len(flaws) - MAX_PROBLEMS
        found = plural("{n} more problem like these", "{n} more problems like these", more)
        flaws = [*flaws[:MAX_PROBLEMS], Flaw(None, "", found, _("a file without them; correct the first ones"))]
    return Series(tuple(observations), tuple(flaws))
