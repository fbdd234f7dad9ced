"""improvements: what was raised, what was hoped for, the verdict, and what customers are told

Revision: 0039, after 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "improvement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("about", sa.String(length=5), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=True),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("evidence_since", sa.Date(), nullable=False),
        sa.Column("evidence_until", sa.Date(), nullable=False),
        sa.Column("evidence_answers", sa.Integer(), nullable=False),
        sa.Column("evidence_raised", sa.Integer(), nullable=False),
        sa.Column("evidence_scores", sa.JSON(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("hypothesis", sa.String(length=500), nullable=False),
        sa.Column("measure", sa.String(length=5), nullable=False),
        sa.Column("direction", sa.String(length=4), nullable=False),
        sa.Column("least", sa.Float(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("effect_on", sa.Date(), nullable=True),
        sa.Column("check_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=True),
        sa.Column("why", sa.String(length=20), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=True),
        sa.Column("judged_at", AT, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("published_at", AT, nullable=True),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", AT, nullable=False),
        *conditions(),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_improvement_survey_id_survey")),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_improvement_brand_id_brand")),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["staff_member.id"],
            name=op.f("fk_improvement_owner_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"],
            ["staff_member.id"],
            name=op.f("fk_improvement_made_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_improvement_public_id")),
    )
    for column in ("survey_id", "brand_id", "state"):
        op.create_index(op.f(f"ix_improvement_{column}"), "improvement", [column])
    make_words()
    make_mails()


def conditions() -> list[sa.CheckConstraint]:
    said = {
        "about_known": "about IN ('theme', 'cause')",
        "state_known": "state IN ('idea', 'planned', 'in_effect', 'checked', 'declined')",
        "measure_known": "measure IN ('score', 'share')",
        "direction_known": "direction IN ('up', 'down')",
        "least_positive": "least > 0",
        "evidence_in_order": "evidence_since <= evidence_until",
        "raised_of_answers": "0 <= evidence_raised AND evidence_raised <= evidence_answers",
        "window_in_order": "effect_on < check_on",
        "in_effect_has_window": "state NOT IN ('in_effect', 'checked')"
        " OR (effect_on IS NOT NULL AND check_on IS NOT NULL)",
        "declined_has_reason": "(state = 'declined') = (reason IS NOT NULL)",
        "verdict_known": "verdict IN ('worked', 'did_not', 'unclear')",
        "checked_has_verdict": "(state = 'checked') = (verdict IS NOT NULL)"
        " AND (verdict IS NULL) = (judged_at IS NULL)",
        "published_is_settled": "published_at IS NULL OR state IN ('in_effect', 'checked', 'declined')",
    }
    return [sa.CheckConstraint(rule, name=op.f(f"ck_improvement_{name}")) for name, rule in said.items()]


def make_words() -> None:
    op.create_table(
        "improvement_example",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("improvement_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["improvement_id"],
            ["improvement.id"],
            name=op.f("fk_improvement_example_improvement_id_improvement"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_improvement_example_response_id_response"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_example")),
        sa.UniqueConstraint(
            "improvement_id", "response_id", name=op.f("uq_improvement_example_improvement_id_response_id")
        ),
    )
    op.create_index(op.f("ix_improvement_example_response_id"), "improvement_example", ["response_id"])
    op.create_table(
        "improvement_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("improvement_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.Column("did", sa.Text(), nullable=False),
        sa.Column("changed_at", AT, nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("language IN ('en', 'de')", name=op.f("ck_improvement_text_language_known")),
        sa.ForeignKeyConstraint(
            ["improvement_id"],
            ["improvement.id"],
            name=op.f("fk_improvement_text_improvement_id_improvement"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["staff_member.id"],
            name=op.f("fk_improvement_text_changed_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_text")),
        sa.UniqueConstraint(
            "improvement_id", "language", name=op.f("uq_improvement_text_improvement_id_language")
        ),
    )


def claimable() -> list[sa.Column]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("due_at", AT, nullable=True),
        sa.Column("claimed_until", AT, nullable=True),
        sa.Column("claim_key", sa.String(), nullable=True),
        sa.Column("begun_at", AT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
    ]


def make_mails() -> None:
    op.create_table(
        "improvement_letter",
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("improvement_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("written_at", AT, nullable=False),
        sa.Column("sent_at", AT, nullable=True),
        *claimable(),
        sa.CheckConstraint(
            "state IN ('queued', 'sent', 'failed', 'uncertain')", name=op.f("ck_improvement_letter_state_known")
        ),
        sa.CheckConstraint(
            "state = 'queued' OR due_at IS NULL", name=op.f("ck_improvement_letter_settled_is_not_due")
        ),
        sa.ForeignKeyConstraint(
            ["improvement_id"],
            ["improvement.id"],
            name=op.f("fk_improvement_letter_improvement_id_improvement"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_improvement_letter_customer_id_customer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_improvement_letter_response_id_response"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["staff_member.id"],
            name=op.f("fk_improvement_letter_author_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_letter")),
        sa.UniqueConstraint("public_id", name=op.f("uq_improvement_letter_public_id")),
        sa.UniqueConstraint(
            "improvement_id", "customer_id", name=op.f("uq_improvement_letter_improvement_id_customer_id")
        ),
    )
    for column in ("customer_id", "response_id", "due_at"):
        op.create_index(op.f(f"ix_improvement_letter_{column}"), "improvement_letter", [column])
    op.create_table(
        "improvement_reminder",
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("improvement_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("sent_at", AT, nullable=True),
        *claimable(),
        sa.CheckConstraint(
            "state IN ('queued', 'sent', 'failed')", name=op.f("ck_improvement_reminder_state_known")
        ),
        sa.CheckConstraint(
            "state = 'queued' OR due_at IS NULL", name=op.f("ck_improvement_reminder_settled_is_not_due")
        ),
        sa.ForeignKeyConstraint(
            ["improvement_id"],
            ["improvement.id"],
            name=op.f("fk_improvement_reminder_improvement_id_improvement"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff_member.id"],
            name=op.f("fk_improvement_reminder_staff_id_staff_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_reminder")),
        sa.UniqueConstraint("public_id", name=op.f("uq_improvement_reminder_public_id")),
        sa.UniqueConstraint(
            "improvement_id", "staff_id", name=op.f("uq_improvement_reminder_improvement_id_staff_id")
        ),
    )
    for column in ("staff_id", "due_at"):
        op.create_index(op.f(f"ix_improvement_reminder_{column}"), "improvement_reminder", [column])


def downgrade() -> None:
    for name in ("reminder", "letter", "text", "example"):
        op.drop_table(f"improvement_{name}")
    op.drop_table("improvement")
