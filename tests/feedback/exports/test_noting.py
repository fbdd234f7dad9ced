"""Who took what, and how much of it left."""

from feedback.exports import noting
from feedback.exports.tables import Column, Table
from surveys.audit.models import AuditEvent
from surveys.database import db


def test_the_row_says_what_was_chosen_without_naming_anybody_and_learns_the_end(make, now):
    staff = make.staff(role="owner")
    table = Table("answers", [Column("id", "text", "id")], iter([["a"], ["b"]]))
    chosen = {"survey": "nps", "q": "Frau Meier", "assignee": "ben@example.test", "since": ""}

    row_id = noting.begin("export.export", now, chosen, "csv", actor_id=staff.id)
    next(table.leaving())
    noting.end(row_id, table, is_whole=False)
    db.session.commit()

    row = db.session.get(AuditEvent, row_id)
    assert (row.way, row.actor_id, row.action) == ("export", staff.id, "export.export")
    assert row.changes == [
        {"chosen": ["assignee", "q"], "values": {"survey": "nps"}, "format": "csv", "rows": 1, "whole": False}
    ]
    db.session.delete(row)
    db.session.commit()
    noting.end(row_id, table, is_whole=True)
