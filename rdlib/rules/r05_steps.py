"""Intermediate targets: the computed path as values to reach on the way, for a person to take over (Rule 5, tool 5.5).

They are the planned path of Rule 2 (tool 2.3), on which reports and later rules hold the measured values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from rdlib.plan.indicator import Indicator, TrajectoryPoint
from rdlib.plan.values import number
from rdlib.rules.r05_trajectory import NoPath, Trajectory
from rdlib.words import _

#: A step that lies further from the computed path than this part of the way to the target is named. Our threshold.
TOLERANCE = 0.1


@attrs.frozen
class Step:
    """A value of the computed path, ready to be written down as an intermediate target.

    Attributes:
        when: the period by whose end it is to be reached, as it is written in a plan.
        value: the value, rounded to what the way to the target makes sensible.
        note: which strategies bring it there.
    """

    when: str
    value: float
    note: str

    def values(self) -> dict[str, str]:
        """Return it as the fields of a row."""
        return {"when": self.when, "value": f"{self.value:.15g}", "note": self.note}


def steps_of(path: Trajectory) -> tuple[Step, ...]:
    """Return the intermediate targets that a computed path suggests: one for each period.

    The last one is the end of the path, which may fall short of the target: then the gap is still to be closed.
    """
    return tuple(
        Step(str(period), round(value, path.decimals), _note(path, n))
        for n, (period, value) in enumerate(zip(path.periods, path.path, strict=True))
    )


def _note(path: Trajectory, place: int) -> str:
    """Name the strategies that add something in a period, the one that adds most first."""
    adds = [
        (part.amounts[place].middle - (part.amounts[place - 1].middle if place else 0.0), part.name)
        for part in path.parts
    ]
    names = [name for more, name in sorted(adds, key=lambda pair: -pair[0]) if more > 0]
    return ", ".join(names) or _("No strategy adds anything in this period")


def differing(
    path: Trajectory, steps: Iterable[TrajectoryPoint], needed: float
) -> Iterator[tuple[TrajectoryPoint, float]]:
    """Return the intermediate targets that lie far from the computed path, each with the value that was computed.

    Args:
        path: the computed path.
        steps: the intermediate targets as they stand.
        needed: how far the target is from the start.
    """
    for step in steps:
        value = number(step.value)
        if step.when is None or value is None or step.when.end > path.periods[-1].end:
            continue
        expected = path.at(step.when.end)
        if expected is not None and abs(value - expected) > TOLERANCE * max(needed, abs(path.end - path.start[1])):
            yield step, expected


def on_its_path(indicator: Indicator, path: Trajectory | NoPath) -> Indicator:
    """Return an indicator as a chart shows it: where no intermediate target was set, on the computed path.

    Args:
        indicator: the indicator.
        path: its computed path, or why there is none.
    """
    if indicator.trajectory or isinstance(path, NoPath):
        return indicator
    points = zip(path.periods, path.path, strict=True)
    return attrs.evolve(indicator, trajectory=tuple(TrajectoryPoint(str(p), p, value) for p, value in points))
