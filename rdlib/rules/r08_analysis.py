"""Rule 8, tool 8.3: the analyses that test a hypothesis tree, and what their results come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import date

from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.tree import ANALYSES, TREES, Analysis, Hypothesis, Tree
from rdlib.rules import tree_wording as wording
from rdlib.rules.commitments import Commitment
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r05_lines import listed
from rdlib.rules.registry import Context, Exercise
from rdlib.rules.trees import FAILS, HOLDS, OPEN, Rolled, begun, named, rolled_up, shape, trees
from rdlib.words import _, format_date, format_number, plural

TOOL = "8.3"
WORKBOOK = "08_solve_problems.ipynb"

NO_ANALYSIS = FindingKind(
    "R8-leaf-no-analysis", TOOL, Severity.MISSING, _("Leaves that nobody tests"),
    why=_("What is not tested is taken for true, and the trunk with it."),
)  # fmt: skip
NO_LEAF = FindingKind(
    "R8-analysis-no-leaf", TOOL, Severity.WEAK, _("An analysis that tests no leaf"),
    why=_("Work that no claim waits for is interesting, and changes nothing."),
)  # fmt: skip
ON_BRANCH = FindingKind(
    "R8-analysis-on-branch", TOOL, Severity.WEAK, _("An analysis of a claim that has branches"),
    why=_("What such a claim comes to follows from its branches; a result on the claim itself is lost."),
)  # fmt: skip
NO_METHOD = FindingKind(
    "R8-analysis-no-method", TOOL, Severity.MISSING, _("Not said what is done"),
    why=_("Whoever takes it on will choose what is easiest to get, not what settles it."),
)  # fmt: skip
NO_PRODUCT = FindingKind(
    "R8-analysis-no-product", TOOL, Severity.WEAK, _("No end product"),
    why=_("Without a picture of what will lie on the table, data are gathered until the time is up."),
)  # fmt: skip
NO_SOURCE = FindingKind(
    "R8-analysis-no-source", TOOL, Severity.WEAK, _("Sources not named"),
    why=_("Most of the time goes into getting at the data; nobody plans for what is not written down."),
)  # fmt: skip
NO_OWNER = FindingKind(
    "R8-analysis-no-owner", TOOL, Severity.MISSING, _("An analysis that nobody does"),
    why=_("What the team will look into, nobody looks into."),
)  # fmt: skip
NO_DAY = FindingKind(
    "R8-analysis-no-day", TOOL, Severity.MISSING, _("An analysis without a day"),
    why=_("It is done when something else has been decided already."),
)  # fmt: skip
ONE_WAY = FindingKind(
    "R8-analysis-one-way", TOOL, Severity.WEAK, _("It cannot come out against the hypothesis"),
    why=_("A test that can only be passed is no test, and its result convinces nobody who was not convinced before."),
)  # fmt: skip
OVERDUE = FindingKind(
    "R8-analysis-overdue", TOOL, Severity.WEAK, _("An analysis that is overdue"),
    why=_("Each week that it is late, the problem is treated on a guess."),
)  # fmt: skip
NO_EVIDENCE = FindingKind(
    "R8-result-no-evidence", TOOL, Severity.WEAK, _("A result without what was found"),
    why=_("A verdict that cannot be looked up is an opinion."),
)  # fmt: skip
NO_FOUND_ON = FindingKind(
    "R8-result-no-day", TOOL, Severity.NOTE, _("A result without a day"),
    why=_("Nobody can tell whether it was there when the decision was made."),
)  # fmt: skip
AHEAD = FindingKind(
    "R8-result-ahead", TOOL, Severity.NOTE, _("A result of a day that is still to come"),
    why=_("The day or the result is wrong."),
)  # fmt: skip
DISAGREE = FindingKind(
    "R8-results-disagree", TOOL, Severity.WEAK, _("Results that contradict each other"),
    why=_("Until it is known why, the leaf stays open, whichever result one prefers."),
)  # fmt: skip
SETTLED_EARLY = FindingKind(
    "R8-trunk-early", TOOL, Severity.WEAK, _("Declared settled before it is"),
    why=_("What is announced too early is defended later, whatever the open analyses show."),
)  # fmt: skip
AGAINST_RESULTS = FindingKind(
    "R8-trunk-against-results", TOOL, Severity.WEAK, _("Said otherwise than the results do"),
    why=_("There may be good reasons; if they are not written down, it looks as if the answer had been fixed before."),
)  # fmt: skip
NOT_SAID = FindingKind(
    "R8-trunk-not-said", TOOL, Severity.NOTE, _("The results settle the trunk, and nobody says so"),
    why=_("Analysis is finished when somebody draws the conclusion, and something is decided by it."),
)  # fmt: skip
PLANNED = FindingKind(
    "R8-analysis-planned", TOOL, Severity.GOOD, _("Each leaf has its test"),
    why=_("Whoever asks what is known and what is not gets an answer, with a name and a day."),
)  # fmt: skip

KINDS = (
    *(NO_ANALYSIS, NO_LEAF, ON_BRANCH, NO_METHOD, NO_PRODUCT, NO_SOURCE, NO_OWNER, NO_DAY, ONE_WAY, OVERDUE),
    *(NO_EVIDENCE, NO_FOUND_ON, AHEAD, DISAGREE, SETTLED_EARLY, AGAINST_RESULTS, NOT_SAID, PLANNED),
)


def analyses(priority: Priority) -> tuple[Analysis, ...]:
    """Return the analyses of a priority, dropped ones too."""
    return ANALYSES.read(priority)


def called(analysis: Analysis) -> str:
    """Return what to call an analysis."""
    said = (analysis.issue, analysis.product, analysis.method)
    return next((text.strip() for text in said if text and text.strip()), "") or _("(no name yet)")


def is_settled(analysis: Analysis) -> bool:
    """Say whether an analysis has a result, or is no longer needed."""
    return analysis.result in {HOLDS, FAILS, "dropped"}


def leaf_of(priority: Priority, analysis: Analysis) -> tuple[Tree, Hypothesis] | None:
    """Return the tree and the hypothesis that an analysis tests; None where it is not there."""
    of, _slash, id_ = (analysis.leaf or "").partition("/")
    for tree in trees(priority):
        if tree.id == of and (place := shape(tree).place(id_)):
            return tree, place.node
    return None


def attempted(priority: Priority, _context: Context) -> bool:
    """Say whether an analysis was entered."""
    return bool(analyses(priority))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the analyses of a priority, and what is said of its trunks."""
    here = f"priorities/{priority.id}"
    found: list[Finding] = []
    for number, analysis in enumerate(analyses(priority), start=1):
        if analysis.result != "dropped":
            there = f"{here}/{ANALYSES.key}/{analysis.id or f'#{number}'}"
            found += _planned(priority, analysis, there)
            found += _result(analysis, there, context.as_of)
    for number, tree in enumerate(trees(priority), start=1):
        if begun(tree):
            there = f"{here}/{TREES.key}/{tree.id or f'#{number}'}"
            let_go = {each.leaf for each in analyses(priority) if each.result == "dropped"}
            found += _of_tree(rolled_up(priority, tree), tree, there, let_go)
    if not any(finding.severity in {Severity.MISSING, Severity.WEAK} for finding in found):
        live = sum(each.result != "dropped" for each in analyses(priority))
        says = plural("{n} analysis.", "{n} analyses.", live)
        found.append(PLANNED.at(f"{here}/{ANALYSES.key}", says))
    return found


def _planned(priority: Priority, analysis: Analysis, there: str) -> Iterator[Finding]:
    name = called(analysis)
    tested = leaf_of(priority, analysis)
    if tested is None:
        yield NO_LEAF.at(
            f"{there}/leaf",
            _("“{name}” points at no hypothesis of a tree.").format(name=name),
            _("Choose the leaf that it would settle. If there is none, do not do it."),
        )
    elif shape(tested[0]).branches.get(tested[1].id):
        yield ON_BRANCH.at(
            f"{there}/leaf",
            _("“{name}” tests “{claim}”, which has branches.").format(name=name, claim=named(tested[1])),
            _("Hang it on one of the branches, or split it into an analysis for each."),
        )
    asked: tuple[tuple[FindingKind, str, str, str], ...] = (
        (NO_METHOD, "method", _("“{name}” does not say what is compared, counted or asked."),
         _("Say it in a sentence; begin with the smallest piece of work that could settle it.")),
        (NO_PRODUCT, "product", _("“{name}” does not say what will lie on the table."),
         _("Sketch the chart or the table with its axes, before anybody looks for data.")),
        (NO_SOURCE, "sources", _("“{name}” names no source."),
         _("Name the records or the people, and whether you can get at them.")),
        (NO_OWNER, "owner", _("Nobody does “{name}”."), _("Name one person.")),
    )  # fmt: skip
    for kind, field, what, then in asked:
        if not (getattr(analysis, field) or "").strip():
            yield kind.at(f"{there}/{field}", what.format(name=name), then)
    if analysis.by is None:
        yield NO_DAY.at(
            f"{there}/by",
            _("“{name}” has no day by which it is done.").format(name=name),
            _("Set a day before the next decision that depends on it."),
        )
    if wording.sets_out_to_prove(analysis.method or ""):
        yield ONE_WAY.at(
            f"{there}/method",
            _("“{name}” is worded as a proof: {method}").format(name=name, method=(analysis.method or "").strip()),
            _("Word it so that both answers are possible: compare, count, ask; and say what would speak against it."),
        )
    elif not (analysis.against or "").strip() and not is_settled(analysis):
        yield ONE_WAY.at(
            f"{there}/against",
            _("“{name}” does not say what would speak against the hypothesis.").format(name=name),
            _("Write down what you might find that would make you give it up."),
        )


def _result(analysis: Analysis, there: str, as_of: date) -> Iterator[Finding]:
    name = called(analysis)
    settled = analysis.result in {HOLDS, FAILS}
    if settled and not (analysis.found or "").strip():
        yield NO_EVIDENCE.at(
            f"{there}/found",
            _("“{name}” has a result, and nothing says what was found.").format(name=name),
            _("Write down the figure and where it can be looked up; until then call it open."),
        )
    if settled and analysis.found_on is None:
        yield NO_FOUND_ON.at(
            f"{there}/found_on",
            _("Not said when the result of “{name}” was there.").format(name=name),
            _("Enter the day."),
        )
    if settled and analysis.found_on is not None and analysis.found_on > as_of:
        yield AHEAD.at(
            f"{there}/found_on",
            _("“{name}” has a result of {day}.").format(name=name, day=format_date(analysis.found_on)),
            _("Put the day right, or call the result open."),
        )
    if not settled and analysis.by is not None and analysis.by < as_of:
        yield OVERDUE.at(
            f"{there}/by",
            _("“{name}” was due on {day} and has no result.").format(name=name, day=format_date(analysis.by)),
            _("Ask {owner} what stands in the way; then set a new day, or drop it openly.").format(
                owner=(analysis.owner or "").strip() or _("whoever was to do it")
            ),
        )


def _of_tree(rolled: Rolled, tree: Tree, where: str, let_go: Set[str | None]) -> Iterator[Finding]:
    untested = [
        leaf
        for leaf in rolled.shape.leaves
        if not rolled.analyses.get(leaf.id) and not (f"{tree.id}/{leaf.id}" in let_go and _is_moot(rolled, leaf.id))
    ]
    if untested:
        yield NO_ANALYSIS.at(
            where,
            _("{leaves}: {names}.").format(
                leaves=plural("{n} leaf has no analysis", "{n} leaves have no analysis", len(untested)),
                names=listed([f"“{named(leaf)}”" for leaf in untested], 3),
            ),
            _("Give each a piece of work that could settle it, the one that matters most first."),
        )
    for leaf in rolled.shape.leaves:
        said = {each.result for each in rolled.analyses.get(leaf.id, ())}
        if {HOLDS, FAILS} <= said:
            yield DISAGREE.at(
                f"{where}/nodes/{leaf.id}",
                _("One analysis of “{claim}” says that it holds, another that it fails.").format(claim=named(leaf)),
                _("Look for what differs: place, time, or what was counted. Or split the leaf in two."),
            )
    yield from _of_trunk(rolled, tree, where)


def _is_moot(rolled: Rolled, id_: str) -> bool:
    """Say whether a hypothesis no longer matters: a claim above it is settled without it."""
    over = rolled.shape.over[id_]
    return bool(over) and (rolled.verdicts[over] != OPEN or _is_moot(rolled, over))


def _of_trunk(rolled: Rolled, tree: Tree, where: str) -> Iterator[Finding]:
    trunk = rolled.shape.trunk
    if trunk is None:
        return
    if tree.verdict in {HOLDS, FAILS} and rolled.verdict == OPEN:
        yield SETTLED_EARLY.at(
            f"{where}/verdict",
            _("“{claim}” is said to be settled, and {n} of its leaves are open.").format(
                claim=named(trunk), n=format_number(len(rolled.open))
            ),
            _("Call it open, and get the result that could still change it; or say how the branches carry it."),
        )
    elif tree.verdict and rolled.verdict not in {OPEN, tree.verdict}:
        if not (tree.verdict_why or "").strip():
            yield AGAINST_RESULTS.at(
                f"{where}/verdict_why",
                _("The results come to “{results}”, and “{said}” is said.").format(
                    results=word_of(rolled.verdict), said=word_of(tree.verdict)
                ),
                _("Say what the results leave out, or follow them."),
            )
    elif not tree.verdict and rolled.verdict != OPEN:
        yield NOT_SAID.at(
            f"{where}/verdict",
            _("By its branches, “{claim}” {verdict}.").format(claim=named(trunk), verdict=word_of(rolled.verdict)),
            _("Say whether you agree, and what is to be done now."),
        )


def word_of(verdict: str | None) -> str:
    """Return the word for a verdict.

    >>> word_of("holds"), word_of(None)
    ('holds', 'open')
    """
    return {HOLDS: _("holds"), FAILS: _("fails"), "dropped": _("dropped")}.get(verdict or "", _("open"))


def in_sentences(rolled: Rolled) -> list[str]:
    """Say what the results so far come to, what is open, and which open leaf could do most."""
    trunk = rolled.shape.trunk
    if trunk is None:
        return []
    leaves = rolled.shape.leaves
    counts = {said: sum(rolled.verdicts[leaf.id] == said for leaf in leaves) for said in (HOLDS, FAILS, OPEN)}
    said = [
        {
            HOLDS: _("By the results so far, the trunk holds."),
            FAILS: _("By the results so far, the trunk fails."),
            OPEN: _("By the results so far, the trunk is open."),
        }[rolled.verdict],
        _("Leaves that hold: {holds}; that fail: {fails}; open: {open}.").format(
            **{key: format_number(value) for key, value in counts.items()}
        ),
    ]
    unsaid = [
        p.node for p in rolled.shape.places if not p.node.split and len(rolled.shape.branches.get(p.node.id, ())) > 1
    ]
    if rolled.verdict == OPEN and unsaid:
        many = plural(
            "For {n} claim nobody has said whether one branch is enough; it stays open unless all of them agree.",
            "For {n} claims nobody has said whether one branch is enough; they stay open unless all of them agree.",
            len(unsaid),
        )
        said.append(many)
    if rolled.swings:
        said.append(_swing(rolled))
    return said


def _swing(rolled: Rolled) -> str:
    first = rolled.swings[0]
    claim = named(first.leaf)
    if OPEN not in {first.if_holds, first.if_fails}:
        return _("“{claim}” decides: if it holds, the trunk {a}; if it fails, the trunk {b}.").format(
            claim=claim, a=word_of(first.if_holds), b=word_of(first.if_fails)
        )
    if first.if_holds != OPEN:
        return _("“{claim}” could settle it: if it holds, the trunk {a}; if it fails, it stays open.").format(
            claim=claim, a=word_of(first.if_holds)
        )
    if first.if_fails != OPEN:
        return _("“{claim}” could settle it: if it fails, the trunk {b}; if it holds, it stays open.").format(
            claim=claim, b=word_of(first.if_fails)
        )
    return _("No single open leaf settles the trunk; “{claim}” would change most on the way to it.").format(claim=claim)


def commitments(plan: Plan, _as_of: date) -> Iterable[Commitment]:
    """Return what is to be analysed, by whom and by when."""
    for priority in plan.priorities:
        for analysis in analyses(priority):
            if analysis.id and (analysis.by or (analysis.owner or "").strip()) and analysis.result != "dropped":
                yield Commitment(
                    key=f"analysis/{priority.id}/{analysis.id}",
                    tool=TOOL,
                    priority=priority.id,
                    what=(analysis.product or "").strip() or called(analysis),
                    owner=(analysis.owner or "").strip(),
                    due=analysis.by,
                    done=is_settled(analysis),
                    where=f"priorities/{priority.id}/{ANALYSES.key}/{analysis.id}",
                )


EXERCISE_8_3 = Exercise(
    id="8.3",
    title=_("Analysis plan"),
    rule=8,
    workbook=WORKBOOK,
    section="analysis",
    about=_(
        "Plan for each leaf what would settle it, who finds out by when, and draw the conclusion from the results."
    ),
    minutes=40,
    kinds=KINDS,
    attempted=attempted,
    check=check,
    hints=(
        _("Begin with the leaf that would change the most if it fell, not with the one whose data are at hand."),
        _("Draw the chart before you have the figures: two axes, and the line at which you would change your mind."),
        _("Ask who would be annoyed by the result. If nobody could be, the analysis cannot come out either way."),
        _("When a result is in, read the tree upwards: which claim holds, which falls, what is open?"),
    ),
)
EXERCISES = [EXERCISE_8_3]
COMMITMENTS = [commitments]
