"""goals

Revision: 0040, after 0039
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    make_goals()
    make_mails()


def downgrade() -> None:
    op.drop_table("goal_mail")
    op.drop_table("goal")


def make_goals() -> None:
    staff = ("owner_id", "created_by_id", "ended_by_id")
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=True),
        sa.Column("part", sa.JSON(), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.Float(), nullable=False),
        sa.Column("target", sa.Float(), nullable=False),
        sa.Column("baseline", sa.Float(), nullable=False),
        sa.Column("baseline_low", sa.Float(), nullable=False),
        sa.Column("baseline_high", sa.Float(), nullable=False),
        sa.Column("baseline_n", sa.Integer(), nullable=False),
        sa.Column("baseline_first_day", sa.Date(), nullable=False),
        sa.Column("baseline_last_day", sa.Date(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reached", sa.Float(), nullable=True),
        sa.Column("reached_low", sa.Float(), nullable=True),
        sa.Column("reached_high", sa.Float(), nullable=True),
        sa.Column("sure_low", sa.Float(), nullable=True),
        sa.Column("sure_high", sa.Float(), nullable=True),
        sa.Column("reached_n", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.String(length=400), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        *checks(),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_goal_survey_id_survey")),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_goal_brand_id_brand")),
        *(
            sa.ForeignKeyConstraint(
                [name], ["staff_member.id"], name=op.f(f"fk_goal_{name}_staff_member"), ondelete="SET NULL"
            )
            for name in staff
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("public_id", name=op.f("uq_goal_public_id")),
    )
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index("ix_goal_last_day", ["last_day"], unique=False)


def checks() -> list[sa.CheckConstraint]:
    whole = " AND ".join(
        f"(reached_n IS NULL) = ({name} IS NULL)"
        for name in ("reached", "reached_low", "reached_high", "sure_low", "sure_high")
    )
    said = {
        "unit_known": "unit IN ('points', 'relative', 'score')",
        "outcome_known": "outcome IN ('confirmed', 'unconfirmed', 'open', 'missed', 'no_answers')",
        "above_today": "target > baseline",
        "baseline_inside": "baseline_low <= baseline AND baseline <= baseline_high",
        "counts_positive": "baseline_n > 0 AND expected >= 0 AND needed > 0",
        "days_in_order": "baseline_first_day <= baseline_last_day AND baseline_last_day < first_day AND first_day < last_day",
        "settled_with_outcome": "(settled_at IS NULL) = (outcome IS NULL)",
        "ended_with_reason": "(ended_at IS NULL) = (ended_because IS NULL)",
        "ends_once": "settled_at IS NULL OR ended_at IS NULL",
        "reached_whole": whole,
        "reached_settled": "reached_n IS NULL OR (outcome IS NOT NULL AND outcome <> 'no_answers')",
    }
    return [sa.CheckConstraint(rule, name=op.f(f"ck_goal_{name}")) for name, rule in said.items()]


def make_mails() -> None:
    op.create_table(
        "goal_mail",
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim_key", sa.String(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed')", name=op.f("ck_goal_mail_state_known")),
        sa.CheckConstraint(
            "state = 'queued' OR due_at IS NULL", name=op.f("ck_goal_mail_settled_is_not_due")
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goal.id"], name=op.f("fk_goal_mail_goal_id_goal"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff_member.id"],
            name=op.f("fk_goal_mail_staff_id_staff_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_mail")),
        sa.UniqueConstraint("goal_id", "staff_id", name=op.f("uq_goal_mail_goal_id_staff_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_goal_mail_public_id")),
    )
    with op.batch_alter_table("goal_mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_mail_due_at"), ["due_at"], unique=False)
