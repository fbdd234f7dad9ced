"""what a team can take on

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "allowance",
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("cases_per_day", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=True),
        sa.Column("out", sa.Integer(), nullable=True),
        sa.Column("share", sa.Float(), nullable=True),
        sa.Column("reckoned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("cases_per_day BETWEEN 1 AND 10000", name=op.f("ck_allowance_cases_sane")),
        sa.CheckConstraint('"left" >= 0', name=op.f("ck_allowance_left_not_negative")),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brand.id"], name=op.f("fk_allowance_brand_id_brand"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["staff_member.id"],
            name=op.f("fk_allowance_changed_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("brand_id", name=op.f("pk_allowance")),
    )


def downgrade() -> None:
    op.execute("UPDATE invitation SET put_off = 'hours' WHERE put_off = 'team_busy'")
    op.execute("UPDATE invitation SET reason = 'too_late' WHERE reason = 'team_busy'")
    op.drop_table("allowance")
