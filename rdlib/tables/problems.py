"""What stands in the way of an import, said with the place in the table where it stands."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from rdlib.tables.cells import letters
from rdlib.words import _, plural


@attrs.frozen
class Spot:
    """A place in a table.

    Attributes:
        file: the file's name.
        sheet: the sheet's name; empty in a CSV file.
        row: the row, counted from 1 as a spreadsheet shows it; None for the sheet as a whole.
        column: the column, counted from 0; None for the whole row.
        header: what stands above the column.
    """

    file: str
    sheet: str = ""
    row: int | None = None
    column: int | None = None
    header: str = ""

    def __str__(self) -> str:
        """Return the place as a person looks it up."""
        said = self.file
        if self.sheet:
            said = _("{file}, sheet “{sheet}”").format(file=said, sheet=self.sheet)
        if self.row is not None:
            said = _("{place}, row {row}").format(place=said, row=self.row)
        if self.column is not None:
            said = _("{place}, column {column}").format(place=said, column=letters(self.column))
        return _("{place} (“{header}”)").format(place=said, header=self.header) if self.header else said


@attrs.frozen
class TableProblem:
    """Something that stands in the way.

    Attributes:
        spot: where.
        found: what stands there.
        accepted: what is accepted instead.

    >>> print(TableProblem(Spot("waits.xlsx", "Data", 7, 2, "Due"), '"soon"', "a day"))
    waits.xlsx, sheet “Data”, row 7, column C (“Due”): found "soon". Accepted: a day.
    """

    spot: Spot
    found: str
    accepted: str

    def __str__(self) -> str:
        """Return one plain sentence."""
        return _("{place}: found {found}. Accepted: {accepted}.").format(
            place=self.spot, found=self.found, accepted=self.accepted
        )


class ImportRefusedError(ValueError):
    """Nothing was imported.

    Attributes:
        problems: everything that stands in the way.
    """

    def __init__(self, problems: Sequence[TableProblem]) -> None:
        """Say all problems, one a line, and that nothing was imported."""
        self.problems = tuple(problems)
        counted = plural("{n} place stands in the way", "{n} places stand in the way", len(self.problems))
        super().__init__("\n".join([*map(str, self.problems), _("Nothing was imported: {n}.").format(n=counted)]))


def refusal(file: str, found: str, accepted: str) -> ImportRefusedError:
    """Return the error that a file as a whole cannot be used."""
    return ImportRefusedError([TableProblem(Spot(file), found, accepted)])
