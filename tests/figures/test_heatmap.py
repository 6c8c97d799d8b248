"""The heat map of a portfolio."""

import time

import pytest

from rdlib.figures.heatmap import heatmap
from rdlib.figures.html import Mark
from rdlib.rules.findings import Severity
from tests.figures.faces import HOSTILE, assert_harmless, of


def test_each_cell_says_its_shape_and_word_and_text():
    html = heatmap([("Waits", "waits.html")], ["Likelihood", "Findings"], [[(1, "as of March"), Severity.WEAK]], "All")
    assert [c.text for c in of(html, "td")] == ["▲ 1\u00a0red as of March", "◆ weak"]


def test_not_rated_is_not_red():
    red, unrated = of(heatmap([("Waits", None)], ["A", "B"], [[1, None]], "All"), "td")
    assert (red.attributes["class"], unrated.attributes["class"]) == ("rd-1", "rd-0")
    assert unrated.text == "– not rated"


def test_a_mark_of_ones_own():
    assert of(heatmap([("Waits", None)], ["A"], [[Mark("●", "met", 4)]], "All"), "td")[0].text == "● met"


def test_rows_keep_their_order_and_link_to_their_reports():
    html = heatmap([("B", "b.html"), ("A", None)], ["X"], [[1], [2]], "All", row_label="Programme")
    assert [h.text for h in of(html, "th")] == ["Programme", "X", "B", "A"]
    assert [a.attributes["href"] for a in of(html, "a")] == ["b.html"]
    assert [h.attributes["scope"] for h in of(html, "th")] == ["col", "col", "row", "row"]


@pytest.mark.parametrize(
    ("columns", "cells", "caption"), [(["X", ""], [[1, 2]], "All"), (["X"], [[1]], " "), (["X", "Y"], [[1]], "All")]
)
def test_what_does_not_agree_is_refused(columns: list[str], cells: list[list[int]], caption: str):
    with pytest.raises(ValueError, match=r"needs a caption|cells for"):
        heatmap([("Waits", None)], columns, cells, caption)


def test_a_row_without_cells_is_refused():
    with pytest.raises(ValueError, match="zip"):
        heatmap([("A", None), ("B", None)], ["X"], [[1]], "All")


def test_a_whole_government_is_drawn_fast_and_light():
    rows = [(f"Programme number {n} of the department", f"p{n}/report.html") for n in range(1303)]
    cells = [[(n % 4 + 1, "as of March"), None, Severity.WEAK, 2, (None, "no target")] for n in range(1303)]
    columns = ["Likelihood", "Evidence", "Findings", "3M", "Target"]
    start = time.perf_counter()
    html = heatmap(rows, columns, cells, "All programmes")
    assert time.perf_counter() - start < 2
    assert len(html) < 450 * len(rows)
    assert "style=" not in html
    assert "rd-tall" in html


def test_a_short_map_does_not_scroll_up_and_down():
    assert "rd-tall" not in heatmap([("A", None)], ["X"], [[1]], "All")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing(text: str):
    html = heatmap([(text, text)], [text], [[(Mark(text, text, 2), text)]], text + "!", row_label=text)
    assert_harmless(html)
