"""Starts JupyterLab on the workbooks: quietly, without asking the network for anything.

When rdlib is installed as a package, its workbooks lie where a person cannot save; they are then copied once to a
folder of the person's own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rdlib import paths
from rdlib.words import _

#: Parts of JupyterLab that ask the network for news, or offer to install things.
OFF = ("@jupyterlab/apputils-extension:announcements", "@jupyterlab/extensionmanager-extension")


def command(folder: Path) -> list[str]:
    """Return the command that starts JupyterLab on a folder of notebooks."""
    superuser = hasattr(os, "geteuid") and os.geteuid() == 0  # as in a container, where there is often nobody else
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.default_url=/lab/tree/00_start_here.ipynb"
        if (folder / "00_start_here.ipynb").exists()
        else "--LabApp.default_url=/lab",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        "--ServerApp.log_level=WARN",
        *(["--allow-root"] if superuser else []),
    ]


def settings(folder: Path) -> None:
    """Write into a configuration folder what switches off the parts of JupyterLab that use the network."""
    page = folder / "labconfig" / "page_config.json"
    page.parent.mkdir(parents=True)
    page.write_text(json.dumps({"disabledExtensions": dict.fromkeys(OFF, True)}), encoding="utf-8")


def writable_workbooks() -> Path:
    """Return the folder of workbooks that a person can save in.

    The workbooks of an installed package are copied to ``~/delivery-workbooks`` the first time. One that is there
    already stays as it is: it may hold the person's own notes.
    """
    shipped = paths.workbooks()
    if os.access(shipped, os.W_OK) and "_share" not in shipped.parts:
        return shipped
    own = Path.home() / "delivery-workbooks"
    own.mkdir(exist_ok=True)
    for notebook in sorted(shipped.glob("*.ipynb")):
        if not (own / notebook.name).exists():
            shutil.copyfile(notebook, own / notebook.name)
    return own


def start(plan: Path | None) -> int:
    """Start JupyterLab, wait until the person ends it, and return its exit code.

    Args:
        plan: folder of the plan to work on; left out, the one that was chosen last.

    Raises:
        ValueError: there is no plan in the folder.
    """
    environment = dict(os.environ)
    if plan is not None:
        if not (plan / "plan.yaml").is_file():
            raise ValueError(_("There is no plan in {folder}. To make one: rdlib new {folder}").format(folder=plan))
        environment["RDLIB_PLAN"] = str(plan.resolve())
    with tempfile.TemporaryDirectory(prefix="rdlib-lab-") as folder:
        settings(Path(folder))
        known = environment.get("JUPYTER_CONFIG_PATH")
        environment["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, [folder, known]))
        try:
            return subprocess.run(command(writable_workbooks()), env=environment, check=False).returncode
        except KeyboardInterrupt:
            return 0
