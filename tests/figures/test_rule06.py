"""The static faces of rule 6: what stands in them, and that they hold nothing that a user's text could run."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import attrs
import pytest

from rdlib.figures import chart_money as charts
from rdlib.figures import rule06 as faces
from rdlib.plan.money import Condition, Funding, OwnPick
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES
from rdlib.rules import allocation as solver
from rdlib.rules import r06_allocation as allocation
from tests.figures.faces import HOSTILE, assert_harmless, of, text_of
from tests.rules.budgets import GOOD, budget, with_row, with_rows, without
from tests.rules.plans import CONTEXT, PLAN
from tests.rules.strategies import ALL


def worked(priority: Priority) -> allocation.Worked:
    found = allocation.worked(priority, CONTEXT)[0]
    assert isinstance(found, allocation.Worked)
    return found


def alt(html: str) -> str:
    return unescape(re.findall(r'alt="([^"]*)"', html)[0])


def test_costs_stand_by_year_with_what_is_missing() -> None:
    html = faces.costs_table(with_row("costs", "c4", funded=5.0), PLAN)
    assert "What the strategies cost, in $\xa0million" in text_of(html)
    heads = [th.text for th in of(html, "th")][:4]
    assert heads == ["Strategy", "2017/18", "2018/19", "2019/20"]
    assert "partly funded" in text_of(html)
    assert "not in your choice" in text_of(html)
    assert "none yet" in text_of(faces.costs_table(without("costs"), PLAN))


def test_worth_says_the_range_and_the_open_ranks() -> None:
    words = text_of(faces.worth_table(budget().indicators[0], budget(), CONTEXT))
    assert "For each $10 million" in words
    assert "6 (3.33 to 7.78)" in words
    assert "2 (2 to 3)" in words
    assert "an estimate" in words


def test_the_computed_mix_stands_beside_the_own_choice() -> None:
    own = budget(own_picks=(OwnPick("p1", "s1"), OwnPick("p2", "s2", "v1")))
    words = text_of(faces.mix_table(worked(own), own, CONTEXT))
    assert "Limit: $46 million, of it $6 million for delivery itself" in words
    assert "Computed mix: 11 points for $40 million; your choice: 9 points for $25 million" in words
    assert "In ten hospitals" in words
    assert "The computed mix is expected to add 2 points more than your choice" in words
    steps = text_of(faces.steps_table(worked(own), own, PLAN))
    assert "20% less" in steps
    assert "shrinks to its smaller version (In ten hospitals)" in steps
    assert "The next step: 26.1% more" in steps


def test_before_any_choice_the_computed_mix_is_opened_on_request() -> None:
    rows = tuple(attrs.evolve(s, status="candidate") if s.status == "chosen" else s for s in ALL)
    undecided = budget(own_picks=(), **{STRATEGIES.key: rows})
    html = faces.allocation_figure(undecided, CONTEXT)
    assert "Make your own choice first" in html
    assert html.index("<details") < html.index("Best mix, computed")
    assert "what Rule 4 says" not in html
    assert "what Rule 4 says" in faces.mix_table(worked(without("own_picks")), without("own_picks"), CONTEXT)


def test_what_stands_in_the_way_of_any_mix_is_told() -> None:
    torn = with_rows("conditions", Condition("k2", "s1", "never", why="Said no"))
    words = text_of(faces.allocation_figure(torn, CONTEXT))
    assert "has to be in; “See and treat at the front door” has to stay out" in words
    assert "rise by" not in words
    poor = text_of(faces.allocation_figure(with_row("budget_limits", "l1", amount=12.0), CONTEXT))
    assert "All limits would have to rise by 33.3% before anything fits." in poor


@pytest.mark.parametrize("slow", ["best", "stability"])
def test_what_takes_too_long_is_said_and_not_held_against_anybody(slow: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def gives_up(*_args: object) -> None:
        raise solver.NotSolvedError

    monkeypatch.setattr(solver, slow, gives_up)
    own = budget(own_picks=(OwnPick("p1", "s1"),))
    assert "in time: there are too many versions and conditions" in faces.allocation_figure(own, CONTEXT)
    assert "R6-more-for-the-money" not in {f.code for f in allocation.check(own, CONTEXT)}


def test_delivery_says_its_share_or_that_it_has_no_money() -> None:
    assert "That is 15% of what your choice costs." in text_of(faces.delivery_table(budget(), PLAN))
    assert "has no money in this plan yet" in text_of(faces.delivery_table(without("delivery_costs"), PLAN))


def test_funding_says_when_to_ask_and_who_helps() -> None:
    row = Funding("f2", "Second round", "budget", 3.0, needed_by=date(2019, 4, 1), helpers=("m1",), owner="A. Lead")
    both = attrs.evolve(with_row("costs", "c4", funded=13.0), parts={
        **with_row("costs", "c4", funded=13.0).parts, "funding": (*GOOD["funding"], row)})  # fmt: skip
    words = text_of(faces.funding_table(both, CONTEXT))
    assert "13\xa0months, our assumption" in words or "13 months, our assumption" in words
    assert "days late" in words
    assert "Ask by" in words
    assert "Head of spending" in words
    assert "Missing for your choice, delivery itself included: $7 million" in text_of(faces.gap_line(both, PLAN))
    drawn = faces.funding_timeline(both, CONTEXT)
    assert "Proposal and annual Budget" in drawn
    assert 'role="img"' in drawn
    assert "Second round" in text_of(faces.helpers_table(both))
    assert "nobody yet who decides about money" in text_of(faces.helpers_table(without("coalition")))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_users_text_stays_text(text: str) -> None:
    hostile = budget(
        costs=tuple(attrs.evolve(c, source=text) for c in GOOD["costs"]),
        smaller_versions=(attrs.evolve(GOOD["smaller_versions"][0], name=text),),
        own_picks=(OwnPick("p1", "s1", why=text), OwnPick("p2", "s2", "v1")),
        conditions=(Condition("k1", "s1", "at-least", why=text),),
        delivery_costs=tuple(attrs.evolve(d, note=text) for d in GOOD["delivery_costs"]),
        funding=(attrs.evolve(GOOD["funding"][0], name=text, gives_way=text, ask=text),),
        **{STRATEGIES.key: tuple(attrs.evolve(s, title=text) for s in ALL)},
    )
    for html in (
        faces.costs_table(hostile, PLAN),
        faces.cost_rows_table(hostile, PLAN),
        faces.worth_table(hostile.indicators[0], hostile, CONTEXT),
        faces.conditions_table(hostile, PLAN),
        faces.delivery_table(hostile, PLAN),
        faces.funding_table(hostile, CONTEXT),
        faces.funding_timeline(hostile, CONTEXT),
        faces.helpers_table(hostile),
    ):
        assert_harmless(html)


def test_each_chart_says_in_words_what_it_shows() -> None:
    own = budget(own_picks=(OwnPick("p1", "s1"), OwnPick("p2", "s2", "v1")))
    worth = alt(charts.worth_chart(own.indicators[0], own, CONTEXT))
    assert worth.startswith("“See and treat at the front door” brings most for its money, also at its worst.")
    assert "1. See and treat at the front door: 6 (3.3 to 7.8)." in worth
    curve = alt(charts.curve_chart(worked(own), own, CONTEXT))
    assert "Limit $46 million. Best mix: 11 points. Your choice: 9 points." in curve
    assert "After a cut of 20%: 9 points." in curve
    years = alt(charts.years_chart(with_row("costs", "c4", funded=5.0), CONTEXT))
    assert years.startswith("$15 million are missing, all in 2019/20.")
    assert "2018/19: $18 million, of it $0 million missing." in years


def test_without_figures_a_chart_says_what_is_missing() -> None:
    assert "No chart yet." in charts.worth_chart(budget().indicators[1], budget(), CONTEXT)
    assert "No chart yet." in charts.years_chart(without("costs", "delivery_costs"), CONTEXT)
