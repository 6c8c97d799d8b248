"""The layout of boxes in rungs: nothing overlaps, no line crosses a box, no two lines run together."""

from __future__ import annotations

from itertools import combinations, pairwise, product
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rdlib.figures.rungs import LABEL, NARROW, WIDE, Box, Layout, Rung, Text, best_layout, draw

Segment = tuple[float, float, float, float]
LONG = "Les personnes qui ont besoin de soins d’urgence sont vues rapidement, quel que soit l’endroit où elles habitent"


def rung(*boxes: Box, label: str = "Outputs", dashed: bool = False) -> Rung:
    return Rung((Text(label),), boxes, "None yet", dashed=dashed)


def box(key: int, leads_to: int | None = None, text: str = "An outcome") -> Box:
    return Box(key, (Text(text, bold=True),), leads_to)


@st.composite
def ladders(draw: st.DrawFn) -> list[Rung]:
    """Rungs with any number of boxes and arrows from anywhere to anywhere: up, down, sideways, in circles."""
    sizes = draw(st.lists(st.integers(0, 6), min_size=1, max_size=4).filter(any))
    count = sum(sizes)
    keys = iter(range(count))
    rungs = []
    for size in sizes:
        boxes = []
        for key in (next(keys) for _n in range(size)):
            target = draw(st.sampled_from([None, *(other for other in range(count) if other != key)]))
            boxes.append(box(key, target, draw(st.sampled_from(["Short", LONG[:60], LONG]))))
        rungs.append(rung(*boxes, label=draw(st.sampled_from(["Outputs", LONG]))))
    return rungs


def rectangles(layout: Layout) -> dict[int, tuple[float, float, float, float]]:
    """Left, top, right, bottom of each box."""
    return {
        key: (layout.left(key), layout.top(key), layout.left(key) + layout.width(key), layout.bottom(key))
        for key in layout.boxes
    }


def segments(layout: Layout) -> dict[tuple[int, int], list[Segment]]:
    """The straight pieces of each arrow: left, top, right, bottom."""
    return {
        (route.source, route.target): [
            (min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in pairwise(layout.points(route))
        ]
        for route in layout.routes
    }


def assert_clear(layout: Layout) -> None:
    boxes = rectangles(layout)
    for (left, top, right, bottom), (left2, top2, right2, bottom2) in combinations(boxes.values(), 2):
        assert right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
    for left, top, right, bottom in boxes.values():
        assert left >= LABEL
        assert right <= layout.full - 8
        assert top >= 0
        assert bottom <= layout.height
    for pieces in segments(layout).values():
        for left, top, right, bottom in pieces:
            assert left == right or top == bottom
            assert left > LABEL
            assert right < layout.full
            assert top >= 0
            assert bottom <= layout.height
            for a, b, c, d in boxes.values():
                inside = left < c - 0.5 and right > a + 0.5 and top < d - 0.5 and bottom > b + 0.5
                assert not inside, "a line crosses a box"


def run_together(one: Segment, other: Segment) -> bool:
    """Whether two pieces lie on each other for more than a point."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return (wide > 1 and high >= -1) or (high > 1 and wide >= -1)


def assert_distinct(layout: Layout) -> None:
    """Lines that lead to different boxes cross at most: they never run on top of each other."""
    for (one, pieces), (other, pieces2) in combinations(segments(layout).items(), 2):
        if one[1] != other[1]:
            assert not any(run_together(a, b) for a, b in product(pieces, pieces2)), (one, other)


@settings(max_examples=150, deadline=None)
@given(ladders(), st.integers(1, 3), st.sampled_from([NARROW, WIDE]))
def test_nothing_overlaps_however_the_boxes_are_linked(rungs: list[Rung], columns: int, full: int):
    layout = Layout(rungs, columns, full)
    assert_clear(layout)
    assert_distinct(layout)


@settings(max_examples=60, deadline=None)
@given(ladders())
def test_arrows_start_and_end_at_the_edges_of_their_boxes(rungs: list[Rung]):
    layout = best_layout(rungs)
    for route in layout.routes:
        (start_x, start_y), *_others, (end_x, end_y) = layout.points(route)
        source, target = rectangles(layout)[route.source], rectangles(layout)[route.target]
        assert start_y == source[1]
        assert source[0] < start_x < source[2]
        assert end_y == target[3]
        assert target[0] < end_x < target[2]


@settings(max_examples=60, deadline=None)
@given(ladders())
def test_a_drawing_is_well_formed_and_holds_every_word(rungs: list[Rung]):
    layout = best_layout(rungs)
    html = draw(layout, "Title", "Description")
    root = ET.fromstring(f"<figure>{html}</figure>")
    words = "".join(root.itertext())
    assert all("".join(text.text.split()) in "".join(words.split()) for b in layout.boxes.values() for text in b.texts)
    heights = [float(svg.attrib["height"]) for svg in root]
    assert sum(heights) == layout.height


def test_a_box_is_as_high_as_its_text_needs():
    short, long = box(1, text="Short"), box(2, text=LONG)
    assert long.height(200) > long.height(400) > short.height(400) == short.height(200)


def test_boxes_below_one_parent_lead_straight_to_it():
    layout = best_layout([rung(box(0)), rung(box(1, 0), box(2, 0))])
    assert layout.columns == 2
    assert [route.gap for route in layout.routes] == [None, None]


def test_one_below_the_other_is_a_straight_line():
    layout = best_layout([rung(box(0)), rung(box(1, 0))])
    assert len(layout.points(layout.routes[0])) == 2


def test_a_line_past_a_row_runs_beside_it():
    layout = best_layout([rung(box(0)), rung(box(1)), rung(box(2, 0))])
    assert layout.routes[0].gap in {0, layout.columns}
    assert_clear(layout)


def test_a_long_label_makes_its_rung_higher():
    short, long = best_layout([rung(box(0))]), best_layout([rung(box(0), label=LONG)])
    assert long.bottom(0) - long.top(0) > short.bottom(0) - short.top(0)


@pytest.mark.parametrize("count", [3, 12])
def test_only_what_is_higher_than_a_page_is_cut_and_only_between_rows(count: int):
    layout = best_layout([rung(*(box(n, None if n == 0 else 0, text=LONG * 2) for n in range(count)))])
    drawings = ET.fromstring(f"<figure>{draw(layout, 'Title', 'Description')}</figure>")
    if layout.height <= 1100:
        assert len(drawings) == 1
        return
    tops = [int(svg.attrib["viewBox"].split()[1]) for svg in drawings]
    assert len(tops) == len(layout.rows)
    for cut in tops[1:]:
        assert not any(top <= cut <= bottom for _l, top, _r, bottom in rectangles(layout).values())
        for pieces in segments(layout).values():
            assert not any(top == bottom and abs(top - cut) < 2 for _l, top, _r, bottom in pieces)


def test_the_two_sizes_of_drawing_above_are_one_of_each_kind():
    heights = [best_layout([rung(*(box(n, text=LONG * 2) for n in range(count)))]).height for count in (3, 12)]
    assert heights[0] <= 1100 < heights[1]


def test_only_the_first_of_several_drawings_is_described():
    layout = best_layout([rung(*(box(n, text=LONG * 2) for n in range(12)))])
    first, *others = ET.fromstring(f"<figure>{draw(layout, 'Title <1>', 'Description')}</figure>")
    assert first.attrib["role"] == "img"
    assert [child.text for child in first][:2] == ["Title <1>", "Description"]
    assert all(svg.attrib["aria-hidden"] == "true" and "role" not in svg.attrib for svg in others)


def test_an_empty_rung_says_so():
    layout = best_layout([rung(), rung(box(1))])
    assert "None yet" in draw(layout, "Title", "Description")
