"""Rule 8: what each role does first."""

from __future__ import annotations

from rdlib.words import _

DUTIES = {
    "exempt-staff": (
        _("Ask which of the challenges needs the Minister at all; most are solved before they reach a minister."),
        _("Protect the weeks that an honest answer takes, and bring the conclusion, not the working."),
    ),
    "crdo": (
        _("State the question and a first answer yourself, and say in public that it may be wrong."),
        _("Close the tree when it is settled: say what holds, and what is decided by it."),
    ),
    "data-lead": (
        _("Sketch each end product before anybody collects figures, and drop the analyses that settle nothing."),
        _("Report what speaks against the favourite answer first."),
    ),
    "senior-executive": (
        _("Draw the tree with those who know the work, and hold the line between its branches."),
        _("Give each leaf an owner and a day, and ask for the results at the next routine."),
    ),
    "senior-program-manager": (
        _("Bring the cases that do not fit the accepted explanation."),
        _("Open the records and the doors that an analysis needs."),
    ),
}
