"""Priority reviews as they are planned and as they ended: questions, visits, findings, who acts (Rule 8, tool 8.4)."""

from __future__ import annotations

from datetime import date

from rdlib.figures.html import Cell, Html, Mark, badge, e, inline, not_attempted, nothing, table
from rdlib.figures.pressure import verdict_mark
from rdlib.figures.records import answer_text
from rdlib.plan.fields import field_of
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.priority_review import PriorityReview, Recommendation, Visit
from rdlib.rules import r08_review as reviewing
from rdlib.rules.r08_raised import called as challenge_called
from rdlib.rules.r08_raised import challenges
from rdlib.rules.r08_weak_spots import places, weak_spots
from rdlib.words import _, format_date

_STANDINGS = {"best": ("●", 4), "middle": ("◐", 3), "worst": ("▲", 1)}


def _people(who: tuple[str, ...], plan: Plan) -> str:
    return ", ".join(name.strip() for one in who if (name := plan.person(one)) and name.strip())


def _standing(value: str | None) -> Cell:
    choice = field_of(Visit, "standing").choice(value)
    if choice is None:
        return nothing("–")
    shape, look = _STANDINGS.get(choice.value, ("–", 0))
    return Html(badge(Mark(shape, choice.label, look)))


def _head(review: PriorityReview, priority: Priority, plan: Plan) -> Html:
    about = next((each for each in challenges(priority) if each.id == review.challenge), None)
    when = ""
    if review.starts and review.ends:
        when = _("{first} to {last} ({time})").format(
            first=format_date(review.starts),
            last=format_date(review.ends),
            time=reviewing.weeks_in_words(review) or _("the days do not fit"),
        )
    rows = [
        (_("About"), challenge_called(about) if about else ""),
        (_("When"), when),
        (_("Who"), ", ".join(filter(None, [(plan.person(review.lead) or "").strip(), _people(review.team, plan)]))),
        (_("Looked at beforehand"), "\n".join(each.strip() for each in review.data if each.strip())),
        (_("Reports to the stocktake of"), format_date(review.report) if review.report else ""),
    ]
    cells = "".join(
        f"<p><strong>{e(label)}:</strong> {inline(said) if said else nothing()}</p>" for label, said in rows
    )
    made_up = ""
    if review.illustrative:
        made_up = (
            f'<p class="rd-empty">{e(_("Illustrative: made up to practise with, but what the sources name."))}</p>'
        )
    return Html(f'<div class="rd"><h3>{inline(reviewing.called(review))}</h3>{cells}{made_up}</div>')


def _visits(review: PriorityReview, plan: Plan) -> Html:
    rows: list[list[Cell]] = [
        [
            format_date(visit.day) if visit.day else nothing(_("no day")),
            reviewing.place_of(visit),
            answer_text(field_of(Visit, "kind"), visit.kind) or nothing("–"),
            _standing(visit.standing),
            _people(visit.who, plan) or nothing(_("nobody")),
            (visit.seen or "").strip() or nothing(_("not yet")),
        ]
        for visit in sorted(review.visits, key=lambda each: each.day or date.max)
    ]
    if not rows:
        return Html("")
    headers = [_("Day"), _("Place"), _("Sort"), _("How it stands"), _("Who goes"), _("What was seen")]
    return table(headers, rows, _("Visits"), row_header=False)


def _questions(review: PriorityReview) -> Html:
    rows: list[list[Cell]] = [
        [each.question, each.asked, (each.answer or "").strip() or nothing(_("not yet"))]
        for each in review.questions
        if (each.question or "").strip()
    ]
    return table([_("Question"), _("Asked of"), _("What was heard")], rows, _("Questions")) if rows else Html("")


def _findings(review: PriorityReview) -> Html:
    rows: list[list[Cell]] = [[each.what, each.shown] for each in review.findings if (each.what or "").strip()]
    return table([_("Finding"), _("What shows it")], rows, _("Findings")) if rows else Html("")


def _state(each: Recommendation, day: date) -> Cell:
    if each.done is not None:
        return Html(f"{badge(Mark('●', _('done'), 4))}<br>{e(format_date(each.done))}")
    if (each.dropped or "").strip():
        return Html(f"{badge(Mark('–', _('not followed'), 0))}<br>{inline(each.dropped or '')}")
    if each.due is not None and each.due < day:
        return Html(badge(Mark("▲", _("late"), 1)))
    return Html(badge(Mark("◐", _("open"), 3)))


def _recommendations(review: PriorityReview, plan: Plan, day: date) -> Html:
    rows: list[list[Cell]] = [
        [
            each.what,
            (plan.person(each.owner) or "").strip() or nothing(_("nobody")),
            format_date(each.due) if each.due else nothing(_("no day")),
            _state(each, day),
        ]
        for each in review.recommendations
        if (each.what or "").strip()
    ]
    headers = [_("Recommendation"), _("Owner"), _("Due"), _("State")]
    return table(headers, rows, _("Recommendations")) if rows else Html("")


def review_faces(priority: Priority, plan: Plan, day: date) -> Html:
    """Return each review of a priority: when and who, visits, questions, findings, recommendations.

    Args:
        priority: the priority.
        plan: its plan, for the names of people.
        day: the day; what should be done by then and is not is late.

    Source: Rule 8, tool 8.4.

    >>> "not attempted yet" in review_faces(Priority("waits"), Plan(), date(2027, 5, 20))
    True
    """
    found = reviewing.reviews(priority)
    if not found:
        return not_attempted(_("Priority review"))
    return Html(
        "".join(
            _head(each, priority, plan)
            + _findings(each)
            + _recommendations(each, plan, day)
            + _visits(each, plan)
            + _questions(each)
            for each in found
        )
    )


def weak_spots_table(priority: Priority) -> Html:
    """Return the weak spots of the delivery chains, each with its question, and of whom to ask."""
    rows: list[list[Cell]] = [
        [
            Html(f"{badge(verdict_mark(spot.rating))}<br>{inline(spot.title)}"),
            spot.test_title,
            spot.question,
            spot.asked,
        ]
        for spot in weak_spots(priority)
    ]
    if not rows:
        said = _("The pressure tests of Rule 5 have found no weak spot, or no chain is drawn yet.")
        return Html(f'<p class="rd rd-empty">{e(said)}</p>')
    headers = [_("Weak spot"), _("Test"), _("Question"), _("Ask")]
    return table(headers, rows, _("Weak spots of the chain, and what to ask"), row_header=False)


def places_table(priority: Priority, day: date) -> Html:
    """Return the best and the worst places by the figures; a line where there are none by place."""
    rows: list[list[Cell]] = [[each.name, _standing(each.standing), each.says] for each in places(priority, day)]
    if not rows:
        said = _(
            "No indicator with a target has figures by place; ask those who know which places do well and which do not."
        )
        return Html(f'<p class="rd rd-empty">{e(said)}</p>')
    return table([_("Place"), _("How it stands"), _("What the figures say")], rows, _("Where to go, by the figures"))
