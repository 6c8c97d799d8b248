"""The one type that every check returns, and the catalogue of what checks can find.

A kind of finding is declared once, with its stable code, its severity and why it matters. A check then says where it
found it, what exactly is wrong there, and what to do next::

    NO_SOURCE = FindingKind("R2-no-source", "2.1", Severity.MISSING, _("No data source"), why=_("..."))
    ...
    yield NO_SOURCE.at("priorities/waits/indicators/i1/three_m/sources", what=..., next_step=...)
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import attrs

from rdlib.words import _


class Severity(Enum):
    """How much a finding matters; the value is the word for it in files."""

    MISSING = "missing"
    WEAK = "weak"
    NOTE = "note"
    GOOD = "good"

    @property
    def word(self) -> str:
        """The word that a person reads."""
        return {
            Severity.MISSING: _("missing"),
            Severity.WEAK: _("weak"),
            Severity.NOTE: _("note"),
            Severity.GOOD: _("good"),
        }[self]

    @property
    def shape(self) -> str:
        """The shape that stands with the colour."""
        return {Severity.MISSING: "▲", Severity.WEAK: "◆", Severity.NOTE: "◐", Severity.GOOD: "●"}[self]

    @property
    def rank(self) -> int:
        """0 for what matters most."""
        return list(Severity).index(self)


NOT_ATTEMPTED_SHAPE = "–"


@attrs.frozen
class Finding:
    """What a check found at one place of a plan.

    Attributes:
        code: stable code of its kind, such as ``R2-no-source``.
        severity: how much it matters.
        tool: the tool of the method whose check it is, such as ``2.1``.
        where: path into the plan, such as ``priorities/waits/indicators/i1/three_m/sources``.
        title: the kind in two or three words.
        what: what is wrong (or good) here, in a sentence.
        why: why it matters.
        next_step: what to do next; empty for what is good.
        also: further places of which the same is said (:func:`together`).
    """

    code: str
    severity: Severity
    tool: str
    where: str
    title: str
    what: str
    why: str
    next_step: str = ""
    also: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """All places that it points at."""
        return (self.where, *self.also)


@attrs.frozen
class FindingKind:
    """A kind of finding, declared once; see :class:`Finding` for the attributes."""

    code: str
    tool: str
    severity: Severity
    title: str
    why: str = attrs.field(kw_only=True)

    def at(self, where: str, what: str, next_step: str = "") -> Finding:
        """Return the finding of this kind at one place."""
        return Finding(self.code, self.severity, self.tool, where, self.title, what, self.why, next_step)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings ordered by how much they matter, keeping the order of the plan within each severity."""
    return sorted(findings, key=lambda f: f.severity.rank)


def together(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings with those joined that say the same of several places, such as one change and all it concerns.

    >>> kind = FindingKind("R9-changed", "9.1", Severity.WEAK, "Changed", why="It matters.")
    >>> [f.places for f in together([kind.at("a", "The target changed."), kind.at("b", "The target changed.")])]
    [('a', 'b')]
    """
    joined: dict[Finding, list[str]] = {}
    for finding in findings:
        joined.setdefault(attrs.evolve(finding, where="", also=()), []).extend(finding.places)
    return [attrs.evolve(f, where=first, also=tuple(also)) for f, (first, *also) in joined.items()]


def below(findings: Iterable[Finding], where: str) -> list[Finding]:
    """Return the findings that point at ``where`` or at something inside it."""
    return [f for f in findings if f.where == where or f.where.startswith(where + "/")]
