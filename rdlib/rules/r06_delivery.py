"""Rule 6, tool 6.3: the budget for delivery itself, a line that cannot be forgotten."""

from __future__ import annotations

from collections.abc import Iterable

from rdlib.plan.money import DELIVERY_COSTS, DELIVERY_LINES, DeliveryCost
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.values import Period, number
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.money import money
from rdlib.rules.r04_candidates import live, said
from rdlib.rules.r06_choice import own_picks
from rdlib.rules.r06_costs import cost_years, costed, rows_of, totals
from rdlib.rules.registry import Context
from rdlib.words import _, format_number

TOOL = "6.3"

#: Shares of the cost of the strategies below and above which the budget for delivery is asked about. Our thresholds.
LITTLE, MUCH = 0.002, 0.2

NO_BUDGET = FindingKind(
    "R6-no-delivery-budget", TOOL, Severity.MISSING, _("No money for delivery itself"),
    why=_("Nobody chases, measures or solves anything without being paid for it; then the other money moves less."),
)  # fmt: skip
INCOMPLETE = FindingKind(
    "R6-delivery-incomplete", TOOL, Severity.MISSING, _("A line that cannot be counted"),
    why=_("Without what it is for, a year and an amount it is in no sum."),
)  # fmt: skip
LINE_MISSING = FindingKind(
    "R6-delivery-line-missing", TOOL, Severity.WEAK, _("A part of delivery has no line"),
    why=_("Team, data, routines and monitoring need each other; the one without money is done by nobody."),
)  # fmt: skip
ZERO_NO_WHY = FindingKind(
    "R6-delivery-zero", TOOL, Severity.WEAK, _("It costs nothing, and not said why"),
    why=_("Somebody does that work out of another budget; as long as it is not said whose, it can vanish."),
)  # fmt: skip
YEAR_MISSING = FindingKind(
    "R6-delivery-year-missing", TOOL, Severity.WEAK, _("A year without delivery"),
    why=_("Strategies drift in the year in which nobody looks."),
)  # fmt: skip
NOT_FUNDED = FindingKind(
    "R6-delivery-unfunded", TOOL, Severity.WEAK, _("Delivery itself is not funded"),
    why=_("It is the smallest line, so it is the first to be put off."),
)  # fmt: skip
SMALL = FindingKind(
    "R6-delivery-small", TOOL, Severity.NOTE, _("Very little for delivery"),
    why=_("It may be enough, where others do the work; then it should say so."),
)  # fmt: skip
LARGE = FindingKind(
    "R6-delivery-large", TOOL, Severity.NOTE, _("Much for delivery"),
    why=_("A delivery team that grows into a second department slows down what it is there to speed up."),
)  # fmt: skip
BUDGETED = FindingKind(
    "R6-delivery-budgeted", TOOL, Severity.GOOD, _("Delivery itself is paid for"),
    why=_("The little that it costs makes the other money work."),
)  # fmt: skip

KINDS = (NO_BUDGET, INCOMPLETE, LINE_MISSING, ZERO_NO_WHY, YEAR_MISSING, NOT_FUNDED, SMALL, LARGE, BUDGETED)


def rows(priority: Priority) -> tuple[DeliveryCost, ...]:
    """Return the costs of delivery for which anything was entered."""
    return tuple(row for row in DELIVERY_COSTS.read(priority) if row != DeliveryCost(row.id))


def counted(priority: Priority) -> tuple[DeliveryCost, ...]:
    """Return those that say what they are for, a year and an amount."""
    return tuple(row for row in rows(priority) if row.line and row.year and number(row.amount) is not None)


def years(priority: Priority) -> tuple[Period, ...]:
    """Return the years in which delivery itself costs something, in order."""
    found = {row.year for row in counted(priority) if row.year and number(row.amount)}
    return tuple(sorted(found, key=lambda year: year.start))


def in_year(priority: Priority, year: Period) -> float:
    """Return what delivery itself costs in a year."""
    return sum(number(row.amount) or 0.0 for row in counted(priority) if row.year == year)


def total(priority: Priority) -> float:
    """Return what delivery itself costs in all years."""
    return sum(number(row.amount) or 0.0 for row in counted(priority))


def gap(priority: Priority) -> float:
    """Return how much of it is missing."""
    return sum(max(0.0, (number(row.amount) or 0.0) - (number(row.funded) or 0.0)) for row in counted(priority))


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether there is anything to judge: from the first cost of a strategy on, this line is asked for."""
    return bool(rows(priority) or rows_of(priority))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge whether delivery itself is paid for, in each of its parts and years (Rule 6, tool 6.3)."""
    where = f"priorities/{priority.id}/{DELIVERY_COSTS.key}"
    own = counted(priority)
    if total(priority) <= 0 and not _done_elsewhere(own):
        text = _("Strategies are costed, and delivery itself has no money.")
        if rows(priority):
            text = _("Delivery itself is entered, and comes to nothing.")
        return [
            NO_BUDGET.at(where, text, _("Put down the team, the data, the routines and the monitoring, year by year."))
        ]
    found = [
        *_open(priority, where),
        *_lines(own, where),
        *_years(priority, where),
        *_amounts(priority, context.plan, where),
    ]
    if not [f for f in found if f.severity is not Severity.NOTE]:
        text = _("Team, data, routines and monitoring are covered in every year.")
        found.append(BUDGETED.at(where, text))
    return found


def _done_elsewhere(own: Iterable[DeliveryCost]) -> bool:
    """Whether every part is said to cost nothing more, with the reason."""
    told = {row.line for row in own if number(row.amount) == 0 and said(row.note)}
    return told >= {choice.value for choice in DELIVERY_LINES}


def _open(priority: Priority, where: str) -> Iterable[Finding]:
    whole = counted(priority)
    for row in rows(priority):
        if row not in whole:
            yield INCOMPLETE.at(
                f"{where}/{row.id}",
                _("This line does not say what it is for, for which year, or how much."),
                _("Fill it in, or take the row out."),
            )


def _lines(own: Iterable[DeliveryCost], where: str) -> Iterable[Finding]:
    there = {row.line for row in own}
    gaps = [choice.label for choice in DELIVERY_LINES if choice.value not in there]
    if gaps:
        yield LINE_MISSING.at(
            where,
            _("Nothing is said about: {lines}.").format(lines=", ".join(gaps)),
            _("Write down what it costs, or 0 and who does it already."),
        )
    for row in own:
        if number(row.amount) == 0 and not said(row.note):
            yield ZERO_NO_WHY.at(
                f"{where}/{row.id}/note",
                _("A part of delivery is to cost nothing, and it is not said who does it."),
                _("Name who does it, and out of which budget."),
            )


def _years(priority: Priority, where: str) -> Iterable[Finding]:
    told = {row.year for row in counted(priority)}
    open_ = [str(year) for year in _paid_years(priority) if year not in told]
    if open_ and total(priority) > 0:
        yield YEAR_MISSING.at(
            where,
            _("Strategies cost money in {years}, and delivery itself has none there.").format(years=", ".join(open_)),
            _("Add the year, or say who looks after the strategies then."),
        )


def _paid_years(priority: Priority) -> tuple[Period, ...]:
    """The years in which the own choice costs something; what was not dropped, while nothing is chosen."""
    among = set(own_picks(priority)) or {s.id for s in live(priority)}
    there = {
        row.year for each in costed(priority) if each.strategy.id in among for row in each.rows if number(row.amount)
    }
    return tuple(year for year in cost_years(priority) if year in there)


def _amounts(priority: Priority, plan: Plan, where: str) -> Iterable[Finding]:
    own, missing = total(priority), gap(priority)
    if missing > 1e-9:
        yield NOT_FUNDED.at(
            where,
            _("{gap} of the {total} for delivery itself are not funded.").format(
                gap=money(missing, plan), total=money(own, plan)
            ),
            _("Secure this line before any other; it is small enough for one decision."),
        )
    spent = totals(priority)[0]
    if not spent or not own:
        return
    share = format_number(round(100 * own / spent, 1), "%")
    if own < LITTLE * spent:
        yield SMALL.at(
            where,
            _("Delivery itself comes to {share} of what the chosen strategies cost.").format(share=share),
            _("Ask who measures, visits and chases, and whether they have the time."),
        )
    elif own > MUCH * spent:
        yield LARGE.at(
            where,
            _("Delivery itself comes to {share} of what the chosen strategies cost.").format(share=share),
            _("Ask what of it belongs to a strategy, and what could be done by those who are there."),
        )
