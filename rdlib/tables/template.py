"""The spreadsheet to fill in: made from the declarations of the fields, and the mapping that reads it again."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from rdlib.plan import PlanFolderError
from rdlib.plan.fields import LISTS, Choice, Field, Kind
from rdlib.plan.plan import Plan
from rdlib.tables.cells import letters
from rdlib.tables.mapping import (
    PEOPLE,
    PRIORITY,
    TITLE_PAGE,
    Source,
    TableMap,
    TableMapping,
    label_of,
    name_field,
    paths_of,
    record_of,
)
from rdlib.tables.values import option
from rdlib.words import _

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

#: The tables that have a sheet, in the order in which one fills them in.
TABLES = (
    PRIORITY,
    "outcomes",
    "indicators",
    "indicators/observations",
    "indicators/trajectory",
    "indicators/benchmarks",
    "indicators/changes",
    "strategies",
    "strategies/milestones",
    PEOPLE,
)
#: The rows of a sheet: its title, the groups, the headings, an example; and so many rows to fill in.
GROUPS, LABELS, EXAMPLE, FIRST, ROWS = 2, 3, 4, 5, 500

_INK, _ACCENT, _TINT, _LINE, _PALE = "1F2933", "1D4E89", "DCE6F2", "C5CED6", "52606D"
_WIDTHS = {Kind.LONG_TEXT: 44, Kind.TEXTS: 34, Kind.NUMBER: 13, Kind.WHEN: 14, Kind.DAY: 14, Kind.YES_NO: 12}
_FORMATS = {Kind.DAY: "yyyy-mm-dd", Kind.WHEN: "@", Kind.TEXT: "@", Kind.NUMBER: "General"}
#: What the example rows say where no field says it.
_EXAMPLES: Mapping[str, Mapping[str, str | float]] = {
    "outcomes": {"level": "shorter-term"},
    "indicators": {
        "outcome": "outcomes", "direction": "up", "baseline/value": 76.2, "target/value": 85, "target/kind": "at-least",
    },
    "indicators/observations": {"when": "2017-04", "value": 77.1},
    "indicators/trajectory": {"when": "2017-09", "value": 80},
    "indicators/benchmarks": {"kind": "within", "value": 88, "when": "2016/17"},
    "indicators/changes": {"day": "2017-06-01", "was": _("90% by March 2018"), "was_value": 90},
    "strategies": {"indicators": "indicators", "status": "chosen"},
    "strategies/milestones": {"when": "2017-12"},
    PEOPLE: {"name": _("A. Person"), "post": _("Deputy minister")},
}  # fmt: skip


@attrs.frozen
class Column:
    """One column of a sheet.

    Attributes:
        path: the path of its field in the record; or the table of the row that this row belongs to.
        field: its field.
        group: what stands above it and its neighbours; empty for most.
        belongs: whether it names the row that this row belongs to.
    """

    path: str
    field: Field
    group: str = ""
    belongs: bool = False

    @property
    def heading(self) -> str:
        """How a mapping names it."""
        return ": ".join(dict.fromkeys(filter(None, (self.group, self.field.label))))


def skip_heading() -> str:
    """Return the heading of the first column: what is written there leaves a row out."""
    return _("Skip")


def columns_of(table: str) -> list[Column]:
    """Return the columns of the sheet of a table, behind the first.

    >>> [column.heading for column in columns_of("indicators/observations")]
    ['Priority', 'Indicator', 'Period', 'Value', 'Note']
    """
    record = record_of(table)
    assert record is not None
    found = [Column(above, attrs.evolve(name_field(_record(above))), belongs=True) for above in _above(table)]
    for path, fields in paths_of(record).items():
        if fields[-1].kind not in (Kind.ID, Kind.FILES):
            found.append(Column(path, fields[-1], ": ".join(field.label for field in fields[:-1])))
    return found


def _above(table: str) -> list[str]:
    if table in (PRIORITY, PEOPLE):
        return []
    return [PRIORITY, *([table.rpartition("/")[0]] if "/" in table else [])]


def _record(table: str) -> type:
    record = record_of(table)
    assert record is not None
    return record


def _page_fields() -> list[Field]:
    """Return the fields of the title page that one fills in."""
    return [fields[0] for fields in paths_of(Plan).values() if len(fields) == 1 and fields[0].kind not in LISTS]


def page_title() -> str:
    """Return the name of the sheet of the title page."""
    return _("Plan")


def template_mapping(language: str = "en") -> TableMapping:
    """Return the mapping that reads the spreadsheet again.

    Args:
        language: how numbers are written in cells that hold text.
    """
    page = {field.name: Source(column=field.label) for field in _page_fields()}
    tables = [TableMap({TITLE_PAGE: page}, sheet=page_title(), columns=(0, 1), upright=True, optional=True)]
    for table in TABLES:
        columns = columns_of(table)
        tables.append(
            TableMap(
                {table: {c.path: _source(c) for c in columns if not c.belongs}},
                {c.path: Source(column=c.heading) for c in columns if c.belongs},
                sheet=label_of(table),
                header_rows=2,
                leave_out={skip_heading(): ("?*",)},
                optional=True,
                lenient=True,
            )
        )
    order = {PEOPLE: 0}
    tables.sort(key=lambda table: order.get(next(iter(table.rows)), 1))
    return TableMapping(tuple(tables), language=language)


def _source(column: Column) -> Source:
    """Return where the value of a column comes from; several names of other rows are told apart when they are known."""
    return Source(column=column.heading, split=";" if column.field.kind in (Kind.TEXTS, Kind.PEOPLE) else None)


# --- writing it ------------------------------------------------------------------------------------------------------


def write_template(file: Path, *, replace: bool = False) -> None:
    """Write the spreadsheet.

    Args:
        file: where; its folder is made.
        replace: whether a file that is there may be replaced.

    Raises:
        PlanFolderError: there is a file already, or it cannot be written.
    """
    if file.suffix.lower() != ".xlsx":
        raise PlanFolderError(_("{file}: the spreadsheet needs a name that ends in .xlsx.").format(file=file))
    if file.exists() and not replace:
        raise PlanFolderError(_("{file} is there already. Choose another name, or say --force.").format(file=file))
    book = make_template()
    fresh = file.with_name(f".{file.name}-{secrets.token_hex(4)}.tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        book.save(fresh)
        os.replace(fresh, file)  # noqa: PTH105 - the same as Path.replace, and says that it is one step
    except OSError as error:
        fresh.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise PlanFolderError(_("{file} could not be written: {reason}.").format(file=file, reason=reason)) from error


def make_template() -> Workbook:
    """Return the spreadsheet."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = _("Delivery plan, to fill in")
    book.properties.creator = "rdlib"
    _write_first(book.create_sheet(_("Read me")))
    page = book.create_sheet(page_title())
    sheets = [book.create_sheet(label_of(table)) for table in TABLES]
    choices = _Choices(book.create_sheet(_("Choices")))
    _write_page(page, choices)
    for table, sheet in zip(TABLES, sheets, strict=True):
        _write_table(sheet, table, choices)
    choices.finish()
    return book


class _Choices:
    """The sheet that holds all drop-downs with what each answer means."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.ranges: dict[tuple[Choice, ...], str] = {}
        self.row = 3
        _title(sheet, _("Choices"), _("What the drop-downs offer, and when each answer is the right one."))

    def range_of(self, field: Field) -> str:
        """Return where the answers of a field stand."""
        if field.choices not in self.ranges:
            from openpyxl.styles import Alignment, Font

            head = self.sheet.cell(self.row, 1, field.label)
            head.font = Font(name="Calibri", bold=True, color=_ACCENT)
            for number, choice in enumerate(field.choices, start=self.row + 1):
                self.sheet.cell(number, 1, option(field, choice)).alignment = Alignment(vertical="top", wrap_text=True)
                said = self.sheet.cell(number, 2, choice.describes)
                said.alignment = Alignment(vertical="top", wrap_text=True)
                said.font = Font(name="Calibri", color=_PALE)
            last = self.row + len(field.choices)
            self.ranges[field.choices] = f"'{self.sheet.title}'!$A${self.row + 1}:$A${last}"
            self.row = last + 2
        return self.ranges[field.choices]

    def finish(self) -> None:
        self.sheet.column_dimensions["A"].width = 38
        self.sheet.column_dimensions["B"].width = 90


def _title(sheet: Worksheet, title: str, about: str, *, grid: bool = False) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.properties import PageSetupProperties

    cell = sheet.cell(1, 1, title)
    cell.font = Font(name="Calibri", bold=True, size=16, color=_ACCENT)
    cell.alignment = Alignment(vertical="center")
    sheet.row_dimensions[1].height = 28
    sheet.sheet_view.showGridLines = grid
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if about:
        below = sheet.cell(2, 1, about)
        below.font = Font(name="Calibri", italic=True, color=_PALE)


def _write_first(sheet: Worksheet) -> None:
    """Write the page that says how the spreadsheet is filled in."""
    from openpyxl.styles import Alignment, Font

    _title(sheet, _("Your delivery plan, to fill in"), "")
    lines = (
        (_("1"), _("Write each priority on the sheet “Priorities”, one a row. Fewer is better.")),
        (_("2"), _("Then go from sheet to sheet, left to right. Where a column has a drop-down, choose; the names it "
                   "offers come from the other sheets.")),
        (_("3"), _("Fill in what you know. An empty cell is never a mistake; only the columns in a dark heading are "
                   "needed, because they tell one row from another.")),
        (_("4"), _("Put the pointer on a heading, or choose a cell, to read what is asked.")),
        (_("5"), _("Save the file, then read it into a plan:  rdlib import FILE.xlsx my-plan")),
        ("", ""),
        (_("Skip"), _("Rows with anything in the column “Skip” are not read. The example rows are such rows; delete or "
                      "leave them.")),
        (_("Periods"), _("Write a month as 2018-03 or March 2018, a quarter as 2018-Q1, a fiscal year as 2018/19, a "
                         "day as 2018-04-30. 03/04/2018 is refused, because it can be read in two ways.")),
        (_("Numbers"), _("Write TBD where a value is still to be determined, N/A where there can be none. A share of "
                         "85% is written as 85 or as 85%, with the unit %.")),
        (_("Several"), _("Where several answers go into one cell, write one a line (Alt and Enter), or put a semicolon "
                         "between them.")),
        (_("Mistakes"), _("Whatever cannot be read is told with its sheet, row and column, all at once, and then "
                          "nothing is written. Correct it, and import again.")),
    )  # fmt: skip
    for number, (head, text) in enumerate(lines, start=3):
        first = sheet.cell(number, 1, head)
        first.font = Font(name="Calibri", bold=True, color=_ACCENT)
        first.alignment = Alignment(vertical="top")
        second = sheet.cell(number, 2, text)
        second.alignment = Alignment(wrap_text=True, vertical="top")
        second.font = Font(name="Calibri", color=_INK)
        sheet.row_dimensions[number].height = 16 * max(1, -(-len(text) // 95)) + 4
    sheet.column_dimensions["A"].width = 12
    sheet.column_dimensions["B"].width = 96


def _write_page(sheet: Worksheet, choices: _Choices) -> None:
    """Write the title page: headings below each other, the answers beside them."""
    from openpyxl.styles import Alignment, Font

    _title(sheet, page_title(), _("Its title page. Write into the second column."))
    for number, field in enumerate(_page_fields(), start=4):
        label = sheet.cell(number, 1, field.label)
        label.font = Font(name="Calibri", bold=True, color=_INK)
        label.alignment = Alignment(vertical="top", wrap_text=True)
        answer = sheet.cell(number, 2)
        answer.number_format = _FORMATS.get(field.kind, "General")
        answer.alignment = Alignment(vertical="top", wrap_text=True, horizontal="left")
        answer.border = _border()
        said = sheet.cell(number, 3, field.help)
        said.font = Font(name="Calibri", color=_PALE)
        said.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.row_dimensions[number].height = 16 * max(1, -(-len(field.help) // 68)) + 6
        if (check := _check(field, choices)) is not None:
            check.add(answer.coordinate)
            sheet.add_data_validation(check)
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 46
    sheet.column_dimensions["C"].width = 70


def _border() -> Any:
    from openpyxl.styles import Border, Side

    line = Side(style="thin", color=_LINE)
    return Border(left=line, right=line, top=line, bottom=line)


def _write_table(sheet: Worksheet, table: str, choices: _Choices) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    columns = columns_of(table)
    _title(sheet, label_of(table), "", grid=True)
    mark = Column("", Field(skip_heading(), skip_heading(), _("Anything written here leaves the row out."), Kind.TEXT))
    named = name_field(_record(table)).name
    border = _border()
    for place, column in enumerate([mark, *columns]):
        letter, field = letters(place), column.field
        needed = column.belongs or column.path == named
        head = sheet[f"{letter}{LABELS}"]
        head.value = field.label
        head.font = Font(name="Calibri", bold=True, color="FFFFFF" if needed else _INK)
        head.fill = PatternFill("solid", fgColor=_ACCENT if needed else _TINT)
        head.alignment = Alignment(wrap_text=True, vertical="center")
        head.border = border
        if said := _said(column, table):
            head.comment = Comment(said, "rdlib", width=320, height=40 + 18 * (len(said) // 42 + said.count("\n")))
        sheet.column_dimensions[letter].width = 9 if column is mark else _width(column, table)
        example = sheet[f"{letter}{EXAMPLE}"]
        example.value = _("example") if column is mark else _example(column, table)
        example.font = Font(name="Calibri", italic=True, color=_PALE)
        example.alignment = Alignment(wrap_text=True, vertical="top")
        example.fill = PatternFill("solid", fgColor="F5F6F7")
        example.border = border
        whole = sheet.column_dimensions[letter]  # the format of all rows below, at once
        whole.number_format = _FORMATS.get(field.kind, "General") if column is not mark else "General"
        whole.alignment = Alignment(wrap_text=True, vertical="top")
        if column is not mark and (check := _check(field, choices, column, table)) is not None:
            check.add(f"{letter}{FIRST}:{letter}{FIRST + ROWS - 1}")
            sheet.add_data_validation(check)
    _write_groups(sheet, columns)
    sheet.row_dimensions[LABELS].height = 34
    frozen = next(i for i, c in enumerate(columns, start=1) if not c.belongs)
    sheet.freeze_panes = f"{letters(frozen + 1)}{EXAMPLE}"
    sheet.row_dimensions[EXAMPLE].height = 34
    sheet.print_title_rows = f"{GROUPS}:{LABELS}"
    width = sum(sheet.column_dimensions[letters(place)].width for place in range(len(columns) + 1))
    sheet.page_setup.fitToWidth = 1 + int(width // 300)  # a wide sheet goes over several pages
    sheet.sheet_properties.tabColor = _ACCENT if table in (PRIORITY, "outcomes", "indicators") else _LINE


def _write_groups(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Write what stands above columns that belong together."""
    from openpyxl.styles import Alignment, Font, PatternFill

    for group in dict.fromkeys(column.group for column in columns if column.group):
        places = [place for place, column in enumerate(columns, start=1) if column.group == group]
        first, last = letters(places[0]), letters(places[-1])
        cell = sheet[f"{first}{GROUPS}"]
        cell.value = group
        cell.font = Font(name="Calibri", bold=True, color=_ACCENT)
        cell.fill = PatternFill("solid", fgColor=_TINT)
        cell.alignment = Alignment(horizontal="left")
        if first != last:
            sheet.merge_cells(f"{first}{GROUPS}:{last}{GROUPS}")


def _width(column: Column, table: str) -> float:
    if column.path == name_field(_record(table)).name and column.field.kind is Kind.TEXT:
        return 42
    return _WIDTHS.get(column.field.kind, 24)


def _said(column: Column, table: str) -> str:
    """Return what a heading says to those who ask it."""
    field = column.field
    if column.belongs:
        return _("Which row of “{table}” this one belongs to. Choose it.").format(table=label_of(column.path))
    lines = [field.help]
    if field.kind in (Kind.LINK, Kind.LINKS) and field.links_to:
        lines.append(_("Choose from the sheet “{sheet}”.").format(sheet=label_of(field.links_to)))
    if field.kind in LISTS:
        lines.append(_("Several: one a line, or with a semicolon between them."))
    if field.example:
        lines.append(_("Example: {example}").format(example=field.example))
    return "\n".join(filter(None, lines))


def _example(column: Column, table: str) -> str | float | None:
    if column.belongs:
        return name_field(_record(column.path)).example or None
    known = _EXAMPLES.get(table, {}).get(column.path)
    if known in TABLES:
        return name_field(_record(str(known))).example or None
    if isinstance(known, str) and (choice := column.field.choice(known)):
        return option(column.field, choice)
    return known if known is not None else column.field.example or None


def _check(field: Field, choices: _Choices, column: Column | None = None, table: str = "") -> Any:
    """Return the drop-down or the rule of a column, with its help; None where there is nothing to say."""
    from openpyxl.worksheet.datavalidation import DataValidation

    check = DataValidation(allow_blank=True)
    strict = False
    if column is not None and column.belongs:
        check.type, check.formula1, strict = "list", _names_on(column.path), True
    elif field.choices:
        check.type, check.formula1, strict = "list", choices.range_of(field), True
    elif field.kind is Kind.YES_NO:
        check.type, check.formula1, strict = "list", f'"{_("yes")},{_("no")}"', True
    elif field.kind in (Kind.PERSON, Kind.PEOPLE):
        check.type, check.formula1 = "list", _names_on(PEOPLE)
    elif field.kind in (Kind.LINK, Kind.LINKS) and field.links_to in TABLES:
        check.type, check.formula1, strict = "list", _names_on(field.links_to), field.kind is Kind.LINK
    elif not field.help:
        return None
    check.showErrorMessage = strict
    check.errorStyle = "warning"
    check.errorTitle = field.label[:32]
    check.error = _("This is not in the list. Keep it only if the other sheet will have a row of this name.")
    said = _said(column, table) if column is not None else field.help
    check.showInputMessage = bool(said)
    check.promptTitle = field.label[:32]
    check.prompt = said if len(said) <= 255 else said[:254] + "…"
    return check


def _names_on(table: str) -> str:
    """Return the formula for the names that the sheet of a table has so far."""
    columns = columns_of(table)
    named = name_field(_record(table)).name
    place = next(i for i, column in enumerate(columns, start=1) if not column.belongs and column.path == named)
    sheet, letter = f"'{label_of(table)}'", letters(place)
    last = FIRST + ROWS - 1
    cells = f"{sheet}!${letter}${FIRST}:${letter}${last}"
    return f"OFFSET({sheet}!${letter}${FIRST},0,0,MAX(1,COUNTA({cells})),1)"
