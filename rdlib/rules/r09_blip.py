"""Blip or trend: is the course kept or changed on evidence? (Rule 9, tool 9.4).

The chart is worked out in :mod:`rdlib.rules.r09_charts`; here what the reader fixed, explained and read in it is held
against it. Nothing is asked of a plan in which none of that was begun.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import attrs

from rdlib.plan.blips import (
    ALL,
    READINGS,
    SPECIAL_EVENTS,
    STEPS,
    USUAL,
    ChartReading,
    SpecialEvent,
    StepChange,
    UsualStretch,
)
from rdlib.plan.fields import field_of
from rdlib.plan.indicator import Indicator
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES
from rdlib.plan.values import Period, format_when
from rdlib.rules import xmr
from rdlib.rules.commitments import Commitment
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r09_charts import (
    Behaviour,
    Reach,
    Verdict,
    behaviour,
    breaks,
    headline,
    is_explained,
    is_told,
    looked_into,
    place_of,
    within,
)
from rdlib.rules.registry import Context, Exercise
from rdlib.rules.xmr import FEWEST, Rule
from rdlib.words import _, format_date, plural

TOOL = "9.4"

#: So large a share of the values may be left out as special before the rest no longer tells what is usual. Ours.
MANY_SPECIAL = 0.1
#: A shift and the step that explains it may lie so many values apart: the work changes before the numbers do. Ours.
NEAR = 6

OF_NOTHING = FindingKind(
    "R9-chart-of-nothing", TOOL, Severity.WEAK, _("About an indicator that is not there"),
    why=_("What belongs to no chart changes none, and nobody will look for it again."),
)  # fmt: skip
TOO_FEW = FindingKind(
    "R9-too-few-values", TOOL, Severity.NOTE, _("Too few values to tell noise from signal"),
    why=_("With a handful of values each rise looks like success and each fall like failure; most are neither."),
)  # fmt: skip
NO_REASON = FindingKind(
    "R9-usual-no-reason", TOOL, Severity.WEAK, _("A usual stretch without a reason"),
    why=_("With the right stretch anything can be made to look usual, or like a success. The reason keeps it honest."),
)  # fmt: skip
SHORT = FindingKind(
    "R9-usual-too-short", TOOL, Severity.WEAK, _("A usual stretch that gives no limits"),
    why=_("Limits from a handful of values move with every one of them; nothing can be held against them."),
)  # fmt: skip
UNSTEADY = FindingKind(
    "R9-usual-unsteady", TOOL, Severity.WEAK, _("The usual stretch holds signals itself"),
    why=_("Limits describe what is usual only if nothing unusual happened while they were measured."),
)  # fmt: skip
STEP_OPEN = FindingKind(
    "R9-step-unexplained", TOOL, Severity.MISSING, _("A step without an explanation: the limits stay"),
    why=_("Limits that follow the values whenever these move can never say again that something has changed."),
)  # fmt: skip
STEP_UNSEEN = FindingKind(
    "R9-step-not-seen", TOOL, Severity.WEAK, _("Limits drawn anew where nothing moved"),
    why=_("A new way of working that the values do not show has not reached people yet, or not enough of them."),
)  # fmt: skip
STEP_GOOD = FindingKind(
    "R9-step-explained", TOOL, Severity.GOOD, _("A step that is explained, and shows"),
    why=_("It is known what made the difference, so that it can be kept, and done elsewhere."),
)  # fmt: skip
EVENT_OPEN = FindingKind(
    "R9-event-untold", TOOL, Severity.WEAK, _("A special event that is not told"),
    why=_("A value is left out of the limits only where it is said what happened and how that reached the number."),
)  # fmt: skip
MANY_EVENTS = FindingKind(
    "R9-many-events", TOOL, Severity.WEAK, _("Much is explained away"),
    why=_("When every bad month has its excuse, the excuses are how the process works."),
)  # fmt: skip
SIGNAL_OPEN = FindingKind(
    "R9-signal-unexplained", TOOL, Severity.WEAK, _("A signal that nobody has explained"),
    why=_("Somewhere something changed. Whoever finds it can keep what helps and stop what harms."),
)  # fmt: skip
BLIP_CLAIMED = FindingKind(
    "R9-blip-claimed", TOOL, Severity.WEAK, _("Noise or a blip taken for a change"),
    why=_("What is announced as a turn is gone with the next value, and with it the trust in the numbers."),
)  # fmt: skip
OVERLOOKED = FindingKind(
    "R9-signal-overlooked", TOOL, Severity.WEAK, _("A signal taken for noise"),
    why=_("To wait is right with noise. With a signal it costs the time in which its cause could still be found."),
)  # fmt: skip
ON_NOISE = FindingKind(
    "R9-course-on-noise", TOOL, Severity.WEAK, _("Course changed on noise"),
    why=_("Who answers each rise and fall adds ups and downs to those that are there, and tires everybody."),
)  # fmt: skip
TARGET_ON_NOISE = FindingKind(
    "R9-target-moved-on-noise", TOOL, Severity.NOTE, _("Target changed while nothing new was to be seen"),
    why=_("A target may change for good reasons. A few low or high values inside the usual range are none."),
)  # fmt: skip
RATING_ON_NOISE = FindingKind(
    "R9-rating-moved-on-noise", TOOL, Severity.NOTE, _("Rating moved while the values only scattered"),
    why=_("A rating rests on more than the number. But if it was the last values, they say nothing new."),
)  # fmt: skip
OUT_OF_REACH = FindingKind(
    "R9-out-of-reach", TOOL, Severity.WEAK, _("Beyond what the process can do as it works now"),
    why=_("Asking more of the same way of working brings the same range of values. Only another way of working helps."),
)  # fmt: skip
BY_CHANCE = FindingKind(
    "R9-hit-and-miss", TOOL, Severity.NOTE, _("Hit or missed by chance"),
    why=_("Praise for one month and blame for the next then reward and punish luck; the way of working is the same."),
)  # fmt: skip
SEASON = FindingKind(
    "R9-season", TOOL, Severity.NOTE, _("The values have a season"),
    why=_("A winter like every winter is no signal. Held against limits without the season, it would look like one."),
)  # fmt: skip
BREAK = FindingKind(
    "R9-break-in-series", TOOL, Severity.WEAK, _("One set of limits across a break in the series"),
    why=_("Where the way of counting changed, a step may be on paper only."),
)  # fmt: skip
NO_OWNER = FindingKind(
    "R9-reading-no-owner", TOOL, Severity.WEAK, _("Something to be done, and nobody who does it"),
    why=_("A signal that everybody finds interesting is looked into by nobody."),
)  # fmt: skip
NO_BECAUSE = FindingKind(
    "R9-reading-no-reason", TOOL, Severity.WEAK, _("A reading without its reason"),
    why=_("In half a year somebody will ask why course was kept, or changed. The reason is the answer."),
)  # fmt: skip
READ_WELL = FindingKind(
    "R9-read-well", TOOL, Severity.GOOD, _("Read as the values say it"),
    why=_("Course is kept or changed on evidence."),
)  # fmt: skip

KINDS = (
    OF_NOTHING, TOO_FEW, NO_REASON, SHORT, UNSTEADY, STEP_OPEN, STEP_UNSEEN, STEP_GOOD, EVENT_OPEN, MANY_EVENTS,
    SIGNAL_OPEN, BLIP_CLAIMED, OVERLOOKED, ON_NOISE, TARGET_ON_NOISE, RATING_ON_NOISE, OUT_OF_REACH, BY_CHANCE, SEASON,
    BREAK, NO_OWNER, NO_BECAUSE, READ_WELL,
)  # fmt: skip


def attempted(priority: Priority, _context: Context) -> bool:
    """Say whether anything was fixed, explained, marked or read in a chart of the priority."""
    return any(part.read(priority) for part in ALL)


def charted(priority: Priority) -> list[Indicator]:
    """Return the indicators whose charts somebody has worked on."""
    asked = {row.indicator for part in ALL for row in part.read(priority)}
    return [indicator for indicator in priority.indicators if indicator.id in asked]


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge what was fixed, explained and read in the charts of a priority."""
    here = f"priorities/{priority.id}"
    found = list(_of_nothing(priority, here))
    for indicator in charted(priority):
        seen = behaviour(indicator, priority, context)
        case = _Case(indicator, priority, context, seen, here)
        found += [*_usual(case), *_steps(case), *_events(case), *_chart(case), *_readings(case), *_moved(case)]
    return found


@attrs.frozen
class _Case:
    """An indicator whose chart was worked on."""

    indicator: Indicator
    priority: Priority
    context: Context
    seen: Behaviour
    here: str

    @property
    def name(self) -> str:
        return (self.indicator.name or "").strip() or self.indicator.id

    @property
    def where(self) -> str:
        return f"{self.here}/indicators/{self.indicator.id}"

    def on(self, day: date | None) -> Behaviour:
        """The chart as it was known on a day."""
        if day is None or day >= self.context.as_of:
            return self.seen
        return behaviour(self.indicator, self.priority, attrs.evolve(self.context, as_of=day))


def _of_nothing(priority: Priority, here: str) -> Iterator[Finding]:
    known = {indicator.id for indicator in priority.indicators}
    for part in ALL:
        for number, row in enumerate(part.read(priority), start=1):
            indicator: str | None = row.indicator  # type: ignore[attr-defined]  # each record of the tool has one
            id_: str = row.id  # type: ignore[attr-defined]
            if indicator in known:
                continue
            said = (
                _("“{id}” is none of the indicators.")
                if indicator
                else _("It is not said which indicator it is about.")
            )
            yield OF_NOTHING.at(
                f"{here}/{part.key}/{id_ or f'#{number}'}/indicator",
                said.format(id=indicator),
                _("Choose the indicator whose chart it belongs to."),
            )


def _usual(case: _Case) -> Iterator[Finding]:
    for row in USUAL.read(case.priority):
        if row.indicator != case.indicator.id:
            continue
        where = f"{case.here}/{USUAL.key}/{row.id}"
        if not (row.why or "").strip():
            yield NO_REASON.at(
                f"{where}/why",
                _("It is not said why these values are the measure of what is usual."),
                _("Say what was the same in the work from the first to the last of them."),
            )
        stretch = next((each for each in case.seen.stretches if each.usual is row), None)
        if stretch is None or stretch.limits is None:
            yield _too_short(case, row, where)
            continue
        base = [point for point in stretch.points if point[0] in stretch.used]
        signals = [s for s in xmr.signals_of(base, stretch.limits) if s.rule is not Rule.JUMP]
        signals = [
            s for s in signals if not looked_into(case.indicator, case.priority, case.seen.periods[s.places[-1]])
        ]
        if signals:
            first = case.seen.periods[min(signals[0].places)]
            yield UNSTEADY.at(
                where,
                _("Among these values there is already a signal, in {when}.").format(when=format_when(first)),
                _("Choose a stretch without one, or write down the event or the step that explains it."),
            )


def _too_short(case: _Case, row: UsualStretch, where: str) -> Finding:
    count = sum(within(row, when) for when in case.seen.periods.values())
    said = plural("It holds {n} value of one stretch.", "It holds {n} values.", count)
    if count >= FEWEST:
        said = _("An explained step lies inside it, so that it holds two levels, and neither side has enough values.")
    return SHORT.at(
        f"{where}/first", said, _("Take at least {n} values of one way of working.").format(n=FEWEST)
    )  # fmt: skip


def _gaps(row: object, names: tuple[str, ...]) -> list[str]:
    """Return the fields of a row that are not filled in, also those that hold only spaces."""
    return [name for name in names if not str(getattr(row, name) or "").strip()]


def _steps(case: _Case) -> Iterator[Finding]:
    for row in STEPS.read(case.priority):
        if row.indicator != case.indicator.id:
            continue
        where = f"{case.here}/{STEPS.key}/{row.id}"
        if row.since is not None and row.since.start > case.context.as_of:
            continue
        if row.since is None or not is_explained(row):
            gaps = _gaps(row, ("since", "what", "evidence", "said_by"))
            labels = ", ".join(f"“{field_of(StepChange, name).label}”" for name in gaps)
            yield STEP_OPEN.at(
                f"{where}/{gaps[0]}",
                _("Not filled in: {fields}.").format(fields=labels),
                _("Find out where the work changed first, and whether the values moved there first."),
            )
            continue
        place = next((n for n, each in enumerate(case.seen.stretches) if each.step is row), None)
        if place is None:
            continue
        before, after = case.seen.stretches[place - 1], case.seen.stretches[place]
        if before.limits is None:
            continue
        shows = [s for s in xmr.signals_of(after.judged, before.limits) if s.rule is not Rule.JUMP]
        when = format_when(row.since)
        if not shows and len(after.judged) >= xmr.RUN:
            yield STEP_UNSEEN.at(
                f"{where}/since",
                _("Held against the limits from before {when}, the {n} values since show no signal.").format(
                    when=when, n=len(after.judged)
                ),
                _("Take the step out until the values show it, and ask how far the new way of working has come."),
            )
        elif shows:
            way = case.seen.good(up=shows[0].up)
            said = {
                True: _("Better since {when}."),
                False: _("Worse since {when}."),
                None: _("Another level since {when}."),
            }
            yield STEP_GOOD.at(where, f"{said[way].format(when=when)} {(row.what or '').strip()}")


def _events(case: _Case) -> Iterator[Finding]:
    rows = [row for row in SPECIAL_EVENTS.read(case.priority) if row.indicator == case.indicator.id]
    for row in rows:
        if row.when is None or not is_told(row):
            gaps = _gaps(row, ("when", "what", "why"))
            labels = ", ".join(f"“{field_of(SpecialEvent, name).label}”" for name in gaps)
            yield EVENT_OPEN.at(
                f"{case.here}/{SPECIAL_EVENTS.key}/{row.id}/{gaps[0]}",
                _("The value stays in the limits; not filled in: {fields}.").format(fields=labels),
                _("Write it down, or take the event out."),
            )
    left_out = sum(len(each.special) for each in case.seen.stretches)
    if left_out >= 3 and left_out > MANY_SPECIAL * len(case.seen.values):
        yield MANY_EVENTS.at(
            f"{case.here}/{SPECIAL_EVENTS.key}",
            _("{n} of {all} values are left out of the limits as special.").format(
                n=left_out, all=len(case.seen.values)
            ),
            _("Leave in what happens every year or two: it is part of how things work."),
        )


def _chart(case: _Case) -> Iterator[Finding]:
    """What the chart itself says, as it stands on the day."""
    seen = case.seen
    if seen.verdict is Verdict.TOO_FEW:
        missing = max(FEWEST - len(seen.present.judged if seen.present else ()), 1)
        yield TOO_FEW.at(
            case.where,
            f"{headline(seen)}.",
            plural("Wait for {n} more value, or find a series that comes more often.",
                   "Wait for {n} more values, or find a series that comes more often.", missing),
        )  # fmt: skip
        return
    yield from _open_signal(case)
    if seen.season is not None:
        yield SEASON.at(
            case.where,
            _("“{name}” has a yearly season; the chart shows its values less the season.").format(name=case.name),
            _("Compare a month with the same month of other years, or with the chart; never with the month before."),
        )
    explained = {each.since.start for each in STEPS.read(case.priority) if each.since and is_explained(each)}
    stretch = seen.present
    for when, note in breaks(seen):
        inside = stretch is not None and seen.periods[stretch.points[0][0]].end < when.end
        if inside and when.start not in explained:
            yield BREAK.at(
                case.where,
                _("{when} is noted as “{note}”, and the limits reach across it.").format(
                    when=format_when(when), note=" ".join(note.split())
                ),
                _("Ask those who count whether the values can be compared; if not, record the break as a step."),
            )
    yield from _target(case)


def _open_signal(case: _Case) -> Iterator[Finding]:
    """A signal of the present stretch that neither a record nor a person at work on it answers."""
    seen = case.seen
    if seen.verdict is Verdict.NOISE or seen.since is None:
        return
    place = place_of(seen.since, seen.periods)
    assert place is not None
    near = set(range(place - NEAR, place + NEAR + 1))
    steps = [place_of(each.since, seen.periods) for each in STEPS.read(case.priority) if _of(case, each)]
    at_work = any(_of(case, each) and each.course != "keep" and each.owner for each in READINGS.read(case.priority))
    begun = seen.present is not None and seen.present.step is not None
    if at_work or near & {each for each in steps if each is not None}:
        return
    if seen.verdict is Verdict.TREND and (begun or _helped(case)):
        return  # a steady change after a step that is explained, or with strategies at work, is what was meant
    yield SIGNAL_OPEN.at(
        case.where,
        f"{headline(seen)}.",
        _("Ask those at the front line what was different then. Record the step, or the event, or who finds out."),
    )


def _of(case: _Case, row: StepChange | ChartReading) -> bool:
    return row.indicator == case.indicator.id


def _helped(case: _Case) -> bool:
    """Whether a strategy is there to move the indicator."""
    return any(case.indicator.id in each.indicators for each in STRATEGIES.read(case.priority))


def _target(case: _Case) -> Iterator[Finding]:
    seen, due = case.seen, case.seen.goal.due
    now = seen.goal.standing or (due is not None and due.end <= case.context.as_of)
    if seen.reach is Reach.FAILS and (now or not _helped(case)):
        yield OUT_OF_REACH.at(
            f"{case.where}/target",
            _("Even the best value that is usual for “{name}” falls short of its target.").format(name=case.name),
            _("Change how the work is done, and say which strategy does so; more pressure on the same work does not."),
        )
    if seen.reach is Reach.HIT_AND_MISS and now:
        yield BY_CHANCE.at(
            f"{case.where}/target",
            _("The target of “{name}” lies inside its usual range.").format(name=case.name),
            _("Do not praise or blame a single month. Ask what would move the whole range."),
        )


#: What a reader's verdict claims at least, beside what the chart says.
_CLAIMS = {Verdict.NOISE: 0, Verdict.SINGLE: 1, Verdict.SHIFT: 2, Verdict.TREND: 2}


def _readings(case: _Case) -> Iterator[Finding]:
    for row in READINGS.read(case.priority):
        if not _of(case, row):
            continue
        where = f"{case.here}/{READINGS.key}/{row.id}"
        seen = case.on(row.day)
        open_ = list(_unfinished(row, where))
        yield from open_
        said = next((each for each in Verdict if each.value == row.verdict), None)
        if said is None or not seen.judged:
            continue
        claimed, shown = _CLAIMS[said], _CLAIMS[seen.verdict]
        if said is Verdict.SINGLE and seen.present is not None and seen.present.special:
            claimed = shown  # the single value that was read is the one that an event explains
        told = f"{headline(seen)}."
        if claimed > shown:
            yield BLIP_CLAIMED.at(
                f"{where}/verdict",
                _("Read as {said}; the values known by then say: {told}").format(said=said.word, told=told),
                _("Wait for the next values before anything is announced, or give evidence from outside the chart."),
            )
        elif claimed == 0 and shown > 0:
            yield OVERLOOKED.at(
                f"{where}/verdict",
                _("Read as noise; the values known by then say: {told}").format(told=told),
                _("Look for what was different then, while people still remember it."),
            )
        if row.course == "change" and shown == 0:
            yield ON_NOISE.at(
                f"{where}/course",
                _("The work is to be changed, and the values known by then show nothing new: {told}").format(told=told),
                _("Keep course; or change it for a reason that is not in these values, and say which."),
            )
        elif claimed == shown and not open_:
            yield READ_WELL.at(where, told)


def _unfinished(row: ChartReading, where: str) -> Iterator[Finding]:
    gaps = _gaps(row, ("action", "owner", "due")) if row.course in {"find-out", "change"} else []
    if gaps:
        labels = ", ".join(f"“{field_of(ChartReading, name).label}”" for name in gaps)
        yield NO_OWNER.at(
            f"{where}/{gaps[0]}",
            _("Not filled in: {fields}.").format(fields=labels),
            _("Name one person, what will be there, and the day."),
        )
    if row.verdict and not (row.because or "").strip():
        yield NO_BECAUSE.at(
            f"{where}/because",
            _("It is not said what in the values makes you read it so."),
            _("Name the values, or the rule, in one sentence."),
        )


def _moved(case: _Case) -> Iterator[Finding]:
    """Targets and ratings that moved while the chart showed nothing but noise."""
    for change in case.indicator.changes:
        if change.day is not None and change.day <= case.context.as_of:
            seen = case.on(change.day)
            if seen.verdict is Verdict.NOISE and not (change.reason or "").strip():
                yield TARGET_ON_NOISE.at(
                    f"{case.where}/changes/{change.id}",
                    _("Changed on {day} without a reason; up to then: {told}.").format(
                        day=format_date(change.day), told=headline(seen)
                    ),
                    _("Write down the reason, so that nobody takes the last values for it."),
                )
    rated = sorted(
        (each for each in case.priority.assessments if each.day and each.likelihood and each.day <= case.context.as_of),
        key=lambda each: each.day or date.min,
    )
    for before, after in pairwise(rated):
        if before.likelihood == after.likelihood or (after.likelihood_why or "").strip():
            continue
        seen = case.on(after.day)
        if seen.verdict is Verdict.NOISE and seen.periods and _newest(seen).end > (before.day or date.min):
            yield RATING_ON_NOISE.at(
                f"{case.here}/assessments/{after.id}",
                _("It moved by {day} and gives no reason; “{name}” up to then: {told}.").format(
                    day=format_date(after.day or date.min), name=case.name, told=headline(seen)
                ),
                _("Say what else the rating rests on."),
            )


def _newest(seen: Behaviour) -> Period:
    return list(seen.periods.values())[-1]


def _to_do(plan: Plan, _as_of: date) -> Iterator[Commitment]:
    for priority in plan.priorities:
        names = {indicator.id: indicator.name or indicator.id for indicator in priority.indicators}
        for row in READINGS.read(priority):
            if row.course not in {"find-out", "change"} or not (row.action or row.owner or row.due):
                continue
            about = names.get(row.indicator or "", "")
            yield Commitment(
                key=f"9.4/{priority.id}/{row.id}",
                tool=TOOL,
                priority=priority.id,
                what=(row.action or "").strip() or _("What is behind the values of “{name}”").format(name=about),
                owner=plan.person(row.owner) or "",
                due=row.due,
                done=bool(row.done),
                where=f"priorities/{priority.id}/{READINGS.key}/{row.id}",
            )


#: What is to be found out, or changed, by a day.
COMMITMENTS = (_to_do,)

EXERCISES = (
    Exercise(
        id=TOOL,
        title=_("Blip or trend?"),
        rule=9,
        workbook="09_persist.ipynb",
        section="blip",
        about=_(
            "Read the indicator's own values: noise, a single signal, a shift or a trend. Then decide on the course."
        ),
        minutes=30,
        kinds=KINDS,
        attempted=attempted,
        check=check,
        hints=(
            _("Cover the last value. Would anybody have noticed anything? Then one value has not changed that."),
            _("Ask two questions apart: did something change, and do we know what? The chart answers only the first."),
            _("If the target lies inside the limits, toss a coin for a while: heads is a good month, tails a bad one."),
            _("Name the place where the work changed first. If its values moved first, you have your evidence."),
        ),
    ),
)
