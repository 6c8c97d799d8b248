"""The delivery chain as a picture (tool 5.2): every word in its box, every sign clear, and the same in words."""

from __future__ import annotations

from itertools import combinations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rdlib.figures import chain as chains
from rdlib.figures.chain import MOST_ACTORS, Overlay, chain_drawing, chain_figure, chain_graph, in_words, key_to
from rdlib.figures.graph import Column, Graph, Lane, Tie, Vertex, Words, arrange, graph_drawing
from rdlib.figures.svg import text_width
from rdlib.plan.chain import Actor, Chain, Level, Link, Loop
from rdlib.plan.values import Missing
from tests.figures.faces import HOSTILE, assert_harmless, filled, of, read, text_of

LEVELS = tuple(Level(f"l{n}", title) for n, title in enumerate(("Centre", "Trusts", "Departments", "Patients"), 1))
ACTORS = (
    Actor("a1", "Prime Minister", "l1", 1.0, part="start", role="Names the target", skill=4, will=4),
    Actor("a2", "Chief executives", "l2", 155.0, "about", illustrative=True, role="Free beds; move money", will=2),
    Actor("a3", "Departments", "l3", 200.0, "over", "departments", role="See and treat", skill=1),
    Actor("a4", "Patients", "l4", 12e6, "over", "visits a year", part="end"),
)
LINKS = (
    Link("k1", "a1", "a2", "influence", formal=4, informal=3),
    Link("k2", "a2", "a3", "influence", formal=1, informal=2),
    Link("k3", "a1", "a3", "funding", formal=3),
    Link("k4", "a3", "a4", None),
)
LOOPS = (
    Loop("o1", "Weekly waits", ("a3", "a2", "a1"), frequency="weekly", evidence_state="now"),
    Loop("o2", "What patients say", ("a4", "a3"), evidence_state="soon"),
)
CHAIN = Chain("c1", "From the centre to the patient", levels=LEVELS, actors=ACTORS, links=LINKS, loops=LOOPS)

words = st.sampled_from(
    [
        "Beds",
        "Chief executives of the hospital trusts",
        "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
        "Des directions régionales de la santé et des services sociaux",
        "",
    ]
)
vertex = st.builds(
    Vertex,
    id=st.just(""),
    column=st.integers(0, 4),
    words=st.lists(
        st.builds(Words, words, st.sampled_from(["name", "plain", "quiet", "strong"])), min_size=1, max_size=4
    ).map(tuple),
    look=st.sampled_from(["plain", "strong", "loose", "gone", "fails"]),
)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Graphs with signs on their lines."""
    vertices = [attrs.evolve(v, id=f"n{n}") for n, v in enumerate(draw(st.lists(vertex, max_size=16)))]
    columns = tuple(Column(f"c{n}", draw(words)) for n in range(5))
    if not vertices:
        return Graph(columns, ())
    end = st.integers(0, len(vertices) - 1)
    looks = st.sampled_from(["solid", "double", "dotted"]), st.sampled_from(["thick", "plain", "weak", "gone"])
    rows = draw(st.lists(st.tuples(end, end, *looks, st.sampled_from(["", "▲", "$▲", "i 12 ▲3"])), max_size=24))
    ties = tuple(
        Tie(f"t{k}", f"n{a}", f"n{b}", kind, strength, signs) for k, (a, b, kind, strength, signs) in enumerate(rows)
    )
    return Graph(columns, tuple(vertices), ties)


@settings(max_examples=60, deadline=None)
@given(graph=graphs())
def test_every_text_fits_its_box_and_every_sign_is_clear_of_boxes(graph: Graph):
    arranged = arrange(graph)
    for v in graph.vertices:
        box = arranged.layout.boxes[v.id]
        assert sum(text.height for text in arranged.texts[v.id]) <= box.height
        for text in arranged.texts[v.id]:
            size, bold = (14, True) if text.look == "name" else (13, text.look == "strong")
            assert all(text_width(line, size, bold=bold) <= box.width - 16 for line in text.lines)
    boxes = [arranged.layout.boxes[v.id] for v in graph.vertices]
    for chip in arranged.chips.values():
        assert not any(chip.meets(box) for box in boxes)
    for one, other in combinations(arranged.layout.boxes.values(), 2):
        assert not one.meets(other)
    svg = graph_drawing(graph, "Title", "What it shows")
    assert {d["data-node"] for d in data(svg, "data-node")} == {v.id for v in graph.vertices}
    assert {d["data-link"] for d in data(svg, "data-link")} == {t.id for t in graph.ties}
    assert_harmless(svg)


def data(html: str, name: str) -> list[dict[str, str | None]]:
    """Return the attributes of the elements that have one of this name."""
    return [element.attributes for element in read(html) if name in element.attributes]


def test_signs_of_a_moderate_chain_do_not_cover_each_other():
    arranged = arrange(chain_graph(CHAIN))
    assert set(arranged.chips) == {"k2", "k3"}
    for one, other in combinations(arranged.chips.values(), 2):
        assert not one.meets(other)


def test_the_picture_of_a_chain():
    html = chain_figure(CHAIN)
    assert_harmless(html)
    (svg,) = [element for element in of(html, "svg") if element.attributes.get("role") == "img"]
    for text in (
        "Starts here",
        "Change is felt",
        "over 12 million",
        "◆ Will: reluctant",
        "▲ Skill: not able",
        "(illustrative)",
    ):
        assert text in svg.text
    for text in ("1 Centre", "4 Patients", "the citizen", "Feedback: Weekly waits (every week)"):
        assert text in svg.text
    ties = {tie.id: tie for tie in chain_graph(CHAIN).ties}
    assert (ties["k1"].kind, ties["k1"].strength, ties["k1"].signs) == ("solid", "thick", "")
    assert (ties["k2"].kind, ties["k2"].strength, ties["k2"].signs) == ("solid", "weak", "▲")
    assert (ties["k3"].kind, ties["k3"].strength, ties["k3"].signs) == ("double", "plain", "$")
    assert (ties["k4"].kind, ties["k4"].strength) == ("solid", "plain"), "not judged is not weak"


def test_the_text_alternative_tells_the_chain_level_by_level():
    said = in_words(CHAIN)
    assert said.startswith(
        "Level 1 Centre: Prime Minister (1), leads and starts the chain, influence to Chief executives,"
        " money to Departments. Level 2 Trusts: Chief executives (about 155 (illustrative)), influence, weak to"
        " Departments."
    )
    assert "Level 4 Patients: Patients (over 12 million visits a year), feels the change." in said
    assert said.endswith("Feedback: What patients say: Patients, Departments.")
    assert of(chain_drawing(CHAIN), "desc")[0].text == said


def test_the_key_explains_only_what_is_there():
    said = text_of(key_to(CHAIN))
    assert "Money" in said
    assert "weak link" in said
    assert "feedback loop" in said
    assert "Information" not in said
    assert "fails" not in said
    plain = attrs.evolve(CHAIN, links=LINKS[3:], loops=())
    assert text_of(key_to(plain)).strip() == "Influence"
    assert "made up" not in text_of(chain_figure(attrs.evolve(plain, actors=ACTORS[2:])))


def test_what_fails_and_what_it_cuts_off_is_shown():
    overlay = Overlay(
        actors={"a3": ("▲ choke point",)},
        links={"k3": "1"},
        signs={"1": "weakest link", "2": "not there"},
        fails=frozenset({"a2"}),
        cut_off=frozenset({"a4"}),
        says="Without chief executives nothing reaches patients.",
    )
    graph = chain_graph(CHAIN, overlay)
    looks = {v.id: v.look for v in graph.vertices}
    assert looks == {"a1": "strong", "a2": "fails", "a3": "plain", "a4": "gone"}
    assert {tie.id: tie.strength for tie in graph.ties} == {"k1": "gone", "k2": "gone", "k3": "plain", "k4": "gone"}
    said = text_of(chain_figure(CHAIN, overlay))
    for text in ("✕ Fails", "Cut off", "▲ choke point", "weakest link", "Without chief executives"):
        assert text in said
    assert "not there" not in said
    assert "Chief executives (about 155 (illustrative)), fails" in in_words(CHAIN, overlay)
    only_link = chain_graph(CHAIN, Overlay(fails=frozenset({"k1"})))
    assert [tie.signs for tie in only_link.ties] == ["✕", "▲", "$", ""]


def test_above_sixty_actors_there_is_one_box_a_level():
    many = tuple(Actor(f"b{n}", f"Office {n}", "l2", 3.0, illustrative=True) for n in range(MOST_ACTORS))
    links = tuple(Link(f"m{n}", "a1", f"b{n}", formal=1 + n % 4) for n in range(MOST_ACTORS))
    whole = attrs.evolve(CHAIN, actors=ACTORS + many, links=(*LINKS, *links, Link("m", "b1", "b2")))
    graph = chain_graph(whole)
    assert [v.id for v in graph.vertices] == ["l1", "l2", "l3", "l4"]
    text = [words.text for words in graph.vertices[1].words]
    assert text[:2] == ["61 actors", "335 in all (illustrative)"]
    assert text[2:5] == ["", "· Chief executives", ""], "the one with most links first"
    assert "and 56 others" in text
    assert "1 link among them" in text
    bundle = next(tie for tie in graph.ties if tie.id == "l1/l2/influence")
    assert (bundle.signs, bundle.strength) == ("61 ▲30", "plain")
    assert "one box a level" in text_of(chain_figure(whole))
    assert "Level 2 Trusts: 61 actors." in in_words(whole)
    assert len(chain_graph(attrs.evolve(whole, actors=(ACTORS + many)[:MOST_ACTORS])).vertices) == MOST_ACTORS


def test_numbers_add_up_only_where_the_same_is_counted():
    several = [
        attrs.evolve(ACTORS[2], id=f"x{n}", number=10.0, counted_in=c) for n, c in enumerate(["beds", "beds", None])
    ]
    assert list(chains._sums(several)) == ["20 beds in all", "10 in all"]


@pytest.mark.parametrize(
    ("actor", "said"),
    [
        (Actor("a"), ""),
        (Actor("a", number=1.0), "1"),
        (Actor("a", number=28.0, number_reads="exactly"), "28"),
        (Actor("a", number=1500.0, number_reads="about"), "about 1\u2009500"),
        (Actor("a", number=3.0, number_reads="up-to", counted_in=" offices "), "up to 3 offices"),
        (Actor("a", number=12.5e6, counted_in="visits"), "12.5 million visits"),
        (Actor("a", number=1234567.0), "1\u2009234\u2009567"),
        (Actor("a", number=Missing.TO_BE_DETERMINED), "number to be found"),
        (Actor("a", number=Missing.NOT_APPLICABLE, illustrative=True), ""),
    ],
)
def test_numbers_in_words(actor: Actor, said: str):
    assert chains.number_words(actor) == said


def test_actors_with_no_level_stand_before_the_others():
    lost = attrs.evolve(CHAIN, actors=(*ACTORS, Actor("a5", "Nobody's"), Actor("a6", "Gone", "l9")))
    graph = chain_graph(lost)
    assert graph.columns[0].loose
    assert [v.id for v in graph.vertices if v.column == 0] == ["a5", "a6"]
    assert "No level yet: Nobody's; Gone." in in_words(lost)
    assert not any(column.loose for column in chain_graph(CHAIN).columns)


def test_links_that_lead_nowhere_are_in_the_table_alone():
    loose = attrs.evolve(CHAIN, links=(*LINKS, Link("k5", "a1", None), Link("k6", "a9", "a1")))
    assert len(chain_graph(loose).ties) == 4
    assert text_of(chain_figure(loose)).count("not chosen") == 2


def test_lanes_stop_at_their_columns_and_stay_inside():
    columns = tuple(Column(f"c{n}", "Level") for n in range(4))
    graph = Graph(
        columns, (), (), (Lane("o", (1, 3, 1), "x " * 200, loose=True), Lane("p", (2,), "y"), Lane("q", (), ""))
    )
    html = graph_drawing(graph, "Lanes", "")
    assert len(of(html, "circle")) == 1
    width = float(of(html, "svg")[0].attributes["width"] or 0)
    assert all(float(d["x"] or 0) < width for d in [element.attributes for element in of(html, "tspan")])
    assert 'stroke-dasharray="5 4"' in html


@pytest.mark.parametrize(
    "chain",
    [
        Chain("c"),
        Chain("c", levels=LEVELS),
        Chain("c", levels=LEVELS[:1], actors=ACTORS[:1]),
        Chain("c", actors=ACTORS, links=LINKS),
        Chain("c", levels=LEVELS, actors=ACTORS, links=(Link("k", "a1", "a1"), Link("l", "a2", "a1"))),
    ],
)
def test_chains_that_are_not_finished_have_a_picture(chain: Chain):
    html = chain_figure(chain)
    assert_harmless(html)
    assert ("not attempted yet" in html) == (not chain.levels and not chain.actors)
    assert_harmless(chain_drawing(chain))
    assert in_words(chain)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str):
    chain = Chain(
        text,
        text,
        levels=(filled(Level, text, id="l1"),),
        actors=(filled(Actor, text, id=text, level="l1"), filled(Actor, text, id="b", level=text)),
        links=(filled(Link, text, id=text, source=text, target="b"),),
        loops=(filled(Loop, text, id=text, actors=(text, "b")),),
    )
    overlay = Overlay(actors={text: (text,)}, links={text: text}, signs={text: text}, fails=frozenset({"b"}), says=text)
    assert_harmless(chain_figure(chain, overlay))


def test_rows_with_no_id_or_the_same_are_drawn_apart():
    several = Chain("c", levels=(Level("l1"), Level("l1")), actors=(Actor("a1"), Actor("a1"), Actor()), links=(Link(),))
    assert [v.id for v in chain_graph(several).vertices] == ["a1", "#2", "#3"]
    assert_harmless(chain_figure(several))
