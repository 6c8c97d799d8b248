"""Money: what strategies and delivery itself cost, how much there is, and where it comes from (Rule 6).

Amounts stand in the currency and the scale that the plan names once (its ``currency`` and ``money_scale``). Everything
here names strategies, indicators and members of the coalition by their ids, so that each stays described in one place.
"""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.fields import Choice, Kind, declare
from rdlib.plan.parts import Part
from rdlib.plan.priority import Priority
from rdlib.plan.values import Amount, Period
from rdlib.words import _

COST_KINDS = (
    Choice("people", _("People"), _("Pay and everything that goes with a post.")),
    Choice("programs", _("Programs and grants"), _("What is handed on to others: grants, contributions, contracts.")),
    Choice("capital", _("Capital"), _("Buildings, vehicles, machines: bought once, used for years.")),
    Choice("systems", _("Systems"), _("Data, software and licences.")),
    Choice("other", _("Other running cost"), _("Training, travel, rent, advice, communication.")),
)

FIRMNESS = (
    Choice("firm", _("Firm"), _("A price, a contract or last year's books: 5% either way.")),
    Choice("worked-out", _("Worked out"), _("Counted from units and prices: 10% below to 20% above.")),
    Choice("rough", _("Rough"), _("An order of size, by comparison with something like it: 25% below to 50% above.")),
)

#: How far a cost may lie below and above what is written, by how firm it is; the widths are ours.
SPREADS = {"firm": (0.95, 1.05), "worked-out": (0.9, 1.2), "rough": (0.75, 1.5)}

DELIVERY_LINES = (
    Choice("team", _("The delivery team"), _("The few people who chase progress, prepare reviews and solve problems.")),
    Choice("systems", _("Data and systems"), _("What it takes to get the figures in time, and to show them.")),
    Choice("routines", _("Routines"), _("Stocktakes, visits, notes: the time and travel of those who meet.")),
    Choice("monitoring", _("Monitoring and evaluation"), _("Surveys, checks on the spot, an evaluation at the end.")),
)

RULES = (
    Choice("at-least", _("Has to be in"), _("Begun, promised or bound by contract: it cannot be left out.")),
    Choice("never", _("Has to stay out"), _("Not to be had at any price: say why.")),
    Choice(
        "needs", _("Only together with"), _("It is worth nothing without the other one; the other can do without it.")
    ),
    Choice("not-both", _("Not both"), _("One of the two takes the place of the other.")),
)

ROUTES = (
    Choice(
        "memorandum",
        _("New: Memorandum to Cabinet"),
        _("Cabinet has to agree to something new; a Treasury Board submission follows before anything can be spent."),
    ),
    Choice(
        "submission",
        _("New: Treasury Board submission"),
        _("The policy is agreed on; the Treasury Board still has to approve how the money is spent."),
    ),
    Choice(
        "budget",
        _("New: annual Budget"),
        _("Money that no department has yet; the Budget decides, then a Treasury Board submission follows."),
    ),
    Choice(
        "reallocation", _("Existing: reallocation"), _("From another line of your own budget, which then does less.")
    ),
    Choice("efficiencies", _("Existing: efficiencies"), _("The same done for less; what is left over moves here.")),
    Choice("savings", _("Existing: savings"), _("Something is stopped, and its money moves here.")),
    Choice("joint", _("Joint funding"), _("Another department or order of government pays a share.")),
    Choice("sponsor", _("Sponsor"), _("Somebody outside government gives money and expects to be named.")),
    Choice("partner", _("Partner"), _("Somebody outside government gives people, places or work in place of money.")),
)
NEW_MONEY = frozenset({"memorandum", "submission", "budget"})
EXISTING_MONEY = frozenset({"reallocation", "efficiencies", "savings"})

FUNDING_STATUSES = (
    Choice("idea", _("Not asked yet"), _("It stands in this plan and nowhere else.")),
    Choice("asked", _("Asked for"), _("Those who decide have it in writing.")),
    Choice("agreed", _("Agreed"), _("They have said yes; the money is not there yet.")),
    Choice("in-hand", _("In hand"), _("It can be spent.")),
    Choice("refused", _("Refused"), _("They have said no; it is kept so that nobody asks twice."), retires=True),
)


def _illustrative(tool: str) -> bool | None:
    value: bool | None = declare(
        _("Illustrative?"), Kind.YES_NO, tool=tool, help=_("Yes when the figure is made up to practise with.")
    )
    return value


def _strategy(tool: str, help_: str) -> str | None:
    value: str | None = declare(_("Strategy"), Kind.LINK, links_to="strategies", tool=tool, help=help_)
    return value


@attrs.frozen
class Cost:
    """What a strategy costs in one year, of one kind (Rule 6, tool 6.1).

    >>> Cost("c1", strategy="s1", kind="people", amount=12.0).funded is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    strategy: str | None = _strategy("6.1", _("What costs this."))
    year: Period | None = declare(
        _("Fiscal year"),
        Kind.WHEN,
        tool="6.1",
        help=_("The year in which it is spent; one row for each year."),
        example="2027/28",
    )
    kind: str | None = declare(
        _("Kind of cost"), Kind.CHOICE, choices=COST_KINDS, tool="6.1", help=_("What the money buys.")
    )
    amount: Amount = declare(
        _("Cost"),
        Kind.NUMBER,
        low=0,
        tool="6.1",
        help=_("In the currency and the scale named above, in the prices of that year."),
    )
    firmness: str | None = declare(
        _("How firm"), Kind.CHOICE, choices=FIRMNESS, tool="6.1", help=_("How far it may turn out otherwise.")
    )
    funded: Amount = declare(
        _("Of it funded"), Kind.NUMBER, low=0, tool="6.1", help=_("How much of it is there already; 0 for nothing yet.")
    )
    source: str | None = declare(
        _("Where the figure comes from"),
        Kind.TEXT,
        tool="6.1",
        help=_("Who worked it out, from what, and when."),
        example=_("Finance branch, from the pilot's books, March 2027"),
    )
    illustrative: bool | None = _illustrative("6.1")


@attrs.frozen
class ExpectedImpact:
    """How far a strategy, carried out in full, moves an indicator towards its target (Rule 6, tool 6.1).

    Asked only where the path of the indicator (Rule 5, tool 5.5) does not say it already.

    >>> ExpectedImpact("x1", strategy="s1", indicator="i1", low=1.0, middle=3.0, high=4.0).basis is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    strategy: str | None = _strategy("6.1", _("What moves it."))
    indicator: str | None = declare(
        _("Indicator"), Kind.LINK, links_to="indicators", tool="6.1", help=_("What it moves.")
    )
    low: Amount = declare(
        _("At least"), Kind.NUMBER, tool="6.1", help=_("If things go badly. Below 0 where it might do harm.")
    )
    middle: Amount = declare(
        _("Expected"),
        Kind.NUMBER,
        tool="6.1",
        help=_("By the day on which the target falls due, towards the target, in the unit of the indicator."),
    )
    high: Amount = declare(_("At most"), Kind.NUMBER, tool="6.1", help=_("If everything goes well."))
    basis: str | None = declare(
        _("What it rests on"), Kind.TEXT, tool="6.1", help=_("Where something like it moved the number, and how far.")
    )
    illustrative: bool | None = _illustrative("6.1")


@attrs.frozen
class Limit:
    """How much money there is, for one year or for all years together (Rule 6, tool 6.2).

    >>> Limit("l1", amount=250.0).year is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    year: Period | None = declare(
        _("Fiscal year"),
        Kind.WHEN,
        tool="6.2",
        help=_("Left empty, the amount is for all years together."),
        example="2027/28",
    )
    amount: Amount = declare(
        _("At most"), Kind.NUMBER, low=0, tool="6.2", help=_("For all strategies and for delivery itself.")
    )
    source: str | None = declare(
        _("Who set it, and when"), Kind.TEXT, tool="6.2", help=_("A letter, a decision, or your own assumption.")
    )
    illustrative: bool | None = _illustrative("6.2")


@attrs.frozen
class SmallerVersion:
    """A smaller version of a strategy, where it need not be all or nothing (Rule 6, tool 6.2).

    >>> SmallerVersion("v1", strategy="s1", name="Half of the regions", cost_share=50.0, impact_share=65.0).name
    'Half of the regions'
    """

    id: str = declare(_("Id"), Kind.ID)
    strategy: str | None = _strategy("6.2", _("What could be done in a smaller version."))
    name: str | None = declare(
        _("Smaller version"),
        Kind.TEXT,
        telling=True,
        tool="6.2",
        help=_("What would be done, and what would not."),
        example=_("Only in the ten slowest regions"),
    )
    cost_share: Amount = declare(
        _("Share of the full cost"), Kind.NUMBER, unit="%", low=0, high=100, tool="6.2", help=_("In every year.")
    )
    impact_share: Amount = declare(
        _("Share of the full impact"),
        Kind.NUMBER,
        unit="%",
        low=0,
        high=100,
        tool="6.2",
        help=_("Often more than its share of the cost: begin where it helps most."),
    )
    illustrative: bool | None = _illustrative("6.2")


@attrs.frozen
class Condition:
    """What any choice has to respect (Rule 6, tool 6.2). What waits for what is known from tool 4.3 already.

    >>> Condition("k1", strategy="s1", rule="not-both", other="s2").why is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    strategy: str | None = _strategy("6.2", _("The one that it is about."))
    rule: str | None = declare(_("Condition"), Kind.CHOICE, choices=RULES, tool="6.2", help=_("What has to hold."))
    other: str | None = declare(
        _("The other strategy"),
        Kind.LINK,
        links_to="strategies",
        tool="6.2",
        help=_("For “only together with” and “not both”."),
    )
    version: str | None = declare(
        _("At least in this version"),
        Kind.LINK,
        links_to="smaller_versions",
        tool="6.2",
        help=_("For “has to be in”, where a smaller version is enough. Left empty, in full."),
    )
    why: str | None = declare(_("Why"), Kind.TEXT, tool="6.2", help=_("Who says so, and what would happen otherwise."))


@attrs.frozen
class OwnPick:
    """A strategy that is in the team's own choice, in full or in a smaller version (Rule 6, tool 6.2).

    >>> OwnPick("p1", strategy="s1").version is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    strategy: str | None = _strategy("6.2", _("What you would pay for."))
    version: str | None = declare(
        _("Version"),
        Kind.LINK,
        links_to="smaller_versions",
        tool="6.2",
        help=_("Left empty, in full."),
    )
    why: str | None = declare(_("Why"), Kind.LONG_TEXT, tool="6.2", help=_("What you know that no figure here shows."))


@attrs.frozen
class Weight:
    """How much the gap of one indicator counts beside that of another (Rule 6, tool 6.2).

    >>> Weight("w1", indicator="i1", weight=60.0).why is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    indicator: str | None = declare(_("Indicator"), Kind.LINK, links_to="indicators", tool="6.2", help=_("Its target."))
    weight: Amount = declare(
        _("Weight"),
        Kind.NUMBER,
        low=0,
        tool="6.2",
        help=_("What closing its whole gap is worth to you beside the others: 60 and 40, or 2 and 1."),
    )
    why: str | None = declare(_("Why"), Kind.TEXT, tool="6.2", help=_("This is a judgement; say whose."))


@attrs.frozen
class DeliveryCost:
    """What delivery itself costs in one year (Rule 6, tool 6.3).

    >>> DeliveryCost("d1", line="team", amount=2.0).funded is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    line: str | None = declare(
        _("What for"), Kind.CHOICE, choices=DELIVERY_LINES, tool="6.3", help=_("One of the four that delivery needs.")
    )
    year: Period | None = declare(
        _("Fiscal year"),
        Kind.WHEN,
        tool="6.3",
        help=_("The year in which it is spent; one row for each year."),
        example="2027/28",
    )
    amount: Amount = declare(
        _("Cost"), Kind.NUMBER, low=0, tool="6.3", help=_("0 where it costs nothing more; say why beside it.")
    )
    funded: Amount = declare(
        _("Of it funded"), Kind.NUMBER, low=0, tool="6.3", help=_("How much of it is there already; 0 for nothing yet.")
    )
    note: str | None = declare(
        _("What it buys, or why it costs nothing"),
        Kind.TEXT,
        tool="6.3",
        help=_("Posts, licences, visits; or who does it already, and out of which budget."),
        example=_("Four analysts; two are lent by the regions"),
    )
    illustrative: bool | None = _illustrative("6.3")


@attrs.frozen
class Funding:
    """One way in which money that is still missing is to come (Rule 6, tool 6.4).

    >>> Funding("f1", name="Second round of the programme", route="submission").status is None
    True
    """

    id: str = declare(_("Id"), Kind.ID)
    name: str | None = declare(
        _("What is asked for, or moved"),
        Kind.TEXT,
        tool="6.4",
        help=_("In a few words, as those who decide would call it."),
        example=_("Training money of two branches"),
    )
    route: str | None = declare(
        _("Route"), Kind.CHOICE, choices=ROUTES, tool="6.4", help=_("Where the money comes from.")
    )
    amount: Amount = declare(
        _("Amount"), Kind.NUMBER, low=0, tool="6.4", help=_("What it is to bring, in all its years.")
    )
    pays_for: tuple[str, ...] = declare(
        _("Pays for"),
        Kind.LINKS,
        links_to="strategies",
        tool="6.4",
        help=_("Tick none where it is for delivery itself, or for all together."),
    )
    needed_by: date | None = declare(
        _("Needed by"), Kind.DAY, tool="6.4", help=_("The first day on which it has to be there to be spent.")
    )
    months: Amount = declare(
        _("Months from asking to having it"),
        Kind.NUMBER,
        low=0,
        high=60,
        tool="6.4",
        help=_("Left empty, an assumption of ours stands in, and is shown as such. Ask your finance branch."),
    )
    status: str | None = declare(
        _("Where it stands"), Kind.CHOICE, choices=FUNDING_STATUSES, tool="6.4", help=_("Today.")
    )
    asked_on: date | None = declare(
        _("Asked for on"), Kind.DAY, tool="6.4", help=_("The day on which those who decide were first asked.")
    )
    gives_way: str | None = declare(
        _("What gives way for it"),
        Kind.LONG_TEXT,
        tool="6.4",
        help=_("For money that exists: what will be done less, or not at all, and who has been told."),
    )
    owner: str | None = declare(_("Who gets it"), Kind.PERSON, tool="6.4", help=_("The one person who asks for it."))
    helpers: tuple[str, ...] = declare(
        _("Members of the coalition who can help"),
        Kind.LINKS,
        links_to="coalition",
        tool="6.4",
        help=_("Those who decide about it, or are listened to by those who do."),
    )
    ask: str | None = declare(
        _("What you ask of them"),
        Kind.LONG_TEXT,
        tool="6.4",
        help=_("One thing that each of them can do, and by when."),
    )
    illustrative: bool | None = _illustrative("6.4")


#: What the strategies of a priority cost, by year and kind.
COSTS = Part("costs", Cost, of=Priority, label=_("What the strategies cost"))

#: What the strategies are expected to move, where no path of tool 5.5 says so.
IMPACTS = Part("expected_impacts", ExpectedImpact, of=Priority, label=_("What the strategies are expected to move"))

#: How much money there is.
LIMITS = Part("budget_limits", Limit, of=Priority, label=_("How much there is"))

#: Smaller versions of strategies.
VERSIONS = Part("smaller_versions", SmallerVersion, of=Priority, label=_("Smaller versions"))

#: What any choice has to respect.
CONDITIONS = Part("conditions", Condition, of=Priority, label=_("Conditions"))

#: The team's own choice; the strategies that are chosen in tool 4.3, in full, where it is empty.
OWN_PICKS = Part("own_picks", OwnPick, of=Priority, label=_("Your own choice"))

#: How much one indicator counts beside another.
WEIGHTS = Part("indicator_weights", Weight, of=Priority, label=_("How much each target counts"))

#: What delivery itself costs.
DELIVERY_COSTS = Part("delivery_costs", DeliveryCost, of=Priority, label=_("Budget for delivery itself"))

#: Where the missing money is to come from.
FUNDING = Part("funding", Funding, of=Priority, label=_("Where the money comes from"))
