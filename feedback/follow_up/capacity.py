"""How many questions a team can bear: what comes back unhappy must be answered within a business day.

Of all questions some become a case. As long as the cases that wait for a first contact and those that
the questions on their way will bring do not pass what the team takes on in a business day, every
promise of first contact can be kept.
"""

from datetime import timedelta
from math import floor
from typing import NamedTuple

# Who answers does so mostly within three days.
ANSWERS_COME = timedelta(days=3)
LEARNS_FROM = timedelta(days=90)
# What is believed before anything is known: 10 cases of 200 questions. It weighs as much as 200 questions.
BELIEVED_CASES, BELIEVED_QUESTIONS = 10, 200


class Load(NamedTuple):
    """What a team has to do and what is on its way: `out` counts unanswered questions of the last three days."""

    cases_per_day: int
    waiting: int
    out: int


def share_of_cases(cases: int, questions: int) -> float:
    """Return which share of questions becomes a case, above 0: what was seen, mixed with what is believed."""
    return (cases + BELIEVED_CASES) / (questions + BELIEVED_QUESTIONS)


def questions_left(load: Load, share: float) -> int:
    """Return how many questions may leave now, 0 when the team has its hands full."""
    bearable = (load.cases_per_day - load.waiting) / share
    return max(0, floor(bearable + 1e-9) - load.out)
