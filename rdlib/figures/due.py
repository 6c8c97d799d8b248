"""What is due from the plan, as a table for a stocktake: what is late first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from rdlib.figures.html import Cell, Html, Mark, badge, details, e, inline, nothing, table
from rdlib.plan.plan import Plan
from rdlib.rules.commitments import Commitment
from rdlib.rules.due import Due, due
from rdlib.rules.r07_pack import title_of
from rdlib.rules.registry import exercises
from rdlib.words import _, format_date, plural

#: So many rows are shown at once; the others open on request.
SHOWN = 15

_LATE, _COMING, _UNDATED = Mark("▲", _("late"), 1), Mark("◐", _("due"), 3), Mark("◆", _("no day"), 2)


def _from(tool: str) -> str:
    title = next((each.title for each in exercises() if each.id == tool), "")
    return f"{tool} {title}".strip()


def _rows(some: Iterable[Commitment], mark: Mark, plan: Plan) -> list[tuple[str, list[Cell]]]:
    return [
        (
            each.priority,
            [
                Html(badge(mark)),
                each.what,
                each.owner or nothing(_("nobody")),
                format_date(each.due) if each.due else nothing(_("no day")),
                _from(each.tool),
            ],
        )
        for each in some
    ]


def _in_words(found: Due) -> str:
    late = plural("{n} is late", "{n} are late", len(found.overdue))
    coming = plural("{n} more is due", "{n} more are due", len(found.coming))
    by = _("the next stocktake on {day}") if found.known else "{day}"
    until = by.format(day=format_date(found.until))
    said = _("{late}, {coming} by {until}.").format(late=late, coming=coming, until=until)
    if found.undated:
        said += " " + plural("{n} has no day.", "{n} have no day.", len(found.undated))
    return said


def due_table(plan: Plan, day: date, priorities: Collection[str] | None = None) -> Html:
    """Return what is due from the plan on a day: late first, then by its day, with owner and where it comes from.

    Args:
        plan: the plan.
        day: the day.
        priorities: only what is for these, by their ids; left out, everything.

    >>> due_table(Plan(), date(2027, 5, 20))
    '<p class="rd rd-empty">Nothing that the plan has promised is due.</p>'
    """
    found = due(plan, day, priorities)
    if not found:
        return Html(f'<p class="rd rd-empty">{e(_("Nothing that the plan has promised is due."))}</p>')
    rows = [
        *_rows(found.overdue, _LATE, plan),
        *_rows(found.coming, _COMING, plan),
        *_rows(found.undated, _UNDATED, plan),
    ]
    several = len({priority for priority, _cells in rows}) > 1
    headers = [_("State"), _("What"), _("Owner"), _("Due"), _("From")]
    if several:
        headers.insert(2, _("Priority"))
        for priority, cells in rows:
            cells.insert(2, title_of(priority, plan))
    caption = _("What is due from the plan, what is late first")
    shown = [cells for _priority, cells in rows]
    drawn = table(headers, shown[:SHOWN], caption, row_header=False)
    if rest := shown[SHOWN:]:
        more = plural("{n} more", "{n} more", len(rest))
        drawn = Html(drawn + details(more, table(headers, rest, more, row_header=False)))
    return Html(f'<p class="rd">{inline(_in_words(found))}</p>{drawn}')
