"""What the rules bring by themselves: lists of one name that any module ``rNN_*.py`` of this room may hold."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any


@cache
def brought(name: str) -> tuple[Any, ...]:
    """Return the entries of the lists of this name in the modules of all rules, in the order of the modules.

    Args:
        name: the name of the lists, such as ``EXERCISES`` or ``EVENTS``.

    >>> len(brought("NO_SUCH_LIST"))
    0
    """
    import rdlib.rules

    modules = sorted(m.name for m in iter_modules(rdlib.rules.__path__) if re.match(r"r\d\d_", m.name))
    return tuple(each for module in modules for each in getattr(import_module(f"rdlib.rules.{module}"), name, ()))
