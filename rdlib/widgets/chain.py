"""The delivery chain as a graph to be made in four steps (Rule 5, tool 5.2)."""

from __future__ import annotations

from collections.abc import Iterable

from rdlib.figures.chain import MOST_ACTORS, chain_drawing, chain_figure, key_to, keyed, name_of, number_words
from rdlib.plan.chain import CHAINS, Actor, Chain, Link
from rdlib.plan.fields import field_of
from rdlib.widgets.graph import Plot, State, Step
from rdlib.words import _, format_number, plural


def _level_name(chain: Chain, actor: Actor) -> str:
    level = chain.level(actor.level)
    if level is None:
        return _("no level yet")
    place = format_number(chain.levels.index(level) + 1)
    return _("level {n}, {level}").format(n=place, level=(level.title or "").strip() or _("(no name yet)"))


def _says_actor(chain: Chain, actor: Actor) -> str:
    out = sum(link.source == actor.id for link in chain.links)
    into = sum(link.target == actor.id for link in chain.links)
    part = field_of(Actor, "part").choice(actor.part)
    number = number_words(actor)
    words = [name_of(actor), _level_name(chain, actor)]
    words += [number] if number else []
    words += [part.label] if part and actor.part != "middle" else []
    words += [
        plural("{n} link leads to it", "{n} links lead to it", into),
        plural("{n} link leads on", "{n} links lead on", out),
    ]
    return ", ".join(words)


def _says_link(chain: Chain, link: Link) -> str:
    source, target = (chain.actor(id_) for id_ in (link.source, link.target))
    kind = field_of(Link, "kind").choice(link.kind or "influence")
    words = [
        _("{kind} from {source} to {target}").format(
            kind=kind.label if kind else link.kind,
            source=name_of(source) if source else _("nobody yet"),
            target=name_of(target) if target else _("nobody yet"),
        )
    ]
    for name in ("formal", "informal"):
        field = field_of(Link, name)
        if choice := field.choice(str(getattr(link, name))):
            words.append(f"{field.label.lower()} {choice.value} {choice.label}")
    return ", ".join(words)


def _named(actors: Iterable[Actor]) -> str:
    return ", ".join(map(name_of, actors)) or _("nobody yet")


def _states(chain: Chain) -> list[State]:
    """How far the four steps are."""
    actors, known = chain.actors, {level.id for level in chain.levels}
    placed = sum(actor.level in known and actor.number is not None for actor in actors)
    asked = [actor for actor in actors if actor.part != "end"]  # those it is for have nothing to do for it
    told = sum(bool((actor.role or "").strip()) and bool(actor.skill and actor.will) for actor in asked)
    leads, feels = ([actor for actor in actors if actor.part == part] for part in ("start", "end"))
    linked = plural("{n} link", "{n} links", len(chain.links))
    return [
        State(len(chain.levels) > 1, plural("{n} level", "{n} levels", len(chain.levels))),
        State(
            0 < len(actors) == placed,
            _("{n} of {all} with level and number").format(n=format_number(placed), all=format_number(len(actors))),
        ),
        State(
            0 < len(asked) == told,
            _("{n} of {all} with role, skill and will").format(n=format_number(told), all=format_number(len(asked))),
        ),
        State(
            len(leads) == 1 and bool(feels) and bool(chain.links),
            _("{links}; starts: {start}; felt by: {end}").format(links=linked, start=_named(leads), end=_named(feels)),
        ),
    ]


_LINK = ("source", "target", "kind", "carries", "formal", "informal")

#: The delivery chain of tool 5.2: levels are its columns, actors its boxes.
DELIVERY_CHAIN = Plot(
    key="delivery-chain",
    title=_("Delivery chain"),
    part=CHAINS.key,
    columns="levels",
    nodes="actors",
    links="links",
    column="level",
    source="source",
    target="target",
    steps=(
        Step(
            "levels",
            _("Levels"),
            _("Name the layers from the centre of government to the citizen, in this order; the citizens come last."),
            adds="levels",
            asks=("title",),
            fields={"levels": ("title",), "actors": ("title", "level"), "links": _LINK},
            home=("levels",),
        ),
        Step(
            "actors",
            _("Actors"),
            _("Put on each level who has a part in it, and how many they are. Two hundred offices are one box."),
            adds="actors",
            asks=("title", "level", "number"),
            fields={
                "levels": ("title",),
                "actors": ("title", "level", "number", "number_reads", "counted_in", "illustrative"),
                "links": _LINK,
            },
            home=("actors",),
        ),
        Step(
            "roles",
            _("Role, skill and will"),
            _("Select one actor after the other: what does it have to do, can it, and does it want to?"),
            fields={"levels": ("title",), "actors": ("role", "skill", "will", "evidence"), "links": _LINK},
            home=("actors",),
        ),
        Step(
            "links",
            _("Links, start and end"),
            _(
                "Draw the most direct line from the one who leads to those who feel the change, then what else runs "
                "between them. Say of one actor that it leads, and of another that the change is felt there."
            ),
            adds="links",
            asks=("source", "target", "kind"),
            fields={"levels": ("title",), "actors": ("title", "part"), "links": _LINK},
            home=("links", "actors"),
        ),
    ),
    one={"levels": _("Level"), "actors": _("Actor"), "links": _("Link")},
    begin=_("Begin a delivery chain, by its short name:"),
    draw=chain_drawing,
    key_to=key_to,
    figure=chain_figure,
    keyed=keyed,
    whole=lambda chain: len(chain.actors) <= MOST_ACTORS,
    says_node=_says_actor,
    says_link=_says_link,
    states=_states,
)
