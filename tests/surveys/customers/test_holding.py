"""Customers who are not asked for now."""

from surveys.customers.holding import hold, let_go
from surveys.customers.pausing import pause
from surveys.customers.queries import kept_from_asking
from surveys.database import db


def test_a_hold_lasts_until_what_holds_lets_go(make, now):
    dora, pat = make.customer(), make.customer("Pat Passive")
    for _ in range(2):
        hold(dora, "open_task", "task:1", now)
        db.session.flush()
    hold(dora, "open_task", "task:2", now)
    pause(dora, 3, now)
    db.session.commit()

    assert kept_from_asking([pat.id], now) == (None, None)
    assert kept_from_asking([pat.id, dora.id], now) == ("open_task", dora.paused_until)
    let_go("task:1")
    assert kept_from_asking([dora.id], dora.paused_until) == ("open_task", None)
    let_go("task:2")
    let_go("task:2")
    assert kept_from_asking([dora.id], now) == (None, dora.paused_until)
