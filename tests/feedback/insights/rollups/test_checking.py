"""The hourly check: it finds what differs wherever it is, mends it, says so, and leaves alone what has a reason."""

from datetime import date

import pytest
from sqlalchemy import delete, select, text

from feedback.insights import queries
from feedback.insights.rollups import building, checking, ticks
from feedback.insights.rollups.models import RollupCalendar, RollupMark
from feedback.insights.selection import Selection
from surveys.database import db

ALL = Selection()


def check(now, limit: int = 24) -> list[date]:
    found = checking.check(building.OF_ANSWERS, now, limit)
    db.session.commit()
    return found


def test_all_days_have_their_turn_and_nothing_differs(shop, now):
    calendar = db.session.scalars(select(RollupCalendar).where(RollupCalendar.subject == "answers")).one()
    ends = []
    for _ in range(3):
        assert check(now) == []
        ends.append(calendar.checked_until)

    assert ends == [date(2026, 2, 22), date(2026, 3, 10), date(2026, 2, 22)]
    assert calendar.differed_at is None


@pytest.mark.parametrize(
    ("damage", "day"),
    [
        (
            "UPDATE answer_rollup SET n5 = n5 + 7 WHERE unit = 'day' AND start = '2026-03-06'",
            date(2026, 3, 6),
        ),
        ("DELETE FROM answer_rollup WHERE unit = 'whole' AND start = '2026-03-06'", date(2026, 3, 6)),
        (
            "UPDATE answer_rollup SET refused = 1 WHERE unit = 'month' AND start = '2026-02-01'",
            date(2026, 2, 1),
        ),
    ],
)
def test_what_differs_is_mended_and_the_loop_says_so(shop, now, damage, day):
    db.session.execute(text(damage))
    db.session.commit()

    with pytest.raises(ticks.CountsDiffered, match=str(day)):
        ticks.check(now, 60)

    assert ticks.check(now, 60) == 0
    assert queries.score_counts(ALL, now) == queries.score_counts.__wrapped__(ALL, now)
    assert queries.not_followed_up(ALL, now) == 0
    calendar = db.session.scalars(select(RollupCalendar).where(RollupCalendar.subject == "answers")).one()
    assert (calendar.differed_days, calendar.differed_at) == (1, now)


def test_a_row_changed_past_the_triggers_is_found_and_a_marked_day_is_no_finding(shop, now):
    db.session.execute(text("UPDATE response SET score = 5 WHERE score = 1"))
    db.session.commit()
    assert check(now, 60) == []  # the next tick counts these days anyway

    db.session.execute(delete(RollupMark))
    db.session.commit()

    assert (
        check(now, 60) == [date(2026, 3, 9), date(2026, 3, 3), date(2026, 2, 25)][::-1]
        or check(now, 60) == []
    )
    assert queries.score_counts(ALL, now) == queries.score_counts.__wrapped__(ALL, now)
