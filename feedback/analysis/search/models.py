"""The index of comments, and how far it is built.

PostgreSQL keeps the stems as a tsvector with a GIN index. SQLite keeps them as text in the same column, and FTS5 an index
over it, which triggers keep: whatever way a row goes, its words leave the index with it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import DDL, CheckConstraint, ColumnElement, Dialect, ForeignKey, Index, Text, cast, event
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import String, TypeDecorator, TypeEngine

from feedback.analysis.search.covered import GAP
from surveys.database import Base
from surveys.triggers import Trigger


class Lexemes(TypeDecorator[Sequence[str]]):
    """Stems in the order of their words; gaps keep a place and no word. They are written, asked for, never read."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the column."""
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str | None:
        """Return the stems as text; for PostgreSQL each with its place."""
        if value is None or dialect.name != "postgresql":
            return value if value is None else " ".join(value)
        return " ".join(f"'{each}':{place}" for place, each in enumerate(value, 1) if each != GAP)

    def bind_expression(self, bindvalue: Any) -> ColumnElement[Any]:
        """Return what stands for the value in a statement."""
        return cast(bindvalue, self)


class SearchedComment(Base):
    """What is found of one comment: stems of what lists show. `id` is that of the response, `at` its time.

    A response's time is when it was submitted, else last saved; here, beside the words, so that the newest of a
    million are found without looking at the others.
    """

    __tablename__ = "searched_comment"
    __table_args__ = (Index("ix_searched_comment_at", "at", "id"),)

    id: Mapped[int] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]
    lexemes: Mapped[Sequence[str]] = mapped_column(Lexemes, deferred=True)


class SearchProgress(Base):
    """One row: with which stems the index is built, and from which response on down comments are still to be put in.

    `next_id` is None when all are in. `waiting` of them are still to be put in, of which `unfound` at the beginning were
    in no index, not even an older one. `followed_at` is up to when the times of answers were compared.
    """

    __tablename__ = "search_progress"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[str] = mapped_column(String(40))
    next_id: Mapped[int | None]
    waiting: Mapped[int] = mapped_column(default=0)
    unfound: Mapped[int] = mapped_column(default=0)
    followed_at: Mapped[datetime]


GIN = "CREATE INDEX fts_searched_comment ON searched_comment USING gin (lexemes)"
NEW = "INSERT INTO fts_comment (rowid, lexemes) VALUES (NEW.id, NEW.lexemes)"
GONE = "INSERT INTO fts_comment (fts_comment, rowid, lexemes) VALUES ('delete', OLD.id, OLD.lexemes)"
TRIGGERS = (
    Trigger("searched_comment_added", "searched_comment", "INSERT", (NEW,)),
    Trigger("searched_comment_gone", "searched_comment", "DELETE", (GONE,)),
    Trigger("searched_comment_changed", "searched_comment", "UPDATE", (GONE, NEW), ("lexemes",)),
)
# `secure-delete` takes words out of the file at once, instead of marking them as gone.
FTS = (
    "CREATE VIRTUAL TABLE fts_comment USING fts5(lexemes, content='searched_comment', content_rowid='id',"
    " tokenize='ascii', columnsize=0)",
    "INSERT INTO fts_comment (fts_comment, rank) VALUES ('secure-delete', 1)",
    *(statement for trigger in TRIGGERS for statement in trigger.statements("sqlite")),
)


def _besides(database: str, when: str, statement: str) -> None:
    """Carry out a statement on one kind of database when the table is made or dropped by its model."""
    command = DDL(statement).execute_if(dialect=database)  # type: ignore[no-untyped-call]
    event.listen(SearchedComment.__table__, when, command)


for each in FTS:
    _besides("sqlite", "after_create", each)
_besides("sqlite", "after_drop", "DROP TABLE IF EXISTS fts_comment")
_besides("postgresql", "after_create", GIN)
