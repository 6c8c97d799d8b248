"""The report of one priority, section by section: what a cell of ``templates/priority.ipynb`` calls.

A section is a function that returns safe HTML for a report, named in the list ``SECTIONS`` of its module under its
anchor. The anchor of an exercise's section is what the registry of exercises says. A rule that is added later brings
its sections in modules ``rdlib/reports/ruleNN.py`` or ``ruleNN_topic.py``, and one cell for each in the template:
``report.strategies()`` shows the section ``strategies``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache, cached_property, partial
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import attrs

from rdlib.figures.html import Html, e, not_attempted, section
from rdlib.figures.records import place_name
from rdlib.plan import Plan, PlanReadError, Priority, read_priority
from rdlib.plan.plan import PRIORITIES
from rdlib.plan.reading import data_path
from rdlib.reports import parameters
from rdlib.reports.html import Display, Page, title_display
from rdlib.reports.manifest import hash_of
from rdlib.rules.findings import Finding, below, together, worst_first
from rdlib.rules.r02_smart import Smart, smart
from rdlib.rules.registry import Checked, Context, Exercise, check, exercises, findings_of
from rdlib.words import _, plural


class ReportError(Exception):
    """A report that cannot be made; its message is written for the person who reads it."""

    def _render_traceback_(self) -> list[str]:
        """Let a notebook show the message alone."""
        return str(self).splitlines()


@attrs.frozen
class Section:
    """One section of the priority report.

    Attributes:
        anchor: its anchor on the page; that of an exercise is `Exercise.section`.
        body: returns what it says, as safe HTML.
        title: its heading; left out, the title of the first exercise that it shows.
        picture: whether it shows in one picture what a rule brought together; the plan so far collects these.
        main: whether it belongs to the report itself; every other section is a working paper of its rule.
        of: the anchor of the section whose exercises it shows more of; there is nothing of it before they are begun.
        of_rule: the rule that it belongs to where that is not the rule of an exercise.
    """

    anchor: str
    body: Callable[[PriorityReport], Html]
    title: str | None = None
    picture: bool = False
    main: bool = attrs.field(default=False, kw_only=True)
    of: str = attrs.field(default="", kw_only=True)
    of_rule: int | None = attrs.field(default=None, kw_only=True)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises whose results it shows."""
        return tuple(each for each in exercises() if each.section == (self.of or self.anchor))

    @property
    def rule(self) -> int | None:
        """The rule that it belongs to; None for what says something of the plan as a whole."""
        return self.of_rule if self.of_rule is not None else next((each.rule for each in self.exercises), None)

    @property
    def heading(self) -> str:
        """Its heading."""
        return self.title or self.exercises[0].title


@cache
def sections() -> dict[str, Section]:
    """Return every section of the priority report, by its anchor."""
    import rdlib.reports
    from rdlib.reports import overview, success  # they build on this module

    names = [m.name for m in iter_modules(rdlib.reports.__path__) if re.fullmatch(r"rule\d\d(_\w+)?", m.name)]
    modules = (overview, success, *(import_module(f"rdlib.reports.{name}") for name in sorted(names)))
    return {each.anchor: each for module in modules for each in getattr(module, "SECTIONS", ())}


class PriorityReport:
    """The report of one priority for one day.

    Each of :func:`sections` is a method of it, named as its anchor with ``_`` for ``-``.
    """

    def __init__(self, folder: Path, plan: Plan, priority: Priority, as_of: date) -> None:
        """Judge the priority by every exercise; :meth:`open` reads it first."""
        self.folder, self.plan, self.priority, self.as_of = folder, plan, priority, as_of
        self.context = Context(plan=plan, as_of=as_of)

    @classmethod
    def open(cls, **given: object) -> PriorityReport:
        """Read a priority for its report.

        Args:
            given: the parameters of the template: ``plan``, ``priority``, ``as_of``.

        Raises:
            ParameterError: a parameter is unknown, missing or wrong, also one that papermill put into the notebook.
            ReportError: something in the priority's files cannot be read.
        """
        values = parameters.PRIORITY.accept({**parameters.injected(), **given})
        return cls(values["plan"], *read_for_report(values["plan"], values["priority"]), values["as_of"])

    @cached_property
    def checked(self) -> list[Checked]:
        """What each exercise says of the priority; of those done on the whole plan, those that have a section here."""
        alone = attrs.evolve(self.plan, priorities=(self.priority,))
        on_the_plan = [
            attrs.evolve(each, findings=tuple(below(each.findings, f"{PRIORITIES.name}/{self.priority.id}")))
            for exercise in exercises()
            if exercise.scope is Plan and exercise.section in sections()
            for each in check(alone, Context(alone, self.as_of), exercise.id)
        ]
        return [*on_the_plan, *check(self.priority, self.context)]

    @cached_property
    def found(self) -> list[Finding]:
        """Everything that was found, the worst first."""
        return together(worst_first(findings_of(self.checked)))

    @cached_property
    def judged(self) -> dict[str, Smart]:
        """The target of each indicator, judged; by the indicator's id."""
        return {i.id: smart(i, self.context) for i in self.priority.indicators}

    @property
    def title(self) -> str:
        """What to call the priority."""
        return self.priority.title or self.priority.id

    def name_of(self, finding: Finding) -> str:
        """Return what to call the place that a finding points at."""
        return place_name(finding.where, self.plan)

    def page(self) -> Display:
        """Show the title, with the style that the sections need in a live notebook; a page has both in its frame."""
        from rdlib.reports.rows import as_json, facts_of  # it builds on this module

        plan = self.plan.title or _("Delivery plan")
        return title_display(Page(self.title, plan, self.as_of, self._inputs(), row=as_json(facts_of(self))))

    def _inputs(self) -> dict[str, str]:
        files = [self.folder / "plan.yaml", self.folder / "priorities" / f"{self.priority.id}.yaml"]
        for indicator in self.priority.indicators:
            found = (data_path(self.folder, name)[0] for name in indicator.data_files)
            files += [path for path in found if path is not None]
        folder = self.folder.resolve()
        return {path.resolve().relative_to(folder).as_posix(): hash_of(path) for path in files}

    def show(self, anchor: str) -> Display:
        """Return a section.

        Args:
            anchor: its anchor.

        Raises:
            ReportError: there is no such section.
        """
        if anchor not in sections():
            names = ", ".join(sections())
            raise ReportError(_("The report has no section “{name}”; it has {names}.").format(name=anchor, names=names))
        chosen = sections()[anchor]
        results = [c for c in self.checked if c.exercise.section == (chosen.of or anchor)]
        if self.is_waiting(anchor):
            if chosen.of or all(c.exercise.case for c in results):
                return Display("", anchor)  # practice that nobody began says nothing of a plan
            return waiting(anchor, results[0].exercise)
        body = chosen.body(self)
        if chosen.of and not body:
            return Display("", anchor)
        rule = None if chosen.main else chosen.rule
        return Display(section(anchor, chosen.heading, body), anchor, chosen.heading, rule=rule)

    def is_waiting(self, anchor: str) -> bool:
        """Say whether nothing was entered yet for any exercise that a section shows."""
        results = [c for c in self.checked if c.exercise.section == (sections()[anchor].of or anchor)]
        return bool(results) and not any(c.attempted for c in results)

    def __getattr__(self, name: str) -> Callable[[], Display]:
        """Return a section as a method: ``report.three_m()`` shows the section ``three-m``."""
        anchor = name.replace("_", "-")
        if anchor in sections():
            return partial(self.show, anchor)
        raise AttributeError(f"the report has no section {name!r}")


def waiting(anchor: str, exercise: Exercise) -> Display:
    """Return the one line that stands for a section of which nothing was entered yet.

    Args:
        anchor: its anchor.
        exercise: the exercise that is still to be done.
    """
    line = f'<div class="rd-section rd-waiting" id="{e(anchor)}">{not_attempted(exercise.title)}</div>'
    return Display(line, anchor, rule=exercise.rule, waiting=exercise.title)


def read_for_report(folder: Path, id_: str) -> tuple[Plan, Priority]:
    """Return the plan with one priority, and the priority, or refuse with everything that cannot be read.

    Raises:
        ReportError: there is no such priority, or something in its files cannot be read.
    """
    if not (folder / "priorities" / f"{id_}.yaml").is_file():
        raise ReportError(_("The plan has no priority “{id}”.").format(id=id_))
    try:
        reading = read_priority(folder, id_)
    except PlanReadError as error:
        raise ReportError(_("The plan cannot be read.") + f"\n{error}") from None
    problems = reading.problems
    priority = reading.plan.priority(id_)
    if problems or priority is None:
        count = plural("{n} value cannot be read.", "{n} values cannot be read.", len(problems))
        raise ReportError("\n".join([count, *map(str, problems)]))
    return reading.plan, priority
