"""The static faces of rule 2: the 3M evaluation, the SMART verdicts and the change log of an indicator."""

from __future__ import annotations

from rdlib.figures.html import Cell, Html, Mark, badge, e, inline, nothing, table
from rdlib.figures.records import answer_text, record_table, target_words
from rdlib.plan.fields import field_of
from rdlib.plan.indicator import Indicator, ThreeM
from rdlib.plan.plan import Plan
from rdlib.rules import r02_three_m as three_m
from rdlib.rules.r02_smart import Answer, Smart
from rdlib.rules.targets import Status
from rdlib.words import _

_LOOK = {Answer.YES: 4, Answer.PARTLY: 3, Answer.NO: 1, Answer.CANNOT_TELL: 0}
_VERDICT = {
    three_m.Verdict.PASSES: ("●", 4),
    three_m.Verdict.FAILS: ("▲", 1),
    three_m.Verdict.OPEN: ("◐", 3),
    three_m.Verdict.NOT_ATTEMPTED: ("–", 0),
}
_STATUS = {
    Status.MET: ("●", 4),
    Status.NOT_MET: ("▲", 1),
    Status.FUTURE: ("–", 0),  # neither good nor bad: it is judged once it is due
    Status.NO_DATA: ("–", 0),
    Status.NO_TARGET: ("–", 0),
}


def verdict_mark(verdict: three_m.Verdict) -> Mark:
    """Return the shape, word and colour of a verdict of the 3M evaluation (tool 2.1)."""
    shape, look = _VERDICT[verdict]
    return Mark(shape, verdict.word, look)


def verdict_badge(indicator: Indicator) -> Html:
    """Return the verdict of the 3M evaluation as a badge (tool 2.1)."""
    return badge(verdict_mark(three_m.verdict(indicator)))


def status_mark(status: Status) -> Mark:
    """Return the shape, word and colour of where a target stands."""
    shape, look = _STATUS[status]
    return Mark(shape, status.word, look)


def status_badge(status: Status) -> Html:
    """Return where a target stands as a badge; a figure that is missing is never shown as a failure."""
    return badge(status_mark(status))


def answer_mark(answer: Answer) -> Mark:
    """Return the shape, word and colour of how a letter of SMART was judged (tool 2.2)."""
    return Mark(answer.shape, answer.word, _LOOK[answer])


def _yes_no(answer: bool | None) -> Cell:
    if answer is None:
        return nothing(_("not answered"))
    return badge(Mark("●", _("yes"), 4) if answer else Mark("▲", _("no"), 1))


def three_m_table(indicator: Indicator, plan: Plan) -> Html:
    """Return the 3M evaluation of an indicator as a table, with what is known of its data (Rule 2, tool 2.1)."""
    m = indicator.three_m
    rows: list[list[Cell]] = []
    for name, question in (
        ("meaningful", _("Meaningful?")),
        ("moveable", _("Moveable?")),
        ("measurable", _("Measurable?")),
    ):
        reason = getattr(m, f"{name}_why")
        extra = _measuring(m, plan) if name == "measurable" else _lever(m) if name == "moveable" else ""
        said = inline(reason) if reason and reason.strip() else nothing(_("no reason given"))
        rows.append([question, _yes_no(getattr(m, name)), Html(f"{said}{extra}")])
    name = indicator.name or indicator.id
    return Html(
        table([_("Question"), _("Answer"), _("Reason and data")], rows, _("3M evaluation: {name}").format(name=name))
        + f'<p class="rd">{e(_("Verdict:"))} {verdict_badge(indicator)}</p>'
    )


def _lever(m: ThreeM) -> str:
    said = answer_text(field_of(ThreeM, "lever"), m.lever)
    return f"<br><strong>{e(_('How:'))}</strong> {inline(said)}" if said else ""


def _measuring(m: ThreeM, plan: Plan) -> str:
    parts = []
    for name in ("sources", "collected_how", "frequency", "breakdowns", "data_owner"):
        field = field_of(ThreeM, name)
        said = answer_text(field, getattr(m, name), plan)
        if said:
            parts.append(f"<br><strong>{inline(field.label)}:</strong> {inline(said.replace(chr(10), '; '))}")
    return "".join(parts)


def smart_table(indicator: Indicator, judged: Smart) -> Html:
    """Return the five letters of SMART, each with its verdict and evidence (Rule 2, tool 2.2)."""
    rows: list[list[Cell]] = [
        [
            j.label,
            badge(answer_mark(j.answer)),
            Html("<br>".join(inline(line) for line in j.evidence)),
        ]
        for j in judged.judgements
    ]
    caption = _("SMART: {target}").format(target=target_words(indicator) or _("no target yet"))
    return table([_("Letter"), _("Verdict"), _("Evidence")], rows, caption)


def change_log(indicator: Indicator, plan: Plan) -> Html:
    """Return the dated changes of a target with their reasons (Rule 2, tool 2.3); empty where there are none."""
    if not indicator.changes:
        return Html("")
    return record_table(
        indicator.changes,
        _("Changes of the target: {name}").format(name=indicator.name or indicator.id),
        only=("day", "was", "reason", "decided_by", "public"),
        plan=plan,
        unit=indicator.unit,
    )
