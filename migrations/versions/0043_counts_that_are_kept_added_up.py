"""answers and invitations are kept added up by day, month and place; marks of what has changed since

The triggers that leave the marks are laid when the history has run: see feedback/insights/rollups/laying.py.

Revision: 0043, after 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

COMMENTED = sa.text("comment IS NOT NULL")
HALF_WAY = sa.text("submitted_at IS NULL")
NEVER_LEFT = sa.text("sent_at IS NULL AND state IN ('failed', 'uncertain')")
SUBJECTS = "subject IN ('answers', 'invitations')"
SCORES = [f"n{score}" for score in range(11)]
TRIGGERS = {
    "response": ("answer_added", "answer_gone", "answer_changed"),
    "invitation": ("invitation_added", "invitation_gone", "invitation_changed"),
    "purchase": ("purchase_moved",),
    "customer": ("customer_moved",),
    "touchpoint": ("touchpoint_moved",),
    "survey": ("survey_turned",),
}


def upgrade() -> None:
    op.create_index(
        "ix_response_left_half_way",
        "response",
        ["saved_at", "id"],
        sqlite_where=HALF_WAY,
        postgresql_where=HALF_WAY,
    )
    op.create_index(
        "ix_response_commented",
        "response",
        ["survey_id", "submitted_at", "id"],
        sqlite_where=COMMENTED,
        postgresql_where=COMMENTED,
    )
    op.create_index("ix_invitation_sent_at", "invitation", ["sent_at"])
    op.create_index(
        "ix_invitation_never_left",
        "invitation",
        ["planned_at"],
        sqlite_where=NEVER_LEFT,
        postgresql_where=NEVER_LEFT,
    )
    op.create_table(
        "rollup_calendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=11), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("rolled_until", sa.Date(), nullable=True),
        sa.Column("checked_until", sa.Date(), nullable=True),
        sa.Column("differed_days", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("differed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(SUBJECTS, name=op.f("ck_rollup_calendar_subject_known")),
        sa.CheckConstraint(
            "(differed_at IS NULL) = (differed_days = 0)", name=op.f("ck_rollup_calendar_differed_has_time")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rollup_calendar")),
        sa.UniqueConstraint("subject", "zone", name=op.f("uq_rollup_calendar_subject_zone")),
    )
    op.create_table(
        "rollup_mark",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject", sa.String(length=11), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(SUBJECTS, name=op.f("ck_rollup_mark_subject_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rollup_mark")),
    )
    op.create_index("ix_rollup_mark_subject_at", "rollup_mark", ["subject", "at"])
    make_counts("answer_rollup", [*SCORES, "refused"])
    make_counts("invitation_rollup", ["complete", "partial", "silent", "unclear"])


def make_counts(name: str, numbers: list[str]) -> None:
    key = ["calendar_id", "unit", "start", "survey_id", "brand_id", "country", "carrier", "language"]
    op.create_table(
        name,
        sa.Column("calendar_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=5), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("carrier", sa.String(length=100), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        *(sa.Column(number, sa.Integer(), nullable=False) for number in numbers),
        sa.CheckConstraint("unit IN ('whole', 'day', 'month')", name=op.f(f"ck_{name}_unit_known")),
        *(
            sa.ForeignKeyConstraint(
                [f"{column}_id"],
                [f"{table}.id"],
                name=op.f(f"fk_{name}_{column}_id_{table}"),
                ondelete="CASCADE",
            )
            for column, table in (("calendar", "rollup_calendar"), ("survey", "survey"), ("brand", "brand"))
        ),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, names in TRIGGERS.items():
        for name in names:
            on = "" if sqlite else f" ON {table}"
            op.execute(f"DROP TRIGGER IF EXISTS rollup_{name}{on}")
            if not sqlite:
                op.execute(f"DROP FUNCTION IF EXISTS rollup_{name}()")
    op.drop_table("invitation_rollup")
    op.drop_table("answer_rollup")
    op.drop_table("rollup_mark")
    op.drop_table("rollup_calendar")
    op.drop_index("ix_invitation_never_left", "invitation")
    op.drop_index("ix_invitation_sent_at", "invitation")
    op.drop_index("ix_response_left_half_way", "response")
    op.drop_index("ix_response_commented", "response")
