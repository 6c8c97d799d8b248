"""From an executed report notebook to one self-contained page: no code, no script, no request to anywhere.

nbconvert does the work with a template of our own (``templates/html``). What the page is called, its language and its
contents come from the notebook's outputs: each :class:`Display` carries them as metadata beside its HTML.

A page has two parts: the report itself, in the order of the cells, and after it the working papers, folded up rule by
rule. A browser unfolds them for a link or a search that leads into them; paper gets those that are open.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs

from rdlib.words import _, format_date, language, plain

if TYPE_CHECKING:
    from datetime import date

    from nbconvert.exporters import HTMLExporter
    from nbformat import NotebookNode


@attrs.frozen
class Page:
    """What a page says of itself.

    Attributes:
        title: title of the window.
        plan: title of the plan it is made from.
        as_of: the day for which it is made; None for a page that belongs to no day.
        inputs: the plan's files that went into it, by their path in the plan's folder, with the hash of each.
        wide: whether it holds a wide table: it then has no column beside it, and is printed across.
        row: what the portfolio needs to know of it (:func:`rdlib.reports.rows.as_json`); empty for other pages.
    """

    title: str
    plan: str
    as_of: date | None
    inputs: Mapping[str, str] = {}
    wide: bool = False
    row: Mapping[str, Any] = {}


@attrs.frozen(repr=False)
class Display:
    """What a template cell shows: HTML, with what the page must know of it as the output's metadata.

    Attributes:
        html: safe HTML.
        anchor: the section's anchor on the page; empty when it is no section.
        title: the section's heading; empty for one that the contents need not list.
        page: given by the first cell of a template alone, whose HTML is only a style for notebooks.
        rule: the rule among whose working papers it stands; None for what belongs to the report itself.
        waiting: what nobody has begun yet, by its title; a page says so in one line for all of a rule.
    """

    html: str
    anchor: str = ""
    title: str = ""
    page: Page | None = None
    rule: int | None = None
    waiting: str = ""

    def __repr__(self) -> str:
        """Say which section it is, and nothing that changes from run to run."""
        return f"<{self.title or self.anchor or 'page'}>"

    def _repr_html_(self) -> str:
        return self.html

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, str], dict[str, Any]]:
        facts: dict[str, Any] = {"anchor": self.anchor, "title": self.title}
        facts |= {"rule": self.rule} if self.rule is not None else {}
        facts |= {"waiting": self.waiting} if self.waiting else {}
        if self.page is not None:
            day = self.page.as_of
            facts["page"] = {**attrs.asdict(self.page), "as_of": day.isoformat() if day else None}
        return {"text/html": self.html, "text/plain": repr(self)}, {"rdlib": facts}


def title_display(page: Page) -> Display:
    """Return what the first cell of a template shows: the title, and the style for a notebook where it is live.

    A page has both in its frame, and takes from this only what is said of it. A notebook that is run to be stored
    (``RDLIB_STATIC``) goes without the style: it would be stored with it.
    """
    from rdlib.figures.html import e, page_style

    style = "" if os.environ.get("RDLIB_STATIC") else page_style()
    return Display(f"{style}<h1>{e(page.title)}</h1>", page=page)


def css_string(text: str) -> str:
    r"""Return ``text`` as a quoted string of a style sheet, whatever stands in it.

    >>> print(css_string('Waits "now" </style>'))
    "Waits \22 now\22  \3c \2f style\3e "
    """
    return '"' + "".join(c if c.isalnum() or c in " .,:-" else f"\\{ord(c):x} " for c in text) + '"'


@cache
def _exporter_type() -> type[HTMLExporter]:
    from nbconvert.exporters import HTMLExporter, TemplateExporter

    class ReportExporter(HTMLExporter):
        """nbconvert's exporter without its second pass.

        The second pass parses the whole page again, only to mark code cells and pictures without a text alternative:
        our pages have neither.
        """

        def from_notebook_node(  # type: ignore[override]  # as in nbconvert's own class
            self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
        ) -> tuple[str, dict[str, Any]]:
            return TemplateExporter.from_notebook_node(self, nb, resources, **kw)

    return ReportExporter


@cache
def _exporter() -> HTMLExporter:
    from rdlib import paths

    return _exporter_type()(
        extra_template_basedirs=[str(paths.templates())],
        template_name="html",
        exclude_input=True,
        exclude_anchor_links=True,
    )


def warm_up() -> None:
    """Get ready what every page needs, in a process that will fork: the template, and the style."""
    from rdlib.figures.html import css

    page = Page("", "", None)
    css()
    page_of_displays([Display("", page=page), Display("<p></p>", "a", "A"), Display("<p></p>", "b", "B", rule=1)])


def about(notebook: NotebookNode) -> list[dict[str, Any]]:
    """Return what the displays of an executed notebook say of themselves, in order."""
    return [
        output.metadata["rdlib"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "rdlib" in output.get("metadata", {})
    ]


def page_of(notebook: NotebookNode) -> Page | None:
    """Return what an executed notebook says of its page; None when it never came to that."""
    from datetime import date

    facts = next((a["page"] for a in about(notebook) if "page" in a), None)
    if facts is None:
        return None
    day = date.fromisoformat(facts["as_of"]) if facts["as_of"] else None
    return Page(facts["title"], facts["plan"], day, facts["inputs"], facts["wide"], facts["row"])


@attrs.frozen
class Papers:
    """The working papers of one rule, folded up on the page.

    Attributes:
        rule: the number of the rule.
        title: its number and name.
        sections: what is shown, in the order of the cells.
        waiting: what nobody has begun yet.
    """

    rule: int
    title: str
    sections: tuple[Mapping[str, str], ...]
    waiting: tuple[Mapping[str, str], ...]


def papers_of(notebook: NotebookNode) -> list[Papers]:
    """Return the working papers in an executed notebook, in the order of the rules."""
    from rdlib.plan.orientation import short_title

    found: dict[int, list[dict[str, Any]]] = {}
    for cell in notebook.cells:
        for output in cell.outputs if cell.cell_type == "code" else ():
            facts = output.get("metadata", {}).get("rdlib", {})
            html = output.get("data", {}).get("text/html")
            if facts.get("rule") is not None and html:
                found.setdefault(facts["rule"], []).append({**facts, "html": html})
    return [
        Papers(
            rule,
            short_title(rule) if rule else _("Before the rules"),
            tuple(f for f in facts if "waiting" not in f),
            tuple(f for f in facts if "waiting" in f),
        )
        for rule, facts in sorted(found.items())
    ]


def export(notebook: NotebookNode, *, home: tuple[str, str] | None = None) -> str:
    """Return the page of an executed report notebook.

    Args:
        notebook: the notebook, with its outputs.
        home: address and label of a link to the page one level up.

    Raises:
        ValueError: no cell of the notebook says what the page is called; it is no report of ours.
    """
    import rdlib
    from rdlib.figures.html import css

    page = page_of(notebook)
    if page is None:
        raise ValueError(_("this notebook is no report: none of its cells says what its page is called"))
    page = attrs.evolve(page, title=plain(page.title), plan=plain(page.plan))
    resources = {
        "page": page,
        "home": home,
        "as_of": format_date(page.as_of) if page.as_of else "",
        "contents": [a for a in about(notebook) if a["anchor"] and a["title"] and "rule" not in a],
        "papers": papers_of(notebook),
        "css": css(),
        "css_string": css_string,
        "language": language(),
        "version": rdlib.__version__,
        "translate": _,
    }
    html, _resources = _exporter().from_notebook_node(notebook, resources)
    return html


def page_of_displays(displays: Sequence[Display], *, home: tuple[str, str] | None = None) -> str:
    """Return a page made from displays straight away, where there is no notebook to run.

    Args:
        displays: the first of them says what the page is called.
        home: address and label of a link to the page one level up.
    """
    import nbformat

    outputs = []
    for display in displays:
        data, metadata = display._repr_mimebundle_()
        outputs.append(nbformat.v4.new_output("display_data", data, metadata=metadata))
    cell = nbformat.v4.new_code_cell("", outputs=outputs)
    return export(nbformat.v4.new_notebook(cells=[cell]), home=home)
