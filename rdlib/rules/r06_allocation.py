"""Rule 6, tool 6.2: the best affordable mix, what more or less money changes, and the team's own choice beside it.

The plan is written down as a problem for :mod:`rdlib.rules.allocation`. Impacts of unlike units are never added: each
indicator is computed by itself, unless somebody states what closing one gap is worth beside closing another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec

import attrs

from rdlib.plan.indicator import Indicator
from rdlib.plan.money import (
    CONDITIONS,
    LIMITS,
    OWN_PICKS,
    VERSIONS,
    WEIGHTS,
    Condition,
    Limit,
    OwnPick,
    Weight,
)
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import Strategy
from rdlib.plan.values import Period, number
from rdlib.rules import allocation, trend
from rdlib.rules.allocation import DRAWS, Ceiling, Demand, Mix, NotSolvedError, Option, Problem, Stability, Step
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.money import money
from rdlib.rules.r02_smart import goal, sign_of, start_of
from rdlib.rules.r04_candidates import chosen, live, name_of, said, strategies
from rdlib.rules.r05_effects import NOTHING, Range
from rdlib.rules.r06_choice import has_own, is_sound, own_picks, version_rows
from rdlib.rules.r06_costs import Costed, cost_years, costed, expected, weighed_indicators
from rdlib.rules.r06_delivery import in_year as delivery_in
from rdlib.rules.r06_delivery import years as delivery_years
from rdlib.rules.registry import Context
from rdlib.words import _, format_number

TOOL = "6.2"

#: The shares of every limit that are tried: cuts of 5, 10 and 20%, and as much more.
CUTS, RISES = (0.95, 0.9, 0.8), (1.05, 1.1, 1.2)
#: How many points the curve of budget and impact has.
POINTS = 24
#: The computed mix is named where it brings so much more than the own choice, in so many of the draws. Our thresholds.
MORE, MOSTLY = 1.1, 0.8
#: A strategy of the own choice that is in the best mix in fewer draws than this share is asked about. Our threshold.
SELDOM = 0.2

NO_LIMIT = FindingKind(
    "R6-no-limit", TOOL, Severity.MISSING, _("No limit"),
    why=_("Without a limit everything can be had, and nothing has to be chosen."),
)  # fmt: skip
YEAR_NO_LIMIT = FindingKind(
    "R6-year-no-limit", TOOL, Severity.NOTE, _("A year without a limit"),
    why=_("In that year anything goes, so the computed mix will push its costs there."),
)  # fmt: skip
VERSION_ODD = FindingKind(
    "R6-version-odd", TOOL, Severity.WEAK, _("A smaller version that is none"),
    why=_("A version has to cost less than the whole and to bring something, else it is no choice."),
)  # fmt: skip
CONDITION_OPEN = FindingKind(
    "R6-condition-open", TOOL, Severity.MISSING, _("A condition that says too little"),
    why=_("What is not said in full is not respected by anybody."),
)  # fmt: skip
CONDITION_NO_WHY = FindingKind(
    "R6-condition-no-why", TOOL, Severity.WEAK, _("A condition without a reason"),
    why=_("What has to be in without a reason takes the money from what would have won on its merits."),
)  # fmt: skip
CANNOT_BE_MET = FindingKind(
    "R6-conditions-conflict", TOOL, Severity.WEAK, _("No mix respects all of it"),
    why=_("As long as these stand together, any choice breaks one of them without saying so."),
)  # fmt: skip
OVER_LIMIT = FindingKind(
    "R6-over-limit", TOOL, Severity.WEAK, _("Your choice costs more than there is"),
    why=_("What is cut then is cut late, by others, and from all of it a little."),
)  # fmt: skip
BREAKS = FindingKind(
    "R6-breaks-condition", TOOL, Severity.WEAK, _("Your choice breaks a condition"),
    why=_("Either the condition is not as hard as it was said to be, or the choice cannot stand."),
)  # fmt: skip
NO_WEIGHTS = FindingKind(
    "R6-several-targets", TOOL, Severity.NOTE, _("Several targets, no word on what each counts"),
    why=_("Points of one thing and cases of another cannot be added; which counts more is a judgement of people."),
)  # fmt: skip
WEIGHT_NO_WHY = FindingKind(
    "R6-weight-no-why", TOOL, Severity.WEAK, _("A weight without a reason"),
    why=_("A weight decides what is paid for; people will want to know whose it is."),
)  # fmt: skip
NOT_PAID_FOR = FindingKind(
    "R6-chosen-not-paid-for", TOOL, Severity.WEAK, _("Chosen in Rule 4, and not paid for here"),
    why=_("A plan that promises it and a budget that leaves it out are read by different people."),
)  # fmt: skip
LEAVES_IMPACT = FindingKind(
    "R6-more-for-the-money", TOOL, Severity.NOTE, _("The same money could bring more"),
    why=_("There may be a good reason for your choice; it should stand beside it."),
)  # fmt: skip
SELDOM_CHOSEN = FindingKind(
    "R6-seldom-in-best-mix", TOOL, Severity.NOTE, _("Seldom in the best mix"),
    why=_("It stands on what you know beyond these figures; write that down, or weigh it again."),
)  # fmt: skip
SOUND = FindingKind(
    "R6-sound-choice", TOOL, Severity.GOOD, _("An affordable choice that is hard to better"),
    why=_("It keeps to the limit and the conditions, and other mixes bring hardly more."),
)  # fmt: skip

KINDS = (
    NO_LIMIT, YEAR_NO_LIMIT, VERSION_ODD, CONDITION_OPEN, CONDITION_NO_WHY, CANNOT_BE_MET, OVER_LIMIT, BREAKS,
    NO_WEIGHTS, WEIGHT_NO_WHY, NOT_PAID_FOR, LEAVES_IMPACT, SELDOM_CHOSEN, SOUND,
)  # fmt: skip


# --- what is counted -----------------------------------------------------------------------------------------------


@attrs.frozen
class Measure:
    """What a mix is judged by: one indicator, or the gaps of several with stated weights.

    Attributes:
        name: what to call it.
        unit: the unit of its amounts.
        indicators: the indicators in it.
        impacts: what each strategy is expected to add, by its id.
        ceilings: what some strategies can add together at the most.
        weights: the share of the whole that each indicator counts; empty for a single one.
    """

    name: str
    unit: str
    indicators: tuple[Indicator, ...]
    impacts: Mapping[str, Range] = attrs.field(hash=False)
    ceilings: tuple[Ceiling, ...] = ()
    weights: tuple[float, ...] = ()


def _candidates(priority: Priority) -> tuple[Costed, ...]:
    """The strategies with a cost that were not dropped."""
    among = {s.id for s in live(priority)}
    return tuple(each for each in costed(priority) if each.strategy.id in among)


def _impacts(indicator: Indicator, priority: Priority, context: Context) -> dict[str, Range]:
    found = {c.strategy.id: expected(c.strategy, indicator, priority, context) for c in _candidates(priority)}
    return {id_: each.amount for id_, each in found.items() if each is not None}


def _ceilings(indicator: Indicator, impacts: Mapping[str, Range]) -> tuple[Ceiling, ...]:
    """Return what the groups of the path (tool 5.5) can add at the most: those whose strategies lie in one group."""
    groups: dict[str, list[str]] = {}
    most: dict[str, float] = {}
    of: dict[str, set[str]] = {}
    for effect in indicator.effects:
        key = " ".join((effect.group or "").split()).casefold()
        of.setdefault(effect.strategy or "", set()).add(key)
        if key and (limit := number(effect.most)) is not None:
            most[key] = min(limit, most.get(key, limit))
    for id_, keys in of.items():
        if len(keys) == 1 and id_ in impacts:
            groups.setdefault(next(iter(keys)), []).append(id_)
    return tuple(Ceiling(tuple(ids), most[key]) for key, ids in groups.items() if key in most and len(ids) > 1)


def weights_of(priority: Priority) -> tuple[tuple[Indicator, float], ...]:
    """Return the indicators that were given a weight, with it."""
    rows = [(priority.indicator(row.indicator), number(row.weight)) for row in WEIGHTS.read(priority)]
    return tuple((indicator, weight) for indicator, weight in rows if indicator is not None and weight)


def gap_of(indicator: Indicator, context: Context) -> float | None:
    """Return how far the baseline is from the target, towards better; None where that cannot be said."""
    aim, start = goal(indicator, context), start_of(indicator)
    if start is None or (aim.low is None and aim.high is None):
        return None
    way = sign_of(indicator, aim) or (1 if trend.needed_change(start[0], aim.low, aim.high) > 0 else -1)
    return way * trend.needed_change(start[0], aim.low, aim.high)


def measures(priority: Priority, context: Context) -> tuple[Measure, ...]:
    """Return what mixes are judged by: one measure with the stated weights, else one for each indicator."""
    indicators = weighed_indicators(priority, context)
    known = {i.id: _impacts(i, priority, context) for i in indicators}
    weighed = [(i, w, gap_of(i, context)) for i, w in weights_of(priority) if i.id in known]
    if len(weighed) > 1 and all(gap is not None and gap > 0 for _i, _w, gap in weighed):
        total = sum(weight for _i, weight, _gap in weighed)
        sums: dict[str, Range] = {}
        for indicator, weight, gap in weighed:
            for id_, amount in known[indicator.id].items():
                sums[id_] = sums.get(id_, NOTHING) + amount.times(100 * weight / total / (gap or 1.0))
        return (
            Measure(
                _("The gaps to the targets, with your weights"),
                "%",
                tuple(i for i, _w, _gap in weighed),
                sums,
                weights=tuple(weight / total for _i, weight, _gap in weighed),
            ),
        )
    return tuple(
        Measure(said(i.name) or i.id, said(i.unit), (i,), known[i.id], _ceilings(i, known[i.id]))
        for i in indicators
        if known[i.id]
    )


# --- the plan as a problem -----------------------------------------------------------------------------------------


def limit_rows(priority: Priority) -> tuple[Limit, ...]:
    """Return the limits that say an amount."""
    return tuple(row for row in LIMITS.read(priority) if number(row.amount) is not None)


def condition_rows(priority: Priority) -> tuple[Condition, ...]:
    """Return the conditions for which anything was entered."""
    return tuple(row for row in CONDITIONS.read(priority) if row != Condition(row.id))


def is_whole(row: Condition) -> bool:
    """Say whether a condition says all that it needs.

    >>> is_whole(Condition("k1", strategy="s1", rule="not-both"))
    False
    """
    if not row.strategy or not row.rule:
        return False
    return row.rule in {"at-least", "never"} or bool(row.other and row.other != row.strategy)


def all_years(priority: Priority) -> tuple[Period, ...]:
    """Return the years in which strategies or delivery itself cost something, in order."""
    return tuple(sorted({*cost_years(priority), *delivery_years(priority)}, key=lambda year: year.start))


def _demands(priority: Priority, known: Iterable[str]) -> tuple[Demand, ...]:
    among = set(known)
    names = [s for s in live(priority) if s.id in among]
    found = [Demand("needs", s.id, other, key=f"depends:{s.id}:{other}") for s in names for other in s.depends_on]
    for row in condition_rows(priority):
        if is_whole(row) and row.strategy and row.rule:
            enough = ("",) if not row.version else ("", *_at_least(row, priority))
            found.append(Demand(row.rule, row.strategy, row.other or "", enough, f"condition:{row.id}"))
    return tuple(
        d for d in found if d.strategy in among and (d.rule in {"at-least", "never", "not-both"} or d.other in among)
    )


def _at_least(row: Condition, priority: Priority) -> tuple[str, ...]:
    """The versions that are no smaller than the one that a condition names."""
    own = {v.id: number(v.cost_share) or 0.0 for v in version_rows(priority) if v.strategy == row.strategy}
    least = own.get(row.version or "", 0.0)
    return tuple(id_ for id_, share in own.items() if share >= least)


def problem_of(measure: Measure, priority: Priority, context: Context) -> Problem:
    """Write the choice of a plan down as a problem: what it costs by year, what it adds, and what has to hold."""
    years = all_years(priority)
    options: list[Option] = []
    spreads = []
    versions = [row for row in version_rows(priority) if is_sound(row)]
    anywhere = {
        c.strategy.id
        for i in weighed_indicators(priority, context)
        for c in _candidates(priority)
        if expected(c.strategy, i, priority, context)
    }
    for each in _candidates(priority):
        id_ = each.strategy.id
        if id_ not in anywhere:
            continue
        costs, impact = tuple(each.in_year(year) for year in years), measure.impacts.get(id_, NOTHING)
        options.append(Option(id_, "", costs, impact))
        for row in versions:
            if row.strategy == id_:
                share = (number(row.cost_share) or 0.0) / 100
                part = impact.times((number(row.impact_share) or 0.0) / 100)
                options.append(Option(id_, row.id, tuple(cost * share for cost in costs), part))
        if each.total > 0:
            wide = each.range
            spreads.append((id_, Range(wide.low / each.total, 1.0, wide.high / each.total)))
    return Problem(
        tuple(options),
        tuple(
            allocation.Limit(places, number(row.amount) or 0.0, row.id)
            for row in limit_rows(priority)
            if (places := _places(row, years))
        ),
        tuple(delivery_in(priority, year) for year in years),
        _demands(priority, anywhere),
        measure.ceilings,
        tuple(spreads),
    )


def _places(row: Limit, years: Sequence[Period]) -> tuple[int, ...]:
    """The places of the years that a limit is about: all of them where it names none."""
    within = row.year
    return tuple(n for n, y in enumerate(years) if within is None or (within.start <= y.end and y.start <= within.end))


# --- what comes out ------------------------------------------------------------------------------------------------


@attrs.frozen
class Worked:
    """The allocation of one priority for one measure, worked out.

    Attributes:
        measure: what the mixes are judged by.
        problem: the choice as it was computed.
        best: the mix that adds most within the limits.
        own: the team's own choice.
        own_is_rule_4: whether that is what was chosen in tool 4.3, since no choice of its own was entered here.
        left_out: strategies that could not be weighed, since their cost or their impact is not known.
    """

    measure: Measure
    problem: Problem
    best: Mix
    own: Mix
    own_is_rule_4: bool
    left_out: tuple[Strategy, ...]

    @property
    def stability(self) -> Stability:
        """How often each strategy is in the best mix when the estimates are drawn from their ranges."""
        return allocation.stability(self.problem, self.own)

    @property
    def cuts(self) -> tuple[Step, ...]:
        """The best mix for 95, 90 and 80% of every limit."""
        return allocation.steps(self.problem, CUTS)

    @property
    def rises(self) -> tuple[Step, ...]:
        """The best mix for 105, 110 and 120% of every limit."""
        return allocation.steps(self.problem, RISES)

    @property
    def next(self) -> Step | None:
        """The smallest rise of all limits that adds something; None where more money adds nothing."""
        return allocation.next_step(self.problem)

    @property
    def curve(self) -> tuple[Step, ...]:
        """The best mixes for budgets from little to all that could be spent, each at the share where it just fits."""
        full = sum(o.cost for o in self.problem.options if not o.version) + self.fixed
        top = max(1.25, 1.05 * full / self.money) if self.money > 0 else 1.25
        shares = {*(top * n / POINTS for n in range(POINTS + 1)), *CUTS, 1.0, self.own_share}
        found: dict[Mix, float] = {}
        for step in allocation.steps(self.problem, sorted(shares)):
            if step.mix is not None and step.mix not in found:
                found[step.mix] = allocation.needed_share(self.problem, step.mix)
        return (*(Step(share, mix) for mix, share in found.items()), Step(top, list(found)[-1]))

    @property
    def own_share(self) -> float:
        """The share of every limit at which the own choice just fits."""
        return allocation.needed_share(self.problem, self.own)

    @property
    def own_over(self) -> list[tuple[allocation.Limit, float]]:
        """The limits that the own choice breaks, and by how much."""
        return allocation.overspent(self.problem, self.own)

    @property
    def own_breaks(self) -> list[Demand]:
        """The conditions that the own choice breaks."""
        return allocation.broken(self.problem, self.own)

    @property
    def money(self) -> float:
        """How much there is in all, for strategies and for delivery itself."""
        return self.problem.money

    @property
    def fixed(self) -> float:
        """What delivery itself costs."""
        return sum(self.problem.fixed)


@attrs.frozen
class NotWorked:
    """No mix can be worked out.

    Attributes:
        reason: why, in a sentence.
        measure: what it would have been judged by, where that is known.
        problem: the choice, where there is one that no mix can satisfy.
        between: the conditions and limits that no mix respects together.
        lacking: by which share all limits would have to rise; None where no money helps, or that is not the matter.
    """

    reason: str
    measure: Measure | None = None
    problem: Problem | None = None
    between: tuple[Demand | allocation.Limit, ...] = ()
    lacking: float | None = None


def worked(priority: Priority, context: Context) -> tuple[Worked | NotWorked, ...]:
    """Work out the allocation of a priority, once for each measure (Rule 6, tool 6.2).

    Returns:
        one result for each measure; a single reason where nothing can be weighed at all.
    """
    if find_spec("scipy") is None:
        return (
            NotWorked(_("The best mix is computed where the whole kit is installed; here a part of it is missing.")),
        )
    if not _candidates(priority):
        return (NotWorked(_("No strategy has a cost yet (tool 6.1).")),)
    every = measures(priority, context)
    if not every:
        return (NotWorked(_("It is not said yet what any strategy would move (tools 5.5 or 6.1).")),)
    if not limit_rows(priority):
        return (NotWorked(_("It is not said yet how much money there is.")),)
    try:
        return tuple(_worked(measure, priority, context) for measure in every)
    except NotSolvedError:
        return (NotWorked(_("The best mix could not be found in time: there are too many versions and conditions.")),)


def _worked(measure: Measure, priority: Priority, context: Context) -> Worked | NotWorked:
    problem = problem_of(measure, priority, context)
    best = allocation.best(problem)
    if best is None:
        between = allocation.conflict(problem)
        money_helps = any(isinstance(each, allocation.Limit) for each in between)
        reason = _("No mix respects all limits and conditions.")
        return NotWorked(reason, measure, problem, between, allocation.lacking(problem) if money_helps else None)
    own = allocation.mix_of(problem, own_picks(priority))
    known = {o.strategy for o in problem.options}
    return Worked(
        measure,
        problem,
        best,
        own,
        not has_own(priority),
        tuple(s for s in live(priority) if s.id not in known),
    )


# --- in words ------------------------------------------------------------------------------------------------------


def picked_name(strategy: str, version: str, priority: Priority) -> str:
    """Return what to call a strategy in one of its versions."""
    name = next((name_of(s) for s in strategies(priority) if s.id == strategy), strategy)
    smaller = version_name(version, priority)
    if not smaller:
        return _("“{strategy}”").format(strategy=name)
    return _("“{strategy}” ({version})").format(strategy=name, version=smaller)


def version_name(version: str, priority: Priority) -> str:
    """Return what to call a smaller version; empty for a strategy in full."""
    return next((said(v.name) or v.id for v in version_rows(priority) if v.id == version), "")


def changes(before: Mix, after: Mix, priority: Priority) -> list[str]:
    """Say in clauses what is different in one mix from another; empty where nothing is."""
    old, new = before.versions, after.versions
    found = [_("{name} falls out").format(name=picked_name(s, v, priority)) for s, v in old.items() if s not in new]
    for strategy, version in new.items():
        if strategy not in old:
            found.append(_("{name} comes in").format(name=picked_name(strategy, version, priority)))
        elif old[strategy] != version:
            name, now = picked_name(strategy, "", priority), version_name(version, priority)
            text = _("{name} changes to another version ({now})")
            if not old[strategy]:
                text = _("{name} shrinks to its smaller version ({now})")
            elif not version:
                text = _("{name} is done in full")
            found.append(text.format(name=name, now=now))
    return found


def amount(value: float, measure: Measure, decimals: int | None = None) -> str:
    """Write an amount of a measure with its unit."""
    if measure.weights:
        return _("{share} of the weighted gaps").format(share=format_number(value, "%", decimals))
    if measure.unit == "%":
        return _("{number} points").format(number=format_number(value, decimals=decimals))
    return format_number(value, measure.unit or None, decimals)


def demand_words(each: Demand | allocation.Limit, priority: Priority, plan: Plan) -> str:
    """Say a limit or a condition in a clause."""
    if isinstance(each, allocation.Limit):
        row = next(row for row in limit_rows(priority) if row.id == each.key)
        where = str(row.year) if row.year else _("all years together")
        return _("at most {amount} in {where}, delivery itself included").format(
            amount=money(each.amount, plan), where=where
        )
    one, other = picked_name(each.strategy, "", priority), picked_name(each.other, "", priority)
    return {
        "at-least": _("{one} has to be in"),
        "never": _("{one} has to stay out"),
        "needs": _("{one} only together with {other}"),
        "not-both": _("not both {one} and {other}"),
    }[each.rule].format(one=one, other=other)


def own_against_best(found: Worked, plan: Plan, *, drawn: bool = False) -> str:
    """Say in words how the own choice differs from the computed mix, in impact and in cost.

    Args:
        found: the allocation.
        plan: the plan, for how amounts are written.
        drawn: whether to say as well what becomes of the difference when the estimates are drawn from their ranges.
    """
    impact, cost = found.best.impact - found.own.impact, found.best.cost - found.own.cost
    much = abs(impact) > 1e-6 * max(1.0, abs(found.best.impact))
    dear = abs(cost) > 1e-6 * max(1.0, found.best.cost)
    if found.own.picks == found.best.picks:
        return _("Your choice is the computed mix.")
    said_impact = _("The computed mix is expected to add as much as your choice")
    if much:
        more = _("The computed mix is expected to add {amount} more than your choice")
        less = _("The computed mix is expected to add {amount} less than your choice")
        said_impact = (more if impact > 0 else less).format(amount=amount(abs(impact), found.measure))
    said_cost = _("at the same cost")
    if dear:
        text = _("and costs {amount} more") if cost > 0 else _("and costs {amount} less")
        said_cost = text.format(amount=money(abs(cost), plan))
    tail = ""
    if drawn and (found.stability.ahead or found.stability.behind):
        tail = " " + _(
            "With the estimates drawn from their ranges {draws} times, the computed mix adds more in {ahead} and your "
            "choice in {behind}."
        ).format(draws=found.stability.draws, ahead=found.stability.ahead, behind=found.stability.behind)
    return f"{said_impact}, {said_cost}.{tail}"


# --- the check -----------------------------------------------------------------------------------------------------


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether a limit, a version, a condition, a weight or an own choice was entered."""
    rows = [
        *version_rows(priority),
        *condition_rows(priority),
        *(r for r in LIMITS.read(priority) if r != Limit(r.id)),
        *(r for r in OWN_PICKS.read(priority) if r != OwnPick(r.id)),
        *(r for r in WEIGHTS.read(priority) if r != Weight(r.id)),
    ]
    return bool(rows)


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the limits, conditions and weights, and the own choice beside the computed mix (Rule 6, tool 6.2)."""
    here = f"priorities/{priority.id}"
    found = [*_limits(priority, context, here), *_versions(priority, here), *_conditions(priority, here)]
    found += [*_weights(priority, context, here), *_not_paid_for(priority, here)]
    results = worked(priority, context) if limit_rows(priority) else ()
    for result in results:
        if isinstance(result, Worked):
            with suppress(NotSolvedError):  # what could not be computed in time is not held against the choice
                found += _own(result, priority, context, here)
        elif result.between:
            found.append(_conflict(result, priority, context.plan, here))
            break  # the same conditions stand in the way of every measure
    found = list(dict.fromkeys(found))
    judged = [r for r in results if isinstance(r, Worked) and r.own.picks]
    if judged and len(judged) == len(results) and not [f for f in found if f.code not in _SMALL]:
        text = _("Your choice keeps to every limit and condition.")
        found.append(SOUND.at(f"{here}/{OWN_PICKS.key}", f"{text} {own_against_best(judged[0], context.plan)}"))
    return found


#: What may be said beside a choice that is called sound.
_SMALL = frozenset({YEAR_NO_LIMIT.code, NO_WEIGHTS.code, SELDOM_CHOSEN.code})


def _limits(priority: Priority, context: Context, here: str) -> Iterable[Finding]:
    rows = limit_rows(priority)
    if not rows:
        yield NO_LIMIT.at(
            f"{here}/{LIMITS.key}",
            _("It is not said how much money there is."),
            _("Write down what was promised, or assume last year's amount and mark it as an assumption."),
        )
    elif all(row.year for row in rows):
        years = all_years(priority)
        covered = {n for row in rows for n in _places(row, years)}
        open_ = [str(year) for n, year in enumerate(years) if n not in covered and year.end > context.as_of]
        if open_:
            yield YEAR_NO_LIMIT.at(
                f"{here}/{LIMITS.key}",
                _("There is no limit for {years}.").format(years=", ".join(open_)),
                _("Add one for each year, or one for all years together."),
            )


def _versions(priority: Priority, here: str) -> Iterable[Finding]:
    for row in version_rows(priority):
        if not is_sound(row):
            yield VERSION_ODD.at(
                f"{here}/{VERSIONS.key}/{row.id}",
                _("“{name}” needs a strategy, less than 100% of its cost, and more than 0% of its impact.").format(
                    name=said(row.name) or row.id
                ),
                _("Complete the two shares, or take the version out; it is not counted as it stands."),
            )


def _conditions(priority: Priority, here: str) -> Iterable[Finding]:
    for row in condition_rows(priority):
        at = f"{here}/{CONDITIONS.key}/{row.id}"
        if not is_whole(row):
            yield CONDITION_OPEN.at(
                at,
                _("This condition does not say which strategies it is about, or what has to hold."),
                _("Choose the strategy and the condition, and the other strategy where it takes two."),
            )
        elif not said(row.why):
            yield CONDITION_NO_WHY.at(
                f"{at}/why",
                _("It is not said why {condition}.").format(
                    condition=demand_words(
                        Demand(row.rule or "", row.strategy or "", row.other or ""), priority, Plan()
                    )
                ),
                _("Name who says so, and what would happen otherwise."),
            )


def _weights(priority: Priority, context: Context, here: str) -> Iterable[Finding]:
    indicators = weighed_indicators(priority, context)
    if len(indicators) > 1 and len(measures(priority, context)) > 1:
        names = ", ".join(_("“{name}”").format(name=said(i.name) or i.id) for i in indicators)
        yield NO_WEIGHTS.at(
            f"{here}/{WEIGHTS.key}",
            _("Strategies move {n} indicators: {names}. The mix is computed for each by itself.").format(
                n=len(indicators), names=names
            ),
            _("Look at both mixes, or say what closing one gap is worth beside the other."),
        )
    for row in WEIGHTS.read(priority):
        if row.indicator and number(row.weight) and not said(row.why):
            yield WEIGHT_NO_WHY.at(
                f"{here}/{WEIGHTS.key}/{row.id}/why",
                _("A weight of {weight} stands there, and not whose judgement it is.").format(
                    weight=format_number(number(row.weight) or 0.0)
                ),
                _("Name who decided it, and with what reason."),
            )


def _not_paid_for(priority: Priority, here: str) -> Iterable[Finding]:
    paid = own_picks(priority)
    for strategy in chosen(priority):
        if strategy.id not in paid:
            yield NOT_PAID_FOR.at(
                f"{here}/{OWN_PICKS.key}",
                _("“{strategy}” is chosen in Rule 4, and your choice here has no money for it.").format(
                    strategy=name_of(strategy)
                ),
                _("Go back to 4.3 and decide again, or find the money in 6.4."),
            )


def _conflict(result: NotWorked, priority: Priority, plan: Plan, here: str) -> Finding:
    clauses = "; ".join(demand_words(each, priority, plan) for each in result.between)
    steps = [_("These cannot hold together: {clauses}.").format(clauses=clauses)]
    if result.lacking is not None:
        steps.append(
            _("All limits would have to rise by {share} before anything fits.").format(
                share=format_number(round(100 * result.lacking, 1), "%")
            )
        )
    first = result.between[0]
    part, id_ = (LIMITS.key, first.key) if isinstance(first, allocation.Limit) else (CONDITIONS.key, "")
    return CANNOT_BE_MET.at(
        f"{here}/{part}/{id_}".rstrip("/"),
        " ".join(steps),
        _("Give up one of them, ask for more money (tool 6.4), or plan a smaller version."),
    )


def _own(found: Worked, priority: Priority, context: Context, here: str) -> list[Finding]:
    plan, at, own = context.plan, f"{here}/{OWN_PICKS.key}", found.own
    if not own.picks:
        return []
    out = []
    for limit, much in found.own_over:
        row = next(row for row in limit_rows(priority) if row.id == limit.key)
        out.append(
            OVER_LIMIT.at(
                at,
                _("In {where} your choice and delivery itself cost {much} more than there is.").format(
                    where=str(row.year) if row.year else _("all years together"), much=money(much, plan)
                ),
                _("Take out, or shrink, what you would miss least; or say in 6.4 where the rest comes from."),
            )
        )
    out += [
        BREAKS.at(
            at,
            _("Your choice does not respect this: {condition}.").format(condition=demand_words(each, priority, plan)),
            _("Change the choice, or take the condition out if it is none."),
        )
        for each in found.own_breaks
    ]
    if not out and found.own.impact * MORE < found.best.impact and found.stability.ahead >= MOSTLY * DRAWS:
        out.append(
            LEAVES_IMPACT.at(
                at,
                own_against_best(found, plan, drawn=True),
                _("Look at what differs, and write down why you keep yours."),
            )
        )
    if not out:
        reasons = {row.strategy: said(row.why) for row in OWN_PICKS.read(priority)}
        out += [
            SELDOM_CHOSEN.at(
                at,
                _("{name} is in the best mix in {n} of {draws} draws.").format(
                    name=picked_name(id_, "", priority), n=found.stability.times(id_), draws=found.stability.draws
                ),
                _("Say what you know of it that the estimates do not show."),
            )
            for id_, _version in own.picks
            if id_ not in found.best.versions
            and found.measure.impacts.get(id_, NOTHING).middle > 0
            and found.stability.times(id_) < SELDOM * found.stability.draws
            and not reasons.get(id_)
        ]
    return out
