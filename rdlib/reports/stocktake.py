"""The stocktake pack for one day, section by section: what a cell of ``templates/stocktake.ipynb`` calls."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import attrs

from rdlib.figures.due import due_table
from rdlib.figures.html import Html, e, finding_list, inline, section, table
from rdlib.figures.records import place_name
from rdlib.figures.rule07 import agenda_figures, preparation_tables, proposals_table
from rdlib.figures.rule07_assessment import data_table, hindsight, history_picture
from rdlib.figures.rule07_stocktake import (
    achievements_table,
    actions_table,
    agreed_by,
    changes_table,
    decisions_table,
    glance,
    judgement_map,
    raters_agreement,
    units,
)
from rdlib.figures.rule08_triage import grave_ladder
from rdlib.plan import PlanReadError, read_plan
from rdlib.plan.plan import Plan
from rdlib.plan.problems import Problem
from rdlib.plan.routines import AGENDAS, PREPARATIONS
from rdlib.plan.stocktake import Stocktake
from rdlib.reports import manifest, parameters
from rdlib.reports.html import Display, Page, title_display
from rdlib.reports.sections import ReportError
from rdlib.rules import r07_stocktake
from rdlib.rules.findings import together, worst_first
from rdlib.rules.r07_architecture import name_of, routine_of
from rdlib.rules.r07_pack import Pack, covered, pack, title_of
from rdlib.rules.r08_raised import challenges
from rdlib.rules.registry import Context, check
from rdlib.words import _, format_date


class StocktakeReport:
    """The pack of a plan for a stocktake on one day."""

    def __init__(self, folder: Path, day: date) -> None:
        """Read the plan; :meth:`open` looks at the parameters first.

        Args:
            folder: the plan's folder.
            day: the day of the stocktake.

        Raises:
            ReportError: nothing in the folder can be read.
        """
        try:
            reading = read_plan(folder)
        except PlanReadError as error:
            raise ReportError(_("The plan cannot be read.") + f"\n{error}") from None
        self.folder, self.day = folder, day
        self.plan: Plan = reading.plan
        self.problems: tuple[Problem, ...] = reading.problems
        self.pack: Pack = pack(self.plan, day)

    @classmethod
    def open(cls, **given: object) -> StocktakeReport:
        """Read a plan for its stocktake.

        Args:
            given: the parameters of the template: ``plan`` and ``day``.

        Raises:
            ParameterError: a parameter is unknown, missing or wrong, also one that papermill put into the notebook.
            ReportError: nothing in the plan can be read.
        """
        values = parameters.STOCKTAKE.accept({**parameters.injected(), **given})
        return cls(values["plan"], values["day"])

    def _display(self, anchor: str, title: str, body: str) -> Display:
        return Display(section(anchor, title, body), anchor, title)

    def page(self) -> Display:
        """Show the title, with the style that the sections need in a live notebook; a page has both in its frame."""
        inputs = {name: manifest.hash_of(self.folder / name) for name in manifest.plan_files(self.folder)}
        routine = routine_of(self.plan, self.pack.record.routine) if self.pack.record else None
        title = _("{routine}, {day}").format(
            routine=name_of(routine) if routine else _("Stocktake"), day=format_date(self.day)
        )
        facts = Page(title, self.plan.title or _("Delivery plan"), self.day, inputs, wide=True)
        return title_display(facts)

    def glance(self) -> Display:
        """Show the stocktake in numbers and words: what kind of record it is, ratings, what changed."""
        record = self.pack.record
        if isinstance(record, Stocktake) and record.closed is not None:
            state = _("Closed on {day} by {who}: ratings and figures are those of the day.").format(
                day=format_date(record.closed), who=(self.plan.person(record.closed_by) or "").strip() or _("nobody")
            )
        elif record is not None:
            state = _("The record is open: ratings and figures are those known today for that day.")
        else:
            state = _("Nothing is written down for this day; shown is what the plan knows of it.")
        lines = [state]
        if record is not None and record.illustrative:
            lines.append(_("Illustrative: this stocktake is made up to practise with."))
        if record is not None and record.present:
            who = [name.strip() for one in record.present if (name := self.plan.person(one)) and name.strip()]
            lines.append(_("There were: {who}.").format(who=", ".join(who)))
        told = "".join(f"<p>{inline(line)}</p>" for line in lines)
        body = f'{glance(self.pack, self.plan)}<div class="rd">{told}</div>{self._unread()}'
        return self._display("verdict", _("At a glance"), body)

    def _unread(self) -> str:
        if not self.problems:
            return ""
        items = "".join(f"<li>{inline(str(problem))}</li>" for problem in self.problems)
        return f'<div class="rd"><h3>{e(_("Cannot be read in the plan"))}</h3><ul>{items}</ul></div>'

    def ratings(self) -> Display:
        """Show priorities by judgements, who agreed on them, and how each priority moved over time."""
        history = "".join(history_picture(p, self.day) for p in covered(self.pack.record, self.plan))
        body = (
            judgement_map(self.pack, self.plan)
            + history
            + agreed_by(self.pack, self.plan)
            + raters_agreement(self.plan, self.day)
        )
        return self._display("ratings", _("How likely is delivery?"), body)

    def changes(self) -> Display:
        """Show what changed since the last stocktake."""
        return self._display("changes", _("What changed since the last time"), changes_table(self.pack, self.plan))

    def units(self) -> Display:
        """Show units by indicators."""
        return self._display("units", _("Where it goes well, and where not"), units(self.plan, self.day))

    def figures(self) -> Display:
        """Show what the data alone says of each priority."""
        context = Context(self.plan, self.day)
        each = [(title_of(p, self.plan), data_table(p, context)) for p in covered(self.pack.record, self.plan)]
        body = "".join(f"<h3>{inline(title)}</h3>{told}" for title, told in each)
        return self._display("figures", _("What the data alone says"), body)

    def achievements(self) -> Display:
        """Show what was achieved; nothing where no achievement is written down."""
        record = self.pack.record
        if record is None or not record.achievements:
            return Display("", "achievements")
        return self._display("achievements", _("Achievements"), achievements_table(self.pack, self.plan))

    def decisions(self) -> Display:
        """Show the decisions that are wanted, and those taken."""
        return self._display("decisions", _("Decisions"), decisions_table(self.pack, self.plan))

    def actions(self) -> Display:
        """Show the actions."""
        return self._display("actions", _("Actions"), actions_table(self.pack, self.plan))

    def due(self) -> Display:
        """Show what the plan has promised beyond the actions: what is late, then what comes before the next one."""
        ids = {"", *(p.id for p in covered(self.pack.record, self.plan))}
        return self._display("due", _("What is due from the plan"), due_table(self.plan, self.day, ids))

    def challenges(self) -> Display:
        """Show the challenges on level 3 and 4; nothing where none was ever raised."""
        looked_at = covered(self.pack.record, self.plan)
        if not any(map(challenges, looked_at)):
            return Display("", "challenges")
        return self._display("challenges", _("Challenges by level"), grave_ladder(looked_at, self.plan))

    def _of_the_day(self) -> Plan:
        """The plan with the agenda and the preparation of this day alone."""
        parts = {
            AGENDAS.key: tuple(a for a in AGENDAS.read(self.plan) if a.day == self.day),
            PREPARATIONS.key: tuple(p for p in PREPARATIONS.read(self.plan) if p.day == self.day),
        }
        return attrs.evolve(self.plan, parts={**self.plan.parts, **parts})

    def agenda(self) -> Display:
        """Show the agenda of the day as a T; without one, the weakest points of the plan to choose from."""
        plan = self._of_the_day()
        none = Html(f'<p class="rd rd-empty">{e(_("There is no agenda for this day yet."))}</p>')
        body = agenda_figures(plan) if AGENDAS.read(plan) else none + proposals_table(self.plan, self.day)
        return self._display("agenda", _("Agenda"), body)

    def preparation(self) -> Display:
        """Show what is to be done by whom before the day."""
        plan = self._of_the_day()
        none = Html(f'<p class="rd rd-empty">{e(_("There is no preparation for this day yet."))}</p>')
        body = preparation_tables(plan, self.day) if PREPARATIONS.read(plan) else none
        return self._display("preparation", _("Preparation"), body)

    def past(self) -> Display:
        """Show what became of the targets that were rated before they came due."""
        return self._display("past-ratings", _("How good were past ratings?"), hindsight(self.plan, self.day))

    def findings(self) -> Display:
        """Show what the checks found about the record of the stocktake."""
        checked = check(self.plan, Context(self.plan, self.day), r07_stocktake.TOOL)
        found = together(worst_first(f for each in checked for f in each.findings))
        paths = {where: place_name(where, self.plan) for f in found for where in f.places}
        return self._display("findings", _("What the checks found"), finding_list(found, paths=paths))

    def corrections(self) -> Display:
        """Show what was corrected after the record was closed; nothing where nothing was."""
        record = self.pack.record
        if not isinstance(record, Stocktake) or not record.corrections:
            return Display("", "corrections")
        rows = [
            [format_date(c.day) if c.day else "", (self.plan.person(c.person) or "").strip(), c.why or ""]
            for c in record.corrections
        ]
        told = table([_("On"), _("By"), _("What was corrected, and why")], rows, _("Corrections"), row_header=False)
        return self._display("corrections", _("Corrections after closing"), told)
