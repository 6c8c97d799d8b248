"""Which fields the exercise "Blip or trend?" of rule 9 shows; see :mod:`rdlib.widgets.layouts`."""

from __future__ import annotations

from collections.abc import Callable

from rdlib.plan.blips import READINGS, SPECIAL_EVENTS, STEPS, USUAL
from rdlib.widgets.sheet import Block, Table
from rdlib.words import _

Blocks = list[Block | Table]


def _blip(here: str) -> Blocks:
    return [
        Table(
            f"{here}/{READINGS.key}",
            ("indicator", "day", "verdict", "because", "course", "action", "owner", "due", "done"),
            title=_("What you read in the values, and what follows"),
            as_cards=True,
        ),
        Table(
            f"{here}/{USUAL.key}", ("indicator", "first", "last", "why"), title=_("What counts as usual"), as_cards=True
        ),
        Table(
            f"{here}/{STEPS.key}",
            ("indicator", "since", "what", "evidence", "said_by", "day"),
            title=_("Steps, and what brought them about"),
            as_cards=True,
        ),
        Table(
            f"{here}/{SPECIAL_EVENTS.key}",
            ("indicator", "when", "what", "why"),
            title=_("Single values with a known reason"),
            as_cards=True,
        ),
    ]


LAYOUTS: dict[str, Callable[[str], Blocks]] = {"9.4": _blip}
