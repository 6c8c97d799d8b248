"""Files of tables made for the tests."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from rdlib.plan import Plan, read_plan
from rdlib.tables.importing import Imported, import_file
from rdlib.tables.mapping import TableMapping
from rdlib.tables.mapping_file import read_mapping
from rdlib.tables.problems import ImportRefusedError
from rdlib.tables.template import FIRST, GROUPS, LABELS, make_template

Rows = Sequence[Sequence[Any]]

#: A mapping for one table with a priority, an indicator and a value a row.
WAITS = """\
tables:
  - priority: {title: Programme}
    indicators: {name: Indicator, unit: Unit, target/value: Target, target/due: Due}
"""


def xlsx(path: Path, sheets: Mapping[str, Rows] | Rows) -> Path:
    """Write a spreadsheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (sheets if isinstance(sheets, Mapping) else {"Data": sheets}).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def mapping(folder: Path, text: str = WAITS) -> TableMapping:
    """Read a mapping from its text."""
    path = folder / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def taken(folder: Path, file: Path, text: str = WAITS, **options: Any) -> tuple[Plan, Imported]:
    """Import a file, and return the plan; none of it may be unreadable."""
    plan = folder / "plan"
    done = import_file(file, plan, mapping(folder, text), **options)
    reading = read_plan(plan)
    assert not reading.problems
    return reading.plan, done


def refused(folder: Path, file: Path, text: str = WAITS) -> list[str]:
    """Import a file that is refused, and return every reason; no plan may be there then."""
    plan = folder / "refused"
    try:
        import_file(file, plan, mapping(folder, text))
    except ImportRefusedError as error:
        assert not plan.exists()
        assert not [path for path in folder.iterdir() if path.name.startswith(".import")]
        return [str(problem) for problem in error.problems]
    raise AssertionError("it was imported")


def filled_template(path: Path, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Path:
    """Fill in the template: for each sheet its rows, by heading (with the group before it)."""
    book = make_template()
    for name, each in rows.items():
        sheet = book[name]
        places = headings(sheet)
        for number, values in enumerate(each, start=FIRST):
            for heading, value in values.items():
                cell = sheet.cell(number, places[heading])
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"  # a person's text is a text, also where it starts like a formula
    book.save(path)
    return path


def headings(sheet: Any) -> dict[str, int]:
    """Return the column of each heading of a sheet of the template."""
    found, group, last = {}, "", 0
    merged = {m.min_col: m.max_col for m in sheet.merged_cells.ranges if m.min_row == GROUPS}
    for column in range(1, sheet.max_column + 1):
        if text := sheet.cell(GROUPS, column).value:
            group, last = str(text), merged.get(column, column)
        label = str(sheet.cell(LABELS, column).value)
        found[f"{group}: {label}" if column <= last and group != label else label] = column
    return found


def change(path: Path, sheet: str, cell: str, value: Any) -> None:
    """Change one cell of a spreadsheet."""
    book = load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


def place_of(problem: str) -> str:
    """Return row and column of a problem, as C7."""
    match = re.search(r"row (\d+)(?:, column ([A-Z]+))?", problem)
    assert match, problem
    return f"{match[2] or ''}{match[1]}"
