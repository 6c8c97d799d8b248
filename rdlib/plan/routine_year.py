"""The year of routines: whose holidays it keeps, when it begins, and the questions behind a calendar (Rule 7).

These are settings of the plan as a whole (tools 7.2 and 7.6); the routines themselves are in
:mod:`rdlib.plan.routines`.
"""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.words import _

#: Canada and its provinces first, then other countries; the codes are those of ISO 3166.
HOLIDAYS_OF = (
    Choice("CA", _("Canada (federal)")),
    Choice("CA-AB", _("Canada: Alberta")),
    Choice("CA-BC", _("Canada: British Columbia")),
    Choice("CA-MB", _("Canada: Manitoba")),
    Choice("CA-NB", _("Canada: New Brunswick")),
    Choice("CA-NL", _("Canada: Newfoundland and Labrador")),
    Choice("CA-NS", _("Canada: Nova Scotia")),
    Choice("CA-NT", _("Canada: Northwest Territories")),
    Choice("CA-NU", _("Canada: Nunavut")),
    Choice("CA-ON", _("Canada: Ontario")),
    Choice("CA-PE", _("Canada: Prince Edward Island")),
    Choice("CA-QC", _("Canada: Quebec")),
    Choice("CA-SK", _("Canada: Saskatchewan")),
    Choice("CA-YT", _("Canada: Yukon")),
    Choice("AR", _("Argentina")),
    Choice("AU", _("Australia")),
    Choice("AT", _("Austria")),
    Choice("BD", _("Bangladesh")),
    Choice("BE", _("Belgium")),
    Choice("BW", _("Botswana")),
    Choice("BR", _("Brazil")),
    Choice("CL", _("Chile")),
    Choice("CO", _("Colombia")),
    Choice("CR", _("Costa Rica")),
    Choice("HR", _("Croatia")),
    Choice("CZ", _("Czechia")),
    Choice("DK", _("Denmark")),
    Choice("EE", _("Estonia")),
    Choice("ET", _("Ethiopia")),
    Choice("FI", _("Finland")),
    Choice("FR", _("France")),
    Choice("DE", _("Germany")),
    Choice("GH", _("Ghana")),
    Choice("GR", _("Greece")),
    Choice("HU", _("Hungary")),
    Choice("IS", _("Iceland")),
    Choice("IN", _("India")),
    Choice("ID", _("Indonesia")),
    Choice("IE", _("Ireland")),
    Choice("IL", _("Israel")),
    Choice("IT", _("Italy")),
    Choice("JM", _("Jamaica")),
    Choice("JP", _("Japan")),
    Choice("JO", _("Jordan")),
    Choice("KE", _("Kenya")),
    Choice("KR", _("Korea, Republic of")),
    Choice("LV", _("Latvia")),
    Choice("LT", _("Lithuania")),
    Choice("LU", _("Luxembourg")),
    Choice("MW", _("Malawi")),
    Choice("MY", _("Malaysia")),
    Choice("MT", _("Malta")),
    Choice("MX", _("Mexico")),
    Choice("NA", _("Namibia")),
    Choice("NL", _("Netherlands")),
    Choice("NZ", _("New Zealand")),
    Choice("NG", _("Nigeria")),
    Choice("NO", _("Norway")),
    Choice("PK", _("Pakistan")),
    Choice("PE", _("Peru")),
    Choice("PH", _("Philippines")),
    Choice("PL", _("Poland")),
    Choice("PT", _("Portugal")),
    Choice("RO", _("Romania")),
    Choice("RW", _("Rwanda")),
    Choice("SA", _("Saudi Arabia")),
    Choice("SN", _("Senegal")),
    Choice("SL", _("Sierra Leone")),
    Choice("SG", _("Singapore")),
    Choice("SK", _("Slovakia")),
    Choice("SI", _("Slovenia")),
    Choice("ZA", _("South Africa")),
    Choice("ES", _("Spain")),
    Choice("SE", _("Sweden")),
    Choice("CH", _("Switzerland")),
    Choice("TZ", _("Tanzania")),
    Choice("TH", _("Thailand")),
    Choice("TT", _("Trinidad and Tobago")),
    Choice("TN", _("Tunisia")),
    Choice("TR", _("Türkiye")),
    Choice("UG", _("Uganda")),
    Choice("AE", _("United Arab Emirates")),
    Choice("GB", _("United Kingdom")),
    Choice("US", _("United States")),
    Choice("UY", _("Uruguay")),
    Choice("VN", _("Vietnam")),
    Choice("ZM", _("Zambia")),
    Choice("ZW", _("Zimbabwe")),
)


@attrs.frozen
class RoutineYear:
    """What the calendar of a plan keeps to, and six answers on how it is to work.

    >>> RoutineYear(holidays_of="CA-ON").starts is None
    True
    """

    starts: date | None = declare(
        _("The year of meetings begins on"),
        Kind.DAY,
        tool="7.2",
        help=_("Twelve months from this day are planned. Left empty: the fiscal year that today lies in."),
        example="2027-04-01",
    )
    holidays_of: str | None = declare(
        _("Holidays of"),
        Kind.CHOICE,
        choices=HOLIDAYS_OF,
        tool="7.2",
        help=_("No meeting falls on a weekend or a statutory holiday there. Left empty: Canada (federal)."),
    )
    region: str | None = declare(
        _("State, nation or region in it"),
        Kind.TEXT,
        tool="7.2",
        help=_("Its short code, where holidays differ inside the country. Not needed for Canada."),
        example="ENG",
    )
    time_zone: str | None = declare(
        _("Time zone"),
        Kind.TEXT,
        tool="7.2",
        help=_(
            "As computers name it: a continent, a slash, a city. Left empty: the one of the place above, where it has "
            "only one; for Canada as a whole, Toronto."
        ),
        example="America/Toronto",
    )
    hours: str | None = declare(
        _("Which hours are fixed?"),
        Kind.LONG_TEXT,
        tool="7.6",
        help=_(
            "When the delivery team and those it works with sit down over progress, and whether a whole year of it "
            "stands in all diaries. Two hours a week is what the method advises."
        ),
        example=_("Mondays 9 to 11; the twelve months are in the diaries of all six."),
    )
    turns: str | None = declare(
        _("When does each priority have its turn?"),
        Kind.LONG_TEXT,
        tool="7.6",
        help=_("How often each is looked at, by whom, and why that is often enough for it."),
    )
    honesty: str | None = declare(
        _("What lets people say how things stand?"),
        Kind.LONG_TEXT,
        tool="7.6",
        help=_("What you do so that bad news is brought early, and brings help and not blame."),
        example=_("The rating is agreed before the meeting; whoever reports red first gets the first ten minutes."),
    )
    likelihood: str | None = declare(
        _("How do you get to the question that matters?"),
        Kind.LONG_TEXT,
        tool="7.6",
        help=_("Will it be delivered, and what would make that more likely? What keeps the talk from stopping short."),
    )
    briefed: str | None = declare(
        _("How do those who decide come prepared?"),
        Kind.LONG_TEXT,
        tool="7.6",
        help=_("Who briefs whom, with what, and how many days before, so that the time together is for deciding."),
    )
    between: str | None = declare(
        _("What happens between two meetings?"),
        Kind.LONG_TEXT,
        tool="7.6",
        help=_("How the leaders see to it that what was agreed is done, and who asks them about it."),
    )


#: The six questions behind a calendar, by the names of their fields (tool 7.6).
QUESTIONS = ("hours", "turns", "honesty", "likelihood", "briefed", "between")
