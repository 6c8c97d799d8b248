"""The words a person reads: translation, and dates and numbers written for people.

Every string that a reader sees goes through :func:`_`, so that a French catalogue can be added without touching
the code. A sentence with a value in it is marked whole and filled afterwards: ``_("Due {when}").format(when=...)``.

The language is chosen once per process: the environment variable ``RDLIB_LANGUAGE`` (``en`` or ``fr``), else English.
"""

from __future__ import annotations

import gettext as _gettext
import os
import re
from datetime import date
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "fr")
THIN_SPACE = "\u2009"
NO_BREAK_SPACE = "\u00a0"

# Control characters, which no file for readers may hold, and marks that would turn round the direction of what follows.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_HALVES = re.compile("[\ud800-\udfff]")


def language() -> str:
    """Return the language of this process: ``"en"`` or ``"fr"``."""
    chosen = os.environ.get("RDLIB_LANGUAGE", "en")[:2].lower()
    return chosen if chosen in LANGUAGES else "en"


@cache
def _catalogue() -> _gettext.NullTranslations:
    return _gettext.translation("rdlib", Path(__file__).parent / "locale", [language()], fallback=True)


def _(text: str) -> str:
    """Return ``text`` in the reader's language."""
    return _catalogue().gettext(text) if text else text


def plural(one: str, many: str, count: int) -> str:
    """Return the singular or plural of a marked sentence, with ``{n}`` filled in.

    >>> plural("{n} priority", "{n} priorities", 3)
    '3 priorities'
    """
    return _catalogue().ngettext(one, many, count).format(n=format_number(count))


def format_date(day: date) -> str:
    """Write a day for prose.

    >>> format_date(date(2026, 11, 22))
    '22 November 2026'
    """
    from babel.dates import format_date as babel_date

    return babel_date(day, "d MMMM y", locale=language())


def format_number(value: float, unit: str | None = None, decimals: int | None = None) -> str:
    """Write a number for people: thin spaces between thousands, no more decimals than it needs.

    Args:
        value: the number.
        unit: its unit; ``"%"`` stands close to the number in English and after a space in French.
        decimals: how many decimals to show; left out, up to two and none that are zero.

    >>> format_number(112000)
    '112\u2009000'
    >>> format_number(85.0, "%")
    '85%'
    """
    text = f"{value:,.{2 if decimals is None else decimals}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in {"-0", "-0.0", "-0.00"}:
        text = text[1:]
    text = text.replace(",", THIN_SPACE).replace("-", "\u2212")
    if language() == "fr":
        text = text.replace(".", ",")
    if not unit:
        return text
    if unit == "%":
        return text + (NO_BREAK_SPACE if language() == "fr" else "") + "%"
    return f"{text}{NO_BREAK_SPACE}{unit}"


def plain(text: object) -> str:
    r"""Return ``text`` without what nothing that is read may hold: control characters, and marks that turn text round.

    >>> plain("one\r\ntwo\x00")
    'one\ntwo'
    """
    lines = str(text).replace("\r\n", "\n").replace("\r", "\n")
    return _HALVES.sub("\ufffd", _UNSEEN.sub("", lines))
