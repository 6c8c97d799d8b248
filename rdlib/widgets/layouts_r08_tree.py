"""Which fields the exercises of rule 8 on hypothesis trees show, and the graph on which a tree is drawn."""

from __future__ import annotations

from collections.abc import Callable

from rdlib.plan.tree import ANALYSES, TREES
from rdlib.widgets.graph import Plot
from rdlib.widgets.sheet import Block, Table
from rdlib.widgets.tree import HYPOTHESIS_TREE
from rdlib.words import _

Blocks = list[Block | Table]


def _tree(here: str) -> Blocks:
    names = ("statement", "parent", "claim", "split", "nothing_else", "believe", "measure", "settles")
    fields = ("question", "challenge", *(f"nodes/{name}" for name in names))
    return [Table(f"{here}/{TREES.key}", fields, title=TREES.label, as_cards=True)]


def _analysis(here: str) -> Blocks:
    verdict = ("question", "verdict", "verdict_why")
    return [
        Table(f"{here}/{ANALYSES.key}", title=ANALYSES.label, as_cards=True),
        Table(f"{here}/{TREES.key}", verdict, title=_("What you say of each trunk"), as_cards=True),
    ]


LAYOUTS: dict[str, Callable[[str], Blocks]] = {"8.2": _tree, "8.3": _analysis}
GRAPHS: dict[str, Plot] = {"8.2": HYPOTHESIS_TREE}
