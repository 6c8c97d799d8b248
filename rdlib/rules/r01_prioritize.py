"""Rule 1, prioritize: its exercises, and what it asks of each role.

The checks are in :mod:`rdlib.rules.r01_table` (1.1), :mod:`rdlib.rules.r01_architecture` (1.2) and
:mod:`rdlib.rules.r01_shortlist` with :mod:`rdlib.rules.ranking` (1.3).
"""

from __future__ import annotations

from rdlib.plan.plan import Plan
from rdlib.rules import r01_architecture, r01_shortlist, r01_table
from rdlib.rules.registry import Exercise
from rdlib.words import _

WORKBOOK = "01_prioritize.ipynb"

#: What the rule asks of each role, in our words; the keys are the roles of the plan.
DUTIES = {
    "exempt-staff": (
        _("Bring your Minister, colleagues in other offices and senior officials to one talk about what comes first."),
        _("Hold the Minister's list against that of the whole government, and say where the two do not meet."),
    ),
    "crdo": (
        _("Put the hard choice on the table: what will not be a priority, and who will say so."),
        _("Help executives and corporate functions to live with the answer."),
    ),
    "data-lead": (
        _("Say of each candidate what is known of it today, and how it does against its past and against others."),
        _("Where there are no data, show what it would take; whoever wants the priority has to want that as well."),
    ),
    "senior-executive": (
        _("Take up the priorities that were set, and say how your work will serve them."),
        _("Shape what was handed to you: say early what would make it clearer or more likely to succeed."),
    ),
    "senior-program-manager": (
        _("Lead through the steps by which a commitment becomes clear, and bring those concerned in early."),
        _("Press for clarity when it takes long; nothing later can be better than this step."),
    ),
}

EXERCISES = (
    Exercise(
        id="1.1",
        title=_("Priorities table"),
        rule=1,
        workbook=WORKBOOK,
        section="outcomes",
        about=_("Name the priorities, each with its outcomes, one accountable leader and key stakeholders."),
        minutes=20,
        kinds=r01_table.KINDS,
        attempted=r01_table.attempted,
        check=r01_table.check,
        scope=Plan,
        hints=(
            _("Write the outcome from the side of the people it is for: what can they do then that they cannot today?"),
            _("Cover the column of leaders. Would three colleagues name the same person for each priority?"),
            _("For stakeholders, go from the Minister's desk to the person served, and name who stands on the way."),
        ),
    ),
    Exercise(
        id="1.2",
        title=_("Architecture"),
        rule=1,
        workbook=WORKBOOK,
        section="architecture",
        about=_("See which of the four elements each priority still lacks; it is worked out from the plan."),
        minutes=5,
        kinds=r01_architecture.KINDS,
        attempted=r01_architecture.attempted,
        check=r01_architecture.check,
        hints=(
            _("Read one priority from left to right: what, by what means, seen by which number, and who answers."),
            _("Strategies come with Rule 4, so theirs may be empty today. The other three should not be for long."),
        ),
    ),
    Exercise(
        id="1.3",
        title=_("Really prioritize"),
        rule=1,
        workbook=WORKBOOK,
        section="shortlist",
        about=_("Choose a short list from a long one under a limit, and say why the others have to wait."),
        minutes=40,
        kinds=r01_shortlist.KINDS,
        attempted=r01_shortlist.attempted,
        check=r01_shortlist.check,
        scope=Plan,
        hints=(
            _("Set the limit first. Then mark what is clearly in and what is clearly out; that is often half."),
            _("Ask of the others: would people notice? Does it need the centre, or does the department do it anyway?"),
            _("Write each reason as you would say it to the person who loses by it."),
        ),
    ),
)
