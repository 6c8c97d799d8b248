"""Persistence: where a priority stands on the ups and downs of delivery, and how it keeps course (Rule 9).

The method says that delivery goes up and down from the launch until it is irreversible; the picture of it is lost. The
names and descriptors of the stages are ours, and a plan can give them its own names. Places and self-checks are dated
and kept, so that movement can be seen.
"""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.words import _

# --- 9.1 -----------------------------------------------------------------------------------------------------------

#: The stages of the cycle in their order. Names and descriptors are ours.
STAGES = (
    Choice(
        "launch",
        _("Launch"),
        _("It has just been announced or begun. Everybody talks about it; hardly anybody works in another way yet."),
    ),
    Choice(
        "valley",
        _("The valley"),
        _("The effort is felt and the result is not: work has begun, the figure hardly moves, doubts are said aloud."),
    ),
    Choice(
        "first-climb",
        _("The first climb"),
        _("In the first places it works, and the figure has begun to move; most places still work as before."),
    ),
    Choice(
        "plateau",
        _("The plateau"),
        _("The easy part of the gain is made. The figure flattens, people are tired of the subject, others are newer."),
    ),
    Choice(
        "last-climb",
        _("The last climb"),
        _("Most places work in the new way, and the figure nears its target; those that are left are the hardest."),
    ),
    Choice(
        "irreversible",
        _("Irreversible"),
        _("The target has been met for a good while, and stays met without pressure; going back would be the effort."),
    ),
)


@attrs.frozen
class StageName:
    """The name that a plan gives to a stage of the cycle."""

    id: str = declare(_("Id"), Kind.ID)
    stage: str | None = declare(
        _("Stage"), Kind.CHOICE, choices=STAGES, tool="9.1", help=_("The stage that you call something else.")
    )
    name: str | None = declare(
        _("What you call it"),
        Kind.TEXT,
        tool="9.1",
        help=_("Left empty, our name stands."),
        example=_("The long winter"),
    )


@attrs.frozen
class CyclePlace:
    """Where somebody placed a priority on the cycle on one day.

    >>> CyclePlace("y1", day=date(2027, 5, 20), stage="valley").next_step is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    day: date | None = declare(_("Placed on"), Kind.DAY, tool="9.1", help=_("The day of the judgement."))
    stage: str | None = declare(
        _("Stage"),
        Kind.CHOICE,
        choices=STAGES,
        tool="9.1",
        help=_("Where it stands, as you see it. How one knows each stage is in the table above."),
    )
    shown: str | None = declare(
        _("What shows it"),
        Kind.LONG_TEXT,
        tool="9.1",
        help=_("What somebody could check: a figure, a visit, who has stopped asking, who asks for something new."),
        example=_(
            "Half of the wards free beds before noon; the share of May is that of March; two papers ask for a reform"
        ),
    )
    people: tuple[str, ...] = declare(_("Placed by"), Kind.PEOPLE, tool="9.1", help=_("Who agreed on it."))
    next_step: str | None = declare(
        _("What gets you to the next stage"),
        Kind.LONG_TEXT,
        tool="9.1",
        help=_("The one thing that is done now to push through, so that two people would agree whether it is done."),
        example=_("The ten slowest wards are visited by a team that has done it elsewhere"),
    )
    owner: str | None = declare(_("Who does it"), Kind.PERSON, tool="9.1", help=_("One person."))
    due: date | None = declare(_("By"), Kind.DAY, tool="9.1", help=_("The day by which it is done."))
    done: date | None = declare(_("Done on"), Kind.DAY, tool="9.1", help=_("Left empty as long as it is open."))
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="9.1", help=_("Yes when it is made up to practise with.")
    )


# --- 9.2 -----------------------------------------------------------------------------------------------------------

#: The five principles of persisting, by the names of their fields.
PRINCIPLES = ("distraction", "monotony", "resistance", "status_quo", "celebrate")

_DUE = _("The day by which it is done.")
_DONE = _("Left empty as long as it is open.")


def _rated(label: str, asks: str, *describes: str) -> int | None:
    words = (_("hardly"), _("now and then"), _("mostly"), _("firmly"))
    choices = tuple(Choice(str(n), w, text) for n, (w, text) in enumerate(zip(words, describes, strict=True), start=1))
    value: int | None = declare(label, Kind.RATING, choices=choices, tool="9.2", help=asks)
    return value


def _shown(about: str) -> str | None:
    value: str | None = declare(
        _("What shows it: {about}").format(about=about),
        Kind.LONG_TEXT,
        tool="9.2",
        help=_("Something that happened, with its date or place, that another person could check."),
    )
    return value


def _action(about: str, example: str) -> str | None:
    value: str | None = declare(
        _("Next: {about}").format(about=about),
        Kind.LONG_TEXT,
        tool="9.2",
        help=_("What will be done, so that two people would agree whether it is done."),
        example=example,
    )
    return value


def _owner() -> str | None:
    value: str | None = declare(_("Who does it"), Kind.PERSON, tool="9.2", help=_("One person."))
    return value


@attrs.frozen
class SelfCheck:
    """How one person sees the five principles at work in a priority on one day. The levels are ours.

    >>> SelfCheck("k1", person="ann", distraction=2).distraction_action is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    person: str | None = declare(_("Answered by"), Kind.PERSON, tool="9.2", help=_("A name or a post."))
    day: date | None = declare(_("Answered on"), Kind.DAY, tool="9.2", help=_("The day of the answers."))
    distraction: int | None = _rated(
        _("Through distraction"),
        _("When something urgent comes up, does the priority keep its time, and do the questions go on?"),
        _("Each crisis takes the time of the priority, and nobody gives it back."),
        _("Meetings on it are put off when something else comes up, and held when somebody insists."),
        _("Its fixed time is kept but for real emergencies; what was put off is made up for."),
        _("Its time is kept in the worst week; others deal with the crisis, and the leader still asks about it."),
    )
    distraction_why: str | None = _shown(_("distraction"))
    distraction_action: str | None = _action(
        _("distraction"), _("A deputy takes calls about the strike, so that the Monday half-hour stays")
    )
    distraction_owner: str | None = _owner()
    distraction_due: date | None = declare(_("By"), Kind.DAY, tool="9.2", help=_DUE)
    distraction_done: date | None = declare(_("Done on"), Kind.DAY, tool="9.2", help=_DONE)
    monotony: int | None = _rated(
        _("Through monotony"),
        _("Is there news in the work that goes on, or only in work that is new?"),
        _("What was begun last year is not spoken of any more; attention goes to what is being announced."),
        _("Old work is reported on, in the same words each time; the talk is about new ideas."),
        _("Most reports bring something found out about the work under way, and some of it is told outside."),
        _("Each month something that moved in the work under way is found, seen on the spot, and told."),
    )
    monotony_why: str | None = _shown(_("monotony"))
    monotony_action: str | None = _action(
        _("monotony"), _("The speech of June tells of the ward in Leeds, and announces nothing")
    )
    monotony_owner: str | None = _owner()
    monotony_due: date | None = declare(_("By"), Kind.DAY, tool="9.2", help=_DUE)
    monotony_done: date | None = declare(_("Done on"), Kind.DAY, tool="9.2", help=_DONE)
    resistance: int | None = _rated(
        _("Through resistance"),
        _("When somebody pushes back, does the purpose hold, and is a better way to it listened to?"),
        _("Who objects loudly enough gets an exception, or a delay; the purpose is not mentioned."),
        _("We hold out for a while, and then change course to have peace."),
        _("We hold to the purpose and say it each time; a change needs a reason, mostly one with evidence."),
        _("Course is changed only for a better way to the same purpose; those against us know that by heart."),
    )
    resistance_why: str | None = _shown(_("resistance"))
    resistance_action: str | None = _action(
        _("resistance"), _("Ask the surgeons which way to the same wait they would try, with what they know of it")
    )
    resistance_owner: str | None = _owner()
    resistance_due: date | None = declare(_("By"), Kind.DAY, tool="9.2", help=_DUE)
    resistance_done: date | None = declare(_("Done on"), Kind.DAY, tool="9.2", help=_DONE)
    status_quo: int | None = _rated(
        _("Challenging the status quo"),
        _("Is a part of the success used to reach the whole, or taken in its place?"),
        _("What has been reached is good enough for us, and the target is spoken of as if it had been a wish."),
        _("We would like to go on, and explain why the rest is too hard."),
        _("Those who are behind are asked what it takes, and some get it; the whole target is still named."),
        _("What works in the best places is the reason to ask it of all; who is behind gets help and a date."),
    )
    status_quo_why: str | None = _shown(_("the status quo"))
    status_quo_action: str | None = _action(
        _("the status quo"), _("The ten slowest see the ten fastest before the summer, with their boards")
    )
    status_quo_owner: str | None = _owner()
    status_quo_due: date | None = declare(_("By"), Kind.DAY, tool="9.2", help=_DUE)
    status_quo_done: date | None = declare(_("Done on"), Kind.DAY, tool="9.2", help=_DONE)
    celebrate: int | None = _rated(
        _("Celebrating, but not too early"),
        _("Do those who moved something hear of it, and is the target named in the same breath?"),
        _("Nobody is thanked; or we have announced a success that the figures do not show."),
        _("Success is praised in general; who did it is not named, or one good month was enough for it."),
        _("Those who moved something are named and thanked, and what is left is said with it."),
        _("Quick wins are shown, with names and figures that hold, and each is used to ask for the next step."),
    )
    celebrate_why: str | None = _shown(_("celebrating"))
    celebrate_action: str | None = _action(
        _("celebrating"), _("The Minister writes to the eleven wards, with the number that is still to come")
    )
    celebrate_owner: str | None = _owner()
    celebrate_due: date | None = declare(_("By"), Kind.DAY, tool="9.2", help=_DUE)
    celebrate_done: date | None = declare(_("Done on"), Kind.DAY, tool="9.2", help=_DONE)
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="9.2", help=_("Yes when it is made up to practise with.")
    )


#: What a plan calls the stages of the cycle.
STAGE_NAMES = Part("stage_names", StageName, of=Plan, label=_("Your names for the stages"))
#: Where a priority was placed on the cycle, over time.
CYCLE_PLACES = Part("cycle_places", CyclePlace, of=Priority, label=_("Places on the cycle"))
#: Self-checks of the five principles, over time.
SELF_CHECKS = Part("self_checks", SelfCheck, of=Priority, label=_("Self-checks of the five principles"))
