"""Risks: what could throw a strategy or its delivery chain off, and what is done about it (Rules 5 and 9).

How likely and how bad are words, not probabilities: a number would claim more than anybody knows.
"""

from __future__ import annotations

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


@attrs.frozen
class Risk:
    """What could throw a strategy or its delivery chain off.

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


#: The risks of a priority.
RISKS = Part("risks", Risk, of=Priority, label=_("Risks"))
