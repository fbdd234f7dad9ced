"""drafts of surveys, and when a survey ends

Revision: 0018, after 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("closes_after", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(op.f("ck_survey_closes_after_some"), "closes_after > 0")
    op.create_table(
        "survey_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["staff_member.id"],
            name=op.f("fk_survey_draft_changed_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_survey_draft_survey_id_survey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_draft")),
        sa.UniqueConstraint("survey_id", "step", name=op.f("uq_survey_draft_survey_id_step")),
    )


def downgrade() -> None:
    # A survey that was never published is nothing to the older program, which counts on a version.
    op.drop_table("survey_draft")
    op.execute(sa.text("DELETE FROM survey WHERE id NOT IN (SELECT survey_id FROM survey_version)"))
    # It knows no end of a survey either, and would go on asking: nothing asks any more for one that has ended.
    op.execute(
        sa.text(
            "UPDATE touchpoint SET is_on = false WHERE survey_id IN (SELECT id FROM survey"
            " WHERE archived_at IS NOT NULL OR closes_at <= CURRENT_TIMESTAMP)"
        )
    )
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_survey_closes_after_some"), type_="check")
        batch_op.drop_column("archived_at")
        batch_op.drop_column("closes_after")
        batch_op.drop_column("closes_at")
