"""What the reader understood of one response's comment."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.database import Base
from surveys.responses.models import Response


class Analysis(Base):
    """One reading of one comment; polarity is None when there was nothing to read."""

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
