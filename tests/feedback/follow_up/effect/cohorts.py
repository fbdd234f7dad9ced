"""Many tasks at once, in the states that the page about their effect tells apart."""

from datetime import timedelta

from feedback.follow_up.models import TaskEvent
from surveys.database import db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def case(
    make, now, *, age=100 * DAY, contacted=None, resolved=None, said=None, outcome=None, score=3, **values
):
    """Make a task that was opened `age` ago; `contacted` and `resolved` are the spans until then."""
    opened = now - age
    customer = values.pop("customer", None) or make.customer()
    response = make.response(score, "Too late", customer=customer, submitted_at=opened, saved_at=opened)
    given = {
        "opened_at": opened,
        "changed_at": opened,
        "contact_due_at": opened + 8 * HOUR,
        "contacted_at": None if contacted is None else opened + contacted,
    }
    if resolved is not None:
        at = opened + resolved
        given |= {"state": "verifying", "resolution": "refund", "cause": "carrier", "resolved_at": at}
    if outcome is not None:
        given |= {"state": "closed", "outcome": outcome, "closed_at": opened + (resolved or 9 * DAY)}
    task = make.task(response, **(given | values))
    if resolved is not None:
        db.session.add(
            TaskEvent(task=task, at=opened + resolved, kind="found", before="refund", after="carrier")
        )
    if said is not None:
        db.session.add(TaskEvent(task=task, at=opened + 10 * DAY, kind="answered", after=said))
    make.settle()
    return task
