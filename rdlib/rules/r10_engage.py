"""Rule 10, engage stakeholders and the public: its exercises, and what it asks of each role.

The checks are in :mod:`rdlib.rules.r10_map` with :mod:`rdlib.rules.r10_candidates` (10.1),
:mod:`rdlib.rules.r10_engagement` (10.2), :mod:`rdlib.rules.r10_negotiation` with :mod:`rdlib.rules.r10_wording` (10.3)
and :mod:`rdlib.rules.r10_practice` (10.4); dates for calendars in :mod:`rdlib.rules.r10_dates`.
"""

from __future__ import annotations

from rdlib.rules import r10_dates, r10_engagement, r10_map, r10_negotiation, r10_practice
from rdlib.rules.registry import Exercise
from rdlib.words import _

WORKBOOK = "10_engage.ipynb"

#: What the rule asks of each role, in our words; the keys are the roles of the plan.
DUTIES = {
    "exempt-staff": (
        _("Open doors: your Minister's call, or yours, reaches people whom no official can reach."),
        _("Ask each of your colleagues whom they have seen this month, and who has been seen by nobody."),
    ),
    "crdo": (
        _("Bring the maps that exist only in heads onto one sheet, and look at it with those who lead."),
        _("See to it that what stakeholders advise comes back to them as something done, or as an answer why not."),
    ),
    "data-lead": (
        _("Cut the same figures differently for each: what a nurse asks of them is not what a treasurer asks."),
        _("Find out which data they hold themselves, and what they would want in exchange for sharing it."),
    ),
    "senior-executive": (
        _("Take the talks that only you can have, and put them into your diary before anything else does."),
        _("Agree with your managers on who sees whom, and keep the plan of it inside the delivery plan."),
    ),
    "senior-program-manager": (
        _("Put the question on every agenda: who has to want this, and who spoke to them last?"),
        _("Take the delivery chain as the first draft of the map: whoever passes the change on can also hold it up."),
    ),
}

EXERCISES = (
    Exercise(
        id="10.1",
        title=_("Stakeholder map"),
        rule=10,
        workbook=WORKBOOK,
        section="stakeholders",
        about=_("Place those who count by their support and their power, say what shows it, and watch who moves."),
        minutes=35,
        kinds=r10_map.KINDS,
        attempted=r10_map.attempted,
        check=r10_map.check,
        private=True,
        hints=(
            _("Begin with the proposals: who has to pass the change on, who pays for it, who can say no to it?"),
            _("Split a group that does not think as one: the president of the union and the nurses on the ward."),
            _("For each with power: what did they do the last time it cost them something? That is their place."),
        ),
    ),
    Exercise(
        id="10.2",
        title=_("Engagement plan"),
        rule=10,
        workbook=WORKBOOK,
        section="engagement",
        about=_("Choose whom to engage, and say with which objective, words and actions, by whom and when."),
        minutes=40,
        kinds=r10_engagement.KINDS,
        attempted=r10_engagement.attempted,
        check=r10_engagement.check,
        private=True,
        hints=(
            _("Take the moveable middle first. Which two of them would bring others along?"),
            _("Read each message aloud as if you were the one who hears it: what is in it for you?"),
            _("Look at the dates together: which month has nothing in it? And what goes on once the launch is over?"),
        ),
    ),
    Exercise(
        id="10.3",
        title=_("Negotiation sheet"),
        rule=10,
        workbook=WORKBOOK,
        section="negotiation",
        about=_("Prepare the hardest talk: eight tenets after Fisher and Ury, and what both do without an agreement."),
        minutes=30,
        kinds=r10_negotiation.KINDS,
        attempted=r10_negotiation.attempted,
        check=r10_negotiation.check,
        private=True,
        hints=(
            _("Write down what they say they want. Then ask of it three times: what for?"),
            _("Imagine that they have to explain the agreement to their own people. What would they read out?"),
            _("Let a colleague play them, with this sheet in hand. Where do they become angry? Change that line."),
        ),
    ),
    Exercise(
        id="10.4",
        title=_("Case: the school districts of Kentucky"),
        rule=10,
        workbook=WORKBOOK,
        section="stakeholders",
        about=_("Map those who decide whether graduates are ready, and plan how a department keeps them with it."),
        minutes=35,
        kinds=r10_practice.KINDS,
        case="kentucky",
        attempted=r10_practice.attempted,
        check=r10_practice.check,
        private=True,
        hints=(
            _("The department orders little and needs everybody. Whose Monday morning has to be different?"),
            _("What would make a district come once although nobody makes it come, and what would make it come again?"),
            _("What does the Commissioner send out that a teacher would miss if it did not arrive?"),
        ),
    ),
)

EVENTS = (r10_dates.events,)
COMMITMENTS = (r10_dates.commitments,)
