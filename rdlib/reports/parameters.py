"""What a report template may be given: declared names with their types, refused in plain words when they are wrong.

papermill itself takes any name and any value, and a template with a misspelt parameter then quietly reports on
something else. So a batch asks :func:`accept` before anything runs, and a template asks it again in its first cell, for
those who run it by papermill alone::

    PRIORITY.accept({"plan": "my-plan", "priority": "waits", "as_of": "2018-03-31"})
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import attrs

from rdlib.words import _


class ParameterError(ValueError):
    """Parameters that a template does not take.

    Attributes:
        problems: what is wrong, one sentence each.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the sentences, and say them all in one message."""
        self.problems = tuple(problems)
        super().__init__("\n".join([_("The report cannot start."), *(f"- {p}" for p in self.problems)]))

    def _render_traceback_(self) -> list[str]:
        """Let a notebook show the message alone: the lines of code that led here help nobody."""
        return str(self).splitlines()


def _folder(value: object) -> Path:
    if not isinstance(value, str | Path):
        raise ValueError(_("the path of a folder, as text"))
    path = Path(value).expanduser()
    if not path.is_dir():
        raise ValueError(_("the path of a folder that exists"))
    if not (path / "plan.yaml").is_file():
        raise ValueError(_("the folder of a plan, with a file plan.yaml in it"))
    return path


def _file(value: object) -> Path:
    if not isinstance(value, str | Path):
        raise ValueError(_("the path of a file, as text"))
    if not Path(value).is_file():
        raise ValueError(_("the path of a file that exists"))
    return Path(value)


def _id(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(_("the id of a priority, as text: the name of its file, without .yaml"))
    return value


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(_("a day of the calendar, written as 2018-03-31")) from None
    raise ValueError(_("a day, written as 2018-03-31"))


@attrs.frozen
class Parameter:
    """One declared parameter of a template.

    Attributes:
        name: its name in the template's parameters cell.
        about: what it is, for a list of parameters.
        read: returns the typed value, or raises ValueError with what is accepted.
        required: whether a report can start without it.
    """

    name: str
    about: str
    read: Callable[[object], object]
    required: bool = True


@attrs.frozen
class Template:
    """A report template and the parameters it takes.

    Attributes:
        name: file name of the notebook in ``templates/``, without its ending.
        parameters: what it takes, in order.
    """

    name: str
    parameters: tuple[Parameter, ...]

    def accept(self, given: Mapping[str, object]) -> dict[str, Any]:
        """Return the typed values, or refuse them all at once.

        Args:
            given: parameters by name, as they come from a notebook, a command line or a program.

        Raises:
            ParameterError: a name is not declared, a value is missing, or has the wrong type.

        >>> PRIORITY.accept({"plan": ".", "priorty": "waits"})
        Traceback (most recent call last):
            ...
        rdlib.reports.parameters.ParameterError: The report cannot start.
        - “priorty” is no parameter of this report; did you mean “priority”?
        - “plan” was given as “.”; it takes the folder of a plan, with a file plan.yaml in it.
        - “priority” is missing; it is the id of the priority to report on.
        - “as_of” is missing; it is the day for which the report is made.
        """
        names = [p.name for p in self.parameters]
        problems = [self._unknown(name, names) for name in given if name not in names]
        values: dict[str, object] = {}
        for parameter in self.parameters:
            value = given.get(parameter.name)
            if value is None or value == "":
                if parameter.required:
                    problems.append(
                        _("“{name}” is missing; it is {about}.").format(name=parameter.name, about=parameter.about)
                    )
                values[parameter.name] = None
                continue
            try:
                values[parameter.name] = parameter.read(value)
            except ValueError as error:
                problems.append(
                    _("“{name}” was given as “{value}”; it takes {accepted}.").format(
                        name=parameter.name, value=value, accepted=error
                    )
                )
        if problems:
            raise ParameterError(problems)
        return values

    def _unknown(self, name: str, names: list[str]) -> str:
        near = difflib.get_close_matches(name, names, n=1)
        if near:
            return _("“{name}” is no parameter of this report; did you mean “{near}”?").format(name=name, near=near[0])
        return _("“{name}” is no parameter of this report; it takes {names}.").format(
            name=name, names=", ".join(f"“{n}”" for n in names)
        )


_PLAN = Parameter("plan", _("the folder of the plan"), _folder)
_AS_OF = Parameter("as_of", _("the day for which the report is made"), _day)

PRIORITY = Template("priority", (_PLAN, Parameter("priority", _("the id of the priority to report on"), _id), _AS_OF))
PORTFOLIO = Template(
    "portfolio",
    (_PLAN, _AS_OF, Parameter("manifest", _("the manifest of the batch that made the reports"), _file, required=False)),
)
STOCKTAKE = Template("stocktake", (_PLAN, Parameter("day", _("the day of the stocktake"), _day)))


def injected() -> dict[str, object]:
    """Return the parameters that papermill has put into the notebook that is running here; outside of one, nothing.

    papermill writes them into a cell of its own that starts with the comment ``# Parameters``. Looking there is the
    only way for a template to notice a name that it does not know.
    """
    import sys

    interactive = sys.modules.get("IPython")
    shell = interactive.get_ipython() if interactive else None
    if shell is None:
        return {}
    cells: list[str] = shell.user_ns.get("In", [])
    found: dict[str, object] = {}
    for cell in cells:
        if not cell.startswith("# Parameters\n"):
            continue
        for line in ast.parse(cell).body:
            if isinstance(line, ast.Assign):
                found |= {t.id: shell.user_ns.get(t.id) for t in line.targets if isinstance(t, ast.Name)}
    return found
