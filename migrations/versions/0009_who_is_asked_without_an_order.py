"""who is asked without an order

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BEFORE = "'placed', 'shipped', 'delivered', 'returned', 'refunded', 'lapsed'"


def upgrade() -> None:
    with op.batch_alter_table("touchpoint", schema=None) as batch_op:
        batch_op.add_column(sa.Column("every_days", sa.Integer(), server_default="180", nullable=False))
        batch_op.add_column(sa.Column("by_list", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_check_constraint(op.f("ck_touchpoint_every_some_days"), "every_days > 0")
    triggers_are(f"{BEFORE}, 'rolling', 'once'")
    op.create_table(
        "asking_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("touchpoint_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("passed_id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=True),
        sa.Column("begun_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_asking_round_ends_after_it_starts")),
        sa.CheckConstraint(
            "(ends_at IS NULL) = (last_id IS NOT NULL)", name=op.f("ck_asking_round_ends_or_has_a_last")
        ),
        sa.ForeignKeyConstraint(
            ["begun_by_id"],
            ["staff_member.id"],
            name=op.f("fk_asking_round_begun_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["touchpoint_id"],
            ["touchpoint.id"],
            name=op.f("fk_asking_round_touchpoint_id_touchpoint"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asking_round")),
        sa.UniqueConstraint("touchpoint_id", "number", name=op.f("uq_asking_round_touchpoint_id_number")),
    )
    op.create_table(
        "listed_customer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("touchpoint_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_listed_customer_customer_id_customer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["touchpoint_id"],
            ["touchpoint.id"],
            name=op.f("fk_listed_customer_touchpoint_id_touchpoint"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_customer")),
        sa.UniqueConstraint("touchpoint_id", "customer_id", name=op.f("uq_listed_customer_touchpoint_id_customer_id")),
    )
    with op.batch_alter_table("listed_customer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_listed_customer_customer_id"), ["customer_id"], unique=False)
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("round_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_invitation_round_id_asking_round"), "asking_round", ["round_id"], ["id"]
        )
        batch_op.create_unique_constraint(batch_op.f("uq_invitation_round_id_customer_id"), ["round_id", "customer_id"])
        batch_op.create_check_constraint(
            op.f("ck_invitation_round_has_no_purchase"), "round_id IS NULL OR purchase_id IS NULL"
        )


def downgrade() -> None:
    # The older program takes every question of a touchpoint for one about an order. What was asked without
    # one goes: answers stay and lose the way they came by.
    asked = "(SELECT id FROM invitation WHERE round_id IS NOT NULL)"
    op.execute(f"UPDATE response SET invitation_id = NULL WHERE invitation_id IN {asked}")
    op.execute(f"DELETE FROM reminder WHERE invitation_id IN {asked}")
    op.execute(f"UPDATE incoming_mail SET invitation_id = NULL WHERE invitation_id IN {asked}")
    op.execute("DELETE FROM invitation WHERE round_id IS NOT NULL")
    op.execute("UPDATE reminder SET reason = 'touchpoint_off' WHERE reason = 'this_round'")
    op.execute("UPDATE touchpoint SET trigger = 'placed', is_on = false WHERE trigger IN ('rolling', 'once')")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_invitation_round_has_no_purchase"), type_="check")
        batch_op.drop_constraint(batch_op.f("uq_invitation_round_id_customer_id"), type_="unique")
        batch_op.drop_constraint(batch_op.f("fk_invitation_round_id_asking_round"), type_="foreignkey")
        batch_op.drop_column("round_id")
    op.drop_table("listed_customer")
    op.drop_table("asking_round")
    triggers_are(BEFORE)
    with op.batch_alter_table("touchpoint", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_touchpoint_every_some_days"), type_="check")
        batch_op.drop_column("by_list")
        batch_op.drop_column("every_days")


def triggers_are(names: str) -> None:
    with op.batch_alter_table("touchpoint", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_touchpoint_trigger_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_touchpoint_trigger_known"), f"trigger IN ({names})")
