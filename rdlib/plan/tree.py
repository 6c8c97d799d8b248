"""Hypothesis trees and the analyses that put them to the test (Rule 8, tools 8.2 and 8.3).

A tree answers one question. Its trunk is the answer that is believed for now; each branch is something that would
have to be true, or that alone would do, for the claim that it hangs on. The order of the rows is the order of siblings.
"""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.priority import Priority
from rdlib.words import _

#: What sort of claim a hypothesis is. The wordings are ours.
CLAIMS = (
    Choice("cause", _("Cause"), _("Says why something is as it is.")),
    Choice("action", _("Action"), _("Says that something, if it were done, would bring a change.")),
    Choice("state", _("State of affairs"), _("Says that something is so, without saying why or what to do.")),
)

#: How the branches of a hypothesis carry it. The wordings are ours.
SPLITS = (
    Choice(
        "any", _("Any one is enough"), _("If one branch holds, the claim holds; it fails only if all of them fail.")
    ),
    Choice(
        "all",
        _("It takes all of them"),
        _("The claim holds only if every branch holds; one that fails brings it down."),
    ),
)

#: What an analysis came to, or what is said of a trunk.
RESULTS = (
    Choice("holds", _("Holds"), _("What was found bears the hypothesis out.")),
    Choice("fails", _("Fails"), _("What was found speaks against it.")),
    Choice("open", _("Open"), _("Not known yet, or what was found does not settle it.")),
)

OUTCOMES = (
    *RESULTS,
    Choice("dropped", _("Dropped"), _("No longer needed; it counts for nothing."), retires=True),
)


@attrs.frozen
class Hypothesis:
    """One claim in a tree: its trunk, a branch or a leaf.

    >>> Hypothesis("n2", parent="n1", statement="Beds are not free in the morning").split is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    parent: str | None = declare(
        _("Branch of"),
        Kind.LINK,
        links_to="nodes",
        tool="8.2",
        help=_("The claim that it hangs on. The trunk alone has none."),
    )
    statement: str | None = declare(
        _("Hypothesis"),
        Kind.TEXT,
        telling=True,
        tool="8.2",
        help=_("A whole sentence that could turn out to be wrong; neither a topic nor a question."),
        example=_("Patients with small injuries wait behind those who are seriously ill"),
    )
    claim: str | None = declare(
        _("What sort of claim"),
        Kind.CHOICE,
        choices=CLAIMS,
        tool="8.2",
        help=_("The branches of one claim are of one sort; otherwise they answer different questions."),
    )
    split: str | None = declare(
        _("How its branches carry it"),
        Kind.CHOICE,
        choices=SPLITS,
        telling=True,
        tool="8.2",
        help=_("Only for a claim with branches. By this, results travel up to the trunk."),
    )
    nothing_else: str | None = declare(
        _("Nothing else could be it, because"),
        Kind.LONG_TEXT,
        tool="8.2",
        help=_("Only for a claim with branches: why they leave no gap. Or add a branch for whatever else there is."),
        example=_("A visit is made up of arriving, being seen, being treated and leaving"),
    )
    believe: str | None = declare(
        _("What you would have to believe"),
        Kind.LONG_TEXT,
        tool="8.2",
        help=_("Only for a leaf: what one would see, somewhere, if it were true."),
        example=_("Minor cases wait longest at the hours in which most ambulances arrive"),
    )
    measure: str | None = declare(
        _("What would be counted or measured"),
        Kind.TEXT,
        tool="8.2",
        help=_("Only for a leaf: the figure, the count or the sample of records."),
        example=_("Share of minor cases among those who wait over four hours"),
    )
    settles: str | None = declare(
        _("It holds if"),
        Kind.TEXT,
        tool="8.2",
        help=_("Only for a leaf: the value that would settle it, fixed before anybody looks."),
        example=_("more than half"),
    )


@attrs.frozen
class Tree:
    """The hypothesis tree of one question."""

    id: str = declare(_("Id"), Kind.ID)
    question: str | None = declare(
        _("Question"),
        Kind.TEXT,
        telling=True,
        tool="8.2",
        help=_("What has to be answered. Say for whom, where and how large the problem is."),
        example=_("Why do one in five patients still wait over four hours?"),
    )
    challenge: str | None = declare(
        _("Challenge that it takes apart"),
        Kind.LINK,
        links_to="challenges",
        tool="8.2",
        help=_("The problem from tool 8.1 that this tree is about."),
    )
    nodes: tuple[Hypothesis, ...] = declare(
        _("Hypotheses"),
        Kind.RECORDS,
        record=Hypothesis,
        tool="8.2",
        help=_("The trunk first, then its branches; those of one claim in the order in which they are told."),
    )
    verdict: str | None = declare(
        _("What you say of the trunk"),
        Kind.CHOICE,
        choices=RESULTS,
        tool="8.3",
        help=_("Your own judgement. What the results come to is shown beside it and never put in its place."),
    )
    verdict_why: str | None = declare(
        _("Why you say so"),
        Kind.LONG_TEXT,
        tool="8.3",
        help=_("Where you see it otherwise than the results do, say what they leave out."),
    )

    def node(self, id_: str | None) -> Hypothesis | None:
        """Return the hypothesis with this id, or None."""
        return next((node for node in self.nodes if id_ and node.id == id_), None)


@attrs.frozen
class Analysis:
    """What is done to find out whether a leaf of a tree holds, and what came out."""

    id: str = declare(_("Id"), Kind.ID)
    issue: str | None = declare(
        _("Issue"),
        Kind.TEXT,
        telling=True,
        tool="8.3",
        help=_("The question that this piece of work answers, in a few words."),
        example=_("Who waits longest?"),
    )
    leaf: str | None = declare(
        _("Hypothesis"), Kind.LINK, links_to="trees/nodes", tool="8.3", help=_("The leaf of a tree that it tests.")
    )
    method: str | None = declare(
        _("Analysis"),
        Kind.LONG_TEXT,
        tool="8.3",
        help=_("What is compared with what, or who is asked or watched. As little as settles it."),
        example=_("Compare the waits of minor and serious cases, hour by hour"),
    )
    against: str | None = declare(
        _("What would speak against it"),
        Kind.LONG_TEXT,
        tool="8.3",
        help=_("What this analysis might show that would make you give the hypothesis up."),
        example=_("Minor cases are a third or less of those who wait too long"),
    )
    product: str | None = declare(
        _("End product"),
        Kind.TEXT,
        tool="8.3",
        help=_("What will lie on the table: a chart, a table, a page. Sketch it before the work begins."),
        example=_("One chart: waits by hour, minor and serious cases apart"),
    )
    sources: str | None = declare(
        _("Sources"),
        Kind.LONG_TEXT,
        tool="8.3",
        help=_("Which records, which people, which place; whether you have access to them."),
    )
    owner: str | None = declare(_("Who"), Kind.PERSON, tool="8.3", help=_("One person who does it or has it done."))
    by: date | None = declare(_("By when"), Kind.DAY, tool="8.3", help=_("A day, soon enough to change something."))
    result: str | None = declare(
        _("Result"), Kind.CHOICE, choices=OUTCOMES, tool="8.3", help=_("Left empty, it is open.")
    )
    found: str | None = declare(
        _("What was found"),
        Kind.LONG_TEXT,
        tool="8.3",
        help=_("The finding with its figure, and where it can be looked up."),
    )
    found_on: date | None = declare(
        _("Found on"), Kind.DAY, tool="8.3", help=_("The day on which the result was there.")
    )
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="8.3", help=_("Yes when the result is made up to practise with.")
    )


#: The hypothesis trees of a priority.
TREES = Part("trees", Tree, of=Priority, label=_("Hypothesis trees"))
#: The analyses of a priority.
ANALYSES = Part("analyses", Analysis, of=Priority, label=_("Analysis plan"))
