"""The tables of answers and tasks hold what the lists show."""

from datetime import timedelta

import pytest

from feedback.exports import gathering
from feedback.exports.queries import WantedTasks
from feedback.insights.listing import Wanted
from surveys.errors import Refusal


def as_dicts(table):
    return [dict(zip(table.names, row, strict=True)) for row in table.rows]


def test_answers_leave_as_in_the_list_and_nothing_is_open_between_batches(make, now, monkeypatch):
    customer = make.customer("Dora", email="dora@example.test")
    for minutes in range(5):
        make.response(3, f"late {minutes}", customer=customer, submitted_at=now - timedelta(minutes=minutes))
    make.response(
        None,
        "half",
        customer=customer,
        is_partial=True,
        submitted_at=None,
        saved_at=now - timedelta(seconds=90),
    )
    monkeypatch.setattr("feedback.insights.listing.BATCH", 2)
    rests = []

    table = gathering.answers(Wanted(), now, personal=True, rest=lambda: rests.append(1))
    rows = as_dicts(table)

    assert [row["comment"] for row in rows] == ["late 0", "late 1", "half", "late 2", "late 3", "late 4"]
    assert {row["customer.email"] for row in rows} == {"dora@example.test"} and len(rests) == 4
    assert "customer.email" not in gathering.answers(Wanted(), now, personal=False).names


def test_tasks_leave_with_answer_and_customer_and_may_be_chosen(make, now, monkeypatch):
    customer = make.customer("Dora", email="dora@example.test")
    ben = make.staff("Ben", "agent")
    tasks = [
        make.task(
            make.response(score, f"comment {score}", customer=customer), assignee=ben if score else None
        )
        for score in (0, 1, 2)
    ]
    monkeypatch.setattr(gathering, "BATCH", 2)

    def told(**wanted):
        return [row["comment"] for row in as_dicts(gathering.tasks(WantedTasks(**wanted), now))]

    first = as_dicts(gathering.tasks(WantedTasks(), now))[0]
    assert (first["id"], first["score"], first["customer.email"]) == (
        tasks[2].public_id,
        2,
        "dora@example.test",
    )
    assert (first["survey"], first["brand"], first["state"]) == ("nps", "demo", tasks[2].state)
    assert told() == ["comment 2", "comment 1", "comment 0"]
    assert told(assignee=ben.email) == ["comment 2", "comment 1"] and told(assignee="") == ["comment 0"]
    assert told(state="closed") == [] and told(brand="demo", opened_until=now - timedelta(days=1)) == []
    with pytest.raises(Refusal):
        told(assignee="nobody@example.test")
