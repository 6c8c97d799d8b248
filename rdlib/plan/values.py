"""Reading what people write: numbers, dates, periods, yes and no. Read or refused knowingly, never guessed.

Every reader takes the text as it stands in a file or a form and returns a value, or raises :class:`NotReadError`, which
says in plain words what is accepted instead. Where a text has two readings (``03/04/2018``), both are named and the
text is refused.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from enum import Enum

import attrs

from rdlib.words import _, format_date, language

_SPACES = "\u0020\u00a0\u2007\u2009\u202f\u2002\u2003"
_SPACE = f"[{_SPACES}]"
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2011": "-"})


class NotReadError(ValueError):
    """A text that cannot be read as the value asked for. Its message says what is accepted."""


class Missing(Enum):
    """A value that is knowingly not there."""

    NOT_APPLICABLE = "N/A"
    TO_BE_DETERMINED = "TBD"


#: A number of a plan: a float, a value that is knowingly missing, or None where nothing was written.
Amount = float | Missing | None

_MISSING = {
    "n/a": Missing.NOT_APPLICABLE,
    "na": Missing.NOT_APPLICABLE,
    "not applicable": Missing.NOT_APPLICABLE,
    "s.o.": Missing.NOT_APPLICABLE,
    "s/o": Missing.NOT_APPLICABLE,
    "sans objet": Missing.NOT_APPLICABLE,
    "tbd": Missing.TO_BE_DETERMINED,
    "to be determined": Missing.TO_BE_DETERMINED,
    "to be confirmed": Missing.TO_BE_DETERMINED,
    "tbc": Missing.TO_BE_DETERMINED,
    "à déterminer": Missing.TO_BE_DETERMINED,
    "a determiner": Missing.TO_BE_DETERMINED,
    "àd": Missing.TO_BE_DETERMINED,
}


def number(amount: Amount) -> float | None:
    """Return the number in ``amount``, or None when there is none.

    >>> number(Missing.TO_BE_DETERMINED) is None
    True
    """
    return amount if isinstance(amount, float) else None


def squeeze(text: str) -> str:
    """Return ``text`` with every kind of space made plain, runs of them made one, and none at the ends."""
    return re.sub(f"(?:{_SPACE}|\\s)+", " ", text).strip()


def read_missing(text: str) -> Missing | None:
    """Return which knowingly missing value ``text`` stands for, or None.

    >>> read_missing("TBD")
    <Missing.TO_BE_DETERMINED: 'TBD'>
    """
    return _MISSING.get(squeeze(text).lower())


def read_number(text: str, *, unit: str | None = None, decimal_comma: bool = False) -> float:
    """Read a number as people write it.

    Args:
        text: ``1234.5``, ``1 234,5``, ``112,000``, ``85 %`` ...
        unit: the unit the number is expected in; a percent sign is accepted only where this is ``"%"``.
        decimal_comma: whether the plan's language writes a comma before the decimals (French). It decides how
            ``1,234`` is read; a text that would need the point and the comma the other way round is refused.

    Raises:
        NotReadError: the text is no number, or has more than one reading.

    >>> read_number("1 234,5")
    1234.5
    >>> read_number("112,000")
    112000.0
    >>> read_number("112,000", decimal_comma=True)
    112.0
    """
    found = squeeze(text).translate(_MINUS)
    bare = found
    if bare.endswith("%"):
        if unit != "%":
            raise NotReadError(
                _('a number without a percent sign, since the unit here is {unit}; or set the unit to "%"').format(
                    unit=f'"{unit}"' if unit else _("not given")
                )
            )
        bare = bare[:-1].strip()
    if bare.startswith("+"):
        bare = bare[1:]
    accepted = _('a number such as 1234 or 12.5 (digits only, with "TBD" or "N/A" where there is none)')
    if re.fullmatch(r"-?\d+(?:\.\d+)?", bare):
        return _finite(bare, accepted)
    if re.fullmatch(r"-?\.\d+", bare):
        return _finite(bare, accepted)
    spaced = bare.replace("'", " ").replace("\u2019", " ")
    if re.fullmatch(r"-?\d{1,3}(?: \d{3})+(?:[.,]\d+)?", spaced):
        return _finite(spaced.replace(" ", "").replace(",", "."), accepted)
    if re.fullmatch(r"-?\d{1,3}(?:,\d{3})+\.\d+", bare) or re.fullmatch(r"-?\d{1,3}(?:,\d{3}){2,}", bare):
        return _finite(bare.replace(",", ""), accepted)
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+,\d+", bare) or re.fullmatch(r"-?\d{1,3}(?:\.\d{3}){2,}", bare):
        return _finite(bare.replace(".", "").replace(",", "."), accepted)
    if re.fullmatch(r"-?[1-9]\d{0,2},\d{3}", bare):
        return _finite(bare.replace(",", "." if decimal_comma else ""), accepted)
    if re.fullmatch(r"-?\d+,\d+", bare):
        return _finite(bare.replace(",", "."), accepted)
    raise NotReadError(accepted)


def _finite(digits: str, accepted: str) -> float:
    value = float(digits)
    if abs(value) == float("inf"):  # hundreds of digits
        raise NotReadError(accepted)
    return value


def read_amount(text: str, *, unit: str | None = None, decimal_comma: bool = False) -> Amount:
    """Read a number, or a word that says there knowingly is none (``TBD``, ``N/A``); arguments as read_number."""
    return read_missing(text) or read_number(text, unit=unit, decimal_comma=decimal_comma)


_YES = {"yes", "y", "oui", "o", "true", "vrai"}
_NO = {"no", "n", "non", "false", "faux"}


def read_yes_no(text: str) -> bool:
    """Read yes or no, in English or French.

    Raises:
        NotReadError: it is neither.

    >>> read_yes_no("Oui")
    True
    """
    word = squeeze(text).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise NotReadError(_("yes or no"))


@attrs.frozen
class Period:
    """A stretch of time as people name it: a day, a month, a quarter, a calendar or fiscal year.

    Attributes:
        start: its first day.
        end: its last day (the day on which a target "by" this period falls due).
        written: how it stands in the file.
    """

    start: date = attrs.field()
    end: date = attrs.field()
    written: str = attrs.field(default="", eq=False, order=False)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    def __str__(self) -> str:
        """Return it as it was written."""
        return self.written or self.start.isoformat()


def format_when(period: Period) -> str:
    """Write a period for prose: a day and a month in words, everything else as the plan names it.

    >>> format_when(read_period("2018-03")), format_when(read_period("2018-Q2")), format_when(read_period("2016/17"))
    ('March 2018', '2018 Q2', '2016/17')
    """
    start, end = period.start, period.end
    if start == end:
        return format_date(start)
    if start.day == 1 and (start.year, start.month) == (end.year, end.month):
        from babel.dates import format_date as babel_date

        return babel_date(start, "MMMM y", locale=language())
    if period.written:
        return period.written.replace("-Q", " Q")
    return _("{start} to {end}").format(start=format_date(start), end=format_date(end))


_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        [
            "january jan janvier janv",
            "february feb février fevrier févr fév",
            "march mar mars",
            "april apr avril avr",
            "may mai",
            "june jun juin",
            "july jul juillet juil",
            "august aug août aout",
            "september sep sept septembre",
            "october oct octobre",
            "november nov novembre",
            "december dec décembre decembre déc",
        ],
        start=1,
    )
    for name in names.split()
}

_WHEN_ACCEPTED = _(
    "a day (2018-04-30), a month (2018-04), a quarter (2018-Q2), a year (2018) or a fiscal year (2018/19, 2018/19 Q2)"
)


def _month(year: int, month: int, count: int, written: str) -> Period:
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    last_index = month - 1 + count - 1
    last_year, last_month = year + last_index // 12, last_index % 12 + 1
    return Period(first, date(last_year, last_month, calendar.monthrange(last_year, last_month)[1]), written)


def _slashed(day: int, month: int, year: int) -> date:
    """Read dd/mm/yyyy where only one reading is a date; refuse where both are."""
    if day == month or month > 12 or day > 12:
        try:
            return date(year, month, day) if month <= 12 else date(year, day, month)
        except ValueError:
            raise NotReadError(_WHEN_ACCEPTED) from None
    raise NotReadError(
        _("a date with one reading; this is {a} or {b}: write the one you mean").format(
            a=date(year, month, day).isoformat(), b=date(year, day, month).isoformat()
        )
    )


def read_period(text: str, *, fiscal_start: int = 4) -> Period:
    """Read a day, month, quarter, calendar year, fiscal year or ISO week.

    Args:
        text: ``2018``, ``2018-04``, ``April 2018``, ``2018-Q2``, ``2018/19``, ``2018/19 Q1``, ``2018-W14`` ...
            ``2011-12`` is always December 2011 (the ISO form); a fiscal year is written with a slash.
        fiscal_start: the month (1 to 12) in which the plan's fiscal year starts.

    Raises:
        NotReadError: it is none of these, or has two readings.

    >>> read_period("2018/19 Q1").end
    datetime.date(2018, 6, 30)
    >>> read_period("2018").end
    datetime.date(2018, 12, 31)
    """
    written = squeeze(text)
    plain = written.translate(_MINUS).lower().rstrip(".")
    try:
        return _read_period(plain, written, fiscal_start)
    except NotReadError:
        raise
    except (ValueError, OverflowError):  # 2018-13, 31 June, week 54: well formed, but there is no such day
        raise NotReadError(_WHEN_ACCEPTED) from None


def _read_period(plain: str, written: str, fiscal_start: int) -> Period:
    if m := re.fullmatch(r"(\d{4})", plain):
        return _month(int(m[1]), 1, 12, written)
    if m := re.fullmatch(r"(\d{4})-(\d{1,2})", plain):
        if 1 <= int(m[2]) <= 12:
            return _month(int(m[1]), int(m[2]), 1, written)
        return _fiscal(m[1], m[2], None, written, fiscal_start)
    if m := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:[t ]00:00(?::00(?:\.0+)?)?z?)?", plain):
        day = date(int(m[1]), int(m[2]), int(m[3]))
        return Period(day, day, written)
    if m := re.fullmatch(r"(\d{4}) ?-? ?q([1-4])|q([1-4]) ?-? ?(\d{4})", plain):
        return _month(int(m[1] or m[4]), 3 * int(m[2] or m[3]) - 2, 3, written)
    if m := re.fullmatch(r"(?:fy ?)?(\d{4})[/-](\d{4}|\d{2})(?:[ ,-]*[qt]([1-4]))?", plain):
        return _fiscal(m[1], m[2], m[3], written, fiscal_start)
    if m := re.fullmatch(r"(\d{4})-?w(\d{1,2})", plain):
        first = date.fromisocalendar(int(m[1]), int(m[2]), 1)
        return Period(first, first + timedelta(days=6), written)
    if (m := re.fullmatch(r"(?:(\d{1,2})(?:st|nd|rd|th|er)? )?([^\W\d]+)\.? (\d{4})", plain)) and m[2] in _MONTHS:
        if m[1] is None:
            return _month(int(m[3]), _MONTHS[m[2]], 1, written)
        day = date(int(m[3]), _MONTHS[m[2]], int(m[1]))
        return Period(day, day, written)
    if (m := re.fullmatch(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", plain)) and m[1] in _MONTHS:
        day = date(int(m[3]), _MONTHS[m[1]], int(m[2]))
        return Period(day, day, written)
    if m := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", plain):
        day = _slashed(int(m[1]), int(m[2]), int(m[3]))
        return Period(day, day, written)
    raise NotReadError(_WHEN_ACCEPTED)


def _fiscal(first: str, second: str, quarter: str | None, written: str, fiscal_start: int) -> Period:
    year = int(first)
    if int(second) != (year + 1 if len(second) == 4 else (year + 1) % 100):
        raise NotReadError(_WHEN_ACCEPTED)
    if quarter is None:
        return _month(year, fiscal_start, 12, written)
    return _month(year, fiscal_start + 3 * (int(quarter) - 1), 3, written)


def read_day(text: str) -> date:
    """Read one day.

    Raises:
        NotReadError: it is no day, is a longer period, or has two readings.

    >>> read_day("30 April 2018")
    datetime.date(2018, 4, 30)
    """
    accepted = _("one day, written as 2018-04-30")
    try:
        period = read_period(text)
    except NotReadError as error:
        raise NotReadError(accepted if str(error) == _WHEN_ACCEPTED else str(error)) from None
    if period.start != period.end:
        raise NotReadError(accepted)
    return period.start
