"""The vertical axis of a trend: which numbers stand on it, and how they are written.

Round numbers, few of them, as near to the data as honesty allows: a year of steady scores must not look like the
Alps, and an NPS is always shown together with its zero.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from feedback.insights.scores import HEADLINES, Headline, rounded, rounded_to

# All divide 100, so that the ends of every metric lie on a tick.
STEPS = (1, 2, 5, 10, 20, 25, 50, 100)


class Axis(NamedTuple):
    """What a metric can be at all, whether 0 means something on the way, and how exactly it is written.

    At least `least_span` of it is shown; `places` are the decimals of a value, `mark` stands before them.
    """

    low: int
    high: int
    has_zero_line: bool
    least_span: int = 10
    places: int = 0
    mark: str = "."

    def numbers_for(self, values: Sequence[float], most: int) -> range:
        """Return the numbers to stand on the axis: at least 2, at most `most` (3 or more), around all `values`.

        Without values the whole range of the metric is shown.
        """
        shown = list(values) or [self.low, self.high]
        if self.has_zero_line:
            shown.append(0)
        low = min(max(self.low, min(shown)), self.high - self.least_span) - self.low
        high = max(min(self.high, max(shown)) - self.low, low + self.least_span)
        steps = ((int(low // step), -int(-high // step), step) for step in self.steps)
        return next(
            range(self.low + first * step, self.low + last * step + 1, step)
            for first, last, step in steps
            if last - first < most
        )

    @property
    def steps(self) -> tuple[int, ...]:
        """Return the distances that ticks may have: from the low end on they meet the high one."""
        length = self.high - self.low
        return tuple(step for step in (*STEPS, length) if length % step == 0)

    def written(self, number: int) -> str:
        """Return a number of the axis as it is written, with a real minus; only differences have a plus."""
        return f"\N{MINUS SIGN}{-number}" if number < 0 else str(number)

    def said(self, value: float) -> str:
        """Return a value as exactly as people say it: a mean with its decimals, others as whole numbers."""
        if not self.places:
            return self.written(rounded(value))
        return f"{rounded_to(value, self.places):.{self.places}f}".replace(".", self.mark)


OF_HEADLINE: Mapping[Headline, Axis] = {
    "net": Axis(-100, 100, True),
    "share": Axis(0, 100, False),
    "mean": Axis(1, 5, False, least_span=2, places=2),
}
AXES: Mapping[str, Axis] = {kind: OF_HEADLINE[headline] for kind, headline in HEADLINES.items()}
