"""What words give away in a coalition: who is meant, and whether a message offers or only asks (Rule 3).

English and French. Where words leave room for doubt, the answer is the one that raises no finding.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from rdlib.rules.wording import content_words

_LISTS: dict[str, Any] = tomllib.loads(
    files("rdlib.rules").joinpath("coalition_wording.toml").read_text(encoding="utf-8")
)


def _any(words: str) -> str:
    return "(?:" + "|".join(word.replace("_", " ") for word in words.split()) + ")"


def _squeezed(text: str) -> str:
    return " ".join(text.lower().replace("\u2019", "'").split())


# --- who is meant -------------------------------------------------------------------------------------------------

_KINDS = {kind: re.compile(rf"\b{_any(words)}\b") for kind, words in _LISTS["kinds"].items()}
_COMMON = content_words(_LISTS["common"]["words"])
_GROUP_EN = re.compile(rf"(?:^|\b){_any(_LISTS['group']['en'])}$")
_GROUP_FR = re.compile(rf"^(?:les |des )?{_any(_LISTS['group']['fr'])}\b")
_HEAD = re.compile(r"\b(?:of|for|in|from|at|across)\b")


def kinds_in(text: str) -> dict[str, str]:
    """Return the kinds of member that a text points to, each with the words that do.

    The kinds are those of the coalition, with one ``implementer`` for those inside and outside the department.

    >>> kinds_in("Vaccination among First Nations children, by province")
    {'provincial': 'province', 'indigenous': 'first nations'}
    """
    plain = _squeezed(text)
    found = ((kind, pattern.search(plain)) for kind, pattern in _KINDS.items())
    return {kind: match[0] for kind, match in found if match}


def _stems(text: str) -> set[str]:
    """The words of a text that say who somebody is, without the endings that differ between one and several."""
    words = content_words(text) - _COMMON
    return {re.sub(r"(?:ies|es|e|s|x)$", "", word) if len(word) > 4 else word for word in words}


def names_same(one: str, other: str) -> bool:
    """Say whether two names may mean the same people: they share a word that says who somebody is.

    >>> names_same("Emergency physicians and nurses", "President of the nurses' association")
    True
    >>> names_same("Patients", "Head of hospital statistics")
    False
    """
    return bool(_stems(one) & _stems(other)) or _squeezed(one) == _squeezed(other)


def close_names(one: str, other: str) -> bool:
    """Say whether two names very likely mean the same people: most of what says who the shorter one is, is in both.

    >>> close_names("Hospital trusts and their chief executives", "Chief executive of a large hospital trust")
    True
    >>> close_names("Head of health spending", "Lead for emergency care, health department")
    False
    """
    a, b = _stems(one), _stems(other)
    least = min(len(a), len(b))
    if least == 0:
        return _squeezed(one) == _squeezed(other)
    return len(a & b) >= (least if least < 3 else 2 / 3 * least)


def is_group(name: str) -> bool:
    """Say whether a name means a group of people without saying who of them is meant.

    >>> is_group("Provincial governments"), is_group("Chief executives of the trusts (through A. Smith)")
    (True, False)
    """
    plain = _squeezed(name)
    if re.search(r"[(,:]|\b(?:through|via|led by|par)\b", plain):
        return False
    return bool(_GROUP_EN.search(_HEAD.split(plain)[0].strip()) or _GROUP_FR.search(plain))


def several(name: str) -> bool:
    """Say whether one name holds several, set apart by semicolons or lines.

    >>> several("Provinces; Indigenous leaders")
    True
    """
    return len([part for part in re.split(r"[;\n]", name) if part.strip()]) > 1


# --- plans and asks -------------------------------------------------------------------------------------------------

_EMPTY = {name: content_words(words) for name, words in _LISTS["empty"].items()}


def is_empty_plan(text: str) -> bool:
    """Say whether a plan for a relationship names nothing that somebody could see happen.

    >>> is_empty_plan("Improve the relationship through regular meetings")
    True
    >>> is_empty_plan("Half an hour every second Thursday, with the figures a day before")
    False
    """
    return not content_words(text) - _EMPTY["plan"] - {"through", "them", "him", "her"}


def is_empty_ask(text: str) -> bool:
    """Say whether a request names nothing that somebody could say yes or no to.

    >>> is_empty_ask("Their support"), is_empty_ask("Name two departments by May")
    (True, False)
    """
    return not content_words(text) - _EMPTY["ask"] - {"ask"}


# --- messages -------------------------------------------------------------------------------------------------------

_CLAUSE = re.compile(
    r"[.;:!?,\n]|\s[\u2013\u2014-]\s"
    r"|\b(?:and|so that|so|because|but|which|while|if|et|afin que|pour que|car|mais|parce que)\b"
)
_OURSELVES = re.compile(r"\b(?:our|ours|us|my|notre|nos|mon|mes)\b")
_LISTENER = re.compile(r"\b(?:you|your|yours|vous|votre|vos)\b")


@cache
def _asks() -> re.Pattern[str]:
    en, fr = _LISTS["message"]["en"], _LISTS["message"]["fr"]
    often = r"(?:really |urgently |also |now |do |only |just |all )?"
    return re.compile(
        "|".join(
            (
                rf"\b(?:we|i) ?{often}{_any(en['wants'])}\b",
                rf"^(?:now |then |therefore )?you {often}{_any(en['told'])}\b",
                rf"^(?:kindly |so )?{_any(en['orders'])}\b",
                rf"\b{_any(en['asked'])}\b",
                rf"\b(?:nous|je) {_any(fr['wants'])}\b",
                rf"\bvous {_any(fr['told'])}",
                rf"^{_any(fr['orders'])}\b",
                rf"\b{_any(fr['asked'])}\b",
            )
        )
    )


@cache
def _offers() -> re.Pattern[str]:
    en, fr = _LISTS["message"]["en"], _LISTS["message"]["fr"]
    will = r"(?:'ll| will| can| could| shall| are going to| are here to)?"
    often = r"(?: always| also| never| only| first| then)?"
    return re.compile(
        "|".join(
            (
                rf"\b(?:we|i){will}{often} {_any(en['serves'])}\b",
                r"\b(?:you|vous)\b",
                rf"\byour (?:[\w'-]+ ){{1,4}}?{_any(en['fares'])}\b",
                rf"\b(?:nous|je) (?:vous )?{_any(fr['serves'])}\b",
                rf"\b(?:votre|vos) (?:[\w'-]+ ){{1,4}}?{_any(fr['fares'])}\b",
            )
        )
    )


def only_asks(message: str) -> bool:
    """Say whether a message asks something of its reader and offers nothing in return.

    >>> only_asks("We need your support to reach the target.")
    True
    >>> only_asks("We need an hour a month, and you see every figure first.")
    False
    """
    clauses = [clause.strip() for clause in _CLAUSE.split(_squeezed(message))]
    asking = [clause for clause in clauses if _asks().search(clause)]
    return bool(asking) and not any(_offers().search(clause) for clause in clauses if clause not in asking)


def speaks_of_ourselves(message: str) -> bool:
    """Say whether a message speaks of the speaker's own concerns and never of the one it is for.

    >>> speaks_of_ourselves("Our target is to cut waits by half.")
    True
    >>> speaks_of_ourselves("We will help to get things done.")
    False
    """
    plain = _squeezed(message)
    if not _OURSELVES.search(plain) or _LISTENER.search(plain):
        return False
    return not any(_offers().search(clause.strip()) for clause in _CLAUSE.split(plain))


def nearly_same(one: str, other: str, share: float = 0.8) -> bool:
    """Say whether two texts are made of nearly the same words.

    Args:
        one: a text.
        other: another.
        share: how much of all their words both must have.

    >>> nearly_same("Waits will fall and staff will stay", "Waits will fall, and the staff will stay.")
    True
    """
    a, b = content_words(one), content_words(other)
    if not a or not b:
        return _squeezed(one) == _squeezed(other) != ""
    return len(a & b) >= share * len(a | b)
