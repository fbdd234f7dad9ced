"""`flask demo` as somebody types it."""

from datetime import datetime, timedelta

from surveys.clock import real_now, set_forward
from surveys.database import db


def test_the_demo_tells_its_time(app):
    set_forward(timedelta(days=7))
    db.session.commit()

    told = app.test_cli_runner().invoke(args=["demo", "clock"]).output

    assert (
        timedelta(days=7, minutes=-1) < datetime.fromisoformat(told.strip()) - real_now() <= timedelta(days=7)
    )
