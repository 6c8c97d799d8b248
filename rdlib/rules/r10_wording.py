"""What words give away on a negotiation sheet: positions, measures of one side, blame, threats (Rule 10, tool 10.3).

English and French. Where words leave room for doubt, the answer is the one that raises no finding.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Any

_LISTS: dict[str, Any] = tomllib.loads(files("rdlib.rules").joinpath("r10_wording.toml").read_text(encoding="utf-8"))


def _any(name: str) -> str:
    words = f"{_LISTS[name]['en']} {_LISTS[name]['fr']}".split()
    return "(?:" + "|".join(word.replace("_", " ") for word in words) + ")"


_POSITION = re.compile(rf"\b{_any('position')}\b")
_BEHIND = re.compile(rf"\b{_any('behind')}\b")
_OURS = re.compile(rf"\b{_any('ours')}\b")
_OTHERS = re.compile(rf"\b{_any('others')}\b")
_BLAME = re.compile(rf"\b{_any('blame')}\b")
_THREAT = re.compile(rf"\b{_any('threat')}\b")
_NOT = re.compile(rf"\b{_any('not')}\b[^.;:!?]*$")
_QUOTED = re.compile(r"[“\"«][^”\"»]*[”\"»]")


def _plainly(text: str) -> str:
    """The text in lower case, without what is quoted: those are the words of others."""
    said = _QUOTED.sub(" ", text)
    return " ".join(said.lower().replace("\u2019", "'").split())


def _meant(pattern: re.Pattern[str], text: str) -> str | None:
    """Return the first words that a pattern finds and that no "not" or "without" stands before in their sentence."""
    plain = _plainly(text)
    return next((m[0] for m in pattern.finditer(plain) if not _NOT.search(plain[: m.start()])), None)


def only_positions(text: str) -> bool:
    """Say whether a text says what each side demands or refuses, and nothing of why.

    >>> only_positions("They demand more staff and refuse the clock.")
    True
    >>> only_positions("They refuse the clock because they fear for patients with head injuries.")
    False
    """
    plain = _plainly(text)
    return bool(_POSITION.search(plain)) and not _BEHIND.search(plain)


def ours_alone(text: str) -> bool:
    """Say whether measures that both sides are to accept belong to one side only.

    >>> ours_alone("Our target, as our ministry counts it")
    True
    >>> ours_alone("Our figures, checked by the audit office")
    False
    """
    plain = _plainly(text)
    return bool(_OURS.search(plain)) and not _OTHERS.search(plain)


def blame_in(text: str) -> str | None:
    """Return a word that blames or insults people; None where there is none, or only to say that it is not used.

    >>> blame_in("They are stubborn as ever"), blame_in("Never call them stubborn")
    ('stubborn', None)
    """
    return _meant(_BLAME, text)


def threat_in(text: str) -> str | None:
    """Return the words of a threat; None where there is none, or only to say that none is made.

    >>> threat_in("We cut their funding"), threat_in("We will not cut their funding")
    ('cut their funding', None)
    """
    return _meant(_THREAT, text)
