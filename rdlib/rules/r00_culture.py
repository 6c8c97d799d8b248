"""Rule 0, tool 0.2: which ways of working carry the effort, and which endanger it.

Five behaviours to strengthen and five to avoid, rated by each person with what shows it. 4 is the best answer to all.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdlib.plan.orientation import CULTURE
from rdlib.plan.plan import Plan
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.ratings import Kinds, Spread, check_answers, items_of, names_in_words, people, spreads, word_of
from rdlib.rules.registry import Context
from rdlib.words import _, format_number

TOOL = "0.2"

#: A middle rating up to this one is a risk, and from the other one on a strength. Our thresholds.
RISK, STRENGTH = 2, 3

NO_DAY = FindingKind(
    "R0-culture-no-day", TOOL, Severity.MISSING, _("Not dated"),
    why=_("Without the day, nobody can tell later which answer came first, and what has moved."),
)  # fmt: skip
NOBODY = FindingKind(
    "R0-culture-nobody", TOOL, Severity.WEAK, _("Nobody named"),
    why=_("A second answer of the same person shows movement; one of somebody else shows two views."),
)  # fmt: skip
OPEN = FindingKind(
    "R0-culture-open", TOOL, Severity.NOTE, _("Not all ten rated"),
    why=_("What is left out is often what is hardest to say."),
)  # fmt: skip
NO_EVIDENCE = FindingKind(
    "R0-culture-no-evidence", TOOL, Severity.NOTE, _("Nothing that shows it"),
    why=_("People see themselves in a good light; what happened on a day does not."),
)  # fmt: skip
ALL_ALIKE = FindingKind(
    "R0-culture-all-alike", TOOL, Severity.WEAK, _("All ratings alike"),
    why=_("Nobody is equally good at ten things; where all ratings are the same, none of them says anything."),
)  # fmt: skip
APART = FindingKind(
    "R0-culture-apart", TOOL, Severity.NOTE, _("Seen differently"),
    why=_("Where people see different things, each of them knows something that the others do not."),
)  # fmt: skip
AT_RISK = FindingKind(
    "R0-culture-risk", TOOL, Severity.WEAK, _("A way of working that endangers results"),
    why=_("Good plans fail on how people work together more often than on the plan."),
)  # fmt: skip
STRONG = FindingKind(
    "R0-culture-strength", TOOL, Severity.GOOD, _("A strength to build on"),
    why=_("What already works here can be shown to others."),
)  # fmt: skip

KINDS = (NO_DAY, NOBODY, OPEN, NO_EVIDENCE, ALL_ALIKE, APART, AT_RISK, STRONG)

_COMMON = Kinds(NO_DAY, NOBODY, OPEN, NO_EVIDENCE, ALL_ALIKE, APART)

#: What to try next for each behaviour that is at risk.
NEXT_STEPS = {
    "strengthen/focus": _("Put two hours for one priority into the calendar of this week, before anything else."),
    "strengthen/solve": _("Take the oldest open problem, and give it a person and a day before the week is over."),
    "strengthen/example": _("Choose one thing that you ask of others, and do it yourself where they can see it."),
    "strengthen/across": _("Name the one unit without which you cannot succeed, and invite it to plan with you."),
    "strengthen/facts": _("Visit one place where the service is given, with the worst figure in your hand."),
    "avoid/blame": _("At the next setback, ask what happened and what to do now, and not who did it."),
    "avoid/control": _("Give one piece of work back to those who answer for it, and ask what help they want."),
    "avoid/context": _("Before the next request goes out, call one place that will receive it."),
    "avoid/barriers": _("Name one form or approval that helps nobody, and ask for it to be dropped."),
    "avoid/opinion": _("For the next decision, ask for the evidence first and for opinions afterwards."),
}


def attempted(plan: Plan, context: Context) -> bool:
    """Say whether anybody rated anything."""
    return any(item.rating(row) for row in CULTURE.read(plan) for item in items_of(CULTURE.record))


def check(plan: Plan, context: Context) -> list[Finding]:
    """Judge how the answers were given, and name risks and strengths (Rule 0, tool 0.2)."""
    found = list(check_answers(CULTURE, plan, context.as_of, _COMMON))
    everybody = people(CULTURE, plan, context.as_of)
    for spread in spreads(CULTURE, plan, context.as_of):
        where = f"{everybody[0].where}/{spread.item.path}" if len(everybody) == 1 else f"plan/{CULTURE.key}"
        found += _judged(spread, where, all(spread.item.evidence(p.now) for p in everybody))
    return found


def _judged(spread: Spread, where: str, shown: bool) -> Iterator[Finding]:
    if spread.middle is None:
        return
    if spread.middle <= RISK:
        yield AT_RISK.at(where, _said(spread), NEXT_STEPS[spread.item.path])
    elif min(spread.values) >= STRENGTH and shown:
        yield STRONG.at(where, _said(spread))


def _said(spread: Spread) -> str:
    """Return in a sentence how a behaviour is rated."""
    count = [(rating, spread.values.count(rating)) for rating in (1, 2, 3, 4) if rating in spread.values]
    if len(spread.values) == 1:
        answers = word_of(spread.item, count[0][0])
    else:
        answers = names_in_words([f"{format_number(n)} × “{word_of(spread.item, rating)}”" for rating, n in count])
    return _("“{label}”: {answers}.").format(label=spread.item.label, answers=answers)
