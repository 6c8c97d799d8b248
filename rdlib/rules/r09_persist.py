"""Rule 9, persist in the face of adversity: what it asks of each role."""

from __future__ import annotations

from rdlib.words import _

#: What the rule asks of each role, in our words; the keys are the roles of the plan.
DUTIES = {
    "data-lead": (_("Show the last value only together with the years before it, and say whether it is noise."),),
}
