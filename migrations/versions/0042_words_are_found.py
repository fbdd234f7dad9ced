"""words are found: an index of the stems of comments

Revision: 0042, after 0041
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

FTS = (
    "CREATE VIRTUAL TABLE fts_comment USING fts5(lexemes, content='searched_comment', content_rowid='id',"
    " tokenize='ascii', columnsize=0)",
    "INSERT INTO fts_comment (fts_comment, rank) VALUES ('secure-delete', 1)",
    "CREATE TRIGGER searched_comment_added AFTER INSERT ON searched_comment BEGIN"
    " INSERT INTO fts_comment (rowid, lexemes) VALUES (new.id, new.lexemes); END",
    "CREATE TRIGGER searched_comment_gone AFTER DELETE ON searched_comment BEGIN"
    " INSERT INTO fts_comment (fts_comment, rowid, lexemes) VALUES ('delete', old.id, old.lexemes); END",
    "CREATE TRIGGER searched_comment_changed AFTER UPDATE OF lexemes ON searched_comment BEGIN"
    " INSERT INTO fts_comment (fts_comment, rowid, lexemes) VALUES ('delete', old.id, old.lexemes);"
    " INSERT INTO fts_comment (rowid, lexemes) VALUES (new.id, new.lexemes); END",
)


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    # Empty at first: the loop puts in what was read before, the newest first.
    op.create_table(
        "searched_comment",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lexemes", TSVECTOR() if postgresql else sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["response.id"], name=op.f("fk_searched_comment_id_response"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_searched_comment")),
    )
    op.create_index("ix_searched_comment_at", "searched_comment", ["at", "id"])
    if postgresql:
        op.create_index("fts_searched_comment", "searched_comment", ["lexemes"], postgresql_using="gin")
    else:
        for statement in FTS:
            op.execute(statement)
    op.create_table(
        "search_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.String(length=40), nullable=False),
        sa.Column("next_id", sa.Integer(), nullable=True),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("unfound", sa.Integer(), nullable=False),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_search_progress_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_progress")),
    )
    with op.batch_alter_table("analysis", schema=None) as batch_op:
        batch_op.drop_column("searched")


def downgrade() -> None:
    with op.batch_alter_table("analysis", schema=None) as batch_op:
        batch_op.add_column(sa.Column("searched", sa.Text(), nullable=True))
    # The older program looks through all comments again, and covers them for its own search.
    op.execute("UPDATE analysis SET phrase_book = NULL")
    op.drop_table("search_progress")
    if op.get_bind().dialect.name != "postgresql":
        op.execute("DROP TABLE fts_comment")
    op.drop_table("searched_comment")
