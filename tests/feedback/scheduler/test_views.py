from datetime import timedelta

import pytest

from feedback.scheduler.leading import take_lease
from feedback.scheduler.models import TickRun
from feedback.scheduler.ticks import TICKS
from feedback.scheduler.views import WORDS, state_of
from surveys.clock import real_now
from surveys.database import db

LOOK = TICKS[0]


def run(started_at, failed=False):
    return TickRun(
        name=LOOK.name,
        started_at=started_at,
        finished_at=started_at,
        failed_at=started_at if failed else None,
    )


@pytest.mark.parametrize(
    ("noted", "state"),
    [
        (lambda now: None, "late"),
        (run, "ok"),
        (lambda now: run(now - timedelta(seconds=47)), "ok"),
        (lambda now: run(now - timedelta(seconds=48)), "late"),
        (lambda now: run(now, failed=True), "failed"),
    ],
)
def test_a_tick_runs_is_late_or_fails(now, noted, state):
    # 2 s of its own, 15 s between notes, 30 s of patience.
    assert state_of(LOOK, noted(now), now) == state


@pytest.mark.once
def test_the_page_says_that_nobody_runs_the_loop(make_today, signed_in):
    page = signed_in(make_today.staff("Olga", "owner")).get("/loop")

    assert page.status_code == 200
    assert "The loop is not running" in page.text
    assert "flask loop run" in page.text


@pytest.mark.once
def test_the_page_shows_runs_errors_and_what_waits(make_today, signed_in):
    now = real_now()
    take_lease("here:1", now)
    db.session.add(
        TickRun(
            name="send-invitations",
            started_at=now,
            finished_at=now,
            failed_at=now,
            error="x\nOSError: <no> server",
        )
    )
    db.session.commit()
    make_today.purchase()

    page = signed_in(make_today.staff("Olga", "admin")).get("/loop").text

    assert "The loop looks for work" in page
    assert "OSError: &lt;no&gt; server" in page
    assert all(WORDS[tick.name] in page for tick in TICKS)
    assert not any(tick.name in page for tick in TICKS)


def test_every_tick_has_words_of_its_own():
    assert set(WORDS) == {tick.name for tick in TICKS}
    assert len(set(WORDS.values())) == len(TICKS)


def test_agents_have_no_business_there(make_today, signed_in):
    assert signed_in(make_today.staff("Ben", "agent")).get("/loop").status_code == 403
