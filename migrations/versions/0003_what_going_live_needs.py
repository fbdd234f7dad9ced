"""what going live needs

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "address_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_key")),
    )
    op.create_table(
        "bounce",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("masked", sa.String(length=254), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("said", sa.String(length=500), nullable=True),
        sa.Column("told_by", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('hard', 'other', 'soft', 'complaint')", name=op.f("ck_bounce_kind_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounce")),
        sa.UniqueConstraint("key", name=op.f("uq_bounce_key")),
    )
    with op.batch_alter_table("bounce", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bounce_address_hash"), ["address_hash"], unique=False)

    op.create_table(
        "forgetting_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forgetting_run")),
    )
    op.create_table(
        "mailbox_place",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mailbox_place")),
    )
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("object_id", sa.String(length=100), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.CheckConstraint("way IN ('page', 'export', 'command')", name=op.f("ck_audit_event_way_known")),
        sa.ForeignKeyConstraint(
            ["actor_id"],
            ["staff_member.id"],
            name=op.f("fk_audit_event_actor_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index("ix_audit_event_actor_id_id", ["actor_id", "id"], unique=False)
        batch_op.create_index("ix_audit_event_at", ["at"], unique=False)

    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("subject_hash", sa.String(length=64), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.CheckConstraint("way IN ('page', 'command', 'again')", name=op.f("ck_erasure_way_known")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["staff_member.id"], name=op.f("fk_erasure_by_id_staff_member"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("public_id", name=op.f("uq_erasure_public_id")),
    )
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_erasure_address_hash"), ["address_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_erasure_subject_hash"), ["subject_hash"], unique=False)

    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("home", sa.String(length=100), nullable=False),
        sa.Column("held_because", sa.String(length=10), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "held_because IN ('restored', 'by_hand')", name=op.f("ck_installation_reason_known")
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_only_one")),
        sa.ForeignKeyConstraint(
            ["released_by_id"],
            ["staff_member.id"],
            name=op.f("fk_installation_released_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "ticked_step",
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ticked_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "key IN ('mail_arrived', 'dns', 'dry_run', 'alone')", name=op.f("ck_ticked_step_key_known")
        ),
        sa.ForeignKeyConstraint(
            ["ticked_by_id"],
            ["staff_member.id"],
            name=op.f("fk_ticked_step_ticked_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ticked_step")),
    )
    op.create_table(
        "brand_logo",
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=20), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brand.id"], name=op.f("fk_brand_logo_brand_id_brand"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("brand_id", name=op.f("pk_brand_logo")),
    )
    op.create_table(
        "carrier_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("carrier", sa.String(length=100), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("span", sa.Interval(), nullable=False),
        sa.Column("parcels", sa.Integer(), nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brand.id"], name=op.f("fk_carrier_time_brand_id_brand"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carrier_time")),
        sa.UniqueConstraint(
            "brand_id", "carrier", "country", name=op.f("uq_carrier_time_brand_id_carrier_country")
        ),
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("encoding", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=True),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('purchases', 'customers', 'suppressions', 'responses')",
            name=op.f("ck_import_run_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('uploaded', 'running', 'done', 'undoing', 'undone')",
            name=op.f("ck_import_run_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brand.id"], name=op.f("fk_import_run_brand_id_brand"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["started_by_id"],
            ["staff_member.id"],
            name=op.f("fk_import_run_started_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"],
            ["staff_member.id"],
            name=op.f("fk_import_run_undone_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_run_public_id")),
    )
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_run_brand_id"), ["brand_id"], unique=False)

    op.create_table(
        "permission_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declared_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "basis IN ('opt_in', 'existing_customer', 'none')", name=op.f("ck_permission_source_basis_known")
        ),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_permission_source_brand_id_brand")),
        sa.ForeignKeyConstraint(
            ["declared_by_id"],
            ["staff_member.id"],
            name=op.f("fk_permission_source_declared_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permission_source")),
        sa.UniqueConstraint("public_id", name=op.f("uq_permission_source_public_id")),
    )
    with op.batch_alter_table("permission_source", schema=None) as batch_op:
        batch_op.create_index("ix_permission_source_brand_id", ["brand_id", "source"], unique=False)

    op.create_table(
        "segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brand.id"], name=op.f("fk_segment_brand_id_brand"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["staff_member.id"],
            name=op.f("fk_segment_changed_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment")),
        sa.UniqueConstraint("brand_id", "name", name=op.f("uq_segment_brand_id_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_segment_public_id")),
    )
    op.create_table(
        "shop_connection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("prefix", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_why", sa.String(length=20), nullable=True),
        sa.CheckConstraint("kind IN ('shopify', 'woocommerce')", name=op.f("ck_shop_connection_kind_known")),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_shop_connection_brand_id_brand")),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["staff_member.id"],
            name=op.f("fk_shop_connection_created_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_connection")),
        sa.UniqueConstraint("public_id", name=op.f("uq_shop_connection_public_id")),
    )
    with op.batch_alter_table("shop_connection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shop_connection_brand_id"), ["brand_id"], unique=False)

    op.create_table(
        "suppression",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=True),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("masked", sa.String(length=254), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('bounce', 'complaint', 'manual', 'import')", name=op.f("ck_suppression_reason_known")
        ),
        sa.ForeignKeyConstraint(
            ["added_by_id"],
            ["staff_member.id"],
            name=op.f("fk_suppression_added_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_suppression_brand_id_brand")),
        sa.ForeignKeyConstraint(
            ["released_by_id"],
            ["staff_member.id"],
            name=op.f("fk_suppression_released_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppression")),
        sa.UniqueConstraint("public_id", name=op.f("uq_suppression_public_id")),
    )
    with op.batch_alter_table("suppression", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suppression_address_hash"), ["address_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_suppression_brand_id"), ["brand_id"], unique=False)
        batch_op.create_index(
            "uq_suppression_brand",
            ["address_hash", "brand_id"],
            unique=True,
            sqlite_where=sa.text("brand_id IS NOT NULL AND released_at IS NULL"),
            postgresql_where=sa.text("brand_id IS NOT NULL AND released_at IS NULL"),
        )
        batch_op.create_index(
            "uq_suppression_everywhere",
            ["address_hash"],
            unique=True,
            sqlite_where=sa.text("brand_id IS NULL AND released_at IS NULL"),
            postgresql_where=sa.text("brand_id IS NULL AND released_at IS NULL"),
        )

    op.create_table(
        "consent_request",
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("mails", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim_key", sa.String(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state = 'planned' OR due_at IS NULL", name=op.f("ck_consent_request_settled_is_not_due")
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'sent', 'refused', 'failed', 'uncertain')",
            name=op.f("ck_consent_request_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_consent_request_customer_id_customer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"],
            ["staff_member.id"],
            name=op.f("fk_consent_request_requested_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_consent_request_public_id")),
    )
    with op.batch_alter_table("consent_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_request_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_request_due_at"), ["due_at"], unique=False)

    op.create_table(
        "customer_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_customer_hold_customer_id_customer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_hold")),
        sa.UniqueConstraint("key", name=op.f("uq_customer_hold_key")),
    )
    with op.batch_alter_table("customer_hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_customer_hold_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "customer_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("keeper_id", sa.Integer(), nullable=False),
        sa.Column("duplicate_id", sa.Integer(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["staff_member.id"],
            name=op.f("fk_customer_merge_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["duplicate_id"],
            ["customer.id"],
            name=op.f("fk_customer_merge_duplicate_id_customer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["keeper_id"],
            ["customer.id"],
            name=op.f("fk_customer_merge_keeper_id_customer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"],
            ["staff_member.id"],
            name=op.f("fk_customer_merge_undone_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_merge")),
        sa.UniqueConstraint("public_id", name=op.f("uq_customer_merge_public_id")),
    )
    with op.batch_alter_table("customer_merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_customer_merge_duplicate_id"), ["duplicate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_customer_merge_keeper_id"), ["keeper_id"], unique=False)

    op.create_table(
        "import_chunk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("made", sa.JSON(), nullable=False),
        sa.Column("is_waiting", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.id"], name=op.f("fk_import_chunk_run_id_import_run"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_chunk")),
    )
    with op.batch_alter_table("import_chunk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_chunk_run_id"), ["run_id"], unique=False)
        batch_op.create_index(
            "ix_import_chunk_waiting",
            ["id"],
            unique=False,
            sqlite_where=sa.text("is_waiting"),
            postgresql_where=sa.text("is_waiting"),
        )

    op.create_table(
        "import_row_error",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["import_run.id"],
            name=op.f("fk_import_row_error_run_id_import_run"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row_error")),
    )
    with op.batch_alter_table("import_row_error", schema=None) as batch_op:
        batch_op.create_index("ix_import_row_error_run_id_line", ["run_id", "line"], unique=False)

    op.create_table(
        "permission_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"],
            ["staff_member.id"],
            name=op.f("fk_permission_event_actor_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_permission_event_customer_id_customer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permission_event")),
    )
    with op.batch_alter_table("permission_event", schema=None) as batch_op:
        batch_op.create_index("ix_permission_event_customer_id", ["customer_id", "id"], unique=False)

    op.create_table(
        "shop_secret",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("connection_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["connection_id"],
            ["shop_connection.id"],
            name=op.f("fk_shop_secret_connection_id_shop_connection"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_secret")),
    )
    with op.batch_alter_table("shop_secret", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shop_secret_connection_id"), ["connection_id"], unique=False)

    op.create_table(
        "privacy_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("customer_reference", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.CheckConstraint(
            "kind IN ('disclosure', 'erasure', 'shop_erasure')", name=op.f("ck_privacy_request_kind_known")
        ),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_privacy_request_brand_id_brand")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_privacy_request_customer_id_customer"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"],
            ["staff_member.id"],
            name=op.f("fk_privacy_request_done_by_id_staff_member"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["order_event.id"],
            name=op.f("fk_privacy_request_event_id_order_event"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_request")),
        sa.UniqueConstraint("event_id", name=op.f("uq_privacy_request_event_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_privacy_request_public_id")),
    )
    with op.batch_alter_table("privacy_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_privacy_request_brand_id"), ["brand_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_privacy_request_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(
            "ix_privacy_request_open",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.create_table(
        "reminder",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=True),
        sa.Column("first_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim_key", sa.String(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'refused') = (reason IS NOT NULL)", name=op.f("ck_reminder_refused_has_reason")
        ),
        sa.CheckConstraint(
            "state = 'planned' OR due_at IS NULL", name=op.f("ck_reminder_settled_is_not_due")
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'sent', 'refused', 'failed', 'uncertain')",
            name=op.f("ck_reminder_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name=op.f("fk_reminder_invitation_id_invitation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("invitation_id", "number", name=op.f("uq_reminder_invitation_id_number")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_due_at"), ["due_at"], unique=False)

    op.create_table(
        "incoming_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sender", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("said", sa.String(length=500), nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('bounce', 'delay', 'delivered', 'complaint', 'automatic', 'reply', 'stop', 'unmatched')",
            name=op.f("ck_incoming_mail_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_incoming_mail_customer_id_customer"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name=op.f("fk_incoming_mail_invitation_id_invitation"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
            name=op.f("fk_incoming_mail_response_id_response"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_mail")),
        sa.UniqueConstraint("body_hash", name=op.f("uq_incoming_mail_body_hash")),
        sa.UniqueConstraint("public_id", name=op.f("uq_incoming_mail_public_id")),
    )
    with op.batch_alter_table("incoming_mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incoming_mail_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_incoming_mail_received_at"), ["received_at"], unique=False)

    with op.batch_alter_table("brand", schema=None) as batch_op:
        batch_op.add_column(sa.Column("logo_mark", sa.String(length=10), nullable=True))
        batch_op.add_column(
            sa.Column("strict_countries", sa.JSON(), server_default='["AT", "DE"]', nullable=False)
        )

    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("basis_confirmed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("basis_evidence", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("source", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_customer_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_customer_merged_into_id_customer"), "customer", ["merged_into_id"], ["id"]
        )

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("put_off", sa.String(length=30), nullable=True))
        batch_op.add_column(sa.Column("facts", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("share", sa.Float(), server_default="1", nullable=False))
        batch_op.create_index(
            "ix_invitation_put_off",
            ["due_at", "id"],
            unique=False,
            sqlite_where=sa.text("put_off IS NOT NULL"),
            postgresql_where=sa.text("put_off IS NOT NULL"),
        )

    with op.batch_alter_table("order_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("connection_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("topic", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("delivery_key", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("triggered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("outcome", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("object_key", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("customer_key", sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_order_event_connection_id_customer_key",
            ["connection_id", "customer_key", "told_at"],
            unique=False,
        )
        batch_op.create_index("ix_order_event_connection_id_id", ["connection_id", "id"], unique=False)
        batch_op.create_index(
            "ix_order_event_connection_id_object_key", ["connection_id", "object_key"], unique=False
        )
        batch_op.create_index(
            "ix_order_event_unusable",
            ["id"],
            unique=False,
            sqlite_where=sa.text("problem IS NOT NULL"),
            postgresql_where=sa.text("problem IS NOT NULL"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_order_event_connection_id_shop_connection"),
            "shop_connection",
            ["connection_id"],
            ["id"],
        )

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index("ix_task_assignee_id_opened_at", ["assignee_id", "opened_at"], unique=False)

    with op.batch_alter_table("touchpoint", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("trigger", sa.String(length=10), server_default="delivered", nullable=False)
        )
        batch_op.add_column(sa.Column("conditions", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(
            sa.Column("delay_unit", sa.String(length=5), server_default="days", nullable=False)
        )
        batch_op.add_column(
            sa.Column("skip_sundays", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("skip_holidays", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("spread_hours", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("share", sa.Integer(), server_default="100", nullable=False))
        batch_op.add_column(sa.Column("rank", sa.Integer(), server_default="5", nullable=False))
        batch_op.add_column(sa.Column("answer_rest_days", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("yearly", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("reminders", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("remind_after_days", sa.Integer(), server_default="4", nullable=False))

    with op.batch_alter_table("touchpoint", schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_touchpoint_trigger_known"),
            "trigger IN ('placed', 'shipped', 'delivered', 'returned', 'refunded')",
        )
        batch_op.create_check_constraint(op.f("ck_touchpoint_share_percent"), "share BETWEEN 1 AND 100")
        batch_op.create_check_constraint(op.f("ck_touchpoint_few_reminders"), "reminders BETWEEN 0 AND 2")
        batch_op.create_check_constraint(
            op.f("ck_touchpoint_delay_unit_known"), "delay_unit IN ('days', 'hours')"
        )
    # Whoever looks after a problem now keeps its customer from being asked, as if opened from here on.
    op.execute(
        """
        INSERT INTO customer_hold (customer_id, key, reason, held_at)
        SELECT customer_id, 'task:' || public_id, 'open_task', opened_at
          FROM task
         WHERE state IN ('new', 'in_progress', 'waiting_customer', 'waiting_internal')
        """
    )


def downgrade() -> None:
    with op.batch_alter_table("touchpoint", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_touchpoint_trigger_known"), type_="check")
        batch_op.drop_constraint(op.f("ck_touchpoint_share_percent"), type_="check")
        batch_op.drop_constraint(op.f("ck_touchpoint_few_reminders"), type_="check")
        batch_op.drop_constraint(op.f("ck_touchpoint_delay_unit_known"), type_="check")
    with op.batch_alter_table("touchpoint", schema=None) as batch_op:
        batch_op.drop_column("remind_after_days")
        batch_op.drop_column("reminders")
        batch_op.drop_column("yearly")
        batch_op.drop_column("answer_rest_days")
        batch_op.drop_column("rank")
        batch_op.drop_column("share")
        batch_op.drop_column("spread_hours")
        batch_op.drop_column("skip_holidays")
        batch_op.drop_column("skip_sundays")
        batch_op.drop_column("delay_unit")
        batch_op.drop_column("conditions")
        batch_op.drop_column("trigger")

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index("ix_task_assignee_id_opened_at")

    with op.batch_alter_table("order_event", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_order_event_connection_id_shop_connection"), type_="foreignkey"
        )
        batch_op.drop_index(
            "ix_order_event_unusable",
            sqlite_where=sa.text("problem IS NOT NULL"),
            postgresql_where=sa.text("problem IS NOT NULL"),
        )
        batch_op.drop_index("ix_order_event_connection_id_object_key")
        batch_op.drop_index("ix_order_event_connection_id_id")
        batch_op.drop_index("ix_order_event_connection_id_customer_key")
        batch_op.drop_column("told_at")
        batch_op.drop_column("customer_key")
        batch_op.drop_column("object_key")
        batch_op.drop_column("outcome")
        batch_op.drop_column("triggered_at")
        batch_op.drop_column("delivery_key")
        batch_op.drop_column("topic")
        batch_op.drop_column("connection_id")

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_invitation_put_off",
            sqlite_where=sa.text("put_off IS NOT NULL"),
            postgresql_where=sa.text("put_off IS NOT NULL"),
        )
        batch_op.drop_column("share")
        batch_op.drop_column("facts")
        batch_op.drop_column("put_off")

    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_customer_merged_into_id_customer"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_customer_merged_into_id"))
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("source")
        batch_op.drop_column("basis_evidence")
        batch_op.drop_column("basis_confirmed_at")

    with op.batch_alter_table("brand", schema=None) as batch_op:
        batch_op.drop_column("strict_countries")
        batch_op.drop_column("logo_mark")

    with op.batch_alter_table("incoming_mail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incoming_mail_received_at"))
        batch_op.drop_index(batch_op.f("ix_incoming_mail_customer_id"))

    op.drop_table("incoming_mail")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_due_at"))

    op.drop_table("reminder")
    with op.batch_alter_table("privacy_request", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_privacy_request_open",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_privacy_request_customer_id"))
        batch_op.drop_index(batch_op.f("ix_privacy_request_brand_id"))

    op.drop_table("privacy_request")
    with op.batch_alter_table("shop_secret", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shop_secret_connection_id"))

    op.drop_table("shop_secret")
    with op.batch_alter_table("permission_event", schema=None) as batch_op:
        batch_op.drop_index("ix_permission_event_customer_id")

    op.drop_table("permission_event")
    with op.batch_alter_table("import_row_error", schema=None) as batch_op:
        batch_op.drop_index("ix_import_row_error_run_id_line")

    op.drop_table("import_row_error")
    with op.batch_alter_table("import_chunk", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_import_chunk_waiting",
            sqlite_where=sa.text("is_waiting"),
            postgresql_where=sa.text("is_waiting"),
        )
        batch_op.drop_index(batch_op.f("ix_import_chunk_run_id"))

    op.drop_table("import_chunk")
    with op.batch_alter_table("customer_merge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customer_merge_keeper_id"))
        batch_op.drop_index(batch_op.f("ix_customer_merge_duplicate_id"))

    op.drop_table("customer_merge")
    with op.batch_alter_table("customer_hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customer_hold_customer_id"))

    op.drop_table("customer_hold")
    with op.batch_alter_table("consent_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_request_due_at"))
        batch_op.drop_index(batch_op.f("ix_consent_request_customer_id"))

    op.drop_table("consent_request")
    with op.batch_alter_table("suppression", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_suppression_everywhere",
            sqlite_where=sa.text("brand_id IS NULL AND released_at IS NULL"),
            postgresql_where=sa.text("brand_id IS NULL AND released_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_suppression_brand",
            sqlite_where=sa.text("brand_id IS NOT NULL AND released_at IS NULL"),
            postgresql_where=sa.text("brand_id IS NOT NULL AND released_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_suppression_brand_id"))
        batch_op.drop_index(batch_op.f("ix_suppression_address_hash"))

    op.drop_table("suppression")
    with op.batch_alter_table("shop_connection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shop_connection_brand_id"))

    op.drop_table("shop_connection")
    op.drop_table("segment")
    with op.batch_alter_table("permission_source", schema=None) as batch_op:
        batch_op.drop_index("ix_permission_source_brand_id")

    op.drop_table("permission_source")
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_run_brand_id"))

    op.drop_table("import_run")
    op.drop_table("carrier_time")
    op.drop_table("brand_logo")
    op.drop_table("ticked_step")
    op.drop_table("installation")
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_erasure_subject_hash"))
        batch_op.drop_index(batch_op.f("ix_erasure_address_hash"))

    op.drop_table("erasure")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_event_at")
        batch_op.drop_index("ix_audit_event_actor_id_id")

    op.drop_table("audit_event")
    op.drop_table("mailbox_place")
    op.drop_table("forgetting_run")
    with op.batch_alter_table("bounce", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bounce_address_hash"))

    op.drop_table("bounce")
    op.drop_table("address_key")
