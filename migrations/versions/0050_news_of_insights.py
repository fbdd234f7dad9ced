"""what came of goals and improvements is news inside the house; running goals are measured by the loop

Revision: 0050, after 0049
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

TOLD = ("goal_mail", "improvement_reminder")


def upgrade() -> None:
    for table in TOLD:
        op.add_column(table, sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
        op.create_index(f"ix_{table}_staff_id_made_at", table, ["staff_id", "made_at"])
    op.drop_index("ix_improvement_reminder_staff_id", "improvement_reminder")
    op.add_column("goal", sa.Column("so_far", sa.JSON(), nullable=True))
    op.add_column("goal", sa.Column("so_far_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("goal", "so_far_at")
    op.drop_column("goal", "so_far")
    op.create_index("ix_improvement_reminder_staff_id", "improvement_reminder", ["staff_id"])
    for table in TOLD:
        op.drop_index(f"ix_{table}_staff_id_made_at", table)
        op.drop_column(table, "read_at")
