"""What the wording of an answer gives away: activity in place of change, a reason that says nothing.

Shared by the rules: rule 2 asks it of indicators and reasons, rule 1 of outcomes. English and French.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from importlib.resources import files

_LISTS: dict[str, dict[str, str]] = tomllib.loads(
    files("rdlib.rules").joinpath("wording.toml").read_text(encoding="utf-8")
)
_FILLER = frozenset(f"{_LISTS['en']['filler']} {_LISTS['fr']['filler']}".split())

_WORD = re.compile(r"[a-z0-9%]+")


def content_words(text: str) -> set[str]:
    """Return the words of a text that carry meaning, without accents and in lower case.

    >>> sorted(content_words("It is important because waits are painful"))
    ['painful', 'waits']
    """
    plain = unicodedata.normalize("NFKD", text.lower())
    return {w for w in _WORD.findall("".join(c for c in plain if not unicodedata.combining(c))) if w not in _FILLER}


def is_thin(reason: str, about: str | None) -> bool:
    """Say whether a reason holds nothing beyond the question and the name of the thing it is about.

    >>> is_thin("It is important to people", "Share of patients seen in four hours")
    True
    >>> is_thin("Long waits mean pain, and some leave before they are seen", "Share of patients seen in four hours")
    False
    """
    said = content_words(reason)
    return len(said) < 2 or not said - content_words(about or "")


def _any(language: str, name: str) -> str:
    return "(?:" + "|".join(_LISTS[language][name].split()) + ")"


_UP_TO = r"(?:[\w'’-]+ )"
_THINGS, _DONE, _SPENT = (_any("en", name) for name in ("work", "done", "spent"))
_CHOSES, _FAITES = (_any("fr", name) for name in ("work", "done"))
_COUNTS_WORK = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:the )?(?:total )?(?:number|count|volume|#) of {_UP_TO}{{0,4}}{_THINGS} {_UP_TO}{{0,3}}?{_DONE}\b",
        rf"^(?:delivery|completion|publication|launch) of (?:\d+ )?{_UP_TO}{{0,3}}{_THINGS}\b",
        rf"^(?:the )?(?:total )?(?:amount|dollars?|money|funds?|funding|budget)(?: of [\w'’ -]+?)? {_SPENT}\b",
        r"^(?:the )?(?:total )?(?:spending|expenditures?|investment|disbursements?)\b",
        rf"^(?:%|percent|per cent|percentage|share|proportion) of (?:the )?{_UP_TO}{{0,3}}"
        rf"(?:budget|funds?|funding|money) (?:that (?:is|was|are|were) )?{_SPENT}\b",
        rf"^(?:le )?nombre (?:total )?(?:de |d['’]|des ){_UP_TO}{{0,3}}{_CHOSES} {_UP_TO}{{0,3}}?{_FAITES}\b",
        r"^(?:les )?(?:dépenses|montants? (?:dépensés?|versés?|investis?)|fonds (?:dépensés|versés))\b",
    )
)


def counts_work(name: str) -> bool:
    """Say whether a name counts activity or spending rather than a change for people.

    >>> counts_work("Number of workshops held with partners")
    True
    >>> counts_work("Number of students accessing high-quality after-school programmes")
    False
    """
    plain = " ".join(name.lower().split())
    return any(pattern.search(plain) for pattern in _COUNTS_WORK)
