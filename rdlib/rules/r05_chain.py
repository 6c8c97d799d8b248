"""Rule 5, tool 5.2: the delivery chain as an exercise. Its checks are in :mod:`rdlib.rules.r05_chain_shape`."""

from __future__ import annotations

from rdlib.rules import r05_chain_shape
from rdlib.rules.registry import Exercise
from rdlib.words import _

WORKBOOK = "05_implementation.ipynb"

EXERCISE_5_2 = Exercise(
    id="5.2",
    title=_("Delivery chain"),
    rule=5,
    workbook=WORKBOOK,
    section="chain",
    about=_("Draw through whom a strategy reaches the people it is for, from the one who leads to those who feel it."),
    minutes=45,
    kinds=r05_chain_shape.KINDS,
    attempted=r05_chain_shape.attempted,
    check=r05_chain_shape.check,
    hints=(
        _("Begin at the right: who would notice the difference, and whose hands did it come from last? Then go left."),
        _("Where there are many of a kind, draw one box and write how many: the number is what makes a chain hard."),
        _("Draw the shortest line of influence first. Add another link only if the chain would fail without it."),
        _("An actor that no line passes is either forgotten or not needed. Say which, and change the drawing."),
    ),
)
