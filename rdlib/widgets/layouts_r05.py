"""Which fields the exercises of rule 5 show."""

from __future__ import annotations

from collections.abc import Callable

from rdlib.plan.rubric import RUBRIC, RUBRIC_AGREED
from rdlib.widgets.sheet import Block, Table
from rdlib.words import _

Blocks = list[Block | Table]


def _rubric(here: str) -> Blocks:
    fields = ("person", "day", "strategies", "chains", "trajectories")
    return [
        Table(f"{here}/{RUBRIC.key}", fields, title=_("How each of you rates the plan"), as_cards=True),
        Table(f"{here}/{RUBRIC_AGREED.key}", fields, title=RUBRIC_AGREED.label, as_cards=True),
    ]


LAYOUTS: dict[str, Callable[[str], Blocks]] = {
    "5.6": _rubric,
}
