"""From a file to its cells: .xlsx, .xls and text with separators, told apart by what stands in them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal

from rdlib.tables.cells import EMPTY, Book, Cell, Flaw, Sheet
from rdlib.tables.problems import ImportRefusedError, refusal
from rdlib.words import _, format_number

MAX_BYTES = 100_000_000
#: What a spreadsheet may unfold to: some five million cells.
MAX_UNPACKED = 250_000_000
MAX_CELLS = 5_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_ERROR = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|GETTING_DATA|SPILL!|CALC!|NV|NOM\?|NOMBRE!|VALEUR!)")


def read_book(path: Path) -> Book:
    """Read a file of tables.

    Args:
        path: an .xlsx, .xls or .csv file (or .txt, .tsv); its content decides, not its name.

    Raises:
        ImportRefusedError: it is none of these, is protected by a password, or is too large.
        OSError: it cannot be opened.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        found = _("a file of {n} MB").format(n=format_number(round(size / 1e6)))
        raise refusal(path.name, found, _("at most {n} MB").format(n=MAX_BYTES // 1_000_000))
    content = path.read_bytes()
    if content.startswith(b"PK"):
        return _read_xlsx(path.name, content)
    if content.startswith(_OLE):
        return _read_xls(path.name, content)
    if content.lstrip()[:6].lower() in (b"<html>", b"<table", b"<!doct") or content.startswith((b"%PDF", b"<?xml")):
        raise refusal(path.name, _("a web page, a PDF or an XML file"), _kinds())
    return _read_text(path.name, content)


def _kinds() -> str:
    return _("a spreadsheet (.xlsx or .xls) or a text with separators (.csv)")


# --- .xlsx -----------------------------------------------------------------------------------------------------------


def _read_xlsx(name: str, content: bytes) -> Book:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            unpacked = sum(part.file_size for part in parts)
            names = {part.filename for part in parts}
    except zipfile.BadZipFile:
        raise refusal(name, _("a file that is cut off or damaged"), _kinds()) from None
    if unpacked > MAX_UNPACKED:
        found = _("a file that unfolds to {n} MB").format(n=format_number(round(unpacked / 1e6)))
        raise refusal(name, found, _("at most {n} MB").format(n=format_number(MAX_UNPACKED // 1_000_000)))
    if "xl/workbook.xml" not in names:
        if "mimetype" in names and "content.xml" in names:
            raise refusal(name, _("an OpenDocument file"), _("the same saved as .xlsx or .csv"))
        if "xl/workbook.bin" in names:
            raise refusal(name, _("a binary spreadsheet (.xlsb)"), _("the same saved as .xlsx"))
        raise refusal(name, _("a packed file that is no spreadsheet"), _kinds())
    import warnings

    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not know (charts, extensions) is nothing we read
            values = load_workbook(io.BytesIO(content), data_only=True)
            formulas = load_workbook(io.BytesIO(content)) if _has_formulas(content) else None
    except Exception as error:
        found = _("a spreadsheet that cannot be read ({reason})").format(reason=_first_line(error))
        raise refusal(name, found, _("the file as a spreadsheet program saves it; open and save it anew")) from None
    sheets = []
    count = 0
    for sheet in values.worksheets:
        count += (sheet.max_row or 0) * (sheet.max_column or 0)
        if count > MAX_CELLS:
            raise _too_many(name, sheet.title)
        source = formulas[sheet.title] if formulas else None
        sheets.append(_xlsx_sheet(sheet, source))
    return Book(name, tuple(sheets))


def _too_many(name: str, sheet: str) -> ImportRefusedError:
    found = _("more than {n} cells up to the sheet “{sheet}”").format(n=format_number(MAX_CELLS), sheet=sheet)
    return refusal(name, found, _("fewer; delete the empty rows and columns that a spreadsheet keeps at the end"))


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:120]


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb"<f[ >/]", packed.read(name)) for name in sheets)


def _xlsx_sheet(sheet: Any, formulas: Any) -> Sheet:
    rows = [
        [_xlsx_cell(cell, formulas.cell(cell.row, cell.column).value if formulas else None) for cell in row]
        for row in sheet.iter_rows()
    ]
    merged = ((m.min_row, m.max_row, m.min_col - 1, m.max_col - 1) for m in sheet.merged_cells.ranges)
    wide = _spread(rows, merged)
    hidden = frozenset(number for number, row in sheet.row_dimensions.items() if row.hidden)
    return Sheet(sheet.title, rows, sheet.sheet_state != "visible", wide, hidden)


def _xlsx_cell(cell: Any, formula: Any) -> Cell:
    value, form = cell.value, getattr(cell, "number_format", "") or ""
    if value is None and formula is not None and cell.data_type != "str":  # a text that is empty is a result
        return Cell(str(getattr(formula, "text", formula)), form, Flaw.NOT_COMPUTED)
    if getattr(cell, "data_type", "") == "e":
        return Cell(str(value), form, Flaw.ERROR)
    return _cell(value, form)


def _cell(value: Any, form: str) -> Cell:
    """Return a cell with one of the few types that a plan knows."""
    if value is None:
        return EMPTY
    if isinstance(value, str):
        if _ERROR.fullmatch(value.strip()):
            return Cell(value.strip(), form, Flaw.ERROR)
        return Cell(value, form)
    if isinstance(value, bool):
        return Cell(value, form)
    if isinstance(value, (int, float)):
        return Cell(float(value), form)
    if isinstance(value, datetime):
        return Cell(value.date(), form) if value.time() == time() else Cell(value.isoformat(" "), form)
    if isinstance(value, date):
        return Cell(value, form)
    return Cell(str(value), form)  # a time of day, a span of time


def _spread(rows: list[list[Cell]], merged: Iterable[tuple[int, int, int, int]]) -> dict[tuple[int, int], int]:
    """Give what is merged downwards its value in each row; tell of what is merged across."""
    wide = {}
    for first, last, left, right in merged:
        if first > len(rows):
            continue
        top = rows[first - 1][left] if left < len(rows[first - 1]) else EMPTY
        for number in range(first, min(last, len(rows)) + 1):
            if left < len(rows[number - 1]):
                rows[number - 1][left] = top
            for column in range(left + 1, right + 1):
                wide[number, column] = left
    return wide


# --- .xls ------------------------------------------------------------------------------------------------------------


def _read_xls(name: str, content: bytes) -> Book:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _protected(name)
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    except Exception as error:
        if "encrypted" in str(error).lower() or "password" in str(error).lower():
            raise _protected(name) from None
        if "can't find workbook" in str(error).lower():
            raise refusal(name, _("an old office file that is no spreadsheet"), _kinds()) from None
        found = _("a spreadsheet that cannot be read ({reason})").format(reason=_first_line(error))
        raise refusal(name, found, _("the file as a spreadsheet program saves it; open and save it anew")) from None
    forms = {number: book.format_map[form.format_key].format_str for number, form in enumerate(book.xf_list)}
    sheets = []
    for sheet in book.sheets():
        rows = [
            [_xls_cell(cell, forms.get(cell.xf_index or 0, ""), book.datemode) for cell in sheet.row(number)]
            for number in range(sheet.nrows)
        ]
        wide = _spread(rows, ((top + 1, below, left, right - 1) for top, below, left, right in sheet.merged_cells))
        hidden = frozenset(number + 1 for number, row in sheet.rowinfo_map.items() if row.hidden)
        sheets.append(Sheet(sheet.name, rows, sheet.visibility != 0, wide, hidden))
    return Book(name, tuple(sheets))


def _protected(name: str) -> ImportRefusedError:
    return refusal(name, _("a file that is protected by a password"), _("the same file saved without a password"))


def _xls_cell(cell: Any, form: str, datemode: Literal[0, 1]) -> Cell:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return EMPTY
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell(_ERRORS.get(cell.value, "#ERROR"), form, Flaw.ERROR)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell(bool(cell.value), form)
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return _cell(xlrd.xldate_as_datetime(cell.value, datemode), form)
        except (ValueError, OverflowError):
            return Cell(float(cell.value), form)
    return _cell(cell.value, form)


# --- text ------------------------------------------------------------------------------------------------------------


def _read_text(name: str, content: bytes) -> Book:
    text = _decoded(name, content)
    if "\0" in text[:10_000]:
        raise refusal(name, _("a file that is neither a spreadsheet nor a text"), _kinds())
    delimiter = _delimiter(text)
    rows: list[list[Cell]] = []
    count = 0
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            rows.append([_text_cell(cell) for cell in cells])
            count += len(cells)
            if count > MAX_CELLS:
                raise _too_many(name, "")
    except csv.Error:
        found = _("a quotation mark that is never closed, or text behind a closing one, near line {line}").format(
            line=reader.line_num
        )
        raise refusal(name, found, _('quotation marks around a whole cell: "North, East"')) from None
    return Book(name, (Sheet("", rows),), typed=False, comma=True if delimiter == ";" else None)


def _text_cell(text: str) -> Cell:
    return Cell(text.strip(), "", Flaw.ERROR) if _ERROR.fullmatch(text.strip()) else Cell(text) if text else EMPTY


def _decoded(name: str, content: bytes) -> str:
    """Return the text, whichever of the usual encodings it is in."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content[1:2] == b"\0" and content[:1] != b"\0":
        encodings = ["utf-16-le"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    found = _("a text in an encoding that cannot be told")
    raise refusal(name, found, _('a text saved as UTF-8 (in a spreadsheet: "CSV UTF-8")'))


def _delimiter(text: str) -> str:
    """Return what separates the cells: what stands most evenly outside quotes in the first lines."""
    lines = [line for line in re.sub(r'"(?:[^"]|"")*"', '""', text[:200_000]).splitlines() if line.strip()][:50]

    def evenness(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines if line.count(delimiter)]
        common = max(set(counts), key=counts.count, default=0)
        return (counts.count(common), common)

    return max(",;\t|", key=evenness)


def from_serial(number: float) -> date | None:
    """Return the day that a spreadsheet means by a number, where it can mean no other: from 1954 to 2064.

    >>> from_serial(43160)
    datetime.date(2018, 3, 1)
    >>> from_serial(2018) is None
    True
    """
    if number != int(number) or not 20_000 <= number <= 60_000:
        return None
    return date(1899, 12, 30) + timedelta(days=int(number))
