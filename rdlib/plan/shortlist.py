"""A long list of candidates for priorities, and what was kept and cut from it (Rule 1, tool 1.3).

The limit stands on the title page of the plan (``limit``). Candidates are weighed two by two, or by their order in the
list; what is kept is decided by people, and a reason stands with each one that is cut.
"""

from __future__ import annotations

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.plan import Plan
from rdlib.words import _

ANSWERS = (
    Choice("one", _("the first")),
    Choice("other", _("the second")),
    Choice("equal", _("both alike"), _("You could defend either before those it leaves out.")),
)


@attrs.frozen
class Candidate:
    """One candidate for a priority (Rule 1, tool 1.3).

    >>> Candidate("c1", title="Rail punctuality", keep=True).why is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    title: str | None = declare(
        _("Candidate"),
        Kind.TEXT,
        tool="1.3",
        help=_("A commitment, target or wish that somebody wants to see among the priorities."),
        example=_("Road congestion"),
    )
    area: str | None = declare(
        _("Area"),
        Kind.TEXT,
        tool="1.3",
        help=_("The department or field that it belongs to."),
        example=_("Transport"),
    )
    keep: bool | None = declare(
        _("Keep it?"), Kind.YES_NO, tool="1.3", help=_("Yes for the short list; no for everything that has to wait.")
    )
    why: str | None = declare(
        _("Why"),
        Kind.LONG_TEXT,
        tool="1.3",
        help=_("Above all for what is cut: a reason that those who wanted it could accept, even if they disagree."),
        example=_("Worth doing, and the department does it anyway; it does not need the centre."),
    )
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="1.3", help=_("Yes when the candidate is made up to practise with.")
    )


@attrs.frozen
class Comparison:
    """Which of two candidates matters more (Rule 1, tool 1.3).

    >>> Comparison("c1", one="c1", other="c2", more="one").more
    'one'
    """

    id: str = declare(_("Id"), Kind.ID)
    one: str | None = declare(
        _("The first"), Kind.LINK, links_to="candidates", tool="1.3", help=_("One of the two candidates.")
    )
    other: str | None = declare(_("The second"), Kind.LINK, links_to="candidates", tool="1.3", help=_("The other one."))
    more: str | None = declare(
        _("Which matters more"),
        Kind.CHOICE,
        choices=ANSWERS,
        tool="1.3",
        help=_("If only one of the two could be achieved in this mandate: which one?"),
    )


#: The long list.
CANDIDATES = Part("candidates", Candidate, of=Plan, label=_("Candidates for priorities"))
#: What was said of two candidates at a time.
COMPARISONS = Part("comparisons", Comparison, of=Plan, label=_("Comparisons of two"))
