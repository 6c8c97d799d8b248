"""Rule 8, solve problems: its exercises 8.1 and 8.4, and what it asks of each role.

The checks are in :mod:`rdlib.rules.r08_triage` (8.1) and :mod:`rdlib.rules.r08_review` (8.4).
"""

from __future__ import annotations

from rdlib.rules import r08_review, r08_triage
from rdlib.rules.registry import Exercise
from rdlib.words import _

WORKBOOK = "08_solve_problems.ipynb"

#: What the rule asks of each role, in our words; the keys are the roles of the plan.
DUTIES = {
    "exempt-staff": (
        _("Ask for much, and offer help in the same breath: whoever brings a problem early is to be glad of it."),
        _("Keep room in the Minister's agenda for what is not yet in the news, and ask what became of it."),
    ),
    "crdo": (
        _("Send people back to the cause when they arrive with a solution, and beyond the bounds of their own unit."),
        _("Decide openly what is a crisis, and what is not; give the time back when one is over."),
    ),
    "data-lead": (
        _("Say what you see coming in the figures before anybody asks."),
        _("Bring the figures that show whether a cause is one, and what a solution would change."),
    ),
    "senior-executive": (
        _("Push those who run the programme to ask why once more, above all when a solution is at hand."),
        _("Go and look where the work is done, at a place where it goes well and at one where it does not."),
    ),
    "senior-program-manager": (
        _("Ask the front line each week what is in its way, and tell it what came of the answer."),
        _("Bring what is off track before it is found, with what you have tried."),
    ),
}

EXERCISE_8_1 = Exercise(
    id="8.1",
    title=_("Triage"),
    rule=8,
    workbook=WORKBOOK,
    section="triage",
    about=_("Write down what is in the way, and find out how grave each of it is: a nudge, or a crisis?"),
    minutes=40,
    kinds=r08_triage.KINDS,
    attempted=r08_triage.attempted,
    check=r08_triage.check,
    hints=(
        _("What did somebody at the front line last say to you that began with “the trouble is”?"),
        _("Take the one that you worked on longest last week. Which of its answers makes it that grave?"),
        _("Sort them by hours, then by level. Where the two lists differ, somebody decided without you."),
    ),
)
EXERCISE_8_4 = Exercise(
    id="8.4",
    title=_("Priority review"),
    rule=8,
    workbook=WORKBOOK,
    section="priority-review",
    about=_("Plan a short look at one area in trouble: the figures first, then visits with questions, then who acts."),
    minutes=40,
    kinds=r08_review.KINDS,
    attempted=r08_review.attempted,
    check=r08_review.check,
    hints=(
        _("Which one question would you want answered before the next stocktake?"),
        _("Two places that do well and two that do not, under the same conditions: what will you look at in all four?"),
        _("Ask for the last time that something happened, not for how it is done as a rule."),
    ),
)

EXERCISES = (EXERCISE_8_1, EXERCISE_8_4)
