"""answers that want no contact, and a shop's last order with money, are found by an index of their own

Revision: 0060, after 0059

The first began with the time, for which SQLite took the larger index of all answers; without the second a shop that
sends no amounts had all its orders read for every page of a task.
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

REFUSED = {
    "sqlite_where": sa.text("contact_permission IS 0"),
    "postgresql_where": sa.text("contact_permission IS false"),
}
PRICED = sa.text("currency IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix_response_refused", "response")
    op.create_index("ix_response_refused", "response", ["contact_permission", "submitted_at"], **REFUSED)
    op.create_index(
        "ix_purchase_priced", "purchase", ["brand_id", "id"], sqlite_where=PRICED, postgresql_where=PRICED
    )


def downgrade() -> None:
    op.drop_index("ix_purchase_priced", "purchase")
    op.drop_index("ix_response_refused", "response")
    op.create_index("ix_response_refused", "response", ["submitted_at"], **REFUSED)
