"""environment.yml (conda) and requirements.lock (pip, uv) say the same as pyproject.toml."""

import re
import tomllib
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

import rdlib

ROOT = Path(__file__).parents[1]

# Where conda-forge's name differs from the one on the Python package index, and why.
CONDA_NAMES = {
    "matplotlib": "matplotlib-base",  # there, "matplotlib" also brings a desktop window toolkit, which we never open
    "playwright": "playwright-python",  # there, "playwright" is the program in JavaScript
}
NOT_ON_CONDA_FORGE = {"axe-playwright-python", "resvg-py", "types-xlrd"}  # so the environment lets pip install them

REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)\s*(.*)$")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def split(requirements: list[str]) -> dict[str, str]:
    found = {}
    for requirement in requirements:
        match = REQUIREMENT.match(requirement)
        assert match, f"not a plain requirement: {requirement!r}"
        assert match[1] not in found, f"named twice: {match[1]}"
        found[match[1]] = match[2].replace(" ", "")
    return found


def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return table


def declared() -> dict[str, str]:
    table = project()
    return split(table["dependencies"] + table["optional-dependencies"]["dev"])


def environment() -> tuple[dict[str, str], list[str]]:
    entries = YAML(typ="safe").load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pip = next(entry["pip"] for entry in entries if isinstance(entry, dict))
    return split([entry for entry in entries if isinstance(entry, str)]), pip


def test_conda_environment_names_the_same_packages_with_the_same_bounds():
    conda, pip = environment()
    pip_names = split([entry for entry in pip if not entry.startswith("-e")])
    wanted = declared()

    expected_conda = {
        CONDA_NAMES.get(name, name): bound for name, bound in wanted.items() if name not in NOT_ON_CONDA_FORGE
    }
    expected_conda |= {"python": project()["requires-python"], "pip": ""}
    assert conda == expected_conda
    assert pip_names == {name: wanted[name] for name in NOT_ON_CONDA_FORGE}


def test_conda_environment_installs_rdlib_itself():
    assert "-e ." in environment()[1]


def test_every_name_in_the_mapping_is_still_needed():
    assert set(CONDA_NAMES) | NOT_ON_CONDA_FORGE <= set(declared())


def test_every_requirement_has_only_a_lower_bound_of_major_and_minor():
    wrong = {name: bound for name, bound in declared().items() if not re.fullmatch(r">=\d+\.\d+", bound)}
    assert not wrong


def test_the_package_says_the_same_version():
    assert rdlib.__version__ == project()["version"]


def locked() -> dict[str, str]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return {normal(match[1]): match[2] for line in lines if (match := re.match(r"^([\w.-]+)==([\w.+!]+)", line))}


def test_the_lock_holds_a_release_within_the_bounds_of_each_requirement():
    releases = locked()
    for name, bound in declared().items():
        lower = tuple(int(part) for part in bound.removeprefix(">=").split("."))
        release = tuple(int(part) for part in releases[normal(name)].split(".")[:2])
        assert release >= lower, f"{name}: {releases[normal(name)]} is older than {bound}"


def test_the_lock_names_no_address_and_gives_each_package_a_hash():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--(index|extra-index|find-links)", text, re.MULTILINE)
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) == len(locked())
    assert [entry.split("==")[0] for entry in entries if "--hash=sha256:" not in entry] == []
