"""In which order strategies can run: dates and dependencies as a directed graph (Rule 4, tool 4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import attrs

from rdlib.plan.strategy import Strategy
from rdlib.rules.boards import value_of
from rdlib.rules.r04_matrix import DROP, IF_FREE, QUICK_WINS, TRANSFORMATIVE, zone_of

if TYPE_CHECKING:
    import networkx as nx

# What comes first where nothing depends on anything: quick wins, then build up to the transformative.
_RANK = {QUICK_WINS: 0, IF_FREE: 1, DROP: 2, None: 2, TRANSFORMATIVE: 3}


@attrs.frozen
class Step:
    """A strategy in the proposed order.

    Attributes:
        strategy: the strategy.
        after: the strategies of the same list that it has to wait for, in their order.
        not_before: the day on which the last of these is done; None where that is not known, or it waits for none.
    """

    strategy: Strategy
    after: tuple[Strategy, ...]
    not_before: date | None


@attrs.frozen
class Clash:
    """A strategy that begins before one that it depends on is done."""

    strategy: Strategy
    waits_for: Strategy
    start: date
    done: date


@attrs.frozen
class Order:
    """What the dependencies of some strategies come to.

    Attributes:
        steps: the proposed order; empty where there is a circle.
        circles: the strategies that wait for each other, each circle once, in the order of waiting.
        clashes: who begins too early.
    """

    steps: tuple[Step, ...]
    circles: tuple[tuple[Strategy, ...], ...]
    clashes: tuple[Clash, ...]


def _graph(strategies: Sequence[Strategy]) -> nx.DiGraph[str]:
    """An arrow from each strategy to those that wait for it; what is not in the list is left out."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(s.id for s in strategies)
    for strategy in strategies:
        graph.add_edges_from((other, strategy.id) for other in strategy.depends_on if other in graph)
    return graph


def _circles(graph: nx.DiGraph[str]) -> list[list[str]]:
    import networkx as nx

    found = []
    for knot in nx.strongly_connected_components(graph):
        first = min(knot)
        if len(knot) > 1 or graph.has_edge(first, first):
            edges = nx.find_cycle(graph.subgraph(knot), first)
            found.append([edge[0] for edge in edges])
    return sorted(found)


def _earliness(strategy: Strategy) -> tuple[int, date, float, str]:
    start = strategy.start.start if strategy.start else date.max
    difficulty = value_of(strategy.difficulty)
    return (_RANK[zone_of(strategy)], start, 10.0 if difficulty is None else difficulty, strategy.id)


def order_of(strategies: Sequence[Strategy]) -> Order:
    """Propose an order: what others wait for comes first; else quick wins first, the transformative last.

    Args:
        strategies: those that are to run; what they depend on outside this list does not count here.

    >>> first, second = Strategy("s1", depends_on=("s2",)), Strategy("s2")
    >>> [step.strategy.id for step in order_of([first, second]).steps]
    ['s2', 's1']
    """
    import networkx as nx

    known = {s.id: s for s in strategies}
    graph = _graph(list(known.values()))
    circles = tuple(tuple(known[id_] for id_ in circle) for circle in _circles(graph))
    steps: tuple[Step, ...] = ()
    if not circles:
        ids = list(nx.lexicographical_topological_sort(graph, key=lambda id_: _earliness(known[id_])))
        places = {id_: n for n, id_ in enumerate(ids)}
        steps = tuple(
            _step(known[id_], [known[other] for other in sorted(graph.predecessors(id_), key=places.__getitem__)])
            for id_ in ids
        )
    return Order(steps, circles, tuple(_clashes(known.values(), graph, known)))


def _step(strategy: Strategy, after: Sequence[Strategy]) -> Step:
    ends = [other.end.end for other in after if other.end]
    known = bool(after) and len(ends) == len(after)
    return Step(strategy, tuple(after), max(ends) if known else None)


def _clashes(strategies: Iterable[Strategy], graph: nx.DiGraph[str], known: dict[str, Strategy]) -> Iterable[Clash]:
    for strategy in strategies:
        for id_ in sorted(graph.predecessors(strategy.id)):
            other = known[id_]
            if other is strategy or strategy.start is None:
                continue
            if other.end is not None and strategy.start.start < other.end.end:
                yield Clash(strategy, other, strategy.start.start, other.end.end)
            elif other.end is None and other.start is not None and strategy.start.start < other.start.start:
                yield Clash(strategy, other, strategy.start.start, other.start.start)
