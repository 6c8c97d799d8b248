"""Rule 5, tool 5.4: a target held against its own past, others, the own best units, and the plan itself."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

import attrs

from rdlib.plan.indicator import BENCHMARKS, Benchmark, Indicator
from rdlib.plan.priority import Priority
from rdlib.plan.values import Period, format_when, number
from rdlib.rules import trend
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.headline import amount_words, gap_words
from rdlib.rules.r02_smart import Answer, goal, has_number, is_share, reaches, sign_of, smart, start_of
from rdlib.rules.r04_candidates import strategies
from rdlib.rules.r05_estimates import has_effects, said_of_path
from rdlib.rules.r05_trajectory import NoPath, Trajectory, trajectory
from rdlib.rules.registry import Context, Exercise
from rdlib.rules.targets import Goal, in_words
from rdlib.words import _, format_number

TOOL = "5.4"

#: A target that asks for more than so many times the way to the best comparison lies far beyond it. Our threshold.
FAR = 1.5
#: From this share of the own units on that reach a target at the start, most do. Our threshold.
MOST = 0.5

KIND_MISSING = FindingKind(
    "R5-comparison-missing", TOOL, Severity.NOTE, _("Not all four comparisons"),
    why=_("Each sees something else: what was, what others can, what your best can, and what your plan would do."),
)  # fmt: skip
NO_VALUE = FindingKind(
    "R5-benchmark-no-value", TOOL, Severity.MISSING, _("A comparison without a value"),
    why=_("A name alone can be held against nothing."),
)  # fmt: skip
NO_KIND = FindingKind(
    "R5-benchmark-no-kind", TOOL, Severity.MISSING, _("Compared with whom?"),
    why=_("A value of your own past and a value of somebody else say different things about the same target."),
)  # fmt: skip
NO_SOURCE = FindingKind(
    "R5-benchmark-no-source", TOOL, Severity.WEAK, _("A comparison without a source"),
    why=_("The first one who doubts the target will ask where the figure is from."),
)  # fmt: skip
NO_PERIOD = FindingKind(
    "R5-benchmark-no-period", TOOL, Severity.NOTE, _("A comparison without a date"),
    why=_("What was reached ten years ago, or in one good month, is another comparison."),
)  # fmt: skip
OFF_SCALE = FindingKind(
    "R5-benchmark-off-scale", TOOL, Severity.WEAK, _("A comparison on another scale"),
    why=_("A share between 0 and 1 beside one in percent makes every target look out of reach, or met."),
)  # fmt: skip
MOST_REACH = FindingKind(
    "R5-most-reach-it", TOOL, Severity.WEAK, _("Most of your own units reached it before the work began"),
    why=_("Such a target asks something of a few places only, and nothing of the others."),
)  # fmt: skip
FAR_BEYOND_ALL = FindingKind(
    "R5-far-beyond-all", TOOL, Severity.WEAK, _("Far beyond every comparison"),
    why=_("Nobody can say from experience that it can be done; then the plan has to show how, step by step."),
)  # fmt: skip
FOUR = FindingKind(
    "R5-four-comparisons", TOOL, Severity.GOOD, _("Held against all four"),
    why=_("Past, others, own best and plan are there with their sources, and somebody has reached what is asked for."),
)  # fmt: skip

KINDS = (
    KIND_MISSING, NO_VALUE, NO_KIND, NO_SOURCE, NO_PERIOD, OFF_SCALE, MOST_REACH, FAR_BEYOND_ALL, FOUR,
)  # fmt: skip


class Stand(Enum):
    """Where a target lies, seen from a comparison."""

    REACHED = "reached"
    WITHIN = "within"
    BEYOND = "beyond"
    OPEN = "open"

    @property
    def word(self) -> str:
        """The words that a person reads."""
        return {
            Stand.REACHED: _("reached before"),
            Stand.WITHIN: _("within reach"),
            Stand.BEYOND: _("beyond it"),
            Stand.OPEN: _("cannot be said yet"),
        }[self]


@attrs.frozen
class Compared:
    """A value that a target is held against.

    Attributes:
        name: who or what.
        value: the value.
        when: its period, where it is known.
    """

    name: str
    value: float
    when: Period | None = None


@attrs.frozen
class View:
    """What one of the four comparisons says of a target.

    Attributes:
        kind: ``history``, ``peers``, ``within`` or ``plan``.
        stand: where the target lies, seen from here.
        says: that in a sentence or two.
        values: the values that it rests on, the best first.
    """

    kind: str
    stand: Stand
    says: str
    values: tuple[Compared, ...] = ()

    @property
    def label(self) -> str:
        """What a person reads."""
        return {
            "history": _("Your own past"),
            "peers": _("Others like you"),
            "within": _("Within your own system"),
            "plan": _("Your plan"),
        }[self.kind]


@attrs.frozen
class Held:
    """A target held against the four comparisons.

    Attributes:
        indicator: the indicator.
        goal: its target.
        views: the four, in the order of the method.
        path: the computed path, or why there is none.
    """

    indicator: Indicator
    goal: Goal
    views: tuple[View, ...]
    path: Trajectory | NoPath

    def of(self, kind: str) -> View:
        """Return one of the four."""
        return next(view for view in self.views if view.kind == kind)


def _fine(size: float) -> float:
    """Round a distance to what a reader makes something of."""
    return round(size, 2 if size < 1 else 1)


@attrs.frozen
class _Case:
    indicator: Indicator
    aim: Goal
    sign: int
    priority: Priority
    context: Context

    @property
    def edge(self) -> float:
        """The value at which the target begins to be met."""
        edge = self.aim.low if self.sign >= 0 else self.aim.high
        return edge if edge is not None else self.aim.level or 0.0

    def written(self, value: float) -> str:
        return format_number(value, self.indicator.unit, None if value == round(value) else 1)

    def beyond(self, value: float) -> str:
        return gap_words(_fine(abs(self.edge - value)), self.indicator.unit)

    def rows(self, kind: str) -> list[Compared]:
        """Return the comparisons of a kind that were entered, the best first."""
        found = [
            Compared((row.name or "").strip() or _("not named"), value, row.when)
            for row in self.indicator.benchmarks
            if row.kind == kind and (value := number(row.value)) is not None
        ]
        return sorted(found, key=lambda each: -each.value * self.sign)


def hold(indicator: Indicator, priority: Priority, context: Context) -> Held | None:
    """Hold the target of an indicator against the four comparisons (Rule 5, tool 5.4).

    Args:
        indicator: the indicator.
        priority: its priority, with the strategies.
        context: the plan and the day for which it is judged.

    Returns:
        what each says; None where the target has no number, or nobody knows which way is better.
    """
    aim = goal(indicator, context)
    sign = sign_of(indicator, aim)
    if not has_number(aim) or sign == 0:
        return None
    case = _Case(indicator, aim, sign, priority, context)
    path = trajectory(indicator, priority, context)
    return Held(indicator, aim, (_history(case), _peers(case), _within(case), _plan(case, path)), path)


def _history(case: _Case) -> View:
    measured = [(p, v) for p, v in trend.whole_series(case.indicator) if p.end <= case.context.as_of]
    values = [Compared(format_when(p), v, p) for p, v in measured] + case.rows("history")
    values.sort(key=lambda each: -each.value * case.sign)
    if not values:
        return View("history", Stand.OPEN, _("No earlier value is in the plan."))
    best = values[0]
    when = format_when(best.when) if best.when else best.name
    if reaches(best.value, case.aim):
        return View(
            "history",
            Stand.REACHED,
            _("It stood at {value} in {when}, which meets the target.").format(
                value=case.written(best.value), when=when
            ),
            tuple(values),
        )
    says = _("The best so far is {value} ({when}); the target lies {gap} beyond that.").format(
        value=case.written(best.value), when=when, gap=case.beyond(best.value)
    )
    pace = _pace(case, measured)
    slow = pace is not None and pace[0] > pace[1]
    stand = Stand.BEYOND if pace is None or slow else Stand.WITHIN
    return View("history", stand, " ".join(filter(None, (says, pace[2] if pace else ""))), tuple(values))


def _pace(case: _Case, measured: list[tuple[Period, float]]) -> tuple[float, float, str] | None:
    """Return the change that is needed from the last value, the largest ever seen in so long, and both in words."""
    if case.aim.due is None or len(measured) < 2:
        return None
    series = [(period.end, value) for period, value in measured]
    days = (case.aim.due.end - series[-1][0]).days
    fastest = trend.fastest_change(series, days, direction="up" if case.sign > 0 else "down") if days > 0 else None
    if fastest is None:
        return None
    needed, most = abs(case.edge - series[-1][1]), max(fastest, 0.0)
    said = _("From the last value it needs {needed}; the most it ever moved in so long a time is {fastest}.").format(
        needed=gap_words(_fine(needed), case.indicator.unit), fastest=gap_words(_fine(most), case.indicator.unit)
    )
    return needed, most, said


def _peers(case: _Case) -> View:
    values = case.rows("peers")
    if not values:
        return View("peers", Stand.OPEN, _("Nobody else is in the plan to compare with."))
    return _reached_by(case, "peers", values)


def _reached_by(case: _Case, kind: str, values: list[Compared]) -> View:
    reached = [each for each in values if reaches(each.value, case.aim)]
    best = values[0]
    stand = Stand.REACHED if len(reached) == len(values) > 1 else Stand.WITHIN if reached else Stand.BEYOND
    if not reached:
        says = _("None of those compared with reaches it; the best, “{name}”, is at {value}: {gap} short.").format(
            name=best.name, value=case.written(best.value), gap=case.beyond(best.value)
        )
    elif len(values) == 1:
        says = _("“{name}” reached {value}.").format(name=best.name, value=case.written(best.value))
    else:
        says = _("{some} of {count} reach it; the best is “{name}” with {value}.").format(
            some=format_number(len(reached)),
            count=format_number(len(values)),
            name=best.name,
            value=case.written(best.value),
        )
    return View(kind, stand, says, tuple(values))


def units_can_be_compared(indicator: Indicator, context: Context) -> bool:
    """Say whether the values of the units are on the scale of the whole: a share is, a part of a total is not."""
    found = trend.latest_units(indicator, as_of=context.as_of)
    if found is None:
        return False
    when, values = found
    whole = next((value for period, value in trend.whole_series(indicator) if period == when), None)
    return whole is None or min(values.values()) <= whole <= max(values.values())


def _within(case: _Case) -> View:
    own = trend.percentiles_within(case.indicator, as_of=case.context.as_of)
    units = trend.latest_units(case.indicator, as_of=case.context.as_of)
    if own is None or units is None or not units_can_be_compared(case.indicator, case.context):
        values = case.rows("within")
        if not values:
            return View("within", Stand.OPEN, _("The values are not broken down by place, and no own best is named."))
        return _reached_by(case, "within", values)
    count = sum(1 for value in units[1].values() if reaches(value, case.aim))
    said = {
        "fifth": case.written(own.fifth_best),
        "hundredth": case.written(own.hundredth_best),
        "units": format_number(own.units),
        "some": format_number(count),
    }
    if reaches(own.fifth_best, case.aim):
        most = 2 * count > own.units
        stand = Stand.REACHED if most else Stand.WITHIN
        says = _("The best fifth of your {units} units begins at {fifth}, the best hundredth at {hundredth}.")
        says += " " + (
            _("{some} of them reach the target: it asks the others to do what most do.")
            if most
            else _("{some} of them reach the target: it asks the others to do what the best fifth do.")
        )
    elif reaches(own.hundredth_best, case.aim) or count:
        stand = Stand.WITHIN
        says = _(
            "The best fifth of your {units} units begins at {fifth}, the best hundredth at {hundredth}: the target "
            "lies between the two; {some} of them reach it."
        )
    else:
        stand = Stand.BEYOND
        says = _(
            "The best fifth of your {units} units begins at {fifth}, the best hundredth at {hundredth}: the target "
            "lies beyond both, and none of them reaches it."
        )
    values = [
        Compared(_("Best hundredth"), own.hundredth_best, own.when),
        Compared(_("Best fifth"), own.fifth_best, own.when),
    ]
    return View("within", stand, says.format(**said), tuple(values))


def _plan(case: _Case, path: Trajectory | NoPath) -> View:
    if isinstance(path, Trajectory):
        stand = Stand.BEYOND if path.gap else Stand.WITHIN
        values = (Compared(_("The strategies together"), path.end, path.due),)
        return View("plan", stand, said_of_path(path), values)
    rows = case.rows("plan")
    if rows:
        return _reached_by(case, "plan", rows)
    return View(
        "plan",
        Stand.OPEN,
        _("What the strategies would bring cannot be computed: {reason}.").format(reason=path.reason),
    )


# --- findings ----------------------------------------------------------------------------------------------------


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether a target is compared, and with more than Rule 2 asks for: in two ways, or beside effects."""
    begun = [i for i in priority.indicators if any(row != Benchmark(row.id) for row in i.benchmarks)]
    several = any(len({row.kind for row in i.benchmarks}) > 1 for i in begun)
    return any(map(has_effects, begun)) or (several and bool(strategies(priority)))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the comparisons of each target (Rule 5, tool 5.4); how ambitious it is, Rule 2 judges."""
    found: list[Finding] = []
    for indicator in priority.indicators:
        where = f"priorities/{priority.id}/indicators/{indicator.id}"
        own = list(_check_rows(indicator, where))
        held = hold(indicator, priority, context)
        if held is not None:
            own += _check_target(held, where, context)
            stands = {view.stand for view in held.views}
            if not own and Stand.OPEN not in stands and stands & {Stand.REACHED, Stand.WITHIN}:
                own.append(
                    FOUR.at(f"{where}/benchmarks", _("Past, others, own best and plan stand beside the target."))
                )
        found += own
    return found


def _check_rows(indicator: Indicator, where: str) -> Iterator[Finding]:
    for place, row in enumerate(indicator.benchmarks, start=1):
        at = f"{where}/benchmarks/{row.id or f'#{place}'}"
        name = _("“{name}”").format(name=(row.name or "").strip() or row.id)
        if row == Benchmark(row.id):
            continue
        if row.kind is None:
            kinds = ", ".join(kind.label.lower() for kind in BENCHMARKS)
            yield NO_KIND.at(
                f"{at}/kind",
                _("It is not said what {name} is.").format(name=name),
                _("Choose: {kinds}.").format(kinds=kinds),
            )
        value = number(row.value)
        if value is None:
            yield NO_VALUE.at(
                f"{at}/value", _("{name} has no value.").format(name=name), _("Add what it reached, or take it out.")
            )
            continue
        if is_share(indicator) and not 0 <= value <= 100:
            yield OFF_SCALE.at(
                f"{at}/value",
                _("{name} is given as {value}; a share lies between 0 and 100%.").format(
                    name=name, value=amount_words(value, indicator.unit)
                ),
                _("Turn it into percent, or leave it out."),
            )
        if not (row.source or "").strip() and not row.illustrative:
            yield NO_SOURCE.at(
                f"{at}/source",
                _("It is not said where the figure of {name} is from.").format(name=name),
                _("Add the publication or the office, with its date."),
            )
        if row.when is None and row.kind != "plan":
            yield NO_PERIOD.at(
                f"{at}/when", _("It is not said when {name} reached it.").format(name=name), _("Add the period.")
            )


def _check_target(held: Held, where: str, context: Context) -> Iterator[Finding]:
    yield from _missing_kinds(held, where)
    yield from _most_reach(held, where, context)
    yield from _far_beyond(held, where, context)


def _missing_kinds(held: Held, where: str) -> Iterator[Finding]:
    open_ = [view for view in held.views if view.stand is Stand.OPEN]
    outside = {view.kind for view in open_} >= {"peers", "within"}  # Rule 2 says that
    if not open_ or (outside and not held.indicator.benchmarks):
        return
    yield KIND_MISSING.at(
        f"{where}/benchmarks",
        _("Still missing: {names}.").format(names=", ".join(view.label.lower() for view in open_)),
        " ".join(_TO_ADD[view.kind] for view in open_),
    )


_TO_ADD = {
    "history": _("Add earlier values as data."),
    "peers": _("Find one place that is enough like yours, and has measured the same."),
    "within": _("Ask for the values by site or region; your own best units are the cheapest teachers."),
    "plan": _("Give the effect of each strategy (tool 5.5)."),
}


def _most_reach(held: Held, where: str, context: Context) -> Iterator[Finding]:
    """Name a target that most units met before the work began; once it has begun, that would be its success."""
    start = start_of(held.indicator)
    if start is None or start[1] is None or not units_can_be_compared(held.indicator, context):
        return
    units = trend.latest_units(held.indicator, as_of=min(start[1].end, context.as_of))
    if units is None or len(units[1]) < trend.FEWEST_UNITS or reaches(start[0], held.goal):
        return
    count = sum(1 for value in units[1].values() if reaches(value, held.goal))
    if count > MOST * len(units[1]):
        yield MOST_REACH.at(
            f"{where}/target/value",
            _("In {when}, {some} of {count} units stood at {goal} already.").format(
                when=format_when(units[0]),
                some=format_number(count),
                count=format_number(len(units[1])),
                goal=in_words(held.goal, held.indicator.unit),
            ),
            _("Say openly that it is about the few that lag behind, and set their target; or aim further for all."),
        )


def _far_beyond(held: Held, where: str, context: Context) -> Iterator[Finding]:
    start = start_of(held.indicator)
    views = [view for view in held.views if view.values and view.kind != "plan"]
    if start is None or len(views) < 2 or any(view.stand is not Stand.BEYOND for view in views):
        return
    sign = sign_of(held.indicator, held.goal)
    edge = held.goal.low if sign > 0 else held.goal.high
    best = max((each for view in views for each in view.values), key=lambda each: each.value * sign)
    way, known = sign * ((edge or 0.0) - start[0]), sign * (best.value - start[0])
    if edge is None or way <= 0 or way <= FAR * max(known, 0.0):
        return
    if smart(held.indicator, context).of("realistic").answer is Answer.NO:
        return  # Rule 2 says that
    yield FAR_BEYOND_ALL.at(
        f"{where}/target/value",
        _("The best of all that it was held against is {value} ({name}); the target asks for {goal}.").format(
            value=format_number(best.value, held.indicator.unit),
            name=best.name,
            goal=in_words(held.goal, held.indicator.unit),
        ),
        _("Let the effects of the strategies show how it is reached, or take what the best reached as a first step."),
    )


EXERCISE_5_4 = Exercise(
    id="5.4",
    title=_("Four benchmarks"),
    rule=5,
    workbook="05_implementation.ipynb",
    section="benchmarks",
    about=_("Hold each target against your past, others, your own best units, and what your plan would bring."),
    minutes=20,
    kinds=KINDS,
    attempted=attempted,
    check=check,
    hints=(
        _("Ask of your past: how much did it ever move in as long a time as you have left?"),
        _("Ask for the values by site. What do the best fifth do that the others could do on Monday?"),
        _("Where all comparisons fall short of the target, only the plan can carry it: look at each effect twice."),
    ),
)
