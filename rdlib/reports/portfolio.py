"""The portfolio: every priority of a plan in one heat map, what needs attention first.

What a cell of ``templates/portfolio.ipynb`` calls. The page says of each priority in one row what its report says at
length; judgements of people stand beside what the plan shows, and neither is turned into the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, cached_property, partial
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TypeVar

import attrs

from rdlib.figures.heatmap import HeatCell, heatmap
from rdlib.figures.html import (
    Cell,
    Html,
    Mark,
    badge,
    e,
    finding_list,
    inline,
    link,
    paragraphs,
    section,
    table,
)
from rdlib.figures.progress import progress_cell
from rdlib.figures.records import place_name
from rdlib.figures.rule02 import answer_mark, verdict_mark
from rdlib.plan import Plan, PlanReadError, Problem, read_plan
from rdlib.plan.plan import PRIORITIES
from rdlib.reports import manifest, parameters
from rdlib.reports.html import Display, Page, title_display
from rdlib.reports.overview import STATUSES, carries_target, counted, last_assessment, standing
from rdlib.reports.sections import PriorityReport, ReportError, waiting
from rdlib.rules import architecture
from rdlib.rules.findings import Finding, Severity, worst_first
from rdlib.rules.progress import of_checked
from rdlib.rules.r02_smart import Answer, Smart
from rdlib.rules.r02_targets import has_target
from rdlib.rules.r02_three_m import Verdict, verdict
from rdlib.rules.registry import Checked, Context, check, findings_of
from rdlib.rules.targets import Status
from rdlib.words import NO_BREAK_SPACE, _, format_date, plural

# From what asks for attention most to what asks for it least.
VERDICTS = (Verdict.FAILS, Verdict.OPEN, Verdict.NOT_ATTEMPTED, Verdict.PASSES)
ANSWERS = (Answer.NO, Answer.PARTLY, Answer.CANNOT_TELL, Answer.YES)

#: For how many priorities the page says what is asked next.
ASKED_NEXT = 5

_ELEMENTS = {
    architecture.State.STANDS: Mark("●", _("stands"), 4),
    architecture.State.LACKING: Mark("◆", _("lacking"), 2),
    architecture.State.NOT_ATTEMPTED: Mark("–", _("not yet"), 0),
}
_NOT_KNOWN = Mark("–", _("not known"), 0)
_NONE_YET = Mark("–", _("none yet"), 0)

V = TypeVar("V")


@attrs.frozen
class Row:
    """One priority in the portfolio.

    Attributes:
        id: its id.
        title: its title.
        report: its report; None when its files cannot be read.
        page: address of its page, relative to the portfolio; None when there is none.
        error: why it has no page, in plain words; None when it has one, or none was asked for.
    """

    id: str
    title: str
    report: PriorityReport | None
    page: str | None
    error: str | None

    @property
    def judged(self) -> list[Smart]:
        """Its targets, judged: those of indicators of which one is asked."""
        if self.report is None:
            return []
        judged = ((i, self.report.judged[i.id]) for i in self.report.priority.indicators)
        return [smart for indicator, smart in judged if carries_target(indicator, smart)]

    @property
    def statuses(self) -> list[Status]:
        """Where its targets stand."""
        return [judged.status for judged in self.judged]

    def found(self, severity: Severity) -> int:
        """Return how many findings of one severity it has."""
        return sum(1 for f in self.report.found if f.severity is severity) if self.report else 0

    @property
    def likelihood(self) -> int | None:
        """The likelihood of delivery as it was judged last, or None."""
        last = last_assessment(self.report) if self.report else None
        return last.likelihood if last else None

    @property
    def urgency(self) -> int:
        """How soon it asks for attention, 0 first: what people judged and what the figures show count alike."""
        judged = set(self.statuses) - {Status.NO_TARGET}
        if self.report is None:
            return 0
        if self.likelihood == 1:
            return 1
        if self.likelihood == 2 or Status.NOT_MET in judged:
            return 2
        if self.likelihood == 3 or self.found(Severity.MISSING) or not judged:
            return 3
        return 4 if self.likelihood is None else 5

    @property
    def attention(self) -> tuple[int, bool, int, int, int, str]:
        """What rows are sorted by: the smallest first."""
        aimed = any(status is not Status.NO_TARGET for status in self.statuses)
        not_met = self.statuses.count(Status.NOT_MET)
        return self.urgency, aimed, -not_met, -self.found(Severity.MISSING), -self.found(Severity.WEAK), self.title


@attrs.frozen
class PlanSection:
    """A section of the portfolio about the plan as a whole, as a rule brings it in ``PLAN_SECTIONS`` of its module.

    Attributes:
        anchor: its anchor on the page; that of an exercise done on the plan is `Exercise.section`.
        body: returns what it says, as safe HTML.
        title: its heading; left out, the title of the first exercise that it shows.
        main: whether it belongs to the portfolio itself; every other section is a working paper of its rule.
    """

    anchor: str
    body: Callable[[PortfolioReport], Html]
    title: str | None = None
    main: bool = attrs.field(default=False, kw_only=True)


@cache
def plan_sections() -> dict[str, PlanSection]:
    """Return the sections about the plan as a whole, by their anchor."""
    import rdlib.reports

    names = sorted(m.name for m in iter_modules(rdlib.reports.__path__) if re.fullmatch(r"rule\d\d(_\w+)?", m.name))
    modules = (import_module(f"rdlib.reports.{name}") for name in names)
    return {each.anchor: each for module in modules for each in getattr(module, "PLAN_SECTIONS", ())}


def _worst(values: Iterable[V], order: Sequence[V]) -> V | None:
    found = set(values)
    return next((value for value in order if value in found), None)


class PortfolioReport:
    """The portfolio of a plan for one day."""

    def __init__(self, folder: Path, as_of: date, made: manifest.Manifest) -> None:
        """Read the plan; :meth:`open` looks at the parameters first.

        Args:
            folder: the plan's folder.
            as_of: the day.
            made: the reports that stand beside the portfolio.

        Raises:
            ReportError: nothing in the folder can be read.
        """
        try:
            reading = read_plan(folder)
        except PlanReadError as error:
            raise ReportError(_("The plan cannot be read.") + f"\n{error}") from None
        self.folder, self.as_of, self.made = folder, as_of, made
        self.plan: Plan = reading.plan
        self.problems: tuple[Problem, ...] = reading.problems

    @classmethod
    def open(cls, **given: object) -> PortfolioReport:
        """Read a plan for its portfolio.

        Args:
            given: the parameters of the template: ``plan``, ``as_of``, and ``manifest`` where reports were made.

        Raises:
            ParameterError: a parameter is unknown, missing or wrong, also one that papermill put into the notebook.
            ReportError: nothing in the plan can be read.
        """
        values = parameters.PORTFOLIO.accept({**parameters.injected(), **given})
        beside = values["manifest"]
        made = manifest.read(beside.parent) if beside else manifest.Manifest()
        return cls(values["plan"], values["as_of"], made)

    @cached_property
    def rows(self) -> list[Row]:
        """Every priority, what needs attention first."""
        files = {path.stem for path in (self.folder / "priorities").glob("*.yaml") if not path.name.startswith(".")}
        return sorted((self._row(id_) for id_ in files), key=lambda row: row.attention)

    @cached_property
    def checked(self) -> list[Checked]:
        """What each exercise that is done on the plan as a whole says of it."""
        return check(self.plan, Context(plan=self.plan, as_of=self.as_of))

    @cached_property
    def on_the_whole(self) -> list[Finding]:
        """What was found about the plan as a whole, the worst first; not what its priorities report themselves."""
        found = worst_first(findings_of(self.checked))
        return [f for f in found if not f.where.startswith(f"{PRIORITIES.name}/")]

    def show(self, anchor: str) -> Display:
        """Return a section about the plan as a whole; one line where nothing was entered for it yet.

        Args:
            anchor: its anchor.

        Raises:
            ReportError: there is no such section.
        """
        chosen = plan_sections().get(anchor)
        if chosen is None:
            raise ReportError(_("The portfolio has no section “{name}”.").format(name=anchor))
        results = [c for c in self.checked if c.exercise.section == anchor]
        if results and not any(c.attempted for c in results):
            return waiting(anchor, results[0].exercise)
        title = chosen.title or results[0].exercise.title
        rule = results[0].exercise.rule if results and not chosen.main else None
        return Display(section(anchor, title, chosen.body(self)), anchor, title, rule=rule)

    def __getattr__(self, name: str) -> Callable[[], Display]:
        """Return a section as a method: ``report.culture()`` shows the section ``culture``."""
        anchor = name.replace("_", "-")
        if anchor in plan_sections():
            return partial(self.show, anchor)
        raise AttributeError(f"the portfolio has no section {name!r}")

    def _row(self, id_: str) -> Row:
        priority = self.plan.priority(id_)
        where = f"priorities/{id_}"
        problems = [p for p in self.problems if p.where.startswith(where) or p.file == f"{where}.yaml"]
        entry = self.made.entry(id_)
        error = entry.error if entry else None
        if problems and not error:
            error = "\n".join(map(str, problems))
        report = None
        if priority is not None and not problems:
            report = PriorityReport(self.folder, self.plan, priority, self.as_of)
        title = (priority.title if priority else None) or id_
        return Row(id_, title, report, (entry.page or None) if entry else None, error)

    def page(self) -> Display:
        """Show the title, with the style that the sections need in a live notebook; a page has both in its frame."""
        inputs = {name: manifest.hash_of(self.folder / name) for name in manifest.plan_files(self.folder)}
        title = self.plan.title or _("Delivery plan")
        facts = Page(title, self.plan.organisation or _("Portfolio of priorities"), self.as_of, inputs, wide=True)
        return title_display(facts)

    def overview(self) -> Display:
        """Show how the priorities stand, in numbers and words, and what could not be read or made."""
        title = _("At a glance")
        parts = [f'<p class="rd-verdict">{e(self._in_a_sentence())}</p>', self._counts(), *self._failures()]
        return Display(section("verdict", title, f'<div class="rd">{"".join(parts)}</div>'), "verdict", title)

    def priorities(self) -> Display:
        """Show all priorities as a heat map, and what is asked next of the first ones."""
        title = _("All priorities")
        if not self.rows:
            body = Html(f'<p class="rd rd-empty">{e(_("The plan has no priority yet."))}</p>')
        else:
            body = Html(self._heatmap() + self._asked_next())
        elsewhere = {f for c in self.checked if c.exercise.section in plan_sections() for f in c.findings}
        if rest := [f for f in self.on_the_whole if f not in elsewhere]:
            paths = {f.where: place_name(f.where, self.plan) for f in rest}
            body = Html(f"{body}<h3>{e(_('About the plan as a whole'))}</h3>{finding_list(rest, paths=paths)}")
        return Display(section("priorities", title, body), "priorities", title)

    def notes(self) -> Display:
        """Show how the page is to be read, and where its figures come from."""
        title = _("How to read this page")
        lines = [
            _("Each row is a priority; its name leads to its report."),
            _(
                "First come priorities that cannot be read; then those judged red; then those judged amber-red or "
                "with a target not met; then those judged amber-green, with something missing, or with no target to "
                "judge by; last those judged green."
            ),
            _(
                "“Not rated” means that nobody has judged it yet. It is neither red nor green, and the program never "
                "fills it in."
            ),
            _("A target that is not due yet, or has no figure yet, is never counted as missed."),
        ]
        items = "".join(f"<li>{e(line)}</li>" for line in lines)
        body = f'<div class="rd"><ul>{items}</ul>{paragraphs(self.plan.about)}</div>'
        return Display(section("notes", title, body), "notes", title)

    # --- what stands in the sections -----------------------------------------------------------------------------

    def _in_a_sentence(self) -> str:
        due = [judged for row in self.rows for judged in row.judged if judged.status is not Status.NO_TARGET]
        said = plural("{n} priority", "{n} priorities", len(self.rows))
        if not due:
            return _("{priorities}, no target yet.").format(priorities=said)
        return _("{priorities}, {targets}: {stand}.").format(
            priorities=said,
            targets=plural("{n} target", "{n} targets", len(due)),
            stand=counted(due),
        )

    def _counts(self) -> str:
        """The likelihood of delivery and the findings, counted."""
        rated = Counter(row.likelihood for row in self.rows)
        likelihoods = " ".join(
            f"{count} × {badge(rating)}" for rating in (1, 2, 3, 4, None) if (count := rated[rating])
        )
        lines = [f"<p><strong>{e(_('Likelihood of delivery:'))}</strong> {likelihoods}</p>"] if self.rows else []
        found = Counter(f.severity for f in self.on_the_whole)
        found.update(f.severity for row in self.rows if row.report for f in row.report.found)
        badges = " ".join(
            badge(Mark(severity.shape, f"{count}{NO_BREAK_SPACE}{severity.word}", severity.rank + 1))
            for severity in Severity
            if (count := found[severity])
        )
        if badges:
            lines.append(f"<p><strong>{e(_('What the checks found:'))}</strong> {badges}</p>")
        return "".join(lines)

    def _failures(self) -> list[str]:
        failed = [row for row in self.rows if row.error]
        general = [p for p in self.problems if p.file == "plan.yaml"]
        parts = []
        if general:
            items = "".join(f"<li>{inline(str(problem))}</li>" for problem in general)
            parts.append(f"<h3>{e(_('Cannot be read on the title page of the plan'))}</h3><ul>{items}</ul>")
        if failed:
            items = "".join(
                f"<li><strong>{inline(row.title)}</strong><br>{inline(row.error or '')}</li>" for row in failed
            )
            parts.append(f"<h3>{e(_('Reports that could not be made'))}</h3><ul>{items}</ul>")
        return parts

    def _heatmap(self) -> Html:
        columns = [
            _("Likelihood of delivery"),
            _("Targets"),
            _("Findings"),
            _("How far through the method"),
            _("3M"),
            _("SMART"),
            _("Outcomes"),
            _("Strategies"),
            _("Metrics"),
            _("Leaders"),
        ]
        return heatmap(
            [(row.title, row.page) for row in self.rows],
            columns,
            [self._cells(row, len(columns)) for row in self.rows],
            _("All priorities, what needs attention first"),
        )

    def _cells(self, row: Row, count: int) -> list[HeatCell]:
        if row.report is None:
            return [_NOT_KNOWN] * count
        elements = architecture.elements(row.report.priority, self.plan)
        return [
            _likelihood(row.report),
            _targets(row),
            _findings(row),
            progress_cell(of_checked(row.report.priority, row.report.checked)),
            _three_m(row.report),
            _smart(row.report),
            *((_ELEMENTS[element.state], _how_much(element)) for element in elements),
        ]

    def _asked_next(self) -> Html:
        rows: list[list[Cell]] = []
        for row in self.rows:
            first = next((f for f in row.report.found if f.next_step), None) if row.report else None
            if row.report is not None and first is not None and len(rows) < ASKED_NEXT:
                place = f'<br><span class="rd-where">{inline(row.report.name_of(first))}</span>'
                rows.append([link(row.title, row.page), Html(inline(first.next_step) + place)])
        if not rows:
            return Html("")
        return table([_("Priority"), _("What is asked next")], rows, _("First next step"))


def _how_much(element: architecture.Element) -> str:
    return "" if element.key == "leaders" else ", ".join(element.has)


def _likelihood(report: PriorityReport) -> HeatCell:
    last = last_assessment(report)
    if last is None or last.likelihood is None or last.day is None:
        return None
    return last.likelihood, format_date(last.day)


def _targets(row: Row) -> HeatCell:
    worst = min(row.judged, key=lambda judged: STATUSES.index(judged.status), default=None)
    if worst is None:
        return _NONE_YET
    words = {standing(judged).word for judged in row.judged}
    several = plural("{n} target", "{n} targets", len(row.judged)) if len(words) == 1 else counted(row.judged)
    return standing(worst), several


def _findings(row: Row) -> HeatCell:
    worst = next((severity for severity in Severity if row.found(severity)), None)
    if worst is None:
        return _NONE_YET
    found = [f"{n} {severity.word}" for severity in Severity if (n := row.found(severity))]
    return worst, ", ".join(found)


def _three_m(report: PriorityReport) -> HeatCell:
    indicators = report.priority.indicators
    kept = [i for i in indicators if verdict(i) is not Verdict.FAILS or carries_target(i, report.judged[i.id])]
    verdicts = [verdict(indicator) for indicator in kept]
    worst = _worst(verdicts, VERDICTS)
    if worst is None:
        return _NONE_YET
    said = [_("{some} of {all} pass").format(some=verdicts.count(Verdict.PASSES), all=len(verdicts))]
    if len(kept) < len(indicators):
        said.append(_("{n} kept out").format(n=len(indicators) - len(kept)))
    return verdict_mark(worst), ", ".join(said)


def _smart(report: PriorityReport) -> HeatCell:
    answers = [
        judgement.answer
        for indicator in report.priority.indicators
        if has_target(indicator) and carries_target(indicator, report.judged[indicator.id])
        for judgement in report.judged[indicator.id].judgements
    ]
    worst = _worst(answers, ANSWERS)
    if worst is None:
        return _NONE_YET
    hold = _("{some} of {all} letters hold").format(some=answers.count(Answer.YES), all=len(answers))
    return answer_mark(worst), hold
