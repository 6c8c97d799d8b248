"""Stakeholders: where each stands, how each is engaged, and sheets for the hard talks (Rule 10, tools 10.1 to 10.3).

A stakeholder is described once, with today's place on the map and the dated places before it. An engagement and a
negotiation are parts of their own that name the stakeholder: only some of those on the map have one.
"""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.priority import Priority
from rdlib.plan.values import Amount
from rdlib.words import _

#: Both scales run from here to there.
LOWEST, HIGHEST = 0.0, 10.0

#: What a place on the scale from 0 to 10 means, low to high. The wordings are ours.
SUPPORT_LEVELS = (
    Choice("1", _("works against it"), _("Speaks or acts against the effort, and brings others along.")),
    Choice("3", _("doubts it"), _("Has said what is wrong with it, and waits for it to pass.")),
    Choice("5", _("undecided"), _("Has not taken a side, or is for some of it; what happens next will decide.")),
    Choice("7", _("for it"), _("Says yes when asked, and keeps what was agreed.")),
    Choice("9", _("acts for it"), _("Does something for it unasked, or has stood up for it when that had a price.")),
)
POWER_LEVELS = (
    Choice("1", _("watches"), _("Is affected or interested, and hardly anybody acts on what they say.")),
    Choice("3", _("is heard"), _("Is consulted, or listened to by a part of those who do the work.")),
    Choice("6", _("can slow or speed"), _("Without their work, money or word it comes late; with it, sooner.")),
    Choice("9", _("can stop or carry"), _("Can settle, or make impossible, what the outcome needs most.")),
)


def _scale(levels: tuple[Choice, ...]) -> str:
    return " ".join(
        _("{value} {label}: {describes}").format(value=level.value, label=level.label, describes=level.describes)
        for level in levels
    )


@attrs.frozen
class Standing:
    """Where a stakeholder stood on a day (tool 10.1)."""

    id: str = declare(_("Id"), Kind.ID)
    day: date | None = declare(_("Day"), Kind.DAY, tool="10.1", help=_("The day on which it was looked at."))
    support: Amount = declare(
        _("Support then"), Kind.NUMBER, low=LOWEST, high=HIGHEST, tool="10.1", help=_("From 0 to 10, as on the map.")
    )
    power: Amount = declare(
        _("Power then"), Kind.NUMBER, low=LOWEST, high=HIGHEST, tool="10.1", help=_("From 0 to 10, as on the map.")
    )
    why: str | None = declare(
        _("What moved them, or kept them there"),
        Kind.LONG_TEXT,
        tool="10.1",
        help=_("What happened, with whom. It tells what to do more of."),
    )


@attrs.frozen
class Stakeholder:
    """Somebody whose support, or resistance, counts for a priority (tool 10.1).

    >>> Stakeholder("k1", name="President of the nurses' association", power=7.0).support is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    name: str | None = declare(
        _("Stakeholder"),
        Kind.TEXT,
        tool="10.1",
        help=_("A person, a post or an organisation. Split a group whose members think differently."),
        example=_("President of the nurses' association"),
    )
    organisation: str | None = declare(
        _("Organisation"), Kind.TEXT, tool="10.1", help=_("Where they work, or whom they lead.")
    )
    who: str | None = declare(
        _("Who they are"),
        Kind.LONG_TEXT,
        tool="10.1",
        help=_("What they do, whom they speak for, and how the effort touches them."),
    )
    support: Amount = declare(
        _("Support for the effort"),
        Kind.NUMBER,
        low=LOWEST,
        high=HIGHEST,
        tool="10.1",
        help=_("Today, from 0 (works against it) to 10 (acts for it). {levels}").format(levels=_scale(SUPPORT_LEVELS)),
    )
    power: Amount = declare(
        _("Power over the outcome"),
        Kind.NUMBER,
        low=LOWEST,
        high=HIGHEST,
        tool="10.1",
        help=_("Today, from 0 (none) to 10 (decides it). {levels}").format(levels=_scale(POWER_LEVELS)),
    )
    shown: str | None = declare(
        _("What shows it"),
        Kind.LONG_TEXT,
        tool="10.1",
        help=_("Something they said, did or left undone that another person saw too, with its time or place."),
        example=_("Voted for the new rota in March, and told the newspaper why."),
    )
    interests: str | None = declare(
        _("What they care about"),
        Kind.LONG_TEXT,
        tool="10.1",
        help=_("What they want to reach or keep for themselves, whatever becomes of your effort. Ask them."),
        example=_("That nobody is blamed for a death on a night with too few nurses."),
    )
    member: str | None = declare(
        _("The same as, in the coalition"),
        Kind.LINK,
        links_to="coalition",
        tool="10.1",
        help=_("The member of the guiding coalition (tool 3.1) who this is, where there is one."),
    )
    actor: str | None = declare(
        _("The same as, in the delivery chain"),
        Kind.LINK,
        links_to="chains/actors",
        tool="10.1",
        help=_("The actor of a delivery chain (tool 5.2) who this is, or who they speak for."),
    )
    places: tuple[Standing, ...] = declare(_("Where they stood, by day"), Kind.RECORDS, record=Standing, tool="10.1")
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="10.1", help=_("Yes when it is made up to practise with.")
    )

    @property
    def called(self) -> str:
        """What to call the stakeholder: the name, else the organisation; empty when there is neither."""
        return (self.name or "").strip() or (self.organisation or "").strip()


AIMS = (
    Choice("activate", _("Activate"), _("They are for it and can do much: give them something to do, and a stage.")),
    Choice("onside", _("Bring onside"), _("They could go either way, and it matters which: most time goes here.")),
    Choice("work-with", _("Work with"), _("They are against it and have power: agree on what can be agreed.")),
    Choice("momentum", _("Build momentum"), _("They have little power alone: make them many, and heard.")),
)

RHYTHMS = (
    Choice("once", _("once")),
    Choice("weekly", _("every week")),
    Choice("fortnightly", _("every two weeks")),
    Choice("monthly", _("every month")),
    Choice("quarterly", _("every quarter")),
)


@attrs.frozen
class EngagementAction:
    """One thing that somebody does with a stakeholder (tool 10.2)."""

    id: str = declare(_("Id"), Kind.ID)
    what: str | None = declare(
        _("What is done"),
        Kind.TEXT,
        tool="10.2",
        help=_("What happens, and with whom."),
        example=_("A morning on two of her wards, with the figures of those wards"),
    )
    owner: str | None = declare(_("Who does it"), Kind.PERSON, tool="10.2", help=_("One name."))
    day: date | None = declare(_("Day"), Kind.DAY, tool="10.2", help=_("When; the first time, where it comes again."))
    every: str | None = declare(_("How often"), Kind.CHOICE, choices=RHYTHMS, tool="10.2", help=_("Left empty: once."))
    until: date | None = declare(
        _("Until"),
        Kind.DAY,
        tool="10.2",
        help=_("The last day, for what comes again. Left empty: until the last target falls due."),
    )
    done: date | None = declare(
        _("Done on"), Kind.DAY, tool="10.2", help=_("The day it was done; the last time, where it comes again.")
    )


@attrs.frozen
class Engagement:
    """How one stakeholder is engaged (tool 10.2).

    >>> Engagement("e1", stakeholder="k1").actions
    ()
    """

    id: str = declare(_("Id"), Kind.ID)
    stakeholder: str | None = declare(
        _("Stakeholder"),
        Kind.LINK,
        links_to="stakeholder_map",
        tool="10.2",
        help=_("Somebody on your map. A plan for each would be a plan for nobody: choose."),
    )
    aim: str | None = declare(
        _("Kind of objective"),
        Kind.CHOICE,
        choices=AIMS,
        tool="10.2",
        help=_("Left empty, it follows from the place on the map."),
    )
    objective: str | None = declare(
        _("Objective"),
        Kind.LONG_TEXT,
        tool="10.2",
        help=_("What they will do or say, and by when, that they do not do today."),
        example=_("By June she says to her members that the new rota is safe."),
    )
    status: str | None = declare(
        _("Where it stands"),
        Kind.LONG_TEXT,
        tool="10.2",
        help=_("What has been said and agreed so far, and who talks to them today."),
    )
    messages: tuple[str, ...] = declare(
        _("Key messages"),
        Kind.TEXTS,
        tool="10.2",
        help=_("One to three, one a line: what gets better for what they care about. Say “you”."),
        example=_("You see the figures of your own wards before anybody else does."),
    )
    actions: tuple[EngagementAction, ...] = declare(
        _("Key actions"), Kind.RECORDS, record=EngagementAction, tool="10.2"
    )
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="10.2", help=_("Yes when it is made up to practise with.")
    )


@attrs.frozen
class Negotiation:
    """A sheet to prepare a hard talk with (tool 10.3): eight tenets after Fisher and Ury, in our words.

    >>> Negotiation("n1", matter="Who pays for the night shift").options
    ()
    """

    id: str = declare(_("Id"), Kind.ID)
    stakeholder: str | None = declare(
        _("With whom"),
        Kind.LINK,
        links_to="stakeholder_map",
        tool="10.3",
        help=_("Somebody on your map; begin with those who have power and doubts."),
    )
    matter: str | None = declare(
        _("About what"),
        Kind.TEXT,
        tool="10.3",
        help=_("The question that both have to answer, so that both would write it like this."),
        example=_("How are nights staffed from October?"),
    )
    leads: str | None = declare(_("Who talks"), Kind.PERSON, tool="10.3", help=_("The one who can agree to something."))
    day: date | None = declare(_("Day of the talk"), Kind.DAY, tool="10.3", help=_("When you meet."))
    people: str | None = declare(
        _("1 People apart from the problem"),
        Kind.LONG_TEXT,
        tool="10.3",
        help=_("How you will be hard on the problem and kind to the person: what you respect, what you will not say."),
        example=_("She has kept two wards open through the winter; we begin there, and leave last year's letter out."),
    )
    interests: str | None = declare(
        _("2 Interests behind the positions"),
        Kind.LONG_TEXT,
        tool="10.3",
        help=_("Why they say what they say, why you do, and which interest you share."),
        example=_("They fear for safety at night because of two deaths. We need cover until six. Both want no third."),
    )
    options: tuple[str, ...] = declare(
        _("3 Options that serve both"),
        Kind.TEXTS,
        tool="10.3",
        help=_("Several, one a line, none decided yet. What costs you little and is worth much to them?"),
        example=_("Start on two wards, and stop if harm is seen"),
    )
    criteria: str | None = declare(
        _("4 Measures that both can accept"),
        Kind.LONG_TEXT,
        tool="10.3",
        help=_("By what both will judge whether it is fair and works: a standard or figure that neither of you owns."),
        example=_("The staffing standard of the college of nursing, and the incident register that both keep."),
    )
    reaction: str | None = declare(
        _("5 What will sting, and what you do then"),
        Kind.LONG_TEXT,
        tool="10.3",
        help=_("The sentence that would make you answer at once; how it looks from their chair; what you ask instead."),
        example=_("“You only want the headline.” Pause, then: what would you need to see to believe otherwise?"),
    )
    their_side: str | None = declare(
        _("6 Step to their side"),
        Kind.LONG_TEXT,
        tool="10.3",
        help=_("Where they are right, said so that they would nod; and the problem of theirs that you can help with."),
        example=_("Agency nurses do not know the wards. We can pay for ten posts of their own."),
    )
    easy_yes: str | None = declare(
        _("7 Make it easy to say yes"),
        Kind.LONG_TEXT,
        tool="10.3",
        help=_("How they can agree and keep face with their own people: what they take home and call theirs."),
        example=_("The safety rule carries their name, and they announce it."),
    )
    hard_no: str | None = declare(
        _("8 Make it hard to say no"),
        Kind.LONG_TEXT,
        tool="10.3",
        help=_("What a no would cost both, as facts to look at together. No threat: what happens, not what you do."),
        example=_("Without cover the unit closes at ten, as the inspection says. We would both have to explain it."),
    )
    no_agreement: str | None = declare(
        _("What you do without an agreement"),
        Kind.LONG_TEXT,
        tool="10.3",
        help=_("What you can do on your own, and how good that is. It is the least that an agreement must beat."),
        example=_("Open nights in the two hospitals that want to; it reaches a third of the patients."),
    )
    their_alternative: str | None = declare(
        _("What they do without one"),
        Kind.LONG_TEXT,
        tool="10.3",
        help=_("Their way out when you do not agree, and how good it looks to them."),
        example=_("They wait for the election; their members lose another winter."),
    )
    came_of_it: str | None = declare(
        _("What came of it"), Kind.LONG_TEXT, tool="10.3", help=_("After the talk: what was agreed, what stays open.")
    )
    shareable: bool | None = declare(
        _("May the report show this sheet?"),
        Kind.YES_NO,
        tool="10.3",
        help=_("Left empty: no. A report travels, and the one you talk to may read it before the talk."),
    )
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="10.3", help=_("Yes when it is made up to practise with.")
    )


#: The eight tenets, in their order.
TENETS = ("people", "interests", "options", "criteria", "reaction", "their_side", "easy_yes", "hard_no")

#: Whose support counts for a priority, and where each stands.
STAKEHOLDERS = Part("stakeholder_map", Stakeholder, of=Priority, label=_("Stakeholders on the map"))

#: How the chosen ones are engaged.
ENGAGEMENTS = Part("engagements", Engagement, of=Priority, label=_("Engagement plan"))

#: Sheets for the hard talks.
NEGOTIATIONS = Part("negotiations", Negotiation, of=Priority, label=_("Negotiation sheets"))
