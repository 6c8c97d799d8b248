"""Tables as an Excel workbook: numbers are numbers, days are days, and whatever a person typed stays text.

A spreadsheet program takes a text that begins with = + - or @ for a formula where a careless writer lets it. Here every
text is written as text, whatever it begins with, and is marked so that it stays text when somebody edits the cell.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from rdlib.reports.archive import without_times
from rdlib.reports.sheets import LONGEST, Sheet, Value
from rdlib.words import _, format_date, language, plain

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

#: The longest text that a cell can hold.
MOST = 32_767
#: From so many sheets on a workbook begins with a list of them, after the first.
MANY = 6
#: How wide a column and how high a row may be; and how wide columns are together before a page cannot hold them.
_WIDEST, _NARROWEST, _HIGHEST, _ACROSS = 60, 9, 409.0, 170
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_DAY, _WHOLE, _DECIMALS = "yyyy-mm-dd", "#,##0", "#,##0.0#"
_FONT, _INK, _LINK, _GROUND = "Arial", "FF1F2933", "FF1D4E89", "FFF3F5F7"


def workbook(sheets: Sequence[Sheet], *, title: str, author: str, day: date) -> bytes:
    """Return tables as an Excel workbook, one sheet each.

    Args:
        sheets: the tables; the first is the one that is seen when the workbook is opened.
        title: what the workbook is called.
        author: whose it is.
        day: the day for which it is made; it is the date of the file, so the same plan gives the same file.
    """
    import openpyxl

    book = openpyxl.Workbook()
    if book.active is not None:
        book.remove(book.active)
    names: list[str] = []
    for each in sheets:
        names.append(sheet_name(each.title, {name.casefold() for name in names}))
        _fill(book.create_sheet(names[-1]), each, title, day)
    if len(sheets) >= MANY:
        listed = sheet_name(_("Contents"), {name.casefold() for name in names})
        _contents(book.create_sheet(listed, 1), sheets, names, title, day)
    facts = book.properties
    facts.title, facts.creator, facts.lastModifiedBy = plain(title)[:255], plain(author)[:255], plain(author)[:255]
    facts.language = {"en": "en-GB", "fr": "fr-FR"}[language()]
    facts.created = facts.modified = datetime.combine(day, time())
    target = io.BytesIO()
    book.save(target)
    return _dated(without_times(target.getvalue()), day)


def _dated(file: bytes, day: date) -> bytes:
    """Write the day for which a workbook is made over the moment of saving, which openpyxl puts in."""
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "docProps/core.xml":
                moment = f"{day.isoformat()}T00:00:00Z".encode()
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment, data)
            new.writestr(entry, data)
    return target.getvalue()


def sheet_name(title: str, taken: Collection[str]) -> str:
    """Return a name for a sheet that every spreadsheet program takes.

    Args:
        title: what it is called.
        taken: the names that stand already, in lower case.

    >>> sheet_name("Strategies: what/where they add?", {"x"})
    'Strategies what where they add'
    >>> sheet_name("Risks", {"risks"})
    'Risks 2'
    """
    base = " ".join(_FORBIDDEN.sub(" ", plain(title)).split()).strip("'")[:LONGEST].strip(" '") or _("Table")
    name, count = base, 1
    while name.casefold() in taken or name.casefold() == "history":  # Excel keeps that name for itself
        count += 1
        ending = f" {count}"
        name = base[: LONGEST - len(ending)].rstrip() + ending
    return name


def cell_text(text: str) -> str:
    r"""Return a text as a cell can hold it: without control characters, and cut where it is longer than allowed.

    >>> cell_text("one\x00\ntwo")
    'one\ntwo'
    """
    text = plain(text)
    if len(text) <= MOST:
        return text
    ending = _(" … (cut here: a cell holds no more; the whole text stands in the plan)")
    return text[: MOST - len(ending)] + ending


def _fill(sheet: Worksheet, table: Sheet, title: str, day: date) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    head, body = Font(name=_FONT, size=10, bold=True, color=_INK), Font(name=_FONT, size=10, color=_INK)
    ground = PatternFill("solid", start_color=_GROUND)
    line = Border(bottom=Side(style="medium", color="FF7B8794"))
    widths = [_width(header, [row[n] for row in table.rows]) for n, header in enumerate(table.headers)]
    mixed = {n for n in range(len(widths)) if len({isinstance(row[n], str) for row in table.rows if row[n]}) > 1}
    top, left = (Alignment(side, "top", wrap_text=True) for side in ("general", "left"))
    for column, header in enumerate(table.headers, start=1):
        cell = sheet.cell(1, column)
        _text(cell, header)
        cell.font, cell.fill, cell.border, cell.alignment = (
            head,
            ground,
            line,
            Alignment("left", "bottom", wrap_text=True),
        )
    formats = [_format([row[n] for row in table.rows]) for n in range(len(table.headers))]
    for place, row in enumerate(table.rows, start=2):
        for column, value in enumerate(row, start=1):
            if value is None or value == "":
                continue
            cell = sheet.cell(place, column)
            if isinstance(value, str):
                _text(cell, value)
            else:
                cell.value = value
                cell.number_format = _DAY if isinstance(value, date) else formats[column - 1]
            cell.alignment, cell.font = left if column - 1 in mixed else top, body
        sheet.row_dimensions[place].height = _height(row, widths)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[1].height = _height(table.headers, [width - 3 for width in widths])
    last = f"{get_column_letter(max(1, len(table.headers)))}{len(table.rows) + 1}"
    sheet.freeze_panes = "B2" if len(table.headers) > 4 else "A2"
    sheet.auto_filter.ref = f"A1:{last}"
    sheet.sheet_view.zoomScale = 100
    _for_print(sheet, f"{title} · {table.title}", day, pages=max(1, round(sum(widths) / _ACROSS)))


def _contents(sheet: Worksheet, sheets: Sequence[Sheet], names: Sequence[str], title: str, day: date) -> None:
    """Write the list of the sheets, each name a link to its sheet."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    rows = tuple((each.title, len(each.rows)) for each in sheets)
    _fill(sheet, Sheet(_("Contents"), (_("Table"), _("Rows")), rows), title, day)
    for place, name in enumerate(names, start=2):
        cell = sheet.cell(place, 1)
        quoted = name.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!A1")
        cell.font = Font(name=_FONT, size=10, color=_LINK, underline="single")


def _text(cell: Cell | MergedCell, text: str) -> None:
    """Write text as text, whatever it begins with."""
    text = cell_text(text)
    cell.value = text
    cell.data_type = "s"
    if text.lstrip(" ").startswith(_FORMULA):
        cell.quotePrefix = True


def _format(values: Sequence[Value]) -> str:
    numbers = [v for v in values if isinstance(v, int | float)]
    return _WHOLE if all(float(v).is_integer() for v in numbers) else _DECIMALS


def _width(header: str, values: Sequence[Value]) -> float:
    """Return how wide a column is: wide enough for most of its lines, and for the words of its header."""
    lengths = sorted(
        max(map(len, v.splitlines() or [""])) if isinstance(v, str) else 11 for v in values if v is not None
    )
    most = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    longest_word = max((len(word) for word in header.split()), default=0) + 4  # room for the button of the filter
    return float(min(_WIDEST, max(_NARROWEST, longest_word, most + 2, min(len(header), 24))))


def _height(row: Sequence[Value], widths: Sequence[float]) -> float:
    """Return how high a row is: programs other than Excel do not find that out by themselves."""
    lines = 1
    for value, width in zip(row, widths, strict=True):
        if isinstance(value, str) and value:
            lines = max(lines, sum(1 + int(len(line) / (1.1 * width)) for line in value.splitlines()))
    return min(_HIGHEST, 13.2 * lines + 2)


def _for_print(sheet: Worksheet, title: str, day: date, *, pages: int) -> None:
    """Set up the paper: across, the header and the first column on every page, and what it is above and below.

    Args:
        sheet: the sheet.
        title: what it is called.
        day: the day for which it is made.
        pages: how many pages it may be wide, so that it can still be read.
    """
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    else:
        from openpyxl.worksheet.properties import PageSetupProperties

        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    if pages > 1:
        sheet.print_title_cols = "A:A"
    when = _("As of {when}").format(when=format_date(day))
    above, below = sheet.oddHeader, sheet.oddFooter
    if above is not None and below is not None:
        above.left.text, above.right.text, below.right.text = _code(title), _code(when), "&P / &N"
    sheet.print_options.gridLines = True


def _code(text: str) -> str:
    """Return a text for the header of a page, where & would begin a command."""
    return plain(text)[:180].replace("&", "&&").replace("\n", " ")
