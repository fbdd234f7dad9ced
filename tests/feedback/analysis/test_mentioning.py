from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from feedback.analysis.analysing import analyse, analyse_new
from feedback.analysis.mentioning import feelings_of, replace_mentions
from feedback.analysis.models import INTENT, Analysis, Mention
from feedback.analysis.readers import LexiconReader
from feedback.analysis.sentiment import Reading, opinion
from feedback.analysis.themes.feelings import Felt
from surveys.database import db

WORDS = {"lovely": (0.7, 0.8), "awful": (-0.8, 0.9), "late": (-0.3, 0.6)}
READER = LexiconReader(
    "test 1", lambda text: next((WORDS[w] for w in WORDS if w in text.lower()), (0.0, 0.5))
)


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


def test_reading_again_replaces_the_themes_and_leaves_what_else_was_found(make, now):
    response = make.response(comment="It was late.")
    analyse(response.id, READER, now)
    replace_mentions(db.session.scalars(select(Analysis)).one(), INTENT, [Felt("CHURN", 0, 2, None)])
    response.comment, response.analysed_at = "The price was awful.", None

    analyse(response.id, READER, now)

    assert [code for code, *_ in mentions()] == ["CHURN", "PRICE"]


def test_a_comment_that_is_gone_takes_its_themes_along(make, now):
    response = make.response(comment="It was late.")
    analyse(response.id, READER, now)
    response.comment, response.analysed_at = None, None

    analyse(response.id, READER, now)
    db.session.commit()

    assert db.session.scalar(select(func.count()).select_from(Mention)) == 0


def test_a_comment_that_nobody_can_read_has_themes_without_a_feeling(make, now):
    make.response(comment="Die Lieferung kam zu spät", locale="de")

    analyse_new(now, 10, LexiconReader("test", lambda text: (0.0, 0.0)))

    assert [(code, polarity) for code, _, _, polarity in mentions()] == [("DELIVERY.LATE", None)]


def test_clauses_that_the_reader_has_told_are_taken_from_it():
    class Told(Reading):
        clauses = ((1, 7, 0.5), (8, 16, -0.5))

    reading = Told(**vars(opinion("en", 0.1, 0.5)))

    assert feelings_of(" Lovely. But late", "en", reading, READER) == [(1, 7, 0.5), (8, 16, -0.5)]


def test_without_a_feeling_of_the_whole_no_clause_is_read():
    assert feelings_of("Lovely, but late", "en", Reading("en", "unreadable"), READER) == []
    assert feelings_of("Lovely", "en", opinion("en", 0.7, 0.8), READER) == []
    assert replace(opinion("en", 0.7, 0.8)).polarity == 0.7


@given(st.text(max_size=60))
def test_clauses_lie_in_the_comment(comment):
    found = feelings_of(comment, "en", opinion("en", 0.1, 0.5), READER)

    assert all(0 <= start < end <= len(comment) for start, end, _ in found)
