"""phrases of the shop

Revision: 0024, after 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phrase_book",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_phrase_book_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase_book")),
    )
    op.create_table(
        "shop_phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("phrase", sa.String(length=200), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("language IN ('en', 'de')", name=op.f("ck_shop_phrase_language_known")),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["staff_member.id"],
            name=op.f("fk_shop_phrase_created_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_phrase")),
        sa.UniqueConstraint("code", "language", "phrase", name=op.f("uq_shop_phrase_code_language_phrase")),
    )


def downgrade() -> None:
    op.drop_table("shop_phrase")
    op.drop_table("phrase_book")
    # The older program does not know those phrases; its comments are looked through again after the next update.
    op.execute("UPDATE analysis SET phrase_book = NULL")
