"""Rule 6, tool 6.1: what each strategy costs, what is paid for already, and what the money moves.

A cost is known as well as it is firm; an impact as well as its range. What a strategy adds comes from the path of the
indicator (tool 5.5) where there is one, else from an estimate typed in here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from statistics import median

import attrs

from rdlib.plan.indicator import Indicator
from rdlib.plan.money import COSTS, FUNDING, IMPACTS, SPREADS, Cost, ExpectedImpact
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import Strategy
from rdlib.plan.values import Period, number
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.money import fiscal_years, money
from rdlib.rules.r02_smart import goal
from rdlib.rules.r04_candidates import chosen, indicators_of, live, name_of, said, strategies
from rdlib.rules.r05_effects import Range, what_it_adds
from rdlib.rules.r06_choice import cost_share, own_picks
from rdlib.rules.registry import Context
from rdlib.words import _, format_number, plural

TOOL = "6.1"

#: An amount that is so many times the median of at least so many others may stand in another scale. Our thresholds.
OTHER_SCALE, OTHERS = 900, 3

INCOMPLETE = FindingKind(
    "R6-cost-incomplete", TOOL, Severity.MISSING, _("A cost that cannot be counted"),
    why=_("Without a strategy, a year and an amount it is in no sum, and nobody notices."),
)  # fmt: skip
NO_COST = FindingKind(
    "R6-no-cost", TOOL, Severity.MISSING, _("Chosen, and not costed"),
    why=_("What has no cost looks free, and takes its money from the others later."),
)  # fmt: skip
YEAR_MISSING = FindingKind(
    "R6-cost-year-missing", TOOL, Severity.WEAK, _("A year without a cost"),
    why=_("Work that goes on costs money in each of its years; the one left out is the one that is cut."),
)  # fmt: skip
ONLY_CAPITAL = FindingKind(
    "R6-only-capital", TOOL, Severity.NOTE, _("Bought, and nobody to run it"),
    why=_("Buildings and systems are announced with their price; those who work in them cost more, every year."),
)  # fmt: skip
NO_SOURCE = FindingKind(
    "R6-cost-no-source", TOOL, Severity.MISSING, _("Not said where the cost comes from"),
    why=_("A figure that nobody can trace is cut first, since nobody can defend it."),
)  # fmt: skip
SCALE = FindingKind(
    "R6-cost-scale", TOOL, Severity.WEAK, _("Another scale than the others"),
    why=_("One amount in dollars among amounts in millions turns every sum and every ranking into nonsense."),
)  # fmt: skip
NO_IMPACT = FindingKind(
    "R6-no-impact", TOOL, Severity.MISSING, _("Money without an expected impact"),
    why=_("What it would move is the only reason to pay for it; without that it cannot be held against the others."),
)  # fmt: skip
NO_RANGE = FindingKind(
    "R6-impact-no-range", TOOL, Severity.WEAK, _("An impact without its range"),
    why=_("A single number hides how little is known, and a ranking built on it looks surer than it is."),
)  # fmt: skip
REVERSED = FindingKind(
    "R6-impact-range-order", TOOL, Severity.WEAK, _("A range that is out of order"),
    why=_("The expected value has to lie between the least and the most."),
)  # fmt: skip
TWO_ESTIMATES = FindingKind(
    "R6-two-estimates", TOOL, Severity.NOTE, _("Two estimates of one impact"),
    why=_("Sooner or later the two are quoted against each other; only the one of the path is used here."),
)  # fmt: skip
NOT_SAID = FindingKind(
    "R6-funded-not-said", TOOL, Severity.MISSING, _("Not said what is funded"),
    why=_("A plan that does not say what is paid for is read as if all of it were."),
)  # fmt: skip
UNFUNDED = FindingKind(
    "R6-unfunded", TOOL, Severity.WEAK, _("Chosen, and not funded"),
    why=_("Until the money is there, this strategy is a hope, and what waits for it as well."),
)  # fmt: skip
UNDER_FUNDED = FindingKind(
    "R6-under-funded", TOOL, Severity.WEAK, _("Only partly funded"),
    why=_("Half of the money seldom brings half of the impact; ask what the missing part would have done."),
)  # fmt: skip
REST_TO_COME = FindingKind(
    "R6-rest-to-come", TOOL, Severity.NOTE, _("Part of the money is still to come"),
    why=_("A source that is named is not yet money that can be spent; the work that hangs on it should be known."),
)  # fmt: skip
OVER_FUNDED = FindingKind(
    "R6-over-funded", TOOL, Severity.NOTE, _("More money than it costs"),
    why=_("What is left over here is missing elsewhere, and lapses at the end of the year."),
)  # fmt: skip
FUNDED_DROPPED = FindingKind(
    "R6-funded-dropped", TOOL, Severity.WEAK, _("Money in a strategy that was dropped"),
    why=_("Nobody took the money with the decision, so it is spent on what was given up."),
)  # fmt: skip
POOR_VALUE = FindingKind(
    "R6-poor-value", TOOL, Severity.NOTE, _("Little for its money"),
    why=_("There can be good reasons to pay more for an impact; they should be written down."),
)  # fmt: skip
COSTED = FindingKind(
    "R6-costed", TOOL, Severity.GOOD, _("Costed, funded, and weighed"),
    why=_("Each strategy can be held against the others: what it costs, what it brings, and how surely."),
)  # fmt: skip

KINDS = (
    INCOMPLETE, NO_COST, YEAR_MISSING, ONLY_CAPITAL, NO_SOURCE, SCALE, NO_IMPACT, NO_RANGE, REVERSED, TWO_ESTIMATES,
    NOT_SAID, UNFUNDED, UNDER_FUNDED, REST_TO_COME, OVER_FUNDED, FUNDED_DROPPED, POOR_VALUE, COSTED,
)  # fmt: skip


# --- costs ---------------------------------------------------------------------------------------------------------


class Funded(Enum):
    """How far the cost of a strategy is paid for."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_SAID = "not-said"

    @property
    def word(self) -> str:
        """The words that a person reads."""
        return {
            Funded.YES: _("funded"),
            Funded.PARTLY: _("partly funded"),
            Funded.NO: _("not funded"),
            Funded.NOT_SAID: _("not said"),
        }[self]


@attrs.frozen
class Costed:
    """What a strategy costs, added up.

    Attributes:
        strategy: the strategy.
        rows: the costs that can be counted.
        share: which share of it the own choice pays (tool 6.2): less than 1 for a smaller version.
    """

    strategy: Strategy
    rows: tuple[Cost, ...]
    share: float = 1.0

    @property
    def total(self) -> float:
        """What it costs in all."""
        return sum(amount_of(row) for row in self.rows)

    @property
    def range(self) -> Range:
        """What it may turn out to cost, by how firm each figure is."""
        ends = [(amount_of(row), *SPREADS.get(row.firmness or "", (1.0, 1.0))) for row in self.rows]
        return Range(sum(a * low for a, low, _high in ends), self.total, sum(a * high for a, _low, high in ends))

    @property
    def funded(self) -> float:
        """How much of it is there."""
        return sum(number(row.funded) or 0.0 for row in self.rows)

    @property
    def gap(self) -> float:
        """How much is missing for the own choice, row by row: too much in one does not pay for another."""
        return sum(self.gap_of(row) for row in self.rows)

    @property
    def state(self) -> Funded:
        """How far it is paid for."""
        if all(number(row.funded) is None for row in self.rows):
            return Funded.NOT_SAID
        if self.gap <= 1e-9:
            return Funded.YES
        return Funded.PARTLY if self.funded > 0 else Funded.NO

    @property
    def wanted(self) -> float:
        """What it costs in the version that the own choice pays."""
        return self.total * self.share

    def gap_of(self, row: Cost) -> float:
        """Return how much of one cost is missing for the own choice."""
        return max(0.0, amount_of(row) * self.share - (number(row.funded) or 0.0))

    def in_year(self, year: Period) -> float:
        """Return what it costs in one year."""
        return sum(amount_of(row) for row in self.rows if row.year == year)


def amount_of(row: Cost) -> float:
    """Return the amount of a cost; 0 where there is none."""
    return number(row.amount) or 0.0


def is_begun(row: Cost) -> bool:
    """Say whether anything was entered for a cost."""
    return row != Cost(row.id)


def rows_of(priority: Priority) -> tuple[Cost, ...]:
    """Return the costs for which anything was entered."""
    return tuple(row for row in COSTS.read(priority) if is_begun(row))


def lacks(row: Cost) -> tuple[str, ...]:
    """Return the names of the fields without which a cost cannot be counted.

    >>> lacks(Cost("c1", strategy="s1"))
    ('year', 'amount')
    """
    found = [name for name in ("strategy", "year") if not getattr(row, name)]
    return (*found, *(["amount"] if number(row.amount) is None else []))


def costed(priority: Priority) -> tuple[Costed, ...]:
    """Return the strategies that have a cost which can be counted, in the order of the plan."""
    rows = [row for row in rows_of(priority) if not lacks(row)]
    found = [
        Costed(s, tuple(row for row in rows if row.strategy == s.id), cost_share(s.id, priority))
        for s in strategies(priority)
    ]
    return tuple(each for each in found if each.rows)


def hoped_for(strategy: Strategy, priority: Priority) -> float:
    """Return how much money is still to come for a strategy: what 6.4 names for it, and nobody has refused."""
    rows = [row for row in FUNDING.read(priority) if strategy.id in row.pays_for]
    return sum(number(row.amount) or 0.0 for row in rows if row.status not in {"refused", "in-hand"})


def cost_years(priority: Priority) -> tuple[Period, ...]:
    """Return the years in which strategies cost something, in order."""
    found = {row.year for each in costed(priority) for row in each.rows if row.year}
    return tuple(sorted(found, key=lambda year: year.start))


# --- what the money moves ------------------------------------------------------------------------------------------


@attrs.frozen
class Expected:
    """What a strategy is expected to move an indicator by, towards its target.

    Attributes:
        amount: how far, with its range.
        from_path: whether the path of the indicator says so (tool 5.5); else it was typed in here.
        illustrative: whether it is made up to practise with.
    """

    amount: Range
    from_path: bool
    illustrative: bool


def impact_rows(priority: Priority) -> tuple[ExpectedImpact, ...]:
    """Return the typed estimates for which anything was entered."""
    return tuple(row for row in IMPACTS.read(priority) if row != ExpectedImpact(row.id))


def typed(row: ExpectedImpact) -> Range | None:
    """Return a typed estimate in order; None where its middle is missing.

    >>> typed(ExpectedImpact("x1", middle=3.0, low=1.0))
    Range(low=1.0, middle=3.0, high=3.0)
    """
    middle = number(row.middle)
    if middle is None:
        return None
    low, high = number(row.low), number(row.high)
    return Range(min(middle if low is None else low, middle), middle, max(middle if high is None else high, middle))


def due_day(indicator: Indicator, context: Context) -> date | None:
    """Return the day up to which an impact counts: when the target falls due, else the end of the mandate."""
    due = goal(indicator, context).due
    return due.end if due else context.plan.mandate_end


def expected(strategy: Strategy, indicator: Indicator, priority: Priority, context: Context) -> Expected | None:
    """Return what a strategy is expected to add to an indicator: from its path, else as typed, else None."""
    day = due_day(indicator, context)
    from_path = what_it_adds(strategy, indicator, day) if day else None
    if from_path is not None:
        made_up = any(e.illustrative for e in indicator.effects if e.strategy == strategy.id)
        return Expected(from_path, True, made_up)
    for row in impact_rows(priority):
        if (row.strategy, row.indicator) == (strategy.id, indicator.id) and (amount := typed(row)) is not None:
            return Expected(amount, False, bool(row.illustrative))
    return None


@attrs.frozen
class Worth:
    """What a strategy brings for its money, for one indicator.

    Attributes:
        costed: the strategy with its cost.
        impact: what it adds.
        per: for how much money the worth is told.
        worth: what it adds for so much money; None where it costs nothing.
        rank: its place by what is expected, from 1.
        ranks: the best and the worst place that its range leaves open.
    """

    costed: Costed
    impact: Expected
    per: float
    worth: Range | None
    rank: int
    ranks: tuple[int, int]


def _ratio(impact: Range, cost: Range) -> Range | None:
    if cost.middle <= 0:
        return None
    low = impact.low / (cost.high if impact.low >= 0 else cost.low)
    return Range(low, impact.middle / cost.middle, impact.high / cost.low)


def _rounds(ratios: Iterable[Range | None]) -> float:
    """Return the amount of money, a power of ten, for which the middle one of the worths is told as 1 or more."""
    known = [abs(r.middle) for r in ratios if r and r.middle]
    typical = median(known) if known else 0.0
    per = 1.0
    while 0 < typical * per < 1 and per < 1e12:
        per *= 10
    return per


def worth_of(indicator: Indicator, priority: Priority, context: Context) -> tuple[Worth, ...]:
    """Return what each costed strategy brings to an indicator for its money, the best first (Rule 6, tool 6.1).

    The range is as wide as it can be: the least impact at the highest cost, and the most at the lowest.
    """
    found = [(each, expected(each.strategy, indicator, priority, context)) for each in costed(priority)]
    known = [(each, impact) for each, impact in found if impact is not None]
    ratios = [_ratio(impact.amount, each.range) for each, impact in known]
    per = _rounds(ratios)
    rows = []
    for (each, impact), ratio in zip(known, ratios, strict=True):
        others = [r for r in ratios if r is not None and r is not ratio]
        rank, ranks = 1, (1, 1)
        if ratio is not None:
            rank = 1 + sum(r.middle > ratio.middle for r in others)
            ranks = 1 + sum(r.low > ratio.high for r in others), 1 + sum(r.high > ratio.low for r in others)
        rows.append(Worth(each, impact, per, ratio.times(per) if ratio else None, rank, ranks))
    return tuple(sorted(rows, key=lambda w: (w.rank, w.costed.strategy.id)))


def weighed_indicators(priority: Priority, context: Context) -> tuple[Indicator, ...]:
    """Return the indicators that at least one costed strategy is expected to move."""
    return tuple(
        i for i in priority.indicators if any(expected(c.strategy, i, priority, context) for c in costed(priority))
    )


# --- the check -----------------------------------------------------------------------------------------------------


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether any cost or expected impact was entered."""
    return bool(rows_of(priority) or impact_rows(priority))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge costs, funding and expected impacts (Rule 6, tool 6.1)."""
    here = f"priorities/{priority.id}"
    found = [*_rows(priority, here), *_scales(priority, context.plan, here)]
    found += _estimates(priority, context, here)
    costs = {each.strategy.id: each for each in costed(priority)}
    for strategy in strategies(priority):
        if strategy.status == "dropped":
            found += _dropped(costs.get(strategy.id), context.plan, here)
        else:
            found += _one(strategy, costs.get(strategy.id), priority, context, here)
    found += _poor_value(priority, context, here)
    open_still = [f for f in found if f.severity is not Severity.NOTE or f.code == REST_TO_COME.code]
    if chosen(priority) and not open_still:
        text = _("Every chosen strategy has its cost, its money, and an impact with a range.")
        found.append(COSTED.at(f"{here}/{COSTS.key}", text))
    return found


def _rows(priority: Priority, here: str) -> Iterable[Finding]:
    names = {"strategy": _("the strategy"), "year": _("the year"), "amount": _("the amount")}
    for row in rows_of(priority):
        gaps = lacks(row)
        if gaps:
            missing = ", ".join(names[name] for name in gaps)
            yield INCOMPLETE.at(
                f"{here}/{COSTS.key}/{row.id}/{gaps[0]}",
                _("In this cost there is still missing: {what}.").format(what=missing),
                _("Fill it in, or take the row out."),
            )


def _scales(priority: Priority, plan: Plan, here: str) -> Iterable[Finding]:
    rows = [row for row in rows_of(priority) if amount_of(row) > 0]
    for row in rows:
        others = [amount_of(other) for other in rows if other is not row]
        if len(others) >= OTHERS and amount_of(row) >= OTHER_SCALE * median(others):
            yield SCALE.at(
                f"{here}/{COSTS.key}/{row.id}/amount",
                _("{amount} is {times} times as much as the middle one of the others.").format(
                    amount=money(amount_of(row), plan),
                    times=format_number(amount_of(row) / median(others), decimals=0),
                ),
                _("Write it in the scale of the plan, or choose another scale for all."),
            )


def _estimates(priority: Priority, context: Context, here: str) -> Iterable[Finding]:
    by_id = {s.id: s for s in strategies(priority)}
    for row in impact_rows(priority):
        at = f"{here}/{IMPACTS.key}/{row.id}"
        low, middle, high = (number(getattr(row, name)) for name in ("low", "middle", "high"))
        indicator, strategy = priority.indicator(row.indicator), by_id.get(row.strategy or "")
        ends = [end for end in (low, middle, high) if end is not None]
        if ends != sorted(ends):
            yield REVERSED.at(
                at,
                _("It reads {values}: at least, expected, at most.").format(
                    values=", ".join(format_number(end) for end in ends)
                ),
                _("Put the three in order, the least first."),
            )
        elif middle is not None and (low is None or high is None or low == high):
            yield NO_RANGE.at(
                at,
                _("The expected impact of “{strategy}” has no range.").format(
                    strategy=name_of(strategy) if strategy else row.strategy or row.id
                ),
                _("Say what it would be if things go badly, and if everything goes well."),
            )
        if indicator and strategy and middle is not None:
            found = expected(strategy, indicator, priority, context)
            if found and found.from_path and abs(found.amount.middle - middle) > 0.05 * max(abs(middle), 1e-9):
                yield TWO_ESTIMATES.at(
                    at,
                    _("Here stands {typed}; the path of “{indicator}” says {path}.").format(
                        typed=format_number(middle),
                        indicator=said(indicator.name) or indicator.id,
                        path=format_number(found.amount.middle),
                    ),
                    _("Keep the one that you would defend, and mend or empty the other."),
                )


def _dropped(cost: Costed | None, plan: Plan, here: str) -> Iterable[Finding]:
    if cost is not None and cost.funded > 0:
        row = next(row for row in cost.rows if number(row.funded))
        yield FUNDED_DROPPED.at(
            f"{here}/{COSTS.key}/{row.id}/funded",
            _("“{strategy}” was dropped, and {amount} are still set aside for it.").format(
                strategy=name_of(cost.strategy), amount=money(cost.funded, plan)
            ),
            _("Move the money to what was chosen (tool 6.4), or say what it still has to pay for."),
        )


def _one(strategy: Strategy, cost: Costed | None, priority: Priority, context: Context, here: str) -> list[Finding]:
    """Judge a strategy that was not dropped; what it lacks counts once it is chosen, or once it has a cost."""
    name = name_of(strategy)
    paid_for = strategy.id in own_picks(priority)
    if cost is None:
        if not paid_for:
            return []
        return [
            NO_COST.at(
                f"{here}/{COSTS.key}",
                _("“{strategy}” is chosen, and has no cost.").format(strategy=name),
                _("Write down what it costs in each year; a rough figure marked as rough is a beginning."),
            )
        ]
    first = f"{here}/{COSTS.key}/{cost.rows[0].id}"
    found = []
    without = [row for row in cost.rows if amount_of(row) > 0 and not said(row.source) and not row.illustrative]
    if without:
        found.append(
            NO_SOURCE.at(
                f"{here}/{COSTS.key}/{without[0].id}/source",
                plural(
                    "{n} cost of this strategy does not say where it comes from.",
                    "{n} costs of this strategy do not say where they come from.",
                    len(without),
                )
                + " "
                + _("It is “{strategy}”.").format(strategy=name),
                _("Name who worked it out, from what, and when."),
            )
        )
    kinds = {row.kind for row in cost.rows if amount_of(row) > 0}
    if kinds and kinds <= {"capital", "systems"}:
        found.append(
            ONLY_CAPITAL.at(
                first,
                _("All costs of “{strategy}” are for capital or systems.").format(strategy=name),
                _("Add those who work with it, or say whose budget pays for them."),
            )
        )
    if not any(expected(strategy, i, priority, context) for i in priority.indicators):
        tied = ", ".join(said(i.name) or i.id for i in indicators_of(strategy, priority))
        found.append(
            NO_IMPACT.at(
                first,
                _("It is not said what “{strategy}” would move for its money.").format(strategy=name),
                _("Estimate what it adds to “{indicator}”, on its path in Rule 5 or below.").format(indicator=tied)
                if tied
                else _("Tie it to an indicator in Rule 4, then estimate what it adds."),
            )
        )
    if paid_for:
        found += _chosen(cost, hoped_for(strategy, priority), context, first, here)
    return found


def _chosen(cost: Costed, hoped: float, context: Context, first: str, here: str) -> Iterable[Finding]:
    strategy, plan = cost.strategy, context.plan
    name = name_of(strategy)
    if strategy.start and strategy.end and strategy.start.start <= strategy.end.end:
        there = {row.year for row in cost.rows}
        running = fiscal_years(strategy.start.start, strategy.end.end, plan)
        lacking = [
            year for year in running if not any(y and y.start <= year.end and year.start <= y.end for y in there)
        ]
        if lacking:
            yield YEAR_MISSING.at(
                first,
                _("“{strategy}” runs in {years}, and no cost stands there.").format(
                    strategy=name, years=", ".join(map(str, lacking))
                ),
                _("Add the cost of that year, or 0 with the reason, or let the strategy end earlier."),
            )
    if cost.state is Funded.NOT_SAID:
        yield NOT_SAID.at(
            f"{first}/funded",
            _("It is not said how much of “{strategy}” is funded.").format(strategy=name),
            _("Write what is there for certain, and 0 where nothing is."),
        )
    elif cost.state is Funded.NO:
        yield UNFUNDED.at(
            f"{first}/funded",
            _("“{strategy}” costs {total}; nothing of it is funded.").format(
                strategy=name, total=money(cost.wanted, plan)
            ),
            _("Say in 6.4 where the money is to come from, or choose without it in 6.2."),
        )
    elif cost.state is Funded.PARTLY:
        short = max(cost.rows, key=cost.gap_of)
        at = f"{here}/{COSTS.key}/{short.id}/funded"
        text = _("“{strategy}” costs {total}; {gap} of it are missing.").format(
            strategy=name, total=money(cost.wanted, plan), gap=money(cost.gap, plan)
        )
        if hoped >= cost.gap - 1e-9:
            yield REST_TO_COME.at(at, text, _("6.4 names where the rest is to come from. Say what waits for it."))
        else:
            yield UNDER_FUNDED.at(
                at, text, _("Say in 6.4 where the rest is to come from, or plan a smaller version in 6.2.")
            )
    over = [row for row in cost.rows if (number(row.funded) or 0.0) > amount_of(row) * 1.001 + 1e-9]
    if over:
        yield OVER_FUNDED.at(
            f"{here}/{COSTS.key}/{over[0].id}/funded",
            _("“{strategy}” has more money than this costs: {funded} for {amount}.").format(
                strategy=name, funded=money(number(over[0].funded) or 0.0, plan), amount=money(amount_of(over[0]), plan)
            ),
            _("Correct one of the two, or move what is left over to where money is missing."),
        )


def _poor_value(priority: Priority, context: Context, here: str) -> Iterable[Finding]:
    """Name a chosen strategy whose whole range lies below that of one that was left out, on every indicator."""
    for strategy in chosen(priority):
        better: list[set[str]] = []
        for indicator in weighed_indicators(priority, context):
            rows = {w.costed.strategy.id: w for w in worth_of(indicator, priority, context) if w.worth}
            own = rows.get(strategy.id)
            if own is not None and own.worth is not None:
                high = own.worth.high
                better.append(
                    {
                        id_
                        for id_, w in rows.items()
                        if w.worth and w.worth.low > high and w.costed.strategy.status != "chosen"
                    }
                )
        beaten_by = set.intersection(*better) if better else set()
        if beaten_by:
            other = next(s for s in strategies(priority) if s.id in beaten_by)
            yield POOR_VALUE.at(
                f"{here}/{COSTS.key}",
                _("“{strategy}” is chosen; “{other}”, which is not, brings more for its money at its worst.").format(
                    strategy=name_of(strategy), other=name_of(other)
                ),
                _("Look at the two again, and write down what speaks for the dearer one."),
            )


def totals(priority: Priority) -> tuple[float, float]:
    """Return what the own choice costs in all, and how much of it is missing.

    While nothing is chosen, all that was not dropped counts.
    """
    wanted = set(own_picks(priority)) or {s.id for s in live(priority)}
    rows = [each for each in costed(priority) if each.strategy.id in wanted]
    return sum(each.wanted for each in rows), sum(each.gap for each in rows)
