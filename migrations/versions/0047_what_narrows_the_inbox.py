"""the index of the queue holds what narrows a view down too: priority, customer and answer

The indexes by which a part of a name is found are laid when the history has run: see
surveys/customers/finding/laying.py.

Revision: 0047, after 0046
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

QUEUE = ["standing", "calm", "queue_at", "id"]
COUNTED = ["assignee_id", "state", "snoozed_until", "due_at", "reopened", "is_silent", "brand_id"]
COUNTED += ["touched_at", "escalation_level"]
NARROWED = ["priority", "customer_id", "response_id"]
OPEN = sa.text("standing IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix_task_queue", "task")
    op.create_index(
        "ix_task_queue", "task", [*QUEUE, *COUNTED, *NARROWED], sqlite_where=OPEN, postgresql_where=OPEN
    )


def downgrade() -> None:
    op.drop_index("ix_task_queue", "task")
    op.create_index("ix_task_queue", "task", [*QUEUE, *COUNTED], sqlite_where=OPEN, postgresql_where=OPEN)
