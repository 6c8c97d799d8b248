"""How a series is continued: the methods behind what the trend alone would bring (Rule 2, tool 2.2).

* Few or irregular values: least squares through the recent values with the t-based prediction interval of
  ``statsmodels`` OLS; or, where the values wander rather than scatter around a line, the last value carried on by the
  average change ("random walk with drift"). The two have the same number of parameters; the one that makes the observed
  changes likelier (restricted likelihood) is taken.
* Twelve regular values or more: exponential smoothing with a damped trend, ETS(A,Ad,N), by ``statsmodels`` ETSModel; or
  with a season, ETS(A,Ad,A), where there are three full years and the corrected Akaike criterion (AICc) prefers it.
  See R. J. Hyndman and G. Athanasopoulos, *Forecasting: Principles and Practice* (3rd ed.), sections 8.4 to 8.7.
  Where the fit does not settle, the first way is taken.

The textbook interval of ETS leaves out that its parameters are themselves estimated, and is known to be too narrow. It
is therefore widened for the degrees of freedom that were used, and is never narrower than what the first way gives for
the same values (less their season). How often later values then fall inside is held by ``tests/rules/test_trend.py``.

A gap of more than two values in a row ends the stretch that is smoothed; shorter gaps are filled from their neighbours
when they are no more than a tenth of it. No series is continued for longer than it was seen.
"""

from __future__ import annotations

import calendar
import warnings
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import NormalDist
from typing import TYPE_CHECKING

import attrs

from rdlib.words import _, plural

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: Share of later values that a range is meant to hold.
LEVEL = 0.8
#: From so many regular values on, they are smoothed; a line is drawn through no more than so many.
SMOOTHED_FROM = 12
#: No more values than these, the last ones, are smoothed: what is older says little of tomorrow.
SMOOTHED_MOST = 120
#: Days in a year.
YEAR = 365.25


@attrs.frozen
class _Step:
    """The distance between two values of a regular series: so many months, or so many days."""

    months: int = 0
    days: int = 0

    @property
    def a_year(self) -> int | None:
        """How many values make a year, where a season can be seen in them."""
        return 12 // self.months if self.months in {1, 3} else None

    def place(self, first: date, day: date) -> int:
        """Which place a day takes, counted from the first."""
        if self.months:
            return ((day.year - first.year) * 12 + day.month - first.month) // self.months
        return (day - first).days // self.days

    def after(self, day: date, count: int, *, at_month_end: bool) -> date:
        """Return the day that lies so many steps later."""
        if not self.months:
            return day + timedelta(days=self.days * count)
        index = day.year * 12 + day.month - 1 + self.months * count
        year, month = index // 12, index % 12 + 1
        last = calendar.monthrange(year, month)[1]
        return date(year, month, last if at_month_end else min(day.day, last))


def _step_of(days: Sequence[date]) -> _Step | None:
    """Find the step of a regular series, gaps allowed: the commonest distance, when all others are multiples of it."""
    months = [day.year * 12 + day.month for day in days]
    for kind, places in (("months", months), ("days", [day.toordinal() for day in days])):
        apart = [b - a for a, b in pairwise(places)]
        commonest = Counter(apart).most_common(1)[0][0]
        if commonest > 0 and all(each > 0 and each % commonest == 0 for each in apart):
            if kind == "days" and commonest > 31:
                return None
            return _Step(**{kind: commonest})
    return None


@attrs.frozen
class History:
    """The values that a projection starts from, one a day, in the order of time."""

    days: tuple[date, ...]
    values: tuple[float, ...]

    @property
    def step(self) -> _Step | None:
        """The distance between two values; None when they are irregular."""
        return _step_of(self.days)

    @property
    def at_month_end(self) -> bool:
        """Whether every value stands at the end of a month, long or short."""
        return all(day.day == calendar.monthrange(day.year, day.month)[1] for day in self.days)

    def since(self, place: int) -> History:
        """Return the values from this place on."""
        return History(self.days[place:], self.values[place:])

    @property
    def furthest(self) -> date:
        """The last day that may be looked ahead to: the history is continued for as long as it is, and no longer."""
        first, last, step = self.days[0], self.days[-1], self.step
        if step is None:
            return last + (last - first)
        return step.after(last, step.place(first, last) + 1, at_month_end=self.at_month_end)

    @property
    def under_a_year(self) -> bool:
        """Whether these are months or quarters of less than a full year: a season would look like a trend."""
        a_year = self.step.a_year if self.step else None
        return a_year is not None and len(self.values) < a_year

    def ahead(self, until: date) -> list[date]:
        """Return the days to project: period by period when the values are regular, else in even steps."""
        step, last = self.step, self.days[-1]
        if step is None:
            count = min(24, (until - last).days)
            return [last + (until - last) * n // count for n in range(1, count + 1)]
        found: list[date] = []
        while not found or found[-1] < until:
            found.append(step.after(last, len(found) + 1, at_month_end=self.at_month_end))
        return found

    def half_a_rounding(self) -> float:
        """Return half of the last decimal place that the values are written with: no range is narrower than that."""
        for decimals in range(7):
            if all(abs(value - round(value, decimals)) < 1e-9 * max(1.0, abs(value)) for value in self.values):
                return float(0.5 * 10**-decimals)
        return 0.0

    def times(self, days: Sequence[date]) -> Floats:
        """Return days as numbers: periods since the first value when they are regular (months differ), else years."""
        import numpy as np

        step, first = self.step, self.days[0]
        if step is not None:
            return np.array([float(step.place(first, day)) for day in days])
        return np.array([(day - first).days / YEAR for day in days])

    def season_note(self) -> tuple[str, ...]:
        """Return what to say of a season that too few values cannot show; nothing where there can be none."""
        a_year = self.step.a_year if self.step else None
        if a_year and len(self.values) < 3 * a_year:
            return (_("A season, if there is one, is not taken into account: that takes three full years of values."),)
        return ()


@attrs.frozen
class Continued:
    """A series, continued.

    Attributes:
        method: how, in words for everybody.
        used: the values that it rests on.
        days: the days it was continued to.
        middle: the value in the middle of what is to be expected, day by day.
        half: half the width of the range around it, day by day.
        seasonal: whether a yearly season was taken into account.
        notes: what a reader should know of it, in whole sentences.
    """

    method: str
    used: History
    days: tuple[date, ...]
    middle: tuple[float, ...]
    half: tuple[float, ...]
    seasonal: bool = False
    notes: tuple[str, ...] = ()


def _made(
    method: str,
    used: History,
    days: Sequence[date],
    middle: Floats,
    half: Floats,
    *,
    seasonal: bool = False,
    notes: tuple[str, ...] = (),
) -> Continued:
    floor = used.half_a_rounding()
    return Continued(
        method,
        used,
        tuple(days),
        tuple(float(value) for value in middle),
        tuple(max(float(value), floor) for value in half),
        seasonal,
        notes,
    )


def _multiplier(freedom: int) -> float:
    """Return how many standard errors each way hold the share LEVEL, by Student's t."""
    from scipy.stats import t as student

    return float(student.ppf((1 + LEVEL) / 2, freedom))


# --- few or irregular values -------------------------------------------------------------------------------------


def simply(history: History, until: date) -> Continued:
    """Continue the recent values by a straight line, or by their average change where that fits them better."""
    import numpy as np

    place = max(0, len(history.days) - SMOOTHED_FROM)
    while place > 0 and history.since(place).furthest < until:
        place -= 1
    recent = history.since(place)
    days = recent.ahead(until)
    middle, half, line = _simple_range(recent.times(recent.days), np.array(recent.values), recent.times(days))
    count = len(recent.days)
    method = (
        plural("Straight line through the last {n} value", "Straight line through the last {n} values", count)
        if line
        else plural(
            "Last value, carried on by the average change of the last {n} value",
            "Last value, carried on by the average change of the last {n} values",
            count,
        )
    )
    return _made(method, recent, days, middle, half, notes=recent.season_note())


def _simple_range(times: Floats, values: Floats, later: Floats) -> tuple[Floats, Floats, bool]:
    """Return middle and half width at later times, and whether a line was taken (else the average change)."""
    if not _wanders(times, values):
        return *_line(times, values, later), True
    apart, changes = _apart(times), _apart(values)
    covered = times[-1] - times[0]
    slope = (values[-1] - values[0]) / covered
    freedom = len(changes) - 1
    spread = ((changes - slope * apart) ** 2 / apart).sum() / freedom
    ahead = later - times[-1]
    half = _multiplier(freedom) * (spread * ahead * (1 + ahead / covered)) ** 0.5
    return values[-1] + slope * ahead, half, False


def _apart(values: Floats) -> Floats:
    return values[1:] - values[:-1]


def _line(times: Floats, values: Floats, later: Floats) -> tuple[Floats, Floats]:
    """Least squares, with the prediction interval of statsmodels OLS."""
    import numpy as np
    from statsmodels.regression.linear_model import OLS

    fitted = OLS(values, np.column_stack([np.ones_like(times), times - times[-1]])).fit()
    ahead = fitted.get_prediction(np.column_stack([np.ones_like(later), later - times[-1]]))
    middle = np.asarray(ahead.predicted_mean)
    return middle, np.asarray(ahead.conf_int(obs=True, alpha=1 - LEVEL))[:, 1] - middle


def _wanders(times: Floats, values: Floats) -> bool:
    """Say whether the values wander (a random walk with drift) rather than scatter around a straight line.

    Both accounts have two parameters, a slope and a spread, and both say how likely the changes from each value to the
    next are; the likelier is taken (restricted likelihood, so that the slope costs both the same).
    """
    import numpy as np

    changes, apart = _apart(values), _apart(times)
    count = len(changes)
    slope = (values[-1] - values[0]) / (times[-1] - times[0])
    if np.allclose(changes, slope * apart, rtol=0, atol=1e-9 * max(1.0, float(np.abs(values).max()))):
        return False  # exactly on a line

    def likelihood(covariance: Floats) -> float:
        inverse = np.linalg.inv(covariance)
        weight = apart @ inverse @ apart
        left = changes - (apart @ inverse @ changes) / weight * apart
        return float(
            -0.5 * ((count - 1) * np.log(left @ inverse @ left) + np.linalg.slogdet(covariance)[1] + np.log(weight))
        )

    around_a_line = 2 * np.eye(count) - np.eye(count, k=1) - np.eye(count, k=-1)
    return likelihood(np.diag(apart)) > likelihood(around_a_line)


# --- twelve regular values or more -------------------------------------------------------------------------------


def smoothed(history: History, until: date) -> Continued | None:
    """Continue by exponential smoothing with a damped trend; None where that is not possible."""
    import numpy as np

    step = history.step
    if step is None or len(history.days) < SMOOTHED_FROM:
        return None
    steps_ahead = len(history.ahead(until))
    history = history.since(_unbroken(history, step))
    history = history.since(max(0, len(history.days) - max(SMOOTHED_MOST, steps_ahead)))
    places = [step.place(history.days[0], day) for day in history.days]
    missing = places[-1] + 1 - len(places)
    if len(places) < SMOOTHED_FROM or 10 * missing > places[-1] + 1:
        return None
    if history.furthest < until:
        return None
    a_year = step.a_year
    values = _filled(places, np.array(history.values), a_year)
    size = float(values.std())
    if size < 1e-9 * max(1.0, float(np.abs(values).max())) or not _scatters(values):
        return None
    scaled = (values - values.mean()) / size
    with_season = _ets(scaled, steps_ahead, a_year) if a_year and len(values) >= 3 * a_year else None
    without = _ets(scaled, steps_ahead, None)
    seasonal = with_season is not None and (without is None or with_season.aicc < without.aicc)
    taken = with_season if seasonal else without
    if taken is None:
        return None
    times = np.arange(len(values), dtype=float)
    later = np.arange(len(values), len(values) + steps_ahead, dtype=float)
    adjusted = _without_season(scaled, a_year) if seasonal and a_year else scaled
    half = np.maximum(taken.half, _simple_range(times, adjusted, later)[1])
    notes = () if seasonal else history.season_note()
    if missing:
        notes += (
            plural(
                "{n} missing value in between was filled in from its neighbours.",
                "{n} missing values in between were filled in from their neighbours.",
                missing,
            ),
        )
    method = (
        _("Smoothed trend that flattens out, with the season taken into account")
        if seasonal
        else _("Smoothed trend that flattens out")
    )
    middle = values.mean() + size * taken.middle
    return _made(method, history, history.ahead(until), middle, size * half, seasonal=seasonal, notes=notes)


def _unbroken(history: History, step: _Step) -> int:
    """Return where the stretch begins that has no gap of more than two values in a row."""
    places = [step.place(history.days[0], day) for day in history.days]
    breaks = [n for n in range(1, len(places)) if places[n] - places[n - 1] > 3]
    return breaks[-1] if breaks else 0


def _scatters(values: Floats) -> bool:
    """Say whether anything is left after a straight line: smoothing an exact line has nothing to estimate."""
    import numpy as np

    times = np.arange(len(values), dtype=float)
    left = values - np.polynomial.Polynomial.fit(times, values, 1)(times)
    return bool(np.abs(left).max() > 1e-6 * max(values.std(), 1e-12))


def _filled(places: Sequence[int], values: Floats, a_year: int | None) -> Floats:
    """Put every value at its place, and fill single gaps between neighbours; the season is put aside meanwhile.

    As ``na.interp`` of R's forecast package does it: straight lines between the neighbours of the values less their
    season (STL), plus the season again.
    """
    import numpy as np

    everywhere = np.arange(places[-1] + 1)
    filled = np.interp(everywhere, places, values)
    if len(everywhere) == len(places) or a_year is None or len(everywhere) < 3 * a_year:
        return filled
    from statsmodels.tsa.seasonal import STL

    season = np.asarray(STL(filled, period=a_year, robust=True).fit().seasonal)
    known = np.asarray(places)
    return np.asarray(np.interp(everywhere, places, filled[known] - season[known]) + season)


def _without_season(values: Floats, a_year: int) -> Floats:
    """Take out what each month or quarter usually adds, estimated from the changes: the level itself may wander."""
    import numpy as np

    count = len(values)
    which = np.zeros((count, a_year))
    which[np.arange(count), np.arange(count) % a_year] = 1
    columns = np.column_stack([np.ones(count - 1), np.diff(which, axis=0)[:, 1:]])
    added = np.concatenate([[0.0], np.linalg.lstsq(columns, np.diff(values), rcond=None)[0][1:]])
    return np.asarray(values - (added - added.mean())[np.arange(count) % a_year])


@attrs.frozen
class _Smoothing:
    middle: Floats
    half: Floats
    aicc: float


def _ets(values: Floats, steps: int, a_year: int | None) -> _Smoothing | None:
    """Fit ETS(A,Ad,N), or ETS(A,Ad,A) where a season is given; None when it does not settle."""
    import numpy as np
    import pandas as pd
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it would warn of (no convergence) is asked for below
        try:
            fitted = ETSModel(
                pd.Series(values),
                error="add",
                trend="add",
                damped_trend=True,
                seasonal="add" if a_year else None,
                seasonal_periods=a_year,
            ).fit(disp=False)
            ahead = fitted.get_prediction(start=len(values), end=len(values) + steps - 1, method="exact")
            frame = ahead.summary_frame(alpha=1 - LEVEL)
        except (ValueError, FloatingPointError, np.linalg.LinAlgError):
            return None
    middle = frame["mean"].to_numpy(dtype=float)
    half = frame["pi_upper"].to_numpy(dtype=float) - middle
    freedom = len(values) - len(fitted.params)
    settled = bool(fitted.mle_retvals["converged"]) and np.isfinite([*middle, *half, fitted.aicc]).all()
    if not settled or freedom < 2:
        return None
    wider = (len(values) / freedom) ** 0.5 * _multiplier(freedom) / NormalDist().inv_cdf((1 + LEVEL) / 2)
    return _Smoothing(middle, half * wider, float(fitted.aicc))
