"""Rule 1, tool 1.3: a short list chosen from a long one, under a limit, with reasons for what is cut.

What is clear is decided straight away; what is contested is weighed two by two (:mod:`rdlib.rules.ranking`). The
decision stays with people: the ranking stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdlib.plan.plan import Plan
from rdlib.plan.shortlist import CANDIDATES, COMPARISONS, Candidate
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r01_table import limit
from rdlib.rules.ranking import Judged, Ranking, next_pair, rank
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_thin
from rdlib.words import _, format_number, plural

TOOL = "1.3"

#: With fewer candidates than this nothing has to be left out; with fewer comparisons nothing can be said of them. Ours.
FEWEST = 4

NO_LIMIT = FindingKind(
    "R1-no-limit", TOOL, Severity.MISSING, _("No limit"),
    why=_("Without a limit every candidate has a good reason to stay; with one, reasons have to be compared."),
)  # fmt: skip
OVER_LIMIT = FindingKind(
    "R1-over-limit", TOOL, Severity.WEAK, _("Over the limit"),
    why=_("A limit that gives way once gives way again, and the list ends where it began."),
)  # fmt: skip
EVERYTHING = FindingKind(
    "R1-everything-top", TOOL, Severity.WEAK, _("Everything is a priority"),
    why=_("A choice in which nothing loses is no choice: it only puts it off to those who do the work."),
)  # fmt: skip
CUT_NO_REASON = FindingKind(
    "R1-cut-no-reason", TOOL, Severity.MISSING, _("Cut without a reason"),
    why=_("Whoever wanted it will ask. A reason that is written down ends the matter; silence brings it back."),
)  # fmt: skip
CUT_THIN_REASON = FindingKind(
    "R1-cut-thin-reason", TOOL, Severity.WEAK, _("The reason says nothing"),
    why=_("“Not important” only says again that it was cut, and not why."),
)  # fmt: skip
UNDECIDED = FindingKind(
    "R1-undecided", TOOL, Severity.NOTE, _("Not decided yet"),
    why=_("What is neither kept nor cut goes on taking time and attention."),
)  # fmt: skip
CIRCLE = FindingKind(
    "R1-circle", TOOL, Severity.WEAK, _("The comparisons run in a circle"),
    why=_("Things that each come before the next cannot be put in an order; one of the answers was given differently."),
)  # fmt: skip
AGAINST = FindingKind(
    "R1-against-comparisons", TOOL, Severity.NOTE, _("Cut, though it came before what is kept"),
    why=_("There may be a good reason; unless it is said, the choice looks like favour."),
)  # fmt: skip
NOT_TAKEN_OVER = FindingKind(
    "R1-not-taken-over", TOOL, Severity.NOTE, _("Chosen, and not in the plan yet"),
    why=_("The other rules work on the priorities of the plan, not on this list."),
)  # fmt: skip
SHORT_LIST = FindingKind(
    "R1-short-list", TOOL, Severity.GOOD, _("A short list with reasons"),
    why=_("It can be defended to those who wanted something else."),
)  # fmt: skip

KINDS = (
    NO_LIMIT, OVER_LIMIT, EVERYTHING, CUT_NO_REASON, CUT_THIN_REASON, UNDECIDED, CIRCLE, AGAINST, NOT_TAKEN_OVER,
    SHORT_LIST,
)  # fmt: skip

_TABLE, _PAIRS = f"plan/{CANDIDATES.key}", f"plan/{COMPARISONS.key}"


def candidates(plan: Plan) -> tuple[Candidate, ...]:
    """Return the candidates that have a name."""
    return tuple(c for c in CANDIDATES.read(plan) if (c.title or "").strip())


def kept(plan: Plan) -> tuple[Candidate, ...]:
    """Return the candidates that are to be priorities."""
    return tuple(c for c in candidates(plan) if c.keep)


def cut(plan: Plan) -> tuple[Candidate, ...]:
    """Return the candidates that have to wait."""
    return tuple(c for c in candidates(plan) if c.keep is False)


def contested(plan: Plan) -> tuple[Candidate, ...]:
    """Return the candidates of which nothing is decided yet: these are weighed two by two."""
    return tuple(c for c in candidates(plan) if c.keep is None)


def places_left(plan: Plan) -> int | None:
    """Return how many places the limit leaves for the contested candidates; None where there is no limit."""
    most = limit(plan)
    return None if most is None else max(most - len(kept(plan)), 0)


def title_of(plan: Plan, id_: str) -> str:
    """Return what to call a candidate."""
    return next(((c.title or "").strip() or c.id for c in CANDIDATES.read(plan) if c.id == id_), id_)


def ranking(plan: Plan) -> Ranking:
    """Return what the comparisons say of the candidates together."""
    return rank([c.id for c in candidates(plan)], _judged(plan))


def _judged(plan: Plan) -> Iterator[Judged]:
    for row in COMPARISONS.read(plan):
        if row.one and row.other and row.more in {"one", "other", "equal"}:
            more, less = (row.other, row.one) if row.more == "other" else (row.one, row.other)
            yield Judged(more, less, row.more == "equal")


def compared(plan: Plan) -> frozenset[str]:
    """Return the ids of the candidates that stand in any comparison."""
    return frozenset(id_ for each in _judged(plan) for id_ in (each.more, each.less))


def asked_next(plan: Plan) -> tuple[str, str] | None:
    """Return the ids of the two contested candidates to ask of next, or None when enough is known.

    Nothing is asked before there is a limit, when all places are taken, or when there is room for all that are left.
    """
    ids, places = [c.id for c in contested(plan)], places_left(plan)
    if places is None or places == 0 or places >= len(ids):
        return None
    return next_pair(rank(ids, _judged(plan)), ids, places)


def proposal(plan: Plan) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return which contested candidates the comparisons would keep and which they would cut.

    None where there is no limit, where more has to be asked, or where a tie or a circle lies across the limit: then
    people have to decide.
    """
    ids, places = [c.id for c in contested(plan)], places_left(plan)
    if not ids or places is None or asked_next(plan) is not None:
        return None
    if places in {0, len(ids)} or places > len(ids):
        return tuple(ids[:places]), tuple(ids[places:])
    found = rank(ids, _judged(plan))
    first = [id_ for id_ in ids if len(found.below[id_]) >= len(ids) - places]
    if len(first) != places:
        return None
    return tuple(first), tuple(id_ for id_ in ids if id_ not in first)


def same_name(one: str | None, other: str | None) -> bool:
    """Say whether two names are the same but for spaces and capital letters.

    >>> same_name("Rail  punctuality", "rail punctuality ")
    True
    """
    return " ".join((one or "").casefold().split()) == " ".join((other or "").casefold().split())


def to_take_over(plan: Plan) -> tuple[Candidate, ...]:
    """Return the candidates that are kept and are not among the priorities of the plan yet, by their names."""
    missing: list[Candidate] = []
    for each in kept(plan):
        known = [*(p.title for p in plan.priorities), *(c.title for c in missing)]
        if not any(same_name(each.title, title) for title in known):
            missing.append(each)
    return tuple(missing)


def attempted(plan: Plan, context: Context) -> bool:
    """Say whether a long list was begun."""
    return bool(candidates(plan))


def check(plan: Plan, context: Context) -> list[Finding]:
    """Judge the choice of a short list from a long one (Rule 1, tool 1.3)."""
    found = [*_limit(plan), *_choice(plan), *_reasons(plan), *_comparisons(plan)]
    if contested(plan) and (kept(plan) or cut(plan)):
        count = plural("{n} candidate is", "{n} candidates are", len(contested(plan)))
        found.append(
            UNDECIDED.at(
                _TABLE,
                _("{count} neither kept nor cut.").format(count=count),
                _("Decide the clear ones, and weigh the others two by two."),
            )
        )
    most = limit(plan)
    if not found and kept(plan) and most is not None:
        says = _("{kept} kept of {all}, at most {most}; each one that is cut has its reason.")
        numbers = [format_number(n) for n in (len(kept(plan)), len(candidates(plan)), most)]
        found.append(SHORT_LIST.at(_TABLE, says.format(kept=numbers[0], all=numbers[1], most=numbers[2])))
    if waiting := to_take_over(plan):
        names = ", ".join(f"“{c.title}”" for c in waiting[:3]) + (" ..." if len(waiting) > 3 else "")
        found.append(
            NOT_TAKEN_OVER.at(
                _TABLE,
                _("{names} kept, and not among the priorities.").format(names=names),
                _("When the choice is final, press “Take over as priorities” below the list."),
            )
        )
    return found


def _limit(plan: Plan) -> Iterator[Finding]:
    most = limit(plan)
    if most is None:
        yield NO_LIMIT.at(
            "plan/limit",
            _("There are {n} candidates, and no limit.").format(n=format_number(len(candidates(plan)))),
            _("Agree on the number before you look at the list."),
        )
    elif len(kept(plan)) > most:
        yield OVER_LIMIT.at(
            "plan/limit",
            _("{kept} are kept, and the limit is {most}.").format(
                kept=format_number(len(kept(plan))), most=format_number(most)
            ),
            _("Compare the last ones two by two, and cut until the number fits."),
        )


def _choice(plan: Plan) -> Iterator[Finding]:
    everything = candidates(plan)
    if len(everything) >= FEWEST and len(kept(plan)) == len(everything):
        yield EVERYTHING.at(
            _TABLE,
            _("All {n} candidates are kept.").format(n=format_number(len(everything))),
            _("Ask of each: what would you take people and money from, to do this?"),
        )
    pairs = list(_judged(plan))
    alike = sum(1 for each in pairs if each.alike)
    if len(pairs) >= FEWEST and 2 * alike > len(pairs):
        yield EVERYTHING.at(
            _PAIRS,
            _("{alike} of {all} pairs are called alike.").format(
                alike=format_number(alike), all=format_number(len(pairs))
            ),
            _("Ask of each pair: if only one of the two could be achieved in this mandate, which one?"),
        )


def _reasons(plan: Plan) -> Iterator[Finding]:
    for each in cut(plan):
        where, reason = f"{_TABLE}/{each.id}/why", (each.why or "").strip()
        if not reason:
            yield CUT_NO_REASON.at(
                where,
                _("“{title}” is cut, with no reason.").format(title=each.title),
                _("Write what you would say to the person who wanted it most."),
            )
        elif is_thin(reason, each.title):
            yield CUT_THIN_REASON.at(
                where,
                _("The reason given is “{reason}”.").format(reason=reason),
                _("Say what happens to it instead, or what it would have taken away from."),
            )


def _comparisons(plan: Plan) -> Iterator[Finding]:
    found = ranking(plan)
    for circle in found.circles:
        yield CIRCLE.at(
            _PAIRS,
            _("Each comes before the next: {names}.").format(
                names=" → ".join(f"“{title_of(plan, id_)}”" for id_ in circle)
            ),
            _("Look at these pairs again, and change the answer of which you are least sure."),
        )
    keeps = {c.id for c in kept(plan)}
    for each in cut(plan):
        passed = [id_ for id_ in found.below[each.id] if id_ in keeps]
        if passed:
            yield AGAINST.at(
                f"{_TABLE}/{each.id}/keep",
                _("By your comparisons, “{title}” comes before “{other}”, which is kept.").format(
                    title=each.title, other=title_of(plan, passed[0])
                ),
                _("Say in the reason what decided against the comparison, or change one of the two."),
            )
