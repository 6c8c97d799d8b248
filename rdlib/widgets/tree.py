"""The hypothesis tree as a graph to be made in three steps (Rule 8, tool 8.2)."""

from __future__ import annotations

from rdlib.figures.tree import key_to, tree_drawing, tree_figure
from rdlib.plan.tree import TREES, Hypothesis, Tree
from rdlib.rules.trees import keyed, named, shape
from rdlib.widgets.graph import Plot, State, Step
from rdlib.words import _, format_number, plural

#: With more hypotheses than this, the tree is changed in the fields, not on the picture. Ours.
MOST_ON_PICTURE = 120


def _says(tree: Tree, node: Hypothesis) -> str:
    made = shape(tree)
    place = made.place(node.id)
    words = [named(node)]
    if place is not None:
        trunk = made.trunk
        words.insert(0, _("Trunk") if trunk and trunk.id == node.id else place.number or _("hangs on nothing"))
    if over := tree.node(made.over.get(node.id)):
        sisters = made.branches[over.id]
        where = _("branch {n} of {all} of “{claim}”")
        n = next(n for n, each in enumerate(sisters, start=1) if each.id == node.id)
        words.append(where.format(n=format_number(n), all=format_number(len(sisters)), claim=named(over)))
    words.append(plural("{n} branch", "{n} branches", len(made.branches.get(node.id, ()))))
    return ", ".join(words)


def _states(tree: Tree) -> list[State]:
    """How far the three steps are."""
    made = shape(tree)
    split = [tree.node(id_) for id_, branches in made.branches.items() if len(branches) > 1]
    told = sum(bool(node and node.split and (node.nothing_else or "").strip()) for node in split)
    ready = sum(bool((n.believe or "").strip() and (n.measure or n.settles or "").strip()) for n in made.leaves)
    count = plural("{n} hypothesis", "{n} hypotheses", len(made.places))
    of = _("{n} of {all}")
    return [
        State(len(made.leaves) > 1, count),
        State(0 < len(split) == told, of.format(n=format_number(told), all=format_number(len(split)))),
        State(0 < len(made.leaves) == ready, of.format(n=format_number(ready), all=format_number(len(made.leaves)))),
    ]


#: The hypothesis tree of tool 8.2: its boxes hang on each other, and the depth of each is its column.
HYPOTHESIS_TREE = Plot(
    key="hypothesis-tree",
    title=_("Hypothesis tree"),
    part=TREES.key,
    named="question",
    nodes="nodes",
    parent="parent",
    steps=(
        Step(
            "claims",
            _("Claims"),
            _(
                "Write the trunk first: your answer to the question, as you believe it today. Then select a claim and "
                "add what would have to be true for it to hold."
            ),
            adds="nodes",
            asks=("statement", "parent"),
            fields={"nodes": ("statement", "parent", "claim")},
            home=("nodes",),
        ),
        Step(
            "split",
            _("How branches carry their claim"),
            _("Select each claim that has branches: is one of them enough, and why could it be nothing else?"),
            fields={"nodes": ("split", "nothing_else")},
        ),
        Step(
            "leaves",
            _("What would settle each leaf"),
            _("Select each leaf: what would one see if it were true, what would be counted, which value settles it?"),
            fields={"nodes": ("believe", "measure", "settles")},
        ),
    ),
    one={"nodes": _("Hypothesis")},
    begin=_("Begin a tree, by its question:"),
    draw=tree_drawing,
    key_to=key_to,
    figure=tree_figure,
    keyed=keyed,
    whole=lambda tree: len(tree.nodes) <= MOST_ON_PICTURE,
    says_node=_says,
    states=_states,
)
