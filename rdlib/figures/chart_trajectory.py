"""The chart of a trajectory: history, what each strategy adds, the target, the gap that is left, the range (tool 5.5).

A value that moves and stays is drawn as areas stacked by strategy, from what it would be without them. Amounts that are
added up to a total are drawn as columns, one a period, with the total as a line. What is computed, and how ranges are
brought together, stands in :mod:`rdlib.rules.r05_trajectory`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import attrs

from rdlib.figures import chart_style as style
from rdlib.figures.chart_style import Page
from rdlib.figures.chart_time import time_ticks
from rdlib.figures.html import Html
from rdlib.plan.plan import Plan
from rdlib.plan.values import Period, format_when, number
from rdlib.rules import trend
from rdlib.rules.headline import gap_words
from rdlib.rules.r02_smart import is_share
from rdlib.rules.r05_estimates import ROUNDING
from rdlib.rules.r05_trajectory import NoPath, Trajectory
from rdlib.words import _, format_date

_DASHES = (0, (5, 3))
_GUTTER = 2.05  # inches for the labels beside the plot
_RIGHT = 0.3  # inches between the end of the path and the edge of the plot, for the range and the gap

#: The fills of the strategies, from the bottom up, with the colour of their words: they differ in lightness, for grey.
_FILLS = (
    ("#9DB8D6", "#1D4E89"),
    ("#D9CBE3", "#7B4B94"),
    ("#8FBFA9", "#25775D"),
    ("#E9D3B5", "#7A4A0C"),
    ("#A9B4BE", "#3E4C59"),
    ("#D5E5EE", "#245A78"),
)


def fill_of(place: int) -> tuple[str, str]:
    """Return the fill of a strategy by its place from the bottom, and the colour of its words."""
    return _FILLS[place % len(_FILLS)]


@attrs.frozen
class _Facts:
    """Everything that the chart shows."""

    path: Trajectory
    as_of: date
    illustrative: bool

    @property
    def unit(self) -> str | None:
        return self.path.indicator.unit

    @property
    def name(self) -> str:
        return style.tidy(self.path.indicator.name or "") or _("Indicator without a name")

    @property
    def history(self) -> list[tuple[Period, float]]:
        """The measured values, as far back as the path looks ahead."""
        start, due = self.path.start[0], self.path.periods[-1].end
        first = start - (due - start) * 0.8 if not self.columns else _before(self.path)[0]
        found = trend.whole_series(self.path.indicator)
        return [(p, v) for p, v in found if p.end <= self.as_of and first <= p.end <= due]

    @property
    def steps(self) -> list[tuple[Period, float]]:
        """The intermediate targets, in the order of time."""
        found = ((s.when, number(s.value)) for s in self.path.indicator.trajectory)
        return sorted(((w, v) for w, v in found if w and v is not None), key=lambda pair: pair[0].end)

    @property
    def ends(self) -> list[float]:
        goal = self.path.goal
        return sorted({end for end in (goal.low, goal.high) if end is not None})

    @property
    def edge(self) -> float | None:
        return min(self.ends, key=lambda end: abs(end - self.path.end), default=None)

    @property
    def falls_short(self) -> bool:
        gap = self.path.gap
        return gap is not None and gap > ROUNDING * (self.path.needed or 0.0)

    @property
    def columns(self) -> bool:
        return self.path.adds_up

    def words(self, value: float) -> str:
        return style.written(_fine(value, self.path), self.unit)


def _fine(value: float, path: Trajectory) -> float:
    """Round a computed value to what the way from start to end makes sensible."""
    return round(value, path.decimals)


def trajectory_chart(path: Trajectory | NoPath, *, as_of: date, plan: Plan) -> Html:
    """Draw the path of an indicator, summed from what each strategy adds.

    Args:
        path: the computed path, or why there is none.
        as_of: the day of the report; values measured later are not shown.
        plan: the plan, for whether its figures are made up.

    Returns:
        a ``<figure>`` with the picture, its alternative text and a caption, or a line that says what is missing.

    >>> print(trajectory_chart(NoPath("nothing was entered"), as_of=date(2018, 1, 1), plan=Plan()))
    <p class="rd rd-empty">No chart yet. The path cannot be computed: nothing was entered.</p>
    """
    if isinstance(path, NoPath):
        return style.missing_html(_("The path cannot be computed: {reason}.").format(reason=path.reason))
    made_up = any(each.effect.illustrative for part in path.parts for each in part.estimates)
    facts = _Facts(path, as_of, made_up or path.indicator.data_illustrative is True)
    page = _draw(facts)
    label = _("Trajectory: {name}").format(name=facts.name)
    return style.figure_html(page.figure, label=label, alt=_alternative(facts), caption=_caption(facts))


def _draw(facts: _Facts) -> Page:
    gutter = _gutter_labels(facts)
    low, high = _bounds(facts)
    marks = style.ticks(low, high)
    left = max(style.text_width(style.tick_words(mark, facts.unit), style.TICK_SIZE) for mark in marks) + 0.1
    widths = [style.text_width(line, style.LABEL_SIZE, bold=each.bold) for each in gutter for line in each.lines]
    page = style.new_page(
        title(facts.path),
        _subtitle(facts),
        foot=_foot(facts),
        flag=_("Illustrative: values made up to practise with") if facts.illustrative else None,
        height=3.6,
        left=left,
        right=max(widths, default=0.2) + 0.14,
    )
    path, due = facts.path, facts.path.periods[-1].end
    first = min([path.start[0], *(when.end for when, _value in facts.history)])
    if facts.columns:
        first = _before(path)[0]
    days = due.toordinal() - first.toordinal()
    spare = days * _RIGHT / (page.width - _RIGHT)
    page.plot.set_xlim(first.toordinal() - 0.02 * days, due.toordinal() + spare)
    page.plot.set_ylim(low, high)
    style.level_ticks(page, marks, facts.unit)
    if facts.columns:
        _draw_columns(page, facts)
    else:
        time_ticks(page, list(path.periods) if path.months == 12 else [])
        _draw_areas(page, facts)
    _draw_target(page, facts)
    _draw_steps(page, facts)
    _draw_measured(page, facts)
    _draw_range(page, facts)
    _write_gutter(page, gutter)
    _label_inside(page, facts)
    return page


def _bounds(facts: _Facts) -> tuple[float, float]:
    path = facts.path
    firm = [path.start[1], *path.path, *path.without, *facts.ends, *path.together[-1]]
    firm += [v for _w, v in facts.history] + [v for _w, v in facts.steps]
    if facts.columns:
        firm.append(0.0)
    low, high = min(firm), max(firm)
    room = 0.07 * ((high - low) or max(abs(high) * 0.1, 1.0))
    bottom = low if facts.columns and low == 0.0 else low - room
    if is_share(path.indicator):
        return max(bottom, -0.03 * (high - low)), min(high + room, max(high, 100 + 0.03 * (high - low)))
    return bottom, high + room


def _stacked(path: Trajectory) -> list[list[float]]:
    """Return the edges between the strategies at the start and the end of each period, the lowest first."""
    edges = [[path.start[1], *path.without]]
    for part in path.parts:
        below = edges[-1]
        added = [0.0, *(amount.middle for amount in part.amounts)]
        edges.append([base + path.sign * more for base, more in zip(below, added, strict=True)])
    return edges


def _days(path: Trajectory) -> list[int]:
    return [path.start[0].toordinal(), *(period.end.toordinal() for period in path.periods)]


def _draw_areas(page: Page, facts: _Facts) -> None:
    path = facts.path
    days, edges = _days(path), _stacked(facts.path)
    for place, (below, above) in enumerate(pairwise(edges)):
        page.plot.fill_between(
            days, below, above, facecolor=fill_of(place)[0], edgecolor="white", linewidth=0.8, zorder=2
        )
    page.plot.plot(days, edges[0], color=style.QUIET, linewidth=1.1, linestyle=(0, (1, 2)), zorder=3)
    page.plot.plot(days, edges[-1], color=style.TEXT, linewidth=1.5, zorder=4)
    for low_or_high in (0, 1):
        values = [path.start[1], *(pair[low_or_high] for pair in path.together)]
        page.plot.plot(days, values, color=style.QUIET, linewidth=0.9, linestyle=(0, (4, 2, 1, 2)), zorder=3)
        page.follow(list(zip(map(float, days), values, strict=True)))
    page.follow(list(zip(map(float, days), edges[-1], strict=True)))
    page.follow(list(zip(map(float, days), edges[0], strict=True)))


def _draw_columns(page: Page, facts: _Facts) -> None:
    """Draw what was counted before as a column, and what is added in each period as one that stands on the last."""
    path = facts.path
    before = _before(path)
    if path.start[1]:
        left, right = (each.toordinal() for each in before)
        page.plot.bar(
            [(left + right) / 2], [path.start[1]], width=0.86 * (right - left), color="#F0F2F5",
            edgecolor=style.QUIET, linewidth=1.0, hatch="///", zorder=2,
        )  # fmt: skip
        page.follow([(left, path.start[1]), (right, path.start[1])])
        x, y = page.inches(left + 0.07 * (right - left), path.start[1])
        page.write(x, y + 0.11, facts.words(path.start[1]), size=style.LABEL_SIZE, color=style.TEXT, halo=True)
        _name_column(page, left, right, _("before"))
    days, edges = _days(path), _stacked(path)
    for n, period in enumerate(path.periods):
        left, right = period.start.toordinal(), period.end.toordinal()
        base = edges[-1][n]
        for place, part in enumerate(path.parts):
            more = path.sign * (part.amounts[n].middle - (part.amounts[n - 1].middle if n else 0.0))
            page.plot.bar(
                [(left + right) / 2], [more], width=0.86 * (right - left), bottom=base, color=fill_of(place)[0],
                edgecolor="white", linewidth=0.8, zorder=2,
            )  # fmt: skip
            base += more
        for eighth in range(9):  # labels keep off the whole column
            level = edges[-1][n] + (base - edges[-1][n]) * eighth / 8
            page.follow([(left, level), (right, level)])
        x, y = page.inches(left + 0.07 * (right - left), base)
        words = _signed(_fine(edges[-1][n + 1] - edges[-1][n], path), None)
        page.write(x, y + 0.11, words, size=style.LABEL_SIZE, color=style.TEXT, halo=True)
        page.room.boxes.append(style.Box(x, y, x + style.text_width(words, style.LABEL_SIZE), y + 0.22))
        _name_column(page, left, right, format_when(period))
    page.plot.plot(days, edges[-1], color=style.TEXT, linewidth=1.5, marker="o", markersize=4, zorder=4)
    page.follow(list(zip(map(float, days), edges[-1], strict=True)))


def _before(path: Trajectory) -> tuple[date, date]:
    """Return where the column of what was counted before stands: as wide as a period, before the first one."""
    first = path.periods[0]
    return path.start[0] - (first.end - first.start), path.start[0]


def _name_column(page: Page, left: float, right: float, words: str) -> None:
    """Write the name of a period below its column, where it has room."""
    room = page.inches(right, 0)[0] - page.inches(left, 0)[0]
    if style.text_width(words, style.TICK_SIZE) <= room - 0.04:
        x = page.inches((left + right) / 2, 0)[0]
        page.write(x, -0.17, words, size=style.TICK_SIZE, color=style.QUIET, across="center")


def _draw_target(page: Page, facts: _Facts) -> None:
    begins, ends = page.plot.get_xlim()
    for value in facts.ends:
        page.plot.plot([begins, ends], [value, value], color=style.TARGET, linewidth=1.7, linestyle=_DASHES, zorder=5)
        page.follow([(begins, value), (ends, value)])


def _draw_steps(page: Page, facts: _Facts) -> None:
    if not facts.steps:
        return
    xs, ys = zip(*((when.end.toordinal(), value) for when, value in facts.steps), strict=True)
    page.plot.plot(
        xs, ys, color=style.TEXT, linestyle="none", marker="s", markersize=5, markerfacecolor="white", zorder=6
    )


def _draw_measured(page: Page, facts: _Facts) -> None:
    if not facts.history:
        return
    line = [(float(when.end.toordinal()), value) for when, value in facts.history]
    xs, ys = zip(*line, strict=True)
    size = 4.5 if len(line) <= 24 else 3.0
    page.plot.plot(xs, ys, color=style.OBSERVED, linewidth=1.9, marker="o", markersize=size, zorder=7)
    page.follow(line)


def _draw_range(page: Page, facts: _Facts) -> None:
    """Draw at the end of the path how far it may turn out differently, and the gap that is left."""
    path, due = facts.path, facts.path.periods[-1].end.toordinal()
    step = (page.plot.get_xlim()[1] - due) / _RIGHT
    at, gap_at = due + 0.09 * step, due + 0.22 * step
    low, high = path.together[-1]
    page.plot.plot([at, at], [low, high], color=style.QUIET, linewidth=1.4, marker="_", markersize=8, zorder=6)
    page.plot.plot([at, at], path.independent[-1], color=style.QUIET, linewidth=5.0, solid_capstyle="butt", zorder=6)
    page.plot.plot([at], [path.end], color="white", marker="o", markersize=4.5, markeredgecolor=style.TEXT, zorder=7)
    if facts.falls_short and facts.edge is not None:
        page.plot.annotate(
            "", xy=(gap_at, facts.edge), xytext=(gap_at, path.end), zorder=7,
            arrowprops={"arrowstyle": "<->", "color": "#8F1414", "linewidth": 1.6, "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip


# --- its labels --------------------------------------------------------------------------------------------------


@attrs.frozen
class _Label:
    value: float
    lines: tuple[str, ...]
    color: str
    bold: bool = False


def _label(value: float, lines: Sequence[str], color: str, *, bold: bool = False) -> _Label:
    broken = [part for line in lines for part in style.wrap(line, _GUTTER, style.LABEL_SIZE, bold=bold, most=3)]
    return _Label(value, tuple(broken), color, bold)


def _gutter_labels(facts: _Facts) -> list[_Label]:
    path = facts.path
    found = []
    if facts.ends:
        value = " – ".join(facts.words(end) for end in facts.ends)
        lines = [_("Target {value}").format(value=value), _("by {when}").format(when=format_when(path.due))]
        found.append(_label(max(facts.ends), [" ".join(lines)], style.TARGET, bold=True))
    if facts.falls_short:
        gap = _fine(path.gap or 0.0, path)
        middle = ((facts.edge or path.end) + path.end) / 2
        found.append(_label(middle, [_("Gap {gap}").format(gap=gap_words(gap, facts.unit))], "#8F1414", bold=True))
    found.append(_label(path.end, [_path_words(facts), _range_words(facts)], style.TEXT, bold=True))
    edges = _last_edges(facts)
    for place, (part, (below, above)) in enumerate(zip(path.parts, pairwise(edges), strict=True)):
        found.append(_label((below + above) / 2, [_part_words(facts, place, part.name)], fill_of(place)[1]))
    if path.counts_trend:
        moved = path.without[-1] - path.start[1]
        words = _("Trend alone {change}").format(change=_signed(_fine(moved, path), facts.unit))
        found.append(_label((path.start[1] + path.without[-1]) / 2, [words], style.QUIET))
    elif not facts.columns:
        words = _("Without them {value}").format(value=facts.words(path.without[-1]))
        found.append(_label(path.without[-1], [words], style.QUIET))
    return sorted(found, key=lambda label: label.value)


def _last_edges(facts: _Facts) -> list[float]:
    """Return the edges between the strategies where their labels belong: at the end, or in the last column."""
    path = facts.path
    if not facts.columns:
        return [edges[-1] for edges in _stacked(path)]
    edges = [_stacked(path)[-1][-2]]
    for part in path.parts:
        before = part.amounts[-2].middle if len(part.amounts) > 1 else 0.0
        edges.append(edges[-1] + path.sign * (part.amounts[-1].middle - before))
    return edges


def _part_words(facts: _Facts, place: int, name: str) -> str:
    path = facts.path
    added = _fine(path.parts[place].amounts[-1].middle, path)
    return _("{strategy} {change}").format(strategy=style.tidy(name), change=_signed(path.sign * added, facts.unit))


def _signed(change: float, unit: str | None) -> str:
    return ("+" if change >= 0 else "\u2212") + gap_words(change, unit if unit == "%" else None)


def _path_words(facts: _Facts) -> str:
    return _("Together {value}").format(value=facts.words(facts.path.end))


def _range_words(facts: _Facts) -> str:
    low, high = (facts.words(value) for value in facts.path.together[-1])
    return _("({low} to {high})").format(low=low, high=high)


def _write_gutter(page: Page, labels: Sequence[_Label]) -> None:
    """Write the labels beside the plot, each as near to where it belongs as the others let it."""
    heights = [style.line_height(style.LABEL_SIZE, len(label.lines)) + 0.05 for label in labels]
    wanted = [min(max(page.inches(0, label.value)[1], 0.0), page.height) for label in labels]
    places = style.apart(wanted, heights, -0.1, page.height + 0.1)
    for label, place, best in zip(labels, places, wanted, strict=True):
        if abs(place - best) > 0.1:
            page.lead(best, place)
        y = place + style.line_height(style.LABEL_SIZE, len(label.lines)) / 2
        for line in label.lines:
            middle = y - style.line_height(style.LABEL_SIZE) / 2
            page.write(page.width + 0.12, middle, line, color=label.color, bold=label.bold)
            y -= style.line_height(style.LABEL_SIZE)


def _label_inside(page: Page, facts: _Facts) -> None:
    path = facts.path
    if facts.history:
        when, value = facts.history[-1]
        words = _("Measured {value}, {when}").format(value=style.written(value, facts.unit), when=format_when(when))
        page.label(when.end.toordinal(), value, words, color=style.OBSERVED, bold=True)
    day, value = path.start
    if facts.columns and value:
        return  # it stands on the column of what was there before
    words = _("Baseline {value}") if path.from_baseline else _("Start {value}")
    page.label(day.toordinal(), value, words.format(value=style.written(value, facts.unit)), color=style.BASELINE)


# --- its words ---------------------------------------------------------------------------------------------------


def title(path: Trajectory) -> str:
    """Say in a line where the strategies bring an indicator, and how far that is from the target."""
    unit, due = path.indicator.unit, format_when(path.due)
    end = style.written(_fine(path.end, path), unit)
    gap = path.gap
    if gap is None:
        return _("The strategies bring {end} by {due}").format(end=end, due=due)
    if gap <= ROUNDING * (path.needed or 0.0):
        return _("The strategies together reach the target by {due}: {end}").format(end=end, due=due)
    return _("The strategies bring {end} by {due}, {gap} short of the target").format(
        end=end, due=due, gap=gap_words(_fine(gap, path), unit)
    )


def _subtitle(facts: _Facts) -> str:
    unit = style.tidy(facts.unit or "")
    if not unit or unit.lower() in facts.name.lower():
        return facts.name
    return _("{name}, in {unit}").format(name=facts.name, unit=unit)


def _foot(facts: _Facts) -> list[str]:
    return [
        _("Source: effects of the strategies as entered in this plan; measured values: {source}").format(
            source=style.tidy(facts.path.indicator.data_source or "") or _("none")
        ),
        _("As of {day}").format(day=format_date(facts.as_of)),
    ]


def _caption(facts: _Facts) -> list[str]:
    path = facts.path
    said = [
        _("Columns: what each period adds to what was there before it. Line: the total.")
        if facts.columns
        else _("Areas: the strategies.")
    ]
    said.append(
        _(
            "The thin bar at the end, and the dotted lines towards it, reach from all effects turning out low to all "
            "turning out high ({low} to {high}); the thick one supposes that they have nothing to do with each other "
            "({close_low} to {close_high})."
        ).format(
            low=facts.words(path.together[-1][0]),
            high=facts.words(path.together[-1][1]),
            close_low=facts.words(path.independent[-1][0]),
            close_high=facts.words(path.independent[-1][1]),
        )
    )
    if facts.steps:
        said.append(_("White squares: intermediate targets."))
    if any(not each.sure for part in path.parts for each in part.estimates):
        said.append(_("Where it is not said how sure an effect is, it is read as hoped for."))
    if path.counts_trend and isinstance(path.trend, trend.Projection):
        said.append(_("The trend is counted beside the strategies: {method}.").format(method=path.trend.method))
    elif isinstance(path.trend, trend.Projection):
        point = path.trend.at(path.periods[-1].end)
        said.append(
            _("Not counted: the trend alone, which would bring {value} by then.").format(
                value=facts.words(point.middle)
            )
        )
    return said


def _alternative(facts: _Facts) -> str:
    path = facts.path
    said = [_("Trajectory of {what}. {title}.").format(what=_subtitle(facts), title=title(path))]
    if facts.illustrative:
        said.append(_("The values are illustrative."))
    words = _("It begins with {value} on {day}.")
    said.append(words.format(value=style.written(path.start[1], facts.unit), day=format_date(path.start[0])))
    for place, part in enumerate(path.parts):
        said.append(
            _("{part} from {begins}.").format(
                part=_part_words(facts, place, part.name), begins=format_date(min(e.begins for e in part.estimates))
            )
        )
    if facts.ends:
        value = " – ".join(facts.words(end) for end in facts.ends)
        said.append(_("Target {value} by {when}.").format(value=value, when=format_when(path.due)))
    if facts.history:
        when, value_ = facts.history[-1]
        said.append(
            _("Last measured: {value}, {when}.").format(value=style.written(value_, facts.unit), when=format_when(when))
        )
    said.append(_caption(facts)[1])
    said += [f"{line}." for line in _foot(facts)]
    return " ".join(said)
