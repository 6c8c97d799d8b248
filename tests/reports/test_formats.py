"""PDF, Word and Excel beside the page of a report."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
from click.testing import CliRunner
from docx.oxml.ns import qn

from rdlib import paths
from rdlib.cli import main
from rdlib.plan import read_plan
from rdlib.reports import formats, pdf
from rdlib.reports.excel import workbook
from rdlib.reports.html import page_of_displays
from rdlib.reports.manifest import Manifest
from rdlib.reports.overview import in_a_sentence
from rdlib.reports.pagetree import report_part, words
from rdlib.reports.portfolio import PortfolioReport
from rdlib.reports.sections import PriorityReport, sections
from rdlib.reports.sheets import Sheet
from tests.reports.plans import WAITS, make_plan, write

AE = ("emergency-waits", "emergency-care", date(2003, 6, 30))
HOSPITALS = ("new-south-wales", "improving-service-levels-in-hospitals", date(2017, 12, 31))


@cache
def report_of(case: str, priority: str, as_of: date) -> tuple[PriorityReport, str]:
    folder = paths.exercises() / case / "plan"
    plan = read_plan(folder).plan
    chosen = plan.priority(priority)
    assert chosen is not None
    report = PriorityReport(folder, plan, chosen, as_of)
    return report, page_of_displays([report.page(), *(report.show(anchor) for anchor in sections())])


def needs_pango() -> None:
    try:
        pdf.check()
    except pdf.PdfMissingError as error:
        pytest.skip(str(error))


def headings(page: str) -> list[str]:
    return [words(each) for each in report_part(page).iter("h2")]


# --- PDF --------------------------------------------------------------------------------------------------------------


def outline(reader: pypdf.PdfReader) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []

    def walk(items: list[Any], level: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, level + 1)
            else:
                found.append((level, str(item.title)))

    walk(reader.outline, 0)
    return found


def test_a_pdf_is_tagged_and_has_an_outline_a_title_and_a_language(tmp_path: Path):
    needs_pango()
    report, page = report_of(*HOSPITALS)
    (file,) = formats.write("pdf", report, page, tmp_path, "hospitals")
    reader = pypdf.PdfReader(file)
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("en")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None and reader.metadata.title == report.title
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert [title for level, title in outline(reader) if level == 1] == headings(page)
    assert outline(reader)[0] == (0, report.title)


def test_each_page_of_a_pdf_has_its_number_the_title_and_the_day(tmp_path: Path):
    needs_pango()
    report, page = report_of(*HOSPITALS)
    reader = pypdf.PdfReader(formats.write("pdf", report, page, tmp_path, "hospitals")[0])
    for number, each in enumerate(reader.pages, start=1):
        text = each.extract_text()
        assert f"{number} / {len(reader.pages)}" in text
        assert report.title in text
        assert "As of 31 December 2017" in text


def test_a_pdf_holds_the_report_and_no_working_papers(tmp_path: Path):
    needs_pango()
    report, page = report_of(*HOSPITALS)
    assert "Working papers, rule by rule" in page
    reader = pypdf.PdfReader(formats.write("pdf", report, page, tmp_path, "hospitals")[0])
    text = "".join(each.extract_text() for each in reader.pages)
    assert "Working papers" not in text
    assert "Skip to the report" not in text


def test_pictures_of_a_pdf_say_in_words_what_they_show(tmp_path: Path):
    needs_pango()
    report, page = report_of(*HOSPITALS)
    reader = pypdf.PdfReader(formats.write("pdf", report, page, tmp_path, "hospitals")[0])
    said = [str(o["/Alt"]) for o in structure(reader) if o.get("/S") == "/Figure"]
    assert said and all(said)
    assert any(each.startswith("Chart over time of") for each in said)


def structure(reader: pypdf.PdfReader) -> list[Any]:
    root: Any = reader.trailer["/Root"]
    found, todo = [], [root["/StructTreeRoot"]]
    while todo:
        each = todo.pop().get_object()
        if isinstance(each, pypdf.generic.ArrayObject):
            todo += each
        elif isinstance(each, pypdf.generic.DictionaryObject):
            found.append(each)
            todo += [each["/K"]] if "/K" in each else []
    return found


def test_without_pango_the_command_says_how_to_get_it_and_makes_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def missing() -> None:
        raise pdf.PdfMissingError("PDF files need the library Pango, which is not on this machine.")

    monkeypatch.setattr(pdf, "check", missing)
    checked = formats.check(["pdf,xlsx"])
    assert checked.usable == ("html", "xlsx")
    assert "Pango" in checked.problems[0]


def test_a_format_that_there_is_not_is_refused_before_any_work(tmp_path: Path):
    folder = make_plan(tmp_path / "plan", waits=WAITS)
    done = CliRunner().invoke(main, ["report", str(folder), "--out", str(tmp_path / "out"), "--format", "pdf,odt"])
    assert done.exit_code == 1
    assert "“odt” is no format of a report; there are html, pdf, docx, xlsx." in done.output
    assert not (tmp_path / "out").exists()


# --- Word -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def word(tmp_path: Path) -> tuple[PriorityReport, str, Any, Any]:
    report, page = report_of(*HOSPITALS)
    full, note = formats.write("docx", report, page, tmp_path, "hospitals")
    assert (full.name, note.name) == ("hospitals.docx", "hospitals.briefing.docx")
    return report, page, docx.Document(str(full)), docx.Document(str(note))


def test_the_full_report_has_the_sections_of_the_page_as_headings(word: tuple[PriorityReport, str, Any, Any]):
    _report, page, full, _note = word
    assert [p.text for p in full.paragraphs if p.style.name == "Heading 1"] == headings(page)


def test_a_word_document_says_what_it_is_and_in_which_language(word: tuple[PriorityReport, str, Any, Any]):
    report, _page, full, note = word
    for document in (full, note):
        facts = document.core_properties
        assert report.title in facts.title
        assert (facts.subject, facts.language) == (report.plan.title, "en-GB")
        assert facts.created.replace(tzinfo=None) == datetime(2017, 12, 31)
        assert {tag.get(qn("w:val")) for tag in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_tables_of_a_word_document_repeat_their_header_and_tear_no_row(word: tuple[PriorityReport, str, Any, Any]):
    _report, _page, full, note = word
    for document in (full, note):
        headed = [
            t for t in document.tables if t._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        ]
        assert headed
        for table in document.tables:
            assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table._tbl.tr_lst)
            assert all(column.width for column in table.columns)


def test_pictures_of_a_word_document_say_in_words_what_they_show(word: tuple[PriorityReport, str, Any, Any]):
    _report, _page, full, note = word
    for document in (full, note):
        pictures = list(document.element.iter(qn("wp:docPr")))
        assert pictures
        for each in pictures:
            assert each.get("descr") or "decorative" in "".join(child.tag for child in each.iter())
    assert any((each.get("descr") or "").startswith("Chart over time of") for each in full.element.iter(qn("wp:docPr")))


def test_a_word_document_has_page_numbers_and_the_full_report_contents(word: tuple[PriorityReport, str, Any, Any]):
    _report, page, full, note = word
    for document in (full, note):
        footer = document.sections[0].footer._element
        assert {"PAGE", "NUMPAGES"} <= {(each.text or "").strip() for each in footer.iter(qn("w:instrText"))}
        assert "As of 31 December 2017" in document.sections[0].header.paragraphs[0].text
    assert any("TOC" in (each.text or "") for each in full.element.body.iter(qn("w:instrText")))
    marks = {each.get(qn("w:name")) for each in full.element.body.iter(qn("w:bookmarkStart"))}
    links = [each.get(qn("w:anchor")) for each in full.element.body.iter(qn("w:hyperlink")) if each.get(qn("w:anchor"))]
    assert len(links) == len(headings(page)) - 1
    assert set(links) <= marks


def test_the_same_plan_gives_the_same_files(tmp_path: Path):
    report, page = report_of(*HOSPITALS)
    for form in ("docx", "xlsx"):
        first = [path.read_bytes() for path in formats.write(form, report, page, tmp_path, "one")]
        assert first == [path.read_bytes() for path in formats.write(form, report, page, tmp_path, "two")]


def test_a_briefing_note_begins_with_the_verdict_and_says_what_is_asked(word: tuple[PriorityReport, str, Any, Any]):
    report, _page, _full, note = word
    assert [p.text for p in note.paragraphs if p.style.name == "Verdict"] == [in_a_sentence(report)]
    shown = [p.text for p in note.paragraphs if p.style.name == "Heading 1"]
    assert shown[:2] == ["What is asked", "Where each target stands"]
    assert shown[2].startswith("What changed since 31 December 2016 (a year ago)")
    assert shown[3:] == ["Risks", "Next dates"]


@pytest.mark.parametrize("which", [AE, HOSPITALS], ids=["A&E", "NSW"])
def test_a_briefing_note_fits_on_two_pages(which: tuple[str, str, date], tmp_path: Path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice Writer, which lays out Word documents, is not on this machine")
    report, page = report_of(*which)
    _full, note = formats.write("docx", report, page, tmp_path, "note")
    command = [office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(note)], check=True, capture_output=True, timeout=120)
    assert len(pypdf.PdfReader(note.with_suffix(".pdf")).pages) <= 2


# --- Excel ------------------------------------------------------------------------------------------------------------


def test_cells_of_a_workbook_are_numbers_and_days(tmp_path: Path):
    report, page = report_of(*HOSPITALS)
    book = openpyxl.load_workbook(formats.write("xlsx", report, page, tmp_path, "hospitals")[0])
    assert book.sheetnames[:2] == ["Summary", "Contents"]
    series: Any = book["Measured values"]
    headers = [cell.value for cell in series[1]]
    row = dict(zip(headers, series[2], strict=True))
    assert isinstance(row["Value"].value, int | float)
    assert row["Last day"].is_date
    assert row["Unit"].value == "%"
    last = max(cell.value for cell in series[openpyxl.utils.get_column_letter(headers.index("Last day") + 1)][1:])
    assert last.date() <= report.as_of


def test_sheets_have_frozen_headers_filters_widths_and_print_titles(tmp_path: Path):
    report, page = report_of(*HOSPITALS)
    book = openpyxl.load_workbook(formats.write("xlsx", report, page, tmp_path, "hospitals")[0])
    sheet: Any
    for sheet in book:
        assert sheet.freeze_panes in {"A2", "B2"}
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert all(sheet.column_dimensions[cell.column_letter].width >= 9 for cell in sheet[1])
        assert all(cell.font.bold for cell in sheet[1])


def test_a_text_that_looks_like_a_formula_or_is_too_long_stays_text():
    rows = (("=1+1", 1.5, date(2027, 1, 1)), ("x" * 40_000, None, None), ("#REF!", -2.0, None))
    made = workbook([Sheet("a/b: c?", ("Text", "Number", "Day"), rows)], title="T", author="A", day=date(2027, 1, 1))
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    assert sheet is not None and sheet.title == "a b c"
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].quotePrefix) == ("=1+1", "s", True)
    assert len(str(sheet["A3"].value)) == 32_767
    assert sheet["A4"].data_type == "s"
    assert sheet["B4"].value == -2


def test_the_workbook_of_a_plan_has_a_row_for_each_priority(tmp_path: Path):
    folder = paths.exercises() / "new-south-wales" / "plan"
    portfolio = PortfolioReport(folder, HOSPITALS[2], Manifest())
    (file,) = formats.write_portfolio("xlsx", portfolio, "<html></html>", tmp_path)
    sheet = openpyxl.load_workbook(file)["Priorities"]
    assert file.name == "portfolio.xlsx"
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [row.title for row in portfolio.rows]


def test_what_a_portfolio_is_chosen_by_is_for_the_screen_alone(tmp_path: Path):
    portfolio = PortfolioReport(paths.exercises() / "new-south-wales" / "plan", HOSPITALS[2], Manifest())
    page = page_of_displays([portfolio.page(), portfolio.priorities()])
    (file,) = formats.write_portfolio("docx", portfolio, page, tmp_path)
    text = "\n".join(p.text for p in docx.Document(str(file)).paragraphs)
    assert "<select" in page
    assert "Show only" not in text and "display:none" not in text


# --- the batch --------------------------------------------------------------------------------------------------------


def test_a_batch_makes_the_other_formats_and_takes_them_away_when_they_are_true_no_more(tmp_path: Path):
    folder, out = make_plan(tmp_path / "plan", waits=WAITS), tmp_path / "out"
    command = ["report", str(folder), "--out", str(out), "--as-of", "2018-06-30"]
    done = CliRunner().invoke(main, [*command, "--format", "docx", "--format", "xlsx"])
    assert done.exit_code == 0, done.output
    others = {"waits.docx", "waits.briefing.docx", "waits.xlsx", "portfolio.docx", "portfolio.xlsx"}
    assert others <= {path.name for path in out.iterdir()}
    assert CliRunner().invoke(main, command).exit_code == 0
    assert others <= {path.name for path in out.iterdir()}  # nothing changed, so they still say what is true
    write(folder, "waits", WAITS.replace("Shorter waits", "Even shorter waits"))
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    assert not others & {path.name for path in out.iterdir()}
