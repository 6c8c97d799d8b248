"""How fast a batch of reports is made, against a plain loop of papermill and nbconvert, and against no notebook at all.

    .venv/bin/python benchmarks/batch.py --priorities 12 --rounds 2 --format json

Three contestants make the reports of the same made-up plan on the same machine:

* ours: `rdlib report`, from the start of its warm process to the manifest;
* plain: one papermill run and one nbconvert export after the other;
* floor: the sections of the report object called directly and the page written, in as many processes as ours has.

The rounds are paired and their order alternates, so that a slow minute of the machine hits all. Of a large plan the
plain loop makes a sample, drawn with a seed, and its time is scaled; the output says so. The last line is one JSON
object.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.plans import AS_OF, make_plan
from rdlib import paths
from rdlib.reports import forge
from rdlib.reports.batch import make_reports
from rdlib.reports.hands import cores

DAY = date.fromisoformat(AS_OF)


def ids_of(plan: Path) -> list[str]:
    """Return the priorities of a plan."""
    return sorted(path.stem for path in (plan / "priorities").glob("*.yaml"))


# --- the contestants -------------------------------------------------------------------------------------------


def ours(plan: Path, out: Path) -> None:
    """Make the reports as `rdlib report` does, from a cold start."""
    forge.close_shared()
    again(plan, out)


def again(plan: Path, out: Path) -> None:
    """Make the reports once more."""
    with contextlib.redirect_stderr(io.StringIO()):
        batch = make_reports(plan, out, as_of=DAY)
    if batch.failed:
        raise SystemExit("\n".join(f"{entry.id}: {entry.error}" for entry in batch.failed))


def plain(plan: Path, out: Path, ids: list[str]) -> tuple[float, float]:
    """Make reports one after the other, with papermill and nbconvert as they come.

    Returns:
        the seconds of the priorities' reports, and of the portfolio's.
    """
    import papermill
    from nbconvert.exporters import HTMLExporter

    out.mkdir(parents=True)
    given = {"plan": str(plan), "as_of": AS_OF}

    def run(template: str, name: str, parameters: dict[str, Any]) -> None:
        notebook = papermill.execute_notebook(
            paths.templates() / f"{template}.ipynb", out / f"{name}.ipynb", parameters, progress_bar=False
        )
        html, _resources = HTMLExporter().from_notebook_node(notebook)
        (out / f"{name}.html").write_text(html, encoding="utf-8")

    started = time.perf_counter()
    for id_ in ids:
        run("priority", id_, {**given, "priority": id_})
    between = time.perf_counter()
    run("portfolio", "index", given)
    return between - started, time.perf_counter() - between


def floor(plan: Path, out: Path) -> None:
    """Make the same pages without a notebook, in as many processes as ours has."""
    out.mkdir(parents=True)
    with ProcessPoolExecutor(cores(), mp_context=multiprocessing.get_context("spawn")) as pool:
        for _done in pool.map(_page_of_priority, [(plan, id_, out) for id_ in ids_of(plan)], chunksize=1):
            pass
        pool.submit(_page_of_portfolio, plan, out).result()


def _page_of_priority(task: tuple[Path, str, Path]) -> None:
    from rdlib.reports import PriorityReport
    from rdlib.reports.html import page_of_displays
    from rdlib.reports.manifest import write_whole
    from rdlib.reports.sections import sections

    plan, id_, out = task
    report = PriorityReport.open(plan=plan, priority=id_, as_of=AS_OF)
    text = page_of_displays([report.page(), *(report.show(anchor) for anchor in sections())])
    write_whole(out / f"{id_}.html", text)


def _page_of_portfolio(plan: Path, out: Path) -> None:
    import nbformat

    from rdlib.reports import PortfolioReport
    from rdlib.reports.html import page_of_displays
    from rdlib.reports.manifest import write_whole

    report = PortfolioReport.open(plan=plan, as_of=AS_OF)
    template = nbformat.read(paths.templates() / "portfolio.ipynb", as_version=4)
    calls = [cell.source.strip() for cell in template.cells if cell.source.startswith("report.")]
    displays = [getattr(report, call.removeprefix("report.").removesuffix("()"))() for call in calls]
    write_whole(out / "index.html", page_of_displays(displays))


# --- measuring -------------------------------------------------------------------------------------------------


class Memory:
    """Looks once a second how much memory this process and all that it started take, shared pages counted once."""

    def __init__(self) -> None:
        self.most = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(1.0):
            self.most = max(self.most, sum(map(_megabytes, _family(os.getpid()))))


def _family(process: int) -> list[int]:
    found = [process]
    for one in found:
        for tasks in Path(f"/proc/{one}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found += [int(child) for child in tasks.read_text().split()]
    return found


def _megabytes(process: int) -> float:
    with contextlib.suppress(OSError, IndexError, ValueError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return 0.0


def measure(priorities: int, rounds: int, sample: int, seed: int, *, costs: bool, memory: bool) -> dict[str, Any]:
    """Return the seconds of all in each round, and their ratios."""
    found: list[dict[str, float]] = []
    used = min(sample, priorities)
    most = 0.0
    with tempfile.TemporaryDirectory(prefix="rdlib-bench-") as folder:
        plan = Path(folder, "plan")
        make_plan(plan, priorities, seed, costs=costs)
        chosen = sorted(random.Random(seed).sample(ids_of(plan), used))
        for number in range(rounds):
            seconds: dict[str, float] = {}

            def our_turn(seconds: dict[str, float] = seconds, out: Path = Path(folder, f"ours-{number}")) -> None:
                nonlocal most
                with Memory() if memory else contextlib.nullcontext() as watch:
                    seconds["ours"] = _timed(lambda: ours(plan, out))
                most = max(most, watch.most if watch else 0.0)
                seconds["unchanged"] = _timed(lambda: again(plan, out))
                seconds["unchanged_again"] = _timed(lambda: again(plan, out))

            def plain_turn(seconds: dict[str, float] = seconds, out: Path = Path(folder, f"plain-{number}")) -> None:
                reports, portfolio = plain(plan, out, chosen)
                seconds["plain"] = reports / used * priorities + portfolio

            def floor_turn(seconds: dict[str, float] = seconds, out: Path = Path(folder, f"floor-{number}")) -> None:
                seconds["floor"] = _timed(lambda: floor(plan, out))

            turns = [our_turn, plain_turn, floor_turn]
            for turn in turns if number % 2 == 0 else reversed(turns):
                turn()
            seconds["ratio_to_plain"] = seconds["plain"] / seconds["ours"]
            seconds["ratio_to_floor"] = seconds["ours"] / seconds["floor"]
            found.append(seconds)
    names = [
        "ours", "plain", "floor", "unchanged", "unchanged_again", "ratio_to_plain", "ratio_to_floor",
    ]  # fmt: skip
    return {
        "priorities": priorities,
        "cores": cores(),
        "costs": costs,
        "plain_sample": used,
        "plain_scaled": used < priorities,
        "rounds": [{name: round(value, 2) for name, value in each.items()} for each in found],
        **({"most_megabytes": round(most)} if memory else {}),
        **{name: round(statistics.median(each[name] for each in found), 2) for name in names},
    }


def _timed(work: Any) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main(arguments: list[str] | None = None) -> int:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(description="Our batch against a plain loop, and against no notebook at all.")
    parser.add_argument("--priorities", type=int, default=12, help="how many reports each makes in a round")
    parser.add_argument("--rounds", type=int, default=1, help="how many rounds are measured")
    parser.add_argument("--sample", type=int, default=12, help="how many of them the plain loop makes; scaled up")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same plan")
    parser.add_argument("--costs", action="store_true", help="with the estimates of rule 6, solved anew in each report")
    parser.add_argument("--no-memory", action="store_true", help="do not look at the memory meanwhile")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    options = parser.parse_args(arguments)
    if min(options.priorities, options.rounds, options.sample) < 1:
        parser.error("there must be at least one priority, one round and a sample of one")
    found = measure(
        options.priorities, options.rounds, options.sample, options.seed,
        costs=options.costs, memory=not options.no_memory,
    )  # fmt: skip
    if options.format == "json":
        if found["plain_scaled"]:
            print(f"The plain loop made {found['plain_sample']} of {found['priorities']} reports; its time is scaled.")
        print(json.dumps(found))
        return 0
    print(f"{found['priorities']} priorities and the portfolio, {found['cores']} cores, median of {options.rounds}:")
    for name in ("ours", "plain", "floor", "unchanged", "unchanged_again"):
        print(f"  {name:<16} {found[name]:8.1f} s")
    print(f"  plain / ours     {found['ratio_to_plain']:8.2f}")
    print(f"  ours / floor     {found['ratio_to_floor']:8.2f}")
    if "most_megabytes" in found:
        print(f"  memory           {found['most_megabytes']:8.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
