"""Sections of the priority report for Rule 2: the ladder, the indicators, the three Ms, SMART, changes of targets."""

from __future__ import annotations

from collections.abc import Callable

from rdlib.figures.chart_indicator import indicator_chart
from rdlib.figures.chart_spread import spread_chart
from rdlib.figures.html import Html, badge, e, inline, nothing, table
from rdlib.figures.ladder import ladder
from rdlib.figures.records import answer, format_amount, none_yet, record_table
from rdlib.figures.rule02 import change_log, smart_table, three_m_table, verdict_badge
from rdlib.plan.fields import field_of
from rdlib.plan.indicator import Benchmark, Indicator, Target
from rdlib.plan.practice import SORTING
from rdlib.plan.values import format_when, number
from rdlib.reports.overview import carries_target, last_value, standing, target_said, what_the_trend_says
from rdlib.reports.sections import PriorityReport, Section
from rdlib.rules import trend
from rdlib.rules.r02_smart import has_number, reaches
from rdlib.rules.r02_targets import has_target
from rdlib.rules.r02_three_m import has_evaluation
from rdlib.rules.r05_steps import on_its_path
from rdlib.rules.r05_trajectory import trajectory
from rdlib.rules.targets import settings_of
from rdlib.words import _


def _each_indicator(report: PriorityReport, body: Callable[[PriorityReport, Indicator], str]) -> Html:
    """Return the body for each indicator, under its name."""
    return Html(
        "".join(f"<h3>{inline(i.name or i.id)}</h3>{body(report, i)}" for i in report.priority.indicators)
        or none_yet(_("Indicators"))
    )


def _levels(report: PriorityReport) -> Html:
    return ladder(report.priority, report.plan)


def _progress(report: PriorityReport) -> Html:
    return _each_indicator(report, _one_indicator)


def _one_indicator(report: PriorityReport, indicator: Indicator) -> str:
    judged = report.judged[indicator.id]
    commitment = field_of(Target, "commitment").choice(indicator.target.commitment)
    target = target_said(indicator, judged) + (f" ({e(commitment.label.lower())})" if commitment else "")
    lines = [
        f"<p>{badge(standing(judged, asked=carries_target(indicator, judged)))}</p>",
        f"<p><strong>{e(_('Target:'))}</strong> {target}</p>",
        f"<p><strong>{e(_('Latest value:'))}</strong> {last_value(report, indicator)}</p>",
    ]
    if indicator.target.why_this:
        lines.append(f"<p><strong>{e(_('Why this value:'))}</strong> {inline(indicator.target.why_this)}</p>")
    if ahead := what_the_trend_says(indicator, judged):
        lines.append(f"<p><strong>{e(_('Without new work:'))}</strong> {e(ahead)}</p>")
    if indicator.definition:
        lines.append(f"<p><strong>{e(_('What is counted:'))}</strong> {inline(indicator.definition)}</p>")
    chart = Html("")
    if carries_target(indicator, judged) or trend.latest(indicator, report.as_of) is not None:
        shown = on_its_path(indicator, trajectory(indicator, report.priority, report.context))
        chart = indicator_chart(shown, as_of=report.as_of, **settings_of(report.plan))
    others = _spread(report, indicator) + _benchmarks(report, indicator) if report.is_waiting("benchmarks") else ""
    return f'<div class="rd">{"".join(lines)}</div>{chart}{others}'


def _spread(report: PriorityReport, indicator: Indicator) -> Html:
    """What the better units inside the system reach; nothing where the values are not broken down."""
    if trend.latest_units(indicator, as_of=report.as_of) is None:
        return Html("")
    return spread_chart(indicator, as_of=report.as_of, **settings_of(report.plan))


def _benchmarks(report: PriorityReport, indicator: Indicator) -> Html:
    if not indicator.benchmarks:
        return Html("")
    aim = report.judged[indicator.id].goal
    rows = []
    for each in indicator.benchmarks:
        value = number(each.value)
        reached = nothing(_("cannot be said"))
        if value is not None and has_number(aim):
            reached = inline(_("reaches it") if reaches(value, aim) else _("does not reach it"))
        rows.append(
            [
                inline(each.name) if each.name else nothing(),
                answer(field_of(Benchmark, "kind"), each.kind),
                inline(format_amount(each.value, indicator.unit) or "") if each.value is not None else nothing(),
                inline(format_when(each.when)) if each.when else nothing(),
                reached,
            ]
        )
    headers = [_("Who or what"), _("Compared with"), _("Value"), _("Period"), _("Our target")]
    caption = _("Held against others: {indicator}").format(indicator=indicator.name or indicator.id)
    return table(headers, rows, caption, numeric=[2])


def _three_m(report: PriorityReport) -> Html:
    faces = []
    for indicator in report.priority.indicators:
        if has_evaluation(indicator):
            faces.append(three_m_table(indicator, report.plan))
        else:
            name = inline(indicator.name or indicator.id)
            faces.append(Html(f'<p class="rd"><strong>{name}</strong> {verdict_badge(indicator)}</p>'))
    return Html("".join(faces))


def _smart(report: PriorityReport) -> Html:
    return _each_indicator(report, _one_target)


def _one_target(report: PriorityReport, indicator: Indicator) -> str:
    if not has_target(indicator):
        kept_out = not carries_target(indicator, report.judged[indicator.id])
        said = _("kept out of the targets: it fails the three Ms") if kept_out else _("no target yet")
        return f'<p class="rd">{nothing(said)}</p>'
    if report.judged[indicator.id].goal.kind == "context":
        return f'<p class="rd">{nothing(_("no target is meant: it is watched to understand the setting"))}</p>'
    return smart_table(indicator, report.judged[indicator.id])


def _changes(report: PriorityReport) -> Html:
    return Html(
        "".join(change_log(i, report.plan) for i in report.priority.indicators)
        or none_yet(_("Recorded changes of targets"))
    )


def _sorting(report: PriorityReport) -> Html:
    return record_table(SORTING.read(report.priority), SORTING.label, plan=report.plan, priority=report.priority)


SECTIONS = (
    Section("levels", _levels, picture=True),
    Section("progress", _progress, _("Indicators and targets"), main=True),
    Section("three-m", _three_m),
    Section("smart", _smart),
    Section("changes", _changes, _("How the targets changed"), of_rule=2),
    Section("sorting", _sorting),
)
