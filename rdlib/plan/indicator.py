"""Indicators and everything that says whether they moved: 3M evaluation, baseline, target, trajectory, observations.

Rule 2, tools 2.1 to 2.3; benchmarks and trajectory are used again by rule 5, which adds the effects of strategies.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from rdlib.plan.effects import WITHOUT, Effect
from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.values import Amount, Period
from rdlib.words import _

FREQUENCIES = (
    Choice("daily", _("Every day")),
    Choice("weekly", _("Every week")),
    Choice("monthly", _("Every month")),
    Choice("quarterly", _("Every quarter")),
    Choice("twice-yearly", _("Twice a year")),
    Choice("yearly", _("Every year")),
    Choice("less-often", _("Less often than every year")),
    Choice("irregular", _("At no fixed interval")),
)

LEVERS = (
    Choice("direct", _("Directly"), _("What your organisation does changes the number itself.")),
    Choice("indirect", _("Indirectly"), _("You change it through others: partners, provinces, funding, rules.")),
)

DIRECTIONS = (
    Choice("up", _("Higher is better"), _("A rise means that things get better for people.")),
    Choice("down", _("Lower is better"), _("A fall means that things get better for people.")),
    Choice("within", _("Best within a range"), _("Too high and too low are both bad.")),
)

COMMITMENTS = (
    Choice("provisional", _("Provisional"), _("It gives planning a direction and may still be refined.")),
    Choice("committed", _("Committed"), _("It is announced or agreed; a change is made in the open, with its reason.")),
)

TARGET_KINDS = (
    Choice("at-least", _("At least this value"), _("Reached when the indicator stands at the value or above.")),
    Choice("at-most", _("At most this value"), _("Reached when the indicator stands at the value or below.")),
    Choice("exactly", _("Exactly this value"), _("Reached only at this value, as when all of something is asked for.")),
    Choice("between", _("Within a range"), _("Reached when the indicator stands between two values.")),
    Choice("rise", _("Rise by"), _("Reached when the indicator has risen by this much from the baseline.")),
    Choice("fall", _("Fall by"), _("Reached when the indicator has fallen by this much from the baseline.")),
    Choice("milestone", _("A milestone"), _("Something is done or not: there is no number to reach.")),
    Choice("tbd", _("To be decided"), _("A target will be set; say by when.")),
    Choice("context", _("No target: context only"), _("Watched to understand the setting, not to be reached.")),
)

CHANGE_UNITS = (
    Choice("percent", _("Percent of the baseline"), _("A fall of 30% from 20 reaches 14.")),
    Choice("points", _("Percentage points"), _("A fall of 30 points from 80% reaches 50%.")),
    Choice("units", _("Units of the indicator"), _("A rise of 500 from 2 000 reaches 2 500.")),
)

BENCHMARKS = (
    Choice("history", _("Our own past"), _("A value that this system reached before.")),
    Choice("peers", _("Others like us"), _("A comparable system: another province, country or city.")),
    Choice("within", _("The best among us"), _("What the better units inside this system reach today.")),
    Choice("plan", _("Our plan"), _("What the strategies are expected to add.")),
)


@attrs.frozen
class ThreeM:
    """The 3M evaluation of an indicator: meaningful, moveable, measurable (Rule 2, tool 2.1)."""

    meaningful: bool | None = declare(
        _("Meaningful?"),
        Kind.YES_NO,
        tool="2.1",
        help=_("Would people notice in their own lives if this number moved?"),
    )
    meaningful_why: str | None = declare(
        _("Why meaningful, or why not"),
        Kind.LONG_TEXT,
        tool="2.1",
        help=_("Name the people and what gets better for them. Counting work done is seldom enough."),
        example=_("A shorter wait means less pain, and fewer people who leave before they are seen."),
    )
    moveable: bool | None = declare(
        _("Moveable?"), Kind.YES_NO, tool="2.1", help=_("Can what you do shift this number, at least through others?")
    )
    lever: str | None = declare(
        _("How you move it"), Kind.CHOICE, choices=LEVERS, tool="2.1", help=_("By your own action, or through others.")
    )
    moveable_why: str | None = declare(
        _("Why moveable, or why not"),
        Kind.LONG_TEXT,
        tool="2.1",
        help=_("Name the lever: what you would do, and who has to act for the number to follow."),
        example=_("Funding agreements with hospitals can ask for a senior clinician at the front door."),
    )
    measurable: bool | None = declare(
        _("Measurable?"), Kind.YES_NO, tool="2.1", help=_("Is it measured now, or will you pay for measuring it?")
    )
    measurable_why: str | None = declare(
        _("Why measurable, or why not"),
        Kind.LONG_TEXT,
        tool="2.1",
        help=_("Say what exists today, what is missing, and who agreed to fill the gap."),
    )
    sources: tuple[str, ...] = declare(
        _("Data sources"),
        Kind.TEXTS,
        tool="2.1",
        help=_("Where the figures come from, one source a line: a survey, a register, a reporting system."),
        example=_("Hospital activity returns"),
    )
    collected_how: str | None = declare(
        _("How it is collected"),
        Kind.LONG_TEXT,
        tool="2.1",
        help=_("Who records what, and how it reaches you. Say how many days pass until you can see it."),
    )
    frequency: str | None = declare(
        _("How often"),
        Kind.CHOICE,
        choices=FREQUENCIES,
        tool="2.1",
        help=_("How often a new figure arrives. What comes once in two years cannot steer a year's work."),
    )
    breakdowns: tuple[str, ...] = declare(
        _("Broken down by"),
        Kind.TEXTS,
        tool="2.1",
        help=_("The groups or places it can be split by, one a line: region, sex, age, provider, Indigenous identity."),
    )
    data_owner: str | None = declare(
        _("Who owns the data"),
        Kind.PERSON,
        tool="2.1",
        help=_("The person or office that answers for the figures being right and on time."),
    )


@attrs.frozen
class Baseline:
    """Where the indicator stood before the work began (Rule 2, tool 2.2)."""

    value: Amount = declare(
        _("Baseline"), Kind.NUMBER, unit="indicator", tool="2.2", help=_("The value before the work began.")
    )
    when: Period | None = declare(
        _("Baseline period"),
        Kind.WHEN,
        tool="2.2",
        help=_("The period that the baseline describes."),
        example="2016/17",
    )
    source: str | None = declare(
        _("Source"), Kind.TEXT, tool="2.2", help=_("Where the figure was published, or who supplied it.")
    )
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="2.2", help=_("Yes when the figure is made up to practise with.")
    )


@attrs.frozen
class Benchmark:
    """A value to hold the target against (Rule 2, tool 2.2; Rule 5, tool 5.4)."""

    id: str = declare(_("Id"), Kind.ID)
    kind: str | None = declare(
        _("Compared with"),
        Kind.CHOICE,
        choices=BENCHMARKS,
        tool="2.2",
        help=_("Which of the four comparisons this is."),
    )
    name: str | None = declare(
        _("Who or what"),
        Kind.TEXT,
        tool="2.2",
        help=_("The place, unit or year."),
        example=_("Best fifth of hospitals"),
    )
    value: Amount = declare(_("Value"), Kind.NUMBER, unit="indicator", tool="2.2", help=_("What it reached."))
    when: Period | None = declare(_("Period"), Kind.WHEN, tool="2.2", help=_("When it reached it."))
    source: str | None = declare(_("Source"), Kind.TEXT, tool="2.2", help=_("Where the figure is published."))
    illustrative: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool="2.2", help=_("Yes when the figure is made up to practise with.")
    )


@attrs.frozen
class Target:
    """What is to be reached, by when (Rule 2, tools 2.2 and 2.3)."""

    wording: str | None = declare(
        _("Target in words"),
        Kind.TEXT,
        telling=True,
        tool="2.2",
        help=_("As it was announced. The fields below are read from these words where you leave them empty."),
        example=_("At least 85% of patients through within four hours by March 2018"),
    )
    kind: str | None = declare(
        _("What counts as reached"),
        Kind.CHOICE,
        choices=TARGET_KINDS,
        telling=True,
        tool="2.2",
        help=_("When would you say: done?"),
    )
    value: Amount = declare(
        _("Target value"),
        Kind.NUMBER,
        telling=True,
        unit="indicator",
        tool="2.2",
        help=_("The number to reach, or the size of the change."),
    )
    value_high: Amount = declare(
        _("Upper value of the range"),
        Kind.NUMBER,
        telling=True,
        unit="indicator",
        tool="2.2",
        help=_("Only for a range."),
    )
    change_unit: str | None = declare(
        _("The change is counted in"),
        Kind.CHOICE,
        telling=True,
        choices=CHANGE_UNITS,
        tool="2.2",
        help=_("Only for a rise or a fall. Percent and percentage points are not the same."),
    )
    due: Period | None = declare(
        _("Due"),
        Kind.WHEN,
        telling=True,
        tool="2.2",
        help=_("The last period by which it is to be reached."),
        example="2018-03",
    )
    standing: bool | None = declare(
        _("Holds all the time?"),
        Kind.YES_NO,
        tool="2.2",
        help=_("Yes when it has no end: it is to hold in every period from now on, such as 95% in every quarter."),
    )
    why_this: str | None = declare(
        _("Why this value"),
        Kind.LONG_TEXT,
        tool="2.2",
        help=_("What history, others like you and your own best units say about it."),
    )
    commitment: str | None = declare(
        _("Provisional or committed"),
        Kind.CHOICE,
        choices=COMMITMENTS,
        tool="2.3",
        help=_("Start provisional; commit once the work has begun in earnest."),
    )
    source: str | None = declare(_("Source"), Kind.TEXT, tool="2.2", help=_("Where the target was announced."))


@attrs.frozen
class TargetChange:
    """One dated change of a target and its open reason (Rule 2, tool 2.3)."""

    id: str = declare(_("Id"), Kind.ID)
    day: date | None = declare(
        _("Changed on"), Kind.DAY, tool="2.3", help=_("The day from which the new target holds.")
    )
    was: str | None = declare(
        _("Target until then"), Kind.TEXT, tool="2.3", help=_("The earlier target in words, with its value and date.")
    )
    was_value: Amount = declare(
        _("Value until then"),
        Kind.NUMBER,
        unit="indicator",
        tool="2.3",
        help=_("The earlier target value, for the chart."),
    )
    was_due: Period | None = declare(
        _("Due until then"), Kind.WHEN, tool="2.3", help=_("When the earlier target fell due.")
    )
    reason: str | None = declare(
        _("Reason"),
        Kind.LONG_TEXT,
        tool="2.3",
        help=_("What changed outside your control, or what was learned. Written so that it can be read in public."),
    )
    decided_by: str | None = declare(_("Decided by"), Kind.PERSON, tool="2.3", help=_("Who took the decision."))
    public: bool | None = declare(
        _("Reason made public?"), Kind.YES_NO, tool="2.3", help=_("Whether the change and its reason were published.")
    )


@attrs.frozen
class TrajectoryPoint:
    """One intermediate value on the planned path (Rule 2, tool 2.3; Rule 5, tool 5.5)."""

    id: str = declare(_("Id"), Kind.ID)
    when: Period | None = declare(_("By"), Kind.WHEN, tool="2.3", help=_("The period by which the value is expected."))
    value: Amount = declare(
        _("Expected value"), Kind.NUMBER, unit="indicator", tool="2.3", help=_("The value on the path.")
    )
    note: str | None = declare(_("Because"), Kind.TEXT, tool="2.3", help=_("Which piece of work brings it there."))


@attrs.frozen
class Observation:
    """One measured value.

    Attributes:
        breakdown: the groups it describes, such as ``{"region": "North"}``; empty for the whole.
    """

    when: Period | None = declare(_("Period"), Kind.WHEN, help=_("The period that the value describes."))
    value: Amount = declare(_("Value"), Kind.NUMBER, unit="indicator", help=_("What was measured."))
    note: str | None = declare(
        _("Note"), Kind.TEXT, help=_("Anything a reader must know: a break in the series, an estimate.")
    )
    breakdown: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen
class Indicator:
    """A measure of an outcome, with its evaluation, target and data (Rule 2)."""

    id: str = declare(_("Id"), Kind.ID)
    name: str | None = declare(
        _("Indicator"),
        Kind.TEXT,
        telling=True,
        tool="2.1",
        help=_("What is counted or measured, of whom, and where."),
        example=_("Share of emergency patients admitted, treated or sent home within four hours"),
    )
    outcome: str | None = declare(
        _("Outcome it measures"),
        Kind.LINK,
        links_to="outcomes",
        tool="2.1",
        help=_("Which outcome this number speaks for."),
    )
    definition: str | None = declare(
        _("Exact definition"),
        Kind.LONG_TEXT,
        tool="2.1",
        help=_("Who is counted, who is not, from when to when. Two people reading it would count the same."),
    )
    unit: str | None = declare(
        _("Unit"),
        Kind.TEXT,
        telling=True,
        tool="2.2",
        help=_('"%", "days", "students", "deaths per 1 000 births" ...'),
        example="%",
    )
    direction: str | None = declare(
        _("Which way is better"),
        Kind.CHOICE,
        telling=True,
        choices=DIRECTIONS,
        tool="2.2",
        help=_("The direction that helps people."),
    )
    three_m: ThreeM = declare(_("3M evaluation"), Kind.RECORD, record=ThreeM, tool="2.1")
    baseline: Baseline = declare(_("Baseline"), Kind.RECORD, record=Baseline, tool="2.2")
    benchmarks: tuple[Benchmark, ...] = declare(_("Benchmarks"), Kind.RECORDS, record=Benchmark, tool="2.2")
    target: Target = declare(_("Target"), Kind.RECORD, record=Target, tool="2.2")
    changes: tuple[TargetChange, ...] = declare(
        _("Changes of the target"), Kind.RECORDS, record=TargetChange, tool="2.3"
    )
    trajectory: tuple[TrajectoryPoint, ...] = declare(
        _("Planned path"), Kind.RECORDS, record=TrajectoryPoint, tool="2.3"
    )
    without: str | None = declare(
        _("Without the strategies"),
        Kind.CHOICE,
        choices=WITHOUT,
        tool="5.5",
        help=_("What the value would do if nothing new were done. Left empty: it stays as it is."),
    )
    most: Amount = declare(
        _("The best value there can be"),
        Kind.NUMBER,
        unit="indicator",
        tool="5.5",
        help=_("Where all are reached: the number of all schools, say. A share needs none: it ends at 0 and 100%."),
    )
    effects: tuple[Effect, ...] = declare(_("What each strategy adds"), Kind.RECORDS, record=Effect, tool="5.5")
    data_files: tuple[str, ...] = declare(
        _("Data files"), Kind.FILES, help=_("CSV files in the plan's data folder that hold the measured values.")
    )
    data_source: str | None = declare(
        _("Source of the measured values"), Kind.TEXT, help=_("Who published them and when; shown under the chart.")
    )
    data_illustrative: bool | None = declare(
        _("Measured values illustrative?"), Kind.YES_NO, help=_("Yes when the values are made up to practise with.")
    )
    observations: tuple[Observation, ...] = declare(
        _("Measured values"),
        Kind.RECORDS,
        record=Observation,
        help=_("Measured values written here instead of in a file."),
    )
