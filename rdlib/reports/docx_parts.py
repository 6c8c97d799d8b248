"""The building blocks of a Word document: styles, header and footer, contents, tables, pictures, and text with looks.

python-docx makes the file; where it has no word for something (a field, a row that is repeated, a text alternative),
the element is written here, once.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import attrs

from rdlib.reports.archive import without_times
from rdlib.words import _, format_date, language, plain

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

FONT = "Arial"
INK, QUIET, ACCENT, LINE, SOFT = "1F2933", "52606D", "1D4E89", "CBD2D9", "F3F5F7"
#: Ground and ink of the four ratings and of "not rated", as `rdlib/figures/style.css` has them.
LOOKS = {
    0: (None, QUIET),
    1: ("8F1414", "FFFFFF"),
    2: ("F28C38", "1A1A1A"),
    3: ("D7E8A0", "1A1A1A"),
    4: ("3BA783", "1A1A1A"),
}
#: Width of what stands between the margins, in millimetres: upright, and across.
UPRIGHT, ACROSS = 174, 261
_MARGIN = 18
_TAGS = {"en": "en-GB", "fr": "fr-FR"}
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"


@attrs.frozen
class Look:
    """How a run of text looks.

    Attributes:
        bold: whether it is bold.
        italic: whether it is italic.
        small: whether it is a size smaller.
        quiet: whether it is grey.
        rating: which of the ratings' colours it has; None for none.
    """

    bold: bool = False
    italic: bool = False
    small: bool = False
    quiet: bool = False
    rating: int | None = None


PLAIN = Look()


def _element(tag: str, **values: str) -> BaseOxmlElement:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
    return made


def new_document(title: str, subject: str, author: str, day: date | None, *, across: bool = False) -> Document:
    """Return an empty document with our styles, its properties, and nothing in header and footer yet.

    Args:
        title: what it is called.
        subject: what it is about.
        author: whose it is.
        day: the day for which it is made; it is the date of the document, so the same plan gives the same file.
        across: whether the pages lie on their side.
    """
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    made = docx.Document()
    when = datetime.combine(day or date.today(), datetime.min.time())
    facts = made.core_properties
    facts.title, facts.subject, facts.author = (plain(text)[:255] for text in (title, subject, author))
    facts.last_modified_by, facts.comments, facts.keywords = facts.author, "", ""
    facts.language, facts.created, facts.modified, facts.revision = _TAGS[language()], when, when, 1
    page = made.sections[0]
    page.page_width, page.page_height = (Mm(297), Mm(210)) if across else (Mm(210), Mm(297))
    page.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(_MARGIN)
    page.header_distance = page.footer_distance = Mm(9)
    _styles(made)
    return made


def _font(style: Any, size: float, *, bold: bool | None = None, color: str = INK) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, None
    style.font.color.rgb = RGBColor.from_string(color)
    fonts = style.element.rPr.find(qn("w:rFonts"))
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _space(style: Any, before: float, after: float, *, line: float = 1.1, with_next: bool = False) -> None:
    from docx.shared import Pt

    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), line
    form.keep_with_next = with_next


def _styles(made: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn

    styles = made.styles
    for tag in styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), _TAGS[language()])
    _font(styles["Normal"], 10)
    _space(styles["Normal"], 0, 5)
    for name, size, color, before, after in (
        ("Title", 20, INK, 0, 4),
        ("Heading 1", 14, ACCENT, 14, 5),
        ("Heading 2", 11.5, INK, 10, 3),
        ("Heading 3", 10, INK, 8, 2),
    ):
        _font(styles[name], size, bold=True, color=color)
        _space(styles[name], before, after, line=1.05, with_next=True)
    for borders in styles["Title"].element.iter(qn("w:pBdr")):
        borders.getparent().remove(borders)
        break
    _font(styles["Caption"], 9.5, bold=True)
    _space(styles["Caption"], 8, 3, with_next=True)
    for name in ("List Bullet", "List Number", "List Bullet 2", "List Continue"):
        _font(styles[name], 10)
        _space(styles[name], 0, 3)
    for name in ("Header", "Footer"):
        _font(styles[name], 8.5, color=QUIET)
        _space(styles[name], 0, 0, line=1)
        for tabs in list(styles[name].element.iter(qn("w:tabs"))):  # our own stop is the only one
            tabs.getparent().remove(tabs)
    for name, size, bold, color, before, after, with_next in (
        ("Verdict", 12.5, True, INK, 2, 6, False),
        ("Note", 9, None, QUIET, 0, 5, False),
        ("Finding title", 10, True, INK, 8, 2, True),
        ("Contents", 10, None, INK, 0, 2, False),
        ("Table text", 8.5, None, INK, 0, 1, False),
        ("Table number", 8.5, None, INK, 0, 1, False),
    ):
        made_style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made_style.base_style = styles["Normal"]
        _font(made_style, size, bold=bold, color=color)
        _space(made_style, before, after, with_next=with_next, line=1.05 if name.startswith("Table") else 1.1)
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    styles["Table number"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT


# --- text -------------------------------------------------------------------------------------------------------------


def write(paragraph: Paragraph, text: str, look: Look = PLAIN) -> None:
    """Add text to a paragraph; whatever no file may hold is taken out, and a line break stays one."""
    from docx.shared import Pt, RGBColor

    text = plain(text)
    if not text:
        return
    run = paragraph.add_run(text)
    ground, ink = LOOKS.get(look.rating, (None, None)) if look.rating is not None else (None, None)
    if look.bold or look.rating is not None:
        run.bold = True
    if look.italic:
        run.italic = True
    if look.small:
        size = getattr(paragraph.style.font, "size", None) if paragraph.style is not None else None
        run.font.size = Pt(max(7.5, (size.pt if size else 10) - 1))
    if ink or look.quiet:
        run.font.color.rgb = RGBColor.from_string(ink or QUIET)
    if ground:
        _properties(run).append(_element("shd", val="clear", color="auto", fill=ground))


def _properties(run: Any) -> Any:
    return run._r.get_or_add_rPr()


def write_link(paragraph: Paragraph, text: str, address: str) -> None:
    """Add a link to the world outside; only web and mail addresses are links, anything else stays text."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    if not address.lower().startswith(("https://", "http://", "mailto:")):
        write(paragraph, text)
        return
    link = _element("hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(plain(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    before = len(paragraph.runs)
    write(paragraph, text)
    for run in paragraph.runs[before:]:
        properties = _properties(run)
        properties.append(_element("color", val=ACCENT))
        properties.append(_element("u", val="single"))
        link.append(run._r)
    paragraph._p.append(link)


def field(paragraph: Paragraph, code: str, shown: str = "") -> None:
    """Add a field that Word works out by itself, such as ``PAGE``.

    Args:
        paragraph: where it stands.
        code: its instruction; never anything that a person typed.
        shown: what stands there until it has been worked out.
    """
    from docx.oxml.ns import qn

    for kind in ("begin", "instr", "separate", "text", "end"):
        run = paragraph.add_run()
        if kind == "instr":
            instruction = _element("instrText")
            instruction.text = f" {code} "
            instruction.set(qn("xml:space"), "preserve")
            run._r.append(instruction)
        elif kind == "text":
            run.text = shown
        else:
            run._r.append(_element("fldChar", fldCharType=kind))


def header_and_footer(made: Document, left: str, day: date | None, title: str) -> None:
    """Write the running header (the plan, and the day) and the footer (the title, and the number of the page)."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    section = made.sections[0]
    assert section.page_width is not None
    right = Mm(section.page_width.mm - 2 * _MARGIN)
    when = _("As of {when}").format(when=format_date(day)) if day else ""
    for part, first, second in ((section.header, left, when), (section.footer, title, None)):
        paragraph = part.paragraphs[0]
        stops = paragraph.paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(right, WD_TAB_ALIGNMENT.RIGHT)
        write(paragraph, shortened(first, 90))
        paragraph.add_run("\t")
        if second is not None:
            write(paragraph, second)
        else:
            field(paragraph, "PAGE", "1")
            write(paragraph, " / ")
            field(paragraph, "NUMPAGES", "1")


def shortened(text: str, most: int) -> str:
    """Return a text in one line and no longer than so many characters; three dots stand for what was left out.

    >>> shortened("Waits in emergency departments", 12)
    'Waits in …'
    """
    text = " ".join(plain(text).split())
    if len(text) <= most:
        return text
    return (text[: most - 1].rsplit(" ", 1)[0] or text[: most - 1])[: most - 1] + " …"


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Give a paragraph a name that the contents lead to."""
    start, end = _element("bookmarkStart", id=str(number), name=name), _element("bookmarkEnd", id=str(number))
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(end)


def contents(made: Document, entries: Sequence[tuple[str, str]]) -> None:
    """Write the contents as a field: it shows links from the first moment, and page numbers once Word renews it.

    Args:
        made: the document.
        entries: the headings, each with the name of its bookmark.
    """
    if not entries:
        return
    write(made.add_paragraph(style="Caption"), _("Contents"))
    for place, (title, name) in enumerate(entries):
        paragraph = made.add_paragraph(style="Contents")
        if place == 0:
            field(paragraph, 'TOC \\o "1-1" \\h \\z \\u')
            for run in paragraph.runs[-2:]:  # the entries stand between the two: what follows belongs to the field
                paragraph._p.remove(run._r)
        link = _element("hyperlink", anchor=name, history="1")
        before = len(paragraph.runs)
        write(paragraph, title)
        for run in paragraph.runs[before:]:
            link.append(run._r)
        paragraph._p.append(link)
        if place == len(entries) - 1:
            paragraph.add_run()._r.append(_element("fldChar", fldCharType="end"))


# --- pictures ---------------------------------------------------------------------------------------------------------


def picture(paragraph: Paragraph, data: bytes, wide: float, *, says: str = "") -> None:
    """Add a picture.

    Args:
        paragraph: where it stands.
        data: the picture, as PNG.
        wide: its width in millimetres.
        says: what a reader who does not see it needs to know; empty for a sign whose word stands beside it.
    """
    from docx.shared import Mm
    from lxml import etree

    shape = paragraph.add_run().add_picture(io.BytesIO(data), width=Mm(wide))
    facts = shape._inline.docPr
    if says:
        facts.set("descr", plain(says))
        return
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    extension = etree.SubElement(etree.SubElement(facts, f"{{{space}}}extLst"), f"{{{space}}}ext")
    extension.set("uri", "{C183D7F6-B498-43B3-948B-1728B52AA6E4}")
    etree.SubElement(extension, f"{{{_DECORATIVE}}}decorative", nsmap={"adec": _DECORATIVE}).set("val", "1")


# --- tables -----------------------------------------------------------------------------------------------------------


@attrs.frozen
class TableCell:
    """A cell that is there to be filled.

    Attributes:
        paragraph: its first paragraph.
        element: its element.
        parent: what a paragraph in it belongs to.
    """

    paragraph: Paragraph
    element: Any
    parent: Any

    def add_paragraph(self, style: str) -> Paragraph:
        """Add a paragraph below those that stand."""
        from docx.text.paragraph import Paragraph

        made = Paragraph(self.element.add_p(), self.parent)
        made.style = style
        return made

    def shade(self, color: str) -> None:
        """Give the cell a ground."""
        self.element.get_or_add_tcPr().append(_element("shd", val="clear", color="auto", fill=color))

    def span(self, columns: int) -> None:
        """Let the cell take several columns; those that it takes have to be removed from its row."""
        properties = self.element.get_or_add_tcPr()
        properties.insert(1, _element("gridSpan", val=str(columns)))


def new_table(container: Any, widths: Sequence[float], rows: int, *, head: int = 1, title: str = "") -> Any:
    """Return a table with fixed widths, its first rows repeated on every page, and no row torn apart.

    Args:
        container: the document.
        widths: the width of each column, in millimetres.
        rows: how many rows it has.
        head: how many of them are its header.
        title: what it shows, for those who hear the document.
    """
    from docx.enum.table import WD_TABLE_ALIGNMENT

    table = container.add_table(rows, len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    properties = table._tbl.tblPr
    borders = _element("tblBorders")
    for side in ("top", "insideH", "bottom"):
        borders.append(_element(side, val="single", sz="4", space="0", color=LINE))
    margins = _element("tblCellMar")
    for side, size in (("top", "45"), ("left", "70"), ("bottom", "30"), ("right", "70")):
        margins.append(_element(side, w=size, type="dxa"))
    for each in properties.findall(borders.tag):
        properties.remove(each)
    for each in (borders, margins):
        _in_order(properties, each)
    if title:
        _in_order(properties, _element("tblCaption", val=plain(title)))
    for grid, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        grid.w = _emu(width)
    for place, row in enumerate(table._tbl.tr_lst):
        looks = row.get_or_add_trPr()
        looks.append(_element("cantSplit"))
        if place < head:
            looks.append(_element("tblHeader"))
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = _emu(width)
    return table


_ORDER = (
    "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc",
    "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption",
    "tblDescription",
)  # fmt: skip


def _in_order(properties: Any, element: Any) -> None:
    """Put an element among the properties of a table where the format wants it."""
    place = _ORDER.index(element.tag.rpartition("}")[2])
    for at, each in enumerate(properties):
        if _ORDER.index(each.tag.rpartition("}")[2]) > place:
            properties.insert(at, element)
            return
    properties.append(element)


def points(size: float) -> Any:
    """Return a length in points, as python-docx takes it."""
    from docx.shared import Pt

    return Pt(size)


def _emu(millimetres: float) -> Any:
    from docx.shared import Mm

    return Mm(millimetres)


def cells(table: Any, row: int, style: str = "Table text") -> Iterator[TableCell]:
    """Return the cells of a row."""
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

    for element in table._tbl.tr_lst[row].tc_lst:
        parent = _Cell(element, table)
        paragraph = Paragraph(element.p_lst[0], parent)
        paragraph.style = style
        yield TableCell(paragraph, element, parent)


def column_widths(columns: Iterable[Sequence[str]], whole: float) -> list[float]:
    """Return widths for the columns of a table, by what stands in them: together the whole.

    A column gets room for its longest word first; the rest goes to those with long texts.

    Args:
        columns: the texts of each column.
        whole: the width of the table, in millimetres.

    >>> column_widths([["Name", "North"], ["What was said", "A long sentence about it, and another"]], 100)
    [24.2, 75.8]
    """
    least, wanted = [], []
    for texts in columns:
        word = max((len(w) for text in texts for w in text.split()), default=1)
        longest = max((len(line) for text in texts for line in text.splitlines()), default=1)
        typical = sum(map(len, texts)) / max(1, sum(1 for text in texts if text))
        least.append(4.5 + 1.85 * min(word, 22))
        wanted.append(min(longest, 12 + typical * 0.6))
    room = whole - sum(least)
    if room <= 0:
        return [round(whole * each / sum(least), 1) for each in least]
    return [round(low + room * want / sum(wanted), 1) for low, want in zip(least, wanted, strict=True)]


def to_bytes(made: Document) -> bytes:
    """Return the document as a file; the same plan gives the same file."""
    target = io.BytesIO()
    made.save(target)
    return without_times(target.getvalue())
