"""Where things are: the folders of the kit, and the reader's own plan."""

import os
from pathlib import Path

import pytest

from rdlib import paths


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed kit whose folder is not the reader's own, and a home of its own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("RDLIB_PLAN", raising=False)
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "site-packages" / "rdlib")
    return tmp_path


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("RDLIB_PLAN", raising=False)
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "rdlib")
    (tmp_path / "templates").mkdir()
    (tmp_path / "pyproject.toml").write_text("")
    return tmp_path


def test_the_folders_of_a_checkout_lie_beside_the_package():
    assert (paths.templates() / "plan" / "plan.yaml").is_file()
    assert paths.exercises().parent == paths.workbooks().parent == paths.root()


def test_the_folders_of_an_installed_kit_lie_inside_it(home: Path):
    assert paths.root() == home / "site-packages" / "rdlib" / "_share"


def test_the_plan_lies_beside_the_workbooks_where_the_reader_can_write(checkout: Path):
    assert paths.current_plan() == checkout / "my-plan"


def test_the_plan_lies_at_home_when_the_kit_is_installed(home: Path):
    assert paths.current_plan() == home / "delivery-plan"


def test_the_plan_lies_at_home_when_the_checkout_cannot_be_written(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(os, "access", lambda *_args: False)
    assert paths.current_plan() == tmp_path / "home" / "delivery-plan"


def test_a_plan_that_was_chosen_is_remembered(checkout: Path, tmp_path: Path):
    paths.choose_plan(tmp_path / "elsewhere")
    assert paths.current_plan() == tmp_path / "elsewhere"
    paths.choose_plan(tmp_path / "again")
    assert paths.current_plan() == tmp_path / "again"
    assert [path.name for path in (checkout / ".rdlib").iterdir()] == ["current-plan"]


def test_a_choice_at_home_is_remembered_too(home: Path):
    paths.choose_plan(home / "elsewhere")
    assert paths.current_plan() == home / "elsewhere"
    assert (home / ".config" / "rdlib" / "current-plan").is_file()


def test_the_environment_comes_first(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    paths.choose_plan(tmp_path / "elsewhere")
    monkeypatch.setenv("RDLIB_PLAN", str(tmp_path / "told"))
    assert paths.current_plan() == tmp_path / "told"
