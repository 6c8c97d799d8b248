"""The static faces of rule 7's routines: today's, the year, the agenda, the preparation."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from rdlib.figures.html import Cell, Html, Mark, badge, details, e, inline, not_attempted, nothing, scroll_box, table
from rdlib.figures.records import none_yet, record_table
from rdlib.figures.tshape import Block, t_picture
from rdlib.figures.year import Mark as YearMark
from rdlib.figures.year import Row, sign, year_picture
from rdlib.plan.fields import field_of
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.routine_year import QUESTIONS, RoutineYear
from rdlib.plan.routines import QUIET_TIMES, ROUTINES, ROUTINES_TODAY, Agenda, Preparation, Routine, RoutineToday
from rdlib.rules import r07_agenda as agendas
from rdlib.rules import r07_architecture as architecture
from rdlib.rules import r07_preparation as preparation
from rdlib.rules import r07_today as today
from rdlib.rules.calendar_events import events
from rdlib.rules.days_off import place_in_words, time_zone
from rdlib.rules.ics import calendar_file
from rdlib.rules.r07_dates import half_in_words, priority_names, title_of
from rdlib.rules.r07_rhythm import hours_a_year, minutes_in_words, rhythm_in_words, rhythm_of, time_of
from rdlib.rules.r07_year import Meeting, Year, people_of, plan_year
from rdlib.words import _, format_date, format_number, language, plural

_FATES = {
    today.Fate.KEEP: ("●", 4),
    today.Fate.MEND: ("◐", 3),
    today.Fate.STOP: ("▲", 1),
    today.Fate.OPEN: ("–", 0),
}


def fate_mark(fate: today.Fate) -> Mark:
    """Return the shape, word and colour of keep, mend or stop (tool 7.1)."""
    shape, look = _FATES[fate]
    return Mark(shape, fate.word, look)


def _day(day: date) -> str:
    """Write a day with its weekday, short: "Mon 5 April 2027"."""
    from babel.dates import format_date as babel_date

    return babel_date(day, "EEE d MMMM y", locale=language())


# --- 7.1 -----------------------------------------------------------------------------------------------------------


def today_table(plan: Plan) -> Html:
    """Return today's routines with the four questions, the hours, what is proposed and what was decided (tool 7.1)."""
    rows: list[list[Cell]] = []
    for each in today.rows(plan):
        asked = "<br>".join(_asked(name, getattr(each, name)) for name in today.QUESTIONS)
        proposed = today.proposal(each)
        decided = field_of(RoutineToday, "fate").choice(each.fate)
        hours = hours_a_year(each)
        why = (each.fate_why or "").strip()
        rows.append(
            [
                today.name_of(each),
                Html(format_number(round(hours), decimals=0)) if hours is not None else nothing("–"),
                Html(asked),
                _choice(each, "result"),
                Html(f"{badge(fate_mark(proposed.fate))}<br>{inline(proposed.why)}"),
                Html(
                    f"{badge(fate_mark(today.Fate(decided.value)))}<br>{inline(why)}"
                    if decided
                    else nothing(_("not decided"))
                ),
            ]
        )
    if not rows:
        return none_yet(ROUTINES_TODAY.label)
    headers = [
        _("Routine"),
        _("Hours of people a year (computed)"),
        _("What it asks"),
        _("What comes out"),
        _("The answers speak for"),
        _("Decided"),
    ]
    caption = _("Routines today: what they ask, what they take, and what becomes of them")
    total = f'<p class="rd">{inline(today.total_in_words(plan))}</p>'
    return Html(table(headers, rows, caption, numeric=[1]) + total)


def _asked(name: str, answer: bool | None) -> str:
    """One of the four questions with a shape and a word that say whether it is asked."""
    question = e(today.question_in_words(name))
    if answer is None:
        return f"– {question} {nothing(_('not answered'))}"
    return f"{'●' if answer else '▲'} {question} <strong>{e(_('yes') if answer else _('no'))}</strong>"


def _choice(record: RoutineToday, name: str) -> Cell:
    choice = field_of(type(record), name).choice(getattr(record, name))
    return choice.label if choice else nothing("–")


# --- 7.2 -----------------------------------------------------------------------------------------------------------


def routines_table(plan: Plan) -> Html:
    """Return the architecture: each routine with its topic, people, rhythm, length, form and tools (tool 7.2)."""
    rows: list[list[Cell]] = []
    for routine in architecture.rows(plan):
        names = [((p.title if (p := plan.priority(id_)) else None) or id_) for id_ in routine.priorities]
        sharing = field_of(Routine, "sharing").choice(routine.sharing) if len(names) > 1 else None
        about = "\n".join(filter(None, [", ".join(names), sharing.label if sharing else "", routine.topic]))
        rhythm = rhythm_of(routine)
        often = rhythm_in_words(rhythm.in_weeks) if rhythm else ""
        length = minutes_in_words(routine.minutes) if isinstance(routine.minutes, float) else ""
        when = "\n".join(filter(None, [often, length, _at(routine)]))
        chair, form = plan.person(routine.chair), field_of(Routine, "form").choice(routine.form)
        people = people_of(routine, plan) or tuple(plan.person(one) or one for one in routine.attends)
        others = [name for name in people if name != chair]
        rows.append(
            [
                architecture.name_of(routine),
                "\n".join(filter(None, [form.label if form else "", architecture.level_in_words(routine.level)])),
                about or nothing("–"),
                _people(chair, others),
                when or nothing("–"),
                (routine.tools or "").strip() or nothing("–"),
            ]
        )
    headers = [
        _("Routine"),
        _("Form, and who asks"),
        _("What it is about"),
        _("Who is there"),
        _("How often, how long"),
        _("On the table"),
    ]
    return table(headers, rows, _("Architecture of routines")) if rows else none_yet(ROUTINES.label)


def _people(chair: str | None, others: Sequence[str]) -> Cell:
    lines = [f"<strong>{inline(_('{name} (chair)').format(name=chair))}</strong>"] if chair else []
    lines += [str(inline(name)) for name in others]
    return Html("<br>".join(lines)) if lines else nothing("–")


def _at(routine: Routine) -> str:
    begins = time_of(routine)
    day = field_of(Routine, "weekday").choice(routine.weekday)
    return " ".join(filter(None, [day.label if day else "", f"{begins:%H:%M}" if begins else ""]))


def reviewed_table(plan: Plan, as_of: date) -> Html:
    """Return how often each priority is looked at, by whom, and when next (tool 7.2)."""
    year = plan_year(plan, as_of)
    rows: list[list[Cell]] = []
    for priority in today.priorities_of(plan):
        looks = architecture.looks_at(plan, priority)
        cells: list[Cell] = [priority.title or priority.id]
        for levels, most in architecture.MOST_WEEKS.items():
            closest = next(((r, weeks) for r, weeks in looks if r.level in levels), None)
            if closest is None:
                cells.append(badge(Mark("▲", _("never"), 1)))
                continue
            enough = round(closest[1], 2) <= most
            said = badge(Mark("●", _("often enough"), 4) if enough else Mark("◆", _("too seldom"), 2))
            said_in = f"{architecture.name_of(closest[0])}, {rhythm_in_words(closest[1])}"
            cells.append(Html(f"{said}<br>{inline(said_in)}"))
        following = next((m for m in year.of_priority(priority.id) if m.day >= as_of), None)
        cells.append(f"{_day(following.day)}\n{title_of(following, plan)}" if following else nothing(_("none planned")))
        rows.append(cells)
    if not rows:
        return Html("")
    leaders, working = (format_number(most) for most in architecture.MOST_WEEKS.values())
    headers = [
        _("Priority"),
        _("Leaders look (at least every {n} weeks)").format(n=leaders),
        _("Those who do the work look (at least every {n} weeks)").format(n=working),
        _("Next date"),
    ]
    caption = _("Is every priority looked at often enough? The thresholds are ours.")
    return table(headers, rows, caption)


def _year_rows(year: Year, plan: Plan, only: str | None = None) -> list[Row]:
    order = {routine.id: n for n, routine in enumerate(architecture.rows(plan))}
    lines: dict[tuple[str, tuple[str, ...]], list[Meeting]] = {}
    for meeting in year.meetings:
        if only is None or only in meeting.priorities:
            lines.setdefault((meeting.routine.id, meeting.priorities), []).append(meeting)
    ids = [p.id for p in plan.priorities]

    def place(line: tuple[str, tuple[str, ...]]) -> tuple[bool, int, int]:
        routine, priorities = line
        alone = len(priorities) == 1 and lines[line][0].routine.sharing in {"own", "turns"}
        where = ids.index(priorities[0]) if alone and priorities[0] in ids else len(ids)
        return alone, where if alone else 0, order.get(routine, 0)

    rows = []
    for line in sorted(lines, key=place):
        meetings = lines[line]
        routine, names = meetings[0].routine, priority_names(meetings[0], plan)
        title = architecture.name_of(routine)
        alone = place(line)[0]
        about = names[0] if len(names) == 1 else _("{n} priorities").format(n=format_number(len(names)))
        note = title if alone else about if names else _("no single priority")
        rows.append(
            Row(
                names[0] if alone else title,
                note,
                order.get(routine.id, 0),
                tuple(YearMark(m.day, bool(m.moved)) for m in meetings),
            )
        )
    return rows


def year_figure(plan: Plan, as_of: date, *, only: str | None = None) -> Html:
    """Return the picture of the year with its dates as a table (tool 7.2).

    Args:
        plan: the plan.
        as_of: the day; it decides which year where the plan does not say.
        only: the id of a priority, for its dates alone.
    """
    year = plan_year(plan, as_of)
    rows = _year_rows(year, plan, only)
    title = _("The year of routines, {start} to {end}").format(start=format_date(year.start), end=format_date(year.end))
    if not rows:
        return none_yet(_("Dates"))
    says = " ".join(
        _("{name}, {note}: {dates} from {first} to {last}.").format(
            name=row.name,
            note=row.note,
            dates=plural("{n} date", "{n} dates", len(row.marks)),
            first=format_date(row.marks[0].day),
            last=format_date(row.marks[-1].day),
        )
        for row in rows
    )
    drawn = year_picture(rows, year.start, year.end, year.off.quiet, title, says)
    shapes = {row.shape for row in rows}
    key = " ".join(
        f'<span class="rd-look">{sign(n)} {inline(architecture.name_of(routine))}</span>'
        for n, routine in enumerate(architecture.rows(plan))
        if n in shapes
    )
    if any(mark.moved for row in rows for mark in row.marks):
        key += f'<span class="rd-look">{sign(0, hollow=True)} {e(_("hollow: moved from its regular day"))}</span>'
    if any(first <= year.end and last >= year.start for first, last in year.off.quiet):
        key += f' <span class="rd-look">{e(_("slanted lines: quiet time"))}</span>'
    body = scroll_box(title, f'<div class="rd-drawing" style="font-size:0">{drawn}</div>')
    return Html(
        f'<figure class="rd rd-figure"><figcaption class="rd-caption">{inline(title)}'
        f'<p class="rd-key">{key}</p></figcaption>{body}</figure>'
        + details(_("All dates as a table"), dates_table(plan, as_of, only=only))
        + not_placed_table(plan, as_of, only=only)
    )


def dates_table(plan: Plan, as_of: date, *, only: str | None = None) -> Html:
    """Return all dates of the year, one a row (tool 7.2); the arguments are those of :func:`year_figure`."""
    rows: list[list[Cell]] = []
    for meeting in plan_year(plan, as_of).meetings:
        if only is not None and only not in meeting.priorities:
            continue
        begins = time_of(meeting.routine)
        when = f"{begins:%H:%M}" if begins else half_in_words(meeting)
        names = priority_names(meeting, plan)
        moved = ""
        if meeting.moved:
            moved = _("moved from {day}: {why}").format(day=_day(meeting.regular), why=meeting.moved)
        rows.append(
            [
                _day(meeting.day),
                when or nothing("–"),
                architecture.name_of(meeting.routine),
                ", ".join(names) or nothing("–"),
                moved or nothing("–"),
            ]
        )
    headers = [_("Day"), _("Time"), _("Routine"), _("Looks at"), _("Note")]
    return table(headers, rows, _("Dates")) if rows else none_yet(_("Dates"))


def not_placed_table(plan: Plan, as_of: date, *, only: str | None = None) -> Html:
    """Return the dates that found no place, with the reason; nothing where all did (tool 7.2)."""
    rows: list[list[Cell]] = [
        [_day(lost.regular), architecture.name_of(lost.routine), lost.why]
        for lost in plan_year(plan, as_of).not_placed
        if only is None or only in lost.priorities
    ]
    headers = [_("Regular day"), _("Routine"), _("Why there is no place")]
    return table(headers, rows, _("Dates that found no place")) if rows else Html("")


def kept_free(plan: Plan, as_of: date) -> Html:
    """Return whose holidays and which quiet times were kept free (tool 7.2)."""
    year = plan_year(plan, as_of)
    rows: list[list[Cell]] = [
        [_day(day), name]
        for day, name in sorted(year.off.named.items())
        if year.start <= day <= year.end
        and day.weekday() not in year.off.weekend
        and not any(first <= day <= last for first, last in year.off.quiet)
    ]
    rows += [
        [f"{_day(each.first)} – {_day(each.last)}", each.why or _("quiet time")]
        for each in QUIET_TIMES.read(plan)
        if each.first and each.last and each.first <= each.last
    ]
    zone = time_zone(plan.routine_year)
    lines = [
        _("Kept free: weekends, and the statutory holidays of {place}.").format(
            place=place_in_words(plan.routine_year)
        ),
        _("Hours are those of {zone}.").format(zone=zone)
        if zone
        else _("No time zone is known; hours are those of whoever opens the calendar."),
    ]
    said = "".join(f"<p>{inline(line)}</p>" for line in lines)
    listed = details(_("Days kept free"), table([_("Day"), _("What it is")], rows, _("Days kept free"))) if rows else ""
    return Html(f'<div class="rd">{said}{listed}</div>')


def calendar_link(plan: Plan, as_of: date) -> Html:
    """Return a link that saves all dates of the plan as a calendar file (tool 7.2)."""
    found = events(plan, as_of)
    if not found:
        return Html("")
    data = base64.b64encode(calendar_file(plan, found, as_of, time_zone(plan.routine_year))).decode("ascii")
    said = _("Save the calendar ({n}, .ics)").format(n=plural("{n} entry", "{n} entries", len(found)))
    return Html(
        f'<p class="rd"><a class="rd-save" download="calendar.ics" href="data:text/calendar;base64,{data}">'
        f"{e(said)}</a></p>"
    )


# --- 7.4 -----------------------------------------------------------------------------------------------------------


def _when(agenda: Agenda, plan: Plan, begins: int, minutes: int) -> str:
    routine = architecture.routine_of(plan, agenda.routine)
    starts = time_of(routine) if routine else None
    if starts is None:
        return _("minute {first} to {last}").format(first=begins, last=begins + minutes)
    first = datetime.combine(agenda.day or date(2000, 1, 1), starts) + timedelta(minutes=begins)
    return f"{first:%H:%M} – {first + timedelta(minutes=minutes):%H:%M}"


def _prepares(item: agendas.Item, agenda: Agenda, plan: Plan) -> str | None:
    if item.issue is not None:
        return plan.person(item.issue.prepares)
    return plan.person(agenda.opens if item.part == "view" else agenda.notes)


def agenda_figure(agenda: Agenda, plan: Plan) -> Html:
    """Return an agenda as a T, and as a table (tool 7.4)."""
    name = agendas.name_of(agenda, plan)
    plotted = agendas.plot(agenda, plan)
    purpose = (agenda.purpose or "").strip()
    said = f"<p><strong>{e(_('Purpose:'))}</strong> {inline(purpose) if purpose else nothing()}</p>"
    if plotted is None:
        return Html(f'<div class="rd"><p><strong>{inline(name)}</strong></p>{said}{none_yet(_("Length"))}</div>')
    blocks, rows = [], []
    for item in plotted.items:
        who = _prepares(item, agenda, plan)
        question = (item.issue.question or "").strip() if item.issue else ""
        time = plural("{n} minute", "{n} minutes", item.minutes)
        when = _when(agenda, plan, item.begins, item.minutes)
        prepared = _("Prepared by {name}").format(name=who) if item.part == "deep" else who
        notes = tuple(note for note in (question, prepared if who else "") if note)
        blocks.append(Block(item.part, item.title, notes, item.minutes, time, when))
        rows.append(
            [when, Html(format_number(item.minutes)), item.title, question or nothing("–"), who or nothing("–")]
        )
    title = _("Agenda: {name}").format(name=name)
    says = " ".join(f"{block.when}: {block.title}, {block.time}." for block in blocks)
    drawn = f'<div class="rd-drawing" style="font-size:0">{t_picture(blocks, title, says)}</div>'
    share = _("{share}% of {total} goes deep.").format(
        share=format_number(round(plotted.deep_share)), total=minutes_in_words(plotted.total)
    )
    headers = [_("When"), _("Minutes"), _("What"), _("What is to be decided"), _("Who prepares it")]
    listed = table(headers, rows, _("Agenda with minutes"), numeric=[1])
    return Html(
        f'<figure class="rd rd-figure"><figcaption class="rd-caption">{inline(title)}'
        f'<p class="rd-key">{e(share)}</p></figcaption>{said}{scroll_box(title, drawn)}</figure>{listed}'
    )


def agenda_figures(plan: Plan, *, only: str | None = None) -> Html:
    """Return all agendas, the newest first; or those that go deep on one priority (tool 7.4)."""
    found = [a for a in agendas.rows(plan) if only is None or any(i.priority == only for i in agendas.issues_of(a))]
    if not found:
        return not_attempted(_("T-shaped agenda")) if only is None else Html("")
    newest = sorted(found, key=lambda a: a.day or date.max, reverse=True)
    return Html("".join(agenda_figure(agenda, plan) for agenda in newest))


def proposals_table(plan: Plan, as_of: date) -> Html:
    """Return the weakest points of the plan, as issues that a meeting could go deep on (tool 7.4)."""
    rows: list[list[Cell]] = [[weak.name, weak.what] for weak in agendas.proposals(plan, as_of)]
    caption = _("Weak points of the plan that a meeting could go deep on, worked out; you choose")
    return table([_("Priority"), _("What is weak")], rows, caption) if rows else none_yet(_("Weak points of the plan"))


# --- 7.6 -----------------------------------------------------------------------------------------------------------


def questions_table(plan: Plan) -> Html:
    """Return the six questions behind the calendar with their answers (tool 7.6)."""
    rows: list[list[Cell]] = [
        [field_of(RoutineYear, name).label, preparation.answer_to(plan, name) or nothing()] for name in QUESTIONS
    ]
    return table([_("Question"), _("Answer")], rows, _("Six questions behind the calendar"))


def preparation_table(each: Preparation, plan: Plan, as_of: date) -> Html:
    """Return the steps to a meeting with owners and dates, those that are late marked (tool 7.6)."""
    rows: list[list[Cell]] = []
    for due in preparation.dates(each, plan, as_of):
        step = due.step
        state = badge(Mark("–", _("open"), 0))
        if step.done is not None:
            state = badge(Mark("◐", _("done late"), 3) if due.late else Mark("●", _("done"), 4))
        elif due.late:
            state = badge(Mark("▲", _("late"), 1))
        rows.append(
            [
                preparation.step_name(step),
                (step.what or "").strip() or nothing("–"),
                plan.person(step.owner) or nothing(_("nobody")),
                _day(due.day) if due.day else nothing(_("no date")),
                state,
            ]
        )
    name = preparation.name_of(each, plan)
    lead = plan.person(each.lead)
    caption = _("Preparation: {meeting}").format(meeting=name)
    if lead:
        caption = _("{caption}, led by {name}").format(caption=caption, name=lead)
    headers = [_("Step"), _("What exactly"), _("Owner"), _("Done by"), _("State")]
    return table(headers, rows, caption) if rows else none_yet(caption)


def preparation_tables(plan: Plan, as_of: date) -> Html:
    """Return all preparations, the newest first (tool 7.6)."""
    newest = sorted(preparation.rows(plan), key=lambda p: p.day or date.max, reverse=True)
    return Html("".join(preparation_table(each, plan, as_of) for each in newest))


def priority_routines(priority: Priority, plan: Plan, as_of: date) -> Html:
    """Return the routines that look at one priority, and its dates (tool 7.2)."""
    own = [r for r in architecture.rows(plan) if priority.id in r.priorities]
    if not own:
        return Html(f'<p class="rd">{e(_("No routine looks at this priority."))}</p>')
    fields = ["title", "form", "level", "chair", "topic", "tools"]
    listed = record_table(own, _("Routines that look at this priority"), only=fields, plan=plan)
    return Html(listed + year_figure(plan, as_of, only=priority.id))
