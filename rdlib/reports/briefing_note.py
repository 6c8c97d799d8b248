"""The briefing note of a priority for a minister: two pages of Word, the verdict first, then what is asked."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rdlib.figures.html import Mark, mark_of
from rdlib.figures.records import answer_text
from rdlib.figures.rule07_stocktake import WAYS
from rdlib.plan.fields import field_of
from rdlib.plan.risks import Risk
from rdlib.plan.values import format_when
from rdlib.reports import docx_parts as parts
from rdlib.reports.docx_parts import Look, shortened
from rdlib.reports.overview import (
    STATUSES,
    carries_target,
    changed_since,
    finding_said,
    in_a_sentence,
    is_made_up,
    last_assessment,
    last_value,
    standing,
    target_said,
)
from rdlib.reports.pagetree import main_of, report_part, words
from rdlib.reports.sections import PriorityReport
from rdlib.rules import trend
from rdlib.rules.briefing import Briefing, briefing
from rdlib.rules.r05_risks import named
from rdlib.words import _, format_date, plural

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

#: How much of each kind two pages hold.
ASKED, TARGETS, CHANGES, RISKS, OVERDUE, AHEAD = 4, 5, 5, 4, 3, 6
_BOLD, _QUIET = Look(bold=True), Look(quiet=True)
_CHART = 118  # millimetres


def briefing_note(report: PriorityReport, page_html: str) -> bytes:
    """Return the briefing note of a priority as a Word document of two pages.

    Args:
        report: the report of the priority.
        page_html: its page, from which the chart of its first target is taken.
    """
    told = briefing(report.plan, report.priority, report.as_of, report.found)
    plan = report.plan.title or _("Delivery plan")
    title = _("Briefing note: {priority}").format(priority=report.title)
    made = parts.new_document(title, plan, report.plan.organisation or plan, report.as_of)
    parts.header_and_footer(made, plan, report.as_of, title)
    note = _Note(made, report, told)
    note.verdict()
    note.asked()
    note.targets()
    note.chart(page_html)
    note.changed()
    note.risks()
    note.dates()
    note.foot()
    return parts.to_bytes(made)


class _Note:
    """Writes the parts of a briefing note one after the other."""

    def __init__(self, made: Document, report: PriorityReport, told: Briefing) -> None:
        self.made, self.report, self.told = made, report, told

    def _line(self, style: str | None = None) -> Paragraph:
        return self.made.add_paragraph(style=style)

    def _heading(self, text: str) -> None:
        heading = self.made.add_heading(level=1)
        heading.paragraph_format.space_before = parts.points(9)
        heading.paragraph_format.space_after = parts.points(3)
        parts.write(heading, text)

    def _nothing(self, text: str) -> None:
        parts.write(self._line("Note"), text)

    def _more(self, count: int) -> None:
        if count > 0:
            more = plural("{n} more in the full report.", "{n} more in the full report.", count)
            parts.write(self._line("Note"), more)

    def verdict(self) -> None:
        """Write the title, where it stands in a sentence, how likely delivery is, and who answers for it."""
        report = self.report
        parts.write(self._line("Title"), shortened(report.title, 90))
        day = _("as of {day}").format(day=format_date(report.as_of))
        said = [_("Briefing note"), report.plan.organisation or report.plan.title or "", day]
        parts.write(self._line("Note"), " · ".join(shortened(each, 90) for each in said if each))
        parts.write(self._line("Verdict"), in_a_sentence(report))
        last = last_assessment(report)
        line = self._line()
        parts.write(line, _("Likelihood of delivery:") + " ", _BOLD)
        self._mark(line, mark_of(last.likelihood if last else None))
        if last is not None and last.day is not None:
            parts.write(line, " " + _("as judged on {day}").format(day=format_date(last.day)) + ". ")
            if last.illustrative:
                parts.write(line, _("Illustrative.") + " ", _QUIET)
            parts.write(line, shortened(last.likelihood_why or "", 260))
        leaders = [report.plan.person(leader) or leader for leader in report.priority.leaders]
        line = self._line()
        parts.write(line, _("Accountable:") + " ", _BOLD)
        parts.write(line, shortened(", ".join(leaders), 160) or _("nobody yet"))
        if report.priority.summary:
            parts.write(self._line(), shortened(report.priority.summary, 420))

    def _mark(self, line: Paragraph, mark: Mark) -> None:
        parts.write(line, f"\u00a0{mark.shape}\u00a0{mark.word}\u00a0".replace(" ", "\u00a0"), Look(rating=mark.look))

    def asked(self) -> None:
        """Write what is asked of the reader."""
        self._heading(_("What is asked"))
        chosen = self.told.asked[:ASKED]
        if not chosen:
            self._nothing(_("Nothing: no decision is waiting, and the checks ask for no next step."))
        for each in chosen:
            line = self._line("List Number")
            if each.decision:
                parts.write(line, _("Decision wanted:") + " ", _BOLD)
            parts.write(line, shortened(each.what, 240))
            if each.where:
                about = next((f for f in self.report.found if f.where == each.where), None)
                if about is not None:
                    parts.write(line, f" ({shortened(self.report.name_of(about), 90)})", Look(small=True, quiet=True))

    def targets(self) -> None:
        """Write where each target stands, those that ask for attention first."""
        self._heading(_("Where each target stands"))
        report = self.report
        every = [i for i in report.priority.indicators if carries_target(i, report.judged[i.id])]
        every.sort(key=lambda i: STATUSES.index(report.judged[i.id].status))
        if not every:
            self._nothing(in_a_sentence(report))
            return
        rows: list[list[str | Mark]] = []
        for indicator in every[:TARGETS]:
            value = words_of(last_value(report, indicator))
            stands = finding_said(report, indicator) if trend.latest(indicator, report.as_of) is not None else ""
            rows.append(
                [
                    shortened(indicator.name or indicator.id, 110),
                    standing(report.judged[indicator.id]),
                    shortened(words_of(target_said(indicator, report.judged[indicator.id])), 130),
                    value,
                    shortened(stands, 110),
                ]
            )
        headers = [_("Indicator"), _("Status"), _("Target"), _("Latest value"), _("Against the target")]
        self._table(headers, rows, [50, 26, 38, 26, 34], _("Where each target stands"))
        self._more(len(every) - TARGETS)

    def _table(
        self, headers: Sequence[str], rows: Sequence[Sequence[str | Mark]], widths: Sequence[float], title: str
    ) -> None:
        table = parts.new_table(self.made, widths, len(rows) + 1, title=title)
        for header, cell in zip(headers, parts.cells(table, 0), strict=True):
            cell.shade(parts.SOFT)
            parts.write(cell.paragraph, header, _BOLD)
        for place, row in enumerate(rows, start=1):
            for number, (text, cell) in enumerate(zip(row, parts.cells(table, place), strict=True)):
                if isinstance(text, Mark):
                    self._mark(cell.paragraph, text)
                else:
                    parts.write(cell.paragraph, text, Look(bold=number == 0))

    def chart(self, page_html: str) -> None:
        """Write the chart of the target that asks for attention most, as the page shows it."""
        pictures = main_of(report_part(page_html)).xpath(".//section[@id='progress']//img")
        if not pictures:
            return
        image = pictures[0]
        line = self._line()
        line.paragraph_format.space_before = parts.points(6)
        data = base64.b64decode((image.get("src") or "").partition("base64,")[2])
        parts.picture(line, data, _CHART, says=image.get("alt") or _("Chart"))

    def changed(self) -> None:
        """Write what changed since somebody last looked."""
        self._heading(changed_since(self.told))
        chosen = self.told.changed[:CHANGES]
        if not chosen:
            self._nothing(_("Nothing that the plan records."))
        for each in chosen:
            line = self._line("List Bullet")
            self._mark(line, WAYS[each.way])
            parts.write(line, f" {shortened(each.about, 110)}: ", _BOLD)
            parts.write(line, shortened(each.what, 150))
        self._more(len(self.told.changed) - CHANGES)

    def risks(self) -> None:
        """Write what could throw it off, and what is done about it."""
        self._heading(_("Risks"))
        if not self.told.risks:
            self._nothing(_("The plan names no risk yet."))
            return
        rows = []
        for risk in self.told.risks[:RISKS]:
            how = [self._said(risk, name) for name in ("likelihood", "effect")]
            owner = [(self.report.plan.person(risk.owner) or "").strip(), format_when(risk.by) if risk.by else ""]
            rows.append(
                [
                    shortened(named(risk), 110),
                    ", ".join(filter(None, how)) or _("not rated"),
                    shortened(risk.answer or _("nothing yet"), 170),
                    shortened(", ".join(filter(None, owner)), 80) or _("nobody yet"),
                ]
            )
        headers = [_("Risk"), _("How likely, how bad"), _("What is done about it"), _("Who, by when")]
        self._table(headers, rows, [50, 24, 62, 38], _("Risks"))
        self._more(len(self.told.risks) - RISKS)

    def _said(self, risk: Risk, name: str) -> str:
        return answer_text(field_of(Risk, name), getattr(risk, name)) or ""

    def dates(self) -> None:
        """Write what is overdue, and what comes next."""
        overdue, ahead = self.told.overdue, self.told.ahead
        self._heading(_("Next dates"))
        if not overdue and not ahead:
            self._nothing(_("Nothing is due on a day: the plan has no milestone, action or routine with a date ahead."))
            return
        rows: list[list[str | Mark]] = [
            [
                format_date(each.due) if each.due else "",
                Mark("▲", _("overdue"), 1),
                shortened(each.what, 130),
                shortened(each.owner, 70) or _("nobody yet"),
            ]
            for each in overdue[:OVERDUE]
        ]
        rows += [
            [format_date(each.day), "", shortened(each.what, 130), shortened(each.owner, 70)]
            for each in ahead[: AHEAD + OVERDUE - len(rows)]
        ]
        headers = [_("Day"), _("State"), _("What"), _("Who")]
        widths = [32.0, 22.0, 76.0, 44.0]
        if not overdue:
            headers.pop(1)
            widths = [32.0, 90.0, 52.0]
            rows = [[row[0], *row[2:]] for row in rows]
        self._table(headers, rows, widths, _("Next dates"))

    def foot(self) -> None:
        """Write where all this comes from."""
        lines = [
            _("Worked out from the delivery plan as of {day}; nothing measured or decided after that day is in it.")
        ]
        if is_made_up(self.report):
            lines.append(_("Some figures are made up to practise with; the full report says which."))
        line = self._line("Note")
        line.paragraph_format.space_before = parts.points(6)
        parts.write(line, " ".join(lines).format(day=format_date(self.report.as_of)))


def words_of(fragment: str) -> str:
    """Return the text of a safe fragment.

    >>> words_of("91.2%<br>A &amp; E")
    '91.2% A & E'
    """
    from lxml import html

    return words(html.fragment_fromstring(fragment.replace("<br>", " "), create_parent="div"))
