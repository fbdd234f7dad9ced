"""who stays away

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BEFORE = "'placed', 'shipped', 'delivered', 'returned', 'refunded'"


def upgrade() -> None:
    triggers_are(f"{BEFORE}, 'lapsed'")
    with op.batch_alter_table("brand", schema=None) as batch_op:
        batch_op.add_column(sa.Column("active_days", sa.Integer(), server_default="90", nullable=False))
        batch_op.add_column(sa.Column("lapsed_days", sa.Integer(), server_default="180", nullable=False))
        batch_op.create_check_constraint(
            op.f("ck_brand_stage_days"),
            "active_days >= 1 AND active_days < lapsed_days AND lapsed_days <= 3650",
        )


def downgrade() -> None:
    # The older program knows neither the moment nor the reason: it asks nobody there, and says so.
    op.execute("UPDATE touchpoint SET trigger = 'placed', is_on = false WHERE trigger = 'lapsed'")
    op.execute("UPDATE invitation SET reason = 'touchpoint_off' WHERE reason = 'bought_again'")
    op.execute("UPDATE reminder SET reason = 'touchpoint_off' WHERE reason = 'bought_again'")
    triggers_are(BEFORE)
    with op.batch_alter_table("brand", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_brand_stage_days"), type_="check")
        batch_op.drop_column("lapsed_days")
        batch_op.drop_column("active_days")


def triggers_are(names: str) -> None:
    with op.batch_alter_table("touchpoint", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_touchpoint_trigger_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_touchpoint_trigger_known"), f"trigger IN ({names})")
