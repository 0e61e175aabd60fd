"""Counts per metric and half in, shares out: what every part of the scoreboard adds to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

HALVES = ("tune", "test")
Counts = defaultdict[tuple[str, str], float]


@dataclass
class Tally:
    """Hits and chances per (metric, half), the failures of the tune half, and confidences beside verdicts."""

    hits: Counts = field(default_factory=lambda: defaultdict(float))
    chances: Counts = field(default_factory=lambda: defaultdict(float))
    failures: list[dict[str, object]] = field(default_factory=list)
    trust: list[tuple[str, float, bool]] = field(default_factory=list)

    def add(self, metric: str, half: str, *, hits: float, chances: float) -> None:
        """What several hits in several chances do to a share or a rate."""
        self.hits[metric, half] += hits
        self.chances[metric, half] += chances

    def count(self, metric: str, half: str, results: Iterable[bool] | bool) -> None:
        """One chance for each result, one hit for each True."""
        given = [results] if isinstance(results, bool) else list(results)
        self.add(metric, half, hits=sum(given), chances=len(given))

    def fail(self, half: str, failure: str, **told: object) -> None:
        """Kept for the tune half alone: the test half is counted, never shown."""
        if half == "tune":
            self.failures.append({"failure": failure, **told})

    def share(self, metric: str, half: str) -> float | None:
        """Hits per chance, or None when nothing was asked."""
        chances = self.chances[metric, half]
        return self.hits[metric, half] / chances if chances else None

    def metrics(self) -> list[str]:
        """Group by group as they were first counted, each group in the order of its members."""
        seen = dict.fromkeys(metric for metric, _ in self.chances)
        groups = list(dict.fromkeys(metric.split(":")[0].split(" (")[0] for metric in seen))
        return sorted(seen, key=lambda metric: groups.index(metric.split(":")[0].split(" (")[0]))
