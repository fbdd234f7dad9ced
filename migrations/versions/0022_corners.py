"""corners of a brand

Revision: 0022, after 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("brand", schema=None) as batch_op:
        batch_op.add_column(sa.Column("corners", sa.String(length=10), server_default="soft", nullable=False))
        batch_op.create_check_constraint(
            op.f("ck_brand_corners_known"), "corners IN ('square', 'soft', 'round')"
        )


def downgrade() -> None:
    with op.batch_alter_table("brand", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_brand_corners_known"), type_="check")
        batch_op.drop_column("corners")
