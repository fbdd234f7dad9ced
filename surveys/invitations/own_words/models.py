"""A touchpoint's own words, per language."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.database import Base


class LetterWords(Base):
    """What a touchpoint's letters say in one language instead of the words of the house.

    With a `second_subject` every other letter, by chance, bears that one; `compared_since` is when the two
    began to be compared as they are.
    """

    __tablename__ = "letter_words"
    __table_args__ = (
        UniqueConstraint("touchpoint_id", "language"),
        CheckConstraint("second_subject IS NULL OR subject IS NOT NULL", name="second_has_first"),
        CheckConstraint(
            "(second_subject IS NULL) = (compared_since IS NULL)", name="compared_when_there_are_two"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    touchpoint_id: Mapped[int] = mapped_column(ForeignKey("touchpoint.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(5))
    subject: Mapped[str | None] = mapped_column(String(150))
    second_subject: Mapped[str | None] = mapped_column(String(150))
    introduction: Mapped[str | None] = mapped_column(Text)
    compared_since: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
