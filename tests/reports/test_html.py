from datetime import date
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter

from rdlib import paths
from rdlib.reports.html import Display, Page, about, css_string, export, page_of, page_of_displays

PAGE = Page('Waits <b>"now"</b> </style>', "A plan & more", date(2018, 3, 31), {"plan.yaml": "1"})


def notebook(*cells: Any) -> Any:
    data, metadata = Display("<style>p {}</style>", page=PAGE)._repr_mimebundle_()
    first = nbformat.v4.new_code_cell(
        "report.page()", outputs=[nbformat.v4.new_output("display_data", data, metadata=metadata)]
    )
    return nbformat.v4.new_notebook(cells=[first, *cells])


def shown(display: Display) -> Any:
    data, metadata = display._repr_mimebundle_()
    return nbformat.v4.new_output("display_data", data, metadata=metadata)


def test_the_page_asks_for_nothing_and_runs_nothing():
    html = export(notebook())
    assert "default-src 'none'" in html
    assert "<script" not in html
    assert "src=" not in html.replace("default-src=", "")
    assert "@import" not in html


def test_what_people_typed_is_escaped_everywhere():
    html = export(notebook())
    assert "<b>" not in html
    assert "Waits &lt;b&gt;" in html
    assert "A plan &amp; more" in html
    assert html.count("</style>") == 1


def test_the_page_has_one_title_landmarks_and_a_way_to_skip():
    html = export(notebook())
    assert html.count("<h1>") == 1
    assert html.index('href="#main"') < html.index("<header") < html.index('<main id="main"') < html.index("<footer")
    assert '<html lang="en">' in html
    assert "31 March 2018" in html


def test_the_contents_lead_to_the_sections_that_have_a_title():
    cells = [
        nbformat.v4.new_code_cell("x", outputs=[shown(Display("<p>1</p>", "one", "First"))]),
        nbformat.v4.new_code_cell("x", outputs=[shown(Display("<p>2</p>", "two", "Second"))]),
        nbformat.v4.new_code_cell("x", outputs=[shown(Display("<p>3</p>", "three"))]),
    ]
    html = export(notebook(*cells))
    assert '<a href="#one">First</a>' in html
    assert '<a href="#two">Second</a>' in html
    assert '"#three"' not in html
    assert "<p>3</p>" in html


def test_working_papers_are_folded_up_rule_by_rule_after_the_report():
    displays = [
        Display("", page=PAGE),
        Display("<p>late</p>", "late", "Late", rule=5),
        Display("<p>main</p>", "main-part", "Main"),
        Display("<p>early</p>", "early", "Early", rule=2),
        Display("<p>line</p>", "open-one", rule=5, waiting="Open <one>"),
        Display("<p>line</p>", "open-two", rule=7, waiting="Open two"),
        Display("<p>line</p>", "open-three", rule=7, waiting="Open three"),
        Display("", "nothing"),
    ]
    html = page_of_displays(displays)
    places = [html.index(f"<p>{word}</p>") for word in ("main", "early", "late")]
    assert places == sorted(places)
    assert html.count("<details") == 2
    assert html.index('id="rule-2"') < html.index("<p>early</p>") < html.index('id="rule-5"')
    assert "<p>line</p>" not in html
    assert '<span id="open-one">Open &lt;one&gt;</span>.' in html
    assert '<span id="open-two">Open two</span>, <span id="open-three">Open three</span>.' in html
    assert '<a href="#rule-7">Rule 7' in html
    assert '<a href="#late">' not in html


def test_a_page_without_working_papers_says_nothing_of_them():
    html = page_of_displays([Display("", page=PAGE), Display("<p>1</p>", "one", "One")])
    assert "Working papers" not in html


def test_no_code_no_streams_no_plain_text_and_no_traceback_reach_the_page():
    outputs = [
        nbformat.v4.new_output("stream", name="stdout", text="printed"),
        nbformat.v4.new_output("execute_result", {"text/plain": "an object"}, execution_count=1),
        nbformat.v4.new_output("error", ename="KeyError", evalue="'secret'", traceback=["Traceback (most recent"]),
    ]
    html = export(notebook(nbformat.v4.new_code_cell("code_here()", outputs=outputs)))
    for word in ("code_here", "printed", "an object", "Traceback", "KeyError", "secret"):
        assert word not in html
    assert "This part could not be made." in html


def test_text_cells_are_shown_but_those_for_the_notebook_alone():
    cells = [
        nbformat.v4.new_markdown_cell("Some **words** of ours"),
        nbformat.v4.new_markdown_cell("How to use this template", metadata={"tags": ["notebook-only"]}),
    ]
    html = export(notebook(*cells))
    assert "Some <strong>words</strong> of ours" in html
    assert "How to use" not in html


def test_a_link_home_is_there_when_there_is_a_home():
    assert 'href="index.html"' in export(notebook(), home=("index.html", "All priorities"))
    assert "rd-page-home" not in export(notebook()).partition("</head>")[2]


def test_what_the_notebook_says_of_its_page_is_found_again():
    assert page_of(notebook()) == PAGE
    assert page_of(nbformat.v4.new_notebook()) is None
    assert about(notebook())[0]["page"]["title"] == PAGE.title


def test_another_notebook_is_no_report():
    with pytest.raises(ValueError, match="no report"):
        export(nbformat.v4.new_notebook())


def test_a_page_can_be_made_without_a_notebook():
    html = page_of_displays([Display("", page=Page("Front", "Plans", None)), Display("<p>1</p>", "one", "One")])
    assert "<h1>Front</h1>" in html
    assert "As of" not in html


def test_a_display_says_the_same_each_time():
    assert repr(Display("<p>1</p>", "one", "First")) == "<First>"
    assert repr(Display("<p>1</p>", "one")) == "<one>"
    assert Display("<p>1</p>", "one")._repr_html_() == "<p>1</p>"


@pytest.mark.parametrize("text", ['a"b', "a\\b", "</style>", "line\nbreak", "é ü", "{}:;"])
def test_a_string_of_a_style_sheet_cannot_end_early(text: str):
    inner = css_string(text)[1:-1]
    assert not set(inner.replace("\\", "")) & set('"\n<>{};')


def test_the_page_is_the_one_that_nbconvert_makes_in_its_slower_way(monkeypatch: pytest.MonkeyPatch):
    cells = [
        nbformat.v4.new_markdown_cell("A *note* on [waits](https://example.org)."),
        nbformat.v4.new_code_cell("", outputs=[shown(Display("<p>One &amp; two</p>", "a", "A <b>"))]),
        nbformat.v4.new_code_cell("", outputs=[shown(Display('<img src="data:," alt="A chart">', "b", "B", rule=2))]),
    ]
    fast = export(notebook(*cells), home=("index.html", "All"))
    slow = HTMLExporter(
        extra_template_basedirs=[str(paths.templates())],
        template_name="html",
        exclude_input=True,
        exclude_anchor_links=True,
    )
    monkeypatch.setattr("rdlib.reports.html._exporter", lambda: slow)
    again = export(notebook(*cells), home=("index.html", "All"))
    assert str(BeautifulSoup(fast, "html.parser")) == str(BeautifulSoup(again, "html.parser"))
