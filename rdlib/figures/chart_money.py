"""Charts of money: what strategies bring for it, what more or less of it would do, what is missing by year (Rule 6).

Each stands beside a table that holds the same figures (:mod:`rdlib.figures.rule06`).
"""

from __future__ import annotations

from collections.abc import Sequence

from rdlib.figures import chart_style as style
from rdlib.figures.html import Html
from rdlib.plan.indicator import Indicator
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.values import Period, number
from rdlib.rules import r06_delivery as delivery
from rdlib.rules.money import money, money_unit
from rdlib.rules.r04_candidates import live, name_of
from rdlib.rules.r06_allocation import Worked, all_years, amount, limit_rows
from rdlib.rules.r06_choice import own_picks
from rdlib.rules.r06_costs import Costed, Worth, costed, due_day, rows_of, worth_of
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, format_number

_ROW = 0.5  # the height of a row of the chart of worth, in inches


def _flag(made_up: bool) -> str | None:
    return _("Illustrative: figures made up to practise with") if made_up else None


def _foot(context: Context, *more: str) -> list[str]:
    return [*more, _("As of {day}").format(day=format_date(context.as_of))]


def made_up(priority: Priority) -> bool:
    """Say whether any cost is marked as made up."""
    return any(row.illustrative for row in rows_of(priority))


# --- worth for money -----------------------------------------------------------------------------------------------


def per_words(worth: Worth, plan: Plan) -> str:
    """Return the amount of money for which the worth is told."""
    return money(worth.per, plan)


def worth_chart(indicator: Indicator, priority: Priority, context: Context) -> Html:
    """Draw what each strategy brings to an indicator for its money, the best first, with its range (tool 6.1).

    Returns:
        a ``<figure>``, or a line that says what is missing.
    """
    rows = [row for row in worth_of(indicator, priority, context) if row.worth is not None]
    if not rows:
        return style.missing_html(_("No strategy has both a cost and an expected impact on this indicator."))
    picked = own_picks(priority)
    names = [style.wrap(name_of(row.costed.strategy), 2.3, style.LABEL_SIZE, most=2) for row in rows]
    left = max(style.text_width(line, style.LABEL_SIZE) for lines in names for line in lines) + 0.15
    low = min(0.0, *(row.worth.low for row in rows if row.worth))
    high = max(row.worth.high for row in rows if row.worth) or 1.0
    labels = [_range_words(row) for row in rows]
    right = max(style.text_width(label, style.LABEL_SIZE) for label in labels) + 0.2
    page = style.new_page(
        _worth_title(rows),
        _worth_subtitle(indicator, rows[0], context),
        foot=_foot(context),
        flag=_flag(made_up(priority)),
        height=_ROW * len(rows) + 0.1,
        left=left,
        right=right,
        below=0.3,
    )
    page.plot.set_xlim(low - 0.03 * (high - low), high * 1.03)
    page.plot.set_ylim(len(rows) - 0.5, -0.5)
    for value in style.ticks(low, high):
        page.plot.axvline(value, color=style.GRID, linewidth=0.9, zorder=0)
        x, _y = page.inches(value, 0)
        page.write(x, -0.16, format_number(value), size=style.TICK_SIZE, color=style.QUIET, across="center")
    for place, row in enumerate(rows):
        if row.worth is None:
            continue
        inside = row.costed.strategy.id in picked
        page.plot.plot([row.worth.low, row.worth.high], [place, place], color=style.OBSERVED, linewidth=2.2, zorder=3)
        page.plot.plot(
            [row.worth.middle],
            [place],
            marker="o",
            markersize=8,
            color=style.OBSERVED,
            markerfacecolor=style.OBSERVED if inside else "white",
            markeredgewidth=1.6,
            zorder=4,
        )
        y = (len(rows) - 0.5 - place) / len(rows) * page.height
        for n, line in enumerate(names[place]):
            offset = (len(names[place]) - 1) / 2 - n
            page.write(-0.1, y + offset * style.line_height(style.LABEL_SIZE), line, across="right")
        page.write(page.width + 0.1, y, labels[place], color=style.QUIET)
    says = " ".join(
        _("{n}. {name}: {range}.").format(n=row.rank, name=name_of(row.costed.strategy), range=label)
        for row, label in zip(rows, labels, strict=True)
    )
    return style.figure_html(
        page.figure,
        label=_worth_title(rows),
        alt=f"{_worth_title(rows)}. {_worth_subtitle(indicator, rows[0], context)} {says}",
        caption=[_("Filled: in your choice. Hollow: not in it.")],
    )


def _range_words(row: Worth) -> str:
    if row.worth is None:
        return ""
    wide = row.worth.high - row.worth.low or abs(row.worth.middle)
    low, middle, high = (style.rounded(v, None, wide) for v in (row.worth.low, row.worth.middle, row.worth.high))
    return _("{middle} ({low} to {high})").format(middle=middle, low=low, high=high)


def _worth_title(rows: Sequence[Worth]) -> str:
    first = name_of(rows[0].costed.strategy)
    if len(rows) == 1:
        return _("What “{name}” brings for its money").format(name=first)
    if rows[0].ranks[1] > 1:
        return _("“{name}” is expected to bring most for its money; ranges overlap").format(name=first)
    return _("“{name}” brings most for its money, also at its worst").format(name=first)


def _worth_subtitle(indicator: Indicator, row: Worth, context: Context) -> str:
    unit = _("points") if indicator.unit == "%" else (indicator.unit or "").strip()
    day = due_day(indicator, context)
    text = _("What each adds to “{name}” for each {money}")
    if day:
        text = _("What each adds to “{name}” by {day} for each {money}")
    said = text.format(
        name=indicator.name or indicator.id, day=format_date(day) if day else "", money=per_words(row, context.plan)
    )
    if unit:
        said = _("{what}, in {unit}").format(what=said, unit=unit)
    return said + ". " + _("Lines: from the least at the highest cost to the most at the lowest.")


# --- budget and impact ---------------------------------------------------------------------------------------------


def curve_chart(found: Worked, priority: Priority, context: Context) -> Html:
    """Draw what the best mix adds for each budget, with the limit, the cuts, and the team's own choice (tool 6.2)."""
    plan, points = context.plan, [(step.share * found.money, step.mix.impact) for step in found.curve if step.mix]
    top = max(value for _x, value in points) or 1.0
    own_at = (found.own_share * found.money, found.own.impact)
    title = _curve_title(found)
    subtitle = _(
        "{measure}: what the best mix adds, by how much money there is ({unit}), delivery itself included"
    ).format(measure=found.measure.name, unit=money_unit(plan))
    page = style.new_page(
        title,
        subtitle,
        foot=_foot(context),
        flag=_flag(made_up(priority)),
        height=3.2,
        left=0.55,
        right=0.45,
        below=0.5,
    )
    last = max(points[-1][0], own_at[0] * 1.03)
    page.plot.set_xlim(0, last)
    page.plot.set_ylim(min(0.0, *(value for _x, value in points)), top * 1.14)
    style.level_ticks(page, style.ticks(0, top), found.measure.unit if found.measure.unit != "%" else None)
    for value in style.ticks(0, last):
        page.tick(value)
        page.write(
            page.inches(value, 0)[0],
            -0.17,
            format_number(value),
            size=style.TICK_SIZE,
            color=style.QUIET,
            across="center",
        )
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    page.plot.step(xs, ys, where="post", color=style.OBSERVED, linewidth=2.2, zorder=3)
    page.follow([pair for n, (x, y) in enumerate(points) for pair in ([(x, points[n - 1][1])] if n else []) + [(x, y)]])
    page.plot.axvline(found.money, color=style.TARGET, linewidth=1.6, linestyle="--", zorder=2)
    page.follow([(found.money, 0.0), (found.money, top * 1.14)])
    if found.own.picks:
        page.plot.plot([own_at[0]], [own_at[1]], marker="D", markersize=9, color=style.COMPARED, zorder=6)
        page.follow([own_at])
    page.plot.plot([found.money], [found.best.impact], marker="o", markersize=9, color=style.OBSERVED, zorder=5)
    cuts = [(step.share * found.money, step.mix.impact, step.share) for step in found.cuts if step.mix]
    for x, y, _share in cuts:
        page.plot.plot(
            [x],
            [y],
            marker="o",
            markersize=6,
            color=style.OBSERVED,
            markerfacecolor="white",
            markeredgewidth=1.5,
            zorder=5,
        )
    best_says = _("Best mix: {impact}").format(impact=amount(found.best.impact, found.measure))
    own_says = _("Your choice: {impact}").format(impact=amount(found.own.impact, found.measure))
    if found.own.picks:
        page.label(*own_at, own_says, color=style.COMPARED, bold=True)
    page.label(found.money, found.best.impact, best_says, color=style.OBSERVED, bold=True)
    limit_says = _("Limit {limit}").format(limit=money(found.money, plan))
    page.label(found.money, 0.12 * top, limit_says, color=style.TARGET)
    if cuts:
        x, y, share = cuts[-1]
        page.label(x, y, _("After a cut of {cut}").format(cut=format_number(100 - 100 * share, "%")), color=style.QUIET)
    cut_says = " ".join(
        _("After a cut of {cut}: {impact}.").format(
            cut=format_number(100 - 100 * share, "%"), impact=amount(y, found.measure)
        )
        for _x, y, share in cuts
    )
    return style.figure_html(
        page.figure,
        label=title,
        alt=f"{title}. {subtitle}. {limit_says}. {best_says}. {own_says + '.' if found.own.picks else ''} {cut_says}",
        caption=[
            _(
                "Each step is the best mix for that much money, solved anew. Hollow points: cuts of 5, 10 and 20% of "
                "every limit."
            )
        ],
    )


def _curve_title(found: Worked) -> str:
    tenth = next(step for step in found.cuts if abs(step.share - 0.9) < 1e-9)
    if tenth.mix is None:
        return _("A tenth less money, and no mix respects all conditions any more")
    lost = found.best.impact - tenth.mix.impact
    if lost <= 1e-6 * max(1.0, abs(found.best.impact)):
        return _("A tenth less money would take nothing from the impact")
    share = format_number(100 * lost / found.best.impact, "%", 0)
    return _("A tenth less money takes {share} of the impact").format(share=share)


# --- years ---------------------------------------------------------------------------------------------------------


def choice_costs(priority: Priority) -> tuple[Costed, ...]:
    """Return the costed strategies of the own choice; all that were not dropped, while nothing is chosen."""
    among = set(own_picks(priority)) or {s.id for s in live(priority)}
    return tuple(each for each in costed(priority) if each.strategy.id in among)


def by_year(priority: Priority, year: Period) -> tuple[float, float, float]:
    """Return what the own choice comes to in one year: delivery itself, what is funded, and what is missing.

    What is missing of delivery itself counts as missing.
    """
    rows = [(each, row) for each in choice_costs(priority) for row in each.rows if row.year == year]
    missing = sum(each.gap_of(row) for each, row in rows)
    total = sum((number(row.amount) or 0.0) * each.share for each, row in rows)
    own = [row for row in delivery.counted(priority) if row.year == year]
    short = sum(max(0.0, (number(row.amount) or 0.0) - (number(row.funded) or 0.0)) for row in own)
    return delivery.in_year(priority, year) - short, total - missing, missing + short


def years_chart(priority: Priority, context: Context) -> Html:
    """Draw what the own choice costs in each year against the limit, and what of it is missing (tools 6.1 to 6.3)."""
    years = all_years(priority)
    if not years:
        return style.missing_html(_("No cost stands in any year yet."))
    plan = context.plan
    parts = [by_year(priority, year) for year in years]
    limits = [
        next(
            (
                number(r.amount)
                for r in limit_rows(priority)
                if r.year and r.year.start <= y.end and y.start <= r.year.end
            ),
            None,
        )
        for y in years
    ]
    top = max([sum(part) for part in parts] + [limit or 0.0 for limit in limits]) or 1.0
    title = _years_title(parts, years, plan)
    subtitle = _("What your choice costs in each fiscal year, in {unit}").format(unit=money_unit(plan))
    page = style.new_page(
        title,
        subtitle,
        foot=_foot(context),
        flag=_flag(made_up(priority)),
        height=3.0,
        left=0.55,
        right=1.75,
        below=0.36,
    )
    page.plot.set_xlim(-0.6, len(years) - 0.4)
    page.plot.set_ylim(0, top * 1.12)
    style.level_ticks(page, style.ticks(0, top), None)
    looks = (
        (style.COMPARED, "white", "xx", _("Delivery itself")),
        (style.OBSERVED, style.OBSERVED, "", _("Strategies, funded")),
        (style.TARGET, "white", "///", _("Missing")),
    )
    for place, (part, limit) in enumerate(zip(parts, limits, strict=True)):
        bottom = 0.0
        for value, (edge, face, hatch, _name) in zip(part, looks, strict=True):
            if value > 0:
                page.plot.bar(
                    [place],
                    [value],
                    bottom=[bottom],
                    width=0.56,
                    facecolor=face,
                    edgecolor=edge,
                    hatch=hatch,
                    linewidth=1.2,
                )
            bottom += value
        x, y = page.inches(place, bottom)
        page.write(x, y + 0.13, format_number(bottom), across="center", bold=True)
        page.write(x, -0.17, str(years[place]), size=style.TICK_SIZE, color=style.QUIET, across="center")
        if limit is not None:
            page.plot.plot([place - 0.4, place + 0.4], [limit, limit], color=style.TEXT, linewidth=1.8, linestyle="--")
    _name_parts(page, parts[-1], looks, top)
    for place, limit in enumerate(limits):
        if limit is not None:
            x, y = page.inches(place, limit)
            page.write(
                x,
                y + 0.12,
                _("limit {amount}").format(amount=format_number(limit)),
                across="center",
                size=style.TICK_SIZE,
                halo=True,
            )
            break
    says = " ".join(
        _("{year}: {total}, of it {missing} missing.").format(
            year=year, total=money(sum(part), plan), missing=money(part[2], plan)
        )
        for year, part in zip(years, parts, strict=True)
    )
    return style.figure_html(page.figure, label=title, alt=f"{title}. {subtitle}. {says}", caption=[])


def _name_parts(
    page: style.Page, part: Sequence[float], looks: Sequence[tuple[str, str, str, str]], top: float
) -> None:
    """Name the three parts beside the last column, each at its height, none over another."""
    wanted, bottom = [], 0.0
    for value in part:
        wanted.append(page.inches(0, bottom + value / 2)[1])
        bottom += value
    high = style.line_height(style.LABEL_SIZE)
    for y, (edge, _face, _hatch, name) in zip(
        style.apart(wanted, [high] * len(wanted), 0.0, page.height), looks, strict=True
    ):
        page.write(page.width + 0.02, y, name, color=edge, bold=True)


def _years_title(parts: Sequence[tuple[float, float, float]], years: Sequence[Period], plan: Plan) -> str:
    missing = [part[2] for part in parts]
    if max(missing) <= 1e-9:
        return _("Every year is funded")
    worst = max(range(len(parts)), key=lambda n: missing[n])
    total = sum(missing)
    if total - missing[worst] <= 1e-9 * total:
        return _("{amount} are missing, all in {year}").format(amount=money(total, plan), year=years[worst])
    return _("{amount} are missing, most in {year}").format(amount=money(total, plan), year=years[worst])
