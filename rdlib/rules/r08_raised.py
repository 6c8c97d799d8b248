"""Rule 8, tool 8.1: what the plan shows that may be a challenge, and what the figures say of one.

Nothing is raised by the program: it proposes, and somebody takes it up or not.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from rdlib.plan.challenges import CHALLENGES, Challenge
from rdlib.plan.indicator import Indicator
from rdlib.plan.priority import Priority
from rdlib.plan.stocktake import STOCKTAKES, Action, Meeting
from rdlib.rules import trend
from rdlib.rules.headline import gap_words
from rdlib.rules.r02_smart import goal
from rdlib.rules.r04_candidates import carries_target
from rdlib.rules.r07_assessment import last_agreed
from rdlib.rules.r07_assessment_data import REACHES, SHORT, Reading, reading
from rdlib.rules.r07_pack import open_ones, origin_of, state_of
from rdlib.rules.r08_weak_spots import weak_spots
from rdlib.rules.ratings import items_of
from rdlib.rules.registry import Context
from rdlib.rules.targets import Status
from rdlib.words import _, format_date

#: Behind by no more than this share of the way from start to target is as good as on the path. Our threshold.
AS_GOOD_AS = 0.05
#: A rating of this or lower is weak.
WEAK = 2
#: So many weak spots of the chains are proposed at most.
SPOTS = 4


@attrs.frozen
class Proposal:
    """Something in the plan that may be a challenge.

    Attributes:
        origin: what it is, for ever; written down with the challenge that is made of it.
        title: what to call it.
        why: what the plan shows, in a sentence.
        raised_by: who would have raised it, as stored: ``data`` or ``team``.
        indicator: the id of the indicator that it is about; empty where it is about none.
    """

    origin: str
    title: str
    why: str
    raised_by: str
    indicator: str = ""


def begun(challenge: Challenge) -> bool:
    """Say whether anything was entered for a challenge."""
    return any(getattr(challenge, f.name) not in {None, ""} for f in attrs.fields(Challenge) if f.name != "id")


def challenges(priority: Priority) -> tuple[Challenge, ...]:
    """Return the challenges in which something was entered."""
    return tuple(filter(begun, CHALLENGES.read(priority)))


def open_challenges(priority: Priority) -> tuple[Challenge, ...]:
    """Return the challenges that are still there."""
    return tuple(each for each in challenges(priority) if each.is_open)


def called(challenge: Challenge) -> str:
    """Return what to call a challenge."""
    return (challenge.title or "").strip() or _("(a challenge without a name)")


# --- what the figures say --------------------------------------------------------------------------------------------


@attrs.frozen
class Standing:
    """Whether an indicator is on track by its figures.

    Attributes:
        indicator: the indicator.
        off: True off track, False on track, None where the figures do not say.
        says: what they say, in a sentence.
    """

    indicator: Indicator
    off: bool | None
    says: str


def _way(found: Reading) -> float | None:
    """How far it is from where it began to the target; None where that is not known."""
    aim = found.aim.low if found.aim.low is not None else found.aim.high
    series = trend.whole_series(found.indicator)
    start = found.indicator.baseline.value
    begin = start if isinstance(start, float) else series[0][1] if series else None
    return abs(aim - begin) if aim is not None and begin is not None else None


def standing(indicator: Indicator, context: Context) -> Standing:
    """Return whether an indicator is on track: by its target where that is due, else by its path, else by its trend.

    Args:
        indicator: the indicator.
        context: its plan and the day.
    """
    found = reading(indicator, context)
    name = found.name
    if found.status is Status.MET or (found.last is not None and found.gap == 0):
        return Standing(indicator, False, _("“{name}” meets its target.").format(name=name))
    if found.status is Status.NOT_MET:
        return Standing(indicator, True, _("“{name}” missed its target.").format(name=name))
    if found.behind is not None:
        way = _way(found)
        if found.behind == 0 or (way and found.behind <= AS_GOOD_AS * way):
            return Standing(indicator, False, _("“{name}” is on its planned path.").format(name=name))
        gap = gap_words(found.behind, indicator.unit)
        return Standing(indicator, True, _("“{name}” is {gap} behind its planned path.").format(name=name, gap=gap))
    if found.trend == SHORT:
        return Standing(indicator, True, _("“{name}” falls short, if it goes on as it does now.").format(name=name))
    if found.trend == REACHES:
        return Standing(indicator, False, _("“{name}” arrives, if it goes on as it does now.").format(name=name))
    return Standing(indicator, None, _("The figures of “{name}” do not say whether it is on track.").format(name=name))


def standings(priority: Priority, context: Context) -> tuple[Standing, ...]:
    """Return for each indicator with a target whether it is on track by its figures."""
    return tuple(standing(each, context) for each in priority.indicators if carries_target(each))


def not_raised(priority: Priority, context: Context) -> tuple[Standing, ...]:
    """Return the indicators that are off track, while no open challenge is about them.

    A challenge that names no indicator may be about any of them.
    """
    named = {each.indicator for each in open_challenges(priority)}
    if None in named:
        return ()
    return tuple(each for each in standings(priority, context) if each.off and each.indicator.id not in named)


# --- what the plan proposes -----------------------------------------------------------------------------------------


def _from_figures(priority: Priority, context: Context) -> Iterator[Proposal]:
    for each in standings(priority, context):
        if each.off:
            title = each.says.rstrip(".")
            aim = goal(each.indicator, context)
            due = _(" Due {day}.").format(day=format_date(aim.due.end)) if aim.due else ""
            yield Proposal(f"indicators/{each.indicator.id}", title, each.says + due, "data", each.indicator.id)


def _from_ratings(priority: Priority, context: Context) -> Iterator[Proposal]:
    last = last_agreed(priority, context.as_of)
    if last is None or last.day is None:
        return
    weak = [(item, rating) for item in items_of(type(last)) if (rating := item.rating(last)) and rating <= WEAK]
    for item, rating in weak:
        if item.path != "likelihood" and rating > 1:
            continue  # of the five judgements only the worst are proposed; the likelihood speaks for the others
        said = item.evidence(last).strip()
        title = said.rstrip(".") or _("“{label}” is rated {rating}").format(label=item.label, rating=rating)
        why = _("“{label}” was rated {rating} on {day}.").format(
            label=item.label, rating=rating, day=format_date(last.day)
        )
        yield Proposal(f"assessments/{last.id}/{item.path}", title, why, "team")


def _from_chain(priority: Priority) -> Iterator[Proposal]:
    for spot in weak_spots(priority, WEAK)[:SPOTS]:
        why = _("Found weak in “{chain}” by the test “{test}”.").format(chain=spot.chain, test=spot.test_title)
        yield Proposal(spot.key, spot.title, why, "team")


def late_actions(priority: Priority, context: Context) -> list[tuple[Action, Meeting]]:
    """Return the actions of stocktakes for a priority that should have been done by now, with where they stand."""
    meetings: list[Meeting] = list(open_ones(context.plan))
    known = [each for each in STOCKTAKES.read(context.plan) if each.day is not None and each.day <= context.as_of]
    if not meetings and known:
        meetings = [max(known, key=lambda each: str(each.day))]
    return [
        (action, meeting)
        for meeting in meetings
        for action in meeting.actions
        if action.priority == priority.id and state_of(action, context.as_of) == "late"
    ]


def _from_actions(priority: Priority, context: Context) -> Iterator[Proposal]:
    for action, meeting in late_actions(priority, context):
        if action.due is None or not (action.what or "").strip():
            continue
        title = _("Not done: {what}").format(what=(action.what or "").strip())
        why = _("Agreed on at a stocktake, due on {day}.").format(day=format_date(action.due))
        yield Proposal(f"actions/{origin_of(action, meeting)}", title, why, "team")


def proposals(priority: Priority, context: Context) -> list[Proposal]:
    """Return what the plan shows that may be a challenge, without what was raised already.

    Args:
        priority: the priority.
        context: its plan and the day.
    """
    every = challenges(priority)
    taken = {each.origin for each in every}
    about = {each.indicator for each in every if each.is_open}
    found = [
        *_from_figures(priority, context),
        *_from_ratings(priority, context),
        *_from_actions(priority, context),
        *_from_chain(priority),
    ]
    return [p for p in found if p.origin not in taken and not (p.indicator and p.indicator in about)]
