"""Rule 6, align the resources: its exercises, and what it asks of each role.

The checks are in :mod:`rdlib.rules.r06_costs` (6.1), :mod:`rdlib.rules.r06_allocation` (6.2),
:mod:`rdlib.rules.r06_delivery` (6.3) and :mod:`rdlib.rules.r06_funding` (6.4).
"""

from __future__ import annotations

from rdlib.rules import r06_allocation, r06_costs, r06_delivery, r06_funding
from rdlib.rules.registry import Exercise
from rdlib.words import _

WORKBOOK = "06_resources.ipynb"

#: What the rule asks of each role, in our words; the keys are the roles of the plan.
DUTIES = {
    "exempt-staff": (
        _("See that your Minister asks for the money in time, and that requests serve the priorities of all."),
        _("Bring those together who hold budgets before each of them has made a plan of their own."),
    ),
    "crdo": (
        _("Put each priority into words that show what the money would change, and what its absence would."),
        _("Hold the line for delivery itself: a small sum that makes the large ones work."),
    ),
    "data-lead": (
        _("Supply what a request stands on: where we are, what the problem costs, what was moved elsewhere."),
        _("Keep the figures with which somebody will judge later whether the money was well used."),
    ),
    "senior-executive": (
        _("Write the request early and with care; you answer for what the money brings about."),
        _("Look for money in your own budget first, and say what gives way for it."),
    ),
    "senior-program-manager": (
        _("Know what each year of the work costs, and how firm that figure is."),
        _("Look after the money as its steward: say early when there will be too much, or too little."),
    ),
}

EXERCISES = (
    Exercise(
        id="6.1",
        title=_("Cost and impact"),
        rule=6,
        workbook=WORKBOOK,
        section="costs",
        about=_("Write down what each strategy costs, year by year, and see what each brings for its money."),
        minutes=40,
        kinds=r06_costs.KINDS,
        attempted=r06_costs.attempted,
        check=r06_costs.check,
        hints=(
            _("Begin with people: how many, for how long? It is most of the cost of most strategies."),
            _("Take each year by itself. The second year is seldom like the first: what was bought has to be run."),
            _("For a range, ask two questions: what if it goes as our last project did? What if all goes well?"),
        ),
    ),
    Exercise(
        id="6.2",
        title=_("Allocation"),
        rule=6,
        workbook=WORKBOOK,
        section="allocation",
        about=_("Set the limit and the conditions, make your own choice, and hold it against the best affordable mix."),
        minutes=40,
        kinds=r06_allocation.KINDS,
        attempted=r06_allocation.attempted,
        check=r06_allocation.check,
        hints=(
            _("Make your own choice before you look at the computed one: where they differ is what to talk about."),
            _("For the dearest strategy, ask what a smaller version would be, and where it would begin."),
            _("Be sparing with “has to be in”: of each, ask who says so, and what it pushes out."),
        ),
    ),
    Exercise(
        id="6.3",
        title=_("Budget for delivery itself"),
        rule=6,
        workbook=WORKBOOK,
        section="delivery-budget",
        about=_("Put down what it costs to follow, measure and help: the team, data, routines and monitoring."),
        minutes=15,
        kinds=r06_delivery.KINDS,
        attempted=r06_delivery.attempted,
        check=r06_delivery.check,
        hints=(
            _("Who will know next spring how things stand, and from what?"),
            _("Go through the four lines. Where somebody does it already, write 0 and whose budget pays for it."),
            _("Look at the last year of your strategies: who is still there to look after them?"),
        ),
    ),
    Exercise(
        id="6.4",
        title=_("Where the money comes from"),
        rule=6,
        workbook=WORKBOOK,
        section="funding",
        about=_("Say for what is missing where it is to come from, by when it has to be asked for, and who can help."),
        minutes=30,
        kinds=r06_funding.KINDS,
        attempted=r06_funding.attempted,
        check=r06_funding.check,
        hints=(
            _("Before you ask for new money: what of what you do today would nobody miss?"),
            _("Count back from the first day on which the money has to be spent. Which meeting comes before that?"),
            _("Who of your coalition has said yes to money before, and what did they want to know first?"),
        ),
    ),
)
