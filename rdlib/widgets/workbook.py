"""What the cells of a workbook show: one call a cell, each able to stand alone.

Every cell imports what it needs, so that a reader who runs a single cell after a restart gets it, not an error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, ParamSpec

import attrs
import ipywidgets

from rdlib import paths
from rdlib.figures.architecture import architecture
from rdlib.figures.html import Html, details, e, inline, page_style, paragraphs, table
from rdlib.figures.ladder import ladder
from rdlib.figures.progress import next_step_box, progress_table
from rdlib.figures.records import target_words
from rdlib.figures.rule02 import smart_table, status_badge, three_m_table, verdict_badge
from rdlib.plan import PlanFolderError, PlanStore, Reading, cases, read_plan
from rdlib.plan.indicator import Indicator
from rdlib.plan.plan import Plan
from rdlib.plan.priority import ROLES, Priority
from rdlib.plan.problems import PlanReadError
from rdlib.rules.findings import Finding
from rdlib.rules.progress import next_step, progress, title_of
from rdlib.rules.r02_smart import smart
from rdlib.rules.registry import Context, Exercise, check, exercises
from rdlib.rules.registry import exercise as registered
from rdlib.rules.targets import settings_of
from rdlib.widgets import workspace
from rdlib.widgets.board import Board
from rdlib.widgets.desk import desk_for
from rdlib.widgets.face import Shown
from rdlib.widgets.form import Form
from rdlib.widgets.graph import Graph
from rdlib.widgets.layouts import board as board_of
from rdlib.widgets.layouts import graph as graph_of
from rdlib.widgets.layouts import layout
from rdlib.widgets.picker import Picker
from rdlib.widgets.sheet import Block
from rdlib.words import _

P = ParamSpec("P")
Draw = Callable[[], str]


class Face:
    """A picture or text that needs no live kernel."""

    def __init__(self, html: str, markdown: str = "") -> None:
        """Take safe HTML, or Markdown of our own."""
        self._html, self._markdown = html, markdown

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, str]:
        if self._markdown:
            return {"text/markdown": self._markdown}
        # A stored notebook is not trusted, so its styles are taken out wherever it is looked at: they only cost space.
        return {"text/html": self._html if workspace.is_static() else page_style() + self._html}

    def __repr__(self) -> str:
        """Return a word that is the same in every run."""
        return "Face"


def in_cell(html: str) -> str:
    """Return what a widget of HTML holds: with its styles, and no wider than the cell, so that wide parts scroll."""
    return f'{page_style()}<div style="width:0;min-width:100%">{html}</div>'


class Following(Shown, ipywidgets.HTML):
    """A picture or text drawn from a plan, and drawn again when the plan changes."""

    fills_in = False

    def __init__(self, store: PlanStore, draw: Draw) -> None:
        """Draw it, and follow the plan from now on."""
        self._draw = draw
        super().__init__(value=in_cell(draw()))
        self._desk = desk_for(store)
        self._desk.forms.add(self)

    def face(self) -> Html:
        """Return it as it is drawn now."""
        return Html(self.value)

    def follow(self) -> None:
        """Draw it as the plan stands now."""
        self.value = in_cell(self._draw())


class Together(Shown, ipywidgets.VBox):
    """Several displays of one cell, one below the other."""

    children: tuple[Any, ...]

    def face(self) -> Html:
        """Return the faces of all of them."""
        return Html("".join(part.face() for part in self.children))


def plainly(show: Callable[P, Any]) -> Callable[P, Any]:
    """Let a cell say in plain words what is wrong with the plan's files, in place of an error of the program."""

    @wraps(show)
    def shown(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            return show(*args, **kwargs)
        except PlanReadError as error:
            said = "".join(f"<li>{inline(str(problem))}</li>" for problem in error.problems)
            heading = e(_("Your plan cannot be read. Nothing in it was changed."))
            todo = e(
                _("Mend the file, or take an earlier version from the folder .rdlib/versions, then run this again.")
            )
            return Face(f'<div class="rd"><p><strong>{heading}</strong></p><ul>{said}</ul><p>{todo}</p></div>')
        except (PlanFolderError, OSError) as error:
            return Face(f'<div class="rd"><p><strong>{inline(str(error))}</strong></p></div>')

    return shown


def following(store: PlanStore, draw: Draw) -> Any:
    """Show what is drawn from a plan, and draw it again when the plan changes; a static face alone where asked for."""
    return Face(draw()) if workspace.is_static() else Following(store, draw)


def _as_of(each: Exercise) -> date:
    return cases.as_of(each.case) if each.case else date.today()


def _store_for(each: Exercise) -> PlanStore:
    return workspace.practice_store(each.case) if each.case else workspace.own_store()


# --- the plan and the reader -------------------------------------------------------------------------------------


@plainly
def your_plan() -> Any:
    """Show which plan this workbook fills in, and its title page; the place to open another one."""
    store = workspace.own_store()
    form = Form(store, [Block("plan", ("title", "organisation", "mandate_start", "mandate_end", "language"))])
    if workspace.is_static():
        return form
    picker = Picker(
        _("Your plan:"),
        [(str(store.folder), str(store.folder))],
        str(store.folder),
        lambda _value: None,
        add_label=_("Open or start another plan, in the folder:"),
        add_button=_("Open"),
        added=lambda folder: _open_plan(picker, folder),
    )
    return Together([picker, form])


def _open_plan(picker: Picker, folder: str) -> None:
    path = Path(folder.strip()).expanduser().absolute()
    try:
        if (path / "plan.yaml").exists():
            read_plan(path)
        else:
            PlanStore.create(path, paths.templates() / "plan")
    except (PlanReadError, PlanFolderError, OSError) as error:
        picker.said = str(error)
        return
    paths.choose_plan(path)
    picker.options, picker.value = [(str(path), str(path))], str(path)
    picker.said = _("This plan is open from now on. Choose Run, then Run All Cells in the menu, to see it everywhere.")


@plainly
def role(rule: int) -> Any:
    """Show what a rule asks of the reader's role first, and of the others on request (Rule 0, tool 0.1)."""
    store = workspace.own_store()
    duties = _duties(rule)

    def draw() -> str:
        chosen = store.read().plan.role
        own = [r for r in ROLES if r.value == chosen]
        others = [r for r in ROLES if r.value != chosen]
        first = "".join(f"<h4>{e(r.label)}</h4>{_duty_list(duties[r.value])}" for r in own)
        rest = "".join(f"<h4>{e(r.label)}</h4>{_duty_list(duties[r.value])}" for r in others)
        summary = _("What the other roles do") if own else _("What each role does")
        return f'<div class="rd">{first}{details(summary, rest)}</div>'

    if workspace.is_static():
        return Face(draw())
    return Together([Form(store, [Block("plan", ("role",))]), Following(store, draw)])


def _duties(rule: int) -> Mapping[str, tuple[str, ...]]:
    """Return what a rule asks of each role: the ``DUTIES`` of its module."""
    workbook = next(each.workbook for each in exercises() if each.rule == rule)
    module = import_module(f"rdlib.rules.r{workbook.removesuffix('.ipynb')}")
    duties: Mapping[str, tuple[str, ...]] = module.DUTIES
    return duties


def _duty_list(duties: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{e(duty)}</li>" for duty in duties) + "</ul>"


# --- exercises ---------------------------------------------------------------------------------------------------


def _check_for(each: Exercise, priority_id: str | None) -> Callable[[Reading], list[Finding]]:
    as_of = _as_of(each)

    def judge(reading: Reading) -> list[Finding]:
        plan = reading.plan
        subject = plan if priority_id is None else plan.priority(priority_id)
        if subject is None:
            return []
        return list(check(subject, Context(plan, as_of), each.id)[0].findings)

    return judge


def _form(each: Exercise, store: PlanStore, priority_id: str | None) -> Form:
    blocks = layout(each.id, priority_id)
    title = _("Reasons and evidence") if board_of(each.id) else f"{each.id} {each.title}"
    title = _("All fields") if graph_of(each.id) else title
    if each.case and not registered(each.id).case:
        title = _("{title}, practice").format(title=title)
    return Form(store, blocks, check=_check_for(each, priority_id), title=title)


def _surfaces(each: Exercise, store: PlanStore, priority_id: str) -> list[Board | Graph | Form]:
    """What a reader fills in for an exercise: its form, below its board or its graph where it has one."""
    form = _form(each, store, priority_id)
    title = f"{each.id} {each.title}"
    if (board := board_of(each.id)) is not None:
        return [Board(store, board, priority_id, title=title), form]
    if (plot := graph_of(each.id)) is not None:
        return [Graph(store, plot, priority_id, title=title), form]
    return [form]


class Bench(Together):
    """An exercise with the list from which the reader chooses the priority to work on."""

    def __init__(self, each: Exercise, store: PlanStore) -> None:
        """Open the exercise on the priority that was open last."""
        self._exercise, self._store = each, store
        self._current = current = workspace.open_priority(store)
        own = not each.case
        self._picker = Picker(
            _("Priority:") if own else _case_label(each.case),
            self._options(),
            current or "",
            self._open,
            add_label=_("Add a priority:") if own else "",
            add_button=_("Add"),
            added=self._add,
        )
        super().__init__([self._picker, *self._parts(current)])
        self._desk = desk_for(store)
        self._desk.forms.add(self)

    def _options(self) -> list[tuple[str, str]]:
        return [(p.id, p.title or _("(not named yet)")) for p in self._store.read().plan.priorities]

    def _parts(self, priority_id: str | None) -> list[Any]:
        if priority_id is None:
            return []
        parts: list[Any] = [*_surfaces(self._exercise, self._store, priority_id)]
        if self._exercise.case:
            draw = _published(self._exercise.case, self._store, priority_id)
            parts.insert(0, Following(self._store, draw))
        return parts

    def _open(self, priority_id: str) -> None:
        workspace.choose_priority(self._store, priority_id)
        self._desk.follow()

    def _add(self, title: str) -> None:
        priority_id = self._store.add_priority(title)
        self._desk.save()
        self._open(priority_id)

    def follow(self) -> None:
        """Show the list of priorities as it is now, and open another priority where one was chosen."""
        self._picker.options = self._options()
        current = workspace.open_priority(self._store)
        if current != self._current:
            self._current, self._picker.value = current, current or ""
            for part in self.children[1:]:
                part.close()
            self.children = (self._picker, *self._parts(current))


def _case_label(case: str) -> str:
    """What the reader chooses from in a case: published targets, or the situations that it tells of."""
    targets = any(p.indicators for p in cases.start(case).priorities)
    return _("Published target:") if targets else _("Situation:")


def _published(case: str, store: PlanStore, priority_id: str) -> Draw:
    """What was published about a practice target or situation, as the case's starting plan has it."""

    def draw() -> str:
        plan = cases.start(case)
        priority = plan.priority(priority_id)
        if priority is None:
            return ""
        if not priority.indicators:
            return Html(f'<div class="rd">{paragraphs(priority.summary)}</div>')
        outcome = "; ".join(o.statement or "" for o in priority.outcomes)
        rows: list[list[str | float | Html | None]] = [
            [outcome or priority.title or "", i.name or _("none published"), target_words(i) or ""]
            for i in priority.indicators
        ]
        return table([_("Outcome"), _("Indicator"), _("Target")], rows, _("As published"))

    return draw


def on_case(id_: str, case: str = "") -> Exercise:
    """Return an exercise as it is done on the reader's own plan, or on a case.

    Args:
        id_: the id of the tool.
        case: the case; left out, the one that the exercise always practises on, else the reader's own plan.

    Raises:
        KeyError: there is no such exercise.
    """
    each = registered(id_)
    return attrs.evolve(each, case=case) if case else each


@plainly
def exercise(id_: str, case: str = "") -> Any:
    """Show an exercise: its form, saved while the reader types, with the findings beside the fields.

    Args:
        id_: the id of the tool; a practice exercise opens the reader's copy of its case.
        case: a case to practise on what is otherwise done on the reader's own plan.

    Raises:
        KeyError: there is no such exercise.
    """
    each = on_case(id_, case)
    store = _store_for(each)
    if each.scope is Plan:
        return _form(each, store, None)
    if not workspace.is_static():
        return Bench(each, store)
    first = workspace.open_priority(store)
    return Face("".join(surface.face() for surface in _surfaces(each, store, first))) if first else Face("")


def hints(id_: str) -> Face:
    """Show the hints of an exercise in steps: each opens the next.

    Raises:
        KeyError: there is no such exercise.
    """
    steps = registered(id_).hints
    body = ""
    for n, hint in reversed(list(enumerate(steps, start=1))):
        summary = _("Hint") if n == 1 else _("Next hint ({n} of {total})").format(n=n, total=len(steps))
        body = details(summary, f"<p>{e(hint)}</p>{body}")
    return Face(f'<div class="rd">{body}</div>')


def model_answer(id_: str, *more: str, case: str = "") -> Face:
    """Show the model answer of a practice exercise, and what people typically write instead.

    Args:
        id_: the id of the tool.
        more: the ids of further tools that the same case answers.
        case: the case, where the exercise is otherwise done on the reader's own plan.

    Raises:
        KeyError: there is no such exercise, or it practises on no case.
    """
    each, *others = (on_case(tool, case) for tool in (id_, *more))
    rows: list[list[str | float | Html | None]] = []
    for exercise in (each, *others):
        titles = {kind.code: kind.title for kind in exercise.kinds}
        for weak in cases.weak_answers(each.case, exercise.id):
            said: list[str | float | Html | None] = [
                weak.shown,
                weak.says,
                titles.get(weak.triggers, weak.triggers),
            ]
            rows.append([exercise.id, *said] if others else said)
    headers = [_("Weak answer"), _("Why people write it"), _("What the check says")]
    typical = table([_("Tool"), *headers] if others else headers, rows, _("Typical weak answers")) if rows else ""
    model = cases.model_text(each.case, each.rule)
    summary = _("Model answer (write your own first)")
    return Face("", f"<details><summary>{e(summary)}</summary>\n\n{model}\n\n{typical}\n\n</details>")


# --- examples, pictures, the plan so far -------------------------------------------------------------------------


def _chart(indicator: Indicator, context: Context) -> str:
    from rdlib.figures.chart_indicator import indicator_chart

    return indicator_chart(indicator, as_of=context.as_of, **settings_of(context.plan))


def worked_example(case: str, priority_id: str, indicator_id: str) -> Face:
    """Show how a case answers rule 2 for one indicator: three Ms, SMART, and the chart behind them."""
    plan = cases.model(case)
    priority = plan.priority(priority_id)
    indicator = priority.indicator(indicator_id) if priority else None
    if priority is None or indicator is None:
        raise KeyError(f"{case} has no indicator {priority_id}/{indicator_id}")
    context = Context(plan, cases.as_of(case))
    return Face(
        f'<div class="rd">{paragraphs(priority.summary)}</div>'
        + three_m_table(indicator, plan)
        + smart_table(indicator, smart(indicator, context))
        + _chart(indicator, context)
    )


def own_picture(draw: Callable[[Priority, Plan], str]) -> Any:
    """Show a picture of the reader's own priority, drawn again when the plan changes."""
    store = workspace.own_store()

    def drawn() -> str:
        plan = store.read().plan
        priority = plan.priority(workspace.open_priority(store) or "")
        return draw(priority, plan) if priority else ""

    return following(store, drawn)


@plainly
def chart() -> Any:
    """Show the charts of the indicators of the reader's own priority (Rule 2, tool 2.2)."""
    drawn: dict[Any, str] = {}  # a chart takes a moment, so one is drawn again only when its indicator has changed

    def draw(priority: Priority, plan: Plan) -> str:
        fresh = {}
        for indicator in priority.indicators:
            key = attrs.astuple(attrs.evolve(indicator, observations=()), recurse=False), len(indicator.observations)
            fresh[repr((key, indicator.observations))] = indicator
        shown = {k: drawn.get(k) or _chart(i, Context(plan, date.today())) for k, i in fresh.items()}
        drawn.clear()
        drawn.update(shown)
        return "".join(shown.values())

    return own_picture(draw)


@plainly
def results_ladder() -> Any:
    """Show the ladder of outcomes of the reader's own priority (Rule 2, tool 2.3)."""
    return own_picture(ladder)


@plainly
def plan_so_far() -> Any:
    """Show what the reader's own priority has by now, what each exercise says of it, and the next best step."""
    return own_picture(_so_far)


def _so_far(priority: Priority, plan: Plan) -> str:
    context = Context(plan, date.today())
    several = progress(plan, context), progress(priority, context)
    targets = [
        [i.name or i.id, verdict_badge(i), target_words(i), status_badge(smart(i, context).status)]
        for i in priority.indicators
    ]
    body = f"<h4>{inline(title_of(priority))}</h4>" + architecture(priority, plan)
    body += progress_table(several, _("How far you are"))
    if targets:
        headers = [_("Indicator"), _("Three Ms"), _("Target"), _("Status")]
        body += table(headers, targets, _("Your indicators and targets"))
    return f'<div class="rd">{body}{next_step_box(next_step(several), plan)}</div>'


__all__ = [
    "chart",
    "exercise",
    "hints",
    "model_answer",
    "own_picture",
    "plan_so_far",
    "results_ladder",
    "role",
    "worked_example",
    "your_plan",
]
