"""Dated assessments of the likelihood of delivery (Rule 7, tool 7.3)."""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.words import _

LIKELIHOODS = (
    Choice("1", _("red"), _("Highly problematic: needs urgent and decisive action.")),
    Choice("2", _("amber-red"), _("Problematic: much of it needs attention, and some of that is urgent.")),
    Choice("3", _("amber-green"), _("Mixed: parts need real attention, others are good.")),
    Choice("4", _("green"), _("Good: refine it and carry it through step by step.")),
)

_RATING_HELP = _("1 is the weakest, 4 the strongest. Leave it empty when it has not been judged.")


def _rating(label: str) -> int | None:
    value: int | None = declare(label, Kind.RATING, choices=LIKELIHOODS, tool="7.3", help=_RATING_HELP)
    return value


def _why() -> str | None:
    value: str | None = declare(
        _("Why"), Kind.LONG_TEXT, tool="7.3", help=_("The evidence behind the rating, in a sentence or two.")
    )
    return value


@attrs.frozen
class Assessment:
    """Five judgements and the likelihood of delivery, as agreed on one day."""

    id: str = declare(_("Id"), Kind.ID)
    day: date | None = declare(_("Assessed on"), Kind.DAY, tool="7.3", help=_("The day of the judgement."))
    raters: tuple[str, ...] = declare(_("Assessed by"), Kind.PEOPLE, tool="7.3", help=_("Who agreed on it."))
    challenge: int | None = _rating(_("Degree of the challenge"))
    challenge_why: str | None = _why()
    planning: int | None = _rating(_("Quality of planning"))
    planning_why: str | None = _why()
    capacity: int | None = _rating(_("Capacity to drive progress"))
    capacity_why: str | None = _why()
    stage: int | None = _rating(_("Stage of delivery"))
    stage_why: str | None = _why()
    evidence: int | None = _rating(_("Evidence of progress"))
    evidence_why: str | None = _why()
    likelihood: int | None = _rating(_("Likelihood of delivery"))
    likelihood_why: str | None = _why()
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="7.3", help=_("Yes when the ratings are made up to practise with.")
    )
