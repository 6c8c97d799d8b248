"""Pressure tests along the lines of a delivery chain: its links, skill and will, and complexity (Rule 5, tool 5.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, pairwise

from rdlib.plan.chain import Actor, Link
from rdlib.plan.fields import field_of
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r05_chain_shape import off_line
from rdlib.rules.r05_lines import Lines, listed, strength
from rdlib.rules.r05_pressure_result import CAPACITY, COMPLEXITY, LINKS, TestResult, Weak
from rdlib.words import _, format_number, plural

TOOL = "5.3"

# Our thresholds.
#: A link of less strength than this is weak; of less than the second, it is expected to break.
WEAK_LINK, BROKEN_LINK = 2.5, 1.5
#: A link of at least this strength holds by itself.
STRONG_LINK = 3.5
#: Authority of one kind from here on, with hardly any of the other kind, rests on one leg.
HIGH, HARDLY_ANY = 3, 1
#: Who carries at least this share of those who are to feel the change matters most.
CARRIES_MOST = 0.5
#: Skill or will up to here is low.
LOW = 2
#: So many of the weak links, and of the weak actors, are named one by one; all are marked on the drawing.
MOST_NAMED = 6
#: An actor linked to more others than this has too many to keep in step.
TOO_MANY_TO_COORDINATE = 7

UNRATED_LINKS = FindingKind(
    "R5-links-unrated", TOOL, Severity.MISSING, _("Links that nobody has rated"),
    why=_("Until you say how much authority runs along a link, nobody can tell whether it would hold."),
)  # fmt: skip
WEAK_LINE = FindingKind(
    "R5-weak-line", TOOL, Severity.WEAK, _("The line breaks here first"),
    why=_("What reaches people is no stronger than the weakest link on the best way to them."),
)  # fmt: skip
ORDERS_ONLY = FindingKind(
    "R5-orders-only", TOOL, Severity.NOTE, _("Orders without trust"),
    why=_("What is only ordered is done as far as it is counted."),
)  # fmt: skip
TRUST_ONLY = FindingKind(
    "R5-trust-only", TOOL, Severity.NOTE, _("Trust without a say"),
    why=_("It lasts as long as the two people do, and ends when one of them moves on."),
)  # fmt: skip
UNRATED_ACTORS = FindingKind(
    "R5-capacity-unrated", TOOL, Severity.MISSING, _("Skill and will not rated"),
    why=_("These actors carry most of what is to reach people, and nobody has said whether they can."),
)  # fmt: skip
LOW_CAPACITY = FindingKind(
    "R5-capacity-low", TOOL, Severity.WEAK, _("Much hangs on somebody who is not ready"),
    why=_("A plan that asks of people what they cannot or will not do fails without anybody saying no."),
)  # fmt: skip
BEING_BUILT = FindingKind(
    "R5-capacity-being-built", TOOL, Severity.NOTE, _("Not ready yet, and being helped"),
    why=_("Building skill and will takes longer than deciding to; it needs an eye on it until it is there."),
)  # fmt: skip
LONG_WAY = FindingKind(
    "R5-longer-than-needed", TOOL, Severity.NOTE, _("A longer way than it needs"),
    why=_("Each pair of hands on the way takes time and changes the message a little."),
)  # fmt: skip
BUSY_HUB = FindingKind(
    "R5-coordination-load", TOOL, Severity.NOTE, _("Many to keep in step"),
    why=_("Whoever has to agree with many others spends the day agreeing."),
)  # fmt: skip

KINDS = (
    UNRATED_LINKS, WEAK_LINE, ORDERS_ONLY, TRUST_ONLY, UNRATED_ACTORS, LOW_CAPACITY, BEING_BUILT, LONG_WAY, BUSY_HUB,
)  # fmt: skip


def _between(drawn: Lines, u: str, v: str) -> str:
    return _("{source} → {target}").format(source=drawn.name(u), target=drawn.name(v))


# --- links ---------------------------------------------------------------------------------------------------------


def links(drawn: Lines, where: str) -> TestResult:
    """Test the links: the weakest line from the start to those it is for, and its weakest link.

    For each end the strongest line counts, the one whose weakest link is strongest (the widest path); the test is as
    strong as the weakest of these lines.

    Args:
        drawn: the lines of the chain.
        where: path of the chain.
    """
    ends = [end for end in drawn.reached_ends if drawn.before[end] is not None]
    used = [(u, v) for v, u in drawn.before.items() if u is not None and drawn.carried[v]]
    known = [(power, u, v) for u, v in used if (power := strength(drawn.best_link(u, v))) is not None]
    unrated = [(u, v) for u, v in used if strength(drawn.best_link(u, v)) is None]
    found = [*_unrated_links(drawn, unrated, where)]
    if not ends:
        return TestResult(LINKS, None, _("There is no line from the start to the citizen yet."), findings=tuple(found))
    if not known:
        says = _("No link on the way to the citizen is rated yet.")
        then = _("Rate formal and informal authority for each link on the line, the ones you doubt first.")
        return TestResult(LINKS, None, says, then, findings=tuple(found))
    found += islice(_one_leg(drawn, [(u, v) for _power, u, v in known], where), MOST_NAMED)
    known.sort(key=lambda each: (each[0], -drawn.carried[each[2]]))
    weak = [(drawn.best_link(u, v), u, v) for power, u, v in known if power < WEAK_LINK]
    found += [_weak_line(drawn, link, u, v, where) for link, u, v in weak[:MOST_NAMED]]
    parts = tuple(
        Weak(link.id, _authority(link), 1 if (strength(link) or 0) < BROKEN_LINK else 2) for link, _u, _v in weak
    )
    if unrated:  # what nobody has rated can only make it worse
        lowest, u, v = known[0]
        rating = _link_rating(lowest) if lowest < WEAK_LINK else None
        says = _("The weakest link rated so far is {link}: {authority}. {open}").format(
            link=_between(drawn, u, v),
            authority=_authority(drawn.best_link(u, v)),
            open=plural("{n} more link is not rated.", "{n} more links are not rated.", len(unrated)),
        )
    else:
        end = min(ends, key=lambda each: drawn.width[each])
        width = drawn.width[end]
        rating = _link_rating(width)
        u, v = next((a, b) for a, b in pairwise(drawn.line_to(end)) if drawn.graph.adj[a][b]["strength"] == width)
        says = _(
            "The weakest line that anybody depends on leads to {end}. Its weakest link is {link}: {authority}."
        ).format(end=drawn.name(end), link=_between(drawn, u, v), authority=_authority(drawn.best_link(u, v)))
    advice = _strengthen(weak[0][0]) if weak else ""
    return TestResult(LINKS, rating, says, advice, links=parts, findings=tuple(found))


def _link_rating(power: float) -> int:
    return 4 if power >= STRONG_LINK else 3 if power >= WEAK_LINK else 2 if power >= BROKEN_LINK else 1


def _authority(link: Link) -> str:
    said = []
    for name, word in (("formal", _("formal authority")), ("informal", _("informal authority"))):
        rating = getattr(link, name)
        choice = field_of(Link, name).choice(str(rating))
        if choice:
            said.append(_("{kind} {rating}, {word}").format(kind=word, rating=rating, word=choice.label))
    return "; ".join(said) or _("not rated")


def _strengthen(link: Link) -> str:
    if (link.informal or 0) <= (link.formal or 0):
        return _("Win trust along this link: meet those at the other end, or send somebody whom they listen to.")
    return _("Put the say in writing: a target, an agreement, a condition on the money.")


def _weak_line(drawn: Lines, link: Link, u: str, v: str, where: str) -> Finding:
    return WEAK_LINE.at(
        f"{where}/links/{drawn.link_key(link)}",
        _("{link}: {authority}. Behind it: {behind}.").format(
            link=_between(drawn, u, v),
            authority=_authority(link),
            behind=drawn.weight_in_words(drawn.carried[v]),
        ),
        _("{advice} Or find another way round it.").format(advice=_strengthen(link)),
    )


def _unrated_links(drawn: Lines, unrated: list[tuple[str, str]], where: str) -> Iterator[Finding]:
    if unrated:
        first = drawn.best_link(*unrated[0])
        yield UNRATED_LINKS.at(
            f"{where}/links/{drawn.link_key(first)}",
            _("On the way to the citizen, nobody has rated {links}.").format(
                links=listed([_between(drawn, u, v) for u, v in unrated], 3)
            ),
            _("Rate formal and informal authority for each of them, from 1 to 4."),
        )


def _one_leg(drawn: Lines, pairs: list[tuple[str, str]], where: str) -> Iterator[Finding]:
    for u, v in pairs:
        link = drawn.best_link(u, v)
        if link.formal is None or link.informal is None or (strength(link) or 0) < WEAK_LINK - 0.5:
            continue
        if link.formal >= HIGH and link.informal <= HARDLY_ANY:
            kind, then = (
                ORDERS_ONLY,
                _("Find out what the other side thinks of it; give it a say in how it is done."),
            )
        elif link.informal >= HIGH and link.formal <= HARDLY_ANY:
            kind, then = TRUST_ONLY, _("Write down what was agreed, so that it outlives those who agreed on it.")
        else:
            continue
        what = _("{link}: {authority}.").format(link=_between(drawn, u, v), authority=_authority(link))
        yield kind.at(f"{where}/links/{drawn.link_key(link)}", what, then)


# --- capacity ------------------------------------------------------------------------------------------------------


def low_in(actor: Actor) -> str | None:
    """Say in words in what an actor is low, skill or will; None where it is not.

    >>> low_in(Actor("a1", skill=2, will=4))
    'skill 2, partly able'
    """
    said = []
    for name, word in (("skill", _("skill")), ("will", _("will"))):
        rating = getattr(actor, name)
        choice = field_of(Actor, name).choice(str(rating))
        if choice and rating <= LOW:
            said.append(_("{kind} {rating}, {word}").format(kind=word, rating=rating, word=choice.label))
    return "; ".join(said) or None


def carriers(drawn: Lines) -> list[str]:
    """Return the actors by whom most of what is to reach people passes; the citizens themselves are not asked."""
    served = drawn.citizens
    return [
        id_
        for id_ in drawn.before
        if id_ not in served and drawn.share(drawn.carried[id_]) >= CARRIES_MOST and drawn.on_line(id_)
    ]


def capacity(drawn: Lines, where: str) -> TestResult:
    """Test skill and will of those on the lines that carry most.

    Args:
        drawn: the lines of the chain.
        where: path of the chain.
    """
    heavy = carriers(drawn)
    if not heavy or not drawn.arrives:
        return TestResult(CAPACITY, None, _("No line leads to the citizen yet, so nobody can be said to carry most."))
    unrated = [id_ for id_ in heavy if drawn.actors[id_].skill is None or drawn.actors[id_].will is None]
    low = [(id_, words) for id_ in heavy if (words := low_in(drawn.actors[id_]))]
    worst = [_lowest(drawn.actors[id_]) for id_, _words in low]
    rating: int | None
    if low:
        rating = 1 if any(n == 1 and not _built(drawn.actors[i]) for (i, _w), n in zip(low, worst, strict=True)) else 2
    elif unrated:
        rating = None
    else:
        rating = 4 if all(_lowest(drawn.actors[id_]) == 4 for id_ in heavy) else 3
    parts = [Weak(id_, words, 1 if number == 1 else 2) for (id_, words), number in zip(low, worst, strict=True)]
    return TestResult(
        CAPACITY,
        rating,
        _capacity_says(drawn, heavy, low, unrated),
        _capacity_advice(drawn, low, unrated),
        tuple(parts),
        findings=tuple(_capacity_findings(drawn, low, unrated, where)),
    )


def _lowest(actor: Actor) -> int:
    return min(rating for rating in (actor.skill, actor.will) if rating is not None)


def _built(actor: Actor) -> bool:
    return bool((actor.building or "").strip())


def _capacity_findings(drawn: Lines, low: list[tuple[str, str]], unrated: list[str], where: str) -> Iterator[Finding]:
    if unrated:
        first = drawn.actors[unrated[0]]
        yield UNRATED_ACTORS.at(
            f"{where}/actors/{first.id}/{'skill' if first.skill is None else 'will'}",
            _("Not rated, though much passes by them: {names}.").format(names=drawn.named(unrated)),
            _("Ask somebody who works with them, then rate skill and will from 1 to 4."),
        )
    for id_, words in low[:MOST_NAMED]:
        what = _("{actor}: {low}. On it hangs what reaches {carried}.").format(
            actor=drawn.name(id_), low=words, carried=drawn.weight_in_words(drawn.carried[id_])
        )
        if _built(drawn.actors[id_]):
            then = _("Agree on the sign by which you will see, within months, that it works.")
            yield BEING_BUILT.at(f"{where}/actors/{id_}", what, then)
        else:
            then = _("Say what will be done to get them there: people, training, tools, a say in it; else go round.")
            yield LOW_CAPACITY.at(f"{where}/actors/{id_}/building", what, then)


def _capacity_says(drawn: Lines, heavy: list[str], low: list[tuple[str, str]], unrated: list[str]) -> str:
    if low:
        said = listed([_("{actor} ({low})").format(actor=drawn.name(id_), low=words) for id_, words in low], 3)
        return _("Of those by whom most passes, not ready: {said}.").format(said=said)
    if unrated:
        return _("Most passes by {names}; not all of them are rated yet.").format(names=drawn.named(heavy))
    return _("All by whom most passes are able and willing: {names}.").format(names=drawn.named(heavy))


def _capacity_advice(drawn: Lines, low: list[tuple[str, str]], unrated: list[str]) -> str:
    unbuilt = [id_ for id_, _words in low if not _built(drawn.actors[id_])]
    if unbuilt:
        return _("Say what will be done to build skill or will of {names}.").format(names=drawn.named(unbuilt))
    if low:
        return _("Watch whether what is being done to build skill and will works.")
    return _("Rate skill and will of {names}.").format(names=drawn.named(unrated)) if unrated else ""


# --- complexity ----------------------------------------------------------------------------------------------------


def extra_steps(drawn: Lines) -> dict[str, int]:
    """Return by how many steps the shortest line to each end is longer than one step a level.

    Ends without a level, and those to which no line leads, are not in it.
    """
    length = _lengths(drawn)
    found = {}
    for end in drawn.ends:
        if end in length and end in drawn.place:
            steps, first = length[end]
            if first in drawn.place:
                found[end] = max(0, steps - max(1, drawn.place[end] - drawn.place[first]))
    return found


def _lengths(drawn: Lines) -> Mapping[str, tuple[int, str]]:
    """Return how many steps lie between the start and each actor, and from which start."""
    found = {start: (0, start) for start in drawn.starts}
    todo = list(drawn.starts)
    for node in todo:  # grows while it is read
        steps, first = found[node]
        for target in drawn.graph.adj[node]:
            if target not in found:
                found[target] = (steps + 1, first)
                todo.append(target)
    return found


def coordinates(drawn: Lines) -> dict[str, int]:
    """Return with how many others each actor on a line has to keep in step; those it is for are not counted."""
    served = drawn.citizens
    return {
        id_: len({*drawn.graph.pred[id_], *drawn.graph.adj[id_]} - served)
        for id_ in drawn.actors
        if drawn.on_line(id_) and id_ not in served
    }


def complexity(drawn: Lines, where: str) -> TestResult:
    """Test complexity: the length of the way, actors on no line, and whom many have to keep in step with.

    Each of these three that is found takes one from the rating of 4.

    Args:
        drawn: the lines of the chain.
        where: path of the chain.
    """
    if not drawn.arrives:
        return TestResult(COMPLEXITY, None, _("No line leads to the citizen yet, so its length cannot be judged."))
    longer = {end: extra for end, extra in extra_steps(drawn).items() if extra}
    idle = list(off_line(drawn.chain, drawn))
    busy = {id_: n for id_, n in coordinates(drawn).items() if n > TOO_MANY_TO_COORDINATE}
    found, said, weak = [], [], []
    if longer:
        end = max(longer, key=lambda each: longer[each])
        line = drawn.line_to(end)
        said.append(
            plural(
                "The shortest way takes {n} step more than there are levels.",
                "The shortest way takes {n} steps more than there are levels.",
                longer[end],
            )
        )
        found.append(
            LONG_WAY.at(
                f"{where}/actors/{end}",
                _("{extra} It runs by {names}.").format(extra=said[-1], names=drawn.named(line, 12)),
                _("Ask of each on the way: what would be lost if it went from the one before straight to the next?"),
            )
        )
    if idle:
        said.append(_("On no line: {names}.").format(names=drawn.named(idle)))
        weak += [Weak(id_, _("on no line"), 3) for id_ in idle]
    for id_, count in busy.items():
        words = _("{actor}: {n} others to keep in step with.").format(actor=drawn.name(id_), n=format_number(count))
        said.append(words)
        weak.append(Weak(id_, _("in step with {n} others").format(n=format_number(count)), 3))
        found.append(
            BUSY_HUB.at(
                f"{where}/actors/{id_}",
                words,
                _("Let some of them agree among each other, or give the task of agreeing to somebody of its own."),
            )
        )
    rating = 4 - bool(longer) - bool(idle) - bool(busy)
    on_line = [id_ for id_ in drawn.actors if drawn.on_line(id_)]
    says = " ".join(said) or _("{n} actors on the lines, one step a level, and nobody stands idle.").format(
        n=format_number(len(on_line))
    )
    advice = _("Take out what does not carry, and shorten what can be shortened.") if said else ""
    return TestResult(COMPLEXITY, rating, says, advice, tuple(weak), findings=tuple(found))
