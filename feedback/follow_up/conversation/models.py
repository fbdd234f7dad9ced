"""What customers write about a task, and the files that came with it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.follow_up.models import Task
from surveys.brand.models import Brand
from surveys.database import Base, public_id
from surveys.post_box.models import IncomingMail
from surveys.staff.models import StaffMember
from surveys.work import Claimable


class Letter(Base):
    """A mail of a customer that belongs to a task: its new words, and below them what it quotes.

    `matched_by`: thread (it names a mail of ours), sender (their address and an open task), hand (somebody put it there:
    `by`). `sender` is where it came from, which need not be the customer's address. `left_out` counts files that were
    too large or too many to be kept. One message of a brand's conversations is one row, whichever way it came in.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("brand_id", "message_id"),
        CheckConstraint("matched_by IN ('thread', 'sender', 'hand')", name="match_known"),
        CheckConstraint("left_out >= 0", name="left_out_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    task: Mapped[Task] = relationship()
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"))
    brand: Mapped[Brand] = relationship()
    mail_id: Mapped[int | None] = mapped_column(
        ForeignKey("incoming_mail.id", ondelete="SET NULL"), unique=True
    )
    mail: Mapped[IncomingMail | None] = relationship()
    message_id: Mapped[str | None] = mapped_column(String(250))
    sender: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    quoted: Mapped[str] = mapped_column(Text)
    matched_by: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    by: Mapped[StaffMember | None] = relationship()
    received_at: Mapped[datetime]
    left_out: Mapped[int] = mapped_column(default=0)
    files: Mapped[list["LetterFile"]] = relationship(back_populates="letter", order_by="LetterFile.id")


class LetterFile(Base):
    """A file that came with a customer's mail; it is kept and handed out as it is, and opened by nothing here."""

    __tablename__ = "letter_file"
    __table_args__ = (CheckConstraint("size >= 0", name="size_range"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id", ondelete="CASCADE"), index=True)
    letter: Mapped[Letter] = relationship(back_populates="files")
    name: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Reply(Claimable, Base):
    """A mail from an agent to the customer about a task; one that was *taken back* never left."""

    __tablename__ = "reply"
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'sent', 'failed', 'uncertain', 'taken_back')", name="state_known"
        ),
        CheckConstraint("state = 'queued' OR due_at IS NULL", name="settled_is_not_due"),
    )

    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    task: Mapped[Task] = relationship()
    author_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    author: Mapped[StaffMember] = relationship()
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="queued")
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
