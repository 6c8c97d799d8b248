"""A report page as a PDF file, made without a browser: tagged, with an outline, page numbers and a running header.

WeasyPrint sets the page; it needs the library Pango of the system. Nothing is fetched on the way: what a page needs
stands in it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from rdlib import paths
from rdlib.reports.pagetree import report_part
from rdlib.words import _

#: The kind of PDF: for everybody, also those who hear it (ISO 14289-1).
VARIANT = "pdf/ua-1"


class PdfMissingError(ValueError):
    """What is lacking for PDF files, and how to get it, in words for the person who asked for one."""


@cache
def _html() -> Any:
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        raise PdfMissingError(
            _(
                "PDF files need the library Pango, which is not on this machine. To get it: scripts/get_pango.sh, or on"
                " Debian and Ubuntu “sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 "
                "fonts-dejavu-core”, on Fedora “sudo dnf install pango dejavu-sans-fonts”, on macOS “brew install "
                "pango”. All other formats are made without it."
            )
        ) from error
    return HTML


def check() -> None:
    """Look whether PDF files can be made here.

    Raises:
        PdfMissingError: they cannot; the message says what to do.
    """
    _html()


def pdf(page_html: str) -> bytes:
    """Return the report part of a page as a PDF file.

    Args:
        page_html: the page, as :func:`rdlib.reports.html.export` returns it.

    Raises:
        PdfMissingError: it cannot be made here; the message says what to do.
    """
    html = _html()
    from lxml.html import tostring
    from weasyprint.urls import URLFetcher

    tree = report_part(page_html)
    style = tree.makeelement("style")
    style.text = (paths.templates() / "html" / "pdf.css").read_text(encoding="utf-8")
    tree.head.append(style)
    for element in tree.iterfind(".//*[@tabindex]"):
        del element.attrib["tabindex"]
    for link in tree.iterfind(".//a[@href]"):
        if not link.get("href").startswith(("#", "https://", "http://", "mailto:")):
            del link.attrib["href"]  # it leads to a file that lies beside the page, or is in it
    text = tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>")
    return bytes(html(string=text, url_fetcher=URLFetcher(allowed_protocols=("data",))).write_pdf(pdf_variant=VARIANT))
