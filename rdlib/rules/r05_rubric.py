"""Rule 5, tool 5.6: the delivery plan rated on eight criteria, by several people, beside what the plan itself proves.

Nobody's rating is ever replaced or averaged. Where people are far apart, where a rating and the facts are, or where the
best rating comes without anything to show, it is said; the agreed rating is decided by a person, with name and day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from rdlib.plan.priority import Priority
from rdlib.plan.rubric import RUBRIC, RUBRIC_AGREED
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r05_rubric_facts import facts
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
    table_of,
)
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_thin
from rdlib.words import _, format_date

TOOL = "5.6"

#: A decision older than this is called old. Our threshold.
OLD = timedelta(days=183)
#: A criterion that is agreed to be so weak, or weaker, is one to work on next. Our threshold.
WEAK = 2
#: The rating that asks for something to show.
BEST = 4

NO_DAY = FindingKind(
    "R5-rubric-no-day", TOOL, Severity.MISSING, _("Not dated"),
    why=_("The plan changes; a rating without its day cannot be held against any state of it."),
)  # fmt: skip
NOBODY = FindingKind(
    "R5-rubric-nobody", TOOL, Severity.WEAK, _("Nobody named"),
    why=_("A rating that nobody stands behind cannot be asked about."),
)  # fmt: skip
OPEN = FindingKind(
    "R5-rubric-open", TOOL, Severity.NOTE, _("Not all eight rated"),
    why=_("What is left out is often what is hardest to say."),
)  # fmt: skip
NO_EVIDENCE = FindingKind(
    "R5-rubric-no-evidence", TOOL, Severity.MISSING, _("The best rating, and nothing to show"),
    why=_("A green that nobody can check is how plans fail with full marks."),
)  # fmt: skip
ALL_ALIKE = FindingKind(
    "R5-rubric-all-alike", TOOL, Severity.WEAK, _("All ratings alike"),
    why=_("No plan is equally good in eight respects; such ratings say nothing of where to work next."),
)  # fmt: skip
APART = FindingKind(
    "R5-rubric-apart", TOOL, Severity.WEAK, _("Seen differently, and not settled"),
    why=_("Each of them knows something that the others do not; until they have talked, nobody knows which is right."),
)  # fmt: skip
NOT_RATED = FindingKind(
    "R5-rubric-not-rated", TOOL, Severity.MISSING, _("Rated by nobody"),
    why=_("A plan fails at its weakest part, and the one that nobody looked at may be it."),
)  # fmt: skip
ONE_RATER = FindingKind(
    "R5-rubric-one-rater", TOOL, Severity.NOTE, _("One person's view"),
    why=_("Who wrote a plan sees what was meant; somebody else sees what is there."),
)  # fmt: skip
HIGHER = FindingKind(
    "R5-rubric-higher-than-plan", TOOL, Severity.WEAK, _("Rated far higher than the plan shows"),
    why=_("Either the plan lacks something that exists, or the rating is a hope."),
)  # fmt: skip
LOWER = FindingKind(
    "R5-rubric-lower-than-plan", TOOL, Severity.NOTE, _("Rated far lower than the plan shows"),
    why=_("You may know something that the plan does not say; then it is worth writing down."),
)  # fmt: skip
NOT_DECIDED = FindingKind(
    "R5-rubric-no-decider", TOOL, Severity.MISSING, _("Agreed, by nobody in particular"),
    why=_("An agreed rating is a decision; one that nobody made will not be kept to."),
)  # fmt: skip
NEXT = FindingKind(
    "R5-rubric-weak-criterion", TOOL, Severity.NOTE, _("Where to work next"),
    why=_("The plan is worth as much as its weakest criterion; work there gains most."),
)  # fmt: skip
OLD_DECISION = FindingKind(
    "R5-rubric-old", TOOL, Severity.NOTE, _("Agreed long ago"),
    why=_("The plan has changed since; so may the judgement."),
)  # fmt: skip
BORNE_OUT = FindingKind(
    "R5-rubric-agrees", TOOL, Severity.GOOD, _("Rated, agreed, and borne out"),
    why=_("Several people looked, somebody decided, and the plan shows what they say."),
)  # fmt: skip

KINDS = (
    NO_DAY, NOBODY, OPEN, NO_EVIDENCE, ALL_ALIKE, APART, NOT_RATED, ONE_RATER, HIGHER, LOWER, NOT_DECIDED, NEXT,
    OLD_DECISION, BORNE_OUT,
)  # fmt: skip

_COMMON = Kinds(NO_DAY, NOBODY, OPEN, NO_EVIDENCE, ALL_ALIKE, APART)

#: The dimensions of the rubric, in order: the key of each group of criteria.
DIMENSIONS = ("strategies", "chains", "trajectories")


def raters(priority: Priority, context: Context) -> tuple[Person, ...]:
    """Return everybody who rated the plan of a priority by the day of the context, with their latest ratings."""
    return people(RUBRIC, context.plan, context.as_of, priority)


def judged(priority: Priority, context: Context) -> tuple[Judgement, ...]:
    """Return each criterion with the ratings of people, what they agreed on, and what the plan shows.

    Source: Rule 5, tool 5.6.

    >>> from datetime import date
    >>> from rdlib.plan.plan import Plan
    >>> [j.rating for j in judged(Priority(id="waits"), Context(Plan(), date(2026, 1, 1)))][:2]
    [None, None]
    """
    plan, as_of = context.plan, context.as_of
    return judgements(RUBRIC, RUBRIC_AGREED, facts(priority, context), plan, as_of, priority)


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether anybody rated the plan by the day of the context, or agreed on a rating."""
    known = decisions(RUBRIC_AGREED, context.plan, context.as_of, priority)
    return bool(raters(priority, context)) or bool(known)


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge how the plan was rated, and hold the ratings against what it shows (Rule 5, tool 5.6)."""
    found_of = judged(priority, context)
    settled = {j.item.path for j in found_of if j.settled}

    def is_settled(spread: Spread) -> bool:
        return spread.item.path in settled

    found = list(
        check_answers(RUBRIC, context.plan, context.as_of, _COMMON, priority, evidence_from=BEST, settled=is_settled)
    )
    found += _decisions(priority, context)
    everybody = raters(priority, context)
    for judgement in found_of:
        found += _held_against_plan(judgement, priority, context)
    if len(everybody) == 1:
        found.append(
            ONE_RATER.at(
                everybody[0].where,
                _("Only {name} has rated the plan.").format(name=everybody[0].name),
                _("Ask somebody who did not write it to rate it alone, then compare."),
            )
        )
    found += _to_work_on(found_of, priority, context)
    if not found and len(everybody) > 1 and all(j.agreed is not None for j in found_of):
        found.append(
            BORNE_OUT.at(
                table_of(RUBRIC_AGREED, priority),
                _("{names} rated the plan; all eight criteria are agreed on, and the plan bears them out.").format(
                    names=names_in_words([p.name for p in everybody])
                ),
            )
        )
    return found


def _decisions(priority: Priority, context: Context) -> Iterator[Finding]:
    known = decisions(RUBRIC_AGREED, context.plan, context.as_of, priority)
    for row, where in known:
        if not (row.person or "").strip():
            yield NOT_DECIDED.at(
                f"{where}/person",
                _("It is not said who decided on these ratings."),
                _("Name the one person who did."),
            )
        if row.day is None:
            yield NO_DAY.at(
                f"{where}/day", _("It is not said when this was agreed."), _("Write the day of the decision.")
            )
    days = [row.day for row, _where in known if row.day is not None]
    if days and context.as_of - max(days) > OLD:
        yield OLD_DECISION.at(
            f"{known[-1][1]}/day",
            _("The ratings were last agreed on {day}.").format(day=format_date(max(days))),
            _("Rate again; the earlier ratings stay, so that the movement can be seen."),
        )


def _place(judgement: Judgement, priority: Priority, context: Context) -> str:
    """The path at which a criterion is rated: where it was agreed on, else by the only one who rated it."""
    path = judgement.item.path
    for row, where in reversed(decisions(RUBRIC_AGREED, context.plan, context.as_of, priority)):
        if judgement.item.rating(row) is not None:
            return f"{where}/{path}"
    everybody = raters(priority, context)
    return f"{everybody[0].where}/{path}" if len(everybody) == 1 else table_of(RUBRIC, priority)


def _held_against_plan(judgement: Judgement, priority: Priority, context: Context) -> Iterator[Finding]:
    where, label, rating = _place(judgement, priority, context), judgement.item.label, judgement.rating
    if rating is None:
        yield NOT_RATED.at(
            where,
            _("“{label}” is rated by nobody.").format(label=label),
            _("Rate it from 1 to 4. The question is: {asks}").format(asks=judgement.facts.asks),
        )
        return
    which = _("agreed to be") if judgement.agreed is not None else _("rated")
    if disagrees(rating, judgement.facts) > 0:
        yield HIGHER.at(
            where,
            _("“{label}” is {which} {rating}. What the plan has supports {level}: {lacks}").format(
                label=label, which=which, rating=rating, level=judgement.facts.level, lacks=judgement.facts.lacks[0]
            ),
            _("Put what is missing into the plan, or lower the rating. The judgement is yours."),
        )
    elif disagrees(rating, judgement.facts) < 0:
        yield LOWER.at(
            where,
            _("“{label}” is {which} {rating}. What the plan has would support {level}.").format(
                label=label, which=which, rating=rating, level=judgement.facts.level
            ),
            _("Write down what is wrong with it, so that it can be mended. The judgement is yours."),
        )
    reason = judgement.reason
    if (
        judgement.agreed == BEST
        and (not reason or is_thin(reason, label))
        and not _somebody_showed(judgement, priority, context)
    ):
        yield NO_EVIDENCE.at(
            f"{where}_why",
            _("“{label}” is agreed to be 4, and nothing is said to show it.").format(label=label),
            _("Write what another person could look up."),
        )


def _somebody_showed(judgement: Judgement, priority: Priority, context: Context) -> bool:
    """Whether one of those who gave the best rating said what shows it."""
    item = judgement.item
    return any(item.rating(p.now) == BEST and item.evidence(p.now) for p in raters(priority, context))


def _to_work_on(found_of: Sequence[Judgement], priority: Priority, context: Context) -> Iterator[Finding]:
    weak = [j for j in found_of if j.agreed is not None and j.agreed <= WEAK]
    if not weak:
        return
    lowest = min(j.agreed or BEST for j in weak)
    for judgement in weak:
        if judgement.agreed == lowest:
            lacks = judgement.facts.lacks
            yield NEXT.at(
                _place(judgement, priority, context),
                _("“{label}” is agreed to be {rating}.").format(label=judgement.item.label, rating=lowest),
                lacks[0] if lacks else _("Say what would make it one higher, who does it, and by when."),
            )
