import pytest
from sqlalchemy import select

from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.models import Task, TaskEvent
from surveys.database import db
from surveys.invitations.models import Invitation


@pytest.mark.thorough
def test_the_team_has_worked_the_year_through(filled):
    now = filled(150, seed=3)
    tasks = db.session.scalars(select(Task)).all()

    for task in tasks:
        times = [event.at for event in task.history]
        assert times == sorted(times)
        assert (times[0], times[-1] <= now) == (task.opened_at, True)
        assert task.assignee is not None
    for task in tasks:
        if task.outcome in ("recovered", "partly", "not_recovered"):
            assert [event.after for event in task.history if event.kind == "answered"]
            assert task.verification.answered_at is not None
    assert {reply.state for reply in db.session.scalars(select(Reply))} == {"sent"}
    checks = db.session.scalars(select(Invitation).where(Invitation.purpose == "verification")).all()
    assert all(check.state == "sent" or check.due_at > now for check in checks)
    assert db.session.scalars(select(TaskEvent).where(TaskEvent.kind == "escalated")).all()
