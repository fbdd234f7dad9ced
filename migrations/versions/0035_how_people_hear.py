"""how people hear of news, the chat of a team, and the huddle

Revision: 0035, after 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("notice") as batch_op:
        batch_op.add_column(sa.Column("in_digest", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("pushed", sa.String(length=60), nullable=True))
        batch_op.create_unique_constraint(op.f("uq_notice_staff_id_pushed"), ["staff_id", "pushed"])
        batch_op.create_check_constraint(op.f("ck_notice_one_way"), "NOT (by_mail AND in_digest)")
    with op.batch_alter_table("notice") as batch_op:
        batch_op.alter_column("in_digest", existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table("notice_mail") as batch_op:
        batch_op.add_column(sa.Column("digest_day", sa.Date(), nullable=True))
        batch_op.create_unique_constraint(op.f("uq_notice_mail_staff_id_digest_day"), ["staff_id", "digest_day"])
    make_habits()
    make_chat()
    make_huddle()


def downgrade() -> None:
    for name in ("huddle_mail", "huddle_reader", "huddle_decision", "chat_news", "chat_post", "chat_hook", "notice_habits"):
        op.drop_table(name)
    with op.batch_alter_table("notice_mail") as batch_op:
        batch_op.drop_constraint(op.f("uq_notice_mail_staff_id_digest_day"), type_="unique")
        batch_op.drop_column("digest_day")
    with op.batch_alter_table("notice") as batch_op:
        batch_op.drop_constraint(op.f("ck_notice_one_way"), type_="check")
        batch_op.drop_constraint(op.f("uq_notice_staff_id_pushed"), type_="unique")
        batch_op.drop_column("pushed")
        batch_op.drop_column("in_digest")


def make_habits() -> None:
    op.create_table(
        "notice_habits",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("p1", sa.String(length=10), nullable=False),
        sa.Column("p2", sa.String(length=10), nullable=False),
        sa.Column("p3", sa.String(length=10), nullable=False),
        sa.Column("p4", sa.String(length=10), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.Column("digest_at", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("p1 IN ('mail', 'digest', 'app') AND p2 IN ('mail', 'digest', 'app') AND p3 IN ('mail', 'digest', 'app') AND p4 IN ('mail', 'digest', 'app')", name=op.f("ck_notice_habits_ways_known")),
        sa.CheckConstraint("quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439 AND digest_at BETWEEN 0 AND 1439", name=op.f("ck_notice_habits_minutes_of_a_day")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_notice_habits_staff_id_staff_member"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_notice_habits")),
    )


def make_chat() -> None:
    op.create_table(
        "chat_hook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("least", sa.String(length=2), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("least IN ('P0', 'P1', 'P2', 'P3', 'P4')", name=op.f("ck_chat_hook_least_known")),
        sa.CheckConstraint("url LIKE 'https://%'", name=op.f("ck_chat_hook_url_is_https")),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_chat_hook_brand_id_brand"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["changed_by_id"], ["staff_member.id"], name=op.f("fk_chat_hook_changed_by_id_staff_member"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_hook")),
        sa.UniqueConstraint("brand_id", name=op.f("uq_chat_hook_brand_id")),
    )
    op.create_table(
        "chat_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hook_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim_key", sa.String(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed')", name=op.f("ck_chat_post_state_known")),
        sa.CheckConstraint("state = 'queued' OR due_at IS NULL", name=op.f("ck_chat_post_settled_is_not_due")),
        sa.ForeignKeyConstraint(["hook_id"], ["chat_hook.id"], name=op.f("fk_chat_post_hook_id_chat_hook"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_post")),
    )
    op.create_index(op.f("ix_chat_post_hook_id"), "chat_post", ["hook_id"])
    op.create_index(op.f("ix_chat_post_due_at"), "chat_post", ["due_at"])
    op.create_table(
        "chat_news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hook_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("pushed", sa.String(length=60), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["hook_id"], ["chat_hook.id"], name=op.f("fk_chat_news_hook_id_chat_hook"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["task_event.id"], name=op.f("fk_chat_news_event_id_task_event"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["post_id"], ["chat_post.id"], name=op.f("fk_chat_news_post_id_chat_post"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_news")),
        sa.UniqueConstraint("hook_id", "event_id", name=op.f("uq_chat_news_hook_id_event_id")),
        sa.UniqueConstraint("hook_id", "pushed", name=op.f("uq_chat_news_hook_id_pushed")),
    )
    op.create_index(op.f("ix_chat_news_event_id"), "chat_news", ["event_id"])
    op.create_index(op.f("ix_chat_news_post_id"), "chat_news", ["post_id"])


def make_huddle() -> None:
    op.create_table(
        "huddle_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["staff_member.id"], name=op.f("fk_huddle_decision_made_by_id_staff_member"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["done_by_id"], ["staff_member.id"], name=op.f("fk_huddle_decision_done_by_id_staff_member"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_huddle_decision")),
        sa.UniqueConstraint("public_id", name=op.f("uq_huddle_decision_public_id")),
    )
    op.create_index("ix_huddle_decision_done_at_day", "huddle_decision", ["done_at", "day"])
    op.create_table(
        "huddle_reader",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("at BETWEEN 0 AND 1439", name=op.f("ck_huddle_reader_minute_of_a_day")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_huddle_reader_staff_id_staff_member"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_huddle_reader")),
    )
    op.create_table(
        "huddle_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim_key", sa.String(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed')", name=op.f("ck_huddle_mail_state_known")),
        sa.CheckConstraint("state = 'queued' OR due_at IS NULL", name=op.f("ck_huddle_mail_settled_is_not_due")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_huddle_mail_staff_id_staff_member"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_huddle_mail")),
        sa.UniqueConstraint("public_id", name=op.f("uq_huddle_mail_public_id")),
        sa.UniqueConstraint("staff_id", "day", name=op.f("uq_huddle_mail_staff_id_day")),
    )
    op.create_index(op.f("ix_huddle_mail_due_at"), "huddle_mail", ["due_at"])
