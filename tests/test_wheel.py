"""The built package carries the folders a learner works with, so that an installed rdlib finds them."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ("exercises", "templates", "workbooks")


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What lies in the wheel, built from here without a look at the network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def kept(folder: str) -> set[str]:
    """The files of a folder, without what a person's work leaves behind in it."""
    made = {".ipynb_checkpoints", ".rdlib", "__pycache__"}
    paths = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if not made & set(path.parts)}


def test_the_shared_folders_are_inside_the_package(names: set[str]):
    missing = {path for folder in SHARED for path in kept(folder) if f"rdlib/_share/{path}" not in names}
    assert not missing


def test_the_package_is_whole_and_holds_nothing_else(names: set[str]):
    assert {"rdlib/__init__.py", "rdlib/py.typed"} <= names
    assert {path for path in kept("rdlib") if path not in names} == set()
    strangers = {name for name in names if not name.startswith(("rdlib/", "rdlib-"))}
    assert not strangers
    assert not {name for name in names if "/.rdlib/" in name or ".ipynb_checkpoints" in name}
