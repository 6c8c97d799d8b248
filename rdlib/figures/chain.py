"""The delivery chain as a picture and as tables (Rule 5, tool 5.2): levels from the centre to the citizen.

The same drawing is the surface of the widget, the static face of a notebook and the picture of a report. What the
pressure tests find (tool 5.3) is laid over it as an :class:`Overlay`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import attrs

from rdlib.figures.graph import Column, Graph, Lane, Tie, Vertex, Words, graph_drawing, tie_path
from rdlib.figures.html import Cell, Html, Mark, badge, e, inline, not_attempted, nothing, scroll_box, table
from rdlib.plan.chain import Actor, Chain, Level, Link, Loop
from rdlib.plan.fields import field_of
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES
from rdlib.plan.values import Missing
from rdlib.rules.findings import Severity
from rdlib.rules.r05_lines import strength
from rdlib.rules.r05_pressure_lines import LOW, STRONG_LINK, WEAK_LINK
from rdlib.words import NO_BREAK_SPACE, _, format_number, plural

R = TypeVar("R", Level, Actor, Link, Loop)

#: With more actors than this, the picture shows one box a level. Our limit.
MOST_ACTORS = 60
_MOST_TOLD = 24  # with more actors than this, the boxes hold no roles
_SHORT = 64  # characters of a role in a box
_NOTABLE = 5  # actors that the box of a level names
_SHAPES = tuple(severity.shape for severity in Severity)
_UNPLACED = ""
_KINDS = {"influence": "solid", "funding": "double", "information": "dotted"}
_SIGNS = {"funding": "$", "information": "i"}
_WEAK_SIGN, _FAILS, _START, _END = "▲", "✕", "▶", "◎"


@attrs.frozen
class Overlay:
    """What is laid over a chain: marks from the pressure tests, and what happens when something fails.

    Attributes:
        actors: marks in the box of an actor, by its id: a shape and what it says (``"▲ choke point"``).
        links: signs on a link, by its id: a shape alone.
        signs: what each of those signs means.
        fails: the ids of the actors and links that are taken to fail.
        cut_off: the ids of the actors that then are no longer reached.
        says: what all this comes to, in a sentence.
    """

    actors: Mapping[str, Sequence[str]] = {}
    links: Mapping[str, str] = {}
    signs: Mapping[str, str] = {}
    fails: frozenset[str] = frozenset()
    cut_off: frozenset[str] = frozenset()
    says: str = ""


PLAIN = Overlay()


# --- words -------------------------------------------------------------------------------------------------------


def name_of(actor: Actor) -> str:
    """Return what to call an actor."""
    return (actor.title or "").strip() or _("(no name yet)")


def number_words(actor: Actor) -> str:
    """Return how many there are of an actor, in words; empty where nothing is said.

    >>> number_words(Actor("a1", number=200.0, number_reads="over", counted_in="departments", illustrative=True))
    'over 200 departments (illustrative)'
    """
    if actor.number is None:
        return ""
    if isinstance(actor.number, Missing):
        said = {Missing.TO_BE_DETERMINED: _("number to be found"), Missing.NOT_APPLICABLE: ""}[actor.number]
    else:
        said = _many(actor.number, actor.counted_in)
        said = {"about": _("about {n}"), "over": _("over {n}"), "up-to": _("up to {n}")}.get(
            actor.number_reads or "", "{n}"
        ).format(n=said)
    if said and actor.illustrative:
        said = _("{number} (illustrative)").format(number=said)
    return said


def _many(number: float, counted_in: str | None) -> str:
    """A number for people, with what is counted; millions in words."""
    million = number >= 1e6 and number % 1e4 == 0
    said = _("{n} million").format(n=format_number(number / 1e6)) if million else format_number(number)
    return f"{said} {(counted_in or '').strip()}".strip()


def in_short(text: str | None, most: int = _SHORT) -> str:
    """Return the first sentence or clause of a text, or as many of its words as there is room for.

    >>> in_short("Sets the target, and asks after it every week")
    'Sets the target, and asks after it every week'
    >>> in_short("One thing; another", 12), in_short("A very long sentence without an end", 13)
    ('One thing', 'A very long …')
    """
    whole = " ".join((text or "").split()).rstrip(".")
    if len(whole) <= most:
        return whole
    for clause in re.finditer(r"[.;:,](?= )", whole[: most + 1]):
        if clause.start() >= most // 2 or clause.group() in ".;":
            return whole[: clause.start()]
    words = whole[: most - 1].rsplit(" ", 1)[0]
    return f"{words} …"


def is_weak(link: Link) -> bool:
    """Say whether a link is judged, and found weak (Rule 5, tool 5.3)."""
    power = strength(link)
    return power is not None and power < WEAK_LINK


def _is_strong(link: Link) -> bool:
    return (strength(link) or 0.0) >= STRONG_LINK


def _kind(link: Link) -> str:
    return link.kind if link.kind in _KINDS else "influence"


def _kind_word(kind: str) -> str:
    choice = field_of(Link, "kind").choice(kind)
    return choice.label if choice else kind


def _passing(link: Link) -> str:
    said = _kind_word(_kind(link))
    return _("{kind}, weak").format(kind=said) if is_weak(link) else said


def _loop_words(loop: Loop, chain: Chain) -> str:
    """What stands at the lane of a feedback loop: its name, how often it comes round, who is in it."""
    often = field_of(Loop, "frequency").choice(loop.frequency)
    name = (loop.title or loop.measure or "").strip() or _("(no name yet)")
    names = [name_of(actor) for actor in map(chain.actor, loop.actors) if actor]
    said = f"{name} ({often.label.lower()})" if often else name
    said = _("Feedback: {loop}").format(loop=said)
    return f"{said}: {', '.join(names)}" if names else said


# --- the drawing -------------------------------------------------------------------------------------------------


def _columns(chain: Chain) -> list[Column]:
    """The levels from the left; before them, where there is need for it, one for actors with no level."""
    known = {level.id for level in chain.levels}
    columns = [
        Column(level.id, _("{n} {level}").format(n=n, level=(level.title or "").strip() or _("(no name yet)")))
        for n, level in enumerate(chain.levels, start=1)
    ]
    if not columns or any(actor.level not in known for actor in chain.actors):
        columns.insert(0, Column(_UNPLACED, _("No level yet"), loose=True))
    return columns


def _places(chain: Chain, columns: Sequence[Column]) -> dict[str, int]:
    """The column of each actor."""
    place = {column.id: n for n, column in enumerate(columns)}
    return {actor.id: place.get(actor.level or _UNPLACED, 0) for actor in chain.actors}


def _is_on(chain: Chain) -> list[Link]:
    """The links whose both ends are there."""
    known = {actor.id for actor in chain.actors}
    return [link for link in chain.links if link.source in known and link.target in known]


def _part_words(actor: Actor) -> str:
    return {
        "start": f"{_START} {_('Starts here')}",
        "end": f"{_END} {_('Change is felt here')}",
    }.get(actor.part or "", "")


def _capacity(actor: Actor) -> Iterator[str]:
    """Skill and will where they are low."""
    for name in ("skill", "will"):
        rating = getattr(actor, name)
        if isinstance(rating, int) and 1 <= rating <= LOW:
            field = field_of(Actor, name)
            choice = field.choice(str(rating))
            word = choice.label if choice else str(rating)
            yield _("{shape} {what}: {rating}").format(shape=_SHAPES[rating - 1], what=field.label, rating=word)


def _vertex(actor: Actor, column: int, overlay: Overlay, *, told: bool) -> Vertex:
    words = [Words(name_of(actor), "name"), Words(number_words(actor))]
    if part := _part_words(actor):
        words.insert(0, Words(part, "strong"))
    if told:
        words.append(Words(in_short(actor.role), "quiet"))
        words += [Words(said, "strong") for said in _capacity(actor)]
    else:
        words += [Words(said.partition(":")[0], "strong") for said in _capacity(actor)]
    words += [Words(mark, "strong") for mark in overlay.actors.get(actor.id, ())]
    look = "strong" if part else "plain"
    if actor.id in overlay.fails:
        words.insert(0, Words(f"{_FAILS} {_('Fails')}", "strong"))
        look = "fails"
    elif actor.id in overlay.cut_off:
        words.insert(0, Words(f"– {_('Cut off')}", "quiet"))
        look = "gone"
    return Vertex(actor.id, column, tuple(words), look)


def _signs(kind: str, *, weak: bool) -> str:
    return _SIGNS.get(kind, "") + (_WEAK_SIGN if weak else "")


def _tie(link: Link, overlay: Overlay) -> Tie:
    kind = _kind(link)
    signs = _signs(kind, weak=is_weak(link)) + overlay.links.get(link.id, "")
    look = "weak" if is_weak(link) else "thick" if _is_strong(link) else "plain"
    dead = {link.source, link.target} & (overlay.fails | overlay.cut_off)
    if link.id in overlay.fails:
        signs, look = _FAILS + signs, "gone"
    elif dead:
        look = "gone"
    return Tie(link.id, link.source or "", link.target or "", _KINDS[kind], look, signs)


def _lanes(chain: Chain, places: Mapping[str, int]) -> tuple[Lane, ...]:
    return tuple(
        Lane(
            loop.id,
            tuple(places[id_] for id_ in loop.actors if id_ in places),
            _loop_words(loop, chain),
            loop.evidence_state in {"soon", "not-yet"},
        )
        for loop in chain.loops
    )


def _ends(chain: Chain) -> tuple[str, str]:
    return (_("the centre"), _("the citizen")) if len(chain.levels) > 1 else ("", "")


def _keyed(rows: Sequence[R]) -> tuple[R, ...]:
    """Return rows with the ids by which paths name them: a place (``#2``) where a row has none of its own."""
    seen: set[str] = set()
    found = []
    for place, row in enumerate(rows, start=1):
        id_ = row.id if row.id and row.id not in seen else f"#{place}"
        seen.add(id_)
        found.append(row if row.id == id_ else attrs.evolve(row, id=id_))
    return tuple(found)


def keyed(chain: Chain) -> Chain:
    """Return a chain in which every row has an id, as paths name it; what is drawn needs one.

    >>> [actor.id for actor in keyed(Chain("c1", actors=(Actor("a1"), Actor("a1"), Actor()))).actors]
    ['a1', '#2', '#3']
    """
    return attrs.evolve(
        chain,
        levels=_keyed(chain.levels),
        actors=_keyed(chain.actors),
        links=_keyed(chain.links),
        loops=_keyed(chain.loops),
    )


def chain_graph(chain: Chain, overlay: Overlay = PLAIN) -> Graph:
    """Return a chain as a graph to be drawn: one box an actor, or above :data:`MOST_ACTORS` one a level."""
    chain = keyed(chain)
    if len(chain.actors) > MOST_ACTORS:
        return _by_level(chain, overlay)
    columns = _columns(chain)
    places = _places(chain, columns)
    told = len(chain.actors) <= _MOST_TOLD
    vertices = tuple(_vertex(actor, places[actor.id], overlay, told=told) for actor in chain.actors)
    ties = tuple(_tie(link, overlay) for link in _is_on(chain))
    return Graph(tuple(columns), vertices, ties, _lanes(chain, places), _ends(chain))


def _by_level(chain: Chain, overlay: Overlay) -> Graph:
    """A chain of many actors: one box a level, with the actors that are worth naming, and the links between levels."""
    columns = _columns(chain)
    places = _places(chain, columns)
    links = _is_on(chain)
    degree = Counter(id_ for link in links for id_ in (link.source, link.target))
    on: dict[int, list[Actor]] = defaultdict(list)
    for actor in chain.actors:
        on[places[actor.id]].append(actor)
    inside = Counter(
        places[link.source or ""] for link in links if places[link.source or ""] == places[link.target or ""]
    )
    vertices = []
    for n, column in enumerate(columns):
        if not on[n]:
            continue
        words = [Words(plural("{n} actor", "{n} actors", len(on[n])), "name")]
        words += [Words(said) for said in _sums(on[n])]
        first = sorted(on[n], key=lambda a: (not _notable(a, overlay), -degree[a.id]))[:_NOTABLE]
        for actor in first:
            words.append(Words(_part_words(actor), "strong"))
            words.append(Words(f"· {name_of(actor)}"))
            words += [Words(mark, "strong") for mark in _fate(actor, overlay)]
        if rest := len(on[n]) - len(first):
            words.append(Words(plural("and {n} other", "and {n} others", rest), "quiet"))
        if inside[n]:
            words.append(Words(plural("{n} link among them", "{n} links among them", inside[n]), "quiet"))
        strong = any(_part_words(actor) for actor in first)
        vertices.append(Vertex(column.id or "-", n, tuple(words), "strong" if strong else "plain"))
    bundles: dict[tuple[int, int, str], list[Link]] = defaultdict(list)
    for link in links:
        ends = places[link.source or ""], places[link.target or ""]
        if ends[0] != ends[1]:
            bundles[(*ends, _kind(link))].append(link)
    ties = tuple(
        Tie(
            f"{columns[a].id or '-'}/{columns[b].id or '-'}/{kind}",
            columns[a].id or "-",
            columns[b].id or "-",
            _KINDS[kind],
            "weak" if all(map(is_weak, several)) else "plain",
            _bundle_signs(kind, several),
        )
        for (a, b, kind), several in bundles.items()
    )
    return Graph(tuple(columns), tuple(vertices), ties, _lanes(chain, places), _ends(chain))


def _bundle_signs(kind: str, links: Sequence[Link]) -> str:
    """What stands on the links between two levels: how many they are, and how many of them are weak."""
    weak = sum(map(is_weak, links))
    many = f"{_SIGNS.get(kind, '')} {format_number(len(links))}".strip()
    return f"{many} {_WEAK_SIGN}{format_number(weak)}" if weak else many


def _notable(actor: Actor, overlay: Overlay) -> bool:
    return bool(_part_words(actor) or actor.id in overlay.actors or actor.id in overlay.fails)


def _fate(actor: Actor, overlay: Overlay) -> list[str]:
    fails = [f"{_FAILS} {_('Fails')}"] if actor.id in overlay.fails else []
    return [*fails, *overlay.actors.get(actor.id, ())]


def _sums(actors: Sequence[Actor]) -> Iterator[str]:
    """The numbers of actors added up, apart for what is counted in different things."""
    sums: dict[str, float] = defaultdict(float)
    made_up: set[str] = set()
    for actor in actors:
        if isinstance(actor.number, (int, float)):
            unit = (actor.counted_in or "").strip()
            sums[unit] += actor.number
            made_up |= {unit} if actor.illustrative else set()
    for unit, total in sums.items():
        said = _("{number} in all").format(number=_many(total, unit))
        yield _("{number} (illustrative)").format(number=said) if unit in made_up else said


def title_of(chain: Chain) -> str:
    """Return what to call a chain."""
    return (chain.title or "").strip() or _("Delivery chain")


def in_words(chain: Chain, overlay: Overlay = PLAIN) -> str:
    """Say what the drawing shows, level by level from the left."""
    chain = keyed(chain)
    if not chain.actors and not chain.levels:
        return _("Nothing stands in it yet.")
    columns = _columns(chain)
    places = _places(chain, columns)
    leaving: dict[str, list[Link]] = defaultdict(list)
    for link in _is_on(chain):
        leaving[link.source or ""].append(link)
    said = [overlay.says] if overlay.says else []
    many = len(chain.actors) > MOST_ACTORS
    for n, column in enumerate(columns):
        here = [actor for actor in chain.actors if places[actor.id] == n]
        if many:
            told = plural("{n} actor", "{n} actors", len(here))
        else:
            told = "; ".join(_told(actor, leaving[actor.id], chain, overlay) for actor in here) or _("nobody yet")
        name = column.name if column.loose else _("Level {level}").format(level=column.name)
        said.append(f"{name}: {told}.")
    said += [f"{_loop_words(loop, chain)}." for loop in chain.loops]
    return " ".join(said)


def _told(actor: Actor, links: Sequence[Link], chain: Chain, overlay: Overlay) -> str:
    number = number_words(actor)
    words = [f"{name_of(actor)} ({number})" if number else name_of(actor)]
    words += {"start": [_("leads and starts the chain")], "end": [_("feels the change")]}.get(actor.part or "", [])
    words += [_("fails")] if actor.id in overlay.fails else []
    words += [_("cut off")] if actor.id in overlay.cut_off else []
    words += overlay.actors.get(actor.id, ())
    for link in links:
        target = chain.actor(link.target)
        if target is not None:
            words.append(_("{kind} to {actor}").format(kind=_passing(link).lower(), actor=name_of(target)))
    return ", ".join(words)


def chain_drawing(chain: Chain, overlay: Overlay = PLAIN) -> Html:
    """Return the drawing of a chain as SVG.

    Args:
        chain: the chain.
        overlay: what is laid over it.
    """
    return graph_drawing(chain_graph(chain, overlay), title_of(chain), in_words(chain, overlay))


# --- the key, and the tables -------------------------------------------------------------------------------------


def _sample(kind: str, look: str, sign: str) -> str:
    path = tie_path("M2 10H42", kind, look)
    chip = ""
    if sign:
        wide = 18 if len(sign) == 1 else 28
        chip = (
            f'<rect class="rd-chip" fill="#FFFFFF" stroke="#1F2933" stroke-width="1.5" x="{22 - wide / 2:g}" y="1"'
            f' width="{wide}" height="18" rx="9"/><text class="rd-t" fill="#1F2933" font-size="13" font-weight="600"'
            f' text-anchor="middle" x="22" y="14.7">{e(sign)}</text>'
        )
    return f'<svg class="rd-svg" aria-hidden="true" width="44" height="20" viewBox="0 0 44 20">{path}{chip}</svg>'


_RETURN = (
    '<svg class="rd-svg" aria-hidden="true" width="44" height="20" viewBox="0 0 44 20"><path class="rd-arrow"'
    ' fill="none" stroke="#1D4E89" stroke-width="1.5" d="M9 10H40"/>'
    '<path class="rd-head" fill="#1D4E89" d="M2 10l9 -5v10z"/>'
    '<circle class="rd-head" fill="#1D4E89" cx="39" cy="10" r="4"/></svg>'
)


def key_to(chain: Chain, overlay: Overlay = PLAIN) -> Html:
    """Return what the lines and signs of a drawing mean; only of those that are in it."""
    graph = chain_graph(chain, overlay)
    links = _is_on(chain)
    kinds = {_kind(link) for link in links}
    found = [
        (_sample(shape, "plain", _SIGNS.get(kind, "")), _kind_word(kind))
        for kind, shape in _KINDS.items()
        if kind in kinds
    ]
    looks = {tie.strength for tie in graph.ties}
    if "thick" in looks:
        found.append((_sample("solid", "thick", ""), _("strong link: rules and trust both carry it")))
    if any(map(is_weak, links)):
        found.append(
            (_sample("solid", "weak", _WEAK_SIGN), _("weak link: little authority, by rules and trust together"))
        )
    if _MOST_TOLD < len(chain.actors) <= MOST_ACTORS and any(word for a in chain.actors for word in _capacity(a)):
        found.append((f"<strong aria-hidden='true'>{_SHAPES[0]} {_SHAPES[1]}</strong>", _("skill or will is low")))
    if overlay.fails or overlay.cut_off:
        found.append((_sample("solid", "gone", ""), _("no longer works when what is marked ✕ fails")))
    used = {sign for id_ in overlay.links for sign in overlay.links[id_]}
    found += [(f'<strong aria-hidden="true">{e(s)}</strong>', says) for s, says in overlay.signs.items() if s in used]
    if any(lane.columns for lane in graph.lanes):
        found.append((_RETURN, _("feedback loop; dashed where nothing is collected yet")))
    return Html(" ".join(f'<span class="rd-look">{sample} {e(says)}</span>' for sample, says in found))


def _ratings(row: Actor | Link, names: Sequence[str]) -> Cell:
    """Several ratings of a row in one cell: what is rated, and the badge."""
    said = []
    for name in names:
        field, value = field_of(type(row), name), getattr(row, name)
        if choice := field.choice(str(value)):
            mark = Mark(_SHAPES[value - 1], f"{value}{NO_BREAK_SPACE}{choice.label}", value)
            said.append(f'<span class="rd-below">{e(field.label)}</span><br>{badge(mark)}')
    return Html("<br>".join(said)) if said else nothing(_("not judged"))


def actors_table(chain: Chain, overlay: Overlay = PLAIN) -> Html:
    """Return the actors of a chain as a table, level by level."""
    chain = keyed(chain)
    columns = _columns(chain)
    places = _places(chain, columns)
    rows: list[list[Cell]] = []
    for actor in sorted(chain.actors, key=lambda each: places[each.id]):
        marks = [_part_words(actor), *_fate(actor, overlay), _("cut off") if actor.id in overlay.cut_off else ""]
        below = "".join(f'<br><span class="rd-below">{inline(mark)}</span>' for mark in marks if mark)
        place = columns[places[actor.id]]
        level, number = nothing(place.name) if place.loose else inline(place.name), number_words(actor)
        rows.append(
            [
                Html(inline(name_of(actor)) + below),
                Html(level + (f"<br>{inline(number)}" if number else "")),
                inline(actor.role) if actor.role and actor.role.strip() else nothing(),
                _ratings(actor, ("skill", "will")),
            ]
        )
    headers = [_("Actor"), _("Level, and how many"), _("What it does"), _("Skill and will")]
    return table(headers, rows, _("Who is in the chain"))


def links_table(chain: Chain, overlay: Overlay = PLAIN) -> Html:
    """Return the links of a chain as a table."""
    rows: list[list[Cell]] = []
    for link in chain.links:
        ends = [chain.actor(link.source), chain.actor(link.target)]
        named = [inline(name_of(actor)) if actor else nothing(_("not chosen")) for actor in ends]
        fails = f"<br>{_FAILS} {e(_('Fails'))}" if link.id in overlay.fails else ""
        carries = [text for text in (link.carries, link.amount) if text and text.strip()]
        passes = inline("; ".join(carries)) if carries else nothing()
        authority = _ratings(link, ("formal", "informal"))
        rows.append([*named, Html(inline(_kind_word(_kind(link))) + fails), passes, authority])
    headers = [_("From"), _("To"), _("Link"), _("What passes"), _("How well it holds")]
    return table(headers, rows, _("How they are linked"))


def chain_tables(chain: Chain, overlay: Overlay = PLAIN) -> Html:
    """Return what a chain holds as tables: its actors and its links."""
    parts = [actors_table(chain, overlay)] if chain.actors else []
    parts += [links_table(chain, overlay)] if chain.links else []
    return Html(f'<div class="rd-tight">{"".join(parts)}</div>' if parts else "")


def carried(chain: Chain, priority: Priority) -> Html:
    """Say which strategies a chain carries, and from whom to whom it leads."""
    names = {strategy.id: strategy.title or strategy.id for strategy in STRATEGIES.read(priority)}
    carries = [names[id_] for id_ in chain.strategies if id_ in names]
    said = []
    if carries:
        said.append(_("Strategies on this chain: {names}.").format(names="; ".join(carries)))
    for part, words in (("start", _("It starts with {names}.")), ("end", _("The change is felt by {names}."))):
        if actors := [name_of(actor) for actor in chain.actors if actor.part == part]:
            said.append(words.format(names=", ".join(actors)))
    return Html(f'<p class="rd">{inline(" ".join(said))}</p>' if said else "")


def chain_picture(chain: Chain, overlay: Overlay = PLAIN, title: str = "") -> Html:
    """Return the drawing of a chain with its key, without the tables.

    Args:
        chain: the chain.
        overlay: what is laid over it.
        title: what to write above it; left out, the chain's own title.
    """
    title = title or title_of(chain)
    drawn = f'<div class="rd-drawing" style="font-size:0">{chain_drawing(chain, overlay)}</div>'
    notes: list[str] = [key_to(chain, overlay)]
    if any(actor.illustrative for actor in chain.actors):
        notes.append(e(_("Numbers marked “illustrative” are made up to practise with.")))
    if len(chain.actors) > MOST_ACTORS:
        said = _("The chain has {n} actors, so the picture shows one box a level and how many links run between.")
        notes.append(e(said.format(n=format_number(len(chain.actors)))))
    says = f"<p>{inline(overlay.says)}</p>" if overlay.says else ""
    key = " ".join(note for note in notes if note)
    return Html(
        f'<figure class="rd rd-figure rd-across"><figcaption class="rd-caption">{inline(title)}{says}'
        f'<p class="rd-key">{key}</p></figcaption>{scroll_box(title, drawn)}</figure>'
    )


def chain_figure(chain: Chain, overlay: Overlay = PLAIN, title: str = "") -> Html:
    """Return a chain as a picture and as tables; the one line "not attempted yet" where nothing stands in it.

    Args:
        chain: the chain.
        overlay: what is laid over it.
        title: what to write above it; left out, the chain's own title.
    """
    if not chain.levels and not chain.actors:
        return not_attempted(title or title_of(chain))
    return Html(chain_picture(chain, overlay, title) + chain_tables(chain, overlay))
