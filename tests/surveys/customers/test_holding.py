"""Customers who are not asked for now."""

from surveys.customers.holding import hold, let_go
from surveys.customers.queries import hold_on
from surveys.database import db


def test_a_hold_lasts_until_what_holds_lets_go(make, now):
    dora, pat = make.customer(), make.customer("Pat Passive")
    for _ in range(2):
        hold(dora, "open_task", "task:1", now)
        db.session.flush()
    hold(dora, "open_task", "task:2", now)
    db.session.commit()

    assert hold_on([pat.id]) is None
    assert hold_on([pat.id, dora.id]).key == "task:1"
    let_go("task:1")
    assert hold_on([dora.id]).key == "task:2"
    let_go("task:2")
    let_go("task:2")
    assert hold_on([dora.id]) is None
