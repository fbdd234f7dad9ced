"""Mail leaves no faster than the server takes it, whoever sends."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as properties
from hypothesis import strategies as st

from surveys import work
from surveys.clock import real_now
from surveys.database import db
from surveys.errors import Refusal
from surveys.invitations.models import Invitation
from surveys.pacing import SLACK, has_place, mails_per_minute, set_pace, take_place

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def leave(now, per_minute, gaps):
    """Let mails try to leave with these gaps between them; return when they left."""
    set_pace(per_minute, now)
    left = []
    for gap in gaps:
        now += gap
        if take_place(now):
            left.append(now)
    return left


@pytest.mark.once
@properties(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    per_minute=st.integers(1, 300),
    gaps=st.lists(st.integers(0, 4000).map(lambda ms: timedelta(milliseconds=ms)), max_size=60),
)
def test_no_span_of_time_sees_more_than_its_mails_and_the_slack(app, now, per_minute, gaps):
    left = leave(now, per_minute, gaps)

    for first, start in enumerate(left):
        for last in range(first, len(left)):
            fitting = (left[last] - start + SLACK) * per_minute / MINUTE
            assert last - first <= fitting + 0.001
    db.session.rollback()


@pytest.mark.once
def test_a_whole_minute_of_beats_uses_the_pace_up_and_passes_it_by_5_percent_at_most(app, now):
    left = leave(now, 100, [2 * SECOND if at % 20 == 0 else timedelta(0) for at in range(20 * 30)])

    assert 100 <= len(left) <= 105


def test_after_a_quiet_night_only_the_slack_leaves_at_once(app, now):
    set_pace(60, now)
    morning = now + timedelta(hours=9)

    assert [take_place(morning) for _ in range(6)] == [True] * 4 + [False] * 2


@pytest.mark.once
def test_without_a_limit_everything_may_leave(app, now):
    assert mails_per_minute() is None
    assert has_place(now)
    assert all(take_place(now) for _ in range(1000))


def test_a_limit_can_be_changed_and_taken_away(app, now):
    set_pace(1, now)
    assert take_place(now)
    assert not has_place(now)
    set_pace(600, now)
    assert (mails_per_minute(), has_place(now)) == (600, True)
    set_pace(None, now)
    set_pace(None, now)
    assert mails_per_minute() is None


@pytest.mark.parametrize("number", [0, -1, 60_001])
def test_a_pace_nobody_could_keep_is_refused(app, now, number):
    with pytest.raises(Refusal) as refused:
        set_pace(number, now)

    assert refused.value.field == "per_minute"


def test_a_place_that_somebody_took_meanwhile_gives_the_claim_back(make, now, monkeypatch):
    row = make.invitation(state="planned")
    set_pace(1, real_now())
    db.session.commit()

    def prepare(found, _now):
        take_place(real_now())  # In truth another process does, between our look and our turn.
        return found.public_id

    def never(_parcel):
        pytest.fail("no place, no mail")

    done = work.carry_out(Invitation, now, 5, prepare=prepare, act=never, settle=never, paced=True)
    assert done == 0
    assert (row.state, row.attempts, row.claim_key, row.begun_at) == ("planned", 0, None, None)
