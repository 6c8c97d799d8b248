"""Pressure tests across the lines of a delivery chain: money, choke points, feedback (Rule 5, tool 5.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from rdlib.plan.chain import Actor, Link, Loop
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r05_lines import FUNDING as MONEY
from rdlib.rules.r05_lines import Lines, how_many, kind_of, listed
from rdlib.rules.r05_pressure_lines import low_in
from rdlib.rules.r05_pressure_result import CHOKES, FEEDBACK, FUNDING, TestResult, Weak
from rdlib.words import _, format_number, plural

TOOL = "5.3"

# Our thresholds.
#: Who stands alone before at least this share of those who are to feel the change is a choke point.
CHOKE_SHARE = 0.5
#: One who has to steer more than this many directly is overburdened by number.
TOO_MANY_TO_STEER = 50
#: Feedback: with at most this share of the steps unheard the chain holds with care; with at most the second it is weak.
FEW_BLIND, MANY_BLIND = 1 / 3, 2 / 3
#: A loop that comes round no oftener than this is late news.
RARE = frozenset({"yearly", "less"})
#: So many places are named one by one.
MOST_NAMED = 6

NO_MONEY = FindingKind(
    "R5-no-money-drawn", TOOL, Severity.MISSING, _("No money on the drawing"),
    why=_("Whoever pays has a say, drawn or not; leaving the money out hides who could stop it all."),
)  # fmt: skip
MONEY_WITHOUT = FindingKind(
    "R5-money-without-influence", TOOL, Severity.WEAK, _("Money that comes by another road"),
    why=_("Those who receive it listen to whoever pays, and that is not the one who is to lead them."),
)  # fmt: skip
MONEY_AGAINST = FindingKind(
    "R5-money-against-influence", TOOL, Severity.WEAK, _("Money that runs against influence"),
    why=_("Who is to be led pays the one who leads, and can turn the tap."),
)  # fmt: skip
MONEY_OUTSIDE = FindingKind(
    "R5-money-held-outside", TOOL, Severity.WEAK, _("Money that somebody else decides on"),
    why=_("Who can stop the money can stop the strategy, without ever having agreed to it or against it."),
)  # fmt: skip
MONEY_ALONG = FindingKind(
    "R5-money-along-influence", TOOL, Severity.GOOD, _("Money and influence take the same road"),
    why=_("Whoever asks for the change can also pay for it."),
)  # fmt: skip
CHOKE = FindingKind(
    "R5-choke-point", TOOL, Severity.NOTE, _("Nobody can go round"),
    why=_("If this one is ill, changes sides or loses interest, everything behind stands still."),
)  # fmt: skip
WEAK_CHOKE = FindingKind(
    "R5-choke-point-weak", TOOL, Severity.WEAK, _("Nobody can go round, and it is not ready"),
    why=_("All that lies behind depends on one who cannot, or does not want to, play the part."),
)  # fmt: skip
OVERBURDENED = FindingKind(
    "R5-overburdened", TOOL, Severity.WEAK, _("Too many for one to steer"),
    why=_("Whoever has so many to look after looks after those who call, and not after those who need it."),
)  # fmt: skip
NO_LOOPS = FindingKind(
    "R5-no-feedback", TOOL, Severity.MISSING, _("No feedback at all"),
    why=_("Without news from below you learn from the headline figure that nothing happened, a year too late."),
)  # fmt: skip
BLIND = FindingKind(
    "R5-blind-stretch", TOOL, Severity.WEAK, _("A stretch from which you would hear nothing"),
    why=_("Whatever goes wrong here is found out only when the target is missed."),
)  # fmt: skip
LOOP_INCOMPLETE = FindingKind(
    "R5-loop-incomplete", TOOL, Severity.MISSING, _("A feedback loop that is only a name"),
    why=_("Unless it is said who looks at what and how often, nobody will."),
)  # fmt: skip
LOOP_NO_EVIDENCE = FindingKind(
    "R5-loop-no-evidence", TOOL, Severity.WEAK, _("Feedback that cannot be collected yet"),
    why=_("Until there is a way to the evidence, the loop is an intention."),
)  # fmt: skip
LOOP_RARE = FindingKind(
    "R5-loop-rare", TOOL, Severity.NOTE, _("Feedback that comes late"),
    why=_("What is heard once a year can change next year's work, not this year's."),
)  # fmt: skip

KINDS = (
    NO_MONEY, MONEY_WITHOUT, MONEY_AGAINST, MONEY_OUTSIDE, MONEY_ALONG, CHOKE, WEAK_CHOKE, OVERBURDENED, NO_LOOPS,
    BLIND, LOOP_INCOMPLETE, LOOP_NO_EVIDENCE, LOOP_RARE,
)  # fmt: skip


# --- funding -------------------------------------------------------------------------------------------------------


@attrs.frozen
class Flow:
    """A flow of money and how it runs to the influence.

    Attributes:
        link: the link.
        source: id of the actor from whom it comes.
        target: id of the one whom it reaches.
        road: "along" (the payer leads the receiver), "without" (it does not) or "against" (the receiver leads it).
        outside: id of the actor who decides on it and is on no line above the receiver; None where that is not so.
    """

    link: Link
    source: str
    target: str
    road: str
    outside: str | None


class _Above:
    """Who stands above whom on the strongest lines: an interval for each actor, read in one go."""

    def __init__(self, drawn: Lines) -> None:
        below: dict[str | None, list[str]] = {}
        for node, parent in drawn.before.items():
            below.setdefault(parent, []).append(node)
        self.first: dict[str, int] = {}
        self.last: dict[str, int] = {}
        todo = [(node, False) for node in reversed(below.get(None, []))]
        while todo:
            node, done = todo.pop()
            if done:
                self.last[node] = len(self.first)
                continue
            self.first[node] = len(self.first)
            todo.append((node, True))
            todo += [(child, False) for child in reversed(below.get(node, []))]
        self.drawn = drawn

    def leads(self, upper: str, lower: str) -> bool:
        """Whether an actor influences another directly, or stands above it on the strongest line."""
        if self.drawn.graph.has_edge(upper, lower):
            return True
        if upper not in self.first or lower not in self.first:
            return False
        return self.first[upper] < self.first[lower] < self.last[upper]


def flows(drawn: Lines) -> list[Flow]:
    """Return each flow of money with how it runs to the influence, in the order of the plan."""
    above, found = _Above(drawn), []
    for link in drawn.chain.links:
        u, v = link.source or "", link.target or ""
        if kind_of(link) != MONEY or u not in drawn.actors or v not in drawn.actors or u == v:
            continue
        road = "along" if above.leads(u, v) else "against" if above.leads(v, u) else "without"
        holder = link.controlled_by if link.controlled_by in drawn.actors else None
        outside = holder if holder and holder not in {u, v} and not above.leads(holder, v) else None
        found.append(Flow(link, u, v, road, outside))
    return found


def funding(drawn: Lines, where: str) -> TestResult:
    """Test the money: whether it runs with the influence, and who decides on it.

    Args:
        drawn: the lines of the chain.
        where: path of the chain.
    """
    every = flows(drawn)
    if not every:
        then = _("Draw who pays whom, and write down who could stop the money.")
        return TestResult(
            FUNDING,
            None,
            _("The drawing shows no money yet."),
            then,
            findings=(NO_MONEY.at(f"{where}/links", _("No link says that money runs along it."), then),),
        )
    against = [flow for flow in every if flow.road == "against"]
    without = [flow for flow in every if flow.road == "without"]
    outside = [flow for flow in every if flow.outside]
    found = [
        *(_money(drawn, flow, where) for flow in [*against, *without][:MOST_NAMED]),
        *(_held_outside(drawn, flow, where) for flow in outside[:MOST_NAMED]),
    ]
    said = []
    if against:
        said.append(_("Against the influence: {flows}.").format(flows=_named(drawn, against)))
    if without:
        said.append(_("From one who does not lead the receiver: {flows}.").format(flows=_named(drawn, without)))
    if outside:
        holders = list(dict.fromkeys(flow.outside or "" for flow in outside))
        said.append(_("Decided on by one who stands on no line above: {names}.").format(names=drawn.named(holders)))
    if not said:
        first = every[0]
        what = plural("The flow of money runs", "All {n} flows of money run", len(every))
        says = _("{flows} the same road as the influence.").format(flows=what)
        found.append(MONEY_ALONG.at(f"{where}/links/{drawn.link_key(first.link)}", says))
        return TestResult(FUNDING, 4, says, findings=tuple(found))
    rating = 1 if against else 2 if without or outside else 4
    parts = {flow.link.id: Weak(flow.link.id, _("held by {name}").format(name=drawn.name(flow.outside or "")), 2)
             for flow in outside}  # fmt: skip
    parts |= {flow.link.id: Weak(flow.link.id, _("money beside the influence"), 2) for flow in without}
    parts |= {flow.link.id: Weak(flow.link.id, _("money against the influence"), 1) for flow in against}
    held = tuple(Weak(id_, _("decides on money"), 2) for id_ in dict.fromkeys(flow.outside or "" for flow in outside))
    advice = _("Bring money and influence together: make who pays a part of the line, or tie the money to terms.")
    return TestResult(FUNDING, rating, " ".join(said), advice, held, tuple(parts.values()), findings=tuple(found))


def _named(drawn: Lines, some: list[Flow]) -> str:
    return listed([_flow(drawn, flow) for flow in some], 3)


def _flow(drawn: Lines, flow: Flow) -> str:
    return _("{source} → {target}").format(source=drawn.name(flow.source), target=drawn.name(flow.target))


def _money(drawn: Lines, flow: Flow, where: str) -> Finding:
    names = {"source": drawn.name(flow.source), "target": drawn.name(flow.target)}
    there = f"{where}/links/{drawn.link_key(flow.link)}"
    if flow.road == "against":
        return MONEY_AGAINST.at(
            there,
            _("Money goes from {source} to {target}, and the influence runs the other way.").format(**names),
            _("Ask what the payer wants in return, and get it agreed before you depend on it."),
        )
    return MONEY_WITHOUT.at(
        there,
        _("Money goes from {source} to {target}, and no line of influence does.").format(**names),
        _("Get {source} to ask for the same as you do, or move the money to one who leads {target}.").format(**names),
    )


def _held_outside(drawn: Lines, flow: Flow, where: str) -> Finding:
    names = {"holder": drawn.name(flow.outside or ""), "target": drawn.name(flow.target)}
    return MONEY_OUTSIDE.at(
        f"{where}/links/{drawn.link_key(flow.link)}/controlled_by",
        _("The money for {target} hangs on {holder}, and no line leads from there to it.").format(**names),
        _("Make {holder} a part of the chain, and agree on what the money is given for.").format(**names),
    )


# --- choke points --------------------------------------------------------------------------------------------------


@attrs.frozen
class Choke:
    """An actor that nobody can go round.

    Attributes:
        id: its id.
        behind: the weight of the ends that no line reaches without it.
        share: the same as a share of all; where it stands for several, the share that hangs on one of them.
    """

    id: str
    behind: float
    share: float


def count_of(actor: Actor) -> float:
    """Return how many an actor stands for; one where that is not said."""
    return max(1.0, actor.number) if isinstance(actor.number, float) else 1.0


def chokes(drawn: Lines) -> list[Choke]:
    """Return the actors that nobody can go round, those on whom most hangs first (immediate dominators).

    Those who lead the chain, and those it is for, are not counted. Of many of one kind, each holds up its own share.
    """
    found = []
    for id_, behind in drawn.behind.items():
        own = drawn.weights.get(id_, 0.0)
        if id_ in drawn.starts or id_ in drawn.citizens or behind - own <= 0:
            continue
        share = drawn.share(behind) / count_of(drawn.actors[id_])
        if share >= CHOKE_SHARE:
            found.append(Choke(id_, behind, share))
    return sorted(found, key=lambda choke: -choke.share)


def steered(drawn: Lines) -> dict[str, float]:
    """Return how many each actor on a line has to steer directly; those it is for are served, not steered.

    Of many of one kind, each has its share.
    """
    return {
        id_: sum(count_of(drawn.actors[v]) for v in drawn.graph.adj[id_] if v not in drawn.citizens) / count_of(actor)
        for id_, actor in drawn.actors.items()
        if drawn.on_line(id_)
    }


def choke_points(drawn: Lines, where: str) -> TestResult:
    """Test for actors that nobody can go round, and for those with too many to steer.

    Args:
        drawn: the lines of the chain.
        where: path of the chain.
    """
    if not drawn.arrives:
        return TestResult(CHOKES, None, _("No line leads to the citizen yet, so nothing can be choked."))
    narrow = chokes(drawn)
    heavy = {id_: n for id_, n in steered(drawn).items() if n > TOO_MANY_TO_STEER}
    weak = [choke for choke in narrow if low_in(drawn.actors[choke.id])]
    found = [
        _choke(drawn, choke, where)
        for choke in sorted(narrow, key=lambda choke: not low_in(drawn.actors[choke.id]))[:MOST_NAMED]
    ]
    found += [_overburdened(drawn, id_, n, where) for id_, n in list(heavy.items())[:MOST_NAMED]]
    parts = {choke.id: Weak(choke.id, _("nobody can go round"), 3) for choke in narrow}
    parts |= {choke.id: Weak(choke.id, _("nobody can go round, and not ready"), 1) for choke in weak}
    for id_, n in heavy.items():
        words = _("{n} to steer directly").format(n=format_number(round(n)))
        before = parts.get(id_)
        parts[id_] = Weak(id_, f"{before.words}; {words}" if before else words, min(2, before.rating if before else 2))
    said = []
    if narrow:
        said.append(_("Nobody can go round {names}.").format(names=drawn.named(choke.id for choke in narrow)))
    if heavy:
        said.append(
            listed(
                [_("{actor}: {n} to steer directly").format(actor=drawn.name(i), n=format_number(round(n)))
                 for i, n in heavy.items()], 3,
            ) + "."
        )  # fmt: skip
    rating = 1 if weak else 2 if heavy else 3 if narrow else 4
    advice = ""
    if weak or heavy:
        advice = _("Take weight off them: a second way round, a layer between, or people of their own for it.")
    elif narrow:
        advice = _("Keep close to them, and think of who could step in.")
    says = " ".join(said) or _("Nobody holds up more than half of it alone, and nobody has too many to steer.")
    return TestResult(CHOKES, rating, says, advice, tuple(parts.values()), findings=tuple(found))


def _choke(drawn: Lines, choke: Choke, where: str) -> Finding:
    actor = drawn.actors[choke.id]
    low = low_in(actor)
    names = {"actor": drawn.name(choke.id), "behind": drawn.weight_in_words(choke.behind)}
    if low:
        return WEAK_CHOKE.at(
            f"{where}/actors/{choke.id}",
            _("{actor} ({low}): there is no way round to {behind}.").format(low=low, **names),
            _("Open a second way, or make getting this one ready the first thing that you do."),
        )
    return CHOKE.at(
        f"{where}/actors/{choke.id}",
        _("{actor}: there is no way round to {behind}.").format(**names),
        _("Agree with it on what it takes, and on who steps in if it cannot."),
    )


def _overburdened(drawn: Lines, id_: str, number: float, where: str) -> Finding:
    actor = drawn.actors[id_]
    targets = [drawn.actors[v] for v in drawn.graph.adj[id_] if v not in drawn.citizens]
    told = listed([how_many(target) or drawn.name(target.id) for target in targets], 3)
    alone = count_of(actor) == 1
    each = _("{actor}: {others} to steer directly.") if alone else _("{actor}: about {n} to steer for each.")
    return OVERBURDENED.at(
        f"{where}/actors/{id_}",
        each.format(actor=drawn.name(id_), others=told, n=format_number(round(number))),
        _("Put a layer between, begin with those that matter most, or give it the people to do it."),
    )


# --- feedback ------------------------------------------------------------------------------------------------------


def works(loop: Loop) -> bool:
    """Say whether a feedback loop can be relied on: it has both ends, and its evidence can be had."""
    return len(set(loop.actors)) > 1 and loop.evidence_state != "not-yet"


def covered(drawn: Lines) -> set[tuple[str, str]]:
    """Return the steps of influence that a feedback loop would tell something about.

    A loop covers the steps between its actors, and the strongest line from one of them down to another.
    """
    heard: set[tuple[str, str]] = set()
    for loop in drawn.chain.loops:
        members = {id_ for id_ in loop.actors if id_ in drawn.actors}
        if not works(loop) or len(members) < 2:
            continue
        for id_ in members:
            heard |= {(id_, v) for v in drawn.graph.adj[id_] if v in members}
            heard |= _up_to(drawn, id_, members)
    return heard


def _up_to(drawn: Lines, id_: str, members: set[str]) -> set[tuple[str, str]]:
    """Return the steps of the strongest line from the next member above an actor down to it, if there is one."""
    steps, here = set(), id_
    while (upper := drawn.before.get(here)) is not None:
        steps.add((upper, here))
        if upper in members:
            return steps
        here = upper
    return set()


def blind_stretches(drawn: Lines) -> list[list[tuple[str, str]]]:
    """Return the steps on the lines that no loop tells of, those that hang together in one stretch."""
    import networkx as nx

    heard = covered(drawn)
    blind: nx.DiGraph[str] = nx.DiGraph()
    blind.add_edges_from(step for step in drawn.steps() if step not in heard)
    rank: Mapping[str, int] = {node: place for place, node in enumerate(drawn.graph)}
    whole = {node: n for n, part in enumerate(nx.weakly_connected_components(blind)) for node in part}
    stretches: dict[int, list[tuple[str, str]]] = {}
    for u, v in sorted(blind.edges, key=lambda step: (rank[step[0]], rank[step[1]])):
        stretches.setdefault(whole[u], []).append((u, v))
    return list(stretches.values())


def feedback(drawn: Lines, where: str) -> TestResult:
    """Test for stretches of the chain from which nobody would hear.

    Args:
        drawn: the lines of the chain.
        where: path of the chain.
    """
    found = list(_loops(drawn, where))
    if not drawn.arrives:
        says = _("No line leads to the citizen yet, so there is nothing to listen to.")
        return TestResult(FEEDBACK, None, says, findings=tuple(found))
    steps = list(drawn.steps())
    stretches = blind_stretches(drawn)
    silent = sum(map(len, stretches))
    if not drawn.chain.loops:
        says = _("No feedback loop is drawn: nothing would be heard from any of the {n} steps.").format(n=len(steps))
        then = _("Begin at the end: what would those who serve the citizen see first if it worked?")
        found.append(NO_LOOPS.at(f"{where}/loops", says, then))
        links = tuple(Weak(link.id, _("no feedback"), 2) for u, v in steps for link in (drawn.best_link(u, v),))
        return TestResult(FEEDBACK, 1, says, then, links=links, findings=tuple(found))
    share = silent / len(steps) if steps else 0.0
    rating = 4 if not silent else 3 if share <= FEW_BLIND else 2 if share <= MANY_BLIND else 1
    advice = ""
    if silent:
        says = _("Nothing would be heard from {stretches}.").format(
            stretches=listed([_stretch(drawn, stretch) for stretch in stretches], 3)
        )
        advice = _("Choose one thing that would be seen there first, and somebody to ask after it.")
        found += [
            BLIND.at(
                f"{where}/links/{drawn.link_key(drawn.links_of(*stretch[0])[0])}",
                _("No feedback loop tells of {stretch}.").format(stretch=_stretch(drawn, stretch)),
                _("Add a loop with the actors at both ends of it: what is looked at, how often, and who brings it."),
            )
            for stretch in stretches[:MOST_NAMED]
        ]
    else:
        says = plural(
            "The feedback loop tells of every step.", "The {n} feedback loops tell of every step.",
            len(drawn.chain.loops),
        )  # fmt: skip
    links = tuple(
        Weak(link.id, _("no feedback"), 2 if rating < 3 else 3)
        for stretch in stretches
        for u, v in stretch
        for link in (drawn.best_link(u, v),)
    )
    return TestResult(FEEDBACK, rating, says, advice, links=links, findings=tuple(found))


def _stretch(drawn: Lines, steps: list[tuple[str, str]]) -> str:
    """Name a stretch by where it begins and where it ends."""
    targets = {v for _u, v in steps}
    sources = {u for u, _v in steps}
    first = list(dict.fromkeys(u for u, _v in steps if u not in targets)) or [steps[0][0]]
    last = list(dict.fromkeys(v for _u, v in steps if v not in sources)) or [steps[-1][1]]
    return _("{first} to {last}").format(first=drawn.named(first, 2), last=drawn.named(last, 2))


def _loops(drawn: Lines, where: str) -> Iterator[Finding]:
    for number, loop in enumerate(drawn.chain.loops, start=1):
        there = f"{where}/loops/{loop.id or f'#{number}'}"
        name = (loop.title or "").strip() or loop.id or f"#{number}"
        lacks = [
            words
            for words, given in (
                (_("who is in it (two at least)"), len(set(loop.actors)) > 1),
                (_("what is looked at"), bool((loop.measure or "").strip())),
                (_("how often"), loop.frequency is not None),
                (_("whether it can be collected"), loop.evidence_state is not None),
            )
            if not given
        ]
        if lacks:
            yield LOOP_INCOMPLETE.at(
                there,
                _("“{loop}” does not say {lacks}.").format(loop=name, lacks=listed(lacks)),
                _("Say it, or take the loop out."),
            )
        if loop.evidence_state == "not-yet":
            yield LOOP_NO_EVIDENCE.at(
                f"{there}/evidence_state",
                _("There is no way yet to what “{loop}” would look at.").format(loop=name),
                _("Look for something coarser that exists: ten calls a week tell more than a system in two years."),
            )
        if loop.frequency in RARE:
            yield LOOP_RARE.at(
                f"{there}/frequency",
                _("“{loop}” comes round once a year or less.").format(loop=name),
                _("Ask for a part of it more often, from a few places only."),
            )
