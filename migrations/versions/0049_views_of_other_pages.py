"""saved views know the page they are of

Revision: 0049, after 0048
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("saved_view") as batch_op:
        batch_op.add_column(
            sa.Column("page", sa.String(length=10), nullable=False, server_default="insights")
        )
        batch_op.create_check_constraint(op.f("ck_saved_view_page_known"), "page IN ('insights', 'explore')")
    with op.batch_alter_table("saved_view") as batch_op:
        batch_op.alter_column("page", existing_type=sa.String(length=10), server_default=None)


def downgrade() -> None:
    # An older program would tell the choices of another page as filters that have gone. What hangs on a view is deleted
    # by name: SQLite follows no key while tables are built anew.
    gone = "(SELECT id FROM saved_view WHERE page <> 'insights')"
    readers = f"(SELECT id FROM report_reader WHERE view_id IN {gone})"
    op.execute(f"DELETE FROM report_mail WHERE reader_id IN {readers}")
    for table in ("report_reader", "report_link", "stored_report"):
        op.execute(f"DELETE FROM {table} WHERE view_id IN {gone}")
    op.execute("DELETE FROM saved_view WHERE page <> 'insights'")
    with op.batch_alter_table("saved_view") as batch_op:
        batch_op.drop_constraint(op.f("ck_saved_view_page_known"), type_="check")
        batch_op.drop_column("page")
