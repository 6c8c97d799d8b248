"""Rule 5, tool 5.6: what the plan itself proves of each of the eight criteria, and the rating that this supports.

One pure function for each criterion. It holds the plan against a few marks that can be looked up; what nobody can look
up (whether an aim is bold enough, whether an answer would work) is left to people, and said so. The rating that the
marks support: 1 where none stands, 2 where one of the core marks is lacking, 3 where another one is, 4 where nothing
is. Which marks are core is our choice. A person's rating stands beside it and is never replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rdlib.plan.chain import CHAINS, Actor, Chain
from rdlib.plan.coalition import COALITION
from rdlib.plan.fields import field_of
from rdlib.plan.indicator import Indicator
from rdlib.plan.priority import Priority
from rdlib.plan.risks import RISKS, Risk
from rdlib.plan.rubric import PlannedChains, PlannedStrategies, PlannedTrajectories
from rdlib.plan.strategy import Strategy
from rdlib.rules import r06_costs, trend
from rdlib.rules.architecture import indicators_of, name_of
from rdlib.rules.marks import Mark, each_has, facts_from, yes
from rdlib.rules.r02_smart import goal, has_number
from rdlib.rules.r04_candidates import Answer, carries_target, chosen, said, verdict
from rdlib.rules.r04_candidates import name_of as strategy_name
from rdlib.rules.r04_mix import coverage, order
from rdlib.rules.r05_effects import what_it_adds
from rdlib.rules.r05_lines import INFLUENCE, kind_of, lines, strength
from rdlib.rules.r05_lines import name_of as actor_name
from rdlib.rules.r05_trajectory import NoPath, trajectory
from rdlib.rules.r06_funding import covered, gap
from rdlib.rules.ratings import Facts
from rdlib.rules.registry import Context
from rdlib.words import _, format_number

#: Kinds of evidence that count as good practice, from here or from elsewhere.
_PRACTICE = frozenset({"tested", "elsewhere", "own-figures"})
#: Skill or will up to this rating has to be built. Our threshold.
_TO_BUILD = 2
#: A link that is no stronger than this, on a scale from 1 to 4, is weak. Our threshold.
_WEAK_LINK = 2.0


# --- strategies -----------------------------------------------------------------------------------------------------


def aspiration(priority: Priority, context: Context) -> Facts:
    """Return what the plan shows of the aspiration: outcomes, measures, targets with a day, and what they serve."""
    stated = [o for o in priority.outcomes if said(o.statement)]
    targets = [i for i in priority.indicators if carries_target(i)]
    serving = [o for o in stated if o.leads_to and priority.outcome(o.leads_to) is not None]
    return facts_from(
        "strategies/aspiration",
        field_of(PlannedStrategies, "aspiration"),
        (
            yes(
                bool(stated),
                _("{n} outcomes in words").format(n=format_number(len(stated)))
                if len(stated) != 1
                else _("1 outcome in words"),
                _("No outcome says what will be different, and for whom."),
                core=True,
            ),
            each_has(
                ((name_of(o), bool(indicators_of(o, priority))) for o in stated),
                _("{n} of {all} outcomes have an indicator"),
                _("No indicator would show whether it comes about: {names}."),
            ),
            yes(
                any(has_number(goal(i, context)) for i in targets),
                _("a target with a number"),
                _("No indicator has a target with a number."),
                core=True,
            ),
            each_has(
                ((said(i.name) or i.id, goal(i, context).due is not None) for i in targets),
                _("{n} of {all} targets have a day"),
                _("No day by which it is to be reached: {names}."),
                core=True,
            ),
            yes(
                bool(serving),
                _("outcomes that serve a larger one"),
                _("Nothing says which larger outcome this serves (Rule 2, levels)."),
            ),
        ),
        _("whether it is bold, easily grasped and worth the effort"),
    )


def strategies(priority: Priority, context: Context) -> Facts:
    """Return what the plan shows of the strategies: coverage, theories of action, evidence, order."""
    picked = chosen(priority)
    found = order(priority)
    because = [
        (strategy_name(s), all(m.answer is Answer.YES for m in verdict(s, priority).marks if m.key == "because"))
        for s in picked
    ]
    in_order = not found.circles and not found.clashes and all(s.start and s.end for s in picked)
    together = len(picked) < 2 or any(said(s.together) for s in picked)
    return facts_from(
        "strategies/strategies",
        field_of(PlannedStrategies, "strategies"),
        (
            yes(
                bool(picked),
                _("{n} chosen").format(n=format_number(len(picked))),
                _("No strategy is chosen."),
                core=True,
            ),
            each_has(
                ((said(c.indicator.name) or c.indicator.id, bool(c.strategies)) for c in coverage(priority)),
                _("{n} of {all} targets have a chosen strategy"),
                _("No chosen strategy is there to move {names}."),
                core=True,
            ),
            each_has(
                because,
                _("{n} of {all} say why they should work"),
                _("It is not said why they should work: {names}."),
                core=True,
            ),
            each_has(
                ((strategy_name(s), s.evidence_kind in _PRACTICE and bool(said(s.evidence))) for s in picked),
                _("{n} of {all} rest on a trial, on results elsewhere or on own figures"),
                _("Nothing shows that it has worked, here or elsewhere: {names}."),
            ),
            yes(in_order, _("an order that can be kept"), _("The order cannot be kept, or dates are missing (4.3)."))
            if picked
            else None,
            yes(together, _("how they fit together"), _("It is not said how they make each other stronger."))
            if picked
            else None,
        ),
        _("whether the evidence holds here, and whether the set is the right one"),
    )


def leadership(priority: Priority, context: Context) -> Facts:
    """Return what the plan shows of leadership: one owner of the whole, one of each strategy, roles of the others."""
    leaders = [leader for leader in priority.leaders if said(leader)]
    coalition = [m for m in COALITION.read(priority) if said(m.name)]
    whole = {
        0: _("Nobody is named who answers for the priority as a whole."),
        1: "",
    }.get(len(leaders), _("Several people share the lead of the whole."))
    return facts_from(
        "strategies/leadership",
        field_of(PlannedStrategies, "leadership"),
        (
            yes(len(leaders) == 1, _("one person answers for the whole"), whole, core=True),
            each_has(
                ((strategy_name(s), bool(said(s.leader))) for s in chosen(priority)),
                _("{n} of {all} chosen strategies have their own leader"),
                _("Nobody is named who leads {names}."),
                core=True,
            ),
            each_has(
                ((name_of(o), bool(said(o.leader))) for o in priority.outcomes if said(o.statement)),
                _("{n} of {all} outcomes have a leader"),
                _("Nobody answers for the outcome: {names}."),
            ),
            each_has(
                ((said(m.name), bool(said(m.role))) for m in coalition),
                _("{n} of {all} members of the coalition have a role"),
                _("It is not said what they do for it: {names}."),
            ),
            yes(bool(coalition), _("a coalition"), _("Nobody else is named whose help is needed (Rule 3)."))
            if not coalition
            else None,
        ),
        _("whether the leaders have the time and the standing, and whether the delivery team's part is clear to them"),
    )


def _no_strategy(picked: Sequence[Strategy]) -> Mark | None:
    """The mark of a plan in which no strategy is chosen, so that nothing can be said of any."""
    return None if picked else yes(False, "", _("No strategy is chosen."), core=True)


def resources(priority: Priority, context: Context) -> Facts:
    """Return what the plan shows of resources: people, money and technology of each strategy, and its scale."""
    picked = chosen(priority)
    return facts_from(
        "strategies/resources",
        field_of(PlannedStrategies, "resources"),
        (
            _no_strategy(picked),
            each_has(
                ((strategy_name(s), bool(said(s.resources.people))) for s in picked),
                _("{n} of {all} chosen strategies say whose time they take"),
                _("It is not said whose time it takes: {names}."),
                core=True,
            ),
            each_has(
                ((strategy_name(s), bool(said(s.resources.money))) for s in picked),
                _("{n} of {all} say what money"),
                _("It is not said what money it takes, and from where: {names}."),
                core=True,
            ),
            each_has(
                ((strategy_name(s), bool(said(s.resources.technology))) for s in picked),
                _("{n} of {all} say what technology and space"),
                _("It is not said what technology or space it takes: {names}."),
            ),
            each_has(
                ((strategy_name(s), bool(said(s.scale))) for s in picked),
                _("{n} of {all} say at what scale"),
                _("The scale is not said, so nobody can tell whether that is enough: {names}."),
            ),
            yes(
                covered(priority) >= gap(priority),
                _("what it costs, and a source for what is missing"),
                _("Money is missing, and it is not said where it will come from (Rule 6)."),
            )
            if r06_costs.attempted(priority, context)
            else None,
        ),
        _("whether people and money are truly there, or will be in time"),
    )


# --- delivery chains ------------------------------------------------------------------------------------------------


def _working(chain: Chain) -> list[Actor]:
    """The actors that have something to do; not those with whom the change is felt."""
    return [a for a in chain.actors if a.part != "end"]


def chain(priority: Priority, context: Context) -> Facts:
    """Return what the plan shows of the delivery chains: which strategies they carry, roles, skill and will."""
    chains = [c for c in CHAINS.read(priority) if c.actors]
    carried = {id_ for c in chains for id_ in c.strategies}
    working = [a for c in chains for a in _working(c)]
    weak = [a for a in working if min(a.skill or 4, a.will or 4) <= _TO_BUILD]
    return facts_from(
        "chains/chain",
        field_of(PlannedChains, "chain"),
        (
            yes(
                bool(chains),
                _("a chain with {n} actors").format(n=format_number(sum(len(c.actors) for c in chains)))
                if len(chains) < 2
                else _("{n} chains").format(n=format_number(len(chains))),
                _("No delivery chain is drawn."),
                core=True,
            ),
            each_has(
                ((strategy_name(s), s.id in carried) for s in chosen(priority)),
                _("{n} of {all} chosen strategies run along one"),
                _("No chain shows how it reaches the ground: {names}."),
                core=True,
            )
            if chains
            else None,
            each_has(
                ((_chain_name(c), _reaches(c)) for c in chains),
                _("{n} of {all} lead from a beginning to those who feel the change"),
                _("It does not lead from one beginning to those who feel the change: {names}."),
                core=True,
            ),
            each_has(
                ((actor_name(a), bool(said(a.role))) for a in working),
                _("{n} of {all} actors have a role"),
                _("It is not said what they do: {names}."),
                core=True,
            ),
            each_has(
                ((actor_name(a), a.skill is not None and a.will is not None) for a in working),
                _("skill and will are judged of {n} of {all}"),
                _("Skill or will is not judged: {names}."),
            ),
            each_has(
                ((actor_name(a), bool(said(a.building))) for a in weak),
                _("something is done for {n} of the {all} who are not able or not willing"),
                _("Nothing is done to build skill or will: {names}."),
            ),
        ),
        _("whether people on the ground would draw it in the same way"),
    )


def _chain_name(each: Chain) -> str:
    return said(each.title) or each.id


def _reaches(each: Chain) -> bool:
    """Whether a line of influence leads from the one who begins to those who feel the change."""
    drawn = lines(each)
    return len(drawn.starts) == 1 and bool(drawn.reached_ends)


def _open_risks(priority: Priority) -> list[Risk]:
    return [r for r in RISKS.read(priority) if said(r.title) and r.status != "closed"]


def risks(priority: Priority, context: Context) -> Facts:
    """Return what the plan shows of risks: where they would begin, what is done about each, and the weak spots."""
    found = _open_risks(priority)
    placed = [bool(r.actors or r.links) for r in found]
    return facts_from(
        "chains/risks",
        field_of(PlannedChains, "risks"),
        (
            yes(
                bool(found),
                _("{n} risks").format(n=format_number(len(found))) if len(found) != 1 else _("1 risk"),
                _("No risk is named."),
                core=True,
            ),
            each_has(
                ((said(r.title), bool(said(r.answer))) for r in found),
                _("{n} of {all} have an answer"),
                _("Nothing is done about: {names}."),
                core=True,
            ),
            each_has(
                zip((said(r.title) for r in found), placed, strict=True),
                _("{n} of {all} say where in the chain they would begin"),
                _("It is not said where in the chain it would begin: {names}."),
            ),
            each_has(
                ((said(r.title), bool(said(r.owner))) for r in found if said(r.answer)),
                _("{n} of {all} answers have an owner"),
                _("Nobody answers for what is done about: {names}."),
            ),
            each_has(
                _weak_spots(priority, found),
                _("{n} of {all} weak spots of the chain have a risk"),
                _("No risk is named for what is weak in the chain: {names}."),
            )
            if found
            else None,
        ),
        _("whether the answers would work, and what nobody has thought of"),
    )


def _weak_spots(priority: Priority, found: Sequence[Risk]) -> list[tuple[str, bool]]:
    """The weak spots of the chains, and whether a risk names each."""
    named = {id_ for r in found for id_ in (*r.actors, *r.links)}
    spots = []
    for each in CHAINS.read(priority):
        for actor in _working(each):
            if min(actor.skill or 4, actor.will or 4) <= _TO_BUILD:
                spots.append((actor_name(actor), f"{each.id}/{actor.id}" in named))
        for link in each.links:
            source, target, holds = each.actor(link.source), each.actor(link.target), strength(link)
            if kind_of(link) != INFLUENCE or holds is None or holds > _WEAK_LINK or not source or not target:
                continue
            ends = {f"{each.id}/{source.id}", f"{each.id}/{target.id}", f"{each.id}/{link.id}"}
            name = _("{source} to {target}").format(source=actor_name(source), target=actor_name(target))
            spots.append((name, bool(ends & named)))
    return spots


# --- trajectories ---------------------------------------------------------------------------------------------------


def _moved(priority: Priority) -> list[Indicator]:
    """The indicators with a target that a chosen strategy is there to move."""
    return [c.indicator for c in coverage(priority) if c.strategies]


def _indicator_name(indicator: Indicator) -> str:
    return said(indicator.name) or indicator.id


def _estimated(strategy: Strategy, moved: Sequence[Indicator], context: Context) -> bool:
    """Whether it is said what a strategy adds to one of the targets that it is to move."""
    return any(
        what_it_adds(strategy, indicator, due.end) is not None
        for indicator in moved
        if indicator.id in strategy.indicators and (due := goal(indicator, context).due) is not None
    )


def path(priority: Priority, context: Context) -> Facts:
    """Return what the plan shows of the trajectory: targets on the way, estimates, their sum, benchmarks."""
    moved = _moved(priority)
    picked = [s for s in chosen(priority) if any(i.id in s.indicators for i in moved)]
    summed = [(i, trajectory(i, priority, context)) for i in moved]
    effects = [e for i in moved for e in i.effects if e.strategy in {s.id for s in picked}]
    titles = {s.id: strategy_name(s) for s in picked}
    return facts_from(
        "trajectories/trajectory",
        field_of(PlannedTrajectories, "trajectory"),
        (
            _no_strategy(picked),
            yes(
                any(has_number(goal(i, context)) for i in priority.indicators if carries_target(i)),
                _("an end target"),
                _("No indicator has a target with a number."),
                core=True,
            ),
            each_has(
                ((_indicator_name(i), bool(i.trajectory) or not isinstance(p, NoPath)) for i, p in summed),
                _("{n} of {all} targets have values on the way"),
                _("Nothing is set between today and the end: {names}."),
                core=True,
            ),
            each_has(
                ((strategy_name(s), _estimated(s, moved, context)) for s in picked),
                _("an estimate of what {n} of {all} strategies add"),
                _("It is not said how much it adds: {names}."),
                core=True,
            ),
            each_has(
                ((titles[e.strategy or ""], bool(said(e.basis)) and e.certainty is not None) for e in effects),
                _("{n} of {all} estimates say how they were worked out, and how sure they are"),
                _("It is not said how the size was worked out, or how sure it is: {names}."),
            ),
            each_has(
                (
                    (_indicator_name(i), (p.gap or 0.0) <= 0.0)
                    for i, p in summed
                    if not isinstance(p, NoPath) and p.gap is not None
                ),
                _("the sum reaches {n} of {all} targets"),
                _("What the strategies add does not reach the target: {names}."),
            ),
            each_has(
                ((_indicator_name(i), _compared(i)) for i in moved),
                _("{n} of {all} are held against history, peers or the own best"),
                _("There is nothing to hold the path against: {names}."),
            ),
        ),
        _("whether you believe it"),
    )


def _compared(indicator: Indicator) -> bool:
    return bool(indicator.benchmarks) or len(trend.whole_series(indicator)) > 1


def feedback(priority: Priority, context: Context) -> Facts:
    """Return what the plan shows of feedback: dated milestones, loops along the chain, a way to collect them."""
    picked = chosen(priority)
    loops = [loop for c in CHAINS.read(priority) for loop in c.loops if said(loop.title) or said(loop.measure)]
    watched = {id_ for c in CHAINS.read(priority) if c.loops for id_ in c.strategies}
    return facts_from(
        "trajectories/feedback",
        field_of(PlannedTrajectories, "feedback"),
        (
            _no_strategy(picked),
            each_has(
                ((strategy_name(s), any(said(m.title) and m.when for m in s.milestones)) for s in picked),
                _("{n} of {all} chosen strategies have dated milestones"),
                _("No dated milestone: {names}."),
                core=True,
            ),
            yes(
                bool(loops),
                _("{n} feedback loops").format(n=format_number(len(loops)))
                if len(loops) != 1
                else _("1 feedback loop"),
                _("No feedback loop is named."),
                core=True,
            ),
            each_has(
                ((strategy_name(s), s.id in watched) for s in picked),
                _("{n} of {all} run along a chain with feedback"),
                _("Nothing comes back from the chain that it runs along: {names}."),
            )
            if loops
            else None,
            each_has(
                ((said(x.title) or said(x.measure), bool(said(x.measure)) and x.frequency is not None) for x in loops),
                _("{n} of {all} loops say what is looked at, and how often"),
                _("It is not said what is looked at, or how often: {names}."),
            ),
            each_has(
                ((said(x.title) or said(x.measure), x.evidence_state in {"now", "soon"}) for x in loops),
                _("for {n} of {all} the evidence is collected, or can be"),
                _("There is no way yet to collect it: {names}."),
            ),
        ),
        _("whether somebody looks, and acts on it"),
    )


#: What finds the facts of each criterion, in the order of the rubric.
CRITERIA: tuple[Callable[[Priority, Context], Facts], ...] = (
    aspiration,
    strategies,
    leadership,
    resources,
    chain,
    risks,
    path,
    feedback,
)


def facts(priority: Priority, context: Context) -> tuple[Facts, ...]:
    """Return what the plan proves of each of the eight criteria, in their order.

    Source: Rule 5, tool 5.6.

    >>> from datetime import date
    >>> from rdlib.plan.plan import Plan
    >>> [each.level for each in facts(Priority(id="waits"), Context(Plan(), date(2026, 1, 1)))]
    [1, 1, 1, 1, 1, 1, 1, 1]
    """
    return tuple(find(priority, context) for find in CRITERIA)
