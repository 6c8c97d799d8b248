"""The delivery planning rubric: eight criteria in three dimensions, rated by several people (Rule 5, tool 5.6).

Each row of ratings is what one person thought on one day; whoever rates again adds a new row. What they agree on stands
in a table of its own, decided by a person. The two ends of each scale are the source's, in our words; the two levels
between them are ours. Which criterion belongs to which dimension is inferred.
"""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.priority import Priority
from rdlib.words import _

_WORDS = (_("red"), _("amber-red"), _("amber-green"), _("green"))


def _levels(red: str, amber_red: str, amber_green: str, green: str) -> tuple[Choice, ...]:
    ours = _("{describes} (Our wording.)")
    texts = (red, ours.format(describes=amber_red), ours.format(describes=amber_green), green)
    return tuple(Choice(str(n), word, text) for n, (word, text) in enumerate(zip(_WORDS, texts, strict=True), start=1))


def _criterion(label: str, asks: str, levels: tuple[Choice, ...]) -> int | None:
    value: int | None = declare(label, Kind.RATING, choices=levels, tool="5.6", help=asks)
    return value


def _why(criterion: str, example: str = "") -> str | None:
    value: str | None = declare(
        _("What shows it: {criterion}").format(criterion=criterion),
        Kind.LONG_TEXT,
        tool="5.6",
        example=example,
        help=_("What another person could look up, and what it would take to come one higher."),
    )
    return value


@attrs.frozen
class PlannedStrategies:
    """The first dimension of the rubric: what is to be reached, by what, led by whom, and with what."""

    aspiration: int | None = _criterion(
        _("Aspiration"),
        _("What will be different, and how would anybody see it?"),
        _levels(
            _("Missing or vague, and the outcomes are not named."),
            _("There is an aim and an outcome, but no measure or no day by which it is to be reached."),
            _("Outcomes, measures and days are there; it is not yet clear to everybody, or tied to nothing larger."),
            _(
                "Bold, quickly understood, morally compelling and dated; its outcomes can be measured and serve what "
                "the government has promised as a whole."
            ),
        ),
    )
    aspiration_why: str | None = _why(
        _("aspiration"), _("All six directors could say the target and its day; two of them asked what it is for.")
    )
    strategies: int | None = _criterion(
        _("Strategies"),
        _("Is this one set that hangs together, and why should it work?"),
        _levels(
            _("None, or a few loose names; nothing leads from them to the measure."),
            _("They are named and tied to a target; why they should work is said of a few only."),
            _("Each says why it should work; evidence or order is still open for some."),
            _(
                "They build on what has worked here and elsewhere, each with its theory of action, in an order in "
                "which one makes the next stronger."
            ),
        ),
    )
    strategies_why: str | None = _why(_("strategies"))
    leadership: int | None = _criterion(
        _("Leadership and accountability"),
        _("Who answers for the plan and for each strategy, and how do they work with others and the delivery team?"),
        _levels(
            _("No owner, or several, for the plan or its strategies; nothing is said of the others' parts."),
            _("The plan has its owner, and some strategies have one."),
            _("One owner each, for the plan and every strategy; how others help them is not settled."),
            _(
                "One senior owner of the whole, one of each strategy, and everybody knows how the delivery team "
                "supports them."
            ),
        ),
    )
    leadership_why: str | None = _why(_("leadership and accountability"))
    resources: int | None = _criterion(
        _("Resources and support"),
        _("What people, money and technology does it take, and are they there?"),
        _levels(
            _("Not mentioned, or plainly out of reach."),
            _("Known for some strategies; where the rest is to come from is a hope."),
            _("Known for each strategy, and most of it is there; the rest has no date."),
            _("Can be done with what there is, or the plan says how the rest will be found."),
        ),
    )
    resources_why: str | None = _why(_("resources and support"))


@attrs.frozen
class PlannedChains:
    """The second dimension of the rubric: how the strategies reach the ground, and what could stop them."""

    chain: int | None = _criterion(
        _("Delivery chain"),
        _("How does each strategy reach the field at scale: who does what, with what skill and will?"),
        _levels(
            _("Parts are missing or unclear, or the picture is not what people on the ground would draw."),
            _("A chain is drawn from the centre to the citizen; several parts have no role or number."),
            _("Roles stand at every level; skill and will are judged, and little is done to build them."),
            _(
                "Everybody's part is clear down to the front line, and the plan says how enough skill and will are "
                "built for all of them."
            ),
        ),
    )
    chain_why: str | None = _why(_("delivery chain"))
    risks: int | None = _criterion(
        _("Risks"),
        _("What in the chain could throw it off, and what would be done then?"),
        _levels(
            _("None named, or nothing that would truly help against those that are."),
            _("Some are named, in general words; few have an answer."),
            _("Those that matter are named where they would begin; some answers have no owner or date."),
            _(
                "Weak relationships, choke points, missing money and other troubles of the chain are named, each with "
                "an answer that could work."
            ),
        ),
    )
    risks_why: str | None = _why(_("risks"))


@attrs.frozen
class PlannedTrajectories:
    """The third dimension of the rubric: the path to the target, and how one learns whether one is on it."""

    trajectory: int | None = _criterion(
        _("Trajectory"),
        _("What measure, what end target, what path, and why should anybody believe it?"),
        _levels(
            _("The measure is vague, nothing is set between now and the end, and no strategy is linked to it."),
            _("Measure and end target stand; the path between them is a straight line, or a guess."),
            _("There are targets on the way, mostly worked out from what the strategies add."),
            _(
                "The path is the sum of what each strategy adds, estimated from evidence and held against benchmarks: "
                "ambitious, and it can be done."
            ),
        ),
    )
    trajectory_why: str | None = _why(_("trajectory"))
    feedback: int | None = _criterion(
        _("Feedback loops"),
        _("How is it known whether each strategy works, and how is that collected?"),
        _levels(
            _("Nothing but the headline measure; when what is to happen is vague or not said."),
            _("Some milestones are dated; on how well the work is done nothing arrives."),
            _("Milestones and nearer measures stand for most strategies; how they are collected is partly open."),
            _(
                "Dated milestones, and early signs of how well the work is done along the chain, with a way to "
                "collect them and somebody who looks."
            ),
        ),
    )
    feedback_why: str | None = _why(_("feedback loops"))


_STRATEGIES_HELP = _("Aim, strategies, owners and means.")
_CHAINS_HELP = _("How it reaches the ground, and what could stop it.")
_TRAJECTORIES_HELP = _("The path to the target, and how you learn whether you are on it.")


@attrs.frozen
class RubricRating:
    """How one person rates the delivery plan on one day.

    >>> RubricRating("r1", strategies=PlannedStrategies(aspiration=3)).strategies.aspiration
    3
    """

    id: str = declare(_("Id"), Kind.ID)
    person: str | None = declare(
        _("Rated by"), Kind.PERSON, tool="5.6", help=_("One person for each row. Rate alone first, then compare.")
    )
    day: date | None = declare(_("Rated on"), Kind.DAY, tool="5.6", help=_("The day of the judgement."))
    strategies: PlannedStrategies = declare(
        _("Strategies"), Kind.RECORD, record=PlannedStrategies, tool="5.6", help=_STRATEGIES_HELP
    )
    chains: PlannedChains = declare(
        _("Delivery chains"), Kind.RECORD, record=PlannedChains, tool="5.6", help=_CHAINS_HELP
    )
    trajectories: PlannedTrajectories = declare(
        _("Trajectories"), Kind.RECORD, record=PlannedTrajectories, tool="5.6", help=_TRAJECTORIES_HELP
    )
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="5.6", help=_("Yes when the ratings are made up to practise with.")
    )


@attrs.frozen
class RubricDecision:
    """What was agreed on one day, and who decided it."""

    id: str = declare(_("Id"), Kind.ID)
    person: str | None = declare(
        _("Decided by"),
        Kind.PERSON,
        tool="5.6",
        help=_("The one person who decided after the ratings were compared, and stands behind it."),
    )
    day: date | None = declare(_("Decided on"), Kind.DAY, tool="5.6", help=_("The day of the decision."))
    strategies: PlannedStrategies = declare(
        _("Strategies"), Kind.RECORD, record=PlannedStrategies, tool="5.6", help=_STRATEGIES_HELP
    )
    chains: PlannedChains = declare(
        _("Delivery chains"), Kind.RECORD, record=PlannedChains, tool="5.6", help=_CHAINS_HELP
    )
    trajectories: PlannedTrajectories = declare(
        _("Trajectories"), Kind.RECORD, record=PlannedTrajectories, tool="5.6", help=_TRAJECTORIES_HELP
    )
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="5.6", help=_("Yes when the ratings are made up to practise with.")
    )


#: The ratings of the delivery plan of a priority, the earlier ones too.
RUBRIC = Part("rubric", RubricRating, of=Priority, label=_("Ratings of the delivery plan"))

#: What was agreed on after they were compared, the earlier decisions too.
RUBRIC_AGREED = Part("rubric_agreed", RubricDecision, of=Priority, label=_("What was agreed"))
