"""Where people stand before they begin: their ways of working and their work on each rule (Rule 0, tools 0.2 and 0.3).

Both are answers of one person on one day. Whoever answers again adds a new answer; the earlier one stays, so that
movement can be seen. 1 is always the weakest and 4 the strongest, also for behaviours to avoid.
"""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.plan import Plan
from rdlib.words import _

#: The names of the ten rules.
RULE_TITLES = {
    1: _("Prioritize (really prioritize)"),
    2: _("Define success clearly (you don't have to call it a target)"),
    3: _("Identify your coalition (the ones you need to be able to count on)"),
    4: _("Set strategy and policy (and avoid initiatives)"),
    5: _("Ensure implementation planning (the detail matters)"),
    6: _("Align the resources (if the aim is clear, it's easier to find the resources)"),
    7: _("Use routines to drive progress (and report it)"),
    8: _("Solve problems as they arise (and don't give the benefit of the doubt)"),
    9: _("Persist (in the face of adversity and challenges)"),
    10: _("Engage stakeholders and the public (constantly)"),
}


def short_title(rule: int) -> str:
    """Return the number and the name of a rule without what stands in brackets.

    >>> short_title(7)
    'Rule 7: Use routines to drive progress'
    """
    return _("Rule {n}: {name}").format(n=rule, name=RULE_TITLES[rule].partition(" (")[0])


def _levels(words: tuple[str, str, str, str], describes: tuple[str, str, str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(str(n), word, text) for n, (word, text) in enumerate(zip(words, describes, strict=True), 1))


def _rated(label: str, help: str, levels: tuple[Choice, ...], tool: str) -> int | None:
    value: int | None = declare(label, Kind.RATING, choices=levels, tool=tool, help=help)
    return value


def _shown(about: str, tool: str, example: str = "") -> str | None:
    value: str | None = declare(
        _("What shows it: {about}").format(about=about),
        Kind.LONG_TEXT,
        tool=tool,
        example=example,
        help=_("Something that happened, with its date or place, that another person could check."),
    )
    return value


# --- 0.2 -----------------------------------------------------------------------------------------------------------


def _strength(label: str, help: str, *describes: str) -> int | None:
    one, two, three, four = describes
    words = (_("hardly ever"), _("now and then"), _("mostly"), _("as a matter of course"))
    return _rated(label, help, _levels(words, (one, two, three, four)), "0.2")


def _risk(label: str, help: str, *describes: str) -> int | None:
    one, two, three, four = describes
    words = (_("as a rule"), _("often"), _("seldom"), _("hardly ever"))
    return _rated(label, help, _levels(words, (one, two, three, four)), "0.2")


@attrs.frozen
class Strengthen:
    """The five behaviours to strengthen (Rule 0, tool 0.2)."""

    focus: int | None = _strength(
        _("Keeping the focus on the priorities"),
        _("Also in a week full of other things, which every week is."),
        _("What is urgent decides the day; weeks pass without any work on a priority."),
        _("The priorities get the time that is left when everything else is done."),
        _("Time for the priorities is set aside, and mostly kept."),
        _("Each week begins with the priorities, and what is dropped for them is said openly."),
    )
    focus_why: str | None = _shown(
        _("the focus on the priorities"),
        "0.2",
        _("On 3 March we cancelled two meetings to finish the review of waits."),
    )
    solve: int | None = _strength(
        _("Solving problems at once, and passing on what works"),
        _("In real time, and not in the next report."),
        _("Problems wait for the next report, and each team finds its remedy alone."),
        _("Problems are solved when somebody presses; what worked stays where it was found."),
        _("Most problems are taken up within days, and some remedies are shown to others."),
        _("A problem raised today has an owner today, and what worked reaches the next place within weeks."),
    )
    solve_why: str | None = _shown(_("solving problems, passing on what works"), "0.2")
    example: int | None = _strength(
        _("Setting the example, and building others up"),
        _("Working as you ask others to work, and helping them to become able to."),
        _("Others are asked to work in ways that we do not follow ourselves."),
        _("Some of us show the way; whether others learn it is left to chance."),
        _("We mostly work as we ask others to, and coach them when they ask."),
        _("We work as we ask others to, and those who deliver can do more by themselves than a year ago."),
    )
    example_why: str | None = _shown(_("setting the example"), "0.2")
    across: int | None = _strength(
        _("Working across silos"),
        _("With other units, departments and governments."),
        _("Others hear of our work when it is finished."),
        _("There are joint meetings; the work itself is done apart."),
        _("Joint work has named people on each side, who settle most conflicts between them."),
        _("There is one plan and one set of figures, and help goes to where the result needs it."),
    )
    across_why: str | None = _shown(_("working across silos"), "0.2")
    facts: int | None = _strength(
        _("Facing the facts, in the data and on the ground"),
        _("Above all those that nobody likes."),
        _("We hear what we hope for, and nobody has lately been where the service is given."),
        _("Figures are looked at when a report is due; visits are rare and announced long before."),
        _("Figures are looked at every month, also the bad ones, and some of us visit the front line."),
        _("Bad figures come first on the agenda, and are checked on the spot with those who do the work."),
    )
    facts_why: str | None = _shown(_("facing the facts"), "0.2")


@attrs.frozen
class Avoid:
    """The five behaviours to avoid (Rule 0, tool 0.2); here too 4 is the best answer."""

    blame: int | None = _risk(
        _("Blame and short-termism"),
        _("How often it happens with us. 4 stands for the best answer."),
        _("When something goes wrong, the first question is who; what counts is next week's headline."),
        _("Blame is passed on politely, and decisions look as far as the next report."),
        _("It happens under pressure, and then somebody says so."),
        _("We ask what happened and what to do now, and decisions are made to last beyond the year."),
    )
    blame_why: str | None = _shown(_("blame and short-termism"), "0.2")
    control: int | None = _risk(
        _("Taking over and micro-managing"),
        _("Also: challenging others without helping them. 4 stands for the best answer."),
        _("The centre writes other people's plans, and corrects their drafts line by line."),
        _("Help is offered, and turns into control as soon as things get tight."),
        _("We challenge and help; now and then we do the work of those who should."),
        _("Those who answer for the work do it, and whoever challenges them also helps."),
    )
    control_why: str | None = _shown(_("taking over"), "0.2")
    context: int | None = _risk(
        _("Insensitivity to context and people"),
        _("Asking the same of everyone, whatever their situation. 4 stands for the best answer."),
        _("Everyone is asked for the same, in the same words, on the same day."),
        _("We are told about conditions on the spot, and seldom change anything for them."),
        _("We mostly ask first, and adapt what can be adapted."),
        _("Before anything is asked of a place, one of us knows its situation and its people."),
    )
    context_why: str | None = _shown(_("context and people"), "0.2")
    barriers: int | None = _risk(
        _("Needless barriers"),
        _("Forms, approvals and meetings that help nobody. 4 stands for the best answer."),
        _("Each new demand brings a form, an approval and a meeting of its own."),
        _("There are more steps than anybody needs, and we all know which."),
        _("We have taken some away; others stay out of habit."),
        _("A step that helps nobody is dropped when somebody points it out."),
    )
    barriers_why: str | None = _shown(_("needless barriers"), "0.2")
    opinion: int | None = _risk(
        _("Opinion without evidence, problems found too late"),
        _("How often it happens with us. 4 stands for the best answer."),
        _("The strongest voice decides, and problems come up when nothing can be done any more."),
        _("Evidence is looked for after the decision, and warnings get lost on the way up."),
        _("Most claims are backed by figures, and most problems show in time."),
        _("Each claim comes with its evidence, and early signs are watched so that there is time to act."),
    )
    opinion_why: str | None = _shown(_("opinion and evidence"), "0.2")


@attrs.frozen
class CultureAnswer:
    """How one person sees ten behaviours on one day (Rule 0, tool 0.2).

    >>> CultureAnswer("c1", strengthen=Strengthen(focus=3)).avoid.blame is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    person: str | None = declare(
        _("Who answers"),
        Kind.PERSON,
        tool="0.2",
        help=_("A name, a post, or a letter where answers are to stay anonymous. Keep to it when you answer again."),
    )
    day: date | None = declare(
        _("Answered on"), Kind.DAY, tool="0.2", help=_("The day tells your answers of this year and the next apart.")
    )
    strengthen: Strengthen = declare(
        _("To strengthen"),
        Kind.RECORD,
        record=Strengthen,
        help=_("Think of your own work and that of the people around you, in the last three months."),
    )
    avoid: Avoid = declare(
        _("To avoid"),
        Kind.RECORD,
        record=Avoid,
        help=_("Here too 1 is the weakest and 4 the strongest: 4 means that it hardly ever happens."),
    )
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="0.2", help=_("Yes when the answers are made up to practise with.")
    )


#: The answers of everybody to the culture check, the earlier ones too.
CULTURE = Part("culture", CultureAnswer, of=Plan, label=_("Culture check"))


# --- 0.3 -----------------------------------------------------------------------------------------------------------


def _rule(rule: int, *describes: str) -> int | None:
    one, two, three, four = describes
    words = (_("hardly"), _("in part"), _("mostly"), _("fully"))
    help = _("As your work is today, not as it is meant to be.")
    return _rated(f"{rule}. {RULE_TITLES[rule]}", help, _levels(words, (one, two, three, four)), "0.3")


@attrs.frozen
class ChecklistAnswer:
    """How far one person sees the work on each of the ten rules on one day (Rule 0, tool 0.3).

    >>> ChecklistAnswer("c1", rule_1=2, rule_1_why="Nine priorities, three with no leader").rule_2 is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    person: str | None = declare(
        _("Who answers"),
        Kind.PERSON,
        tool="0.3",
        help=_("A name, a post, or a letter where answers are to stay anonymous. Keep to it when you answer again."),
    )
    day: date | None = declare(
        _("Answered on"), Kind.DAY, tool="0.3", help=_("The day tells your answers of this year and the next apart.")
    )
    rule_1: int | None = _rule(
        1,
        _("Everything is a priority, or nobody could name the priorities."),
        _("There is a list, but it is longer than leaders can follow, or some on it have no leader."),
        _("There are few priorities, each with its leader; now and then something else pushes in."),
        _("We could all name them; each has one leader, and it stands written what was left out and why."),
    )
    rule_1_why: str | None = _shown(
        _("rule 1"), "0.3", _("The plan of April lists nine priorities; three have no leader.")
    )
    rule_2: int | None = _rule(
        2,
        _("Success is described in words alone."),
        _("There are indicators, but many of them count activity or have no target."),
        _("Most outcomes have an indicator, and a target with a date."),
        _("Indicators pass the three Ms, and targets are weighed against history and against others."),
    )
    rule_2_why: str | None = _shown(_("rule 2"), "0.3")
    rule_3: int | None = _rule(
        3,
        _("We could not say on whom we can count."),
        _("We have allies, as chance brought them."),
        _("The people whom we need are named and mostly won; a few relationships are weak."),
        _("Named people with formal and informal influence stand behind it, and know what it offers them."),
    )
    rule_3_why: str | None = _shown(_("rule 3"), "0.3")
    rule_4: int | None = _rule(
        4,
        _("There is a list of activities, and nobody can say which target they move."),
        _("There are strategies, among many initiatives that lead to no target."),
        _("Each target has its strategy; evidence and order are not settled everywhere."),
        _("Few strategies fit together, follow each other in order, and say on what evidence they will work."),
    )
    rule_4_why: str | None = _shown(_("rule 4"), "0.3")
    rule_5: int | None = _rule(
        5,
        _("The plan ends with the announcement."),
        _("There are milestones, but not how the work reaches the people it is for."),
        _("Delivery chains are drawn, and their weak links known; some targets have a path."),
        _("Chains are tested from the centre to the citizen, paths rest on evidence, and risks have answers."),
    )
    rule_5_why: str | None = _shown(_("rule 5"), "0.3")
    rule_6: int | None = _rule(
        6,
        _("Nobody has added up what it costs."),
        _("Costs are known for some of it, and the money goes where it went last year."),
        _("Most of it is paid for, and cost is held against impact."),
        _("People and money go where they change most; for what is not funded there is a decision."),
    )
    rule_6_why: str | None = _shown(_("rule 6"), "0.3")
    rule_7: int | None = _rule(
        7,
        _("Progress is talked about when something goes wrong."),
        _("There are meetings and reports, and no decisions follow from them."),
        _("Each priority is reviewed with figures at fixed times; what is agreed is not always followed up."),
        _("Reviews come at a fixed rhythm, judge whether we are on the way, and end with who does what by when."),
    )
    rule_7_why: str | None = _shown(_("rule 7"), "0.3")
    rule_8: int | None = _rule(
        8,
        _("Problems come up late, and often in the press."),
        _("Problems are solved when they are loud, and all in the same way."),
        _("Problems are sorted by weight, and most get a cause before they get a remedy."),
        _("Problems are found early, causes are tested on evidence, and help fits how bad it is."),
    )
    rule_8_why: str | None = _shown(_("rule 8"), "0.3")
    rule_9: int | None = _rule(
        9,
        _("Attention moves on with the next crisis."),
        _("The work goes on, and changes course with each new figure."),
        _("We mostly hold course, and know the risks of the next six months."),
        _("We tell noise from signal, are prepared for what may throw us off, and go on until it holds."),
    )
    rule_9_why: str | None = _shown(_("rule 9"), "0.3")
    rule_10: int | None = _rule(
        10,
        _("People hear of it when it is decided."),
        _("We talk with people when there is an occasion."),
        _("Those concerned are mapped, and for the most important there is a plan."),
        _("We talk with them all the time, win the undecided, and the front line can say what has changed."),
    )
    rule_10_why: str | None = _shown(_("rule 10"), "0.3")
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="0.3", help=_("Yes when the answers are made up to practise with.")
    )


#: The answers of everybody to the ten-rule checklist, the earlier ones too.
CHECKLIST = Part("checklist", ChecklistAnswer, of=Plan, label=_("Ten-rule checklist"))
