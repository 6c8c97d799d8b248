"""A plan made up with a seed, in which every priority holds what a real one does: through all the rules that report.

Each priority is that of the worked case of emergency waits, with names, figures and ratings drawn anew: outcomes,
indicators with 24 quarters of values, targets, trajectories and comparisons, strategies with their ratings, a delivery
chain, a coalition, milestones, assessments and routines.
"""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

from rdlib import paths

#: The case that a made-up priority is drawn from, and its one priority.
CASE, PATTERN = "emergency-waits", "emergency-care"

#: The day for which the reports are made.
AS_OF = "2003-06-30"

#: The parts of a priority in which rule 6 reckons.
COSTS = {
    "costs", "expected_impacts", "budget_limits", "smaller_versions", "conditions", "own_picks", "delivery_costs",
    "funding",
}  # fmt: skip

_NUMBER = re.compile(r"(?<![\w.\-])\d+\.\d+(?![\w.\-])")


def make_plan(folder: Path, priorities: int, seed: int = 1, *, costs: bool = False) -> None:
    """Write a plan of made-up priorities.

    Args:
        folder: where; it must not be there yet.
        priorities: how many.
        seed: the same seed makes the same plan.
        costs: whether each priority holds the estimates of rule 6 too; the choice of a mix is then solved a few hundred
            times for each report, which outweighs all the rest.
    """
    chance = random.Random(seed)
    source = paths.exercises() / CASE / "plan"
    (folder / "priorities").mkdir(parents=True)
    (folder / "data").mkdir()
    title = (source / "plan.yaml").read_text(encoding="utf-8")
    folder.joinpath("plan.yaml").write_text(title, encoding="utf-8")
    for other in source.rglob("*"):
        if other.is_file() and other.parent.name not in {"priorities", "data", "plan"} and ".rdlib" not in other.parts:
            target = folder / other.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(other, target)
    text = (source / "priorities" / f"{PATTERN}.yaml").read_text(encoding="utf-8")
    if not costs:
        text = _without(text, COSTS)
    data = {path.name: path.read_text(encoding="utf-8") for path in (source / "data").glob("*.csv")}
    for number in range(1, priorities + 1):
        name = f"service-{number:04d}"
        own = text
        for file, rows in data.items():
            own = own.replace(f"data/{file}", f"data/{name}-{file}")
            if f"data/{name}-{file}" in own:
                drawn = _drawn(rows, chance)
                folder.joinpath("data", f"{name}-{file}").write_text(drawn, encoding="utf-8")
        own = re.sub(r"^title: .*$", f"title: Service {number} reaches people sooner", own, count=1, flags=re.MULTILINE)
        folder.joinpath("priorities", f"{name}.yaml").write_text(own, encoding="utf-8")


def _without(text: str, keys: set[str]) -> str:
    """Leave out some parts of a priority: a key at the left edge with all that stands below it."""
    kept, leaving = [], False
    for line in text.splitlines(keepends=True):
        if line[:1] not in {" ", "-", "\n", "#"}:
            leaving = line.partition(":")[0] in keys
        if not leaving:
            kept.append(line)
    return "".join(kept)


def _drawn(rows: str, chance: random.Random) -> str:
    """Move each value a little, so that no two priorities hold the same figures."""
    return _NUMBER.sub(lambda found: f"{max(0.1, float(found[0]) * chance.uniform(0.97, 1.03)):.1f}", rows)
