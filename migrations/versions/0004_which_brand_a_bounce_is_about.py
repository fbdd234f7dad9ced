"""which brand a bounce is about

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("bounce", schema=None) as batch_op:
        batch_op.add_column(sa.Column("brand_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_bounce_brand_id"), ["brand_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_bounce_brand_id_brand"), "brand", ["brand_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("bounce", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_bounce_brand_id_brand"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_bounce_brand_id"))
        batch_op.drop_column("brand_id")
