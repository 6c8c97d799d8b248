"""Targets: their wordings, the goals made from words and fields, and where they stand."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from rdlib.rules.targets import TargetReading, read_wording

CORPUS: list[dict[str, Any]] = YAML(typ="safe").load(
    Path(__file__).with_name("target_wordings.yaml").read_text(encoding="utf-8")
)


def short(reading: TargetReading) -> str:
    """A reading as the corpus writes it: "fall 30 percent", "between 45..60"."""
    value = "" if reading.value is None else f"{reading.value:.6g}" if reading.value % 1 else f"{reading.value:.0f}"
    if reading.value_high is not None:
        value += f"..{reading.value_high:g}" if reading.value_high < 1e6 else f"..{reading.value_high:.0f}"
    return " ".join(word for word in (reading.kind, value, reading.change_unit) if word)


@pytest.mark.parametrize("case", CORPUS, ids=lambda c: f"{c['text']} ({c.get('unit', '')} {c.get('direction', '')})")
def test_a_wording_means_what_a_careful_reader_takes_it_to_mean(case: dict[str, Any]):
    readings = read_wording(
        case["text"],
        unit=case.get("unit"),
        direction=case.get("direction"),
        fiscal_start=case.get("fiscal", 4),
        decimal_comma=case.get("comma", False),
    )
    assert [short(r) for r in readings] == case["read"]
    if len(case["read"]) == 1:
        assert [r.due.end if r.due else None for r in readings] == [case.get("due")]
    if "counts" in case:
        assert {r.unit for r in readings} == {case["counts"]}
