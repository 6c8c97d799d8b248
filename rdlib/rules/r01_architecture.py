"""Rule 1, tool 1.2: which of the four elements of a delivery architecture a priority still lacks.

Computed from the plan (:mod:`rdlib.rules.architecture`), so nothing is entered for it. That nobody leads or that no
outcome is named is said by tool 1.1 already, and is not said twice.
"""

from __future__ import annotations

from rdlib.plan.priority import Priority
from rdlib.rules.architecture import Element, State, elements
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.registry import Context
from rdlib.words import _

TOOL = "1.2"

LACKING = FindingKind(
    "R1-element-lacking", TOOL, Severity.NOTE, _("An element is lacking"),
    why=_("An outcome is reached when all four hold together: outcomes, strategies, metrics, and people who answer."),
)  # fmt: skip
STANDS = FindingKind(
    "R1-architecture-stands", TOOL, Severity.GOOD, _("The architecture stands"),
    why=_("With all four in place, the work can be planned, paid for and followed."),
)  # fmt: skip

KINDS = (LACKING, STANDS)

#: Where each element stands in a priority.
_PLACES = {"outcomes": "outcomes", "strategies": "strategies", "metrics": "indicators", "leaders": "leaders"}


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether any of the four elements was begun."""
    return any(element.state is not State.NOT_ATTEMPTED for element in elements(priority, context.plan))


def _said_already(element: Element) -> bool:
    return element.key in {"outcomes", "leaders"} and element.state is State.NOT_ATTEMPTED


def check(priority: Priority, context: Context) -> list[Finding]:
    """Name the elements that a priority lacks (Rule 1, tool 1.2)."""
    here = f"priorities/{priority.id}"
    four = elements(priority, context.plan)
    if all(element.state is State.STANDS for element in four):
        return [STANDS.at(here, _("Outcomes, strategies, metrics and an accountable leader are there."))]
    return [
        LACKING.at(
            f"{here}/{_PLACES[element.key]}",
            _("{element}: {about}").format(element=element.title, about=element.about),
            " ".join(element.lacking),
        )
        for element in four
        if element.state is not State.STANDS and not _said_already(element)
    ]
