"""Lines of influence, who holds up whom, and what if something fails: held against counting them all out by hand."""

from __future__ import annotations

from itertools import pairwise

import attrs
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rdlib.plan.chain import Actor, Chain, Level, Link
from rdlib.rules.r05_lines import how_many, lines, listed, name_of, strength
from rdlib.rules.r05_pressure import pressure
from rdlib.rules.r05_pressure_flows import blind_stretches, chokes, covered, flows
from rdlib.rules.r05_pressure_lines import extra_steps
from rdlib.rules.r05_what_if import without
from tests.rules.chains import CHAIN, changed

IDS = [f"a{n}" for n in range(7)]
RATING = st.none() | st.integers(1, 4)


@st.composite
def any_chain(draw: st.DrawFn) -> Chain:
    """Any chain of up to seven actors: circles, several who lead, ends that nobody reaches, links to nowhere."""
    size = draw(st.integers(1, len(IDS)))
    ids = IDS[:size]
    parts = draw(st.lists(st.sampled_from(["start", "middle", "middle", "end", None]), min_size=size, max_size=size))
    levels = draw(st.lists(st.sampled_from(["v0", "v1", "v2", None]), min_size=size, max_size=size))
    numbers = draw(st.lists(st.none() | st.integers(1, 300).map(float), min_size=size, max_size=size))
    ends = st.sampled_from([*ids, "gone"])
    links = draw(
        st.lists(
            st.tuples(ends, ends, RATING, RATING, st.sampled_from([None, None, "influence", "funding"])), max_size=14
        )
    )
    return Chain(
        "c1",
        levels=tuple(Level(f"v{n}") for n in range(3)),
        actors=tuple(
            Actor(id_, part=part, level=level, number=number, counted_in="people")
            for id_, part, level, number in zip(ids, parts, levels, numbers, strict=True)
        ),
        links=tuple(
            Link(f"k{n}", source=u, target=v, formal=formal, informal=informal, kind=kind)
            for n, (u, v, formal, informal, kind) in enumerate(links)
        ),
    )


def reached(graph: nx.DiGraph[str], starts: tuple[str, ...], least: float = 0.0) -> set[str]:
    strong: nx.DiGraph[str] = nx.DiGraph((u, v) for u, v in graph.edges if graph.edges[u, v]["strength"] >= least)
    strong.add_nodes_from(graph)
    return {node for start in starts for node in (start, *nx.descendants(strong, start))}


@given(any_chain())
@settings(max_examples=80, deadline=None)
def test_the_strongest_line_is_the_strongest_there_is(chain: Chain) -> None:
    drawn = lines(chain)
    assert set(drawn.before) == reached(drawn.graph, drawn.starts)
    for id_ in drawn.before:
        line = drawn.line_to(id_)
        assert line[0] in drawn.starts
        assert line[-1] == id_
        weakest = min((drawn.graph.edges[step]["strength"] for step in pairwise(line)), default=float("inf"))
        assert weakest == drawn.width[id_]
        if id_ not in drawn.starts:
            steps = {drawn.graph.edges[step]["strength"] for step in drawn.graph.edges}
            assert weakest == max(power for power in steps if id_ in reached(drawn.graph, drawn.starts, power))


@given(any_chain())
@settings(max_examples=80, deadline=None)
def test_behind_an_actor_is_exactly_what_nobody_reaches_without_it(chain: Chain) -> None:
    drawn = lines(chain)
    for id_ in drawn.before:
        left = drawn.graph.subgraph(set(drawn.graph) - {id_})
        still = reached(left, tuple(start for start in drawn.starts if start != id_))
        lost = [end for end in drawn.reached_ends if end not in still]
        assert drawn.behind[id_] == sum(drawn.weights[end] for end in lost)
    for choke in chokes(drawn):
        assert choke.id not in drawn.starts
        assert 0 < choke.share <= 1


@given(any_chain())
@settings(max_examples=80, deadline=None)
def test_what_is_carried_is_what_ends_on_the_lines_past_it(chain: Chain) -> None:
    drawn = lines(chain)
    for id_ in drawn.before:
        past = [end for end in drawn.reached_ends if id_ in drawn.line_to(end)]
        assert drawn.carried[id_] == sum(drawn.weights[end] for end in past)
    assert drawn.total == sum(drawn.weights.values())


@given(any_chain(), st.sets(st.sampled_from(IDS), max_size=2), st.sets(st.integers(0, 13), max_size=2))
@settings(max_examples=80, deadline=None)
def test_what_if_is_the_chain_drawn_again_without_it(chain: Chain, gone: set[str], cut: set[int]) -> None:
    drawn = lines(chain)
    actors = [actor.id for actor in chain.actors if actor.id in gone]
    links = [link.id for number, link in enumerate(chain.links) if number in cut]
    what = without(chain, actors, links)
    parts = {**dict.fromkeys(drawn.ends, "end"), **dict.fromkeys(drawn.starts, "start")}
    both = set(drawn.starts) & set(drawn.ends)
    if both:  # an actor has one place on paper
        return
    again = attrs.evolve(
        chain,
        actors=tuple(attrs.evolve(a, part=parts.get(a.id)) for a in chain.actors if a.id not in gone),
        links=tuple(link for link in chain.links if link.id not in links),
    )
    paper = lines(again, starts=[s for s in drawn.starts if s not in gone])
    assert set(what.after.before) == set(paper.before)
    assert dict(what.after.width) == dict(paper.width)
    assert set(what.cut_off) == set(drawn.before) - set(paper.before) - gone
    assert set(what.ends_lost) == {end for end in drawn.reached_ends if end not in paper.before}
    assert what.lost == sum(drawn.weights[end] for end in what.ends_lost)
    assert what.another_way is not bool(what.ends_lost)
    assert set(what.rerouted) <= set(paper.before)
    assert not set(what.rerouted) & set(what.ends_lost)
    assert what.says


@given(any_chain())
@settings(max_examples=60, deadline=None)
def test_no_chain_breaks_the_tests_and_each_gives_a_verdict_with_words(chain: Chain) -> None:
    tested = pressure(chain, "priorities/p/chains/c1")
    assert len(tested.tests) == 6
    for result in tested.tests:
        assert result.rating in {None, 1, 2, 3, 4}
        assert result.says.strip()
        ids = {actor.id for actor in chain.actors} | {link.id for link in chain.links}
        assert {part.id for part in (*result.actors, *result.links)} <= ids
        assert all(f.where.startswith("priorities/p/chains/c1") for f in result.findings)
        if result.rating is not None and result.rating <= 2:
            assert result.advice
            assert result.actors or result.links


@given(any_chain())
@settings(max_examples=60, deadline=None)
def test_money_that_runs_along_a_line_really_has_one_under_it(chain: Chain) -> None:
    drawn = lines(chain)
    for flow in flows(drawn):
        down = nx.has_path(drawn.graph, flow.source, flow.target)
        up = nx.has_path(drawn.graph, flow.target, flow.source)
        assert {"along": down, "against": up, "without": True}[flow.road]


@given(any_chain(), st.lists(st.lists(st.sampled_from(IDS), max_size=4), max_size=2))
@settings(max_examples=60, deadline=None)
def test_each_step_is_heard_of_or_blind_and_never_both(chain: Chain, members: list[list[str]]) -> None:
    from rdlib.plan.chain import Loop

    loops = tuple(Loop(f"b{n}", actors=tuple(ids), evidence_state="now") for n, ids in enumerate(members))
    drawn = lines(attrs.evolve(chain, loops=loops))
    blind = [step for stretch in blind_stretches(drawn) for step in stretch]
    assert len(blind) == len(set(blind))
    assert set(blind) == set(drawn.steps()) - covered(drawn)


@given(any_chain())
@settings(max_examples=60, deadline=None)
def test_a_chain_written_in_another_order_says_the_same(chain: Chain) -> None:
    turned = attrs.evolve(chain, actors=chain.actors[::-1], links=chain.links[::-1])
    one, other = lines(chain), lines(turned)
    assert dict(one.width) == dict(other.width)
    assert dict(one.behind) == dict(other.behind)
    assert extra_steps(one).keys() == extra_steps(other).keys()


def test_a_longer_line_is_taken_when_its_weakest_link_is_stronger() -> None:
    drawn = lines(changed(k3={"formal": 1, "informal": 1}))
    assert drawn.line_to("a5") == ("a1", "a3", "a4", "a5")
    assert drawn.width["a5"] == 3.5


def test_without_marks_the_first_and_the_last_level_are_taken() -> None:
    drawn = lines(changed(a1={"part": None}, a5={"part": None}))
    assert (drawn.starts, drawn.ends) == (("a1",), ("a5",))


def test_numbers_are_added_up_only_where_all_are_counted_in_the_same() -> None:
    more = Actor("a6", title="Families", level="v4", number=500.0, counted_in="Visits a year ", part="end")
    link = Link("k9", source="a4", target="a6", informal=4)
    chain = attrs.evolve(CHAIN, actors=(*CHAIN.actors, more), links=(*CHAIN.links, link))
    assert (lines(chain).total, lines(chain).unit) == (9500.0, "visits a year")
    other = changed(chain, a6={"counted_in": "families"})
    assert (lines(other).total, lines(other).unit) == (2.0, None)
    unknown = changed(chain, a6={"number": None})
    assert lines(unknown).unit is None


@pytest.mark.parametrize(
    ("reads", "expected"),
    [(None, "200 departments"), ("over", "over 200 departments"), ("about", "about 200 departments"),
     ("up-to", "up to 200 departments"), ("exactly", "200 departments")],
)  # fmt: skip
def test_how_many_there_are_is_said_as_it_was_meant(reads: str | None, expected: str) -> None:
    assert how_many(Actor("a1", number=200.0, number_reads=reads, counted_in="departments")) == expected


def test_words_for_what_is_not_given() -> None:
    assert how_many(Actor("a1")) is None
    assert name_of(Actor("a1", title=" ")) == "a1"
    assert listed([]) == ""
    assert strength(Link("k1", formal=2)) == 2.0


def test_a_part_that_is_not_there_cannot_fail() -> None:
    with pytest.raises(KeyError):
        without(CHAIN, ["a99"])
    with pytest.raises(KeyError):
        without(CHAIN, links=["k99"])


@pytest.mark.parametrize(
    ("actors", "links", "expected"),
    [
        (["a4"], [], "No line leads to Patients any more (9 000 visits a year)."),
        (["a2"], [], "There is another way, by South. It is as strong as the one that was lost."),
        (["a3"], [], "The strongest line to the citizen stands as before."),
        ([], ["k6"], "The strongest line to the citizen stands as before. Money would stop: Minister → North."),
    ],
)
def test_what_would_happen_is_said_in_words(actors: list[str], links: list[str], expected: str) -> None:
    equal = changed(k4={"informal": 4})
    what = without(equal if actors == ["a2"] else CHAIN, actors, links)
    assert what.says.replace("\u2009", " ").replace(" Money would stop: Minister → North.", "") == expected.replace(
        " Money would stop: Minister → North.", ""
    )
    assert ("Money would stop" in what.says) is bool(what.unpaid)


def test_a_weaker_way_is_called_weaker() -> None:
    what = without(CHAIN, ["a2"])
    assert what.weaker == ("a5",)
    assert "It is weaker than the one that was lost." in what.says
