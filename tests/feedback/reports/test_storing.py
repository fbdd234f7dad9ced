"""What is stored of a view: its numbers, the time of the data, and the versions they rest on."""

import pytest

from feedback.reports.asking import NoLongerOffered
from feedback.reports.storing import NothingToStore, store
from surveys.database import db


@pytest.mark.once
def test_numbers_days_and_versions_are_stored_and_counted_through(make, now, save):
    ben = make.staff("Ben")
    make.responses([3] * 2 + [9] * 4)
    make.response(5, survey_key="csat")
    view = save(ben, since="2026-03-01", until="2026-03-10")
    first, second = store(view, ben, now), store(view, ben, now)
    assert (first.number, second.number, first.made_by) == (1, 2, ben)
    assert first.figures == {"nps": {"3": 2, "9": 4}, "csat": {"5": 1}}
    assert first.query == {"since": "2026-03-01", "until": "2026-03-10"}
    assert first.versions["questionnaires"] == {"nps": 1, "csat": 1} and first.as_of == now


def test_nothing_is_stored_where_nothing_is_shown(make, now, save):
    ben = make.staff("Ben")
    make.responses([3, 9], make.customer(country="AT"))
    view = save(ben, country="AT")
    with pytest.raises(NothingToStore):
        store(view, ben, now)
    view.query = {"moon": "full"}
    db.session.commit()
    with pytest.raises(NoLongerOffered):
        store(view, ben, now)
