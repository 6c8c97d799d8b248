"""How long the pressure tests of a delivery chain take, for chains of growing size.

    .venv/bin/python benchmarks/chain.py --actors 1000 10000 100000

The chains are made up from a seed: one who leads, six levels below, each actor led by one or two of the level above, a
few arrows across and backward (so that there are circles), money, feedback loops, and citizens at the end.
"""

from __future__ import annotations

import argparse
import gc
import random
from collections.abc import Callable
from datetime import date
from time import process_time

from rdlib.plan.chain import CHAINS, Actor, Chain, Level, Link, Loop
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules.r05_chain_shape import check as shape_of
from rdlib.rules.r05_lines import lines
from rdlib.rules.r05_pressure import pressure
from rdlib.rules.r05_what_if import without
from rdlib.rules.registry import Context

LEVELS = 8


def made_up(count: int, seed: int) -> Chain:
    """Return a chain with about so many actors."""
    rng = random.Random(seed)
    sizes = [max(1, round(count ** ((n + 1) / LEVELS) / 2)) for n in range(LEVELS - 1)]
    sizes[0] = 1
    sizes.append(count - sum(sizes))
    rows: list[list[str]] = []
    actors: list[Actor] = []
    links: list[Link] = []
    for place, size in enumerate(sizes):
        row = [f"a{len(actors) + n}" for n in range(size)]
        part = "start" if place == 0 else "end" if place == LEVELS - 1 else "middle"
        actors += [
            Actor(
                id_,
                title=f"Actor {id_}",
                level=f"v{place}",
                part=part,
                number=float(rng.randint(1, 50)),
                counted_in="people",
                skill=rng.randint(1, 4),
                will=rng.randint(1, 4),
            )
            for id_ in row
        ]
        if rows:
            for id_ in row:
                for above in {rng.choice(rows[-1]) for _ in range(rng.choice((1, 1, 2)))}:
                    links.append(_link(links, rng, above, id_))
                    if rng.random() < 0.1:
                        links.append(_link(links, rng, above, id_, kind="funding"))
        rows.append(row)
    for _ in range(count // 20):
        links.append(_link(links, rng, *(rng.choice(actors).id for _end in range(2))))
    loops = [
        Loop(f"b{n}", title="Loop", actors=tuple({rng.choice(row) for row in rows}), evidence_state="now")
        for n in range(count // 20)
    ]
    levels = [Level(f"v{place}", title=f"Level {place}") for place in range(LEVELS)]
    return Chain("c1", strategies=("s1",), levels=tuple(levels), actors=tuple(actors), links=tuple(links),
                 loops=tuple(loops))  # fmt: skip


def _link(links: list[Link], rng: random.Random, source: str, target: str, kind: str = "influence") -> Link:
    formal, informal = rng.randint(1, 4), rng.randint(1, 4)
    return Link(f"k{len(links)}", source=source, target=target, kind=kind, formal=formal, informal=informal)


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Return how much time of the processor something takes: the least of several rounds."""
    taken = []
    for _round in range(rounds):
        gc.collect()
        begin = process_time()
        work()
        taken.append(process_time() - begin)
    return min(taken)


def main() -> None:
    """Print a table: seconds, and millionths of a second for each actor."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--actors", nargs="+", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    lines(made_up(10, 1))  # what is imported once does not count
    print(f"{'actors':>8} {'links':>8} {'what':<22} {'seconds':>9} {'us/actor':>9}")
    for count in arguments.actors:
        chain = made_up(count, arguments.seed)
        priority = Priority(id="p", parts={CHAINS.key: (chain,)})
        middle = chain.actors[len(chain.actors) // 100].id
        works: dict[str, Callable[[], object]] = {
            "lines of influence": lambda: lines(chain),  # noqa: B023
            "shape (5.2)": lambda: shape_of(priority, Context(Plan(), date(2026, 11, 23))),  # noqa: B023
            "six tests (5.3)": lambda: pressure(chain, "c"),  # noqa: B023
            "what if one fails": lambda: without(chain, [middle]),  # noqa: B023
        }
        for name, work in works.items():
            took = seconds(work, arguments.rounds)
            print(f"{count:>8} {len(chain.links):>8} {name:<22} {took:>9.3f} {took / count * 1e6:>9.1f}")


if __name__ == "__main__":
    main()
