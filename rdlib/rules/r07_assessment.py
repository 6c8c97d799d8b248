"""Rule 7, tool 7.3: five judgements and the likelihood of delivery, by several people, agreed on, beside the data.

People rate alone; then they talk; then they agree. Ratings are looked at by rounds: a round ends with an agreed
assessment, and what somebody said in an earlier round is history. Nobody's rating is averaged or replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import attrs

from rdlib.plan.assessment import Assessment
from rdlib.plan.assessment_ratings import AGREED, ASSESSMENT_RATINGS
from rdlib.plan.priority import Priority
from rdlib.rules.agreement import mean_difference
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r07_architecture import looks_at, name_of
from rdlib.rules.r07_assessment_data import facts
from rdlib.rules.r07_rhythm import rhythm_in_words
from rdlib.rules.ratings import (
    Judgement,
    Kinds,
    Person,
    Spread,
    check_answers,
    decisions,
    disagrees,
    judgements,
    names_in_words,
    people,
    spreads,
    table_of,
    word_of,
)
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_thin
from rdlib.words import _, format_date, format_number

TOOL = "7.3"

#: Where no routine looks at a priority, an assessment older than this is called old. Our threshold.
OLD = timedelta(days=183)
#: A routine may be late by as much as this before its rating is called old. Our tolerance.
GRACE = timedelta(days=7)

NO_DAY = FindingKind(
    "R7-rating-no-day", TOOL, Severity.MISSING, _("Not dated"),
    why=_("A rating speaks of a day. Without it, nobody can say later whether it came true."),
)  # fmt: skip
NOBODY = FindingKind(
    "R7-rating-nobody", TOOL, Severity.WEAK, _("Nobody named"),
    why=_("A rating that nobody stands behind cannot be asked about."),
)  # fmt: skip
OPEN = FindingKind(
    "R7-rating-open", TOOL, Severity.NOTE, _("Not all six rated"),
    why=_("What is left out is often what is hardest to say."),
)  # fmt: skip
NO_REASON = FindingKind(
    "R7-rating-no-reason", TOOL, Severity.MISSING, _("Rated without a reason"),
    why=_("A number alone cannot be argued with, and says nothing of what to do."),
)  # fmt: skip
ALL_ALIKE = FindingKind(
    "R7-rating-all-alike", TOOL, Severity.WEAK, _("All ratings alike"),
    why=_("No work is equally far in six respects; such ratings say nothing of where help is needed."),
)  # fmt: skip
APART = FindingKind(
    "R7-rating-apart", TOOL, Severity.WEAK, _("Seen differently, and not agreed"),
    why=_("Whoever sees it darker than the others mostly knows something. It is to be heard before the meeting."),
)  # fmt: skip
NOT_RATED = FindingKind(
    "R7-assessment-not-rated", TOOL, Severity.MISSING, _("Rated by nobody"),
    why=_("The judgement that is skipped is the one on which the talk would have been needed."),
)  # fmt: skip
ONE_RATER = FindingKind(
    "R7-assessment-one-rater", TOOL, Severity.NOTE, _("One person's view"),
    why=_("Whoever leads the work sees the effort; somebody else sees what comes of it."),
)  # fmt: skip
NOT_AGREED = FindingKind(
    "R7-assessment-not-agreed", TOOL, Severity.WEAK, _("Rated, and not agreed on"),
    why=_("Those who decide need one rating that the group stands behind, with the reasons for it."),
)  # fmt: skip
NO_NAMES = FindingKind(
    "R7-assessment-nobody-agreed", TOOL, Severity.WEAK, _("Agreed, by nobody in particular"),
    why=_("An agreed rating is a commitment; one that nobody gave will not be defended."),
)  # fmt: skip
HIGHER = FindingKind(
    "R7-assessment-higher-than-data", TOOL, Severity.WEAK, _("Rated higher than the data speaks for"),
    why=_("There may be good reasons that no figure shows yet. If there are none, the rating is a hope."),
)  # fmt: skip
LOWER = FindingKind(
    "R7-assessment-lower-than-data", TOOL, Severity.NOTE, _("Rated lower than the data speaks for"),
    why=_("You may see coming what no figure shows yet; that is what a rating is for. Then say what."),
)  # fmt: skip
OUTSIDE = FindingKind(
    "R7-assessment-outside-judgements", TOOL, Severity.WEAK, _("The likelihood is not what its judgements say"),
    why=_("Five judgements lead to the sixth. When it lies outside all of them, a reason is missing, or a judgement."),
)  # fmt: skip
OLD_RATING = FindingKind(
    "R7-assessment-old", TOOL, Severity.NOTE, _("Older than its routine"),
    why=_("The next meeting would begin with what was thought at the last one."),
)  # fmt: skip
GOOD = FindingKind(
    "R7-assessment-agreed", TOOL, Severity.GOOD, _("Rated alone, agreed together"),
    why=_("Several people looked, the group agreed with reasons, and the data does not contradict it."),
)  # fmt: skip

KINDS = (
    NO_DAY, NOBODY, OPEN, NO_REASON, ALL_ALIKE, APART, NOT_RATED, ONE_RATER, NOT_AGREED, NO_NAMES, HIGHER, LOWER,
    OUTSIDE, OLD_RATING, GOOD,
)  # fmt: skip

_COMMON = Kinds(NO_DAY, NOBODY, OPEN, NO_REASON, ALL_ALIKE, APART)

#: The five judgements, by the names of their fields; the likelihood of delivery follows from them.
JUDGEMENTS = ("challenge", "planning", "capacity", "stage", "evidence")


def agreed(priority: Priority, as_of: date) -> tuple[Assessment, ...]:
    """Return the dated assessments with a likelihood that were agreed by a day, the earliest first."""
    known = [a for a in priority.assessments if a.day is not None and a.day <= as_of and a.likelihood is not None]
    return tuple(sorted(known, key=lambda a: a.day or date.min))


def last_agreed(priority: Priority, as_of: date) -> Assessment | None:
    """Return the latest agreed assessment by a day, or None."""
    return next(reversed(agreed(priority, as_of)), None)


def in_round(priority: Priority, as_of: date) -> Priority:
    """Return a priority with the ratings of its latest round alone.

    A round is what was rated after one agreed assessment and up to the next. While nothing was rated after the last
    one, it is the round that led to it.

    >>> from rdlib.plan.assessment_ratings import AssessmentRating
    >>> rows = tuple(AssessmentRating(f"r{n}", day=date(2026, n, 1), likelihood=n) for n in (1, 3))
    >>> waits = Priority("waits", assessments=(Assessment("a1", day=date(2026, 2, 1), likelihood=2),),
    ...                  parts={"assessment_ratings": rows})
    >>> [row.id for row in ASSESSMENT_RATINGS.read(in_round(waits, date(2026, 4, 1)))]
    ['r3']
    """
    ends = [a.day for a in agreed(priority, as_of) if a.day is not None]
    rows = ASSESSMENT_RATINGS.read(priority)
    known = [row for row in rows if row.day is None or row.day <= as_of]
    chosen = [row for row in known if row.day is None or not ends or row.day > ends[-1]]
    if not chosen and ends:
        begins = ends[-2] if len(ends) > 1 else date.min
        chosen = [row for row in known if row.day is not None and begins < row.day <= ends[-1]]
    return attrs.evolve(priority, parts={**priority.parts, ASSESSMENT_RATINGS.key: tuple(chosen)})


def raters(priority: Priority, context: Context) -> tuple[Person, ...]:
    """Return everybody who rated a priority in its latest round."""
    return people(ASSESSMENT_RATINGS, context.plan, context.as_of, in_round(priority, context.as_of))


def spread(priority: Priority, context: Context) -> tuple[Spread, ...]:
    """Return how people rate each of the six in the latest round, before they agree."""
    return spreads(ASSESSMENT_RATINGS, context.plan, context.as_of, in_round(priority, context.as_of))


def judged(priority: Priority, context: Context) -> tuple[Judgement, ...]:
    """Return each of the six with the ratings of people, what they agreed on, and what the data says.

    Source: Rule 7, tool 7.3.

    >>> from rdlib.plan.plan import Plan
    >>> [j.item.path for j in judged(Priority(id="waits"), Context(Plan(), date(2026, 1, 1)))][0]
    'challenge'
    """
    one = in_round(priority, context.as_of)
    shown = facts(priority, context)
    return judgements(ASSESSMENT_RATINGS, AGREED, shown, context.plan, context.as_of, one)


def agreement_in_words(spreads_: Sequence[Spread]) -> str:
    """Return in a sentence how far people are apart, before they agree; why it cannot be said where it cannot.

    The measure is the mean absolute difference (:func:`rdlib.rules.agreement.mean_difference`), in steps of the scale.
    Two people who rated at random would differ by 1.25 steps: the mean of all 16 pairs of 1 to 4.
    """
    different = mean_difference([each.values for each in spreads_])
    everybody = {name for each in spreads_ for name, _rating in each.ratings}
    if different is None:
        return _("How far people agree can be said once two have rated the same thing.")
    said = _(
        "Two people differ by {steps} of the three steps of the scale on average (mean absolute difference); ratings "
        "given at random would differ by 1.25."
    ).format(steps=format_number(different, decimals=2))
    if len(everybody) == 2:
        said += " " + _("With two people, this tells of these two and of nobody else.")
    return said


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether anybody rated a priority by the day of the context, or an assessment was agreed."""
    known = decisions(AGREED, context.plan, context.as_of, priority)
    return bool(people(ASSESSMENT_RATINGS, context.plan, context.as_of, priority)) or bool(known)


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge how a priority was assessed, and hold the assessment against the data (Rule 7, tool 7.3)."""
    one = in_round(priority, context.as_of)
    found_of = judged(priority, context)
    settled = {j.item.path for j in found_of if j.settled}

    def is_settled(each: Spread) -> bool:
        return each.item.path in settled

    found = list(check_answers(ASSESSMENT_RATINGS, context.plan, context.as_of, _COMMON, one, settled=is_settled))
    found += _agreed(priority, context)
    for judgement in found_of:
        found += _not_rated(judgement, priority, context)
        found += _held_against_data(judgement, priority, context)
    found += _round(priority, context)
    found += _old(priority, context)
    last = last_agreed(priority, context.as_of)
    everybody = raters(priority, context)
    if not found and last is not None and last.day is not None and len(everybody) > 1:
        item = found_of[-1].item
        found.append(
            GOOD.at(
                f"{table_of(AGREED, priority)}/{last.id}",
                _("{names} rated alone; {word} was agreed on {day}.").format(
                    names=names_in_words([p.name for p in everybody]),
                    word=word_of(item, last.likelihood or 0),
                    day=format_date(last.day),
                ),
            )
        )
    return found


def _agreed(priority: Priority, context: Context) -> Iterator[Finding]:
    """What is wrong with the agreed assessments: with each that has no day, and with the last of all."""
    known = decisions(AGREED, context.plan, context.as_of, priority)
    for row, where in known:
        if row.day is None:
            yield NO_DAY.at(
                f"{where}/day", _("It is not said when this was agreed."), _("Write the day of the assessment.")
            )
    if not known:
        return
    row, where = known[-1]
    if not any(name.strip() for name in row.raters):
        yield NO_NAMES.at(
            f"{where}/raters",
            _("It is not said who agreed on the last assessment."),
            _("Name those who were in the room and stand behind it."),
        )
    reason = (row.likelihood_why or "").strip()
    if row.likelihood is not None and (not reason or is_thin(reason, _("Likelihood of delivery"))):
        yield NO_REASON.at(
            f"{where}/likelihood_why",
            _("The agreed likelihood stands alone.")
            if not reason
            else _("The reason is “{said}”.").format(said=reason),
            _("Write what would have to change for the next rating to be better."),
        )
    values = [value for name in JUDGEMENTS if (value := getattr(row, name)) in {1, 2, 3, 4}]
    if row.likelihood in {1, 2, 3, 4} and len(values) > 2 and not min(values) <= row.likelihood <= max(values):
        yield OUTSIDE.at(
            f"{where}/likelihood",
            _("The likelihood is {rating}, and the judgements lie between {low} and {high}.").format(
                rating=row.likelihood, low=min(values), high=max(values)
            ),
            _("Say what weighs more than the five, or look at them again."),
        )


def _place(judgement: Judgement, priority: Priority, context: Context) -> str:
    path = judgement.item.path
    for row, where in reversed(decisions(AGREED, context.plan, context.as_of, priority)):
        if judgement.item.rating(row) is not None:
            return f"{where}/{path}"
    everybody = raters(priority, context)
    return f"{everybody[0].where}/{path}" if len(everybody) == 1 else table_of(ASSESSMENT_RATINGS, priority)


def _not_rated(judgement: Judgement, priority: Priority, context: Context) -> Iterator[Finding]:
    if judgement.rating is None:
        yield NOT_RATED.at(
            _place(judgement, priority, context),
            _("“{label}” is rated by nobody.").format(label=judgement.item.label),
            _("Rate it from 1 to 4. The question is: {asks}").format(asks=judgement.facts.asks),
        )


def _held_against_data(judgement: Judgement, priority: Priority, context: Context) -> Iterator[Finding]:
    rating = judgement.rating
    if rating is None or not (judgement.facts.has or judgement.facts.lacks):
        return
    verdict = disagrees(rating, judgement.facts)
    label = judgement.item.label
    if verdict > 0:
        yield HIGHER.at(
            _place(judgement, priority, context),
            _("“{label}” is rated {rating}. {lacks}").format(
                label=label, rating=rating, lacks=" ".join(judgement.facts.lacks)
            ),
            _("Say what you know that the figures do not show, or lower the rating. The judgement is yours."),
        )
    elif verdict < 0:
        yield LOWER.at(
            _place(judgement, priority, context),
            _("“{label}” is rated {rating}, and of the figures it can be said: {has}.").format(
                label=label, rating=rating, has="; ".join(judgement.facts.has)
            ),
            _("Write down what you see coming, so that somebody can do something about it."),
        )


def _round(priority: Priority, context: Context) -> Iterator[Finding]:
    """What is still to be done in the latest round: a second person, and an agreement."""
    everybody = raters(priority, context)
    last = last_agreed(priority, context.as_of)
    newest = max((p.now.day for p in everybody if p.now.day is not None), default=None)
    open_round = bool(everybody) and (last is None or (newest is not None and newest > (last.day or date.min)))
    if len(everybody) == 1:
        yield ONE_RATER.at(
            everybody[0].where,
            _("Only {name} has rated it.").format(name=everybody[0].name),
            _("Ask somebody who does not lead the work to rate it alone, then compare."),
        )
    if len(everybody) > 1 and open_round:
        yield NOT_AGREED.at(
            table_of(AGREED, priority),
            _("{names} have rated it; no rating has been agreed on since.").format(
                names=names_in_words([p.name for p in everybody])
            ),
            _("Let the lowest and the highest speak first; then write what you agree on, with day and names."),
        )


def _old(priority: Priority, context: Context) -> Iterator[Finding]:
    last = last_agreed(priority, context.as_of)
    if last is None or last.day is None:
        return
    routines = [pair for pair in looks_at(context.plan, priority) if pair[0].form == "stocktake"]
    routines = routines or looks_at(context.plan, priority)[-1:]
    age = context.as_of - last.day
    if routines:
        routine, weeks = routines[0]
        if age > timedelta(weeks=weeks) + GRACE:
            yield OLD_RATING.at(
                f"{table_of(AGREED, priority)}/{last.id}/day",
                _("The last assessment is of {day}; “{routine}” takes place {often}.").format(
                    day=format_date(last.day), routine=name_of(routine), often=rhythm_in_words(weeks)
                ),
                _("Rate again before the next meeting; the earlier ratings stay."),
            )
    elif age > OLD:
        yield OLD_RATING.at(
            f"{table_of(AGREED, priority)}/{last.id}/day",
            _("The last assessment is of {day}.").format(day=format_date(last.day)),
            _("Rate again; the earlier ratings stay."),
        )
