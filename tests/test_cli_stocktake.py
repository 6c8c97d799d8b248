"""``rdlib stocktake``: the pack of a stocktake as one page."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from click.testing import CliRunner

from rdlib import paths
from rdlib.cli import main


def test_the_pack_is_one_page_that_asks_for_nothing_elsewhere(tmp_path: Path):
    plan = tmp_path / "plan"
    shutil.copytree(paths.exercises() / "punjab-stocktake" / "plan", plan)
    done = CliRunner().invoke(main, ["stocktake", str(plan), "--date", "2016-05-05", "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    page = (tmp_path / "out" / "stocktake-2016-05-05.html").read_text(encoding="utf-8")
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert str(tmp_path) not in page
    for anchor in ("ratings", "units", "changes", "decisions", "actions", "agenda", "preparation", "past-ratings"):
        assert f'id="{anchor}"' in page
    assert "Who alone may count a training" in page
    assert "Half an hour with the Chief Minister" in page  # the preparation of that day
    assert page.index('id="ratings"') < page.index('id="changes"')


def test_a_folder_that_is_no_plan_is_refused(tmp_path: Path):
    done = CliRunner().invoke(main, ["stocktake", str(tmp_path), "--date", "2016-05-05", "--out", str(tmp_path / "o")])
    assert done.exit_code == 1
    assert "folder of a plan" in done.output


def test_the_pack_is_there_for_the_printer_and_for_word(tmp_path: Path):
    from docx import Document

    plan, out = paths.exercises() / "punjab-stocktake" / "plan", tmp_path / "out"
    asked = ["stocktake", str(plan), "--date", "2016-05-05", "--out", str(out), "--format", "pdf,docx"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    assert (out / "stocktake-2016-05-05.pdf").read_bytes().startswith(b"%PDF")
    paragraphs = Document(str(out / "stocktake-2016-05-05.docx")).paragraphs
    headings = [p.text for p in paragraphs if p.style is not None and "Heading" in (p.style.name or "")]
    assert {"How likely is delivery?", "Decisions", "Actions"} <= set(headings)


def test_a_format_that_a_pack_has_not_is_refused_before_any_work(tmp_path: Path):
    plan, out = paths.exercises() / "punjab-stocktake" / "plan", tmp_path / "out"
    for form in ("xlsx", "odt"):
        asked = ["stocktake", str(plan), "--date", "2016-05-05", "--out", str(out), "--format", form]
        done = CliRunner().invoke(main, asked)
        assert done.exit_code == 1
        assert "docx" in done.output
    assert not out.exists()
