"""The charts of an indicator: what they show, what they say in words, and that no label covers another."""

from __future__ import annotations

import base64
import re
import warnings
from collections.abc import Iterator
from datetime import date
from html import unescape
from itertools import combinations
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import pytest

from rdlib.figures import chart_indicator, chart_spread
from rdlib.figures.chart_indicator import indicator_chart, spread_chart
from rdlib.figures.chart_style import TARGET
from rdlib.plan.indicator import Baseline, Indicator, Observation, Target, TargetChange, TrajectoryPoint
from rdlib.plan.values import read_period
from rdlib.rules.targets import goal_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

AS_OF = date(2018, 7, 1)


@pytest.fixture(autouse=True)
def no_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def observed(*pairs: tuple[str, float], **breakdown: str) -> tuple[Observation, ...]:
    return tuple(Observation(read_period(when), float(value), None, dict(breakdown)) for when, value in pairs)


def yearly(*values: float, start: int = 2010) -> tuple[Observation, ...]:
    return observed(*((str(start + n), value) for n, value in enumerate(values)))


def monthly(*values: float, start: int = 2015) -> tuple[Observation, ...]:
    return observed(*((f"{start + n // 12}-{n % 12 + 1:02d}", value) for n, value in enumerate(values)))


WAITS = Indicator(
    id="i1",
    name="Share of patients seen within four hours",
    unit="%",
    direction="up",
    baseline=Baseline(78.0, read_period("2010"), source="Annual return"),
    target=Target(kind="at-least", value=95.0, due=read_period("2020-03")),
    changes=(TargetChange(id="c1", day=date(2013, 4, 1), was_value=98.0),),
    trajectory=(
        TrajectoryPoint("t1", read_period("2018"), 88.0),
        TrajectoryPoint("t2", read_period("2020-03"), 95.0),
    ),
    observations=yearly(78, 80.5, 79.5, 83, 82.5, 85.5, 86, 87.5),
    data_source="Hospital statistics office, March 2018",
)


def alt_of(html: str) -> str:
    found = re.search(r' alt="([^"]*)"', html)
    assert found
    return unescape(found[1])


def caption_of(html: str) -> str:
    found = re.search(r"<figcaption[^>]*>(.*)</figcaption>", html)
    return unescape(found[1]) if found else ""


def drawn(indicator: Indicator, as_of: date = AS_OF) -> Figure:
    facts = chart_indicator._facts(indicator, as_of, fiscal_start=4, decimal_comma=False)
    return chart_indicator._draw(facts).figure


def spread(indicator: Indicator, as_of: date = AS_OF) -> Figure:
    found = chart_spread._spread(indicator, as_of, goal_of(indicator))
    assert found is not None
    return chart_spread._draw(found).figure


def words_of(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.texts]


def clashes(figure: Figure) -> list[str]:
    """Texts that cover one another, or leave the page."""
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in figure.texts]
    found = []
    for (a, one), (b, other) in combinations(boxes, 2):
        across = min(one.x1, other.x1) - max(one.x0, other.x0)
        upright = min(one.y1, other.y1) - max(one.y0, other.y0)
        if across > 2 and upright > 4:
            found.append(f"{a} / {b}")
    for text, box in boxes:
        if box.x0 < 0 or box.y0 < 0 or box.x1 > figure.bbox.width or box.y1 > figure.bbox.height:
            found.append(f"{text} leaves the page")
    return found


# --- what it shows -------------------------------------------------------------------------------------------------


def test_it_is_a_picture_with_alternative_text_and_caption():
    html = indicator_chart(WAITS, as_of=AS_OF)
    assert html.startswith('<figure class="rd rd-figure">')
    data = re.search(r"base64,([^\"]+)", html)
    assert data
    assert base64.b64decode(data[1]).startswith(b"\x89PNG")
    assert caption_of(html).startswith("Trend alone, if nothing new is done: ")


def test_everything_is_labelled_where_it_stands():
    said = words_of(drawn(WAITS))
    for words in (
        "7.5 points below the target for March 2020",
        "Share of patients seen within four hours, in %",
        "Target: at least 95%",
        "by March 2020",
        "Target 98%",
        "Baseline 78%",
        "Planned path: 95%",
        "Trend alone:",
        "(80% range)",
        "87.5%, 2017",
        "Source: Hospital statistics office, March 2018",
        "As of 1 July 2018",
    ):
        assert words in said


def test_the_alternative_text_says_what_a_reader_needs():
    said = alt_of(indicator_chart(WAITS, as_of=AS_OF))
    for words in (
        "7.5 points below the target for March 2020.",
        "First: 78%, 2010.",
        "Lowest: 78%, 2010.",
        "Highest: 87.5%, 2017.",
        "Last: 87.5%, 2017.",
        "Baseline 78%, 2010.",
        "Target until 1 April 2013: 98%.",
        "Target: at least 95% by March 2020.",
        "Gap from the last value to the target: 7.5 points.",
        "Planned path: 95% by March 2020.",
        "Source: Hospital statistics office, March 2018.",
        "As of 1 July 2018.",
    ):
        assert words in said
    assert re.search(r"The trend alone would bring [\d.]+% to [\d.]+% by 31 March 2020 \(80% range\)\.", said)


def test_nothing_after_the_day_of_the_report_is_shown():
    facts = chart_indicator._facts(WAITS, date(2013, 1, 15), fiscal_start=4, decimal_comma=False)
    assert [str(when) for when, _value in facts.series] == ["2010", "2011", "2012"]
    assert facts.ends == [98.0]
    said = alt_of(indicator_chart(WAITS, as_of=date(2013, 1, 15)))
    assert "87.5" not in said
    assert "95% or more" not in said
    assert "Target: at least 98%" in said
    assert "Baseline" not in alt_of(
        indicator_chart(attrs.evolve(WAITS, baseline=Baseline(70.0, read_period("2030"))), as_of=AS_OF)
    )


def test_the_target_changes_where_it_changed():
    figure = drawn(WAITS)
    dashed = [line for line in figure.axes[0].lines if line.get_linestyle() == "--" and line.get_color() == TARGET]
    levels = [(line.get_xdata(), float(np.asarray(line.get_ydata())[0])) for line in dashed]
    assert [level for _days, level in levels] == [98.0, 95.0]
    change = date(2013, 4, 1).toordinal()
    assert np.asarray(levels[0][0])[-1] == change == np.asarray(levels[1][0])[0]


def test_a_range_has_two_lines():
    level = Indicator(
        name="Level of the reservoir",
        unit="m",
        direction="within",
        target=Target(kind="between", value=11.0, value_high=14.0),
        observations=yearly(12, 13, 12.5, 15),
    )
    assert "Target: between 11\u00a0m and 14\u00a0m" in " ".join(words_of(drawn(level, date(2014, 2, 1))))
    assert "Outside the target range in 2013" in words_of(drawn(level, date(2014, 2, 1)))


def test_made_up_values_are_called_so_in_the_picture():
    flag = "Illustrative: values made up to practise with"
    made_up = attrs.evolve(WAITS, data_illustrative=True)
    assert flag in words_of(drawn(made_up))
    assert "The values are illustrative." in alt_of(indicator_chart(made_up, as_of=AS_OF))
    assert flag not in words_of(drawn(WAITS))
    baseline = attrs.evolve(WAITS, baseline=attrs.evolve(WAITS.baseline, illustrative=True))
    assert "Baseline 78% (illustrative)" in words_of(drawn(baseline))


def test_a_line_is_broken_where_periods_are_missing():
    gap = tuple(row for n, row in enumerate(monthly(*range(50, 74))) if n not in {7, 8})
    assert len(chart_indicator._curve([(row.when, row.value) for row in gap if row.when])) == 2  # type: ignore[misc]
    survey = observed(("2010", 5), ("2012", 6), ("2014", 7))
    assert len(chart_indicator._curve([(row.when, row.value) for row in survey if row.when])) == 1  # type: ignore[misc]


def test_notes_stand_in_the_caption():
    noted = attrs.evolve(
        WAITS, observations=(*WAITS.observations[:-1], attrs.evolve(WAITS.observations[-1], note="an estimate"))
    )
    assert "Notes: 2017: an estimate." in caption_of(indicator_chart(noted, as_of=AS_OF))
    many = tuple(attrs.evolve(row, note=f"note {n}") for n, row in enumerate(WAITS.observations))
    said = caption_of(indicator_chart(attrs.evolve(WAITS, observations=many), as_of=AS_OF))
    assert "4 further notes are in the data." in said


def test_a_note_that_a_run_of_values_shares_is_said_once():
    rows = tuple(attrs.evolve(row, note="an estimate" if n < 5 else None) for n, row in enumerate(WAITS.observations))
    said = caption_of(indicator_chart(attrs.evolve(WAITS, observations=rows), as_of=AS_OF))
    assert "Notes: 2010 to 2014: an estimate." in said
    assert "further" not in said


def test_a_caption_says_how_far_the_trend_is_carried_and_why_not():
    assert "shown" not in caption_of(indicator_chart(WAITS, as_of=AS_OF))
    far = attrs.evolve(WAITS, target=attrs.evolve(WAITS.target, due=read_period("2040")))
    assert "up to 31 December 2025 only" in caption_of(indicator_chart(far, as_of=AS_OF))
    standing = attrs.evolve(WAITS, target=attrs.evolve(WAITS.target, due=None))
    assert "for one year" in caption_of(indicator_chart(standing, as_of=AS_OF))
    few = attrs.evolve(WAITS, observations=WAITS.observations[:3])
    assert "there are only 3 measured values" in caption_of(indicator_chart(few, as_of=date(2013, 2, 1)))


def test_a_trend_that_stops_short_is_labelled_where_it_stops():
    far = attrs.evolve(WAITS, target=attrs.evolve(WAITS.target, due=read_period("2040")), trajectory=())
    said = " ".join(words_of(drawn(far)))
    assert re.search(r"Trend alone: [\d.]+% to [\d.]+% \(80%", said)


# --- with little or nothing ------------------------------------------------------------------------------------------


def test_without_measured_values_baseline_and_target_are_drawn():
    bare = attrs.evolve(WAITS, observations=(), changes=(), trajectory=())
    said = alt_of(indicator_chart(bare, as_of=AS_OF))
    assert said.startswith("Chart over time of Share of patients seen within four hours, in %. No measured values yet.")
    assert "Source: Annual return." in said


@pytest.mark.parametrize(
    ("baseline", "target", "says"),
    [
        (Baseline(), Target(), "Measured values, a baseline with its period and a target are missing."),
        (Baseline(), WAITS.target, "Measured values and a baseline with its period are missing."),
        (Baseline(78.0), WAITS.target, "Measured values and a baseline with its period are missing."),
        (WAITS.baseline, Target(), "Measured values and a target with a value and a date are missing."),
        (
            WAITS.baseline,
            attrs.evolve(WAITS.target, due=None),
            "Measured values and a target with a value and a date are missing.",
        ),
    ],
)
def test_with_less_a_line_says_what_is_missing(baseline: Baseline, target: Target, says: str):
    bare = attrs.evolve(WAITS, observations=(), changes=(), trajectory=(), baseline=baseline, target=target)
    assert indicator_chart(bare, as_of=AS_OF) == f'<p class="rd rd-empty">No chart yet. {says}</p>'


def test_text_of_users_is_shown_as_text():
    hostile = attrs.evolve(WAITS, name='<script>$x_{2}$ & "quoted"', data_source="A $5 <b> source")
    html = indicator_chart(hostile, as_of=AS_OF)
    assert "<script>" not in html
    assert "$x_{2}$" in alt_of(html)
    assert '<script>$x_{2}$ & "quoted", in %' in words_of(drawn(hostile))
    assert indicator_chart(attrs.evolve(WAITS, name="学校 ᐃᓄᒃ"), as_of=AS_OF).startswith("<figure")


# --- every shape of data looks right ---------------------------------------------------------------------------------


RNG = np.random.default_rng(3)
SHAPES = {
    "full": WAITS,
    "one value": attrs.evolve(WAITS, observations=yearly(81), trajectory=()),
    "two values": attrs.evolve(WAITS, observations=yearly(81, 82), trajectory=()),
    "all equal": attrs.evolve(WAITS, observations=yearly(*[100] * 8), target=Target(kind="exactly", value=100.0)),
    "near 100": attrs.evolve(WAITS, observations=yearly(99.1, 99.3, 99.2, 99.6, 99.8, 99.7)),
    "negative": attrs.evolve(WAITS, unit="million", name="Balance", observations=yearly(-14, -9, -11, -6, -2, 1)),
    "huge": attrs.evolve(
        WAITS,
        unit="students",
        name="Students",
        baseline=Baseline(61200.0, read_period("2010")),
        observations=yearly(61200, 64850, 66100, 70420, 69800, 75100, 80300),
        target=Target(kind="at-least", value=112000.0, due=read_period("2020")),
        changes=(),
        trajectory=(TrajectoryPoint("t", read_period("2020"), 112000.0),),
    ),
    "two hundred": attrs.evolve(
        WAITS, observations=monthly(*np.round(80 + np.cumsum(RNG.normal(0, 0.4, 200)), 1).tolist(), start=2001)
    ),
    "a season": attrs.evolve(
        WAITS, observations=monthly(*np.round(85 + 5 * np.sin(np.arange(40) * np.pi / 6), 1).tolist())
    ),
    "long words": attrs.evolve(
        WAITS, name="A definition that somebody wrote into the name " * 6, data_source="S" * 200
    ),
    "target in the past": attrs.evolve(WAITS, target=Target(kind="at-least", value=80.0, due=read_period("2012"))),
    "no target": attrs.evolve(WAITS, target=Target(), changes=(), trajectory=()),
    "days": attrs.evolve(
        WAITS,
        observations=observed(*((f"2018-06-{n:02d}", 80 + n % 5) for n in range(1, 29))),
        changes=(),
        trajectory=(),
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_label_covers_another_and_none_is_cut(shape: str):
    figure = drawn(SHAPES[shape])
    assert clashes(figure) == []
    low, high = figure.axes[0].get_ylim()
    facts = chart_indicator._facts(SHAPES[shape], AS_OF, fiscal_start=4, decimal_comma=False)
    assert all(low < value < high for _when, value in facts.series)
    assert all(low < end < high for end in facts.ends)


def test_clashing_labels_would_be_found():
    figure = drawn(WAITS)
    figure.text(0.5, 0.5, "over", fontsize=30)
    figure.text(0.5, 0.5, "one another")
    figure.text(0.99, 0.5, "beyond the edge")
    found = clashes(figure)
    assert "over / one another" in found
    assert "beyond the edge leaves the page" in found


def test_time_is_named_by_year_month_or_day():
    def names(shape: str) -> list[str]:
        return [words for words in words_of(drawn(SHAPES[shape])) if re.fullmatch(r"(\d+ )?(\w{3} )?\d{4}", words)]

    assert names("full")[:3] == ["2010", "2011", "2012"]
    assert "2010" in names("two hundred")
    monthly_names = words_of(
        drawn(
            attrs.evolve(
                WAITS,
                observations=monthly(*range(70, 84), start=2017),
                baseline=Baseline(),
                target=Target(),
                changes=(),
                trajectory=(),
            )
        )
    )
    assert "Jan 2018" in monthly_names
    fiscal = attrs.evolve(
        WAITS,
        observations=observed(("2014/15", 80), ("2015/16", 82)),
        baseline=Baseline(),
        target=Target(),
        changes=(),
        trajectory=(),
    )
    assert "2014/15" in words_of(drawn(fiscal))


# --- the spread over units -------------------------------------------------------------------------------------------


def units(count: int, **fields: Any) -> Indicator:
    rows = tuple(
        Observation(read_period("2017"), round(60 + 39 * n / max(count - 1, 1), 1), None, {"hospital": f"Hospital {n}"})
        for n in range(count)
    )
    return attrs.evolve(WAITS, observations=(*rows, *yearly(80.0, start=2017)), changes=(), **fields)


@pytest.mark.parametrize("count", [1, 4, 5, 20, 21, 130])
@pytest.mark.parametrize("direction", ["up", "down", None])
def test_no_label_of_the_spread_covers_another(count: int, direction: str | None):
    kind = "at-most" if direction == "down" else "at-least"
    figure = spread(units(count, direction=direction, target=Target(kind=kind, value=95.0)))
    assert clashes(figure) == []


def test_the_spread_says_how_many_meet_the_target_and_what_the_best_reach():
    html = spread_chart(units(101), as_of=AS_OF)
    said = alt_of(html)
    assert "11 of 101 meet the target, 2017" in said
    assert "From 60% (Hospital 0) to 99% (Hospital 100)" in said
    assert "Best fifth 91.2%." in said
    assert "Best hundredth 98.6%." in said
    assert "All together 80%." in said
    assert "Target 95%." in said
    assert "80th percentile" in caption_of(html)


def test_few_units_are_named_and_many_are_not():
    assert "Hospital 3" in words_of(spread(units(12)))
    assert "Hospital 3" not in words_of(spread(units(130)))


def test_a_filled_dot_meets_the_target():
    figure = spread(units(21))
    dots = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    filled = [line for line in dots if line.get_markerfacecolor() != "white"]
    assert (len(dots), len(filled)) == (21, 3)


def test_a_total_is_not_held_against_its_parts():
    total = units(12, unit="students", name="Students", target=Target(kind="at-least", value=5000.0))
    total = attrs.evolve(total, observations=(*total.observations[:-1], *yearly(4000.0, start=2017)))
    said = alt_of(spread_chart(total, as_of=AS_OF))
    assert "All together" not in said
    assert "Target" not in said
    assert "Half of the 12 lie between" in said


def test_without_units_a_line_says_so():
    assert spread_chart(WAITS, as_of=AS_OF).endswith("There are no values by place or group.</p>")
    assert spread_chart(units(9), as_of=date(2017, 6, 1)).endswith("There are no values by place or group.</p>")


def test_made_up_spreads_are_called_so():
    assert "Illustrative: values made up to practise with" in words_of(spread(units(9, data_illustrative=True)))
    assert "Illustrative: values made up to practise with" not in words_of(spread(units(9)))
