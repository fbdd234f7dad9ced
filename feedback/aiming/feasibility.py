"""Whether a change could be seen at all with the answers that will come until then.

What will come is what has come: the answers per day of the same customers, as often until the goal's day. What it takes
is `sample_sizes`: as many answers as make the margin no wider than the wanted change. With fewer a goal may be reached
and nobody can tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from feedback.insights.intervals import LEVEL, adjusted_net_share, mean_of, z_of
from feedback.insights.sample_sizes import PSEUDO, margin_with, needed_for_margin
from feedback.insights.scores import HEADLINES, Headline, rounded
from surveys.scales import SCALES, by_mood

# A wider spread than between the two ends of five stars there is not.
WIDEST_SD = 2.0
# What the interval of each headline adds by itself: three answers, z^2 of them (Wilson), none (Student).
PSEUDO_OF: Mapping[Headline, float] = {"net": PSEUDO, "share": z_of(LEVEL) ** 2, "mean": 0.0}
# How many units of a score the interval of `intervals` calls 1.
ONE: Mapping[Headline, float] = {"net": 100.0, "share": 100.0, "mean": 1.0}


@dataclass(frozen=True)
class Feasibility:
    """How many answers are to be expected, how many it takes, and the smallest change the expected ones would show.

    `smallest` is in points of the score, None where no answer is expected.
    """

    expected: int
    needed: int
    smallest: float | None

    @property
    def is_enough(self) -> bool:
        """Say whether the change could be seen."""
        return self.expected >= self.needed


def feasibility(kind: str, counts: Mapping[int, int], change: float, expected: int) -> Feasibility:
    """Return what it takes to see `change` (points of the score, above 0) where answers vary as in `counts`."""
    headline = HEADLINES[kind]
    one, pseudo, variance = ONE[headline], PSEUDO_OF[headline], variance_of(kind, counts)
    return Feasibility(
        expected,
        needed_for_margin(change / one, variance, pseudo=pseudo),
        one * margin_with(expected, variance, pseudo=pseudo) if expected else None,
    )


def variance_of(kind: str, counts: Mapping[int, int]) -> float:
    """Return the variance of one answer, as `intervals` measures it; where all are alike, a cautious one above 0."""
    scale, headline = SCALES[kind], HEADLINES[kind]
    if headline == "mean":
        found = mean_of(counts)
        return (found.sd if found and found.sd else WIDEST_SD) ** 2
    unhappy, neutral, happy = by_mood(scale.tally(counts)).values()
    n = unhappy + neutral + happy
    if headline == "share":
        share = happy / n if 0 < happy < n else (happy + 2) / (n + 4)
        return share * (1 - share)
    net = (happy - unhappy) / n if n else 0.0
    variance = (happy + unhappy) / n - net * net if n else 0.0
    return variance if variance > 0 else adjusted_net_share(unhappy, neutral, happy).variance


def expected_answers(answers: int, days: int, until: int) -> int:
    """Return how many answers come in `until` days where `answers` came in `days` (at least 1)."""
    return max(0, rounded(answers * until / max(1, days)))
