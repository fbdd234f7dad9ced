"""From "fifteen more" to the score that is to be reached.

"+15 %" means two things: of 60 % they are 75 % in points and 69 % relative to what there is (methodology 2.12). So the
unit is asked for, and what comes of it is shown before the goal is set.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from feedback.insights.axes import AXES
from feedback.insights.scores import rounded_to
from surveys.errors import N_, Refusal

Unit = Literal["points", "relative", "score"]
UNITS: tuple[Unit, ...] = get_args(Unit)
UNIT_WORDS: Mapping[str, str] = {
    "points": N_("points more than today"),
    "relative": N_("percent more than today, of today's score"),
    "score": N_("as the score itself"),
}
PLACES = 2


class NothingToMultiply(Refusal):
    """A part of a score that is not above 0 makes no sense."""

    phrase = N_(
        "Today's score is not above 0, so a percentage of it leads nowhere. Say the change in points, or the score."
    )


class NotAbove(Refusal):
    """What is wanted is there already."""

    phrase = N_(
        "That would be %(target)s, and today's score is %(today)s: it is there already. Choose a higher one."
    )


class OffTheScale(Refusal):
    """More than the scale has."""

    phrase = N_("That would be %(target)s, but %(most)s is the most there is. Choose a lower one.")


def target_of(kind: str, today: float, unit: Unit, amount: float) -> float:
    """Return the score to be reached, with two decimals; raise Refusal naming `amount` or `unit`.

    `today` is the score of the baseline on the scale `kind`, `amount` points more, percent more of it, or the score.
    """
    if unit == "relative" and today <= 0:
        raise NothingToMultiply(field="unit")
    wanted = {"points": today + amount, "relative": today * (100 + amount) / 100, "score": amount}[unit]
    target, most = rounded_to(wanted, PLACES), AXES[kind].high
    if target > most:
        raise OffTheScale(field="amount", target=f"{target:g}", most=most)
    if target <= today:
        raise NotAbove(field="amount", target=f"{target:g}", today=f"{rounded_to(today, PLACES):g}")
    return target
