"""Imports of files: the run, its rows in chunks until they are worked, and the rows that were refused."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.brand.models import Brand
from surveys.database import Base, public_id
from surveys.staff.models import StaffMember


class ImportRun(Base):
    """One file on its way in.

    `mapping` names for each column of the file the field it goes to, None for one that is left out.
    `brand` is that of rows which name none; None means the only one there is. `settings` says how
    dates and amounts are written, see `values.Settings`. `kept` counts by reason what undoing left.
    """

    __tablename__ = "import_run"
    __table_args__ = (
        CheckConstraint("kind IN ('purchases', 'customers', 'suppressions', 'responses')", name="kind_known"),
        CheckConstraint("state IN ('uploaded', 'running', 'done', 'undoing', 'undone')", name="state_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    kind: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(200))
    encoding: Mapped[str] = mapped_column(String(20))  # utf-8, utf-16, windows-1252, xlsx
    state: Mapped[str] = mapped_column(String(10), default="uploaded")
    brand_id: Mapped[int | None] = mapped_column(ForeignKey("brand.id", ondelete="CASCADE"), index=True)
    brand: Mapped[Brand | None] = relationship()
    columns: Mapped[list[str]] = mapped_column(JSON)
    mapping: Mapped[list[str | None]] = mapped_column(JSON)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    rows: Mapped[int]
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    removed: Mapped[int] = mapped_column(default=0)
    kept: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    uploaded_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    started_by: Mapped[StaffMember | None] = relationship(foreign_keys=started_by_id)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    undone_by: Mapped[StaffMember | None] = relationship(foreign_keys=undone_by_id)


class ImportChunk(Base):
    """Some rows of a file: what one transaction works.

    `rows` are lists of line and cells as JSON; they are emptied when they have been worked. `made` keeps
    the public ids of what came into being, by the name of its table, so that it can be undone.
    """

    __tablename__ = "import_chunk"
    __table_args__ = (
        Index(
            "ix_import_chunk_waiting",
            "id",
            sqlite_where=text("is_waiting"),
            postgresql_where=text("is_waiting"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"), index=True)
    run: Mapped[ImportRun] = relationship()
    size: Mapped[int]
    rows: Mapped[str] = mapped_column(Text)
    made: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    is_waiting: Mapped[bool] = mapped_column(default=False)  # for its work, or for its undoing


class ImportRowError(Base):
    """A row that was refused: its line, why (see `reasons.kept`), and its cells for the file of errors."""

    __tablename__ = "import_row_error"
    __table_args__ = (Index("ix_import_row_error_run_id_line", "run_id", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"))
    line: Mapped[int]
    faults: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    cells: Mapped[list[str]] = mapped_column(JSON)
