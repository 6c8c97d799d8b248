"""Boards: items placed on two axes, and what a place on them means (strategy matrix, stakeholder map).

A tool that uses a board declares one :class:`Board`: its axes with a written descriptor for each level, and its zones
with their names. Drawing, widget, checks and report all work from that declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby, pairwise

import attrs

from rdlib.plan.boards import ZONE_NAMES
from rdlib.plan.fields import Choice
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.words import _, format_number


@attrs.frozen
class Axis:
    """One axis of a board.

    Attributes:
        field: the field of a row that holds the place on it, a number.
        label: what it measures.
        ends: the words at its low and at its high end.
        levels: what a place on it means, low to high; the value of each says where it stands.
        cuts: where one zone ends and the next begins, low to high; a value on a cut belongs to the higher zone.
        low: the lowest value.
        high: the highest value.
        step: how far one press of an arrow key moves an item; dragging keeps to multiples of it.
    """

    field: str
    label: str
    ends: tuple[str, str]
    levels: tuple[Choice, ...]
    cuts: tuple[float, ...]
    low: float = 0.0
    high: float = 10.0
    step: float = 0.5

    @property
    def bands(self) -> tuple[tuple[float, float], ...]:
        """The stretches between the cuts, low to high."""
        edges = (self.low, *self.cuts, self.high)
        return tuple(pairwise(edges))

    def band(self, value: float) -> int:
        """Return which stretch a value lies in, counted from 0."""
        return sum(value >= cut for cut in self.cuts)

    def level(self, value: float) -> Choice:
        """Return the written level that is nearest to a value; of two, the lower."""
        return min(self.levels, key=lambda level: abs(float(level.value) - value))


@attrs.frozen
class Zone:
    """A field of a board, such as one of four quadrants.

    Attributes:
        key: its stable key.
        name: what it is called, as we ship it.
        about: what follows for an item in it, in a few words.
        column: its stretch of the axis across, from the left, counted from 0.
        row: its stretch of the axis up, from the bottom, counted from 0.
        ours: whether the name is our own choice; then a plan may give it another one.
    """

    key: str
    name: str
    about: str
    column: int
    row: int
    ours: bool = False


@attrs.frozen
class Place:
    """Where an item stood before.

    Attributes:
        x: its value on the axis across.
        y: its value on the axis up.
        when: when that was, in words.
    """

    x: float
    y: float
    when: str


@attrs.frozen
class Item:
    """Something that has its place on a board.

    Attributes:
        id: the id of its row.
        name: what to call it.
        x: its value on the axis across; None where it has none yet.
        y: its value on the axis up; None where it has none yet.
        look: how it is drawn: ``open`` (an edge), ``full`` (filled) or ``faint`` (a dashed edge).
        state: what that look means for it, in a word.
        notes: what else is known of it, for the columns of the table beside the drawing.
        before: where it stood before, the earliest first; an arrow leads from there to its place.
    """

    id: str
    name: str
    x: float | None
    y: float | None
    look: str = "open"
    state: str = ""
    notes: tuple[str, ...] = ()
    before: tuple[Place, ...] = ()

    @property
    def placed(self) -> bool:
        """Whether it has a place."""
        return self.x is not None and self.y is not None


@attrs.frozen(kw_only=True)
class Board:
    """The declaration of a board.

    Attributes:
        key: its stable key.
        title: what it is called.
        part: the key of the table of a priority whose rows are placed on it.
        across: the axis from left to right.
        up: the axis from bottom to top.
        zones: its zones: one for each stretch across and up.
        items: returns the rows of a priority as items, in their order; those that are not to be shown are left out.
        notes: the headers of the columns that ``Item.notes`` fills.
        key_to_looks: what each look of an item means: ``(look, words)``.
        state_label: the header of the column that says what look an item has.
    """

    key: str
    title: str
    part: str
    across: Axis
    up: Axis
    zones: tuple[Zone, ...]
    items: Callable[[Priority, Plan], Sequence[Item]]
    notes: tuple[str, ...] = ()
    key_to_looks: tuple[tuple[str, str], ...] = ()
    state_label: str = _("Decision")

    def zone_at(self, x: float, y: float) -> Zone:
        """Return the zone in which a place lies."""
        column, row = self.across.band(x), self.up.band(y)
        return next(zone for zone in self.zones if (zone.column, zone.row) == (column, row))

    def zone_of(self, item: Item) -> Zone | None:
        """Return the zone in which an item lies; None where it has no place yet."""
        if item.x is None or item.y is None:
            return None
        return self.zone_at(item.x, item.y)

    def zone(self, key: str) -> Zone:
        """Return the zone with this key."""
        return next(zone for zone in self.zones if zone.key == key)


def names_of(board: Board, plan: Plan) -> Mapping[str, str]:
    """Return what the zones of a board are called in a plan, by their key.

    A plan may rename the zones whose shipped names are our own choice; the others keep the names of the method.
    """
    given = {row.id: (row.name or "").strip() for row in ZONE_NAMES.read(plan)}
    return {zone.key: (zone.ours and given.get(zone.key)) or zone.name for zone in board.zones}


def place_in_words(board: Board, item: Item, names: Mapping[str, str]) -> str:
    """Say where an item stands: both values, and the name of the zone."""
    parts = []
    for axis, value in ((board.across, item.x), (board.up, item.y)):
        said = _("not given") if value is None else format_number(value)
        parts.append(_("{axis} {value}").format(axis=axis.label.lower(), value=said))
    zone = board.zone_of(item)
    return ", ".join([*parts, names[zone.key] if zone else _("not placed yet")])


def moved_in_words(board: Board, item: Item, names: Mapping[str, str]) -> str:
    """Say from where an item came to its place; empty where it has no place, or no earlier one is known."""
    if item.x is None or item.y is None or not item.before:
        return ""
    here = names[board.zone_at(item.x, item.y).key]
    steps = [(names[board.zone_at(place.x, place.y).key], place.when) for place in item.before]
    entered = [next(same) for _zone, same in groupby(steps, key=lambda step: step[0])]  # once for each field, in order
    if len(entered) == 1 and entered[0][0] == here:
        return _("within {zone} since {when}").format(zone=here, when=entered[0][1])
    said = [_("{zone} ({when})").format(zone=zone, when=when) for zone, when in entered]
    if entered[-1][0] == here:
        said[-1] = _("{zone} (since {when})").format(zone=here, when=entered[-1][1])
    else:
        said.append(here)
    return " → ".join(said)


def value_of(amount: object) -> float | None:
    """Return a value of a row as a place on an axis: a number, or None."""
    return float(amount) if isinstance(amount, (int, float)) else None
