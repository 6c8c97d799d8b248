"""The shipped cases as a workbook shows them: starting plan, model answer, typical weak answers."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from rdlib import paths
from rdlib.plan.plan import Plan
from rdlib.plan.store import read_plan
from rdlib.plan.values import read_day


@attrs.frozen
class WeakAnswer:
    """A typical weak answer of a case.

    Attributes:
        tool: the tool that it answers.
        shown: the answer as a person would write it.
        triggers: the code of the finding that it must trigger.
        says: why people write it.
    """

    tool: str
    shown: str
    triggers: str
    says: str


@cache
def _yaml(file: Path) -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))


def folder(case: str) -> Path:
    """Return the folder of a case."""
    return paths.exercises() / case


def as_of(case: str) -> date:
    """Return the day for which a case is judged."""
    return read_day(str(_yaml(folder(case) / "case.yaml")["as_of"]))


def told_on(plan: Path) -> date | None:
    """Return the day on which the story of a case stands, where a plan lies in the folder of one; else None.

    Args:
        plan: the folder of the plan.

    >>> told_on(paths.exercises() / "emergency-waits" / "plan")
    datetime.date(2003, 6, 30)
    >>> told_on(paths.templates() / "plan") is None
    True
    """
    file = plan.resolve().parent / "case.yaml"
    told = (_yaml(file) or {}).get("as_of") if file.is_file() else None
    return read_day(str(told)) if told else None


@cache
def start(case: str) -> Plan:
    """Return the plan that a learner starts from."""
    return read_plan(folder(case) / "start").plan


@cache
def model(case: str) -> Plan:
    """Return the model plan of a case."""
    return read_plan(folder(case) / "plan").plan


def model_text(case: str, rule: int | None = None) -> str:
    """Return the model answer in words (Markdown), without its title.

    Args:
        case: the name of the case.
        rule: only the part under the headings that name this rule, as in "The strategies (Rule 4)"; the whole text
            where no heading names it.
    """
    text = (folder(case) / "model.md").read_text(encoding="utf-8")
    whole = text.partition("\n")[2].strip() if text.startswith("# ") else text.strip()
    parts = [f"## {part}" for part in f"\n{whole}".split("\n## ")[1:]]
    named = [part for part in parts if f"(Rule {rule})" in part.partition("\n")[0]]
    return "\n\n".join(part.strip() for part in named) or whole


def weak_answers(case: str, tool: str) -> list[WeakAnswer]:
    """Return the typical weak answers to one tool of a case."""
    listed = _yaml(folder(case) / "weak.yaml")
    return [
        WeakAnswer(str(w["tool"]), _shown(w), w["triggers"], " ".join(w["says"].split()))
        for w in listed
        if str(w["tool"]) == tool
    ]


def _shown(weak: dict[str, Any]) -> str:
    if "shown" in weak:  # several answers together, said in words
        return str(weak["shown"])
    values = [weak["value"]] if "value" in weak else list(weak.get("set", {}).values())
    return "; ".join(str(v) if v not in (None, "") else "—" for v in values)
