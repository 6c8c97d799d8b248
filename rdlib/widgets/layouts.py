"""Which fields each exercise shows, and on which board it places items: the surfaces of a tool.

A later rule brings its own in ``LAYOUTS``, ``BOARDS`` and ``GRAPHS`` of its modules ``layouts_rNN.py`` or
``layouts_rNN_topic.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeVar

from rdlib.plan.coalition import COALITION, LEFT_OUT
from rdlib.plan.fields import fields_of
from rdlib.plan.orientation import CHECKLIST, CULTURE, ChecklistAnswer
from rdlib.plan.plan import PRIORITIES
from rdlib.plan.practice import SORTING
from rdlib.plan.review import REVIEWS
from rdlib.plan.shortlist import CANDIDATES, COMPARISONS
from rdlib.plan.strategy import STRATEGIES
from rdlib.rules.boards import Board
from rdlib.rules.r04_matrix import MATRIX
from rdlib.widgets.chain import DELIVERY_CHAIN
from rdlib.widgets.graph import Plot
from rdlib.widgets.sheet import Block, Table
from rdlib.words import _

Blocks = list[Block | Table]
T = TypeVar("T")

_TARGET = tuple(
    f"target/{name}"
    for name in ("wording", "kind", "value", "value_high", "change_unit", "due", "standing", "why_this")
)


def _three_m(here: str) -> Blocks:
    return [
        Block(here, ("title",), title=_("Your priority")),
        Table(f"{here}/outcomes", ("statement",), title=_("What will be different, and for whom")),
        Table(f"{here}/indicators", ("name", "outcome", "definition", "three_m"), title=_("Indicators")),
    ]


def _smart(here: str) -> Blocks:
    fields = (
        "name",
        "unit",
        "direction",
        "baseline",
        "benchmarks",
        *_TARGET,
        "data_files",
        "data_source",
        "observations",
    )
    return [Table(f"{here}/indicators", fields, title=_("Indicators and their targets"), as_cards=True)]


def _levels(here: str) -> Blocks:
    return [
        Table(f"{here}/outcomes", ("statement", "level", "leads_to"), title=_("The ladder of outcomes"), as_cards=True),
        Table(
            f"{here}/indicators",
            ("name", "target/wording", "target/commitment", "changes", "trajectory"),
            title=_("How firmly each target is meant"),
            as_cards=True,
        ),
    ]


def _examples(here: str) -> Blocks:
    fields = ("name", "three_m", "unit", "direction", "baseline", *_TARGET)
    return [Table(f"{here}/indicators", fields, title=_("The published indicator"), as_cards=True)]


def _sorting(here: str) -> Blocks:
    return [Table(f"{here}/{SORTING.key}", title=_("Your verdict"), as_cards=True)]


def _priorities(here: str) -> Blocks:
    fields = ("title", "outcomes/statement", "leaders", "stakeholders")
    asking = _("Add a priority, by its short name:")
    return [Table(PRIORITIES.name, fields, as_cards=True, asks="title", asking=asking)]


def _shortlist(here: str) -> Blocks:
    asking = _("Add a candidate, or paste a list:")
    fields = ("title", "area", "keep", "why")
    return [
        Block(here, ("limit",)),
        Table(f"{here}/{CANDIDATES.key}", fields, as_cards=False, asks="title", asking=asking),
        Table(f"{here}/{COMPARISONS.key}", ("one", "other", "more"), as_cards=False),
    ]


def _culture(here: str) -> Blocks:
    return [Table(f"{here}/{CULTURE.key}", ("person", "day", "strengthen", "avoid"), as_cards=True)]


def _checklist(here: str) -> Blocks:
    return [Table(f"{here}/{CHECKLIST.key}", [f.name for f in fields_of(ChecklistAnswer)][1:-1], as_cards=True)]


def _coalition(here: str) -> Blocks:
    fields = (
        *("name", "organisation", "kind", "standing", "speaks_for", "why", "role"),
        *("formal", "informal", "money", "importance"),
    )
    return [
        Block(here, ("title", "stakeholders"), title=_("Your priority")),
        Table(f"{here}/{COALITION.key}", fields, title=_("Members, now and to be won"), as_cards=True),
        Table(f"{here}/{LEFT_OUT.key}", title=LEFT_OUT.label),
    ]


def _relationships(here: str) -> Blocks:
    fields = (
        "name",
        "importance",
        "relationship",
        "relationship_shown",
        "strengthen",
        "help_to_ask",
        "feedback_to_ask",
    )
    return [Table(f"{here}/{COALITION.key}", fields, title=_("Four questions for each member"), as_cards=True)]


def _messages(here: str) -> Blocks:
    fields = ("name", "gains", "message", "said_by", "said_when")
    return [Table(f"{here}/{COALITION.key}", fields, title=_("A message for each member"), as_cards=True)]


def _strategies(here: str, title: str, *names: str) -> Blocks:
    return [Table(f"{here}/{STRATEGIES.key}", ("title", *names), title=title, as_cards=True)]


def _candidates(here: str) -> Blocks:
    names = ("description", "line", "indicators", "changes", "because", "changes_system", "system_how")
    dates = ("start", "end", "leader", "added_on", "added_because")
    return _strategies(here, _("Candidates"), *names, *dates)


def _evidence(here: str) -> Blocks:
    return _strategies(here, _("What the places rest on"), "evidence_kind", "evidence", "difficulty_why")


def _mix(here: str) -> Blocks:
    names = ("status", "status_why", "start", "end", "depends_on", "together", "leader")
    return _strategies(here, _("The choice"), *names)


def _feasibility(here: str) -> Blocks:
    return _strategies(here, _("Political feasibility"), "feasibility", "feasibility_why")


def _review(here: str) -> Blocks:
    return [Table(f"{here}/{REVIEWS.key}", as_cards=True)]


def _practice_strategies(here: str) -> Blocks:
    names = ("evidence_kind", "evidence", "difficulty_why", "status", "status_why")
    return _strategies(here, _("Your arguments, and your choice"), *names)


_LAYOUTS: dict[str, Callable[[str], Blocks]] = {
    "0.2": _culture,
    "0.3": _checklist,
    "1.1": _priorities,
    "1.3": _shortlist,
    "2.1": _three_m,
    "2.2": _smart,
    "2.3": _levels,
    "2.4": _examples,
    "2.5": _sorting,
    "3.1": _coalition,
    "3.2": _relationships,
    "3.3": _messages,
    "4.1": _candidates,
    "4.2": _evidence,
    "4.3": _mix,
    "4.4": _feasibility,
    "4.5": _review,
    "4.6": _practice_strategies,
}

#: The exercises in which items are placed on a board; the form of the exercise stands below it.
_BOARDS: dict[str, Board] = {"4.2": MATRIX, "4.6": MATRIX}

#: The exercises in which boxes and links are drawn; the form of the exercise stands below the drawing.
_GRAPHS: dict[str, Plot] = {"5.2": DELIVERY_CHAIN}


def board(exercise: str) -> Board | None:
    """Return the board that an exercise arranges; None where it has none.

    Args:
        exercise: the id of the tool.
    """
    return _all("BOARDS", _BOARDS).get(exercise)


def graph(exercise: str) -> Plot | None:
    """Return the graph that an exercise draws; None where it has none.

    Args:
        exercise: the id of the tool.
    """
    return _all("GRAPHS", _GRAPHS).get(exercise)


@cache
def _modules() -> tuple[ModuleType, ...]:
    import rdlib.widgets

    modules = [m.name for m in iter_modules(rdlib.widgets.__path__)]
    names = sorted(name for name in modules if re.fullmatch(r"layouts_r\d\d(_\w+)?", name))
    return tuple(import_module(f"rdlib.widgets.{name}") for name in names)


def _all(name: str, here: Mapping[str, T]) -> dict[str, T]:
    """Return the entries that stand here, and those that the modules of later rules bring under a name."""
    found = dict(here)
    for module in _modules():
        found |= getattr(module, name, {})
    return found


def layout(exercise: str, priority: str | None) -> Blocks:
    """Return the parts of a plan that an exercise fills in.

    Args:
        exercise: the id of the tool.
        priority: the id of the priority; None for an exercise on the plan as a whole.

    Raises:
        KeyError: there is no form for this tool.
    """
    return _all("LAYOUTS", _LAYOUTS)[exercise](f"priorities/{priority}" if priority is not None else "plan")
