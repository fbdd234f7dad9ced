"""The three scales on which customers answer, and the group each score belongs to.

**NPS** (0-10) asks how likely somebody is to recommend the shop. 0-6 is a *detractor*, 7-8 a *passive*,
9-10 a *promoter*; the cut-offs are part of the instrument, not a setting (F. Reichheld, "The One Number You
Need to Grow", Harvard Business Review, December 2003). Other cut-offs give other numbers, which may not be
called NPS.

**CSAT** (1-5, every point labelled) asks how satisfied somebody is. 1-2 is *dissatisfied*, 3 *neutral*, 4-5
*satisfied*; the headline is the share of the upper two, the top-2-box.

**CES** 2.0 (``ces7``, 1-7) asks for agreement with "The company made it easy for me to handle my issue",
from 1 = strongly disagree to 7 = strongly agree. 1-3 is *difficult*, 4 *neutral*, 5-7 *easy* (M. Dixon, N.
Toman and R. DeLisi, "The Effortless Experience", 2013). CES 1.0 (1-5, low is good) is reversed and is not
this scale.

A score outside its scale is refused, never pulled to the nearest end: a guess would be counted as an
answer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

# Two digits suffice for every scale here, and a text of thousands of digits never becomes a number.
WRITTEN_SCORE = re.compile(r"0|[1-9][0-9]?")


class NotAScore(ValueError):
    """What was given is no whole number, so it cannot be a score."""


class OutOfRange(ValueError):
    """The whole number lies outside the scale."""


class Group(NamedTuple):
    """A stretch of a scale whose scores mean the same; both ends belong to it."""

    name: str
    low: int
    high: int


@dataclass(frozen=True)
class Scale:
    """A range of whole numbers, both ends included, cut into groups from the unhappiest to the happiest."""

    kind: str
    low: int
    high: int
    groups: tuple[Group, ...]

    @property
    def scores(self) -> range:
        """Return every score of the scale, low to high."""
        return range(self.low, self.high + 1)

    def check(self, score: object) -> int:
        """Return `score` if it is a whole number on this scale; refuse with NotAScore or OutOfRange."""
        # bool is a kind of int in Python, but a tick in a box is not a 1.
        if not isinstance(score, int) or isinstance(score, bool):
            raise NotAScore(f"{self.kind}: expected a whole number from {self.low} to {self.high}")
        if not self.low <= score <= self.high:
            raise OutOfRange(f"{self.kind}: expected a whole number from {self.low} to {self.high}")
        return score

    def group_of(self, score: object) -> str:
        """Return the name of the group of `score`; refuse with NotAScore or OutOfRange."""
        number = self.check(score)
        return next(group.name for group in self.groups if group.low <= number <= group.high)

    def tally(self, counts: Mapping[int, int]) -> dict[str, int]:
        """Add up `counts` (score to number of answers) by group, low to high; refuse scores off the scale."""
        totals = {group.name: 0 for group in self.groups}
        for score, count in counts.items():
            if count < 0:
                raise ValueError(
                    f"{self.kind}: {count} answers with score {score}; a count is never negative"
                )
            totals[self.group_of(score)] += count
        return totals


SCALES: Mapping[str, Scale] = {
    "nps": Scale("nps", 0, 10, (Group("detractor", 0, 6), Group("passive", 7, 8), Group("promoter", 9, 10))),
    "csat": Scale(
        "csat", 1, 5, (Group("dissatisfied", 1, 2), Group("neutral", 3, 3), Group("satisfied", 4, 5))
    ),
    "ces7": Scale("ces7", 1, 7, (Group("difficult", 1, 3), Group("neutral", 4, 4), Group("easy", 5, 7))),
}

GROUPS: Mapping[str, tuple[str, ...]] = {
    kind: tuple(group.name for group in scale.groups) for kind, scale in SCALES.items()
}


def group_of(kind: str, score: object) -> str:
    """Return the group of `score` on the scale `kind`, such as ``promoter``; refuse what is not on it."""
    return SCALES[kind].group_of(score)


def parse_score(kind: str, text: str) -> int | None:
    """Read a score that arrived as text, from a form or a link; None means no answer ("").

    Only the digits themselves are a score: "7 ", "07", "-1", "7.0", "1e1" and digits of other scripts are
    refused with NotAScore, other numbers off the scale with OutOfRange. A file import trims its cells first.
    """
    if text == "":
        return None
    scale = SCALES[kind]
    if not WRITTEN_SCORE.fullmatch(text):
        raise NotAScore(f"{kind}: expected a whole number from {scale.low} to {scale.high}")
    return scale.check(int(text))
