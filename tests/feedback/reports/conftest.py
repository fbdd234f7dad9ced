"""What the stories of saved views share."""

import pytest

from feedback.analysis.models import THEME, Analysis, Mention
from feedback.insights.selection import read
from feedback.reports.keeping import keep
from surveys.database import db


@pytest.fixture
def save(make, now):
    """Return a maker of saved views: save(staff, name, moves=True, country="AT", …)."""

    def maker(by, name="All answers", *, moves=True, shared=False, at=now, **query):
        view = keep(name, read(query, at.date(), at.tzinfo), at, by=by, moves=moves, shared=shared)
        db.session.commit()
        return view

    return maker


@pytest.fixture
def complain(make):
    """Return a maker of answers whose comments speak of a theme: complain("DELIVERY.LATE", 3, "Too late", …)."""

    def maker(code, score, comment, **values):
        response = make.response(score, comment, **values)
        response.analysed_at = response.saved_at
        reading = Analysis(
            response=response, label="negative", polarity=-0.7, analyzer="test", analysed_at=response.saved_at
        )
        reading.mentions.append(Mention(kind=THEME, code=code, start=0, end=len(comment), polarity=-0.7))
        make.keep(reading)
        return response

    return maker
