"""Write docs/tools.md: every tool of the kit, what is asked, and every finding with why it matters.

The page is made from the registry of exercises and the declarations of fields, so it cannot tell anything else than the
forms and the checks do. ``--check`` says whether it is up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import attrs

from rdlib.plan.fields import Field, Kind, fields_of
from rdlib.plan.parts import PARTS
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules import staleness
from rdlib.rules.registry import Exercise, exercises

PAGE = Path(__file__).parents[1] / "docs" / "tools.md"
HEAD = """# The tools of the kit

Made by `scripts/document.py` from what the forms and checks themselves use; `make docs` writes it anew.

Each tool has the id that it has in the method. A finding is ▲ missing, ◆ weak, ◐ a note or ● good. A tool in which
nothing was entered yet is "not attempted": never a failure.
"""


def _records() -> Iterator[type]:
    """Every record type of a plan, each once."""
    waiting: list[type] = [Plan, Priority, *(part.record for part in PARTS.values())]
    seen: list[type] = []
    while waiting:
        record = waiting.pop(0)
        if record not in seen and attrs.has(record):
            seen.append(record)
            waiting += [f.record for f in fields_of(record) if f.record]
    yield from seen


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _asked(tool: str) -> Iterator[tuple[Field, str]]:
    for record in _records():
        for field in fields_of(record):
            if field.tool == tool and field.kind is not Kind.RECORD:
                yield field, record.__name__


def _section(exercise: Exercise) -> Iterator[str]:
    yield f"## {exercise.id} {exercise.title}\n"
    scope = "the whole plan" if exercise.scope is Plan else "a priority"
    if exercise.case:
        scope = f"the practice case `exercises/{exercise.case}`"
    yield (
        f"{exercise.about} Done on {scope}, in `workbooks/{exercise.workbook}`; about {exercise.minutes} minutes. "
        f"In the report: section `{exercise.section}`.\n"
    )
    asked = list(_asked(exercise.id))
    if asked:
        yield "| what is asked | kind of answer | help |\n|---|---|---|"
        for field, _record in asked:
            yield f"| {_cell(field.label)} | {field.kind.value} | {_cell(field.help)} |"
        yield ""
    if exercise.case and any(e.kinds and set(exercise.kinds) > set(e.kinds) for e in exercises() if e is not exercise):
        yield "It is judged by the findings of the tools that it practises.\n"
        return
    if exercise.kinds:
        yield "| finding | code | why it matters |\n|---|---|---|"
        for kind in exercise.kinds:
            yield f"| {kind.severity.shape} {_cell(kind.title)} | `{kind.code}` | {_cell(kind.why)} |"
        yield ""


def _everywhere() -> Iterator[str]:
    yield "## On every answer that builds on another\n"
    yield (
        "An answer that points to another row (an outcome, an indicator, a strategy) is built on what that row says. "
        "The plan keeps beside it what the row said then. These findings stand at the answer, in every form and "
        "report; nothing is deleted, and one press in the form says that the answer still holds.\n"
    )
    yield "| finding | code | why it matters |\n|---|---|---|"
    for kind in staleness.KINDS:
        yield f"| {kind.severity.shape} {_cell(kind.title)} | `{kind.code}` | {_cell(kind.why)} |"


def page() -> str:
    """Return the page as it should be."""
    lines = [HEAD, *(line for each in exercises() for line in _section(each)), *_everywhere()]
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    """Write the page, or say whether it is up to date."""
    if sys.argv[1:] == ["--check"]:
        if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page():
            return 0
        print("docs/tools.md is not up to date; write it with `make docs`.", file=sys.stderr)
        return 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
