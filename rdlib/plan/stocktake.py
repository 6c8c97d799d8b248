"""Stocktakes: the record of the next one, and of those that took place (Rule 7, tool 7.5).

The next stocktake is filled in like everything else. When it is over it is closed: it moves to the table of those that
took place, with the ratings and figures as they were on its day, and a seal over all of it. What was closed is not
filled in any more: actions go on in the next stocktake, and a correction is a row of its own with a name and a reason.
Somebody who still changes the open record while another person closes it gets a conflict, as with any field.
"""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import Any

import attrs

from rdlib.plan.assessment import Assessment
from rdlib.plan.fields import Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.plan import Plan
from rdlib.plan.values import Period
from rdlib.words import _


def _priority(help_: str) -> str | None:
    value: str | None = declare(_("Priority"), Kind.LINK, links_to="priorities", tool="7.5", help=help_)
    return value


@attrs.frozen
class Achievement:
    """Something that was achieved since the last stocktake."""

    id: str = declare(_("Id"), Kind.ID)
    priority: str | None = _priority(_("The one that it belongs to."))
    what: str | None = declare(
        _("Achievement"),
        Kind.TEXT,
        tool="7.5",
        help=_("What is there now that was not there the last time. Not what people were busy with."),
        example=_("Eleven of the twelve slowest wards free a bed before noon"),
    )
    shown: str | None = declare(
        _("What shows it"), Kind.TEXT, tool="7.5", help=_("A figure, a date, or who saw it on the spot.")
    )


@attrs.frozen
class Decision:
    """A decision that is wanted from the stocktake, and what was decided."""

    id: str = declare(_("Id"), Kind.ID)
    priority: str | None = _priority(_("The one that waits for it."))
    question: str | None = declare(
        _("Decision wanted"),
        Kind.TEXT,
        tool="7.5",
        help=_("A question that the chair can answer in the room, with the options known before."),
        example=_("Do the six districts get women teachers from August, and what is not paid in its place?"),
    )
    answer: str | None = declare(
        _("What was decided"),
        Kind.LONG_TEXT,
        tool="7.5",
        help=_("In the words in which it was said; “not now” is an answer, too, with the day on which it comes back."),
    )
    decided_by: str | None = declare(_("Decided by"), Kind.PERSON, tool="7.5", help=_("Who said so."))


@attrs.frozen
class Action:
    """Something that was agreed on, with its owner and its day; it is carried forward until it is done.

    Attributes:
        since: the day of the stocktake that agreed on it first; written when it is carried.
        carried: how many times it was carried forward; written when it is carried.
        origin: where it was first agreed on, as ``stocktake/action``; written when it is carried.
    """

    id: str = declare(_("Id"), Kind.ID)
    priority: str | None = _priority(_("The one that it is for."))
    what: str | None = declare(
        _("Action"),
        Kind.TEXT,
        tool="7.5",
        help=_("What will be there when it is done, so that two people would agree whether it is."),
        example=_("The twelve slowest wards have a bed manager on duty from 8 to 20"),
    )
    owner: str | None = declare(_("Owner"), Kind.PERSON, tool="7.5", help=_("The one person who said yes in the room."))
    due: date | None = declare(_("Due on"), Kind.DAY, tool="7.5", help=_("The day by which it is done."))
    done: date | None = declare(_("Done on"), Kind.DAY, tool="7.5", help=_("Left empty as long as it is open."))
    note: str | None = declare(
        _("How it stands"), Kind.TEXT, tool="7.5", help=_("What is in the way, or what came of it.")
    )
    dropped: str | None = declare(
        _("No longer needed, because"),
        Kind.TEXT,
        tool="7.5",
        help=_("Only when the group let go of it: then it is not carried forward, and the reason stands here."),
    )
    since: date | None = declare(_("First agreed on"), Kind.DAY, help=_("Written when it is carried forward."))
    carried: str | None = declare(_("Times carried"), Kind.TEXT, help=_("Written when it is carried forward."))
    origin: str | None = declare(_("First agreed in"), Kind.TEXT, help=_("Written when it is carried forward."))

    @property
    def times(self) -> int:
        """How many times it was carried forward."""
        carried = self.carried or ""
        return int(carried) if carried.isdecimal() else 0

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done is None and not (self.dropped or "").strip()


@attrs.frozen
class Meeting:
    """What is written down of a stocktake, before, during and after it."""

    id: str = declare(_("Id"), Kind.ID)
    day: date | None = declare(_("Day of the stocktake"), Kind.DAY, tool="7.5", help=_("The day on which it is held."))
    routine: str | None = declare(
        _("Routine"), Kind.LINK, links_to="routines", tool="7.5", help=_("The routine that it belongs to.")
    )
    chair: str | None = declare(_("Who chairs"), Kind.PERSON, tool="7.5", help=_("Who asks, and who decides."))
    present: tuple[str, ...] = declare(
        _("Who was there"), Kind.PEOPLE, tool="7.5", help=_("Written on the day: those who sat at the table.")
    )
    achievements: tuple[Achievement, ...] = declare(_("Achievements"), Kind.RECORDS, record=Achievement, tool="7.5")
    decisions: tuple[Decision, ...] = declare(_("Decisions"), Kind.RECORDS, record=Decision, tool="7.5")
    actions: tuple[Action, ...] = declare(_("Actions"), Kind.RECORDS, record=Action, tool="7.5")
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="7.5", help=_("Yes when it is made up to practise with.")
    )


@attrs.frozen
class NextStocktake(Meeting):
    """The stocktake that comes next, or that has just been held and is not closed yet.

    >>> NextStocktake("s1", day=date(2027, 5, 20)).actions
    ()
    """


@attrs.frozen
class StocktakeRating(Assessment):
    """How a priority was rated when a stocktake was closed: a copy of what was agreed on, kept with its day."""

    priority: str | None = declare(_("Priority"), Kind.TEXT, help=_("Its id."))
    title: str | None = declare(_("Name of the priority"), Kind.TEXT, help=_("As it was called then."))


@attrs.frozen
class StocktakeFigure:
    """How an indicator stood when a stocktake was closed."""

    id: str = declare(_("Id"), Kind.ID)
    priority: str | None = declare(_("Priority"), Kind.TEXT, help=_("Its id."))
    indicator: str | None = declare(_("Indicator"), Kind.TEXT, help=_("Its id."))
    name: str | None = declare(_("Name of the indicator"), Kind.TEXT, help=_("As it was called then."))
    when: Period | None = declare(_("Period"), Kind.WHEN, help=_("The period of the latest value."))
    value: str | None = declare(_("Latest value"), Kind.TEXT, help=_("The latest value that was known."))
    target: str | None = declare(_("Target"), Kind.TEXT, help=_("The target as it stood, in words."))
    due: Period | None = declare(_("Due"), Kind.WHEN, help=_("When it was due, as it stood."))

    @property
    def number(self) -> float | None:
        """The latest value as a number."""
        try:
            return float(self.value) if self.value else None
        except ValueError:
            return None


@attrs.frozen
class Correction:
    """A change of a stocktake after it was closed, made openly."""

    id: str = declare(_("Id"), Kind.ID)
    day: date | None = declare(_("Corrected on"), Kind.DAY, help=_("The day."))
    person: str | None = declare(_("Corrected by"), Kind.PERSON, help=_("Who answers for it."))
    why: str | None = declare(_("What was corrected, and why"), Kind.LONG_TEXT, help=_("So that it can be told."))


@attrs.frozen
class Stocktake(Meeting):
    """A stocktake that took place, as it was closed.

    >>> Stocktake("s1", day=date(2027, 5, 20)).ratings
    ()
    """

    closed: date | None = declare(_("Closed on"), Kind.DAY, help=_("The day on which the record was closed."))
    closed_by: str | None = declare(_("Closed by"), Kind.PERSON, help=_("Who answers for the record."))
    ratings: tuple[StocktakeRating, ...] = declare(_("Ratings on that day"), Kind.RECORDS, record=StocktakeRating)
    figures: tuple[StocktakeFigure, ...] = declare(_("Figures on that day"), Kind.RECORDS, record=StocktakeFigure)
    seal: str | None = declare(
        _("Seal"), Kind.TEXT, help=_("Shows whether the record was changed after it was closed.")
    )
    corrections: tuple[Correction, ...] = declare(_("Corrections"), Kind.RECORDS, record=Correction)


def _plain(value: Any) -> Any:
    """Return what says something in a record; what is empty says nothing, so that new fields break no seal."""
    if attrs.has(type(value)) and not isinstance(value, Period):
        told = {f.name: _plain(getattr(value, f.name)) for f in attrs.fields(type(value))}
        return {name: each for name, each in told.items() if each not in (None, "", [], {})}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def seal_of(stocktake: Stocktake) -> str:
    """Return the seal of a record: it changes with anything in it but the seal itself and its corrections.

    >>> one = Stocktake("s1", day=date(2027, 5, 20))
    >>> seal_of(one) == seal_of(attrs.evolve(one, corrections=(Correction("c1"),)))
    True
    >>> seal_of(one) == seal_of(attrs.evolve(one, day=date(2027, 5, 21)))
    False
    """
    told = _plain(attrs.evolve(stocktake, seal=None, corrections=()))
    return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


#: The stocktake that is being prepared or written down; there is one at a time.
NEXT_STOCKTAKE = Part("next_stocktake", NextStocktake, of=Plan, label=_("The next stocktake"))
#: Those that took place, as they were closed.
STOCKTAKES = Part("stocktakes", Stocktake, of=Plan, label=_("Stocktakes that took place"), kept=True)
