"""Rule 2, tools 2.4 and 2.5: the practice sets.

2.4 works four published targets through the 3M evaluation and SMART. 2.5 sorts published targets into well- and
ill-defined ones and repairs the latter.
"""

from __future__ import annotations

from rdlib.plan.indicator import Indicator
from rdlib.plan.practice import SORTING, Sorting
from rdlib.plan.priority import Priority
from rdlib.rules import r02_targets, targets
from rdlib.rules import r02_three_m as three_m
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.registry import Context
from rdlib.words import _

SORTED_WRONG = FindingKind(
    "R2-sorted-wrong", "2.5", Severity.WEAK, _("Look again"),
    why=_("Well-defined means that on the last day two people would agree whether it was reached."),
)  # fmt: skip
REPAIR_WEAK = FindingKind(
    "R2-repair-weak", "2.5", Severity.WEAK, _("The repair is not there yet"),
    why=_("A repaired target says how much, and by when."),
)  # fmt: skip
SORTED_RIGHT = FindingKind(
    "R2-sorted-right", "2.5", Severity.GOOD, _("Sorted with a reason"),
    why=_("The reason is what you will use when you judge targets of your own."),
)  # fmt: skip

KINDS_SORTING = (SORTED_WRONG, REPAIR_WEAK, SORTED_RIGHT)
KINDS_EXAMPLES = three_m.KINDS + r02_targets.KINDS


def attempted_examples(priority: Priority, context: Context) -> bool:
    """Say whether the 3M evaluation of a practice target was begun."""
    return any(three_m.has_evaluation(i) for i in priority.indicators)


def check_examples(priority: Priority, context: Context) -> list[Finding]:
    """Judge a worked example by the three Ms and by SMART (Rule 2, tool 2.4)."""
    return three_m.check(priority, context) + r02_targets.check(priority, context)


def attempted_sorting(priority: Priority, context: Context) -> bool:
    """Say whether the published target was sorted."""
    return any(s.well_defined is not None or s.why or s.repair for s in SORTING.read(priority))


def _in_words(indicator: Indicator, context: Context) -> tuple[targets.TargetReading, ...]:
    """Read the published words of a target, whatever the fields below them say: those may hold a repair."""
    return targets.read_wording(
        indicator.target.wording or "",
        unit=indicator.unit,
        direction=indicator.direction,
        **targets.settings_of(context.plan),
    )


def lacks(indicator: Indicator, context: Context) -> list[str]:
    """Return what a published wording lacks to be well-defined: a number, a date, or both."""
    readings = _in_words(indicator, context)
    missing = []
    if not any(r.value is not None for r in readings):
        missing.append(_("no number says how much"))
    if not any(r.due is not None for r in readings):
        missing.append(_("no date says by when"))
    return missing


def arguable(indicator: Indicator, context: Context) -> bool:
    """Say whether the published words leave room for argument: more than one meaning, or a change from no start."""
    readings = _in_words(indicator, context)
    return len(readings) > 1 or any(r.kind in {"rise", "fall"} for r in readings)


def check_sorting(priority: Priority, context: Context) -> list[Finding]:
    """Judge how a published target was sorted, and its repair (Rule 2, tool 2.5).

    Only the published words count; the fields below them may hold a repair. Where the words have a number and a date
    and still can be read in two ways, or name a change and not from where, either answer is accepted: the reason
    decides.
    """
    published = next((i for i in priority.indicators if i.target.wording), None)
    if published is None:
        return []
    found = []
    for place, row in enumerate(SORTING.read(priority), start=1):
        where = f"priorities/{priority.id}/{SORTING.key}/{row.id or f'#{place}'}"
        found += _check_row(row, published, where, context)
    return found


def _check_row(row: Sorting, published: Indicator, where: str, context: Context) -> list[Finding]:
    found = []
    missing = lacks(published, context)
    if row.well_defined is True and missing:
        found.append(
            SORTED_WRONG.at(
                f"{where}/well_defined",
                _("You call “{wording}” well-defined, and {missing}.").format(
                    wording=published.target.wording, missing=_(" and ").join(missing)
                ),
                _("Ask how you would decide, on the last day, whether it was reached."),
            )
        )
    elif row.well_defined is False and not missing and not arguable(published, context):
        found.append(
            SORTED_WRONG.at(
                f"{where}/well_defined",
                _("“{wording}” has a number, a date and one meaning.").format(wording=published.target.wording),
                _("If something else is wrong with it, such as what it measures, take that to the three Ms."),
            )
        )
    elif row.well_defined is not None and (row.why or "").strip():
        found.append(SORTED_RIGHT.at(where, _("Sorted, with a reason.")))
    repair = (row.repair or "").strip()
    if repair:
        found += _check_repair(repair, published, where, context)
    return found


def _check_repair(repair: str, published: Indicator, where: str, context: Context) -> list[Finding]:
    readings = targets.read_wording(
        repair, unit=published.unit, direction=published.direction, **targets.settings_of(context.plan)
    )
    if not any(r.value is not None for r in readings):
        what = _("It still names no number.")
    elif not any(r.due is not None for r in readings):
        what = _("It still names no date.")
    else:
        return []
    return [REPAIR_WEAK.at(f"{where}/repair", what, _("Write it so that a stranger could judge it on the last day."))]
