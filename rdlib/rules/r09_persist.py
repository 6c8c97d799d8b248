"""Rule 9, persist: its exercises 9.1 to 9.3, and what it asks of each role.

The checks are in :mod:`rdlib.rules.r09_cycle` (9.1), :mod:`rdlib.rules.r09_principles` (9.2) and
:mod:`rdlib.rules.r09_derailers` (9.3).
"""

from __future__ import annotations

from rdlib.rules import r09_cycle, r09_derailers, r09_principles
from rdlib.rules.registry import Exercise
from rdlib.words import _

WORKBOOK = "09_persist.ipynb"

#: What the rule asks of each role, in our words; the keys are the roles of the plan.
DUTIES = {
    "exempt-staff": (
        _("Keep the Minister's eyes on the few priorities, most of all in a week in which all look elsewhere."),
        _("When somebody wants something new to announce, find news in the work that is under way."),
    ),
    "crdo": (
        _("Ask of every addition what it would move, and on what evidence; without that, the agenda stays as it is."),
        _("Hold the rhythm in the bad months. People read from your diary whether you still mean it."),
    ),
    "data-lead": (
        _("Show each new figure in its long row, and say whether it is noise or a signal before anybody reacts to it."),
        _("Remind the room of where on the cycle the work stands, and what is normal there."),
    ),
    "senior-executive": (
        _("Tell your people that the aim stays, also when the way to it has to be changed."),
        _("Thank those who moved something by name, and say in the same breath what is still to come."),
    ),
    "senior-program-manager": (
        _("Bring back to the table what was promised, kindly and each time."),
        _("Before a change of course, ask what we know now that we did not know when we chose it."),
    ),
}  # fmt: skip

EXERCISE_9_1 = Exercise(
    id="9.1",
    title=_("The cycle"),
    rule=9,
    workbook=WORKBOOK,
    section="cycle",
    about=_(
        "Find out where your priority stands on the ups and downs of delivery, and what gets it to the next stage."
    ),
    minutes=20,
    kinds=r09_cycle.KINDS,
    attempted=r09_cycle.attempted,
    check=r09_cycle.check,
    hints=(
        _("Listen to what is said in the corridor: is it about the figure, about the cost, or about something newer?"),
        _("Look at the table of what the plan shows. How long has the figure been still, and what has begun since?"),
        _("Read the trap of the stage that you chose. Is somebody about to walk into it, and what would you say then?"),
    ),
)
EXERCISE_9_2 = Exercise(
    id="9.2",
    title=_("Five principles"),
    rule=9,
    workbook=WORKBOOK,
    section="principles",
    about=_("Check how well you hold course in five respects, with what you do next; see what was added, and why."),
    minutes=25,
    kinds=r09_principles.KINDS,
    attempted=r09_principles.attempted,
    check=r09_principles.check,
    hints=(
        _("Take the last crisis. Which meeting on the priority fell out, and was it made up for?"),
        _("What did you announce in the last half-year? Was it new work, or news of the work under way?"),
        _("Think of one strategy that came in later. Who pressed for it, in which week, and what did they show you?"),
    ),
)
EXERCISE_9_3 = Exercise(
    id="9.3",
    title=_("Derailers"),
    rule=9,
    workbook=WORKBOOK,
    section="derailers",
    about=_("Look six months ahead: what could derail you, what you do if it comes, your own part, where you bend."),
    minutes=30,
    kinds=r09_derailers.KINDS,
    attempted=r09_derailers.attempted,
    check=r09_derailers.check,
    hints=(
        _("Open the calendar of the next six months. Which of its weeks would you rather not think about?"),
        _("Suppose it is half a year from now and all has gone wrong. What happened first?"),
        _("Write two lists: what may change without the target suffering, and what stays whatever happens."),
    ),
)

EXERCISES = (EXERCISE_9_1, EXERCISE_9_2, EXERCISE_9_3)
