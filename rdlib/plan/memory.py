"""Answers that are remembered: what was worked out of a record once is not worked out again while the record lives."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

R = TypeVar("R")
P = ParamSpec("P")
T = TypeVar("T")


def once_for_each(work: Callable[Concatenate[R, P], T]) -> Callable[Concatenate[R, P], T]:
    """Let a function remember its answers for each record that it was asked about.

    The record is known by its identity: records never change, and one that was changed is another. It must be an
    instance of an attrs class, and further arguments must be hashable. The answer is handed out again as it is, so it
    has to be one that nobody changes.

    Args:
        work: a function whose first argument is the record, and whose answer follows from its arguments alone.

    >>> import attrs
    >>> @attrs.frozen
    ... class Name:
    ...     words: list[str]
    >>> @once_for_each
    ... def shout(name):
    ...     print("at work")
    ...     return " ".join(name.words).upper()
    >>> name = Name(["Ann", "Lee"])
    >>> shout(name), shout(name)
    at work
    ('ANN LEE', 'ANN LEE')
    """
    known: dict[int, tuple[weakref.ref[R], dict[Any, T]]] = {}

    @wraps(work)
    def ask(record: R, /, *given: P.args, **named: P.kwargs) -> T:
        number = id(record)
        kept = known.get(number)
        if kept is None or kept[0]() is not record:
            kept = known[number] = weakref.ref(record, lambda _gone: known.pop(number, None)), {}
        key = (given, *named.items())
        if key not in kept[1]:
            kept[1][key] = work(record, *given, **named)
        return kept[1][key]

    return ask
