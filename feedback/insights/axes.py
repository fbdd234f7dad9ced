"""The vertical axis of a trend: which numbers stand on it, and how they are written.

Round numbers, few of them, as near to the data as honesty allows: a year of steady scores must not look like the
Alps, and an NPS is always shown together with its zero.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

# All divide 100, so that the ends of every metric lie on a tick.
STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
LEAST_SPAN = 10


class Axis(NamedTuple):
    """What a metric can be at all, and whether 0 means something on the way."""

    low: int
    high: int
    has_zero_line: bool

    def numbers_for(self, values: Sequence[float], most: int) -> range:
        """Return the numbers to stand on the axis: at least 2, at most `most` (3 or more), around all `values`.

        Without values the whole range of the metric is shown.
        """
        shown = list(values) or [self.low, self.high]
        if self.has_zero_line:
            shown.append(0)
        low = min(max(self.low, min(shown)), self.high - LEAST_SPAN)
        high = max(min(self.high, max(shown)), low + LEAST_SPAN)
        steps = ((int(low // step), -int(-high // step), step) for step in STEPS)
        return next(
            range(first * step, last * step + 1, step) for first, last, step in steps if last - first < most
        )

    def written(self, number: int) -> str:
        """Return a score as it is written: NPS with its sign (a real minus), a percentage without."""
        if not self.has_zero_line or number == 0:
            return str(number)
        return f"+{number}" if number > 0 else f"\N{MINUS SIGN}{-number}"


AXES: Mapping[str, Axis] = {
    "nps": Axis(-100, 100, True),
    "csat": Axis(0, 100, False),
    "ces": Axis(0, 100, False),
}
