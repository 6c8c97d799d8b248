"""Which plan a workbook works on: the reader's own, and a copy of each practice case.

The reader's own plan is made from the blank plan on first use. A practice case is copied into the folder ``practice``
of that plan when it is first opened, so that practising is saved like everything else and never touches the case.
"""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path

from rdlib import paths
from rdlib.plan.store import PlanStore

PRACTICE = "practice"


def is_static() -> bool:
    """Say whether only static faces are wanted, as when the stored outputs of a workbook are made."""
    return os.environ.get("RDLIB_STATIC") == "1"


@cache
def _blank_folder() -> Path:
    """A throw-away folder for static faces: they show the blank plan, never somebody's own."""
    return Path(tempfile.mkdtemp(prefix="rdlib-")) / "plan"


@cache
def _store(folder: Path, template: Path) -> PlanStore:
    if (folder / "plan.yaml").exists():
        return PlanStore(folder)
    return PlanStore.create(folder, template)


def own_folder() -> Path:
    """Return the folder of the reader's own plan."""
    return _blank_folder() if is_static() else paths.current_plan()


def own_store() -> PlanStore:
    """Return the reader's own plan, made from the blank plan when it is not there yet.

    Raises:
        PlanReadError: its files cannot be read.
    """
    return _store(own_folder(), paths.templates() / "plan")


def practice_store(case: str) -> PlanStore:
    """Return the reader's working copy of a case, made when it is not there yet.

    Raises:
        PlanReadError: its files cannot be read.
    """
    folder = Path(own_store().folder)  # made first: a plan can only be begun in an empty folder
    return _store(folder / PRACTICE / case, paths.exercises() / case / "start")


def _chosen_file(store: PlanStore) -> Path:
    return Path(store.folder) / ".rdlib" / "open-priority"


def open_priority(store: PlanStore) -> str | None:
    """Return the id of the priority that the reader works on: the one last chosen, else the first."""
    ids = [p.id for p in store.read().plan.priorities]
    try:
        chosen = _chosen_file(store).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        chosen = ""
    return chosen if chosen in ids else next(iter(ids), None)


def choose_priority(store: PlanStore, id_: str) -> None:
    """Remember which priority the reader works on."""
    file = _chosen_file(store)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(id_, encoding="utf-8")
