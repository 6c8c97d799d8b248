"""Rule 2, define success: its exercises, what it asks of each role, and where its results are used.

The checks are in :mod:`rdlib.rules.r02_three_m` (2.1), :mod:`rdlib.rules.r02_targets` with
:mod:`rdlib.rules.r02_smart` (2.2), :mod:`rdlib.rules.r02_levels` (2.3) and :mod:`rdlib.rules.r02_practice` (2.4, 2.5).
"""

from __future__ import annotations

from rdlib.rules import r02_levels, r02_practice, r02_targets, r02_three_m
from rdlib.rules.registry import Exercise
from rdlib.words import _

WORKBOOK = "02_define_success.ipynb"

#: What the rule asks of each role, in our words; the keys are the roles of the plan.
DUTIES = {
    "exempt-staff": (
        _("Bring your Minister and the senior officials to one list of indicators and targets, early."),
        _("See to it that the Minister makes the last call on what success means, and knows what it commits to."),
    ),
    "crdo": (
        _("Keep the list short: argue indicators out, not in."),
        _("Where a number is needed and nobody will pay for measuring it, ask for a decision: pay, or drop it."),
    ),
    "data-lead": (
        _("Say for each indicator what exists, how often it comes, how it can be broken down, and what is missing."),
        _("Work out what the trend alone would bring and what others reach, so that targets rest on evidence."),
    ),
    "senior-executive": (
        _("Weigh what is ambitious against what can be reached, and answer for the result."),
        _("Ask of every target what people would notice when it is met."),
    ),
    "senior-program-manager": (
        _("Lead your team from the outcome to the indicator to the target, step by step, and write down the reasons."),
        _("Find ways to get data that nobody has thought of yet."),
    ),
}

EXERCISES = (
    Exercise(
        id="2.1",
        title=_("3M evaluation"),
        rule=2,
        workbook=WORKBOOK,
        section="three-m",
        about=_("Decide for each indicator whether it is meaningful, moveable and measurable, and say why."),
        minutes=25,
        kinds=r02_three_m.KINDS,
        attempted=r02_three_m.attempted,
        check=r02_three_m.check,
        hints=(
            _("Read the indicator aloud to somebody who uses the service. Would they care if it changed?"),
            _("For moveable, name one thing you could do next month, and follow it step by step to the number."),
            _("For measurable, write down the last figure you have seen, where you saw it, and how old it was."),
        ),
    ),
    Exercise(
        id="2.2",
        title=_("SMART target"),
        rule=2,
        workbook=WORKBOOK,
        section="smart",
        about=_("Set a target from the baseline, and hold it against history and against others."),
        minutes=25,
        kinds=r02_targets.KINDS,
        attempted=r02_targets.attempted,
        check=r02_targets.check,
        hints=(
            _("Start with the baseline: the last value that everybody accepts, with its period and its source."),
            _("Write the target as you would announce it; then check that number, date and direction are in it."),
            _("Ask what would come about if nothing were done. A target worth having lies beyond that."),
        ),
    ),
    Exercise(
        id="2.3",
        title=_("Levels and commitment"),
        rule=2,
        workbook=WORKBOOK,
        section="levels",
        about=_("Place outcomes on a ladder from output to long-term change, and say how firmly each target is meant."),
        minutes=15,
        kinds=r02_levels.KINDS,
        attempted=r02_levels.attempted,
        check=r02_levels.check,
        hints=(
            _("Ask of each outcome: would it show within a year, within the mandate, or later?"),
            _("For each long-term outcome, name what must have changed halfway there."),
            _("A target is provisional until the work has begun and the baseline is known."),
        ),
    ),
    Exercise(
        id="2.4",
        title=_("Four published targets"),
        rule=2,
        workbook=WORKBOOK,
        section="smart",
        about=_("Work four targets of real governments through the three Ms and SMART."),
        minutes=30,
        kinds=r02_practice.KINDS_EXAMPLES,
        case="four-examples",
        attempted=r02_practice.attempted_examples,
        check=r02_practice.check_examples,
        hints=(
            _("Three of the four say what value is to be reached; one says by how much it is to change. From where?"),
            _("One counts people, the others are shares or rates. What does a count hide that a share shows?"),
            _("None of them names its starting point. Which one could still be judged on its last day?"),
        ),
    ),
    Exercise(
        id="2.5",
        title=_("Case: twelve priorities of New South Wales"),
        rule=2,
        workbook=WORKBOOK,
        section="sorting",
        about=_("Sort twelve published targets into well- and ill-defined ones, and repair those that need it."),
        minutes=30,
        kinds=r02_practice.KINDS_SORTING,
        case="new-south-wales",
        attempted=r02_practice.attempted_sorting,
        check=r02_practice.check_sorting,
        hints=(
            _("Look for the number first, then for the date. Two of the twelve have no number at all."),
            _("Where a change is named in percent, ask: percent of what, counted from when?"),
            _("To repair one, write the sentence that you would want to be judged by on the last day."),
        ),
    ),
)
