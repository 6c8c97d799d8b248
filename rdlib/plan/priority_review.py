"""Priority reviews: a short look at one area in trouble, where the work is done (Rule 8, tool 8.4)."""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.priority import Priority
from rdlib.words import _

PLACES = (
    Choice("front-line", _("Front line"), _("Where people are served: a ward, a school, a counter, a farm.")),
    Choice("between", _("In between"), _("A region, a board, a city: whoever stands between the two.")),
    Choice("centre", _("Centre"), _("A ministry, its agencies, the offices of those who decide.")),
)
STANDINGS = (
    Choice("best", _("one of the best"), _("Go there to see how it is done, and what it took.")),
    Choice("middle", _("in the middle"), _("Go there to see what is usual.")),
    Choice("worst", _("one of the worst"), _("Go there to see what is in the way.")),
    Choice("unknown", _("not known"), _("There are no figures by place.")),
)


@attrs.frozen
class ReviewQuestion:
    """A question that the review puts to somebody.

    Attributes:
        origin: the weak spot of a delivery chain that it was drawn from, as ``chains/c1/links/k3/links``.
    """

    id: str = declare(_("Id"), Kind.ID)
    question: str | None = declare(
        _("Question"),
        Kind.LONG_TEXT,
        tool="8.4",
        help=_("One that can be answered by telling what happened, not by an opinion."),
        example=_("The last time that a bed was free at ten: who knew of it, and when?"),
    )
    asked: str | None = declare(
        _("Asked of"), Kind.TEXT, tool="8.4", help=_("Who would know: a post or a role, rather than a body.")
    )
    answer: str | None = declare(_("What was heard"), Kind.LONG_TEXT, tool="8.4", help=_("Left empty until then."))
    origin: str | None = declare(_("Drawn from"), Kind.TEXT, help=_("Written where it was drawn from a weak spot."))


@attrs.frozen
class Visit:
    """A visit to one place."""

    id: str = declare(_("Id"), Kind.ID)
    place: str | None = declare(_("Place"), Kind.TEXT, tool="8.4", help=_("Where you go."), example=_("Hospital F"))
    kind: str | None = declare(
        _("What sort of place"), Kind.CHOICE, choices=PLACES, tool="8.4", help=_("Most visits go to the front line.")
    )
    standing: str | None = declare(
        _("How it stands"),
        Kind.CHOICE,
        choices=STANDINGS,
        tool="8.4",
        help=_("By the figures. A good place shows what is possible, a bad one what is in the way."),
    )
    day: date | None = declare(_("Day"), Kind.DAY, tool="8.4", help=_("The day of the visit."))
    who: tuple[str, ...] = declare(
        _("Who goes"), Kind.PEOPLE, tool="8.4", help=_("Two are better than one: one asks, one looks.")
    )
    seen: str | None = declare(
        _("What was seen"), Kind.LONG_TEXT, tool="8.4", help=_("Written the same evening. Left empty until then.")
    )


@attrs.frozen
class ReviewFinding:
    """Something that the review found out."""

    id: str = declare(_("Id"), Kind.ID)
    what: str | None = declare(
        _("Finding"), Kind.LONG_TEXT, tool="8.4", help=_("A cause, or what works: in a sentence that could be wrong.")
    )
    shown: str | None = declare(
        _("What shows it"), Kind.TEXT, tool="8.4", help=_("Where it was seen, how often, which figure says the same.")
    )


@attrs.frozen
class Recommendation:
    """What somebody is to do because of a review."""

    id: str = declare(_("Id"), Kind.ID)
    what: str | None = declare(
        _("Recommendation"), Kind.TEXT, tool="8.4", help=_("What will be there when it is done.")
    )
    owner: str | None = declare(_("Owner"), Kind.PERSON, tool="8.4", help=_("The one person who said yes."))
    due: date | None = declare(_("Due on"), Kind.DAY, tool="8.4", help=_("The day by which it is done."))
    done: date | None = declare(_("Done on"), Kind.DAY, tool="8.4", help=_("Left empty as long as it is open."))
    dropped: str | None = declare(
        _("Not followed, because"), Kind.TEXT, tool="8.4", help=_("Only where those who decide said no.")
    )


@attrs.frozen
class PriorityReview:
    """A short look into one area, from the centre to where the work is done.

    >>> PriorityReview("v1", question="Why do they still wait?").visits
    ()
    """

    id: str = declare(_("Id"), Kind.ID)
    question: str | None = declare(
        _("What the review is to answer"),
        Kind.TEXT,
        tool="8.4",
        help=_("One question, so narrow that some weeks are enough."),
        example=_("Why do minor injuries wait as long as everybody else?"),
    )
    challenge: str | None = declare(
        _("Challenge"),
        Kind.LINK,
        links_to="challenges",
        tool="8.4",
        help=_("The challenge that it is about; a review belongs to an intensive drive."),
    )
    lead: str | None = declare(_("Who leads it"), Kind.PERSON, tool="8.4", help=_("The one person who answers for it."))
    team: tuple[str, ...] = declare(
        _("Who else"), Kind.PEOPLE, tool="8.4", help=_("Few, from the unit and from those who do the work.")
    )
    starts: date | None = declare(_("Begins on"), Kind.DAY, tool="8.4", help=_("The first day of work on it."))
    ends: date | None = declare(
        _("Ends on"), Kind.DAY, tool="8.4", help=_("The day of its report: weeks, not months, after it began.")
    )
    data: tuple[str, ...] = declare(
        _("Data to look at before you go"),
        Kind.TEXTS,
        tool="8.4",
        help=_("What the figures can say already, so that visits ask only what they cannot."),
    )
    questions: tuple[ReviewQuestion, ...] = declare(_("Questions"), Kind.RECORDS, record=ReviewQuestion, tool="8.4")
    visits: tuple[Visit, ...] = declare(_("Visits"), Kind.RECORDS, record=Visit, tool="8.4")
    findings: tuple[ReviewFinding, ...] = declare(_("Findings"), Kind.RECORDS, record=ReviewFinding, tool="8.4")
    recommendations: tuple[Recommendation, ...] = declare(
        _("Recommendations"), Kind.RECORDS, record=Recommendation, tool="8.4"
    )
    report: date | None = declare(
        _("Reports to the stocktake of"),
        Kind.DAY,
        tool="8.4",
        help=_("The day of the stocktake at which it is decided what follows."),
    )
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="8.4", help=_("Yes when it is made up to practise with.")
    )


#: The priority reviews of a priority.
PRIORITY_REVIEWS = Part("priority_reviews", PriorityReview, of=Priority, label=_("Priority reviews"))
