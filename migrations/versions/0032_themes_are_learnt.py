"""themes are learnt

Revision: 0032, after 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

LEARNT = "NOT is_learnt OR (kind = 'theme' AND \"end\" = 0)"


def upgrade() -> None:
    with op.batch_alter_table("shop_head", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=5), server_default="label", nullable=False))
        batch_op.create_check_constraint(op.f("ck_shop_head_kind_known"), "kind IN ('label', 'theme')")
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_learnt", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_check_constraint(op.f("ck_mention_only_themes_without_words_learnt"), LEARNT)


def downgrade() -> None:
    # The older program finds themes by phrases alone, and would read labels with what was learnt of themes.
    op.execute("DELETE FROM mention WHERE is_learnt")
    op.execute("DELETE FROM shop_head WHERE kind = 'theme'")
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_mention_only_themes_without_words_learnt"), type_="check")
        batch_op.drop_column("is_learnt")
    with op.batch_alter_table("shop_head", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_shop_head_kind_known"), type_="check")
        batch_op.drop_column("kind")
