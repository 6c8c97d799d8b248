"""The faces of the exercise "Blip or trend?": verdict, chart, signals and limits, and what was read (tool 9.4)."""

from __future__ import annotations

from datetime import date

from rdlib.figures.html import Cell, Html, e, inline, nothing, table
from rdlib.figures.records import none_yet, record_table
from rdlib.plan.blips import READINGS, SPECIAL_EVENTS, STEPS, USUAL, ChartReading
from rdlib.plan.fields import field_of
from rdlib.plan.indicator import Indicator
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.values import Period, format_when
from rdlib.rules import trend
from rdlib.rules.r09_blip import charted
from rdlib.rules.r09_charts import Behaviour, Stretch, behaviour, looked_into
from rdlib.rules.registry import Context
from rdlib.rules.xmr import FEWEST, Rule, Signal
from rdlib.words import _, format_date, format_number

#: So many signals stand in the table; of older ones only their number is told.
MOST = 15


def shown(priority: Priority, context: Context) -> list[Indicator]:
    """Return the indicators whose charts are shown: those somebody worked on, else those with values enough."""
    worked_on = charted(priority)
    if worked_on:
        return worked_on
    known = [(i, [p for p in trend.whole_series(i) if p[0].end <= context.as_of]) for i in priority.indicators]
    return [indicator for indicator, series in known if len(series) >= FEWEST]


def _name(indicator: Indicator) -> str:
    return indicator.name or indicator.id


def _when(found: Behaviour, places: tuple[int, ...]) -> str:
    first, last = (format_when(found.periods[place]) for place in (places[0], places[-1]))
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


def _means(found: Behaviour, signal: Signal) -> str:
    good = found.good(up=signal.up)
    if good is None:
        return _("◆ a change upwards") if signal.up else _("◆ a change downwards")
    return _("■ better") if good else _("▲ worse")


def _explained(found: Behaviour, priority: Priority, signal: Signal) -> Cell:
    """What was written down about the time of a signal: an event in it, or a step near its beginning."""
    first, last = found.periods[signal.places[0]], found.periods[signal.places[-1]]
    told = [
        event.what
        for event in SPECIAL_EVENTS.read(priority)
        if event.indicator == found.indicator.id and event.when and event.what and _meets(event.when, first, last)
    ]
    told += [
        step.what
        for step in STEPS.read(priority)
        if step.indicator == found.indicator.id and step.since and step.what and _meets(step.since, first, last)
    ]
    told += [
        _("read on {day}").format(day=format_date(row.day))
        for row in looked_into(found.indicator, priority, last)
        if row.day is not None
    ]
    return "; ".join(told) or nothing(_("nothing yet"))


def _meets(asked: Period, first: Period, last: Period) -> bool:
    return asked.start <= last.end and first.start <= asked.end


def signals_table(found: Behaviour, priority: Priority) -> Html:
    """Return every signal: when, the rule that finds it, what it means, what explains it; the last one first."""
    telling = sorted(found.signals, key=lambda pair: (pair[1].places[-1], pair[1].rule is not Rule.JUMP), reverse=True)
    if not telling:
        if not found.judged:
            return Html("")
        return Html(
            f'<p class="rd rd-empty">{e(_("No signal: nothing here calls for an explanation of its own."))}</p>'
        )
    rows: list[list[Cell]] = [
        [
            _when(found, signal.places),
            signal.rule.words,
            format_number(len(signal.places)),
            _means(found, signal),
            _explained(found, priority, signal),
        ]
        for _stretch, signal in telling[:MOST]
    ]
    headers = [_("When"), _("What stands out"), _("Values"), _("Means"), _("Explained by")]
    caption = _("Signals: {name}").format(name=_name(found.indicator))
    if len(telling) > MOST:
        caption += " " + _("(the last {n} of {all})").format(n=MOST, all=len(telling))
    return table(headers, rows, caption, numeric=[2])


def limits_table(found: Behaviour, plan: Plan) -> Html:
    """Return the limits of each stretch, and what they rest on."""
    if not any(stretch.limits is not None for stretch in found.stretches):
        return Html("")
    rows = [_limits_row(found, stretch, plan) for stretch in found.stretches]
    headers = [_("Stretch"), _("Values"), _("Lower limit"), _("Mean"), _("Upper limit"), _("The limits rest on")]
    return table(
        headers, rows, _("Usual range: {name}").format(name=_name(found.indicator)), numeric=[1, 2, 3, 4]
    )  # fmt: skip


def _limits_row(found: Behaviour, stretch: Stretch, plan: Plan) -> list[Cell]:
    when = _when(found, (stretch.points[0][0], stretch.points[-1][0]))
    count = format_number(len(stretch.points))
    usual = found.usual(stretch)
    if stretch.limits is None or usual is None:
        few = nothing(_("too few values"))
        return [when, count, few, few, few, _begun(stretch, plan) or nothing(_("nothing yet"))]
    rest = [_begun(stretch, plan)]
    if stretch.usual is not None:
        used = _when(found, (stretch.used[0], stretch.used[-1]))
        rest.append(_("{when}: {why}").format(when=used, why=(stretch.usual.why or "").strip() or _("no reason given")))
    elif stretch.limits.slope:
        rest.append(_("all its values, around a line that moves by {slope} each time; here at its end").format(
            slope=format_number(stretch.limits.slope)))  # fmt: skip
    else:
        rest.append(_("all its values"))
    line = stretch.limits.line(stretch.points[-1][0])
    numbers = [found.words(each) for each in (usual[0], line, usual[1])]
    return [when, count, *numbers, "; ".join(part for part in rest if part)]


def _begun(stretch: Stretch, plan: Plan) -> str:
    if stretch.step is None:
        return ""
    return _("New since the step: {what} (says {who})").format(
        what=(stretch.step.what or "").strip().rstrip("."), who=plan.person(stretch.step.said_by) or ""
    )


def records(priority: Priority, plan: Plan) -> Html:
    """Return what was fixed, explained and marked, as tables; those without rows are left out."""
    only = {
        USUAL.key: ("first", "last", "why"),
        STEPS.key: ("since", "what", "evidence", "said_by", "day"),
        SPECIAL_EVENTS.key: ("when", "what", "why"),
    }
    several = ("indicator",) if len(charted(priority)) > 1 else ()
    faces = [
        record_table(part.read(priority), part.label, only=(*several, *only[part.key]), plan=plan, priority=priority)
        for part in (USUAL, STEPS, SPECIAL_EVENTS)
        if part.read(priority)
    ]
    return Html("".join(faces))


def readings(indicator: Indicator, priority: Priority, plan: Plan) -> Html:
    """Return what was read in the chart of an indicator, and what follows, the last reading first."""
    found = [row for row in READINGS.read(priority) if row.indicator == indicator.id]
    if not found:
        return Html("")
    rows: list[list[Cell]] = []
    for row in sorted(found, key=lambda each: each.day or date.min, reverse=True):
        verdict = field_of(ChartReading, "verdict").choice(row.verdict)
        rows.append(
            [
                format_date(row.day) if row.day else nothing(),
                verdict.label if verdict else nothing(),
                row.because,
                _follows(row, plan),
            ]
        )
    headers = [_("Read on"), _("Read as"), _("Because"), _("What follows")]
    return table(headers, rows, _("What was read in it: {name}").format(name=_name(indicator)))


def _follows(row: ChartReading, plan: Plan) -> Cell:
    course = field_of(ChartReading, "course").choice(row.course)
    if course is None:
        return nothing()
    said = [course.label]
    if row.action:
        said.append(row.action.strip().rstrip("."))
    if row.owner:
        said.append(plan.person(row.owner) or row.owner)
    if row.due:
        done = _("done") if row.done else _("by {day}").format(day=format_date(row.due))
        said.append(done)
    return "; ".join(said)


def chart_of(indicator: Indicator, priority: Priority, context: Context, *, ranges: bool = True) -> Html:
    """Return the chart of an indicator, whose title is the verdict, under its name."""
    from rdlib.figures.chart_behaviour import behaviour_chart

    found = behaviour(indicator, priority, context)
    chart = behaviour_chart(found, priority, context.plan, ranges=ranges)
    return Html(f"<h3>{inline(_name(indicator))}</h3>{chart}")


def tables_of(indicator: Indicator, priority: Priority, context: Context) -> Html:
    """Return the signals and the limits of the chart of an indicator as tables."""
    found = behaviour(indicator, priority, context)
    return Html(signals_table(found, priority) + limits_table(found, context.plan))


def nothing_to_chart() -> Html:
    """Return the line that stands where no indicator has values enough."""
    return none_yet(_("Indicators with {n} measured values or more").format(n=FEWEST))
