"""Whatever stands in a text field of a plan does nothing in any format: it is shown, and that is all."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pypdf
import pytest
import vobject

from rdlib.plan import read_plan
from rdlib.reports import formats
from rdlib.reports.batch import make_reports, make_stocktake
from rdlib.reports.html import page_of_displays
from rdlib.reports.manifest import Manifest
from rdlib.reports.portfolio import PortfolioReport, plan_sections
from rdlib.reports.sections import PriorityReport, sections
from rdlib.reports.stocktake import StocktakeReport
from rdlib.rules.calendar_events import events
from rdlib.rules.ics import calendar_file
from tests.reports.hostile import CORPUS, make_hostile_plan

AS_OF = date(2018, 6, 30)
DAY = date(2018, 5, 20)
#: All that our own functions write. Something else in a page was brought in by a text.
TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer", "section", "div", "p", "h1",
    "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "a", "span", "strong", "em", "small", "br", "table", "caption",
    "colgroup", "col", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img", "details", "summary", "svg",
    "g", "rect", "path", "line", "circle", "ellipse", "polygon", "polyline", "text", "tspan", "desc", "dl", "dt", "dd",
    "defs", "marker", "pattern", "b", "abbr", "sup", "fieldset", "legend", "label", "select", "option",
}  # fmt: skip
SAFE_ADDRESS = re.compile(r"(#|https?:|mailto:|data:text/calendar;base64,|[\w.-]+\.html(#|$)|\.\./)")


class Page(HTMLParser):
    """Reads a page as a browser would, and notes what should not be there."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attributes:
            if name.startswith("on") or name in {"srcdoc", "formaction", "background", "ping", "xlink:href"}:
                self.wrong.append(f"<{tag} {name}>")
            if name == "href" and not SAFE_ADDRESS.match(value or ""):
                self.wrong.append(f"href {value}")
            if name == "src" and not (value or "").startswith("data:image/png;base64,"):
                self.wrong.append(f"src {value}")
            if name == "style" and re.search(r"url\(|expression|@import", value or ""):
                self.wrong.append(f"style {value}")

    def handle_comment(self, data: str) -> None:
        self.wrong.append("a comment")


def page_is_safe(page: str) -> None:
    reader = Page()
    reader.feed(page)
    reader.close()
    assert reader.wrong == []
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)


def xml_of(file: bytes) -> Iterator[tuple[str, ElementTree.Element]]:
    """Give every part of an office file that is XML, read by a strict reader."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        for name in archive.namelist():
            assert not name.startswith("/") and ".." not in name
            if name.endswith((".xml", ".rels")):
                yield name, ElementTree.fromstring(archive.read(name))


def word_is_safe(file: bytes) -> None:
    fields = set()
    for name, root in xml_of(file):
        for element in root.iter():
            tag = element.tag.rpartition("}")[2]
            assert tag not in {"object", "oleObject", "altChunk", "control", "fldSimple"}, name
            if tag == "instrText":
                fields.add((element.text or "").split()[0])
            if tag == "Relationship" and element.get("TargetMode") == "External":
                assert re.match(r"https?:|mailto:", element.get("Target") or "")
    assert fields <= {"PAGE", "NUMPAGES", "TOC"}


def excel_is_safe(file: bytes) -> None:
    for name, root in xml_of(file):
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert not tags & {"f", "ddeLink", "oleLink", "externalReference"}, name
    book = openpyxl.load_workbook(io.BytesIO(file))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type not in {"f", "e"}, (sheet.title, cell.coordinate, cell.value)
                text = cell.value if isinstance(cell.value, str) else ""
                assert len(text) <= 32_767
                if text.startswith(("=", "+", "-", "@")):
                    assert cell.quotePrefix, (sheet.title, cell.coordinate)


def pdf_is_safe(file: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(file))
    assert not re.search(rb"/(JavaScript|JS|Launch|EmbeddedFile|SubmitForm|GoToR)\b", file)
    for page in reader.pages:
        for annotation in page.get("/Annots", []):
            action = annotation.get_object().get("/A", {})
            assert action.get("/S") in {None, "/URI", "/GoTo"}
            assert re.match(r"https?:|mailto:|$", str(action.get("/URI", "")))


@pytest.mark.parametrize("kinds", [("markup", "markdown"), ("formula",), ("path", "long"), ("signs",)], ids=" ".join)
def test_hostile_text_does_nothing_in_pages_and_office_files(kinds: tuple[str, ...], tmp_path: Path):
    folder = make_hostile_plan(tmp_path / "plan", tuple(text for kind in kinds for text in CORPUS[kind]))
    reading = read_plan(folder)
    priority = reading.plan.priority("waits")
    assert priority is not None
    out = tmp_path / "out"
    out.mkdir()

    report = PriorityReport(folder, reading.plan, priority, AS_OF)
    page = page_of_displays([report.page(), *(report.show(anchor) for anchor in sections())])
    page_is_safe(page)
    word, note = formats.write("docx", report, page, out, "waits")
    word_is_safe(word.read_bytes())
    word_is_safe(note.read_bytes())
    excel_is_safe(formats.write("xlsx", report, page, out, "waits")[0].read_bytes())

    portfolio = PortfolioReport(folder, AS_OF, Manifest())
    whole = [portfolio.page(), portfolio.overview(), portfolio.priorities(), portfolio.notes()]
    page = page_of_displays([*whole, *(portfolio.show(anchor) for anchor in plan_sections())])
    page_is_safe(page)
    word_is_safe(formats.write_portfolio("docx", portfolio, page, out)[0].read_bytes())
    excel_is_safe(formats.write_portfolio("xlsx", portfolio, page, out)[0].read_bytes())

    pack = StocktakeReport(folder, DAY)
    shown = (pack.glance, pack.ratings, pack.changes, pack.units, pack.figures, pack.achievements, pack.decisions,
             pack.actions, pack.agenda, pack.preparation, pack.past, pack.findings, pack.corrections)  # fmt: skip
    page_is_safe(page_of_displays([pack.page(), *(each() for each in shown)]))

    found = events(reading.plan, AS_OF)
    assert found
    calendar = calendar_file(reading.plan, found, AS_OF, None)
    entries = vobject.readOne(calendar.decode("utf-8")).vevent_list
    assert len(entries) == len(found)
    assert not re.search(rb"(?m)^(ATTACH|URL|VALARM|BEGIN:VALARM)", calendar)
    assert {path.name for path in out.iterdir()} == {
        "waits.docx", "waits.briefing.docx", "waits.xlsx", "portfolio.docx", "portfolio.xlsx",
    }  # fmt: skip


def test_hostile_text_does_nothing_in_executed_notebooks_and_pdf_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    texts = tuple(text for kind in ("markup", "markdown", "path", "formula") for text in CORPUS[kind])
    folder = make_hostile_plan(tmp_path / "plan", texts)
    before = {path for path in tmp_path.rglob("*") if "out" not in path.parts}
    out = tmp_path / "out"

    batch = make_reports(folder, out, as_of=AS_OF, formats=("html", "pdf"))
    assert [entry.error for entry in batch.entries] == [None, None]
    pack = make_stocktake(folder, out, DAY)
    for page in (out / "waits.html", out / "index.html", pack):
        page_is_safe(page.read_text(encoding="utf-8"))
    for file in (out / "waits.pdf", out / "portfolio.pdf"):
        pdf_is_safe(file.read_bytes())
    assert {path for path in tmp_path.rglob("*") if "out" not in path.parts} == before
    assert not list(tmp_path.rglob("*rdlib-hostile*"))
