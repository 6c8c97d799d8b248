"""The layered drawing (tools 5.2 and 8.2): nothing covers anything, every line is drawn, and few of them cross."""

from __future__ import annotations

import math
import random
import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rdlib.figures.layered import Box, Edge, Layout, Node, Route, _graph, _pooled, lay_out

FAST = settings(max_examples=80, deadline=None)


@st.composite
def graphs(draw: st.DrawFn, most: int = 22) -> tuple[list[Node], list[Edge]]:
    """Boxes in up to six columns, and lines in any direction between them."""
    sizes = draw(st.lists(st.tuples(st.integers(0, 5), st.integers(60, 180), st.integers(36, 150)), max_size=most))
    nodes = [Node(f"n{n}", column, width, height) for n, (column, width, height) in enumerate(sizes)]
    if not nodes:
        return nodes, []
    end = st.integers(0, len(nodes) - 1)
    pairs = draw(st.lists(st.tuples(end, end), max_size=2 * len(nodes)))
    return nodes, [Edge(f"e{k}", f"n{a}", f"n{b}") for k, (a, b) in enumerate(pairs)]


def inside(route: Route, box: Box) -> bool:
    """Say whether a line runs through a box."""
    return any(
        box.left + 0.5 < x < box.right - 0.5 and box.top + 0.5 < y < box.bottom - 0.5 for x, y in route.points(24)
    )


def on_edge(point: tuple[float, float], box: Box) -> bool:
    """Say whether a point lies on the edge of a box."""
    x, y = point
    across = box.left - 0.1 <= x <= box.right + 0.1 and box.top - 0.1 <= y <= box.bottom + 0.1
    return across and (
        min(abs(x - box.left), abs(x - box.right)) < 0.1 or min(abs(y - box.top), abs(y - box.bottom)) < 0.1
    )


def given_crossings(nodes: list[Node], edges: list[Edge]) -> int:
    """How often lines would cross if everything kept the order in which it was given."""
    graph = _graph(nodes, edges, max(node.column for node in nodes) + 1)
    return graph.crossings(graph.columns)


@FAST
@given(graph=graphs())
def test_boxes_stand_apart_in_their_columns(graph: tuple[list[Node], list[Edge]]):
    nodes, edges = graph
    layout = lay_out(nodes, edges, gap=20)
    assert set(layout.boxes) == {node.id for node in nodes}
    for node in nodes:
        box = layout.boxes[node.id]
        left, right = layout.columns[node.column]
        assert [box.left, box.right] == pytest.approx([left, right])
        assert box.width >= node.width
        assert box.height >= node.height
        assert box.top >= -0.01
        assert box.bottom <= layout.height + 0.01
    for a, b in combinations(nodes, 2):
        one, other = layout.boxes[a.id], layout.boxes[b.id]
        assert not one.meets(other)
        if a.column == b.column:
            assert max(one.top, other.top) - min(one.bottom, other.bottom) >= 20 - 0.01
    for (_left, right), (left, _right) in zip(layout.columns, layout.columns[1:], strict=False):
        assert left - right >= 50


@FAST
@given(graph=graphs())
def test_every_line_leads_from_edge_to_edge_and_through_no_box(graph: tuple[list[Node], list[Edge]]):
    nodes, edges = graph
    layout = lay_out(nodes, edges)
    assert list(layout.routes) == [edge.id for edge in edges]
    for edge in edges:
        route = layout.routes[edge.id]
        assert on_edge(route.start, layout.boxes[edge.source])
        assert on_edge(route.end, layout.boxes[edge.target])
        assert max(map(abs, route.heading)) == pytest.approx(1)
        for (_a, _b, _c, end), (start, *_rest) in zip(route.curves, route.curves[1:], strict=False):
            assert end == start
        assert not any(inside(route, box) for box in layout.boxes.values())
        assert all(x <= layout.width + 0.01 for x, _y in route.points())


@FAST
@given(graph=graphs())
def test_lines_cross_no_more_often_than_in_the_order_given(graph: tuple[list[Node], list[Edge]]):
    nodes, edges = graph
    if nodes:
        assert lay_out(nodes, edges).crossings <= given_crossings(nodes, edges)


@FAST
@given(graph=graphs())
def test_the_same_input_gives_the_same_drawing(graph: tuple[list[Node], list[Edge]]):
    assert lay_out(*graph) == lay_out(*graph)


@given(
    rows=st.lists(st.tuples(st.floats(-500, 500), st.floats(0.1, 9), st.floats(1, 80)), min_size=1, max_size=12),
    shift=st.floats(-3, 3),
)
def test_heights_keep_their_distance_and_are_the_nearest_that_do(rows: list[tuple[float, float, float]], shift: float):
    wanted, weights, apart = (list(values) for values in zip(*rows, strict=True))
    found = _pooled(wanted, weights, apart[1:])

    def cost(heights: list[float]) -> float:
        return math.fsum(w * abs(h - a) * abs(h - a) for h, a, w in zip(heights, wanted, weights, strict=True))

    for a, b, least in zip(found, found[1:], apart[1:], strict=False):
        assert b - a >= least - 1e-6
    assert cost(found) <= cost([height + shift for height in found]) + 1e-6


def tree(depth: int, width: int) -> tuple[list[Node], list[Edge]]:
    """A tree in which every box that is no leaf has as many children as it is wide, its rows out of order."""
    nodes, edges, before = [Node("t", 0, 90, 40)], [], ["t"]
    for column in range(1, depth):
        names = [f"{parent}{n}" for n in range(width) for parent in before]
        nodes += [Node(name, column, 90, 40) for name in names]
        edges += [Edge(f"{name[:-1]}>{name}", name[:-1], name) for name in names]
        before = names
    return nodes, edges


def test_a_tree_is_drawn_with_no_crossing():
    nodes, edges = tree(5, 2)
    assert given_crossings(nodes, edges) > 0
    layout = lay_out(nodes, edges)
    assert layout.crossings == 0
    for parent in (node.id for node in nodes if node.column < 4):  # a box stands between its children
        tops = [layout.boxes[f"{parent}{n}"].middle[1] for n in range(2)]
        assert min(tops) < layout.boxes[parent].middle[1] < max(tops)


def test_a_line_that_skips_a_column_passes_between_its_boxes():
    nodes = [Node("a", 0, 90, 40), *(Node(f"b{n}", 1, 90, 40) for n in range(4)), Node("c", 2, 90, 40)]
    edges = [Edge(f"{n}", "a", f"b{n}") for n in range(4)] + [Edge("skip", "a", "c")]
    layout = lay_out(nodes, edges)
    left, right = layout.columns[1]
    passing = {round(y, 3) for x, y in layout.routes["skip"].points() if left <= x <= right}
    assert len(passing) == 1, "it runs level through the column"
    assert not any(inside(layout.routes["skip"], box) for box in layout.boxes.values())


def test_a_line_back_arrives_from_the_right_and_one_between_neighbours_runs_straight():
    nodes = [Node("a", 0, 90, 40), Node("b", 1, 90, 40), Node("c", 1, 90, 40)]
    layout = lay_out(
        nodes, [Edge("on", "a", "b"), Edge("back", "b", "a"), Edge("down", "b", "c"), Edge("self", "c", "c")]
    )
    assert layout.routes["on"].heading == pytest.approx((1, 0))
    assert layout.routes["back"].heading == pytest.approx((-1, 0))
    start, end = layout.routes["down"].start, layout.routes["down"].end
    assert start[0] == end[0]
    assert layout.routes["self"].end[0] == layout.boxes["c"].right


def test_two_lines_between_the_same_boxes_do_not_lie_on_each_other():
    nodes = [Node("a", 0, 90, 60), Node("b", 1, 90, 60), Node("c", 1, 90, 60)]
    pairs = {"one": ("a", "b"), "two": ("a", "b"), "three": ("b", "c"), "four": ("c", "b")}
    layout = lay_out(nodes, [Edge(id_, *ends) for id_, ends in pairs.items()])
    assert abs(layout.routes["one"].start[1] - layout.routes["two"].start[1]) >= 6
    assert abs(layout.routes["three"].start[0] - layout.routes["four"].start[0]) >= 6


def test_an_empty_drawing_and_wrong_input():
    assert lay_out([], []) == Layout({}, {}, (), 0.0, 0.0, 0)
    assert len(lay_out([Node("a", 0, 90, 40)], [], columns=3).columns) == 3
    with pytest.raises(ValueError, match="an id of its own"):
        lay_out([Node("a", 0, 90, 40), Node("a", 0, 90, 40)], [])
    with pytest.raises(ValueError, match="from 0"):
        lay_out([Node("a", -1, 90, 40)], [])
    with pytest.raises(KeyError, match="not there"):
        lay_out([Node("a", 0, 90, 40)], [Edge("e", "a", "b")])


def test_sixty_boxes_take_a_moment():
    chance = random.Random(5)
    nodes = [Node(f"n{n}", n // 10, 150, 80) for n in range(60)]
    edges = []
    for n in range(90):
        a = chance.randrange(50)
        edges.append(Edge(f"e{n}", f"n{a}", f"n{chance.randrange((a // 10 + 1) * 10, min(60, (a // 10 + 3) * 10))}"))
    times = []
    for _round in range(3):
        start = time.process_time()
        layout = lay_out(nodes, edges)
        times.append(time.process_time() - start)
    assert min(times) < 0.25, "0.05 s on the machine it was written on"
    assert layout.crossings < given_crossings(nodes, edges) / 3
