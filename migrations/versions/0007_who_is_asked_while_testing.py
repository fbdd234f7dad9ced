"""who is asked while testing

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("touchpoint", schema=None) as batch_op:
        batch_op.add_column(sa.Column("only_team", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    # The older program knows no test: a touchpoint that asked only the team asks nobody there.
    op.execute("UPDATE touchpoint SET is_on = false WHERE only_team")
    op.execute("UPDATE invitation SET reason = 'touchpoint_off' WHERE reason = 'only_team'")
    op.execute("UPDATE reminder SET reason = 'touchpoint_off' WHERE reason = 'only_team'")
    with op.batch_alter_table("touchpoint", schema=None) as batch_op:
        batch_op.drop_column("only_team")
