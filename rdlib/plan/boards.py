"""What a plan calls the zones of its boards, where our own names for them do not fit (Rules 4 and 10)."""

from __future__ import annotations

import attrs

from rdlib.plan.fields import Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.plan import Plan
from rdlib.words import _


@attrs.frozen
class ZoneName:
    """The name that a plan gives to a zone of a board; its id is the key of the zone."""

    id: str = declare(_("Id"), Kind.ID)
    name: str | None = declare(
        _("Name"), Kind.TEXT, tool="4.2", help=_("What this zone is called in your plan. Left empty, our name stands.")
    )


#: The zones of boards that a plan has renamed.
ZONE_NAMES = Part("zone_names", ZoneName, of=Plan, label=_("Names of the zones of boards"))
