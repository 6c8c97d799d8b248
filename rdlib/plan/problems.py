"""What can be wrong with the files of a plan, said in plain words."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from rdlib.words import _


@attrs.frozen
class Problem:
    """Something in a file of the plan that cannot be read.

    Attributes:
        file: the file, relative to the plan's folder.
        line: the line, counted from 1; None when it is about the file as a whole.
        where: path of the field in the plan; empty when it is about the file as a whole.
        label: what a person reads beside the field.
        found: what stands there.
        accepted: what is accepted instead.

    >>> print(Problem("plan.yaml", 3, "plan/mandate_start", "Mandate starts", '"soon"', "one day, such as 2018-04-30"))
    plan.yaml, line 3, "Mandate starts": found "soon". Accepted: one day, such as 2018-04-30.
    """

    file: str
    line: int | None
    where: str
    label: str
    found: str
    accepted: str

    def __str__(self) -> str:
        """Return one plain sentence."""
        place = self.file
        if self.line is not None:
            place = _("{file}, line {line}").format(file=self.file, line=self.line)
        if self.label:
            place = _('{place}, "{label}"').format(place=place, label=self.label)
        return _("{place}: found {found}. Accepted: {accepted}.").format(
            place=place, found=self.found, accepted=self.accepted
        )


class PlanReadError(Exception):
    """Nothing usable could be read, or a file must not be overwritten.

    Attributes:
        problems: everything that stands in the way.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Say all problems, one a line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
