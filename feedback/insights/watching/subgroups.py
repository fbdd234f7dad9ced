"""Into which stretches a stream of answers is cut before it is judged.

Each stretch should have at least 20 answers in the middle case, and the rarer answer at least 5 of them, or chance moves
its figure by dozens of points; so days become weeks and weeks months. Where even months are thin, answers are counted
off in the order they came: batches of 20, for small shops of 5. Of a part (Austria alone) small batches have 10, because
what 5 people said all alike would name each of them.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby, islice
from statistics import median
from typing import Literal, NamedTuple

from feedback.insights.suppression import K

Unit = Literal["day", "week", "month", "batch", "small"]
Counts = Mapping[int, int]

ENOUGH = 20
ENOUGH_RARE = 5
# So many stretches are wanted before anything is judged.
FIRST = 12
BATCH = 20
# How far back the first level is looked for.
LOOK_BACK: Mapping[Unit, timedelta] = {
    "day": timedelta(days=182),
    "week": timedelta(days=366),
    "month": timedelta(days=5 * 365),
    "batch": timedelta(days=2 * 366),
    "small": timedelta(days=3 * 366),
}


class Subgroup(NamedTuple):
    """One stretch: `since` belongs to it, `until` does not; `counts` by score, of shares by 0 and 1."""

    since: datetime
    until: datetime
    counts: Counts

    @property
    def n(self) -> int:
        """How many are in it."""
        return sum(self.counts.values())


def batch_size(unit: Unit, *, is_whole: bool) -> int | None:
    """Return how many answers a batch has; None for stretches of the calendar."""
    if unit == "batch":
        return BATCH
    return (K if is_whole else 2 * K) if unit == "small" else None


def widened(days: Sequence[tuple[date, Subgroup]], unit: Unit) -> list[Subgroup]:
    """Return the days (ascending, without gaps) put together to weeks, from Monday, or months; halves count, too."""

    def stretch(each: tuple[date, Subgroup]) -> date:
        day = each[0]
        if unit == "week":
            return day - timedelta(days=day.weekday())
        return day.replace(day=1) if unit == "month" else day

    return [_joined([subgroup for _, subgroup in part]) for _, part in groupby(days, stretch)]


def begun(subgroups: Sequence[Subgroup]) -> list[Subgroup]:
    """Return the stretches from the first one with answers on."""
    first = next((at for at, each in enumerate(subgroups) if each.n), len(subgroups))
    return list(subgroups[first:])


def is_thick(subgroups: Sequence[Subgroup], rare: Sequence[int] | None = None) -> bool:
    """Return whether there are enough stretches with enough answers; `rare` counts the rarer answer of each."""
    if len(subgroups) < FIRST or median(each.n for each in subgroups) < ENOUGH:
        return False
    return rare is None or median(rare) >= ENOUGH_RARE


def batches(answers: Sequence[tuple[datetime, int]], size: int) -> list[Subgroup]:
    """Return the answers (moment and score, ascending) counted off; a last batch that is not full is left out.

    A batch lasts from its first answer to that of the next one, the last to a microsecond after its last answer.
    """
    found, stream = [], iter(answers)
    while len(part := list(islice(stream, size))) == size:
        counts: dict[int, int] = {}
        for _, score in part:
            counts[score] = counts.get(score, 0) + 1
        found.append(Subgroup(part[0][0], part[-1][0] + timedelta(microseconds=1), counts))
    return found


def pooled(subgroups: Sequence[Subgroup]) -> dict[int, int]:
    """Return the counts of all of them together."""
    found: dict[int, int] = {}
    for each in subgroups:
        for score, n in each.counts.items():
            found[score] = found.get(score, 0) + n
    return found


def _joined(parts: Sequence[Subgroup]) -> Subgroup:
    return Subgroup(parts[0].since, parts[-1].until, pooled(parts))
