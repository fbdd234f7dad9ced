"""ten kinds of scales

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BEFORE = "'nps', 'csat', 'ces7', 'check_back'"
KINDS = (
    "'nps', 'enps', 'csat', 'csat3', 'ces', 'ces7', 'smileys', 'stars_five', 'thumbs', 'pmf', 'check_back'"
)


def upgrade() -> None:
    kinds_are(KINDS)
    groups_have(12, 24)


def downgrade() -> None:
    # The older program cannot show such a survey, and its answers are not ours to throw away.
    if op.get_bind().scalar(sa.text(f"SELECT count(*) FROM survey WHERE kind NOT IN ({BEFORE})")):
        raise RuntimeError(
            "There are surveys of kinds that the older program does not know; it cannot come back."
        )
    groups_have(24, 12)
    kinds_are(BEFORE)


def kinds_are(names: str) -> None:
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_survey_kind_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_survey_kind_known"), f"kind IN ({names})")


def groups_have(before: int, after: int) -> None:
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.alter_column(
            "group", existing_type=sa.String(before), type_=sa.String(after), existing_nullable=True
        )
