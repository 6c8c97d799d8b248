"""The tables of an Excel workbook that are worked out: summary, targets, commitments and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from rdlib.figures.records import place_name, target_words
from rdlib.plan.indicator import Indicator
from rdlib.plan.plan import Plan
from rdlib.plan.values import format_when, number
from rdlib.reports.overview import (
    STATUSES,
    carries_target,
    finding_said,
    in_a_sentence,
    is_made_up,
    last_assessment,
    standing,
)
from rdlib.reports.portfolio import PortfolioReport
from rdlib.reports.sections import PriorityReport
from rdlib.reports.sheets import Sheet, Value, of_plan, of_priorities
from rdlib.rules import trend
from rdlib.rules.commitments import Commitment, commitments
from rdlib.rules.findings import Finding, Severity
from rdlib.rules.progress import of_checked
from rdlib.rules.r02_smart import has_number
from rdlib.words import _


def priority_sheets(report: PriorityReport) -> list[Sheet]:
    """Return all tables of a priority: what is worked out first, then what stands in the plan.

    Args:
        report: its report.
    """
    plan, priority = report.plan, report.priority
    ours = [each for each in commitments(plan, report.as_of) if each.priority == priority.id]
    made = [
        _summary(report),
        _targets([report], named=False),
        _commitments(ours, plan, report.as_of, named=False),
        _findings(report.found, plan),
        *of_priorities(plan, [priority], report.as_of, named=False),
    ]
    return [each for each in made if each.rows]


def portfolio_sheets(portfolio: PortfolioReport) -> list[Sheet]:
    """Return the tables of a plan: a row for each priority first, then all targets and commitments.

    Findings are those about the plan as a whole; what was found about a priority stands in its own workbook.

    Args:
        portfolio: its portfolio.
    """
    plan, as_of = portfolio.plan, portfolio.as_of
    priorities = [p for row in portfolio.rows if row.facts and (p := plan.priority(row.id)) is not None]
    reports = [PriorityReport(portfolio.folder, plan, priority, as_of) for priority in priorities]
    made = [
        _priorities(portfolio, {report.priority.id: report for report in reports}),
        _targets(reports, named=True),
        _commitments(commitments(plan, as_of), plan, as_of, named=True),
        _findings(portfolio.on_the_whole, plan),
        *of_plan(plan, as_of),
    ]
    return [each for each in made if each.rows]


def _people(report: PriorityReport) -> str:
    return ", ".join(report.plan.person(leader) or leader for leader in report.priority.leaders)


def _summary(report: PriorityReport) -> Sheet:
    last = last_assessment(report)
    progress = of_checked(report.priority, report.checked)
    counts = Counter(f.severity for f in report.found)
    rows: list[tuple[str, Value]] = [
        (_("Priority"), report.title),
        (_("Plan"), report.plan.title),
        (_("Organisation"), report.plan.organisation),
        (_("As of"), report.as_of),
        (_("How the targets stand"), in_a_sentence(report)),
        (_("Likelihood of delivery (1 to 4)"), last.likelihood if last else None),
        (_("Judged on"), last.day if last else None),
        (_("Why"), last.likelihood_why if last else None),
        (_("Accountable"), _people(report)),
        (_("In a few sentences"), report.priority.summary),
        (_("Exercises of the method begun"), progress.begun),
        (_("Exercises of the method in all"), len(progress.steps)),
        *((_("Findings: {word}").format(word=severity.word), counts[severity]) for severity in Severity),
        *(
            (_("What is asked next, {n}").format(n=n), step)
            for n, step in enumerate(dict.fromkeys(f.next_step for f in report.found if f.next_step), start=1)
            if n <= 3
        ),
        (_("About this plan"), report.plan.about),
    ]
    if is_made_up(report):
        rows.append((_("Note"), _("Some figures are made up to practise with; the tables say which.")))
    return Sheet(_("Summary"), (_("What"), _("Answer")), tuple(row for row in rows if row[1] not in {None, ""}))


def _targets(reports: Sequence[PriorityReport], *, named: bool) -> Sheet:
    headers = (
        _("Indicator"), _("Status"), _("Target, in words"), _("Target: at least"), _("Target: at most"), _("Due"),
        _("Baseline"), _("Baseline: period"), _("Latest value"), _("Latest value: period"), _("Latest value: last day"),
        _("Unit"), _("Where it stands"), _("Made up to practise with?"),
    )  # fmt: skip
    rows = [
        ((report.title,) if named else ()) + tuple(_target(report, indicator))
        for report in reports
        for indicator in report.priority.indicators
    ]
    sheet = Sheet(_("Targets"), ((_("Priority"),) if named else ()) + headers, tuple(rows))
    return sheet.without_empty()


def _target(report: PriorityReport, indicator: Indicator) -> Iterator[Value]:
    judged = report.judged[indicator.id]
    last = trend.latest(indicator, report.as_of)
    baseline = indicator.baseline
    limits = (judged.goal.low, judged.goal.high) if has_number(judged.goal) else (None, None)
    yield indicator.name or indicator.id
    yield standing(judged, asked=carries_target(indicator, judged)).word
    yield target_words(indicator)
    yield from limits
    yield judged.goal.due.end if judged.goal.due else None
    yield number(baseline.value)
    yield format_when(baseline.when) if baseline.when else None
    yield last.value if last else None
    yield format_when(last.when) if last else None
    yield last.when.end if last else None
    yield indicator.unit
    yield finding_said(report, indicator) if last and judged.goal.due else None
    yield _("Yes") if indicator.data_illustrative or baseline.illustrative else None


def _commitments(several: Iterable[Commitment], plan: Plan, as_of: date, *, named: bool) -> Sheet:
    headers = (_("Due"), _("State"), _("What"), _("Owner"), _("Tool of the method"))
    rows = []
    for each in several:
        state = _("done") if each.done else _("overdue") if each.overdue(as_of) else _("open")
        priority = plan.priority(each.priority)
        title = (priority.title or priority.id) if priority else _("The plan as a whole")
        rows.append(((title,) if named else ()) + (each.due, state, each.what, each.owner, each.tool))
    title = _("Milestones and actions")
    return Sheet(title, ((_("Priority"),) if named else ()) + headers, tuple(rows))


def _findings(found: Iterable[Finding], plan: Plan) -> Sheet:
    headers = (
        _("Kind"), _("Finding"), _("Where"), _("What was found"), _("Why it matters"), _("Next step"), _("Code"),
    )  # fmt: skip
    rows = []
    for each in found:
        where = "; ".join(dict.fromkeys(place_name(place, plan) for place in each.places))
        rows.append((each.severity.word, each.title, where, each.what, each.why, each.next_step, each.code))
    return Sheet(_("Findings"), headers, tuple(rows))


def _priorities(portfolio: PortfolioReport, reports: Mapping[str, PriorityReport]) -> Sheet:
    """Return a row for each priority, what needs attention first, as the portfolio has them."""
    headers = (
        _("Priority"), _("How the targets stand"), _("Likelihood of delivery (1 to 4)"), _("Judged on"),
        _("Accountable"), _("Indicators"), *(_("Targets: {word}").format(word=s.word) for s in STATUSES),
        *(_("Findings: {word}").format(word=severity.word) for severity in Severity),
        _("Changes since the last stocktake"), _("Overdue"), _("Next step"), _("Could not be read or made"), _("Id"),
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for row in portfolio.rows:
        facts, report = row.facts, reports.get(row.id)
        if facts is None or report is None:
            rows.append((row.title, *(None,) * (len(headers) - 3), row.error, row.id))
            continue
        statuses = [status for status, _word in facts.targets]
        rows.append(
            (
                row.title,
                in_a_sentence(report),
                facts.likelihood,
                date.fromisoformat(facts.rated_on) if facts.rated_on else None,
                _people(report),
                len(report.priority.indicators),
                *(statuses.count(status.value) for status in STATUSES),
                *(facts.found.get(severity.value, 0) for severity in Severity),
                len(facts.moves),
                len(facts.overdue),
                facts.next_step[0] if facts.next_step else None,
                row.error,
                row.id,
            )
        )
    return Sheet(_("Priorities"), headers, tuple(rows))
