"""Each view is said by the sentence of its own page, and by none where nobody answered."""

import pytest

from feedback.reports.asking import asked_by
from feedback.reports.models import PAGES
from feedback.reports.telling import told

pytestmark = pytest.mark.once


@pytest.mark.parametrize("page", PAGES)
def test_a_view_of_each_page_says_a_sentence_once_somebody_answered(make, now, save, page):
    make.survey("nps")
    view = save(make.staff("Ben"), survey="nps")
    view.page = page
    view.query = {"survey": "nps", "by": "country"} if page == "explore" else {"survey": "nps"}
    assert told(view, asked_by(view, now), now) == ("", 0)
    make.responses([2] * 10 + [9] * 30, saved_at=now, submitted_at=now)
    said, n = told(view, asked_by(view, now), now)
    assert n == 40 and ("40 answers." if page == "responses" else "NPS is 50") in said
