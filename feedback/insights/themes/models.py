"""What the loop works out beforehand, because a page could not wait for it: drivers of a score, typical comments."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.database import Base
from surveys.responses.models import Response

THEMES, QUESTIONS = "themes", "questions"


class DriverEstimate(Base):
    """What goes together with the score of one survey, in the answers since `since`: its themes, or its questions.

    `shares` are the drivers in their order, each with `code` and the figures of `drivers.Driver`. While there are fewer
    answers (`n`) than `needed`, there is no estimate: `r_squared` (0 to 1) is None and nobody has a share.
    """

    __tablename__ = "driver_estimate"
    __table_args__ = (
        UniqueConstraint("survey_id", "source"),
        CheckConstraint("source IN ('themes', 'questions')", name="source_known"),
        CheckConstraint("r_squared IS NULL OR n >= needed", name="enough_or_nothing"),
        CheckConstraint("r_squared BETWEEN 0 AND 1", name="r_squared_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"))
    source: Mapped[str] = mapped_column(String(9))
    since: Mapped[datetime]
    made_at: Mapped[datetime]
    n: Mapped[int]
    needed: Mapped[int]
    r_squared: Mapped[float | None]
    shares: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class TypicalComment(Base):
    """One of the comments that stand for many: nearest to the middle of all that praise, or of all that complain.

    `theme` is a code of the first level, "" for comments on anything; `mood` is that of the answer's group; `place`
    counts from 1, the nearest. `among` is how many comments it stands for.
    """

    __tablename__ = "typical_comment"
    __table_args__ = (
        UniqueConstraint("response_id", "theme"),
        CheckConstraint("mood IN ('happy', 'unhappy')", name="mood_known"),
        CheckConstraint("place >= 1 AND among >= 1", name="counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"))
    response: Mapped[Response] = relationship()
    theme: Mapped[str] = mapped_column(String(40))
    mood: Mapped[str] = mapped_column(String(7))
    place: Mapped[int]
    among: Mapped[int]
    made_at: Mapped[datetime]
