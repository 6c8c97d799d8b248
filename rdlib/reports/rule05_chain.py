"""Section of the priority report for Rule 5: the delivery chains, as pictures and as tables (tool 5.2)."""

from __future__ import annotations

from rdlib.figures.chain import carried, chain_picture, chain_tables
from rdlib.figures.html import Html
from rdlib.reports.sections import PriorityReport, Section
from rdlib.rules.r05_chain_shape import begun, chains
from rdlib.words import _


def _chains(report: PriorityReport) -> Html:
    drawn = [chain for chain in chains(report.priority) if begun(chain)]
    return Html("".join(carried(chain, report.priority) + chain_picture(chain) for chain in drawn))


def _tables(report: PriorityReport) -> Html:
    return Html("".join(chain_tables(chain) for chain in chains(report.priority) if begun(chain)))


SECTIONS = (
    Section("chain", _chains, _("Delivery chain"), picture=True, main=True),
    Section("chain-tables", _tables, _("Who is in the delivery chain, and how they are linked"), of="chain"),
)
