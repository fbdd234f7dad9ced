"""Who mentions what, counted in the rows."""

from datetime import timedelta

from sqlalchemy import select

from feedback.analysis.models import Analysis, Mention
from feedback.insights.selection import Selection
from feedback.insights.themes.counting import told
from surveys.database import db
from tests.feedback.insights.themes.said import say


def numbers(scores, feelings=(0, 0, 0)):
    """Return the numbers of one answer each of these scores; feelings are negative, neutral, positive."""
    return (*(int(each in scores) for each in range(11)), *feelings)


def test_an_answer_counts_once_in_a_theme_and_sounds_as_its_worst_clause(make, now):
    say(make, [3], "DELIVERY.LATE", polarity=0.5)
    reading = db.session.scalars(select(Analysis)).one()
    places = ((7, 9, "DELIVERY.LATE", None), (10, 12, "DELIVERY.CARRIER", -0.9), (13, 15, "PRICE", 0.1))
    for start, end, code, polarity in places:
        db.session.add(
            Mention(analysis=reading, kind="theme", code=code, start=start, end=end, polarity=polarity)
        )
    say(make, [8], "PRICE")
    say(make, [9])
    unread, excluded = say(make, [1, 2], "PRICE")
    unread.analysed_at, excluded.excluded_at, excluded.excluded_reason = None, now, "bot"
    db.session.commit()

    found = told.__wrapped__(Selection(), now + timedelta(hours=1))

    by_code = {code: counts for code, places in found.items() for counts in places.values()}
    assert by_code == {
        "DELIVERY": numbers({3}, (1, 0, 0)),
        "DELIVERY.LATE": numbers({3}, (0, 0, 1)),
        "DELIVERY.CARRIER": numbers({3}, (1, 0, 0)),
        "PRICE": numbers({3, 8}, (1, 1, 0)),
        "": numbers({3, 8, 9}),
    }
