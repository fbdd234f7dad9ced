"""who of the team is at a task just now, and what they write there

Revision: 0059, after 0058
"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "task_presence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("writes", sa.String(length=4), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("writes IN ('mail', 'note')", name=op.f("ck_task_presence_writes_known")),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff_member.id"],
            name=op.f("fk_task_presence_staff_id_staff_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_task_presence_task_id_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_presence")),
        sa.UniqueConstraint("task_id", "staff_id", name=op.f("uq_task_presence_task_id_staff_id")),
    )
    op.create_index(op.f("ix_task_presence_seen_at"), "task_presence", ["seen_at"])
    op.create_index(op.f("ix_task_presence_staff_id"), "task_presence", ["staff_id"])


def downgrade() -> None:
    op.drop_table("task_presence")
