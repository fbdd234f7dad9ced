"""confirming by itself

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

UNCONFIRMED = sa.text("basis = 'opt_in' AND basis_confirmed_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("brand", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("asks_to_confirm", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    with op.batch_alter_table("consent_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_itself", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_index(batch_op.f("ix_consent_request_email"), ["email"], unique=False)
        batch_op.create_index(
            "uq_consent_request_by_itself",
            ["customer_id"],
            unique=True,
            sqlite_where=sa.text("by_itself"),
            postgresql_where=sa.text("by_itself"),
        )
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.create_index(
            "ix_customer_unconfirmed",
            ["brand_id", "basis_at"],
            unique=False,
            sqlite_where=UNCONFIRMED,
            postgresql_where=UNCONFIRMED,
        )


def downgrade() -> None:
    # Requests stay, so that nobody is asked twice. The older program would not see that one has come too late.
    op.execute("UPDATE consent_request SET state = 'refused', due_at = NULL WHERE by_itself AND state = 'planned'")
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.drop_index("ix_customer_unconfirmed")
    with op.batch_alter_table("consent_request", schema=None) as batch_op:
        batch_op.drop_index("uq_consent_request_by_itself")
        batch_op.drop_index(batch_op.f("ix_consent_request_email"))
        batch_op.drop_column("by_itself")
    with op.batch_alter_table("brand", schema=None) as batch_op:
        batch_op.drop_column("asks_to_confirm")
