"""Rule 7, tool 7.3: what the figures alone say of a priority, to stand beside what people judge.

A status, a gap, a trend and a path are read off the data. None of it is turned into a colour, and no colour is ever
turned into a probability: the data says which ratings would be hard to explain, and people say what they think.
"""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.assessment import Assessment
from rdlib.plan.fields import field_of
from rdlib.plan.indicator import Indicator
from rdlib.plan.priority import Priority
from rdlib.plan.values import format_when, number
from rdlib.rules import trend
from rdlib.rules.headline import gap_words
from rdlib.rules.r02_smart import goal, project, reaches, sign_of, status
from rdlib.rules.r04_candidates import carries_target
from rdlib.rules.ratings import Facts, items_of
from rdlib.rules.registry import Context
from rdlib.rules.targets import Goal, Status, in_words
from rdlib.words import _, format_number

#: What the trend alone would bring, in three answers.
REACHES, SHORT, OPEN = "reaches", "short", "open"
#: A range as wide as this is written in whole numbers.
_WHOLE_FROM = 20


@attrs.frozen
class Reading:
    """What the data says of one target.

    Attributes:
        indicator: the indicator.
        aim: its target.
        status: where that stands.
        last: the latest value; None where there is none.
        gap: how much is missing to the target; 0 where the latest value meets it; None where that cannot be said.
        trend: what the trend alone would bring by the due date: ``reaches`` (all of its range meets the target),
            ``short`` (nothing of it does) or ``open``; None where there is no trend to speak of.
        trend_says: the same in a clause, or why nothing can be said.
        behind: by how much the latest value lies behind the planned path; 0 on it; None without a path.
    """

    indicator: Indicator
    aim: Goal
    status: Status
    last: trend.Measured | None
    gap: float | None
    trend: str | None
    trend_says: str
    behind: float | None

    @property
    def name(self) -> str:
        """What to call the indicator."""
        return (self.indicator.name or "").strip() or self.indicator.id

    @property
    def target(self) -> str:
        """The target in words."""
        return in_words(self.aim, self.indicator.unit)


def _gap(value: float, aim: Goal) -> float:
    return trend.needed_change(value, aim.low, aim.high)


def _trend(indicator: Indicator, aim: Goal, as_of: date) -> tuple[str | None, str]:
    due = aim.due.end if aim.due else None
    if due is not None and due <= as_of:
        return None, _("the target is due already")
    ahead = project(indicator, due, as_of)
    if isinstance(ahead, trend.NoProjection) or due is None:
        return None, ahead.reason if isinstance(ahead, trend.NoProjection) else ""
    at = ahead.at(due)
    decimals = 0 if at.high - at.low >= _WHOLE_FROM else 1
    says = _("{low} to {high} by then").format(
        low=format_number(at.low, decimals=decimals), high=format_number(at.high, indicator.unit, decimals)
    )
    ends = (reaches(at.low, aim), reaches(at.high, aim))
    if all(ends):
        return REACHES, says
    return (OPEN if any(ends) or reaches(at.middle, aim) else SHORT), says


def _behind(indicator: Indicator, aim: Goal, last: trend.Measured) -> float | None:
    sign = sign_of(indicator, aim)
    points = [
        (t.when.end, value)
        for t in indicator.trajectory
        if t.when is not None and (value := number(t.value)) is not None and t.when.end <= last.when.end
    ]
    if not points or not sign:
        return None
    return max((max(points)[1] - last.value) * sign, 0.0)


def reading(indicator: Indicator, context: Context) -> Reading:
    """Return what the data says of one indicator's target on the day of the context."""
    aim = goal(indicator, context)
    last = trend.latest(indicator, context.as_of)
    said, says = _trend(indicator, aim, context.as_of)
    known = last is not None and (aim.low is not None or aim.high is not None)
    return Reading(
        indicator,
        aim,
        status(indicator, aim, context),
        last,
        _gap(last.value, aim) if known and last is not None else None,
        said,
        says,
        _behind(indicator, aim, last) if last is not None else None,
    )


def readings(priority: Priority, context: Context) -> tuple[Reading, ...]:
    """Return what the data says of each target of a priority.

    Source: Rule 7, tool 7.3: the latest evidence beside each judgement.

    >>> from rdlib.plan.plan import Plan
    >>> readings(Priority(id="waits"), Context(Plan(), date(2026, 1, 1)))
    ()
    """
    return tuple(reading(i, context) for i in priority.indicators if carries_target(i))


def _says(each: Reading) -> tuple[list[str], list[str]]:
    """What speaks for delivery in the figures of one target, in phrases, and what speaks against it, in sentences."""
    has, lacks = [], []
    values = {"name": each.name, "target": each.target}
    gap = gap_words(each.gap or 0.0, each.indicator.unit)
    if each.status is Status.MET:
        has.append(_("“{name}” meets its target").format(**values))
    elif each.status is Status.NOT_MET:
        lacks.append(
            _("“{name}” missed its target of {target}: {gap} short.").format(gap=gap, **values)
            if each.gap
            else _("“{name}” missed its target of {target}.").format(**values)
        )
    elif each.last is None:
        lacks.append(_("“{name}” has no figure yet.").format(**values))
    elif each.gap == 0:
        has.append(_("“{name}” is at its target before the date").format(**values))
    elif each.gap is not None:
        lacks.append(_("“{name}” is {gap} short of {target}.").format(gap=gap, **values))
    if each.trend == REACHES:
        has.append(_("the trend alone would bring it there: {range}").format(range=each.trend_says))
    elif each.trend == SHORT:
        lacks.append(_("The trend alone would fall short of it: {range}.").format(range=each.trend_says))
    if each.behind:
        lacks.append(
            _("“{name}” is {gap} behind its planned path.").format(
                gap=gap_words(each.behind, each.indicator.unit), **values
            )
        )
    elif each.behind == 0:
        has.append(_("“{name}” is on its planned path").format(**values))
    return has, lacks


def _bears(each: Reading) -> tuple[int, int]:
    """The ratings that sit well with the figures of one target; wide on purpose, since figures never tell it all."""
    if each.status is Status.MET:
        return 2, 4
    if each.status is Status.NOT_MET:
        return 1, 2
    if each.behind or (each.trend == SHORT and each.behind is None):
        return 1, 3
    return (2, 4) if each.trend == REACHES and not each.behind else (1, 4)


def likelihood(priority: Priority, context: Context) -> Facts:
    """Return what the data says beside the likelihood of delivery, and which ratings would be hard to explain.

    A target that was missed sits ill with 3 or 4; one behind its path, or out of reach of its trend with no path
    planned, sits ill with 4, and so does a priority of which no target has a figure; one that is met, or that the trend
    alone would meet, sits ill with 1. Of several targets with figures the weakest decides on the upper end. Where these
    lines run is our choice.
    """
    found = readings(priority, context)
    told = [_says(each) for each in found]
    has = [text for each, _lacks in told for text in each]
    lacks = [text for _has, each in told for text in each]
    bears = [_bears(each) for each in found if each.last is not None or each.status is Status.NOT_MET]
    highest = min((high for _low, high in bears), default=3)
    lowest = min(min((low for low, _high in bears), default=1), highest)
    if not found:
        lacks = [_("There is no target that figures could be held against.")]
    field = field_of(Assessment, "likelihood")
    asks = _("How likely is it that what was promised will be delivered?")
    return Facts("likelihood", field.label, asks, tuple(has), tuple(lacks), (lowest, highest))


def facts(priority: Priority, context: Context) -> tuple[Facts, ...]:
    """Return what the data says beside each rating: of the five judgements nothing is held against them.

    >>> from rdlib.plan.plan import Plan
    >>> [each.key for each in facts(Priority(id="waits"), Context(Plan(), date(2026, 1, 1)))][-2:]
    ['evidence', 'likelihood']
    """
    found = {"likelihood": likelihood(priority, context), "evidence": _evidence(priority, context)}
    nothing = [
        Facts(item.path, item.label, item.field.help.partition("?")[0] + "?", (), (), (1, 4))
        for item in items_of(Assessment)
    ]
    return tuple(found.get(each.key, each) for each in nothing)


def _evidence(priority: Priority, context: Context) -> Facts:
    """What there is of measured values: a good rating of the evidence sits ill with none at all."""
    field = field_of(Assessment, "evidence")
    found = readings(priority, context)
    with_data = [each for each in found if each.last is not None]
    has = [
        _("the latest figure of “{name}” is for {when}").format(name=each.name, when=format_when(each.last.when))
        for each in with_data
        if each.last is not None
    ]
    lacks = [_("“{name}” has no figure yet.").format(name=each.name) for each in found if each.last is None]
    return Facts(
        "evidence",
        field.label,
        field.help.partition("?")[0] + "?",
        tuple(has),
        tuple(lacks),
        (1, 4 if with_data or not found else 3),
    )
