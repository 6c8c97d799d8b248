"""The shipped cases as the tests see them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import attrs
from ruamel.yaml import YAML

from rdlib import paths
from rdlib.plan import Plan, PlanStore, Reading, read_plan
from rdlib.rules.findings import Finding
from rdlib.rules.registry import Context, Subject, check, exercise

NAMES = (
    "emergency-waits",
    "four-examples",
    "graduation",
    "kentucky",
    "new-south-wales",
    "pmdu",
    "pmdu-coalition",
    "punjab-floods",
    "punjab-skills",
    "punjab-stocktake",
    "start-here",
    "western-cape",
)


@attrs.frozen
class Weak:
    """A typical weak answer to a case.

    Attributes:
        tool: the exercise it belongs to.
        where: the field that a learner fills.
        answers: what is put where: text, a list of texts, or None to empty the field.
        triggers: the code of the finding that it must bring about.
        at: where that finding points.
        says: why somebody would write it.
    """

    tool: str
    where: str
    answers: dict[str, str | list[str] | None]
    triggers: str
    at: str
    says: str

    @property
    def priority(self) -> str:
        """The priority that it is about; empty where it is about the plan as a whole."""
        return self.where.split("/")[1] if self.where.startswith("priorities/") else ""


@attrs.frozen
class Case:
    """A folder in `exercises`."""

    folder: Path

    @property
    def meta(self) -> dict[str, Any]:
        return _meta(self.folder)

    @property
    def as_of(self) -> date:
        return date.fromisoformat(str(self.meta["as_of"]))

    @property
    def start(self) -> Reading:
        return read_plan(self.folder / "start")

    @property
    def plan(self) -> Reading:
        return _model(self.folder)

    def weak(self) -> Iterator[Weak]:
        for row in _load(self.folder / "weak.yaml"):
            given = row.get("set") or {row["where"]: row["value"]}
            answers = {path: value if isinstance(value, list) else _text(value) for path, value in given.items()}
            where = row["where"]
            yield Weak(str(row["tool"]), where, answers, row["triggers"], row.get("at", where), row["says"])

    def findings(self, plan: Plan | None = None, priority: str | None = None, tool: str | None = None) -> list[Finding]:
        """What the checks say of the model plan, or of another one, and of its priorities.

        Args:
            plan: the other one; left out, the model plan.
            priority: the only priority to look at (empty for none of them); left out, all.
            tool: the only exercise to check; left out, all.
        """
        if plan is None and priority is None and tool is None:
            return list(_findings(self))
        plan = plan or self.plan.plan
        return self._found(plan, priority, tool)

    def _found(self, plan: Plan, priority: str | None = None, tool: str | None = None) -> list[Finding]:
        chosen = [p for p in plan.priorities if priority in {None, p.id}]
        context = Context(plan, self.as_of)
        subjects: list[Subject] = [plan, *chosen]
        asked = subjects if tool is None else [each for each in subjects if isinstance(each, exercise(tool).scope)]
        return [f for each in asked for checked in check(each, context, tool) for f in checked.findings]


def case(name: str) -> Case:
    return Case(paths.exercises() / name)


def answer(folder: Path, weak: Weak) -> None:
    """Put a weak answer into a copy of a plan."""
    store = PlanStore(folder)
    for path, value in weak.answers.items():
        store.set(path, value)
    store.save()


@cache
def _model(folder: Path) -> Reading:
    return read_plan(folder / "plan")


@cache
def _findings(of: Case) -> tuple[Finding, ...]:
    return tuple(of._found(of.plan.plan))


@cache
def _meta(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = _load(folder / "case.yaml")
    return loaded


def _load(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def _text(value: object) -> str | None:
    return None if value in {None, ""} else str(value)
