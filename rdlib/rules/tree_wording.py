"""What the wording of a hypothesis gives away: overlap with its neighbours, a question, a topic, a solution (Rule 8).

English and French. Each of these is a hint for people to look again; where words alone do not tell, nothing is said.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from importlib.resources import files

from rdlib.rules.wording import content_words

_LISTS: dict[str, dict[str, str]] = tomllib.loads(
    files("rdlib.rules").joinpath("tree_wording.toml").read_text(encoding="utf-8")
)
_WORD = re.compile(r"[a-z0-9]+(?:['’-][a-z0-9]+)*")
#: Two claims overlap when they share so much of what the shorter one says. Ours.
SHARED = 0.6
#: A claim has at least so many words; fewer, without a verb, are a topic. Ours.
CLAIM_WORDS = 4


def _list(name: str) -> frozenset[str]:
    return frozenset(word for words in _LISTS.values() for word in words[name].split())


_COMMON, _ASKS, _ACTS, _VERBS = (_list(name) for name in ("common", "asks", "acts", "verbs"))
_REST, _PROVES = _list("rest"), _list("proves")


def words_of(text: str) -> list[str]:
    """Return the words of a text in order, without accents and in lower case."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


def stem(word: str) -> str:
    """Return a word without the endings of plural, past and progress.

    >>> [stem(word) for word in ("delays", "delayed", "queuing", "queue", "agencies", "class")]
    ['delay', 'delay', 'queu', 'queu', 'agency', 'class']
    """
    for ending, then in (("ies", "y"), ("ing", ""), ("ed", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return (word[: -len(ending)] + then).removesuffix("e")
    word = word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
    return word.removesuffix("e") if len(word) > 4 else word


def stems(text: str) -> dict[str, str]:
    """Return the words of a text that say what it is about, in order: the stem of each, and the word itself.

    >>> stems("There are too few beds for the patients")
    {'bed': 'beds', 'patient': 'patients'}
    """
    words = [word for word in words_of(text) if word not in _COMMON and len(word) > 2 and content_words(word)]
    return {stem(word): word for word in words}


def shared(one: str, other: str, known: Iterable[str]) -> list[str]:
    """Return the words in which two claims overlap; none where they do not.

    They overlap when the shorter one says little that the other does not. Two claims that are built alike and differ
    in one place ("in the morning", "at weekends") are a split, not an overlap.

    Args:
        one: a claim.
        other: another one.
        known: what needs no saying here: the question, the claim above, what all the branches share.

    >>> shared("Staff are rostered at the wrong hours", "The roster has staff at quiet hours", [])
    ['staff', 'rostered', 'hours']
    >>> shared("Beds are not free in the morning", "Beds are not free at weekends", [])
    []
    """
    taken = {key for text in known for key in stems(text)}
    a, b = ({key: word for key, word in stems(text).items() if key not in taken} for text in (one, other))
    both = [key for key in a if key in b]
    least = min(len(a), len(b))
    if len(both) < 2 or len(both) < SHARED * least or _one_slot(list(stems(one)), list(stems(other))):
        return []
    return [a[key] for key in both]


def _one_slot(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two claims are built alike and differ in one place, where both say something."""
    least = min(len(one), len(other))
    head = next((n for n in range(least) if one[n] != other[n]), least)
    tail = next((n for n in range(least - head) if one[-1 - n] != other[-1 - n]), least - head)
    middles = [set(some[head : len(some) - tail]) for some in (one, other)]
    return all(middles) and head + tail > 0 and not set.intersection(*middles)


def is_same(one: str, other: str) -> bool:
    """Say whether two claims say the same in nearly the same words.

    >>> is_same("Beds are not free", "The beds are not free"), is_same("Beds are free", "Beds are not free")
    (True, False)
    """
    a, b = (
        [stem(w) for w in words_of(text) if w not in {"the", "a", "an", "le", "la", "les"}] for text in (one, other)
    )
    return len(a) > 1 and a == b


def is_question(text: str) -> bool:
    """Say whether a text asks, where it should claim.

    >>> is_question("Why do people wait?"), is_question("Who is poor waits longer")
    (True, False)
    """
    return text.strip().endswith("?")


def asks_why(question: str) -> bool:
    """Say whether a question asks for causes."""
    return any(word in {"why", "pourquoi"} for word in words_of(question)[:4])


def is_topic(text: str) -> bool:
    """Say whether a text names a subject and says nothing of it: few words, and none of them a verb.

    >>> is_topic("Staffing levels"), is_topic("Beds are full"), is_topic("Staff leave")
    (True, False, False)
    """
    words = words_of(text)
    return 0 < len(words) < CLAIM_WORDS and _VERBS.isdisjoint(words) and words[0] not in _ACTS


def is_action(text: str) -> bool:
    """Say whether a text tells to do something.

    >>> is_action("Introduce a second stream"), is_action("We should hire nurses"), is_action("Nurses are few")
    (True, True, False)
    """
    words = words_of(text)
    return bool(words) and (words[0] in _ACTS or (words[0] in {"we", "they"} and "should" in words[1:3]))


def is_rest(text: str) -> bool:
    """Say whether a branch stands for whatever else there is.

    >>> is_rest("Something else holds them up"), is_rest("Beds are full")
    (True, False)
    """
    return not _REST.isdisjoint(words_of(text))


def sets_out_to_prove(text: str) -> bool:
    """Say whether the words of an analysis know its result already.

    >>> sets_out_to_prove("Show that minor cases wait longest"), sets_out_to_prove("Compare both, and show the spread")
    (True, False)
    """
    words = words_of(text)
    return not _PROVES.isdisjoint(words[:4]) or words[:2] in (["show", "that"], ["montrer", "que"])
