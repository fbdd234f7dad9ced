"""readings with probabilities, deciding words and vectors

Revision: 0020, after 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

UNREAD = "label IN ('no_opinion', 'unreadable')"
KNOWN = "label IN ('negative', 'neutral', 'positive', 'mixed', 'uncertain', 'no_opinion', 'unreadable')"
KNOWN_BEFORE = "label IN ('negative', 'neutral', 'positive', 'no_opinion', 'unreadable')"
WHOLE = (
    "(p_negative IS NULL) = (p_positive IS NULL) AND (p_negative IS NULL) = (p_neutral IS NULL)"
    f" AND (p_negative IS NULL OR NOT {UNREAD})"
)
NUMBERS = ("p_negative", "p_neutral", "p_positive", "baseline")


def upgrade() -> None:
    with op.batch_alter_table("analysis") as batch:
        for name in NUMBERS:
            batch.add_column(sa.Column(name, sa.Float(), nullable=True))
        for name in ("marks", "clauses"):
            batch.add_column(sa.Column(name, sa.JSON(), server_default="[]", nullable=False))
        batch.drop_constraint(op.f("ck_analysis_label_known"), type_="check")
        batch.create_check_constraint(op.f("ck_analysis_label_known"), KNOWN)
        batch.create_check_constraint(op.f("ck_analysis_baseline_range"), "baseline BETWEEN -1 AND 1")
        batch.create_check_constraint(op.f("ck_analysis_probabilities_whole"), WHOLE)
        batch.create_check_constraint(
            op.f("ck_analysis_probabilities_sum"), "p_negative + p_neutral + p_positive BETWEEN 0.99 AND 1.01"
        )
        batch.create_index(op.f("ix_analysis_analyzer"), ["analyzer"])
    op.create_table(
        "vector",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_vector_response_id_response"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vector")),
        sa.UniqueConstraint("response_id", name=op.f("uq_vector_response_id")),
    )


def downgrade() -> None:
    op.drop_table("vector")
    # The labels of before know no doubt and no both: neutral is the nearest to either.
    op.execute("UPDATE analysis SET label = 'neutral' WHERE label IN ('mixed', 'uncertain')")
    with op.batch_alter_table("analysis") as batch:
        batch.drop_index(op.f("ix_analysis_analyzer"))
        for name in ("baseline_range", "probabilities_whole", "probabilities_sum", "label_known"):
            batch.drop_constraint(op.f(f"ck_analysis_{name}"), type_="check")
        batch.create_check_constraint(op.f("ck_analysis_label_known"), KNOWN_BEFORE)
        for name in (*NUMBERS, "marks", "clauses"):
            batch.drop_column(name)
