"""Rule 0, orientation: the role lens, the culture check and the ten-rule checklist.

The checks are in :mod:`rdlib.rules.r00_culture` (0.2) and :mod:`rdlib.rules.r00_checklist` (0.3).
"""

from __future__ import annotations

from rdlib.plan.plan import Plan
from rdlib.rules import r00_checklist, r00_culture
from rdlib.rules.findings import Finding
from rdlib.rules.registry import Context, Exercise
from rdlib.words import _

WORKBOOK = "00_start_here.ipynb"

#: What each role brings to the whole of the work, in our words; the keys are the roles of the plan.
DUTIES = {
    "exempt-staff": (
        _("See to it that your Minister's office works with data and evidence, and asks for them."),
        _("Keep an eye on the whole, and give support early, so that nothing has to be hidden."),
    ),
    "crdo": (
        _("Build the results and delivery system of your department, on what is there already."),
        _("Bring senior executives and the corporate functions (evaluation, audit, finance, data) to one table."),
        _("Answer to the Deputy Minister and the Minister for how progress is followed."),
    ),
    "data-lead": (
        _("Know which data there are, which are missing, and what it takes to get those."),
        _("Give the figures to those who decide, often enough and in time to act on them."),
    ),
    "senior-executive": (
        _("Answer for the results of your program, and say which priority of the government it serves."),
        _("Learn the tools well enough to lead your people through them."),
    ),
    "senior-program-manager": (
        _("Link what your team does day by day to a priority, and say it aloud."),
        _("Talk early to those who measure and evaluate in your department."),
        _("Keep going, and make it easier for others to."),
    ),
}


def _role_chosen(plan: Plan, context: Context) -> bool:
    return plan.role is not None


def _no_findings(plan: Plan, context: Context) -> list[Finding]:
    return []


EXERCISES = (
    Exercise(
        id="0.1",
        title=_("Role lens"),
        rule=0,
        workbook=WORKBOOK,
        section="checklist",
        about=_("Choose your role once; every workbook then shows what it does first."),
        minutes=5,
        kinds=(),
        attempted=_role_chosen,
        check=_no_findings,
        scope=Plan,
        hints=(
            _("You may hold none of these posts. Choose the one whose decisions are most like yours."),
            _("What are you asked for most: political advice, the system as a whole, figures, results, or the work?"),
        ),
    ),
    Exercise(
        id="0.2",
        title=_("Culture check"),
        rule=0,
        workbook=WORKBOOK,
        section="culture",
        about=_("Rate five behaviours to strengthen and five to avoid, each with what shows it."),
        minutes=15,
        kinds=r00_culture.KINDS,
        attempted=r00_culture.attempted,
        check=r00_culture.check,
        scope=Plan,
        hints=(
            _("Begin with the one you are proudest of and the one you would least like to be asked about."),
            _("Think of the last setback. What was said first, and by whom? That rates three of the ten."),
            _("For each rating, finish the sentence: “I could show this to a stranger by ...”."),
        ),
    ),
    Exercise(
        id="0.3",
        title=_("Ten-rule checklist"),
        rule=0,
        workbook=WORKBOOK,
        section="checklist",
        about=_("Rate your work on each of the ten rules, find where to begin, and see later what has moved."),
        minutes=20,
        kinds=r00_checklist.KINDS,
        attempted=r00_checklist.attempted,
        check=r00_checklist.check,
        scope=Plan,
        hints=(
            _("Read the four sentences of a rule from the top, and stop at the last one that is wholly true today."),
            _("Between two levels, take the lower one, and write what is still lacking for the higher one."),
            _("For evidence, name a document, a figure or a meeting of the last three months."),
        ),
    ),
)
