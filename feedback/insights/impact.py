"""How much a theme pulls a score: the score of all answers minus the score of those that do not mention it.

Text analytics programs know this figure as the impact of a theme (Thematic, "Impact on score"; Qualtrics Text iQ
users subtract the same two scores). Both ways of writing it agree: S - S(without) = m (S(theme) - S) / (n - m), with m
of n answers that mention it (methodology 2.13, AT-43). For a net score it lies between -200 and 200 points. Impacts
of themes that stand in the same comments overlap, so they do not add up.

How sure it is says the jackknife: the impact is computed anew without each single answer (J. W. Tukey, "Bias and
confidence in not-quite large samples", Annals of Mathematical Statistics 29, 1958; B. Efron and C. Stein, "The
Jackknife Estimate of Variance", Annals of Statistics 9, 1981). Answers with the same value are alike, so that
counting them is enough however many there are.

It tells what goes together with a score, and never what causes it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

from feedback.insights.intervals import LEVEL, Interval, z_of
from feedback.insights.scores import HEADLINES
from surveys.scales import SCALES, mood_of

NET = {"happy": 100, "neutral": 0, "unhappy": -100}

Values = Mapping[int, int]


@dataclass(frozen=True)
class Impact:
    """The impact of one theme, `value`, in points of the score; `mentions` of the `n` answers speak of it.

    `score` is that of all, `with_theme` of those that mention it, `without` of the others. `se` is the jackknife's
    standard error in points; None where a single answer is left that does not mention it.
    """

    value: float
    n: int
    mentions: int
    score: float
    with_theme: float
    without: float
    se: float | None

    @property
    def interval(self) -> Interval | None:
        """Where the impact lies with 95 % confidence."""
        return None if self.se is None else around(self.value, self.se)

    @property
    def p(self) -> float:
        """The two-sided p-value of "no impact"."""
        return p_of(self.value, self.se)


@dataclass(frozen=True)
class Drift:
    """How an impact differs from that of an earlier period, in points; the two share no answers."""

    value: float
    se: float | None

    @property
    def interval(self) -> Interval | None:
        """Where the difference lies with 95 % confidence."""
        return None if self.se is None else around(self.value, self.se)

    @property
    def p(self) -> float:
        """The two-sided p-value of "it pulls as before"."""
        return p_of(self.value, self.se)


def values_of(kind: str, counts: Mapping[int, int]) -> dict[int, int]:
    """Return how many answers count how much: their mean is the headline of the scale `kind`.

    A net score counts 100, 0 or -100, a share 100 or 0, a mean the score itself. `counts` is by score; answers that
    count alike are put together.
    """
    scale = SCALES[kind]
    found: dict[int, int] = {}
    for score, n in counts.items():
        mood = mood_of(scale.group_of(score))
        if HEADLINES[kind] == "mean":
            value = score
        elif HEADLINES[kind] == "share":
            value = 100 if mood == "happy" else 0
        else:
            value = NET[mood]
        found[value] = found.get(value, 0) + n
    return {value: n for value, n in found.items() if n}


def impact(mentioning: Values, others: Values) -> Impact | None:
    """Return the impact of a theme on the mean of all values; None unless some mention it and some do not."""
    m, b = sum(mentioning.values()), sum(others.values())
    if not m or not b:
        return None
    n = m + b
    theirs, rest = total(mentioning), total(others)
    score, without = (theirs + rest) / n, rest / b
    return Impact(score - without, n, m, score, theirs / m, without, _jackknife(mentioning, others))


def drift(now: Impact, before: Impact) -> Drift:
    """Return how an impact differs from an earlier one."""
    if now.se is None or before.se is None:
        return Drift(now.value - before.value, None)
    return Drift(now.value - before.value, math.hypot(now.se, before.se))


def around(value: float, se: float, level: float = LEVEL) -> Interval:
    """Return the interval of an estimate with this standard error."""
    margin = z_of(level) * se
    return Interval(value - margin, value + margin, level, "jackknife")


def p_of(value: float, se: float | None) -> float:
    """Return the two-sided p-value of "it is 0"; 1 where nothing is known of the spread."""
    if se is None or (se == 0 and value == 0):
        return 1.0
    return 0.0 if se == 0 else 2 * NormalDist().cdf(-abs(value) / se)


def total(values: Values) -> int:
    """Return the sum of all values."""
    return sum(value * count for value, count in values.items())


def _jackknife(mentioning: Values, others: Values) -> float | None:
    """Return the standard error: the impact without each answer in turn, once for all that count alike."""
    m, b = sum(mentioning.values()), sum(others.values())
    if b < 2:
        return None
    n, everything, rest = m + b, total(mentioning) + total(others), total(others)
    left_out = [((everything - x) / (n - 1) - rest / b, count) for x, count in mentioning.items()]
    left_out += [((everything - x) / (n - 1) - (rest - x) / (b - 1), count) for x, count in others.items()]
    mean = sum(value * count for value, count in left_out) / n
    return math.sqrt((n - 1) / n * sum(count * (value - mean) ** 2 for value, count in left_out))
