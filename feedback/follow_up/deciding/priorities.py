"""How urgent a task is: by what it says first (overrides), else by the table (methodology 5.3).

P0: danger to a person, law, personal data in the wrong hands. P1: money back through the bank or a payment that is
wrong, an order of which nothing has arrived for days, going public, leaving of a customer who spends much, a VIP who is
unhappy, unhappy again about an order that was thought to be settled, and the lowest scores with clearly negative words.
The machine only ever raises; a person lowers, and says why.
"""

from enum import StrEnum
from typing import NamedTuple

from feedback.follow_up.deciding.signs import (
    Past,
    Reading,
    Submission,
    clearly_negative,
    flag_of,
    intents_of,
)
from surveys.errors import N_

HIGH_VALUE = 0.8  # the fifth of a shop's customers that spends most: the high value band of methodology 5.3


class Priority(StrEnum):
    """How urgent a task is; compares as text, so the smaller is the more urgent."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class Level(NamedTuple):
    """A priority and what it rests on, a key of `WHY`."""

    priority: Priority
    why: str


# What a priority rests on, as a sentence; the first that holds decides.
WHY: dict[str, str] = {
    "safety": N_("The comment speaks of danger to a person."),
    "legal": N_("The comment speaks of a lawyer, a court or an authority."),
    "data_protection": N_("The comment speaks of personal data in wrong hands."),
    "chargeback": N_("The customer wants the money back through the bank."),
    "payment": N_("The comment speaks of a payment that is wrong."),
    "undelivered": N_("The customer complains, and nothing of the order has been delivered for many days."),
    "public_threat": N_("The customer threatens to go public."),
    "valued_and_leaving": N_("The customer says that this was the last time, and spends more than most."),
    "unhappy_vip": N_("A VIP is unhappy."),
    "same_order": N_("The customer is unhappy again about an order that was thought to be settled."),
    "written_again": N_("The customer wrote about something that was thought to be done."),
    "disaster": N_("One of the lowest scores with a clearly negative comment."),
    "leaving": N_("The customer says that this was the last time."),
    "negative_words": N_("The comment is clearly negative."),
    "wants_own_data": N_(
        "The customer wants to see or erase personal data, or no more advertising; the law gives a month at most."
    ),
    "wants_refund": N_("The customer wants a refund or a replacement."),
    "scale_reversal": N_(
        "The lowest scores, but kind words: perhaps the scale was read the wrong way round."
    ),
    "mixed": N_("A low score, but kind words: read first, often it is “good product, but …”."),
    "low_with_comment": N_("The score is low, and there is a comment."),
    "low_without_comment": N_("The score is low, without a comment."),
    "something": N_("The customer wants something or is not quite happy."),
    "nothing_pressing": N_("Nothing in it presses."),
}

P0_INTENTS = ("safety", "legal", "data_protection")
P1_INTENTS = ("chargeback", "payment", "public_threat")
# Who asks for something while nothing has arrived asks where it is.
ASKING_INTENTS = ("churn", "refund", "contact", "question")


def level_of(submission: Submission, reading: Reading | None, past: Past) -> Level:
    """Return how urgent an answer is that a rule has matched, and why."""
    return _override(submission, reading, past) or _by_table(submission, reading)


def more_urgent(one: Priority | str, other: Priority | str) -> Priority:
    """Return the more urgent of two priorities; a later reading raises a task and never lowers it."""
    return min(Priority(one), Priority(other))


def one_level_up(priority: Priority | str) -> Priority:
    """Return the next more urgent priority, for a task that was reopened; P0 stays P0."""
    levels = list(Priority)
    return levels[max(0, levels.index(Priority(priority)) - 1)]


def _override(submission: Submission, reading: Reading | None, past: Past) -> Level | None:
    """Return the level that what was said or happened demands, whatever the score; None when nothing does."""
    intents = intents_of(reading)
    unhappy = submission.is_low or clearly_negative(reading)
    p1 = {code: code in intents for code in P1_INTENTS} | {
        "undelivered": past.undelivered and (unhappy or not intents.isdisjoint(ASKING_INTENTS)),
        "valued_and_leaving": "churn" in intents and past.value >= HIGH_VALUE,
        "unhappy_vip": past.is_vip and submission.is_low,
        "same_order": past.same_order and unhappy,
        "disaster": submission.is_worst and clearly_negative(reading),
    }
    for code in P0_INTENTS:
        if code in intents:
            return Level(Priority.P0, code)
    return next((Level(Priority.P1, code) for code, holds in p1.items() if holds), None)


def _by_table(submission: Submission, reading: Reading | None) -> Level:
    """Return the level by score and words alone: P2 to P4."""
    intents, flag = intents_of(reading), flag_of(submission, reading)
    if "churn" in intents:
        return Level(Priority.P2, "leaving")
    if clearly_negative(reading):
        return Level(Priority.P2, "negative_words")
    if "data_request" in intents:
        return Level(Priority.P2, "wants_own_data")
    if "refund" in intents:
        return Level(Priority.P2, "wants_refund")
    if flag in ("scale_reversal", "mixed"):
        return Level(Priority.P3, flag)
    if submission.is_low:
        has_words = submission.has_comment
        return (
            Level(Priority.P2, "low_with_comment") if has_words else Level(Priority.P3, "low_without_comment")
        )
    if submission.mood == "happy" and not intents and not submission.wrote_back:
        return Level(Priority.P4, "nothing_pressing")
    return Level(Priority.P3, "something")
