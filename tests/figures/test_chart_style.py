"""Measured text, round numbers, and labels that keep apart."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rdlib.figures import chart_style as style
from rdlib.figures.chart_style import Box, Room


def test_text_is_broken_at_spaces_and_cut_with_a_sign():
    text = "a fairly long line of words that goes on"
    lines = style.wrap(text, 1.2, 10)
    assert " ".join(lines).startswith(text[:20])
    assert all(style.text_width(line, 10) <= 1.2 for line in lines)
    assert len(lines) <= 3
    assert style.wrap(text, 1.2, 10, most=2)[-1].endswith("…")
    assert style.wrap(text, 9, 10) == [text]


def test_a_word_wider_than_a_line_is_cut_and_numbers_stay_whole():
    assert all(style.text_width(line, 10) <= 1 for line in style.wrap("x" * 60, 1, 10, most=9))
    assert style.wrap("112\u2009000\u00a0students", 0.9, 10)[0].startswith("112\u2009000")


def test_what_a_user_typed_stands_on_one_line():
    assert style.tidy(" one\n two\x07\tthree ") == "one two three"


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(3, 8))
def test_marks_are_few_round_and_inside(low: float, width: float, most: int):
    marks = style.ticks(low, low + width, most)
    assert len(marks) <= 2 * most
    assert all(low - 1e-6 * width <= mark <= low + width + 1e-6 * width for mark in marks)
    assert all(a < b for a, b in pairwise(marks))


@given(st.lists(st.tuples(st.floats(0, 3), st.floats(0.1, 0.5)), min_size=1, max_size=6))
def test_labels_in_a_column_never_overlap(labels: list[tuple[float, float]]):
    wanted, heights = [w for w, _h in labels], [h for _w, h in labels]
    places = style.apart(wanted, heights, 0.0, 3.0)
    spans = sorted((place - h / 2, place + h / 2) for place, h in zip(places, heights, strict=True))
    assert all(a[1] <= b[0] + 1e-6 for a, b in pairwise(spans))
    assert spans[0][0] >= -1e-6
    assert spans[-1][1] <= 3 + 1e-6


def test_labels_that_have_room_stay_where_they_belong():
    assert style.apart([0.5, 1.5, 2.5], [0.3] * 3, 0, 3) == [0.5, 1.5, 2.5]
    assert style.apart([2.5, 0.5], [0.3] * 2, 0, 3) == [2.5, 0.5]


def test_a_label_keeps_off_lines_and_other_labels():
    room = Room(5, 3)
    room.draw_through([(0, 1.5), (5, 1.5)])
    first = room.place(2.5, 1.5, 1.0, 0.2)
    second = room.place(2.5, 1.5, 1.0, 0.2)
    assert first.bottom > 1.5
    assert second.top < 1.5
    assert room.place(2.5, 1.5, 1.0, 0.2).overlap(first) == 0
    assert Box(0, 0, 2, 2).overlap(Box(1, 1, 3, 3)) == 1


def test_a_label_stays_inside_the_plot():
    room = Room(5, 3)
    for x, y in ((0, 0), (5, 3), (0, 3), (5, 0)):
        box = room.place(x, y, 1.0, 0.2)
        assert box.left >= 0
        assert box.right <= 5
        assert box.bottom >= 0


def test_the_ends_of_a_range_are_as_fine_as_it_is_wide():
    assert style.rounded(1_234_567.8, None, 50_000) == "1\u2009234\u2009600"
    assert style.rounded(99.504, "%", 0.6) == "99.5%"
    assert style.rounded(12.345, "days", 4) == "12.3"


def test_a_long_unit_is_left_to_the_subtitle():
    assert style.written(8.1, "days") == "8.1\u00a0days"
    assert style.written(8.1, "deaths per 1 000 births") == "8.1"


def test_a_figure_carries_its_words_and_leaves_nothing_behind():
    import matplotlib as mpl
    from matplotlib import _pylab_helpers

    before = dict(mpl.rcParams)
    page = style.new_page("Title", "Subtitle", foot=["Source: none"], flag="Illustrative")
    html = style.figure_html(page.figure, label="<i>", alt='"quoted" <b>', caption=["One.", "Two & three."])
    assert 'alt="&quot;quoted&quot; &lt;b&gt;"' in html
    assert '<figcaption class="rd-key">One. Two &amp; three.</figcaption>' in html
    assert 'src="data:image/png;base64,' in html
    assert 'tabindex="0" role="region" aria-label="&lt;i&gt;"' in html  # where it scrolls, on a narrow screen
    assert f"min-width:{style.LEAST}px" in html
    assert dict(mpl.rcParams) == before
    assert not _pylab_helpers.Gcf.figs
    assert "<figcaption" not in style.figure_html(page.figure, label="x", alt="x", caption=[])


def test_a_page_grows_with_its_words():
    short = style.new_page("Title", "Subtitle", foot=["Source"])
    long = style.new_page("Title " * 30, "Subtitle " * 60, foot=["Source " * 60], flag="Illustrative")
    assert long.figure.get_figheight() > short.figure.get_figheight() + 0.5
    assert long.height == pytest.approx(short.height)
