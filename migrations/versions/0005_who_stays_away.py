"""who stays away

Revision: 0005, after 0004
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BEFORE = "'placed', 'shipped', 'delivered', 'returned', 'refunded'"


def upgrade() -> None:
    triggers_are(f"{BEFORE}, 'lapsed'")


def downgrade() -> None:
    # The older program knows neither the moment nor the reason: it asks nobody there, and says so.
    op.execute("UPDATE touchpoint SET trigger = 'placed', is_on = false WHERE trigger = 'lapsed'")
    op.execute("UPDATE invitation SET reason = 'touchpoint_off' WHERE reason = 'bought_again'")
    op.execute("UPDATE reminder SET reason = 'touchpoint_off' WHERE reason = 'bought_again'")
    triggers_are(BEFORE)


def triggers_are(names: str) -> None:
    with op.batch_alter_table("touchpoint", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_touchpoint_trigger_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_touchpoint_trigger_known"), f"trigger IN ({names})")
