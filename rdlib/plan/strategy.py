"""Strategies: what is to move the indicators, how they were weighed and chosen, and what they take (4.1 to 5.1, 9.2).

A strategy is described once, here, with what its profile adds (Rule 5, tool 5.1). What it is expected to add to an
indicator stands with the indicator (:mod:`rdlib.plan.effects`); delivery chains and costs are parts of their own that
name the strategy.
"""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.milestones import Milestone, Resources
from rdlib.plan.parts import Part
from rdlib.plan.priority import Priority
from rdlib.plan.values import Amount, Period
from rdlib.words import _

EVIDENCE_KINDS = (
    Choice("tested", _("Tested against a comparison"), _("A trial or an evaluation set it beside a like case.")),
    Choice("elsewhere", _("Done elsewhere, with results"), _("Others did it and published what it moved.")),
    Choice("own-figures", _("Our own figures"), _("A pilot, or an analysis of our own data, says how much.")),
    Choice("experience", _("Experience of the front line"), _("Those who do the work expect it, and say why.")),
    Choice("none", _("None yet"), _("It sounds right. Nobody has looked.")),
)

STATUSES = (
    Choice("candidate", _("Candidate"), _("On the table, not decided.")),
    Choice("chosen", _("Chosen"), _("Part of the plan: people and money will go into it.")),
    Choice(
        "dropped",
        _("Dropped"),
        _("Weighed and left out; the reason is kept so that it need not be argued again."),
        retires=True,
    ),
)

FEASIBILITIES = (
    Choice("1", _("blocked"), _("Somebody who can stop it has said no, and nothing on offer would change that.")),
    Choice("2", _("contested"), _("Strong resistance; it needs the Minister's own time and capital.")),
    Choice("3", _("negotiable"), _("Doubts remain, but those who have them say what would settle them.")),
    Choice("4", _("backed"), _("Those whose consent it needs support it, or do not mind.")),
)

#: What a place on the scale from 0 to 10 means, low to high. The wordings are ours.
IMPACT_LEVELS = (
    Choice("1", _("hardly any"), _("The indicator would look the same without it.")),
    Choice("3", _("some"), _("It shows, but closes less than a tenth of the gap to the target.")),
    Choice("5", _("clear"), _("It closes a fair part of the gap: about a quarter.")),
    Choice("7", _("large"), _("It closes about half of the gap.")),
    Choice("9", _("decisive"), _("It could reach the target nearly by itself.")),
)
DIFFICULTY_LEVELS = (
    Choice("1", _("easy"), _("One team can do it with what it has, within months.")),
    Choice("3", _("manageable"), _("A few teams, some money within the budget, nobody against it.")),
    Choice("5", _("demanding"), _("Several organisations have to change how they work; new money is needed.")),
    Choice("7", _("hard"), _("Many must act who do not report to you; it costs a lot or needs new rules.")),
    Choice("9", _("very hard"), _("Never done at this scale; long, costly, and many who must agree stand against it.")),
)

#: Both scales run from here to there.
LOWEST, HIGHEST = 0.0, 10.0


def _scale(levels: tuple[Choice, ...]) -> str:
    return " ".join(
        _("{value} {label}: {describes}").format(value=level.value, label=level.label, describes=level.describes)
        for level in levels
    )


@attrs.frozen
class Strategy:
    """One strategy that is, or was, on the table for a priority.

    >>> Strategy("s1", title="Minor-injury units", indicators=("i1",)).status is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    title: str | None = declare(
        _("Strategy"),
        Kind.TEXT,
        telling=True,
        tool="4.1",
        help=_("Its short name."),
        example=_("See and treat at the front door"),
    )
    description: str | None = declare(
        _("In a sentence or two"),
        Kind.LONG_TEXT,
        tool="4.1",
        help=_("What it is, for somebody who has never heard of it: the policies, projects or programs in it."),
    )
    line: str | None = declare(
        _("Works on"),
        Kind.TEXT,
        tool="4.1",
        help=_("The side of the problem that it takes on, in a word or two. Leave it empty when there is one only."),
        example=_("Demand"),
    )
    indicators: tuple[str, ...] = declare(
        _("Indicators it is to move"),
        Kind.LINKS,
        links_to="indicators",
        tool="4.1",
        help=_("Tick those whose target it is meant to reach, not all that it may touch."),
    )
    changes: str | None = declare(
        _("What it changes about what government does now"),
        Kind.LONG_TEXT,
        tool="4.1",
        help=_("What is done today, and what will be done in its place. More of the same is seldom a strategy."),
        example=_("Minor cases queue with major ones; they would get a stream and a clinician of their own."),
    )
    because: str | None = declare(
        _("Why and how that moves the indicator"),
        Kind.LONG_TEXT,
        tool="4.1",
        help=_("The steps from the change to the number: because this happens, that follows."),
        example=_("Because minor cases leave within an hour, cubicles come free and fewer patients pass four hours."),
    )
    changes_system: bool | None = declare(
        _("Does it change how the system works?"),
        Kind.YES_NO,
        tool="4.1",
        help=_("Yes when the work would still be done the new way after the money and the attention have gone."),
    )
    system_how: str | None = declare(
        _("How it changes the system, or why not"),
        Kind.LONG_TEXT,
        tool="4.1",
        help=_("The rule, role, routine or incentive that will be different for good."),
    )
    start: Period | None = declare(
        _("Begins"), Kind.WHEN, tool="4.1", help=_("When work on it begins."), example="2017-04"
    )
    end: Period | None = declare(
        _("Ends"),
        Kind.WHEN,
        tool="4.1",
        help=_("When it is done and has become the way things are. What never ends is a service, not a strategy."),
        example="2018-03",
    )
    leader: str | None = declare(
        _("Leader"), Kind.PERSON, tool="4.1", help=_("The one person who answers for this strategy.")
    )
    impact: Amount = declare(
        _("Potential impact on the target"),
        Kind.NUMBER,
        low=LOWEST,
        high=HIGHEST,
        tool="4.2",
        help=_("From 0 (none) to 10 (the highest). {levels}").format(levels=_scale(IMPACT_LEVELS)),
    )
    evidence_kind: str | None = declare(
        _("Kind of evidence behind the impact"),
        Kind.CHOICE,
        choices=EVIDENCE_KINDS,
        tool="4.2",
        help=_("The strongest kind there is for it."),
    )
    evidence: str | None = declare(
        _("Evidence behind the impact"),
        Kind.LONG_TEXT,
        tool="4.2",
        help=_("What was found, where, by whom, and how far it holds here. Give the figure where there is one."),
        example=_("Three pilot hospitals moved from 71% to 80% in five months; large sites are not among them."),
    )
    difficulty: Amount = declare(
        _("Degree of difficulty"),
        Kind.NUMBER,
        low=LOWEST,
        high=HIGHEST,
        tool="4.2",
        help=_("From 0 (none) to 10 (the highest). {levels}").format(levels=_scale(DIFFICULTY_LEVELS)),
    )
    difficulty_why: str | None = declare(
        _("What makes it easy or hard"),
        Kind.LONG_TEXT,
        tool="4.2",
        help=_("Complexity, the number of those who must act, and cost. Politics has a place of its own below."),
    )
    status: str | None = declare(
        _("Decision"),
        Kind.CHOICE,
        choices=STATUSES,
        telling=True,
        tool="4.3",
        help=_("Where the choice stands."),
    )
    status_why: str | None = declare(
        _("Why it was chosen or dropped"),
        Kind.LONG_TEXT,
        tool="4.3",
        help=_("The reason that would still convince you in a year."),
    )
    depends_on: tuple[str, ...] = declare(
        _("Can only begin after"),
        Kind.LINKS,
        links_to="strategies",
        tool="4.3",
        help=_("Tick the strategies that must be finished first, because this one builds on what they leave behind."),
    )
    together: str | None = declare(
        _("How it fits with the other chosen ones"),
        Kind.LONG_TEXT,
        tool="4.3",
        help=_("Which of them it makes stronger, and where it competes with them for the same people or money."),
    )
    feasibility: int | None = declare(
        _("Political feasibility"),
        Kind.RATING,
        choices=FEASIBILITIES,
        tool="4.4",
        help=_("Whether those whose consent it needs will give it. Judged apart from how hard the work is."),
    )
    feasibility_why: str | None = declare(
        _("Who is for it, who against it, and why"),
        Kind.LONG_TEXT,
        tool="4.4",
        help=_("Names or groups, what each has said, and what would change their mind."),
    )
    scale: str | None = declare(
        _("Scale"),
        Kind.LONG_TEXT,
        tool="5.1",
        help=_("Where, for how many people and by how many sites it is done: at first, and in the end."),
        example=_(
            "Twelve departments in the first half-year, then all 200, for about seven million minor cases a year"
        ),
    )
    resources: Resources = declare(_("Resources required"), Kind.RECORD, record=Resources, tool="5.1")
    success: str | None = declare(
        _("What success looks like"),
        Kind.LONG_TEXT,
        tool="5.1",
        help=_("For this strategy itself, with a number: what is different on the ground when it has worked."),
        example=_("180 departments treat minor injuries at first contact, from eight to eight, also at weekends"),
    )
    success_by: Period | None = declare(
        _("Success by"), Kind.WHEN, tool="5.1", help=_("By when. Often a while after the work has begun.")
    )
    milestones: tuple[Milestone, ...] = declare(_("Milestones"), Kind.RECORDS, record=Milestone, tool="5.1")
    added_on: date | None = declare(
        _("Added later, on"),
        Kind.DAY,
        tool="9.2",
        help=_(
            "Left empty for what the plan began with. The workbook writes the day when you add a strategy while others "
            "are under way."
        ),
    )
    added_because: str | None = declare(
        _("Why it was added"),
        Kind.LONG_TEXT,
        tool="9.2",
        help=_(
            "What you know now and did not know when the plan was made. That something had to be done is no reason."
        ),
        example=_("The review of March found that two in three of those who wait are waiting for a bed"),
    )
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="4.2", help=_("Yes when its numbers are made up to practise with.")
    )


#: The strategies of a priority: candidates, chosen and dropped ones.
STRATEGIES = Part("strategies", Strategy, of=Priority, label=_("Strategies"))
