"""How likely delivery is, as each of several people sees it before they talk (Rule 7, tool 7.3).

Each row is what one person thought on one day; whoever rates again adds a new row. What they agree on is an
:class:`rdlib.plan.assessment.Assessment` of the priority.
"""

from __future__ import annotations

import attrs

from rdlib.plan.assessment import Assessment, Judgements
from rdlib.plan.fields import Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.words import _


@attrs.frozen
class AssessmentRating(Judgements):
    """How one person judges a priority on one day.

    >>> AssessmentRating("r1", person="Ann", likelihood=2).likelihood
    2
    """

    person: str | None = declare(
        _("Rated by"), Kind.PERSON, tool="7.3", help=_("One person for each row. Rate alone first, then compare.")
    )


#: The ratings of single people, the earlier ones too.
ASSESSMENT_RATINGS = Part(
    "assessment_ratings", AssessmentRating, of=Priority, label=_("Ratings of the likelihood of delivery")
)


class _Agreed(Part[Assessment]):
    """The assessments of a priority, read as the parts are that other rules add; they stand on the record itself."""

    def __init__(self) -> None:
        self.key, self.record, self.kept = "assessments", Assessment, False
        self.label = _("Agreed assessments")

    def read(self, owner: Plan | Priority) -> tuple[Assessment, ...]:
        return owner.assessments if isinstance(owner, Priority) else ()


#: What was agreed on after the ratings were compared, the earlier assessments too.
AGREED: Part[Assessment] = _Agreed()
