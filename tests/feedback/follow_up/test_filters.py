"""How tasks read."""

from datetime import UTC, datetime

from flask_babel import force_locale

from feedback.follow_up.filters import clock_of


def test_a_waiting_task_comes_back_on_the_shops_day(app, make, now):
    # Nine in the morning of 12 March in Auckland (UTC+13) is still 11 March in UTC.
    make.brand(time_zone="Pacific/Auckland")
    task = make.task(
        state="waiting_customer", due_at=None, waiting_until=datetime(2026, 3, 11, 20, 0, tzinfo=UTC)
    )
    with app.test_request_context(), force_locale("en"):
        clock = clock_of(task, now)

    assert clock is not None and clock.said == "back on 12 Mar"
