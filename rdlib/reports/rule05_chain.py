"""Section of the priority report for Rule 5: the delivery chains, as pictures and as tables (tool 5.2)."""

from __future__ import annotations

from rdlib.figures.chain import carried, chain_figure
from rdlib.figures.html import Html
from rdlib.reports.sections import PriorityReport, Section
from rdlib.rules.r05_chain_shape import begun, chains
from rdlib.words import _


def _chains(report: PriorityReport) -> Html:
    drawn = [chain for chain in chains(report.priority) if begun(chain)]
    return Html("".join(carried(chain, report.priority) + chain_figure(chain) for chain in drawn))


SECTIONS = (Section("chain", _chains, _("Delivery chain"), picture=True),)
