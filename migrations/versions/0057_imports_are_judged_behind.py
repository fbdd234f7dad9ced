"""imported answers wait behind fresh ones until somebody decides whether they need a task

Revision: 0057, after 0056
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

WAITS = sa.text("follow_up_stage < 2")


def upgrade() -> None:
    op.drop_index("ix_response_unconsidered", "response")
    by_channel = ["channel", "follow_up_stage", "id"]
    op.create_index(
        "ix_response_unconsidered", "response", by_channel, sqlite_where=WAITS, postgresql_where=WAITS
    )


def downgrade() -> None:
    op.drop_index("ix_response_unconsidered", "response")
    op.create_index("ix_response_unconsidered", "response", ["id"], sqlite_where=WAITS, postgresql_where=WAITS)
