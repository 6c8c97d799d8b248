"""Rule 2, tool 2.2: is a target specific, measurable, ambitious, realistic and time-bound?

Each letter is judged with its evidence. Ambition and realism are never a matter of opinion: they are held against what
the trend alone would bring, against how fast the indicator ever moved, and against what others and the own best units
reach.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum

import attrs

from rdlib.plan.indicator import Benchmark, Indicator
from rdlib.plan.values import Period, format_when, number
from rdlib.rules import targets, trend
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, format_number, plural


class Answer(Enum):
    """How a letter of SMART was judged; the value is the word used in files."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    CANNOT_TELL = "cannot tell"

    @property
    def word(self) -> str:
        """The words that a person reads."""
        return {
            Answer.YES: _("yes"),
            Answer.PARTLY: _("partly"),
            Answer.NO: _("no"),
            Answer.CANNOT_TELL: _("cannot tell yet"),
        }[self]

    @property
    def shape(self) -> str:
        """The shape that stands with the colour."""
        return {Answer.YES: "●", Answer.PARTLY: "◐", Answer.NO: "▲", Answer.CANNOT_TELL: "–"}[self]


@attrs.frozen
class Judgement:
    """One letter of SMART, judged.

    Attributes:
        letter: ``"specific"``, ``"measurable"``, ``"ambitious"``, ``"realistic"`` or ``"time-bound"``.
        answer: the verdict.
        evidence: what it rests on, a sentence each.
    """

    letter: str
    answer: Answer
    evidence: tuple[str, ...]

    @property
    def label(self) -> str:
        """The letter as a person reads it."""
        return {
            "specific": _("Specific"),
            "measurable": _("Measurable"),
            "ambitious": _("Ambitious"),
            "realistic": _("Realistic"),
            "time-bound": _("Time-bound"),
        }[self.letter]


@attrs.frozen
class Smart:
    """The five judgements of a target, with what they were computed from (Rule 2, tool 2.2).

    Attributes:
        judgements: the five letters in their order.
        goal: the target as it was read.
        status: where the target stands on the day of the report.
        projection: what the trend of all that is measured by now would bring, or why that cannot be said.
        at_start: the same from what was known at the baseline, before the work could move anything: ambition is held
            against this one.
    """

    judgements: tuple[Judgement, ...]
    goal: targets.Goal
    status: targets.Status
    projection: trend.Projection | trend.NoProjection
    at_start: trend.Projection | trend.NoProjection

    def of(self, letter: str) -> Judgement:
        """Return the judgement of one letter."""
        return next(j for j in self.judgements if j.letter == letter)

    @property
    def all_hold(self) -> bool:
        """Whether each of the five letters holds."""
        return all(j.answer is Answer.YES for j in self.judgements)


def goal(indicator: Indicator, context: Context) -> targets.Goal:
    """Return the target of an indicator, read with the settings of its plan."""
    return targets.goal_of(indicator, **targets.settings_of(context.plan))


_SHARE = re.compile(r"%|percent|per cent|proportion|share|pourcentage|part d|taux|proportion", re.IGNORECASE)


def is_share(indicator: Indicator) -> bool:
    """Say whether an indicator is a share of a whole, which lies between 0 and 100%.

    >>> is_share(Indicator(name="Share of patients seen in four hours", unit="%"))
    True
    >>> is_share(Indicator(name="Growth of exports", unit="%"))
    False
    """
    name = indicator.name or ""
    grows = re.search(
        r"growth|increase|decrease|change|reduction|croissance|hausse|baisse|variation", name, re.IGNORECASE
    )
    return indicator.unit == "%" and bool(_SHARE.search(name)) and not grows


def project(indicator: Indicator, until: date | None, known_by: date) -> trend.Projection | trend.NoProjection:
    """Return what the trend alone would bring by a day.

    Args:
        indicator: the indicator with its measured values.
        until: the day to look towards; None where the target has none.
        known_by: only values whose period was over on this day are used.
    """
    if until is None:
        return trend.NoProjection(_("the target has no date to look towards"))
    series = [(p.end, v) for p, v in trend.whole_series(indicator) if p.end <= known_by]
    low, high = (0.0, 100.0) if is_share(indicator) else (None, None)
    return trend.trend_alone(series, until, low=low, high=high)


# --- better and worse --------------------------------------------------------------------------------------------


def sign_of(indicator: Indicator, aim: targets.Goal) -> int:
    """Return +1 when a higher value is closer to the target, -1 when a lower one is, 0 when neither can be said."""
    if aim.low is not None and aim.high is None:
        return 1
    if aim.high is not None and aim.low is None:
        return -1
    return {"up": 1, "down": -1}.get(indicator.direction or "", 0)


def reaches(value: float, aim: targets.Goal) -> bool:
    """Say whether a value meets a target."""
    return (aim.low is None or value >= aim.low) and (aim.high is None or value <= aim.high)


def has_number(aim: targets.Goal) -> bool:
    """Say whether a target comes to a number or range that a value can be held against."""
    return aim.low is not None or aim.high is not None


def _edge(aim: targets.Goal, sign: int) -> float | None:
    """The value at which the target starts to be met, coming from the worse side."""
    return aim.low if sign >= 0 else aim.high


def start_of(indicator: Indicator) -> tuple[float, Period | None] | None:
    """Return the baseline and its period, or None."""
    value = number(indicator.baseline.value)
    if value is not None:
        return value, indicator.baseline.when
    return None


# --- the five letters --------------------------------------------------------------------------------------------


def _specific(indicator: Indicator, aim: targets.Goal) -> Judgement:
    evidence = []
    if len(aim.readings) > 1 and aim.from_wording:
        return Judgement("specific", Answer.PARTLY, tuple(r.says for r in aim.readings))
    if aim.kind == "milestone":
        evidence.append(_("A milestone: it is done or it is not."))
        return Judgement("specific", Answer.YES if indicator.target.wording else Answer.PARTLY, tuple(evidence))
    if not has_number(aim):
        return Judgement("specific", Answer.NO, (aim.open_question or _("No number says when it is reached."),))
    evidence.append(_("To be reached: {goal}.").format(goal=targets.in_words(aim, indicator.unit)))
    answer = Answer.YES
    if not (indicator.name or "").strip():
        answer = Answer.PARTLY
        evidence.append(_("It is not said what is measured."))
    if not (indicator.unit or "").strip():
        answer = Answer.PARTLY
        evidence.append(_("The number has no unit."))
    if not (indicator.definition or "").strip():
        evidence.append(_("Not written down yet: exactly who is counted and who is not."))
    return Judgement("specific", answer, tuple(evidence))


def _measurable(indicator: Indicator, context: Context) -> Judgement:
    m = indicator.three_m
    series = [p for p, _value in trend.whole_series(indicator) if p.end <= context.as_of]
    if series:
        evidence = plural("{n} measured value", "{n} measured values", len(series))
        return Judgement(
            "measurable",
            Answer.YES,
            (_("{values}, the last for {when}.").format(values=evidence, when=series[-1]),)
            + ((_("Source: {source}.").format(source="; ".join(m.sources)),) if m.sources else ()),
        )
    if m.measurable is False:
        return Judgement("measurable", Answer.NO, (_("You say that it is not measured and will not be."),))
    if m.measurable and m.sources:
        return Judgement(
            "measurable",
            Answer.YES,
            (
                _("Source: {source}.").format(source="; ".join(m.sources)),
                _("No measured values are in the plan yet."),
            ),
        )
    if number(indicator.baseline.value) is not None and indicator.baseline.source:
        return Judgement(
            "measurable",
            Answer.PARTLY,
            (_("One value is known, the baseline, from {source}.").format(source=indicator.baseline.source),),
        )
    return Judgement("measurable", Answer.CANNOT_TELL, (_("No source and no measured values yet."),))


def _time_bound(aim: targets.Goal) -> Judgement:
    if aim.standing:
        return Judgement("time-bound", Answer.YES, (_("It is to hold in every period, from now on."),))
    if aim.due is None:
        return Judgement("time-bound", Answer.NO, (_("No date by which it is to be reached."),))
    return Judgement("time-bound", Answer.YES, (_("Due by {day}.").format(day=format_date(aim.due.end)),))


@attrs.define
class _Weighed:
    """Evidence for and against one letter, gathered before a verdict."""

    good: list[str] = attrs.field(factory=list)
    middling: list[str] = attrs.field(factory=list)
    bad: list[str] = attrs.field(factory=list)

    def answer(self, *, middling_saves: bool) -> Answer:
        """Return the verdict; ``middling_saves`` says whether middling evidence lifts bad evidence to "partly"."""
        if not (self.good or self.middling or self.bad):
            return Answer.CANNOT_TELL
        if self.bad and not self.good and not (self.middling and middling_saves):
            return Answer.NO
        return Answer.YES if self.good and not self.bad else Answer.PARTLY

    def evidence(self) -> tuple[str, ...]:
        return (*self.bad, *self.middling, *self.good)


def _decimals(value: float) -> int | None:
    """Return how many decimals a computed value deserves: enough to tell it from its neighbours, no more."""
    if value == round(value):
        return None
    return 2 if abs(value) < 1 else 1 if abs(value) < 1000 else 0


@attrs.frozen
class _Case:
    """What ambition and realism are weighed on."""

    indicator: Indicator
    aim: targets.Goal
    sign: int
    edge: float
    projection: trend.Projection | trend.NoProjection
    at_start: trend.Projection | trend.NoProjection
    context: Context

    def written(self, value: float) -> str:
        return format_number(value, self.indicator.unit, _decimals(value))

    def written_change(self, size: float) -> str:
        points = _("percentage points") if self.indicator.unit == "%" else None
        return format_number(size, points, _decimals(size))

    def written_range(self, low: float, high: float) -> str:
        return _("{low} to {high}").format(low=format_number(low, None, _decimals(low)), high=self.written(high))

    def better(self, value: float, than: float) -> bool:
        return (value - than) * self.sign > 0

    def benchmarks(self) -> Iterator[tuple[Benchmark, float]]:
        for each in self.indicator.benchmarks:
            value = number(each.value)
            if value is not None and each.kind != "plan":
                yield each, value


def _case(
    indicator: Indicator,
    aim: targets.Goal,
    projection: trend.Projection | trend.NoProjection,
    at_start: trend.Projection | trend.NoProjection,
    context: Context,
) -> _Case | None:
    sign = sign_of(indicator, aim)
    edge = _edge(aim, sign)
    if sign == 0 or edge is None:
        return None
    return _Case(indicator, aim, sign, edge, projection, at_start, context)


def _ambitious(case: _Case | None) -> Judgement:
    if case is None:
        return Judgement("ambitious", Answer.CANNOT_TELL, (_("There is no number, or no direction, to weigh."),))
    start = start_of(case.indicator)
    if start and reaches(start[0], case.aim):
        return Judgement(
            "ambitious",
            Answer.NO,
            (_("The baseline of {value} already meets the target.").format(value=case.written(start[0])),),
        )
    weighed = _Weighed()
    _weigh_trend(case, weighed)
    _weigh_peers(case, weighed)
    _weigh_own_units(case, weighed)
    compared = any(each.kind in {"peers", "within"} for each, _value in case.benchmarks())
    if isinstance(case.at_start, trend.NoProjection) and not compared:
        _weigh_past(case, weighed)
    evidence = weighed.evidence()
    if isinstance(case.at_start, trend.NoProjection):
        evidence += (_("What the trend alone would bring cannot be said: {why}.").format(why=case.at_start.reason),)
    return Judgement("ambitious", weighed.answer(middling_saves=False), evidence)


def _weigh_trend(case: _Case, weighed: _Weighed) -> None:
    if isinstance(case.at_start, trend.NoProjection) or case.aim.due is None:
        return
    ahead = case.at_start.at(case.aim.due.end)
    best_end = ahead.high if case.sign > 0 else ahead.low
    baseline = case.indicator.baseline.when
    says = (
        _("The trend up to the baseline ({baseline}) would alone bring {range} by then ({level} interval).")
        if baseline
        else _("The trend alone would bring {range} by then ({level} interval).")
    ).format(
        baseline=baseline,
        range=case.written_range(ahead.low, ahead.high),
        level=format_number(100 * case.at_start.level, "%"),
    )
    if case.better(case.edge, best_end):
        weighed.good.append(says + " " + _("The target lies beyond that."))
    elif case.better(case.edge, ahead.middle):
        weighed.middling.append(says + " " + _("The target lies in the better half of that."))
    else:
        weighed.bad.append(says + " " + _("The target would come about by itself."))


def _weigh_peers(case: _Case, weighed: _Weighed) -> None:
    values = [v for b, v in case.benchmarks() if b.kind in {"peers", "within"}]
    if not values:
        return
    reached = sum(1 for v in values if reaches(v, case.aim))
    if reached == 0:
        weighed.good.append(_("None of those compared with reaches it yet."))
    elif reached == len(values) and len(values) > 1:
        weighed.bad.append(
            _("All of the {count} compared with reach it already.").format(count=format_number(len(values)))
        )
    elif reached == len(values):
        weighed.middling.append(_("The one compared with reaches it already."))
    else:
        weighed.good.append(
            _("{some} of the {count} compared with reach it.").format(
                some=format_number(reached), count=format_number(len(values))
            )
        )


def _weigh_own_units(case: _Case, weighed: _Weighed) -> None:
    own = trend.percentiles_within(case.indicator, as_of=case.context.as_of)
    if own is not None and not reaches(own.fifth_best, case.aim):
        weighed.good.append(
            _("Even the best fifth of your own units stop at {value}.").format(value=case.written(own.fifth_best))
        )


def _weigh_past(case: _Case, weighed: _Weighed) -> None:
    known_by = _known_at_start(case.indicator, case.context)
    measured = [v for p, v in trend.whole_series(case.indicator) if p.end <= known_by]
    named = [v for each, v in case.benchmarks() if each.kind == "history"]
    if len(measured) < 2 and not named:
        return
    past = measured + named
    best = max(past) if case.sign > 0 else min(past)
    if case.better(case.edge, best):
        weighed.middling.append(_("It is beyond the best value so far, {value}.").format(value=case.written(best)))
    elif measured and case.better(case.edge, measured[-1]):  # reached once and lost since: it asks for a way back
        weighed.middling.append(
            _("The indicator stood at {value} before, and had fallen back to {last}.").format(
                value=case.written(best), last=case.written(measured[-1])
            )
            if case.sign > 0
            else _("The indicator stood at {value} before, and had risen again to {last}.").format(
                value=case.written(best), last=case.written(measured[-1])
            )
        )
    else:
        weighed.bad.append(_("The indicator stood at {value} before.").format(value=case.written(best)))


def _known_at_start(indicator: Indicator, context: Context) -> date:
    """Return the day up to which measured values tell of the time before the work: the end of the baseline."""
    baseline = indicator.baseline.when
    return min(baseline.end, context.as_of) if baseline else context.as_of


def _realistic(case: _Case | None) -> Judgement:
    if case is None:
        return Judgement("realistic", Answer.CANNOT_TELL, (_("There is no number, or no direction, to weigh."),))
    if is_share(case.indicator) and not 0 <= case.edge <= 100:
        return Judgement(
            "realistic",
            Answer.NO,
            (_("A share cannot be {value}.").format(value=case.written(case.edge)),),
        )
    weighed = _Weighed()
    _weigh_pace(case, weighed)
    _weigh_steps(case, weighed)
    _weigh_reached_elsewhere(case, weighed)
    answer = weighed.answer(middling_saves=True)
    evidence = list(weighed.evidence())
    if is_share(case.indicator) and case.edge in {0.0, 100.0} and answer is not Answer.CANNOT_TELL:
        evidence.append(_("At {value}, not a single exception is left.").format(value=case.written(case.edge)))
    if not evidence:
        evidence = [_("Neither history nor comparison is in the plan.")]
    return Judgement("realistic", answer, tuple(evidence))


#: Twice the fastest change ever seen is called hard to believe; up to that, a stretch. Our thresholds.
_STRETCH = 1.1
_HARD = 2.0


def _weigh_pace(case: _Case, weighed: _Weighed) -> None:
    series = [(p.end, v) for p, v in trend.whole_series(case.indicator) if p.end <= case.context.as_of]
    if len(series) < 2 or not (case.aim.due or case.aim.standing):
        return
    last_day, last = series[-1]
    if not case.better(case.edge, last):
        weighed.good.append(_("The last value, {value}, already meets it.").format(value=case.written(last)))
        return
    if case.aim.due is None:
        return
    days = (case.aim.due.end - last_day).days
    if days <= 0:
        return
    if isinstance(case.projection, trend.Projection):
        ahead = case.projection.at(case.aim.due.end)
        best_end = ahead.high if case.sign > 0 else ahead.low
        if not case.better(case.edge, best_end):
            weighed.good.append(_("If it goes on as it has lately, it could be reached."))
            return
    fastest = trend.fastest_change(series, days, direction="up" if case.sign > 0 else "down")
    if fastest is None:
        return
    needed = abs(case.edge - last)
    says = _(
        "It needs a change of {needed} from {last}; the best change over as long a time so far was {fastest}."
    ).format(
        needed=case.written_change(needed), last=case.written(last), fastest=case.written_change(max(fastest, 0.0))
    )
    if needed <= _STRETCH * fastest:
        weighed.good.append(says)
    elif needed <= _HARD * fastest:
        weighed.middling.append(says)
    else:
        weighed.bad.append(says)


def _weigh_steps(case: _Case, weighed: _Weighed) -> None:
    """Weigh the last intermediate target that has fallen due and whose value is known (Rule 5, tool 5.5)."""
    measured = {p.end: v for p, v in trend.whole_series(case.indicator) if p.end <= case.context.as_of}
    due = [
        (step.when, value)
        for step in case.indicator.trajectory
        if step.when is not None and step.when.end in measured and (value := number(step.value)) is not None
    ]
    if not due:
        return
    when, value = max(due, key=lambda pair: pair[0].end)
    there = measured[when.end]
    said = {"when": format_when(when), "value": case.written(value), "there": case.written(there)}
    if case.better(value, there):
        # a miss speaks against nothing by itself, and never makes anything else look better
        side = weighed.bad if weighed.bad else weighed.middling
        side.append(_("The intermediate target for {when}, {value}, was missed: {there}.").format(**said))
    else:
        weighed.good.append(_("The intermediate target for {when}, {value}, was reached: {there}.").format(**said))


def _weigh_reached_elsewhere(case: _Case, weighed: _Weighed) -> None:
    compared = [(each, each.name or _("the one compared with"), value) for each, value in case.benchmarks()]
    reached = [(each, name, value) for each, name, value in compared if reaches(value, case.aim)]
    for each, name, value in reached:
        says = _("{who} reached {value}.").format(who=name, value=case.written(value))
        # what was once reached under other circumstances makes a target thinkable; what others reach, realistic
        (weighed.middling if each.kind == "history" else weighed.good).append(says)
    if compared and not reached:
        _each, name, value = max(compared, key=lambda row: row[2] * case.sign)
        weighed.bad.append(
            _("Nobody compared with reached it. Nearest came “{who}”, with {value}.").format(
                who=name, value=case.written(value)
            )
        )
    own = trend.percentiles_within(case.indicator, as_of=case.context.as_of)
    units = trend.latest_units(case.indicator, as_of=case.context.as_of)
    if own is None or units is None:
        return
    count = sum(1 for value in units[1].values() if reaches(value, case.aim))
    if reaches(own.fifth_best, case.aim):
        weighed.good.append(
            _("The best fifth of your own units reach {value} or better.").format(value=case.written(own.fifth_best))
        )
    elif count:
        weighed.middling.append(
            _("{some} of your own {count} units reach it.").format(
                some=format_number(count), count=format_number(own.units)
            )
        )
    else:
        weighed.bad.append(_("None of your own units reaches it."))


def smart(indicator: Indicator, context: Context) -> Smart:
    """Judge a target by the five letters, each with its evidence (Rule 2, tool 2.2).

    Args:
        indicator: the indicator with its target, baseline, benchmarks and measured values.
        context: the plan and the day for which it is judged.

    Returns:
        the five judgements, the target as read, its status, and the projections they rest on.
    """
    aim = goal(indicator, context)
    until = aim.due.end if aim.due else None
    start = _known_at_start(indicator, context)
    projection = project(indicator, until, context.as_of)
    at_start = projection if start == context.as_of else project(indicator, until, start)
    case = _case(indicator, aim, projection, at_start, context)
    letters = (
        _specific(indicator, aim),
        _measurable(indicator, context),
        _ambitious(case),
        _realistic(case),
        _time_bound(aim),
    )
    return Smart(letters, aim, status(indicator, aim, context), projection, at_start)


def status(indicator: Indicator, aim: targets.Goal, context: Context) -> targets.Status:
    """Say where a target stands on the day of the report: a missing figure is never counted as failure."""
    last = trend.latest(indicator, context.as_of)
    if last is None:
        return targets.status_of(aim, None, context.as_of)
    return targets.status_of(aim, last.value, context.as_of, last.when)
