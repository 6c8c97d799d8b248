"""A delivery chain that holds under all six tests, to change one thing at a time from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import attrs

from rdlib.plan.chain import CHAINS, Actor, Chain, Judgement, Judgements, Level, Link, Loop
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.risks import RISKS, Risk
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.rules.findings import Finding
from rdlib.rules.registry import Context

CONTEXT = Context(Plan(), date(2026, 11, 23))
P = "priorities/waits"
C = f"{P}/chains/c1"

LEVELS = tuple(Level(f"v{n}", title=title) for n, title in enumerate(("Centre", "Regions", "Hospitals", "Patients"), 1))

MINISTER = Actor("a1", title="Minister", level="v1", number=1.0, part="start", role="Asks for it", skill=4, will=4)
NORTH = Actor("a2", title="North", level="v2", number=1.0, role="Agrees it", skill=4, will=4)
SOUTH = attrs.evolve(NORTH, id="a3", title="South")
HOSPITALS = Actor(
    "a4", title="Hospitals", level="v3", number=40.0, counted_in="hospitals", role="Do it", skill=4, will=4
)
PATIENTS = Actor("a5", title="Patients", level="v4", number=9000.0, counted_in="visits a year", part="end")

LINKS = (
    Link("k1", source="a1", target="a2", formal=4, informal=4),
    Link("k2", source="a1", target="a3", formal=4, informal=4),
    Link("k3", source="a2", target="a4", formal=4, informal=4),
    Link("k4", source="a3", target="a4", formal=4, informal=3),
    Link("k5", source="a4", target="a5", informal=4),
    Link("k6", source="a1", target="a2", kind="funding"),
)
LOOP = Loop("b1", title="Weekly wait", actors=("a1", "a2", "a3", "a4", "a5"), measure="The wait", frequency="weekly",
            evidence_state="now")  # fmt: skip
JUDGED = Judgements(**dict.fromkeys(("links", "capacity", "complexity", "funding", "chokes", "feedback"), Judgement(4)))
CHAIN = Chain(
    "c1",
    title="To the patients",
    strategies=("s1",),
    levels=LEVELS,
    actors=(MINISTER, NORTH, SOUTH, HOSPITALS, PATIENTS),
    links=LINKS,
    loops=(LOOP,),
    judged=JUDGED,
)
RISK = Risk(
    "r1",
    title="The South tires",
    actors=("c1/a3",),
    first_sign="Calls are put off",
    likelihood="2",
    effect="2",
    answer="A deputy in each call",
    owner="Minister",
)


def changed(chain: Chain = CHAIN, **rows: dict[str, Any] | None) -> Chain:
    """The chain with some of its rows changed: ``a2={"skill": 1}``; None takes a row out."""
    tables: dict[str, Any] = {}
    for name in ("levels", "actors", "links", "loops"):
        table = getattr(chain, name)
        kept = [(row, rows.get(row.id, {})) for row in table]
        tables[name] = tuple(attrs.evolve(row, **change) for row, change in kept if change is not None)
    return attrs.evolve(chain, **tables)


def priority(*chains: Chain, risks: Iterable[Risk] = (RISK,), strategies: Iterable[Strategy] = ()) -> Priority:
    parts = {CHAINS.key: chains or (CHAIN,), RISKS.key: tuple(risks), STRATEGIES.key: tuple(strategies)}
    return Priority(id="waits", title="Waits", parts=parts)


def codes(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """What was found, as codes and places, the places without what all of them have in common."""
    return [(f.code, f.where.removeprefix(f"{P}/").removeprefix("chains/c1").lstrip("/")) for f in findings]
