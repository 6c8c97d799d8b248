"""What can be looked up in a plan, mark by mark, and the rating from 1 to 4 that such marks support.

1 where none of the marks stands, 2 where one of the core marks is lacking, 3 where another one is, 4 where nothing is.
Which marks are core is our choice, and said where they are declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from rdlib.plan.fields import Field
from rdlib.rules.ratings import Facts
from rdlib.words import _, format_number

#: More names than this are counted, not listed.
_LISTED = 3


@attrs.frozen
class Mark:
    """One thing that can be looked up in a plan.

    Attributes:
        stands: whether all of it is there.
        begun: whether any of it is.
        core: whether a plan without it cannot be rated above 2 on these facts.
        has: what is there, in a phrase.
        lacks: what is missing, in a sentence.
    """

    stands: bool
    begun: bool
    core: bool
    has: str
    lacks: str


def yes(stands: bool, has: str, lacks: str, *, core: bool = False) -> Mark:
    """Return the mark of one thing that is there or not."""
    return Mark(stands, stands, core, has, lacks)


def each_has(named: Iterable[tuple[str, bool]], has: str, lacks: str, *, core: bool = False) -> Mark | None:
    """Return the mark of something that each of several is to have; None where there are none to have it.

    Args:
        named: what each is called, and whether it has it.
        has: the phrase, with ``{n}`` and ``{all}``.
        lacks: the sentence, with ``{names}``.
        core: whether it is a core mark.
    """
    everything = list(named)
    if not everything:
        return None
    missing = [name for name, there in everything if not there]
    n = len(everything) - len(missing)
    said_ = has.format(n=format_number(n), all=format_number(len(everything)))
    return Mark(not missing, n > 0, core, said_, lacks.format(names=_names(missing)))


def _names(names: Sequence[str]) -> str:
    different = list(dict.fromkeys(names))
    quoted = [_("“{name}”").format(name=name) for name in different[:_LISTED]]
    if len(different) > _LISTED:
        quoted.append(_("{n} more").format(n=format_number(len(different) - _LISTED)))
    return ", ".join(quoted)


def facts_from(key: str, field: Field, marks: Iterable[Mark | None], unseen: str) -> Facts:
    """Return what marks come to.

    Args:
        key: the path of the rating.
        field: its declaration.
        marks: the marks; None for one that does not apply.
        unseen: what only people can judge, in a clause.

    A rating sits well with the level that the marks support, and with the one above and below it. Our tolerance.
    """
    known = [mark for mark in marks if mark is not None]
    if not any(mark.begun for mark in known):
        level = 1
    elif any(mark.core and not mark.stands for mark in known):
        level = 2
    else:
        level = 4 if all(mark.stands for mark in known) else 3
    return Facts(
        key,
        field.label,
        field.help,
        tuple(mark.has for mark in known if mark.begun),
        tuple(mark.lacks for mark in known if not mark.stands),
        (max(1, level - 1), min(4, level + 1)),
        level,
        unseen,
    )
