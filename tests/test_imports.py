"""The rooms of the house: who may import whom, and what stays light enough to start at once."""

import ast
import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "rdlib"

# What each room may import besides itself and the ground floor (the modules that lie directly in rdlib/).
MAY_IMPORT: dict[str, set[str]] = {
    "plan": set(),
    "rules": {"plan"},
    "tables": {"plan"},
    "figures": {"plan", "rules"},
    "widgets": {"plan", "rules", "figures"},
    "reports": {"plan", "rules", "figures"},
}
# The command line stands above all rooms, and imports them late; nothing imports it.
TOP = {"cli", "__main__"}

HEAVY = {"IPython", "ipywidgets", "matplotlib", "networkx", "numpy", "openpyxl", "pandas", "statsmodels", "xlrd"}
LIGHT = ["rdlib", "rdlib.plan", "rdlib.rules", "rdlib.tables.importing", "rdlib.tables.template", "rdlib.cli"]


def room_of(module: str) -> str:
    """ "rdlib.plan.store" -> "plan"; the package itself and the modules directly below it are named as they are."""
    return module.split(".")[1] if "." in module else "rdlib"


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(source: str, package: str) -> Iterator[str]:
    """Every module below rdlib that a source text imports anywhere, also inside functions and for types only."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                up = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*up, base] if base else up)
            # `from rdlib import plan` imports a room too
            names = [f"rdlib.{alias.name}" for alias in node.names] if base == "rdlib" else [base]
        else:
            continue
        yield from (name for name in names if name == "rdlib" or name.startswith("rdlib."))


def complaints(module: str, source: str, *, is_package: bool = False) -> list[str]:
    package = module if is_package else module.rpartition(".")[0]
    room = room_of(module)
    found = []
    for name in imports_of(source, package):
        other = room_of(name)
        if room in TOP or other == room:
            continue
        if other in TOP:
            found.append(f"{module} imports {name}: nothing imports the command line")
        elif other in MAY_IMPORT and other not in MAY_IMPORT.get(room, set()):
            kind = f"the room {room}" if room in MAY_IMPORT else "the ground floor"
            found.append(f"{module} imports {name}: {kind} must not import the room {other}")
    return found


def test_each_room_imports_only_from_the_rooms_below_it():
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        is_package = path.name == "__init__.py"
        found += complaints(module_of(path), path.read_text(encoding="utf-8"), is_package=is_package)
    assert not found, "\n".join(found)


def test_every_folder_of_the_package_is_a_room():
    folders = {path.parent.relative_to(PACKAGE).parts[0] for path in PACKAGE.glob("*/**/*.py")}
    assert folders <= set(MAY_IMPORT), f"which floor is this on? {sorted(folders - set(MAY_IMPORT))}"


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("rdlib.plan.store", "from rdlib.rules import r01_prioritize"),
        ("rdlib.plan.store", "def f():\n    import rdlib.figures.chain"),
        ("rdlib.rules.r01", "from rdlib import figures"),
        ("rdlib.rules.r01", "from rdlib.tables import files"),
        ("rdlib.rules.r01", "from ..widgets import form"),
        ("rdlib.figures.chain", "from rdlib.widgets.form import Form"),
        ("rdlib.widgets.form", "from rdlib.reports import build"),
        ("rdlib.reports.build", "import rdlib.widgets"),
        ("rdlib.words", "from rdlib.plan.fields import Field"),
        ("rdlib", "from rdlib.plan import Plan"),
        ("rdlib.reports.build", "from rdlib.cli import main"),
    ],
)
def test_an_import_upward_is_found(module: str, source: str):
    assert len(complaints(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("rdlib.rules.r01", "from rdlib.plan import Plan\nfrom rdlib.words import _"),
        ("rdlib.rules.r01", "from . import r02"),
        ("rdlib.widgets.form", "from rdlib.figures import chain"),
        ("rdlib.reports.build", "import rdlib, pandas"),
        ("rdlib.cli", "def f():\n    from rdlib.widgets import form"),
        ("rdlib.paths", "from rdlib.words import _"),
    ],
)
def test_an_import_downward_is_fine(module: str, source: str):
    assert complaints(module, source) == []


def loaded_by(module: str) -> set[str]:
    """The top names of all modules that a fresh Python holds after importing one module."""
    code = f"import sys, json, {module}; print(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("module", [name for name in LIGHT if importlib.util.find_spec(name)])
def test_starting_is_light(module: str):
    assert not loaded_by(module) & HEAVY
