"""What a view asks for is read anew at every use; a filter that has gone is told and never left out."""

from datetime import timedelta

import pytest

from feedback.reports.asking import NoLongerOffered, asked_by
from surveys.database import db


def test_a_view_moves_with_time_or_stays(make, now, save):
    ben = make.staff("Ben")
    moving = save(ben, "Moving", since="2026-03-01", until="2026-03-10", survey="nps", country="AT")
    staying = save(ben, "Staying", moves=False, since="2026-03-01", until="2026-03-10")
    make.survey("nps")
    assert (moving.last_days, moving.query) == (10, {"survey": "nps", "country": "AT"})
    later = now + timedelta(days=30)
    asked = asked_by(moving, later)
    assert (asked.survey, asked.country) == ("nps", "AT")
    assert [day.isoformat() for day in asked.days] == ["2026-03-31", "2026-04-09"]
    assert [day.isoformat() for day in asked_by(staying, later).days] == ["2026-03-01", "2026-03-10"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"moon": "full"}, "moon = full"),
        ({"brand": "closed"}, "brand = closed"),
        ({"survey": "gone"}, "survey = gone"),
        ({"country": "Austria"}, "country = Austria"),
    ],
)
def test_what_is_no_longer_on_offer_is_named(make, now, save, query, named):
    make.survey("nps")
    view = save(make.staff("Ben"))
    view.query = query
    db.session.commit()
    with pytest.raises(NoLongerOffered, match=named):
        asked_by(view, now)
