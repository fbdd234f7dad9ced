"""What is worked on: a survey with its draft, or with the version that is asked while there is none."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import select

from surveys.database import db
from surveys.errors import Missing
from surveys.invitations.models import Touchpoint
from surveys.questionnaires.definition import THANKS
from surveys.questionnaires.models import Survey, SurveyDraft
from surveys.questionnaires.queries import draft_of, survey_or_missing


class Work(NamedTuple):
    """A survey and what its writers see; `step` is 0 while there is no draft."""

    survey: Survey
    definition: Mapping[str, Any]
    step: int
    draft: SurveyDraft | None

    @property
    def is_changed(self) -> bool:
        """Whether there is something that nobody is asked yet."""
        return not self.survey.versions or self.definition != self.survey.current.definition

    @property
    def questions(self) -> list[dict[str, Any]]:
        """The rows of the further questions."""
        return list(self.definition.get("questions", ()))

    @property
    def endings(self) -> list[dict[str, Any]]:
        """The rows of what is said in the end."""
        return list(self.definition.get(THANKS, ()))

    def question_or_missing(self, key: str) -> dict[str, Any]:
        """Return the row of one further question; refuse as missing."""
        row = next((row for row in self.questions if row["key"] == key), None)
        if row is None:
            raise Missing()
        return row

    def ending_or_missing(self, at: int) -> dict[str, Any]:
        """Return the row of one ending; refuse as missing."""
        if at >= len(self.endings):
            raise Missing()
        return self.endings[at]

    def taken_keys(self) -> set[str]:
        """Return the keys that questions of any version have or had: answers are kept under them."""
        documents = [self.definition, *(version.definition for version in self.survey.versions)]
        return {row["key"] for document in documents for row in document.get("questions", ())}

    def taken_choices(self, key: str) -> set[str]:
        """Return the keys that choices of one question have or had in any version."""
        documents = [self.definition, *(version.definition for version in self.survey.versions)]
        rows = [row for document in documents for row in document.get("questions", ()) if row["key"] == key]
        return {choice for row in rows for choice in row.get("choices", ())}


def work_on(public_id: str) -> Work:
    """Return a survey with what is being written for it; refuse as missing."""
    survey = survey_or_missing(public_id)
    draft = draft_of(survey)
    if draft is None:
        return Work(survey, survey.current.definition, 0, None)
    return Work(survey, draft.definition, draft.step, draft)


def touchpoints_asking(survey: Survey, *, only_on: bool = False) -> list[Touchpoint]:
    """Return the touchpoints that ask this survey."""
    asking = select(Touchpoint).where(Touchpoint.survey_id == survey.id).order_by(Touchpoint.id)
    return list(db.session.scalars(asking.where(Touchpoint.is_on) if only_on else asking))
