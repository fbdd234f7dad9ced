"""Surveys, their versions, and what is being written."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint, event, false, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.database import Base, public_id
from surveys.questionnaires.states import State, state_of
from surveys.scales import SCALES
from surveys.staff.models import StaffMember

KINDS = (*SCALES, "check_back")
KIND_KNOWN = f"kind IN ({', '.join(repr(kind) for kind in KINDS)})"


class Survey(Base):
    """A programme of asking one kind of question; `key` is its name in the API.

    Nobody learns whose the answers to an *anonymous* one are. Every answer carries the same mark and points to
    the two together, so that what was promised stays as it is once somebody has answered.
    """

    __tablename__ = "survey"
    __table_args__ = (
        CheckConstraint(KIND_KNOWN, name="kind_known"),
        CheckConstraint("closes_after > 0", name="closes_after_some"),
        CheckConstraint("NOT is_anonymous OR kind <> 'check_back'", name="check_back_has_a_name"),
        UniqueConstraint("id", "is_anonymous"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    closes_after: Mapped[int | None]  # answers; a tick closes it then
    archived_at: Mapped[datetime | None]
    is_anonymous: Mapped[bool] = mapped_column(default=False, server_default=false())
    versions: Mapped[list["SurveyVersion"]] = relationship(
        back_populates="survey", order_by="SurveyVersion.number"
    )

    @property
    def current(self) -> "SurveyVersion":
        """The newest published version; one that was never published has none."""
        return self.versions[-1]

    def is_asked_at(self, now: datetime) -> bool:
        """Return whether a published survey is asked and answered; looks at nothing but its own row."""
        return state_of(True, self.closes_at, self.archived_at, now) is State.PUBLISHED

    def takes_answers_at(self, at: datetime) -> bool:
        """Return whether an answer given at this moment came before the survey ended."""
        return all(end is None or at < end for end in (self.closes_at, self.archived_at))

    def state_at(self, now: datetime) -> State:
        """Return where the survey stands."""
        return state_of(bool(self.versions), self.closes_at, self.archived_at, now)


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


@event.listens_for(SurveyVersion, "before_update")
def stay_frozen(_mapper: object, _connection: object, version: SurveyVersion) -> None:
    """Refuse to store another questionnaire under a version: answers were given to the one that is there."""
    if inspect(version).attrs.definition.history.has_changes():
        raise ValueError("a published version never changes; publish another one")


class SurveyDraft(Base):
    """One step of what is being written for a survey: the whole questionnaire as it was after a change.

    The newest step is the draft; taking it away brings back what was before.
    """

    __tablename__ = "survey_draft"
    __table_args__ = (UniqueConstraint("survey_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"))
    step: Mapped[int]
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="SET NULL"))
    changed_by: Mapped[StaffMember | None] = relationship()
