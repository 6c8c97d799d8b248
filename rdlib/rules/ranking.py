"""A ranking from comparisons of two: what follows from what was said, what contradicts itself, and what to ask next.

Each comparison says that one thing matters more than another, or that they are alike. What follows is drawn from them:
if A comes before B and B before C, then A comes before C, and the pair A and C need not be asked. Comparisons that run
in a circle (A before B, B before C, C before A) cannot be put in an order; they are named, and what is in a circle
stands side by side until one of them is changed.

Source: Rule 1, tool 1.3. The method is ours: the order that a set of pairwise judgements implies (transitive closure),
with strongly connected components as circles.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

import attrs


@attrs.frozen
class Judged:
    """What was said of two things.

    Attributes:
        more: the one that matters more; of two that are alike, either.
        less: the other one.
        alike: whether they were said to be alike.
    """

    more: str
    less: str
    alike: bool = False


@attrs.frozen
class Ranking:
    """What comparisons say together.

    Attributes:
        groups: the things from first to last; those that stand side by side (alike, in a circle, or not told apart yet)
            in one group.
        ties: groups of things that were said, straight or over others, to be alike.
        circles: for each contradiction, the things on its way round, the first one again at the end.
        above: for each thing, those that come before it.
        below: for each thing, those that come after it.
    """

    groups: tuple[tuple[str, ...], ...]
    ties: tuple[tuple[str, ...], ...]
    circles: tuple[tuple[str, ...], ...]
    above: dict[str, frozenset[str]]
    below: dict[str, frozenset[str]]

    def told_apart(self, one: str, other: str) -> bool:
        """Say whether it is known how two things stand to each other: one before the other, alike, or in a circle."""
        together = any(one in group and other in group for group in (*self.ties, *self.circles))
        return together or other in self.above[one] or other in self.below[one]


def _reach(start: str, steps: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for each in steps[waiting.pop()]:
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found


def _way(start: str, goal: str, steps: dict[str, set[str]], order: dict[str, int]) -> list[str]:
    """Return the shortest way from one thing to another, both ends included."""
    came: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for each in sorted(steps[here], key=order.__getitem__):
            if each not in came and each != start:
                came[each] = here
                waiting.append(each)
    way = [goal]
    while way[-1] != start:
        way.append(came[way[-1]])
    return way[::-1]


def rank(things: Sequence[str], judged: Iterable[Judged]) -> Ranking:
    """Put things in the order that comparisons of two imply.

    Args:
        things: all of them; where nothing else decides, they keep this order.
        judged: what was said of two at a time; what names something else is left out.

    >>> rank("abcd", [Judged("b", "a"), Judged("a", "c"), Judged("c", "d", alike=True)]).groups
    (('b',), ('a',), ('c', 'd'))
    >>> rank("abc", [Judged("a", "b"), Judged("b", "c"), Judged("c", "a")]).circles
    (('a', 'b', 'c', 'a'),)
    """
    order = {thing: place for place, thing in enumerate(things)}
    known = [j for j in judged if j.more in order and j.less in order and j.more != j.less]
    steps: dict[str, set[str]] = {thing: set() for thing in things}
    for each in known:
        steps[each.more].add(each.less)
        if each.alike:
            steps[each.less].add(each.more)
    reach = {thing: _reach(thing, steps) for thing in things}
    groups: dict[str, tuple[str, ...]] = {}
    for thing in things:
        if thing not in groups:
            members = tuple(o for o in things if o == thing or (o in reach[thing] and thing in reach[o]))
            groups |= dict.fromkeys(members, members)
    strict = [j for j in known if not j.alike]
    circles, ties = [], []
    for members in dict.fromkeys(groups.values()):
        broken = next((j for j in strict if j.more in members and j.less in members), None)
        if broken is not None:
            way = _way(broken.less, broken.more, steps, order)
            first = way.index(min(way, key=order.__getitem__))
            circles.append((*way[first:], *way[:first], way[first]))
        elif len(members) > 1:
            ties.append(members)
    below = {thing: frozenset(reach[thing] - set(groups[thing])) for thing in things}
    above = {thing: frozenset(o for o in things if thing in below[o]) for thing in things}
    return Ranking(_in_order(things, groups, above, below), tuple(ties), tuple(circles), above, below)


def _in_order(
    things: Sequence[str],
    groups: dict[str, tuple[str, ...]],
    above: dict[str, frozenset[str]],
    below: dict[str, frozenset[str]],
) -> tuple[tuple[str, ...], ...]:
    """Return the groups from first to last; neighbours that nothing tells apart stand in one."""
    rest = list(dict.fromkeys(groups.values()))
    rest.sort(key=lambda members: (len(above[members[0]]) - len(below[members[0]]), things.index(members[0])))
    merged: list[tuple[str, ...]] = []
    for members in rest:
        if merged and not any(o in above[members[0]] for o in merged[-1]):
            merged[-1] = (*merged[-1], *members)
        else:
            merged.append(members)
    return tuple(merged)


def _placed(ranking: Ranking, thing: str, count: int, limit: int) -> bool:
    """Whether the side of the limit on which a thing stands no longer depends on anything that could be asked."""
    return len(ranking.above[thing]) >= limit or len(ranking.below[thing]) >= count - limit


def placed(ranking: Ranking, things: Sequence[str], limit: int) -> int:
    """Return of how many things it is known on which side of the limit they stand.

    >>> placed(rank("abc", [Judged("a", "b"), Judged("a", "c")]), "abc", 1)
    3
    """
    return sum(_placed(ranking, thing, len(things), limit) for thing in things)


def next_pair(ranking: Ranking, things: Sequence[str], limit: int) -> tuple[str, str] | None:
    """Return the two things to ask of next, or None when enough is known.

    Things are put one after another into the order of those before them, each time halving what is left, so that few
    questions do. A pair is never asked when its answer follows from what was said.

    Args:
        ranking: what was said so far.
        things: all of them, in the order in which they are taken up.
        limit: how many will be kept; things of which it is known on which side they stand are left alone.

    >>> next_pair(rank("ab", []), "ab", 1)
    ('a', 'b')
    """
    count = len(things)
    for place, thing in enumerate(things):
        open_ = [
            o
            for o in things[:place]
            if not ranking.told_apart(thing, o)
            and not (_placed(ranking, thing, count, limit) and _placed(ranking, o, count, limit))
        ]
        if open_:
            in_order = sorted(open_, key=lambda o: (len(ranking.above[o]) - len(ranking.below[o]), things.index(o)))
            return in_order[(len(in_order) - 1) // 2], thing
    return None
