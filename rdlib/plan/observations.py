"""Measured values in CSV files beside a plan.

A data file has the columns `when` and `value`, perhaps `indicator` (for a file that several indicators share) and
`note`; every other column is a breakdown, such as region or provider. Rows whose breakdown cells are all empty describe
the whole. Cells are separated by commas, semicolons or tabs; which, the first line tells.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import attrs

from rdlib.plan.indicator import Observation
from rdlib.plan.values import Amount, NotReadError, Period, read_amount, read_period
from rdlib.words import _, plural

MAX_BYTES = 50_000_000
MAX_FLAWS = 50
OWN_COLUMNS = ("when", "value", "indicator", "note")


@attrs.frozen
class Flaw:
    """Something in a data file that cannot be read.

    Attributes:
        line: its line, counted from 1; None when it is about the file as a whole.
        column: the name of its column; empty when it is about the whole line.
        found: what stands there.
        accepted: what is accepted instead.
    """

    line: int | None
    column: str
    found: str
    accepted: str


@attrs.frozen
class Series:
    """What a data file says of one indicator.

    Attributes:
        observations: the measured values, in the order of the file.
        flaws: what could not be read, in the order of the file.
        others: the names of other indicators in the file, each with the line where it comes first.
    """

    observations: tuple[Observation, ...]
    flaws: tuple[Flaw, ...]
    others: tuple[tuple[str, int], ...]


@attrs.frozen
class _Cells:
    """The cells of a data file: the line and the cells of each row, by the names of the columns."""

    delimiter: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    flaws: tuple[Flaw, ...]


def read_series(
    path: Path,
    names: tuple[str, ...],
    *,
    unit: str | None = None,
    fiscal_start: int = 4,
    decimal_comma: bool = False,
) -> Series:
    """Read the values of one indicator from a data file.

    A file that has not changed since it was read last is not read again. An empty value means that there is none.

    Args:
        path: the file.
        names: how the file may name the indicator in its column `indicator`, where it has one.
        unit: the indicator's unit; a percent sign is accepted only where this is "%".
        fiscal_start: the month in which the fiscal year starts.
        decimal_comma: whether 1,234 starts decimals; always so in a file whose cells are separated by semicolons.

    Raises:
        OSError: the file cannot be opened.
    """
    state = path.stat()
    version = (state.st_ino, state.st_size, state.st_mtime_ns)
    if "indicator" not in _cells(path, version).columns:
        names = ()
    return _series(path, version, names, unit, fiscal_start, decimal_comma)


@lru_cache(maxsize=64)
def _cells(path: Path, version: tuple[int, int, int]) -> _Cells:
    size = version[1]
    if size > MAX_BYTES:
        found = _("a file of {size} MB").format(size=round(size / 1e6))
        return _unread(Flaw(None, "", found, _("at most {size} MB").format(size=MAX_BYTES // 1_000_000)))
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        accepted = _('a file saved as UTF-8 (in a spreadsheet: "CSV UTF-8")')
        return _unread(Flaw(line, "", _("a character that is not in UTF-8"), accepted))
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    flaws: list[Flaw] = []
    columns: list[str] = []
    before = 0  # the line that the row before ended in; a cell in quotes can go on over several lines
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _columns(cells)
                flaws = list(_column_flaws(line, columns))
                if flaws:
                    break
            elif any(cell.strip() for cell in cells[len(columns) :]):
                flaws.append(_too_long(line, cells, columns))
            else:
                rows.append((line, dict(zip(columns, map(str.strip, cells), strict=False))))
    except csv.Error:
        found = _("a quotation mark that is never closed, or text behind a closing one")
        flaws.append(Flaw(before + 1, "", found, _('quotation marks around a whole cell: "North, East"')))
    if not columns and not flaws:
        flaws.append(Flaw(None, "", _("nothing"), _("a first line with the names of the columns: when,value")))
    return _Cells(delimiter, tuple(columns), tuple(rows), tuple(flaws))


def _unread(flaw: Flaw) -> _Cells:
    return _Cells(",", (), (), (flaw,))


def _delimiter(text: str) -> str:
    """Return what separates the cells: what makes the first line hold the names of the columns."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    for delimiter in ",;\t":
        if {"when", "value"} <= set(_columns(first.split(delimiter))):
            return delimiter
    return max(",;\t", key=first.count)


def _columns(cells: list[str]) -> list[str]:
    names = [cell.strip().strip('"') for cell in cells]
    return [name.lower() if name.lower() in OWN_COLUMNS else name for name in names]


def _column_flaws(line: int, columns: list[str]) -> Iterator[Flaw]:
    for name in ("when", "value"):
        if name not in columns:
            found = _("no column of this name, only {names}").format(names=", ".join(filter(None, columns)) or "-")
            yield Flaw(line, name, found, _("a first line with the names of the columns, such as when,value"))
    for name in dict.fromkeys(name for name in columns if name and columns.count(name) > 1):
        yield Flaw(line, name, _("two columns of this name"), _("each name once"))


def _too_long(line: int, cells: list[str], columns: list[str]) -> Flaw:
    accepted = plural(
        "{n} cell, as in the first line; a cell with a comma in it stands in double quotes",
        "{n} cells, as in the first line; a cell with a comma in it stands in double quotes",
        len(columns),
    )
    return Flaw(line, "", plural("{n} cell", "{n} cells", len(cells)), accepted)


@lru_cache(maxsize=4096)
def _period(text: str, fiscal_start: int) -> Period:
    return read_period(text, fiscal_start=fiscal_start)


@lru_cache(maxsize=65536)
def _amount(text: str, unit: str | None, decimal_comma: bool) -> Amount:
    return read_amount(text, unit=unit, decimal_comma=decimal_comma)


@lru_cache(maxsize=64)
def _series(
    path: Path,
    version: tuple[int, int, int],
    names: tuple[str, ...],
    unit: str | None,
    fiscal_start: int,
    decimal_comma: bool,
) -> Series:
    data = _cells(path, version)
    comma = decimal_comma or data.delimiter == ";"
    groups = [name for name in data.columns if name and name not in OWN_COLUMNS]
    flaws = list(data.flaws)
    observations: list[Observation] = []
    seen: dict[tuple[object, ...], int] = {}
    others: dict[str, int] = {}
    for line, cells in data.rows:
        written, when_written = cells.get("value"), cells.get("when")
        if not written:
            continue
        owner = cells.get("indicator")
        if names and owner not in names:
            if owner:
                others.setdefault(owner, line)
            else:
                flaws.append(Flaw(line, "indicator", _("nothing"), _("the id of the indicator that the row is about")))
            continue
        if not when_written:
            flaws.append(Flaw(line, "when", _("nothing"), _("the period that the value describes, such as 2018/19 Q1")))
            continue
        try:
            when = _period(when_written, fiscal_start)
        except NotReadError as error:
            flaws.append(Flaw(line, "when", f'"{when_written}"', str(error)))
            continue
        try:
            value = _amount(written, unit, comma)
        except NotReadError as error:
            flaws.append(Flaw(line, "value", f'"{written}"', str(error)))
            continue
        breakdown = {name: cell for name in groups if (cell := cells.get(name))}
        key = (when.start, when.end, *breakdown.items())
        if key in seen:
            of = ", ".join([when_written, *breakdown.values()])
            found = _('a second value for "{of}" (first in line {line})').format(of=of, line=seen[key])
            flaws.append(Flaw(line, "value", found, _("one value for each period and group")))
            continue
        seen[key] = line
        observations.append(Observation(when, value, cells.get("note") or None, breakdown))
    return Series(tuple(observations), _first(flaws), tuple(others.items()))


def _first(flaws: list[Flaw]) -> tuple[Flaw, ...]:
    """Return the first flaws in the order of the file, and one that says how many more there are."""
    flaws.sort(key=lambda flaw: flaw.line or 0)
    if len(flaws) <= MAX_FLAWS:
        return tuple(flaws)
    more = plural("{n} more line like these", "{n} more lines like these", len(flaws) - MAX_FLAWS)
    return (*flaws[:MAX_FLAWS], Flaw(None, "", more, _("lines as described above")))
