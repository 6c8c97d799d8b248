"""Rule 5, tool 5.2: the shape of a delivery chain. Does it begin, arrive, and pass through everybody it names?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdlib.plan.chain import CHAINS, Chain
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r05_lines import FUNDING, INFLUENCE, Lines, kind_of, lines, listed
from rdlib.rules.registry import Context
from rdlib.words import _, format_number

TOOL = "5.2"

#: A chain has at least so many levels: those who lead, and those it is for. Ours.
FEWEST_LEVELS = 2

NO_STRATEGY = FindingKind(
    "R5-chain-no-strategy", TOOL, Severity.MISSING, _("Not said which strategy it carries"),
    why=_("A chain is drawn for a strategy; without one nobody can say whether the right actors are on it."),
)  # fmt: skip
NO_CHAIN = FindingKind(
    "R5-strategy-no-chain", TOOL, Severity.WEAK, _("A chosen strategy on no chain"),
    why=_("Nobody has said through whom it reaches people, so it may never leave the office."),
)  # fmt: skip
FEW_LEVELS = FindingKind(
    "R5-few-levels", TOOL, Severity.MISSING, _("No levels between you and the citizen"),
    why=_("What lies between the decision and the people it is for is where most plans are lost."),
)  # fmt: skip
EMPTY_LEVEL = FindingKind(
    "R5-level-empty", TOOL, Severity.MISSING, _("A level with nobody on it"),
    why=_("Either somebody is missing from the drawing, or the level is."),
)  # fmt: skip
NO_LEVEL = FindingKind(
    "R5-actor-no-level", TOOL, Severity.MISSING, _("An actor on no level"),
    why=_("Where somebody stands between you and the citizen decides what can be asked of them."),
)  # fmt: skip
NO_NUMBER = FindingKind(
    "R5-actor-no-number", TOOL, Severity.MISSING, _("Not said how many"),
    why=_("What one office can do in a week takes two hundred of them years; the number is what makes it real."),
)  # fmt: skip
NO_ROLE = FindingKind(
    "R5-actor-no-role", TOOL, Severity.MISSING, _("Not said what an actor does"),
    why=_("Who has no part of their own to play in it will wait for somebody else to move."),
)  # fmt: skip
NO_START = FindingKind(
    "R5-no-start", TOOL, Severity.MISSING, _("Nobody leads it"),
    why=_("A chain in which nobody moves first does not move."),
)  # fmt: skip
SEVERAL_STARTS = FindingKind(
    "R5-several-starts", TOOL, Severity.WEAK, _("Several lead it"),
    why=_("Those further down hear two voices, and may follow the one that asks for less."),
)  # fmt: skip
NO_END = FindingKind(
    "R5-no-end", TOOL, Severity.MISSING, _("Not said where the change is felt"),
    why=_("A chain that does not name those who would notice may end inside the government."),
)  # fmt: skip
NO_WAY = FindingKind(
    "R5-no-way-to-citizen", TOOL, Severity.MISSING, _("No way to the citizen"),
    why=_("Whatever is decided at the start cannot reach those it is for: there is no line of influence to them."),
)  # fmt: skip
OPEN_LINK = FindingKind(
    "R5-link-open", TOOL, Severity.MISSING, _("A link to nowhere"),
    why=_("An arrow with one end says nothing."),
)  # fmt: skip
SELF_LINK = FindingKind(
    "R5-link-to-itself", TOOL, Severity.WEAK, _("A link to itself"),
    why=_("It adds a line to the drawing and nothing to the chain."),
)  # fmt: skip
OFF_LINE = FindingKind(
    "R5-actor-on-no-line", TOOL, Severity.WEAK, _("An actor on no line"),
    why=_("Whoever takes no part in it costs attention; whoever should take part has been forgotten."),
)  # fmt: skip
SKIPPED = FindingKind(
    "R5-level-skipped", TOOL, Severity.NOTE, _("A line goes past a level"),
    why=_("Those who are passed over may work against what they first hear of from below."),
)  # fmt: skip
BACKWARD = FindingKind(
    "R5-influence-backward", TOOL, Severity.NOTE, _("Influence that runs away from the citizen"),
    why=_("It may be right, and it may be an arrow drawn the wrong way round."),
)  # fmt: skip
CIRCLE = FindingKind(
    "R5-chain-circle", TOOL, Severity.WEAK, _("Influence in a circle"),
    why=_("Where each waits for another nobody can say who moves first."),
)  # fmt: skip
COMPLETE = FindingKind(
    "R5-chain-complete", TOOL, Severity.GOOD, _("The chain reaches the citizen"),
    why=_("It begins with one who leads, passes through everybody it names, and ends with those who feel the change."),
)  # fmt: skip

KINDS = (
    NO_STRATEGY, NO_CHAIN, FEW_LEVELS, EMPTY_LEVEL, NO_LEVEL, NO_NUMBER, NO_ROLE, NO_START, SEVERAL_STARTS, NO_END,
    NO_WAY, OPEN_LINK, SELF_LINK, OFF_LINE, SKIPPED, BACKWARD, CIRCLE, COMPLETE,
)  # fmt: skip


def chains(priority: Priority) -> tuple[Chain, ...]:
    """Return the delivery chains of a priority."""
    return CHAINS.read(priority)


def called(chain: Chain) -> str:
    """Return what to call a chain."""
    return (chain.title or "").strip() or chain.id


def begun(chain: Chain) -> bool:
    """Say whether anything of a chain has been drawn."""
    return bool(chain.levels or chain.actors or chain.links)


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether a chain has been begun."""
    return any(map(begun, chains(priority)))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the shape of each delivery chain (Rule 5, tool 5.2)."""
    here = f"priorities/{priority.id}"
    found: list[Finding] = []
    for number, chain in enumerate(chains(priority), start=1):
        if begun(chain):
            found += _of_chain(chain, f"{here}/{CHAINS.key}/{chain.id or f'#{number}'}")
    carried = {id_ for chain in chains(priority) for id_ in chain.strategies}
    for strategy in STRATEGIES.read(priority):
        if strategy.status == "chosen" and strategy.id not in carried and carried:
            found.append(
                NO_CHAIN.at(
                    f"{here}/{STRATEGIES.key}/{strategy.id}",
                    _("“{strategy}” was chosen, and no delivery chain carries it.").format(
                        strategy=strategy.title or strategy.id
                    ),
                    _("Tick it on the chain that it runs along, or draw a chain of its own."),
                )
            )
    return found


def _of_chain(chain: Chain, where: str) -> list[Finding]:
    drawn = lines(chain)
    found = [
        *_levels(chain, drawn, where),
        *_actors(chain, where),
        *_links(chain, drawn, where),
        *_ends_of_it(chain, drawn, where),
        *_off_line(chain, drawn, where),
        *_circles(drawn, where),
    ]
    if not chain.strategies:
        found.insert(
            0,
            NO_STRATEGY.at(
                f"{where}/strategies",
                _("“{chain}” does not say which strategies run along it.").format(chain=called(chain)),
                _("Tick the strategies that reach people in this way."),
            ),
        )
    if not any(finding.severity in {Severity.MISSING, Severity.WEAK} for finding in found):
        what = _("From {start} to {end}: {n} actors on {levels} levels, and each of them is on a line.")
        found.append(
            COMPLETE.at(
                where,
                what.format(
                    start=drawn.named(drawn.starts),
                    end=drawn.named(drawn.ends),
                    n=format_number(len(drawn.actors)),
                    levels=format_number(len(chain.levels)),
                ),
            )
        )
    return found


def _levels(chain: Chain, drawn: Lines, where: str) -> Iterator[Finding]:
    if len(chain.levels) < FEWEST_LEVELS:
        yield FEW_LEVELS.at(
            f"{where}/levels",
            _("The chain has {n} levels; there are at least yours and the citizens'.").format(n=len(chain.levels)),
            _("Write down the layers in order, yours first and the people it is for last."),
        )
        return
    if not drawn.actors:
        yield EMPTY_LEVEL.at(
            f"{where}/actors",
            _("There are {n} levels and no actors yet.").format(n=len(chain.levels)),
            _("For each level, write down who on it has a part to play, and how many they are."),
        )
        return
    filled = {actor.level for actor in chain.actors}
    for number, level in enumerate(chain.levels, start=1):
        if level.id not in filled:
            yield EMPTY_LEVEL.at(
                f"{where}/levels/{level.id or f'#{number}'}",
                _("Nobody stands on “{level}”.").format(level=level.title or level.id),
                _("Say who on this level has a part to play, or take the level out."),
            )


def _actors(chain: Chain, where: str) -> Iterator[Finding]:
    gaps = (
        (NO_LEVEL, "level", _("{names}: on no level."), _("Choose for each the level that it stands on.")),
        (
            NO_NUMBER,
            "number",
            _("{names}: not said how many there are."),
            _("Write how many there are; say “about” where it is an estimate."),
        ),
        (
            NO_ROLE,
            "role",
            _("{names}: not said what they do."),
            _("Say for each what it has to do differently for this strategy."),
        ),
    )
    for kind, field, what, then in gaps:
        without = [
            (actor, number)
            for number, actor in enumerate(chain.actors, start=1)
            if getattr(actor, field) is None and not (kind is NO_ROLE and actor.part == "end")
        ]
        if without and chain.actors:
            first, number = without[0]
            names = listed([(actor.title or "").strip() or actor.id or f"#{place}" for actor, place in without])
            yield kind.at(f"{where}/actors/{first.id or f'#{number}'}/{field}", what.format(names=names), then)


def _links(chain: Chain, drawn: Lines, where: str) -> Iterator[Finding]:
    for number, link in enumerate(chain.links, start=1):
        there = f"{where}/links/{link.id or f'#{number}'}"
        if not link.source or not link.target:
            known = link.source or link.target
            yield OPEN_LINK.at(
                f"{there}/{'target' if link.source else 'source'}",
                _("A link of {actor} has only one end.").format(actor=drawn.name(known))
                if known
                else _("A link has no ends yet."),
                _("Choose the actor that is missing, or take the link out."),
            )
        elif link.source == link.target:
            yield SELF_LINK.at(
                there,
                _("A link runs from {actor} to itself.").format(actor=drawn.name(link.source)),
                _("If it stands for two actors under one name, make them two; else take it out."),
            )
        elif kind_of(link) == INFLUENCE:
            yield from _direction(chain, drawn, link.source, link.target, there)


def _direction(chain: Chain, drawn: Lines, source: str, target: str, where: str) -> Iterator[Finding]:
    if source not in drawn.place or target not in drawn.place:
        return
    up, down = drawn.place[source], drawn.place[target]
    names = {"source": drawn.name(source), "target": drawn.name(target)}
    if down - up > 1:
        between = [(level.title or level.id) for level in chain.levels[up + 1 : down]]
        yield SKIPPED.at(
            where,
            _("The link from {source} to {target} goes past {levels}.").format(levels=listed(between), **names),
            _("Say what those on the level between are told, or lead the line through them."),
        )
    elif down < up:
        yield BACKWARD.at(
            where,
            _("{source} stands further from you than {target}, and the link runs towards you.").format(**names),
            _("If it is news from below, call it information; else turn the arrow round."),
        )


def _ends_of_it(chain: Chain, drawn: Lines, where: str) -> Iterator[Finding]:
    if not drawn.actors:
        return
    marked = [actor for actor in chain.actors if actor.part == "start"]
    if not marked:
        yield NO_START.at(
            f"{where}/actors",
            _("No actor is marked as the one who leads the chain."),
            _("Mark the one who sets it going, and only that one."),
        )
    elif len(marked) > 1:
        yield SEVERAL_STARTS.at(
            f"{where}/actors/{marked[1].id}/part",
            _("{names} are all marked as leading it.").format(names=drawn.named(a.id for a in marked)),
            _("Choose the one who would be asked why it stands still; the others pass it on."),
        )
    if not any(actor.part == "end" for actor in chain.actors):
        yield NO_END.at(
            f"{where}/actors",
            _("No actor is marked as the one with whom the change is felt."),
            _("Mark those for whom something will be different, as a rule on the last level."),
        )
    lost = [end for end in drawn.ends if end not in drawn.before]
    if lost and drawn.starts and drawn.graph.number_of_edges():
        yield NO_WAY.at(
            f"{where}/actors/{lost[0]}",
            _("No line of influence leads from {start} to {ends}; the furthest it comes is {far}.").format(
                start=drawn.named(drawn.starts), ends=drawn.named(lost), far=drawn.named(_furthest(drawn), 3)
            ),
            _("Draw the links that are missing, or say who would have to be won for it."),
        )
    elif lost and drawn.starts and len(drawn.actors) > 1:
        yield NO_WAY.at(
            f"{where}/links",
            _("There is no link of influence yet."),
            _("Begin with the one who leads: on whom does it act directly? Go on from there to the right."),
        )


def _furthest(drawn: Lines) -> list[str]:
    """Return the reached actors on the level that lies furthest to the right."""
    reached = [id_ for id_ in drawn.before if id_ in drawn.place]
    last = max((drawn.place[id_] for id_ in reached), default=None)
    return [id_ for id_ in reached if drawn.place[id_] == last] or list(drawn.starts)


def off_line(chain: Chain, drawn: Lines) -> dict[str, bool]:
    """Return the actors on no line to the citizen, each with whether nothing at all is linked to it.

    Those who pay, decide on money or tell others something, and those in a feedback loop, do have a part in it.
    """
    if not drawn.arrives:
        return {}
    other = {loop_actor for loop in chain.loops for loop_actor in loop.actors}
    linked: set[str] = set()
    for link in chain.links:
        linked |= {link.source or "", link.target or ""}
        if kind_of(link) != INFLUENCE:
            other |= {link.source or "", link.target or ""}
        if kind_of(link) == FUNDING:
            other.add(link.controlled_by or "")
    return {
        id_: id_ not in linked
        for id_ in drawn.actors
        if not drawn.on_line(id_) and id_ not in other and id_ not in drawn.ends
    }


def _off_line(chain: Chain, drawn: Lines, where: str) -> Iterator[Finding]:
    for id_, alone in off_line(chain, drawn).items():
        name = drawn.name(id_)
        if alone:
            what, then = _("Nothing is linked to {actor}."), _("Link it to those it works with, or take it out.")
        elif id_ in drawn.before:
            what = _("Influence reaches {actor} and ends there.")
            then = _("Say on whom it acts in turn, or take it out.")
        else:
            what = _("{actor} acts on others, and nobody who leads the chain acts on it.")
            then = _("Draw who gets it to take part; if nobody can, that is a risk to write down.")
        yield OFF_LINE.at(f"{where}/actors/{id_}", what.format(actor=name), then)


def _circles(drawn: Lines, where: str) -> Iterator[Finding]:
    for circle in circles(drawn):
        yield CIRCLE.at(
            f"{where}/actors/{circle[0]}",
            _("{names} act on each other in a circle.").format(names=drawn.named(circle, 6)),
            _("Take out the link that only answers; news that comes back is information, not influence."),
        )


def circles(drawn: Lines) -> list[list[str]]:
    """Return the actors that act on each other in a circle, each knot of circles once."""
    import networkx as nx

    rank: Mapping[str, int] = {node: place for place, node in enumerate(drawn.graph)}
    knots = [knot for knot in nx.strongly_connected_components(drawn.graph) if len(knot) > 1]
    return sorted((sorted(knot, key=rank.__getitem__) for knot in knots), key=lambda knot: rank[knot[0]])
