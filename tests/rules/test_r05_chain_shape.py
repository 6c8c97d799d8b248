"""The shape of a delivery chain: each finding with a chain that brings it about, and one that only comes near."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from rdlib.plan.chain import Actor, Chain, Level, Link
from rdlib.plan.strategy import Strategy
from rdlib.rules import r05_chain_shape as shape
from rdlib.rules.r05_lines import lines
from tests.rules.chains import CHAIN, CONTEXT, LINKS, LOOP, changed, codes, priority


def found(*chains: Chain, **more: Any) -> list[tuple[str, str]]:
    return codes(shape.check(priority(*chains, **more), CONTEXT))


def linked(*links: Link) -> Chain:
    return attrs.evolve(CHAIN, links=(*LINKS, *links))


def test_a_good_chain_is_praised_and_nothing_else_is_said() -> None:
    assert found() == [("R5-chain-complete", "")]


def test_an_empty_chain_is_not_attempted() -> None:
    assert not shape.attempted(priority(Chain("c1", title="To be drawn")), CONTEXT)
    assert shape.attempted(priority(Chain("c1", levels=(Level("v1"),))), CONTEXT)
    assert found(Chain("c1", title="To be drawn")) == []


IDLE = Actor("a9", title="Institute", level="v2", number=1.0, role="Advises")


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        (attrs.evolve(CHAIN, strategies=()), ("R5-chain-no-strategy", "strategies")),
        (attrs.evolve(CHAIN, levels=CHAIN.levels[:1]), ("R5-few-levels", "levels")),
        (attrs.evolve(CHAIN, actors=(), links=()), ("R5-level-empty", "actors")),
        (attrs.evolve(CHAIN, levels=(*CHAIN.levels, Level("v9", title="Boards"))), ("R5-level-empty", "levels/v9")),
        (changed(a2={"level": None}), ("R5-actor-no-level", "actors/a2/level")),
        (changed(a2={"number": None}), ("R5-actor-no-number", "actors/a2/number")),
        (changed(a2={"role": None}), ("R5-actor-no-role", "actors/a2/role")),
        (changed(a1={"part": None}), ("R5-no-start", "actors")),
        (changed(a3={"part": "start"}), ("R5-several-starts", "actors/a3/part")),
        (changed(a5={"part": None}), ("R5-no-end", "actors")),
        (changed(k5=None), ("R5-no-way-to-citizen", "actors/a5")),
        (changed(k5={"kind": "funding"}), ("R5-no-way-to-citizen", "actors/a5")),
        (attrs.evolve(CHAIN, links=()), ("R5-no-way-to-citizen", "links")),
        (changed(k1={"target": None}), ("R5-link-open", "links/k1/target")),
        (changed(k1={"source": None}), ("R5-link-open", "links/k1/source")),
        (changed(k1={"target": "a1"}), ("R5-link-to-itself", "links/k1")),
        (attrs.evolve(CHAIN, actors=(*CHAIN.actors, IDLE)), ("R5-actor-on-no-line", "actors/a9")),
        (linked(Link("k9", source="a1", target="a4")), ("R5-level-skipped", "links/k9")),
        (linked(Link("k9", source="a4", target="a2")), ("R5-influence-backward", "links/k9")),
        (linked(Link("k9", source="a4", target="a2")), ("R5-chain-circle", "actors/a2")),
    ],
)
def test_a_flaw_in_the_shape_is_found_where_it_is(chain: Chain, expected: tuple[str, str]) -> None:
    assert expected in found(chain)


@pytest.mark.parametrize(
    ("chain", "code"),
    [
        (changed(a5={"role": None}), "R5-actor-no-role"),  # those it is for need not do anything
        (changed(a2={"number": 0.0}), "R5-actor-no-number"),
        (linked(Link("k9", source="a4", target="a1", kind="information")), "R5-influence-backward"),
        (linked(Link("k9", source="a4", target="a1", kind="information")), "R5-chain-circle"),
        (linked(Link("k9", source="a2", target="a3")), "R5-level-skipped"),  # on the same level
        (linked(Link("k9", source="a1", target="a4", kind="funding")), "R5-level-skipped"),
        (changed(k1=None, k3=None), "R5-no-way-to-citizen"),  # the other region still leads there
    ],
)
def test_what_only_comes_near_is_left_alone(chain: Chain, code: str) -> None:
    assert code not in [found_code for found_code, _where in found(chain)]


@pytest.mark.parametrize(
    "more",
    [
        {"links": (*LINKS, Link("k9", source="a9", target="a4", kind="funding"))},
        {"links": (*LINKS[:-1], attrs.evolve(LINKS[-1], controlled_by="a9"))},
        {"links": (*LINKS, Link("k9", source="a4", target="a9", kind="information"))},
        {"loops": (attrs.evolve(LOOP, actors=("a9", "a1")),)},
    ],
)
def test_who_pays_decides_on_money_or_is_told_something_takes_part(more: dict[str, Any]) -> None:
    chain = attrs.evolve(CHAIN, actors=(*CHAIN.actors, IDLE), **more)
    assert "R5-actor-on-no-line" not in [code for code, _where in found(chain)]


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (None, "Nothing is linked"),
        (Link("k9", source="a1", target="a9"), "ends there"),
        (Link("k9", source="a9", target="a4"), "nobody who leads"),
    ],
)
def test_why_an_actor_is_on_no_line_is_said(link: Link | None, words: str) -> None:
    chain = attrs.evolve(CHAIN, actors=(*CHAIN.actors, IDLE), links=(*LINKS, *([link] if link else [])))
    (said,) = [f.what for f in shape.check(priority(chain), CONTEXT) if f.code == "R5-actor-on-no-line"]
    assert words in said


def test_a_chosen_strategy_on_no_chain_is_found_once_any_chain_says_what_it_carries() -> None:
    strategies = (Strategy("s1", title="See", status="chosen"), Strategy("s2", title="Beds", status="chosen"))
    assert ("R5-strategy-no-chain", "strategies/s2") in found(strategies=strategies)
    candidate = (strategies[0], attrs.evolve(strategies[1], status="candidate"))
    assert "R5-strategy-no-chain" not in [code for code, _where in found(strategies=candidate)]


def test_how_far_influence_comes_is_said() -> None:
    (said,) = [f.what for f in shape.check(priority(changed(k5=None)), CONTEXT) if f.code == "R5-no-way-to-citizen"]
    assert said == "No line of influence leads from Minister to Patients; the furthest it comes is Hospitals."


def test_rows_without_ids_and_links_to_what_is_gone_break_nothing() -> None:
    chain = attrs.evolve(
        CHAIN,
        actors=(*CHAIN.actors, Actor("", title="Nameless", level="gone")),
        links=(*LINKS, Link("", source="a1", target="gone"), Link("", source="", target="")),
    )
    assert ("R5-link-open", "links/#8/source") in found(chain)
    assert lines(chain).line_to("a5") == ("a1", "a2", "a4", "a5")
