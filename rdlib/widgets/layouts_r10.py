"""Which fields the exercises of rule 10 show, and their board; see :mod:`rdlib.widgets.layouts`."""

from __future__ import annotations

from collections.abc import Callable

from rdlib.plan.stakeholders import ENGAGEMENTS, NEGOTIATIONS, STAKEHOLDERS, TENETS
from rdlib.rules.boards import Board
from rdlib.rules.r10_map import STAKEHOLDER_MAP
from rdlib.widgets.sheet import Block, Table
from rdlib.words import _

Blocks = list[Block | Table]

_PLACES = tuple(f"places/{name}" for name in ("day", "support", "power", "why"))
_ACTIONS = tuple(f"actions/{name}" for name in ("what", "owner", "day", "every", "until", "done"))


def _stakeholders(here: str) -> Blocks:
    fields = ("name", "organisation", "who", "shown", "interests", "member", "actor", *_PLACES)
    asking = _("Add a stakeholder, or paste a list:")
    return [Table(f"{here}/{STAKEHOLDERS.key}", fields, as_cards=True, asks="name", asking=asking)]


def _engagement(here: str) -> Blocks:
    fields = ("stakeholder", "aim", "objective", "status", "messages", *_ACTIONS)
    return [Table(f"{here}/{ENGAGEMENTS.key}", fields, as_cards=True)]


def _negotiation(here: str) -> Blocks:
    fields = ("stakeholder", "matter", "leads", "day", *TENETS, "no_agreement", "their_alternative", "came_of_it")
    return [Table(f"{here}/{NEGOTIATIONS.key}", (*fields, "shareable"), as_cards=True)]


def _practice(here: str) -> Blocks:
    fields = ("name", "who", "shown", "interests")
    asking = _("Add a stakeholder:")
    return [
        Table(f"{here}/{STAKEHOLDERS.key}", fields, as_cards=True, asks="name", asking=asking),
        *_engagement(here),
        *_negotiation(here),
    ]


LAYOUTS: dict[str, Callable[[str], Blocks]] = {
    "10.1": _stakeholders,
    "10.2": _engagement,
    "10.3": _negotiation,
    "10.4": _practice,
}

BOARDS: dict[str, Board] = {"10.1": STAKEHOLDER_MAP, "10.4": STAKEHOLDER_MAP}
