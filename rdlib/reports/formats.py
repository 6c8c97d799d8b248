"""The formats of a report beside its page: PDF, Word and Excel, each with the same content.

:func:`write` is asked for one format of one priority, :func:`write_portfolio` for one of the plan as a whole. Each
returns the files that it wrote, so that a batch can keep them in its manifest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from rdlib.reports.manifest import write_bytes
from rdlib.words import _

if TYPE_CHECKING:
    from datetime import date

    from rdlib.plan import Plan
    from rdlib.reports.portfolio import PortfolioReport
    from rdlib.reports.sections import PriorityReport

#: Every format, with what it is called. ``html`` is the page itself, which is made first: the others are made from it.
FORMATS: Mapping[str, str] = {
    "html": _("Web page"),
    "pdf": _("PDF"),
    "docx": _("Word"),
    "xlsx": _("Excel"),
}
#: What follows the stem in the name of a briefing note. No stem has a dot in it, so it is never another report's name.
BRIEFING = ".briefing"


class FormatError(ValueError):
    """A format that there is not, or that cannot be made here; its message is written for the person who asked."""


@attrs.frozen
class Checked:
    """Which of the formats that were asked for can be made here.

    Attributes:
        usable: those that can, in the order of :data:`FORMATS`, the page always among them.
        problems: what is lacking for the others, and how to get it.
    """

    usable: tuple[str, ...]
    problems: tuple[str, ...]


def check(asked: Iterable[str]) -> Checked:
    """Look which formats can be made here, before any work begins.

    Args:
        asked: the formats, as somebody typed them: each may hold several with commas between.

    Raises:
        FormatError: one of them is none of :data:`FORMATS`.

    >>> check(["docx, HTML"]).usable
    ('html', 'docx')
    """
    names = {name for each in asked for word in each.split(",") if (name := word.strip().lower())}
    unknown = sorted(names - set(FORMATS))
    if unknown:
        raise FormatError(
            _("“{name}” is no format of a report; there are {names}.").format(name=unknown[0], names=", ".join(FORMATS))
        )
    problems = []
    if "pdf" in names:
        from rdlib.reports import pdf

        try:
            pdf.check()
        except pdf.PdfMissingError as error:
            names.remove("pdf")
            problems.append(str(error))
    return Checked(tuple(form for form in FORMATS if form in names | {"html"}), tuple(problems))


def write(form: str, report: PriorityReport, page_html: str, folder: Path, stem: str) -> tuple[Path, ...]:
    """Write the report of one priority in one format.

    Args:
        form: one of :data:`FORMATS`.
        report: the report.
        page_html: its page, as :func:`rdlib.reports.html.export` returned it.
        folder: where the files go; it is there.
        stem: the name of the files without their ending, as :func:`rdlib.reports.batch.names` gives it: small letters,
            digits and hyphens.

    Returns:
        The files: ``stem.html``, ``stem.pdf`` or ``stem.xlsx``; for ``docx`` the full report ``stem.docx`` and the
        two pages for a minister ``stem.briefing.docx``.

    Raises:
        FormatError: there is no such format, or it cannot be made here.
    """

    def word() -> Mapping[str, bytes]:
        from rdlib.reports.briefing_note import briefing_note

        note = briefing_note(report, page_html)
        return {".docx": _word(page_html, report.plan, report.as_of), f"{BRIEFING}.docx": note}

    def excel() -> Mapping[str, bytes]:
        from rdlib.reports.excel import workbook
        from rdlib.reports.excel_tables import priority_sheets

        sheets = priority_sheets(report)
        return {".xlsx": workbook(sheets, title=report.title, author=_author(report.plan), day=report.as_of)}

    return _written(form, page_html, {"docx": word, "xlsx": excel}, folder, stem)


def write_portfolio(
    form: str, portfolio: PortfolioReport, page_html: str, folder: Path, stem: str = "portfolio"
) -> tuple[Path, ...]:
    """Write the portfolio of a plan in one format.

    Args:
        form: one of :data:`FORMATS`.
        portfolio: the portfolio.
        page_html: its page.
        folder: where the files go; it is there.
        stem: the name of the files without their ending.

    Returns:
        The files: one, whatever the format.

    Raises:
        FormatError: there is no such format, or it cannot be made here.
    """

    def word() -> Mapping[str, bytes]:
        return {".docx": _word(page_html, portfolio.plan, portfolio.as_of, across=True)}

    def excel() -> Mapping[str, bytes]:
        from rdlib.reports.excel import workbook
        from rdlib.reports.excel_tables import portfolio_sheets

        title = portfolio.plan.title or _("Delivery plan")
        sheets = portfolio_sheets(portfolio)
        return {".xlsx": workbook(sheets, title=title, author=_author(portfolio.plan), day=portfolio.as_of)}

    return _written(form, page_html, {"docx": word, "xlsx": excel}, folder, stem)


def write_pack(form: str, plan: Plan, day: date, page_html: str, folder: Path, stem: str) -> tuple[Path, ...]:
    """Write the pack of a stocktake in one format; there is no Excel of it, the portfolio's holds its tables.

    Args:
        form: ``html``, ``pdf`` or ``docx``.
        plan: the plan.
        day: the day of the stocktake.
        page_html: its page.
        folder: where the file goes; it is there.
        stem: the name of the file without its ending.

    Returns:
        The file.

    Raises:
        FormatError: there is no such format, or it cannot be made here.
    """

    def word() -> Mapping[str, bytes]:
        return {".docx": _word(page_html, plan, day, across=True)}

    return _written(form, page_html, {"docx": word}, folder, stem)


def _written(
    form: str, page_html: str, others: Mapping[str, Callable[[], Mapping[str, bytes]]], folder: Path, stem: str
) -> tuple[Path, ...]:
    """Make the files of a format and write them, each in one step."""
    if form == "html":
        files: Mapping[str, bytes] = {".html": page_html.encode("utf-8")}
    elif form == "pdf":
        files = {".pdf": _pdf(page_html)}
    elif form in others:
        files = others[form]()
    else:
        raise FormatError(_("“{name}” is no format of this report.").format(name=form))
    written: Sequence[Path] = [folder / f"{stem}{ending}" for ending in files]
    for path, data in zip(written, files.values(), strict=True):
        write_bytes(path, data)
    return tuple(written)


def _pdf(page_html: str) -> bytes:
    from rdlib.reports import pdf

    try:
        return pdf.pdf(page_html)
    except pdf.PdfMissingError as error:
        raise FormatError(str(error)) from None


def _author(plan: Plan) -> str:
    return plan.organisation or plan.title or _("Delivery plan")


def _word(page_html: str, plan: Plan, day: date, *, across: bool = False) -> bytes:
    from rdlib.reports.word import word

    title = plan.title or _("Delivery plan")
    return word(page_html, plan=title, author=_author(plan), day=day, across=across)
