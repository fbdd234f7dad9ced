"""An owner at the builder, and the drafts she writes."""

import pytest
from sqlalchemy import select

from surveys.database import db
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import draft_of


class Desk:
    """Somebody who writes one survey."""

    def __init__(self, browser, survey):
        self.browser, self.id, self.key = browser, survey.public_id, survey.key
        self.page = f"/surveys/{self.id}"

    @property
    def survey(self):
        return db.session.scalars(select(Survey).where(Survey.public_id == self.id)).one()

    @property
    def draft(self):
        draft = draft_of(self.survey)
        return draft.definition if draft else None

    @property
    def step(self):
        draft = draft_of(self.survey)
        return draft.step if draft else 0

    def get(self, path=""):
        return self.browser.get(self.page + path)

    def post(self, path, **data):
        data.setdefault("step", self.step)
        return self.browser.post(self.page + path, data=data)

    def ask(self, kind, english, german="?", **data):
        """Add a question and return its key."""
        answer = self.post(f"/questions/new?kind={kind}", question_en=english, question_de=german, **data)
        assert answer.status_code == 303, answer.text
        return self.draft["questions"][-1]["key"]


@pytest.fixture
def browser(make_today, signed_in):
    return signed_in(make_today.staff("Olga", role="owner"))


@pytest.fixture
def desk(make_today, browser):
    make_today.brand()
    return Desk(browser, make_today.survey("nps"))
