"""Which fields the exercises of rule 5 show."""

from __future__ import annotations

from collections.abc import Callable

from rdlib.plan.chain import CHAINS
from rdlib.plan.fields import fields_of
from rdlib.plan.risks import RISKS, Risk
from rdlib.plan.rubric import RUBRIC, RUBRIC_AGREED
from rdlib.plan.strategy import STRATEGIES
from rdlib.widgets.sheet import Block, Table
from rdlib.words import _

Blocks = list[Block | Table]

#: What tool 5.3 asks of a risk; tool 9.3 asks more of those that could derail the whole.
_RISK = tuple(field.name for field in fields_of(Risk) if field.tool == "5.3")


def _chain(here: str) -> Blocks:
    actor = ("title", "level", "number", "number_reads", "counted_in", "part", "role", "skill", "will", "evidence")
    link = ("source", "target", "kind", "carries", "formal", "informal")
    fields = (
        *("title", "strategies", "levels/title"),
        *(f"actors/{name}" for name in (*actor, "illustrative")),
        *(f"links/{name}" for name in link),
    )
    return [Table(f"{here}/{CHAINS.key}", fields, title=CHAINS.label, as_cards=True)]


def _pressure(here: str) -> Blocks:
    fields = (
        *("title", "actors/title", "actors/building"),
        *(f"links/{name}" for name in ("source", "target", "kind", "controlled_by", "amount")),
        *(f"loops/{name}" for name in ("title", "actors", "measure", "frequency", "evidence_state", "evidence")),
        "judged",
    )
    return [
        Table(f"{here}/{CHAINS.key}", fields, title=_("What the tests ask for"), as_cards=True),
        Table(f"{here}/{RISKS.key}", _RISK, title=RISKS.label, as_cards=True),
    ]


def _rubric(here: str) -> Blocks:
    fields = ("person", "day", "strategies", "chains", "trajectories")
    return [
        Table(f"{here}/{RUBRIC.key}", fields, title=_("How each of you rates the plan"), as_cards=True),
        Table(f"{here}/{RUBRIC_AGREED.key}", fields, title=RUBRIC_AGREED.label, as_cards=True),
    ]


def _profiles(here: str) -> Blocks:
    fields = ("title", "scale", "resources", "success", "success_by", "leader", "milestones")
    return [Table(f"{here}/{STRATEGIES.key}", fields, title=_("Profiles"), as_cards=True)]


def _benchmarks(here: str) -> Blocks:
    return [Table(f"{here}/indicators", ("name", "benchmarks"), title=_("What it is compared with"), as_cards=True)]


def _effects(here: str) -> Blocks:
    where_to = ("target/kind", "target/value", "target/due", "most")
    fields = ("name", "unit", "direction", "baseline", *where_to, "without", "effects", "trajectory")
    return [Table(f"{here}/indicators", fields, title=_("Effects on each indicator"), as_cards=True)]


def _roadmap(here: str) -> Blocks:
    target = tuple(f"target/{name}" for name in ("wording", "kind", "value", "change_unit", "due", "why_this"))
    indicator = ("name", "unit", "direction", "baseline", *target, "effects")
    says = ("title", "description", "because", "scale", "start", "end", "leader", "resources", "success", "success_by")
    return [
        Table(f"{here}/indicators", indicator, title=_("The figure, and what each strategy adds to it"), as_cards=True),
        Table(f"{here}/{STRATEGIES.key}", (*says, "milestones"), title=_("Strategies and milestones"), as_cards=True),
    ]


LAYOUTS: dict[str, Callable[[str], Blocks]] = {
    "5.1": _profiles,
    "5.4": _benchmarks,
    "5.5": _effects,
    "5.2": _chain,
    "5.3": _pressure,
    "5.6": _rubric,
    "5.7": _roadmap,
}
