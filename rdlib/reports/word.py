"""A report page as a Word document: headings, captions and lists are real styles, and tables are real tables.

It is made from the page's tree, so it says what the page says, section by section, also for rules that come later.
"""

from __future__ import annotations

import base64
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from rdlib.reports import docx_parts as parts
from rdlib.reports.docx_parts import PLAIN, Look, TableCell
from rdlib.reports.pagetree import classes, look, main_of, report_part, words
from rdlib.reports.pagetree import parts as parts_of
from rdlib.reports.raster import UNITS, png
from rdlib.words import _, plain

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from lxml.html import HtmlElement

_BLOCKS = {"p", "ul", "ol", "table", "figure", "figcaption", "div", "section", "h1", "h2", "h3", "h4", "h5", "h6", "li"}
_HEADINGS = {"h2": 1, "h3": 2, "h4": 3, "h5": 3, "h6": 3}
_ADDRESS = "data:image/png;base64,"
#: Charts are this wide, in millimetres: 200 of their dots to an inch.
_CHART = 142
#: The highest that a picture may be, in millimetres.
_HIGH = 190


def word(page_html: str, *, plan: str, author: str, day: date | None, across: bool = False) -> bytes:
    """Return the report part of a page as a Word document.

    Args:
        page_html: the page, as :func:`rdlib.reports.html.export` returns it.
        plan: the title of the plan.
        author: whose plan it is.
        day: the day for which it is made.
        across: whether its pages lie on their side.
    """
    tree = report_part(page_html)
    title = words(tree.find(".//title"))
    made = parts.new_document(title, plan, author, day, across=across)
    parts.header_and_footer(made, plan, day, title)
    made.add_paragraph(style="Title").add_run(plain(title))
    main = main_of(tree)
    writer = _Writer(made, parts.ACROSS if across else parts.UPRIGHT)
    sections = [child for child in main if child.tag != "h1"]
    for place, child in enumerate(sections):
        writer.block(child)
        if place == 0:  # the verdict comes first, then what else there is
            headings = [words(each) for later in sections[1:] for each in later.iter("h2")]
            parts.contents(made, [(heading, f"section{n}") for n, heading in enumerate(headings, start=2)])
    told = _("The working papers behind it stand on the page of the report and in its Excel workbook.")
    parts.write(made.add_paragraph(style="Note"), told)
    return parts.to_bytes(made)


class _Writer:
    """Writes the elements of a page into a document."""

    def __init__(self, made: Document, width: float) -> None:
        self.made, self.width, self.headings = made, width, 0

    def block(self, element: HtmlElement, look: Look = PLAIN) -> None:
        """Write an element that stands by itself."""
        tag = element.tag
        if tag in _HEADINGS:
            self._heading(element, _HEADINGS[tag])
        elif tag == "p":
            self._paragraph(element)
        elif tag in {"ul", "ol"}:
            self._list(element)
        elif tag == "table":
            self._table(element)
        elif tag == "img":
            self._chart(element)
        elif tag == "svg":
            self._drawing(element)
        elif tag == "figcaption":
            self._caption(element)
        elif isinstance(tag, str) and tag not in {"footer", "header", "style", "script"}:
            self._several(element)

    def _several(self, element: HtmlElement) -> None:
        """Write what stands in an element: blocks one by one, and the words between them as a paragraph."""
        paragraph = None
        for part in parts_of(element):
            if isinstance(part, str) or (part.tag not in _BLOCKS and part.tag not in {"svg", "img"}):
                if isinstance(part, str) and not part.strip():
                    continue
                paragraph = paragraph or self.made.add_paragraph()
                self.inline(paragraph, part)
            else:
                paragraph = None
                self.block(part)

    def _heading(self, element: HtmlElement, level: int) -> None:
        paragraph = self.made.add_heading(level=level)
        parts.write(paragraph, words(element))
        if level == 1:
            self.headings += 1
            parts.bookmark(paragraph, f"section{self.headings}", self.headings)

    def _paragraph(self, element: HtmlElement, style: str | None = None) -> None:
        if not words(element) and element.find(".//svg") is None:
            return
        names = classes(element)
        if style is None:
            chosen = {
                "rd-verdict": "Verdict", "rd-caption": "Caption", "rd-finding-title": "Finding title",
                "rd-key": "Note", "rd-why": "Note", "rd-empty": "Note", "rd-element-title": "Heading 3",
            }  # fmt: skip
            style = next((chosen[name] for name in chosen if name in names), "Normal")
        paragraph = self.made.add_paragraph(style=style)
        paragraph.paragraph_format.keep_with_next = True if style == "Note" and _before_figure(element) else None
        self.inline(paragraph, element)

    def _caption(self, element: HtmlElement) -> None:
        """Write what stands above or below a picture: its title as a caption, and how to read it as a note."""
        if "rd-caption" not in classes(element):
            self._paragraph(element, "Note")
            return
        caption = None
        for part in parts_of(element):
            if not isinstance(part, str) and part.tag in {"p", "div", "ul"}:
                if part.tag == "p":
                    self._paragraph(part, "Note")
                else:
                    self.block(part)
            elif not isinstance(part, str) or part.strip():
                caption = caption or self.made.add_paragraph(style="Caption")
                self.inline(caption, part)

    def _list(self, element: HtmlElement, deeper: bool = False) -> None:
        if "rd-elements" in classes(element):
            self._beside(list(element))
            return
        numbered = element.tag == "ol"
        for place, item in enumerate(each for each in element if each.tag == "li"):
            if classes(item) & {"rd-finding", "rd-element"}:
                self._several(item)
                continue
            style = "List Bullet 2" if deeper else "List Number" if numbered else "List Bullet"
            paragraph = self.made.add_paragraph(style=style)
            if numbered and place == 0:
                self._count_anew(paragraph)
            for part in parts_of(item):
                if not isinstance(part, str) and part.tag in {"ul", "ol"}:
                    self._list(part, deeper=True)
                elif not isinstance(part, str) and part.tag == "p":
                    if words(paragraph_text(paragraph)):
                        paragraph = self.made.add_paragraph(style="List Continue")
                    self.inline(paragraph, part)
                else:
                    self.inline(paragraph, part)

    def _beside(self, items: list[HtmlElement]) -> None:
        """Write a few short things beside each other, as a table of one row."""
        table = parts.new_table(self.made, [self.width / len(items)] * len(items), 1, head=0)
        for item, target in zip(items, parts.cells(table, 0), strict=True):
            self._cell(item, target, in_head=False)

    def _count_anew(self, paragraph: Paragraph) -> None:
        """Let a numbered list begin at 1 again."""
        numbering = self.made.part.numbering_part.numbering_definitions._numbering
        style = self.made.styles["List Number"].element.pPr.numPr.numId.val
        known = numbering.num_having_numId(style).abstractNumId.val
        number = numbering.add_num(known)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number.numId

    def inline(self, paragraph: Paragraph, part: str | HtmlElement, given: Look = PLAIN) -> None:
        """Write text, or an element that stands in a line, to the end of a paragraph."""
        if isinstance(part, str):
            self._text(paragraph, part, given)
            return
        names, tag = classes(part), part.tag
        if tag == "br":
            paragraph.add_run().add_break()
            return
        if tag == "svg":
            wide = float(part.get("width") or 20) * 25.4 / UNITS
            parts.picture(paragraph, png(_as_text(part)), wide)
            return
        if tag == "a" and not (part.get("href") or "#").startswith("#"):
            parts.write_link(paragraph, words(part), part.get("href"))
            return
        shown = given
        if tag in {"strong", "b", "th"} or "rd-element-title" in names:
            shown = attrs.evolve(shown, bold=True)
        if tag in {"em", "i"} or "rd-none" in names:
            shown = attrs.evolve(shown, italic=True)
        if tag == "small" or "rd-below" in names:
            shown = attrs.evolve(shown, small=True, bold=False)
        if names & {"rd-where", "rd-below", "rd-none"}:
            shown = attrs.evolve(shown, quiet=True)
        badge = "rd-badge" in names
        if badge:
            shown = attrs.evolve(shown, rating=look(part))
        if (tag == "small" or "rd-below" in names) and paragraph.runs and not paragraph.text.endswith("\n"):
            paragraph.add_run().add_break()
        if badge:
            parts.write(paragraph, f"\u00a0{words(part)}\u00a0".replace(" ", "\u00a0"), shown)
            return
        for each in parts_of(part):
            self.inline(paragraph, each, shown)

    def _text(self, paragraph: Paragraph, text: str, given: Look) -> None:
        text = " ".join(text.replace("\n", " ").split(" ")) if text.strip() else " "
        if not paragraph.text or paragraph.text.endswith(("\n", " ")):
            text = text.lstrip(" ")
        parts.write(paragraph, text, given)

    # --- tables and pictures ------------------------------------------------------------------------------------------

    def _table(self, element: HtmlElement) -> None:
        rows = [row for row in element.iter("tr") if _own(row, element)]
        if not rows:
            return
        columns = max(sum(int(c.get("colspan") or 1) for c in row) for row in rows)
        caption = element.find("caption")
        if caption is not None and words(caption):
            parts.write(self.made.add_paragraph(style="Caption"), words(caption))
        head = sum(1 for row in rows if row.getparent().tag == "thead")
        texts: list[list[str]] = [[] for _column in range(columns)]
        for row in rows:
            if len(row) == columns:
                for column, cell in zip(texts, row, strict=True):
                    column.append(_lines(cell))
        table = parts.new_table(
            self.made,
            parts.column_widths(texts, self.width),
            len(rows),
            head=head,
            title=words(caption) if caption is not None else "",
        )
        for place, row in enumerate(rows):
            made = list(parts.cells(table, place))
            self._span(row, made, table._tbl.tr_lst[place])
            for cell, target in zip(row, made, strict=False):
                self._cell(cell, target, in_head=place < head)
        after = self.made.add_paragraph()
        after.paragraph_format.space_after = 0
        after.paragraph_format.line_spacing = 0.6

    def _span(self, row: HtmlElement, made: list[TableCell], element: Any) -> None:
        for place, cell in enumerate(row):
            if (count := int(cell.get("colspan") or 1)) > 1:
                made[place].span(count)
                for gone in made[place + 1 : place + count]:
                    element.remove(gone.element)
                del made[place + 1 : place + count]

    def _cell(self, cell: HtmlElement, target: TableCell, *, in_head: bool) -> None:
        style = "Table number" if "rd-n" in classes(cell) else "Table text"
        target.paragraph.style = style
        given = Look(bold=True) if cell.tag == "th" else PLAIN
        if in_head or cell.get("scope") == "rowgroup":
            target.shade(parts.SOFT)
        shown = look(cell)
        if shown is not None:
            ground, _ink = parts.LOOKS[shown]
            if ground:
                target.shade(ground)
        paragraph, fresh = target.paragraph, True

        def fill(element: HtmlElement, prefix: str = "") -> None:
            nonlocal paragraph, fresh
            for part in parts_of(element):
                if not isinstance(part, str) and part.tag in {"p", "li"}:
                    if not fresh:
                        paragraph = target.add_paragraph(style)
                    fresh = False
                    if part.tag == "li" and words(part)[:1].isalnum():  # some begin with a sign of their own
                        parts.write(paragraph, "• ", given)
                    bold = given if "rd-element-title" not in classes(part) else Look(bold=True)
                    self._in_cell(paragraph, part, bold, shown)
                elif not isinstance(part, str) and part.tag in {"ul", "ol", "div"}:
                    fill(part)
                elif not isinstance(part, str) or part.strip():
                    fresh = False
                    self._in_cell(paragraph, part, given, shown)

        fill(cell)

    def _in_cell(self, paragraph: Paragraph, part: str | HtmlElement, given: Look, rating: int | None) -> None:
        """Write into a cell; on the ground of a rating, in the ink that can be read on it."""
        before = len(paragraph.runs)
        if isinstance(part, str) or part.tag not in {"p", "li"}:
            self.inline(paragraph, part, given)
        else:
            for each in parts_of(part):
                self.inline(paragraph, each, given)
        if rating:
            from docx.shared import RGBColor

            for run in paragraph.runs[before:]:
                run.font.color.rgb = RGBColor.from_string(parts.LOOKS[rating][1])

    def _picture(self, data: bytes, wide: float, high: float, says: str) -> None:
        """Write a picture that stands by itself, no wider and no higher than fits."""
        scale = min(1.0, self.width / wide, _HIGH / high)
        paragraph = self.made.add_paragraph()
        parts.picture(paragraph, data, wide * scale, says=says or _("Picture"))

    def _chart(self, element: HtmlElement) -> None:
        address = element.get("src") or ""
        if not address.startswith(_ADDRESS):
            return
        ratio = float(element.get("height") or 1) / float(element.get("width") or 1)
        self._picture(
            base64.b64decode(address.removeprefix(_ADDRESS)), _CHART, _CHART * ratio, element.get("alt") or ""
        )

    def _drawing(self, element: HtmlElement) -> None:
        wide = float(element.get("width") or 0) * 25.4 / UNITS
        high = float(element.get("height") or 0) * 25.4 / UNITS
        if not wide or not high:
            return
        said = [words(each) for each in (element.find("title"), element.find("desc")) if each is not None]
        self._picture(png(_as_text(element)), wide, high, ". ".join(said) or _label(element))


def paragraph_text(paragraph: Paragraph) -> Any:
    """Return the element of a paragraph, whose words tell whether anything stands in it."""
    return paragraph._p


def _before_figure(element: HtmlElement) -> bool:
    after = element.getnext()
    return after is not None and after.tag == "figure"


def _own(row: HtmlElement, table: HtmlElement) -> bool:
    return next(row.iterancestors("table")) is table


def _lines(cell: HtmlElement) -> str:
    text = " ".join(_spaced(cell)).replace("\u00a0", "_")  # what stays together counts as one word
    return text if text.strip() else ""


def _spaced(cell: HtmlElement) -> list[str]:
    return [piece for text in cell.itertext() if (piece := text.strip(" \n"))]


def _label(element: HtmlElement) -> str:
    box = next((each for each in element.iterancestors("div") if each.get("aria-label")), None)
    return (box.get("aria-label") or "") if box is not None else ""


def _as_text(element: HtmlElement) -> str:
    from lxml import etree

    tail, element.tail = element.tail, None
    text = str(etree.tostring(element, encoding="unicode")).replace(" viewbox=", " viewBox=")  # HTML knows no case
    element.tail = tail
    return text if "xmlns=" in text else text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
