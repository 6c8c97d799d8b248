"""Rule 5, ensure implementation planning: its exercises, and what it asks of each role.

The checks are in :mod:`rdlib.rules.r05_profile` (5.1), :mod:`rdlib.rules.r05_chain_shape` (5.2),
:mod:`rdlib.rules.r05_pressure` with :mod:`rdlib.rules.r05_risks` (5.3), :mod:`rdlib.rules.r05_benchmarks` (5.4),
:mod:`rdlib.rules.r05_estimates` (5.5), :mod:`rdlib.rules.r05_rubric` with :mod:`rdlib.rules.r05_rubric_facts` (5.6) and
:mod:`rdlib.rules.r05_roadmap` (5.7).
"""

from __future__ import annotations

from rdlib.rules import r05_roadmap, r05_rubric
from rdlib.rules.r05_benchmarks import EXERCISE_5_4
from rdlib.rules.r05_chain import EXERCISE_5_2
from rdlib.rules.r05_estimates import EXERCISE_5_5
from rdlib.rules.r05_pressure import EXERCISE_5_3
from rdlib.rules.r05_profile import EXERCISE_5_1
from rdlib.rules.registry import Exercise
from rdlib.words import _

WORKBOOK = "05_implementation.ipynb"

#: What the rule asks of each role, in our words; the keys are the roles of the plan.
DUTIES = {
    "exempt-staff": (
        _("Help your Minister to read each delivery plan for one thing: does what is done lead to what was promised?"),
        _("Ask where the figures behind the plan come from, and whether they will still arrive once it has started."),
    ),
    "crdo": (
        _("Judge the delivery plans. Use the eight criteria of the rubric, and leave the form to those who plan."),
        _("Say where a plan is weak before it starts, when it is still cheap to mend."),
    ),
    "data-lead": (
        _("Work out with the others what each strategy adds to its target, period by period, and on what evidence."),
        _("Help them to say what success would look like in figures, also for a single strategy."),
    ),
    "senior-executive": (
        _("Use the planning to tell one story: through whom, by when and by how much you will get there."),
        _("Let your Senior Program Manager lead the team through it, and be there when the chain is tested."),
    ),
    "senior-program-manager": (
        _("Know the tools well enough to lead others through them: profile, chain, tests, trajectory, rubric."),
        _("Bring those to the table who know the front line, and keep the plan no heavier than the work needs."),
    ),
}

EXERCISES = (
    EXERCISE_5_1,
    EXERCISE_5_2,
    EXERCISE_5_3,
    EXERCISE_5_4,
    EXERCISE_5_5,
    Exercise(
        id="5.6",
        title=_("Delivery planning rubric"),
        rule=5,
        workbook=WORKBOOK,
        section="rubric",
        about=_("Rate the whole plan on eight criteria, several of you, beside what the plan itself proves."),
        minutes=30,
        kinds=r05_rubric.KINDS,
        attempted=r05_rubric.attempted,
        check=r05_rubric.check,
        hints=(
            _("Rate alone and in silence. Then take the criterion on which you are furthest apart, and only that one."),
            _("Before you give a 4, write down what a stranger could look up. If nothing comes to mind, it is a 3."),
            _("Where the plan supports less than you rated, ask which is behind: the plan, or the work."),
        ),
    ),
    Exercise(
        id="5.7",
        title=_("Case: a roadmap for energy in the Western Cape"),
        rule=5,
        workbook=WORKBOOK,
        section="roadmap",
        about=_("Turn a goal and one figure into a roadmap: strategies with milestones for every year, and their sum."),
        minutes=45,
        kinds=r05_roadmap.KINDS,
        case="western-cape",
        attempted=r05_roadmap.attempted,
        check=r05_roadmap.check,
        hints=(
            _("Ten percent less than what, and than when? Settle that first; everybody reads it in another way."),
            _("For each year, ask of each strategy: what could a visitor see on its last day that is not there today?"),
            _("Write beside each strategy how many of the ten points it brings, and how sure you are. Then add up."),
        ),
    ),
)
