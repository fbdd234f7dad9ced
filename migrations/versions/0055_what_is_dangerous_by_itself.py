"""what is P0 by itself stands before what was only lifted there

Revision: 0055, after 0054
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

# A customer's "no" left a line without an actor and without words; a lift by what was said has words, one by a person an actor.
BY_A_NO = "e.actor_id IS NULL AND e.text IS NULL"
RAISED = "SELECT 1 FROM task_event e WHERE e.task_id = task.id AND e.kind = 'raised' AND e.after = 'P0'"
SAID = "SELECT 1 FROM signal s WHERE s.task_id = task.id AND s.priority = 'P0'"


def upgrade() -> None:
    with op.batch_alter_table("task") as batch_op:
        batch_op.add_column(sa.Column("is_lifted", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_check_constraint(op.f("ck_task_only_p0_is_lifted"), "NOT is_lifted OR priority = 'P0'")
    op.execute(
        f"UPDATE task SET is_lifted = true WHERE priority = 'P0' AND EXISTS ({RAISED} AND {BY_A_NO})"
        f" AND NOT EXISTS ({RAISED} AND NOT ({BY_A_NO})) AND NOT EXISTS ({SAID})"
    )
    op.execute(
        "UPDATE task SET standing = standing - 1 WHERE priority = 'P0' AND NOT is_lifted AND standing IS NOT NULL"
    )


def downgrade() -> None:
    op.execute("UPDATE task SET standing = standing + 1 WHERE standing IN (-1, 9)")
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_constraint(op.f("ck_task_only_p0_is_lifted"), type_="check")
        batch_op.drop_column("is_lifted")
