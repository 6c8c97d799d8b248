"""Sections of the priority report that belong to no single exercise: verdict, architecture, findings, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from rdlib.figures.architecture import architecture
from rdlib.figures.html import Html, Mark, badge, details, e, finding_list, inline, nothing, paragraphs, table
from rdlib.figures.records import place_name, target_words
from rdlib.figures.rule02 import status_mark
from rdlib.figures.rule07_stocktake import WAYS
from rdlib.plan.assessment import Assessment
from rdlib.plan.indicator import Indicator
from rdlib.plan.values import format_when
from rdlib.reports.sections import PriorityReport, Section
from rdlib.rules import targets, trend
from rdlib.rules.briefing import Briefing, briefing
from rdlib.rules.findings import Severity
from rdlib.rules.headline import headline
from rdlib.rules.r02_smart import Smart, has_number
from rdlib.rules.r02_targets import has_target
from rdlib.rules.r02_three_m import Verdict, verdict
from rdlib.rules.r09_charts import behaviour
from rdlib.rules.r09_charts import headline as behaves
from rdlib.words import NO_BREAK_SPACE, _, format_date, format_number, plural

#: How much of each kind the first screen holds.
ASKED, CHANGES = 4, 4

_ILLUSTRATIVE = Mark("◐", _("illustrative"), 0)


def last_assessment(report: PriorityReport) -> Assessment | None:
    """Return the latest assessment of the likelihood of delivery that was known on the day of the report."""
    dated = [a for a in report.priority.assessments if a.day is not None and a.day <= report.as_of]
    return max(dated, key=lambda a: a.day or report.as_of, default=None)


def last_value(report: PriorityReport, indicator: Indicator) -> Html:
    """Return the latest measured value with its period; a quiet word where there is none."""
    last = trend.latest(indicator, report.as_of)
    if last is None:
        return nothing(_("no data yet"))
    when = f"({format_when(last.when)})".replace(" ", NO_BREAK_SPACE)
    return inline(f"{format_number(last.value, indicator.unit)} {when}")


def target_said(indicator: Indicator, judged: Smart) -> Html:
    """Return the target: as it was announced, and when it falls due where the words do not say so."""
    words = target_words(indicator)
    if not has_target(indicator) or words is None:
        return nothing(_("no target yet") if carries_target(indicator, judged) else _("none"))
    due = judged.goal.due
    if due is not None and str(due.end.year) not in words and str(due) not in words:
        words = _("{target}, by {due}").format(target=words, due=format_when(due))
    return inline(words)


#: Where targets can stand, from what asks for attention most to what asks for it least.
STATUSES = (
    targets.Status.NOT_MET,
    targets.Status.NO_DATA,
    targets.Status.NO_TARGET,
    targets.Status.FUTURE,
    targets.Status.MET,
)


def carries_target(indicator: Indicator, judged: Smart) -> bool:
    """Say whether a target is asked of an indicator: not of one that is watched, or that failed the three Ms."""
    if judged.goal.kind == "context":
        return False
    return has_target(indicator) or verdict(indicator) is not Verdict.FAILS


def standing(judged: Smart, *, asked: bool = True) -> Mark:
    """Return where a target stands; one without a date is called that, not "not due yet".

    Args:
        judged: the target, judged.
        asked: whether the indicator is one that a target is asked of (:func:`carries_target`).
    """
    if not asked:
        return Mark("–", _("watched, no target"), 0)
    if judged.status is targets.Status.FUTURE and judged.goal.due is None:
        return Mark("–", _("no due date"), 0)
    return status_mark(judged.status)


def counted(several: Iterable[Smart]) -> str:
    """Return how many targets stand where, in words: "1 not met, 2 not due yet"."""
    count = Counter(standing(j).word for j in sorted(several, key=lambda j: STATUSES.index(j.status)))
    return ", ".join(f"{n} {word}" for word, n in count.items())


def finding_said(report: PriorityReport, indicator: Indicator) -> str:
    """Return in a line where the indicator stands against its target."""
    judged = report.judged[indicator.id]
    steps = targets.target_steps(indicator, judged.goal)
    return headline(trend.whole_series(indicator), judged.goal, steps, report.as_of, indicator.unit)


def what_the_trend_says(indicator: Indicator, judged: Smart) -> str | None:
    """Return in a sentence what the trend alone would bring by the due date; None where that cannot be said."""
    due = judged.goal.due
    if due is None or isinstance(judged.projection, trend.NoProjection) or not has_number(judged.goal):
        return None
    ahead = judged.projection.at(due.end)
    return _("The trend alone would bring {low} to {high} by {day} ({level} interval).").format(
        low=format_number(_rounded(ahead.low), indicator.unit),
        high=format_number(_rounded(ahead.high), indicator.unit),
        day=format_date(due.end),
        level=format_number(100 * judged.projection.level, "%"),
    )


def _rounded(value: float) -> float:
    """Round a value that was computed, not measured, to what can be believed of it."""
    return round(value, 1 if abs(value) < 200 else 0)


def _verdict(report: PriorityReport) -> Html:
    lines = [*_leaders(report), *_likelihood(report)]
    if is_made_up(report):
        said = _("Some figures are made up to practise with; see “Sources and notes”.")
        lines.append(f"<p>{badge(_ILLUSTRATIVE)} {e(said)}</p>")
    summary = paragraphs(report.priority.summary)
    first = f'<div class="rd"><p class="rd-verdict">{e(in_a_sentence(report))}</p>{summary}{"".join(lines)}</div>'
    told = briefing(report.plan, report.priority, report.as_of, report.found)
    return Html(f"{first}{_asked(report, told)}{_changed(told)}{_targets(report)}{_counted(report)}")


def in_a_sentence(report: PriorityReport) -> str:
    """Return the verdict in one line: how the targets stand."""
    aimed = [i for i in report.priority.indicators if report.judged[i.id].status is not targets.Status.NO_TARGET]
    if not report.priority.indicators:
        return _("No indicator yet, so nobody can tell whether this priority succeeds.")
    if not aimed:
        return _("No target that can be judged yet, so nobody can tell whether this priority succeeds.")
    if len(aimed) == 1:
        return finding_said(report, aimed[0])
    several = [report.judged[i.id] for i in aimed]
    said = plural("{n} target", "{n} targets", len(several))
    words = {standing(judged).word for judged in several}
    if len(words) == 1:
        return _("{targets}, {status}").format(targets=said, status=words.pop())
    return _("{targets}: {stand}").format(targets=said, stand=counted(several))


def _leaders(report: PriorityReport) -> Iterator[str]:
    names = [report.plan.person(leader) or leader for leader in report.priority.leaders]
    if names:
        label = _("Accountable leader") if len(names) == 1 else _("Accountable leaders")
        yield f"<p><strong>{e(label)}:</strong> {e(', '.join(names))}</p>"


def _likelihood(report: PriorityReport) -> Iterator[str]:
    last = last_assessment(report)
    label = e(_("Likelihood of delivery:"))
    if last is None:
        yield f"<p><strong>{label}</strong> {badge(None)}</p>"
    elif last.day is not None:
        when = _("as judged on {day}").format(day=format_date(last.day))
        mark = f" {badge(_ILLUSTRATIVE)}" if last.illustrative else ""
        why = f"<br>{inline(last.likelihood_why)}" if last.likelihood_why else ""
        yield f"<p><strong>{label}</strong> {badge(last.likelihood)} {e(when)}{mark}{why}</p>"


def _stands(report: PriorityReport, indicator: Indicator) -> Html:
    """The latest value, how it stands against the target, and whether its values tell more than noise."""
    value = last_value(report, indicator)
    if trend.latest(indicator, report.as_of) is None:
        return value
    seen = behaviour(indicator, report.priority, report.context)
    noise = f'<br><span class="rd-where">{inline(behaves(seen))}</span>' if seen.judged else ""
    return Html(f"{value}<br>{inline(finding_said(report, indicator))}{noise}")


def _telling(report: PriorityReport) -> list[Indicator]:
    """The indicators that carry a target, or have a value at least; all of them where none does."""
    every = report.priority.indicators
    told = [i for i in every if carries_target(i, report.judged[i.id]) or trend.latest(i, report.as_of) is not None]
    return told or list(every)


def _targets(report: PriorityReport) -> Html:
    if not report.priority.indicators:
        return Html("")
    rows = []
    for indicator in _telling(report):
        judged = report.judged[indicator.id]
        rows.append(
            [
                inline(indicator.name) if indicator.name else nothing(),
                badge(standing(judged, asked=carries_target(indicator, judged))),
                target_said(indicator, judged),
                _stands(report, indicator),
            ]
        )
    headers = [_("Indicator"), _("Status"), _("Target"), _("Latest value, and where it stands")]
    return table(headers, rows, _("Where each target stands"))


def _asked(report: PriorityReport, told: Briefing) -> str:
    """What is asked of the reader: decisions wanted, then the next steps of the worst findings."""
    if not told.asked:
        return ""
    wanted = f"<strong>{e(_('Decision wanted:'))}</strong> "
    named = {f.where: report.name_of(f) for f in report.found}
    items = "".join(
        f"<li>{wanted if each.decision else ''}{inline(each.what)}"
        + (f' <span class="rd-where">{inline(named[each.where])}</span></li>' if each.where in named else "</li>")
        for each in told.asked[:ASKED]
    )
    return f'<div class="rd"><h3>{e(_("What is asked"))}</h3><ol>{items}</ol></div>'


def changed_since(told: Briefing) -> str:
    """Return the heading of what changed: since which day, and why that one."""
    day, why = told.since
    return _("What changed since {day} ({why})").format(day=format_date(day), why=why)


def _changed(told: Briefing) -> str:
    """What changed since somebody last looked; nothing where the plan records no change."""
    if not told.changed:
        return ""
    items = "".join(
        f"<li>{badge(WAYS[each.way])} <strong>{inline(each.about)}:</strong> {inline(each.what)}</li>"
        for each in told.changed[:CHANGES]
    )
    rest = len(told.changed) - CHANGES
    more = f'<p class="rd-where">{e(plural("{n} more change.", "{n} more changes.", rest))}</p>' if rest > 0 else ""
    return f'<div class="rd"><h3>{e(changed_since(told))}</h3><ul class="rd-short">{items}</ul>{more}</div>'


def _counted(report: PriorityReport) -> str:
    """What the checks found, counted."""
    counts = []
    for severity in Severity:
        if count := sum(1 for f in report.found if f.severity is severity):
            counts.append(badge(Mark(severity.shape, f"{count}{NO_BREAK_SPACE}{severity.word}", severity.rank + 1)))
    if not counts:
        return ""
    found = f'<p class="rd-counts"><strong>{e(_("What the checks found:"))}</strong> {" ".join(counts)} '
    return f'<div class="rd">{found}<a href="#findings">{e(_("all findings"))}</a></p></div>'


def _architecture(report: PriorityReport) -> Html:
    return architecture(report.priority, report.plan)


def _findings(report: PriorityReport) -> Html:
    paths = {where: place_name(where, report.plan) for f in report.found for where in f.places}
    good = [f for f in report.found if f.severity is Severity.GOOD]
    asking = [f for f in report.found if f.severity is not Severity.GOOD]
    if not asking:
        return Html(finding_list(good, paths=paths, counted=False) + _kept_back(report))
    listed = finding_list(asking, paths=paths, counted=False)
    if good:  # it asks for nothing: whoever wants to read it opens it
        title = plural("What is good already: {n} finding", "What is good already: {n} findings", len(good))
        listed = Html(listed + details(title, finding_list(good, paths=paths, counted=False)))
    return Html(listed + _kept_back(report))


def _kept_back(report: PriorityReport) -> str:
    """How many findings stay in the workbook, because they say of people what a report is not to carry round."""
    count = sum(1 for finding in report.private if finding.next_step)
    if not count:
        return ""
    said = plural(
        "{n} more finding speaks of stakeholders (Rule 10) and stands in the workbook alone.",
        "{n} more findings speak of stakeholders (Rule 10) and stand in the workbook alone.",
        count,
    )
    return f'<p class="rd rd-empty">{e(said)}</p>'


def _sources(report: PriorityReport) -> Html:
    told = _("As of {day}: nothing measured or decided after that day is held against the plan.").format(
        day=format_date(report.as_of)
    )
    rows = [
        [
            Html(f"<strong>{inline(indicator.name or indicator.id)}</strong>") if first else Html(""),
            inline(each.name),
            inline(each.source) if each.source else nothing(_("source not given")),
            badge(_ILLUSTRATIVE) if each.illustrative else inline(_("no")),
        ]
        for indicator in report.priority.indicators
        for first, each in ((n == 0, each) for n, each in enumerate(figures_of(indicator)))
    ]
    headers = [_("Indicator"), _("Figure"), _("Where it comes from"), _("Made up to practise with?")]
    listed = table(headers, rows, _("Where the figures come from"), row_header=False) if rows else ""
    return Html(f'<div class="rd"><p>{e(told)}</p>{paragraphs(report.plan.about)}{listed}</div>')


@attrs.frozen
class Figure:
    """A figure of an indicator and where it comes from."""

    name: str
    source: str | None
    illustrative: bool


def figures_of(indicator: Indicator) -> Iterator[Figure]:
    """Return the figures that stand in the plan for an indicator; one whose source is not said is listed too."""
    if indicator.observations:
        yield Figure(_("Measured values"), indicator.data_source, bool(indicator.data_illustrative))
    if indicator.baseline.value is not None:
        yield Figure(_("Baseline"), indicator.baseline.source, bool(indicator.baseline.illustrative))
    if has_target(indicator) and indicator.target.kind != "context":
        yield Figure(_("Target"), indicator.target.source, False)
    for each in indicator.benchmarks:
        name = _("Comparison: {name}").format(name=each.name or each.id)
        yield Figure(name, each.source, bool(each.illustrative))


def is_made_up(report: PriorityReport) -> bool:
    """Say whether anything that the report shows is marked as illustrative."""
    figures = [figure for indicator in report.priority.indicators for figure in figures_of(indicator)]
    rows = (*report.priority.assessments, *(row for part in report.priority.parts.values() for row in part))
    return any(f.illustrative for f in figures) or any(getattr(row, "illustrative", False) for row in rows)


SECTIONS = (
    Section("verdict", _verdict, _("At a glance"), main=True),
    Section("architecture", _architecture, _("What the plan has, and what it lacks"), picture=True, main=True),
    Section("findings", _findings, _("Findings and next steps"), main=True),
    Section("sources", _sources, _("Sources and notes"), main=True),
)
