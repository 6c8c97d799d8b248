"""What a pressure test of a delivery chain gives (Rule 5, tool 5.3): a result for pictures, tables and findings."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from rdlib.plan.chain import Chain, Judgement, Judgements
from rdlib.plan.fields import field_of
from rdlib.rules.findings import Finding
from rdlib.rules.r05_lines import Lines
from rdlib.words import _

LINKS, CAPACITY, COMPLEXITY, FUNDING, CHOKES, FEEDBACK = (
    "links", "capacity", "complexity", "funding", "chokes", "feedback",
)  # fmt: skip

#: The six tests, in the order of the method; the keys are those of the team's own judgements.
TESTS = (LINKS, CAPACITY, COMPLEXITY, FUNDING, CHOKES, FEEDBACK)


def title_of(test: str) -> str:
    """Return the name of a test."""
    return field_of(Judgements, test).label


def question_of(test: str) -> str:
    """Return what a test asks."""
    return field_of(Judgements, test).help


@attrs.frozen
class Weak:
    """A part of a chain that a test found weak.

    Attributes:
        id: id of the actor or link.
        words: what is weak about it, in a few words.
        rating: how bad it is, 1 or 2 as in the result; 3 for what only needs care.
    """

    id: str
    words: str
    rating: int


@attrs.frozen
class TestResult:
    """What the drawing says under one of the six tests.

    Attributes:
        test: its key.
        rating: from 1 (it would break) to 4 (it holds), by our thresholds; None where too little is known.
        says: the verdict in a sentence or two.
        advice: what to do next; empty where nothing is to be done.
        actors: the weak actors.
        links: the weak links.
        team: what the team itself judged.
        findings: what the checks say, with places.
    """

    __test__ = False  # not a test of pytest

    test: str
    rating: int | None
    says: str
    advice: str = ""
    actors: tuple[Weak, ...] = ()
    links: tuple[Weak, ...] = ()
    team: Judgement = attrs.Factory(Judgement)
    findings: tuple[Finding, ...] = ()

    @property
    def title(self) -> str:
        """The name of the test."""
        return title_of(self.test)

    @property
    def apart(self) -> int:
        """How far the team's judgement lies above (or, below 0, under) what the drawing says; 0 where one is open."""
        if self.rating is None or self.team.rating is None:
            return 0
        return self.team.rating - self.rating


@attrs.frozen(eq=False)
class Pressure:
    """The six pressure tests of one delivery chain.

    Attributes:
        chain: the chain.
        lines: its lines of influence.
        tests: the results, in the order of the method.
    """

    chain: Chain
    lines: Lines
    tests: tuple[TestResult, ...]

    @property
    def by_test(self) -> Mapping[str, TestResult]:
        """The results by the key of their test."""
        return {result.test: result for result in self.tests}

    @property
    def weakest(self) -> TestResult | None:
        """The test with the lowest rating, the first of equals; None where nothing could be rated."""
        rated = [result for result in self.tests if result.rating is not None]
        return min(rated, key=lambda result: result.rating or 0, default=None)


def verdict_word(rating: int | None) -> str:
    """Return the word for a rating of a test.

    >>> verdict_word(2), verdict_word(None)
    ('it is weak', 'cannot be said yet')
    """
    choice = field_of(Judgement, "rating").choice(str(rating))
    return choice.label if choice else _("cannot be said yet")
