"""Claim, act, settle: nothing twice, nothing lost, and what nobody can tell is *uncertain*."""

import threading
from collections import deque
from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys import work
from surveys.clock import real_now
from surveys.database import begin_writing, db
from surveys.errors import DeliveryFailed
from surveys.invitations.models import Invitation


def send(row: Invitation, failure: DeliveryFailed | None, now) -> None:
    """Settle an invitation in the plainest way."""
    row.state, row.due_at = ("failed", None) if failure else ("sent", None)
    row.sent_at = now


def carry_out(now, act, prepare=lambda row, now: row.public_id, again=False, limit=10):
    return work.carry_out(Invitation, now, limit, prepare=prepare, act=act, settle=send, again=again)


@pytest.fixture
def planned(make):
    return make.invitation(state="planned")


def test_a_due_row_is_carried_out_once_and_then_rests(planned, now):
    done = []

    assert carry_out(now, done.append) == 1
    assert carry_out(now, done.append) == 0

    assert done == [planned.public_id]
    assert (planned.state, planned.claimed_until, planned.claim_key, planned.begun_at) == (
        "sent",
        None,
        None,
        None,
    )


def test_without_anybody_to_talk_to_the_first_row_is_given_back_and_no_other_is_tried(make, planned, now):
    other = make.invitation(make.purchase(planned.customer), "planned")
    tries = []

    def knock(parcel):
        tries.append(parcel)
        raise DeliveryFailed("nobody there", unreached=True)

    with pytest.raises(DeliveryFailed, match="nobody there"):
        carry_out(now, knock)
    assert tries == [planned.public_id]
    assert (planned.state, planned.attempts, planned.claim_key, planned.begun_at) == (
        "planned",
        0,
        None,
        None,
    )
    assert planned.last_error == "nobody there"
    assert (other.attempts, other.claim_key, other.claimed_until) == (0, None, None)


def test_what_cannot_be_prepared_waits_for_its_claim_to_run_out_and_holds_up_nobody(make, planned, now):
    others = [make.invitation(state="planned") for _ in range(2)]

    def prepare(row, _now):
        if row.id == planned.id:
            raise ZeroDivisionError("poison")
        return row.public_id

    with pytest.raises(ZeroDivisionError):
        carry_out(now, pytest.fail, prepare=prepare)
    assert planned.claim_key is not None and planned.begun_at is None
    assert [(row.attempts, row.claim_key) for row in others] == [(0, None), (0, None)]
    assert carry_out(now, lambda _: None, prepare=prepare) == 2


def test_the_last_of_many_has_as_long_as_the_first(make, now):
    rows = {row.public_id: row for row in (make.invitation(state="planned") for _ in range(3))}

    def linger(public_id):
        begin_writing()
        row = rows[public_id]
        assert row.claimed_until - row.begun_at == work.LEASE
        others = [each for each in rows.values() if each.state == "planned" and each is not row]
        assert all(each.claim_key == row.claim_key and each.begun_at is None for each in others)

    assert carry_out(now, linger) == 3
    assert {row.state for row in rows.values()} == {"sent"}


def test_what_was_done_before_nobody_could_be_reached_counts(make, planned, now):
    make.invitation(make.purchase(planned.customer), "planned")
    done = []

    def hang_up_later(parcel):
        if done:
            raise DeliveryFailed("nobody there any more", unreached=True)
        done.append(parcel)

    assert carry_out(now, hang_up_later) == 1
    assert planned.state == "sent"


def test_no_transaction_is_open_while_acting(planned, now):
    seen = []

    carry_out(now, lambda _: seen.append(db.session().in_transaction()))

    assert seen == [False]


def test_what_is_not_due_yet_waits(planned, now):
    assert carry_out(now - timedelta(seconds=1), print) == 0


def test_a_row_that_preparing_settles_is_not_acted_on(planned, now):
    def refuse(row, now):
        row.state, row.reason, row.due_at = "refused", "cancelled", None

    assert carry_out(now, pytest.fail, prepare=refuse) == 1
    assert (planned.state, planned.claim_key) == ("refused", None)


def test_a_failure_is_settled_with_its_reason(planned, now):
    def broken(_):
        raise DeliveryFailed("550 no such mailbox", permanent=True)

    carry_out(now, broken)

    assert (planned.state, planned.last_error) == ("failed", "550 no such mailbox")


def test_an_unforeseen_error_is_a_failure_too_and_ends_nothing_else(make, now):
    first, second = make.invitation(state="planned"), make.invitation(state="planned")

    def broken(public_id):
        if public_id == first.public_id:
            raise ZeroDivisionError("oh")

    assert carry_out(now, broken) == 2
    assert (first.state, second.state) == ("failed", "sent")


def test_many_workers_get_each_row_once(make, now, app):
    rows = {make.invitation(state="planned").public_id for _ in range(12)}
    done: list[str] = []

    def run() -> None:
        with app.app_context():
            carry_out(now, done.append, limit=20)
            db.session.remove()

    workers = [threading.Thread(target=run) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(done) == sorted(rows)


def claimed(row: Invitation, *, until: timedelta, begun: bool) -> None:
    """Leave the row as a process does that died."""
    row.claimed_until, row.claim_key = real_now() + until, "somebody"
    row.begun_at = real_now() if begun else None
    db.session.commit()


def test_a_living_claim_is_left_alone(planned, now):
    claimed(planned, until=timedelta(minutes=1), begun=True)

    assert carry_out(now, pytest.fail) == 0
    assert work.settle_uncertain(Invitation, now, pytest.fail) == 0


def test_a_claim_that_ran_out_before_it_began_is_claimed_again(planned, now):
    claimed(planned, until=-timedelta(seconds=1), begun=False)

    assert carry_out(now, lambda _: None) == 1


def test_a_claim_that_ran_out_after_it_began_is_uncertain_and_never_repeated(planned, now):
    claimed(planned, until=-timedelta(seconds=1), begun=True)

    def doubt(row):
        row.state = "uncertain"

    assert carry_out(now, pytest.fail) == 0
    assert work.settle_uncertain(Invitation, now, doubt) == 1
    assert (planned.state, planned.due_at, planned.claim_key) == ("uncertain", None, None)
    assert carry_out(now, pytest.fail) == 0


def test_towards_staff_it_is_done_again(planned, now):
    claimed(planned, until=-timedelta(seconds=1), begun=True)

    assert carry_out(now, lambda _: None, again=True) == 1


def test_a_late_worker_changes_nothing(planned, now):
    def slow(_):
        begin_writing()
        claimed(db.session.get_one(Invitation, planned.id), until=timedelta(minutes=1), begun=True)

    carry_out(now, slow)

    db.session.refresh(planned)
    assert (planned.state, planned.claim_key) == ("planned", "somebody")


def test_who_stood_still_after_claiming_leaves_the_row_to_whoever_took_it_over(planned, now, monkeypatch):
    claimed(planned, until=timedelta(minutes=5), begun=False)
    stale = ("the claim of a process that stood still", deque([planned.id]))
    monkeypatch.setattr(work, "claim", lambda *_, **__: stale)

    carry_out(now, pytest.fail)

    assert (planned.state, planned.begun_at) == ("planned", None)


def test_inward_work_that_raises_is_set_aside_and_the_line_goes_on(make):
    ids = [make.invitation(state="planned").id for _ in range(3)]

    def do(row_id):
        if row_id == ids[1]:
            raise ZeroDivisionError("poison")
        db.session.get_one(Invitation, row_id).locale = "de"

    assert work.one_by_one("test", ids, do) == 2

    [aside] = db.session.scalars(select(work.SetAside))
    assert (aside.row_id, aside.tries) == (ids[1], 1)
    assert "poison" in aside.error
    ready = db.session.scalars(select(Invitation.id).where(work.not_set_aside("test", Invitation.id)))
    assert set(ready) == {ids[0], ids[2]}


def test_what_takes_thought_is_thought_over_before_the_transaction_begins(make):
    ids = [make.invitation(state="planned").id for _ in range(2)]

    def think(row_id):
        if row_id == ids[0]:
            raise ZeroDivisionError("poison")
        return db.session().in_transaction(), row_id * 10

    def do(row_id, thought):
        assert db.session().in_transaction()
        db.session.get_one(Invitation, row_id).locale = str(thought)[:5]
        assert thought == (False, row_id * 10)

    assert work.in_two_steps("test", ids, think, do) == 1
    assert db.session.scalars(select(work.SetAside.row_id)).all() == [ids[0]]


def test_work_done_together_is_one_transaction_and_one_by_one_where_one_of_it_raises(make):
    ids = [make.invitation(state="planned").id for _ in range(3)]
    groups = []

    def do(row_ids, poison=None):
        groups.append(row_ids)
        for row_id in row_ids:
            if row_id == poison:
                raise ZeroDivisionError("poison")
            db.session.get_one(Invitation, row_id).attempts += 1

    assert work.together("test", ids, do) == 3
    assert work.together("test", ids, lambda some: do(some, poison=ids[1])) == 2

    assert groups == [ids, ids, *([each] for each in ids)]
    assert [db.session.get_one(Invitation, each).attempts for each in ids] == [2, 1, 2]
    assert db.session.scalars(select(work.SetAside.row_id)).all() == [ids[1]]


def test_pauses_grow_and_end():
    pauses = [work.pause_before_retry(tries) for tries in range(1, 7)]

    assert pauses[:5] == sorted(pauses[:5])
    assert pauses[5] is None
