"""a touchpoint's own words in its letters, two subjects compared

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

def upgrade() -> None:
    op.create_table(
        "letter_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("touchpoint_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("subject", sa.String(length=150), nullable=True),
        sa.Column("second_subject", sa.String(length=150), nullable=True),
        sa.Column("introduction", sa.Text(), nullable=True),
        sa.Column("compared_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "second_subject IS NULL OR subject IS NOT NULL", name=op.f("ck_letter_words_second_has_first")
        ),
        sa.CheckConstraint(
            "(second_subject IS NULL) = (compared_since IS NULL)",
            name=op.f("ck_letter_words_compared_when_there_are_two"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["staff_member.id"],
            name=op.f("fk_letter_words_changed_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["touchpoint_id"],
            ["touchpoint.id"],
            name=op.f("fk_letter_words_touchpoint_id_touchpoint"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_words")),
        sa.UniqueConstraint("touchpoint_id", "language", name=op.f("uq_letter_words_touchpoint_id_language")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("variant", sa.String(length=1), nullable=True))
        batch_op.create_check_constraint(op.f("ck_invitation_variant_known"), "variant IN ('a', 'b')")


def downgrade() -> None:
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_invitation_variant_known"), type_="check")
        batch_op.drop_column("variant")
    op.drop_table("letter_words")
