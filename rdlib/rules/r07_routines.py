"""Rule 7, use routines: its exercises, and what it asks of each role.

The checks are in :mod:`rdlib.rules.r07_today` (7.1), :mod:`rdlib.rules.r07_architecture` with
:mod:`rdlib.rules.r07_year` (7.2), :mod:`rdlib.rules.r07_assessment` (7.3), :mod:`rdlib.rules.r07_agenda` (7.4),
:mod:`rdlib.rules.r07_stocktake` (7.5) and :mod:`rdlib.rules.r07_preparation` (7.6).
"""

from __future__ import annotations

from rdlib.plan.plan import Plan
from rdlib.rules import r07_agenda, r07_architecture, r07_assessment, r07_preparation, r07_stocktake, r07_today
from rdlib.rules.registry import Exercise
from rdlib.words import _

WORKBOOK = "07_routines.ipynb"

#: What the rule asks of each role, in our words; the keys are the roles of the plan.
DUTIES = {
    "exempt-staff": (
        _("Guard the dates of the stocktakes in the Minister's diary; a date that moves twice is lost."),
        _("See to it that the Minister arrives with the evidence read and the two or three decisions known."),
    ),
    "crdo": (
        _("Get the time before the stocktake too: with the Deputy, with the Minister's office, with the Minister."),
        _("Ask the question that everybody hopes will not come, and stay with it until somebody says what changes."),
    ),
    "data-lead": (
        _("Bring the same few pictures each time, up to date, so that what has moved can be seen at a glance."),
        _("Say before the meeting what the figures can bear, and what they cannot."),
    ),
    "senior-executive": (
        _("Use the dates as deadlines for your own people: what is to have moved by then?"),
        _("Come yourself, and bring what is not going well before it is found."),
    ),
    "senior-program-manager": (
        _("Run the preparation as if the meeting depended on it, because it does."),
        _("Send round what was agreed on the same day, and ask about it before the next date."),
    ),
}

EXERCISE_7_1 = Exercise(
    id="7.1",
    title=_("Routines today"),
    rule=7,
    workbook=WORKBOOK,
    section="routines-today",
    about=_("List what meets and reports today, what it asks, and what it costs; then keep, mend or stop each."),
    minutes=30,
    kinds=r07_today.KINDS,
    scope=Plan,
    attempted=r07_today.attempted,
    check=r07_today.check,
    hints=(
        _("Open last month's diary of the person who leads: what stood there more than once?"),
        _("Take the last three times of each. What was different the day after?"),
        _("Suppose it did not take place for two months. Who would notice, and by what?"),
    ),
)
EXERCISE_7_2 = Exercise(
    id="7.2",
    title=_("Routine architecture"),
    rule=7,
    workbook=WORKBOOK,
    section="routines",
    about=_("Plan who looks at which priority, how often and with whom; the year of dates is worked out from it."),
    minutes=40,
    kinds=r07_architecture.KINDS,
    scope=Plan,
    attempted=r07_architecture.attempted,
    check=r07_architecture.check,
    hints=(
        _("Begin at the top: how often can the person whose questions count really sit down for this?"),
        _("Work backwards: what has to be known before that meeting, and in which meeting is it found out?"),
        _("Several priorities and one leader: give each its own dates, spread out, so that each gets a whole meeting."),
    ),
)
EXERCISE_7_3 = Exercise(
    id="7.3",
    title=_("Assessment framework"),
    rule=7,
    workbook=WORKBOOK,
    section="assessment",
    about=_("Rate five judgements and the likelihood of delivery, each alone; compare, then agree, beside the data."),
    minutes=35,
    kinds=r07_assessment.KINDS,
    attempted=r07_assessment.attempted,
    check=r07_assessment.check,
    hints=(
        _("Begin with the evidence: what have you seen or read since the last time that surprised you?"),
        _("For each rating, write what it would take to be one higher. If you cannot say, it may be too high already."),
        _("The lowest of the group speaks first, then the highest. What does each know that the other does not?"),
    ),
)
EXERCISE_7_4 = Exercise(
    id="7.4",
    title=_("T-shaped agenda"),
    rule=7,
    workbook=WORKBOOK,
    section="agenda",
    about=_("Share out the time of a meeting: a short view over everything, depth on a few issues, commitments."),
    minutes=20,
    kinds=r07_agenda.KINDS,
    scope=Plan,
    attempted=r07_agenda.attempted,
    check=r07_agenda.check,
    hints=(
        _("Write the purpose first: what will be settled when you leave the room that is open now?"),
        _("What can be read beforehand takes no time in the meeting. How short can the shared view be?"),
        _("Two issues of half an hour settle more than six of ten minutes. Which two, if only two?"),
    ),
)
EXERCISE_7_5 = Exercise(
    id="7.5",
    title=_("Stocktake"),
    rule=7,
    workbook=WORKBOOK,
    section="stocktake",
    about=_("Write down a stocktake: achievements, decisions, actions; close it, and carry on what is open."),
    minutes=40,
    kinds=r07_stocktake.KINDS,
    scope=Plan,
    attempted=r07_stocktake.attempted,
    check=r07_stocktake.check,
    hints=(
        _("Which two decisions can be taken only by those who will sit in the room? Write them as questions."),
        _("Read each action aloud: would two people agree on whether it is done?"),
        _("Take the action that was carried forward most often. Who has to say yes for it to be done, or to end?"),
    ),
)
EXERCISE_7_6 = Exercise(
    id="7.6",
    title=_("Preparation"),
    rule=7,
    workbook=WORKBOOK,
    section="preparation",
    about=_("Answer six questions about your calendar, and plan the five steps to the next meeting, with owners."),
    minutes=25,
    kinds=r07_preparation.KINDS,
    scope=Plan,
    attempted=r07_preparation.attempted,
    check=r07_preparation.check,
    hints=(
        _("Count back from the meeting: when must those who chair it have read everything?"),
        _("Who would be surprised in the room? That person is briefed before."),
        _("The judgement comes before the meeting: who agrees with whom on the rating, and on which day?"),
    ),
)

EXERCISES = (EXERCISE_7_1, EXERCISE_7_2, EXERCISE_7_3, EXERCISE_7_4, EXERCISE_7_5, EXERCISE_7_6)
