"""Sections of the priority report for Rule 5: profiles with milestones and resources, benchmarks, trajectories."""

from __future__ import annotations

from collections.abc import Callable

from rdlib.figures.chart_benchmarks import benchmark_chart, benchmark_table
from rdlib.figures.chart_trajectory import trajectory_chart
from rdlib.figures.html import Html, e, inline
from rdlib.figures.records import none_yet
from rdlib.figures.rule05_plan import (
    effects_table,
    milestones_table,
    path_table,
    profile_page,
    profiles_table,
)
from rdlib.plan.indicator import Indicator
from rdlib.plan.strategy import Strategy
from rdlib.reports.sections import PriorityReport, Section
from rdlib.rules.r04_candidates import chosen, live, name_of, strategies
from rdlib.rules.r05_benchmarks import hold
from rdlib.rules.r05_estimates import has_effects
from rdlib.rules.r05_profile import is_begun
from rdlib.rules.r05_trajectory import NoPath, Trajectory, trajectory
from rdlib.words import _


def _profiles(report: PriorityReport) -> Html:
    priority, context = report.priority, report.context
    pages = "".join(profile_page(s, priority, context, milestones=False) for s in on_a_page(report))
    gone = [name_of(s) for s in strategies(priority) if s.status == "dropped"]
    dropped = ""
    if gone:
        said = _("Dropped, and so without a profile: {names}.").format(names=", ".join(gone))
        dropped = f'<p class="rd rd-empty">{e(said)}</p>'
    return Html(profiles_table(priority, context) + dropped + _milestones(report) + pages)


def on_a_page(report: PriorityReport) -> list[Strategy]:
    """Return the strategies whose profile the report shows: those chosen, or while none is, all not dropped."""
    return [s for s in chosen(report.priority) or live(report.priority) if is_begun(s)]


def _milestones(report: PriorityReport) -> Html:
    """The milestones, where no roadmap shows them."""
    picked = chosen(report.priority) or live(report.priority)
    if not report.is_waiting("roadmap") or not any(s.milestones for s in picked):
        return Html("")
    return milestones_table(picked, report.plan, report.as_of)


def _each(report: PriorityReport, body: Callable[[PriorityReport, Indicator], str]) -> str:
    parts = ((i, body(report, i)) for i in report.priority.indicators)
    return "".join(f"<h3>{inline(i.name or i.id)}</h3>{html}" for i, html in parts if html)


def _benchmarks(report: PriorityReport) -> Html:
    return Html(_each(report, _one_benchmark) or none_yet(_("Benchmarks")))


def _one_benchmark(report: PriorityReport, indicator: Indicator) -> str:
    held = hold(indicator, report.priority, report.context)
    return benchmark_chart(held, report.context) + benchmark_table(held) if held else ""


def _trajectory(report: PriorityReport) -> Html:
    return Html(_each(report, _one_path))


def _effects(report: PriorityReport) -> Html:
    return Html(_each(report, _one_table) + effects_table(report.priority, report.plan))


def _one_path(report: PriorityReport, indicator: Indicator) -> str:
    if not has_effects(indicator):
        return ""
    path = trajectory(indicator, report.priority, report.context)
    if isinstance(path, NoPath):
        return path_table(path)
    return trajectory_chart(path, as_of=report.as_of, plan=report.plan)


def _one_table(report: PriorityReport, indicator: Indicator) -> str:
    path = trajectory(indicator, report.priority, report.context) if has_effects(indicator) else None
    return path_table(path) if isinstance(path, Trajectory) else ""


SECTIONS = (
    Section("profiles", _profiles, _("Profiles of the strategies")),
    Section("benchmarks", _benchmarks),
    Section("trajectory", _trajectory, picture=True, main=True),
    Section("effects", _effects, _("What the trajectory rests on"), of="trajectory"),
)
