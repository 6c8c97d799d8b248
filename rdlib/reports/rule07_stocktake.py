"""Section of the portfolio for Rule 7's stocktake: the next one, or the last that was closed (tool 7.5)."""

from __future__ import annotations

from rdlib.figures.html import Html, e
from rdlib.figures.rule07_stocktake import actions_table, changes_table, decisions_table, glance, judgement_map
from rdlib.reports.portfolio import PlanSection, PortfolioReport
from rdlib.reports.rule00 import findings_of_section
from rdlib.rules.r07_pack import closed_ones, open_ones, pack
from rdlib.words import _, format_date


def _stocktake(report: PortfolioReport) -> Html:
    plan = report.plan
    days = [each.day for each in (*closed_ones(plan, report.as_of), *open_ones(plan)) if each.day is not None]
    told = ""
    if days:
        found = pack(plan, days[-1])
        said = _("The stocktake of {day}. All that lies on the table: rdlib stocktake.").format(
            day=format_date(found.day)
        )
        made_up = found.record is not None and found.record.illustrative
        said += " " + _("It is made up to practise with.") if made_up else ""
        told = (
            judgement_map(found, plan)
            + glance(found, plan)
            + changes_table(found, plan)
            + decisions_table(found, plan)
            + actions_table(found, plan)
        )
        told = f'<p class="rd rd-empty">{e(said)}</p>{told}'
    return Html(told + findings_of_section(report, "stocktake"))


PLAN_SECTIONS = (PlanSection("stocktake", _stocktake, main=True),)
