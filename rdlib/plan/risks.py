"""Risks: what could throw a strategy or its delivery chain off, and what is done about it (Rules 5 and 9).

How likely and how bad are words, not probabilities: a number would claim more than anybody knows. There is one
register: what could throw a part off (tool 5.3) and what could derail the whole (tool 9.3) stand in it side by side.
"""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.priority import Priority
from rdlib.plan.values import Period
from rdlib.words import _

LIKELIHOODS = (
    Choice("1", _("unlikely"), _("It would surprise us.")),
    Choice("2", _("possible"), _("It has happened elsewhere, or there are signs of it.")),
    Choice("3", _("likely"), _("We expect it unless something is done; or it has begun.")),
)

EFFECTS = (
    Choice("1", _("slight"), _("It costs effort, and the target stays in reach.")),
    Choice("2", _("serious"), _("A part of the effect is lost, or comes a good deal later.")),
    Choice("3", _("decisive"), _("The strategy fails, or its target is missed.")),
)

STATUSES = (
    Choice("open", _("Open"), _("Seen, and nothing is under way yet.")),
    Choice("at-work", _("Being dealt with"), _("The answer is under way.")),
    Choice("accepted", _("Accepted"), _("Decided to live with it; the reason stands in the answer.")),
    Choice("closed", _("Closed"), _("It can no longer happen, or it has and is over."), retires=True),
)

REACHES = (
    Choice("part", _("A part of it"), _("It would hit a strategy, or a part of the delivery chain.")),
    Choice("whole", _("The whole priority"), _("It could derail everything that is done for the priority.")),
)


def _derailer(label: str, kind: Kind, help_: str, example: str = "") -> str | None:
    value: str | None = declare(label, kind, tool="9.3", help=help_, example=example)
    return value


@attrs.frozen
class Risk:
    """What could throw a strategy, its delivery chain or the whole priority off.

    >>> Risk("r1", title="Beds stay full", likelihood="3", effect="2").status is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    title: str | None = declare(
        _("Risk"),
        Kind.TEXT,
        telling=True,
        tool="5.3",
        help=_("What could happen, said so that one could later tell whether it did."),
        example=_("Departments have no room for a second stream"),
    )
    strategies: tuple[str, ...] = declare(
        _("Strategies it would hit"),
        Kind.LINKS,
        links_to="strategies",
        tool="5.3",
        help=_("Tick those that would suffer from it."),
    )
    actors: tuple[str, ...] = declare(
        _("Actors it is about"),
        Kind.LINKS,
        links_to="chains/actors",
        tool="5.3",
        help=_("Tick the actors of the delivery chain with whom it would begin."),
    )
    links: tuple[str, ...] = declare(
        _("Links it is about"),
        Kind.LINKS,
        links_to="chains/links",
        tool="5.3",
        help=_("Tick the links of the delivery chain that it would break."),
    )
    first_sign: str | None = declare(
        _("What would be seen first"),
        Kind.LONG_TEXT,
        tool="5.3",
        help=_("The earliest thing that somebody could notice, and who would notice it."),
    )
    likelihood: str | None = declare(
        _("How likely"),
        Kind.CHOICE,
        choices=LIKELIHOODS,
        tool="5.3",
        help=_("As things stand, before the answer works. The descriptors are ours."),
    )
    effect: str | None = declare(
        _("How bad"), Kind.CHOICE, choices=EFFECTS, tool="5.3", help=_("If it happened. The descriptors are ours.")
    )
    answer: str | None = declare(
        _("What is done about it"),
        Kind.LONG_TEXT,
        tool="5.3",
        help=_("What makes it less likely, or less bad; or why it is accepted."),
    )
    owner: str | None = declare(
        _("Who answers for that"), Kind.PERSON, tool="5.3", help=_("One person who watches it and acts.")
    )
    by: Period | None = declare(_("By when"), Kind.WHEN, tool="5.3", help=_("When the answer will be in place."))
    status: str | None = declare(
        _("Status"), Kind.CHOICE, choices=STATUSES, tool="5.3", help=_("Where it stands today.")
    )
    reach: str | None = declare(
        _("What it could derail"),
        Kind.CHOICE,
        choices=REACHES,
        tool="9.3",
        help=_("How much would be off course if it happened."),
    )
    could_come: Period | None = declare(
        _("When it could come"),
        Kind.WHEN,
        tool="9.3",
        help=_("The day, month or season in which it would happen, if it does."),
        example="2027-11",
    )
    sign_seen: date | None = declare(
        _("First sign seen on"),
        Kind.DAY,
        tool="9.3",
        help=_("Left empty as long as nobody has seen what would be seen first."),
    )
    if_it_comes: str | None = _derailer(
        _("What you do if it comes to pass"),
        Kind.LONG_TEXT,
        _("The first three days, and who decides. The answer above makes it less likely; this is for when it happens."),
        _("The deputy takes the Monday half-hour from the same day; the two slowest regions are called at once"),
    )
    my_part: str | None = _derailer(
        _("Your own part"),
        Kind.LONG_TEXT,
        _("What you yourself do so that the course holds; not what others should do."),
        _("I tell the new Minister in the first week why the wait comes first, with the chart"),
    )
    my_part_owner: str | None = _derailer(
        _("Whose part it is"), Kind.PERSON, _("Your name or post: a plan is read by several people.")
    )
    my_part_by: date | None = declare(_("Your part is done by"), Kind.DAY, tool="9.3", help=_("The day."))
    my_part_done: date | None = declare(
        _("Your part was done on"), Kind.DAY, tool="9.3", help=_("Left empty as long as it is open.")
    )
    flexible: str | None = _derailer(
        _("Where you can be flexible"),
        Kind.LONG_TEXT,
        _("What may change if it comes: the order, the place, the way. Decided now, it costs less than in a crisis."),
        _("Visits in the flooded districts can wait until the autumn"),
    )
    firm: str | None = _derailer(
        _("Where you do not give way"),
        Kind.LONG_TEXT,
        _("What stays as it is, whatever happens: mostly the target, its date, and the time set aside for it."),
        _("The target and its date; the stocktake of May"),
    )
    looked_on: date | None = declare(
        _("Last looked at on"), Kind.DAY, tool="9.3", help=_("The day on which you last asked whether it still stands.")
    )
    look_again: date | None = declare(
        _("To be looked at again on"),
        Kind.DAY,
        tool="9.3",
        help=_("The day; whoever answers for the risk is reminded."),
    )


#: The risks of a priority.
RISKS = Part("risks", Risk, of=Priority, label=_("Risks"))
