"""open links

Revision: 0019, after 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

OF_A_PURCHASE = sa.text("link_id IS NOT NULL AND purchase_id IS NOT NULL")
WITHOUT_ORDER = sa.text("link_id IS NOT NULL AND purchase_id IS NULL AND attributes_verified")
CHANNELS = "ck_response_channel_known"


def upgrade() -> None:
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=True),
        sa.Column("attributes", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("origins", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("is_on", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("per_minute", sa.Integer(), server_default="60", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("channel IN ('link', 'qr', 'embed')", name=op.f("ck_link_channel_known")),
        sa.CheckConstraint("per_minute BETWEEN 1 AND 60000", name=op.f("ck_link_per_minute_sane")),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_link_brand_id_brand")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_link_survey_id_survey")),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["staff_member.id"],
            name=op.f("fk_link_created_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("key", name=op.f("uq_link_key")),
    )
    op.create_index(op.f("ix_link_brand_id"), "link", ["brand_id"])
    op.create_index(op.f("ix_link_survey_id"), "link", ["survey_id"])
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.add_column(sa.Column("link_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("attributes", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(
            sa.Column("attributes_verified", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.create_foreign_key(op.f("fk_response_link_id_link"), "link", ["link_id"], ["id"])
        batch_op.create_index(op.f("ix_response_link_id"), ["link_id"])
        batch_op.create_index(
            "uq_response_link_id_purchase_id",
            ["link_id", "purchase_id"],
            unique=True,
            sqlite_where=OF_A_PURCHASE,
            postgresql_where=OF_A_PURCHASE,
        )
        batch_op.create_index(
            "ix_response_without_order",
            ["saved_at"],
            unique=False,
            sqlite_where=WITHOUT_ORDER,
            postgresql_where=WITHOUT_ORDER,
        )
        batch_op.drop_constraint(op.f(CHANNELS), type_="check")
        batch_op.create_check_constraint(
            op.f(CHANNELS), "channel IN ('email', 'api', 'import', 'link', 'qr', 'embed')"
        )


def downgrade() -> None:
    # The older program knows no links; what came by them stays, as told by another system.
    op.execute("UPDATE response SET channel = 'api' WHERE channel IN ('link', 'qr', 'embed')")
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(CHANNELS), type_="check")
        batch_op.create_check_constraint(op.f(CHANNELS), "channel IN ('email', 'api', 'import')")
        batch_op.drop_index("ix_response_without_order")
        batch_op.drop_index("uq_response_link_id_purchase_id")
        batch_op.drop_index(op.f("ix_response_link_id"))
        batch_op.drop_constraint(op.f("fk_response_link_id_link"), type_="foreignkey")
        batch_op.drop_column("attributes_verified")
        batch_op.drop_column("attributes")
        batch_op.drop_column("link_id")
    op.drop_table("link")
