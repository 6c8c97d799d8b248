"""What the portfolio needs to know of one priority, as plain facts.

The report of a priority works them out and carries them beside its title, so the portfolio over a thousand priorities
neither judges them a second time nor holds them all in memory. Facts are made of texts and numbers alone: they are kept
in the executed notebook and in ``manifest.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import attrs

from rdlib.figures.html import Mark, mark_of
from rdlib.figures.progress import state_mark
from rdlib.figures.rule02 import answer_mark, verdict_mark
from rdlib.plan.assessment import Assessment
from rdlib.reports.overview import STATUSES, carries_target, last_assessment, standing
from rdlib.reports.sections import PriorityReport
from rdlib.rules import architecture
from rdlib.rules.commitments import commitments
from rdlib.rules.findings import Severity
from rdlib.rules.progress import of_checked
from rdlib.rules.r02_smart import Answer
from rdlib.rules.r02_targets import has_target
from rdlib.rules.r02_three_m import Verdict, verdict
from rdlib.rules.r07_pack import changes, pack
from rdlib.rules.targets import Status
from rdlib.words import _, plural

#: Counts when what is kept of a priority changes; facts of another number are worked out anew.
SCHEMA = 1

# From what asks for attention most to what asks for it least.
VERDICTS = (Verdict.FAILS, Verdict.OPEN, Verdict.NOT_ATTEMPTED, Verdict.PASSES)
ANSWERS = (Answer.NO, Answer.PARTLY, Answer.CANNOT_TELL, Answer.YES)

#: What changed since the last stocktake that makes a priority a mover; actions are counted by themselves.
MOVES = ("likelihood", "judgement", "figure", "target")

_ELEMENTS = {
    architecture.State.STANDS: Mark("●", _("stands"), 4),
    architecture.State.LACKING: Mark("◆", _("lacking"), 2),
    architecture.State.NOT_ATTEMPTED: Mark("–", _("not yet"), 0),
}
_NONE_YET = Mark("–", _("none yet"), 0)

V = TypeVar("V")
#: A cell of the heat map: shape, word and colour, and the small text below.
CellFacts = tuple[str, str, int, str]


@attrs.frozen(kw_only=True)
class Facts:
    """What the portfolio needs to know of one priority.

    Attributes:
        title: its title.
        likelihood: the likelihood of delivery as it was judged last, or None.
        rated_on: the day of that judgement (ISO), or None.
        history: all judgements of the likelihood known by the day of the report: day (ISO) and rating.
        targets: of each target that is asked about, where it stands: its status, and the word for it.
        found: how many findings there are, by severity.
        next_step: the first next step and the place it is about; empty where nothing is asked.
        cells: the cells of its row, by column.
        rules: for each rule the state of its exercises: shape, word, colour, and how many were begun.
        moves: what changed since the last stocktake: kind, what it is about, what changed, and 1, -1 or 0 for the way.
        overdue: what should have been done by now: what, owner, day (ISO) and tool.
    """

    title: str
    likelihood: int | None = None
    rated_on: str | None = None
    history: tuple[tuple[str, int], ...] = ()
    targets: tuple[tuple[str, str], ...] = ()
    found: Mapping[str, int] = {}
    next_step: tuple[str, str] | tuple[()] = ()
    cells: Mapping[str, CellFacts] = {}
    rules: Mapping[str, CellFacts] = {}
    moves: tuple[tuple[str, str, str, int], ...] = ()
    overdue: tuple[tuple[str, str, str, str], ...] = ()

    @property
    def aimed(self) -> bool:
        """Whether it has a target that can be judged."""
        return any(status != Status.NO_TARGET.value for status, _word in self.targets)

    @property
    def not_met(self) -> int:
        """How many of its targets are not met."""
        return sum(status == Status.NOT_MET.value for status, _word in self.targets)

    @property
    def urgency(self) -> int:
        """How soon it asks for attention, 1 first: what people judged and what the figures show count alike."""
        if self.likelihood == 1:
            return 1
        if self.likelihood == 2 or self.not_met:
            return 2
        if self.likelihood == 3 or self.found.get(Severity.MISSING.value) or not self.aimed:
            return 3
        return 4 if self.likelihood is None else 5

    @property
    def attention(self) -> tuple[int, bool, int, int, int, str]:
        """What rows are sorted by: the smallest first."""
        found = [-self.found.get(severity.value, 0) for severity in (Severity.MISSING, Severity.WEAK)]
        return self.urgency, self.aimed, -self.not_met, found[0], found[1], self.title

    @property
    def way(self) -> str:
        """How it moved since the last stocktake: ``better``, ``worse``, ``both``, ``changed``, or empty: not at all."""
        ways = {way for _kind, _about, _what, way in self.moves}
        if not self.moves:
            return ""
        return {(True, True): "both", (True, False): "better", (False, True): "worse"}.get(
            (1 in ways, -1 in ways), "changed"
        )


def facts_of(report: PriorityReport) -> Facts:
    """Return what the portfolio needs to know of the priority of a report."""
    priority, plan = report.priority, attrs.evolve(report.plan, priorities=(report.priority,))
    judged = [report.judged[i.id] for i in priority.indicators if carries_target(i, report.judged[i.id])]
    last = last_assessment(report)
    first = next((f for f in report.found if f.next_step), None)
    progress = of_checked(priority, report.checked)
    elements = architecture.elements(priority, plan)
    return Facts(
        title=report.title,
        likelihood=last.likelihood if last else None,
        rated_on=last.day.isoformat() if last and last.day and last.likelihood is not None else None,
        history=_history(priority.assessments, report.as_of),
        targets=tuple((each.status.value, standing(each).word) for each in judged),
        found={s.value: n for s in Severity if (n := sum(f.severity is s for f in report.found))},
        next_step=(first.next_step, report.name_of(first)) if first else (),
        cells={
            "targets": _targets(report),
            "findings": _findings(report),
            "three-m": _three_m(report),
            "smart": _smart(report),
            **{each.key: _cell((_ELEMENTS[each.state], _how_much(each))) for each in elements},
        },
        rules={
            str(rule.rule): _cell((state_mark(rule.state), _begun(rule.begun, len(rule.steps)) if rule.begun else ""))
            for rule in progress.rules
        },
        moves=tuple(
            (each.kind, each.about, each.what, each.way)
            for each in changes(pack(plan, report.as_of), plan)
            if each.kind in MOVES
        ),
        overdue=tuple(
            (each.what, each.owner, each.due.isoformat(), each.tool)
            for each in commitments(plan, report.as_of)
            if each.due is not None and each.priority == priority.id and each.overdue(report.as_of)
        ),
    )


def as_json(facts: Facts) -> dict[str, Any]:
    """Return facts as they are kept."""
    return {"schema": SCHEMA, **attrs.asdict(facts)}


def from_json(kept: Mapping[str, Any] | None) -> Facts | None:
    """Return facts that were kept; None where there are none that this version can use.

    >>> from_json(as_json(Facts(title="Waits", history=(("2027-01-01", 2),)))).history
    (('2027-01-01', 2),)
    >>> from_json({"schema": 0, "title": "Waits"}) is None
    True
    """
    if not kept or kept.get("schema") != SCHEMA:
        return None
    values = {name: value for name, value in kept.items() if name != "schema"}
    try:
        for name in ("history", "targets", "moves", "overdue"):
            values[name] = tuple(tuple(each) for each in values[name])
        values["next_step"] = tuple(values["next_step"])
        for name in ("cells", "rules"):
            values[name] = {key: tuple(each) for key, each in values[name].items()}
        return Facts(**values)
    except (KeyError, TypeError):
        return None  # somebody wrote into it; it can be worked out anew


def _history(assessments: Iterable[Assessment], until: date) -> tuple[tuple[str, int], ...]:
    known = [(a.day, a.likelihood) for a in assessments if a.day is not None and a.day <= until]
    return tuple((day.isoformat(), rating) for day, rating in sorted(known, key=lambda k: k[0]) if rating is not None)


# --- the cells of a row ---------------------------------------------------------------------------------------------


def _cell(what: Any) -> CellFacts:
    mark, text = what if isinstance(what, tuple) else (what, "")
    mark = mark_of(mark)
    return mark.shape, mark.word, mark.look, text


def _begun(some: int, of: int) -> str:
    return _("{some} of {all} begun").format(some=some, all=of)


def _how_much(element: architecture.Element) -> str:
    return "" if element.key == "leaders" else ", ".join(element.has)


def _worst(values: Iterable[V], order: Sequence[V]) -> V | None:
    found = set(values)
    return next((value for value in order if value in found), None)


def _targets(report: PriorityReport) -> CellFacts:
    judged = [report.judged[i.id] for i in report.priority.indicators if carries_target(i, report.judged[i.id])]
    worst = min(judged, key=lambda each: STATUSES.index(each.status), default=None)
    if worst is None:
        return _cell(_NONE_YET)
    words = [(each.status.value, standing(each).word) for each in judged]
    alike = len({word for _status, word in words}) == 1
    return _cell((standing(worst), plural("{n} target", "{n} targets", len(judged)) if alike else counted_words(words)))


def counted_words(targets: Iterable[tuple[str, str]]) -> str:
    """Return how many targets stand where, in words, what asks for attention first.

    >>> counted_words([("future", "not due yet"), ("not-met", "not met"), ("future", "not due yet")])
    '1 not met, 2 not due yet'
    """
    order = [status.value for status in STATUSES]
    words = [word for status, word in sorted(targets, key=lambda t: order.index(t[0]) if t[0] in order else -1)]
    return ", ".join(f"{words.count(word)} {word}" for word in dict.fromkeys(words))


def _findings(report: PriorityReport) -> CellFacts:
    count = {severity: sum(f.severity is severity for f in report.found) for severity in Severity}
    worst = next((severity for severity, n in count.items() if n), None)
    if worst is None:
        return _cell(_NONE_YET)
    return _cell((worst, ", ".join(f"{n} {severity.word}" for severity, n in count.items() if n)))


def _three_m(report: PriorityReport) -> CellFacts:
    indicators = report.priority.indicators
    kept = [i for i in indicators if verdict(i) is not Verdict.FAILS or carries_target(i, report.judged[i.id])]
    verdicts = [verdict(indicator) for indicator in kept]
    worst = _worst(verdicts, VERDICTS)
    if worst is None:
        return _cell(_NONE_YET)
    said = [_("{some} of {all} pass").format(some=verdicts.count(Verdict.PASSES), all=len(verdicts))]
    if len(kept) < len(indicators):
        said.append(_("{n} kept out").format(n=len(indicators) - len(kept)))
    return _cell((verdict_mark(worst), ", ".join(said)))


def _smart(report: PriorityReport) -> CellFacts:
    answers = [
        judgement.answer
        for indicator in report.priority.indicators
        if has_target(indicator) and carries_target(indicator, report.judged[indicator.id])
        for judgement in report.judged[indicator.id].judgements
    ]
    worst = _worst(answers, ANSWERS)
    if worst is None:
        return _cell(_NONE_YET)
    hold = _("{some} of {all} letters hold").format(some=answers.count(Answer.YES), all=len(answers))
    return _cell((answer_mark(worst), hold))
