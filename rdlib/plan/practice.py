"""What a learner writes while sorting published targets into well- and ill-defined ones (Rule 2, tool 2.5)."""

from __future__ import annotations

import attrs

from rdlib.plan.fields import Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.priority import Priority
from rdlib.words import _


@attrs.frozen
class Sorting:
    """One published target, sorted with a reason and repaired where it needs it (Rule 2, tool 2.5).

    >>> Sorting("s1", well_defined=False, why="No number says how much").repair is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    well_defined: bool | None = declare(
        _("Well-defined?"),
        Kind.YES_NO,
        tool="2.5",
        help=_("Yes when two people who do not know each other would agree, on the last day, whether it was reached."),
    )
    why: str | None = declare(
        _("Why"),
        Kind.LONG_TEXT,
        tool="2.5",
        help=_("What it says about how much, by when, of whom and from where, and what it leaves open."),
        example=_("It names a share and a year, and the share is already measured every quarter."),
    )
    repair: str | None = declare(
        _("Your repaired wording"),
        Kind.TEXT,
        tool="2.5",
        help=_("One sentence with a number and a date. Leave it empty when nothing needs repair."),
        example=_("At least half of senior posts held by women by June 2025"),
    )


#: How a learner sorted the published target of a priority.
SORTING = Part("sorting", Sorting, of=Priority, label=_("Well-defined or ill-defined?"))
