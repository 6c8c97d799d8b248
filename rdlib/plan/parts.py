"""How a later rule adds its own records to a plan without touching the records that stand.

A rule's module declares a part once, and reads it typed from then on::

    STRATEGIES = Part("strategies", Strategy, of=Priority, label=_("Strategies"))
    ...
    for strategy in STRATEGIES.read(priority): ...
"""

from __future__ import annotations

from typing import Generic, TypeVar

from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority

R = TypeVar("R")

#: Every declared part, by owner ("plan" or "priority") and key.
PARTS: dict[tuple[str, str], Part[object]] = {}


class Part(Generic[R]):
    """A table of records that a rule adds to each priority, or to the plan as a whole.

    Args:
        key: its key in the file.
        record: the record type of a row.
        of: the owner, Priority or Plan.
        label: what a person reads above it.
        kept: whether the program keeps it by itself; then it stands behind all that a person fills in.
    """

    def __init__(
        self, key: str, record: type[R], *, of: type[Plan] | type[Priority], label: str, kept: bool = False
    ) -> None:
        """Declare the part; a key can be taken once."""
        self.key, self.record, self.label, self.kept = key, record, label, kept
        owner = "plan" if of is Plan else "priority"
        if (owner, key) in PARTS:
            raise ValueError(f"the part {key!r} of a {owner} is declared already")
        PARTS[owner, key] = self  # type: ignore[assignment]  # the table holds parts of every record type

    def read(self, owner: Plan | Priority) -> tuple[R, ...]:
        """Return the rows that the owner has."""
        rows: tuple[R, ...] = owner.parts.get(self.key, ())
        return rows
