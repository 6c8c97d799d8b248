"""Priorities, their outcomes and the people of a plan (Rules 1 and 2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from rdlib.plan.assessment import Assessment
from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.indicator import Indicator
from rdlib.words import _

LEVELS = (
    Choice(
        "long-term",
        _("Long-term outcome"),
        _("The change in people's lives that the priority is for; it may lie beyond this mandate."),
    ),
    Choice(
        "shorter-term",
        _("Shorter-term outcome"),
        _("A change that should show inside the mandate and leads to the long-term one."),
    ),
    Choice("output", _("Output"), _("What the work itself produces: places, visits, connections, decisions.")),
)

ROLES = (
    Choice("exempt-staff", _("Minister's exempt staff")),
    Choice("crdo", _("Chief Results and Delivery Officer")),
    Choice("data-lead", _("Data Lead")),
    Choice("senior-executive", _("Senior Executive")),
    Choice("senior-program-manager", _("Senior Program Manager")),
)


@attrs.frozen
class Person:
    """Somebody whom the plan names."""

    id: str = declare(_("Id"), Kind.ID)
    name: str | None = declare(_("Name"), Kind.TEXT, help=_("The person, or the post where the person may change."))
    post: str | None = declare(_("Post"), Kind.TEXT, help=_("What the person does."))
    organisation: str | None = declare(_("Organisation"), Kind.TEXT, help=_("Where the person works."))


@attrs.frozen
class Outcome:
    """A change for people that a priority aims at (Rule 1, tool 1.1; level: Rule 2, tool 2.3)."""

    id: str = declare(_("Id"), Kind.ID)
    statement: str | None = declare(
        _("Outcome"),
        Kind.TEXT,
        telling=True,
        tool="1.1",
        help=_("What will be different, and for whom. Not what will be done, and not what will be spent."),
        example=_("People who need emergency care are seen quickly"),
    )
    level: str | None = declare(
        _("Level"),
        Kind.CHOICE,
        choices=LEVELS,
        tool="2.3",
        help=_("How far along the road from work to change it lies."),
    )
    leads_to: str | None = declare(
        _("Leads to"),
        Kind.LINK,
        links_to="outcomes",
        tool="2.3",
        help=_("The longer-term outcome that this one makes more likely."),
    )
    leader: str | None = declare(
        _("Leader"), Kind.PERSON, tool="1.1", help=_("The one person who answers for this outcome.")
    )


@attrs.frozen
class Priority:
    """One priority of a government, with all that is planned and known of it.

    Attributes:
        parts: what the other rules add (strategies, coalition ...), by key; see :class:`rdlib.plan.parts.Part`.
    """

    id: str = declare(_("Id"), Kind.ID)
    title: str | None = declare(
        _("Priority"), Kind.TEXT, tool="1.1", help=_("Its short name."), example=_("Shorter waits in emergency rooms")
    )
    summary: str | None = declare(
        _("In a few sentences"),
        Kind.LONG_TEXT,
        tool="1.1",
        help=_("What it is about, for somebody who has never heard of it."),
    )
    leaders: tuple[str, ...] = declare(
        _("Accountable leader"),
        Kind.PEOPLE,
        tool="1.1",
        help=_("The one person who answers for it. Two leaders are no leader."),
    )
    stakeholders: tuple[str, ...] = declare(
        _("Key stakeholders"),
        Kind.TEXTS,
        tool="1.1",
        help=_("Who has to help to shape it, one a line: partners, front line, those it is for."),
    )
    outcomes: tuple[Outcome, ...] = declare(_("Outcomes"), Kind.RECORDS, record=Outcome, tool="1.1")
    indicators: tuple[Indicator, ...] = declare(_("Indicators"), Kind.RECORDS, record=Indicator, tool="2.1")
    assessments: tuple[Assessment, ...] = declare(_("Assessments"), Kind.RECORDS, record=Assessment, tool="7.3")
    parts: Mapping[str, Any] = attrs.field(factory=dict, eq=False)

    def outcome(self, id_: str | None) -> Outcome | None:
        """Return the outcome with this id, or None."""
        return next((o for o in self.outcomes if o.id == id_), None)

    def indicator(self, id_: str | None) -> Indicator | None:
        """Return the indicator with this id, or None."""
        return next((i for i in self.indicators if i.id == id_), None)
