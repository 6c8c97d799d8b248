"""Rule 9, tool 9.2: was a strategy added because it helps, or because something had to be done?

A strategy counts as added when the plan says on which day it was added, and another chosen one had been in the plan for
a while and had begun by then: what a plan began with was never added. Added strategies are held against two questions,
what is known of their effect and how they lead to the measure, but only where they were added while the figures were in
trouble. All thresholds are ours.

The day is written down when a strategy is added in a workbook while others are under way, and can be changed or taken
out like any answer. Strategies that are being written down for the first time, within weeks of each other, get no day:
how long one is in the plan is read off what its answers were built on (:mod:`rdlib.plan.built_on`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import attrs

from rdlib.plan.built_on import BUILT_ON
from rdlib.plan.challenges import Challenge
from rdlib.plan.indicator import Indicator
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.plan.values import format_when
from rdlib.rules import trend
from rdlib.rules.r02_smart import sign_of
from rdlib.rules.r04_candidates import carries_target, live, name_of, said
from rdlib.rules.r07_assessment import last_agreed
from rdlib.rules.r07_assessment_data import SHORT, reading
from rdlib.rules.r08_raised import called, challenges
from rdlib.rules.r09_evidence import moved
from rdlib.rules.registry import Context
from rdlib.rules.targets import Status
from rdlib.rules.wording import is_thin
from rdlib.words import _, format_date, format_number

#: Strategies written down within so many days of each other belong to one plan.
TOGETHER = timedelta(days=60)
#: A likelihood of delivery up to this one is trouble.
TROUBLED = 2
#: What the media raised longer ago than this presses nobody any more.
NEWS = timedelta(days=183)


@attrs.frozen
class Added:
    """A strategy that was added while others were under way.

    Attributes:
        strategy: the strategy.
        day: the day on which it was added.
        lacks: what it lacks, in clauses: evidence, a line to the measure.
        trouble: what was going badly on that day, in sentences.
    """

    strategy: Strategy
    day: date
    lacks: tuple[str, ...]
    trouble: tuple[str, ...]

    @property
    def is_fallacy(self) -> bool:
        """Whether it looks as if something had to be done, and this was something."""
        return bool(self.lacks and self.trouble)


def _under_way(priority: Priority, day: date) -> list[Strategy]:
    """The chosen strategies that had begun by a day and were in the plan well before it."""
    return [
        s
        for s in STRATEGIES.read(priority)
        if s.status == "chosen"
        and s.start is not None
        and s.start.start <= day
        and (s.added_on is None or s.added_on <= day - TOGETHER)
    ]


def _lacks(strategy: Strategy, priority: Priority) -> tuple[str, ...]:
    found = []
    if strategy.evidence_kind in {None, "none"} or not said(strategy.evidence):
        found.append(_("nothing is said that shows its effect"))
    because = said(strategy.because)
    if not any(i.id in strategy.indicators for i in priority.indicators if carries_target(i)):
        found.append(_("it is tied to no figure with a target"))
    elif not because or is_thin(because, strategy.title):
        found.append(_("it is not said how it would move the figure"))
    return tuple(found)


def _bad_value(indicator: Indicator, context: Context) -> str:
    """Say that the latest value was worse than the one before; empty where it was not."""
    series = [pair for pair in trend.whole_series(indicator) if pair[0].end <= context.as_of]
    each = moved(indicator, context, None)
    if len(series) < 2 or each is None or each.is_met:
        return ""
    (_before, old), (when, new) = series[-2:]
    if (new - old) * sign_of(indicator, each.aim) >= 0:
        return ""
    return _("“{name}” had just got worse: from {old} to {new} ({when}).").format(
        name=each.name,
        old=format_number(old, indicator.unit),
        new=format_number(new, indicator.unit),
        when=format_when(when),
    )


def trouble(priority: Priority, context: Context) -> tuple[str, ...]:
    """Return what was going badly for a priority on the day of the context, in sentences."""
    found = []
    for indicator in priority.indicators:
        if not carries_target(indicator):
            continue
        each, way = reading(indicator, context), moved(indicator, context, None)
        values = {"name": each.name}
        if each.status is Status.NOT_MET:
            found.append(_("“{name}” had missed its target.").format(**values))
        elif each.behind:
            found.append(_("“{name}” was behind its planned path.").format(**values))
        elif way is not None and way.is_quiet:
            found.append(_("“{name}” had not moved for {n} values.").format(n=way.quiet, **values))
        elif bad := _bad_value(indicator, context):
            found.append(bad)
        elif each.trend == SHORT and each.behind is None:
            found.append(_("The trend of “{name}” fell short of its target.").format(**values))
    last = last_agreed(priority, context.as_of)
    if last is not None and last.day is not None and (last.likelihood or 4) <= TROUBLED:
        found.append(
            _("Delivery had been rated {rating} of 4 on {day}.").format(
                rating=last.likelihood, day=format_date(last.day)
            )
        )
    found += [
        _("The media had raised “{title}”.").format(title=called(each)) for each in _in_the_media(priority, context)
    ]
    return tuple(found)


def _in_the_media(priority: Priority, context: Context) -> list[Challenge]:
    """The challenges (Rule 8, tool 8.1) that the media raised not long before a day and that were open on it."""
    return [
        each
        for each in challenges(priority)
        if each.raised_by == "media"
        and each.opened is not None
        and context.as_of - NEWS <= each.opened <= context.as_of
        and (each.closed > context.as_of if each.closed is not None else each.is_open)
    ]


def added(priority: Priority, context: Context) -> tuple[Added, ...]:
    """Return the strategies that were added while others were under way, the latest first (Rule 9, tool 9.2).

    >>> added(Priority(id="waits"), Context(Plan(), date(2026, 1, 1)))
    ()
    """
    found = []
    for strategy in live(priority):
        day = strategy.added_on
        if day is None or day > context.as_of or not [s for s in _under_way(priority, day) if s.id != strategy.id]:
            continue
        then = Context(context.plan, day)
        found.append(Added(strategy, day, _lacks(strategy, priority), trouble(priority, then)))
    return tuple(sorted(found, key=lambda each: each.day, reverse=True))


def fallacy_in_words(each: Added) -> str:
    """Say in the three steps of the fallacy what an added strategy looks like."""
    return _("Something has to be done. “{name}” is something. So “{name}” is done.").format(
        name=name_of(each.strategy)
    )


def _written_lately(priority: Priority, strategy: Strategy, day: date) -> bool:
    start = f"{STRATEGIES.key}/{strategy.id}/"
    days = [row.day for row in BUILT_ON.read(priority) if (row.answer or "").startswith(start) and row.day is not None]
    return bool(days) and min(days) > day - TOGETHER


def _new_row(plan: Plan, table: str, day: date) -> Iterator[tuple[str, str]]:
    owner, _slash, key = table.rpartition("/")
    priority = plan.priority(owner.removeprefix("priorities/"))
    if key != STRATEGIES.key or priority is None:
        return
    if [s for s in _under_way(priority, day) if not _written_lately(priority, s, day)]:
        yield "added_on", day.isoformat()


def new_row(plan: Plan, table: str, day: date) -> Mapping[str, str]:
    """Return what is known of a strategy that is added today: the day, where others are under way."""
    return dict(_new_row(plan, table, day))


#: What a rule writes down of each new row; see :meth:`rdlib.widgets.desk.Desk.add`.
NEW_ROWS = (new_row,)
