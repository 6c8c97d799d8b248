"""Rule 5, tool 5.5: what is missing or doubtful about the effects of strategies, and about the path they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from rdlib.plan.effects import Effect
from rdlib.plan.fields import field_of
from rdlib.plan.indicator import Indicator
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import EVIDENCE_KINDS, Strategy
from rdlib.plan.values import format_when, number
from rdlib.rules import trend
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.headline import gap_words
from rdlib.rules.r02_smart import goal
from rdlib.rules.r04_candidates import carries_target, chosen, name_of, said
from rdlib.rules.r05_effects import Estimate, estimates, is_begun, missing, months, strategy_of
from rdlib.rules.r05_steps import differing
from rdlib.rules.r05_trajectory import NoPath, Trajectory, trajectory
from rdlib.rules.registry import Context, Exercise
from rdlib.rules.wording import content_words, names_figure
from rdlib.words import _, format_date, format_number

TOOL = "5.5"

#: A gap smaller than this part of the way is rounding. Our threshold.
ROUNDING = 0.01
#: Effects that come to more than so many times the way to the target are counted too generously. Our threshold.
FAR_TOO_MUCH = 1.5
#: A trend that by itself goes more than this part of the way, forward or back, is decided about. Our threshold.
TREND_MATTERS = 0.1
#: Kinds of target that no path leads to.
_NO_NUMBER_MEANT = {"tbd", "context", "milestone"}
#: Words for how sure that only the kinds of evidence named here bear out.
_BORNE_OUT = {"shown": {"tested", "own-figures"}, "likely": {"tested", "own-figures", "elsewhere"}}

NO_EFFECT = FindingKind(
    "R5-no-effect", TOOL, Severity.MISSING, _("A strategy that adds nothing yet"),
    why=_("Work whose effect nobody put a number on cannot be weighed, funded or held to anything."),
)  # fmt: skip
NO_STRATEGY = FindingKind(
    "R5-effect-no-strategy", TOOL, Severity.MISSING, _("An effect of nothing"),
    why=_("A number that nobody's work brings about is a wish."),
)  # fmt: skip
NO_SIZE = FindingKind(
    "R5-effect-no-size", TOOL, Severity.MISSING, _("Not said how much it adds"),
    why=_("Only numbers can be added up and held against the target."),
)  # fmt: skip
NO_TIME = FindingKind(
    "R5-effect-no-time", TOOL, Severity.MISSING, _("Not said from when, or when in full"),
    why=_("An effect that comes after the date of the target does not count, however large it is."),
)  # fmt: skip
NO_CERTAINTY = FindingKind(
    "R5-effect-not-sure", TOOL, Severity.MISSING, _("Not said how sure it is"),
    why=_("A path without its range looks like a promise."),
)  # fmt: skip
NO_BASIS = FindingKind(
    "R5-effect-no-basis", TOOL, Severity.MISSING, _("Not said how the size was worked out"),
    why=_("Nobody can check, or later correct, a number whose steps were never written down."),
)  # fmt: skip
THIN_BASIS = FindingKind(
    "R5-effect-thin-basis", TOOL, Severity.WEAK, _("Worked out without a figure"),
    why=_("A size has to come from other numbers: how many are reached, and what changes for them."),
)  # fmt: skip
SURER_THAN_EVIDENCE = FindingKind(
    "R5-surer-than-evidence", TOOL, Severity.WEAK, _("Surer than its evidence"),
    why=_("The range of the path is only as honest as the words behind it."),
)  # fmt: skip
BEFORE_STRATEGY = FindingKind(
    "R5-effect-before-strategy", TOOL, Severity.WEAK, _("Felt before the work begins"),
    why=_("What moves earlier is moved by something else, and is counted here by mistake."),
)  # fmt: skip
OUT_OF_ORDER = FindingKind(
    "R5-effect-out-of-order", TOOL, Severity.WEAK, _("Its dates are out of order"),
    why=_("One of the dates is wrong, and the path with it."),
)  # fmt: skip
AFTER_DUE = FindingKind(
    "R5-effect-after-due", TOOL, Severity.WEAK, _("Felt only after the target falls due"),
    why=_("It may be worth doing, and it does not help to reach this target."),
)  # fmt: skip
WORSE = FindingKind(
    "R5-effect-worse", TOOL, Severity.WEAK, _("Makes the value worse"),
    why=_("Sizes are written towards better; with a minus an effect is taken off the path."),
)  # fmt: skip
RANGE_BESIDE = FindingKind(
    "R5-range-beside-size", TOOL, Severity.WEAK, _("The range does not hold the size"),
    why=_("The size is what you expect; it lies between the least and the most."),
)  # fmt: skip
TWICE = FindingKind(
    "R5-counted-twice", TOOL, Severity.WEAK, _("Perhaps counted twice on the same people"),
    why=_("Somebody who waits less because of one strategy cannot wait less again because of another."),
)  # fmt: skip
MORE_THAN_GROUP = FindingKind(
    "R5-more-than-group", TOOL, Severity.WEAK, _("More than the group could add"),
    why=_("Even if it worked for each of them, there would not be so many."),
)  # fmt: skip
BEYOND_POSSIBLE = FindingKind(
    "R5-beyond-possible", TOOL, Severity.WEAK, _("The effects add up to more than can be"),
    why=_("Some results are counted more than once, or some sizes are too large."),
)  # fmt: skip
FAR_BEYOND = FindingKind(
    "R5-far-beyond-target", TOOL, Severity.WEAK, _("The effects go far beyond the target"),
    why=_("Either the sizes are too generous, or the target asks for less than the plan can do."),
)  # fmt: skip
GAP = FindingKind(
    "R5-gap", TOOL, Severity.WEAK, _("The strategies do not close the gap"),
    why=_("Even if all goes as expected the target is missed, and nobody has said so yet."),
)  # fmt: skip
TREND_OPEN = FindingKind(
    "R5-trend-open", TOOL, Severity.NOTE, _("Trend: counted or not?"),
    why=_("The value was moving before. Left out, the path is too low; counted beside the strategies, perhaps twice."),
)  # fmt: skip
NO_TREND = FindingKind(
    "R5-no-trend", TOOL, Severity.NOTE, _("There is no trend to count"),
    why=_("You chose to let the value go on as before, and what that would bring cannot be computed."),
)  # fmt: skip
NO_PATH = FindingKind(
    "R5-no-path", TOOL, Severity.MISSING, _("Nothing to add the effects up to"),
    why=_("Effects are sizes of steps; without a start and a target nobody can say where they lead."),
)  # fmt: skip
NO_STEPS = FindingKind(
    "R5-no-steps", TOOL, Severity.MISSING, _("No intermediate targets yet"),
    why=_("Without values to reach on the way, the first bad news comes on the last day."),
)  # fmt: skip
STEPS_DIFFER = FindingKind(
    "R5-steps-differ", TOOL, Severity.WEAK, _("Intermediate targets do not follow from the strategies"),
    why=_("What you promise on the way and what the work is expected to bring are two different paths."),
)  # fmt: skip
SUMS_UP = FindingKind(
    "R5-sums-up", TOOL, Severity.GOOD, _("The strategies add up to the target"),
    why=_("Each effect says how large, how sure and why, and together they reach it."),
)  # fmt: skip

KINDS = (
    NO_EFFECT, NO_STRATEGY, NO_SIZE, NO_TIME, NO_CERTAINTY, NO_BASIS, THIN_BASIS, SURER_THAN_EVIDENCE, BEFORE_STRATEGY,
    OUT_OF_ORDER, AFTER_DUE, WORSE, RANGE_BESIDE, TWICE, MORE_THAN_GROUP, BEYOND_POSSIBLE, FAR_BEYOND, GAP, TREND_OPEN,
    NO_TREND, NO_PATH, NO_STEPS, STEPS_DIFFER, SUMS_UP,
)  # fmt: skip


def has_effects(indicator: Indicator) -> bool:
    """Say whether any effect on an indicator was begun."""
    return any(map(is_begun, indicator.effects))


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether the effect of any strategy was begun."""
    return any(map(has_effects, priority.indicators))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the effects of strategies and the path that they add up to (Rule 5, tool 5.5)."""
    found: list[Finding] = []
    for indicator in priority.indicators:
        found += _check_indicator(indicator, priority, context)
    return found


def _check_indicator(indicator: Indicator, priority: Priority, context: Context) -> list[Finding]:
    where = f"priorities/{priority.id}/indicators/{indicator.id}"
    found = list(_without_effect(indicator, priority, where))
    if not has_effects(indicator):
        return found
    for place, effect in enumerate(indicator.effects, start=1):
        strategy = strategy_of(effect, priority)
        if is_begun(effect) and (strategy is None or strategy.status != "dropped"):
            found += _check_effect(effect, strategy, indicator, f"{where}/effects/{effect.id or f'#{place}'}", context)
    found += _check_groups(indicator, estimates(indicator, priority), where)
    path = trajectory(indicator, priority, context)
    if isinstance(path, NoPath):
        found += _check_no_path(path, indicator, priority, where, context)
    else:
        found += _check_goal(path, where)
        found += _check_path(path, where)
        if _adds_up(path) and not any(f.severity in {Severity.MISSING, Severity.WEAK} for f in found):
            found.append(SUMS_UP.at(f"{where}/effects", said_of_path(path)))
    return found


def _check_no_path(
    path: NoPath, indicator: Indicator, priority: Priority, where: str, context: Context
) -> Iterator[Finding]:
    aim = goal(indicator, context)
    if aim.kind not in _NO_NUMBER_MEANT and estimates(indicator, priority):  # else single effects say what they lack
        yield NO_PATH.at(
            f"{where}/baseline/value" if aim.due or aim.standing else f"{where}/target/due",
            _("The path cannot be computed: {reason}.").format(reason=path.reason),
            _("Complete the baseline and the target, here or in Rule 2."),
        )


def _check_goal(path: Trajectory, where: str) -> Iterator[Finding]:
    if path.gap is None and path.goal.kind not in _NO_NUMBER_MEANT:
        yield NO_PATH.at(
            f"{where}/target/kind",
            path.goal.open_question or _("The target has no number that the path could be held against."),
            _("Complete the target, here or in Rule 2: which way is better, which value, by when."),
        )


def _adds_up(path: Trajectory) -> bool:
    return path.gap is not None and path.gap <= ROUNDING * (path.needed or 0.0)


def _without_effect(indicator: Indicator, priority: Priority, where: str) -> Iterator[Finding]:
    """Name the chosen strategies that are there to move an indicator and have no effect on it yet."""
    if not carries_target(indicator):
        return
    there = {effect.strategy for effect in indicator.effects}
    for strategy in chosen(priority):
        if indicator.id in strategy.indicators and strategy.id not in there:
            yield NO_EFFECT.at(
                f"{where}/effects",
                _("“{strategy}” is there to move “{indicator}”, and nothing says by how much.").format(
                    strategy=name_of(strategy), indicator=said(indicator.name) or indicator.id
                ),
                _("Add a row with its size, even a first guess that says so; or untick the indicator in Rule 4."),
            )


# --- one effect --------------------------------------------------------------------------------------------------


def _check_effect(
    effect: Effect, strategy: Strategy | None, indicator: Indicator, at: str, context: Context
) -> Iterator[Finding]:
    if strategy is None:
        if not effect.strategy:  # one that names a strategy that is gone is flagged with everything built on it
            todo = _("Choose the strategy that brings it about.")
            yield NO_STRATEGY.at(f"{at}/strategy", _("No strategy is named for this effect."), todo)
        return
    name = name_of(strategy)
    lacks = missing(effect, strategy)
    if "size" in lacks:
        yield NO_SIZE.at(
            f"{at}/size",
            _("The size of what “{strategy}” adds is not given.").format(strategy=name),
            _("How many does it reach, and what changes for each of them? Multiply."),
        )
    if "start" in lacks or "full" in lacks:
        field = "start" if "start" in lacks else "full"
        yield NO_TIME.at(
            f"{at}/{field}",
            _("Neither the effect nor the strategy “{strategy}” says when it begins.").format(strategy=name)
            if field == "start"
            else _("Neither the effect nor the strategy “{strategy}” says when all of it is there.").format(
                strategy=name
            ),
            _("Give the month or quarter here, or the dates of the strategy in Rule 4."),
        )
    yield from _check_size(effect, name, at, indicator)
    yield from _check_sure(effect, strategy, at)
    yield from _check_dates(effect, strategy, indicator, at, context)


def _check_size(effect: Effect, name: str, at: str, indicator: Indicator) -> Iterator[Finding]:
    size, low, high, most = (number(each) for each in (effect.size, effect.low, effect.high, effect.most))
    if size is None:
        return
    if size < 0:
        yield WORSE.at(
            f"{at}/size",
            _("The size of what “{strategy}” adds is below zero.").format(strategy=name),
            _("Take the minus away if it makes things better, also where a lower value is better."),
        )
    if (low is not None and low > size) or (high is not None and high < size):
        yield RANGE_BESIDE.at(
            f"{at}/{'low' if low is not None and low > size else 'high'}",
            _("The size is {size}; your range reaches from {low} to {high}.").format(
                size=gap_words(size, indicator.unit),
                low=_("not given") if low is None else gap_words(low, indicator.unit),
                high=_("not given") if high is None else gap_words(high, indicator.unit),
            ),
            _("Correct the size or the range."),
        )
    if most is not None and size > most:
        yield MORE_THAN_GROUP.at(
            f"{at}/size",
            _("“{strategy}” is to add {size}; the most its group could add is {most}.").format(
                strategy=name, size=gap_words(size, indicator.unit), most=gap_words(most, indicator.unit)
            ),
            _("Take the share of the group that it reaches, and of those the share for whom it works."),
        )


def _check_sure(effect: Effect, strategy: Strategy, at: str) -> Iterator[Finding]:
    basis, name = said(effect.basis), name_of(strategy)
    own_range = None not in (number(effect.low), number(effect.high))
    if effect.certainty is None and not own_range:
        yield NO_CERTAINTY.at(
            f"{at}/certainty",
            _("It is not said how sure the effect of “{strategy}” is; it is read as hoped for.").format(strategy=name),
            _("Choose the word that you would defend in front of somebody from outside, or give a range."),
        )
    if not basis:
        yield NO_BASIS.at(
            f"{at}/basis",
            _("Nothing says where the size of “{strategy}” comes from.").format(strategy=name),
            _("Write the steps: so many are reached, of these so many change, so the value moves by so much."),
        )
    elif not names_figure(basis):
        yield THIN_BASIS.at(
            f"{at}/basis",
            _("“{basis}” names no figure.").format(basis=basis),
            _("Name how many are reached, and what a pilot or another place saw happen to them."),
        )
    borne_out = _BORNE_OUT.get(effect.certainty or "")
    if borne_out and not own_range and strategy.evidence_kind and strategy.evidence_kind not in borne_out:
        kinds = {choice.value: choice.label for choice in EVIDENCE_KINDS}
        word = field_of(Effect, "certainty").choice(effect.certainty)
        yield SURER_THAN_EVIDENCE.at(
            f"{at}/certainty",
            _("It is called “{sure}”, and the evidence of “{strategy}” is: {evidence}.").format(
                sure=word.label if word else "", strategy=name, evidence=kinds[strategy.evidence_kind].lower()
            ),
            _("Choose a less certain word, or find out who has measured it, and enter that in Rule 4."),
        )


def _check_dates(
    effect: Effect, strategy: Strategy, indicator: Indicator, at: str, context: Context
) -> Iterator[Finding]:
    begins = effect.start or strategy.start
    ends = effect.full or strategy.end
    name = name_of(strategy)
    if effect.start and strategy.start and effect.start.end < strategy.start.start:
        yield BEFORE_STRATEGY.at(
            f"{at}/start",
            _("It is felt in {felt}; “{strategy}” begins in {begins}.").format(
                felt=format_when(effect.start), strategy=name, begins=format_when(strategy.start)
            ),
            _("Correct the date, or name the strategy that does the moving."),
        )
    if begins and effect.full and effect.full.end < begins.start:
        yield OUT_OF_ORDER.at(
            f"{at}/full",
            _("It is full by {full}, before it is first felt in {felt}.").format(
                full=format_when(effect.full), felt=format_when(begins)
            ),
            _("Correct one of the two."),
        )
    elif begins and effect.until and effect.until.end < begins.start:
        yield OUT_OF_ORDER.at(
            f"{at}/until",
            _("It lasts until {until}, and is first felt in {felt}.").format(
                until=format_when(effect.until), felt=format_when(begins)
            ),
            _("Correct one of the two."),
        )
    due = goal(indicator, context).due
    if begins and due and ends is not None and begins.start > due.end:
        yield AFTER_DUE.at(
            f"{at}/start",
            _("It is first felt in {felt}; the target falls due on {due}.").format(
                felt=format_when(begins), due=format_date(due.end)
            ),
            _("Bring it forward, or do not count on it for this target."),
        )


# --- effects together --------------------------------------------------------------------------------------------


def _same_group(one: str | None, other: str | None) -> bool:
    """Say whether two groups are the same, or one is part of the other by its words."""
    a, b = content_words(one or ""), content_words(other or "")
    return bool(a and b) and (a <= b or b <= a)


def _at_once(one: Estimate, other: Estimate) -> bool:
    """Say whether both add something at the same time."""
    return not (
        (one.until and months(one.until) <= months(other.begins, begins=True))
        or (other.until and months(other.until) <= months(one.begins, begins=True))
    )


def _check_groups(indicator: Indicator, found: Iterable[Estimate], where: str) -> Iterator[Finding]:
    """Name strategies that reach the same people, and groups from which more is expected than they could add."""
    sized = [each for each in found if each.size.middle > 0]
    for one, other in combinations(sized, 2):
        if one.strategy.id == other.strategy.id or not _at_once(one, other):
            continue
        if _same_group(one.effect.group, other.effect.group) and not (one.effect.apart or other.effect.apart):
            yield TWICE.at(
                f"{where}/effects/{other.effect.id}/group",
                _("“{one}” and “{other}” both change the results of: {group}.").format(
                    one=name_of(one.strategy), other=name_of(other.strategy), group=said(other.effect.group)
                ),
                _("Take off what the first one does for them already, and say so; or name who is reached by each."),
            )
    told: set[str] = set()
    for each in sized:
        most = number(each.effect.most)
        own = [o for o in sized if o is each or _same_group(o.effect.group, each.effect.group)]
        together = sum(o.size.middle for o in own)
        if most is None or len(own) < 2 or together <= most or any(o.size.middle > most for o in own):
            continue
        if told & {o.effect.id for o in own}:
            continue
        told |= {o.effect.id for o in own}
        yield MORE_THAN_GROUP.at(
            f"{where}/effects/{each.effect.id}/most",
            _("Together, {names} are to add {size}; the most their group could add is {most}.").format(
                names=", ".join(_("“{name}”").format(name=name_of(o.strategy)) for o in own),
                size=gap_words(together, indicator.unit),
                most=gap_words(most, indicator.unit),
            ),
            _("Make the sizes smaller, until they fit into the group together."),
        )


# --- the path ----------------------------------------------------------------------------------------------------


def said_of_path(path: Trajectory) -> str:
    """Say in a sentence where a path ends, and how far that is from the target."""
    unit, fine = path.indicator.unit, path.decimals
    words = {
        "end": format_number(round(path.end, fine), unit),
        "due": format_when(path.due),
        "added": gap_words(round(path.added.middle, fine), unit),
        "start": format_number(path.start[1], unit),
        "trend": _trend_words(path),
    }
    if path.gap is None:
        return _("From {start}, the strategies add {added}{trend}: {end} by {due}.").format(**words)
    if _adds_up(path):
        return _("From {start}, the strategies add {added}{trend}: {end} by {due}, which reaches the target.").format(
            **words
        )
    return _("From {start}, the strategies add {added}{trend}: {end} by {due}, {gap} short of the target.").format(
        gap=gap_words(round(path.gap, fine), unit), **words
    )


def _trend_words(path: Trajectory) -> str:
    """Say what the trend brings or takes, where it is counted."""
    if not path.counts_trend:
        return ""
    moved = path.sign * (path.without[-1] - path.start[1])
    amount = gap_words(round(moved, path.decimals), path.indicator.unit)
    return (_(", the trend another {amount}") if moved >= 0 else _(", and the trend takes {amount}")).format(
        amount=amount
    )


def _check_path(path: Trajectory, where: str) -> Iterator[Finding]:
    unit = path.indicator.unit
    if path.beyond is not None:
        period, value, limit = path.beyond
        yield BEYOND_POSSIBLE.at(
            f"{where}/effects",
            _("By {when} they come to {value}; there cannot be more than {limit}.").format(
                when=format_when(period), value=format_number(round(value, 2), unit), limit=format_number(limit, unit)
            )
            if path.sign > 0
            else _("By {when} they come to {value}; there cannot be less than {limit}.").format(
                when=format_when(period), value=format_number(round(value, 2), unit), limit=format_number(limit, unit)
            ),
            _("Look for people who are counted by two strategies, and for sizes that came from a small pilot."),
        )
    needed, gap = path.needed, path.gap
    if needed is None or gap is None:
        return
    if not _adds_up(path):
        yield GAP.at(
            f"{where}/effects",
            said_of_path(path),
            _("Add a strategy, enlarge one, ask for a later date or a lower target; or show what is counted already."),
        )
    elif path.beyond is None and needed > 0 and path.added.middle > FAR_TOO_MUCH * needed:
        yield FAR_BEYOND.at(
            f"{where}/effects",
            _("They add {added}, and the target needs {needed}.").format(
                added=gap_words(round(path.added.middle, 2), unit), needed=gap_words(round(needed, 2), unit)
            ),
            _("Check the sizes first. If they hold, aim further or let the weakest strategy go."),
        )
    yield from _check_trend(path, needed, where)
    yield from _check_steps(path, needed, where)


def _check_trend(path: Trajectory, needed: float, where: str) -> Iterator[Finding]:
    chosen_for, ahead = path.indicator.without, path.trend
    if chosen_for == "trend" and isinstance(ahead, trend.NoProjection):
        yield NO_TREND.at(
            f"{where}/without",
            _("The trend cannot be carried on, since {reason}; the value is taken to stay.").format(
                reason=ahead.reason
            ),
            _("Choose that it stays, or add the measured values from before."),
        )
    if chosen_for is None and isinstance(ahead, trend.Projection):
        moved = path.sign * (ahead.at(path.periods[-1].end).middle - path.start[1])
        if abs(moved) > TREND_MATTERS * needed:
            yield TREND_OPEN.at(
                f"{where}/without",
                _("The trend alone would bring {value} by {when}, from {start}. It is not counted so far.").format(
                    value=format_number(round(path.start[1] + path.sign * moved, 1), path.indicator.unit),
                    when=format_when(path.due),
                    start=format_number(path.start[1], path.indicator.unit),
                ),
                _("Decide: does it go on by itself, or is it made up of work that stands in the table of effects?"),
            )


def _check_steps(path: Trajectory, needed: float, where: str) -> Iterator[Finding]:
    indicator = path.indicator
    steps = [step for step in indicator.trajectory if step.when is not None and number(step.value) is not None]
    if not steps:
        yield NO_STEPS.at(
            f"{where}/trajectory",
            _("The strategies give a path, and no intermediate target was set."),
            _("Look at the path, then take its values over, or set your own with a reason."),
        )
        return
    for step, expected in differing(path, steps, needed):
        when = step.when
        if when is None:
            continue
        yield STEPS_DIFFER.at(
            f"{where}/trajectory/{step.id}/value",
            _("{step} is to be reached by {when}; the strategies are expected to bring {expected} by then.").format(
                step=format_number(number(step.value) or 0.0, indicator.unit),
                when=format_when(when),
                expected=format_number(round(expected, 1), indicator.unit),
            ),
            _("Take the computed value over, or say what else is to bring it there."),
        )
        return


EXERCISE_5_5 = Exercise(
    id="5.5",
    title=_("Trajectory: what each strategy adds"),
    rule=5,
    workbook="05_implementation.ipynb",
    section="trajectory",
    about=_("Put a size, a time and a certainty on each effect, add them up, and see what they leave open."),
    minutes=40,
    kinds=KINDS,
    attempted=attempted,
    check=check,
    hints=(
        _("For each strategy: how many does it reach, and of these, for how many does it change the result? Multiply."),
        _("Add up by hand before you look: do the start and the sizes come to the target? What is left out?"),
        _(
            "Where a gap is left there are four ways out: another strategy, a larger one, more time, a lower target. "
            "Something may also be counted already: find out, and write down where that stands."
        ),
    ),
)
