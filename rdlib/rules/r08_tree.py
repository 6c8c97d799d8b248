"""Rule 8, tool 8.2: does a hypothesis tree take its question apart without overlap and without gap?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from rdlib.plan.priority import Priority
from rdlib.plan.tree import TREES, Hypothesis, Tree
from rdlib.rules import tree_wording as wording
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r05_lines import listed
from rdlib.rules.registry import Context, Exercise
from rdlib.rules.trees import Shape, begun, named, shape, trees
from rdlib.rules.wording import names_figure
from rdlib.words import _, format_number

TOOL = "8.2"
WORKBOOK = "08_solve_problems.ipynb"

#: More branches than this on one claim can hardly be kept apart. Ours.
MANY = 7
#: A branch that goes so many levels deeper than every other one is looked at. Ours.
DEEPER = 3

NO_QUESTION = FindingKind(
    "R8-tree-no-question", TOOL, Severity.MISSING, _("No question"),
    why=_("A tree that answers no question grows wherever somebody has something to say."),
)  # fmt: skip
NO_TRUNK = FindingKind(
    "R8-tree-no-trunk", TOOL, Severity.MISSING, _("No trunk"),
    why=_("Without an answer that you believe for now, there is nothing that results could bear out or bring down."),
)  # fmt: skip
SEVERAL_TRUNKS = FindingKind(
    "R8-tree-two-trunks", TOOL, Severity.WEAK, _("More than one trunk"),
    why=_("Results travel up to one claim; what hangs on another is lost on the way."),
)  # fmt: skip
LOOSE = FindingKind(
    "R8-tree-loose", TOOL, Severity.WEAK, _("A branch that hangs on nothing"),
    why=_("What it comes to reaches nobody: the claim above it is no longer in the tree."),
)  # fmt: skip
CIRCLE = FindingKind(
    "R8-tree-circle", TOOL, Severity.WEAK, _("Claims that hang on each other"),
    why=_("A claim that carries itself is tested by nothing."),
)  # fmt: skip
NO_WORDS = FindingKind(
    "R8-tree-no-words", TOOL, Severity.MISSING, _("A box without a claim"),
    why=_("An empty box cannot turn out to be wrong."),
)  # fmt: skip
QUESTION = FindingKind(
    "R8-tree-asks", TOOL, Severity.WEAK, _("A question in place of a claim"),
    why=_("A question cannot be wrong; only a claim tells you which figure to go and get."),
)  # fmt: skip
TOPIC = FindingKind(
    "R8-tree-topic", TOOL, Severity.WEAK, _("A topic in place of a claim"),
    why=_("Everything can be put under a topic, and nothing follows from it."),
)  # fmt: skip
NO_BRANCHES = FindingKind(
    "R8-tree-no-branches", TOOL, Severity.MISSING, _("A trunk without branches"),
    why=_("The large claim can be tested only through smaller ones."),
)  # fmt: skip
OVERLAP = FindingKind(
    "R8-tree-overlap", TOOL, Severity.WEAK, _("Two branches that overlap"),
    why=_("What two branches share is looked into twice, and nobody knows on which of them a result counts."),
)  # fmt: skip
DOUBLE = FindingKind(
    "R8-tree-double", TOOL, Severity.WEAK, _("The same claim twice"),
    why=_("It is tested twice or not at all, and its result counts double."),
)  # fmt: skip
GAP = FindingKind(
    "R8-tree-gap", TOOL, Severity.WEAK, _("Not said that nothing else could be it"),
    why=_("The true answer is often the branch that nobody drew."),
)  # fmt: skip
NO_SPLIT = FindingKind(
    "R8-tree-no-split", TOOL, Severity.NOTE, _("Not said how the branches carry the claim"),
    why=_("Whether one branch is enough or all are needed decides what a single result means."),
)  # fmt: skip
ONLY_ONE = FindingKind(
    "R8-tree-only-branch", TOOL, Severity.WEAK, _("A claim with a single branch"),
    why=_("One branch takes nothing apart: it repeats the claim, or its sisters are missing."),
)  # fmt: skip
MIXED = FindingKind(
    "R8-tree-mixed", TOOL, Severity.WEAK, _("Branches of different sorts"),
    why=_("A remedy beside a cause is chosen before anybody knows whether the cause is there."),
)  # fmt: skip
MANY_BRANCHES = FindingKind(
    "R8-tree-many", TOOL, Severity.NOTE, _("Many branches on one claim"),
    why=_("So many are seldom on one level; some belong together under a claim of their own."),
)  # fmt: skip
DEEP = FindingKind(
    "R8-tree-deep", TOOL, Severity.NOTE, _("One branch far deeper than the others"),
    why=_("Depth follows what somebody happens to know, and the other branches stay unexamined."),
)  # fmt: skip
UNTESTED = FindingKind(
    "R8-leaf-nothing-to-see", TOOL, Severity.MISSING, _("A leaf that says nothing one could see"),
    why=_("If true and false look alike, no work will ever tell them apart."),
)  # fmt: skip
NO_MEASURE = FindingKind(
    "R8-leaf-no-measure", TOOL, Severity.WEAK, _("A leaf without a measure"),
    why=_("Without something to count, the argument goes to whoever speaks last."),
)  # fmt: skip
NO_VALUE = FindingKind(
    "R8-leaf-no-value", TOOL, Severity.WEAK, _("A leaf without the value that would settle it"),
    why=_("A threshold set after the figure is known always fits."),
)  # fmt: skip
SOUND = FindingKind(
    "R8-tree-sound", TOOL, Severity.GOOD, _("A tree that can be put to the test"),
    why=_("Each leaf can fail, and together they leave no way around."),
)  # fmt: skip

KINDS = (
    *(NO_QUESTION, NO_TRUNK, SEVERAL_TRUNKS, LOOSE, CIRCLE, NO_WORDS, QUESTION, TOPIC, NO_BRANCHES, OVERLAP, DOUBLE),
    *(GAP, NO_SPLIT, ONLY_ONE, MIXED, MANY_BRANCHES, DEEP, UNTESTED, NO_MEASURE, NO_VALUE, SOUND),
)


def attempted(priority: Priority, _context: Context) -> bool:
    """Say whether a tree was begun."""
    return any(map(begun, trees(priority)))


def check(priority: Priority, _context: Context) -> list[Finding]:
    """Judge the hypothesis trees of a priority."""
    found = []
    for number, tree in enumerate(trees(priority), start=1):
        if begun(tree):
            found += judged(tree, f"priorities/{priority.id}/{TREES.key}/{tree.id or f'#{number}'}")
    return found


def judged(tree: Tree, where: str) -> list[Finding]:
    """Judge one tree.

    Args:
        tree: the tree.
        where: its path in the plan.
    """
    made = shape(tree)
    found = [*_built(tree, made, where)]
    for place in made.places:
        found += _said(place.node, where)
        if branches := made.branches.get(place.node.id):
            found += _split(tree, place.node, branches, made, where)
    found += _doubles(made, where)
    found += _deep(made, where)
    for leaf in made.leaves:
        found += _testable(leaf, f"{where}/nodes/{leaf.id}")
    if not any(finding.severity in {Severity.MISSING, Severity.WEAK} for finding in found):
        says = _("{n} leaves, each with what one would see, a measure and a value.")
        found.append(SOUND.at(where, says.format(n=format_number(len(made.leaves)))))
    return found


def _quoted(node: Hypothesis) -> str:
    return _("“{claim}”").format(claim=named(node))


def _built(tree: Tree, made: Shape, where: str) -> Iterator[Finding]:
    if not (tree.question or "").strip():
        yield NO_QUESTION.at(
            f"{where}/question",
            _("The tree does not say what it is to answer."),
            _("Write the question down: what, for whom, where, and by how much."),
        )
    trunk = made.trunk
    if trunk is None:
        yield NO_TRUNK.at(
            f"{where}/nodes",
            _("No claim stands at the root of the tree."),
            _("Answer the question in one sentence, as you believe it today, and put it first."),
        )
    for id_ in made.tops:
        node = next(place.node for place in made.places if place.node.id == id_)
        there = f"{where}/nodes/{id_}/parent"
        if id_ in made.loose:
            yield LOOSE.at(
                there,
                _("{claim} hangs on a claim that is not there.").format(claim=_quoted(node)),
                _("Say what it is a branch of, or remove it."),
            )
        elif id_ in made.circle:
            yield CIRCLE.at(
                there,
                _("{claim} hangs on itself, by way of its own branches.").format(claim=_quoted(node)),
                _("Say which of them stands nearest to the trunk, and hang it on another claim."),
            )
        elif trunk is not None and id_ != trunk.id:
            yield SEVERAL_TRUNKS.at(
                there,
                _("{claim} stands beside the trunk, not under it.").format(claim=_quoted(node)),
                _("Hang it on the claim that it bears out, or give it a tree of its own."),
            )
    if trunk is not None and len(made.places) == 1:
        yield NO_BRANCHES.at(
            f"{where}/nodes",
            _("{claim} has no branches yet.").format(claim=_quoted(trunk)),
            _("Ask what would have to be true for it to hold, and make each answer a branch."),
        )


def _said(node: Hypothesis, where: str) -> Iterator[Finding]:
    text, there = (node.statement or "").strip(), f"{where}/nodes/{node.id}/statement"
    if not text:
        yield NO_WORDS.at(
            there,
            _("A box of the tree says nothing yet."),
            _("Write the claim as a sentence that could be wrong, or remove it."),
        )
    elif wording.is_question(text):
        yield QUESTION.at(
            there,
            _("{claim} asks, where it should claim.").format(claim=_quoted(node)),
            _("Write down the answer that you expect; the work will show whether it holds."),
        )
    elif wording.is_topic(text):
        yield TOPIC.at(
            there,
            _("{claim} names a subject and says nothing of it.").format(claim=_quoted(node)),
            _("Make it a sentence: who does, has or lacks what, and what follows from that."),
        )


def _split(tree: Tree, node: Hypothesis, branches: Sequence[Hypothesis], made: Shape, where: str) -> Iterator[Finding]:
    there = f"{where}/nodes/{node.id}"
    if len(branches) == 1:
        yield ONLY_ONE.at(
            there,
            _("{claim} has one branch: {branch}.").format(claim=_quoted(node), branch=_quoted(branches[0])),
            _("Find what else it rests on, or take the branch and its claim together."),
        )
        return
    closed = (node.nothing_else or "").strip() or any(wording.is_rest(named(branch)) for branch in branches)
    if not closed:
        yield GAP.at(
            f"{there}/nothing_else",
            _("{n} branches of {claim}, and no word on whether there could be another.").format(
                n=format_number(len(branches)), claim=_quoted(node)
            ),
            _("Say why nothing else could be it, or add a branch for whatever else there is."),
        )
    if not node.split:
        yield NO_SPLIT.at(
            f"{there}/split",
            _("Is one branch of {claim} enough, or does it take all of them?").format(claim=_quoted(node)),
            _("Choose one; without it, results reach the trunk only where all branches agree."),
        )
    if len(branches) > MANY:
        yield MANY_BRANCHES.at(
            there,
            _("{claim} has {n} branches.").format(claim=_quoted(node), n=format_number(len(branches))),
            _("Put those together that share a reason, under a claim that states it."),
        )
    yield from _overlaps(tree, node, branches, where)
    yield from _mixed(tree, node, branches, there)


def _overlaps(tree: Tree, node: Hypothesis, branches: Sequence[Hypothesis], where: str) -> Iterator[Finding]:
    known = [tree.question or "", node.statement or ""]
    if len(branches) > 2:  # what all of them share is what the claim is about
        common = set.intersection(*(set(wording.stems(branch.statement or "")) for branch in branches))
        known.append(" ".join(common))
    for one, other in combinations(branches, 2):
        a, b = one.statement or "", other.statement or ""
        if not wording.is_same(a, b) and (words := wording.shared(a, b, known)):
            yield OVERLAP.at(
                f"{where}/nodes/{other.id}/statement",
                _("{one} and {other} share: {words}.").format(
                    one=_quoted(one), other=_quoted(other), words=listed(words, 6)
                ),
                _("Could both be true of the same case? Then draw the line between them, or make one of the two."),
            )


def _mixed(tree: Tree, node: Hypothesis, branches: Sequence[Hypothesis], there: str) -> Iterator[Finding]:
    why = wording.asks_why(tree.question or "")
    acts = [b for b in branches if b.claim == "action" or (not b.claim and why and wording.is_action(named(b)))]
    others = [b for b in branches if b not in acts]
    if acts and others:
        causes = _("What is to be done ({acts}) stands beside what is so ({others}).")
        yield MIXED.at(
            there,
            causes.format(acts=listed([*map(_quoted, acts)], 2), others=listed([*map(_quoted, others)], 2)),
            _("Keep remedies out until the causes are known; then draw a tree that asks what to do."),
        )
    elif {b.claim for b in branches} == {"cause", "state"}:
        yield MIXED.at(
            there,
            _("Some branches of {claim} say why, and others only that something is so.").format(claim=_quoted(node)),
            _("Ask of each: is it a reason for the claim above? Hang the others one level deeper, or drop them."),
        )


def _doubles(made: Shape, where: str) -> Iterator[Finding]:
    for one, other in combinations([place.node for place in made.places if place.node.statement], 2):
        if wording.is_same(one.statement or "", other.statement or ""):
            yield DOUBLE.at(
                f"{where}/nodes/{other.id}/statement",
                _("{claim} stands in the tree twice.").format(claim=_quoted(other)),
                _("Keep it where it carries most, and say in the other place what differs there."),
            )


def _deep(made: Shape, where: str) -> Iterator[Finding]:
    trunk = made.trunk
    branches = made.branches.get(trunk.id, ()) if trunk else ()
    depth = {place.node.id: place.depth for place in made.places}
    reach = {b.id: max([depth[b.id], *(depth[each.id] for each in made.below(b.id))]) for b in branches}
    for branch in branches:
        others = [deep for id_, deep in reach.items() if id_ != branch.id]
        if others and reach[branch.id] >= max(others) + DEEPER:
            yield DEEP.at(
                f"{where}/nodes/{branch.id}",
                _("{claim} goes {n} levels deeper than any other branch.").format(
                    claim=_quoted(branch), n=format_number(reach[branch.id] - max(others))
                ),
                _("Go no deeper than it takes to know what to measure; give the others the same attention."),
            )


def _testable(leaf: Hypothesis, there: str) -> Iterator[Finding]:
    if not (leaf.believe or leaf.measure or leaf.settles or "").strip():
        yield UNTESTED.at(
            f"{there}/believe",
            _("Nothing says what one would see if {claim} were true.").format(claim=_quoted(leaf)),
            _("Say what you would have to believe, what you would count, and which value would settle it."),
        )
        return
    if not (leaf.measure or "").strip():
        yield NO_MEASURE.at(
            f"{there}/measure",
            _("Not said what would be counted to test {claim}.").format(claim=_quoted(leaf)),
            _("Name a figure, a count or a sample of records that could be had within weeks."),
        )
    settles = (leaf.settles or "").strip()
    if not settles or not names_figure(settles):
        yield NO_VALUE.at(
            f"{there}/settles",
            _("Not said from which value on {claim} would hold.").format(claim=_quoted(leaf)),
            _("Set the value now, before anybody has looked: “more than half”, “at least 10 in 100”."),
        )


EXERCISE_8_2 = Exercise(
    id="8.2",
    title=_("Hypothesis tree"),
    rule=8,
    workbook=WORKBOOK,
    section="tree",
    about=_("Take a problem apart into claims that could be wrong, without overlap and without gap."),
    minutes=50,
    kinds=KINDS,
    attempted=attempted,
    check=check,
    hints=(
        _("Answer the question at once, as if you had to decide tonight. That guess is the trunk; it may be wrong."),
        _("Ask of the trunk: what would have to be true for it to hold? Three or four answers are enough."),
        _("Take two neighbours. Think of one real case: if it fits under both, the line between them is missing."),
        _("Stop when you can say of a leaf what you would count, and which number would make you give it up."),
    ),
)
EXERCISES = [EXERCISE_8_2]
