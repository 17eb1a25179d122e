# SPDX-License-Identifier: Apache-2.0
"""What a figure means: its unit, its direction, and the goals it is held against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from statistics import median

from .servers import FLOOR, OURS, PEER


class Unit(Enum):
    """How a figure is shown. Times are kept in nanoseconds, sizes in KiB."""

    MILLISECONDS = ("ms", 1e6)
    MICROSECONDS = ("µs", 1e3)
    RATE = ("/s", 1)
    MEBIBYTES = ("MiB", 1024)
    TIMES = ("x", 1)

    def show(self, value: float) -> str:
        name, scale = self.value
        scaled = value / scale
        digits = 0 if scaled >= 100 else 1 if scaled >= 10 else 2
        return f"{scaled:,.{digits}f} {name}"


@dataclass(frozen=True)
class Goals:
    """Each is optional; all that are given must hold."""

    times_peer: float | None = None
    """At least so many times as good as the peer."""
    times_floor: float | None = None
    """At most so many times the floor's time."""
    part_of_floor: float | None = None
    """At least this part of the floor's rate."""
    at_most: float | None = None
    """In the metric's own measure."""


@dataclass(frozen=True)
class Metric:
    key: str
    title: str
    unit: Unit
    goals: Goals = field(default_factory=Goals)

    @property
    def more_is_better(self) -> bool:
        return self.unit is Unit.RATE


@dataclass(frozen=True)
class Finding:
    """One metric over all rounds."""

    metric: Metric
    values: Mapping[str, float]
    """The median of each server."""
    times_peer: float | None
    """How many times as good as the peer: the median of the rounds' ratios."""
    of_floor: float | None
    """This server's figure divided by the floor's, likewise."""

    def verdicts(self) -> list[tuple[str, bool]]:
        """Each goal in words, and whether it is met."""
        goals, unit = self.metric.goals, self.metric.unit
        found: list[tuple[str, bool]] = []
        if goals.times_peer is not None and self.times_peer is not None:
            found.append((f"≥ {goals.times_peer:g}x {PEER}", self.times_peer >= goals.times_peer))
        if goals.times_floor is not None and self.of_floor is not None:
            found.append((f"≤ {goals.times_floor:g}x floor", self.of_floor <= goals.times_floor))
        if goals.part_of_floor is not None and self.of_floor is not None:
            found.append((f"≥ {goals.part_of_floor:.0%} of floor", self.of_floor >= goals.part_of_floor))
        if goals.at_most is not None:
            found.append((f"≤ {unit.show(goals.at_most)}", self.values[OURS] <= goals.at_most))
        return found


def find(metric: Metric, samples: Mapping[str, list[float]]) -> Finding:
    """Sums up one metric. The n-th samples of all servers were taken one after the other, in one round.

    Ratios are taken within a round and only then is their median formed: what disturbs the machine for a while disturbs
    both sides of a ratio.
    """
    mine = samples[OURS]

    def ratio(other: str, inverted: bool) -> float | None:
        if other not in samples:
            return None
        pairs = zip(mine, samples[other])
        return median(theirs / own if inverted else own / theirs for own, theirs in pairs)

    return Finding(
        metric,
        {name: median(values) for name, values in samples.items()},
        times_peer=ratio(PEER, inverted=not metric.more_is_better),
        of_floor=ratio(FLOOR, inverted=False),
    )
