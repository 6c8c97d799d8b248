"""Delivery chains: through whom a strategy reaches the people it is for (Rule 5, tools 5.2 and 5.3).

A chain belongs to a priority and carries one or more of its strategies. Its four tables follow the four steps of the
method: levels, the actors on them, what each does, and the links between them. Feedback loops stand beside the links,
because information runs against the stream.
"""

from __future__ import annotations

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.priority import Priority
from rdlib.plan.values import Amount
from rdlib.words import _

#: Whether a number is the number itself or stands for more.
NUMBER_READS = (
    Choice("exactly", _("exactly")),
    Choice("about", _("about")),
    Choice("over", _("over")),
    Choice("up-to", _("up to")),
)

PARTS_IN_CHAIN = (
    Choice("start", _("Leads it: the chain begins here"), _("The one who sets the strategy going. One chain has one.")),
    Choice("middle", _("Passes it on"), _("Turns what comes from the left into work for those on the right.")),
    Choice("end", _("The change is felt here"), _("Those for whom it is done, or the last place before them.")),
)

SKILLS = (
    Choice("1", _("not able"), _("Has never done it, and nothing is under way to change that.")),
    Choice("2", _("partly able"), _("Some can, or can do a part of it; most would need help that is not there yet.")),
    Choice("3", _("able with support"), _("Most can, as long as the help that is planned arrives.")),
    Choice("4", _("able"), _("Does it already, or has shown that it can, at the size that is needed.")),
)

WILLS = (
    Choice("1", _("against it"), _("Says no, or has let it fail before.")),
    Choice("2", _("reluctant"), _("Will do what must be done, and drop it when nobody looks.")),
    Choice("3", _("willing"), _("Agrees with it, though other work comes first at times.")),
    Choice("4", _("wants it"), _("Would push for it without being asked.")),
)

LINK_KINDS = (
    Choice("influence", _("Influence"), _("Can get the other one to do something: orders, agrees, persuades.")),
    Choice("funding", _("Money"), _("Pays the other one, or passes money on.")),
    Choice("information", _("Information"), _("Tells the other one what it needs to know.")),
)

#: Formal authority: what rules give. The wordings are ours.
FORMAL = (
    Choice("1", _("none"), _("Nothing written gives it a say.")),
    Choice("2", _("slight"), _("May ask or advise; the other one need not follow.")),
    Choice("3", _("some"), _("May set terms: a contract, an agreement, conditions on money.")),
    Choice("4", _("full"), _("May order it, and decides about posts or money when nothing happens.")),
)

#: Informal authority: what trust and standing give. The wordings are ours.
INFORMAL = (
    Choice("1", _("none"), _("They do not talk, or do not believe each other.")),
    Choice("2", _("slight"), _("They know of each other and meet when they must.")),
    Choice("3", _("good"), _("They talk often, and the other one listens.")),
    Choice("4", _("strong"), _("A word is enough: it is trusted, or respected as one of their own.")),
)

FREQUENCIES = (
    Choice("daily", _("Every day")),
    Choice("weekly", _("Every week")),
    Choice("monthly", _("Every month")),
    Choice("quarterly", _("Every quarter")),
    Choice("half-yearly", _("Twice a year")),
    Choice("yearly", _("Once a year")),
    Choice("less", _("Less often")),
)

EVIDENCE_STATES = (
    Choice("now", _("It is collected now"), _("The figures, or notes, exist and arrive in time.")),
    Choice("soon", _("It could be collected"), _("Somebody has agreed to collect it, or could with little effort.")),
    Choice("not-yet", _("It cannot be collected yet"), _("There is no way to it so far.")),
)

JUDGEMENTS = (
    Choice("1", _("it would break"), _("We expect the chain to fail here unless something changes.")),
    Choice("2", _("it is weak"), _("It may hold in quiet times; we would not rely on it.")),
    Choice("3", _("it holds with care"), _("It holds as long as somebody keeps an eye on it.")),
    Choice("4", _("it holds"), _("We would rely on it, and can say why.")),
)


@attrs.frozen
class Level:
    """One layer between the centre and the people served; the rows stand in order, the citizens last."""

    id: str = declare(_("Id"), Kind.ID)
    title: str | None = declare(
        _("Level"),
        Kind.TEXT,
        telling=True,
        tool="5.2",
        help=_("The first row is the one nearest to you, the last one the people it is for."),
        example=_("Regional authorities"),
    )


@attrs.frozen
class Actor:
    """Who has a part in a chain: a person, an organisation, or many of one kind taken together.

    >>> Actor("a1", title="Emergency departments", number=200.0, number_reads="over").number
    200.0
    """

    id: str = declare(_("Id"), Kind.ID)
    title: str | None = declare(
        _("Actor"),
        Kind.TEXT,
        telling=True,
        tool="5.2",
        help=_("A person, an organisation, or all of one kind taken together."),
        example=_("Chief executives of the hospital trusts"),
    )
    level: str | None = declare(
        _("Level"), Kind.LINK, links_to="levels", tool="5.2", help=_("The level of the chain that it stands on.")
    )
    number: Amount = declare(
        _("How many there are"),
        Kind.NUMBER,
        low=0,
        tool="5.2",
        help=_("Digits only. One when it is a single person or office."),
        example="200",
    )
    number_reads: str | None = declare(
        _("The number is"),
        Kind.CHOICE,
        choices=NUMBER_READS,
        tool="5.2",
        help=_("Leave it empty when the number is exact."),
    )
    counted_in: str | None = declare(
        _("Counted in"),
        Kind.TEXT,
        tool="5.2",
        help=_("What there are so many of. Only numbers counted in the same are ever added up."),
        example=_("departments"),
    )
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="5.2", help=_("Yes when its number is made up to practise with.")
    )
    part: str | None = declare(
        _("Its place in the chain"),
        Kind.CHOICE,
        choices=PARTS_IN_CHAIN,
        tool="5.2",
        help=_("Where the chain begins, and where somebody notices the difference."),
    )
    role: str | None = declare(
        _("What it does"),
        Kind.LONG_TEXT,
        tool="5.2",
        help=_("What it has to do for the strategy, in words it would use itself."),
        example=_("Gives minor cases a stream of their own, and reports waits every week"),
    )
    skill: int | None = declare(
        _("Skill"),
        Kind.RATING,
        choices=SKILLS,
        tool="5.2",
        help=_("Whether it can do that, at the size needed. The descriptors are ours."),
    )
    will: int | None = declare(
        _("Will"), Kind.RATING, choices=WILLS, tool="5.2", help=_("Whether it wants to. The descriptors are ours.")
    )
    evidence: str | None = declare(
        _("How you know"),
        Kind.LONG_TEXT,
        tool="5.2",
        help=_("What skill and will are judged by: what it did before, what it said, who has seen it."),
    )
    building: str | None = declare(
        _("What is done to build skill and will"),
        Kind.LONG_TEXT,
        tool="5.3",
        help=_("Training, people, tools, a say in how it is done. Needed most where many depend on it."),
    )


@attrs.frozen
class Link:
    """What runs from one actor of a chain to another: influence, money or information.

    Two actors may have several links, one for each kind.
    """

    id: str = declare(_("Id"), Kind.ID)
    source: str | None = declare(
        _("From"), Kind.LINK, links_to="actors", tool="5.2", help=_("Who acts, pays or tells.")
    )
    target: str | None = declare(_("To"), Kind.LINK, links_to="actors", tool="5.2", help=_("On whom it acts."))
    kind: str | None = declare(
        _("What runs along it"),
        Kind.CHOICE,
        choices=LINK_KINDS,
        tool="5.2",
        help=_("Left empty, it is influence. Give money and information a row of their own."),
    )
    carries: str | None = declare(
        _("What passes, in words"),
        Kind.TEXT,
        telling=True,
        tool="5.2",
        help=_("The order, the agreement, the payment or the news that passes from one to the other."),
        example=_("Sets the yearly target and asks after it every week"),
    )
    formal: int | None = declare(
        _("Formal authority"),
        Kind.RATING,
        choices=FORMAL,
        tool="5.2",
        help=_("What law, contract or post gives the first one over the other. The descriptors are ours."),
    )
    informal: int | None = declare(
        _("Informal authority"),
        Kind.RATING,
        choices=INFORMAL,
        tool="5.2",
        help=_("What trust, standing and habit give it. The descriptors are ours."),
    )
    controlled_by: str | None = declare(
        _("Who decides on the money"),
        Kind.LINK,
        links_to="actors",
        tool="5.3",
        help=_("For money: the actor that can stop or turn it. Left empty, it is the one it comes from."),
    )
    amount: str | None = declare(
        _("How much money"), Kind.TEXT, tool="5.3", help=_("For money, where it is known: the sum and the time.")
    )


@attrs.frozen
class Loop:
    """A feedback loop: how those further up learn what happens further down, and answer."""

    id: str = declare(_("Id"), Kind.ID)
    title: str | None = declare(
        _("Feedback loop"),
        Kind.TEXT,
        telling=True,
        tool="5.3",
        help=_("Its short name."),
        example=_("Weekly waits by trust"),
    )
    actors: tuple[str, ...] = declare(
        _("Actors in it"),
        Kind.LINKS,
        links_to="actors",
        tool="5.3",
        help=_("Everybody from whom it comes and whom it reaches. It covers the links between them."),
    )
    measure: str | None = declare(
        _("What is looked at"), Kind.TEXT, tool="5.3", help=_("The figure, the sample or the question.")
    )
    frequency: str | None = declare(
        _("How often"), Kind.CHOICE, choices=FREQUENCIES, tool="5.3", help=_("How often it comes round.")
    )
    evidence_state: str | None = declare(
        _("Can it be collected?"),
        Kind.CHOICE,
        choices=EVIDENCE_STATES,
        tool="5.3",
        help=_("A loop without evidence is an intention."),
    )
    evidence: str | None = declare(
        _("Where the evidence comes from"),
        Kind.LONG_TEXT,
        tool="5.3",
        help=_("Who collects it, from whom, and what happens when it looks bad."),
    )


@attrs.frozen
class Judgement:
    """What the team itself thinks of a chain under one of the six tests."""

    rating: int | None = declare(
        _("Your judgement"),
        Kind.RATING,
        choices=JUDGEMENTS,
        tool="5.3",
        help=_("Yours, before or after you have seen what the drawing says. The descriptors are ours."),
    )
    note: str | None = declare(
        _("Why, and what you will do"),
        Kind.LONG_TEXT,
        tool="5.3",
        help=_("Name the actor or the link you have in mind. Where you see it otherwise than the drawing, say why."),
    )


@attrs.frozen
class Judgements:
    """The team's own judgement of a chain, test by test."""

    links: Judgement = declare(
        _("Links between actors"),
        Kind.RECORD,
        record=Judgement,
        help=_("Would each tie that matters hold, by what the rules give and by what trust gives?"),
    )
    capacity: Judgement = declare(
        _("Skill and will"),
        Kind.RECORD,
        record=Judgement,
        help=_("Can those who matter most play their part, do they want to, and is enough done to get them there?"),
    )
    complexity: Judgement = declare(
        _("Complexity"),
        Kind.RECORD,
        record=Judgement,
        help=_("Are there more actors and steps than it takes, and can somebody keep them together?"),
    )
    funding: Judgement = declare(
        _("Money"),
        Kind.RECORD,
        record=Judgement,
        help=_("Does the money come down the same road as the influence, and who could stop it?"),
    )
    chokes: Judgement = declare(
        _("Choke points"),
        Kind.RECORD,
        record=Judgement,
        help=_("On whom does too much hang, and could they carry more than they do now?"),
    )
    feedback: Judgement = declare(
        _("Feedback"),
        Kind.RECORD,
        record=Judgement,
        help=_("Where would nobody notice that nothing happens?"),
    )


@attrs.frozen
class Chain:
    """A delivery chain: through whom one or more strategies reach the people they are for.

    >>> chain = Chain("c1", actors=(Actor("a1", title="Minister"),))
    >>> chain.actor("a1").title, chain.actor("a9")
    ('Minister', None)
    """

    id: str = declare(_("Id"), Kind.ID)
    title: str | None = declare(
        _("Delivery chain"),
        Kind.TEXT,
        telling=True,
        tool="5.2",
        help=_("Its short name: what reaches whom."),
        example=_("From the centre to the emergency department"),
    )
    strategies: tuple[str, ...] = declare(
        _("Strategies it carries"),
        Kind.LINKS,
        links_to="strategies",
        tool="5.2",
        help=_("Tick those that reach people along this chain. One that goes another way has a chain of its own."),
    )
    levels: tuple[Level, ...] = declare(
        _("Levels"),
        Kind.RECORDS,
        record=Level,
        tool="5.2",
        help=_("First step: the layers between you and the citizen, in order, the citizen last."),
    )
    actors: tuple[Actor, ...] = declare(
        _("Actors"),
        Kind.RECORDS,
        record=Actor,
        tool="5.2",
        help=_("Second and third step: who is on each level, how many they are, and what they do."),
    )
    links: tuple[Link, ...] = declare(
        _("Links"),
        Kind.RECORDS,
        record=Link,
        tool="5.2",
        help=_("Fourth step: the most direct line from the one who leads to those who feel the change."),
    )
    loops: tuple[Loop, ...] = declare(
        _("Feedback loops"),
        Kind.RECORDS,
        record=Loop,
        tool="5.3",
        help=_("How you would learn from further down whether it happens."),
    )
    judged: Judgements = declare(_("Your own judgement"), Kind.RECORD, record=Judgements, tool="5.3")

    def actor(self, id_: str | None) -> Actor | None:
        """Return the actor with this id, or None."""
        return next((a for a in self.actors if a.id == id_), None)

    def level(self, id_: str | None) -> Level | None:
        """Return the level with this id, or None."""
        return next((level for level in self.levels if level.id == id_), None)

    def link(self, id_: str | None) -> Link | None:
        """Return the link with this id, or None."""
        return next((link for link in self.links if link.id == id_), None)


#: The delivery chains of a priority.
CHAINS = Part("chains", Chain, of=Priority, label=_("Delivery chains"))
