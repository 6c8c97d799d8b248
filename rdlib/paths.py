"""Where things are: the folders that come with the kit, and the reader's own plan."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _is_checkout() -> bool:
    return (_PACKAGE.parent / "templates").is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file()


def root() -> Path:
    """Return the folder that holds `templates`, `exercises` and `workbooks`."""
    return _PACKAGE.parent if _is_checkout() else _PACKAGE / "_share"


def templates() -> Path:
    """Return the folder of the report notebooks and of the blank plan."""
    return root() / "templates"


def exercises() -> Path:
    """Return the folder of the cases."""
    return root() / "exercises"


def workbooks() -> Path:
    """Return the folder of the workbooks."""
    return root() / "workbooks"


def _own_place() -> bool:
    """Whether the folder of the kit is the reader's own, so that a plan can lie in it."""
    return _is_checkout() and os.access(root(), os.W_OK)


def _pointer() -> Path:
    if _own_place():
        return root() / ".rdlib" / "current-plan"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "rdlib" / "current-plan"


def current_plan() -> Path:
    """Return the folder of the plan that the workbooks fill in; it need not be there yet.

    It is, in this order: the environment variable `RDLIB_PLAN`; what :func:`choose_plan` was told last; `my-plan`
    beside the workbooks, or `delivery-plan` in the home folder when nothing can be written there.
    """
    told = os.environ.get("RDLIB_PLAN")
    if told:
        return Path(told).expanduser().absolute()
    try:
        chosen = _pointer().read_text(encoding="utf-8").strip()
    except OSError:
        chosen = ""
    if chosen:
        return Path(chosen)
    return root() / "my-plan" if _own_place() else Path.home() / "delivery-plan"


def choose_plan(path: Path | str) -> None:
    """Remember which plan the workbooks fill in from now on.

    Args:
        path: the plan's folder.
    """
    pointer = _pointer()
    pointer.parent.mkdir(parents=True, exist_ok=True)
    fresh = pointer.with_name(f".{pointer.name}-{os.getpid()}")
    fresh.write_text(f"{Path(path).expanduser().absolute()}\n", encoding="utf-8")
    fresh.replace(pointer)
