"""Whatever staff change is written down in the same transaction; so is every file they take."""

import pytest
from sqlalchemy import select

from surveys.audit.models import AuditEvent
from surveys.database import db
from tests.factories import hash_of


def rows() -> list[AuditEvent]:
    return list(db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)))


def test_a_change_of_role_names_who_whom_and_from_what_to_what(make_today, signed_in):
    owner, agent = make_today.staff("Olga", role="owner"), make_today.staff("Ben")

    signed_in(owner).post(f"/settings/team/{agent.public_id}", data={"role": "admin"})

    (row,) = rows()
    assert (row.actor_id, row.way, row.action, row.object_id) == (
        owner.id,
        "page",
        "team.member",
        agent.public_id,
    )
    assert row.changes == [
        {
            "table": "staff_member",
            "id": agent.public_id,
            "what": "changed",
            "fields": {"role": ["agent", "admin"]},
        }
    ]


@pytest.mark.once
def test_texts_are_named_without_what_they_say(make_today, signed_in):
    task = make_today.task()
    agent = make_today.staff()

    signed_in(agent).post(
        f"/tasks/{task.public_id}/note", data={"note": "Dora called", "version": task.version}
    )

    assert rows() and "Dora" not in str([row.changes for row in rows()])


def test_what_was_refused_is_no_change(make_today, signed_in):
    owner = make_today.staff("Olga", role="owner")

    signed_in(owner).post(f"/settings/team/{owner.public_id}", data={"role": "king"})

    assert rows() == []


@pytest.mark.once
def test_signing_in_is_noted_and_a_wrong_password_is_not(make_today, client):
    sentence = "a sentence only Olga knows"
    staff = make_today.staff("Olga", role="owner", password_hash=hash_of(sentence))

    client.post("/sign-in", data={"email": staff.email, "password": "wrong password here"})
    assert rows() == []
    client.post("/sign-in", data={"email": staff.email, "password": sentence})

    (row,) = rows()
    assert (row.actor_id, row.action, row.changes) == (staff.id, "staff.sign_in", [])


def test_an_export_is_noted_before_it_leaves(make_today, signed_in):
    make_today.response(9, "Fine")
    admin = make_today.staff("Nadia", role="admin")

    answer = signed_in(admin).get("/responses/export.csv?group=promoter")

    (row,) = rows()
    assert answer.status_code == 200 and "Fine" in answer.text
    assert (row.way, row.action, row.actor_id, row.changes) == (
        "export",
        "export.export",
        admin.id,
        [{"chosen": [], "values": {"group": "promoter"}, "format": "csv", "rows": 1, "whole": True}],
    )


def test_looking_at_pages_leaves_no_row(make_today, signed_in):
    signed_in(make_today.staff("Olga", role="owner")).get("/settings/team")

    assert rows() == []
