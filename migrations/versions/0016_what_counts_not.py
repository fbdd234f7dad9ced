"""what counts not

Revision: 0016, after 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

EXCLUDED = sa.text("excluded_at IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_test", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.add_column(sa.Column("excluded_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("excluded_reason", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("excluded_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_response_excluded_by_id_staff_member"),
            "staff_member",
            ["excluded_by_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.create_check_constraint(
            op.f("ck_response_excluded_reason_known"),
            "excluded_reason IN ('bot', 'duplicate', 'test', 'scanner', 'other')",
        )
        batch_op.create_check_constraint(
            op.f("ck_response_excluded_has_reason"), "(excluded_at IS NULL) = (excluded_reason IS NULL)"
        )
        batch_op.create_check_constraint(
            op.f("ck_response_excluded_by_is_excluded"), "excluded_by_id IS NULL OR excluded_at IS NOT NULL"
        )
        batch_op.create_index(
            "ix_response_excluded",
            ["excluded_at", "id"],
            unique=False,
            sqlite_where=EXCLUDED,
            postgresql_where=EXCLUDED,
        )


def downgrade() -> None:
    # The older program knows no exclusion: every answer counts there.
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_index("ix_response_excluded")
        batch_op.drop_constraint(op.f("ck_response_excluded_by_is_excluded"), type_="check")
        batch_op.drop_constraint(op.f("ck_response_excluded_has_reason"), type_="check")
        batch_op.drop_constraint(op.f("ck_response_excluded_reason_known"), type_="check")
        batch_op.drop_constraint(op.f("fk_response_excluded_by_id_staff_member"), type_="foreignkey")
        batch_op.drop_column("excluded_by_id")
        batch_op.drop_column("excluded_reason")
        batch_op.drop_column("excluded_at")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_column("is_test")
