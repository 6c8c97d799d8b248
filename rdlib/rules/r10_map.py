"""Rule 10, tool 10.1: support for the effort against power over the outcome, and who moved.

Where somebody stands is a judgement; the checks ask what it rests on, who is missing, and whether anything moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise

import attrs

from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.stakeholders import (
    ENGAGEMENTS,
    HIGHEST,
    LOWEST,
    POWER_LEVELS,
    STAKEHOLDERS,
    SUPPORT_LEVELS,
    Stakeholder,
    Standing,
)
from rdlib.rules.boards import Axis, Board, Item, Place, Zone, moved_in_words, names_of, value_of
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r03_members import quoted
from rdlib.rules.r10_candidates import KEY, actor_of, candidates, member_of, stakeholders
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_thin
from rdlib.words import _, format_date, format_number

TOOL = "10.1"

#: From this value on, power is high. Our choice, as are the two that cut support in three.
POWERFUL = 5.0
FOR_IT, UNDECIDED = 20 / 3, 10 / 3

#: The map as a whole is judged from this many placed stakeholders on. Our threshold.
ENOUGH = 4

#: So long may a map stay as it is before we ask. Our threshold: half a year.
HALF_A_YEAR = timedelta(days=183)

NO_NAME = FindingKind(
    "R10-no-name", TOOL, Severity.MISSING, _("Somebody without a name"),
    why=_("Only somebody who is named can be asked, and can answer."),
)  # fmt: skip
NOT_PLACED = FindingKind(
    "R10-not-placed", TOOL, Severity.MISSING, _("Not placed yet"),
    why=_("What to do with somebody depends on the place: who is nowhere gets whatever is left over."),
)  # fmt: skip
NO_EVIDENCE = FindingKind(
    "R10-place-no-evidence", TOOL, Severity.WEAK, _("Power, and nothing shows the place"),
    why=_("The effort leans on those with power. A place that rests on a feeling is found wrong on the day it counts."),
)  # fmt: skip
THIN_EVIDENCE = FindingKind(
    "R10-place-thin-evidence", TOOL, Severity.WEAK, _("What shows it says nothing yet"),
    why=_("Somebody else could look it up, or ask the one who was there."),
)  # fmt: skip
TWICE = FindingKind(
    "R10-twice", TOOL, Severity.NOTE, _("On the map twice"),
    why=_("Two places for one name hide where they stand; if they are two, their names should say so."),
)  # fmt: skip
LINK_GONE = FindingKind(
    "R10-link-gone", TOOL, Severity.NOTE, _("Linked to somebody who is gone"),
    why=_("What the coalition or the chain says of them can no longer be set beside the map."),
)  # fmt: skip
MISSING = FindingKind(
    "R10-not-on-map", TOOL, Severity.NOTE, _("Named in the plan, not on the map"),
    why=_("Who is on no map is engaged by chance, if at all."),
)  # fmt: skip
CONTRADICTS = FindingKind(
    "R10-coalition-contradicts", TOOL, Severity.WEAK, _("The coalition says otherwise"),
    why=_("One of the two is out of date, and people act on whichever they happen to read."),
)  # fmt: skip
ONE_PLACE = FindingKind(
    "R10-one-zone", TOOL, Severity.WEAK, _("All in one field"),
    why=_("Then the map does not tell whom to see first, which is what it is for."),
)  # fmt: skip
ONLY_FRIENDS = FindingKind(
    "R10-only-friends", TOOL, Severity.WEAK, _("Only friends on the map"),
    why=_("Any change costs somebody something. Those who are not on the map are met in the newspaper."),
)  # fmt: skip
MOVED_NO_WHY = FindingKind(
    "R10-moved-no-why", TOOL, Severity.NOTE, _("Moved, and not said by what"),
    why=_("What moved one of them may move the next."),
)  # fmt: skip
NOBODY_MOVED = FindingKind(
    "R10-nobody-moved", TOOL, Severity.WEAK, _("Nobody moved for half a year"),
    why=_("Engagement is there to move people. When nobody moves, either it does not work or nobody has looked."),
)  # fmt: skip
OLD_MAP = FindingKind(
    "R10-map-old", TOOL, Severity.NOTE, _("Not looked at for half a year"),
    why=_("People change posts and minds; an old map sends you to the wrong door."),
)  # fmt: skip
STANDS = FindingKind(
    "R10-map-stands", TOOL, Severity.GOOD, _("A map to act on"),
    why=_("Each has a place, those with power have one that can be checked, and doubt is on it too."),
)  # fmt: skip

KINDS = (
    NO_NAME, NOT_PLACED, NO_EVIDENCE, THIN_EVIDENCE, TWICE, LINK_GONE, MISSING, CONTRADICTS, ONE_PLACE, ONLY_FRIENDS,
    MOVED_NO_WHY, NOBODY_MOVED, OLD_MAP, STANDS,
)  # fmt: skip

SCEPTICS, MIDDLE, CHAMPIONS = "sceptics", "moveable-middle", "champions"
DOUBTERS, UNDECIDED_BELOW, SUPPORTERS = "doubters", "undecided", "supporters"
#: The zones of those who have power.
ABOVE = frozenset({SCEPTICS, MIDDLE, CHAMPIONS})


def standings(stakeholder: Stakeholder) -> tuple[Standing, ...]:
    """Return the dated places of a stakeholder that are complete, the earliest first."""
    whole = [
        s for s in stakeholder.places if s.day and value_of(s.support) is not None and value_of(s.power) is not None
    ]
    return tuple(sorted(whole, key=lambda s: s.day or date.min))


def before(stakeholder: Stakeholder) -> tuple[Place, ...]:
    """Return the earlier places of a stakeholder; one that is the same as the next is left out."""
    found = [
        Place(value_of(s.support) or 0.0, value_of(s.power) or 0.0, format_date(s.day))
        for s in standings(stakeholder)
        if s.day
    ]
    now = value_of(stakeholder.support), value_of(stakeholder.power)
    steps = [next(same) for _place, same in groupby(found, key=lambda place: (place.x, place.y))]
    while steps and (steps[-1].x, steps[-1].y) == now:
        steps.pop()
    return tuple(steps)


def items(priority: Priority, plan: Plan) -> tuple[Item, ...]:
    """Return the stakeholders of a priority as items of the map."""
    engaged = {each.stakeholder for each in ENGAGEMENTS.read(priority)}
    names = names_of(STAKEHOLDER_MAP, plan)
    found = []
    for each in STAKEHOLDERS.read(priority):
        if not each.id:
            continue
        chosen = each.id in engaged
        item = Item(
            each.id,
            each.called or _("(not named yet)"),
            value_of(each.support),
            value_of(each.power),
            "full" if chosen else "open",
            _("planned") if chosen else _("none yet"),
            before=before(each),
        )
        found.append(attrs.evolve(item, notes=(moved_in_words(STAKEHOLDER_MAP, item, names),)))
    return tuple(found)


#: The map of tool 10.1. The three upper names are the method's; the lower three are ours.
STAKEHOLDER_MAP = Board(
    key="stakeholder-map",
    title=_("Support and power of the stakeholders"),
    part=STAKEHOLDERS.key,
    across=Axis(
        "support",
        _("Support for the effort"),
        (_("against"), _("for")),
        SUPPORT_LEVELS,
        (UNDECIDED, FOR_IT),
        low=LOWEST,
        high=HIGHEST,
    ),
    up=Axis(
        "power", _("Power over the outcome"), (_("low"), _("high")), POWER_LEVELS, (POWERFUL,), low=LOWEST, high=HIGHEST
    ),
    zones=(
        Zone(SCEPTICS, _("Sceptics"), _("Work with them"), 0, 1),
        Zone(MIDDLE, _("Moveable middle"), _("Bring them onside"), 1, 1),
        Zone(CHAMPIONS, _("Champions"), _("Activate them"), 2, 1),
        Zone(DOUBTERS, _("Doubters"), _("Less influence: listen"), 0, 0, ours=True),
        Zone(UNDECIDED_BELOW, _("Onlookers"), _("Less influence: keep in the picture"), 1, 0, ours=True),
        Zone(SUPPORTERS, _("Supporters"), _("Less influence: build momentum"), 2, 0, ours=True),
    ),
    items=items,
    notes=(_("How they moved"),),
    key_to_looks=(("full", _("engagement planned")), ("open", _("no engagement plan yet"))),
    state_label=_("Engagement"),
)


def zone_of(stakeholder: Stakeholder) -> str | None:
    """Return the key of the field that a stakeholder stands in; None while they are not placed.

    >>> zone_of(Stakeholder("k1", support=5.0, power=8.0))
    'moveable-middle'
    """
    x, y = value_of(stakeholder.support), value_of(stakeholder.power)
    return None if x is None or y is None else STAKEHOLDER_MAP.zone_at(x, y).key


def begun(stakeholder: Stakeholder) -> bool:
    """Say whether anything was entered for a stakeholder."""
    return stakeholder != Stakeholder(stakeholder.id, illustrative=stakeholder.illustrative)


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether anybody is on the map."""
    return any(map(begun, STAKEHOLDERS.read(priority)))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the stakeholder map of a priority (Rule 10, tool 10.1)."""
    where = f"priorities/{priority.id}/{STAKEHOLDERS.key}"
    found: list[Finding] = []
    for place, each in enumerate(STAKEHOLDERS.read(priority), start=1):
        if begun(each):
            found += _one(each, priority, context, f"{where}/{each.id or f'#{place}'}")
    found += _twice(priority, where)
    found += _missing(priority, where)
    found += _whole(priority, where)
    found += _movement(priority, context, where)
    placed = [zone for each in stakeholders(priority) if (zone := zone_of(each))]
    doubted = any(STAKEHOLDER_MAP.zone(zone).column < 2 for zone in placed)
    if len(placed) >= ENOUGH and doubted and not any(f.severity in {Severity.MISSING, Severity.WEAK} for f in found):
        found.append(STANDS.at(where, _("{n} stakeholders have their place.").format(n=len(placed))))
    return found


def _one(each: Stakeholder, priority: Priority, context: Context, at: str) -> Iterator[Finding]:
    name = _("“{name}”").format(name=each.called)
    if not each.called:
        yield NO_NAME.at(
            f"{at}/name", _("A row of the map has no name."), _("Name a person, a post or an organisation.")
        )
        return
    lacking = [
        (field, label)
        for field, label, value in (
            ("support", _("support"), each.support),
            ("power", _("power"), each.power),
        )
        if value_of(value) is None
    ]
    if lacking:
        yield NOT_PLACED.at(
            f"{at}/{lacking[0][0]}",
            _("{name} has no {what}.").format(name=name, what=_(" and no ").join(label for _field, label in lacking)),
            _("Put them on the map beside somebody who stands there; you can move them later."),
        )
    zone, shown = zone_of(each), (each.shown or "").strip()
    if zone in ABOVE and not shown:
        yield NO_EVIDENCE.at(
            f"{at}/shown",
            _("{name} stands among those with power, and nothing is said of what shows that place.").format(name=name),
            _("Write what they said or did last, and when. Nothing known? Then go and ask them."),
        )
    elif shown and is_thin(shown, each.called):
        yield THIN_EVIDENCE.at(
            f"{at}/shown",
            _("For {name} it says “{shown}”.").format(name=name, shown=shown),
            _("Name one thing that they said, did or left undone."),
        )
    gone = [
        label
        for link, there, label in (
            (each.member, member_of(each, priority), _("the coalition")),
            (each.actor, actor_of(each, priority), _("the delivery chain")),
        )
        if link and there is None
    ]
    if gone:
        yield LINK_GONE.at(
            at,
            _("{name} is linked to somebody who is no longer in {part}.").format(name=name, part=_(" or ").join(gone)),
            _("Choose again, or take the link out."),
        )
    yield from _contradiction(each, priority, context, at)
    yield from _unexplained(each, context, at)


def _contradiction(each: Stakeholder, priority: Priority, context: Context, at: str) -> Iterator[Finding]:
    member, support = member_of(each, priority), value_of(each.support)
    if member is None or support is None:
        return
    column = STAKEHOLDER_MAP.across.band(support)
    name, value = _("“{name}”").format(name=each.called), format_number(support)
    if member.relationship == 1 and column == 2:
        said = _("{name} has a support of {value}, and the coalition calls the relationship poor.")
    elif member.relationship == 4 and column == 0:
        said = _("{name} has a support of {value}, and the coalition says that they have stood by the priority.")
    elif member.standing == "current" and column == 0:
        said = _("{name} has a support of {value}, and is a member of the coalition now: one who agrees with the aim.")
    else:
        return
    yield CONTRADICTS.at(
        f"{at}/support",
        said.format(name=name, value=value),
        _("Ask the one who spoke to them last, and put right what is wrong: the map, or tools 3.1 and 3.2."),
    )


def _unexplained(each: Stakeholder, context: Context, at: str) -> Iterator[Finding]:
    """A dated place in another column than the one before it, with no word on what moved them."""
    known = [s for s in standings(each) if s.day and s.day <= context.as_of]
    for earlier, later in pairwise(known):
        columns = [STAKEHOLDER_MAP.across.band(value_of(s.support) or 0.0) for s in (earlier, later)]
        if columns[0] != columns[1] and later.day and not (later.why or "").strip():
            yield MOVED_NO_WHY.at(
                f"{at}/places/{later.id}/why",
                _("“{name}” moved until {day}, and it is not said by what.").format(
                    name=each.called, day=format_date(later.day)
                ),
                _("Write what happened, and who was there."),
            )


def _twice(priority: Priority, where: str) -> Iterator[Finding]:
    names = [each.called.casefold() for each in stakeholders(priority)]
    for each in dict.fromkeys(name for name in names if names.count(name) > 1):
        called = next(s.called for s in stakeholders(priority) if s.called.casefold() == each)
        yield TWICE.at(
            where,
            _("“{name}” is on the map {n} times.").format(name=called, n=names.count(each)),
            _("Keep one row, or say in the names what sets them apart."),
        )


def _missing(priority: Priority, where: str) -> Iterator[Finding]:
    lacking = [each for each in candidates(priority) if each.important or KEY in each.sources]
    if lacking:
        yield MISSING.at(
            where,
            _("Key stakeholders, or important members of the coalition, that are not on the map: {names}.").format(
                names=quoted([each.name for each in lacking])
            ),
            _("Add them from the list of proposals, or name on the map somebody who speaks for them."),
        )


def _whole(priority: Priority, where: str) -> Iterator[Finding]:
    placed = [zone for each in stakeholders(priority) if (zone := zone_of(each))]
    if len(placed) < ENOUGH:
        return
    if len(set(placed)) == 1:
        yield ONE_PLACE.at(
            where,
            _("All {n} stand in the field “{zone}”.").format(n=len(placed), zone=STAKEHOLDER_MAP.zone(placed[0]).name),
            _("Order them from the one who would help first to the one who would help last, and spread them out."),
        )
    elif all(STAKEHOLDER_MAP.zone(zone).column == 2 for zone in placed):
        yield ONLY_FRIENDS.at(
            where,
            _("All {n} are for it.").format(n=len(placed)),
            _("Ask who pays for it, who has to work in another way, and who lost the last argument about it."),
        )


def last_look(priority: Priority, as_of: date) -> date | None:
    """Return the last day, up to a day, for which any place is written down."""
    days = [s.day for each in stakeholders(priority) for s in standings(each) if s.day and s.day <= as_of]
    return max(days, default=None)


def _movement(priority: Priority, context: Context, where: str) -> Iterator[Finding]:
    last = last_look(priority, context.as_of)
    if last is None:
        return
    since = context.as_of - HALF_A_YEAR
    if last < since:
        yield OLD_MAP.at(
            where,
            _("The last places that are written down are of {day}.").format(day=format_date(last)),
            _("Go through the map with those who talk to them, and write down today's places."),
        )
        return
    compared, moved = 0, False
    for each in stakeholders(priority):
        support = value_of(each.support)
        earlier = [s for s in standings(each) if s.day and s.day <= since]
        if not earlier or support is None:
            continue
        compared += 1
        shown = [value_of(s.support) for s in standings(each) if s.day and since < s.day <= context.as_of]
        moved = moved or any(now != value_of(earlier[-1].support) for now in (support, *shown))
    if compared >= ENOUGH and not moved:
        yield NOBODY_MOVED.at(
            where,
            _("Of {n} whose place half a year ago is known, none has changed in support.").format(n=compared),
            _("Take the two who matter most: what was tried with each, and what has not been tried?"),
        )
