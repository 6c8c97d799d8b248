"""The building blocks of the static faces."""

import pytest

from rdlib.figures.html import (
    Html,
    Mark,
    badge,
    css,
    details,
    e,
    finding_list,
    inline,
    link,
    mark_of,
    not_attempted,
    page_style,
    paragraphs,
    section,
    table,
)
from rdlib.rules.findings import FindingKind, Severity
from tests.figures.faces import HOSTILE, assert_harmless, of, read, text_of

NO_SOURCE = FindingKind("R2-no-source", "2.1", Severity.MISSING, "No data source", why="Nobody can check it.")
THIN = FindingKind("R2-thin", "2.1", Severity.WEAK, "The reason says nothing", why="A yes alone is an opinion.")
GOOD = FindingKind("R2-smart", "2.2", Severity.GOOD, "SMART", why="All five hold.")


def test_everything_that_means_something_to_a_browser_is_made_plain():
    assert e("<&>\"'") == "&lt;&amp;&gt;&quot;&#x27;"


def test_text_that_cannot_stand_in_a_page_is_left_out_or_replaced():
    assert e("a\x00b\x1b\u202ec\ud800") == "abc\ufffd"
    assert e("é 中 \U0001f600\u00a0") == "é 中 \U0001f600\u00a0"


def test_an_empty_line_starts_a_paragraph_and_a_line_break_stays():
    assert paragraphs("one\r\ntwo\n \n\nthree") == "<p>one<br>two</p><p>three</p>"
    assert paragraphs("  ") == paragraphs(None) == ""


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " JavaScript:x", "java\nscript:x", "data:text/html,x", "", None]
)
def test_an_address_that_could_run_something_is_no_link(address: str | None):
    assert link("Waits", address) == "Waits"


@pytest.mark.parametrize(
    "address", ["waits.html", "#top", "../a/b.html?c=1&d=2", "https://example.org/a", "mailto:a@b.c"]
)
def test_other_addresses_are_links(address: str):
    assert of(link("Waits", address), "a")[0].attributes["href"] == address


# --- tables ---


def test_a_table_has_a_caption_and_scopes():
    html = table(["Region", "Waits (days)"], [["North", 12.5], ["South", None]], "Waits by region", numeric=[1])
    assert [c.text for c in of(html, "caption")] == ["Waits by region"]
    assert [(h.text, h.attributes["scope"]) for h in of(html, "th")] == [
        ("Region", "col"),
        ("Waits (days)", "col"),
        ("North", "row"),
        ("South", "row"),
    ]
    assert [c.text for c in of(html, "td")] == ["12.5", "not given"]


def test_only_columns_of_numbers_are_aligned_to_the_right():
    html = table(["Region", "Days"], [["North", 1.0]], "Waits", numeric=[1])
    cells = of(html, "td") + of(html, "th")
    assert [c.text for c in cells if c.attributes.get("class") == "rd-n"] == ["1", "Days"]
    assert [c.text for c in cells if c.attributes.get("style") == "text-align:left"] == ["Region", "North"]


def test_a_column_of_long_texts_gets_room_to_read_them():
    html = table(["A", "B"], [["x", "word " * 20], ["x", badge(3)]], "Texts", row_header=False)
    assert [c.attributes.get("class") for c in of(html, "td")] == [None, "rd-wide", None, None]


def test_a_table_lies_in_a_box_that_the_keyboard_reaches():
    box = next(d for d in of(table(["A"], [["b"]], 'The "best"'), "div") if d.attributes["class"] == "rd-scroll")
    assert box.attributes == {"class": "rd-scroll", "tabindex": "0", "role": "region", "aria-label": 'The "best"'}


def test_a_table_without_names_for_its_rows():
    html = table(["A", "B"], [["one", "two"]], "Two", row_header=False)
    assert [c.text for c in of(html, "td")] == ["one", "two"]


def test_cells_take_safe_fragments_as_they_are_and_nothing_else():
    html = table(["A", "B"], [[badge(1), "<b>x</b>\ny"]], "Cells", row_header=False)
    assert "&lt;b&gt;x&lt;/b&gt;<br>y" in html
    assert of(html, "span")


@pytest.mark.parametrize(("headers", "caption"), [(["A", " "], "Caption"), (["A", "B"], "")])
def test_a_table_needs_a_caption_and_headers(headers: list[str], caption: str):
    with pytest.raises(ValueError, match="needs a caption"):
        table(headers, [["1", "2"]], caption)


def test_a_row_with_a_cell_too_few_is_refused():
    with pytest.raises(ValueError, match="argument"):
        table(["A", "B"], [["1"]], "Caption")


# --- badges ---


@pytest.mark.parametrize(
    ("what", "shape", "word", "look"),
    [
        (1, "▲", "1\u00a0red", "rd-1"),
        (2, "◆", "2\u00a0amber-red", "rd-2"),
        (3, "◐", "3\u00a0amber-green", "rd-3"),
        (4, "●", "4\u00a0green", "rd-4"),
        (None, "–", "not rated", "rd-0"),
        (Severity.MISSING, "▲", "missing", "rd-1"),
        (Severity.WEAK, "◆", "weak", "rd-2"),
        (Severity.NOTE, "◐", "note", "rd-3"),
        (Severity.GOOD, "●", "good", "rd-4"),
        (Mark("–", "no data", 0), "–", "no data", "rd-0"),
    ],
)
def test_a_badge_is_shape_and_word_and_colour(what: Mark | Severity | int | None, shape: str, word: str, look: str):
    outer, inner = of(badge(what), "span")
    assert outer.text == f"{shape}\u00a0{word}"
    assert (outer.attributes["class"] or "").split()[-1] == look
    assert inner.attributes == {"aria-hidden": "true"}
    assert inner.text == shape


@pytest.mark.parametrize("rating", [0, 5, -1])
def test_there_is_no_rating_beyond_the_four(rating: int):
    with pytest.raises(ValueError, match="1, 2, 3 or 4"):
        mark_of(rating)


# --- findings ---


def test_findings_stand_worst_first_with_all_that_they_say():
    findings = [
        GOOD.at("a", "It holds."),
        NO_SOURCE.at("b", "No source for waits.", "Name one."),
        THIN.at("c", "It says only yes.", "Say how."),
    ]
    html = finding_list(findings, paths={"b": "Waits › Data sources"})
    text = text_of(html)
    assert text.index("No data source") < text.index("The reason says nothing") < text.index("SMART")
    for words in (
        "▲\u00a0missing",
        "No source for waits.",
        "Nobody can check it.",
        "Name one.",
        "Waits › Data sources",
    ):
        assert words in text
    assert text.startswith("▲\u00a01\u00a0missing ◆\u00a01\u00a0weak ●\u00a01\u00a0good")


def test_findings_of_one_kind_say_once_why_it_matters():
    findings = [NO_SOURCE.at("a", "No source for waits."), NO_SOURCE.at("b", "No source for beds.")]
    text = text_of(finding_list(findings))
    assert text.count("Nobody can check it.") == 1
    assert "No data source (2)" in text
    assert "No source for waits." in text
    assert "No source for beds." in text


def test_findings_that_ask_for_the_same_ask_once_and_the_same_of_two_places_is_one():
    found = [NO_SOURCE.at("a", "None for waits.", "Name one."), NO_SOURCE.at("b", "None for beds.", "Name one.")]
    assert text_of(finding_list(found)).count("Name one.") == 1
    same = [NO_SOURCE.at("a", "None at all.", "Name one."), NO_SOURCE.at("b", "None at all.", "Name one.")]
    text = text_of(finding_list(same, paths={"a": "Waits", "b": "Beds"}))
    assert "Waits; Beds" in text
    assert "▲\u00a01\u00a0missing" in text


def test_what_is_good_has_no_next_step_and_needs_no_reason_to_matter():
    text = text_of(finding_list([GOOD.at("a", "It holds.")]))
    assert "Next step" not in text
    assert "Why it matters" not in text
    assert "SMART: It holds." in text


def test_no_findings_are_said_in_one_line():
    assert [p.tag for p in read(finding_list([]))] == ["p"]
    assert "nothing" in text_of(finding_list([]))


def test_what_was_not_attempted_is_a_line_of_its_own():
    html = not_attempted("Levels <and> commitment")
    assert text_of(html) == "Levels <and> commitment –\u00a0not attempted yet"


# --- the rest ---


def test_details_and_sections():
    assert details("A hint", "<p>Look.</p>") == (
        '<details class="rd rd-details"><summary>A hint</summary><p>Look.</p></details>'
    )
    html = section("three-m", "Fit to steer by?", "<p>Yes.</p>", level=3)
    assert of(html, "section")[0].attributes["aria-labelledby"] == of(html, "h3")[0].attributes["id"]


def test_a_template_engine_takes_a_fragment_as_it_is():
    from jinja2 import Environment

    assert Environment(autoescape=True).from_string("{{ a }}{{ b }}").render(a=Html("<p>"), b="<p>") == "<p>&lt;p&gt;"


def test_the_stylesheet_stays_inside_its_element():
    assert "</" not in css()
    assert page_style() == f"<style>{css()}</style>"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing(text: str):
    kind = FindingKind(text, text, Severity.WEAK, text, why=text)
    parts = [
        inline(text),
        paragraphs(text),
        link(text, text),
        table([text], [[text]], text),
        badge(Mark(text, text, 1)),
        finding_list([kind.at(text, text, text), kind.at(text, text, text)], paths={text: text}),
        not_attempted(text),
        details(text, ""),
        section(text, text, ""),
    ]
    for part in parts:
        assert_harmless(part)
    assert e(text).count("<") == 0
