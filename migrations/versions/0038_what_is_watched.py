"""watched series with their levels and alerts, marks of events, who was told of an alert

Revision: 0038, after 0037
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('release', 'price', 'carrier', 'holiday', 'other')", name=op.f("ck_event_mark_kind_known")
        ),
        to("event_mark", "brand_id", "brand", "CASCADE"),
        to("event_mark", "made_by_id", "staff_member", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_mark")),
        sa.UniqueConstraint("public_id", name=op.f("uq_event_mark_public_id")),
    )
    op.create_index("ix_event_mark_day", "event_mark", ["day"])
    op.create_index(op.f("ix_event_mark_brand_id"), "event_mark", ["brand_id"])
    make_series()
    make_readers_and_levels()
    make_alerts()
    make_notices()


def downgrade() -> None:
    names = ("alert_notice", "series_alert", "series_level", "series_reader", "watched_series", "event_mark")
    for name in names:
        op.drop_table(name)


def to(table: str, column: str, other: str, then: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=then
    )


def make_series() -> None:
    op.create_table(
        "watched_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("metric", sa.String(length=15), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=True),
        sa.Column("brand_id", sa.Integer(), nullable=True),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("unit", sa.String(length=5), nullable=True),
        sa.Column("level_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judged_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "metric IN ('score', 'unhappy', 'invitations', 'answers', 'response_rate', 'bounces')",
            name=op.f("ck_watched_series_metric_known"),
        ),
        sa.CheckConstraint(
            "(metric IN ('score', 'unhappy')) = (survey_id IS NOT NULL)",
            name=op.f("ck_watched_series_answers_have_survey"),
        ),
        sa.CheckConstraint(
            "unit IN ('day', 'week', 'month', 'batch', 'small')", name=op.f("ck_watched_series_unit_known")
        ),
        sa.CheckConstraint(
            "(unit IS NULL) = (level_from IS NULL)", name=op.f("ck_watched_series_level_has_unit")
        ),
        sa.CheckConstraint(
            "state IN ('gathering', 'hidden', 'within', 'lower', 'higher')",
            name=op.f("ck_watched_series_state_known"),
        ),
        to("watched_series", "survey_id", "survey", "CASCADE"),
        to("watched_series", "brand_id", "brand", "CASCADE"),
        to("watched_series", "made_by_id", "staff_member", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watched_series")),
        sa.UniqueConstraint("public_id", name=op.f("uq_watched_series_public_id")),
        sa.UniqueConstraint("key", name=op.f("uq_watched_series_key")),
    )
    op.create_index("ix_watched_series_look_at", "watched_series", ["look_at"])
    op.create_index(op.f("ix_watched_series_survey_id"), "watched_series", ["survey_id"])
    op.create_index(op.f("ix_watched_series_brand_id"), "watched_series", ["brand_id"])


def make_readers_and_levels() -> None:
    op.create_table(
        "series_reader",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        to("series_reader", "series_id", "watched_series", "CASCADE"),
        to("series_reader", "staff_id", "staff_member", "CASCADE"),
        sa.PrimaryKeyConstraint("series_id", "staff_id", name=op.f("pk_series_reader")),
    )
    op.create_index(op.f("ix_series_reader_staff_id"), "series_reader", ["staff_id"])
    op.create_table(
        "series_level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        to("series_level", "series_id", "watched_series", "CASCADE"),
        to("series_level", "made_by_id", "staff_member", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_level")),
    )
    op.create_index(op.f("ix_series_level_series_id"), "series_level", ["series_id"])


def make_alerts() -> None:
    op.create_table(
        "series_alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=6), nullable=False),
        sa.Column("rule", sa.String(length=10), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signal_on", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("level", sa.Float(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("likely", sa.JSON(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("direction IN ('lower', 'higher')", name=op.f("ck_series_alert_direction_known")),
        sa.CheckConstraint("rule IN ('outside', 'run', 'pair')", name=op.f("ck_series_alert_rule_known")),
        sa.CheckConstraint(
            "state IN ('open', 'incident', 'accepted', 'nothing')", name=op.f("ck_series_alert_state_known")
        ),
        sa.CheckConstraint(
            "(state = 'open') = (settled_at IS NULL)", name=op.f("ck_series_alert_settled_has_time")
        ),
        sa.CheckConstraint("since <= signal_on AND signal_on < until", name=op.f("ck_series_alert_in_order")),
        to("series_alert", "series_id", "watched_series", "CASCADE"),
        to("series_alert", "settled_by_id", "staff_member", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_alert")),
        sa.UniqueConstraint("public_id", name=op.f("uq_series_alert_public_id")),
        sa.UniqueConstraint(
            "series_id", "signal_on", "direction", name=op.f("uq_series_alert_series_id_signal_on_direction")
        ),
    )
    op.create_index("ix_series_alert_told_at", "series_alert", ["told_at"])


def make_notices() -> None:
    op.create_table(
        "alert_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim_key", sa.String(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed')", name=op.f("ck_alert_notice_state_known")),
        sa.CheckConstraint(
            "state = 'queued' OR due_at IS NULL", name=op.f("ck_alert_notice_settled_is_not_due")
        ),
        to("alert_notice", "alert_id", "series_alert", "CASCADE"),
        to("alert_notice", "staff_id", "staff_member", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_notice")),
        sa.UniqueConstraint("public_id", name=op.f("uq_alert_notice_public_id")),
        sa.UniqueConstraint("alert_id", "staff_id", name=op.f("uq_alert_notice_alert_id_staff_id")),
    )
    op.create_index("ix_alert_notice_staff_id_made_at", "alert_notice", ["staff_id", "made_at"])
    op.create_index(op.f("ix_alert_notice_due_at"), "alert_notice", ["due_at"])
