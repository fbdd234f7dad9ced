"""What the demo's team leaves behind after a year of work, seen on a Sunday morning."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from feedback.demo.filling import fill
from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.models import Task, TaskEvent
from feedback.follow_up.states import OPEN_STATES, State
from surveys.database import begin_writing, db
from surveys.invitations.models import Invitation
from tests.conftest import delete_rows
from tests.feedback.demo.conftest import READER, keep

pytestmark = [pytest.mark.once, pytest.mark.thorough]
SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def year(application):
    with application.app_context():
        begin_writing()
        fill(300, 3, SUNDAY, READER, keep)
        db.session.commit()
        db.session.remove()
    yield SUNDAY
    with application.app_context():
        delete_rows()


def test_the_team_has_worked_the_year_through(looked_at):
    tasks = db.session.scalars(select(Task)).all()

    for task in tasks:
        times = [event.at for event in task.history]
        assert times == sorted(times)
        assert (times[0], times[-1] <= looked_at) == (task.opened_at, True)
        assert task.assignee is not None
    for task in tasks:
        if task.outcome in ("recovered", "partly", "not_recovered"):
            assert [event.after for event in task.history if event.kind == "answered"]
            assert task.verification.answered_at is not None
    assert {reply.state for reply in db.session.scalars(select(Reply))} == {"sent"}
    checks = db.session.scalars(select(Invitation).where(Invitation.purpose == "verification")).all()
    assert all(check.state == "sent" or check.due_at > looked_at for check in checks)
    assert db.session.scalars(select(TaskEvent).where(TaskEvent.kind == "escalated")).all()


def test_there_are_tasks_in_all_states_and_some_are_overdue(looked_at):
    tasks = db.session.scalars(select(Task)).all()
    assert {task.state for task in tasks} == set(State)
    outcomes = {task.outcome for task in tasks} - {None}
    assert outcomes >= {"recovered", "partly", "unverified"}
    still_open = [task for task in tasks if task.state in OPEN_STATES]
    late = [task for task in still_open if task.due_at and task.due_at < looked_at]
    assert 4 <= len(still_open) <= 20
    assert 0 < len(late) <= 0.4 * len(still_open)
    assert any(task.due_at and task.due_at > looked_at for task in still_open)
