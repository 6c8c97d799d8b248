"""The results ladder of a priority: from what the work produces to the change it is for (Rule 2, tool 2.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import attrs

from rdlib.figures.html import Html, details, e, inline, not_attempted, scroll_box, table
from rdlib.figures.records import target_words
from rdlib.figures.svg import text_block, wrap
from rdlib.plan.indicator import COMMITMENTS, Indicator
from rdlib.plan.plan import Plan
from rdlib.plan.priority import LEVELS, Outcome, Priority
from rdlib.rules.architecture import indicators_of, loose_indicators, name_of
from rdlib.words import _, format_date

WIDTH = 820
_LABEL = 150  # the column on the left that names the rungs
_PAD = 12  # inside a box
_PANEL = 10  # from a box to the edge of its rung
_LANE = 8  # between lines that run side by side
_EXIT = 16  # how far from its middle a line that turns leaves a box, so that it never lies on a line that arrives
_HEAD = 8  # length of an arrow's head


@attrs.frozen
class _Text:
    """A stretch of text in a box."""

    text: str
    size: float = 14
    leading: float = 19
    look: str = "rd-t"
    bold: bool = False
    above: float = 0
    indent: float = 0

    def lines(self, width: float) -> list[str]:
        return wrap(self.text, width - self.indent, self.size, bold=self.bold)


@attrs.frozen
class _Box:
    """An outcome, or the indicators that have none; ``key`` is its place among all boxes."""

    key: int
    texts: tuple[_Text, ...]
    leads_to: int | None = None

    def height(self, width: float) -> float:
        inside = width - 2 * _PAD
        return 2 * _PAD + sum(t.above + t.leading * len(t.lines(inside)) for t in self.texts)


@attrs.frozen
class _Rung:
    """One rung: its name, a note below the name, and its boxes."""

    title: str
    note: str
    boxes: tuple[_Box, ...]
    mandate: bool = False
    placed: bool = True

    def label(self) -> tuple[_Text, ...]:
        return (
            _Text(self.title, size=14, leading=19, bold=True),
            _Text(self.note, size=13, leading=18, look="rd-q", above=4),
        )


def _target(indicator: Indicator) -> str:
    words = target_words(indicator)
    if words is None:
        return _("No target yet")
    commitment = next((c.label.lower() for c in COMMITMENTS if c.value == indicator.target.commitment), None)
    if commitment:
        return _("Target ({commitment}): {target}").format(commitment=commitment, target=words)
    return _("Target: {target}").format(target=words)


def _indicator_texts(indicators: Sequence[Indicator]) -> Iterator[_Text]:
    for indicator in indicators:
        yield _Text(f"•\u00a0{(indicator.name or '').strip() or indicator.id}", above=6)
        yield _Text(_target(indicator), look="rd-q", above=1, indent=12)
    if not indicators:
        yield _Text(_("No indicator yet"), look="rd-q", above=6)


def _unclear_link(outcome: Outcome, priority: Priority) -> str | None:
    """Say why the link of an outcome cannot be drawn, where it cannot."""
    if not outcome.leads_to:
        return None
    if outcome.leads_to == outcome.id:
        return _("It is said to lead to itself.")
    if priority.outcome(outcome.leads_to) is None:
        return _("It leads to “{name}”, which is not among the outcomes.").format(name=outcome.leads_to)
    return None


def _outcome_box(key: int, outcome: Outcome, priority: Priority) -> _Box:
    texts = [_Text(name_of(outcome), size=15, leading=21, bold=True)]
    texts += _indicator_texts(indicators_of(outcome, priority))
    if unclear := _unclear_link(outcome, priority):
        texts.append(_Text(unclear, look="rd-q", above=6))
    leads_to = None
    if outcome.leads_to and not unclear:
        leads_to = next(n for n, other in enumerate(priority.outcomes) if other.id == outcome.leads_to)
    return _Box(key, tuple(texts), leads_to)


def _rungs(priority: Priority, plan: Plan) -> list[_Rung]:
    mandate = (
        _("Due before the mandate ends on {day}").format(day=format_date(plan.mandate_end))
        if plan.mandate_end
        else _("Due inside the mandate; its end is not given in the plan")
    )
    notes = {
        "long-term": _("May lie beyond the mandate"),
        "shorter-term": mandate,
        "output": _("What the work itself produces"),
    }
    titles = {
        "long-term": _("Long-term outcomes"),
        "shorter-term": _("Shorter-term outcomes"),
        "output": _("Outputs"),
    }
    boxes = [_outcome_box(n, outcome, priority) for n, outcome in enumerate(priority.outcomes)]
    rungs: list[_Rung] = []
    for choice in LEVELS:
        level = choice.value
        here = [box for box in boxes if priority.outcomes[box.key].level == level]
        above = [box.key for box in rungs[-1].boxes] if rungs else []
        here.sort(key=lambda box: above.index(box.leads_to) if box.leads_to in above else len(above))
        is_shorter = level == "shorter-term"
        rungs.append(_Rung(titles[level], notes[level], tuple(here), mandate=is_shorter and bool(plan.mandate_end)))
    unplaced = [box for box in boxes if priority.outcomes[box.key].level not in titles]
    if loose := loose_indicators(priority):
        heading = _Text(_("Indicators that speak for no outcome"), size=15, leading=21, bold=True)
        unplaced.append(_Box(len(boxes), (heading, *_indicator_texts(loose))))
    if unplaced:
        rungs.append(_Rung(_("Not placed yet"), _("Choose a level for it"), tuple(unplaced), placed=False))
    return rungs


@attrs.frozen
class _Spot:
    """Where a box stands: its row, its column, and whether it is the only one and takes the whole row."""

    row: int
    column: int
    alone: bool


@attrs.frozen
class _Route:
    """How a line runs: up from the channel above its source, along a gap between columns where it has to pass rows."""

    source: int
    target: int
    gap: int | None


@attrs.define(slots=False)
class _Layout:
    """Where everything stands when the boxes are set in so many columns.

    Lines run in the channels above, between and below the rows, and in the gaps beside the columns, never over a box.
    All lines to one outcome share a lane and run together; lines to different outcomes never lie on each other.
    """

    rungs: list[_Rung]
    columns: int

    @cached_property
    def rows(self) -> list[tuple[int, tuple[_Box, ...]]]:
        """The rows from the top, each with the place of its rung; an empty rung has one row with nothing in it."""
        found: list[tuple[int, tuple[_Box, ...]]] = []
        for place, rung in enumerate(self.rungs):
            for start in range(0, max(len(rung.boxes), 1), self.columns):
                found.append((place, rung.boxes[start : start + self.columns]))
        return found

    @cached_property
    def boxes(self) -> dict[int, _Box]:
        return {box.key: box for _rung, boxes in self.rows for box in boxes}

    @cached_property
    def spots(self) -> dict[int, _Spot]:
        return {
            box.key: _Spot(row, column, alone=len(self.rungs[rung].boxes) == 1)
            for row, (rung, boxes) in enumerate(self.rows)
            for column, box in enumerate(boxes)
        }

    @cached_property
    def routes(self) -> list[_Route]:
        found = []
        for box in self.boxes.values():
            if box.leads_to is not None:
                found.append(_Route(box.key, box.leads_to, self._gap(self.spots[box.key], self.spots[box.leads_to])))
        return found

    def _gap(self, source: _Spot, target: _Spot) -> int | None:
        """The gap by which a line passes the rows between, the nearest that is free; None where it passes none."""
        if source.row == target.row + 1:
            return None
        low, high = sorted((source.row - 1, target.row + 1)) if target.row < source.row else (source.row, target.row)
        blocked = any(len(self.rungs[self.rows[row][0]].boxes) == 1 for row in range(low, high + 1))
        gaps = (0, self.columns) if blocked else range(self.columns + 1)
        ends = [self.columns / 2 if spot.alone else spot.column + 0.5 for spot in (source, target)]
        return min(gaps, key=lambda gap: sum(abs(gap - end) for end in ends))

    @cached_property
    def _channel_lanes(self) -> list[list[int]]:
        lanes: list[set[int]] = [set() for _row in range(len(self.rows) + 1)]
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
    def _gap_widths(self) -> list[float]:
        return [20 + _LANE * len(lanes) if lanes else 14 for lanes in self._gap_lanes]

    @cached_property
    def column_width(self) -> float:
        return (WIDTH - _LABEL - sum(self._gap_widths)) / self.columns

    def _column_left(self, column: int) -> float:
        return _LABEL + sum(self._gap_widths[: column + 1]) + column * self.column_width

    def left(self, key: int) -> float:
        spot = self.spots[key]
        return self._column_left(0 if spot.alone else spot.column)

    def width(self, key: int) -> float:
        if not self.spots[key].alone:
            return self.column_width
        return self._column_left(self.columns - 1) + self.column_width - self._column_left(0)

    def middle(self, key: int) -> float:
        return self.left(key) + self.width(key) / 2

    @cached_property
    def row_heights(self) -> list[float]:
        heights = [max((box.height(self.width(box.key)) for box in boxes), default=30.0) for _rung, boxes in self.rows]
        for place, rung in enumerate(self.rungs):
            mine = [n for n, (owner, _boxes) in enumerate(self.rows) if owner == place]
            inside = _LABEL - _PAD - 8
            label = sum(t.above + t.leading * len(t.lines(inside)) for t in rung.label())
            between = sum(self.channel_heights[n] for n in mine[1:])
            heights[mine[-1]] += max(0.0, label - between - sum(heights[n] for n in mine))
        return heights

    @cached_property
    def channel_heights(self) -> list[float]:
        heights = []
        for place, lanes in enumerate(self._channel_lanes):
            edge = place in {0, len(self.rows)}
            same = not edge and self.rows[place - 1][0] == self.rows[place][0]
            least = _PANEL + 1.0 if edge else (_PAD if same else 2 * _PANEL + _PAD)
            heights.append(max(least, 42.0 + _LANE * (len(lanes) - 1)) if lanes else least)
        return heights

    def row_top(self, row: int) -> float:
        return sum(self.channel_heights[: row + 1]) + sum(self.row_heights[:row])

    def top(self, key: int) -> float:
        return self.row_top(self.spots[key].row)

    def bottom(self, key: int) -> float:
        return self.top(key) + self.row_heights[self.spots[key].row]

    @cached_property
    def height(self) -> float:
        return sum(self.channel_heights) + sum(self.row_heights)

    def _lane_y(self, channel: int, target: int) -> float:
        upper = self.row_top(channel) - self.channel_heights[channel]
        return upper + 22 + _LANE * self._channel_lanes[channel].index(target)

    def _lane_x(self, gap: int, target: int) -> float:
        lanes = self._gap_lanes[gap]
        left = self._column_left(gap) - self._gap_widths[gap]
        return left + self._gap_widths[gap] / 2 + _LANE / 2 + _LANE * (lanes.index(target) - len(lanes) // 2)

    def points(self, route: _Route) -> list[tuple[float, float]]:
        """The corners of a line, from the upper edge of its source to the lower edge of its target."""
        source, target = self.spots[route.source], self.spots[route.target]
        end = self.middle(route.target), self.bottom(route.target)
        start = self.middle(route.source)
        if route.gap is None and abs(start - end[0]) < 1:
            return [(end[0], self.top(route.source)), end]
        away = end[0] if route.gap is None else self._lane_x(route.gap, route.target)
        leave = start + (_EXIT if away > start else -_EXIT)
        corners = [(leave, self.top(route.source)), (leave, self._lane_y(source.row, route.target))]
        arrive = self._lane_y(target.row + 1, route.target)
        if route.gap is not None:
            corners += [(away, self._lane_y(source.row, route.target)), (away, arrive)]
        return [*corners, (end[0], arrive), end]


def _best(rungs: list[_Rung]) -> _Layout:
    """Return the layout with the fewest columns among those that are about as low as can be."""
    most = max(len(rung.boxes) for rung in rungs)
    layouts = [_Layout(rungs, columns) for columns in range(1, min(most, 3) + 1)]
    lowest = min(layout.height for layout in layouts)
    return next(layout for layout in layouts if layout.height <= 1.08 * lowest)


def _set(texts: Sequence[_Text], x: float, top: float, width: float) -> str:
    parts = []
    for text in texts:
        lines = text.lines(width)
        top += text.above
        parts.append(text_block(lines, x + text.indent, top, text.size, text.leading, look=text.look, bold=text.bold))
        top += text.leading * len(lines)
    return "".join(parts)


def _panels(layout: _Layout) -> str:
    parts = []
    for place, rung in enumerate(layout.rungs):
        mine = [n for n, (owner, _boxes) in enumerate(layout.rows) if owner == place]
        top = layout.row_top(mine[0])
        bottom = layout.row_top(mine[-1]) + layout.row_heights[mine[-1]]
        dashed = "" if rung.placed else ' stroke="#7B8794" stroke-width="1.5" stroke-dasharray="6 4"'
        parts.append(
            f'<rect class="rd-panel" fill="#F3F5F7"{dashed} x="1" y="{top - _PANEL:.1f}" width="{WIDTH - 2}"'
            f' height="{bottom - top + 2 * _PANEL:.1f}" rx="8"/>'
        )
        parts.append(_set(rung.label(), _PAD, top, _LABEL - _PAD - 8))
        if not rung.boxes:
            none = _Text(_("None yet"), look="rd-q")
            parts.append(_set([none], layout._column_left(0), top, layout.column_width))
        if rung.mandate:
            y = top - _PANEL
            parts.append(
                f'<line class="rd-mandate" x1="0" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="#1F2933"'
                ' stroke-width="2" stroke-dasharray="8 5"/>'
            )
    return "".join(parts)


def _lines(layout: _Layout) -> str:
    lines, heads = [], []
    for route in layout.routes:
        points = layout.points(route)
        x, y = points[-1]
        path = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in [*points[:-1], (x, y + _HEAD - 1)])
        lines.append(f'<path class="rd-arrow" d="{path}" fill="none" stroke="#1D4E89" stroke-width="1.5"/>')
        heads.append(f'<path class="rd-head" fill="#1D4E89" d="M{x:.1f} {y:.1f}l{-_HEAD / 2:g} {_HEAD}h{_HEAD}z"/>')
    return "".join(lines + heads)


def _boxes(layout: _Layout) -> str:
    parts = []
    for key, box in layout.boxes.items():
        placed = layout.rungs[layout.rows[layout.spots[key].row][0]].placed
        look = 'class="rd-box" stroke="#1F2933"' if placed else 'class="rd-box-loose" stroke="#7B8794"'
        dashed = "" if placed else ' stroke-dasharray="6 4"'
        x, y, width = layout.left(key), layout.top(key), layout.width(key)
        parts.append(
            f'<rect {look} fill="#FFFFFF" stroke-width="1.5"{dashed} x="{x:.1f}" y="{y:.1f}" width="{width:.1f}"'
            f' height="{layout.bottom(key) - y:.1f}" rx="8"/>'
        )
        parts.append(_set(box.texts, x + _PAD, y + _PAD, width - 2 * _PAD))
    return "".join(parts)


def _rows_in_words(priority: Priority) -> list[tuple[str, str, str, str]]:
    """The ladder as rows of a table: level, outcome, its indicators and targets, what it leads to."""
    levels = {choice.value: choice.label for choice in LEVELS}
    order = [*levels, None]
    rows = []
    ranked = sorted(priority.outcomes, key=lambda o: order.index(o.level if o.level in levels else None))
    for outcome in ranked:
        found = [f"{(i.name or '').strip() or i.id}. {_target(i)}" for i in indicators_of(outcome, priority)]
        linked = priority.outcome(outcome.leads_to)
        leads = _unclear_link(outcome, priority) or (name_of(linked) if linked else "–")
        level = levels.get(outcome.level or "", _("Not placed yet"))
        rows.append((level, name_of(outcome), "\n".join(found) or _("No indicator yet"), leads))
    loose = [f"{(i.name or '').strip() or i.id}. {_target(i)}" for i in loose_indicators(priority)]
    if loose:
        rows.append((_("Not placed yet"), _("Indicators that speak for no outcome"), "\n".join(loose), "–"))
    return rows


def ladder(priority: Priority, plan: Plan) -> Html:
    """Return the results ladder of a priority: a drawing, and the same as a table on request.

    Outputs stand at the bottom, long-term outcomes at the top; arrows show what leads to what; the end of the mandate
    is a dashed line above the shorter-term outcomes. What has no level yet stands below, in a rung of its own.

    Args:
        priority: the priority.
        plan: its plan, for the end of the mandate.

    Source: Rule 2, tool 2.3.

    >>> html = ladder(Priority(id="waits", outcomes=(Outcome(id="o1", statement="Seen quickly"),)), Plan())
    >>> "Not placed yet" in html
    True
    """
    title = _("Results ladder")
    if not priority.outcomes and not priority.indicators:
        return not_attempted(title)
    name = f"{title}: {priority.title.strip()}" if priority.title and priority.title.strip() else title
    layout = _best(_rungs(priority, plan))
    rows = _rows_in_words(priority)
    says = " ".join(
        _("{level}: {outcome} ({indicators}). Leads to: {leads}.").format(
            level=level, outcome=outcome, indicators=indicators.replace("\n", "; "), leads=leads
        )
        for level, outcome, indicators, leads in rows
    )
    drawing = (
        f'<svg class="rd-svg" xmlns="http://www.w3.org/2000/svg" role="img" width="{WIDTH}"'
        f' height="{layout.height:.0f}" viewBox="0 0 {WIDTH} {layout.height:.0f}"'
        " font-family=\"system-ui, 'DejaVu Sans', sans-serif\">"
        f"<title>{e(name)}</title><desc>{e(says)}</desc>"
        f'<rect class="rd-ground" fill="#FFFFFF" width="{WIDTH}" height="{layout.height:.0f}"/>'
        f"{_panels(layout)}{_lines(layout)}{_boxes(layout)}</svg>"
    )
    key = _("Arrows lead from an outcome to the one it makes more likely.")
    if plan.mandate_end:
        key += " " + _("Dashed line: the mandate ends on {day}.").format(day=format_date(plan.mandate_end))
    headers = [_("Level"), _("Outcome"), _("Indicators and targets"), _("Leads to")]
    # Where JupyterLab takes a drawing out of a notebook it does not trust yet, the loose words of it are not shown.
    drawn = f'<div class="rd-drawing" style="font-size:0">{drawing}</div>'
    return Html(
        f'<figure class="rd rd-figure"><figcaption class="rd-caption">{inline(name)}'
        f'<p class="rd-key">{e(key)}</p></figcaption>{scroll_box(name, drawn)}'
        f"{details(_('The same as a table'), table(headers, rows, name, row_header=False))}</figure>"
    )
