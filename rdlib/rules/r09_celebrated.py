"""Rule 9, tool 9.2: success that is claimed before the figures show it.

What is read: the achievements of stocktakes, what is said to show that success is celebrated well, and what is said to
show a place on the cycle. A sentence counts as a claim when it says that the aim is reached, and takes nothing back.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

import attrs

from rdlib.plan.persist import SELF_CHECKS
from rdlib.plan.priority import Priority
from rdlib.plan.stocktake import NEXT_STOCKTAKE, STOCKTAKES, Meeting
from rdlib.plan.values import format_when
from rdlib.rules.r04_candidates import carries_target
from rdlib.rules.r09_cycle import places
from rdlib.rules.r09_evidence import Moved, moved
from rdlib.rules.registry import Context
from rdlib.words import _, format_number

#: One value at the target may be a blip; so many in a row are taken for more. Ours.
ENOUGH_VALUES = 3

_LISTS = tomllib.loads(files("rdlib.rules").joinpath("persist_wording.toml").read_text(encoding="utf-8"))
_CLAIMS = tuple(re.compile(pattern) for lists in _LISTS.values() for pattern in lists["claims"])
_DOUBTS = re.compile(r"\b(?:" + "|".join(lists["doubts"] for lists in _LISTS.values()) + r")\b")


def claims_success(text: str) -> str:
    """Return the sentence in a text that claims that the aim is reached; empty where none does.

    >>> claims_success("It went well. The target has been met.")
    'The target has been met.'
    >>> claims_success("The target is not met yet. Three wards met it.")
    ''
    """
    for sentence in re.split(r"(?<=[.;?])\s+|\n+", text):
        folded = unicodedata.normalize("NFKD", sentence.lower().replace("\u2019", "'"))
        plain = "".join(c for c in folded if not unicodedata.combining(c))
        if any(pattern.search(plain) for pattern in _CLAIMS) and not _DOUBTS.search(plain):
            return sentence.strip()
    return ""


@attrs.frozen
class TooEarly:
    """A claim of success that the figures do not bear.

    Attributes:
        where: path of the text in the plan.
        claim: the sentence.
        against: what the figures say, in sentences.
        blip: whether a figure does stand at the target, in too few values to say that it stays there.
    """

    where: str
    claim: str
    against: str
    blip: bool


def _said(priority: Priority, context: Context) -> Iterator[tuple[str, date, str]]:
    """What is said of success: where, as of which day, and the text."""
    here = f"priorities/{priority.id}"
    for part in (NEXT_STOCKTAKE, STOCKTAKES):
        meetings: tuple[Meeting, ...] = part.read(context.plan)
        for meeting in meetings:
            for row in meeting.achievements:
                if row.priority == priority.id and row.what:
                    where = f"plan/{part.key}/{meeting.id}/achievements/{row.id}/what"
                    yield where, min(meeting.day or context.as_of, context.as_of), row.what
    for answers in SELF_CHECKS.read(priority):
        if answers.celebrate_why and (answers.day is None or answers.day <= context.as_of):
            where = f"{here}/{SELF_CHECKS.key}/{answers.id}/celebrate_why"
            yield where, answers.day or context.as_of, answers.celebrate_why
    for place in places(priority, context.as_of):
        if place.shown and place.stage != "irreversible":  # that one is held against the figures by itself
            yield f"{here}/cycle_places/{place.id}/shown", place.day or context.as_of, place.shown


def _stands(each: Moved) -> str:
    values = {"name": each.name, "value": format_number(each.last.value, each.indicator.unit)}
    if each.is_met:
        return _("“{name}” stands at its target in {n} of its values only, since {since}.").format(
            n=each.met_values, since=format_when(each.met_since) if each.met_since else "", **values
        )
    return _("“{name}” stood at {value} ({when}), short of its target.").format(
        when=format_when(each.last.when), **values
    )


def too_early(priority: Priority, context: Context) -> tuple[TooEarly, ...]:
    """Return the claims of success that no figure bore on their day (Rule 9, tool 9.2).

    Where one target of the priority was met for a while, a claim may mean that one, and is left alone; so it is where
    there were no figures at all.

    >>> from rdlib.plan.plan import Plan
    >>> too_early(Priority(id="waits"), Context(Plan(), date(2026, 1, 1)))
    ()
    """
    found = []
    for where, day, text in _said(priority, context):
        if not (claim := claims_success(text)):
            continue
        then = Context(context.plan, day)
        figures = [each for i in priority.indicators if carries_target(i) and (each := moved(i, then, None))]
        if not figures or any(each.met_values >= ENOUGH_VALUES for each in figures):
            continue
        against = " ".join(map(_stands, figures))
        found.append(TooEarly(where, claim, against, any(each.is_met for each in figures)))
    return tuple(found)
