"""The shape of a hypothesis tree, and how results travel up to its trunk (Rule 8).

The logic is that of Kleene, with three values: what holds, what fails, and what is open. It never becomes a number:
four leaves of five that hold say nothing about how likely the trunk is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import attrs

from rdlib.plan.priority import Priority
from rdlib.plan.tree import ANALYSES, TREES, Analysis, Hypothesis, Tree
from rdlib.words import _

HOLDS, FAILS, OPEN = "holds", "fails", "open"


@attrs.frozen
class Place:
    """A hypothesis in its tree: how deep it stands, and its number such as ``1.2``; the trunk has none."""

    node: Hypothesis
    depth: int
    number: str


@attrs.frozen
class Shape:
    """A tree put in order, whatever its file says.

    Attributes:
        places: every hypothesis, depth first, siblings in the order of the rows.
        branches: the branches of each, by its id.
        over: the id of the hypothesis that each hangs on; empty for none.
        tops: the ids of those that hang on nothing: the trunk first.
        loose: those of them whose parent is not in the tree.
        circle: those that hang on themselves, by way of others; one of them stands among the tops.
    """

    places: tuple[Place, ...]
    branches: Mapping[str, tuple[Hypothesis, ...]]
    over: Mapping[str, str]
    tops: tuple[str, ...]
    loose: frozenset[str]
    circle: frozenset[str]

    @property
    def trunk(self) -> Hypothesis | None:
        """The trunk: the first that has no parent; None where there is none."""
        cut = self.loose | self.circle
        return next((p.node for p in self.places if p.depth == 0 and p.node.id not in cut), None)

    @property
    def leaves(self) -> list[Hypothesis]:
        """Everything that has no branches, but not a trunk that stands alone."""
        return [p.node for p in self.places if not self.branches.get(p.node.id) and p.depth]

    def place(self, id_: str) -> Place | None:
        """Return where a hypothesis stands."""
        return next((place for place in self.places if place.node.id == id_), None)

    def below(self, id_: str) -> list[Hypothesis]:
        """Return everything that hangs on a hypothesis, near or far."""
        found: list[Hypothesis] = []
        for node in self.branches.get(id_, ()):
            found += [node, *self.below(node.id)]
        return found


def keyed(tree: Tree) -> Tree:
    """Return a tree in which every hypothesis has an id, as paths name it: ``#2`` where a row has none of its own.

    >>> [n.id for n in keyed(Tree("t1", nodes=(Hypothesis("n1"), Hypothesis("n1"), Hypothesis()))).nodes]
    ['n1', '#2', '#3']
    """
    seen: set[str] = set()
    found = []
    for place, node in enumerate(tree.nodes, start=1):
        id_ = node.id if node.id and node.id not in seen else f"#{place}"
        seen.add(id_)
        found.append(node if node.id == id_ else attrs.evolve(node, id=id_))
    return attrs.evolve(tree, nodes=tuple(found))


def shape(tree: Tree) -> Shape:
    """Return the shape of a tree; a parent that is not there, and a circle, never stop it.

    >>> odd = Tree("t1", nodes=(Hypothesis("a", parent="b"), Hypothesis("b", parent="a"), Hypothesis("c", parent="x")))
    >>> made = shape(odd)
    >>> [p.node.id for p in made.places], sorted(made.circle), sorted(made.loose)
    (['c', 'a', 'b'], ['a', 'b'], ['c'])
    """
    nodes = keyed(tree).nodes
    known = {node.id: node for node in nodes}
    over = {node.id: node.parent if node.parent in known else "" for node in nodes}
    circle = {id_ for id_ in known if _returns(id_, over)}
    tops = [node.id for node in nodes if not over[node.id]]
    reached: set[str] = set()
    children: dict[str, list[Hypothesis]] = defaultdict(list)
    for node in nodes:
        if over[node.id]:
            children[over[node.id] or ""].append(node)
    places: list[Place] = []

    def walk(id_: str, number: str, depth: int) -> None:
        reached.add(id_)
        places.append(Place(known[id_], depth, number))
        children[id_] = [child for child in children[id_] if child.id not in reached]
        for n, child in enumerate(children[id_], start=1):
            walk(child.id, f"{number}.{n}".lstrip("."), depth + 1)

    for id_ in tops:
        walk(id_, "", 0)
    for id_ in (node.id for node in nodes if node.id in circle):
        if id_ not in reached:
            over[id_] = ""
            tops.append(id_)
            walk(id_, "", 0)
    loose = {node.id for node in nodes if node.parent and node.parent not in known}
    tops.sort(key=lambda id_: id_ in loose or id_ in circle)
    return Shape(
        tuple(places),
        {id_: tuple(found) for id_, found in children.items() if found},
        {id_: parent or "" for id_, parent in over.items()},
        tuple(tops),
        frozenset(loose),
        frozenset(circle),
    )


def _returns(id_: str, over: Mapping[str, str | None]) -> bool:
    """Whether the way up from a hypothesis leads back to it."""
    here, seen = over.get(id_), set()
    while here and here not in seen:
        if here == id_:
            return True
        seen.add(here)
        here = over.get(here)
    return False


def trees(priority: Priority) -> tuple[Tree, ...]:
    """Return the hypothesis trees of a priority."""
    return TREES.read(priority)


def begun(tree: Tree) -> bool:
    """Say whether anything was entered in a tree."""
    return bool((tree.question or "").strip() or tree.nodes)


def named(node: Hypothesis) -> str:
    """Return what to call a hypothesis."""
    return (node.statement or "").strip() or _("(no words yet)")


def asked(tree: Tree) -> str:
    """Return the question of a tree, as its name."""
    return (tree.question or "").strip() or _("(no question yet)")


# --- results --------------------------------------------------------------------------------------------------------


@attrs.frozen
class Swing:
    """What an open leaf could still do: what the trunk would be if it held, and if it failed."""

    leaf: Hypothesis
    if_holds: str
    if_fails: str

    @property
    def ways(self) -> int:
        """In how many of the two cases the trunk would be settled."""
        return (self.if_holds != OPEN) + (self.if_fails != OPEN)


@attrs.frozen
class Rolled:
    """What the results so far come to.

    Attributes:
        shape: the shape of the tree.
        verdicts: ``holds``, ``fails`` or ``open`` for each hypothesis, by its id.
        analyses: the analyses of each hypothesis that were not dropped, by its id.
        open: the leaves that are open.
        swings: for each open leaf what it could still do, the one that could do most first.
    """

    shape: Shape
    verdicts: Mapping[str, str]
    analyses: Mapping[str, tuple[Analysis, ...]]
    open: tuple[Hypothesis, ...]
    swings: tuple[Swing, ...]

    @property
    def verdict(self) -> str:
        """What the trunk comes to; open where there is no trunk."""
        trunk = self.shape.trunk
        return self.verdicts[trunk.id] if trunk else OPEN


def combined(split: str | None, verdicts: Sequence[str]) -> str:
    """Return what a claim comes to from what its branches came to.

    Args:
        split: ``any`` (one is enough), ``all`` (it takes all), or something else where nobody has said; then only
            branches that agree settle it.
        verdicts: what each branch came to.

    >>> combined("any", ["fails", "holds"]), combined("all", ["fails", "open"]), combined("all", ["holds", "open"])
    ('holds', 'fails', 'open')
    >>> combined(None, ["holds", "holds"]), combined(None, ["holds", "fails"])
    ('holds', 'open')
    """
    if not verdicts:
        return OPEN
    if split == "any" and HOLDS in verdicts:
        return HOLDS
    if split == "all" and FAILS in verdicts:
        return FAILS
    return verdicts[0] if len(set(verdicts)) == 1 else OPEN


def of_leaf(analyses: Iterable[Analysis]) -> str:
    """Return what a leaf comes to from its analyses: settled when all that were not dropped say the same.

    >>> of_leaf([Analysis("a1", result="holds"), Analysis("a2", result="dropped")]), of_leaf([Analysis("a1")])
    ('holds', 'open')
    """
    said = {each.result or OPEN for each in analyses if each.result != "dropped"}
    only = said.pop() if len(said) == 1 else OPEN
    return only if only in {HOLDS, FAILS} else OPEN


def analyses_of(priority: Priority, tree: Tree) -> dict[str, tuple[Analysis, ...]]:
    """Return the analyses of each hypothesis of a tree, by its id, without those that were dropped."""
    found: dict[str, list[Analysis]] = defaultdict(list)
    for each in ANALYSES.read(priority):
        of, _slash, node = (each.leaf or "").partition("/")
        if of == tree.id and each.result != "dropped":
            found[node].append(each)
    return {id_: tuple(some) for id_, some in found.items()}


def _up(made: Shape, leaves: Mapping[str, str]) -> dict[str, str]:
    verdicts = dict(leaves)
    for place in reversed(made.places):
        node = place.node
        if children := made.branches.get(node.id):
            verdicts[node.id] = combined(node.split, [verdicts[child.id] for child in children])
    return verdicts


def rolled_up(priority: Priority, tree: Tree) -> Rolled:
    """Return what the results so far say about every hypothesis of a tree."""
    made = shape(tree)
    analyses = analyses_of(priority, tree)
    ends = [place.node for place in made.places if not made.branches.get(place.node.id)]
    leaves = {node.id: of_leaf(analyses.get(node.id, ())) for node in ends}
    verdicts = _up(made, leaves)
    trunk = made.trunk
    waiting = [node for node in ends if leaves[node.id] == OPEN and trunk is not None and node.id != trunk.id]
    swings: list[tuple[int, Swing]] = []
    for node in waiting if trunk is not None and verdicts[trunk.id] == OPEN else ():
        assert trunk is not None
        if_holds, if_fails = (_up(made, {**leaves, node.id: value}) for value in (HOLDS, FAILS))
        changed = sum((if_holds[id_] != said) + (if_fails[id_] != said) for id_, said in verdicts.items())
        swings.append((changed, Swing(node, if_holds[trunk.id], if_fails[trunk.id])))
    ordered = sorted(swings, key=lambda each: (-each[1].ways, -each[0]))
    return Rolled(made, verdicts, analyses, tuple(waiting), tuple(swing for _n, swing in ordered))
