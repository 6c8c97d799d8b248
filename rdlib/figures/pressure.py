"""The six pressure tests of a delivery chain as a table and on its picture, what if a part fails, risks (tool 5.3)."""

from __future__ import annotations

from collections.abc import Sequence

from rdlib.figures.chain import Overlay, chain_picture, title_of
from rdlib.figures.html import Cell, Html, Mark, badge, details, e, inline, not_attempted, nothing, table
from rdlib.figures.records import answer, answer_text, none_yet, record_table
from rdlib.plan.chain import Chain
from rdlib.plan.fields import field_of
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.risks import RISKS, Risk
from rdlib.rules.findings import NOT_ATTEMPTED_SHAPE, Severity
from rdlib.rules.r05_pressure import results_of
from rdlib.rules.r05_pressure_result import CAPACITY, FEEDBACK, FUNDING, Pressure, TestResult, question_of, verdict_word
from rdlib.rules.r05_risks import short_list, words_about
from rdlib.rules.r05_what_if import WhatIf, without
from rdlib.words import NO_BREAK_SPACE, _, format_number

#: So many of the actors on whom most hangs are gone through one by one. Ours.
MOST_TRIED = 12

#: A test with this rating or a lower one is spoken of under the picture.
WEAK_TEST = 2

_SHAPES = tuple(severity.shape for severity in Severity)
_UNHEARD, _APART = "?", "≠"


def verdict_mark(rating: int | None) -> Mark:
    """Return the shape, word and colour of a verdict: what the drawing says, or what the team says.

    >>> verdict_mark(None)
    Mark(shape='–', word='cannot be said yet', look=0)
    """
    if rating is None:
        return Mark(NOT_ATTEMPTED_SHAPE, verdict_word(None), 0)
    return Mark(_SHAPES[rating - 1], f"{rating}{NO_BREAK_SPACE}{verdict_word(rating)}", rating)


def _team(result: TestResult) -> Html:
    if result.team.rating is None:
        mark = badge(Mark(NOT_ATTEMPTED_SHAPE, _("not judged yet"), 0))
    else:
        mark = badge(verdict_mark(result.team.rating))
    note = (result.team.note or "").strip()
    return Html(f"{mark}<br>{inline(note)}" if note else mark)


def pressure_table(result: Pressure) -> Html:
    """Return the six tests of one chain: what the drawing says beside what the team says, and what to do."""
    rows: list[list[Cell]] = [
        [
            Html(f'{inline(each.title)}<br><span class="rd-below">{e(question_of(each.test))}</span>'),
            Html(f"{badge(verdict_mark(each.rating))}<br>{inline(each.says)}"),
            _team(each),
            inline(each.advice) if each.advice else nothing(_("nothing to do for now")),
        ]
        for each in result.tests
    ]
    headers = [_("Test"), _("What the drawing says"), _("What you say"), _("What to do next")]
    return table(headers, rows, _("Six pressure tests: {chain}").format(chain=title_of(result.chain)))


def marks(result: Pressure) -> Overlay:
    """Return what the tests found weak, to be laid over the picture of the chain.

    Weak links, and low skill or will, stand on every picture of a chain; here are added the other weak actors, steps
    from which nothing would be heard, and money that does not go with the influence.
    """
    actors: dict[str, list[tuple[int, str]]] = {}
    for each in result.tests:
        for part in each.actors if each.test != CAPACITY else ():  # the picture says of itself who is not ready
            actors.setdefault(part.id, []).append((part.rating, part.words))
    tests = result.by_test
    unheard = {part.id for part in tests[FEEDBACK].links}
    apart = {part.id for part in tests[FUNDING].links}
    return Overlay(
        actors={
            id_: [f"{_SHAPES[rating - 1]} {words}" for rating, words in dict.fromkeys(sorted(found))]
            for id_, found in actors.items()
        },
        links={
            id_: (_APART if id_ in apart else "") + (_UNHEARD if id_ in unheard else "")
            for id_ in sorted(unheard | apart)
            if id_
        },
        signs={
            _UNHEARD: _("from here nothing would be heard"),
            _APART: _("money and influence do not go together"),
        },
        says=" ".join(f"{each.title}: {each.says}" for each in result.tests if (each.rating or 4) <= WEAK_TEST),
    )


def pressure_figure(result: Pressure) -> Html:
    """Return the picture of a chain with what the tests found weak marked on it."""
    title = _("Where “{chain}” would break first").format(chain=title_of(result.chain))
    return chain_picture(result.chain, marks(result), title)


def what_if_figure(what: WhatIf) -> Html:
    """Return the picture of a chain in which something fails: what fails, and what is cut off by it."""
    failing = [what.before.name(id_) for id_ in what.actors]
    failing += [link_name(what.chain, id_) for id_ in what.links]
    if not failing:
        return chain_picture(what.chain)
    overlay = Overlay(fails=frozenset((*what.actors, *what.links)), cut_off=frozenset(what.cut_off), says=what.says)
    title = _("What if this fails: {names}").format(names="; ".join(failing))
    return chain_picture(what.chain, overlay, title)


def link_name(chain: Chain, id_: str) -> str:
    """Return what to call a link: what runs along it, and between whom."""
    link = chain.link(id_)
    if link is None:
        return id_
    ends = [(actor.title or actor.id) if actor else "?" for actor in map(chain.actor, (link.source, link.target))]
    kind = field_of(type(link), "kind").choice(link.kind or "influence")
    return _("{kind}: {source} → {target}").format(kind=kind.label if kind else "", source=ends[0], target=ends[1])


def tried(result: Pressure) -> list[WhatIf]:
    """Take the actors on the lines away one at a time, those first on whom most hangs; the ends stay."""
    drawn = result.lines
    order = sorted(
        (id_ for id_ in drawn.before if drawn.on_line(id_) and id_ not in drawn.ends),
        key=lambda id_: (-drawn.behind[id_], -drawn.carried[id_]),
    )
    return [without(result.chain, [id_], drawn=drawn) for id_ in order[:MOST_TRIED]]


def what_if_table(result: Pressure) -> Html:
    """Return what would happen if one actor failed, for one after the other, the worst first."""
    rows: list[list[Cell]] = []
    for what in tried(result):
        lost = bool(what.ends_lost)
        mark = Mark("▲", _("cut off"), 1) if lost else Mark("◐", _("weaker"), 3) if what.weaker else None
        mark = mark or Mark("●", _("another way") if what.rerouted else _("stands"), 4)
        rows.append([inline(what.before.name(what.actors[0])), badge(mark), inline(what.says)])
    caption = _("What if one of them fails: {chain}").format(chain=title_of(result.chain))
    return table([_("Without"), _("The way to the citizen"), _("What happens")], rows, caption) if rows else Html("")


def _folded(result: Pressure) -> Html:
    table_ = what_if_table(result)
    return details(_("What if one of them fails"), table_) if table_ else table_


def loops_table(chain: Chain, plan: Plan, priority: Priority) -> Html:
    """Return the feedback loops of a chain."""
    names = ["title", "actors", "measure", "frequency", "evidence_state", "evidence"]
    caption = _("Feedback loops")
    if not chain.loops:
        return none_yet(caption)
    return record_table(chain.loops, caption, only=names, plan=plan, priority=priority)


def weighed(risk: Risk) -> Cell:
    """Return how likely and how bad a risk is, as a badge."""
    likely = field_of(Risk, "likelihood").choice(risk.likelihood)
    bad = field_of(Risk, "effect").choice(risk.effect)
    if likely is None or bad is None:
        return nothing(_("not weighed yet"))
    look = 1 if int(likely.value) * int(bad.value) >= 6 else 2 if int(likely.value) * int(bad.value) >= 3 else 3
    return badge(Mark(_SHAPES[look - 1], _("{likely}, {bad}").format(likely=likely.label, bad=bad.label), look))


def _text(risk: Risk, name: str, plan: Plan, priority: Priority) -> str:
    text = answer_text(field_of(Risk, name), getattr(risk, name), plan, priority=priority) or ""
    return ", ".join(text.split("\n"))


def _who(risk: Risk, plan: Plan, priority: Priority) -> Html:
    lines = [_text(risk, name, plan, priority) for name in ("owner", "by", "status")]
    said = "<br>".join(inline(line) for line in lines if line)
    return Html(said) if said else nothing(_("nobody yet"))


def risks_table(priority: Priority, plan: Plan, results: Sequence[Pressure] | None = None) -> Html:
    """Return the risks that can still happen, the likely and bad ones first, each with its answer."""
    results = results_of(priority) if results is None else results
    rows: list[list[Cell]] = []
    for risk in short_list(priority):
        told: dict[str, Cell] = {
            name: answer(field_of(Risk, name), getattr(risk, name), plan, priority=priority)
            for name in ("first_sign", "answer")
        }
        whole = field_of(Risk, "reach").choice("whole") if risk.reach == "whole" else None
        where = [whole.label if whole else "", words_about(risk, results), _text(risk, "strategies", plan, priority)]
        below = "; ".join(filter(None, where))
        name = Html(f'{inline(risk.title or risk.id)}<br><span class="rd-below">{inline(below)}</span>')
        rows.append([name, weighed(risk), *told.values(), _who(risk, plan, priority)])
    if not rows:
        return none_yet(RISKS.label)
    headers = [_("Risk, and where it lies"), _("How likely, how bad"), _("What would be seen first")]
    headers += [_("What is done about it"), _("Who, and by when")]
    caption = _("Risks, the likely and bad ones first")
    closed = len(RISKS.read(priority)) - len(rows)
    if closed:
        caption = _("{caption}; {n} closed").format(caption=caption, n=format_number(closed))
    return table(headers, rows, caption)


def pressure_faces(priority: Priority, plan: Plan, *, pictures: bool = True) -> Html:
    """Return everything that tool 5.3 shows of a priority: tests, picture, what if, feedback, risks.

    Args:
        priority: the priority.
        plan: its plan.
        pictures: whether the pictures are drawn; the tables say the same.
    """
    results = results_of(priority)
    if not results:
        return not_attempted(_("Six pressure tests"))
    parts: list[str] = []
    for result in results:
        parts.append(pressure_table(result))
        if pictures:
            parts.append(pressure_figure(result))
        parts += [_folded(result), loops_table(result.chain, plan, priority)]
    return Html("".join([*parts, risks_table(priority, plan, results)]))
