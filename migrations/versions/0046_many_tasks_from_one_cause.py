"""many tasks from one cause are gathered; versions of how much the parts of the points count

Revision: 0046, after 0044
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("sign", sa.String(length=10), nullable=False),
        sa.Column("named", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("usual", sa.Float(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sign IN ('article', 'carrier', 'shop')", name=op.f("ck_incident_sign_known")),
        sa.CheckConstraint("usual >= 0", name=op.f("ck_incident_usual_range")),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brand.id"], name=op.f("fk_incident_brand_id_brand"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("public_id", name=op.f("uq_incident_public_id")),
    )
    op.create_index("ix_incident_brand_id_last_at", "incident", ["brand_id", "last_at"])
    op.create_table(
        "weights_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("undelivered_after", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("version > 1", name=op.f("ck_weights_version_shipped_is_first")),
        sa.CheckConstraint(
            "undelivered_after BETWEEN 1 AND 90", name=op.f("ck_weights_version_undelivered_range")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["staff_member.id"],
            name=op.f("fk_weights_version_changed_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weights_version")),
        sa.UniqueConstraint("version", name=op.f("uq_weights_version_version")),
    )
    with op.batch_alter_table("task") as batch_op:
        batch_op.add_column(sa.Column("incident_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_task_incident_id_incident"), "incident", ["incident_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_index(op.f("ix_task_incident_id"), ["incident_id"])
    op.add_column("signal", sa.Column("weights_version", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    # The older program knows no such row of history and explains points by the shipped weights alone.
    op.execute("DELETE FROM notice WHERE event_id IN (SELECT id FROM task_event WHERE kind = 'gathered')")
    op.execute("DELETE FROM task_event WHERE kind = 'gathered'")
    with op.batch_alter_table("signal") as batch_op:
        batch_op.drop_column("weights_version")
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_index(op.f("ix_task_incident_id"))
        batch_op.drop_constraint(op.f("fk_task_incident_id_incident"), type_="foreignkey")
        batch_op.drop_column("incident_id")
    op.drop_table("weights_version")
    op.drop_table("incident")
