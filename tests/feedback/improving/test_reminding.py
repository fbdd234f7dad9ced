"""Somebody hears of every verdict."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.improving.judging import judge_due
from feedback.improving.models import ImprovementReminder
from surveys.database import db
from tests.feedback.improving.raising import in_effect

DAY = timedelta(days=1)


def reminders():
    return list(db.session.scalars(select(ImprovementReminder)))


@pytest.mark.once
def test_owners_and_admins_hear_of_it_where_nobody_looks_after_it(make, story, now):
    make.staff("Ada", "admin")
    make.staff("Ben", "agent")
    in_effect(now)
    judge_due(now, 10)
    assert {each.staff.name for each in reminders()} == {"Olga", "Ada"}
