"""Rule 10, tool 10.1: who could be on the stakeholder map, from what the plan says already.

The key stakeholders of tool 1.1, the coalition of 3.1 and the delivery chains of 5.2 name people. Whoever stands on the
map already, under this name or a like one, is not proposed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from rdlib.plan.chain import CHAINS, Actor
from rdlib.plan.coalition import COALITION, Member
from rdlib.plan.priority import Priority
from rdlib.plan.stakeholders import STAKEHOLDERS, Stakeholder
from rdlib.rules.coalition_wording import close_names
from rdlib.words import _

KEY, MEMBER, ACTOR = "1.1", "3.1", "5.2"


@attrs.frozen
class Candidate:
    """Somebody whom the plan names and the map does not.

    Attributes:
        name: what to call them.
        sources: the tools that name them: 1.1, 3.1, 5.2.
        organisation: where they work.
        who: who they are, as the plan says it.
        member: the id of the coalition member; empty where there is none.
        actor: the chain and the actor, as a link names them (``c1/a1``); empty where there is none.
        important: whether the coalition says that the priority needs them.
    """

    name: str
    sources: tuple[str, ...]
    organisation: str = ""
    who: str = ""
    member: str = ""
    actor: str = ""
    important: bool = False

    def values(self) -> dict[str, str]:
        """Return what a row of the map begins with."""
        given = {
            "name": self.name,
            "organisation": self.organisation,
            "who": self.who,
            "member": self.member,
            "actor": self.actor,
        }
        return {name: value for name, value in given.items() if value}

    def sources_in_words(self) -> str:
        """Say which tools name them."""
        words = {
            KEY: _("key stakeholder (1.1)"),
            MEMBER: _("coalition (3.1)"),
            ACTOR: _("delivery chain (5.2)"),
        }
        return ", ".join(words[source] for source in self.sources)


def stakeholders(priority: Priority) -> tuple[Stakeholder, ...]:
    """Return those on the map that have a name."""
    return tuple(s for s in STAKEHOLDERS.read(priority) if s.called)


def member_of(stakeholder: Stakeholder, priority: Priority) -> Member | None:
    """Return the coalition member that a stakeholder is: the one linked, else one of the very same name."""
    members = COALITION.read(priority)
    if stakeholder.member:
        return next((m for m in members if m.id == stakeholder.member), None)
    name = stakeholder.called.casefold()
    return next((m for m in members if m.called and m.called.casefold() == name), None)


def actor_of(stakeholder: Stakeholder, priority: Priority) -> Actor | None:
    """Return the actor of a delivery chain that a stakeholder is linked to."""
    reference = stakeholder.actor or ""
    return next((actor for id_, actor in _actors(priority) if id_ == reference), None)


def _actors(priority: Priority) -> Iterator[tuple[str, Actor]]:
    for chain in CHAINS.read(priority):
        for actor in chain.actors:
            yield f"{chain.id}/{actor.id}", actor


def named_in_plan(priority: Priority) -> tuple[Candidate, ...]:
    """Return everybody whom the plan names, each once: coalition, delivery chains, then key stakeholders."""
    found: list[Candidate] = []
    for member in COALITION.read(priority):
        if member.called:
            _take(
                found,
                Candidate(
                    member.called,
                    (MEMBER,),
                    organisation=(member.organisation or "").strip() if member.name else "",
                    who=(member.why or "").strip(),
                    member=member.id,
                    important=member.importance_level >= 3,
                ),
                also=member.speaks_for,
            )
    for reference, actor in _actors(priority):
        if title := (actor.title or "").strip():
            _take(found, Candidate(title, (ACTOR,), who=(actor.role or "").strip(), actor=reference))
    for name in map(str.strip, priority.stakeholders):
        if name:
            _take(found, Candidate(name, (KEY,), important=True))
    return tuple(found)


def _take(found: list[Candidate], new: Candidate, also: Iterable[str] = ()) -> None:
    """Add somebody, or what is new of somebody who is there under a like name."""
    names = [new.name, *also]
    for place, known in enumerate(found):
        clash = (known.member and new.member) or new.sources[0] in known.sources
        if not clash and any(close_names(known.name, name) for name in names):
            found[place] = attrs.evolve(
                known,
                sources=tuple(dict.fromkeys((*known.sources, *new.sources))),
                who=known.who or new.who,
                member=known.member or new.member,
                actor=known.actor or new.actor,
                important=known.important or new.important,
            )
            return
    found.append(new)


def is_on_map(candidate: Candidate, priority: Priority) -> bool:
    """Say whether somebody stands on the map: by a link, by a like name, or as one for whom somebody there speaks."""
    for each in stakeholders(priority):
        if candidate.member and candidate.member == each.member:
            return True
        if candidate.actor and candidate.actor == each.actor:
            return True
        if any(close_names(candidate.name, name) for name in _names(each, priority)):
            return True
    return False


def _names(stakeholder: Stakeholder, priority: Priority) -> Iterator[str]:
    """The names under which a stakeholder is known in the plan."""
    yield from filter(None, (stakeholder.name, stakeholder.organisation if not stakeholder.name else None))
    if member := member_of(stakeholder, priority):
        yield from (member.called, *member.speaks_for)
    if actor := actor_of(stakeholder, priority):
        yield (actor.title or "").strip() or actor.id


def candidates(priority: Priority) -> tuple[Candidate, ...]:
    """Return those whom the plan names and who are not on the map."""
    return tuple(each for each in named_in_plan(priority) if not is_on_map(each, priority))
