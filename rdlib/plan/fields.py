"""One declaration, many faces: how a field of a record is declared.

A field is declared once, on its record, with everything a form, a table, a report, an error message or a spreadsheet
needs to know of it. :func:`declare` returns an attrs field that carries that declaration; :func:`fields_of` gives the
declarations of a record back in order.

>>> from rdlib.plan.priority import Outcome
>>> [f.name for f in fields_of(Outcome)][:3]
['id', 'statement', 'level']
"""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Any

import attrs


class Kind(Enum):
    """What sort of answer a field takes. The value is the word used in files and messages."""

    ID = "id"
    TEXT = "text"
    LONG_TEXT = "long text"
    TEXTS = "list of texts"
    CHOICE = "choice"
    YES_NO = "yes or no"
    NUMBER = "number"
    WHEN = "period"
    DAY = "date"
    PERSON = "person"
    PEOPLE = "list of people"
    LINK = "link to another item"
    LINKS = "links to other items"
    FILES = "list of data files"
    RATING = "rating from 1 to 4"
    RECORD = "group of fields"
    RECORDS = "table"


@attrs.frozen
class Choice:
    """One accepted answer of a field of kind ``CHOICE`` or ``RATING``.

    Attributes:
        value: what stands in the file (short, stable, lower case).
        label: what a person reads.
        describes: a written descriptor: when this answer is the right one.
        retires: whether a row with this answer no longer stands, so that nothing should be built on it.
    """

    value: str
    label: str
    describes: str = ""
    retires: bool = False


@attrs.frozen
class Field:
    """The declaration of one field.

    Attributes:
        name: its key in the file and its attribute on the record.
        label: what a person reads beside it.
        help: one or two sentences: what to write, and why it is asked.
        kind: what sort of answer it takes.
        unit: the unit of a number, or ``"indicator"`` when it has the unit of the indicator that it belongs to.
        choices: the accepted answers of a choice.
        record: the record type of a group or table.
        example: an answer as a practised reader would give it.
        links_to: for ``LINK`` and ``LINKS``: the table that it points into. A table of the priority (``"outcomes"``);
            or one of the row that the field stands in, or of a row around that (``"levels"`` in a chain); or the tables
            inside the rows of another table (``"chains/actors"``), and then the answer names both rows (``c1/a1``).
            What it points at may have been removed: then the link dangles, and the rule that asked for it says so.
        tool: the tool of the method that asks for it (``"2.1"``).
        low: for ``NUMBER``: the smallest accepted value.
        high: for ``NUMBER``: the largest accepted value.
        telling: whether it is part of what the row says to those who build on it: when it changes, they look again. A
            group tells what the telling fields in it tell.
    """

    name: str
    label: str
    help: str
    kind: Kind
    unit: str | None = None
    choices: tuple[Choice, ...] = ()
    record: type | None = None
    example: str = ""
    links_to: str | None = None
    tool: str | None = None
    low: float | None = None
    high: float | None = None
    telling: bool = False

    def choice(self, value: str | None) -> Choice | None:
        """Return the choice whose stored value is ``value``, or None."""
        return next((c for c in self.choices if c.value == value), None)


#: The kinds of field that hold several texts.
LISTS = frozenset({Kind.TEXTS, Kind.PEOPLE, Kind.FILES, Kind.LINKS})
_MANY = LISTS | {Kind.RECORDS}


def declare(
    label: str,
    kind: Kind = Kind.TEXT,
    *,
    help: str = "",
    unit: str | None = None,
    choices: tuple[Choice, ...] = (),
    record: type | None = None,
    example: str = "",
    links_to: str | None = None,
    tool: str | None = None,
    low: float | None = None,
    high: float | None = None,
    telling: bool = False,
) -> Any:  # attrs types the attribute from its annotation, as attrs.field itself does
    """Declare a field of a record; see :class:`Field` for the arguments.

    Lists default to an empty tuple, groups to an empty record, and everything else to None ("not given").
    """
    spec: dict[str, Any] = {
        "label": label,
        "kind": kind,
        "help": help,
        "unit": unit,
        "choices": choices,
        "record": record,
        "example": example,
        "links_to": links_to,
        "tool": tool,
        "low": low,
        "high": high,
        "telling": telling,
    }
    default: Any = () if kind in _MANY else None
    if kind is Kind.ID:
        default = ""
    if kind is Kind.RECORD and record is not None:
        default = attrs.Factory(record)
    return attrs.field(default=default, metadata={"rdlib": spec})


@cache
def fields_of(record: type) -> tuple[Field, ...]:
    """Return the declared fields of a record type, in order."""
    return tuple(Field(name=a.name, **a.metadata["rdlib"]) for a in attrs.fields(record) if "rdlib" in a.metadata)


def field_of(record: type, name: str) -> Field:
    """Return one declared field of a record type.

    Raises:
        KeyError: the record declares no such field.
    """
    for field in fields_of(record):
        if field.name == name:
            return field
    raise KeyError(f"{record.__name__} declares no field {name!r}")
