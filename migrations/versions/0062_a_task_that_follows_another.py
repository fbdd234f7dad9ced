"""a task that begins with a mail about a case that is over names the task that it follows

Revision: 0062, after 0060
"""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0060"
branch_labels = None
depends_on = None

FOLLOWS = sa.text("follows_id IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("task") as batch_op:
        batch_op.add_column(sa.Column("follows_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_task_follows_id_task"), "task", ["follows_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_index(
            "ix_task_follows_id", ["follows_id"], sqlite_where=FOLLOWS, postgresql_where=FOLLOWS
        )


def downgrade() -> None:
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_index("ix_task_follows_id")
        batch_op.drop_constraint(op.f("fk_task_follows_id_task"), type_="foreignkey")
        batch_op.drop_column("follows_id")
