"""Which fields the assessment and the stocktake show (Rule 7, tools 7.3 and 7.5); see :mod:`rdlib.widgets.layouts`."""

from __future__ import annotations

from collections.abc import Callable

from rdlib.plan.assessment_ratings import AGREED, ASSESSMENT_RATINGS
from rdlib.plan.stocktake import NEXT_STOCKTAKE
from rdlib.widgets.sheet import Block, Table
from rdlib.words import _

Blocks = list[Block | Table]

_SIX = tuple(
    f"{name}{ending}"
    for name in ("challenge", "planning", "capacity", "stage", "evidence", "likelihood")
    for ending in ("", "_why")
)


def _assessment(here: str) -> Blocks:
    return [
        Table(
            f"{here}/{ASSESSMENT_RATINGS.key}",
            ("person", "day", *_SIX),
            title=_("Each alone: how likely is it?"),
            as_cards=True,
        ),
        Table(
            f"{here}/{AGREED.key}",
            ("day", "raters", *_SIX),
            title=_("Then together: what you agree on"),
            as_cards=True,
        ),
    ]


def _stocktake(here: str) -> Blocks:
    rows = {
        "achievements": ("priority", "what", "shown"),
        "decisions": ("priority", "question", "answer", "decided_by"),
        "actions": ("priority", "what", "owner", "due", "done", "note", "dropped"),
    }
    inside = tuple(f"{table}/{name}" for table, names in rows.items() for name in names)
    return [Table(f"{here}/{NEXT_STOCKTAKE.key}", ("day", "routine", "chair", "present", *inside), as_cards=True)]


LAYOUTS: dict[str, Callable[[str], Blocks]] = {"7.3": _assessment, "7.5": _stocktake}
