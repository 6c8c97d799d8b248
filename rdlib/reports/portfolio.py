"""The portfolio: every priority of a plan in one heat map, what needs attention first.

What a cell of ``templates/portfolio.ipynb`` calls. The page says of each priority in one row what its report says at
length; judgements of people stand beside what the plan shows, and neither is turned into the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, cached_property, partial
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import attrs

from rdlib.figures.heatmap import Filter, HeatCell, heatmap
from rdlib.figures.html import (
    Cell,
    Html,
    Mark,
    badge,
    e,
    finding_list,
    inline,
    link,
    mark_of,
    nothing,
    paragraphs,
    section,
    table,
)
from rdlib.figures.records import place_name
from rdlib.plan import Plan, PlanReadError, Problem, read_plan
from rdlib.plan.orientation import short_title
from rdlib.plan.plan import PRIORITIES
from rdlib.plan.stocktake import Stocktake
from rdlib.reports import manifest, parameters
from rdlib.reports.html import Display, Page, title_display
from rdlib.reports.overview import STATUSES
from rdlib.reports.rows import CellFacts, Facts, counted_words, facts_of, from_json
from rdlib.reports.sections import PriorityReport, ReportError, waiting
from rdlib.rules.commitments import commitments
from rdlib.rules.findings import Finding, Severity, worst_first
from rdlib.rules.r07_pack import closed_ones, last_before
from rdlib.rules.registry import Checked, Context, check, findings_of
from rdlib.rules.targets import Status
from rdlib.words import NO_BREAK_SPACE, _, format_date, plural

#: For how many priorities the page says what is asked next.
ASKED_NEXT = 5

#: How many movers, and how many overdue things, the page names; how many more there are is said.
NAMED = 20
#: How many points in time the map over time shows, with today.
POINTS = 8

_NOT_KNOWN = Mark("–", _("not known"), 0)
_WAYS = {
    "worse": Mark("▲", _("worse"), 1),
    "both": Mark("◆", _("better and worse"), 2),
    "changed": Mark("◐", _("changed"), 0),
    "better": Mark("●", _("better"), 4),
}


@attrs.frozen
class Row:
    """One priority in the portfolio.

    Attributes:
        id: its id.
        title: its title.
        facts: what is known of it; None when its files cannot be read.
        page: address of its page, relative to the portfolio; None when there is none.
        error: why it has no page, in plain words; None when it has one, or none was asked for.
    """

    id: str
    title: str
    facts: Facts | None
    page: str | None
    error: str | None

    @property
    def attention(self) -> tuple[int, bool, int, int, int, str]:
        """What rows are sorted by: the smallest first; what cannot be read asks for attention most."""
        return self.facts.attention if self.facts else (0, False, 0, 0, 0, self.title)

    @property
    def tags(self) -> dict[str, str]:
        """What the reader can choose rows by."""
        if self.facts is None:
            return {}
        return {
            "rated": str(self.facts.likelihood or "none"),
            "targets": " ".join(dict.fromkeys(_key(status) for status, _word in self.facts.targets)),
            "moved": {"both": "better worse"}.get(self.facts.way, self.facts.way) or "no",
            "overdue": "yes" if self.facts.overdue else "no",
        }


def _key(status: str) -> str:
    return status.replace(" ", "-")


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
        facts = None
        if priority is not None and not problems:
            facts = self._kept(entry) or facts_of(PriorityReport(self.folder, self.plan, priority, self.as_of))
        title = (priority.title if priority else None) or id_
        return Row(id_, title, facts, (entry.page or None) if entry else None, error)

    def _kept(self, entry: manifest.Entry | None) -> Facts | None:
        """What the report of a priority said, where it was made for the same day from files that are still the same."""
        if entry is None or not entry.inputs or entry.parameters.get("as_of") != self.as_of.isoformat():
            return None
        if any(manifest.hash_of(self.folder / name) != found for name, found in entry.inputs.items()):
            return None
        return from_json(entry.row)

    @cached_property
    def before(self) -> Stocktake | None:
        """The last stocktake that was closed before the day of the portfolio."""
        return last_before(self.plan, self.as_of)

    @cached_property
    def overdue_all(self) -> list[tuple[Row | None, str, str, str, str]]:
        """What should have been done by now, the longest overdue first: row (None: the plan), what, who, when."""
        alone = attrs.evolve(self.plan, priorities=())
        of_plan = [
            (None, c.what, c.owner, c.due.isoformat(), c.tool)
            for c in commitments(alone, self.as_of)
            if c.due is not None and not c.priority and c.overdue(self.as_of)
        ]
        found = [(row, *each) for row in self.rows if row.facts for each in row.facts.overdue]
        return sorted([*of_plan, *found], key=lambda each: each[3])

    def page(self) -> Display:
        """Show the title, with the style that the sections need in a live notebook; a page has both in its frame."""
        inputs = {name: manifest.hash_of(self.folder / name) for name in manifest.plan_files(self.folder)}
        title = self.plan.title or _("Delivery plan")
        facts = Page(title, self.plan.organisation or _("Portfolio of priorities"), self.as_of, inputs, wide=True)
        return title_display(facts)

    def overview(self) -> Display:
        """Show how the priorities stand, in numbers and words, and what could not be read or made."""
        title = _("At a glance")
        parts = [
            f'<p class="rd-verdict">{e(self._in_a_sentence())}</p>',
            self._counts(),
            self._since(),
            *self._failures(),
            self._asked_next(),
        ]
        return Display(section("verdict", title, f'<div class="rd">{"".join(parts)}</div>'), "verdict", title)

    def priorities(self) -> Display:
        """Show all priorities as a heat map, from which the reader chooses rows."""
        title = _("All priorities")
        if not self.rows:
            body = Html(f'<p class="rd rd-empty">{e(_("The plan has no priority yet."))}</p>')
        else:
            body = self._heatmap()
        elsewhere = {f for c in self.checked if c.exercise.section in plan_sections() for f in c.findings}
        if rest := [f for f in self.on_the_whole if f not in elsewhere]:
            paths = {f.where: place_name(f.where, self.plan) for f in rest}
            body = Html(f"{body}<h3>{e(_('About the plan as a whole'))}</h3>{finding_list(rest, paths=paths)}")
        return Display(section("priorities", title, body), "priorities", title)

    def movers(self) -> Display:
        """Show which priorities moved since the last stocktake, those for the worse first."""
        moved = [row for row in self.rows if row.facts and row.facts.way]
        if self.before is None or self.before.day is None or not moved:
            return Display("", "movers")
        order = list(_WAYS)
        moved.sort(key=lambda row: order.index(row.facts.way if row.facts else ""))
        body: list[list[Cell]] = [
            [link(row.title, row.page), badge(_WAYS[row.facts.way]), _moves(row.facts)]
            for row in moved[:NAMED]
            if row.facts
        ]
        title = _("What moved since the stocktake of {day}").format(day=format_date(self.before.day))
        shown = table([_("Priority"), _("Which way"), _("What changed")], body, _("Priorities that moved"))
        return Display(section("movers", title, shown + _more(len(moved))), "movers", title)

    def overdue(self) -> Display:
        """Show what should have been done by now, with its owner."""
        every = self.overdue_all
        if not every:
            return Display("", "overdue")
        body: list[list[Cell]] = []
        for row, what, owner, due, _tool in every[:NAMED]:
            day = date.fromisoformat(due)
            late = plural("{n} day late", "{n} days late", (self.as_of - day).days)
            whose = link(row.title, row.page) if row else inline(_("the plan as a whole"))
            said = Html(f'{e(format_date(day))}<br><span class="rd-where">{e(late)}</span>')
            body.append([inline(what), inline(owner) if owner else nothing(_("nobody named")), said, whose])
        title = _("Overdue")
        headers = [_("What should be done"), _("Owner"), _("Due on"), _("Priority")]
        shown = table(headers, body, _("What should have been done by now"), row_header=False)
        return Display(section("overdue", title, shown + _more(len(every))), "overdue", title)

    def over_time(self) -> Display:
        """Show the likelihood of delivery of each priority over the last stocktakes, or the last quarters."""
        points = self._points()
        rated = [row for row in self.rows if row.facts and row.facts.history]
        if len(points) < 2 or not rated:  # one point in time shows no movement
            return Display("", "over-time")
        title = _("Likelihood of delivery over time")
        columns = [format_date(day) for day in points]
        shown = heatmap(
            [(row.title, row.page) for row in rated],
            columns,
            [_over_time(row.facts, points) for row in rated],
            _("The rating that stood on each day"),
        )
        unrated = len(self.rows) - len(rated)
        said = plural("{n} priority was never rated.", "{n} priorities were never rated.", unrated) if unrated else ""
        told = _("“was” says what the rating before was, where it changed.")
        body = f'<p class="rd rd-key">{e(told)} {e(said)}</p>{shown}'
        return Display(section("over-time", title, body), "over-time", title)

    def method(self) -> Display:
        """Show how far each priority has come through the method, rule by rule."""
        rows = [row for row in self.rows if row.facts and row.facts.rules]
        if not rows:
            return Display("", "method")
        numbers = sorted({int(number) for row in rows if row.facts for number in row.facts.rules})
        cells: list[list[HeatCell]] = [
            [_cell(row.facts.rules.get(str(n))) if row.facts else _NOT_KNOWN for n in numbers] for row in rows
        ]
        title = _("How far through the method")
        titles = [short_title(n) if n else _("Start here") for n in numbers]
        shown = heatmap([(row.title, row.page) for row in rows], titles, cells, _("Each priority, rule by rule"))
        return Display(section("method", title, shown), "method", title)

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
        no_target = Status.NO_TARGET.value
        due = [t for row in self.rows if row.facts for t in row.facts.targets if t[0] != no_target]
        said = plural("{n} priority", "{n} priorities", len(self.rows))
        if not due:
            return _("{priorities}, no target yet.").format(priorities=said)
        return _("{priorities}, {targets}: {stand}.").format(
            priorities=said,
            targets=plural("{n} target", "{n} targets", len(due)),
            stand=counted_words(due),
        )

    def _since(self) -> str:
        """What changed since the last stocktake, and what is overdue, each in a line that leads to more."""
        lines = []
        ways = Counter(row.facts.way for row in self.rows if row.facts and row.facts.way)
        if self.before is not None and self.before.day is not None:
            label = _("Since the stocktake of {day}:").format(day=format_date(self.before.day))
            moved = " ".join(f"{n} × {badge(_WAYS[way])}" for way in _WAYS if (n := ways[way]))
            more = f' <a href="#movers">{e(_("what moved"))}</a>' if ways else e(_("nothing moved"))
            lines.append(f"<p><strong>{e(label)}</strong> {moved}{more}</p>")
        if self.overdue_all:
            said = plural(
                "{n} thing that was promised is overdue",
                "{n} things that were promised are overdue",
                len(self.overdue_all),
            )
            lines.append(f'<p><strong>{e(_("Overdue:"))}</strong> <a href="#overdue">{e(said)}</a></p>')
        return "".join(lines)

    def _counts(self) -> str:
        """The likelihood of delivery and the findings, counted."""
        rated = Counter(row.facts.likelihood if row.facts else None for row in self.rows)
        likelihoods = " ".join(
            f"{count} × {badge(rating)}" for rating in (1, 2, 3, 4, None) if (count := rated[rating])
        )
        lines = [f"<p><strong>{e(_('Likelihood of delivery:'))}</strong> {likelihoods}</p>"] if self.rows else []
        found = Counter(f.severity for f in self.on_the_whole)
        for row in self.rows:
            found.update({severity: row.facts.found.get(severity.value, 0) for severity in Severity if row.facts})
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
        columns = {
            "targets": _("Targets"),
            "findings": _("Findings"),
            "three-m": _("3M"),
            "smart": _("SMART"),
            "outcomes": _("Outcomes"),
            "strategies": _("Strategies"),
            "metrics": _("Metrics"),
            "leaders": _("Leaders"),
        }
        cells: list[list[HeatCell]] = [
            [_likelihood(row.facts), *(_cell(row.facts.cells.get(key)) for key in columns)]
            if row.facts
            else [_NOT_KNOWN] * (len(columns) + 1)
            for row in self.rows
        ]
        several = len(self.rows) >= FILTERED_FROM
        return heatmap(
            [(row.title, row.page) for row in self.rows],
            [_("Likelihood of delivery"), *columns.values()],
            cells,
            _("All priorities, what needs attention first"),
            filters=self._filters() if several else (),
            tags=[row.tags for row in self.rows] if several else (),
        )

    def _filters(self) -> list[Filter]:
        """The lists to choose rows by: only those in which there is something to choose."""
        ratings = [(str(n), f"{mark_of(n).shape} {mark_of(n).word}") for n in (1, 2, 3, 4)]
        offered = [
            Filter("rated", _("Likelihood"), (*ratings, ("none", f"– {_('not rated')}"))),
            Filter("targets", _("Targets"), tuple((_key(s.value), s.word) for s in STATUSES)),
            Filter("moved", _("Since the last stocktake"), (("worse", _("worse")), ("better", _("better")))),
            Filter("overdue", _("Overdue"), (("yes", _("something is overdue")),)),
        ]
        found = []
        for each in offered:
            taken = {value for row in self.rows for value in row.tags.get(each.key, "").split()}
            options = tuple(option for option in each.options if option[0] in taken)
            if options and taken != {options[0][0]}:
                found.append(attrs.evolve(each, options=options))
        return found

    def _points(self) -> list[date]:
        """The points in time that the map over time shows: the last stocktakes and today, else ends of quarters."""
        closed = [each.day for each in closed_ones(self.plan, self.as_of) if each.day is not None]
        rated = sorted({day for row in self.rows if row.facts for day, _rating in row.facts.history})
        if not rated:
            return []
        days = closed or _quarter_ends(date.fromisoformat(rated[0]), self.as_of)
        return [*[day for day in days if day < self.as_of][1 - POINTS :], self.as_of]

    def _asked_next(self) -> Html:
        rows: list[list[Cell]] = []
        for row in self.rows:
            if row.facts is not None and row.facts.next_step and len(rows) < ASKED_NEXT:
                step, place = row.facts.next_step
                said = Html(f'{inline(step)}<br><span class="rd-where">{inline(place)}</span>')
                rows.append([link(row.title, row.page), said])
        if not rows:
            return Html("")
        return table([_("Priority"), _("What is asked next")], rows, _("First next step"))


#: From so many priorities on, the reader can choose which to see.
FILTERED_FROM = 8


def _cell(kept: CellFacts | None) -> HeatCell:
    if kept is None:
        return _NOT_KNOWN
    shape, word, look, text = kept
    return Mark(shape, word, look), text


def _likelihood(facts: Facts) -> HeatCell:
    if facts.likelihood is None or facts.rated_on is None:
        return None
    return facts.likelihood, format_date(date.fromisoformat(facts.rated_on))


def _over_time(facts: Facts | None, points: Sequence[date]) -> list[HeatCell]:
    """The rating that stood at each point in time; a change is said as well as coloured."""
    cells: list[HeatCell] = []
    was: int | None = None
    for day in points:
        known = [rating for rated_on, rating in (facts.history if facts else ()) if rated_on <= day.isoformat()]
        rating = known[-1] if known else None
        changed = was is not None and rating != was
        cells.append((rating, _("was {was}").format(was=was)) if changed else rating)
        was = rating
    return cells


def _quarter_ends(first: date, last: date) -> list[date]:
    """Return the last days of the quarters between two days.

    >>> [day.isoformat() for day in _quarter_ends(date(2026, 11, 5), date(2027, 7, 1))]
    ['2026-12-31', '2027-03-31', '2027-06-30']
    """
    ends = (
        date(year, month, 31 if month in {3, 12} else 30)
        for year in range(first.year, last.year + 1)
        for month in (3, 6, 9, 12)
    )
    return [day for day in ends if first <= day <= last]


def _moves(facts: Facts) -> Html:
    lines = [f"<li>{inline(about)}: {inline(what)}</li>" for _kind, about, what, _way in facts.moves]
    return Html(f"<ul>{''.join(lines)}</ul>")


def _more(count: int) -> str:
    if count <= NAMED:
        return ""
    said = plural("{n} more is not listed here.", "{n} more are not listed here.", count - NAMED)
    return f'<p class="rd rd-key">{e(said)}</p>'
