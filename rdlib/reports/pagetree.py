"""A report page as a tree: what the exports to other formats read, so that each of them says what the page says.

The page is our own and holds nothing but what our own functions wrote; whatever a person typed stands in it as text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: What a page holds for the reader of a screen alone: ways around in it, what is chosen by, and what is folded up.
_SCREEN_ONLY = (
    ".//nav",
    ".//a[@class='rd-skip']",
    ".//p[@class='rd-page-home']",
    ".//section[@id='working-papers']",
    ".//details",
    ".//fieldset",
    ".//main//style",
)


def report_part(page_html: str) -> HtmlElement:
    """Return a page without what is for the screen alone: contents, folds, and the working papers.

    Args:
        page_html: the page, as :func:`rdlib.reports.html.export` returns it.
    """
    from lxml import html

    tree = html.document_fromstring(page_html, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    for path in _SCREEN_ONLY:
        for element in tree.iterfind(path):
            element.drop_tree()
    return tree


def classes(element: HtmlElement) -> set[str]:
    """Return the classes of an element."""
    return set((element.get("class") or "").split())


def look(element: HtmlElement) -> int | None:
    """Return which of the ratings' colours an element has (0 for "not rated"); None for none."""
    return next((n for n in range(5) if f"rd-{n}" in classes(element)), None)


def words(element: HtmlElement) -> str:
    """Return the text of an element in one line."""
    return " ".join("".join(element.itertext()).split())


def main_of(tree: HtmlElement) -> HtmlElement:
    """Return the part of a page that holds the report."""
    found: HtmlElement | None = tree.find(".//main")
    return tree if found is None else found


def parts(element: HtmlElement) -> Iterator[str | HtmlElement]:
    """Return what stands in an element, in order: its texts, and the elements in it."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail
