"""Which fields the exercises of rule 7 show; see :mod:`rdlib.widgets.layouts`."""

from __future__ import annotations

from collections.abc import Callable

from rdlib.plan.routine_year import QUESTIONS
from rdlib.plan.routines import AGENDAS, PREPARATIONS, QUIET_TIMES, ROUTINES, ROUTINES_TODAY
from rdlib.widgets.sheet import Block, Table
from rdlib.words import _

Blocks = list[Block | Table]

_TODAY = (
    *("title", "form", "who", "count", "frequency", "weeks", "minutes", "priorities"),
    *("asks_did", "asks_well", "asks_mattered", "asks_next", "result", "shown", "fate", "fate_why"),
)
_ROUTINE = (
    *("title", "form", "level", "priorities", "sharing", "topic", "chair", "attends"),
    *("frequency", "weeks", "minutes", "weekday", "time", "tools"),
)
_AGENDA = ("purpose", "routine", "day", "minutes", "deep", "closing", "opens", "notes")


def _today(here: str) -> Blocks:
    return [Table(f"{here}/{ROUTINES_TODAY.key}", _TODAY, as_cards=True)]


def _routines(here: str) -> Blocks:
    year = f"{here}/routine_year"
    return [
        Table(f"{here}/{ROUTINES.key}", _ROUTINE, as_cards=True),
        Block(year, ("starts", "holidays_of", "region", "time_zone"), title=_("The year, and whose holidays")),
        Table(f"{here}/{QUIET_TIMES.key}", ("why", "first", "last"), title=_("Quiet times, where you need them")),
    ]


def _agendas(here: str) -> Blocks:
    issues = tuple(f"issues/{name}" for name in ("title", "priority", "question", "minutes", "prepares"))
    return [Table(f"{here}/{AGENDAS.key}", (*_AGENDA, *issues), as_cards=True)]


def _preparations(here: str) -> Blocks:
    steps = tuple(f"steps/{name}" for name in ("kind", "what", "owner", "before", "done"))
    return [
        Block(f"{here}/routine_year", QUESTIONS, title=_("Six questions behind the calendar")),
        Table(f"{here}/{PREPARATIONS.key}", ("lead", "routine", "day", *steps), as_cards=True),
    ]


LAYOUTS: dict[str, Callable[[str], Blocks]] = {
    "7.1": _today,
    "7.2": _routines,
    "7.4": _agendas,
    "7.6": _preparations,
}
