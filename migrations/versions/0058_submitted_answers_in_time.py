"""the index of answers in time holds submitted ones alone, or SQLite looks for half-finished ones in it

Revision: 0058, after 0057
"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

NAME, IN_TIME = "ix_response_submitted_at", ["submitted_at", "id"]
SUBMITTED = sa.text("submitted_at IS NOT NULL")


def upgrade() -> None:
    op.drop_index(NAME, "response")
    op.create_index(NAME, "response", IN_TIME, sqlite_where=SUBMITTED, postgresql_where=SUBMITTED)


def downgrade() -> None:
    op.drop_index(NAME, "response")
    op.create_index(NAME, "response", IN_TIME)
