"""The risks of a priority: is each answered, and is there one for what the drawing shows to be weak? (Rules 5, 9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdlib.plan.priority import Priority
from rdlib.plan.risks import RISKS, Risk
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r05_lines import listed
from rdlib.rules.r05_pressure_result import Pressure, TestResult
from rdlib.words import _

TOOL = "5.3"

#: From so many risks on, it is asked whether they were really weighed against each other. Ours.
MANY = 3
#: A test with this rating or a lower one needs a risk. Ours.
NEEDS_RISK = 2

NO_RISK = FindingKind(
    "R5-weak-part-no-risk", TOOL, Severity.WEAK, _("A weak part that no risk is about"),
    why=_("You know that it is weak; what is not written down as a risk gets no answer and no owner."),
)  # fmt: skip
NO_ANSWER = FindingKind(
    "R5-risk-no-answer", TOOL, Severity.MISSING, _("A risk without an answer"),
    why=_("A list of worries is no protection; each needs something that is done, or the decision to live with it."),
)  # fmt: skip
NO_OWNER = FindingKind(
    "R5-risk-no-owner", TOOL, Severity.MISSING, _("A risk that nobody watches"),
    why=_("What everybody worries about, nobody looks after."),
)  # fmt: skip
NO_SIGN = FindingKind(
    "R5-risk-no-sign", TOOL, Severity.NOTE, _("Not said what would be seen first"),
    why=_("A risk whose first sign nobody knows is noticed when it is no risk any more."),
)  # fmt: skip
ABOUT_NOTHING = FindingKind(
    "R5-risk-about-nothing", TOOL, Severity.MISSING, _("Not said what the risk is about"),
    why=_("A risk that could stand in any plan helps none."),
)  # fmt: skip
ALL_ALIKE = FindingKind(
    "R5-risks-alike", TOOL, Severity.NOTE, _("All risks weigh the same"),
    why=_("If everything is as likely and as bad as everything else, nobody has chosen what to look after first."),
)  # fmt: skip
ANSWERED = FindingKind(
    "R5-risks-answered", TOOL, Severity.GOOD, _("Each risk has an answer and an owner"),
    why=_("Whoever asks what could go wrong gets a name and a date, not a shrug."),
)  # fmt: skip

KINDS = (NO_RISK, NO_ANSWER, NO_OWNER, NO_SIGN, ABOUT_NOTHING, ALL_ALIKE, ANSWERED)


def risks(priority: Priority) -> tuple[Risk, ...]:
    """Return the risks of a priority, closed ones too."""
    return RISKS.read(priority)


def live(priority: Priority) -> list[Risk]:
    """Return the risks that can still happen."""
    return [risk for risk in risks(priority) if risk.status != "closed"]


def named(risk: Risk) -> str:
    """Return what to call a risk."""
    return (risk.title or "").strip() or risk.id


def check(priority: Priority, tested: Iterable[Pressure]) -> list[Finding]:
    """Judge the risks of a priority beside the pressure tests of its chains.

    Args:
        priority: the priority.
        tested: the results of its chains.
    """
    where = f"priorities/{priority.id}/{RISKS.key}"
    found = [*_each(priority, where)]
    open_ones = live(priority)
    weighed = {(risk.likelihood, risk.effect) for risk in open_ones}
    if len(open_ones) >= MANY and len(weighed) == 1 and weighed != {(None, None)}:
        found.append(
            ALL_ALIKE.at(
                where,
                _("All {n} risks are rated as equally likely and equally bad.").format(n=len(open_ones)),
                _("Put the two that worry you most above the others."),
            )
        )
    for each in tested:
        found += _missing(each, open_ones, where)
    serious = any(finding.severity in {Severity.MISSING, Severity.WEAK} for finding in found)
    if open_ones and not serious:
        found.append(ANSWERED.at(where, _("All {n} of them.").format(n=len(open_ones))))
    return found


def _each(priority: Priority, where: str) -> Iterator[Finding]:
    for number, risk in enumerate(risks(priority), start=1):
        there = f"{where}/{risk.id or f'#{number}'}"
        if risk.status == "closed":
            continue
        if not (risk.answer or "").strip():
            yield NO_ANSWER.at(
                f"{there}/answer",
                _("“{risk}” has no answer.").format(risk=named(risk)),
                _("Say what makes it less likely or less bad, or why you accept it."),
            )
        if not (risk.owner or "").strip() and risk.status != "accepted":
            yield NO_OWNER.at(
                f"{there}/owner",
                _("Nobody answers for “{risk}”.").format(risk=named(risk)),
                _("Name one person who watches for the first sign."),
            )
        if not (risk.first_sign or "").strip():
            yield NO_SIGN.at(
                f"{there}/first_sign",
                _("Nobody has said how “{risk}” would show first.").format(risk=named(risk)),
                _("Ask those nearest to it: what would you notice a month before the figures do?"),
            )
        if risk.reach != "whole" and not (risk.strategies or risk.actors or risk.links):
            yield ABOUT_NOTHING.at(
                there,
                _("“{risk}” is about no strategy, no actor and no link.").format(risk=named(risk)),
                _("Tick what it would hit, and with whom it would begin."),
            )


def about(risk: Risk, chain_id: str) -> set[str]:
    """Return the ids of the actors and links of one chain that a risk is about.

    >>> sorted(about(Risk("r1", actors=("c1/a1", "c2/a1"), links=("c1/l1",)), "c1"))
    ['a1', 'l1']
    """
    start = f"{chain_id}/"
    return {reference.removeprefix(start) for reference in (*risk.actors, *risk.links) if reference.startswith(start)}


def _missing(tested: Pressure, open_ones: list[Risk], where: str) -> Iterator[Finding]:
    known = {id_ for risk in open_ones for id_ in about(risk, tested.chain.id)}
    forgotten = []
    for result in tested.tests:
        parts = _worst(result) if result.rating is not None and result.rating <= NEEDS_RISK else set()
        ends = {
            end for link in tested.chain.links if link.id in parts for end in (link.source or "", link.target or "")
        }
        if parts and not (parts | ends) & known:
            forgotten.append(f"{result.title}: {result.says}")
    if forgotten:
        yield NO_RISK.at(
            where,
            " ".join(forgotten),
            _("Write down what could happen there, what would be seen first, and who does what about it."),
        )


def _worst(result: TestResult) -> set[str]:
    return {part.id for part in (*result.actors, *result.links) if part.id and part.rating <= NEEDS_RISK}


def short_list(priority: Priority) -> list[Risk]:
    """Return the risks that can still happen, the likely and bad ones first."""
    return sorted(live(priority), key=lambda risk: -int(risk.likelihood or 0) * int(risk.effect or 0))


def words_about(risk: Risk, chains: Iterable[Pressure]) -> str:
    """Say in words which actors and links a risk is about."""
    names: list[str] = []
    for each in chains:
        ids = about(risk, each.chain.id)
        names += [each.lines.name(actor.id) for actor in each.chain.actors if actor.id in ids]
        names += [
            _("{source} → {target}").format(
                source=each.lines.name(link.source or ""), target=each.lines.name(link.target or "")
            )
            for link in each.chain.links
            if link.id in ids
        ]
    return listed(names, 6)
