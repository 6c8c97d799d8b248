"""Dated reviews of the delivery architecture: four elements, each rated with notes (Rule 4, tool 4.5)."""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.priority import Priority
from rdlib.words import _

#: What each rating means; the wordings are ours.
RATINGS = (
    Choice("1", _("red"), _("Not there, or not usable: start again.")),
    Choice("2", _("amber-red"), _("Begun, with gaps that would stop the work.")),
    Choice("3", _("amber-green"), _("Mostly there; the gaps are known and can be closed while working.")),
    Choice("4", _("green"), _("There, and good enough to work from.")),
)


def _notes() -> str | None:
    value: str | None = declare(
        _("Notes"), Kind.LONG_TEXT, tool="4.5", help=_("What the rating rests on, and what to do next.")
    )
    return value


def _rating(label: str, asks: str) -> int | None:
    value: int | None = declare(label, Kind.RATING, choices=RATINGS, tool="4.5", help=asks)
    return value


@attrs.frozen
class ArchitectureReview:
    """What somebody thought of the delivery architecture of a priority on one day.

    >>> ArchitectureReview("r1", outcomes=3).strategies is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    day: date | None = declare(_("Reviewed on"), Kind.DAY, tool="4.5", help=_("The day of the judgement."))
    reviewers: tuple[str, ...] = declare(_("Reviewed by"), Kind.PEOPLE, tool="4.5", help=_("Who agreed on it."))
    outcomes: int | None = _rating(
        _("Outcomes"), _("Do the outcomes say what we aspire to, so that anybody can see what comes first?")
    )
    outcomes_notes: str | None = _notes()
    indicators: int | None = _rating(
        _("Indicators and targets"),
        _("Has each outcome an indicator with a target, and is each meaningful, moveable and measurable?"),
    )
    indicators_notes: str | None = _notes()
    strategies: int | None = _rating(
        _("Strategies"), _("Is there for each target at least one strategy that is there to move that number?")
    )
    strategies_notes: str | None = _notes()
    accountability: int | None = _rating(
        _("Accountability"), _("Is it one named person who answers for each outcome, and one for each strategy?")
    )
    accountability_notes: str | None = _notes()
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="4.5", help=_("Yes when the ratings are made up to practise with.")
    )


#: The reviews of a priority's delivery architecture.
REVIEWS = Part("reviews", ArchitectureReview, of=Priority, label=_("Reviews of the delivery architecture"))
