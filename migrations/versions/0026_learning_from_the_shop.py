"""learning from the shop

Revision: 0026, after 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

UNREAD = "label IN ('no_opinion', 'unreadable')"
READ_AS = "COALESCE(read_as, label) IN ('no_opinion', 'unreadable')"
IN_ORDER = '0 <= start AND start < "end"'
OR_NOWHERE = '0 <= start AND (start < "end" OR (start = 0 AND "end" = 0))'


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=12), nullable=False),
        sa.Column("read_as", sa.String(length=12), nullable=False),
        sa.Column("sureness", sa.Float(), nullable=True),
        sa.Column("analyzer", sa.String(length=60), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'label' AND code = '' AND value IN"
            " ('negative', 'neutral', 'positive', 'mixed', 'no_opinion'))"
            " OR (kind = 'theme' AND code <> '' AND value IN ('yes', 'no'))",
            name=op.f("ck_correction_value_of_its_kind"),
        ),
        sa.CheckConstraint("sureness BETWEEN 0 AND 1", name=op.f("ck_correction_sureness_range")),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_correction_response_id_response"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff_member.id"], name=op.f("fk_correction_by_id_staff_member"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("response_id", "kind", "code", name=op.f("uq_correction_response_id_kind_code")),
    )
    op.create_table(
        "shop_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("before", sa.Float(), nullable=False),
        sa.Column("after", sa.Float(), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "NOT is_active OR numbers IS NOT NULL", name=op.f("ck_shop_head_only_kept_ones_active")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_head")),
    )
    with op.batch_alter_table("analysis", schema=None) as batch_op:
        batch_op.add_column(sa.Column("read_as", sa.String(length=12), nullable=True))
    change_checks(READ_AS, OR_NOWHERE)


def downgrade() -> None:
    # The older program knows no words but the reader's, and no theme without a place.
    op.execute("UPDATE analysis SET label = read_as WHERE read_as IS NOT NULL")
    op.execute('DELETE FROM mention WHERE "end" = 0')
    change_checks(UNREAD, IN_ORDER)
    with op.batch_alter_table("analysis", schema=None) as batch_op:
        batch_op.drop_column("read_as")
    op.drop_table("shop_head")
    op.drop_table("correction")


def change_checks(unread: str, place: str) -> None:
    whole = (
        "(p_negative IS NULL) = (p_positive IS NULL) AND (p_negative IS NULL) = (p_neutral IS NULL)"
        f" AND (p_negative IS NULL OR NOT {unread})"
    )
    with op.batch_alter_table("analysis", schema=None) as batch_op:
        for name, said in (("never_a_false_zero", f"({unread}) = (polarity IS NULL)"), ("probabilities_whole", whole)):
            batch_op.drop_constraint(op.f(f"ck_analysis_{name}"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_analysis_{name}"), said)
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_mention_place_in_order"), type_="check")
        batch_op.create_check_constraint(op.f("ck_mention_place_in_order"), place)
