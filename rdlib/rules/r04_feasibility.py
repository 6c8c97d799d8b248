"""Rule 4, tool 4.4: political feasibility, judged apart from how hard the work is."""

from __future__ import annotations

from collections.abc import Sequence

from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.rules.boards import value_of
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r04_candidates import chosen, name_of, said, strategies
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_thin
from rdlib.words import _

TOOL = "4.4"

BLOCKED, CONTESTED, BACKED = 1, 2, 4

#: Ratings that mirror the difficulty are named from this many strategies and this many different ratings on. Ours.
MIRROR, DIFFERENT = 5, 3

NOT_RATED = FindingKind(
    "R4-feasibility-not-rated", TOOL, Severity.MISSING, _("Political feasibility not judged"),
    why=_("A strategy that is right and cannot be agreed on does not happen; better to know now."),
)  # fmt: skip
NO_REASON = FindingKind(
    "R4-feasibility-no-reason", TOOL, Severity.MISSING, _("Rated without a reason"),
    why=_("Only when it is written down who is for it and who against can anybody do something about it."),
)  # fmt: skip
THIN_REASON = FindingKind(
    "R4-feasibility-thin", TOOL, Severity.WEAK, _("The reason names nobody"),
    why=_("Politics is done with people: who has to agree, and what would bring them round."),
)  # fmt: skip
BLOCKED_CHOSEN = FindingKind(
    "R4-blocked-chosen", TOOL, Severity.WEAK, _("Chosen, and blocked"),
    why=_("As long as somebody can stop it and means to, the plan rests on something that will not happen."),
)  # fmt: skip
CONTESTED_CHOSEN = FindingKind(
    "R4-contested-chosen", TOOL, Severity.NOTE, _("Chosen against resistance"),
    why=_("That can be right, and it takes the Minister's time: the coalition has to know, and agree, beforehand."),
)  # fmt: skip
MIRRORS = FindingKind(
    "R4-feasibility-mirrors-difficulty", TOOL, Severity.NOTE, _("Feasibility repeats difficulty"),
    why=_("Some hard work has everybody's support, and some easy work nobody's; one scale cannot show that."),
)  # fmt: skip
SAFE_ONLY = FindingKind(
    "R4-safe-only", TOOL, Severity.NOTE, _("Only what nobody minds"),
    why=_("Courage belongs to strategy: the best one may be the one that needs to be argued for."),
)  # fmt: skip
WEIGHED = FindingKind(
    "R4-feasibility-weighed", TOOL, Severity.GOOD, _("Feasibility is weighed"),
    why=_("The Minister sees what can be agreed on, beside what would work."),
)  # fmt: skip

KINDS = (
    NOT_RATED, NO_REASON, THIN_REASON, BLOCKED_CHOSEN, CONTESTED_CHOSEN, MIRRORS, SAFE_ONLY, WEIGHED,
)  # fmt: skip


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether the political feasibility of any strategy was judged."""
    return any(s.feasibility is not None or said(s.feasibility_why) for s in strategies(priority))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the ratings of political feasibility (Rule 4, tool 4.4)."""
    where = f"priorities/{priority.id}/{STRATEGIES.key}"
    found: list[Finding] = []
    for strategy in strategies(priority):
        found += _check_one(strategy, f"{where}/{strategy.id}")
    found += _check_all(priority, where)
    picked = chosen(priority)
    if picked and not found:
        found.append(WEIGHED.at(where, _("Every chosen strategy is rated, with a reason that names who is for it.")))
    return found


def _check_one(strategy: Strategy, at: str) -> list[Finding]:
    name, why = name_of(strategy), said(strategy.feasibility_why)
    if strategy.feasibility is None:
        if strategy.status != "chosen":
            return []
        return [
            NOT_RATED.at(
                f"{at}/feasibility",
                _("“{strategy}” is chosen, and it is not said whether it can be agreed on.").format(strategy=name),
                _("Rate it from 1 to 4, without thinking of how hard the work is."),
            )
        ]
    found = []
    if not why:
        found.append(
            NO_REASON.at(
                f"{at}/feasibility_why",
                _("“{strategy}” is rated, and it is not said who is for it and who against.").format(strategy=name),
                _("Name those whose consent it needs, and what each of them has said."),
            )
        )
    elif is_thin(why, strategy.title):
        found.append(
            THIN_REASON.at(
                f"{at}/feasibility_why",
                _("The reason given is “{reason}”.").format(reason=why),
                _("Name who has to agree, and what they want."),
            )
        )
    if strategy.status == "chosen" and strategy.feasibility == BLOCKED:
        found.append(
            BLOCKED_CHOSEN.at(
                f"{at}/feasibility",
                _("“{strategy}” is chosen, though somebody who can stop it has said no.").format(strategy=name),
                _("Change it until they can agree, win them over (Rule 3), or drop it with that reason."),
            )
        )
    if strategy.status == "chosen" and strategy.feasibility == CONTESTED:
        found.append(
            CONTESTED_CHOSEN.at(
                f"{at}/feasibility",
                _("“{strategy}” is chosen against strong resistance.").format(strategy=name),
                _("Ask the Minister for a clear yes, and name in Rule 3 who will stand by it."),
            )
        )
    return found


def _check_all(priority: Priority, where: str) -> list[Finding]:
    found = []
    rated = [s for s in strategies(priority) if s.feasibility is not None]
    if mirrors_difficulty(rated):
        found.append(
            MIRRORS.at(
                where,
                _("The harder a strategy, the lower its feasibility, without one exception."),
                _("Rate them again, with the difficulty covered: who would say yes, if the work were done by magic?"),
            )
        )
    picked = [s for s in chosen(priority) if s.feasibility is not None]
    best = max((value_of(s.impact) or 0.0 for s in chosen(priority)), default=0.0)
    braver = [
        s
        for s in rated
        if s.status != "chosen" and (s.feasibility or 0) <= CONTESTED and (value_of(s.impact) or 0.0) > best
    ]
    if picked and braver and all(s.feasibility == BACKED for s in picked):
        found.append(
            SAFE_ONLY.at(
                where,
                _("All that is chosen has everybody's support; “{strategy}”, with more impact, was left out.").format(
                    strategy=name_of(braver[0])
                ),
                _("Ask what it would take to win support for it, before you let it go."),
            )
        )
    return found


def mirrors_difficulty(rated: Sequence[Strategy]) -> bool:
    """Say whether feasibility only repeats the difficulty: it falls, step by step, as the difficulty rises.

    Named from five strategies and three different ratings on; with fewer it may well be chance. Our thresholds.
    """
    pairs = sorted((value_of(s.difficulty) or 0.0, -(s.feasibility or 0)) for s in rated if s.difficulty is not None)
    ratings = [rating for _difficulty, rating in pairs]
    if len(pairs) < MIRROR or len(set(ratings)) < DIFFERENT:
        return False
    return all(
        ratings[n] <= ratings[n + 1] and (pairs[n][0] != pairs[n + 1][0] or ratings[n] == ratings[n + 1])
        for n in range(len(pairs) - 1)
    )
