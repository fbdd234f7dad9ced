"""What the reader understood of one response's comment, and what the comment talks about."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.database import Base
from surveys.responses.models import Response

THEME, INTENT = "theme", "intent"


class Analysis(Base):
    """One reading of one comment; polarity is None when there was nothing to read.

    `phrase_book` is the version of the phrases its themes were found with, None before that.
    """

    __tablename__ = "analysis"
    __table_args__ = (
        CheckConstraint(
            "label IN ('negative', 'neutral', 'positive', 'no_opinion', 'unreadable')", name="label_known"
        ),
        CheckConstraint(
            "(label IN ('no_opinion', 'unreadable')) = (polarity IS NULL)", name="never_a_false_zero"
        ),
        CheckConstraint("polarity BETWEEN -1 AND 1", name="polarity_range"),
        CheckConstraint("subjectivity BETWEEN 0 AND 1", name="subjectivity_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), unique=True)
    response: Mapped[Response] = relationship()
    language: Mapped[str | None] = mapped_column(String(5))
    label: Mapped[str] = mapped_column(String(12))
    polarity: Mapped[float | None]
    subjectivity: Mapped[float | None]
    analyzer: Mapped[str] = mapped_column(String(60))
    analysed_at: Mapped[datetime]
    phrase_book: Mapped[str | None] = mapped_column(String(20), index=True)
    mentions: Mapped[list["Mention"]] = relationship(
        back_populates="analysis", order_by="Mention.start", passive_deletes="all"
    )

    @property
    def themes(self) -> list["Mention"]:
        """What the comment talks about, in the order of its words."""
        return [mention for mention in self.mentions if mention.kind == THEME]


class Mention(Base):
    """One place of a comment that says something: a theme of the code book, or what the customer wants.

    `start` and `end` count characters of the comment as it is stored; `polarity` is that of the clause, None
    when nobody could tell.
    """

    __tablename__ = "mention"
    __table_args__ = (
        UniqueConstraint("analysis_id", "kind", "code", "start"),
        CheckConstraint("kind IN ('theme', 'intent')", name="kind_known"),
        CheckConstraint('0 <= start AND start < "end"', name="place_in_order"),
        CheckConstraint("polarity BETWEEN -1 AND 1", name="polarity_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    analysis_id: Mapped[int] = mapped_column(ForeignKey("analysis.id", ondelete="CASCADE"))
    analysis: Mapped[Analysis] = relationship(back_populates="mentions")
    kind: Mapped[str] = mapped_column(String(6))
    code: Mapped[str] = mapped_column(String(40), index=True)
    start: Mapped[int]
    end: Mapped[int]
    polarity: Mapped[float | None]


class PhraseBook(Base):
    """One row: how often the shop has changed its phrases; what was found before a change is looked for again."""

    __tablename__ = "phrase_book"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]


class ShopPhrase(Base):
    """A phrase that the shop has added to a theme, or a shipped one that it has taken away."""

    __tablename__ = "shop_phrase"
    __table_args__ = (
        UniqueConstraint("code", "language", "phrase"),
        CheckConstraint("language IN ('en', 'de')", name="language_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    phrase: Mapped[str] = mapped_column(String(200))
    is_removed: Mapped[bool]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
