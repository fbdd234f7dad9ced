"""one letter goes to everybody of an incident; tasks are gathered by theme, too

Revision: 0052, after 0050
"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0050"
branch_labels = None
depends_on = None

KINDS = "'take', 'give', 'snooze', 'close', 'ask', "
SIGNS = "'article', 'carrier', "


def upgrade() -> None:
    check("bulk_deed", "kind_known", f"kind IN ({KINDS}'write', 'undo')")
    check("incident", "sign_known", f"sign IN ({SIGNS}'theme', 'shop')")
    with op.batch_alter_table("bulk_deed") as batch_op:
        batch_op.add_column(sa.Column("incident_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_bulk_deed_incident_id_incident"),
            "incident",
            ["incident_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.create_index(op.f("ix_bulk_deed_incident_id"), ["incident_id"])


def downgrade() -> None:
    letters = "(SELECT id FROM bulk_deed WHERE kind = 'write')"
    undone = f"(SELECT id FROM bulk_deed WHERE kind = 'write' OR undoes_id IN {letters})"
    op.execute(f"DELETE FROM bulk_item WHERE deed_id IN {undone}")
    op.execute(f"DELETE FROM bulk_deed WHERE undoes_id IN {letters}")
    op.execute("DELETE FROM bulk_deed WHERE kind = 'write'")
    themes = "(SELECT id FROM incident WHERE sign = 'theme')"
    told = "kind = 'gathered' AND after IN (SELECT public_id FROM incident WHERE sign = 'theme')"
    op.execute(f"UPDATE task SET incident_id = NULL WHERE incident_id IN {themes}")
    op.execute(f"DELETE FROM notice WHERE event_id IN (SELECT id FROM task_event WHERE {told})")
    op.execute(f"DELETE FROM task_event WHERE {told}")
    op.execute("DELETE FROM incident WHERE sign = 'theme'")
    with op.batch_alter_table("bulk_deed") as batch_op:
        batch_op.drop_index(op.f("ix_bulk_deed_incident_id"))
        batch_op.drop_constraint(op.f("fk_bulk_deed_incident_id_incident"), type_="foreignkey")
        batch_op.drop_column("incident_id")
    check("incident", "sign_known", f"sign IN ({SIGNS}'shop')")
    check("bulk_deed", "kind_known", f"kind IN ({KINDS}'undo')")


def check(table: str, name: str, condition: str) -> None:
    """Put another condition in the place of one."""
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), condition)
