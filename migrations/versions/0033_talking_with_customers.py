"""talking with customers

Revision: 0033, after 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

KINDS = ("bounce", "delay", "delivered", "complaint", "automatic", "reply", "stop", "unmatched")
WAITING = "kind = 'unmatched' AND settled_at IS NULL"
STATES = ("queued", "sent", "failed", "uncertain")


def upgrade() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.String(length=250), nullable=True),
        sa.Column("sender", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("quoted", sa.Text(), nullable=False),
        sa.Column("matched_by", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.CheckConstraint("matched_by IN ('thread', 'sender', 'hand')", name=op.f("ck_letter_match_known")),
        sa.CheckConstraint("left_out >= 0", name=op.f("ck_letter_left_out_range")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_letter_task_id_task"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_letter_brand_id_brand")),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["incoming_mail.id"], name=op.f("fk_letter_mail_id_incoming_mail"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_letter_by_id_staff_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("public_id", name=op.f("uq_letter_public_id")),
        sa.UniqueConstraint("mail_id", name=op.f("uq_letter_mail_id")),
        sa.UniqueConstraint("brand_id", "message_id", name=op.f("uq_letter_brand_id_message_id")),
    )
    op.create_index(op.f("ix_letter_task_id"), "letter", ["task_id"])
    op.create_table(
        "letter_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("size >= 0", name=op.f("ck_letter_file_size_range")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_letter_file_letter_id_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_file")),
        sa.UniqueConstraint("public_id", name=op.f("uq_letter_file_public_id")),
    )
    op.create_index(op.f("ix_letter_file_letter_id"), "letter_file", ["letter_id"])
    with op.batch_alter_table("incoming_mail", schema=None) as batch_op:
        batch_op.add_column(sa.Column("why", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("message_key", sa.String(length=64), nullable=True))
        batch_op.create_unique_constraint(op.f("uq_incoming_mail_message_key"), ["message_key"])
    op.create_index(
        "ix_incoming_mail_waiting",
        "incoming_mail",
        ["id"],
        sqlite_where=sa.text(WAITING),
        postgresql_where=sa.text(WAITING),
    )
    change_checks((*KINDS, "letter"), (*STATES, "taken_back"))


def downgrade() -> None:
    # The older program knows no letters and no mails that were taken back.
    op.execute("UPDATE incoming_mail SET kind = 'reply' WHERE kind = 'letter'")
    op.execute("DELETE FROM reply WHERE state = 'taken_back'")
    op.execute("DELETE FROM task_event WHERE kind IN ('wrote', 'called', 'taken_back')")
    change_checks(KINDS, STATES)
    op.drop_index("ix_incoming_mail_waiting", table_name="incoming_mail")
    with op.batch_alter_table("incoming_mail", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_incoming_mail_message_key"), type_="unique")
        batch_op.drop_column("message_key")
        batch_op.drop_column("why")
    op.drop_table("letter_file")
    op.drop_table("letter")


def change_checks(kinds: tuple[str, ...], states: tuple[str, ...]) -> None:
    for table, name, column, words in (
        ("incoming_mail", "kind_known", "kind", kinds),
        ("reply", "state_known", "state", states),
    ):
        said = f"{column} IN ({', '.join(repr(word) for word in words)})"
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), said)
