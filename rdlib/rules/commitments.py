"""What somebody is to do by a day, from all rules: what a stocktake asks about, and what is overdue.

A rule brings its own in ``COMMITMENTS`` of any of its modules ``rNN_*.py``: functions that take the plan and the day,
and give commitments. Nothing else has to be changed for them to be asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import attrs

from rdlib.plan.plan import Plan
from rdlib.rules.brought import brought


@attrs.frozen(kw_only=True)
class Commitment:
    """Something that somebody is to do.

    Attributes:
        key: what it is, for ever: the same thing with another day or owner keeps its key.
        tool: the tool of the method that it comes from, such as ``8.3``.
        priority: the id of the priority that it is for; empty for the plan as a whole.
        what: what will be there when it is done.
        owner: who does it, by name; empty where nobody is named.
        due: the day by which it is done; None where none is named.
        done: whether it is done.
        where: path into the plan, such as ``priorities/waits/analyses/a1``.
    """

    key: str
    tool: str
    priority: str
    what: str
    owner: str = ""
    due: date | None = None
    done: bool = False
    where: str = ""

    def overdue(self, as_of: date) -> bool:
        """Say whether it should have been done by now.

        >>> Commitment(key="a", tool="8.3", priority="p", what="Report", due=date(2027, 1, 1)).overdue(date(2027, 1, 2))
        True
        """
        return not self.done and self.due is not None and self.due < as_of


Source = Callable[[Plan, date], Iterable[Commitment]]


def commitments(plan: Plan, as_of: date) -> list[Commitment]:
    """Return all commitments of a plan, the earliest first, those without a day last.

    Args:
        plan: the plan.
        as_of: the day for which they are looked at.
    """
    sources: tuple[Source, ...] = brought("COMMITMENTS")
    found = [each for source in sources for each in source(plan, as_of)]
    return sorted(found, key=lambda each: (each.due or date.max, each.key))
