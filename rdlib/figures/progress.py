"""How far a plan has come: the exercises of the method with their states, what is strong or not, and the next step."""

from __future__ import annotations

from collections.abc import Sequence

from rdlib.figures.heatmap import HeatCell, heatmap
from rdlib.figures.html import Cell, Html, Mark, badge, e, inline, table
from rdlib.figures.records import place_name
from rdlib.plan.plan import Plan
from rdlib.rules.findings import Finding, Severity
from rdlib.rules.progress import NextStep, Progress, RuleProgress, State, Step, is_stale, method_order
from rdlib.words import NO_BREAK_SPACE, _, plural

_LOOK = {State.MISSING: 1, State.STALE: 2, State.WEAK: 2, State.NOT_ATTEMPTED: 0, State.STRONG: 4}

#: How many findings of one sort a list says in full; how many more there are is said. Our choice.
SAID = 4


def state_mark(state: State) -> Mark:
    """Return the shape, word and colour of a state."""
    return Mark(state.shape, state.word, _LOOK[state])


def progress_cell(progress: Progress) -> HeatCell:
    """Return how far a priority has come, as a cell of a heat map; it counts, and judges nothing."""
    if not progress.begun:
        return state_mark(State.NOT_ATTEMPTED)
    return Mark(Severity.NOTE.shape, _("{some} of {all} begun").format(some=progress.begun, all=len(progress.steps)), 0)


def rule_map(several: Sequence[Progress], caption: str) -> Html:
    """Return how each priority stands in each rule.

    Args:
        several: the priorities.
        caption: what the map shows.
    """
    numbers = sorted({rule.rule for each in several for rule in each.rules})
    titles = {rule.rule: rule.title for each in several for rule in each.rules}
    cells = []
    for each in several:
        by_rule = {rule.rule: rule for rule in each.rules}
        cells.append([_rule_cell(by_rule.get(number)) for number in numbers])
    return heatmap([(each.title, None) for each in several], [titles[n] for n in numbers], cells, caption)


def _rule_cell(rule: RuleProgress | None) -> HeatCell:
    if rule is None:
        return Mark("–", _("nothing to do"), 0)
    begun = _("{some} of {all} begun").format(some=rule.begun, all=len(rule.steps))
    return state_mark(rule.state), begun if rule.begun else ""


def progress_table(several: Sequence[Progress], caption: str) -> Html:
    """Return the exercises that are done on a priority, or on the plan, by rule, with how they stand.

    Exercises of a rule that stand alike share one badge, so that a plan just begun is seen at a glance.

    Args:
        several: whose exercises to show in one table.
        caption: what it shows.
    """
    by_rule: dict[int, list[Step]] = {}
    titles: dict[int, str] = {}
    for rule in (rule for each in several for rule in each.rules):
        by_rule.setdefault(rule.rule, []).extend(rule.steps)
        titles[rule.rule] = rule.title
    rows: list[list[Cell]] = []
    for number in sorted(by_rule):
        steps = sorted(by_rule[number], key=lambda step: method_order(step.exercise))
        said: dict[Html, list[str]] = {}
        for step in steps:
            said.setdefault(_step(step), []).append(f"{step.exercise.id} {step.exercise.title}")
        lines = "".join(f"<li>{marks} {inline(', '.join(names))}</li>" for marks, names in said.items())
        rows.append([titles[number], Html(f'<ul class="rd-plain">{lines}</ul>')])
    return table([_("Rule"), _("How its exercises stand")], rows, caption)


def _step(step: Step) -> Html:
    if step.state in {State.NOT_ATTEMPTED, State.STRONG}:
        return badge(state_mark(step.state))
    stale = sum(map(is_stale, step.findings))
    marks = [Mark("◆", f"{stale}{NO_BREAK_SPACE}{_('to look at again')}", 2)] if stale else []
    for severity in (Severity.MISSING, Severity.WEAK):
        count = sum(1 for f in step.findings if f.severity is severity and not is_stale(f))
        if count:
            marks.append(Mark(severity.shape, f"{count}{NO_BREAK_SPACE}{severity.word}", severity.rank + 1))
    return Html(" ".join(map(badge, marks)))


def next_step_box(step: NextStep | None, plan: Plan) -> Html:
    """Return the one next best step, with why it comes first and where to do it.

    Args:
        step: the step; None where there is nothing left to do.
        plan: the plan, for the names of places in it.
    """
    if step is None:
        return Html(
            f'<p class="rd rd-next">{e(_("There is nothing left to mend. Go on working, and look again."))}</p>'
        )
    place = f"{step.progress.title}: {place_name(step.finding.where, plan)}" if step.finding else step.progress.title
    where = _("Workbook {workbook}, exercise {id} {title}").format(
        workbook=step.exercise.workbook, id=step.exercise.id, title=step.exercise.title
    )
    return Html(
        f'<div class="rd rd-finding rd-edge-3"><p><strong>{e(_("Next best step:"))}</strong> {inline(step.what)}</p>'
        f'<p class="rd-where">{inline(place)}</p>'
        f"<p>{e(_('Why this first:'))} {inline(step.why)}</p><p>{e(_('Where:'))} {inline(where)}</p></div>"
    )


def verdicts(progress: Progress, plan: Plan) -> Html:
    """Return what is out of date, missing, weak and strong, each as a short list in words."""
    groups = (
        (Mark("◆", _("to look at again"), 2), progress.stale),
        (Mark(Severity.MISSING.shape, Severity.MISSING.word, 1), progress.missing),
        (Mark(Severity.WEAK.shape, Severity.WEAK.word, 2), progress.weak),
        (Mark(Severity.GOOD.shape, _("strong"), 4), progress.strong),
    )
    parts = [_group(mark, findings, plan) for mark, findings in groups if findings]
    return Html(f'<div class="rd">{"".join(parts)}</div>') if parts else Html("")


def _group(mark: Mark, findings: Sequence[Finding], plan: Plan) -> str:
    items = []
    for finding in findings[:SAID]:
        place = f' <span class="rd-where">{inline(place_name(finding.where, plan))}</span>'
        items.append(f"<li><strong>{inline(finding.title)}.</strong> {inline(finding.what)}{place}</li>")
    if (more := len(findings) - SAID) > 0:
        items.append(f"<li>{e(plural('and {n} more', 'and {n} more', more))}</li>")
    return f"<p>{badge(mark)}</p><ul>{''.join(items)}</ul>"
