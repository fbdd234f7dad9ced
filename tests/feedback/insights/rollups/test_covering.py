"""What is added up and what has changed since: looked at once while a page is read, anew everywhere else."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from feedback.insights.rollups.cover import Piece, Stretch
from feedback.insights.rollups.covering import MOST_MARKS, covered, marks_in, usable
from feedback.insights.rollups.models import RollupMark
from feedback.insights.selection import Selection
from surveys.database import db
from surveys.responses.models import Response
from tests.test_costs import counted_statements

ALL = Selection()


def mark(moments, subject="answers"):
    db.session.execute(insert(RollupMark), [{"subject": subject, "at": at} for at in moments])
    db.session.commit()


@pytest.mark.once
def test_marks_are_those_of_the_subject_and_the_period(shop, now):
    hour = timedelta(hours=1)
    mark([now, now - hour, now - 2 * hour])
    mark([now - hour], "themes")

    assert marks_in("answers", Piece(now - 2 * hour, now)) == [now - 2 * hour, now - hour]
    assert marks_in("answers", Piece(now - hour, None)) == [now - hour, now]
    assert marks_in("themes", Piece(None, now)) == [now - hour]
    assert marks_in("invitations", Piece(None, None)) == []


def test_of_very_many_marks_the_first_and_the_last_in_the_period_are_known(shop, now):
    minute = timedelta(minutes=1)
    mark([now - minute * each for each in range(MOST_MARKS + 10)])
    since = now - (MOST_MARKS + 5) * minute

    found = marks_in("answers", Piece(since, now))

    assert len(found) == MOST_MARKS
    assert (found[0], found[-1]) == (since, now - minute)
    assert marks_in("answers", Piece(now - 2 * minute, now)) == [now - 2 * minute, now - minute]


def test_a_changed_day_is_no_part_of_what_is_read_and_one_mark_of_everything_makes_nothing_usable(shop, now):
    week = Selection(since=now - timedelta(days=7), until=now, zone=ZoneInfo("Europe/Berlin"))
    mark([now - timedelta(days=3)])
    found = covered("answers", week, now, by_place=False)
    mark([None])

    assert found is not None
    assert found.parts.days == (
        Stretch(date(2026, 3, 4), date(2026, 3, 7)),
        Stretch(date(2026, 3, 8), date(2026, 3, 10)),
    )
    assert covered("answers", week, now, by_place=False) is None
    assert set(usable()) == {"invitations", "themes"}


@pytest.mark.once
def test_a_page_looks_once_and_a_writer_each_time(app, shop, now):
    def asked_in(method) -> int:
        with app.test_request_context("/insights", method=method), counted_statements() as statements:
            for _ in range(3):
                covered("answers", ALL, now, by_place=False)
                covered("themes", ALL, now, by_place=True)
        return sum("rollup_mark" in each for each in statements)

    assert (asked_in("GET"), asked_in("POST")) == (2, 12)


@pytest.mark.once
def test_what_a_page_was_told_ends_with_it(app, shop, now):
    for score, said in ((5, True), (4, False)):
        with app.test_request_context("/insights"):
            assert (marks_in("answers", Piece(None, None)) == []) is said
        db.session.scalars(db.select(Response)).first().score = score
        db.session.commit()
