"""Plans on disk for the tests of reports: one priority on which little is wrong, and ways to spoil it."""

from __future__ import annotations

from pathlib import Path

WAITS = """\
title: Shorter waits
summary: People are seen sooner.
leaders: [Minister of Health]
outcomes:
  - {id: o1, statement: People live longer, level: long-term}
  - {id: o2, statement: People are seen quickly, level: shorter-term, leads_to: o1}
indicators:
  - id: i1
    name: Share of patients through in four hours
    outcome: o2
    unit: "%"
    direction: up
    three_m:
      meaningful: yes
      meaningful_why: Patients in pain are treated sooner.
      moveable: yes
      moveable_why: Agreements with hospitals can ask for it.
      measurable: yes
      measurable_why: Each hospital records both times.
      sources: [Hospital returns]
    baseline: {value: 70, when: 2010, source: Annual return}
    target: {wording: At least 85% by March 2020, kind: at-least, value: 85, due: 2020-03, commitment: committed}
    data_files: [data/waits.csv]
    data_source: Hospital returns
"""

DATA = "when,value\n2010,70\n2011,71\n2012,73\n2013,72\n2014,75\n2015,74\n2016,77\n2017,78\n"

AS_OF = "2018-06-30"


def make_plan(folder: Path, **priorities: str) -> Path:
    """Write a plan with the given priorities (by id, with ``_`` for ``-``), and its one data file."""
    (folder / "priorities").mkdir(parents=True)
    (folder / "data").mkdir()
    (folder / "plan.yaml").write_text(
        "schema: 2\ntitle: A plan\norganisation: A government\nmandate_start: 2016-01-01\nmandate_end: 2020-12-31\n",
        encoding="utf-8",
    )
    (folder / "data" / "waits.csv").write_text(DATA, encoding="utf-8")
    for id_, text in priorities.items():
        write(folder, id_.replace("_", "-"), text)
    return folder


def write(folder: Path, id_: str, text: str) -> None:
    (folder / "priorities" / f"{id_}.yaml").write_text(text, encoding="utf-8")
