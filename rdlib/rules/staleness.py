"""What was built on an answer that has changed since, or that is gone: flagged, never deleted.

Every field that links to another row is built on what that row says (:mod:`rdlib.plan.built_on`). When the row no
longer stands, or says something else than when the answer was given, somebody should look at the answer again. Spaces,
case and punctuation are no change; neither is a target that says the same in other words, nor an answer that was only
filled in where nothing stood before.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from rdlib.plan.built_on import BUILT_ON, BuiltOn, telling
from rdlib.plan.fields import LISTS, Field, Kind
from rdlib.plan.indicator import Indicator
from rdlib.plan.linking import Around, linked_record, owner_of_link, row_path
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.reading import Setting, declared, read_answer
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.targets import Goal, goal_of, in_words, settings_of
from rdlib.words import _

# The tool of a finding is that of the field it was found at; these stand for it where none is declared.
GONE = FindingKind(
    "R0-built-on-gone", "0", Severity.WEAK, _("Built on something that is gone"),
    why=_("An answer that rests on nothing is still read as if it held, by everybody who does not know."),
)  # fmt: skip
CHANGED = FindingKind(
    "R0-built-on-changed", "0", Severity.WEAK, _("Built on something that has changed"),
    why=_("What was right for the earlier answer may be wrong for the new one, and nobody is told unless it is said."),
)  # fmt: skip

KINDS = (GONE, CHANGED)
CODES = frozenset(kind.code for kind in KINDS)


@attrs.frozen
class _Pointer:
    """An answer of a priority that points to rows: what it says, the paths of the rows, and their type."""

    answer: str
    field: Field
    targets: tuple[str, ...]
    paths: tuple[str, ...]
    record: type | None


def check(priority: Priority, plan: Plan) -> list[Finding]:
    """Return what is built on something that is gone or has changed.

    Args:
        priority: the priority.
        plan: its plan, for how its values are written.

    Returns:
        One finding of each kind for each answer; its tool is the tool that asks for the answer.

    >>> from rdlib.plan.priority import Outcome
    >>> lost = Priority(id="waits", indicators=(Indicator(id="i1", outcome="o9"),), outcomes=(Outcome(id="o1"),))
    >>> [finding.where for finding in check(lost, Plan())]
    ['priorities/waits/indicators/i1/outcome']
    """
    records = {(r.answer, r.rests_on): r for r in BUILT_ON.read(priority)}
    setting = Setting.of(plan)
    found: list[Finding] = []
    rows = _Rows(priority)
    for pointer in _pointers(priority, (Around(Priority, ""),)):
        where = f"priorities/{priority.id}/{pointer.answer}"
        gone, changed = [], []
        for target, path in zip(pointer.targets, pointer.paths, strict=True):
            record, row = records.get((pointer.answer, path)), rows.at(path)
            if row is None:
                gone.append(_gone(target, record, pointer.record))
            elif record is not None and (said := list(_changes(record, row, plan, setting))):
                changed += said
        if gone:
            found.append(
                _kind(GONE, pointer.field).at(
                    where, " ".join(gone), _("Choose what takes its place, or take the link out.")
                )
            )
        if changed:
            found.append(_kind(CHANGED, pointer.field).at(where, " ".join(changed), _look_again(pointer)))
    return found


def _look_again(pointer: _Pointer) -> str:
    """Say what to check: it may well be that only the words have changed."""
    if pointer.field.links_to == "outcomes" and pointer.answer.startswith("indicators/"):
        return _(
            "Check whether the indicator still measures this outcome. If so, confirm it; if not, change one of them."
        )
    if pointer.field.links_to == "indicators":
        return _("Check whether it still moves the number as it is now. If so, confirm it; if not, change it.")
    return _("Look at this answer again: change what no longer fits, or confirm that it still holds.")


def _kind(kind: FindingKind, field: Field) -> FindingKind:
    return attrs.evolve(kind, tool=field.tool or kind.tool)


def _pointers(record: Any, around: tuple[Around, ...]) -> Iterator[_Pointer]:
    """Give every answer that points to rows, with its path; what a row says that no longer stands is left out."""
    kind, here = around[-1].record, f"{around[-1].path}/" if around[-1].path else ""
    if _retired(record, kind):
        return
    for field in declared(kind):
        if field.record is BuiltOn or not (field.record or field.links_to):
            continue
        value, path = _value(record, field.name), f"{here}{field.name}"
        if field.kind is Kind.RECORD and field.record:
            yield from _pointers(value, (*around, Around(field.record, path)))
        elif field.kind is Kind.RECORDS and field.record:
            for place, row in enumerate(value, start=1):
                there = f"{path}/{getattr(row, 'id', '') or f'#{place}'}"
                yield from _pointers(row, (*around, Around(field.record, there)))
        elif value:
            named = value if field.kind in LISTS else (value,)
            targets = tuple(dict.fromkeys(text.strip() for text in named if text.strip()))
            owner = owner_of_link(field, around).path
            paths = tuple(row_path(owner, field.links_to or "", target) for target in targets)
            yield _Pointer(path, field, targets, paths, linked_record(field, around))


def _value(record: Any, name: str) -> Any:
    parts = getattr(record, "parts", {})
    return parts[name] if name in parts else getattr(record, name, ())


class _Rows:
    """The rows of a priority by their paths; each table is looked through once."""

    def __init__(self, priority: Priority) -> None:
        self._priority = priority
        self._tables: dict[str, dict[str, Any]] = {}

    def at(self, path: str) -> Any:
        """Return the row at a path; None where there is none."""
        table, _slash, id_ = path.rpartition("/")
        if table not in self._tables:
            owner, _slash, name = table.rpartition("/")
            record = self.at(owner) if owner else self._priority
            rows = _value(record, name) if record is not None else ()
            self._tables[table] = {row.id: row for row in rows or ()}
        return self._tables[table].get(id_)


def _retired(record: Any, kind: type) -> bool:
    """Whether a row says of itself that it no longer stands."""
    chosen = (field.choice(getattr(record, field.name, None)) for field in declared(kind) if field.choices)
    return any(choice is not None and choice.retires for choice in chosen)


# --- what changed ------------------------------------------------------------------------------------------------


def _gone(target: str, record: BuiltOn | None, kind: type | None) -> str:
    name = record.told.get(_first(kind)) if record and kind else None
    if not name:
        return _("It points to “{id}”, and the plan has no such row.").format(id=target)
    return _("It rests on “{name}”, which is no longer in the plan.").format(name=name)


def _changes(record: BuiltOn, row: Any, plan: Plan, setting: Setting) -> Iterator[str]:
    """Say in sentences what a row says now that it did not say then."""
    told = record.told
    kind: type = row.__class__
    name = str(getattr(row, _first(kind), None) or row.id).strip()
    for path, field in telling(kind):
        gives_up = any(choice.retires for choice in field.choices)
        if (path not in told and not gives_up) or _in_target(kind, path):
            continue
        then, now = told.get(path, ""), _text_of(_at(row, path))
        if not _differs(field, then, now):
            continue
        if path == _first(kind):
            yield _("“{then}”, on which it rests, now reads “{now}”.").format(then=then, now=now or _("nothing"))
        else:
            yield _("{label} of “{name}” was “{then}” and is now “{now}”.").format(
                label=field.label,
                name=name,
                then=_label(field, then) or _("nothing"),
                now=_label(field, now) or _("nothing"),
            )
    if isinstance(row, Indicator):
        yield from _target_changes(told, row, name, plan, setting)


def _first(kind: type) -> str:
    return next((path for path, _field in telling(kind)), "id")


def _at(record: Any, path: str) -> Any:
    for name in path.split("/"):
        record = getattr(record, name, None)
    return record


def _text_of(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _label(field: Field, text: str) -> str:
    choice = field.choice(text)
    return choice.label if choice else text


def _differs(field: Field, then: str, now: str) -> bool:
    if any(choice.retires for choice in field.choices):  # only that it was given up matters to those who built on it
        before, after = field.choice(then), field.choice(now)
        return bool(after and after.retires and not (before and before.retires))
    return core(then) != core(now)


def core(text: str) -> str:
    """Return what is left of a text without what is no change: spaces, case, punctuation.

    Signs stay that make another number or another unit of it.

    >>> core("Share of patients, within 4 hours") == core("share of  patients within 4 hours.")
    True
    >>> core("1.5 million") == core("15 million"), core("-5") == core("5"), core("5%") == core("5")
    (False, False, False)
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u2212", "-")
    kept = []
    for place, char in enumerate(folded):
        before, after = folded[place - 1 : place], folded[place + 1 : place + 2]
        inside = before.isdigit() and after.isdigit()
        sign = char == "-" and after.isdigit() and not before.isalnum()
        if unicodedata.category(char)[0] in "LMNS" or char in "%‰" or (char in ".,:/-" and inside) or sign:
            kept.append(char)
    return "".join(kept)


# --- targets -----------------------------------------------------------------------------------------------------


def _in_target(kind: type, path: str) -> bool:
    return kind is Indicator and path.startswith("target/")


def _target_changes(told: Mapping[str, str], now: Indicator, name: str, plan: Plan, setting: Setting) -> Iterator[str]:
    """Say how a target changed in what it asks for; the same in other words, or with a gap filled, is no change."""
    then = _as_told(told, now, setting)
    if then is None:
        return
    bare = attrs.evolve(then, target=now.target)
    old, new = goal_of(then, **settings_of(plan)), goal_of(bare, **settings_of(plan))
    if _same_aim(old, new, then, bare):
        return
    yield _("The target of “{name}” was “{then}” and is now “{now}”.").format(
        name=name, then=_aim(then, old), now=_aim(bare, new)
    )


def _as_told(told: Mapping[str, str], now: Indicator, setting: Setting) -> Indicator | None:
    """Return an indicator with the target as it was written down; None where none was."""
    unit = now.unit
    fields = {path.removeprefix("target/"): text for path, text in told.items() if _in_target(Indicator, path)}
    if not fields:
        return None
    kind: type = now.target.__class__
    values = {}
    for field in declared(kind):
        if field.name in fields:
            values[field.name] = read_answer(field, fields[field.name], setting, unit)
    return Indicator(id=now.id, unit=unit, direction=now.direction, target=kind(**values))


def _same_aim(old: Goal, new: Goal, then: Indicator, now: Indicator) -> bool:
    if old.due is not None and (new.due is None or old.due.end != new.due.end):
        return False
    before, after = _figures(old), _figures(new)
    if before and after:
        return before == after and (old.kind == new.kind or None in (old.kind, new.kind))
    words = then.target.wording
    return words is None or core(words) == core(now.target.wording or "")


def _figures(goal: Goal) -> tuple[object, ...]:
    """Return the numbers that a goal names; empty where it names none, or several that cannot be told apart."""
    if goal.change is not None:
        return goal.change
    return tuple(dict.fromkeys(each for each in (goal.low, goal.level, goal.high) if each is not None))


def _aim(indicator: Indicator, goal: Goal) -> str:
    words = (indicator.target.wording or "").strip()
    if words or not goal.readings:
        return words or _("no target")
    said = in_words(goal, indicator.unit)
    return _("{target}, by {due}").format(target=said, due=goal.due) if goal.due else said
