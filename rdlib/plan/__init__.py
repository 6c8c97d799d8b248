"""The delivery plan: its records, and the store that keeps them in a folder of readable files.

Every module of this room is imported with it, so that a plan is read with the parts that all rules add.
"""

from importlib import import_module
from pkgutil import iter_modules

from rdlib.plan.documents import NotWrittenError
from rdlib.plan.folder import PlanFolderError, file_of
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.problems import PlanReadError, Problem
from rdlib.plan.store import (
    Conflict,
    PlanConflictError,
    PlanStore,
    Reading,
    RemovedPriority,
    RemovedRow,
    Saved,
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
    "RemovedPriority",
    "RemovedRow",
    "Saved",
    "file_of",
    "read_plan",
    "read_priority",
    "slug",
]

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
