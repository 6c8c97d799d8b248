"""How fast a batch of reports is made, against a plain loop of papermill and nbconvert.

    .venv/bin/python benchmarks/batch.py --priorities 6 --rounds 2

Both make the same executed notebooks from the same templates and the same plan, on the same machine. The rounds are
paired: in each, one follows the other, and who goes first alternates, so that a slow minute of the machine hits both.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from rdlib import paths
from rdlib.reports.batch import make_reports

AS_OF = date(2019, 3, 31)


def make_plan(folder: Path, priorities: int, seed: int = 1) -> None:
    """Write a plan of made-up priorities, each with quarterly values, a target and two comparisons.

    Args:
        folder: where; it must not be there yet.
        priorities: how many.
        seed: the same seed makes the same plan.
    """
    chance = random.Random(seed)
    (folder / "priorities").mkdir(parents=True)
    (folder / "data").mkdir()
    folder.joinpath("plan.yaml").write_text(
        "schema: 2\ntitle: Benchmark\nmandate_start: 2015-11-04\nmandate_end: 2019-10-20\n", encoding="utf-8"
    )
    for number in range(1, priorities + 1):
        level = chance.uniform(60, 85)
        rows = ["when,value"]
        for quarter in range(24):
            level = min(99.0, max(1.0, level + chance.gauss(0.1, 1.0)))
            rows.append(f"{2013 + quarter // 4}-Q{quarter % 4 + 1},{level:.1f}")
        name = f"service-{number:03d}"
        folder.joinpath("data", f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        folder.joinpath("priorities", f"{name}.yaml").write_text(
            PRIORITY.format(number=number, name=name, target=round(level + 5), peer=round(level + 7)), encoding="utf-8"
        )


PRIORITY = """\
title: Service {number} reaches people sooner
summary: A made-up priority to measure the making of reports with.
leaders: [Minister {number}]
stakeholders: [Front line, Clients]
outcomes:
  - {{id: o1, statement: People live better lives, level: long-term}}
  - {{id: o2, statement: People are served sooner, level: shorter-term, leads_to: o1}}
indicators:
  - id: i1
    name: Share of people served in time
    outcome: o2
    definition: Everybody who asked, from the day of asking.
    unit: "%"
    direction: up
    three_m:
      meaningful: yes
      meaningful_why: Nobody likes to wait, and some go without.
      moveable: yes
      lever: direct
      moveable_why: Opening hours and staff are ours to decide.
      measurable: yes
      measurable_why: Each office records both days.
      sources: [Office register]
      collected_how: Offices send their register each quarter.
      frequency: quarterly
      breakdowns: [region]
      data_owner: Head of statistics
    baseline: {{value: 70, when: 2013-Q1, source: Office register, illustrative: yes}}
    benchmarks:
      - {{id: b1, kind: peers, name: The neighbour, value: {peer}, when: 2018, illustrative: yes}}
    target: {{wording: At least {target}% by December 2019, commitment: committed}}
    trajectory:
      - {{id: t1, when: 2018-Q4, value: 75}}
      - {{id: t2, when: 2019-Q4, value: {target}}}
    data_files: [data/{name}.csv]
    data_source: Made up for the benchmark
    data_illustrative: yes
"""


def ours(plan: Path, out: Path) -> None:
    """Make the reports as `rdlib report` does."""
    with contextlib.redirect_stderr(io.StringIO()):
        batch = make_reports(plan, out, as_of=AS_OF)
    if batch.failed:
        raise SystemExit("\n".join(f"{entry.id}: {entry.error}" for entry in batch.failed))


def plain(plan: Path, out: Path) -> None:
    """Make the same reports one after the other, with papermill and nbconvert as they come."""
    import papermill
    from nbconvert.exporters import HTMLExporter

    out.mkdir(parents=True)
    given = {"plan": str(plan), "as_of": AS_OF.isoformat()}
    runs: list[tuple[str, dict[str, Any]]] = [
        ("priority", {**given, "priority": path.stem}) for path in sorted((plan / "priorities").glob("*.yaml"))
    ]
    for template, parameters in [*runs, ("portfolio", given)]:
        name = parameters.get("priority", "index")
        notebook = papermill.execute_notebook(
            paths.templates() / f"{template}.ipynb", out / f"{name}.ipynb", parameters, progress_bar=False
        )
        html, _resources = HTMLExporter().from_notebook_node(notebook)
        (out / f"{name}.html").write_text(html, encoding="utf-8")


def measure(priorities: int, rounds: int) -> dict[str, Any]:
    """Return the seconds of both in each round, and their ratio."""
    found: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory(prefix="rdlib-bench-") as folder:
        plan = Path(folder, "plan")
        make_plan(plan, priorities)
        for number in range(rounds):
            seconds = {}
            contestants = [("ours", ours), ("plain", plain)]
            for name, make in contestants if number % 2 == 0 else reversed(contestants):
                started = time.perf_counter()
                make(plan, Path(folder, f"{name}-{number}"))
                seconds[name] = time.perf_counter() - started
            found.append({**seconds, "ratio": seconds["plain"] / seconds["ours"]})
    return {
        "priorities": priorities,
        "cores": os.cpu_count(),
        "rounds": [{name: round(value, 2) for name, value in each.items()} for each in found],
        **{
            name: round(statistics.median(each[name] for each in found), 2)  # of an even number, the mean of the middle
            for name in ("ours", "plain", "ratio")
        },
    }


def main(arguments: list[str] | None = None) -> int:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(description="Our batch against a plain loop of papermill and nbconvert.")
    parser.add_argument("--priorities", type=int, default=6, help="how many reports each makes in a round")
    parser.add_argument("--rounds", type=int, default=2, help="how many pairs are measured")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    options = parser.parse_args(arguments)
    if options.priorities < 1 or options.rounds < 1:
        parser.error("there must be at least one priority and one round")
    found = measure(options.priorities, options.rounds)
    if options.format == "json":
        print(json.dumps(found, indent=1))
        return 0
    print(f"{found['priorities']} priorities and the portfolio, {found['cores']} cores, median of {options.rounds}:")
    print(f"  ours   {found['ours']:7.1f} s")
    print(f"  plain  {found['plain']:7.1f} s")
    print(f"  ratio  {found['ratio']:7.2f}  (plain / ours)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
