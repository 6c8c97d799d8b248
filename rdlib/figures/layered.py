"""A layered drawing: boxes in columns, lines between them that cross little and run through no box.

The columns are given (the levels of a delivery chain, the depths of a tree). What is worked out here is the order in
each column, the height at which each box stands, and the way of each line. A line that skips a column gets a lane of
its own through it, so it passes between the boxes there. The same input always gives the same drawing.

The method is that of Sugiyama, Tagawa and Toda (1981): a place for every line in every column that it passes, sweeps
that put each thing at the median of its neighbours, swaps of two that stand together, and then heights that make lines
as straight as the distances allow (least squares with a minimum distance, solved by pooling).
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import attrs

_SWEEPS = 12
_SETTLINGS = 10
_LANE = 10.0  # what a line takes of a column that it passes
_LANE_GAP = 6.0  # from a lane to what stands next to it
_PORT = 16.0  # the widest distance between two lines at a box
_PORT_EDGE = 9.0  # from the corner of a box to the first line
_LEAST_PORT = 6.0  # a box is made higher where its lines would stand closer than this
_MOST_GROWN = 260.0
_STRAIGHT = 9.0  # two ends that are this close in height are made level
_BULGE = 14.0  # how far a line between two boxes of one column leaves it, at least
_GAPS = (54.0, 112.0)  # between two columns: with few lines, with many
_PULL = {0: 1.0, 1: 3.0, 2: 8.0}  # how much a line wants to be straight, by how many of its ends lie in a lane
_HOME = 0.6  # how much a box wants to stand at half the height of the drawing, which keeps it low; not in a tree

Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]


@attrs.frozen
class Node:
    """A box to be placed.

    Attributes:
        id: its id.
        column: its column, counted from 0 at the left.
        width: the width that it needs; all boxes of a column are drawn as wide as the widest.
        height: the height that it needs; a box at which many lines end may be drawn higher.
    """

    id: str
    column: int
    width: float
    height: float


@attrs.frozen
class Edge:
    """A line to be drawn from one box to another.

    Attributes:
        id: its id.
        source: the box that it leaves.
        target: the box at which it arrives.
    """

    id: str
    source: str
    target: str


@attrs.frozen
class Box:
    """Where a box stands: left, top, width, height."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    @property
    def middle(self) -> Point:
        """Its middle."""
        return self.left + self.width / 2, self.top + self.height / 2

    def meets(self, other: Box) -> bool:
        """Say whether the two overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@attrs.frozen
class Route:
    """The way of a line: curves, each from where the one before it ends."""

    curves: tuple[Curve, ...]

    @property
    def start(self) -> Point:
        """Where it leaves."""
        return self.curves[0][0]

    @property
    def end(self) -> Point:
        """Where it arrives."""
        return self.curves[-1][3]

    @property
    def heading(self) -> Point:
        """The direction in which it arrives, along x and along y."""
        before, end = self.curves[-1][2], self.end
        x, y = end[0] - before[0], end[1] - before[1]
        long = max(abs(x), abs(y)) or 1.0
        return x / long, y / long

    def points(self, steps: int = 12) -> list[Point]:
        """Return points along the way, in order."""
        return [self.start, *(_on(curve, n / steps) for curve in self.curves for n in range(1, steps + 1))]

    def at(self, share: float) -> Point:
        """Return the point at a share (0 to 1) of the way."""
        along = min(max(share, 0.0), 1.0) * len(self.curves)
        place = min(int(along), len(self.curves) - 1)
        return _on(self.curves[place], along - place)

    def shortened(self, by: float) -> Route:
        """Return the same way, ending a little before its end, so that the head of an arrow has room."""
        *first, (a, b, c, d) = self.curves
        x, y = self.heading
        return Route((*first, (a, b, (c[0] - x * by, c[1] - y * by), (d[0] - x * by, d[1] - y * by))))


@attrs.frozen
class Layout:
    """Where everything is.

    Attributes:
        boxes: the box of each node, by its id.
        routes: the way of each line, by its id.
        columns: left and right edge of each column.
        width: how wide it all is.
        height: how high it all is.
        crossings: how often lines that lead from column to column cross.
    """

    boxes: Mapping[str, Box]
    routes: Mapping[str, Route]
    columns: tuple[tuple[float, float], ...]
    width: float
    height: float
    crossings: int


def _on(curve: Curve, t: float) -> Point:
    a, b, c, d = curve
    s = 1 - t
    k = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
    return (
        k[0] * a[0] + k[1] * b[0] + k[2] * c[0] + k[3] * d[0],
        k[0] * a[1] + k[1] * b[1] + k[2] * c[1] + k[3] * d[1],
    )


# --- order in the columns ----------------------------------------------------------------------------------------


@attrs.define
class _Graph:
    """Boxes and lanes as numbers, column by column.

    Attributes:
        columns: what stands in each column, as it was given.
        left: for each thing, its neighbours in the column to the left.
        right: for each thing, its neighbours in the column to the right.
        beside: for each thing, its neighbours in its own column.
        lanes: for each line, its lanes from left to right.
        real: how many of the things are boxes; the others are lanes.
    """

    columns: list[list[int]]
    left: list[list[int]]
    right: list[list[int]]
    beside: list[list[int]]
    lanes: dict[str, list[int]]
    real: int

    def places(self, order: Sequence[Sequence[int]]) -> list[int]:
        """Return the place of each thing in its column."""
        place = [0] * len(self.left)
        for column in order:
            for n, thing in enumerate(column):
                place[thing] = n
        return place

    def crossings(self, order: Sequence[Sequence[int]]) -> int:
        """Count how often lines between neighbouring columns cross."""
        place = self.places(order)
        count = 0
        for column in order:
            seen: list[int] = []
            for thing in column:
                ends = sorted(place[other] for other in self.right[thing])
                count += sum(len(seen) - bisect_left(seen, end + 1) for end in ends)
                for end in ends:
                    insort(seen, end)
        return count

    def apart(self, order: Sequence[Sequence[int]]) -> int:
        """Return how far boxes of one column that are linked stand apart, all together."""
        place = self.places(order)
        return sum(abs(place[a] - place[b]) - 1 for a, others in enumerate(self.beside) for b in others if a < b)


def _graph(nodes: Sequence[Node], edges: Sequence[Edge], count: int) -> _Graph:
    """Number the boxes and give every line that skips columns its lanes; lanes start at their line's height."""
    number = {node.id: n for n, node in enumerate(nodes)}
    columns: list[list[int]] = [[] for _n in range(count)]
    for n, node in enumerate(nodes):
        columns[node.column].append(n)
    share = {n: (place + 0.5) / len(column) for column in columns for place, n in enumerate(column)}
    left: list[list[int]] = [[] for _n in nodes]
    right: list[list[int]] = [[] for _n in nodes]
    beside: list[list[int]] = [[] for _n in nodes]
    lanes: dict[str, list[int]] = {}
    passing: list[list[tuple[float, int]]] = [[] for _n in range(count)]
    for edge in edges:
        ends = sorted((number[edge.source], number[edge.target]), key=lambda n: nodes[n].column)
        low, high = ends
        if nodes[low].column == nodes[high].column:
            if low != high:
                beside[low].append(high)
                beside[high].append(low)
            continue
        chain = [low]
        span = nodes[high].column - nodes[low].column
        for step in range(1, span):
            thing = len(left)
            left.append([])
            right.append([])
            beside.append([])
            between = share[low] + (share[high] - share[low]) * step / span
            passing[nodes[low].column + step].append((between, thing))
            chain.append(thing)
        chain.append(high)
        lanes[edge.id] = chain[1:-1]
        for a, b in pairwise(chain):
            right[a].append(b)
            left[b].append(a)
    for column, lying in zip(columns, passing, strict=True):
        heights = [(share[n], n) for n in column]
        column[:] = [thing for _height, thing in sorted([*heights, *lying], key=lambda pair: pair[0])]
    return _Graph(columns, left, right, beside, lanes, len(nodes))


def _median(values: list[int]) -> float:
    values.sort()
    middle = len(values) // 2
    if len(values) % 2:
        return float(values[middle])
    if len(values) == 2:
        return sum(values) / 2
    low, high = values[middle - 1] - values[0], values[-1] - values[middle]
    if low + high == 0:
        return (values[middle - 1] + values[middle]) / 2
    return (values[middle - 1] * high + values[middle] * low) / (low + high)


def _sweep(graph: _Graph, order: list[list[int]], *, forward: bool) -> None:
    """Put each thing at the median of its neighbours in the column before; the others keep their places."""
    near = graph.left if forward else graph.right
    columns = range(1, len(order)) if forward else range(len(order) - 2, -1, -1)
    place = graph.places(order)
    for column in columns:
        here = order[column]
        wanted = {thing: _median([place[other] for other in near[thing]]) for thing in here if near[thing]}
        moving = iter(sorted(wanted, key=lambda thing: (wanted[thing], place[thing])))
        order[column] = [next(moving) if thing in wanted else thing for thing in here]
        for n, thing in enumerate(order[column]):
            place[thing] = n


def _cost(graph: _Graph, place: Sequence[int], a: int, b: int) -> int:
    """Count the crossings between the lines of two neighbours when `a` stands above `b`."""
    count = 0
    for near in (graph.left, graph.right):
        below = sorted(place[other] for other in near[b])
        count += sum(bisect_left(below, place[other]) for other in near[a])
    return count


def _swap(graph: _Graph, order: list[list[int]]) -> None:
    """Swap neighbours for as long as that takes crossings away."""
    place = graph.places(order)
    better = True
    while better:
        better = False
        for column in order:
            for n in range(len(column) - 1):
                a, b = column[n], column[n + 1]
                if _cost(graph, place, b, a) < _cost(graph, place, a, b):
                    column[n], column[n + 1] = b, a
                    place[a], place[b] = n + 1, n
                    better = True


def _gather(graph: _Graph, order: list[list[int]]) -> None:
    """Bring boxes of one column that are linked next to each other where that makes no new crossing."""
    place = graph.places(order)
    for column in order:
        for _round in column:
            moved = False
            for n in range(len(column) - 1):
                a, b = column[n], column[n + 1]
                pull = sum(place[other] > n + 1 for other in graph.beside[a] if other != b)
                pull += sum(place[other] < n for other in graph.beside[b] if other != a)
                push = sum(place[other] < n for other in graph.beside[a] if other != b)
                push += sum(place[other] > n + 1 for other in graph.beside[b] if other != a)
                if pull > push and _cost(graph, place, b, a) <= _cost(graph, place, a, b):
                    column[n], column[n + 1] = b, a
                    place[a], place[b] = n + 1, n
                    moved = True
            if not moved:
                break


def _ordered(graph: _Graph) -> tuple[list[list[int]], int]:
    """Return the best order that the sweeps come by, and its crossings; never a worse one than was given."""
    best = [list(column) for column in graph.columns]
    merit = (graph.crossings(best), graph.apart(best))
    for forward in (True, False):
        order = [list(column) for column in graph.columns]
        idle = 0
        for sweep in range(_SWEEPS):
            _sweep(graph, order, forward=forward is (sweep % 2 == 0))
            _swap(graph, order)
            _gather(graph, order)
            found = graph.crossings(order), graph.apart(order)
            idle += 1
            if found < merit:
                best, merit, idle = [list(column) for column in order], found, 0
            if idle > 3 or merit == (0, 0):
                break
    return best, merit[0]


# --- heights -----------------------------------------------------------------------------------------------------


def _pooled(wanted: Sequence[float], weights: Sequence[float], apart: Sequence[float]) -> list[float]:
    """Return heights as near to the wanted ones as they can be when neighbours keep their distances.

    Least squares under order constraints, by pooling adjacent violators.

    Args:
        wanted: the wanted heights, from the top.
        weights: how much each of them matters.
        apart: the least distance from each to the next.
    """
    offsets = [0.0][: len(wanted)]
    for distance in apart:
        offsets.append(offsets[-1] + distance)
    pools: list[tuple[float, float, int]] = []  # mean, weight, count
    for want, weight, offset in zip(wanted, weights, offsets, strict=True):
        mean, total, count = want - offset, weight, 1
        while pools and pools[-1][0] > mean:
            before, heavy, many = pools.pop()
            mean = (before * heavy + mean * total) / (heavy + total)
            total, count = heavy + total, many + count
        pools.append((mean, total, count))
    means = [mean for mean, _total, count in pools for _n in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def _heights(graph: _Graph, order: Sequence[Sequence[int]], high: Sequence[float], gap: float) -> list[float]:
    """Return the height of the middle of each thing."""
    real = graph.real
    tree = not any(graph.beside) and all(len(near) < 2 for near in graph.left)
    apart = []
    for column in order:
        steps = []
        for a, b in pairwise(column):
            between = gap if a < real and b < real else _LANE_GAP
            steps.append((high[a] + high[b]) / 2 + between)
        apart.append(steps)
    y = [0.0] * len(graph.left)
    for column, steps in zip(order, apart, strict=True):
        total = sum(steps)
        at = -total / 2
        for thing, step in zip(column, [*steps, 0.0], strict=False):
            y[thing] = at
            at += step
    settle = _Settling(graph, order, apart, y, 0.0 if tree else _HOME)
    for turn in range(_SETTLINGS):
        forward = turn % 2 == 0
        both = turn >= _SETTLINGS - 4
        settle.sweep(forward=forward, left=both or forward, right=both or not forward)
    if tree:  # each box in the middle of those that follow from it
        settle.sweep(forward=False, left=False, right=True)
    return y


@attrs.define
class _Settling:
    """Moves things up and down, column after column, towards what they are tied to."""

    graph: _Graph
    order: Sequence[Sequence[int]]
    apart: Sequence[Sequence[float]]
    y: list[float]
    home: float

    def sweep(self, *, forward: bool, left: bool, right: bool) -> None:
        """Move the things of each column towards their neighbours on the left, on the right, or both."""
        graph, real = self.graph, self.graph.real
        for n in range(len(self.order)) if forward else range(len(self.order) - 1, -1, -1):
            wanted, weights = [], []
            for thing in self.order[n]:
                near = (graph.left[thing] if left else []) + (graph.right[thing] if right else [])
                pulls = [_PULL[(thing >= real) + (other >= real)] for other in near]
                total = sum(pulls) + (self.home if thing < real else 0.0)
                pulled = sum(self.y[other] * pull for other, pull in zip(near, pulls, strict=True))
                wanted.append(pulled / total if near else self.y[thing])
                weights.append(total or 0.05)
            for thing, height in zip(self.order[n], _pooled(wanted, weights, self.apart[n]), strict=True):
                self.y[thing] = height


# --- lines -------------------------------------------------------------------------------------------------------


@attrs.define
class _Ports:
    """Where lines meet the sides of boxes: sorted by where they go, so that they do not cross at the box."""

    boxes: Mapping[str, Box]
    ends: dict[tuple[str, str], list[tuple[float, int, str]]] = attrs.Factory(lambda: defaultdict(list))
    heights: dict[tuple[str, str, str], float] = attrs.Factory(dict)

    def add(self, box: str, side: str, towards: float, rank: int, edge: str) -> None:
        """Note that a line meets a side of a box and goes on to some height."""
        self.ends[box, side].append((towards, rank, edge))

    def settle(self) -> None:
        """Spread the ends of all lines over the sides that they meet."""
        for (name, side), ends in self.ends.items():
            box = self.boxes[name]
            ends.sort(key=lambda end: end[:2])
            room = max(box.height - 2 * _PORT_EDGE, 0.0)
            step = min(_PORT, room / (len(ends) - 1)) if len(ends) > 1 else 0.0
            first = box.middle[1] - step * (len(ends) - 1) / 2
            for n, (_towards, _rank, edge) in enumerate(ends):
                self.heights[name, side, edge] = first + step * n

    def level(self, a: tuple[str, str, str], b: tuple[str, str, str]) -> None:
        """Make a line straight whose ends are nearly level, where one of them has its side to itself."""
        one, other = self.heights[a], self.heights[b]
        if not 0 < abs(one - other) <= _STRAIGHT:
            return
        for moved, kept in ((a, other), (b, one)):
            box = self.boxes[moved[0]]
            if len(self.ends[moved[:2]]) == 1 and box.top + _PORT_EDGE <= kept <= box.bottom - _PORT_EDGE:
                self.heights[moved] = kept
                return

    def __getitem__(self, key: tuple[str, str, str]) -> float:
        """Return the height at which a line meets a side of a box."""
        return self.heights[key]


def _bend(start: Point, end: Point) -> Curve:
    """A curve from column to column that leaves and arrives level."""
    reach = (end[0] - start[0]) * 0.5
    return start, (start[0] + reach, start[1]), (end[0] - reach, end[1]), end


def _straight(start: Point, end: Point) -> Curve:
    third = ((end[0] - start[0]) / 3, (end[1] - start[1]) / 3)
    return start, (start[0] + third[0], start[1] + third[1]), (end[0] - third[0], end[1] - third[1]), end


def _turned(curves: Iterable[Curve]) -> tuple[Curve, ...]:
    """The same way from its end to its start."""
    return tuple((d, c, b, a) for a, b, c, d in reversed(list(curves)))


@attrs.define
class _Lines:
    """The ways of all lines, once the boxes and lanes have their places."""

    nodes: Mapping[str, Node]
    graph: _Graph
    boxes: Mapping[str, Box]
    y: Sequence[float]
    columns: Sequence[tuple[float, float]]
    order: Sequence[Sequence[int]]
    rooms: Sequence[float]
    shift: float

    def routes(self, edges: Sequence[Edge]) -> dict[str, Route]:
        """Return the way of each line."""
        ports = _Ports(self.boxes)
        neighbours = self._neighbours()
        across, within = [], []
        for rank, edge in enumerate(edges):
            a, b = self.nodes[edge.source], self.nodes[edge.target]
            if a.column != b.column:
                low, high = (a, b) if a.column < b.column else (b, a)
                heights = [self.y[lane] + self.shift for lane in self.graph.lanes[edge.id]]
                after, before = (heights[0], heights[-1]) if heights else (self._mid(high), self._mid(low))
                ports.add(low.id, "right", after, rank, edge.id)
                ports.add(high.id, "left", before, rank, edge.id)
                across.append((edge, low.id, high.id, heights))
                continue
            within.append(edge)
            if frozenset((a.id, b.id)) not in neighbours:
                for one, other in ((a, b), (b, a)):
                    ports.add(one.id, "right", self._mid(other), rank, edge.id if one is a else f"{edge.id}>")
        ports.settle()
        for edge, low_id, high_id, heights in across:
            if not heights:
                ports.level((low_id, "right", edge.id), (high_id, "left", edge.id))
        found = {edge.id: self._across(ports, edge, low, high, lanes) for edge, low, high, lanes in across}
        found |= self._within(within, neighbours, ports)
        return {edge.id: found[edge.id] for edge in edges}

    def _mid(self, node: Node) -> float:
        return self.boxes[node.id].middle[1]

    def _neighbours(self) -> set[frozenset[str]]:
        """Pairs of boxes of one column with nothing between them."""
        names = [node.id for node in self.nodes.values()]
        real = self.graph.real
        return {
            frozenset((names[a], names[b]))
            for column in self.order
            for a, b in pairwise(column)
            if a < real and b < real
        }

    def _across(self, ports: _Ports, edge: Edge, low: str, high: str, heights: Sequence[float]) -> Route:
        first = self.nodes[low].column
        at: Point = (self.boxes[low].right, ports[low, "right", edge.id])
        curves: list[Curve] = []
        for step, height in enumerate(heights, start=1):
            left, right = self.columns[first + step]
            curves += [_bend(at, (left, height)), _straight((left, height), (right, height))]
            at = (right, height)
        curves.append(_bend(at, (self.boxes[high].left, ports[high, "left", edge.id])))
        return Route(tuple(curves) if edge.source == low else _turned(curves))

    def _within(self, edges: Sequence[Edge], neighbours: set[frozenset[str]], ports: _Ports) -> dict[str, Route]:
        """Lines inside a column: straight between neighbours, else in a bow on the right."""
        found: dict[str, Route] = {}
        together: dict[frozenset[str], list[Edge]] = defaultdict(list)
        for edge in edges:
            together[frozenset((edge.source, edge.target))].append(edge)
        bows: dict[int, int] = defaultdict(int)
        for pair, several in together.items():
            for place, edge in enumerate(several):
                a, b = self.boxes[edge.source], self.boxes[edge.target]
                if edge.source == edge.target:
                    found[edge.id] = _loop(a, place)
                elif pair in neighbours:
                    step = min(28.0, (a.width - 24) / len(several))
                    x = a.middle[0] + (place - (len(several) - 1) / 2) * step
                    down = a.top < b.top
                    start, end = ((x, a.bottom), (x, b.top)) if down else ((x, a.top), (x, b.bottom))
                    found[edge.id] = Route((_straight(start, end),))
                else:
                    column = self.nodes[edge.source].column
                    out = min(_BULGE + 7 * bows[column], self.rooms[column])
                    bows[column] += 1
                    reach = out * 4 / 3
                    start = (a.right, ports[edge.source, "right", edge.id])
                    end = (b.right, ports[edge.target, "right", f"{edge.id}>"])
                    found[edge.id] = Route(((start, (start[0] + reach, start[1]), (end[0] + reach, end[1]), end),))
        return found


def _loop(box: Box, place: int) -> Route:
    """A line from a box to itself, at its upper right corner."""
    out = _BULGE + 4 * place
    start, end = (box.right, box.top + 8.0), (box.right, box.top + min(26.0, box.height - 6))
    reach = out * 4 / 3
    return Route(((start, (start[0] + reach, start[1] - 4), (end[0] + reach, end[1] + 4), end),))


# --- all together ------------------------------------------------------------------------------------------------


def _grown(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[float]:
    """Return the height of each box, higher where more lines meet one of its sides than fit on it."""
    column = {node.id: node.column for node in nodes}
    meeting: dict[tuple[str, bool], int] = defaultdict(int)
    for edge in edges:
        a, b = column[edge.source], column[edge.target]
        meeting[edge.source, a <= b] += 1
        meeting[edge.target, b <= a] += 1
    heights = []
    for node in nodes:
        lines = max(meeting[node.id, True], meeting[node.id, False])
        heights.append(max(node.height, min(2 * _PORT_EDGE + _LEAST_PORT * (lines - 1), _MOST_GROWN)))
    return heights


def _gaps(nodes: Sequence[Node], edges: Sequence[Edge], count: int, between: float) -> list[float]:
    """Return the room to the right of each column: more where many lines pass or turn."""
    column = {node.id: node.column for node in nodes}
    passing, turning = [0] * count, [0] * count
    for edge in edges:
        low, high = sorted((column[edge.source], column[edge.target]))
        if low == high:
            turning[low] += 1
        for n in range(low, high):
            passing[n] += 1
    least, most = max(between, _GAPS[0]), max(between, _GAPS[1])
    gaps = [min(most, least + 2.5 * max(0, lines - 4) + 8 * turn) for lines, turn in zip(passing, turning, strict=True)]
    gaps[-1] = min(most / 2, _BULGE + 12 + 8 * turning[-1]) if turning[-1] else 0.0
    return gaps


def lay_out(
    nodes: Sequence[Node], edges: Sequence[Edge], *, gap: float = 26.0, between: float = 0.0, columns: int = 0
) -> Layout:
    """Place boxes in their columns and lead lines between them.

    Lines may lead to the right, to the left, to a box of the same column and to the box that they come from; several
    may lead between the same two boxes.

    Args:
        nodes: the boxes; in each column they keep their order where it makes no difference.
        edges: the lines.
        gap: the least distance between two boxes of a column.
        between: the least distance between two columns between which lines run.
        columns: how many columns there are, when there may be empty ones behind the last box.

    Raises:
        KeyError: a line leads to a box that is not there.
        ValueError: two boxes, or two lines, have the same id, or a column is less than 0.

    >>> layout = lay_out([Node("a", 0, 80, 40), Node("b", 1, 80, 40)], [Edge("e", "a", "b")])
    >>> layout.boxes["b"].left > layout.boxes["a"].right, layout.crossings
    (True, 0)
    """
    known = {node.id: node for node in nodes}
    if len(known) != len(nodes) or len({edge.id for edge in edges}) != len(edges):
        raise ValueError("every box and every line needs an id of its own")
    if any(node.column < 0 for node in nodes):
        raise ValueError("columns are counted from 0")
    for edge in edges:
        if edge.source not in known or edge.target not in known:
            raise KeyError(f"the line {edge.id} leads to a box that is not there")
    count = max([columns, *(node.column + 1 for node in nodes)])
    if not count:
        return Layout({}, {}, (), 0.0, 0.0, 0)
    graph = _graph(nodes, edges, count)
    order, crossings = _ordered(graph)
    high = [*_grown(nodes, edges), *[_LANE] * (len(graph.left) - len(nodes))]
    y = _heights(graph, order, high, gap)
    top = min((y[n] - high[n] / 2 for column in order for n in column), default=0.0)
    bottom = max((y[n] + high[n] / 2 for column in order for n in column), default=0.0)
    gaps = _gaps(nodes, edges, count, between)
    widths = [max((node.width for node in nodes if node.column == n), default=0.0) for n in range(count)]
    spans, left = [], 0.0
    for width, room in zip(widths, gaps, strict=True):
        spans.append((left, left + width))
        left += width + room
    boxes = {
        node.id: Box(spans[node.column][0], y[n] - high[n] / 2 - top, widths[node.column], high[n])
        for n, node in enumerate(nodes)
    }
    rooms = [room * 0.6 for room in gaps]
    lines = _Lines(known, graph, boxes, y, spans, order, rooms, -top)
    return Layout(boxes, lines.routes(edges), tuple(spans), left, bottom - top, crossings)
