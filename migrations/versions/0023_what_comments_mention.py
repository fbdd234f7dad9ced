"""what comments mention

Revision: 0023, after 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("analysis_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("polarity", sa.Float(), nullable=True),
        sa.CheckConstraint("kind IN ('theme', 'intent')", name=op.f("ck_mention_kind_known")),
        sa.CheckConstraint('0 <= start AND start < "end"', name=op.f("ck_mention_place_in_order")),
        sa.CheckConstraint("polarity BETWEEN -1 AND 1", name=op.f("ck_mention_polarity_range")),
        sa.ForeignKeyConstraint(
            ["analysis_id"],
            ["analysis.id"],
            name=op.f("fk_mention_analysis_id_analysis"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sa.UniqueConstraint(
            "analysis_id", "kind", "code", "start", name=op.f("uq_mention_analysis_id_kind_code_start")
        ),
    )
    op.create_index(op.f("ix_mention_code"), "mention", ["code"])
    with op.batch_alter_table("analysis", schema=None) as batch_op:
        batch_op.add_column(sa.Column("phrase_book", sa.String(length=20), nullable=True))
        batch_op.create_index(op.f("ix_analysis_phrase_book"), ["phrase_book"])


def downgrade() -> None:
    with op.batch_alter_table("analysis", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_analysis_phrase_book"))
        batch_op.drop_column("phrase_book")
    op.drop_table("mention")
