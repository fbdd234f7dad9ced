"""Reckon how many questions each shop may still ask, and write it down to where questions leave."""

from datetime import datetime

from feedback.follow_up.capacity import ANSWERS_COME, LEARNS_FROM, Load, questions_left, share_of_cases
from feedback.follow_up.queries import cases_from_questions, cases_waiting
from surveys.invitations.capacity.queries import (
    allowance_of,
    limited_brands,
    questions_asked,
    questions_out,
)
from surveys.work import one_by_one

JOB = "reckon-capacity"


def reckon(now: datetime, limit: int) -> int:
    """Reckon up to `limit` shops anew; return how many."""
    return one_by_one(JOB, limited_brands(JOB)[:limit], lambda brand_id: reckon_one(brand_id, now))


def reckon_one(brand_id: int, now: datetime) -> None:
    """Write down how many questions the shop may ask, and what that rests on.

    The lock keeps questions from leaving between our counting and our writing.
    """
    allowance = allowance_of(brand_id, locked=True)
    if allowance is None:
        return
    since = now - LEARNS_FROM
    share = share_of_cases(cases_from_questions(brand_id, since), questions_asked(brand_id, since))
    load = Load(allowance.cases_per_day, cases_waiting(brand_id), questions_out(brand_id, now - ANSWERS_COME))
    allowance.left = questions_left(load, share)
    allowance.waiting, allowance.out, allowance.share = load.waiting, load.out, share
    allowance.reckoned_at = now
