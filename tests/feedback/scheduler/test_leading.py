from datetime import timedelta

from sqlalchemy import select

from feedback.scheduler.leading import LEASE, hand_over, take_lease, take_slot
from feedback.scheduler.models import LoopLeader, Slot
from surveys.database import db


def test_the_first_process_leads_and_the_second_waits(app, now):
    assert take_lease("one", now)
    assert not take_lease("two", now + timedelta(seconds=1))

    leader = db.session.scalars(select(LoopLeader)).one()
    assert (leader.holder, leader.until) == ("one", now + LEASE)


def test_the_leader_keeps_the_lead_by_asking_again(app, now):
    take_lease("one", now)

    assert take_lease("one", now + timedelta(seconds=14))
    assert not take_lease("two", now + timedelta(seconds=20))


def test_a_leader_that_fell_silent_is_followed_by_the_next(app, now):
    take_lease("one", now)

    assert not take_lease("two", now + LEASE)
    assert take_lease("two", now + LEASE + timedelta(milliseconds=1))
    assert not take_lease("one", now + LEASE + timedelta(seconds=1))


def test_a_leader_that_leaves_hands_over_at_once(app, now):
    take_lease("one", now)

    hand_over("two", now)
    assert not take_lease("two", now + timedelta(seconds=1))
    hand_over("one", now)
    assert take_lease("two", now + timedelta(seconds=1))


def test_a_slot_is_taken_once(app, now):
    assert take_slot("sweep", "2026-03-10", now)
    assert not take_slot("sweep", "2026-03-10", now)
    assert take_slot("sweep", "2026-03-11", now)
    assert take_slot("digest", "2026-03-10", now)


def test_a_slot_whose_work_failed_is_free_again(app, now):
    take_slot("sweep", "2026-03-10", now)
    db.session.rollback()

    assert db.session.scalars(select(Slot)).all() == []
    assert take_slot("sweep", "2026-03-10", now)
