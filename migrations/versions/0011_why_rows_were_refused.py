"""why rows were refused

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ERRORS = sa.table(
    "import_row_error",
    sa.column("id", sa.Integer()),
    sa.column("reason", sa.Text()),
    sa.column("faults", sa.JSON()),
)
AT_ONCE = 500


def upgrade() -> None:
    with op.batch_alter_table("import_row_error", schema=None) as batch_op:
        batch_op.add_column(sa.Column("faults", sa.JSON(), server_default="[]", nullable=False))
    # A sentence of before is a phrase that nobody translates.
    rewrite(ERRORS.c.reason, ERRORS.c.faults, lambda reason: [{"field": None, "phrase": reason, "values": {}}])
    with op.batch_alter_table("import_row_error", schema=None) as batch_op:
        batch_op.alter_column("faults", server_default=None, existing_type=sa.JSON(), existing_nullable=False)
        batch_op.drop_column("reason")


def downgrade() -> None:
    with op.batch_alter_table("import_row_error", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))
    rewrite(ERRORS.c.faults, ERRORS.c.reason, lambda faults: "; ".join(map(sentence, faults))[:2000])
    with op.batch_alter_table("import_row_error", schema=None) as batch_op:
        batch_op.alter_column("reason", server_default=None, existing_type=sa.Text(), existing_nullable=False)
        batch_op.drop_column("faults")


def sentence(fault):
    values = {
        name: ", ".join(value) if isinstance(value, dict) else value
        for name, value in fault["values"].items()
    }
    said = fault["phrase"] % values if values else fault["phrase"]
    return f"{fault['field']}: {said}" if fault["field"] else said


def rewrite(old, new, becomes):
    """Fill a column from another one, a few rows at a time."""
    connection, last = op.get_bind(), 0
    wanted = sa.select(ERRORS.c.id, old).order_by(ERRORS.c.id).limit(AT_ONCE)
    while rows := connection.execute(wanted.where(ERRORS.c.id > last)).all():
        for row_id, value in rows:
            connection.execute(ERRORS.update().where(ERRORS.c.id == row_id).values({new: becomes(value)}))
        last = rows[-1][0]
