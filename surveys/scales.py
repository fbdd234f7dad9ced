"""The scales on which people answer, and the group each score belongs to.

**NPS** (0-10) asks how likely somebody is to recommend the shop, **eNPS** the same of a shop as a place to work.
0-6 is a *detractor*, 7-8 a *passive*, 9-10 a *promoter*; the cut-offs are part of the instrument, not a setting
(F. Reichheld, "The One Number You Need to Grow", Harvard Business Review, December 2003). Other cut-offs give
other numbers, which may not be called NPS.

**CSAT** (1-5, or 1-3 as ``csat3``, every point labelled) asks how satisfied somebody is. Below the middle is
*dissatisfied*, above it *satisfied*; the headline is the share of the satisfied, the top-2-box of five points.

**CES** 2.0 (``ces7``, 1-7) asks for agreement with "The company made it easy for me to handle my issue",
from 1 = strongly disagree to 7 = strongly agree. 1-3 is *difficult*, 4 *neutral*, 5-7 *easy* (M. Dixon, N.
Toman and R. DeLisi, "The Effortless Experience", 2013). ``ces`` asks for agreement with the same sentence on five
points. CES 1.0 (1-5, low is good) is reversed and is neither.

**Smileys** (1-5) and **stars** (``stars_five``, 1-5) have a group for every point, **thumbs** are down (0) or up (1).

**PMF** (1-3) asks how disappointed somebody would be without the product; the headline is the share of the *very
disappointed* (S. Ellis, 2009). Who would not miss it is no unhappy customer.

A score outside its scale is refused, never pulled to the nearest end: a guess would be counted as an
answer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, get_args

# Two digits suffice for every scale here, and a text of thousands of digits never becomes a number.
WRITTEN_SCORE = re.compile(r"0|[1-9][0-9]?")


class NotAScore(ValueError):
    """What was given is no whole number, so it cannot be a score."""


class OutOfRange(ValueError):
    """The whole number lies outside the scale."""


# What an answer says of whoever gave it; groups of one name have one mood on every scale.
Mood = Literal["unhappy", "neutral", "happy"]
MOODS: tuple[Mood, ...] = get_args(Mood)

# How the points of a scale are drawn beside their words; plain ones are numbers or words alone.
Mark = Literal["", "face", "star", "thumb"]


class Group(NamedTuple):
    """A stretch of a scale whose scores mean the same; both ends belong to it."""

    name: str
    low: int
    high: int
    mood: Mood


@dataclass(frozen=True)
class Scale:
    """A range of whole numbers, both ends included, cut into groups from the unhappiest to the happiest.

    `worst_at_most` is the highest score that is as bad as it gets; None where one unhappy point cannot tell bad from
    worse. `eased_at` is the lowest score that speaks of no trouble; None for that of the first happy group.
    """

    kind: str
    low: int
    high: int
    groups: tuple[Group, ...]
    worst_at_most: int | None = None
    mark: Mark = ""
    eased_at: int | None = None

    @property
    def scores(self) -> range:
        """Return every score of the scale, low to high."""
        return range(self.low, self.high + 1)

    @property
    def unhappy_at_most(self) -> int | None:
        """Return the highest score of an unhappy answer; None where no answer is an unhappy one."""
        return max((group.high for group in self.groups if group.mood == "unhappy"), default=None)

    def is_worst(self, score: object) -> bool:
        """Return whether a score is as bad as it gets; never where one unhappy point cannot tell bad from worse."""
        return self.worst_at_most is not None and self.check(score) <= self.worst_at_most

    def severity(self, score: object) -> float:
        """Return how much trouble a score tells of: 1 for the lowest, 0 from `eased_at` on, even steps between.

        Methodology 5.3: NPS (7 - x)/7, CSAT (4 - x)/3, CES (5 - x)/4. Always 0 where no answer is an unhappy one.
        """
        number = self.check(score)
        if self.unhappy_at_most is None:
            return 0.0
        happy = min(group.low for group in self.groups if group.mood == "happy")
        eased = happy if self.eased_at is None else self.eased_at
        return max(0.0, (eased - number) / (eased - self.low))

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
        return self._names[self.check(score)]

    @cached_property
    def _names(self) -> dict[int, str]:
        return {score: group.name for group in self.groups for score in range(group.low, group.high + 1)}

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


PROMOTION = (
    Group("detractor", 0, 6, "unhappy"),
    Group("passive", 7, 8, "neutral"),
    Group("promoter", 9, 10, "happy"),
)
SATISFACTION = (
    Group("dissatisfied", 1, 2, "unhappy"),
    Group("neutral", 3, 3, "neutral"),
    Group("satisfied", 4, 5, "happy"),
)
SATISFACTION_OF_THREE = (
    Group("dissatisfied", 1, 1, "unhappy"),
    Group("neutral", 2, 2, "neutral"),
    Group("satisfied", 3, 3, "happy"),
)
EASE = (
    Group("difficult", 1, 2, "unhappy"),
    Group("neutral", 3, 3, "neutral"),
    Group("easy", 4, 5, "happy"),
)
EASE_OF_SEVEN = (
    Group("difficult", 1, 3, "unhappy"),
    Group("neutral", 4, 4, "neutral"),
    Group("easy", 5, 7, "happy"),
)
SMILEYS = (
    Group("very_unhappy", 1, 1, "unhappy"),
    Group("unhappy", 2, 2, "unhappy"),
    Group("neutral", 3, 3, "neutral"),
    Group("happy", 4, 4, "happy"),
    Group("very_happy", 5, 5, "happy"),
)
STARS = (
    Group("star_1", 1, 1, "unhappy"),
    Group("star_2", 2, 2, "unhappy"),
    Group("star_3", 3, 3, "neutral"),
    Group("star_4", 4, 4, "happy"),
    Group("star_5", 5, 5, "happy"),
)
THUMBS = (Group("thumbs_down", 0, 0, "unhappy"), Group("thumbs_up", 1, 1, "happy"))
DISAPPOINTMENT = (
    Group("not_disappointed", 1, 1, "neutral"),
    Group("mildly_disappointed", 2, 2, "neutral"),
    Group("very_disappointed", 3, 3, "happy"),
)

SCALES: Mapping[str, Scale] = {
    scale.kind: scale
    for scale in (
        Scale("nps", 0, 10, PROMOTION, worst_at_most=2, eased_at=7),
        Scale("enps", 0, 10, PROMOTION, worst_at_most=2, eased_at=7),
        Scale("csat", 1, 5, SATISFACTION, worst_at_most=1),
        Scale("csat3", 1, 3, SATISFACTION_OF_THREE),
        Scale("ces", 1, 5, EASE, worst_at_most=1),
        Scale("ces7", 1, 7, EASE_OF_SEVEN, worst_at_most=1),
        Scale("smileys", 1, 5, SMILEYS, worst_at_most=1, mark="face"),
        Scale("stars_five", 1, 5, STARS, worst_at_most=1, mark="star"),
        Scale("thumbs", 0, 1, THUMBS, mark="thumb"),
        Scale("pmf", 1, 3, DISAPPOINTMENT),
    )
}

GROUPS: Mapping[str, tuple[str, ...]] = {
    kind: tuple(group.name for group in scale.groups) for kind, scale in SCALES.items()
}

# Every group there is, once, with its mood.
MOOD_OF: Mapping[str, Mood] = {group.name: group.mood for scale in SCALES.values() for group in scale.groups}


def mood_of(group: str) -> Mood:
    """Return what an answer of this group says of whoever gave it."""
    return MOOD_OF[group]


def groups_in(mood: Mood) -> tuple[str, ...]:
    """Return the groups of all scales that have this mood."""
    return tuple(group for group, its in MOOD_OF.items() if its == mood)


def by_mood(totals: Mapping[str, int]) -> dict[Mood, int]:
    """Add up counts by group to counts by mood, unhappy first."""
    found = dict.fromkeys(MOODS, 0)
    for group, count in totals.items():
        found[MOOD_OF[group]] += count
    return found


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
