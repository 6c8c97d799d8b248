"""Routines: what meets and reports today, what is to, the agenda of a meeting and its preparation (Rule 7).

Four tools fill these records: 7.1 (today's meetings and notes), 7.2 (the architecture of routines, with quiet times),
7.4 (agendas) and 7.6 (preparations). All of them belong to the plan as a whole and point to priorities.
"""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.plan import Plan
from rdlib.plan.values import Amount
from rdlib.words import _

FORMS = (
    Choice("meeting", _("Meeting"), _("People sit together, in a room or on a screen.")),
    Choice("stocktake", _("Stocktake"), _("A meeting with a leader that judges progress and decides.")),
    Choice("note", _("Note or report"), _("Something written that goes to somebody on a fixed day.")),
    Choice("visit", _("Visit"), _("Somebody goes and looks at the place where the work is done.")),
)

_WEEKLY = Choice("weekly", _("every week"))
_WEEKS = Choice("weeks", _("every few weeks"))
_OTHERS = (
    Choice("monthly", _("every month")),
    Choice("quarterly", _("every quarter")),
    Choice("half-yearly", _("twice a year")),
    Choice("yearly", _("once a year")),
)
FREQUENCIES = (_WEEKLY, _WEEKS, *_OTHERS)
FREQUENCIES_TODAY = (
    Choice("daily", _("every working day")),
    *FREQUENCIES,
    Choice("irregular", _("now and then")),
)

RESULTS = (
    Choice("nothing", _("Nothing that lasts"), _("People go back to their work, and nothing is different.")),
    Choice("information", _("Information"), _("Those who take part know more afterwards.")),
    Choice("actions", _("Actions"), _("It stands written who does what by when, and somebody asks about it.")),
    Choice("decisions", _("Decisions"), _("Something is settled there that would stay open without it.")),
)

FATES = (
    Choice("keep", _("Keep it"), _("It does its work as it is.")),
    Choice("mend", _("Mend it"), _("It goes on with another agenda, other people or another rhythm.")),
    Choice("stop", _("Stop it"), _("Its hours are worth more elsewhere.")),
)


@attrs.frozen
class RoutineToday:
    """A meeting or note that exists today (tool 7.1).

    >>> RoutineToday("t1", title="Monday meeting", asks_did=True).asks_mattered is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    title: str | None = declare(
        _("Meeting or note"),
        Kind.TEXT,
        tool="7.1",
        help=_("What it is called. Begin with whatever takes the time of those who lead."),
        example=_("Monday meeting of directors"),
    )
    form: str | None = declare(_("What it is"), Kind.CHOICE, choices=FORMS, tool="7.1", help=_("Its form today."))
    who: tuple[str, ...] = declare(
        _("Who takes part"), Kind.PEOPLE, tool="7.1", help=_("Who sits there, or who writes it and who reads it.")
    )
    count: Amount = declare(
        _("How many people"),
        Kind.NUMBER,
        low=1,
        high=1000,
        tool="7.1",
        help=_("With those who are not named above. It tells what the routine costs in hours."),
    )
    frequency: str | None = declare(
        _("How often"), Kind.CHOICE, choices=FREQUENCIES_TODAY, tool="7.1", help=_("As it is, not as it was planned.")
    )
    weeks: Amount = declare(
        _("Every how many weeks"),
        Kind.NUMBER,
        low=2,
        high=52,
        tool="7.1",
        help=_("Only where you chose “every few weeks”."),
    )
    minutes: Amount = declare(
        _("How long"),
        Kind.NUMBER,
        unit=_("minutes"),
        low=1,
        high=2400,
        tool="7.1",
        help=_("For a note: how long each who is counted above spends on writing or reading it."),
    )
    priorities: tuple[str, ...] = declare(
        _("Priorities it looks at"),
        Kind.LINKS,
        links_to="priorities",
        tool="7.1",
        help=_("Those that come up each time, not those that could."),
    )
    asks_did: bool | None = declare(
        _("Does it ask: did we do it?"),
        Kind.YES_NO,
        tool="7.1",
        help=_("Whether what was to be done has been done."),
    )
    asks_well: bool | None = declare(
        _("Does it ask: did we do it well?"),
        Kind.YES_NO,
        tool="7.1",
        help=_("Whether it was done in the way in which it works, and by all who were to do it."),
    )
    asks_mattered: bool | None = declare(
        _("Does it ask: did it matter?"),
        Kind.YES_NO,
        tool="7.1",
        help=_("Whether a figure of an outcome has moved, or anything for the people it is for."),
    )
    asks_next: bool | None = declare(
        _("Does it ask: what next?"),
        Kind.YES_NO,
        tool="7.1",
        help=_("What will be done in another way from now on, by whom."),
    )
    result: str | None = declare(
        _("What comes out of it"),
        Kind.CHOICE,
        choices=RESULTS,
        tool="7.1",
        help=_("What it mostly leads to. Think of the last three times."),
    )
    shown: str | None = declare(
        _("What shows that"),
        Kind.LONG_TEXT,
        tool="7.1",
        help=_("The last decision or action that came out of it, with its day. Nothing comes to mind? Say so."),
    )
    fate: str | None = declare(
        _("Keep, mend or stop?"),
        Kind.CHOICE,
        choices=FATES,
        tool="7.1",
        help=_("Your decision. The program proposes one, with its reason; it does not decide."),
    )
    fate_why: str | None = declare(
        _("Why, and what is to change"),
        Kind.LONG_TEXT,
        tool="7.1",
        help=_("For what is mended: what will be different the next time. For what stops: who has to agree."),
    )
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="7.1", help=_("Yes when it is made up to practise with.")
    )


LEVELS = (
    Choice("head", _("Head of government"), _("The Prime Minister, premier or chief minister asks.")),
    Choice("minister", _("Minister"), _("The minister who answers for it asks.")),
    Choice("official", _("Senior officials"), _("Deputy minister, senior executives: those whose people do it.")),
    Choice("team", _("Delivery team"), _("Those who work on it every day, and those who help them.")),
)

SHARING = (
    Choice("together", _("All in each meeting"), _("Each time, every priority is looked at.")),
    Choice(
        "own",
        _("A meeting each, spread out"),
        _("Each priority has meetings of its own; their weeks are spread over the interval, so that none coincide."),
    ),
    Choice("turns", _("Taking turns"), _("One priority a meeting, then the next; the round begins again at the end.")),
)

WEEKDAYS = (
    Choice("0", _("Monday")),
    Choice("1", _("Tuesday")),
    Choice("2", _("Wednesday")),
    Choice("3", _("Thursday")),
    Choice("4", _("Friday")),
)


@attrs.frozen
class Routine:
    """A routine of the architecture (tool 7.2).

    >>> Routine("u1", title="Stocktake with the Chief Minister", frequency="weeks", weeks=8.0).level is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    title: str | None = declare(
        _("Routine"),
        Kind.TEXT,
        tool="7.2",
        help=_("What it will be called."),
        example=_("Stocktake with the Chief Minister"),
    )
    form: str | None = declare(_("Form"), Kind.CHOICE, choices=FORMS, tool="7.2", help=_("How people come together."))
    level: str | None = declare(
        _("Who asks"),
        Kind.CHOICE,
        choices=LEVELS,
        tool="7.2",
        help=_("At which level it takes place. How often a priority should come up depends on it."),
    )
    priorities: tuple[str, ...] = declare(
        _("Priorities"),
        Kind.LINKS,
        links_to="priorities",
        tool="7.2",
        help=_("Those whose progress it looks at."),
    )
    sharing: str | None = declare(
        _("How the priorities share it"),
        Kind.CHOICE,
        choices=SHARING,
        tool="7.2",
        help=_("Left empty: all in each meeting."),
    )
    topic: str | None = declare(
        _("What it is about"),
        Kind.LONG_TEXT,
        tool="7.2",
        help=_("The goal or the strategies whose progress is judged, in a sentence."),
        example=_("Are the quick wins in the departments on the way, and what stops the slowest ten?"),
    )
    chair: str | None = declare(
        _("Who chairs"), Kind.PERSON, tool="7.2", help=_("The one person who asks, and who can decide.")
    )
    attends: tuple[str, ...] = declare(
        _("Who takes part"),
        Kind.PEOPLE,
        tool="7.2",
        help=_("Those who answer for the priorities have to be there, themselves. Nobody is put into two at a time."),
    )
    frequency: str | None = declare(
        _("How often"), Kind.CHOICE, choices=FREQUENCIES, tool="7.2", help=_("A fixed rhythm; that is half of it.")
    )
    weeks: Amount = declare(
        _("Every how many weeks"),
        Kind.NUMBER,
        low=2,
        high=52,
        tool="7.2",
        help=_("Only where you chose “every few weeks”."),
        example="8",
    )
    minutes: Amount = declare(
        _("Length"),
        Kind.NUMBER,
        unit=_("minutes"),
        low=5,
        high=480,
        tool="7.2",
        help=_("From the first word to the last."),
        example="90",
    )
    weekday: str | None = declare(
        _("Day of the week"),
        Kind.CHOICE,
        choices=WEEKDAYS,
        tool="7.2",
        help=_("Only where it has to be this one. Left empty, the program looks for a good day and keeps to it."),
    )
    time: str | None = declare(
        _("Begins at"),
        Kind.TEXT,
        tool="7.2",
        help=_("Hours and minutes, on the clock of 24 hours. Left empty: the calendar says morning or afternoon."),
        example="14:00",
    )
    tools: str | None = declare(
        _("Tools"),
        Kind.LONG_TEXT,
        tool="7.2",
        help=_("What lies on the table each time: ratings, a heat map, the list of actions, one page a priority."),
    )
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="7.2", help=_("Yes when it is made up to practise with.")
    )


@attrs.frozen
class QuietTime:
    """A stretch of days on which no routine takes place (tool 7.2).

    Statutory holidays need no entry. This is for what a holiday calendar cannot know: an election, a season in which
    those who decide are away.
    """

    id: str = declare(_("Id"), Kind.ID)
    why: str | None = declare(
        _("Why"), Kind.TEXT, tool="7.2", help=_("What happens then."), example=_("Summer recess of Parliament")
    )
    first: date | None = declare(_("From"), Kind.DAY, tool="7.2", help=_("The first day without meetings."))
    last: date | None = declare(_("To"), Kind.DAY, tool="7.2", help=_("The last one."))


@attrs.frozen
class Issue:
    """One issue that a meeting goes deep on (tool 7.4)."""

    id: str = declare(_("Id"), Kind.ID)
    title: str | None = declare(
        _("Issue"),
        Kind.TEXT,
        tool="7.4",
        help=_("What is in the way, in a few words. Not the name of a priority."),
        example=_("Patients wait for a bed after noon"),
    )
    priority: str | None = declare(
        _("Priority"), Kind.LINK, links_to="priorities", tool="7.4", help=_("The one that it holds back.")
    )
    question: str | None = declare(
        _("What is to be decided"),
        Kind.LONG_TEXT,
        tool="7.4",
        help=_("The question that has an answer at the end of it."),
        example=_("Which three wards begin in May, and who tells them?"),
    )
    minutes: Amount = declare(
        _("Minutes"),
        Kind.NUMBER,
        low=1,
        high=480,
        tool="7.4",
        help=_("Only where you want to set them; left empty, the issues share what is left."),
    )
    prepares: str | None = declare(
        _("Who prepares it"), Kind.PERSON, tool="7.4", help=_("Who brings the evidence and the options.")
    )


@attrs.frozen
class Agenda:
    """The agenda of one meeting, in the shape of a T (tool 7.4).

    >>> Agenda("a1", minutes=90.0).issues
    ()
    """

    id: str = declare(_("Id"), Kind.ID)
    purpose: str | None = declare(
        _("Purpose"),
        Kind.TEXT,
        tool="7.4",
        help=_("What those in the room will have decided or agreed on when they leave it."),
        example=_("Agree on what gets beds free before noon, and where it begins"),
    )
    routine: str | None = declare(
        _("Routine"), Kind.LINK, links_to="routines", tool="7.4", help=_("The routine that this meeting belongs to.")
    )
    day: date | None = declare(_("Day"), Kind.DAY, tool="7.4", help=_("The day of the meeting."))
    minutes: Amount = declare(
        _("Length"),
        Kind.NUMBER,
        unit=_("minutes"),
        low=10,
        high=480,
        tool="7.4",
        help=_("Left empty: as long as its routine."),
    )
    deep: Amount = declare(
        _("Share of the time that goes deep"),
        Kind.NUMBER,
        unit="%",
        low=0,
        high=100,
        tool="7.4",
        help=_("Left empty: 80%, as the method has it."),
    )
    closing: Amount = declare(
        _("Share of the time for commitments"),
        Kind.NUMBER,
        unit="%",
        low=0,
        high=100,
        tool="7.4",
        help=_("Left empty: half of what is not deep. How the rest is split is our choice, and yours to change."),
    )
    opens: str | None = declare(
        _("Who gives the shared view"),
        Kind.PERSON,
        tool="7.4",
        help=_("Who shows in a few minutes where all priorities stand."),
    )
    notes: str | None = declare(
        _("Who writes down the commitments"),
        Kind.PERSON,
        tool="7.4",
        help=_("Who reads them out at the end and sends them round the same day."),
    )
    issues: tuple[Issue, ...] = declare(_("Issues to go deep on"), Kind.RECORDS, record=Issue, tool="7.4")
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="7.4", help=_("Yes when it is made up to practise with.")
    )


STEPS = (
    Choice("evidence", _("Evidence"), _("Figures and what was seen on the spot, brought together and checked.")),
    Choice("judgements", _("First judgements"), _("How likely delivery is, rated before the meeting, with reasons.")),
    Choice("objectives", _("Objectives"), _("What is to be decided, and which issues the meeting goes deep on.")),
    Choice("materials", _("Materials"), _("One page a priority, the pictures, the list of actions: sent out in time.")),
    Choice("brief", _("Brief"), _("Those who chair and those who answer know what is coming and what is wanted.")),
)


@attrs.frozen
class PreparationStep:
    """One step on the way to a meeting (tool 7.6)."""

    id: str = declare(_("Id"), Kind.ID)
    kind: str | None = declare(
        _("Step"), Kind.CHOICE, choices=STEPS, tool="7.6", help=_("The five that no meeting can do without.")
    )
    what: str | None = declare(
        _("What exactly"),
        Kind.TEXT,
        tool="7.6",
        help=_("What will lie on the table, or who is spoken to."),
        example=_("Half an hour with the Minister's office: the two decisions wanted"),
    )
    owner: str | None = declare(_("Owner"), Kind.PERSON, tool="7.6", help=_("The one person who sees to it."))
    before: Amount = declare(
        _("Working days before"),
        Kind.NUMBER,
        low=0,
        high=120,
        tool="7.6",
        help=_("How many before the meeting it is done, without weekends, holidays and quiet times."),
    )
    done: date | None = declare(_("Done on"), Kind.DAY, tool="7.6", help=_("Left empty as long as it is open."))


@attrs.frozen
class Preparation:
    """The preparation of one meeting (tool 7.6).

    >>> Preparation("p1", routine="u1").steps
    ()
    """

    id: str = declare(_("Id"), Kind.ID)
    lead: str | None = declare(
        _("Who leads the preparation"), Kind.PERSON, tool="7.6", help=_("The one person who keeps it together.")
    )
    routine: str | None = declare(
        _("Routine"), Kind.LINK, links_to="routines", tool="7.6", help=_("The routine that the meeting belongs to.")
    )
    day: date | None = declare(_("Day of the meeting"), Kind.DAY, tool="7.6", help=_("The dates are counted from it."))
    steps: tuple[PreparationStep, ...] = declare(_("Steps"), Kind.RECORDS, record=PreparationStep, tool="7.6")
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="7.6", help=_("Yes when it is made up to practise with.")
    )


#: What meets and reports today.
ROUTINES_TODAY = Part("routines_today", RoutineToday, of=Plan, label=_("Routines today"))
#: The routines that are to be.
ROUTINES = Part("routines", Routine, of=Plan, label=_("Routines"))
#: When nothing takes place.
QUIET_TIMES = Part("quiet_times", QuietTime, of=Plan, label=_("Quiet times"))
#: Agendas of single meetings.
AGENDAS = Part("agendas", Agenda, of=Plan, label=_("Agendas"))
#: Preparations of single meetings.
PREPARATIONS = Part("preparations", Preparation, of=Plan, label=_("Preparations"))
