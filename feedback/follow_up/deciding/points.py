"""How far on top a task stands among those of its level: points from 0 to 100, and what waiting adds (methodology 5.3).

    points = 30 S + 25 E + 20 V + 15 I + 10 R

as shipped (`weights` says what a shop may change),
with S how low the score is, E how strong and sure the negative words are, V how much the customer spends, I what the
customer wants or threatens, R repetition, each from 0 to 1. V is capped at 20, so that somebody who spends little and
has a serious problem comes before somebody who spends much and has a small one. Waiting adds up to 20 points until
the promise is due; one that is broken stands one level higher, and never above what is dangerous by itself.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import floor
from typing import NamedTuple

from feedback.follow_up.deciding.priorities import Priority, one_level_up
from feedback.follow_up.deciding.signs import Past, Reading, Submission, intents_of
from feedback.follow_up.deciding.weights import STANDARD, Weights
from feedback.follow_up.service_levels import Calendar, add_business_time, business_time_between
from surveys.errors import N_
from surveys.scales import SCALES

MOST = 100.0
FULL = 10_000  # a hundred times the most points: places in the queue are kept as whole numbers
AGEING = 20  # points that waiting adds until the promise is due, one by one
DANGER_FIRST = 1  # taken from the level of what is P0 by itself: nothing that was only lifted stands above it
WAITS_LAST = 10  # added to the level of what waits for the customer: nothing can be done about it now

PART_NAMES: dict[str, str] = {
    "severity": N_("How low the score is"),
    "emotion": N_("How strong and how sure the unhappy words are"),
    "value": N_("How much the customer spends"),
    "intent": N_("What the customer wants or threatens"),
    "repetition": N_("Whether it happens again"),
}
# The strongest counts. What calls for a level of its own weighs as much as the strongest of the method's list.
INTENT_WEIGHTS: dict[str, float] = {
    "safety": 1.0,
    "legal": 1.0,
    "data_protection": 1.0,
    "payment": 1.0,
    "chargeback": 1.0,
    "churn": 0.9,
    "public_threat": 0.9,
    "data_request": 0.6,
    "refund": 0.6,
    "contact": 0.6,
    "question": 0.3,
}


class Parts(NamedTuple):
    """The five parts of the points, each from 0 to 1."""

    severity: float = 0.0
    emotion: float = 0.0
    value: float = 0.0
    intent: float = 0.0
    repetition: float = 0.0


NO_PARTS = Parts()


class Age(NamedTuple):
    """What waiting has made of a task: whole `points` added, whether its promise `is_broken`, when it changes next.

    `next_at` is None when nothing more changes by waiting alone.
    """

    points: int
    is_broken: bool
    next_at: datetime | None


def parts_of(submission: Submission, reading: Reading | None, past: Past) -> Parts:
    """Return the parts of an answer's points."""
    scale = SCALES.get(submission.kind)
    has_score = scale is not None and submission.score is not None and submission.score in scale.scores
    severity = (
        scale.severity(submission.score) if scale and has_score and submission.score is not None else 0.0
    )
    emotion = 0.0
    if reading is not None and reading.polarity is not None:
        emotion = max(0.0, -reading.polarity) * (reading.confidence or 0.0)
    intent = max((INTENT_WEIGHTS.get(code, 0.0) for code in intents_of(reading)), default=0.0)
    repetition = 1.0 if past.case_lately or past.same_order else 0.0
    if not repetition and past.unhappy_before and submission.is_low:
        repetition = 0.5
    return Parts(severity, emotion, past.value, intent, repetition)


def points_of(parts: Parts, weights: Weights = STANDARD) -> float:
    """Return the points of all parts together, 0 to 100, with two decimals."""
    return points_of_stored(parts._asdict(), weights)


def points_of_stored(parts: Mapping[str, float], weights: Weights) -> float:
    """Return the points of parts as they are kept, by name; one that is missing counts nothing."""
    return round(sum(weight * parts.get(name, 0.0) for name, weight in weights.parts.items()), 2)


def strongest(intents: frozenset[str]) -> str | None:
    """Return the intent that counts, or None without any; of equals the first of the list."""
    found = [code for code in INTENT_WEIGHTS if code in intents]
    return max(found, key=lambda code: INTENT_WEIGHTS[code], default=None)


def effective(points: float, share: float) -> float:
    """Return the points after a `share` of the promised time has passed (1 is due): at most 20 more, 100 in all."""
    added = AGEING * min(1.0, max(0.0, share))
    return round(float(min(MOST, points + added)), 2)


def lifted(priority: str, share: float) -> str:
    """Return the level at which a task stands: one higher once the promised time is over."""
    return one_level_up(priority) if share > 1 else priority


def age(start: datetime, due: datetime | None, now: datetime, calendar: Calendar | None) -> Age:
    """Return what waiting since `start` for a promise that is `due` has made of a task; nothing when no clock runs.

    The share of the time is counted by the clock of the promise: `calendar` is None for one that never stops.
    """
    if due is None:
        return Age(0, False, None)
    if now > due:
        return Age(AGEING, True, None)
    promised = _passed(start, due, calendar)
    done = floor(AGEING * (_passed(start, now, calendar) / promised)) if promised else AGEING
    if done >= AGEING:
        return Age(AGEING, False, due + timedelta(seconds=1))
    step = promised * (done + 1) / AGEING
    following = start + step if calendar is None else add_business_time(start, step, calendar)
    # A step that rounding puts into the past would be looked at for ever.
    return Age(max(0, done), False, max(following, now + timedelta(seconds=1)))


def calm_of(points: float, aged: int) -> int:
    """Return the place within a level, 0 to 10000: the smaller, the more urgent."""
    return FULL - min(FULL, round(100 * points) + 100 * aged)


def standing_of(priority: str, is_broken: bool, waits_for_customer: bool, is_lifted: bool = False) -> int:
    """Return the level of the queue, the smallest first: that of the priority, one higher when a promise is broken.

    What is P0 by itself comes before all that is P0 by a lift alone: by a broken promise, or `is_lifted` because the
    customer said that it is not solved. What waits for the customer comes after all others.
    """
    level = int((one_level_up(priority) if is_broken else priority)[1])
    if priority == Priority.P0 and not is_lifted:
        level -= DANGER_FIRST
    return level + (WAITS_LAST if waits_for_customer else 0)


def _passed(start: datetime, end: datetime, calendar: Calendar | None) -> timedelta:
    """Return the time from `start` to `end` as the clock counts it."""
    return end - start if calendar is None else business_time_between(start, end, calendar)
