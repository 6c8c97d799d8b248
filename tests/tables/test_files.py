"""Files of every kind are opened or refused in plain words."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from rdlib.tables import files
from rdlib.tables.cells import Cell, Flaw
from rdlib.tables.files import read_book
from rdlib.tables.problems import ImportRefusedError
from tests.tables.books import xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(**parts: bytes) -> bytes:
    """A zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("in.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("in.xls", OLE + b"\0" * 5000, "spreadsheet"),
        ("in.xlsx", b"PK\x03\x04 cut off", "damaged"),
        ("in.xlsx", packed(word__document_dot_xml=b"<x/>"), "no spreadsheet"),
        ("in.xlsx", packed(xl__workbook_dot_xml=b"<broken"), "cannot be read"),
        ("in.ods", packed(mimetype=b"x", content_dot_xml=b"<x/>"), "OpenDocument"),
        ("in.xlsb", packed(xl__workbook_dot_bin=b"x"), "binary"),
        ("in.csv", b"%PDF-1.7", "PDF"),
        ("in.xls", b"<html><table>", "web page"),
        ("in.csv", b"\x00\x01\x02\x00\x03" * 50, "neither"),
        ("in.csv", b'a,b\n"never closed,2\n', "quotation mark"),
    ],
)
def test_what_is_no_table_is_refused_plainly(tmp_path: Path, name: str, content: bytes, says: str):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ImportRefusedError) as refused:
        read_book(tmp_path / name)
    assert says in str(refused.value)
    assert name in str(refused.value)


def test_the_content_decides_and_not_the_name(tmp_path: Path):
    path = xlsx(tmp_path / "in.xlsx", [["a"], [1]]).rename(tmp_path / "in.csv")
    assert read_book(path).sheets[0].rows[1][0].value == 1.0
    (tmp_path / "in.xls").write_text("a;b\n1;2\n", encoding="utf-8")
    assert [cell.text for cell in read_book(tmp_path / "in.xls").sheets[0].rows[1]] == ["1", "2"]


def test_a_file_that_unfolds_to_far_more_is_refused_before_it_is_unfolded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(files, "MAX_UNPACKED", 1_000_000)
    (tmp_path / "in.xlsx").write_bytes(packed(xl__workbook_dot_xml=b" " * 2_000_000))
    with pytest.raises(ImportRefusedError, match="unfolds to 2 MB"):
        read_book(tmp_path / "in.xlsx")
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    with pytest.raises(ImportRefusedError, match="at most"):
        read_book(tmp_path / "in.xlsx")
    monkeypatch.undo()
    monkeypatch.setattr(files, "MAX_CELLS", 3)
    for name in ("a.xlsx", "a.csv"):
        (tmp_path / "a.csv").write_text("1,2\n3,4\n", encoding="utf-8")
        xlsx(tmp_path / "a.xlsx", [[1, 2], [3, 4]])
        with pytest.raises(ImportRefusedError, match="more than 3 cells"):
            read_book(tmp_path / name)


def test_cells_keep_their_types(tmp_path: Path):
    row = ["text", 1, 2.5, True, date(2018, 3, 1), None, "#REF!", "=1+1"]
    (sheet,) = read_book(xlsx(tmp_path / "in.xlsx", [row])).sheets
    cells = sheet.rows[0]
    assert [cell.value for cell in cells[:6]] == ["text", 1.0, 2.5, True, date(2018, 3, 1), None]
    assert (cells[6].flaw, cells[7].flaw) == (Flaw.ERROR, Flaw.NOT_COMPUTED)
    assert sheet.at(1, 99) == Cell()
    assert sheet.at(99, 0) == Cell()


def test_a_cell_may_hold_line_ends_and_separators(tmp_path: Path):
    (tmp_path / "in.csv").write_text('a;b\n"one; two\nthree";"say ""x"""\n', encoding="utf-8")
    assert [cell.text for cell in read_book(tmp_path / "in.csv").sheets[0].rows[1]] == ["one; two\nthree", 'say "x"']
