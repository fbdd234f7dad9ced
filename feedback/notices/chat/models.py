"""Where a shop's team chats, what it should be told there, and the posts that tell it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.follow_up.models import TaskEvent
from surveys.brand.models import Brand
from surveys.database import Base
from surveys.staff.models import StaffMember
from surveys.work import Claimable


class ChatHook(Base):
    """The incoming webhook of one brand's team; tasks of `least` and more urgent ones are told there while it `is_on`.

    `url` is kept in clear because it is called, and is a secret: whoever has it can write there.
    """

    __tablename__ = "chat_hook"
    __table_args__ = (
        CheckConstraint("least IN ('P0', 'P1', 'P2', 'P3', 'P4')", name="least_known"),
        CheckConstraint("url LIKE 'https://%'", name="url_is_https"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id", ondelete="CASCADE"), unique=True)
    brand: Mapped[Brand] = relationship()
    url: Mapped[str] = mapped_column(Text)
    is_on: Mapped[bool]
    least: Mapped[str] = mapped_column(String(2))
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    changed_by: Mapped[StaffMember | None] = relationship()


class ChatPost(Claimable, Base):
    """One message to a team's chat; one without news is a try."""

    __tablename__ = "chat_post"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'sent', 'failed')", name="state_known"),
        CheckConstraint("state = 'queued' OR due_at IS NULL", name="settled_is_not_due"),
    )

    hook_id: Mapped[int] = mapped_column(ForeignKey("chat_hook.id", ondelete="CASCADE"), index=True)
    hook: Mapped[ChatHook] = relationship()
    state: Mapped[str] = mapped_column(String(10), default="queued")
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    news: Mapped[list["ChatNews"]] = relationship(back_populates="post", order_by="ChatNews.id")


class ChatNews(Base):
    """One thing that a team should hear of in its chat; `pushed` names task and rung, so that each is told once."""

    __tablename__ = "chat_news"
    __table_args__ = (UniqueConstraint("hook_id", "event_id"), UniqueConstraint("hook_id", "pushed"))

    id: Mapped[int] = mapped_column(primary_key=True)
    hook_id: Mapped[int] = mapped_column(ForeignKey("chat_hook.id", ondelete="CASCADE"))
    hook: Mapped[ChatHook] = relationship()
    event_id: Mapped[int] = mapped_column(ForeignKey("task_event.id", ondelete="CASCADE"), index=True)
    event: Mapped[TaskEvent] = relationship()
    pushed: Mapped[str | None] = mapped_column(String(60))
    made_at: Mapped[datetime]
    post_id: Mapped[int | None] = mapped_column(ForeignKey("chat_post.id", ondelete="CASCADE"), index=True)
    post: Mapped[ChatPost | None] = relationship(back_populates="news")
