"""What every run of pytest in this project needs to know, the one over the notebooks (`--nbval`) included."""

import os

import pytest

# Threads of the linear algebra library only get in each other's way where tests run side by side.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let nbval compare notebooks that are stored without execution counts.

    nbval takes a cell without a count for one that nobody has run: it refuses its outputs, and compares nothing where
    there are none. Ours are all run and then stored without counts (scripts/notebooks.py), so each cell gets one here.
    """
    cell = getattr(item, "cell", None)  # only nbval's items have one
    if cell is not None and cell.get("cell_type") == "code" and cell.execution_count is None:
        cell.execution_count = 1
