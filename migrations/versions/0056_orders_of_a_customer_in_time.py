"""a customer's orders are found in the order of their time

Revision: 0056, after 0055
"""

from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_purchase_customer_id_placed_at", "purchase", ["customer_id", "placed_at", "id"])
    op.drop_index("ix_purchase_customer_id", "purchase")


def downgrade() -> None:
    op.create_index("ix_purchase_customer_id", "purchase", ["customer_id"])
    op.drop_index("ix_purchase_customer_id_placed_at", "purchase")
