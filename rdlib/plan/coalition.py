"""The guiding coalition of a priority: its members, the relationship with each, and what each hears (Rule 3)."""

from __future__ import annotations

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.priority import Priority
from rdlib.words import _

MEMBER_KINDS = (
    Choice(
        "political",
        _("Political leader"),
        _("A minister, a premier, or their office: gives the priority a public voice, and cover in hard times."),
    ),
    Choice(
        "deputy",
        _("Deputy minister and office"),
        _("The official who heads the department, or that office: decides what the department does first."),
    ),
    Choice(
        "provincial",
        _("Provincial or territorial partner"),
        _("Another order of government that shares the task: a province, a territory, a state, a municipality."),
    ),
    Choice(
        "indigenous",
        _("Indigenous leader"),
        _("Speaks for a First Nation, Inuit or Métis government or organisation, or for their like elsewhere."),
    ),
    Choice(
        "central",
        _("Central agency"),
        _("The Privy Council Office, Finance or the Treasury Board Secretariat, or what does their work elsewhere."),
    ),
    Choice(
        "implementer-inside",
        _("Key person inside the department"),
        _("Leads or does the work in your own department, or is felt by it: a program, a region, a union."),
    ),
    Choice(
        "implementer-outside",
        _("Key person outside the department"),
        _("Does the work elsewhere, or speaks for those it is for: another department, a profession, the front line."),
    ),
    Choice(
        "enabler",
        _("Corporate enabler"),
        _("Makes the work possible or tests it: audit, evaluation, data, human resources, procurement, legal advice."),
    ),
)

STANDINGS = (
    Choice(
        "current",
        _("A member now"),
        _("Agrees with the aim, has said so, and can be called on when it gets difficult."),
    ),
    Choice("potential", _("Still to be won"), _("Needed, and not yet asked or not yet convinced.")),
)

FORMAL = (
    Choice("1", _("1 no say"), _("No post, rule or budget gives this member a say in the work.")),
    Choice("2", _("2 is heard"), _("Has to be consulted, or advises those who decide.")),
    Choice(
        "3",
        _("3 decides with others"),
        _("Has to agree to something that the work needs: money, a rule, a contract, staff."),
    ),
    Choice("4", _("4 decides"), _("Can settle alone, or order, what the work needs most.")),
)

INFORMAL = (
    Choice("1", _("1 hardly any"), _("Hardly anybody acts differently because of what this member says.")),
    Choice("2", _("2 among their own"), _("The people of their own team, profession or group listen.")),
    Choice("3", _("3 well beyond"), _("People outside their own circle take up what they say.")),
    Choice(
        "4", _("4 sets the tone"), _("Where this member is for something, many follow; where against it, many stop.")
    ),
)

IMPORTANCE = (
    Choice("1", _("1 welcome"), _("Good to have; nothing depends on it.")),
    Choice("2", _("2 helpful"), _("Makes the work quicker, better or easier to explain.")),
    Choice("3", _("3 needed"), _("Part of the priority would come late or stay weak without this member.")),
    Choice("4", _("4 decisive"), _("Without this member the priority fails.")),
)

RELATIONSHIPS = (
    Choice("1", _("poor"), _("There is distrust or an open quarrel, or you have never really spoken.")),
    Choice("2", _("distant"), _("You meet now and then, and neither would call the other first.")),
    Choice("3", _("working"), _("You talk often, tell each other bad news early, and keep what you agree.")),
    Choice("4", _("proven"), _("This member has stood by the priority when that had a price.")),
)


@attrs.frozen
class Member:
    """Somebody who is in the coalition behind a priority, or should be (Rule 3, tools 3.1 to 3.3).

    >>> Member("m1", name="Minister of Finance", formal="4").formal_level
    4
    """

    id: str = declare(_("Id"), Kind.ID)
    name: str | None = declare(
        _("Member"),
        Kind.TEXT,
        tool="3.1",
        help=_("One person, or the post where the person may change. A whole group cannot be called when it gets hot."),
        example=_("Chief executive of the regional health authority"),
    )
    organisation: str | None = declare(
        _("Organisation"), Kind.TEXT, tool="3.1", help=_("Where the member works, or whom the member leads.")
    )
    kind: str | None = declare(
        _("Kind of member"),
        Kind.CHOICE,
        choices=MEMBER_KINDS,
        tool="3.1",
        help=_("Where the member's weight comes from. Choose the nearest; few priorities need all kinds."),
    )
    standing: str | None = declare(
        _("Now or to be won"),
        Kind.CHOICE,
        choices=STANDINGS,
        tool="3.1",
        help=_("Only who agrees with the aim itself is a member. The others are the work that lies ahead."),
    )
    speaks_for: tuple[str, ...] = declare(
        _("Speaks for"),
        Kind.TEXTS,
        tool="3.1",
        help=_("Whose view this member brings, one a line, in the words of the priority's key stakeholders."),
    )
    why: str | None = declare(
        _("Why important"),
        Kind.LONG_TEXT,
        tool="3.1",
        help=_("What this member can do, allow or stop that nobody else here can."),
        example=_("Hires and moves the staff of every department in the region."),
    )
    role: str | None = declare(
        _("Role"),
        Kind.LONG_TEXT,
        tool="3.1",
        help=_("What this member does for the priority, from today until the target is reached."),
        example=_("Tries the new way of working first, and shows it to the others."),
    )
    formal: str | None = declare(
        _("Formal influence"),
        Kind.CHOICE,
        choices=FORMAL,
        tool="3.1",
        help=_("What the post gives: the right to decide, to sign, to be asked."),
    )
    informal: str | None = declare(
        _("Informal influence"),
        Kind.CHOICE,
        choices=INFORMAL,
        tool="3.1",
        help=_("What the person has, with or without a post: trust, knowledge, a following."),
    )
    money: bool | None = declare(
        _("Decides about money or staff?"),
        Kind.YES_NO,
        tool="3.1",
        help=_("Yes when this member can give, move or withhold what the work costs."),
    )
    importance: str | None = declare(
        _("Importance"),
        Kind.CHOICE,
        choices=IMPORTANCE,
        tool="3.1",
        help=_("What would happen to the priority without this member."),
    )
    relationship: int | None = declare(
        _("Relationship now"),
        Kind.RATING,
        choices=RELATIONSHIPS,
        tool="3.2",
        help=_("Judge by what happened the last time, not by how friendly the tone is."),
    )
    relationship_shown: str | None = declare(
        _("What shows it"),
        Kind.LONG_TEXT,
        tool="3.2",
        help=_("The last time that it mattered: who did what?"),
        example=_("In March she moved two posts to the pilot before we had asked twice."),
    )
    strengthen: str | None = declare(
        _("How to strengthen it"),
        Kind.LONG_TEXT,
        tool="3.2",
        help=_(
            "A step somebody could see you take: a fixed talk, a visit, a favour returned, news before others get it."
        ),
        example=_(
            "Half an hour every second Thursday, with the regional figures a day before; she sets the first item."
        ),
    )
    help_to_ask: str | None = declare(
        _("Help to ask for"),
        Kind.LONG_TEXT,
        tool="3.2",
        help=_(
            "The one thing that this member can do and you cannot. Small enough for a yes, and dated where it can be."
        ),
        example=_("Name two departments by May that start the new way of working."),
    )
    feedback_to_ask: str | None = declare(
        _("Feedback to ask for"),
        Kind.LONG_TEXT,
        tool="3.2",
        help=_("What this member sees before you do, or what you would rather not hear."),
        example=_("Which of our rules make the work on the wards harder?"),
    )
    gains: str | None = declare(
        _("What it offers this member"),
        Kind.LONG_TEXT,
        tool="3.3",
        help=_("What gets easier, safer or better for this member when the priority succeeds. Begin with their worry."),
        example=_("Fewer complaints on her desk, and staff who stay."),
    )
    message: str | None = declare(
        _("Message"),
        Kind.LONG_TEXT,
        tool="3.3",
        help=_("One or two sentences, as you would say them: what this member gets out of it, not what you want."),
        example=_("You will see every region's figures first, and we will come and help where yours are stuck."),
    )
    said_by: str | None = declare(
        _("Said by"), Kind.PERSON, tool="3.3", help=_("Whom this member listens to; it need not be you.")
    )
    said_when: str | None = declare(
        _("Said when"),
        Kind.TEXT,
        tool="3.3",
        help=_("The occasion or the day."),
        example=_("Before the budget round in October"),
    )
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="3.1", help=_("Yes when what is said here is made up to practise with.")
    )

    @property
    def called(self) -> str:
        """What to call the member: the name, else the organisation; empty when there is neither."""
        return (self.name or "").strip() or (self.organisation or "").strip()

    @property
    def formal_level(self) -> int:
        """Formal influence as a number from 1 to 4; 0 when it was not rated."""
        return int(self.formal or 0)

    @property
    def informal_level(self) -> int:
        """Informal influence as a number from 1 to 4; 0 when it was not rated."""
        return int(self.informal or 0)

    @property
    def importance_level(self) -> int:
        """Importance as a number from 1 to 4; 0 when it was not rated."""
        return int(self.importance or 0)


@attrs.frozen
class LeftOut:
    """A kind of member that is not needed here, or a stakeholder who is left out on purpose (Rule 3, tool 3.1).

    >>> LeftOut("x1", kind="provincial", why="The service is run by the federal government alone").who is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    kind: str | None = declare(
        _("Kind of member"),
        Kind.CHOICE,
        choices=MEMBER_KINDS,
        tool="3.1",
        help=_("The kind that this priority does not need."),
    )
    who: str | None = declare(
        _("Or a stakeholder"),
        Kind.TEXT,
        tool="3.1",
        help=_("Somebody among the priority's key stakeholders who is not to be in the coalition, in the same words."),
    )
    why: str | None = declare(
        _("Why not"),
        Kind.LONG_TEXT,
        tool="3.1",
        help=_("The reason, so that nobody has to wonder later whether it was forgotten."),
        example=_("The service is run by the federal government alone."),
    )


#: The members of a priority's guiding coalition, current and potential.
COALITION = Part("coalition", Member, of=Priority, label=_("Guiding coalition"))

#: Kinds of member and stakeholders who are not in it on purpose.
LEFT_OUT = Part("left_out", LeftOut, of=Priority, label=_("Left out of the coalition on purpose"))
