"""A delivery plan: its title page and its priorities."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from rdlib.plan.fields import Choice, Field, Kind, declare
from rdlib.plan.priority import ROLES, Person, Priority
from rdlib.plan.routine_year import RoutineYear
from rdlib.plan.values import Amount
from rdlib.words import _

PLAN_LANGUAGES = (Choice("en", "English"), Choice("fr", "Français"))
MONTHS = tuple(
    Choice(str(n), name)
    for n, name in enumerate(
        (
            _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
            _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
        ),
        start=1,
    )
)  # fmt: skip

MONEY_SCALES = (
    Choice("units", _("single units"), _("12 500 stands for twelve thousand five hundred.")),
    Choice("thousands", _("thousands"), _("12.5 stands for twelve thousand five hundred.")),
    Choice("millions", _("millions"), _("12.5 stands for twelve and a half million.")),
)


#: The table of the priorities: each row is a file of its own, and the plan's ``order`` says in which order they stand.
PRIORITIES = Field(
    "priorities",
    _("Priorities"),
    _("What the government wants to achieve above all. The fewer there are, the more each of them counts."),
    Kind.RECORDS,
    record=Priority,
    tool="1.1",
)


@attrs.frozen
class Plan:
    """A delivery plan.

    Attributes:
        priorities: its priorities, in the order of the plan.
        parts: what other rules add to the plan as a whole, by key.
    """

    title: str | None = declare(_("Title of the plan"), Kind.TEXT, help=_("How the plan is called."))
    organisation: str | None = declare(_("Organisation"), Kind.TEXT, help=_("Whose plan it is."))
    mandate_start: date | None = declare(_("Mandate starts"), Kind.DAY, help=_("First day of the mandate."))
    mandate_end: date | None = declare(
        _("Mandate ends"), Kind.DAY, help=_("Last day of the mandate: shorter-term targets fall due before it.")
    )
    language: str | None = declare(
        _("Language of the plan"),
        Kind.CHOICE,
        choices=PLAN_LANGUAGES,
        help=_("It decides how 1,234 is read: in French, the comma starts the decimals."),
    )
    fiscal_year_start: str | None = declare(
        _("Fiscal year starts in"),
        Kind.CHOICE,
        choices=MONTHS,
        help=_("The month that 2018/19 starts in; April when left empty."),
    )
    role: str | None = declare(
        _("Your role"),
        Kind.CHOICE,
        choices=ROLES,
        tool="0.1",
        help=_("Each workbook shows the duties of this role first."),
    )
    about: str | None = declare(
        _("About this plan"),
        Kind.LONG_TEXT,
        help=_("What a reader must know: where the figures come from, what is made up to practise with."),
    )
    limit: Amount = declare(
        _("At most so many priorities"),
        Kind.NUMBER,
        tool="1.3",
        low=1,
        help=_("Set before the choice begins. For the whole government of the United Kingdom it was 14."),
    )
    currency: str | None = declare(
        _("Currency"), Kind.TEXT, tool="6.1", help=_("A sign or a code; $ when left empty."), example="$"
    )
    money_scale: str | None = declare(
        _("Amounts of money are in"),
        Kind.CHOICE,
        choices=MONEY_SCALES,
        tool="6.1",
        help=_("The same for every amount of the plan; millions when left empty."),
    )
    routine_year: RoutineYear = declare(_("The year of routines"), Kind.RECORD, record=RoutineYear)
    people: tuple[Person, ...] = declare(_("People"), Kind.RECORDS, record=Person)
    order: tuple[str, ...] = declare(
        _("Order of the priorities"), Kind.TEXTS, help=_("Ids of the priorities in the order they are shown.")
    )
    priorities: tuple[Priority, ...] = attrs.field(default=())
    parts: Mapping[str, Any] = attrs.field(factory=dict, eq=False)

    def priority(self, id_: str) -> Priority | None:
        """Return the priority with this id, or None."""
        return next((p for p in self.priorities if p.id == id_), None)

    def person(self, reference: str | None) -> str | None:
        """Return how to name a person: by the name behind an id of ``people``, else as written."""
        return next((p.name or p.id for p in self.people if p.id == reference), reference)
