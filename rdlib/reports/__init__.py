"""Reports: one page for each priority of a plan, one for the portfolio and one for a stocktake, made by papermill.

`rdlib.reports.batch` makes them; a template notebook calls what `PriorityReport`, `PortfolioReport` and
`StocktakeReport` offer, one line a cell. Nothing heavy is imported before a report is really made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rdlib.reports.portfolio import PortfolioReport as PortfolioReport
    from rdlib.reports.sections import PriorityReport as PriorityReport
    from rdlib.reports.stocktake import StocktakeReport as StocktakeReport

__all__ = ["PortfolioReport", "PriorityReport", "StocktakeReport"]

_WHERE = {
    "PriorityReport": "rdlib.reports.sections",
    "PortfolioReport": "rdlib.reports.portfolio",
    "StocktakeReport": "rdlib.reports.stocktake",
}


def __getattr__(name: str) -> Any:
    """Import what a template asks for when it asks for it."""
    if name in _WHERE:
        from importlib import import_module

        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
