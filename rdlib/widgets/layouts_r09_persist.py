"""Which fields the exercises 9.1 to 9.3 show; see :mod:`rdlib.widgets.layouts`."""

from __future__ import annotations

from collections.abc import Callable

from rdlib.plan.persist import CYCLE_PLACES, PRINCIPLES, SELF_CHECKS, STAGE_NAMES
from rdlib.plan.risks import RISKS
from rdlib.plan.strategy import STRATEGIES
from rdlib.widgets.sheet import Block, Table
from rdlib.words import _

Blocks = list[Block | Table]

_PLACE = ("day", "stage", "shown", "people", "next_step", "owner", "due", "done")
_PRINCIPLE = ("", "_why", "_action", "_owner", "_due", "_done")
_RISK = (
    *("title", "reach", "could_come", "likelihood", "effect", "first_sign", "sign_seen", "answer", "owner", "by"),
    *("status", "if_it_comes", "my_part", "my_part_owner", "my_part_by", "my_part_done", "flexible", "firm"),
    *("looked_on", "look_again", "strategies", "actors"),
)


def _cycle(here: str) -> Blocks:
    return [
        Table(f"{here}/{CYCLE_PLACES.key}", _PLACE, title=CYCLE_PLACES.label, as_cards=True),
        Table(f"plan/{STAGE_NAMES.key}", ("stage", "name"), title=_("Where you call a stage something else")),
    ]


def _principles(here: str) -> Blocks:
    fields = ("person", "day", *(f"{name}{part}" for name in PRINCIPLES for part in _PRINCIPLE))
    added = ("title", "added_on", "added_because", "evidence_kind", "evidence", "because")
    return [
        Table(f"{here}/{SELF_CHECKS.key}", fields, title=SELF_CHECKS.label, as_cards=True),
        Table(f"{here}/{STRATEGIES.key}", added, title=_("Strategies: was one of them added later?"), as_cards=True),
    ]


def _derailers(here: str) -> Blocks:
    return [Table(f"{here}/{RISKS.key}", _RISK, title=_("Risks and derailers"), as_cards=True)]


LAYOUTS: dict[str, Callable[[str], Blocks]] = {"9.1": _cycle, "9.2": _principles, "9.3": _derailers}
