"""Rule 9, tool 9.1: what the plan itself shows of where a priority stands on the ups and downs of delivery.

Days since the work began, strategies under way, milestones, ratings, and above all whether the figures have moved. From
these follows which stage they are typical of; the judgement stays with people. All thresholds are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from rdlib.plan.indicator import Indicator
from rdlib.plan.priority import Priority
from rdlib.plan.values import Period, format_when
from rdlib.rules import trend
from rdlib.rules.r02_smart import goal, has_number, reaches, sign_of
from rdlib.rules.r04_candidates import carries_target, chosen
from rdlib.rules.r07_assessment import agreed
from rdlib.rules.registry import Context
from rdlib.rules.targets import Goal
from rdlib.words import _, format_date, format_number, plural

#: A figure has moved when two values in a row are better than before by this share of the way to its target.
MOVES = 0.05
#: So many values, over so many days, without such a move, and a figure is called quiet.
QUIET_VALUES, QUIET_DAYS = 4, 150
#: Less than this share of the way is hardly anything; as much as this is the last stretch.
HARDLY, LAST_STRETCH = 0.1, 0.7
#: So long a target has to be met before it looks as if it stayed met.
SUSTAINED_DAYS, SUSTAINED_VALUES = 365, 3
#: So long after the first strategy began it is still fresh.
FRESH_DAYS = 90


@attrs.frozen
class Moved:
    """How one figure has moved since the work began.

    Attributes:
        indicator: the indicator.
        start: the value it began from, and its period; None where that is not known.
        last: the latest value.
        share: which share of the way from there to the target was made; below 0 where it got worse; None where there
            is no target with a number, or nothing was left to do.
        quiet: how many values ago it last moved; all since the beginning where it never did.
        quiet_since: the period of that last move, or of the beginning.
        quiet_days: how many days that is.
        met_since: the period from which on every value meets the target; None where the last one does not.
        met_values: how many values these are.
        met_days: how many days they span.
        aim: the target.
    """

    indicator: Indicator
    start: trend.Measured | None
    last: trend.Measured
    share: float | None
    quiet: int
    quiet_since: Period | None
    quiet_days: int
    met_since: Period | None
    met_values: int
    met_days: int
    aim: Goal

    @property
    def name(self) -> str:
        """What to call the indicator."""
        return (self.indicator.name or "").strip() or self.indicator.id

    @property
    def is_met(self) -> bool:
        """Whether the latest value meets the target."""
        return self.met_since is not None

    @property
    def is_quiet(self) -> bool:
        """Whether it has not moved for long."""
        return not self.is_met and self.quiet >= QUIET_VALUES and self.quiet_days >= QUIET_DAYS

    @property
    def is_sustained(self) -> bool:
        """Whether the target has been met for long."""
        return self.met_values >= SUSTAINED_VALUES and self.met_days >= SUSTAINED_DAYS


@attrs.frozen
class Evidence:
    """What the plan shows of a priority on a day.

    Attributes:
        began: the day on which the first chosen strategy began; None where none has.
        days: how many days ago that was.
        chosen: how many strategies are part of the plan.
        begun: how many of them have begun.
        ended: how many of them have ended.
        due: how many milestones were due by now.
        late: how many of these were not reached.
        ratings: the agreed likelihoods of delivery with their days, the earliest first.
        moved: how each figure with a target has moved.
        without: the names of the indicators with a target that have no figure yet.
    """

    began: date | None
    days: int
    chosen: int
    begun: int
    ended: int
    due: int
    late: int
    ratings: tuple[tuple[date, int], ...]
    moved: tuple[Moved, ...]
    without: tuple[str, ...]

    @property
    def shares(self) -> list[float]:
        """The shares of the way that are known."""
        return [each.share for each in self.moved if each.share is not None]


def _way(start: trend.Measured | None, last: trend.Measured, aim: Goal, sign: int) -> tuple[float | None, float]:
    """The share of the way from the start to the target that was made, and how long the way is."""
    edge = aim.low if sign > 0 else aim.high
    if start is None or not sign or edge is None:
        return None, 0.0
    way = (edge - start.value) * sign
    return ((last.value - start.value) * sign / way if way > 0 else None), way


def _start(indicator: Indicator, series: Sequence[tuple[Period, float]], began: date | None) -> trend.Measured | None:
    before = [pair for pair in series if began is not None and pair[0].end <= began]
    value, when = indicator.baseline.value, indicator.baseline.when
    if before:
        return trend.Measured(*before[-1])
    if isinstance(value, float) and when is not None:
        return trend.Measured(when, value)
    return trend.Measured(*series[0]) if series else None


def moved(indicator: Indicator, context: Context, began: date | None) -> Moved | None:
    """Return how a figure has moved since the work began; None where it has no value yet.

    Args:
        indicator: the indicator.
        context: its plan and the day; later values are left out.
        began: the day on which the work began; None where it has not.
    """
    series = [pair for pair in trend.whole_series(indicator) if pair[0].end <= context.as_of]
    if not series:
        return None
    aim, last = goal(indicator, context), trend.Measured(*series[-1])
    sign, start = sign_of(indicator, aim), _start(indicator, series, began)
    share, way = _way(start, last, aim, sign)
    best, since, quiet = start.value if start else series[0][1], start.when if start else series[0][0], 0
    after = [pair for pair in series if start is None or pair[0].end > start.when.end]
    for place, (when, value) in enumerate(after, start=1):
        quiet += 1
        if place == len(after):
            break  # whether the last value holds is not known yet
        held = min(value * sign, after[place][1] * sign)
        if way > 0 and held - best * sign >= MOVES * way:
            best, since, quiet = held * sign, when, 0
    met: list[Period] = []
    for when, value in reversed(series):
        if not has_number(aim) or not reaches(value, aim):
            break
        met.append(when)
    return Moved(
        indicator=indicator,
        start=start,
        last=last,
        share=share,
        quiet=quiet,
        quiet_since=since,
        quiet_days=(last.when.end - since.end).days,
        met_since=met[-1] if met else None,
        met_values=len(met),
        met_days=(met[0].end - met[-1].start).days if met else 0,
        aim=aim,
    )


def evidence(priority: Priority, context: Context) -> Evidence:
    """Return what the plan shows of a priority on the day of the context (Rule 9, tool 9.1).

    >>> from rdlib.plan.plan import Plan
    >>> evidence(Priority(id="waits"), Context(Plan(), date(2026, 1, 1))).began is None
    True
    """
    as_of, part = context.as_of, chosen(priority)
    starts = [s.start.start for s in part if s.start is not None and s.start.start <= as_of]
    began = min(starts, default=None)
    milestones = [m for s in part for m in s.milestones if m.when is not None and m.when.end <= as_of]
    counted = [i for i in priority.indicators if carries_target(i)]
    found = [(i, moved(i, context, began)) for i in counted]
    return Evidence(
        began=began,
        days=(as_of - began).days if began else 0,
        chosen=len(part),
        begun=len(starts),
        ended=sum(1 for s in part if s.end is not None and s.end.end < as_of),
        due=len(milestones),
        late=sum(1 for m in milestones if m.reached is None or m.reached > as_of),
        ratings=tuple((a.day, a.likelihood) for a in agreed(priority, as_of) if a.day and a.likelihood),
        moved=tuple(each for _i, each in found if each is not None),
        without=tuple((i.name or "").strip() or i.id for i, each in found if each is None),
    )


# --- which stage that is typical of --------------------------------------------------------------------------------


def typical(found: Evidence) -> str | None:
    """Return the stage that what the plan shows is typical of; None where it shows too little.

    >>> typical(Evidence(None, 0, 3, 0, 0, 0, 0, (), (), ()))
    'launch'
    """
    if found.chosen and not found.begun:
        return "launch"
    if not found.moved or (not found.shares and not any(each.is_met for each in found.moved)):
        return "launch" if found.begun and found.days < FRESH_DAYS else None
    if all(each.is_met for each in found.moved) and not found.without:
        return "irreversible" if all(each.is_sustained for each in found.moved) else "last-climb"
    open_ones = [each for each in found.moved if not each.is_met]
    most = max((each.share for each in open_ones if each.share is not None), default=0.0)
    quiet = all(each.is_quiet for each in open_ones)
    if most < HARDLY:
        return ("launch" if found.days < FRESH_DAYS else "valley") if found.begun else None
    if quiet:
        return "plateau"
    return "last-climb" if most >= LAST_STRETCH else "first-climb"


def contradicts(stage: str, found: Evidence) -> str:
    """Return in sentences what speaks against a stage; empty where nothing does.

    Held against it is only what can hardly be explained: that the figures say something else is left to people.
    """
    most = max(found.shares, default=None)
    measured = len(found.moved) > 0
    if stage == "irreversible":
        return _against_irreversible(found)
    if stage == "launch" and found.days > SUSTAINED_DAYS and found.begun * 2 >= found.chosen:
        return _("The first strategy began {n} days ago, and {begun} of {all} are under way.").format(
            n=format_number(found.days), begun=found.begun, all=found.chosen
        )
    if stage == "valley" and found.shares and min(found.shares) >= 0.5 and not any(m.is_quiet for m in found.moved):
        return " ".join(map(way_in_words, found.moved))
    least = {"first-climb": 0.0, "plateau": MOVES, "last-climb": 0.3}.get(stage)
    enough = measured and all(each.quiet >= QUIET_VALUES or (each.share or 0) > 0 for each in found.moved)
    if least is not None and most is not None and enough and most <= least:
        return " ".join(map(way_in_words, found.moved))
    return ""


def _against_irreversible(found: Evidence) -> str:
    short = [each for each in found.moved if not each.is_met]
    if short:
        return " ".join(way_in_words(each) for each in short)
    if not found.moved:
        return _("There is no figure that would show it.")
    if found.without:
        return _("“{name}” has no figure yet.").format(name=found.without[0])
    young = [each for each in found.moved if not each.is_sustained and each.met_since is not None]
    return " ".join(
        _("“{name}” has met its target only since {when}.").format(
            name=each.name, when=format_when(each.met_since) if each.met_since else ""
        )
        for each in young
    )


# --- in words ------------------------------------------------------------------------------------------------------


def way_in_words(each: Moved) -> str:
    """Say in a sentence or two how far a figure has come, and whether it still moves."""
    unit = each.indicator.unit
    values = {
        "name": each.name,
        "value": format_number(each.last.value, unit),
        "when": format_when(each.last.when),
    }
    if each.is_met and each.met_since is not None:
        if each.met_values == 1:
            return _("“{name}” meets its target in its latest value, {value} ({when}), and not before.").format(
                **values
            )
        return _("“{name}” has met its target since {since}: {n} values in a row.").format(
            n=each.met_values, since=format_when(each.met_since), **values
        )
    if each.share is None or each.start is None:
        return _("“{name}” stands at {value} ({when}); how far that is on the way cannot be said.").format(**values)
    values |= {
        "start": format_number(each.start.value, unit),
        "percent": format_number(round(100 * each.share), "%"),
    }
    if each.share < 0:
        said = _("“{name}” is worse than where it began: {start}, and {value} in {when}.").format(**values)
    else:
        said = _("“{name}” has come {percent} of the way from {start}, to {value} in {when}.").format(**values)
    if each.is_quiet and each.quiet_since is not None:
        said += " " + _("It has not moved for {n} values, since {since}.").format(
            n=each.quiet, since=format_when(each.quiet_since)
        )
    return said


def why_typical(found: Evidence, stage: str) -> str:
    """Say in a sentence why what the plan shows is typical of a stage: the name of the stage stands at the end.

    Args:
        found: what the plan shows.
        stage: what the stage is called.
    """
    said = [way_in_words(each) for each in found.moved]
    if found.chosen:
        said.append(_("{begun} of {all} strategies are under way.").format(begun=found.begun, all=found.chosen))
    said.append(_("Seen by itself, that is typical of “{stage}”.").format(stage=stage))
    return " ".join(said)


def lines(found: Evidence) -> list[tuple[str, str]]:
    """Return what the plan shows, each with what it is about: for a table beside the judgement."""
    if found.began is None:
        began = _("No chosen strategy has begun.")
    else:
        began = _("{n} days ago, on {day}.").format(n=format_number(found.days), day=format_date(found.began))
    if not found.chosen:
        work = _("None is chosen yet.")
    else:
        work = _("{begun} of the {all} chosen ones have begun.").format(begun=found.begun, all=found.chosen)
        if found.ended:
            work += " " + plural("{n} has ended.", "{n} have ended.", found.ended)
    said = [(_("The work began"), began), (_("Strategies"), work)]
    if found.due:
        said.append(
            (
                _("Milestones"),
                _("{n} were due, {late} of them not reached.").format(n=found.due, late=found.late)
                if found.late
                else plural("{n} was due, and reached.", "{n} were due, and all were reached.", found.due),
            )
        )
    figures = [
        *map(way_in_words, found.moved),
        *(_("“{name}” has no figure yet.").format(name=n) for n in found.without),
    ]
    said += [(_("Figures"), text) for text in figures or [_("There is no target that figures could be held against.")]]
    if found.ratings:
        shown = ", ".join(str(rating) for _day, rating in found.ratings[-6:])
        rated = _("Agreed likelihoods of delivery, 1 to 4: {ratings}; the last on {day}.")
        said.append((_("Ratings"), rated.format(ratings=shown, day=format_date(found.ratings[-1][0]))))
    return said
