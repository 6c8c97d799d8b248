"""Challenges to delivery, and what is needed to tell how grave each of them is (Rule 8, tool 8.1).

The level of a challenge is not among the answers: it follows from them (:mod:`rdlib.rules.triage`). Somebody who sees
it otherwise writes that beside it, with a reason. The four levels are the source's; the descriptors are ours.
"""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.priority import Priority
from rdlib.plan.values import Amount
from rdlib.words import _

RAISED_BY = (
    Choice("front-line", _("The front line"), _("Those who do the work, or the people it is for, said so.")),
    Choice("data", _("The data"), _("A figure that fell behind, or a unit that stands out.")),
    Choice("team", _("Team or delivery unit"), _("Found on a visit, in a routine, or by following the work.")),
    Choice("stakeholder", _("A stakeholder"), _("A partner, a union, a city, or a body that has a say in it.")),
    Choice("leader", _("A leader"), _("The minister, the deputy, or somebody in their offices asked.")),
    Choice("media", _("The media"), _("It was in the news before it was on anybody's list.")),
)
EFFECTS = (
    Choice("slight", _("slight"), _("It is felt, and the target is not in danger from it.")),
    Choice("significant", _("significant"), _("As long as it lasts, delivery falls behind what was planned.")),
    Choice("severe", _("severe"), _("If it stays, the target will be missed, whatever else goes well.")),
)
CLARITY = (
    Choice("clear", _("clear"), _("Those who know the work would all name the same, and something shows it.")),
    Choice("guess", _("a guess"), _("There are opinions, and none of them has been tested.")),
    Choice("open", _("not known"), _("Nobody can say, or everybody says something else.")),
)
TRIED = (
    Choice("no", _("not yet"), _("Nobody has sat down with those concerned to take it apart.")),
    Choice("running", _("under way"), _("It was begun, and it is too early to say what comes of it.")),
    Choice("helped", _("yes, and it helps"), _("Cause or way out are known since, and it is getting better.")),
    Choice("failed", _("yes, in vain"), _("It was done properly, and cause or way out are still in the dark.")),
)
COMPLEXITIES = (
    Choice("low", _("little"), _("One cause in one place, one body that can act.")),
    Choice("some", _("some"), _("Several causes or bodies; each of them can be dealt with by itself.")),
    Choice("great", _("a great deal"), _("Causes feed each other, and no single body can solve it.")),
)
URGENCIES = (
    Choice("low", _("neither"), _("Few know of it, and a month more or less makes no difference.")),
    Choice("one", _("one of the two"), _("Many look at it, or it cannot wait; not both.")),
    Choice("both", _("both"), _("Everybody looks at it, and each week makes it worse.")),
)
LEVELS = (
    Choice("1", _("Timely nudge"), _("Somebody with a say reminds those concerned, and asks again on a fixed day.")),
    Choice("2", _("Standard problem solving"), _("A focused talk with those concerned: what, why, who does what.")),
    Choice(
        "3",
        _("Intensive drive"),
        _("A small team of its own for some weeks: a priority review, hypotheses tested, progress looked at often."),
    ),
    Choice(
        "4",
        _("Crisis management"),
        _("One person with full say, a meeting each day or each week, and everything else stands back for it."),
    ),
)
WATCH = Choice("0", _("Keep an eye on it"), _("None of the four levels fits. Look again on the day that you named."))
TREATED = (Choice("0", _("not at all"), _("It is on the list, and nobody does anything about it.")), *LEVELS)
STATUSES = (
    Choice("open", _("open"), _("It is still there.")),
    Choice("solved", _("solved"), _("It no longer holds back delivery."), retires=True),
    Choice("dropped", _("let go"), _("It turned out to be none, or became part of another one."), retires=True),
)


@attrs.frozen
class Challenge:
    """Something that holds back delivery, or may.

    >>> Challenge("h1", title="Wards free their beds in the afternoon").status is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    title: str | None = declare(
        _("Challenge"),
        Kind.TEXT,
        telling=True,
        tool="8.1",
        help=_("What is in the way, as those who feel it would say it. Not what should be done about it."),
        example=_("Wards free their beds in the late afternoon, when the queue has formed"),
    )
    raised_by: str | None = declare(
        _("Who raised it"), Kind.CHOICE, choices=RAISED_BY, tool="8.1", help=_("Who said so first.")
    )
    opened: date | None = declare(_("Raised on"), Kind.DAY, tool="8.1", help=_("The day on which it was first said."))
    indicator: str | None = declare(
        _("Indicator that it holds back"),
        Kind.LINK,
        links_to="indicators",
        tool="8.1",
        help=_("What you say of it is then held against the figures."),
    )
    off_track: bool | None = declare(
        _("Is delivery off track because of it?"),
        Kind.YES_NO,
        tool="8.1",
        help=_("Behind its path, or sure to fall behind. When in doubt, yes: a problem gets no benefit of it."),
    )
    shown: str | None = declare(
        _("What shows it"),
        Kind.LONG_TEXT,
        tool="8.1",
        help=_("A figure, a visit, who said it. Above all where it looks otherwise in the figures."),
        example=_("Of 40 patients over four hours on 12 May, 27 waited for a bed"),
    )
    effect: str | None = declare(
        _("How badly does it affect delivery?"),
        Kind.CHOICE,
        choices=EFFECTS,
        tool="8.1",
        help=_("Think of the target, not of the noise."),
    )
    cause: str | None = declare(
        _("Is the root cause clear?"),
        Kind.CHOICE,
        choices=CLARITY,
        tool="8.1",
        help=_("Not the nearest cause: the one behind it."),
    )
    solution: str | None = declare(
        _("Is the solution clear?"),
        Kind.CHOICE,
        choices=CLARITY,
        tool="8.1",
        help=_("Something that would work, and that somebody here could do."),
    )
    tried: str | None = declare(
        _("Has standard problem solving been tried?"),
        Kind.CHOICE,
        choices=TRIED,
        tool="8.1",
        help=_("Sitting down with those concerned until it is settled what it is, why, and who does what."),
    )
    tried_result: str | None = declare(
        _("What came of it"),
        Kind.LONG_TEXT,
        tool="8.1",
        help=_("What is known since, what was done, what was not."),
    )
    salient: bool | None = declare(
        _("Is it politically charged?"),
        Kind.YES_NO,
        tool="8.1",
        help=_("Would those who lead be asked about it in public, or quarrel over it among themselves?"),
    )
    top: bool | None = declare(
        _("Is it one of the one or two gravest in the whole system?"),
        Kind.YES_NO,
        tool="8.1",
        help=_("Of all priorities together, not of this one."),
    )
    complexity: str | None = declare(
        _("How complex are cause and solution?"),
        Kind.CHOICE,
        choices=COMPLEXITIES,
        tool="8.1",
        help=_("Your judgement."),
    )
    urgency: str | None = declare(
        _("Is it highly visible, and is it urgent?"),
        Kind.CHOICE,
        choices=URGENCIES,
        tool="8.1",
        help=_("Visible to those outside; urgent for those who are waited for."),
    )
    judged_level: str | None = declare(
        _("The level, if you see it otherwise"),
        Kind.CHOICE,
        choices=LEVELS,
        tool="8.1",
        help=_("Left empty as long as you agree with what your answers lead to."),
    )
    judged_why: str | None = declare(
        _("Why you see it otherwise"),
        Kind.LONG_TEXT,
        tool="8.1",
        help=_("What you know that the answers above do not say."),
    )
    treated: str | None = declare(
        _("How it is dealt with today"),
        Kind.CHOICE,
        choices=TREATED,
        tool="8.1",
        help=_("What happens now, not what should."),
    )
    hours: Amount = declare(
        _("Hours a week that go into it"),
        Kind.NUMBER,
        unit=_("hours"),
        low=0,
        high=2000,
        tool="8.1",
        help=_("Of all of you together, in a usual week. A guess will do."),
        example="6",
    )
    owner: str | None = declare(
        _("Owner"), Kind.PERSON, tool="8.1", help=_("The one person who is asked what has become of it.")
    )
    next_step: str | None = declare(
        _("Next step"),
        Kind.TEXT,
        tool="8.1",
        help=_("What will be there when you look again."),
        example=_("Ten wards have tried it for two weeks, and we know what it took"),
    )
    looked: date | None = declare(_("Last looked at"), Kind.DAY, tool="8.1", help=_("When you last spoke about it."))
    next_look: date | None = declare(_("Next look"), Kind.DAY, tool="8.1", help=_("The day on which you ask again."))
    status: str | None = declare(
        _("Status"),
        Kind.CHOICE,
        choices=STATUSES,
        telling=True,
        tool="8.1",
        help=_("Left empty, it is open. What is closed stays in the list: it shows what was learnt."),
    )
    closed: date | None = declare(_("Closed on"), Kind.DAY, tool="8.1", help=_("The day, where it is closed."))
    outcome: str | None = declare(
        _("How it ended"), Kind.LONG_TEXT, tool="8.1", help=_("What solved it, or why it was let go.")
    )
    origin: str | None = declare(_("Taken up from"), Kind.TEXT, help=_("Written where it was taken up from the plan."))
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="8.1", help=_("Yes when it is made up to practise with.")
    )

    @property
    def is_open(self) -> bool:
        """Whether it is still there."""
        return self.status not in {"solved", "dropped"}


#: The challenges of a priority, the closed ones too.
CHALLENGES = Part("challenges", Challenge, of=Priority, label=_("Challenges"))
