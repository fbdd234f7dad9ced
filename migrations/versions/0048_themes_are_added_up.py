"""what answers mention is kept added up by day, month and place, too

The triggers that leave the marks are laid when the history has run: see feedback/insights/rollups/laying.py.

Revision: 0048, after 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

NUMBERS = [*(f"n{score}" for score in range(11)), "negative", "neutral", "positive"]
TRIGGERS = {
    "response": ("rollup_themes_changed", "rollup_themes_gone"),
    "analysis": ("rollup_reading_added", "rollup_reading_gone"),
    "mention": ("rollup_mention_added", "rollup_mention_gone", "rollup_mention_changed"),
    "purchase": ("rollup_themes_of_purchase",),
    "customer": ("rollup_themes_of_customer",),
    "survey": ("rollup_themes_of_survey",),
}


def upgrade() -> None:
    know("subject IN ('answers', 'invitations', 'themes')")
    op.create_table(
        "theme_rollup",
        sa.Column("calendar_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=5), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("carrier", sa.String(length=100), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        *(sa.Column(number, sa.Integer(), nullable=False) for number in NUMBERS),
        sa.CheckConstraint("unit IN ('day', 'month')", name=op.f("ck_theme_rollup_unit_known")),
        *(
            sa.ForeignKeyConstraint(
                [f"{column}_id"],
                [f"{table}.id"],
                name=op.f(f"fk_theme_rollup_{column}_id_{table}"),
                ondelete="CASCADE",
            )
            for column, table in (("calendar", "rollup_calendar"), ("survey", "survey"), ("brand", "brand"))
        ),
        sa.PrimaryKeyConstraint(
            *("calendar_id", "unit", "start", "survey_id", "brand_id", "country", "carrier", "language"),
            "code",
            name=op.f("pk_theme_rollup"),
        ),
        sqlite_with_rowid=False,
    )


def know(subjects: str) -> None:
    for table in ("rollup_calendar", "rollup_mark"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_subject_known"), type_="check")
            batch.create_check_constraint(op.f(f"ck_{table}_subject_known"), subjects)


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, names in TRIGGERS.items():
        for name in names:
            op.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if sqlite else f" ON {table}"))
            if not sqlite:
                op.execute(f"DROP FUNCTION IF EXISTS {name}()")
    op.drop_table("theme_rollup")
    for table in ("rollup_mark", "rollup_calendar"):
        op.execute(f"DELETE FROM {table} WHERE subject = 'themes'")
    know("subject IN ('answers', 'invitations')")
