"""Rule 1, tool 1.1: the priorities table, with which a plan begins.

Each priority has outcomes that say what will be different for people, one accountable leader, and the stakeholders who
help to shape it; and there are few of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rdlib.plan.plan import PRIORITIES, Plan
from rdlib.plan.priority import Outcome, Priority
from rdlib.plan.values import number
from rdlib.rules.coalition_wording import is_group
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_a_body, names_activity, names_spending
from rdlib.words import _, format_number, plural

TOOL = "1.1"

#: A plan that sets itself no limit (tool 1.3) has too many priorities beyond this: the Prime Minister's Delivery Unit
#: kept fourteen for the whole government of the United Kingdom. From MANY on, we ask for a limit. Our thresholds.
MOST_PRIORITIES, MANY = 14, 7

TOO_MANY = FindingKind(
    "R1-too-many-priorities", TOOL, Severity.WEAK, _("Too many priorities"),
    why=_("Leaders can follow a few things closely; what they cannot follow is no priority, whatever it is called."),
)  # fmt: skip
NO_LIMIT_SET = FindingKind(
    "R1-many-priorities", TOOL, Severity.NOTE, _("Many priorities, and no limit"),
    why=_("Without a limit that was set beforehand, each new wish makes the list a little longer."),
)  # fmt: skip
NAMED_TWICE = FindingKind(
    "R1-named-twice", TOOL, Severity.WEAK, _("The same priority twice"),
    why=_("Two plans for one thing drift apart, and nobody knows which of them counts."),
)  # fmt: skip
NO_TITLE = FindingKind(
    "R1-no-title", TOOL, Severity.MISSING, _("No name"),
    why=_("A priority that cannot be named in a few words will not be remembered."),
)  # fmt: skip
NO_OUTCOME = FindingKind(
    "R1-no-outcome", TOOL, Severity.MISSING, _("No outcome"),
    why=_("A priority says where to look; the outcome says what will be different for people."),
)  # fmt: skip
IS_ACTIVITY = FindingKind(
    "R1-activity-as-outcome", TOOL, Severity.WEAK, _("Work named as an outcome"),
    why=_("Work can be done to the last item and change nothing for anybody."),
)  # fmt: skip
IS_SPENDING = FindingKind(
    "R1-spending-as-outcome", TOOL, Severity.WEAK, _("Money named as an outcome"),
    why=_("Money is what a result costs. It can be spent to the last dollar and change nothing for anybody."),
)  # fmt: skip
NO_LEADER = FindingKind(
    "R1-no-leader", TOOL, Severity.MISSING, _("No accountable leader"),
    why=_("What belongs to everybody is done by nobody; one person has to answer for it."),
)  # fmt: skip
SEVERAL_LEADERS = FindingKind(
    "R1-several-leaders", TOOL, Severity.WEAK, _("Several leaders"),
    why=_("Where several people answer for one thing, each can count on the others to do it."),
)  # fmt: skip
GROUP_LEADS = FindingKind(
    "R1-group-as-leader", TOOL, Severity.WEAK, _("A group as leader"),
    why=_("A committee or a department cannot be asked by name, and nobody in it is the one who is meant."),
)  # fmt: skip
NO_STAKEHOLDERS = FindingKind(
    "R1-no-stakeholders", TOOL, Severity.MISSING, _("No stakeholders"),
    why=_("Those who have to carry it out, and those it is for, know things that decide whether it can work."),
)  # fmt: skip
COMPLETE = FindingKind(
    "R1-row-complete", TOOL, Severity.GOOD, _("A complete row"),
    why=_("Outcome, leader and stakeholders are what every later rule builds on."),
)  # fmt: skip

KINDS = (
    TOO_MANY, NO_LIMIT_SET, NAMED_TWICE, NO_TITLE, NO_OUTCOME, IS_ACTIVITY, IS_SPENDING, NO_LEADER, SEVERAL_LEADERS,
    GROUP_LEADS, NO_STAKEHOLDERS, COMPLETE,
)  # fmt: skip


def _said(text: str | None) -> str:
    return (text or "").strip()


def _begun(priority: Priority) -> bool:
    """Say whether anything of its row was entered."""
    return bool(
        _said(priority.title)
        or any(map(_said, priority.leaders))
        or any(map(_said, priority.stakeholders))
        or any(_said(o.statement) for o in priority.outcomes)
    )


def attempted(plan: Plan, context: Context) -> bool:
    """Say whether any priority was entered."""
    return any(map(_begun, plan.priorities))


def limit(plan: Plan) -> int | None:
    """Return how many priorities the plan allows itself at most (tool 1.3), or None."""
    value = number(plan.limit)
    return int(value) if value is not None else None


def check(plan: Plan, context: Context) -> list[Finding]:
    """Judge the list of priorities, and the row of each (Rule 1, tool 1.1)."""
    begun = [priority for priority in plan.priorities if _begun(priority)]
    found = [*_how_many(plan, len(begun)), *_twice(begun)]
    for priority in begun:
        row = [*_row(priority, plan)]
        complete = COMPLETE.at(
            f"{PRIORITIES.name}/{priority.id}", _("“{title}” has all four.").format(title=priority.title)
        )
        found += row or [complete]
    return found


def _how_many(plan: Plan, count: int) -> Iterator[Finding]:
    most = limit(plan)
    if count > (MOST_PRIORITIES if most is None else most):
        yield TOO_MANY.at(
            PRIORITIES.name,
            _("{count}, and the limit that was set is {most}.").format(
                count=plural("{n} priority", "{n} priorities", count), most=format_number(most)
            )
            if most is not None
            else _("{n} priorities; {most} were enough for a whole government.").format(
                n=format_number(count), most=format_number(MOST_PRIORITIES)
            ),
            _("Weigh them against each other in tool 1.3, and say what is not a priority, and why."),
        )
    elif most is None and count > MANY:
        yield NO_LIMIT_SET.at(
            PRIORITIES.name,
            _("{n} priorities, and it is not said how many there may be.").format(n=format_number(count)),
            _("Set the limit in tool 1.3 together with those who decide, before the next wish comes in."),
        )


def _twice(begun: list[Priority]) -> Iterator[Finding]:
    titles = Counter(" ".join(_said(p.title).casefold().split()) for p in begun)
    named = {key: _said(p.title) for p in begun if (key := " ".join(_said(p.title).casefold().split()))}
    for key, title in named.items():
        if titles[key] > 1:
            yield NAMED_TWICE.at(
                PRIORITIES.name,
                _("“{title}” stands in the list {n} times.").format(title=title, n=format_number(titles[key])),
                _("Bring what stands in them together in one, and remove the others."),
            )


def _row(priority: Priority, plan: Plan) -> Iterator[Finding]:
    here = f"{PRIORITIES.name}/{priority.id}"
    if not _said(priority.title):
        yield NO_TITLE.at(
            f"{here}/title", _("This priority has no name yet."), _("Name it as you would in a lift, in a few words.")
        )
    if not any(_said(o.statement) for o in priority.outcomes):
        yield NO_OUTCOME.at(
            f"{here}/outcomes",
            _("It is not said what will be different for people."),
            _("Finish the sentence: “We shall have succeeded when people ...”."),
        )
    for place, outcome in enumerate(priority.outcomes, start=1):
        yield from _outcome(outcome, f"{here}/outcomes/{outcome.id or f'#{place}'}")
    yield from _leaders(priority, plan, here)
    if not any(map(_said, priority.stakeholders)):
        yield NO_STAKEHOLDERS.at(
            f"{here}/stakeholders",
            _("Nobody is named who helps to shape it."),
            _("Name at least who carries it out at the front line, and whom it is for."),
        )


def _outcome(outcome: Outcome, where: str) -> Iterator[Finding]:
    statement = _said(outcome.statement)
    if not statement or outcome.level == "output":  # an output may be work: it is placed on the ladder as such
        return
    if names_spending(statement):
        yield IS_SPENDING.at(
            f"{where}/statement",
            _("“{statement}” says what will be spent.").format(statement=statement),
            _("Ask what people will have, or be able to do, once the money is spent, and write that."),
        )
    elif names_activity(statement):
        yield IS_ACTIVITY.at(
            f"{where}/statement",
            _("“{statement}” says what will be done.").format(statement=statement),
            _("Ask “so that what is different for whom?”, and write the answer."),
        )


def _leaders(priority: Priority, plan: Plan, here: str) -> Iterator[Finding]:
    names = [plan.person(leader) or leader for leader in priority.leaders if _said(leader)]
    if not names:
        yield NO_LEADER.at(
            f"{here}/leaders",
            _("Nobody answers for it."),
            _("Name one person, or the post where the person may change."),
        )
    elif len(names) > 1:
        yield SEVERAL_LEADERS.at(
            f"{here}/leaders",
            _("{names} answer for it together.").format(names=", ".join(names)),
            _("Agree on the one who is asked first; name the others as stakeholders."),
        )
    elif is_a_body(names[0]) or is_group(names[0]):
        yield GROUP_LEADS.at(
            f"{here}/leaders",
            _("“{name}” is more than one person.").format(name=names[0]),
            _("Name the person who leads it, or the post."),
        )
