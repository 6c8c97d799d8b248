"""The lines of a delivery chain: along which influence runs from those who lead to those who feel the change.

A delivery chain is read as a directed graph of influence. From it come, in near linear time: the strongest line to each
actor, how much hangs on each actor and each link of these lines, and whom nobody can go round (dominators). Circles,
several beginnings and actors on no line are no obstacle: they are there in every real chain.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import attrs

from rdlib.plan.chain import Actor, Chain, Link
from rdlib.words import _, format_number

if TYPE_CHECKING:
    import networkx as nx

INFLUENCE, FUNDING, INFORMATION = "influence", "funding", "information"
START, END = "start", "end"

_ROOT = ""  # stands before all who lead; no actor has an empty id
_UNRATED = 0.0


def name_of(actor: Actor | None, id_: str = "") -> str:
    """Return what to call an actor."""
    return ((actor.title if actor else None) or "").strip() or (actor.id if actor else id_)


def how_many(actor: Actor) -> str | None:
    """Return how many an actor stands for, in words; None where that is not said.

    >>> how_many(Actor("a1", number=200.0, number_reads="over", counted_in="departments"))
    'over 200 departments'
    """
    if not isinstance(actor.number, float):
        return None
    number = f"{in_words(actor.number)} {(actor.counted_in or '').strip()}".strip()
    return {
        "about": _("about {number}"),
        "over": _("over {number}"),
        "up-to": _("up to {number}"),
    }.get(actor.number_reads or "", "{number}").format(number=number)


def in_words(number: float) -> str:
    """Return a number as people say it: millions in words.

    >>> in_words(12_500_000), in_words(550_000)
    ('12.5 million', '550\u2009000')
    """
    if number >= 1e6 and number % 1e4 == 0:
        return _("{n} million").format(n=format_number(number / 1e6))
    return format_number(number)


def strength(link: Link) -> float | None:
    """Return how strong a link is, from 1 to 4: the mean of formal and informal authority, or the one that is rated.

    None where neither is. The measure is ours: orders without trust are worth half, and so is trust without a say.

    >>> strength(Link("l1", formal=4, informal=1)), strength(Link("l2", informal=3)), strength(Link("l3"))
    (2.5, 3.0, None)
    """
    rated = [rating for rating in (link.formal, link.informal) if rating is not None]
    return sum(rated) / len(rated) if rated else None


def kind_of(link: Link) -> str:
    """Return what runs along a link; influence where nothing is said."""
    return link.kind or INFLUENCE


@attrs.frozen(eq=False, slots=False)
class Lines:
    """A delivery chain with what is computed of its lines of influence.

    Attributes:
        chain: the chain.
        actors: its actors, by id.
        place: on which level each stands, from 0; those on no level are not in it.
        graph: who influences whom; each edge has its links as ``links``, the strongest of these as ``best``, and how
            strong that is as ``strength`` (0 where nobody rated it).
        starts: those who lead it; where nobody is marked, those on the first level whom nobody influences.
        ends: where the change is felt; where nobody is marked, those on the last level.
        weights: how much each of the ends counts: how many it stands for where all are counted in the same, else 1.
        unit: what the weights are counted in; None where each end counts as one.
        total: the weight of all ends.
        citizens: the actors on the last level: those it is for.
        before: from whom the strongest line comes to each actor; those who lead have None. In the order of the lines:
            who is further from the start comes later.
        width: how strong the weakest link of that line is; infinite for those who lead, 0 where a link is not rated.
        leading: from whom a line leads on to one of the ends.
        above: the last actor before each that no line can go round; None where there is none but the start.
        carried: how much of the weight of the ends their strongest lines bring past each actor.
        behind: how much of the weight of the ends no line reaches without each actor.
    """

    chain: Chain
    actors: Mapping[str, Actor]
    place: Mapping[str, int]
    graph: nx.DiGraph[str]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    weights: Mapping[str, float]
    unit: str | None
    total: float
    citizens: frozenset[str]
    before: Mapping[str, str | None]
    width: Mapping[str, float]
    leading: Collection[str]
    above: Mapping[str, str | None]
    carried: Mapping[str, float]
    behind: Mapping[str, float]

    @property
    def reached_ends(self) -> tuple[str, ...]:
        """The ends to which a line leads."""
        return tuple(end for end in self.ends if end in self.before)

    @property
    def arrives(self) -> bool:
        """Whether any line leads from the start to one of the ends."""
        return any(self.before[end] is not None for end in self.reached_ends)

    @cached_property
    def exact(self) -> bool:
        """Whether the weights of all ends are the numbers themselves."""
        return all(self.actors[end].number_reads in {None, "exactly"} for end in self.ends)

    def link_key(self, link: Link) -> str:
        """Return how a path names a link: by its id, or by its place where it has none."""
        return link.id or f"#{self.chain.links.index(link) + 1}"

    def name(self, id_: str) -> str:
        """Return what to call an actor."""
        return name_of(self.actors.get(id_), id_)

    def named(self, ids: Iterable[str], at_most: int = 4) -> str:
        """Return the names of actors in one list, with how many more there are."""
        return listed([self.name(id_) for id_ in ids], at_most)

    def line_to(self, id_: str) -> tuple[str, ...]:
        """Return the strongest line from the start to an actor; empty where none leads there."""
        line, here = [], id_ if id_ in self.before else None
        while here is not None:
            line.append(here)
            here = self.before[here]
        return tuple(reversed(line))

    def on_line(self, id_: str) -> bool:
        """Say whether an actor lies on a line from the start to one of the ends."""
        return id_ in self.before and id_ in self.leading

    def share(self, weight: float) -> float:
        """Return a weight as a share of that of all ends."""
        return weight / self.total if self.total else 0.0

    def steps(self) -> Iterator[tuple[str, str]]:
        """Give each step of influence that lies on a line from the start to one of the ends."""
        return ((u, v) for u, v in self.graph.edges if u in self.before and v in self.leading)

    def links_of(self, source: str, target: str) -> tuple[Link, ...]:
        """Return the links of influence from one actor to another."""
        found: tuple[Link, ...] = self.graph.adj[source][target]["links"]
        return found

    def best_link(self, source: str, target: str) -> Link:
        """Return the strongest link of influence from one actor to another."""
        found: Link = self.graph.adj[source][target]["best"]
        return found

    def weight_in_words(self, weight: float) -> str:
        """Return a weight as people would say it."""
        if self.unit is None:
            return _("{n} of {all} places where the change is to be felt").format(
                n=format_number(weight), all=format_number(self.total)
            )
        if len(self.ends) == 1 and weight == self.total and (said := how_many(self.actors[self.ends[0]])):
            return said
        number = f"{in_words(weight)} {self.unit}".strip()
        return number if self.exact else _("about {number}").format(number=number)


def listed(names: Sequence[str], at_most: int = 4) -> str:
    """Return names in one list.

    >>> listed(["A", "B", "C"]), listed(["A", "B", "C"], 2)
    ('A, B and C', 'A, B and 1 more')
    """
    shown = list(names[:at_most])
    if len(names) > at_most:
        shown.append(_("{n} more").format(n=format_number(len(names) - at_most)))
    if len(shown) < 2:
        return "".join(shown)
    return _("{first} and {last}").format(first=", ".join(shown[:-1]), last=shown[-1])


def lines(
    chain: Chain,
    *,
    without: Collection[str] = (),
    without_links: Collection[str] = (),
    starts: Sequence[str] | None = None,
    ends: Sequence[str] | None = None,
) -> Lines:
    """Read the lines of influence out of a delivery chain.

    Args:
        chain: the chain.
        without: ids of actors that are left out, as if they failed.
        without_links: ids of links that are left out.
        starts: who leads it; left out, as the chain says.
        ends: where the change is felt; left out, as the chain says.

    >>> two = (Actor("a1", part="start"), Actor("a2", part="end"))
    >>> lines(Chain("c1", actors=two, links=(Link("l1", source="a1", target="a2", formal=3),))).line_to("a2")
    ('a1', 'a2')
    """
    actors = {a.id: a for a in chain.actors if a.id and a.id not in without}
    levels = {level.id: place for place, level in reversed(list(enumerate(chain.levels))) if level.id}
    place = {id_: levels[a.level] for id_, a in actors.items() if a.level in levels}
    graph = _influence(chain, actors, without_links)
    starts = _starts(actors, place, graph) if starts is None else tuple(id_ for id_ in starts if id_ in actors)
    ends = _ends(actors, place, len(chain.levels)) if ends is None else tuple(id_ for id_ in ends if id_ in actors)
    weights, unit = _weights(actors, ends)
    before, width = _strongest(graph, starts)
    above = _dominators(graph, starts)
    return Lines(
        chain=chain,
        actors=actors,
        place=place,
        graph=graph,
        starts=starts,
        ends=ends,
        weights=weights,
        unit=unit,
        total=sum(weights.values()),
        citizens=frozenset(id_ for id_, level in place.items() if level == len(chain.levels) - 1 > 0),
        before=before,
        width=width,
        leading=_leading(graph, ends),
        above=above,
        carried=_summed(before, before, weights),
        behind=_summed(before, above, weights),
    )


def _influence(chain: Chain, actors: Mapping[str, Actor], without_links: Collection[str]) -> nx.DiGraph[str]:
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(actors)
    for link in chain.links:
        u, v = link.source or "", link.target or ""
        if kind_of(link) != INFLUENCE or link.id in without_links or u == v or u not in actors or v not in actors:
            continue
        power = strength(link) or _UNRATED
        there = graph.adj[u].get(v)
        if there is None:
            graph.add_edge(u, v, links=(link,), best=link, strength=power)
            continue
        there["links"] += (link,)
        if power > there["strength"]:
            there["best"], there["strength"] = link, power
    return graph


def _starts(actors: Mapping[str, Actor], place: Mapping[str, int], graph: nx.DiGraph[str]) -> tuple[str, ...]:
    marked = tuple(id_ for id_, actor in actors.items() if actor.part == START)
    return marked or tuple(id_ for id_ in actors if place.get(id_) == 0 and not graph.in_degree(id_))


def _ends(actors: Mapping[str, Actor], place: Mapping[str, int], levels: int) -> tuple[str, ...]:
    marked = tuple(id_ for id_, actor in actors.items() if actor.part == END)
    return marked or tuple(id_ for id_ in actors if levels > 1 and place.get(id_) == levels - 1)


def _weights(actors: Mapping[str, Actor], ends: Sequence[str]) -> tuple[dict[str, float], str | None]:
    numbers = {end: actors[end].number for end in ends}
    units = {(actors[end].counted_in or "").strip().casefold() for end in ends}
    counted = {end: number for end, number in numbers.items() if isinstance(number, float) and number > 0}
    if ends and len(counted) == len(ends) and len(units) == 1 and units != {""}:
        return counted, (actors[ends[0]].counted_in or "").strip()
    return dict.fromkeys(ends, 1.0), None


def _strongest(graph: nx.DiGraph[str], starts: Sequence[str]) -> tuple[dict[str, str | None], dict[str, float]]:
    """Return the line to each actor whose weakest link is strongest: the widest path; of equal ones a short one."""
    before: dict[str, str | None] = {}
    width: dict[str, float] = {}
    rank = {node: place for place, node in enumerate(graph)}
    heap: list[tuple[float, int, int, str, str | None]] = []
    for node in starts:
        heappush(heap, (-float("inf"), 0, rank[node], node, None))
    while heap:
        negative, length, _rank, node, came_from = heappop(heap)
        if node in before:
            continue
        before[node], width[node] = came_from, -negative
        for target, data in graph.adj[node].items():
            if target not in before:
                narrow = min(-negative, data["strength"])
                heappush(heap, (-narrow, length + 1, rank[target], target, node))
    return before, width


def _dominators(graph: nx.DiGraph[str], starts: Sequence[str]) -> dict[str, str | None]:
    """Return the last actor before each that every line passes; None where only the beginning is common to them."""
    import networkx as nx

    rooted = graph if len(starts) == 1 else graph.copy()
    root = starts[0] if len(starts) == 1 else _ROOT
    if root == _ROOT:
        rooted.add_edges_from((_ROOT, start) for start in starts)
    if root not in rooted:
        return {}
    found: Mapping[str, str] = nx.immediate_dominators(rooted, root)
    above: dict[str, str | None] = {
        node: None if over in {_ROOT, node} else over for node, over in found.items() if node != _ROOT
    }
    return {**dict.fromkeys(starts), **above}


def _leading(graph: nx.DiGraph[str], ends: Sequence[str]) -> frozenset[str]:
    found, todo = set(ends), list(ends)
    while todo:
        for node in graph.pred[todo.pop()]:
            if node not in found:
                found.add(node)
                todo.append(node)
    return frozenset(found)


def _summed(
    before: Mapping[str, str | None], over: Mapping[str, str | None], weights: Mapping[str, float]
) -> dict[str, float]:
    """Return for each actor the weight of the ends in its part of a tree, its own included."""
    sums = {node: weights.get(node, 0.0) for node in before}
    for node in reversed(list(before)):  # whoever stands over it was reached first
        parent = over.get(node)
        if parent is not None:
            sums[parent] += sums[node]
    return sums
