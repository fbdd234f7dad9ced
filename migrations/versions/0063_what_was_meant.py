"""which score a customer says they meant, where the lowest one stands beside kind words

Revision: 0063, after 0062
"""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

SAID = sa.text("corrected_score IS NOT NULL")


def upgrade() -> None:
    op.add_column("response", sa.Column("corrected_score", sa.Integer()))
    op.create_index(
        "ix_response_corrected", "response", ["corrected_score", "id"], sqlite_where=SAID, postgresql_where=SAID
    )


def downgrade() -> None:
    # A row of history that the program before has no words for would keep it from showing the task.
    op.execute("DELETE FROM task_event WHERE kind = 'meant'")
    op.drop_index("ix_response_corrected", "response")
    op.drop_column("response", "corrected_score")
