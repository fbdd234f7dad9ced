"""the newest comments that were left half-way are found among the few there are

Revision: 0054, after 0053
"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

COMMENTED_HALF_WAY = sa.text("submitted_at IS NULL AND comment IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_response_commented_half_way",
        "response",
        ["survey_id", "saved_at", "id"],
        sqlite_where=COMMENTED_HALF_WAY,
        postgresql_where=COMMENTED_HALF_WAY,
    )


def downgrade() -> None:
    op.drop_index("ix_response_commented_half_way", "response")
