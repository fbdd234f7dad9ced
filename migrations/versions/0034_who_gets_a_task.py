"""absences, capacity and languages of the team, and which tasks wait for somebody to be free

Revision: 0034, after 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

WAITING = sa.text("assignee_id IS NULL AND assigned_because IS NOT NULL AND standing IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "staff_absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_staff_absence_days_in_order")),
        sa.CheckConstraint("begins_at < ends_at", name=op.f("ck_staff_absence_lasts")),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff_member.id"],
            name=op.f("fk_staff_absence_staff_id_staff_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_absence")),
        sa.UniqueConstraint("public_id", name=op.f("uq_staff_absence_public_id")),
    )
    op.create_index("ix_staff_absence_staff_id_ends_at", "staff_absence", ["staff_id", "ends_at"])
    op.create_table(
        "assigning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stands_in", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_assigning_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assigning")),
    )
    with op.batch_alter_table("staff_member") as batch_op:
        batch_op.add_column(sa.Column("time_zone", sa.String(60), nullable=False, server_default="Europe/Berlin"))
        batch_op.add_column(sa.Column("capacity", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("languages", sa.JSON(), nullable=False, server_default="[]"))
        # Everybody can take at least one task of the highest priority, which weighs 8.
        batch_op.create_check_constraint(op.f("ck_staff_member_capacity_range"), "capacity BETWEEN 8 AND 9999")
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_index("ix_task_assignee_id_state")
        batch_op.create_index("ix_task_load", ["assignee_id", "state", "priority"])
        batch_op.create_index(
            "ix_task_waiting",
            ["standing", "calm", "queue_at", "id"],
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        )


def downgrade() -> None:
    # Only what was known before may stand as the reason of an owner; the history keeps the rest.
    op.execute(
        "UPDATE task SET assigned_because = CASE"
        " WHEN assignee_id IS NULL THEN 'nobody'"
        " WHEN assigned_because = 'dedicated' OR assigned_because = 'longest_without' THEN assigned_because"
        " ELSE 'least_loaded' END WHERE assigned_because IS NOT NULL"
    )
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_index("ix_task_waiting")
        batch_op.drop_index("ix_task_load")
        batch_op.create_index("ix_task_assignee_id_state", ["assignee_id", "state"])
    with op.batch_alter_table("staff_member") as batch_op:
        batch_op.drop_constraint(op.f("ck_staff_member_capacity_range"), type_="check")
        batch_op.drop_column("languages")
        batch_op.drop_column("capacity")
        batch_op.drop_column("time_zone")
    op.drop_table("assigning")
    op.drop_table("staff_absence")
