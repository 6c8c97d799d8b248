"""A hypothesis tree as a picture and as an outline (Rule 8, tools 8.2 and 8.3).

The trunk stands at the left, its branches to the right, siblings one below the other in their order. The same drawing
is the surface of the widget. A high tree is drawn in parts where it is to be read on paper: first the trunk with as
many levels below it as fit a page, then each of the last of them with what hangs on it, and so on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from rdlib.figures.graph import LOW, READABLE, Column, Graph, Tie, Vertex, Words, arrange, graph_drawing
from rdlib.figures.html import Cell, Html, Mark, badge, e, inline, not_attempted, nothing, scroll_box, table
from rdlib.plan.fields import field_of
from rdlib.plan.priority import Priority
from rdlib.plan.tree import Analysis, Hypothesis, Tree
from rdlib.rules.r08_analysis import analyses, called, in_sentences, leaf_of, word_of
from rdlib.rules.trees import OPEN, Place, Rolled, Shape, asked, begun, named, rolled_up, shape, trees
from rdlib.words import NO_BREAK_SPACE, _, format_date, format_number, plural

#: Width and height, in pixels, that a drawing finds on a page laid across, and on an upright one. Ours.
ACROSS, UPRIGHT = (1000.0, 530.0), (670.0, 810.0)
_WIDEST = 232.0
_GAP = 18.0
_AROUND = 48.0  # margins and the names of the columns
_MARKS = {
    "holds": Mark("●", _("holds"), 4),
    "fails": Mark("✕", _("fails"), 1),
    OPEN: Mark("–", _("open"), 0),
    "dropped": Mark("–", _("dropped"), 0),
}


def mark_of(verdict: str | None) -> Mark:
    """Return shape and word of a verdict; what has none is open."""
    return _MARKS.get(verdict or OPEN, _MARKS[OPEN])


@attrs.frozen
class Results:
    """What is laid over a tree: a verdict for each hypothesis, by its id; empty for nothing."""

    verdicts: Mapping[str, str] = {}
    sentences: tuple[str, ...] = ()


PLAIN = Results()


def results(rolled: Rolled) -> Results:
    """Return what the results come to, to be laid over a tree; nothing where no analysis is planned."""
    return Results(rolled.verdicts, tuple(in_sentences(rolled))) if rolled.analyses else PLAIN


def _label(place: Place, made: Shape) -> str:
    """What stands above a claim: its number; and of a top that is not the trunk, what is wrong with it."""
    if place.number:
        return place.number
    if place.node.id in made.loose:
        return _("▲ hangs on nothing")
    if place.node.id in made.circle:
        return _("▲ hangs on itself")
    trunk = made.trunk
    return _("Trunk") if trunk and trunk.id == place.node.id else _("▲ beside the trunk")


def _split_words(node: Hypothesis, made: Shape) -> str:
    """What stands below a claim with several branches: how they carry it."""
    if len(made.branches.get(node.id, ())) < 2:
        return ""
    return {"any": _("any one is enough"), "all": _("takes all of them")}.get(node.split or "", "")


def _vertex(place: Place, column: int, made: Shape, over: Results, hidden: int = 0) -> Vertex:
    node = place.node
    label = _label(place, made)
    verdict = over.verdicts.get(node.id)
    if verdict:
        mark = mark_of(verdict)
        label = f"{label} {mark.shape}{NO_BREAK_SPACE}{mark.word}"
    words = [Words(label, "strong"), Words(named(node), "plain" if place.depth else "name")]
    if split := _split_words(node, made):
        words.append(Words(f"→ {split}", "quiet"))
    if hidden:
        words.append(Words(plural("{n} more below it", "{n} more below it", hidden), "quiet"))
    look = "plain" if place.depth else "strong" if label.startswith(_("Trunk")) else "loose"
    if verdict == "fails":
        look = "gone"
    return Vertex(node.id, column, tuple(words), look)


def _columns(count: int, first: int) -> tuple[Column, ...]:
    names = [_("Trunk"), _("Branches")]
    names += [_("Level {n}").format(n=format_number(n + 1)) for n in range(2, first + count)]
    return tuple(Column(f"depth-{n}", names[n]) for n in range(first, first + count))


def tree_graph(tree: Tree, over: Results = PLAIN, *, of: str = "", depth: int | None = None) -> Graph:
    """Return a tree as a graph to be drawn: a column for each depth.

    Args:
        tree: the tree.
        over: what is laid over it.
        of: the id of the hypothesis at which to begin; left out, the whole tree.
        depth: how many levels to draw below that; left out, all of them.
    """
    made = shape(tree)
    kept = {of, *(node.id for node in made.below(of))} if of else {place.node.id for place in made.places}
    places = [place for place in made.places if place.node.id in kept]
    first = min((place.depth for place in places), default=0)
    shown = [place for place in places if depth is None or place.depth - first <= depth]
    ids = {place.node.id for place in shown}
    vertices = tuple(
        _vertex(
            place,
            place.depth - first,
            made,
            over,
            0 if any(b.id in ids for b in made.branches.get(place.node.id, ())) else len(made.below(place.node.id)),
        )
        for place in shown
    )
    ties = tuple(
        Tie(
            f"of-{place.node.id}",
            made.over[place.node.id],
            place.node.id,
            strength="gone" if over.verdicts.get(place.node.id) == "fails" else "plain",
            head=False,
        )
        for place in shown
        if made.over[place.node.id] in ids
    )
    count = max((vertex.column + 1 for vertex in vertices), default=1)
    return Graph(_columns(count, first), vertices, ties, widest=_WIDEST, most_lines=14, gap=_GAP)


def in_words(tree: Tree, over: Results = PLAIN) -> str:
    """Say what the drawing shows, from the trunk on."""
    made = shape(tree)
    if not made.places:
        return _("Nothing stands in it yet.")
    return " ".join([*over.sentences, *(_told(place, made, over) for place in made.places)])


def _told(place: Place, made: Shape, over: Results) -> str:
    words = [f"{_label(place, made)}: {named(place.node)}"]
    if verdict := over.verdicts.get(place.node.id):
        words.append(word_of(verdict))
    if split := _split_words(place.node, made):
        words.append(split)
    return ", ".join(words) + "."


def tree_drawing(tree: Tree, over: Results = PLAIN, *, of: str = "", depth: int | None = None) -> Html:
    """Return the drawing of a tree, or of a part of it (see :func:`tree_graph`), as SVG."""
    return graph_drawing(tree_graph(tree, over, of=of, depth=depth), asked(tree), in_words(tree, over))


def key_to(tree: Tree, over: Results = PLAIN) -> Html:
    """Return what the words and signs in a drawing mean."""
    said = [_("Trunk at the left; what is read from left to right is: this holds if that holds.")] if tree.nodes else []
    if over.verdicts:
        said.append(
            _("● holds, ✕ fails, – open; what fails is drawn with a broken edge. Results travel from right to left.")
        )
    return Html(" ".join(map(e, said)))


def _figure(title: str, says: str, drawn: Html, key: Html, *, across: bool) -> str:
    caption = f"{inline(title)}{f'<p>{inline(says)}</p>' if says else ''}"
    below = f'<p class="rd-key">{key}</p>' if key else ""
    drawing = f'<div class="rd-drawing" style="font-size:0">{drawn}</div>'
    look = "rd rd-figure rd-across" if across else "rd rd-figure"
    return (
        f'<figure class="{look}"><figcaption class="rd-caption">{caption}{below}</figcaption>'
        f"{scroll_box(title, drawing)}</figure>"
    )


def tree_picture(tree: Tree, over: Results = PLAIN) -> Html:
    """Return a tree as a picture; one that is higher than a page as several, each of which fits one."""
    made = shape(tree)
    says = " ".join(over.sentences)
    parts = []
    for of, depth in _parts(tree, made):
        drawn = tree_drawing(tree, over, of=of, depth=depth)
        across = lies_across(*_size(tree_graph(tree, over, of=of, depth=depth)))
        place = made.place(of)
        if place is None:
            parts.append(_figure(asked(tree), says, drawn, key_to(tree, over), across=across))
        else:
            title = _("{number} {claim}").format(number=place.number, claim=named(place.node)).strip()
            parts.append(_figure(title, "", drawn, Html(""), across=across))
    return Html("".join(parts))


def _parts(tree: Tree, made: Shape, of: str = "") -> Iterator[tuple[str, int | None]]:
    """Return the parts in which a tree is drawn: where each begins (empty for the whole tree), and how deep it goes."""
    if fits_a_page(tree_graph(tree, of=of)):
        yield of, None
        return
    deepest = max((place.depth for place in made.places), default=0)
    depth = 1
    while depth < deepest and fits_a_page(tree_graph(tree, of=of, depth=depth + 1)):
        depth += 1
    yield of, depth
    ends = [of] if of else list(made.tops)
    for _level in range(depth):
        ends = [node.id for id_ in ends for node in made.branches.get(id_, ())]
    for id_ in ends:
        if made.branches.get(id_):
            yield from _parts(tree, made, id_)


def fits_a_page(graph: Graph) -> bool:
    """Say whether a drawing fits one page, laid across or upright, and its words can still be read."""
    width, height = _size(graph)
    wide, high = ACROSS if lies_across(width, height) else UPRIGHT
    return min(wide / width, high / height) >= READABLE


def lies_across(width: float, height: float) -> bool:
    """Say whether a drawing of this size is better printed on a page laid across."""
    return width > UPRIGHT[0] and height < LOW * width


def _size(graph: Graph) -> tuple[float, float]:
    layout = arrange(graph).layout
    return layout.width + _AROUND, layout.height + _AROUND


def outline(tree: Tree, over: Results = PLAIN) -> Html:
    """Return a tree as a table, each claim indented below the one that it bears out, with what would settle a leaf."""
    made = shape(tree)
    rows: list[list[Cell]] = []
    for place in made.places:
        node = place.node
        indent = f"padding-inline-start:{place.depth * 1.1:.1f}em"
        sort = field_of(Hypothesis, "claim").choice(node.claim)
        below = [sort.label if sort else "", _split_words(node, made)]
        small = "".join(f'<br><span class="rd-below">{inline(text)}</span>' for text in below if text)
        label = e(_label(place, made))
        first = Html(f'<div style="{indent}"><strong>{label}</strong> {inline(named(node))}{small}</div>')
        row: list[Cell] = [first, _test_of(node, made)]
        if over.verdicts:
            row.append(badge(mark_of(over.verdicts.get(node.id))))
        rows.append(row)
    headers = [_("Hypothesis"), _("What would settle it; for a claim with branches, why nothing else could be it")]
    headers += [_("Result")] if over.verdicts else []
    return table(headers, rows, _("Outline: {question}").format(question=asked(tree)))


def _test_of(node: Hypothesis, made: Shape) -> Cell:
    if made.branches.get(node.id):
        said = (node.nothing_else or "").strip()
        return inline(said) if said else nothing(_("not said"))
    parts = [inline(believe)] if (believe := (node.believe or "").strip()) else []
    measured = (node.measure or "").strip()
    settles = (node.settles or "").strip()
    if measured or settles:
        said = _("{measure}; it holds if: {settles}").format(
            measure=measured or _("no measure"), settles=settles or _("not said")
        )
        parts.append(Html(f'<span class="rd-below">{inline(said)}</span>'))
    return Html("<br>".join(parts)) if parts else nothing(_("not said"))


def tree_figure(tree: Tree, over: Results = PLAIN) -> Html:
    """Return a tree as picture and outline; the one line "not attempted yet" where nothing stands in it."""
    if not begun(tree):
        return not_attempted(_("Hypothesis tree"))
    if not tree.nodes:
        return Html(f'<p class="rd">{inline(asked(tree))}</p>')
    return Html(tree_picture(tree, over) + outline(tree, over))


def trees_picture(priority: Priority) -> Html:
    """Return the trees of a priority as pictures, with what the results come to."""
    drawn = [tree for tree in trees(priority) if tree.nodes]
    return Html("".join(tree_picture(tree, results(rolled_up(priority, tree))) for tree in drawn))


def trees_outline(priority: Priority) -> Html:
    """Return the trees of a priority as outlines."""
    drawn = [tree for tree in trees(priority) if tree.nodes]
    return Html("".join(outline(tree, results(rolled_up(priority, tree))) for tree in drawn))


# --- analyses ----------------------------------------------------------------------------------------------------


def analysis_table(priority: Priority) -> Html:
    """Return the analyses of a priority as a table, with what the results come to above it."""
    rows: list[list[Cell]] = [_row(priority, each) for each in analyses(priority)]
    said = ""
    for tree in trees(priority):
        rolled = rolled_up(priority, tree)
        if rolled.analyses and (sentences := in_sentences(rolled)):
            said += f'<p class="rd"><strong>{inline(asked(tree))}</strong> {inline(" ".join(sentences))}</p>'
            said += _own_verdict(tree)
    if not rows:
        return not_attempted(_("Analysis plan"))
    headers = [_("Issue, and hypothesis"), _("Analysis, and sources"), _("End product"), _("Who, by when"), _("Result")]
    return Html(f'{said}<div class="rd-tight">{table(headers, rows, _("Analysis plan"))}</div>')


def _own_verdict(tree: Tree) -> str:
    if not tree.verdict:
        return ""
    said = _("What the team says: the trunk {verdict}. {why}").format(
        verdict={"open": _("is open")}.get(tree.verdict, word_of(tree.verdict)), why=(tree.verdict_why or "").strip()
    )
    return f'<p class="rd">{inline(said.strip())}</p>'


def _row(priority: Priority, analysis: Analysis) -> list[Cell]:
    tested = leaf_of(priority, analysis)
    claim = nothing(_("no hypothesis"))
    if tested is not None:
        place = shape(tested[0]).place(tested[1].id)
        claim = inline(f"{place.number if place else ''} {named(tested[1])}".strip())
    method = inline(said) if (said := (analysis.method or "").strip()) else nothing()
    sources = (analysis.sources or "").strip()
    below = _("Sources: {sources}").format(sources=sources) if sources else _("No sources named")
    owner = (analysis.owner or "").strip()
    who = inline(owner) if owner else nothing(_("nobody yet"))
    day = e(format_date(analysis.by)) if analysis.by else nothing(_("no day"))
    return [
        Html(f'{inline(called(analysis))}<br><span class="rd-below">{claim}</span>'),
        Html(f'{method}<br><span class="rd-below">{inline(below)}</span>'),
        inline(product) if (product := (analysis.product or "").strip()) else nothing(),
        Html(f"{who}<br>{day}"),
        _outcome(analysis),
    ]


def _outcome(analysis: Analysis) -> Html:
    parts: list[str] = [badge(mark_of(analysis.result))]
    if (analysis.found or "").strip():
        found = _("{found} (illustrative)") if analysis.illustrative else "{found}"
        parts.append(inline(found.format(found=(analysis.found or "").strip())))
    if analysis.found_on:
        parts.append(f'<span class="rd-below">{e(format_date(analysis.found_on))}</span>')
    return Html("<br>".join(parts))
