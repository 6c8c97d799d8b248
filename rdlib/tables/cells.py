"""What stands in a table, whatever kind of file it comes from: cells, sheets and books."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum

import attrs

from rdlib.words import _


class Flaw(Enum):
    """Why a cell holds nothing that could be read."""

    ERROR = "error"
    NOT_COMPUTED = "formula without a stored result"


@attrs.frozen
class Cell:
    """One cell.

    Attributes:
        value: what it holds: a text, a number, yes or no, a day; None where it is empty.
        form: how a spreadsheet shows it: its number format. Empty in a CSV file.
        flaw: why it cannot be read, where that is so; the value is then the text that a person sees.
    """

    value: str | float | bool | date | None = None
    form: str = ""
    flaw: Flaw | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())

    @property
    def text(self) -> str:
        """What it holds, as text: numbers with a point and no more digits than they need, days as 2018-04-30.

        >>> Cell(12.0).text, Cell(date(2018, 4, 30)).text, Cell(" yes ").text
        ('12', '2018-04-30', 'yes')
        """
        if self.value is None:
            return ""
        if isinstance(self.value, bool):
            return _("yes") if self.value else _("no")
        if isinstance(self.value, float):
            return digits(self.value)
        if isinstance(self.value, date):
            return self.value.isoformat()
        return self.value.strip()


EMPTY = Cell()


def digits(value: float) -> str:
    """Write a number with a point, exactly, and with no more digits than a spreadsheet keeps.

    >>> digits(0.1 + 0.2), digits(1e22), digits(-0.0), digits(1234567.0)
    ('0.3', '10000000000000000000000', '0', '1234567')
    """
    from decimal import Decimal

    text = format(Decimal(f"{value:.15g}"), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


@attrs.frozen
class Sheet:
    """One sheet: its rows from the first on, each with its cells from column A on.

    Attributes:
        name: its name; empty in a CSV file.
        rows: the cells.
        hidden: whether a reader does not see it.
        wide: for cells that are merged across columns (rows count from 1, columns from 0): (row, column) of each
            covered cell, and the column whose value covers it. Merged downwards, they hold the value already.
        hidden_rows: the numbers of rows that a reader does not see.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    hidden: bool = False
    wide: Mapping[tuple[int, int], int] = attrs.field(factory=dict)
    hidden_rows: frozenset[int] = frozenset()

    def at(self, row: int, column: int) -> Cell:
        """Return a cell; rows count from 1, columns from 0. What is not there is empty."""
        cells = self.rows[row - 1] if 0 < row <= len(self.rows) else ()
        return cells[column] if column < len(cells) else EMPTY


@attrs.frozen
class Book:
    """A file with one sheet or several.

    Attributes:
        name: the file's name, for messages.
        sheets: its sheets.
        typed: whether its cells know numbers and days from texts; they do not in a CSV file.
        comma: whether 1,5 is written for one and a half all through it; None where the file does not tell.
    """

    name: str
    sheets: tuple[Sheet, ...]
    typed: bool = True
    comma: bool | None = None


def letters(column: int) -> str:
    """Return how a spreadsheet calls a column, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    name, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """Return which column, counted from 0, a spreadsheet calls so.

    >>> column_number("A"), column_number("ab")
    (0, 27)
    """
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
