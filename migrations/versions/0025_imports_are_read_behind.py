"""imports are read behind fresh answers

Revision: 0025, after 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

UNREAD = sa.text("analysed_at IS NULL")


def upgrade() -> None:
    op.drop_index("ix_response_unread", table_name="response")
    by_channel = ["channel", "id"]
    op.create_index("ix_response_unread", "response", by_channel, sqlite_where=UNREAD, postgresql_where=UNREAD)


def downgrade() -> None:
    op.drop_index("ix_response_unread", table_name="response")
    op.create_index("ix_response_unread", "response", ["id"], sqlite_where=UNREAD, postgresql_where=UNREAD)
