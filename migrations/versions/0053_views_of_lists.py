"""lists and what hurts can be saved, and links to views have a pace

Revision: 0053, after 0052
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

NAME = "ck_saved_view_page_known"
NOW = "page IN ('insights', 'explore', 'themes', 'responses')"
BEFORE = "page IN ('insights', 'explore')"


def upgrade() -> None:
    page_is(NOW)
    with op.batch_alter_table("report_link") as batch_op:
        batch_op.add_column(sa.Column("next_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    # An older program has no such pages, and would show their filters as those of the overview. What hangs on a view
    # is deleted by name: SQLite follows no key while tables are built anew.
    gone = "(SELECT id FROM saved_view WHERE page NOT IN ('insights', 'explore'))"
    readers = f"(SELECT id FROM report_reader WHERE view_id IN {gone})"
    op.execute(f"DELETE FROM report_mail WHERE reader_id IN {readers}")
    for table in ("report_reader", "report_link", "stored_report"):
        op.execute(f"DELETE FROM {table} WHERE view_id IN {gone}")
    op.execute("DELETE FROM saved_view WHERE page NOT IN ('insights', 'explore')")
    with op.batch_alter_table("report_link") as batch_op:
        batch_op.drop_column("next_at")
    page_is(BEFORE)


def page_is(condition: str) -> None:
    with op.batch_alter_table("saved_view") as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="check")
        batch_op.create_check_constraint(op.f(NAME), condition)
