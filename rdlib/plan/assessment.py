"""Dated assessments of the likelihood of delivery: five judgements and what they come to (Rule 7, tool 7.3).

What several people think before they talk stands in :mod:`rdlib.plan.assessment_ratings`; what they agree on stands
here. The meaning of the four likelihoods is the source's, in our words; the levels of the five judgements are ours.
"""

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


def _levels(*describes: str) -> tuple[Choice, ...]:
    ours = _("{describes} (Our wording.)")
    return tuple(
        Choice(c.value, c.label, ours.format(describes=text)) for c, text in zip(LIKELIHOODS, describes, strict=True)
    )


CHALLENGE = _levels(
    _("Far beyond anything that was ever reached here, against strong resistance, and no way is known."),
    _("A clear break with the past; it has been done elsewhere, and large obstacles stand."),
    _("More than things do by themselves; the obstacles are known, and most can be dealt with."),
    _("Within reach of what was done before, and nothing serious stands in the way."),
)
PLANNING = _levels(
    _("Nobody answers for it, or there is no plan that anybody could follow."),
    _("Somebody answers for it, and a plan is written; it lacks steps or measures, or lies in a drawer."),
    _("One leader, a plan with steps and measures; parts of the work still run beside it."),
    _("One leader with a team, a plan that hangs together, and the week of the team begins with it."),
)
CAPACITY = _levels(
    _("Those who have to do it do not know, cannot, or will not."),
    _("Roles are set for some; skill or will is lacking where it counts most."),
    _("Roles are set down to the front line; skill or will still has to grow in places."),
    _("Everybody along the chain knows their part, can do it and does, in sufficient number."),
)
STAGE = _levels(
    _("On paper: decisions that all else waits for are open."),
    _("Early: it has begun in some places, and the hardest is still ahead."),
    _("Under way at scale: most of it runs, and the rest has its dates."),
    _("Nearly all of it is in place, and works without being pushed."),
)
EVIDENCE = _levels(
    _("None that anybody looks at, or it points the wrong way."),
    _("Little, late, or only of activity; it says nothing yet of the target."),
    _("Early signs and milestones are looked at regularly; most point the right way."),
    _("Solid figures and what is seen on the spot say the same: it is on its path."),
)


def _rating(label: str, asks: str = "", choices: tuple[Choice, ...] = LIKELIHOODS) -> int | None:
    help_ = f"{asks} {_RATING_HELP}".strip()
    value: int | None = declare(label, Kind.RATING, choices=choices, tool="7.3", help=help_)
    return value


def _why(label: str) -> str | None:
    value: str | None = declare(
        label, Kind.LONG_TEXT, tool="7.3", help=_("The evidence behind the rating, in a sentence or two.")
    )
    return value


@attrs.frozen
class Judgements:
    """Five judgements and the likelihood of delivery: what a rating by one person and an agreed one both hold."""

    id: str = declare(_("Id"), Kind.ID)
    day: date | None = declare(_("Assessed on"), Kind.DAY, tool="7.3", help=_("The day of the judgement."))
    challenge: int | None = _rating(
        _("Degree of the challenge"),
        _("How large is the task, what stands in the way, and how far does it go beyond the past? 4 is the easiest."),
        CHALLENGE,
    )
    challenge_why: str | None = _why(_("Why: degree of the challenge"))
    planning: int | None = _rating(
        _("Quality of planning"),
        _("Does somebody answer for it, with a plan and measures, and does the team work by that plan?"),
        PLANNING,
    )
    planning_why: str | None = _why(_("Why: quality of planning"))
    capacity: int | None = _rating(
        _("Capacity to drive progress"),
        _("Do all along the chain know their part, and have they the skill and the will for it, in sufficient number?"),
        CAPACITY,
    )
    capacity_why: str | None = _why(_("Why: capacity to drive progress"))
    stage: int | None = _rating(
        _("Stage of delivery"), _("How far is the work: on paper, begun, under way at scale, nearly complete?"), STAGE
    )
    stage_why: str | None = _why(_("Why: stage of delivery"))
    evidence: int | None = _rating(
        _("Evidence of progress"),
        _("Is there sound evidence of any kind, is it looked at regularly, and does it say that things are on track?"),
        EVIDENCE,
    )
    evidence_why: str | None = _why(_("Why: evidence of progress"))
    likelihood: int | None = _rating(
        _("Likelihood of delivery"), _("All in all: how likely is it that what was promised will be delivered?")
    )
    likelihood_why: str | None = _why(_("Why: likelihood of delivery"))
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="7.3", help=_("Yes when the ratings are made up to practise with.")
    )


@attrs.frozen
class Assessment(Judgements):
    """Five judgements and the likelihood of delivery, as agreed on one day.

    >>> Assessment("a1", likelihood=2).planning is None
    True
    """

    raters: tuple[str, ...] = declare(_("Assessed by"), Kind.PEOPLE, tool="7.3", help=_("Who agreed on it."))
