"""Reports: one page for each priority of a plan, and one for the portfolio, made in batches by papermill.

`rdlib.reports.batch` makes them; a template notebook calls what `PriorityReport` and `PortfolioReport` offer, one line
a cell. Nothing heavy is imported before a report is really made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rdlib.reports.portfolio import PortfolioReport as PortfolioReport
    from rdlib.reports.sections import PriorityReport as PriorityReport

__all__ = ["PortfolioReport", "PriorityReport"]

_WHERE = {"PriorityReport": "rdlib.reports.sections", "PortfolioReport": "rdlib.reports.portfolio"}


def __getattr__(name: str) -> Any:
    """Import what a template asks for when it asks for it."""
    if name in _WHERE:
        from importlib import import_module

        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
