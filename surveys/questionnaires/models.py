"""Surveys and their versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.database import Base, public_id
from surveys.scales import SCALES

KINDS = (*SCALES, "check_back")
KIND_KNOWN = f"kind IN ({', '.join(repr(kind) for kind in KINDS)})"


class Survey(Base):
    """A programme of asking one kind of question; `key` is its name in the API."""

    __tablename__ = "survey"
    __table_args__ = (CheckConstraint(KIND_KNOWN, name="kind_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    versions: Mapped[list["SurveyVersion"]] = relationship(
        back_populates="survey", order_by="SurveyVersion.number"
    )

    @property
    def current(self) -> "SurveyVersion":
        """The newest published version."""
        return self.versions[-1]


class SurveyVersion(Base):
    """One frozen questionnaire of a survey."""

    __tablename__ = "survey_version"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    survey: Mapped[Survey] = relationship(back_populates="versions", lazy="joined")
    number: Mapped[int]
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)
    published_at: Mapped[datetime]
