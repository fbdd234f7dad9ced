"""anonymous surveys

Revision: 0021, after 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

OF_NOBODY = (
    "NOT is_anonymous OR (invitation_id IS NULL AND customer_id IS NULL AND purchase_id IS NULL"
    " AND submission_id IS NULL AND external_id IS NULL AND contact_permission IS NULL AND NOT is_partial)"
)
TO_SURVEY = "fk_response_survey_id_survey"


def upgrade() -> None:
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_anonymous", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_unique_constraint(op.f("uq_survey_id_is_anonymous"), ["id", "is_anonymous"])
        batch_op.create_check_constraint(
            op.f("ck_survey_check_back_has_a_name"), "NOT is_anonymous OR kind <> 'check_back'"
        )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_anonymous", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.drop_constraint(op.f(TO_SURVEY), type_="foreignkey")
        batch_op.create_foreign_key(
            op.f(TO_SURVEY), "survey", ["survey_id", "is_anonymous"], ["id", "is_anonymous"]
        )
        batch_op.create_check_constraint(op.f("ck_response_anonymous_is_nobodys"), OF_NOBODY)
    op.create_table(
        "spent_form",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_spent_form")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    # Answers stay without their persons. The older program would store the next ones with them, though nobody was
    # told so: surveys that promise to be anonymous are put away there.
    op.execute(
        sa.text(
            "UPDATE survey SET archived_at = COALESCE(archived_at, CURRENT_TIMESTAMP) WHERE is_anonymous"
        )
    )
    op.drop_table("spent_form")
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_response_anonymous_is_nobodys"), type_="check")
        batch_op.drop_constraint(op.f(TO_SURVEY), type_="foreignkey")
        batch_op.create_foreign_key(op.f(TO_SURVEY), "survey", ["survey_id"], ["id"])
        batch_op.drop_column("is_anonymous")
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_survey_check_back_has_a_name"), type_="check")
        batch_op.drop_constraint(op.f("uq_survey_id_is_anonymous"), type_="unique")
        batch_op.drop_column("is_anonymous")
