"""Rule 8, tool 8.4: what a priority review asks, drawn from the weak spots of the delivery chain, and where it goes.

The pressure tests of Rule 5 say which actors and links are weak, and in what. From each comes one question for somebody
who would know; where an indicator has figures by place, the best and the worst places are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import attrs

from rdlib.plan.priority import Priority
from rdlib.plan.values import format_when
from rdlib.rules import trend
from rdlib.rules.r04_candidates import carries_target
from rdlib.rules.r05_chain_shape import called
from rdlib.rules.r05_lines import how_many
from rdlib.rules.r05_pressure import results_of
from rdlib.rules.r05_pressure_lines import low_in
from rdlib.rules.r05_pressure_result import (
    CAPACITY,
    CHOKES,
    COMPLEXITY,
    FEEDBACK,
    FUNDING,
    LINKS,
    Pressure,
    TestResult,
    Weak,
    title_of,
)
from rdlib.words import _, format_number

#: So many places at each end are proposed for visits. Ours.
AT_EACH_END = 2
#: Fewer places than this have no two ends worth the journey. Ours.
FEWEST_PLACES = 4
#: The rating of an actor that has too many to steer directly (:func:`rdlib.rules.r05_pressure_flows.choke_points`).
_TOO_MANY = 2


@attrs.frozen
class WeakSpot:
    """A weak part of a delivery chain, with the question that it gives rise to.

    Attributes:
        key: what it is, for ever: chain, part and test.
        test: the key of the pressure test that found it.
        chain: what the chain is called.
        part: the actor, or from whom to whom the link runs.
        words: what is weak about it.
        rating: how weak it is: 1 it would break, 2 weak, 3 needs care.
        question: what to ask.
        asked: of whom.
    """

    key: str
    test: str
    chain: str
    part: str
    words: str
    rating: int
    question: str
    asked: str

    @property
    def title(self) -> str:
        """What is weak, in a sentence without its end."""
        return _("{part}: {words}").format(part=self.part, words=self.words)

    @property
    def test_title(self) -> str:
        """The name of the test."""
        return title_of(self.test)


def _ends(tested: Pressure, id_: str) -> tuple[str, str] | None:
    link = tested.chain.link(id_)
    if link is None or tested.chain.actor(link.source) is None or tested.chain.actor(link.target) is None:
        return None
    return tested.lines.name(link.source or ""), tested.lines.name(link.target or "")


def _links(tested: Pressure, weak: Weak, source: str, target: str) -> str:
    link = tested.chain.link(weak.id)
    carries = ((link.carries if link else None) or "").strip()
    if carries:
        said = _("The last time that this came from {source}: “{carries}”. What did you change the week after?")
        return said.format(source=source, carries=carries)
    return _("When did {source} last ask something of you? What did you change the week after?").format(source=source)


def _capacity(tested: Pressure, weak: Weak) -> str:
    actor = tested.chain.actor(weak.id)
    if actor is not None and actor.skill is not None and (actor.will is None or actor.skill <= actor.will):
        return _("Who showed you how it is done, and when? Show us the step at which you have to improvise.")
    return _("What gets worse for you when you do as you are asked? What would you rather do with that hour?")


def _complexity(_tested: Pressure, _weak: Weak) -> str:
    return _("Whom did you have to ask before the last change? Which of these answers did you wait for longest?")


def _chokes(_tested: Pressure, weak: Weak) -> str:
    if weak.rating == _TOO_MANY:
        return _("With which of those that you steer did you speak last week? Who has not heard from you since spring?")
    return _("What waits on your desk today, and since when? Who did it the last time that you were away?")


def _funding_link(_tested: Pressure, _weak: Weak, source: str, target: str) -> str:
    said = _("What exactly is the money from {source} to {target} for? What would be lost by doing as the plan asks?")
    return said.format(source=source, target=target)


def _funding_actor(_tested: Pressure, _weak: Weak) -> str:
    return _("What would make you hold back the money, and who would tell you that it is needed?")


def _feedback(_tested: Pressure, _weak: Weak, source: str, target: str) -> str:
    said = _("Suppose that it stopped working at {target} today. By what, and on which day, would {source} notice?")
    return said.format(source=source, target=target)


_OF_LINKS: dict[str, Callable[[Pressure, Weak, str, str], str]] = {
    LINKS: _links,
    FUNDING: _funding_link,
    FEEDBACK: _feedback,
}
_OF_ACTORS: dict[str, Callable[[Pressure, Weak], str]] = {
    CAPACITY: _capacity,
    COMPLEXITY: _complexity,
    CHOKES: _chokes,
    FUNDING: _funding_actor,
}


def _spots(tested: Pressure, result: TestResult, where: str) -> Iterator[WeakSpot]:
    name = called(tested.chain)
    for weak in result.links:
        ends, ask = _ends(tested, weak.id), _OF_LINKS.get(result.test)
        if ends is None or ask is None:
            continue
        part = _("{source} → {target}").format(source=ends[0], target=ends[1])
        key = f"{where}/links/{weak.id}/{result.test}"
        yield WeakSpot(
            key, result.test, name, part, weak.words, weak.rating, ask(tested, weak, *ends), _at(tested, weak.id)
        )
    for weak in result.actors:
        actor, ask_actor = tested.chain.actor(weak.id), _OF_ACTORS.get(result.test)
        if actor is None or ask_actor is None:
            continue
        key, part = f"{where}/actors/{weak.id}/{result.test}", tested.lines.name(weak.id)
        words = (low_in(actor) or weak.words) if result.test == CAPACITY else weak.words
        ask_of = _whom(tested, weak.id)
        yield WeakSpot(key, result.test, name, part, words, weak.rating, ask_actor(tested, weak), ask_of)


def _whom(tested: Pressure, id_: str) -> str:
    """Name an actor as one that can be asked: of many of a kind, some."""
    actor, name = tested.chain.actor(id_), tested.lines.name(id_)
    many = how_many(actor) if actor else None
    return _("{name} (two or three of {many})").format(name=name, many=many) if many and not _one(tested, id_) else name


def _one(tested: Pressure, id_: str) -> bool:
    actor = tested.chain.actor(id_)
    return actor is None or not isinstance(actor.number, float) or actor.number <= 1


def _at(tested: Pressure, id_: str) -> str:
    """Who at a link is asked: the one on whom it acts, unless those are the people served; then the other."""
    link = tested.chain.link(id_)
    if link is None:
        return ""
    served = link.target in tested.lines.citizens
    return _whom(tested, (link.source if served else link.target) or "")


def weak_spots(priority: Priority, at_most: int = 3) -> list[WeakSpot]:
    """Return the weak parts of the delivery chains of a priority, the weakest first, each part of a test once.

    Args:
        priority: the priority.
        at_most: up to which rating: 2 for what is weak, 3 for what needs care as well.

    >>> weak_spots(Priority("waits"))
    []
    """
    found: dict[str, WeakSpot] = {}
    for tested in results_of(priority):
        for result in tested.tests:
            for spot in _spots(tested, result, f"chains/{tested.chain.id}"):
                if spot.rating <= at_most:
                    found.setdefault(spot.key, spot)
    return sorted(found.values(), key=lambda spot: spot.rating)


@attrs.frozen
class Place:
    """A place that is worth a visit.

    Attributes:
        name: its name.
        standing: ``best`` or ``worst``.
        says: what the figures say of it.
        indicator: the id of the indicator.
    """

    name: str
    standing: str
    says: str
    indicator: str


def places(priority: Priority, as_of: date) -> list[Place]:
    """Return the best and the worst places of a priority by its figures, those of one indicator after the other.

    Args:
        priority: the priority.
        as_of: values of periods that were not over on this day do not count.
    """
    found: list[Place] = []
    for indicator in filter(carries_target, priority.indicators):
        way, latest = trend.better_way(indicator), trend.latest_units(indicator, as_of=as_of)
        if way is None or latest is None or len(latest[1]) < FEWEST_PLACES:
            continue
        when, values = latest
        order = sorted(values, key=lambda name: (-values[name] if way == "up" else values[name], name))
        for standing, names in (("best", order[:AT_EACH_END]), ("worst", order[::-1][:AT_EACH_END])):
            for name in names:
                value = format_number(values[name], indicator.unit, 1)
                says = _("{indicator}: {value}, {when}").format(
                    indicator=(indicator.name or "").strip() or indicator.id, value=value, when=format_when(when)
                )
                found.append(Place(name, standing, says, indicator.id))
    return found
