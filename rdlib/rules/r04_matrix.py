"""Rule 4, tool 4.2: potential impact on the target against degree of difficulty.

Impact is a claim about the future, so the evidence behind it is asked for. The place on the board is people's
judgement; the checks say where it rests on nothing, and what the picture as a whole leaves out.
"""

from __future__ import annotations

from rdlib.plan.fields import field_of
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import (
    DIFFICULTY_LEVELS,
    HIGHEST,
    IMPACT_LEVELS,
    LOWEST,
    STRATEGIES,
    Strategy,
)
from rdlib.rules.boards import Axis, Board, Item, Zone, value_of
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r04_candidates import is_begun, name_of, said, strategies
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_thin
from rdlib.words import _, format_number

TOOL = "4.2"

#: The middle of both scales: a value on it counts as high, or as hard. Our choice.
MIDDLE = 5.0

#: The picture as a whole is judged from this many placed strategies on. Our threshold.
ENOUGH = 4

NOT_PLACED = FindingKind(
    "R4-not-placed", TOOL, Severity.MISSING, _("Not placed yet"),
    why=_("A strategy that stands nowhere on the board cannot be weighed against the others."),
)  # fmt: skip
NO_EVIDENCE = FindingKind(
    "R4-impact-no-evidence", TOOL, Severity.MISSING, _("Impact without evidence"),
    why=_("An impact that rests on nothing makes every strategy look as good as its loudest friend says."),
)  # fmt: skip
HUNCH = FindingKind(
    "R4-hunch", TOOL, Severity.WEAK, _("High impact on a hunch"),
    why=_("The plan leans most on what is placed highest; that is where somebody has to have looked."),
)  # fmt: skip
EVIDENCE_NOT_SAID = FindingKind(
    "R4-evidence-not-said", TOOL, Severity.MISSING, _("Evidence is claimed, not told"),
    why=_("Others can only trust, or correct, evidence that they are shown."),
)  # fmt: skip
KIND_NOT_SAID = FindingKind(
    "R4-evidence-kind", TOOL, Severity.NOTE, _("Kind of evidence not said"),
    why=_("A trial, a success elsewhere and the feeling of the front line weigh differently."),
)  # fmt: skip
THIN_EVIDENCE = FindingKind(
    "R4-thin-evidence", TOOL, Severity.WEAK, _("The evidence says nothing yet"),
    why=_("Evidence names a place, a time or a figure that somebody else could look up."),
)  # fmt: skip
DIFFICULTY_NO_REASON = FindingKind(
    "R4-difficulty-no-reason", TOOL, Severity.NOTE, _("Not said what makes it easy or hard"),
    why=_("Complexity, many who must act, and cost ask for different help."),
)  # fmt: skip
ONE_QUADRANT = FindingKind(
    "R4-one-quadrant", TOOL, Severity.WEAK, _("All in one corner"),
    why=_("A board on which everything is alike helps nobody to choose."),
)  # fmt: skip
NO_QUICK_WIN = FindingKind(
    "R4-no-quick-win", TOOL, Severity.WEAK, _("No quick win"),
    why=_("Early results buy the patience that the hard work needs."),
)  # fmt: skip
NOT_TRANSFORMATIVE = FindingKind(
    "R4-nothing-transformative", TOOL, Severity.WEAK, _("Nothing transformative"),
    why=_("Easy things alone seldom reach an ambitious target, or somebody would have done them before."),
)  # fmt: skip
LOW_HARD_CHOSEN = FindingKind(
    "R4-low-impact-hard-chosen", TOOL, Severity.WEAK, _("Chosen: low impact and hard"),
    why=_("It will take the people and the money that the strategies with impact need."),
)  # fmt: skip
BALANCED = FindingKind(
    "R4-balanced", TOOL, Severity.GOOD, _("Quick wins and transformative work, with evidence"),
    why=_("There is something to show early and something that can reach the target."),
)  # fmt: skip

KINDS = (
    NOT_PLACED, NO_EVIDENCE, HUNCH, EVIDENCE_NOT_SAID, KIND_NOT_SAID, THIN_EVIDENCE, DIFFICULTY_NO_REASON,
    ONE_QUADRANT, NO_QUICK_WIN, NOT_TRANSFORMATIVE, LOW_HARD_CHOSEN, BALANCED,
)  # fmt: skip

QUICK_WINS, TRANSFORMATIVE, IF_FREE, DROP = "quick-wins", "transformative", "if-free", "drop"

_LOOKS = {"chosen": "full", "dropped": "faint"}


def _feasibility(strategy: Strategy) -> str:
    """The political feasibility as it stands beside the matrix: number and word (Rule 4, tool 4.4)."""
    if strategy.feasibility is None:
        return ""
    choice = field_of(Strategy, "feasibility").choice(str(strategy.feasibility))
    return f"{strategy.feasibility} {choice.label}" if choice else str(strategy.feasibility)


def items(priority: Priority, plan: Plan) -> tuple[Item, ...]:
    """Return the strategies of a priority as items of the board; dropped ones are shown too."""
    statuses = field_of(Strategy, "status")
    found = []
    for strategy in STRATEGIES.read(priority):
        if not strategy.id:
            continue
        state = statuses.choice(strategy.status or "candidate")
        found.append(
            Item(
                strategy.id,
                name_of(strategy),
                value_of(strategy.difficulty),
                value_of(strategy.impact),
                _LOOKS.get(strategy.status or "", "open"),
                state.label if state else "",
                (_feasibility(strategy),),
            )
        )
    return tuple(found)


#: The matrix of tool 4.2. The names of the two upper zones are the method's; those of the lower two are ours.
MATRIX = Board(
    key="strategy-matrix",
    title=_("Impact and difficulty of the strategies"),
    part=STRATEGIES.key,
    across=Axis(
        "difficulty",
        _("Degree of difficulty"),
        (_("easy"), _("hard")),
        DIFFICULTY_LEVELS,
        (MIDDLE,),
        low=LOWEST,
        high=HIGHEST,
    ),
    up=Axis(
        "impact",
        _("Potential impact on the target"),
        (_("low"), _("high")),
        IMPACT_LEVELS,
        (MIDDLE,),
        low=LOWEST,
        high=HIGHEST,
    ),
    zones=(
        Zone(QUICK_WINS, _("Quick wins"), _("High impact, easy: do them first"), 0, 1),
        Zone(TRANSFORMATIVE, _("Transformative work"), _("High impact, hard: build up to it"), 1, 1),
        Zone(IF_FREE, _("Only if it costs nothing"), _("Low impact, easy"), 0, 0, ours=True),
        Zone(DROP, _("Drop it"), _("Low impact, hard"), 1, 0, ours=True),
    ),
    items=items,
    notes=(_("Political feasibility"),),
    key_to_looks=(("full", _("chosen")), ("open", _("candidate")), ("faint", _("dropped"))),
)


def zone_of(strategy: Strategy) -> str | None:
    """Return the key of the quadrant that a strategy stands in; None while it is not placed.

    >>> zone_of(Strategy("s1", impact=8.0, difficulty=3.0))
    'quick-wins'
    """
    x, y = value_of(strategy.difficulty), value_of(strategy.impact)
    return None if x is None or y is None else MATRIX.zone_at(x, y).key


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether any strategy was placed, or its impact argued."""
    return any(
        s.impact is not None or s.difficulty is not None or s.evidence_kind or said(s.evidence)
        for s in strategies(priority)
    )


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge where the strategies stand and what that rests on (Rule 4, tool 4.2).

    A strategy that was dropped is left alone.
    """
    where = f"priorities/{priority.id}/{STRATEGIES.key}"
    weighed = []
    found: list[Finding] = []
    for place, strategy in enumerate(STRATEGIES.read(priority), start=1):
        if is_begun(strategy) and strategy.status != "dropped":
            weighed.append(strategy)
            found += _check_one(strategy, f"{where}/{strategy.id or f'#{place}'}")
    return _check_all(strategies(priority), weighed, where, bool(found)) + found


def _check_one(strategy: Strategy, at: str) -> list[Finding]:
    found = []
    name = name_of(strategy)
    impact, difficulty = value_of(strategy.impact), value_of(strategy.difficulty)
    if impact is None or difficulty is None:
        what = {
            (True, True): _("“{strategy}” has neither impact nor difficulty."),
            (True, False): _("“{strategy}” has no impact."),
            (False, True): _("“{strategy}” has no difficulty."),
        }[impact is None, difficulty is None]
        found.append(
            NOT_PLACED.at(
                f"{at}/{'impact' if impact is None else 'difficulty'}",
                what.format(strategy=name),
                _("Put it on the board, compared with those that stand there. You can move it later."),
            )
        )
    if impact is not None:
        found += _check_evidence(strategy, impact, at)
    if difficulty is not None and not said(strategy.difficulty_why):
        found.append(
            DIFFICULTY_NO_REASON.at(
                f"{at}/difficulty_why",
                _("The difficulty of “{strategy}” has no reason.").format(strategy=name),
                _("Name what is complex about it, who has to act, and what it costs."),
            )
        )
    if strategy.status == "chosen" and zone_of(strategy) == DROP:
        found.append(
            LOW_HARD_CHOSEN.at(
                f"{at}/status",
                _("“{strategy}” is chosen, with an impact of {impact} and a difficulty of {difficulty}.").format(
                    strategy=name, impact=format_number(impact or 0), difficulty=format_number(difficulty or 0)
                ),
                _("Drop it, or say in its reason what makes it worth the effort all the same."),
            )
        )
    return found


def _check_evidence(strategy: Strategy, impact: float, at: str) -> list[Finding]:
    name, kind, told = name_of(strategy), strategy.evidence_kind, said(strategy.evidence)
    if kind is None and not told:
        return [
            NO_EVIDENCE.at(
                f"{at}/evidence_kind",
                _("“{strategy}” has an impact of {impact}, and nothing is said of what that rests on.").format(
                    strategy=name, impact=format_number(impact)
                ),
                _("Say what kind of evidence there is, and what it found. “None yet” is an honest answer."),
            )
        ]
    if kind == "none":
        if impact < MIDDLE:
            return []
        return [
            HUNCH.at(
                f"{at}/evidence_kind",
                _("“{strategy}” is placed at {impact} of 10 with no evidence.").format(
                    strategy=name, impact=format_number(impact)
                ),
                _("Look for a place that has done it, or try it in one place; until then, place it lower."),
            )
        ]
    if not told:
        return [
            EVIDENCE_NOT_SAID.at(
                f"{at}/evidence",
                _("A kind of evidence is chosen for “{strategy}”, and not what it found.").format(strategy=name),
                _("Write where it was found, by whom, and how large the effect was."),
            )
        ]
    found = []
    if kind is None:
        found.append(
            KIND_NOT_SAID.at(
                f"{at}/evidence_kind",
                _("It is not said what kind of evidence there is for “{strategy}”.").format(strategy=name),
                _("Choose the strongest kind that it has."),
            )
        )
    if is_thin(told, strategy.title):
        found.append(
            THIN_EVIDENCE.at(
                f"{at}/evidence",
                _("The evidence given is “{evidence}”.").format(evidence=told),
                _("Name the place and the result, or choose “None yet”."),
            )
        )
    return found


def _check_all(everything: tuple[Strategy, ...], weighed: list[Strategy], where: str, doubts: bool) -> list[Finding]:
    """Judge the picture as a whole; quick wins and transformative work that were dropped do not count."""
    zones = [zone for s in weighed if (zone := zone_of(s)) is not None]
    if len(zones) < ENOUGH:
        return []
    names = {zone.key: zone.name for zone in MATRIX.zones}
    if len(set(zones)) == 1 and len({zone_of(s) for s in everything} - {None}) == 1:
        return [
            ONE_QUADRANT.at(
                where,
                _("All {n} strategies stand in “{zone}”.").format(n=len(zones), zone=names[zones[0]]),
                _("Order them from the easiest to the hardest, spread them out, and do the same with the impact."),
            )
        ]
    found = []
    if QUICK_WINS not in zones:
        found.append(
            NO_QUICK_WIN.at(
                where,
                _("Nothing that is easy has a high impact."),
                _("Look for a part of a large strategy that one team could do within months."),
            )
        )
    if TRANSFORMATIVE not in zones:
        found.append(
            NOT_TRANSFORMATIVE.at(
                where,
                _("Nothing that is hard has a high impact."),
                _("Ask what would have to be true to reach the target, and who would have to work in another way."),
            )
        )
    if not found and not doubts:
        found.append(
            BALANCED.at(where, _("There are quick wins and transformative work, and the impact of each has evidence."))
        )
    return found
