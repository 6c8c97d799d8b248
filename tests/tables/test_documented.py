"""The example in docs/import.md is read as the page says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from rdlib.tables.mapping_file import shipped
from tests.tables.books import taken, xlsx

PAGE = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_works(tmp_path: Path):
    rows: list[list[Any]] = [
        ["Results 2018"],
        [None, None, "Target", None, "Results", None],
        ["Programme", "Measure", "Value", "By", 2016, 2017],
        ["Shorter waits", "Seen within four hours", 0.85, "Mar 2018", 0.762, 0.771],
        [None, "Left without being seen", 0.02, "Mar 2018", "–", 0.034],
        ["Total"],
    ]
    path = xlsx(tmp_path / "in.xlsx", {"Results": rows})
    book = load_workbook(path)
    for row in book["Results"]["C4:F5"]:
        for cell in row:
            cell.number_format = "0.0%"
    book.save(path)
    block = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert block
    plan, _done = taken(tmp_path, path, block[1])
    (priority,) = plan.priorities
    first, second = priority.indicators
    assert (first.target.value, first.target.due and first.target.due.end.isoformat()) == (85.0, "2018-03-31")
    assert [(str(o.when), o.value) for o in first.observations] == [("2016", 76.2), ("2017", 77.1)]
    assert [(str(o.when), o.value) for o in second.observations] == [("2017", 3.4)]


def test_the_page_names_the_mappings_of_the_kit():
    assert [name for name in shipped() if f"`{name}`" not in PAGE] == []
