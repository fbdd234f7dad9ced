"""what hurts: the drivers of a score and the comments that are typical of many, worked out by the loop

Revision: 0037, after 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "driver_estimate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=9), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("r_squared", sa.Float(), nullable=True),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.CheckConstraint("source IN ('themes', 'questions')", name=op.f("ck_driver_estimate_source_known")),
        sa.CheckConstraint(
            "r_squared IS NULL OR n >= needed", name=op.f("ck_driver_estimate_enough_or_nothing")
        ),
        sa.CheckConstraint("r_squared BETWEEN 0 AND 1", name=op.f("ck_driver_estimate_r_squared_range")),
        sa.ForeignKeyConstraint(
            ["survey_id"],
            ["survey.id"],
            name=op.f("fk_driver_estimate_survey_id_survey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_driver_estimate")),
        sa.UniqueConstraint("survey_id", "source", name=op.f("uq_driver_estimate_survey_id_source")),
    )
    op.create_table(
        "typical_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("mood", sa.String(length=7), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("among", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("mood IN ('happy', 'unhappy')", name=op.f("ck_typical_comment_mood_known")),
        sa.CheckConstraint("place >= 1 AND among >= 1", name=op.f("ck_typical_comment_counted")),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_typical_comment_response_id_response"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typical_comment")),
        sa.UniqueConstraint("response_id", "theme", name=op.f("uq_typical_comment_response_id_theme")),
    )


def downgrade() -> None:
    op.drop_table("typical_comment")
    op.drop_table("driver_estimate")
