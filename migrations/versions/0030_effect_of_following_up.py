"""effect of following up

Revision: 0030, after 0029
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

BRAND = sa.table(
    "brand",
    sa.column("check_back_after", sa.Interval()),
    sa.column("check_back_after_replacement", sa.Interval()),
    sa.column("changed_by_id", sa.Integer()),
)


def upgrade() -> None:
    op.create_table(
        "person_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_person_figures_only_one")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["staff_member.id"],
            name=op.f("fk_person_figures_changed_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_figures")),
    )
    make_thank_yous()
    make_testimonials()
    with op.batch_alter_table("brand", schema=None) as batch_op:
        batch_op.add_column(sa.Column("check_back_after_replacement", sa.Interval(), nullable=True))
        batch_op.add_column(sa.Column("thanks_per_day", sa.Integer(), nullable=False, server_default="3"))
        batch_op.create_check_constraint(
            op.f("ck_brand_thanks_range"), "thanks_per_day BETWEEN 0 AND 50"
        )
    op.execute(BRAND.update().values(check_back_after_replacement=timedelta(days=3)))
    # Customers used to be asked at once; who has never looked at this setting gets the week that is usual now.
    never_set = (BRAND.c.check_back_after == timedelta(0), BRAND.c.changed_by_id.is_(None))
    op.execute(BRAND.update().where(*never_set).values(check_back_after=timedelta(days=7)))
    with op.batch_alter_table("brand", schema=None) as batch_op:
        batch_op.alter_column("check_back_after_replacement", existing_type=sa.Interval(), nullable=False)
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index("ix_task_opened_at", ["opened_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index("ix_task_opened_at")
    with op.batch_alter_table("brand", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_brand_thanks_range"), type_="check")
        batch_op.drop_column("thanks_per_day")
        batch_op.drop_column("check_back_after_replacement")
    # The older program has no words for this in a history.
    op.execute("DELETE FROM task_event WHERE kind = 'check_back_moved'")
    op.drop_table("testimonial")
    op.drop_table("thank_you")
    op.drop_table("person_figures")


def make_thank_yous() -> None:
    op.create_table(
        "thank_you",
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim_key", sa.String(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'sent', 'failed', 'uncertain', 'skipped')",
            name=op.f("ck_thank_you_state_known"),
        ),
        sa.CheckConstraint(
            "state = 'queued' OR due_at IS NULL", name=op.f("ck_thank_you_settled_is_not_due")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["staff_member.id"], name=op.f("fk_thank_you_author_id_staff_member")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_thank_you_customer_id_customer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_thank_you_response_id_response"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thank_you")),
        sa.UniqueConstraint("public_id", name=op.f("uq_thank_you_public_id")),
        sa.UniqueConstraint("response_id", name=op.f("uq_thank_you_response_id")),
    )
    with op.batch_alter_table("thank_you", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thank_you_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_thank_you_due_at"), ["due_at"], unique=False)


def make_testimonials() -> None:
    op.create_table(
        "testimonial",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signed", sa.String(length=10), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "signed IN ('first_name', 'initial', 'anonymous')", name=op.f("ck_testimonial_signed_known")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_testimonial_customer_id_customer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_testimonial_response_id_response"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_testimonial")),
        sa.UniqueConstraint("public_id", name=op.f("uq_testimonial_public_id")),
        sa.UniqueConstraint("response_id", name=op.f("uq_testimonial_response_id")),
    )
    with op.batch_alter_table("testimonial", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_testimonial_customer_id"), ["customer_id"], unique=False)
