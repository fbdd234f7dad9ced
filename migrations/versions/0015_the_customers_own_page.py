"""the customer's own page

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WAYS = "'page', 'command', 'again'"


def upgrade() -> None:
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("brand", schema=None) as batch_op:
        batch_op.add_column(sa.Column("imprint_url", sa.String(length=500), nullable=True))
    ways_are(f"{WAYS}, 'own'")
    op.create_table(
        "own_data_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim_key", sa.String(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('disclosure', 'erasure')", name=op.f("ck_own_data_link_kind_known")),
        sa.CheckConstraint(
            "state IN ('planned', 'sent', 'refused', 'failed', 'uncertain')",
            name=op.f("ck_own_data_link_state_known"),
        ),
        sa.CheckConstraint(
            "state = 'planned' OR due_at IS NULL", name=op.f("ck_own_data_link_settled_is_not_due")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_own_data_link_customer_id_customer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_data_link")),
        sa.UniqueConstraint("public_id", name=op.f("uq_own_data_link_public_id")),
    )
    with op.batch_alter_table("own_data_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_data_link_due_at"), ["due_at"], unique=False)
        batch_op.create_index(
            "ix_own_data_link_customer_id_requested_at", ["customer_id", "requested_at"], unique=False
        )


def downgrade() -> None:
    op.drop_table("own_data_link")
    op.execute("UPDATE erasure SET way = 'page' WHERE way = 'own'")
    op.execute("UPDATE reminder SET reason = 'rest_period' WHERE reason = 'paused'")
    op.execute("UPDATE invitation SET reason = 'rest_period' WHERE reason = 'paused'")
    op.execute("UPDATE invitation SET put_off = 'rest_period' WHERE put_off = 'paused'")
    op.execute("DELETE FROM permission_event WHERE kind IN ('paused', 'resumed')")
    ways_are(WAYS)
    with op.batch_alter_table("brand", schema=None) as batch_op:
        batch_op.drop_column("imprint_url")
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.drop_column("paused_until")


def ways_are(names: str) -> None:
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_erasure_way_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_erasure_way_known"), f"way IN ({names})")
