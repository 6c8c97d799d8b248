"""Which fields triage and priority review show (Rule 8, tools 8.1 and 8.4); see :mod:`rdlib.widgets.layouts`."""

from __future__ import annotations

from collections.abc import Callable

from rdlib.plan.challenges import CHALLENGES
from rdlib.plan.priority_review import PRIORITY_REVIEWS
from rdlib.widgets.sheet import Block, Table
from rdlib.words import _

Blocks = list[Block | Table]

_CHALLENGE = (
    *("title", "raised_by", "opened", "indicator", "off_track", "shown", "effect", "cause", "solution"),
    *("tried", "tried_result", "salient", "top", "complexity", "urgency", "treated", "hours"),
    *("owner", "next_step", "looked", "next_look", "judged_level", "judged_why", "status", "closed", "outcome"),
)
_REVIEW = {
    "questions": ("question", "asked", "answer"),
    "visits": ("place", "kind", "standing", "day", "who", "seen"),
    "findings": ("what", "shown"),
    "recommendations": ("what", "owner", "due", "done", "dropped"),
}


def _triage(here: str) -> Blocks:
    asking = _("Add a challenge, or paste a list:")
    return [Table(f"{here}/{CHALLENGES.key}", _CHALLENGE, as_cards=True, asks="title", asking=asking)]


def _review(here: str) -> Blocks:
    inside = tuple(f"{table}/{name}" for table, names in _REVIEW.items() for name in names)
    frame = ("question", "challenge", "lead", "team", "starts", "ends", "report", "data")
    return [Table(f"{here}/{PRIORITY_REVIEWS.key}", (*frame, *inside), as_cards=True)]


LAYOUTS: dict[str, Callable[[str], Blocks]] = {"8.1": _triage, "8.4": _review}
