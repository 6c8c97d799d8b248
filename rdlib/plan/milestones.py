"""What a strategy needs, and the steps by which one sees that it comes about (Rule 5, tool 5.1)."""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.fields import Kind, declare
from rdlib.plan.values import Period
from rdlib.words import _


@attrs.frozen
class Milestone:
    """Something that will be true by a day, on the way to the success of a strategy (Rule 5, tool 5.1).

    >>> Milestone("m1", title="Fifty departments work by see and treat").reached is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    title: str | None = declare(
        _("What will be true by then"),
        Kind.TEXT,
        tool="5.1",
        help=_("A result that somebody could go and look at, not the work on it."),
        example=_("Fifty departments treat minor injuries at first contact"),
    )
    when: Period | None = declare(_("By"), Kind.WHEN, tool="5.1", help=_("The period by whose end it is true."))
    owner: str | None = declare(_("Who"), Kind.PERSON, tool="5.1", help=_("The one person who sees to it."))
    reached: date | None = declare(
        _("Reached on"), Kind.DAY, tool="5.1", help=_("Leave it empty until it is. Then the day on which it was.")
    )


@attrs.frozen
class Resources:
    """What carrying out a strategy takes (Rule 5, tool 5.1); what it costs year by year is a matter of Rule 6."""

    people: str | None = declare(
        _("People and their time"),
        Kind.LONG_TEXT,
        tool="5.1",
        help=_("Who has to work on it, how many, for how long, and what they leave undone for it."),
        example=_("Six visiting teams of four for a year; half a day a week of each department's lead nurse"),
    )
    money: str | None = declare(
        _("Money"),
        Kind.LONG_TEXT,
        tool="5.1",
        help=_("How much, from whose budget. A rough figure is better than none; Rule 6 makes it exact."),
    )
    technology: str | None = declare(
        _("Technology and space"),
        Kind.LONG_TEXT,
        tool="5.1",
        help=_("Systems, rooms and equipment. Write that none is needed where that is so."),
    )
