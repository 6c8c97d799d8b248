"""The words of time below a chart: years, months or days, few and never overlapping."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

import attrs

from rdlib.figures import chart_style as style
from rdlib.figures.chart_style import Page
from rdlib.plan.values import Period
from rdlib.words import language

_YEAR = 365.25


def time_ticks(page: Page, periods: Sequence[Period], until: date | None = None) -> None:
    """Draw the marks and words of time below a plot.

    Values that describe whole years are named by their year, each below its point. Otherwise the name of a year or
    month stands in the middle of it, between the marks where it begins and ends.

    Args:
        page: the page, with the days that it covers set as numbers (``date.toordinal``).
        periods: the periods of the values shown.
        until: the last day of the time shown, where something else stands to the right of it.
    """
    first, last = (date.fromordinal(round(end)) for end in page.plot.get_xlim())
    last = until or last
    days = (last - first).days
    if periods and all(period.days >= 360 for period in periods):
        _write(page, list(_named_years(periods[-1], first, last)), (1, 2, 5, 10, 20, 50))
    elif days > 2.5 * _YEAR:
        _write(page, list(_years(first, last)), (1, 2, 5, 10, 20, 50))
    elif days > 75:
        _write(page, list(_months(first, last)), (1, 2, 3, 6, 12))
    else:
        _write(page, list(_days(first, last)), (1, 2, 7, 14, 28))


@attrs.frozen
class _Named:
    """A stretch of time with a name: where it begins, where the name stands, and its number among those of its kind."""

    begins: date
    middle: date
    words: str
    number: int


def _named_years(last_period: Period, first: date, last: date) -> Iterator[_Named]:
    """Name the end of each year, in the way of the plan: 2018, or 2017/18."""
    month, day = last_period.start.month, min(last_period.start.day, 28)
    for year in range(first.year - 1, last.year + 2):
        end = date(year + 1, month, day) - timedelta(days=1)
        if first <= end <= last:
            words = str(year) if month == 1 else f"{year}/{(year + 1) % 100:02d}"
            yield _Named(end, end, words, year)


def _years(first: date, last: date) -> Iterator[_Named]:
    for year in range(first.year, last.year + 1):
        yield _Named(date(year, 1, 1), date(year, 7, 2), str(year), year)


def _months(first: date, last: date) -> Iterator[_Named]:
    from babel.dates import format_date as babel_date

    month = date(first.year, first.month, 1)
    while month <= last:
        words = babel_date(month, "MMM y", locale=language())
        yield _Named(month, month + timedelta(days=15), words, month.month - 1)
        month = (month + timedelta(days=32)).replace(day=1)


def _days(first: date, last: date) -> Iterator[_Named]:
    from babel.dates import format_date as babel_date

    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        yield _Named(day, day, babel_date(day, "d MMM y", locale=language()), number)


def _write(page: Page, names: Sequence[_Named], skips: Sequence[int]) -> None:
    """Write every n-th name, n as small as leaves room between them; a name that would be cut is left out."""
    first, last = page.plot.get_xlim()
    places = []
    for name in names:
        if first <= name.begins.toordinal() <= last and len(names) <= 40:
            page.tick(name.begins.toordinal())
        x = page.inches(name.middle.toordinal(), 0)[0]
        if 0 <= x <= page.width:
            places.append((x, name))
    widest = max((style.text_width(name.words, style.TICK_SIZE) for _x, name in places), default=0.0) + 0.14
    for skip in skips:
        shown = [(x, name.words) for x, name in places if name.number % skip == 0]
        if all(b[0] - a[0] >= widest for a, b in pairwise(shown)):
            break
    for place, words in shown or [(x, name.words) for x, name in places[:1]]:
        half = style.text_width(words, style.TICK_SIZE) / 2
        x = min(max(place, half - page.left), style.WIDTH - page.left - half)
        page.write(x, -0.17, words, size=style.TICK_SIZE, color=style.QUIET, across="center")
