"""Rule 3, the guiding coalition: its exercises, what it asks of each role, and where its results are used.

The checks are in :mod:`rdlib.rules.r03_table` (3.1), :mod:`rdlib.rules.r03_relationships` (3.2) and
:mod:`rdlib.rules.r03_messages` (3.3).
"""

from __future__ import annotations

from rdlib.rules import r03_messages, r03_relationships, r03_table
from rdlib.rules.registry import Exercise
from rdlib.words import _

WORKBOOK = "03_coalition.ipynb"

#: What the rule asks of each role, in our words; the keys are the roles of the plan.
DUTIES = {
    "exempt-staff": (
        _("Open doors: bring your Minister together with the ministers and leaders on whom the priority depends."),
        _("Put most of your time into the few alliances that the first priorities need; decline the others kindly."),
    ),
    "crdo": (
        _("You know whom to count on. Write it down, and go after it on purpose: a feeling for people wins nobody."),
        _("See to it that members stand behind the priorities and their targets before strategies are chosen."),
    ),
    "data-lead": (
        _("Find the figure that makes a doubtful member look twice: their region, their budget, their waiting room."),
        _("Foresee which doubts about the data will come, and answer them before they turn into doubts of the aim."),
    ),
    "senior-executive": (
        _("Take on the relationships that only your level can keep, and give each its place in the calendar."),
        _("Ask of each of them when you last asked for something, and when you last gave something."),
    ),
    "senior-program-manager": (
        _("Keep the rhythm: every member is met at fixed times, and what was asked and promised is written down."),
        _("Plan relationships as you plan other work: who talks with whom, about what, by when."),
    ),
}

EXERCISES = (
    Exercise(
        id="3.1",
        title=_("Coalition table"),
        rule=3,
        workbook=WORKBOOK,
        section="coalition",
        about=_("Name those whom the priority needs and can count on: who they are, why they matter, what they do."),
        minutes=30,
        kinds=r03_table.KINDS,
        attempted=r03_table.attempted,
        check=r03_table.check,
        hints=(
            _("Think of the last time that something like this failed. Whose silence, or whose no, was enough?"),
            _("Follow the money from the decision to the front line, and the number back from the front line to you."),
            _("Ask somebody who does the work whose opinion people wait for. It is seldom the one with the title."),
        ),
    ),
    Exercise(
        id="3.2",
        title=_("Engagement questions"),
        rule=3,
        workbook=WORKBOOK,
        section="relationships",
        about=_(
            "Judge each relationship as it is, and plan how to strengthen it, what to ask, and what to listen for."
        ),
        minutes=25,
        kinds=r03_relationships.KINDS,
        attempted=r03_relationships.attempted,
        check=r03_relationships.check,
        hints=(
            _("Rate by the last thing that happened between you, not by how pleasant the meetings are."),
            _("Look at the member you like least to call. What could you do for them this month, with nothing asked?"),
            _("For each member, finish the sentence: nobody else could ... by the end of next month."),
        ),
    ),
    Exercise(
        id="3.3",
        title=_("Win-win message"),
        rule=3,
        workbook=WORKBOOK,
        section="messages",
        about=_("Say in a sentence or two what each member gains when the priority succeeds."),
        minutes=20,
        kinds=r03_messages.KINDS,
        attempted=r03_messages.attempted,
        check=r03_messages.check,
        hints=(
            _("Write down first what worries this member on a bad day. The message starts there."),
            _("Take out every sentence that begins with what you need. What is left?"),
            _("Read two of your messages aloud with the names covered. If nobody can tell whose they are, go on."),
        ),
    ),
)
