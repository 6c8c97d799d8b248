"""The four elements of a priority's architecture, as cards (Rule 1, tool 1.2)."""

from __future__ import annotations

from rdlib.figures.html import Html, Mark, badge, e, inline
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules.architecture import Element, State, elements
from rdlib.rules.findings import NOT_ATTEMPTED_SHAPE, Severity
from rdlib.words import _


def _mark(state: State) -> Mark:
    return {
        State.STANDS: Mark(Severity.GOOD.shape, _("stands"), 4),
        State.LACKING: Mark(Severity.WEAK.shape, _("incomplete"), 2),
        State.NOT_ATTEMPTED: Mark(NOT_ATTEMPTED_SHAPE, _("not attempted yet"), 0),
    }[state]


def _card(element: Element) -> str:
    has = f"<p>{'<br>'.join(inline(each) for each in element.has)}</p>" if element.has else ""
    lacking = ""
    if element.lacking:
        lacking = "<ul>" + "".join(f"<li>{inline(each)}</li>" for each in element.lacking) + "</ul>"
    look = " rd-element-open" if element.state is State.NOT_ATTEMPTED else ""
    return (
        f'<li class="rd-element{look}"><p class="rd-element-title">{e(element.title)}</p>'
        f"<p>{badge(_mark(element.state))}</p>{has}{lacking}</li>"
    )


def architecture(priority: Priority, plan: Plan) -> Html:
    """Return the four elements of a priority's architecture: which stand, and what the others lack.

    Args:
        priority: the priority.
        plan: its plan, for the names of people.

    Source: Rule 1, tool 1.2.

    >>> "Accountable leaders" in architecture(Priority(id="waits"), Plan())
    True
    """
    found = elements(priority, plan)
    standing = sum(1 for element in found if element.state is State.STANDS)
    line = _("Elements of the architecture that stand: {standing} of {all}").format(standing=standing, all=len(found))
    cards = "".join(map(_card, found))
    return Html(
        f'<div class="rd rd-architecture"><p class="rd-caption">{e(line)}</p><ul class="rd-elements">{cards}</ul></div>'
    )
