"""books of rules that were saved before requests for one's own data had an intent of their own get a rule for them

Such requests opened a task before, as data protection, and the law gives a month to answer. So the rule is on; a shop
that wants it otherwise finds it at the end of its rules. Every change is a new version of the whole book, this one too.

Revision: 0044, after 0043
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

BOOK = sa.table(
    "rule_book",
    sa.column("version", sa.Integer()),
    sa.column("rules", sa.JSON()),
    sa.column("changed_at", sa.DateTime(timezone=True)),
)
INTENT = "data_request"
RULE = {"key": "intent-data-request", "kind": "intent", "is_on": True, "intents": [INTENT]}


def upgrade() -> None:
    connection = op.get_bind()
    newest = sa.select(BOOK.c.version, BOOK.c.rules).order_by(BOOK.c.version.desc()).limit(1)
    book = connection.execute(newest).one_or_none()
    if book is None or any(INTENT in rule.get("intents", ()) for rule in book.rules):
        return
    added = {"version": book.version + 1, "rules": [*book.rules, RULE], "changed_at": datetime.now(UTC)}
    connection.execute(sa.insert(BOOK).values(added))


def downgrade() -> None:
    connection = op.get_bind()
    newest = sa.select(BOOK.c.version, BOOK.c.rules).order_by(BOOK.c.version.desc()).limit(1)
    book = connection.execute(newest).one_or_none()
    if book is not None and book.rules and book.rules[-1] == RULE:
        kept = {"version": book.version + 1, "rules": book.rules[:-1], "changed_at": datetime.now(UTC)}
        connection.execute(sa.insert(BOOK).values(kept))
