"""The delivery plan: its records, and the store that keeps them in a folder of readable files.

Importing the room imports each of its modules, so that every part that a rule adds to a plan is declared before a plan
is read.
"""

from importlib import import_module as _import
from pkgutil import iter_modules as _modules

from rdlib.plan.documents import NotWrittenError
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.problems import PlanReadError, Problem
from rdlib.plan.store import (
    Conflict,
    PlanConflictError,
    PlanFolderError,
    PlanStore,
    Reading,
    Saved,
    file_of,
    read_plan,
    read_priority,
    slug,
)

__all__ = [
    "Conflict",
    "NotWrittenError",
    "Plan",
    "PlanConflictError",
    "PlanFolderError",
    "PlanReadError",
    "PlanStore",
    "Priority",
    "Problem",
    "Reading",
    "Saved",
    "file_of",
    "read_plan",
    "read_priority",
    "slug",
]

for _module in _modules(__path__):
    _import(f"{__name__}.{_module.name}")
