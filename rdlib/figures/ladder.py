"""The results ladder of a priority: from what the work produces to the change it is for (Rule 2, tool 2.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rdlib.figures.html import Html, details, e, inline, not_attempted, scroll_box, table
from rdlib.figures.records import target_words
from rdlib.figures.rungs import Box, Rung, Text, best_layout, draw
from rdlib.plan.indicator import COMMITMENTS, Indicator
from rdlib.plan.plan import Plan
from rdlib.plan.priority import LEVELS, Outcome, Priority
from rdlib.rules.architecture import indicators_of, loose_indicators, name_of
from rdlib.words import _, format_date


def _called(indicator: Indicator) -> str:
    return (indicator.name or "").strip() or indicator.id


def _target(indicator: Indicator) -> str:
    words = target_words(indicator)
    if words is None:
        return _("No target yet")
    commitment = next((c.label.lower() for c in COMMITMENTS if c.value == indicator.target.commitment), None)
    if commitment:
        return _("Target ({commitment}): {target}").format(commitment=commitment, target=words)
    return _("Target: {target}").format(target=words)


def _indicator_texts(indicators: Sequence[Indicator]) -> Iterator[Text]:
    for indicator in indicators:
        yield Text(_called(indicator), above=6, bullet="•", indent=12)
        yield Text(_target(indicator), look="rd-q", above=1, indent=12)
    if not indicators:
        yield Text(_("No indicator yet"), look="rd-q", above=6)


def _unclear_link(outcome: Outcome, priority: Priority) -> str | None:
    """Say why the link of an outcome cannot be drawn, where it cannot."""
    if not outcome.leads_to:
        return None
    if outcome.leads_to == outcome.id:
        return _("It is said to lead to itself.")
    if priority.outcome(outcome.leads_to) is None:
        return _("It leads to “{name}”, which is not among the outcomes.").format(name=outcome.leads_to)
    return None


def _heading(text: str) -> Text:
    return Text(text, size=15, leading=21, bold=True)


def _outcome_box(key: int, outcome: Outcome, priority: Priority) -> Box:
    texts = [_heading(name_of(outcome)), *_indicator_texts(indicators_of(outcome, priority))]
    leads_to = None
    if unclear := _unclear_link(outcome, priority):
        texts.append(Text(unclear, look="rd-q", above=6))
    elif outcome.leads_to:
        leads_to = next(n for n, other in enumerate(priority.outcomes) if other.id == outcome.leads_to)
    return Box(key, tuple(texts), leads_to)


def _label(title: str, note: str) -> tuple[Text, Text]:
    return Text(title, bold=True), Text(note, size=13, leading=18, look="rd-q", above=4)


def _labels(plan: Plan) -> dict[str, tuple[Text, Text]]:
    """What stands beside the rungs, from the top."""
    end = _("Due inside the mandate; its end is not given in the plan")
    if plan.mandate_end:
        end = _("Due before the mandate ends on {day}").format(day=format_date(plan.mandate_end))
    return {
        "long-term": _label(_("Long-term outcomes"), _("May lie beyond the mandate")),
        "shorter-term": _label(_("Shorter-term outcomes"), end),
        "output": _label(_("Outputs"), _("What the work itself produces")),
    }


def _rungs(priority: Priority, plan: Plan) -> list[Rung]:
    boxes = [_outcome_box(n, outcome, priority) for n, outcome in enumerate(priority.outcomes)]
    labels = _labels(plan)
    rungs: list[Rung] = []
    place: dict[int | None, int] = {}
    for level, label in labels.items():
        here = [box for box in boxes if priority.outcomes[box.key].level == level]
        # what leads to the same outcome stands together, below it
        here = sorted(here, key=lambda box: place.get(box.leads_to, len(place)))
        border = level == "shorter-term" and plan.mandate_end is not None
        rungs.append(Rung(label, tuple(here), _("None yet"), line_above=border))
        place = {box.key: n for n, box in enumerate(here)}
    unplaced = [box for box in boxes if priority.outcomes[box.key].level not in labels]
    if loose := loose_indicators(priority):
        texts = (_heading(_("Indicators that speak for no outcome")), *_indicator_texts(loose))
        unplaced.append(Box(len(boxes), texts))
    if unplaced:
        label = _label(_("Not placed yet"), _("Choose where they belong"))
        rungs.append(Rung(label, tuple(unplaced), _("None yet"), dashed=True))
    return rungs


def _in_words(priority: Priority) -> list[tuple[str, str, str, str]]:
    """The ladder as rows of a table: level, outcome, its indicators and targets, what it leads to."""
    levels = {choice.value: choice.label for choice in LEVELS}
    unplaced = _("Not placed yet")
    rows = []
    for level in (*levels, None):
        for outcome in priority.outcomes:
            if level != (outcome.level if outcome.level in levels else None):
                continue
            found = [f"{_called(i)}. {_target(i)}" for i in indicators_of(outcome, priority)]
            linked = priority.outcome(outcome.leads_to)
            leads = _unclear_link(outcome, priority) or (name_of(linked) if linked else "–")
            words = "\n".join(found) or _("No indicator yet")
            rows.append((levels.get(level or "", unplaced), name_of(outcome), words, leads))
    if loose := [f"{_called(i)}. {_target(i)}" for i in loose_indicators(priority)]:
        rows.append((unplaced, _("Indicators that speak for no outcome"), "\n".join(loose), "–"))
    return rows


def ladder(priority: Priority, plan: Plan) -> Html:
    """Return the results ladder of a priority: a drawing, and the same as a table on request.

    Outputs stand at the bottom, long-term outcomes at the top; arrows show what leads to what; the end of the mandate
    is a dashed line above the shorter-term outcomes. What has no level yet stands below, in a rung of its own.

    Args:
        priority: the priority.
        plan: its plan, for the end of the mandate.

    Source: Rule 2, tool 2.3.

    >>> html = ladder(Priority(id="waits", outcomes=(Outcome(id="o1", statement="Seen quickly"),)), Plan())
    >>> "Not placed yet" in html
    True
    """
    title = _("Results ladder")
    if not priority.outcomes and not priority.indicators:
        return not_attempted(title)
    if priority.title and priority.title.strip():
        title = _("Results ladder: {priority}").format(priority=priority.title.strip())
    rows = _in_words(priority)
    says = " ".join(
        _("{level}: {outcome} ({indicators}). Leads to: {leads}.").format(
            level=level, outcome=outcome, indicators=indicators.replace("\n", "; "), leads=leads
        )
        for level, outcome, indicators, leads in rows
    )
    drawing = draw(best_layout(_rungs(priority, plan)), title, says)
    # Where JupyterLab takes a drawing out of a notebook it does not trust yet, the loose words of it are not shown.
    drawn = f'<div class="rd-drawing" style="font-size:0">{drawing}</div>'
    key = _("Arrows lead from an outcome to the one it makes more likely.")
    if plan.mandate_end:
        key += " " + _("Dashed line: the mandate ends on {day}.").format(day=format_date(plan.mandate_end))
    headers = [_("Level"), _("Outcome"), _("Indicators and targets"), _("Leads to")]
    same = table(headers, rows, _("{title}, as a table").format(title=title), row_header=False)
    return Html(
        f'<figure class="rd rd-figure"><figcaption class="rd-caption">{inline(title)}'
        f'<p class="rd-key">{e(key)}</p></figcaption>{scroll_box(title, drawn)}'
        f"{details(_('The same as a table'), same)}</figure>"
    )
