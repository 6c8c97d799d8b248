"""Rule 7, tool 7.5: what lies on the table of a stocktake: ratings, figures and actions, and what changed since.

A stocktake that is closed speaks for itself: its ratings and figures are those that were kept then. For any other day
they are worked out from the plan as it was known on that day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from rdlib.plan.assessment import Assessment
from rdlib.plan.indicator import Indicator
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.stocktake import (
    NEXT_STOCKTAKE,
    STOCKTAKES,
    Action,
    Meeting,
    NextStocktake,
    Stocktake,
    StocktakeFigure,
    StocktakeRating,
)
from rdlib.plan.values import format_when
from rdlib.rules import trend
from rdlib.rules.r02_smart import goal, sign_of
from rdlib.rules.r04_candidates import carries_target
from rdlib.rules.r07_architecture import routine_of
from rdlib.rules.r07_assessment import last_agreed
from rdlib.rules.r07_today import priorities_of
from rdlib.rules.ratings import items_of
from rdlib.rules.registry import Context
from rdlib.rules.targets import in_words
from rdlib.words import _, format_date, format_number

#: A row as it is written into a plan.
Row = dict[str, str | list[str]]


@attrs.frozen
class Pack:
    """What lies on the table on one day.

    Attributes:
        day: the day.
        record: what is written down of it; None where nothing is.
        closed: whether that record is closed.
        ratings: how each priority is rated, by its id.
        figures: how each indicator stands, by the ids of its priority and of itself.
        before: the last stocktake that was closed before; None for the first.
    """

    day: date
    record: Meeting | None
    closed: bool
    ratings: Mapping[str, StocktakeRating]
    figures: Mapping[tuple[str, str], StocktakeFigure]
    before: Stocktake | None

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions of the day: those of its record; where there is none, those still open from the last one."""
        if self.record is not None:
            return self.record.actions
        return tuple(a for a in self.before.actions if a.is_open) if self.before else ()


def title_of(priority: Priority | str | None, plan: Plan) -> str:
    """Return what to call a priority, also by its id; the id where it is gone, a dash for none."""
    found = plan.priority(priority) if isinstance(priority, str) else priority
    if found is None:
        return str(priority) if priority else _("all priorities")
    return (found.title or "").strip() or found.id


def begun(meeting: Meeting) -> bool:
    """Say whether anything has been entered in a record."""
    values = (getattr(meeting, f.name) for f in attrs.fields(type(meeting)) if f.name not in {"id", "illustrative"})
    return any(value not in {None, "", ()} for value in values)


def open_ones(plan: Plan) -> tuple[NextStocktake, ...]:
    """Return the open records in which something was entered: one, unless two people began at once."""
    return tuple(each for each in NEXT_STOCKTAKE.read(plan) if begun(each))


def closed_ones(plan: Plan, until: date | None = None) -> tuple[Stocktake, ...]:
    """Return the stocktakes that were closed, the earliest first; up to a day where one is given."""
    known = [each for each in STOCKTAKES.read(plan) if each.day is not None and (until is None or each.day <= until)]
    return tuple(sorted(known, key=lambda each: each.day or date.min))


def last_before(plan: Plan, day: date) -> Stocktake | None:
    """Return the last stocktake that was closed before a day, or None."""
    return next((each for each in reversed(closed_ones(plan)) if each.day is not None and each.day < day), None)


def covered(meeting: Meeting | None, plan: Plan) -> tuple[Priority, ...]:
    """Return the priorities that a stocktake looks at: those of its routine, else all of which anything is said."""
    routine = routine_of(plan, meeting.routine) if meeting is not None else None
    every = priorities_of(plan)
    chosen = tuple(p for p in every if routine is not None and p.id in routine.priorities)
    return chosen or every


# --- what stands on a day ---------------------------------------------------------------------------------------------


def rating_of(priority: Priority, day: date) -> StocktakeRating | None:
    """Return how a priority was rated by a day, as its last agreed assessment says; None where nobody agreed on one."""
    found = last_agreed(priority, day)
    if found is None:
        return None
    kept: dict[str, Any] = {f.name: getattr(found, f.name) for f in attrs.fields(Assessment) if f.name != "id"}
    return StocktakeRating(id=f"r-{priority.id}", priority=priority.id, title=title_of(priority, Plan()), **kept)


def figure_of(priority: Priority, indicator: Indicator, context: Context) -> StocktakeFigure:
    """Return how an indicator stands on a day: its latest value, and its target as the plan has it."""
    last = trend.latest(indicator, context.as_of)
    aim = goal(indicator, context)
    aimed = carries_target(indicator) and (aim.low is not None or aim.high is not None)
    return StocktakeFigure(
        id=f"f-{priority.id}-{indicator.id}",
        priority=priority.id,
        indicator=indicator.id,
        name=(indicator.name or "").strip() or indicator.id,
        when=last.when if last else None,
        value=repr(last.value) if last else None,
        target=in_words(aim, indicator.unit) if aimed else None,
        due=aim.due if aimed else None,
    )


def pack(plan: Plan, day: date) -> Pack:
    """Return what lies on the table of a plan on a day.

    Source: Rule 7, tool 7.5.

    >>> pack(Plan(), date(2027, 5, 20)).ratings
    {}
    """
    before = last_before(plan, day)
    closed = next((each for each in reversed(closed_ones(plan)) if each.day == day), None)
    if closed is not None:
        ratings = {r.priority or "": r for r in closed.ratings}
        figures = {(f.priority or "", f.indicator or ""): f for f in closed.figures}
        return Pack(day, closed, True, ratings, figures, before)
    record = next((each for each in open_ones(plan) if each.day == day), None)
    context = Context(plan, day)
    looked_at = covered(record, plan)
    rated = {p.id: rating for p in looked_at if (rating := rating_of(p, day)) is not None}
    shown = {(p.id, i.id): figure_of(p, i, context) for p in looked_at for i in p.indicators}
    return Pack(day, record, False, rated, shown, before)


def _row(record: Any) -> Row:
    """Return a record as a row is typed; what is empty is left out, and so is its id."""
    found: Row = {}
    for field in attrs.fields(type(record)):
        value = getattr(record, field.name)
        if field.name == "id" or value is None or value == ():
            continue
        if isinstance(value, tuple):
            found[field.name] = [str(each) for each in value]
        else:
            found[field.name] = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return found


def to_keep(plan: Plan, meeting: Meeting) -> tuple[list[Row], list[Row]]:
    """Return the ratings and the figures that are kept when a stocktake is closed, as rows to write."""
    if meeting.day is None:
        return [], []
    found = pack(plan, meeting.day)
    ratings = [_row(each) for each in found.ratings.values()]
    figures = [_row(each) for each in found.figures.values()]
    return ratings, figures


def to_carry(stocktake: Stocktake | None) -> list[Row]:
    """Return the actions of a closed stocktake that are still open, as rows of the next one.

    >>> both = (Action("a1", what="Call Ann"), Action("a2", done=date(2027, 5, 1)))
    >>> one = Stocktake("s1", day=date(2027, 5, 20), actions=both)
    >>> to_carry(one)
    [{'what': 'Call Ann', 'since': '2027-05-20', 'carried': '1', 'origin': 's1/a1'}]
    """
    rows: list[Row] = []
    for action in stocktake.actions if stocktake is not None else ():
        if not action.is_open or stocktake is None:
            continue
        row = _row(action)
        since = action.since or stocktake.day
        if since is not None:
            row["since"] = since.isoformat()
        rows.append({**row, "carried": str(action.times + 1), "origin": origin_of(action, stocktake)})
    return rows


def origin_of(action: Action, meeting: Meeting) -> str:
    """Return what names an action from stocktake to stocktake: where it was first agreed on."""
    return action.origin or f"{meeting.id}/{action.id}"


# --- what changed -----------------------------------------------------------------------------------------------------


@attrs.frozen
class Change:
    """One thing that is different from the last stocktake.

    Attributes:
        kind: ``likelihood``, ``judgement``, ``figure``, ``target`` or ``action``.
        about: what it is about: the priority, indicator or action.
        what: what changed, in a clause.
        way: 1 for the better, -1 for the worse, 0 where that cannot be said.
    """

    kind: str
    about: str
    what: str
    way: int = 0


def changes(found: Pack, plan: Plan) -> list[Change]:
    """Return what changed since the last stocktake: ratings, figures, targets and actions, in this order.

    Source: Rule 7, tool 7.5. Empty for the first stocktake, of which nothing can have changed.
    """
    if found.before is None:
        return []
    return [*_ratings(found, plan), *_figures(found, plan), *_targets(found), *_actions(found)]


def _ratings(found: Pack, plan: Plan) -> list[Change]:
    assert found.before is not None
    earlier = {r.priority: r for r in found.before.ratings}
    changed = []
    for id_, now in found.ratings.items():
        then, about = earlier.get(id_), title_of(id_, plan) if plan.priority(id_) else now.title or id_
        for item in items_of(StocktakeRating):
            rating, was = item.rating(now), item.rating(then) if then else None
            if rating is None or rating == was:
                continue
            said = _("“{label}”: {was} to {now}") if was else _("“{label}”: rated {now} for the first time")
            way = 0 if was is None else 1 if rating > was else -1
            kind = "likelihood" if item.path == "likelihood" else "judgement"
            changed.append(Change(kind, about, said.format(label=item.label, was=was, now=rating), way))
    return sorted(changed, key=lambda change: change.kind != "likelihood")


def _sign(plan: Plan, figure: StocktakeFigure) -> int:
    priority = plan.priority(figure.priority or "")
    indicator = priority.indicator(figure.indicator) if priority else None
    return sign_of(indicator, goal(indicator, Context(plan, date.max))) if indicator else 0


def _unit(plan: Plan, figure: StocktakeFigure) -> str | None:
    priority = plan.priority(figure.priority or "")
    indicator = priority.indicator(figure.indicator) if priority else None
    return indicator.unit if indicator else None


def _figures(found: Pack, plan: Plan) -> list[Change]:
    assert found.before is not None
    earlier = {(f.priority, f.indicator): f for f in found.before.figures}
    changed = []
    for key, now in found.figures.items():
        then = earlier.get(key)
        value, was = now.number, then.number if then else None
        if value is None or then is None or (now.when == then.when and value == was):
            continue
        unit = _unit(plan, now)
        values = {"now": format_number(value, unit), "when": _when(now)}
        if was is None:
            said = _("{now} for {when}, the first figure")
        elif now.when == then.when:
            said = _("{was} for {when} was corrected to {now}")
        else:
            said = _("{now} for {when}, after {was} for {earlier}")
        said = said.format(
            was=format_number(was, unit) if was is not None else "",
            earlier=format_when(then.when) if then.when else "",
            **values,
        )
        way = 0 if was is None else _direction(value - was) * _sign(plan, now)
        changed.append(Change("figure", now.name or "", said, way))
    return changed


def _when(figure: StocktakeFigure) -> str:
    return format_when(figure.when) if figure.when else ""


def _direction(difference: float) -> int:
    return (difference > 0) - (difference < 0)


def _targets(found: Pack) -> list[Change]:
    assert found.before is not None
    earlier = {(f.priority, f.indicator): f for f in found.before.figures}
    return [
        Change("target", now.name or "", _("{was}, and now {now}").format(was=_target(then), now=_target(now)))
        for key, now in found.figures.items()
        if (then := earlier.get(key)) is not None and (then.target, then.due) != (now.target, now.due)
    ]


def _target(figure: StocktakeFigure) -> str:
    if not figure.target:
        return _("no target")
    return (
        _("{target} by {due}").format(target=figure.target, due=format_when(figure.due))
        if figure.due
        else figure.target
    )


def state_of(action: Action, day: date) -> str:
    """Return how an action stands on a day: ``done``, ``dropped``, ``late``, ``open`` or ``undated``.

    >>> state_of(Action("a1", due=date(2027, 5, 1)), date(2027, 5, 20))
    'late'
    """
    if action.done is not None and action.done <= day:
        return "done"
    if (action.dropped or "").strip():
        return "dropped"
    if action.due is None:
        return "undated"
    return "late" if action.due < day else "open"


def lost(found: Pack) -> tuple[Action, ...]:
    """Return the actions that were open at the last stocktake and are in the record of this one no more."""
    if found.record is None or found.before is None:
        return ()
    here = {origin_of(a, found.record) for a in found.record.actions}
    return tuple(a for a in found.before.actions if a.is_open and origin_of(a, found.before) not in here)


def _actions(found: Pack) -> list[Change]:
    changed = []
    for action in found.actions:
        called = (action.what or "").strip() or action.id
        state = state_of(action, found.day)
        if state == "done" and action.done is not None and action.times:
            changed.append(Change("action", called, _("done on {day}").format(day=format_date(action.done)), 1))
        elif state == "dropped" and action.times:
            changed.append(Change("action", called, _("dropped: {why}").format(why=(action.dropped or "").strip())))
        elif state == "late" and action.due is not None:
            changed.append(Change("action", called, _("late: due on {day}").format(day=format_date(action.due)), -1))
    return changed + [
        Change("action", (a.what or "").strip() or a.id, _("was open, and is not in the record"), -1)
        for a in lost(found)
    ]
