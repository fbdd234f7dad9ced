"""what is searched, and who reads

Revision: 0031, after 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Empty at first: all comments are looked through again, because the version of the phrases is another.
    with op.batch_alter_table("analysis", schema=None) as batch_op:
        batch_op.add_column(sa.Column("searched", sa.Text(), nullable=True))
    # A shipped phrase that is taken away may be longer than one of the shop's own.
    with op.batch_alter_table("shop_phrase", schema=None) as batch_op:
        batch_op.alter_column("phrase", existing_type=sa.String(length=200), type_=sa.Text(), existing_nullable=False)
    op.create_table(
        "reader_at_work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("analyzer", sa.String(length=60), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_reader_at_work_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_at_work")),
    )


def downgrade() -> None:
    op.drop_table("reader_at_work")
    op.execute("DELETE FROM shop_phrase WHERE length(phrase) > 200")
    with op.batch_alter_table("shop_phrase", schema=None) as batch_op:
        batch_op.alter_column("phrase", existing_type=sa.Text(), type_=sa.String(length=200), existing_nullable=False)
    with op.batch_alter_table("analysis", schema=None) as batch_op:
        batch_op.drop_column("searched")
