"""Rule 4, set strategy and policy: its exercises, and what it asks of each role.

The checks are in :mod:`rdlib.rules.r04_candidates` (4.1), :mod:`rdlib.rules.r04_matrix` (4.2),
:mod:`rdlib.rules.r04_mix` with :mod:`rdlib.rules.r04_sequence` (4.3), :mod:`rdlib.rules.r04_feasibility` (4.4),
:mod:`rdlib.rules.r04_review` (4.5) and :mod:`rdlib.rules.r04_practice` (4.6).
"""

from __future__ import annotations

from rdlib.rules import r04_candidates, r04_feasibility, r04_matrix, r04_mix, r04_practice, r04_review
from rdlib.rules.registry import Exercise
from rdlib.words import _

WORKBOOK = "04_strategy.ipynb"

#: What the rule asks of each role, in our words; the keys are the roles of the plan.
DUTIES = {
    "exempt-staff": (
        _("See to it that the strategies are large enough for the promise, and soon enough for the mandate."),
        _("Bring in what can be agreed on, early, and keep it apart from the question of what would work."),
    ),
    "crdo": (
        _("Question every candidate: which number does it move, and what would be lost without it?"),
        _("Put political feasibility beside difficulty when you advise the Minister; the two are not the same."),
    ),
    "data-lead": (
        _("Help the others to answer one question: how much would this really move the target?"),
        _("Say how strong the evidence behind each impact is, and what would make it stronger."),
    ),
    "senior-executive": (
        _("Propose the few strategies that you are ready to answer for, because they will be yours to carry out."),
        _("Ask evaluation and audit what was tried before, and what came of it."),
    ),
    "senior-program-manager": (
        _("Ask for evidence each time, also for the candidate that everybody likes."),
        _("Put the whole range of options on the table before anybody chooses, then insist on a choice."),
    ),
}

EXERCISES = (
    Exercise(
        id="4.1",
        title=_("Strategy or initiative?"),
        rule=4,
        workbook=WORKBOOK,
        section="strategies",
        about=_("Describe each candidate, and find out which are strategies and which only keep people busy."),
        minutes=30,
        kinds=r04_candidates.KINDS,
        attempted=r04_candidates.attempted,
        check=r04_candidates.check,
        hints=(
            _("Ask of each candidate: if it is done perfectly, which number will be different?"),
            _("Look for what would stop: a strategy replaces something that is done today."),
            _("Several small activities that need each other may be one strategy with one name and one leader."),
        ),
    ),
    Exercise(
        id="4.2",
        title=_("Impact and difficulty"),
        rule=4,
        workbook=WORKBOOK,
        section="matrix",
        about=_(
            "Place the strategies by their potential impact and their difficulty, and show what the impact rests on."
        ),
        minutes=30,
        kinds=r04_matrix.KINDS,
        attempted=r04_matrix.attempted,
        check=r04_matrix.check,
        hints=(
            _("Begin with the one that everybody agrees on, then place the others compared with it."),
            _("For impact, ask how much of the gap to the target it could close, and who has seen it do so elsewhere."),
            _("For difficulty, count who has to work in another way: one team, one department, or hundreds of people."),
        ),
    ),
    Exercise(
        id="4.3",
        title=_("The right mix"),
        rule=4,
        workbook=WORKBOOK,
        section="mix",
        about=_("Choose a few strategies that cover the targets, strengthen each other, and come in a good order."),
        minutes=30,
        kinds=r04_mix.KINDS,
        attempted=r04_mix.attempted,
        check=r04_mix.check,
        hints=(
            _("Go through the targets one by one: which strategy is there to move this number?"),
            _("Ask of each pair: does one need what the other leaves behind? Then it comes second."),
            _("Which of them could show something before the hard work begins to hurt?"),
        ),
    ),
    Exercise(
        id="4.4",
        title=_("Political feasibility"),
        rule=4,
        workbook=WORKBOOK,
        section="feasibility",
        about=_(
            "Say of each strategy whether those whose consent it needs would give it, and what would win them over."
        ),
        minutes=15,
        kinds=r04_feasibility.KINDS,
        attempted=r04_feasibility.attempted,
        check=r04_feasibility.check,
        hints=(
            _("List those who can stop it: in cabinet, in the provinces, in the professions, in public."),
            _("Suppose the work itself were easy. Who would still be against it?"),
            _("For the strategy that you believe in and that is contested: what would its strongest opponent accept?"),
        ),
    ),
    Exercise(
        id="4.5",
        title=_("Review of the delivery architecture"),
        rule=4,
        workbook=WORKBOOK,
        section="review",
        about=_("Rate outcomes, indicators, strategies and accountability, beside what the plan itself shows."),
        minutes=15,
        kinds=r04_review.KINDS,
        attempted=r04_review.attempted,
        check=r04_review.check,
        hints=(
            _("Rate alone first, then compare: where you differ most is what to talk about."),
            _("Take a 4 only for what you would show to somebody from outside today."),
            _("Where the plan shows less than you rated, ask whether the plan is behind or the rating ahead."),
        ),
    ),
    Exercise(
        id="4.6",
        title=_("Case: emergency care in England"),
        rule=4,
        workbook=WORKBOOK,
        section="matrix",
        about=_("Place the eight strategies that were considered in 2001, argue for their places, and choose."),
        minutes=35,
        kinds=r04_practice.KINDS,
        case="emergency-waits",
        attempted=r04_practice.attempted,
        check=r04_practice.check,
        hints=(
            _("Half of the eight bring more of what is there; the others change what is done. Which move the clock?"),
            _("Which could be felt in a department within months, and which only after the target has fallen due?"),
            _("Suppose that a year from now nothing has moved. Which of your choices will you have doubted most?"),
        ),
    ),
)
