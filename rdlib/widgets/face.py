"""The static face of a form: what stands in it and what was found, as tables that need no kernel and no script."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rdlib.figures.html import Cell, Html, e, finding_list, inline, not_attempted, page_style, table
from rdlib.figures.records import answer, none_yet, place_name
from rdlib.plan.fields import Field, Kind
from rdlib.rules.findings import Finding
from rdlib.widgets.sheet import Node, Sheet
from rdlib.words import _

if TYPE_CHECKING:
    from rdlib.plan.store import Reading


class _Face:
    def __init__(self, sheet: Sheet, reading: Reading) -> None:
        self.sheet, self.plan = sheet, reading.plan
        self.problems = {problem.where: problem for problem in reading.problems}
        self.waiting = False

    def node(self, node: Node) -> list[Html]:
        if node["is"] == "gone":
            return [Html(f"<p>{inline(node['title'] or node['path'])}: {e(_('no longer in the plan.'))}</p>")]
        if node["is"] == "table":
            return self.rows(node)
        return self.record(node["title"] or _("Your answers"), node["items"])

    def record(self, title: str, items: Sequence[Node]) -> list[Html]:
        """Show the answers of a record as one table and its groups and tables after it; what is open takes one line."""
        given = [item for item in items if item["is"] == "field" and self.given(item)]
        out = []
        if given:
            rows: list[list[Cell]] = [[self.label(item), self.cell(item["path"])] for item in given]
            out.append(table([_("Asked"), _("Answer")], rows, title))
        if waiting := [self.name(item) for item in items if not self.given(item)]:
            out.append(self.open(waiting, "" if given else title))
        for item in items:
            if item["is"] == "group" and self.given(item):
                out += self.record(f"{title} › {item['title']}", item["items"])
            elif item["is"] == "table" and self.given(item):
                out += self.rows({**item, "title": f"{title} › {item['title']}"})
        return out

    def rows(self, node: Node) -> list[Html]:
        title, rows = node["title"], node["rows"]
        if not rows:
            return [none_yet(title)]
        named = {row["path"]: self.sheet.rows[row["path"]] for row in rows}
        answered = [[item for item in row["items"] if self.given(item)] for row in rows]
        if node["cards"] and (len(rows) == 1 or any(len(items) > 1 for items in answered) or not all(named.values())):
            out: list[Html] = []
            for place, row in enumerate(rows, start=1):
                name = named[row["path"]] or _("Row {n}").format(n=place)
                out += self.record(f"{title} › {name}", row["items"])
            return out
        items = rows[0]["items"]
        shown = [n for n in range(len(items)) if any(self.given(row["items"][n]) for row in rows)]
        waiting = [self.name(item) for n, item in enumerate(items) if n not in shown]
        if not shown:
            return [self.open(waiting, title)]
        cells: list[list[Cell]] = [[self.cell(row["items"][n]["path"]) for n in shown] for row in rows]
        found = [table([self.label(items[n]) for n in shown], cells, title)]
        return [*found, self.open(waiting, "")] if waiting else found

    def given(self, item: Node) -> bool:
        """Whether anything was entered in a field, a group or a table."""
        if item["is"] == "field":
            return bool(self.sheet.values[item["path"]]) or item["path"] in self.problems
        return bool(item["rows"]) if item["is"] == "table" else any(map(self.given, item["items"]))

    def open(self, names: Sequence[str], title: str) -> Html:
        """Say in a line what was not answered yet."""
        self.waiting = True
        said = _("Not answered yet: {names}.").format(names=", ".join(name.rstrip("?") for name in names))
        head = f"<strong>{inline(title)}</strong><br>" if title else ""
        return Html(f'<p class="rd rd-empty">{head}{inline(said)}</p>')

    def name(self, item: Node) -> str:
        return self.label(item) if item["is"] == "field" else str(item["title"])

    def label(self, item: Node) -> str:
        return self.sheet.fields[item["path"]].label

    def cell(self, path: str) -> Html:
        field = self.sheet.fields[path]
        if path in self.problems:
            text = self.sheet.values[path]
            shown = "\n".join(text) if isinstance(text, list) else text
            refused = _("cannot be read; accepted: {forms}").format(forms=self.problems[path].accepted)
            return Html(f"{inline(shown)} <em>({inline(refused)})</em>")
        head, id_ = path.split("/")[:2]
        priority = self.plan.priority(id_) if head == "priorities" else None
        value, unit = _value(priority if head == "priorities" else self.plan, path, field)
        return answer(field, value, self.plan, priority=priority, unit=unit)


def _value(owner: Any, path: str, field: Field) -> tuple[Any, str | None]:
    """Return the value at a path, and the unit of the indicator that it belongs to."""
    unit = None
    steps = iter(path.split("/")[2 if path.startswith("priorities/") else 1 :])
    for step in steps:
        if isinstance(owner, tuple):
            rows = {getattr(row, "id", "") or f"#{place}": row for place, row in enumerate(owner, start=1)}
            owner = rows.get(step)
        else:
            unit = getattr(owner, "unit", unit)
            parts = getattr(owner, "parts", {})
            owner = parts[step] if step in parts else getattr(owner, step, None)
        if owner is None:
            break
    return (owner, unit) if field.kind is not Kind.ID else (None, unit)


class Shown:
    """A widget that is shown in a notebook cell together with its static face.

    Attributes:
        fills_in: whether something can be entered in it: where it is not alive, the reader is told how to.
    """

    fills_in = True

    def face(self) -> Html:
        """Return what stands in it, as HTML that needs no kernel and no script; empty where that is nothing."""
        return Html("")

    def _ipython_display_(self) -> None:
        """Show the static face and the live widget as two outputs of the cell: whichever can be seen is.

        A widget that is looked at without its kernel (the notebook is opened the next day, or on a code host) shows an
        error and nothing else. So the face is an output of its own before it, which is hidden while the widget lives.
        """
        if os.environ.get("RDLIB_STATIC") == "1":
            raise NotImplementedError  # then the face alone is shown, as the result of the cell
        from IPython.display import display

        todo = _("To fill this in, run this page: menu Run, then Run All Cells.")
        child, dead = ".jp-OutputArea-child", ".jp-OutputArea-child>.jupyter-widgets:not(:has(*))"
        style = (
            f"{child}:has(.rdf-face)~{dead}{{font-size:0}}"
            f"{child}:has(.rdf-todo)~{dead}::after{{content:{_css(todo)};font:16px/1.5 system-ui,sans-serif}}"
            f"{child}:has(.rdf-face):has(+{child}>.jp-OutputArea-output>.lm-Widget){{display:none}}"
        )
        kind = "rdf-face rdf-todo" if self.fills_in else "rdf-face"
        face = f'<style>{style}</style><div class="{kind}">{self.face()}</div>'
        # IPython carries no types for display
        display({"text/html": face, "text/plain": ""}, raw=True)  # type: ignore[no-untyped-call]
        bundle = self._repr_mimebundle_()  # type: ignore[attr-defined]  # of the widget
        live = bundle[0] if isinstance(bundle, tuple) else bundle
        rest = {kind: data for kind, data in live.items() if kind != "text/html"}
        plain = todo if self.fills_in else ""
        display({**rest, "text/plain": plain}, raw=True)  # type: ignore[no-untyped-call]


def _css(text: str) -> str:
    """Write a text as CSS quotes it."""
    quoted = json.dumps(text, ensure_ascii=True)
    return re.sub(r"\\u([0-9a-f]{4})", r"\\\1 ", quoted)


def static_face(sheet: Sheet, reading: Reading, title: str, findings: Sequence[Finding] | None) -> Html:
    """Return what stands in a form, and what was found.

    Args:
        sheet: the form as it is laid out.
        reading: the plan as it was read.
        title: the heading of the form; empty for none.
        findings: what the checks found; None when nothing is checked.
    """
    face = _Face(sheet, reading)
    parts = [html for node in sheet.nodes for html in face.node(node)]
    if findings is not None and not sheet.attempted:
        parts.insert(0, not_attempted(title or _("This part")))
        title = ""
    elif findings:
        names = {finding.where: place_name(finding.where, reading.plan) for finding in findings}
        parts.append(finding_list(findings, paths=names))
    elif findings is not None and not face.waiting:  # where something is open, "nothing found" would sound like praise
        parts.append(finding_list(()))
    heading = f"<h3>{inline(title)}</h3>" if title else ""
    return Html(f'{page_style()}<div class="rd">{heading}{"".join(parts)}</div>')
