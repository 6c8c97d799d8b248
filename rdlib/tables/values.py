"""From a cell to the text that a plan holds for it: read or refused knowingly, never guessed."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import attrs

from rdlib.plan.fields import Field, Kind
from rdlib.plan.values import (
    Missing,
    NotReadError,
    read_amount,
    read_day,
    read_missing,
    read_number,
    read_period,
    read_yes_no,
)
from rdlib.tables.cells import Cell, Flaw, digits
from rdlib.tables.files import from_serial
from rdlib.words import _

#: What a spreadsheet's complaints mean, for those who meet them.
_MEANT = {
    "#REF!": _("the formula points at a cell that is gone"),
    "#N/A": _("what the formula looks for is not there"),
    "#DIV/0!": _("the formula divides by zero"),
    "#VALUE!": _("the formula meets a text where it needs a number"),
    "#NAME?": _("the formula names something unknown"),
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufffe\uffff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@attrs.frozen
class Habits:
    """How a file writes its values.

    Attributes:
        comma: whether a comma starts the decimals (1,5).
        fiscal_start: the month in which its fiscal year starts.
        typed: whether its cells know numbers from texts; not so in a CSV file.
    """

    comma: bool = False
    fiscal_start: int = 4
    typed: bool = True


def refuse_flaw(cell: Cell) -> None:
    """Refuse a cell in which a formula failed.

    Raises:
        NotReadError: it did.
    """
    if cell.flaw is Flaw.NOT_COMPUTED:
        raise NotReadError(_("the value; open the file in a spreadsheet program and save it, so that it is worked out"))
    if cell.flaw is Flaw.ERROR:
        raise NotReadError(_("a value, or nothing where there is none; mend the formula"))


def shown(cell: Cell) -> str:
    """Return what stands in a cell, for a message."""
    if cell.flaw is Flaw.ERROR:
        meant = _MEANT.get(cell.text)
        return f"{cell.text} ({meant})" if meant else cell.text
    if cell.flaw is Flaw.NOT_COMPUTED:
        return _("a formula without its result, {formula}").format(formula=f'"{_short(cell.text)}"')
    if isinstance(cell.value, float) and _is_percent(cell):
        return f'"{digits(cell.value * 100)}%"'
    return f'"{_short(cell.text)}"' if cell.text else _("nothing")


def _short(text: str) -> str:
    text = " ".join(clean(text).split())
    return text if len(text) <= 80 else text[:79] + "…"


def clean(text: str) -> str:
    r"""Return a text without the characters that cannot be seen; line ends stay.

    >>> clean("a\x00b\u202ec\r\nd_x000D_")
    'abc\nd'
    """
    text = _ESCAPED.sub(lambda m: char if _CONTROL.match(char := chr(int(m[1], 16))) or char == "\r" else m[0], text)
    text = text.replace("\r\n", "\n").replace("\r", "" if "\n" in text else "\n").replace("\u2028", "\n")
    text = "".join(c for c in _CONTROL.sub("", text) if not "\ud800" <= c <= "\udfff")
    return "\n".join(line.rstrip() for line in text.replace("\u2029", "\n").split("\n")).strip()


def _is_percent(cell: Cell) -> bool:
    return "%" in re.sub(r'"[^"]*"|\\.', "", cell.form)


def text_for(field: Field, cell: Cell, habits: Habits, unit: str | None = None) -> str:
    """Return what a plan writes for a cell.

    Args:
        field: the field that it goes to.
        cell: the cell; it is not empty.
        habits: how the file writes its values.
        unit: the unit that a number of this field has, where the row says so.

    Raises:
        NotReadError: it cannot be read; the message says what is accepted.
    """
    refuse_flaw(cell)
    if isinstance(cell.value, str) and not clean(cell.value):
        return ""
    match field.kind:
        case Kind.NUMBER:
            return _number(field, cell, habits, unit if field.unit == "indicator" else field.unit)
        case Kind.WHEN:
            return _when(cell, habits)
        case Kind.DAY:
            return _day(cell)
        case Kind.YES_NO:
            return _yes_no(cell)
        case Kind.CHOICE | Kind.RATING:
            return _choice(field, cell)
    if isinstance(cell.value, float) and _is_percent(cell):
        return digits(cell.value * 100) + "%"
    if isinstance(cell.value, date) and (period := _as_shown(cell.value, cell.form)):
        return period
    text = clean(cell.text)
    if field.kind is Kind.LONG_TEXT:
        return text
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())


def _number(field: Field, cell: Cell, habits: Habits, unit: str | None) -> str:
    if isinstance(cell.value, (bool, date)):
        raise NotReadError(_("a number; this cell holds a date or yes/no"))
    if isinstance(cell.value, float):
        value: float | Missing | None = cell.value
        if _is_percent(cell):
            value = read_number(f"{digits(cell.value * 100)}%", unit=unit)
    else:
        text = clean(cell.text)
        value = read_missing(text) or read_amount(_without_sign(text, unit), unit=unit, decimal_comma=habits.comma)
    if isinstance(value, Missing):
        return value.value
    assert isinstance(value, float)
    if field.low is not None and value < field.low:
        raise NotReadError(_("a number of at least {low}").format(low=f"{field.low:g}"))
    if field.high is not None and value > field.high:
        raise NotReadError(_("a number of at most {high}").format(high=f"{field.high:g}"))
    return digits(value)


def _without_sign(text: str, unit: str | None) -> str:
    """Return an amount of money without the sign of its currency."""
    return text.removeprefix(unit).removesuffix(unit).strip() if unit and unit in "$€£" else text


def _when(cell: Cell, habits: Habits) -> str:
    if isinstance(cell.value, bool):
        raise NotReadError(_("a period, such as 2018-03 or 2018/19"))
    if isinstance(cell.value, date):
        return _as_shown(cell.value, cell.form) or cell.text
    if isinstance(cell.value, float) and habits.typed and (day := from_serial(cell.value)):
        return day.isoformat()
    text = clean(cell.text)
    period = read_period(text, fiscal_start=habits.fiscal_start)
    # a day may be written in many ways, and 3.4.2018 is kept as it was understood
    if period.start == period.end:
        return period.start.isoformat()
    return re.sub(r"(?<=^\d{4}-)(\d)$", r"0\1", " ".join(text.split()))


def _as_shown(day: date, form: str) -> str | None:
    """Return a day as the month or year that its cell shows, where it shows no more."""
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", form).lower().split(";")[0]
    if "y" not in bare or "d" in bare or "h" in bare:
        return None
    return f"{day:%Y-%m}" if "m" in bare else f"{day:%Y}"


def _day(cell: Cell) -> str:
    if isinstance(cell.value, date):
        return cell.text
    if isinstance(cell.value, float) and (day := from_serial(cell.value)):
        return day.isoformat()
    return read_day(clean(cell.text)).isoformat()


def _yes_no(cell: Cell) -> str:
    if isinstance(cell.value, bool):
        return "yes" if cell.value else "no"
    if cell.text in ("1", "0"):
        return "yes" if cell.text == "1" else "no"
    return "yes" if read_yes_no(clean(cell.text)) else "no"


def option(field: Field, choice: Any) -> str:
    """Return how a choice stands in a drop-down: a rating with its number before its word."""
    return f"{choice.value} {choice.label}" if field.kind is Kind.RATING else str(choice.label)


def _choice(field: Field, cell: Cell) -> str:
    wanted = clean(cell.text).casefold()
    for choice in field.choices:
        if wanted in (choice.value.casefold(), choice.label.casefold(), option(field, choice).casefold()):
            return choice.value
    raise NotReadError(_("one of these: {choices}").format(choices="; ".join(option(field, c) for c in field.choices)))


def period_of(day: str, length: str) -> str:
    """Return the month, quarter or year of a day that a plan holds; what is no day stays as it is.

    >>> period_of("2018-03-31", "month"), period_of("2018-03-01", "quarter"), period_of("2018/19", "month")
    ('2018-03', '2018-Q1', '2018/19')
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        return day
    year, month = day[:4], int(day[5:7])
    return {"month": day[:7], "quarter": f"{year}-Q{(month + 2) // 3}", "year": year}[length]
