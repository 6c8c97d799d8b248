"""What a reader adds to the chart that tells noise from signal: limits, steps, events and readings (Rule 9, tool 9.4).

The chart itself is computed from the measured values (:mod:`rdlib.rules.r09_charts`). These records say what no
computer can know: which stretch is a fair measure of the usual, what changed in the work, what happened once, and what
follows.
"""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.priority import Priority
from rdlib.plan.values import Period
from rdlib.words import _

VERDICTS = (
    Choice("noise", _("Noise"), _("The values go up and down as they always have; no single one needs a reason.")),
    Choice("single", _("A single signal"), _("One value stands out and the others are as before: something happened.")),
    Choice("shift", _("A shift"), _("The values moved to another level and stayed there.")),
    Choice("trend", _("A trend"), _("The values keep rising, or keep falling, bit by bit.")),
)

COURSES = (
    Choice("keep", _("Keep course"), _("Nothing in the work is changed because of these values.")),
    Choice("find-out", _("Find out first"), _("Somebody looks for what is behind them before anything is changed.")),
    Choice("change", _("Change course"), _("The work is changed because of them.")),
)

_ILLUSTRATIVE = _("Yes when it is made up to practise with.")


@attrs.frozen
class UsualStretch:
    """The values that the limits of an indicator's chart rest on.

    >>> UsualStretch("u1", indicator="i1").why is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    indicator: str | None = declare(
        _("Indicator"), Kind.LINK, links_to="indicators", tool="9.4", help=_("Whose chart it is.")
    )
    first: Period | None = declare(
        _("From"), Kind.WHEN, tool="9.4", help=_("The first value that counts as usual."), example="2001-04"
    )
    last: Period | None = declare(
        _("To"),
        Kind.WHEN,
        tool="9.4",
        help=_("The last one. Ten values at least; twenty are better."),
        example="2002-07",
    )
    why: str | None = declare(
        _("Why this stretch"),
        Kind.LONG_TEXT,
        tool="9.4",
        help=_("What was the same in the work all through it. Without a reason it is just a choice of numbers."),
        example=_("The sixteen months before anything was done differently in the departments"),
    )
    illustrative: bool | None = declare(_("Illustrative?"), Kind.YES_NO, tool="9.4", help=_ILLUSTRATIVE)


@attrs.frozen
class StepChange:
    """A lasting change of level, and what brought it about: only with that are the limits drawn anew."""

    id: str = declare(_("Id"), Kind.ID)
    indicator: str | None = declare(
        _("Indicator"), Kind.LINK, links_to="indicators", tool="9.4", help=_("Whose values moved.")
    )
    since: Period | None = declare(
        _("New level since"), Kind.WHEN, tool="9.4", help=_("The first period at the new level."), example="2002-08"
    )
    what: str | None = declare(
        _("What changed in the work"),
        Kind.LONG_TEXT,
        tool="9.4",
        help=_("What is done differently since then. That the number is better is no reason."),
        example=_("Departments began to treat minor injuries at first contact"),
    )
    evidence: str | None = declare(
        _("What shows that it was this"),
        Kind.LONG_TEXT,
        tool="9.4",
        help=_("Did it happen first, and most, where the work changed? Name where that can be seen."),
    )
    said_by: str | None = declare(
        _("Who says so"), Kind.PERSON, tool="9.4", help=_("The person who answers for this explanation.")
    )
    day: date | None = declare(
        _("Explained on"),
        Kind.DAY,
        tool="9.4",
        help=_("What was read before that day is held against the limits as they were then."),
    )
    illustrative: bool | None = declare(_("Illustrative?"), Kind.YES_NO, tool="9.4", help=_ILLUSTRATIVE)


@attrs.frozen
class SpecialEvent:
    """Something known that made one value special, such as a flood."""

    id: str = declare(_("Id"), Kind.ID)
    indicator: str | None = declare(
        _("Indicator"), Kind.LINK, links_to="indicators", tool="9.4", help=_("Whose value it is.")
    )
    when: Period | None = declare(
        _("When"), Kind.WHEN, tool="9.4", help=_("The period of the value."), example="2010-08"
    )
    what: str | None = declare(_("What happened"), Kind.TEXT, tool="9.4", help=_("The event, in a few words."))
    why: str | None = declare(
        _("How it reached the value"),
        Kind.LONG_TEXT,
        tool="9.4",
        help=_("Through what the event moved this number. With it, the value is left out of the limits."),
    )
    illustrative: bool | None = declare(_("Illustrative?"), Kind.YES_NO, tool="9.4", help=_ILLUSTRATIVE)


@attrs.frozen
class ChartReading:
    """What somebody reads in the chart, and what follows from it."""

    id: str = declare(_("Id"), Kind.ID)
    indicator: str | None = declare(
        _("Indicator"), Kind.LINK, links_to="indicators", tool="9.4", help=_("Whose chart was read.")
    )
    day: date | None = declare(
        _("Read on"), Kind.DAY, tool="9.4", help=_("Only values that were known by then are held against it.")
    )
    verdict: str | None = declare(
        _("Blip or trend?"),
        Kind.CHOICE,
        choices=VERDICTS,
        tool="9.4",
        help=_("Your own reading. Write it down before you look at what the chart says."),
    )
    because: str | None = declare(
        _("Because"),
        Kind.LONG_TEXT,
        tool="9.4",
        help=_("What in the values makes you say so, and what you know beside them."),
    )
    course: str | None = declare(
        _("What follows"), Kind.CHOICE, choices=COURSES, tool="9.4", help=_("For the work, not for the number.")
    )
    action: str | None = declare(
        _("What is to be done"),
        Kind.TEXT,
        tool="9.4",
        help=_("Only where something is looked into or changed: what will be there when it is done."),
    )
    owner: str | None = declare(_("By whom"), Kind.PERSON, tool="9.4", help=_("One person."))
    due: date | None = declare(_("By when"), Kind.DAY, tool="9.4", help=_("The day by which it is done."))
    done: bool | None = declare(_("Done?"), Kind.YES_NO, tool="9.4", help=_("Yes once it is."))
    illustrative: bool | None = declare(_("Illustrative?"), Kind.YES_NO, tool="9.4", help=_ILLUSTRATIVE)


#: The stretches that limits rest on, where a reader fixed them.
USUAL = Part("usual_stretches", UsualStretch, of=Priority, label=_("What counts as usual"))
#: The steps in the values, with what brought them about.
STEPS = Part("step_changes", StepChange, of=Priority, label=_("Steps, and what brought them about"))
#: The known events behind single values.
SPECIAL_EVENTS = Part("special_events", SpecialEvent, of=Priority, label=_("Special events"))
#: What was read in the charts, and what followed.
READINGS = Part("chart_readings", ChartReading, of=Priority, label=_("Blip or trend: readings"))

#: Every part of the tool.
ALL = (USUAL, STEPS, SPECIAL_EVENTS, READINGS)
