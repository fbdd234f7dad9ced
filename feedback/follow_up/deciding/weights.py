"""How much each part of the points counts, and how long an order may stay away: as shipped, or as the shop has set it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from surveys.errors import N_, Refusal, together

# The parts of the points with what each counts at most (methodology 5.3); all together 100.
SHIPPED: dict[str, int] = {"severity": 30, "emotion": 25, "value": 20, "intent": 15, "repetition": 10}
TOGETHER = 100
# Somebody who spends little and has a serious problem comes before somebody who spends much and has a small one.
MOST_VALUE = 20
UNDELIVERED_AFTER, LONGEST_UNDELIVERED = 10, 90  # days


class BadWeights(Refusal):
    """Weights by which no queue could be ordered; `field` names what is wrong."""


class Weights(NamedTuple):
    """One version: `parts` are the most points of each part, together 100; the shipped one is 1.

    `undelivered_after` are the days after which an order of which nothing was delivered makes its customer's
    complaint P1.
    """

    version: int
    parts: Mapping[str, int]
    undelivered_after: int = UNDELIVERED_AFTER


STANDARD = Weights(1, SHIPPED)


def checked(parts: Mapping[str, int | None], undelivered_after: int | None) -> Weights:
    """Return weights that hold, of version 0 until they are stored; refuse with all that is wrong."""
    refusals = list(_wrong(parts, undelivered_after))
    if refusals:
        raise together(refusals)
    return Weights(0, {name: parts[name] or 0 for name in SHIPPED}, undelivered_after or UNDELIVERED_AFTER)


def _wrong(parts: Mapping[str, int | None], undelivered_after: int | None) -> Iterator[Refusal]:
    """Yield a refusal for each thing that cannot hold."""
    given = {name: parts.get(name) for name in SHIPPED}
    amiss = [name for name, points in given.items() if points is None or not 0 <= points <= TOGETHER]
    for name in amiss:
        yield BadWeights(N_("Give a whole number of points from 0 to 100."), field=name)
    total = sum(points or 0 for points in given.values())
    if not amiss and total != TOGETHER:
        sentence = N_("Together the points have to be 100; now they are %(total)s. Change one of them.")
        yield BadWeights(sentence, field="severity", total=total)
    value = given["value"]
    if "value" not in amiss and value is not None and value > MOST_VALUE:
        sentence = N_(
            "At most %(most)s points: who spends little and has a serious problem comes before who spends much and"
            " has a small one."
        )
        yield BadWeights(sentence, field="value", most=MOST_VALUE)
    if undelivered_after is None or not 1 <= undelivered_after <= LONGEST_UNDELIVERED:
        sentence = N_("Give the days as a whole number from 1 to %(most)s.")
        yield BadWeights(sentence, field="undelivered_after", most=LONGEST_UNDELIVERED)
