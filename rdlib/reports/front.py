"""The front page of several portfolios: one card for each worked case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import attrs

from rdlib.figures.html import e, inline, link, paragraphs, section
from rdlib.reports.html import Display, Page, page_of_displays
from rdlib.words import _, format_date, plural


@attrs.frozen
class Case:
    """What a worked case says of itself in its ``case.yaml``.

    Attributes:
        title: its title.
        about: what it is, in a few sentences.
        as_of: the day for which it is judged; today where it names none.
    """

    title: str
    about: str
    as_of: date


@attrs.frozen
class Card:
    """One entry of the front page.

    Attributes:
        address: address of the portfolio.
        case: the case that it shows.
        priorities: how many priorities it has.
        files: the addresses of its reports in other formats.
    """

    address: str
    case: Case
    priorities: int
    files: tuple[str, ...] = ()


def read_case(folder: Path) -> Case:
    """Read what a worked case says of itself.

    Args:
        folder: the folder of the case, with its ``case.yaml``.
    """
    from ruamel.yaml import YAML

    from rdlib.plan.values import read_day

    file = folder / "case.yaml"
    told = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    day = read_day(str(told["as_of"])) if told.get("as_of") else date.today()
    return Case(told.get("title") or folder.name, told.get("about") or "", day)


def _files(card: Card) -> str:
    if not card.files:
        return ""
    links = "; ".join(link(Path(address).name, address) for address in card.files)
    return f"<p>{e(_('In other formats:'))} {links}</p>"


def front_page(cards: Sequence[Card]) -> str:
    """Return the page that leads to each portfolio."""
    title = _("Reports of the worked cases")
    parts = [Display("", page=Page(title, _("Results and delivery"), None))]
    for card in cards:
        told = _("{priorities}, as of {day}").format(
            priorities=plural("{n} priority", "{n} priorities", card.priorities), day=format_date(card.case.as_of)
        )
        body = (
            f'<div class="rd">{paragraphs(card.case.about)}<p class="rd-quiet">{inline(told)}</p>'
            f"<p>{link(_('Open the reports: {title}').format(title=card.case.title), card.address)}</p>"
            f"{_files(card)}</div>"
        )
        anchor = Path(card.address).parent.name
        parts.append(Display(section(anchor, card.case.title, body), anchor, card.case.title))
    return page_of_displays(parts)
