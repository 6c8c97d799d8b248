"""Rule 8, tool 8.4: priority reviews judged: short, on the spot, with somebody who acts on what was found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.priority_review import PRIORITY_REVIEWS, PriorityReview, Recommendation, Visit
from rdlib.plan.stocktake import NEXT_STOCKTAKE, STOCKTAKES
from rdlib.rules.calendar_events import Event
from rdlib.rules.commitments import Commitment
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r07_year import plan_year
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, format_number, plural

TOOL = "8.4"

#: A review of more weeks than this is a study. Our threshold.
WEEKS = 8
#: From so many visits on, it tells something that all go to good places, or all to bad ones. Ours.
SEVERAL = 2

NO_QUESTION = FindingKind(
    "R8-review-no-question", TOOL, Severity.MISSING, _("Not said what the review is to answer"),
    why=_("A review of everything finds what everybody knew, and ends when the money does."),
)  # fmt: skip
NO_DATES = FindingKind(
    "R8-review-no-dates", TOOL, Severity.MISSING, _("No beginning or no end"),
    why=_("What has no last day goes on until the problem has changed."),
)  # fmt: skip
TOO_LONG = FindingKind(
    "R8-review-too-long", TOOL, Severity.WEAK, _("Longer than a review should be"),
    why=_("Its worth is that somebody acts on it while it is still true."),
)  # fmt: skip
ENDS_FIRST = FindingKind(
    "R8-review-ends-first", TOOL, Severity.WEAK, _("It ends before it begins"),
    why=_("One of the two days is wrong, and people have put both into their diaries."),
)  # fmt: skip
NO_LEAD = FindingKind(
    "R8-review-no-lead", TOOL, Severity.MISSING, _("Nobody leads it"),
    why=_("A review needs one person who puts the pieces together and says what follows."),
)  # fmt: skip
NO_QUESTIONS = FindingKind(
    "R8-review-no-questions", TOOL, Severity.MISSING, _("No questions to take along"),
    why=_("A visit without questions becomes a tour, and is shown what is kept ready for visitors."),
)  # fmt: skip
NO_DATA = FindingKind(
    "R8-review-no-data", TOOL, Severity.WEAK, _("No figures looked at beforehand"),
    why=_("Whoever goes without the figures asks on the spot what a table could have told."),
)  # fmt: skip
NO_VISITS = FindingKind(
    "R8-review-no-visits", TOOL, Severity.MISSING, _("No visit"),
    why=_("The causes lie where the work is done, and they are not in the reports, or they would be gone."),
)  # fmt: skip
CENTRE_ONLY = FindingKind(
    "R8-visits-centre-only", TOOL, Severity.WEAK, _("Visits only to offices at the centre"),
    why=_("The centre knows what was ordered. Whether it happens is known elsewhere."),
)  # fmt: skip
NO_FRONT_LINE = FindingKind(
    "R8-visits-no-front-line", TOOL, Severity.WEAK, _("No visit to the front line"),
    why=_("Those in between pass on what they believe; those who do the work know what happens."),
)  # fmt: skip
GOOD_ONLY = FindingKind(
    "R8-visits-good-places-only", TOOL, Severity.WEAK, _("Visits only to good places"),
    why=_("They show what is possible, and nothing of what keeps the others from it."),
)  # fmt: skip
BAD_ONLY = FindingKind(
    "R8-visits-bad-places-only", TOOL, Severity.NOTE, _("Visits only to places in trouble"),
    why=_("The way out is often known already, a few miles on. Somebody does it well; find out how."),
)  # fmt: skip
VISIT_OPEN = FindingKind(
    "R8-visit-no-day-or-person", TOOL, Severity.MISSING, _("A visit without a day or without anybody who goes"),
    why=_("A visit that is in nobody's diary does not take place."),
)  # fmt: skip
NOT_SEEN = FindingKind(
    "R8-visit-nothing-written", TOOL, Severity.WEAK, _("A visit of which nothing was written down"),
    why=_("After three visits nobody knows any more what was seen where."),
)  # fmt: skip
NO_FINDINGS = FindingKind(
    "R8-review-no-findings", TOOL, Severity.MISSING, _("Over, and nothing was found out"),
    why=_("Those who were visited gave their time for an answer."),
)  # fmt: skip
NOT_SHOWN = FindingKind(
    "R8-review-finding-not-shown", TOOL, Severity.WEAK, _("A finding that nothing shows"),
    why=_("Those whom it does not suit will ask where it was seen, and they are right."),
)  # fmt: skip
NOTHING_FOLLOWS = FindingKind(
    "R8-review-nothing-follows", TOOL, Severity.MISSING, _("Over, and nothing is recommended"),
    why=_("A finding that asks nobody for anything is an interesting talk."),
)  # fmt: skip
NO_OWNER = FindingKind(
    "R8-recommendation-no-owner", TOOL, Severity.MISSING, _("A recommendation without an owner"),
    why=_("Everybody will agree with it, and wait for the others."),
)  # fmt: skip
NO_DAY = FindingKind(
    "R8-recommendation-no-day", TOOL, Severity.MISSING, _("A recommendation without a day"),
    why=_("What has no day is never late, and so it is never asked about."),
)  # fmt: skip
OVERDUE = FindingKind(
    "R8-recommendation-overdue", TOOL, Severity.WEAK, _("A recommendation is overdue"),
    why=_("If nobody acts on this review, nobody will give time to the next one."),
)  # fmt: skip
NO_REPORT = FindingKind(
    "R8-review-no-report", TOOL, Severity.MISSING, _("No day on which it is reported"),
    why=_("What a review finds has to come before those who can decide, on a day that they know."),
)  # fmt: skip
NOT_A_STOCKTAKE = FindingKind(
    "R8-review-report-no-stocktake", TOOL, Severity.WEAK, _("There is no stocktake on the day of the report"),
    why=_("A report that has no place on an agenda is sent round, and read by those who wrote it."),
)  # fmt: skip
REPORT_EARLY = FindingKind(
    "R8-review-report-before-end", TOOL, Severity.WEAK, _("Reported before it ends"),
    why=_("Then it is decided on what half of the visits have shown."),
)  # fmt: skip
GOOD = FindingKind(
    "R8-review-planned", TOOL, Severity.GOOD, _("Short, on the spot, and reported"),
    why=_("It goes where the work is done, and what it finds has somebody who acts on it."),
)  # fmt: skip

KINDS = (
    NO_QUESTION, NO_DATES, TOO_LONG, ENDS_FIRST, NO_LEAD, NO_QUESTIONS, NO_DATA, NO_VISITS, CENTRE_ONLY, NO_FRONT_LINE,
    GOOD_ONLY, BAD_ONLY, VISIT_OPEN, NOT_SEEN, NO_FINDINGS, NOT_SHOWN, NOTHING_FOLLOWS, NO_OWNER, NO_DAY, OVERDUE,
    NO_REPORT, NOT_A_STOCKTAKE, REPORT_EARLY, GOOD,
)  # fmt: skip


def begun(review: PriorityReview) -> bool:
    """Say whether anything was entered for a review."""
    return any(getattr(review, f.name) not in {None, "", ()} for f in attrs.fields(PriorityReview) if f.name != "id")


def reviews(priority: Priority) -> tuple[PriorityReview, ...]:
    """Return the reviews for which something was entered."""
    return tuple(filter(begun, PRIORITY_REVIEWS.read(priority)))


def called(review: PriorityReview) -> str:
    """Return what to call a review: the question that it is to answer."""
    return (review.question or "").strip() or _("(a review without a question)")


def place_of(visit: Visit) -> str:
    """Return what to call the place of a visit."""
    return (visit.place or "").strip() or _("(a place without a name)")


def weeks_in_words(review: PriorityReview) -> str:
    """Return how long a review takes; empty where one of its days is open.

    >>> weeks_in_words(PriorityReview("v1", starts=date(2002, 7, 1), ends=date(2002, 8, 9)))
    '6 weeks'
    """
    if review.starts is None or review.ends is None or review.ends < review.starts:
        return ""
    return plural("{n} week", "{n} weeks", -(-((review.ends - review.starts).days + 1) // 7))


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether a review was begun."""
    return bool(reviews(priority))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the reviews of a priority."""
    found: list[Finding] = []
    for number, review in enumerate(PRIORITY_REVIEWS.read(priority), start=1):
        if not begun(review):
            continue
        where = f"priorities/{priority.id}/{PRIORITY_REVIEWS.key}/{review.id or f'#{number}'}"
        own = [
            *_frame(review, where),
            *_visits(review, where, context.as_of),
            *_result(review, where, context.as_of),
            *_report(review, where, context),
        ]
        if all(finding.severity is Severity.NOTE for finding in own):
            said = _("“{review}”: {time}, {visits}, reported on {day}.").format(
                review=called(review),
                time=weeks_in_words(review),
                visits=plural("{n} visit", "{n} visits", len(review.visits)),
                day=format_date(review.report) if review.report else "",
            )
            own.append(GOOD.at(where, said))
        found += own
    return found


def _frame(review: PriorityReview, where: str) -> Iterator[Finding]:
    name = called(review)
    if not (review.question or "").strip():
        yield NO_QUESTION.at(
            f"{where}/question",
            _("A review was begun, and its question is open."),
            _("Write one question, so narrow that some weeks are enough."),
        )
    if review.starts is None or review.ends is None:
        yield NO_DATES.at(
            f"{where}/{'starts' if review.starts is None else 'ends'}",
            _("“{review}” has no {which}.").format(
                review=name, which=_("first day") if review.starts is None else _("last day")
            ),
            _("Give it both. {n} weeks at most.").format(n=WEEKS),
        )
    elif review.ends < review.starts:
        yield ENDS_FIRST.at(
            f"{where}/ends",
            _("“{review}” begins on {first} and ends on {last}.").format(
                review=name, first=format_date(review.starts), last=format_date(review.ends)
            ),
            _("Correct the day that is wrong."),
        )
    elif (review.ends - review.starts).days > 7 * WEEKS:
        yield TOO_LONG.at(
            f"{where}/ends",
            _("“{review}” takes {time}.").format(review=name, time=weeks_in_words(review)),
            _("Ask less, or fewer places: {n} weeks at most.").format(n=WEEKS),
        )
    if not (review.lead or "").strip():
        yield NO_LEAD.at(f"{where}/lead", _("Nobody leads “{review}”.").format(review=name), _("Name one person."))
    if not any((each.question or "").strip() for each in review.questions):
        yield NO_QUESTIONS.at(
            f"{where}/questions",
            _("“{review}” has no questions yet.").format(review=name),
            _("Take some from the weak spots of your chain, and add what you want to know most."),
        )
    if not any(each.strip() for each in review.data):
        yield NO_DATA.at(
            f"{where}/data",
            _("For “{review}” no figures are named.").format(review=name),
            _("Write down two or three tables that are to be looked at before anybody travels."),
        )


def _visits(review: PriorityReview, where: str, as_of: date) -> Iterator[Finding]:
    name, visits = called(review), review.visits
    if not visits:
        yield NO_VISITS.at(
            f"{where}/visits",
            _("“{review}” goes nowhere.").format(review=name),
            _("Plan visits to two of the best and two of the worst places."),
        )
        return
    kinds = [visit.kind for visit in visits if visit.kind]
    if len(kinds) == len(visits) and "front-line" not in kinds:
        kind = CENTRE_ONLY if set(kinds) == {"centre"} else NO_FRONT_LINE
        yield kind.at(
            f"{where}/visits",
            _("“{review}” plans {n}: {places}.").format(
                review=name,
                n=plural("{n} visit", "{n} visits", len(visits)),
                places=", ".join(map(place_of, visits)),
            ),
            _("Go to where people are served, and ask those who serve them."),
        )
    standings = [visit.standing for visit in visits if visit.standing in {"best", "middle", "worst"}]
    if len(standings) >= SEVERAL and set(standings) == {"best"}:
        yield GOOD_ONLY.at(
            f"{where}/visits",
            _("All {n} places of “{review}” are among the best.").format(review=name, n=format_number(len(standings))),
            _("Go to as many places where it does not work, with the same questions."),
        )
    elif len(standings) >= SEVERAL and set(standings) == {"worst"}:
        yield BAD_ONLY.at(
            f"{where}/visits",
            _("All {n} places of “{review}” are among the worst.").format(review=name, n=format_number(len(standings))),
            _("Add one that does well under the same conditions."),
        )
    for number, visit in enumerate(visits, start=1):
        there = f"{where}/visits/{visit.id or f'#{number}'}"
        nobody = not any(one.strip() for one in visit.who)
        if visit.day is None or nobody:
            lacks = [_("no day")] if visit.day is None else []
            lacks += [_("nobody who goes")] if nobody else []
            yield VISIT_OPEN.at(
                f"{there}/{'day' if visit.day is None else 'who'}",
                _("{place}: {lacks}.").format(place=place_of(visit), lacks=_(" and ").join(lacks)),
                _("Ring up the place, agree on a day, and name who goes."),
            )
        elif visit.day < as_of and not (visit.seen or "").strip():
            yield NOT_SEEN.at(
                f"{there}/seen",
                _("{place} was visited on {day}.").format(place=place_of(visit), day=format_date(visit.day)),
                _("Write three sentences while somebody still remembers; or say that it did not take place."),
            )


def _over(review: PriorityReview, as_of: date) -> bool:
    return review.ends is not None and review.ends < as_of


def _result(review: PriorityReview, where: str, as_of: date) -> Iterator[Finding]:
    name = called(review)
    said = [each for each in review.findings if (each.what or "").strip()]
    if _over(review, as_of) and not said and review.ends is not None:
        yield NO_FINDINGS.at(
            f"{where}/findings",
            _("“{review}” ended on {day}.").format(review=name, day=format_date(review.ends)),
            _("Write down what was found out, also when it is not what was expected."),
        )
    for number, finding in enumerate(review.findings, start=1):
        if (finding.what or "").strip() and not (finding.shown or "").strip():
            yield NOT_SHOWN.at(
                f"{where}/findings/{finding.id or f'#{number}'}/shown",
                _("“{what}”").format(what=(finding.what or "").strip()),
                _("Write where it was seen, and how often."),
            )
    if _over(review, as_of) and said and not any((r.what or "").strip() for r in review.recommendations):
        yield NOTHING_FOLLOWS.at(
            f"{where}/recommendations",
            _("“{review}” has findings, and nothing follows from them.").format(review=name),
            _("Write who is to do what by when, or that nothing is to be done and why."),
        )
    for number, each in enumerate(review.recommendations, start=1):
        yield from _recommendation(each, f"{where}/recommendations/{each.id or f'#{number}'}", as_of)


def _recommendation(each: Recommendation, there: str, as_of: date) -> Iterator[Finding]:
    if (each.dropped or "").strip():
        return
    what = (each.what or "").strip() or _("(a recommendation without words)")
    if not (each.owner or "").strip():
        yield NO_OWNER.at(
            f"{there}/owner", _("Nobody owns “{what}”.").format(what=what), _("Name the one person who said yes.")
        )
    if each.due is None:
        yield NO_DAY.at(
            f"{there}/due", _("“{what}” has no day.").format(what=what), _("Agree on it with whoever is to do it.")
        )
    elif each.done is None and each.due < as_of:
        yield OVERDUE.at(
            f"{there}/due",
            _("“{what}” was due on {day}.").format(what=what, day=format_date(each.due)),
            _("Bring it to the next stocktake: a new day, another owner, or an end."),
        )


def _known_stocktakes(plan: Plan, as_of: date) -> set[date]:
    """The days of stocktakes that the plan knows of: those held, the next, and those of the planned year."""
    held = {each.day for part in (NEXT_STOCKTAKE, STOCKTAKES) for each in part.read(plan) if each.day is not None}
    return held | {m.day for m in plan_year(plan, as_of).meetings if m.routine.form == "stocktake"}


def _report(review: PriorityReview, where: str, context: Context) -> Iterator[Finding]:
    name, day = called(review), review.report
    if day is None:
        yield NO_REPORT.at(
            f"{where}/report",
            _("“{review}” is reported nowhere.").format(review=name),
            _("Name the stocktake at which it is decided what follows."),
        )
        return
    if review.ends is not None and day < review.ends:
        yield REPORT_EARLY.at(
            f"{where}/report",
            _("“{review}” is reported on {day}, and ends on {last}.").format(
                review=name, day=format_date(day), last=format_date(review.ends)
            ),
            _("Let it end earlier, or report to the next stocktake."),
        )
        return
    known = _known_stocktakes(context.plan, context.as_of)
    if known and min(known) <= day <= max(known) and day not in known:
        after = min(each for each in known if each >= day)
        yield NOT_A_STOCKTAKE.at(
            f"{where}/report",
            _("“{review}” is reported on {day}; no stocktake is held then.").format(review=name, day=format_date(day)),
            _("The next one is on {day}.").format(day=format_date(after)),
        )


# --- dates ----------------------------------------------------------------------------------------------------------


def _named(plan: Plan, who: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for one in who if (name := plan.person(one)) and name.strip())


def commitments(plan: Plan, as_of: date) -> Iterator[Commitment]:
    """Return the visits, the report and the recommendations of all priority reviews."""
    for priority in plan.priorities:
        for review in reviews(priority):
            yield from _of_review(
                review, f"priorities/{priority.id}/{PRIORITY_REVIEWS.key}/{review.id}", priority, plan
            )


def _of_review(review: PriorityReview, where: str, priority: Priority, plan: Plan) -> Iterator[Commitment]:
    for visit in review.visits:
        who = _named(plan, visit.who)
        yield Commitment(
            key=f"{where}/visits/{visit.id}",
            tool=TOOL,
            priority=priority.id,
            what=_("Visit to {place}: what was seen is written down").format(place=place_of(visit)),
            owner=who[0] if who else "",
            due=visit.day,
            done=bool((visit.seen or "").strip()),
            where=f"{where}/visits/{visit.id}",
        )
    if review.report is not None:
        yield Commitment(
            key=f"{where}/report",
            tool=TOOL,
            priority=priority.id,
            what=_("Report of the review: {review}").format(review=called(review)),
            owner=(plan.person(review.lead) or "").strip(),
            due=review.report,
            done=any((each.what or "").strip() for each in review.recommendations),
            where=where,
        )
    for each in review.recommendations:
        if (each.dropped or "").strip() or not (each.what or "").strip():
            continue
        yield Commitment(
            key=f"{where}/recommendations/{each.id}",
            tool=TOOL,
            priority=priority.id,
            what=(each.what or "").strip(),
            owner=(plan.person(each.owner) or "").strip(),
            due=each.due,
            done=each.done is not None,
            where=f"{where}/recommendations/{each.id}",
        )


def events(plan: Plan, as_of: date) -> Iterator[Event]:
    """Return the visits of all priority reviews."""
    for priority in plan.priorities:
        for review in reviews(priority):
            for visit in review.visits:
                if visit.day is None:
                    continue
                questions = [(each.question or "").strip() for each in review.questions]
                yield Event(
                    key=f"priorities/{priority.id}/{PRIORITY_REVIEWS.key}/{review.id}/visits/{visit.id}",
                    day=visit.day,
                    title=_("Visit: {place}").format(place=place_of(visit)),
                    says="\n".join(filter(None, [called(review), *questions])),
                    people=_named(plan, visit.who),
                )


COMMITMENTS = (commitments,)
EVENTS = (events,)
