"""What if a part of a delivery chain fails: who is cut off, and is there another way? (Rule 5, tool 5.3)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import attrs

from rdlib.plan.chain import Chain, Link
from rdlib.rules.r05_lines import FUNDING, Lines, kind_of, lines, listed
from rdlib.words import _


@attrs.frozen(eq=False)
class WhatIf:
    """What becomes of a chain without some of its actors or links.

    Attributes:
        chain: the chain as drawn.
        actors: ids of the actors that fail.
        links: ids of the links that fail.
        cut_off: ids of the actors that influence reached before and no longer does; those that fail are not counted.
        ends_lost: ids of the ends among them, and of those that fail themselves.
        lost: the weight of these ends.
        weaker: ids of the ends that are still reached, by a weaker line than before.
        rerouted: ids of the ends whose strongest line was broken and that another line still reaches.
        unpaid: ids of the links along which money would stop.
        before: the lines as drawn.
        after: the lines that are left.
    """

    chain: Chain
    actors: tuple[str, ...]
    links: tuple[str, ...]
    cut_off: tuple[str, ...]
    ends_lost: tuple[str, ...]
    lost: float
    weaker: tuple[str, ...]
    rerouted: tuple[str, ...]
    unpaid: tuple[str, ...]
    before: Lines
    after: Lines

    @property
    def another_way(self) -> bool:
        """Whether every end that was reached still is."""
        return not self.ends_lost

    @property
    def says(self) -> str:
        """What happens, in sentences."""
        return " ".join(_said(self))


def without(
    chain: Chain, actors: Collection[str] = (), links: Collection[str] = (), *, drawn: Lines | None = None
) -> WhatIf:
    """Work out what becomes of a chain when some of its actors or links fail.

    Args:
        chain: the chain.
        actors: ids of the actors that fail.
        links: ids of the links that fail.
        drawn: the lines of the chain, where they were read already.

    Raises:
        KeyError: the chain has no such actor or link.

    >>> from rdlib.plan.chain import Actor, Link
    >>> three = (Actor("a1", part="start"), Actor("a2"), Actor("a3", part="end"))
    >>> two = (Link("l1", source="a1", target="a2"), Link("l2", source="a2", target="a3"))
    >>> without(Chain("c1", actors=three, links=two), links=["l1"]).cut_off
    ('a2', 'a3')
    """
    for id_ in actors:
        if chain.actor(id_) is None:
            raise KeyError(id_)
    for id_ in links:
        if chain.link(id_) is None:
            raise KeyError(id_)
    before = drawn or lines(chain)
    after = lines(chain, without=actors, without_links=links, starts=before.starts, ends=before.ends)
    gone = set(actors)
    cut = tuple(id_ for id_ in before.before if id_ not in after.before and id_ not in gone)
    lost = tuple(end for end in before.reached_ends if end not in after.before)
    broken = _broken(before, gone, set(links))
    return WhatIf(
        chain=chain,
        actors=tuple(actors),
        links=tuple(links),
        cut_off=cut,
        ends_lost=lost,
        lost=sum(before.weights[end] for end in lost),
        weaker=tuple(e for e in before.reached_ends if e in after.width and after.width[e] < before.width[e]),
        rerouted=tuple(e for e in before.reached_ends if e in after.before and e in broken),
        unpaid=tuple(link.id for link in chain.links if kind_of(link) == FUNDING and _stops(link, gone, set(links))),
        before=before,
        after=after,
    )


def _stops(link: Link, gone: set[str], links: set[str]) -> bool:
    return link.id in links or bool({link.source, link.target, link.controlled_by} & gone)


def _broken(before: Lines, gone: set[str], links: set[str]) -> set[str]:
    """Return the actors whose strongest line passes what fails."""
    broken: set[str] = set()
    for node, parent in before.before.items():
        cut = parent is not None and {link.id for link in before.links_of(parent, node)} <= links
        if cut or node in gone or parent in broken:
            broken.add(node)
    return broken


def _said(what: WhatIf) -> Iterator[str]:
    drawn, after = what.before, what.after
    if not drawn.arrives:
        yield _("No line leads to the citizen as it is, so nothing can be cut off from them.")
        return
    if what.ends_lost:
        lost = drawn.weight_in_words(what.lost)
        yield _("No line leads to {ends} any more ({lost}).").format(ends=drawn.named(what.ends_lost), lost=lost)
    inside = [id_ for id_ in what.cut_off if id_ not in what.ends_lost]
    if inside:
        yield _("Cut off on the way: {names}.").format(names=drawn.named(inside))
    if what.ends_lost and after.reached_ends:
        yield _("Still reached: {ends}.").format(ends=drawn.named(after.reached_ends))
    elif what.rerouted:
        yield from _other_way(what)
    elif not what.ends_lost:
        yield _("The strongest line to the citizen stands as before.")
    if what.unpaid:
        stopped = [link for link in what.chain.links if link.id in what.unpaid]
        flows = [
            _("{source} → {target}").format(source=drawn.name(link.source or ""), target=drawn.name(link.target or ""))
            for link in stopped
        ]
        yield _("Money would stop: {flows}.").format(flows=listed(flows, 3))


def _other_way(what: WhatIf) -> Iterator[str]:
    end = what.rerouted[0]
    old, new = what.before.line_to(end), what.after.line_to(end)
    by = [id_ for id_ in new if id_ not in old] or list(new)
    yield _("There is another way, by {names}.").format(names=what.before.named(by, 5))
    if what.weaker:
        yield _("It is weaker than the one that was lost.")
    else:
        yield _("It is as strong as the one that was lost.")
