"""What each strategy is expected to add to an indicator, from when, how fast, and how surely (Rule 5, tool 5.5).

An effect stands with the indicator that it moves, since its size has the unit of that indicator; it names its strategy.
"""

from __future__ import annotations

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.values import Amount, Period
from rdlib.words import _

COUNTS = (
    Choice("lasting", _("A change that stays"), _("The value moves by this much and stays there: 8 points more.")),
    Choice("per-year", _("So many each year"), _("Added up from year to year: 550 000 trainings in each year.")),
    Choice("per-quarter", _("So many each quarter"), _("Added up from quarter to quarter.")),
    Choice("per-month", _("So many each month"), _("Added up from month to month.")),
)

SHAPES = (
    Choice("at-once", _("At once"), _("All of it from the first day: a rule that enters into force.")),
    Choice("steady", _("Steadily"), _("The same step in each period: one region after another.")),
    Choice(
        "slow-fast", _("Slowly, then fast"), _("Little at first, most of it late: people have to be trained first.")
    ),
)

#: The wordings are ours; the range that each implies is in :data:`RANGES`.
CERTAINTIES = (
    Choice(
        "shown",
        _("Shown here"),
        _("It did this much in our own system, at a like scale. We read it as 80 to 115% of the size."),
    ),
    Choice(
        "likely",
        _("Likely"),
        _("Others did it and measured it, or a pilot here did. We read it as 60 to 120% of the size."),
    ),
    Choice(
        "possible",
        _("Possible"),
        _("Good reasons and some figures, never tried like this. We read it as 30 to 130% of the size."),
    ),
    Choice(
        "hoped",
        _("Hoped for"),
        _("A guess that somebody has to check. We read it as anything from nothing to 150% of the size."),
    ),
)

#: The share of its size that an effect may turn out to have, low and high, for each word of certainty. Our choice: they
#: reach further down than up, because what worked in a pilot as a rule works less well everywhere.
RANGES = {"shown": (0.8, 1.15), "likely": (0.6, 1.2), "possible": (0.3, 1.3), "hoped": (0.0, 1.5)}

WITHOUT = (
    Choice("stays", _("It stays as it is"), _("All that is to move it stands in the table of effects below.")),
    Choice(
        "trend",
        _("It goes on as before"),
        _("The trend of the measured values goes on beside the strategies, and none of them is part of that trend."),
    ),
)


@attrs.frozen
class Effect:
    """What a strategy is expected to add to an indicator (Rule 5, tool 5.5).

    >>> Effect("e1", strategy="s4", size=10.0).certainty is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    strategy: str | None = declare(
        _("Strategy"), Kind.LINK, links_to="strategies", tool="5.5", help=_("Which strategy brings it about.")
    )
    size: Amount = declare(
        _("Size when it is full"),
        Kind.NUMBER,
        unit="indicator",
        tool="5.5",
        help=_("How much better the value gets, in the unit of the indicator. Less than 0 where it gets worse."),
        example="10",
    )
    counts: str | None = declare(
        _("The size is"),
        Kind.CHOICE,
        choices=COUNTS,
        tool="5.5",
        help=_("A change of the value, or an amount that is added up to a total. Left empty: a change that stays."),
    )
    start: Period | None = declare(
        _("First felt"),
        Kind.WHEN,
        tool="5.5",
        help=_("When the value begins to move. Left empty: when the strategy begins."),
        example="2002-10",
    )
    full: Period | None = declare(
        _("Full effect by"),
        Kind.WHEN,
        tool="5.5",
        help=_("The period by whose end all of it is there. Left empty: when the strategy ends."),
        example="2003-06",
    )
    shape: str | None = declare(
        _("How it grows"),
        Kind.CHOICE,
        choices=SHAPES,
        tool="5.5",
        help=_("Between first felt and full. Left empty: steadily."),
    )
    until: Period | None = declare(
        _("Lasts until"),
        Kind.WHEN,
        tool="5.5",
        help=_("Only where it stops: after this, it adds nothing more, or the change is gone again."),
    )
    certainty: str | None = declare(
        _("How sure"),
        Kind.CHOICE,
        choices=CERTAINTIES,
        tool="5.5",
        help=_("The words and their ranges are ours; give a range of your own below where you know better."),
    )
    low: Amount = declare(
        _("Or: at least"),
        Kind.NUMBER,
        unit="indicator",
        tool="5.5",
        help=_("Your own lower end of the size, in place of the one that the word implies."),
    )
    high: Amount = declare(
        _("Or: at most"), Kind.NUMBER, unit="indicator", tool="5.5", help=_("Your own upper end of the size.")
    )
    basis: str | None = declare(
        _("How the size was worked out"),
        Kind.LONG_TEXT,
        tool="5.5",
        help=_("The figures and the steps, so that somebody else can redo it. The evidence stands with the strategy."),
        example=_(
            "One patient in five waits longer; half of them are minor cases, and two in three of these would not."
        ),
    )
    group: str | None = declare(
        _("Whose results it changes"),
        Kind.TEXT,
        tool="5.5",
        help=_("The people or places that it reaches. Two strategies for the same ones can count a result twice."),
        example=_("Patients with minor injuries"),
    )
    most: Amount = declare(
        _("The most that this group could add"),
        Kind.NUMBER,
        unit="indicator",
        tool="5.5",
        help=_("If it worked for all of them. No sum of effects on the group can be larger."),
    )
    apart: bool | None = declare(
        _("Already without what others add?"),
        Kind.YES_NO,
        tool="5.5",
        help=_("Yes when what other strategies do for the same group was taken off the size."),
    )
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="5.5", help=_("Yes when the figure is made up to practise with.")
    )
