"""Rule 5, tool 5.3: six pressure tests of a delivery chain, computed from the drawing and set beside your judgement.

The tests themselves are in :mod:`rdlib.rules.r05_pressure_lines` (links, capacity, complexity) and
:mod:`rdlib.rules.r05_pressure_flows` (funding, choke points, feedback); what they share in
:mod:`rdlib.rules.r05_pressure_result`. What if something fails is in :mod:`rdlib.rules.r05_what_if`, and the risks in
:mod:`rdlib.rules.r05_risks`.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from rdlib.plan.chain import CHAINS, Chain
from rdlib.plan.priority import Priority
from rdlib.rules import r05_pressure_flows as across
from rdlib.rules import r05_pressure_lines as along
from rdlib.rules import r05_risks
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r05_chain_shape import begun, called, chains
from rdlib.rules.r05_lines import lines, listed
from rdlib.rules.r05_pressure_result import TESTS, Pressure, TestResult, title_of, verdict_word
from rdlib.rules.registry import Context, Exercise
from rdlib.words import _

TOOL = "5.3"
WORKBOOK = "05_implementation.ipynb"

#: The team's judgement and the drawing are apart from here on. Ours.
APART = 2
#: Six tests with at least this rating: the chain holds. Ours.
HOLDS = 3

NOT_JUDGED = FindingKind(
    "R5-not-judged", TOOL, Severity.MISSING, _("Not judged by you yet"),
    why=_("The drawing knows what you drew; only you know the people."),
)  # fmt: skip
JUDGED_OTHERWISE = FindingKind(
    "R5-judged-otherwise", TOOL, Severity.WEAK, _("Judged otherwise, and not said why"),
    why=_("Either the drawing lacks something that you know, or you hope for something that it does not show."),
)  # fmt: skip
HOLDS_ALL = FindingKind(
    "R5-chain-holds", TOOL, Severity.GOOD, _("The chain holds under all six tests"),
    why=_("What is decided at the start has a good chance of being felt at the end, as far as can be seen today."),
)  # fmt: skip

KINDS = (NOT_JUDGED, JUDGED_OTHERWISE, HOLDS_ALL, *along.KINDS, *across.KINDS, *r05_risks.KINDS)


def pressure(chain: Chain, where: str = "") -> Pressure:
    """Put one chain under the six tests.

    Args:
        chain: the chain.
        where: path of the chain, for the places of the findings.

    >>> [result.rating for result in pressure(Chain("c1")).tests]
    [None, None, None, None, None, None]
    """
    drawn = lines(chain)
    results = (
        along.links(drawn, where),
        along.capacity(drawn, where),
        along.complexity(drawn, where),
        across.funding(drawn, where),
        across.choke_points(drawn, where),
        across.feedback(drawn, where),
    )
    judged = [attrs.evolve(result, team=getattr(chain.judged, result.test)) for result in results]
    return Pressure(chain, drawn, tuple(judged))


def results_of(priority: Priority) -> list[Pressure]:
    """Put every chain of a priority that was begun under the six tests."""
    return [
        pressure(chain, f"priorities/{priority.id}/{CHAINS.key}/{chain.id or f'#{number}'}")
        for number, chain in enumerate(chains(priority), start=1)
        if begun(chain)
    ]


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether anything was answered that the tests ask for: a judgement, a loop, money, a risk."""
    return bool(r05_risks.risks(priority)) or any(map(_answered, chains(priority)))


def _answered(chain: Chain) -> bool:
    judged = (getattr(chain.judged, test) for test in TESTS)
    return bool(
        chain.loops
        or any(judgement.rating or judgement.note for judgement in judged)
        or any(link.kind == "funding" for link in chain.links)
        or any(actor.building for actor in chain.actors)
    )


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge each chain under the six tests, the team's own judgement beside them, and the risks (Rule 5, tool 5.3)."""
    results = results_of(priority)
    found: list[Finding] = []
    for each in results:
        where = f"priorities/{priority.id}/{CHAINS.key}/{each.chain.id}"
        found += _judgements(each, where)
        for result in each.tests:
            found += result.findings
        if all((result.rating or 0) >= HOLDS for result in each.tests):
            says = _("“{chain}”: all six tests say that it holds, or holds with care.").format(chain=called(each.chain))
            found.append(HOLDS_ALL.at(where, says))
    return found + r05_risks.check(priority, results)


def _judgements(tested: Pressure, where: str) -> Iterator[Finding]:
    without = [result for result in tested.tests if result.team.rating is None]
    if without:
        yield NOT_JUDGED.at(
            f"{where}/judged/{without[0].test}/rating",
            _("Without your judgement: {tests}.").format(tests=listed([result.title for result in without], 6)),
            _("Judge each of them from 1 to 4, and say which actor or link you have in mind."),
        )
    for result in tested.tests:
        if abs(result.apart) >= APART and not (result.team.note or "").strip():
            yield JUDGED_OTHERWISE.at(
                f"{where}/judged/{result.test}/note",
                _("{test}: you say “{yours}”, the drawing says “{drawing}”. {says}").format(
                    test=title_of(result.test),
                    yours=verdict_word(result.team.rating),
                    drawing=verdict_word(result.rating),
                    says=result.says,
                ),
                _("Write down what you know that is not on the drawing, draw it, or change your judgement."),
            )


def worst_of(results: list[Pressure]) -> TestResult | None:
    """Return the weakest result of all chains; None where none could be rated."""
    weakest = [each.weakest for each in results if each.weakest]
    return min(weakest, key=lambda result: result.rating or 0, default=None)


EXERCISE_5_3 = Exercise(
    id="5.3",
    title=_("Six pressure tests"),
    rule=5,
    workbook=WORKBOOK,
    section="pressure",
    about=_("Find out where your delivery chain would break first, before it does, and what you will do about it."),
    minutes=45,
    kinds=KINDS,
    attempted=attempted,
    check=check,
    hints=(
        _("Follow one instruction along the chain in your mind: where would it be put aside, and by whom?"),
        _("Take each actor away in turn. Who would notice, and how would it go on?"),
        _("Draw the money as well. If it comes down another road than the influence, ask whom people will listen to."),
    ),
)
