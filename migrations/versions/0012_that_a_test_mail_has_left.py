"""that a test mail has left

Revision: 0012, after 0011
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NAME = "ck_ticked_step_key_known"
BEFORE = "key IN ('mail_arrived', 'dns', 'dry_run', 'alone')"
AFTER = "key IN ('mail_left', 'mail_arrived', 'dns', 'dry_run', 'alone')"


def upgrade() -> None:
    with op.batch_alter_table("ticked_step", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="check")
        batch_op.create_check_constraint(op.f(NAME), AFTER)


def downgrade() -> None:
    # The older program knows no such step; the mail can be sent once more.
    op.execute("DELETE FROM ticked_step WHERE key = 'mail_left'")
    with op.batch_alter_table("ticked_step", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="check")
        batch_op.create_check_constraint(op.f(NAME), BEFORE)
