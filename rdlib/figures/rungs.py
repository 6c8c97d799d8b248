"""Boxes in rungs, one above the other, joined by arrows: laid out so that nothing overlaps, and drawn as SVG.

Boxes stand in one to three columns. Lines run in the channels above, between and below the rows, and in the gaps beside
the columns, so that no line ever crosses a box. All lines to one box share a lane and run together; lines to different
boxes never lie on each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import attrs

from rdlib.figures.html import Html
from rdlib.figures.svg import Part, drawing, text_block, wrap

NARROW, WIDE = 720, 820  # how wide a drawing is; the narrow one fits a notebook beside its file list
LABEL = 144  # the column on the left that names the rungs
PAD = 12  # inside a box
_PANEL = 10  # from a box to the edge of its rung
_LANE = 8  # between lines that run side by side
_EXIT = 16  # how far from its middle a line that turns leaves a box, so that it never lies on a line that arrives
_HEAD = 8  # length of an arrow's head
_DETOUR = 60  # a layout may be so much higher for each row that a line need not pass
_WIDER = 200  # ... and so much, to keep it narrow


@attrs.frozen
class Text:
    """A stretch of text in a box: its size, the distance between its lines, its colour, and where it stands."""

    text: str
    size: float = 14
    leading: int = 19
    look: str = "rd-t"
    bold: bool = False
    above: int = 0
    bullet: str = ""
    indent: int = 0

    def lines(self, width: float) -> list[str]:
        """Return its lines in a box that leaves this width for text."""
        return wrap(self.text, width - self.indent, self.size, bold=self.bold)

    def height(self, width: float) -> int:
        """Return how high it is, with the space above it."""
        return self.above + self.leading * len(self.lines(width))


@attrs.frozen
class Box:
    """A box: its key, the text in it, and the key of the box that an arrow leads to."""

    key: int
    texts: tuple[Text, ...]
    leads_to: int | None = None

    def height(self, width: float) -> int:
        """Return how high it has to be at this width."""
        return 2 * PAD + sum(text.height(width - 2 * PAD) for text in self.texts)


@attrs.frozen
class Rung:
    """A rung.

    Attributes:
        label: what stands beside it on the left.
        boxes: its boxes.
        empty: what stands in it when it has none.
        line_above: whether a dashed line runs above it.
        dashed: whether it and its boxes have dashed edges.
    """

    label: tuple[Text, ...]
    boxes: tuple[Box, ...]
    empty: str
    line_above: bool = False
    dashed: bool = False

    @property
    def label_height(self) -> int:
        """How high its label is."""
        return sum(text.height(LABEL - PAD - 8) for text in self.label)


@attrs.frozen
class Spot:
    """Where a box stands: its row, its column, and whether it is the only one of its rung and takes the whole row."""

    row: int
    column: int
    alone: bool


@attrs.frozen
class Route:
    """An arrow from box to box, and the gap beside the columns by which it passes rows, where it has to pass any."""

    source: int
    target: int
    gap: int | None


@attrs.define(slots=False)
class Layout:
    """Where everything stands when the boxes are set in so many columns, in a drawing of this full width."""

    rungs: Sequence[Rung]
    columns: int
    full: int = NARROW

    @cached_property
    def rows(self) -> list[tuple[int, tuple[Box, ...]]]:
        """The rows from the top, each with the place of its rung; an empty rung has one row with nothing in it."""
        return [
            (place, rung.boxes[start : start + self.columns])
            for place, rung in enumerate(self.rungs)
            for start in range(0, max(len(rung.boxes), 1), self.columns)
        ]

    def rows_of(self, rung: int) -> list[int]:
        """Return the places of the rows of a rung."""
        return [row for row, (owner, _boxes) in enumerate(self.rows) if owner == rung]

    @cached_property
    def boxes(self) -> dict[int, Box]:
        """All boxes by their key."""
        return {box.key: box for _rung, boxes in self.rows for box in boxes}

    @cached_property
    def spots(self) -> dict[int, Spot]:
        """Where each box stands."""
        return {
            box.key: Spot(row, column, alone=len(self.rungs[rung].boxes) == 1)
            for row, (rung, boxes) in enumerate(self.rows)
            for column, box in enumerate(boxes)
        }

    @cached_property
    def routes(self) -> list[Route]:
        """All arrows."""
        return [
            Route(box.key, box.leads_to, self._gap(self.spots[box.key], self.spots[box.leads_to]))
            for box in self.boxes.values()
            if box.leads_to is not None
        ]

    def _gap(self, source: Spot, target: Spot) -> int | None:
        """The nearest gap by which a line can pass the rows between, from the channel above the one below the other."""
        if source.row == target.row + 1:
            return None
        up = target.row < source.row
        passed = range(target.row + 1, source.row) if up else range(source.row, target.row + 1)
        blocked = any(len(self.rungs[self.rows[row][0]].boxes) == 1 for row in passed)
        gaps = (0, self.columns) if blocked else range(self.columns + 1)
        ends = [self.columns / 2 if spot.alone else spot.column + 0.5 for spot in (source, target)]
        return min(gaps, key=lambda gap: sum(abs(gap - end) for end in ends))

    @cached_property
    def _channel_lanes(self) -> list[list[int]]:
        """For each channel (one above each row, one below the last), the boxes that lines in it lead to."""
        lanes: list[set[int]] = [set() for _channel in range(len(self.rows) + 1)]
        for route in self.routes:
            lanes[self.spots[route.source].row].add(route.target)
            lanes[self.spots[route.target].row + 1].add(route.target)
        return [sorted(each, key=lambda key: (self.spots[key].column, key)) for each in lanes]

    @cached_property
    def _gap_lanes(self) -> list[list[int]]:
        lanes: list[set[int]] = [set() for _gap in range(self.columns + 1)]
        for route in self.routes:
            if route.gap is not None:
                lanes[route.gap].add(route.target)
        return [sorted(each) for each in lanes]

    @cached_property
    def _gap_widths(self) -> list[int]:
        return [20 + _LANE * len(lanes) if lanes else 14 for lanes in self._gap_lanes]

    @cached_property
    def column_width(self) -> float:
        """How wide a column is."""
        return (self.full - LABEL - sum(self._gap_widths)) / self.columns

    def column_left(self, column: int) -> float:
        """Return the left edge of a column."""
        return LABEL + sum(self._gap_widths[: column + 1]) + column * self.column_width

    def left(self, key: int) -> float:
        """Return the left edge of a box."""
        spot = self.spots[key]
        return self.column_left(0 if spot.alone else spot.column)

    def width(self, key: int) -> float:
        """Return the width of a box."""
        if not self.spots[key].alone:
            return self.column_width
        return self.column_left(self.columns - 1) + self.column_width - self.column_left(0)

    def _middle(self, key: int) -> float:
        return self.left(key) + self.width(key) / 2

    @cached_property
    def row_heights(self) -> list[int]:
        """How high each row is; the last row of a rung is stretched where the label needs it."""
        heights = [max((box.height(self.width(box.key)) for box in boxes), default=30) for _rung, boxes in self.rows]
        for place, rung in enumerate(self.rungs):
            mine = self.rows_of(place)
            taken = sum(heights[row] for row in mine) + sum(self.channel_heights[row] for row in mine[1:])
            heights[mine[-1]] += max(0, rung.label_height - taken)
        return heights

    @cached_property
    def channel_heights(self) -> list[int]:
        """How high each channel is: above each row, and below the last."""
        heights = []
        for place, lanes in enumerate(self._channel_lanes):
            edge = place in {0, len(self.rows)}
            inside = not edge and self.rows[place - 1][0] == self.rows[place][0]
            least = _PANEL + 1 if edge else (PAD if inside else 2 * _PANEL + PAD)
            heights.append(max(least, 42 + _LANE * (len(lanes) - 1)) if lanes else least)
        return heights

    def row_top(self, row: int) -> int:
        """Return the upper edge of a row; of the row after the last, the lower edge of the drawing."""
        return sum(self.channel_heights[: row + 1]) + sum(self.row_heights[:row])

    def top(self, key: int) -> int:
        """Return the upper edge of a box."""
        return self.row_top(self.spots[key].row)

    def bottom(self, key: int) -> int:
        """Return the lower edge of a box."""
        return self.top(key) + self.row_heights[self.spots[key].row]

    @cached_property
    def height(self) -> int:
        """How high the drawing is."""
        return sum(self.channel_heights) + sum(self.row_heights)

    @property
    def cost(self) -> int:
        """How far it is from a low drawing with short lines."""
        spots = self.spots
        passed = (abs(spots[r.source].row - 1 - spots[r.target].row) for r in self.routes if r.gap is not None)
        return self.height + _DETOUR * sum(passed) + (_WIDER if self.full == WIDE else 0)

    def _lane_y(self, channel: int, target: int) -> int:
        upper = self.row_top(channel) - self.channel_heights[channel]
        return upper + 22 + _LANE * self._channel_lanes[channel].index(target)

    def _lane_x(self, gap: int, target: int) -> float:
        lanes = self._gap_lanes[gap]
        middle = self.column_left(gap) - self._gap_widths[gap] / 2
        return middle + _LANE / 2 + _LANE * (lanes.index(target) - len(lanes) // 2)

    def points(self, route: Route) -> list[tuple[float, float]]:
        """Return the corners of an arrow, from the upper edge of its source to the lower edge of its target."""
        source, target = self.spots[route.source], self.spots[route.target]
        end = self._middle(route.target), float(self.bottom(route.target))
        start, top = self._middle(route.source), float(self.top(route.source))
        if route.gap is None and abs(start - end[0]) < 1:
            return [(end[0], top), end]
        away = end[0] if route.gap is None else self._lane_x(route.gap, route.target)
        leave = start + (_EXIT if away > start else -_EXIT)
        first, last = self._lane_y(source.row, route.target), self._lane_y(target.row + 1, route.target)
        passing = [] if route.gap is None else [(away, float(first)), (away, float(last))]
        return [(leave, top), (leave, float(first)), *passing, (end[0], float(last)), end]


def best_layout(rungs: Sequence[Rung]) -> Layout:
    """Return the layout in one to three columns that gives the lowest drawing with the shortest detours."""
    most = max(len(rung.boxes) for rung in rungs)
    shapes = [(columns, full) for columns in range(1, min(most, 3) + 1) for full in (NARROW, WIDE)]
    return min((Layout(rungs, columns, full) for columns, full in shapes), key=lambda layout: layout.cost)


def _set(texts: Sequence[Text], x: float, top: int, width: float) -> str:
    parts = []
    for text in texts:
        first = top + text.above
        for lines, left in (([text.bullet] if text.bullet else [], x), (text.lines(width), x + text.indent)):
            parts.append(text_block(lines, left, first, text.size, text.leading, look=text.look, bold=text.bold))
        top += text.height(width)
    return "".join(parts)


def _panels(layout: Layout) -> Iterator[Part]:
    for place, rung in enumerate(layout.rungs):
        rows = layout.rows_of(place)
        first = layout.row_top(rows[0])
        top, bottom = first - _PANEL, layout.row_top(rows[-1]) + layout.row_heights[rows[-1]] + _PANEL
        edge = ' stroke="#7B8794" stroke-width="1.5" stroke-dasharray="6 4"' if rung.dashed else ""
        panel = (
            f'<rect class="rd-panel{" rd-loose" if rung.dashed else ""}" fill="#F3F5F7"{edge} x="1" y="{top}"'
            f' width="{layout.full - 2}" height="{bottom - top}" rx="8"/>'
        )
        yield Part(panel, top - 1, bottom + 1)
        yield Part(_set(rung.label, PAD, first, LABEL - PAD - 8), first, first + rung.label_height)
        if not rung.boxes:
            empty = Text(rung.empty, look="rd-q")
            yield Part(_set([empty], layout.column_left(0), first, layout.column_width), first, bottom)
        if rung.line_above:
            line = (
                f'<line class="rd-border" x1="0" x2="{layout.full}" y1="{top}" y2="{top}" stroke="#1F2933"'
                ' stroke-width="2" stroke-dasharray="8 5"/>'
            )
            yield Part(line, top - 1, top + 1)


def _arrows(layout: Layout) -> Iterator[Part]:
    heads = []
    for route in layout.routes:
        points = layout.points(route)
        (x, y), ys = points[-1], [point[1] for point in points]
        path = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in [*points[:-1], (x, y + _HEAD - 1)])
        line = f'<path class="rd-arrow" d="{path}" fill="none" stroke="#1D4E89" stroke-width="1.5"/>'
        yield Part(line, min(ys), max(ys))
        head = f'<path class="rd-head" fill="#1D4E89" d="M{x:.1f} {y:.1f}l{-_HEAD / 2:g} {_HEAD}h{_HEAD}z"/>'
        heads.append(Part(head, y, y + _HEAD))
    yield from heads


def _boxes(layout: Layout) -> Iterator[Part]:
    for key, box in layout.boxes.items():
        dashed = layout.rungs[layout.rows[layout.spots[key].row][0]].dashed
        look = 'class="rd-box"' if not dashed else 'class="rd-box rd-loose" stroke-dasharray="6 4"'
        x, y, width, bottom = layout.left(key), layout.top(key), layout.width(key), layout.bottom(key)
        rect = (
            f'<rect {look} fill="#FFFFFF" stroke="#1F2933" stroke-width="1.5" x="{x:.1f}" y="{y}"'
            f' width="{width:.1f}" height="{bottom - y}" rx="8"/>'
        )
        yield Part(rect + _set(box.texts, x + PAD, y + PAD, width - 2 * PAD), y - 1, bottom + 1)


def _cuts(layout: Layout) -> list[int]:
    """Where a drawing that is higher than a page may be cut: above each row, where only upright lines run."""
    between = [layout.row_top(row) - min(15, layout.channel_heights[row] // 2) for row in range(1, len(layout.rows))]
    return [0, *between, layout.height]


def draw(layout: Layout, title: str, description: str) -> Html:
    """Return the drawing as SVG: one, or one below the other for each row where it is higher than a page of paper.

    Args:
        layout: the layout.
        title: what the drawing is.
        description: what it shows, in words.
    """
    parts = [*_panels(layout), *_arrows(layout), *_boxes(layout)]
    return drawing(parts, _cuts(layout), layout.full, title, description)
