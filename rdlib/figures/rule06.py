"""The static faces of rule 6: costs and worth, the allocation, delivery's own budget, the funding plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from rdlib.figures.html import Cell, Html, Mark, badge, details, e, inline, nothing, scroll_box, table
from rdlib.figures.records import answer, none_yet, record_table
from rdlib.figures.timeline import Bar, Day, timeline
from rdlib.plan.coalition import Member
from rdlib.plan.fields import field_of
from rdlib.plan.indicator import Indicator
from rdlib.plan.money import (
    CONDITIONS,
    COST_KINDS,
    DELIVERY_COSTS,
    DELIVERY_LINES,
    EXISTING_MONEY,
    FUNDING,
    LIMITS,
    OWN_PICKS,
    VERSIONS,
    WEIGHTS,
    Funding,
)
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.values import Period, number
from rdlib.rules import r06_allocation as allocation
from rdlib.rules import r06_delivery as delivery
from rdlib.rules import r06_funding as funding
from rdlib.rules.allocation import Mix, NotSolvedError, Step
from rdlib.rules.findings import Severity
from rdlib.rules.money import money, money_unit
from rdlib.rules.r04_candidates import name_of, said
from rdlib.rules.r06_allocation import NotWorked, Worked, version_name, worked
from rdlib.rules.r06_choice import own_picks
from rdlib.rules.r06_costs import (
    Costed,
    Funded,
    amount_of,
    cost_years,
    costed,
    impact_rows,
    rows_of,
    totals,
    worth_of,
)
from rdlib.rules.registry import Context
from rdlib.words import NO_BREAK_SPACE, _, format_date, format_number

_STATES = {
    Funded.YES: Mark("●", Funded.YES.word, 4),
    Funded.PARTLY: Mark("◐", Funded.PARTLY.word, 3),
    Funded.NO: Mark("▲", Funded.NO.word, 1),
    Funded.NOT_SAID: Mark("–", Funded.NOT_SAID.word, 0),
}
_YES = Mark("●", _("in"), 4)


def _quiet(text: str) -> Html:
    return Html(f'<p class="rd rd-empty">{inline(text)}</p>')


def _line(text: str) -> Html:
    return Html(f'<p class="rd">{inline(text)}</p>')


def made_up_note(priority: Priority) -> Html:
    """Return the line that says that figures are made up to practise with; empty where none is marked so."""
    marked = [*rows_of(priority), *impact_rows(priority), *delivery.rows(priority), *funding.rows(priority)]
    if not any(getattr(row, "illustrative", False) for row in marked):
        return Html("")
    return _quiet(_("Amounts that are marked so are made up to practise with."))


# --- 6.1 -----------------------------------------------------------------------------------------------------------


def _called(each: Costed, priority: Priority) -> Html:
    more = []
    if each.strategy.status == "dropped":
        more.append(_("dropped"))
    if each.share < 1:
        version = version_name(own_picks(priority).get(each.strategy.id, ""), priority)
        more.append(
            _("your choice pays {share} of it: {version}").format(
                share=format_number(100 * each.share, "%"), version=version
            )
        )
    name = inline(name_of(each.strategy))
    return Html(f'{name}<br><span class="rd-below">{e("; ".join(more))}</span>') if more else name


def costs_table(priority: Priority, plan: Plan) -> Html:
    """Return what each strategy costs by year, how far it may turn out otherwise, and what is missing (tool 6.1)."""
    years = cost_years(priority)
    rows: list[list[Cell]] = []
    picked = own_picks(priority)
    for each in costed(priority):
        wide = each.range
        spread = _("{low} to {high}").format(
            low=format_number(round(wide.low, 1)), high=format_number(round(wide.high, 1))
        )
        spread = spread.replace(" ", NO_BREAK_SPACE)
        inside = each.strategy.id in picked
        rows.append(
            [
                _called(each, priority),
                *(each.in_year(year) or nothing("–") for year in years),
                each.total,
                spread if wide.low != wide.high else nothing(_("not said")),
                each.gap if inside else nothing("–"),
                badge(_STATES[each.state]) if inside else nothing(_("not in your choice")),
            ]
        )
    headers = [
        _("Strategy"),
        *(str(year) for year in years),
        _("All years"),
        _("May turn out"),
        _("Missing for your choice"),
        _("Funded?"),
    ]
    caption = _("What the strategies cost, in {unit}").format(unit=money_unit(plan))
    if not rows:
        return none_yet(caption)
    return table(headers, rows, caption, numeric=[*range(1, len(years) + 2), len(years) + 3])


def kinds_table(priority: Priority, plan: Plan) -> Html:
    """Return what each strategy costs by kind (tool 6.1)."""
    kinds = [k for k in COST_KINDS if any(row.kind == k.value for each in costed(priority) for row in each.rows)]
    rows: list[list[Cell]] = []
    for each in costed(priority):
        sums = [sum(amount_of(row) for row in each.rows if row.kind == kind.value) for kind in kinds]
        rows.append([inline(name_of(each.strategy)), *(value or nothing("–") for value in sums)])
    caption = _("The same by kind, in {unit}").format(unit=money_unit(plan))
    if not rows or not kinds:
        return Html("")
    return table([_("Strategy"), *(k.label for k in kinds)], rows, caption, numeric=range(1, len(kinds) + 1))


def cost_rows_table(priority: Priority, plan: Plan) -> Html:
    """Return every cost with where it comes from, to be opened on request (tool 6.1)."""
    names = ("strategy", "kind", "year", "amount", "firmness", "funded", "source")
    shown = record_table(rows_of(priority), _("Each cost"), only=names, plan=plan, priority=priority)
    return details(_("Each cost, and where it comes from"), shown)


def worth_table(indicator: Indicator, priority: Priority, context: Context) -> Html:
    """Return what each strategy brings to an indicator for its money, the best first, with its range (tool 6.1)."""
    ranked = worth_of(indicator, priority, context)
    plan = context.plan
    rows: list[list[Cell]] = []
    for row in ranked:
        impact = row.impact.amount
        said_worth: Cell = nothing(_("costs nothing more"))
        place: Cell = nothing("–")
        if row.worth is not None:
            said_worth = _range(row.worth.low, row.worth.middle, row.worth.high)
            first, last = row.ranks
            place = str(row.rank)
            if first != last:
                place = _("{rank} ({first} to {last})").format(rank=row.rank, first=first, last=last)
        rows.append(
            [
                inline(name_of(row.costed.strategy)),
                row.costed.total,
                _range(impact.low, impact.middle, impact.high),
                said_worth,
                place,
                _("the path (5.5)") if row.impact.from_path else _("an estimate"),
            ]
        )
    unit = _("points") if indicator.unit == "%" else indicator.unit or ""
    per = money(ranked[0].per, plan) if ranked else ""
    headers = [
        _("Strategy"),
        _("Cost ({unit})").format(unit=money_unit(plan)),
        _("Expected impact ({unit})").format(unit=unit) if unit else _("Expected impact"),
        _("For each {money}").format(money=per),
        _("Rank (ranks open)"),
        _("Impact from"),
    ]
    caption = _("Impact for the money: {indicator}").format(indicator=said(indicator.name) or indicator.id)
    return table(headers, rows, caption, numeric=[1, 2, 3]) if rows else none_yet(caption)


def _range(low: float, middle: float, high: float) -> str:
    fine = 0 if abs(middle) >= 100 else 1 if abs(middle) >= 10 else 2
    words = [format_number(round(value, fine)) for value in (low, middle, high)]
    return _("{middle} ({low} to {high})").format(low=words[0], middle=words[1], high=words[2])


# --- 6.2 -----------------------------------------------------------------------------------------------------------


def not_worked(found: NotWorked, priority: Priority, plan: Plan) -> Html:
    """Return why no mix could be worked out, with what stands in the way."""
    parts = [found.reason]
    if found.between:
        clauses = "; ".join(allocation.demand_words(each, priority, plan) for each in found.between)
        parts.append(_("These cannot hold together: {clauses}.").format(clauses=clauses))
    if found.lacking is not None:
        parts.append(
            _("All limits would have to rise by {share} before anything fits.").format(
                share=format_number(round(100 * found.lacking, 1), "%")
            )
        )
    return Html(f'<p class="rd">{badge(Severity.WEAK) if found.between else ""} {inline(" ".join(parts))}</p>')


def _in_mix(mix: Mix, id_: str, priority: Priority) -> Cell:
    if id_ not in mix.versions:
        return nothing("–")
    smaller = version_name(mix.versions[id_], priority)
    if not smaller:
        return badge(Mark("●", _("in full"), 4))
    return Html(f'{badge(Mark("◐", _("smaller"), 3))}<br><span class="rd-below">{inline(smaller)}</span>')


def mix_table(found: Worked, priority: Priority, context: Context) -> Html:
    """Return the computed mix beside the own choice, and how often each strategy is chosen in the draws (tool 6.2)."""
    draws = found.stability.draws
    rows: list[list[Cell]] = []
    for id_ in found.problem.strategies:
        whole = next(o for o in found.problem.options if o.strategy == id_ and not o.version)
        rows.append(
            [
                inline(allocation.picked_name(id_, "", priority)[1:-1]),
                whole.cost,
                format_number(round(whole.impact.middle, 2)),
                _in_mix(found.best, id_, priority),
                _in_mix(found.own, id_, priority),
                float(found.stability.times(id_)),
            ]
        )
    sums = [(found.best, _("computed mix"))]
    if found.own.picks:
        sums.append((found.own, _("your choice")))
    said_sums = "; ".join(
        _("{what}: {impact} for {cost}").format(
            what=name, impact=allocation.amount(mix.impact, found.measure), cost=money(mix.cost, context.plan)
        )
        for mix, name in sums
    )
    headers = [
        _("Strategy"),
        _("Full cost ({unit})").format(unit=money_unit(context.plan)),
        _("Full impact"),
        _("Best mix, computed"),
        _("Your choice"),
        _("In the best mix, of {n} draws").format(n=draws),
    ]
    caption = _("The computed mix beside your choice: {measure}").format(measure=found.measure.name)
    rule_4 = ""
    if found.own_is_rule_4 and found.own.picks:
        rule_4 = " " + _("You have not chosen here yet, so your choice is what Rule 4 says, in full.")
    limit = _("Limit: {limit}, of it {fixed} for delivery itself, which is always in.").format(
        limit=money(found.money, context.plan), fixed=money(found.fixed, context.plan)
    )
    head = said_sums[:1].upper() + said_sums[1:]
    return Html(
        _line(f"{limit} {head}.{rule_4}")
        + table(headers, rows, caption, numeric=[1, 2, 5])
        + (_line(allocation.own_against_best(found, context.plan, drawn=True)) if found.own.picks else "")
        + _left_out(found)
    )


def _left_out(found: Worked) -> Html:
    if not found.left_out:
        return Html("")
    names = ", ".join(_("“{name}”").format(name=name_of(s)) for s in found.left_out)
    return _quiet(_("Not weighed, since its cost or its impact is not known: {names}.").format(names=names))


def steps_table(found: Worked, priority: Priority, plan: Plan) -> Html:
    """Return what the best mix would be with less and with more money, each solved anew (tool 6.2)."""
    here = Step(1.0, found.best)
    every = sorted([*found.cuts, here, *found.rises, *([found.next] if found.next else [])], key=lambda s: s.share)
    rows: list[list[Cell]] = []
    for step in every:
        if step is here:
            label = _("As it is")
        elif step is found.next:
            label = _("The next step: {share} more").format(share=format_number(round(100 * step.share - 100, 1), "%"))
        elif step.share < 1:
            label = _("{share} less").format(share=format_number(100 - 100 * step.share, "%"))
        else:
            label = _("{share} more").format(share=format_number(100 * step.share - 100, "%"))
        if step.mix is None:
            rows.append([label, step.share * found.money, nothing("–"), _("no mix respects all conditions")])
            continue
        differs = allocation.changes(found.best, step.mix, priority)
        what: Cell = nothing(_("nothing changes")) if step is not here else nothing("–")
        rows.append(
            [
                label,
                round(step.share * found.money, 2),
                allocation.amount(step.mix.impact, found.measure).replace(" ", NO_BREAK_SPACE),
                inline("\n".join(f"{each[:1].upper()}{each[1:]}." for each in differs)) if differs else what,
            ]
        )
    headers = [
        _("Money"),
        _("Limit ({unit})").format(unit=money_unit(plan)),
        _("Impact"),
        _("What changes in the best mix"),
    ]
    caption = _("What less and more money would do: {measure}").format(measure=found.measure.name)
    tail = Html("")
    if found.next is None:
        tail = _line(_("More money would add nothing: all that helps is in already."))
    return Html(table(headers, rows, caption, numeric=[1]) + tail)


def assumptions(found: Sequence[Worked], priority: Priority) -> Html:
    """Return what the computation assumes, in plain words (tool 6.2)."""
    lines = [
        _("A strategy is paid for in full, in one of the smaller versions that you described, or not at all."),
        _("What strategies add is added up; where the path (5.5) names the most that a group can add, it stops there."),
        _("Every limit is cut or raised by the same share. Delivery itself is paid first and is never cut."),
        _("What is not spent in one year is not carried into the next."),
        _("What waits for another strategy (4.3) is chosen only together with it."),
        _(
            "In each draw, the cost and the impact of each strategy take some value in their ranges, each by itself; "
            "the mix is then solved anew. How often a strategy is chosen says how far the choice hangs on the "
            "estimates. It is no chance of success."
        ),
        _("The widths of the ranges behind “firm”, “worked out” and “rough” are ours."),
    ]
    if any(each.measure.weights for each in found):
        rows = [
            _("{indicator}: {weight}").format(indicator=said(i.name) or i.id, weight=format_number(w))
            for i, w in allocation.weights_of(priority)
        ]
        lines.insert(
            0,
            _("Closing the gaps counts as you said ({weights}); another weighing gives another mix.").format(
                weights="; ".join(rows)
            ),
        )
    body = "<ul>" + "".join(f"<li>{e(line)}</li>" for line in lines) + "</ul>"
    return details(_("What the computation assumes"), body)


def conditions_table(priority: Priority, plan: Plan) -> Html:
    """Return the limits, smaller versions, conditions and weights (tool 6.2)."""
    parts = []
    for part, names in (
        (LIMITS, ("year", "amount", "source")),
        (VERSIONS, ("strategy", "name", "cost_share", "impact_share")),
        (CONDITIONS, ("strategy", "rule", "other", "version", "why")),
        (OWN_PICKS, ("strategy", "version", "why")),
        (WEIGHTS, ("indicator", "weight", "why")),
    ):
        rows = part.read(priority)
        if rows:
            parts.append(record_table(rows, part.label, only=names, plan=plan, priority=priority))
    return details(_("Limits, versions, conditions and your choice"), "".join(parts)) if parts else Html("")


def _one_measure(found: Worked, priority: Priority, context: Context, *, several: bool) -> list[Html]:
    from rdlib.figures.chart_money import curve_chart

    parts = []
    if several:
        alone = _("Here only this indicator counts: what moves none but others has no place in the computed mix.")
        parts.append(Html(f"<h3>{inline(found.measure.name)}</h3>{_quiet(alone)}"))
    try:
        parts.append(mix_table(found, priority, context))
        if found.best.impact > 0:
            parts.append(curve_chart(found, priority, context))
        parts.append(steps_table(found, priority, context.plan))
    except NotSolvedError:
        parts.append(_line(_("The rest could not be computed in time: there are too many versions and conditions.")))
    return parts


def allocation_figure(priority: Priority, context: Context) -> Html:
    """Return the allocation with its chart and tables, once for each measure (tool 6.2)."""
    results = worked(priority, context)
    parts = []
    for found in results:
        if isinstance(found, NotWorked):
            parts.append(not_worked(found, priority, context.plan))
            continue
        parts += _one_measure(found, priority, context, several=len(results) > 1)
    done = [found for found in results if isinstance(found, Worked)]
    shown = Html("".join(parts) + (assumptions(done, priority) if done else ""))
    if done and not own_picks(priority):
        first = _line(_("You have chosen nothing yet. Make your own choice first; then open this and compare."))
        return Html(first + details(_("The computed mix"), shown))
    return shown


# --- 6.3 -----------------------------------------------------------------------------------------------------------


def delivery_table(priority: Priority, plan: Plan) -> Html:
    """Return what delivery itself costs, line by line and year by year (tool 6.3)."""
    own = delivery.counted(priority)
    years = sorted({row.year for row in own if row.year}, key=lambda year: year.start)
    rows: list[list[Cell]] = []
    for choice in DELIVERY_LINES:
        there = [row for row in own if row.line == choice.value]
        notes = "\n".join(dict.fromkeys(said(row.note) for row in there if said(row.note)))
        cells: list[Cell] = [_in_year(there, year) for year in years]
        missing = sum(max(0.0, (number(row.amount) or 0.0) - (number(row.funded) or 0.0)) for row in there)
        rows.append(
            [
                choice.label,
                *cells,
                missing if there else nothing("–"),
                inline(notes) if notes else (nothing() if there else badge(Mark("◆", _("no line"), 2))),
            ]
        )
    headers = [_("What for"), *map(str, years), _("Of it missing"), _("What it buys")]
    caption = _("{part}, in {unit}").format(part=DELIVERY_COSTS.label, unit=money_unit(plan))
    if not own:
        return Html(
            f'<p class="rd">{badge(Severity.MISSING)} {e(_("Delivery itself has no money in this plan yet."))}</p>'
        )
    total, spent = delivery.total(priority), totals(priority)[0]
    share = ""
    if spent:
        share = " " + _("That is {share} of what your choice costs.").format(
            share=format_number(round(100 * total / spent, 1), "%")
        )
    said_total = _("In all {total}.").format(total=money(total, plan))
    return Html(table(headers, rows, caption, numeric=range(1, len(years) + 2)) + _line(said_total + share))


def _in_year(rows: Iterable[object], year: Period) -> Cell:
    found = [number(getattr(row, "amount", None)) for row in rows if getattr(row, "year", None) == year]
    return sum(value or 0.0 for value in found) if found else nothing("–")


# --- 6.4 -----------------------------------------------------------------------------------------------------------


def _route(row: Funding) -> str:
    choice = field_of(Funding, "route").choice(row.route)
    return choice.label if choice else ""


def gap_line(priority: Priority, plan: Plan) -> Html:
    """Return how much is missing, and how much of it has a source, in a sentence (tool 6.4)."""
    missing, found = funding.gap(priority), funding.covered(priority)
    if missing <= 0 and found <= 0:
        return _line(_("Nothing is missing for your choice, delivery itself included."))
    text = _("Missing for your choice, delivery itself included: {gap}. To come from what stands below: {found}.")
    out = text.format(gap=money(missing, plan), found=money(found, plan))
    if missing > found + 1e-6 * max(1.0, missing):
        out += " " + _("Still without a source: {open}.").format(open=money(missing - found, plan))
    return _line(out)


def funding_table(priority: Priority, context: Context) -> Html:
    """Return where the money comes from, by when it has to be asked for, when it comes, and who helps (tool 6.4)."""
    plan = context.plan
    rows: list[list[Cell]] = []
    statuses = field_of(Funding, "status")
    for row in funding.rows(priority):
        told = funding.coming(row, context.as_of)
        status = statuses.choice(row.status or "idea")
        names = [_route(row)]
        if told.months and row.status not in {"in-hand", "refused"}:
            text = _("{months} months, our assumption") if told.assumed else _("{months} months")
            names.append(text.format(months=format_number(told.months)))
        in_time: Cell = nothing("–")
        if row.status not in {"in-hand", "refused"} and told.arrives and row.needed_by:
            in_time = badge(Mark("●", _("in time"), 4))
            if told.late_by:
                in_time = badge(Mark("▲", _("{days} days late").format(days=told.late_by), 1))
        rows.append(
            [
                inline(said(row.name) or row.id),
                Html("<br>".join(e(each) for each in names)),
                number(row.amount) if number(row.amount) is not None else nothing(),
                status.label if status else "",
                format_date(told.begin_by) if told.begin_by and row.status in {None, "idea"} else nothing("–"),
                format_date(row.needed_by) if row.needed_by else nothing(),
                in_time,
            ]
        )
    headers = [
        _("What"),
        _("Route"),
        _("Amount ({unit})").format(unit=money_unit(plan)),
        _("Stands"),
        _("Ask by"),
        _("Needed by"),
        _("In time?"),
    ]
    if not rows:
        return none_yet(FUNDING.label)
    dates = table(headers, rows, _("The money that is still missing, and when it comes"), numeric=[2])
    return Html(dates + _people_table(priority, plan))


def _people_table(priority: Priority, plan: Plan) -> Html:
    """Return who gets each part of the money, who helps, and what gives way for it."""
    rows: list[list[Cell]] = []
    for row in funding.hoped_for(priority):
        helpers = "\n".join(m.called for m in funding.helpers_of(row, priority))
        rows.append(
            [
                inline(said(row.name) or row.id),
                plan.person(row.owner) or "",
                inline(helpers) if helpers else nothing(_("nobody yet")),
                said(row.ask),
                said(row.gives_way) if row.route in EXISTING_MONEY else nothing("–"),
            ]
        )
    headers = [_("What"), _("Who gets it"), _("Who helps"), _("What is asked of them"), _("What gives way")]
    if not rows:
        return Html("")
    return Html(f'<div class="rd-tight">{table(headers, rows, _("Who gets it, and who helps"))}</div>')


def funding_timeline(priority: Priority, context: Context) -> Html:
    """Return what has to be gone through until the money is there, counted back from when it is needed (tool 6.4)."""
    title = _("By when the money has to be asked for")
    bars: list[Bar] = []
    for row in funding.hoped_for(priority):
        told = funding.coming(row, context.as_of)
        before: tuple[str, ...] = ()
        for n, stage in enumerate(told.stages):
            note = _("{name}, {start} to {end}").format(
                name=stage.name, start=format_date(stage.begins), end=format_date(stage.ends)
            )
            late = _("; late") if told.late_by else ""
            name = said(row.name) or row.id
            bar_id = f"{row.id}-{n}"
            bars.append(Bar(bar_id, name, note + late, stage.begins, stage.ends, before, strong=bool(row.asked_on)))
            before = (bar_id,)
    if not bars:
        return Html("")
    first, last = min(bar.start for bar in bars), max(bar.end for bar in bars)
    near = first - timedelta(days=120) <= context.as_of <= last
    days = [Day(context.as_of, _("As of"))] if near else []
    says = " ".join(f"{bar.name}: {bar.note}." for bar in bars)
    drawing = timeline(bars, days, title, says)
    drawn = f'<div class="rd-drawing" style="font-size:0">{drawing}</div>'
    key = _("Each bar ends when the money is needed, and begins on the last day to ask. Filled: asked for already.")
    return Html(
        f'<figure class="rd rd-figure"><figcaption class="rd-caption">{inline(title)}<p class="rd-key">{e(key)}</p>'
        f"</figcaption>{scroll_box(title, drawn)}</figure>"
    )


def helpers_table(priority: Priority) -> Html:
    """Return the members of the coalition who can help with money, and what each is asked for (tool 6.4)."""
    rows: list[list[Cell]] = []
    for member in funding.can_help(priority):
        asked = [said(row.name) or row.id for row in funding.hoped_for(priority) if member.id in row.helpers]
        standing = _("a member now") if member.standing == "current" else _("still to be won")
        rows.append(
            [
                inline(member.called),
                _("decides about money or staff") if member.money else _("sits where it is decided"),
                standing if member.standing else nothing(),
                answer(field_of(Member, "relationship"), member.relationship),
                inline("\n".join(asked)) if asked else nothing(_("not asked for anything here")),
            ]
        )
    headers = [_("Member"), _("Why"), _("Stands"), _("Relationship"), _("Helps to get")]
    caption = _("Members of the coalition who can help with money")
    return table(headers, rows, caption) if rows else _quiet(_("The coalition has nobody yet who decides about money."))
