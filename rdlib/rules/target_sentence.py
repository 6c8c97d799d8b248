"""A sentence about a target, taken apart: its numbers, its date, and what only says what is measured.

"90% of approvals within 40 days by 2019" holds one number to reach, one that belongs to the measure, and a date. The
words by which they are told apart are in ``target_wording.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import timedelta
from importlib.resources import files

import attrs

from rdlib.plan.values import NotReadError, Period, squeeze
from rdlib.rules.target_marks import DATE, NUMBER, Marked, Number, mark
from rdlib.rules.target_readings import is_percent
from rdlib.words import _

WORDS: dict[str, list[str]] = tomllib.loads(
    files("rdlib.rules").joinpath("target_wording.toml").read_text(encoding="utf-8")
)


def any_of(*names: str) -> str:
    """Return the words of these lists as one group, longest first so that "no more than" is not read as "more than"."""
    words = sorted((w for name in names for w in WORDS[name]), key=len, reverse=True)
    return "(?:" + "|".join(words) + ")"


def search(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """Return the search of a pattern, compiled once."""
    return re.compile(pattern).search


_SCORE = search(r"\bout of\b|\bsur\b|/ ?\d|\bscore\b|\bscale\b|\béchelle\b")


@attrs.frozen
class Asked:
    """What is known beside a wording; see :func:`rdlib.rules.target_wording.read_wording` for the attributes."""

    unit: str | None
    direction: str | None
    fiscal_start: int
    decimal_comma: bool

    @property
    def percent(self) -> bool:
        """Whether the indicator is a percentage."""
        return is_percent(self.unit)

    @property
    def score(self) -> bool:
        """Whether the indicator is a score, so that "4 out of 5" is a 4."""
        return bool(self.unit and _SCORE(self.unit.lower()))

    def mark(self, text: str) -> Marked:
        """Set the numbers and dates of a text apart."""
        return mark(text, fiscal_start=self.fiscal_start, decimal_comma=self.decimal_comma, scores=self.score)


@attrs.frozen
class Sentence:
    """A wording without its dates and asides, with a mark for each number that is left.

    Attributes:
        words: the words, with marks.
        marked: what is behind the marks.
        due: by when, where that was said.
        open_date: whether a date is left that may just as well be a number ("increase to 2000").
        asked: what else is known.
    """

    words: str
    marked: Marked
    due: Period | None
    open_date: bool
    asked: Asked

    @property
    def marks(self) -> list[str]:
        """The marks of the numbers that are left, in order."""
        return re.findall(NUMBER, self.words)

    def number(self, at: str) -> Number:
        """Return the number behind a mark."""
        return self.marked.number(at)

    def around(self, at: str) -> tuple[str, str]:
        """Return the words before and after a mark."""
        before, _at, after = self.words.partition(at)
        return before.rstrip(), after.strip()


# --- dates -------------------------------------------------------------------------------------------------------

_FILLER = rf"(?:[ ']*{any_of('time_filler')}(?!\w))*[ ']*"
_BY = re.compile(
    rf"\b(?:(?P<before>{any_of('before')})|{any_of('by')}){_FILLER}(?P<d>{DATE})(?: at the latest| au plus tard)?"
)
_IN = re.compile(rf"\b{any_of('in_time')}{_FILLER}(?P<d>{DATE})")
_REFERENCE = re.compile(
    rf"\b{any_of('reference')}(?:[ ']*{any_of('reference_filler')}(?!\w))*[ ']*{DATE}"
    rf"(?: {any_of('reference_after')}\b)?|{DATE} {any_of('reference_after')}\b|{DATE}(?= ?(?:to|-|à) ?{DATE})"
)
#: "30% below 2005 levels" is a change, counted from a year.
_THEN = rf"(?=(?:[ ']*{any_of('reference_filler')}(?!\w))*[ ']*{DATE})"
_BELOW_A_YEAR, _ABOVE_A_YEAR = (
    re.compile(rf"(?:\b(?:to|à) )?({NUMBER}) {any_of(name)}{_THEN}") for name in ("below", "above")
)
_TO_DATE = search(rf"\b(?:to|à) {DATE}")


class SeveralDatesError(NotReadError):
    """A wording that names several days by which something is due."""


def take_time(marked: Marked) -> tuple[str, Period | None, bool]:
    """Take the dates out of a sentence.

    Returns:
        the words without their dates, the date that is due, and whether a date that is left may be a number.

    Raises:
        SeveralDatesError: several dates are due.
    """
    words = marked.text
    named = [(marked.date(m["d"]), bool(m["before"])) for m in _BY.finditer(words)]
    words = _BY.sub(" ", words)
    words = _ABOVE_A_YEAR.sub(r"\1 higher than", _BELOW_A_YEAR.sub(r"\1 lower than", words))
    words = _REFERENCE.sub(" ", words)
    if not named:  # "80% in 2019, from 71% in 2016": what is due is the last
        loose = [d for m in _IN.finditer(words) if (d := marked.date(m["d"]))]
        named = [(max(loose, key=lambda d: d.end), False)] if loose else []
        words = _IN.sub(" ", words) if loose else words
    if len({d and d.end for d, _before in named}) > 1:
        raise SeveralDatesError(_("one date"))
    open_date = bool(_TO_DATE(words))
    words = re.sub(DATE, " ", _IN.sub(" ", words))
    due, before = named[0] if named else (None, False)
    if due and before:
        last = due.start - timedelta(days=1)
        due = Period(last, last, last.isoformat())
    return words, due, open_date


# --- what only says what is measured -----------------------------------------------------------------------------

#: A length of time after a number: "days", "business days", "jours ouvrables".
TIME = rf"(?:{any_of('time_unit_word')} )?{any_of('time_unit')}(?: {any_of('time_unit_word')})?\b"
_NEVER_THE_TARGET = (
    re.compile(r"(?<!\w)(?:" + "|".join(WORDS["ages"]).replace("N", NUMBER) + r")(?!\w)"),
    re.compile(rf"{NUMBER}-?point scale|(?:scale|échelle) (?:of |from |de |d')?{NUMBER} ?(?:to|-|à) ?{NUMBER}"),
    re.compile(rf"\b(?:per|for every|for each|par|pour chaque|pour|out of|sur) {NUMBER}| ?/ ?{NUMBER}"),
)
_ASIDES = (  # left out only where another number remains
    re.compile(r"\([^()]*\)"),
    re.compile(
        rf"\b{any_of('within')} ?(?:the |a |its |les )?(?:first |next |last |prochain[es]* )?{NUMBER}[ -]?{TIME}"
    ),
    re.compile(rf"{NUMBER}[ -]{TIME}[ -](?:standard|target|wait|limit|window|period|norm)s?\b"),
    re.compile(rf"\b{any_of('label')} {NUMBER} ?(?:to|and|or|et|à|ou|-) ?{NUMBER}"),
    re.compile(rf"\b{any_of('label')} {NUMBER}"),
)
#: A tolerance, or so many times as much: neither is one value to reach.
_UNREADABLE = search(
    rf"±|\+ ?/ ?-|plus or minus|plus ou moins|{NUMBER}-?fold|{NUMBER} (?:times|fois) (?:more|higher|as|the|plus|moins)"
)
_RATIO = search(rf"{NUMBER} ?/ ?{NUMBER}")
_ABOUT = re.compile(rf"(?:\b(?:about|approximately|around|roughly|environ|près d[e'])|~)(?= ?{NUMBER})")


def take_apart(text: str, asked: Asked) -> Sentence:
    """Take a wording apart.

    Raises:
        NotReadError: it holds a number that cannot be read, or several dates.
    """
    marked = asked.mark(text)
    if _UNREADABLE(marked.text) or (_RATIO(marked.text) and not asked.score):
        raise NotReadError(_("one value"))
    words, due, open_date = take_time(marked)
    for measure in _NEVER_THE_TARGET:
        words = measure.sub(" ", words)
    for aside in _ASIDES:
        without = aside.sub(" ", words)
        if re.search(NUMBER, without):
            words = without
    words = squeeze(_ABOUT.sub(" ", words))
    return Sentence(words.strip(" .,;:!?"), marked, due, open_date, asked)
