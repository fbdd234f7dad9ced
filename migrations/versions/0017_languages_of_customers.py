"""languages of customers

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customer_language",
        sa.Column("key", sa.String(length=5), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"],
            ["staff_member.id"],
            name=op.f("fk_customer_language_reviewed_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_customer_language")),
    )


def downgrade() -> None:
    # The older program speaks English and German alone: what is still to leave is written in English.
    op.execute("UPDATE invitation SET locale = 'en' WHERE state = 'planned' AND locale NOT IN ('en', 'de')")
    op.execute("UPDATE consent_request SET locale = 'en' WHERE state = 'planned' AND locale NOT IN ('en', 'de')")
    op.drop_table("customer_language")
