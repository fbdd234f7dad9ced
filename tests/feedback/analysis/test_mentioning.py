from sqlalchemy import func, select

from feedback.analysis.analysing import analyse_new
from feedback.analysis.mentioning import replace_mentions
from feedback.analysis.models import INTENT, THEME, Analysis, Mention
from feedback.analysis.themes.feelings import Felt
from surveys.database import db
from tests.doubles import WordReader

WORDS = {"lovely": (0.7, 0.8), "awful": (-0.8, 0.9), "late": (-0.3, 0.6)}
READER = WordReader("test 1", lambda text: next((WORDS[w] for w in WORDS if w in text.lower()), (0.0, 0.5)))


def mentions():
    rows = db.session.scalars(select(Mention).order_by(Mention.start))
    return [(row.code, row.start, row.end, row.polarity) for row in rows]


def test_a_comment_is_kept_with_its_themes_each_feeling_as_its_clause(make, now):
    comment = "  It is a lovely quality, but it was late."
    make.response(comment=comment)

    analyse_new(now, 10, READER)

    found = {code: (comment[start:end], polarity) for code, start, end, polarity in mentions()}
    assert found["PRODUCT_QUALITY"] == ("quality", 0.7)
    assert found["DELIVERY.LATE"] == ("late", -0.3)
    assert db.session.scalars(select(Analysis.phrase_book)).one()


def test_other_themes_replace_the_themes_and_leave_what_else_was_found(make, now):
    make.response(comment="It was late.")
    analyse_new(now, 10, READER)
    replace_mentions(db.session.scalars(select(Analysis)).one(), INTENT, [Felt("CHURN", 0, 2, None)])

    replace_mentions(db.session.scalars(select(Analysis)).one(), THEME, [Felt("PRICE", 4, 9, None)])

    assert [code for code, *_ in mentions()] == ["CHURN", "PRICE"]


def test_a_comment_that_is_gone_takes_its_themes_along(make, now):
    response = make.response(comment="It was late.")
    analyse_new(now, 10, READER)
    response.comment, response.analysed_at = None, None
    db.session.commit()

    analyse_new(now, 10, READER)
    db.session.commit()

    assert db.session.scalar(select(func.count()).select_from(Mention)) == 0


def test_a_comment_that_nobody_can_read_has_themes_without_a_feeling(make, now):
    make.response(comment="Die Lieferung kam zu spät", locale="de")

    analyse_new(now, 10, WordReader("test", lambda text: (0.0, 0.0)))

    assert [(code, polarity) for code, _, _, polarity in mentions()] == [("DELIVERY.LATE", None)]
