"""What is got ready once in a warm process, so that no report has to: libraries, the kernel, words, fonts, a template.

Nothing of a plan is kept: two reports of a batch never meet.
"""

from __future__ import annotations

import copy
from datetime import date
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from rdlib import paths
from rdlib.words import format_date, format_number

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from rdlib.reports.shell import Kernel


class _Process:
    """What this process has ready."""

    kernel: Kernel | None = None


def kernel() -> Kernel:
    """Return the kernel of this process, made where it is not there yet."""
    if _Process.kernel is None:
        from rdlib.reports import shell

        shell.remember_warnings()
        _Process.kernel = shell.Kernel.warm()
    return _Process.kernel


def template(source: Path) -> NotebookNode:
    """Return the notebook of a template as papermill takes it in, for the taker to change.

    Its stored outputs are left out: papermill clears them anyway.
    """
    state = source.stat()
    return copy.deepcopy(_parsed(source, state.st_mtime_ns, state.st_size))


@lru_cache(maxsize=8)
def _parsed(source: Path, _changed: int, _size: int) -> NotebookNode:
    import nbformat
    from papermill.iorw import load_notebook_node

    notebook: NotebookNode = load_notebook_node(str(source))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.validate(notebook)
    return notebook


#: What reports import where they need it.
LIBRARIES = (
    "babel.dates",
    "babel.numbers",
    "holidays.countries",
    "icalendar",
    "matplotlib.backends.backend_agg",
    "matplotlib.figure",
    "matplotlib.patheffects",
    "networkx",
    "numpy",
    "papermill.execute",
    "ruamel.yaml",
    "scipy.optimize",
    "scipy.stats",
    "statsmodels.regression.linear_model",
    "statsmodels.tsa.exponential_smoothing.ets",
    "statsmodels.tsa.seasonal",
)


def warm_up() -> None:
    """Make the kernel, import what reports need, and fill what is the same for all of them."""
    with kernel().importing():
        for name in LIBRARIES:
            import_module(name)
        from rdlib.figures.chart_style import warm_up as ready_to_draw
        from rdlib.reports import html, making, portfolio, sections, stocktake  # noqa: F401 - to have them imported
        from rdlib.rules.registry import exercises

        sections.sections()
        portfolio.plan_sections()
        exercises()
        format_date(date.today())  # the words of the language for days and numbers are read from a file
        format_number(1.5)
        html.warm_up()
        ready_to_draw()
        for source in paths.templates().glob("*.ipynb"):
            template(source)
