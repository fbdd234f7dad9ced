from dataclasses import replace

from sqlalchemy import select

from feedback.analysis.analysing import analyse_new
from feedback.analysis.models import INTENT, Mention
from surveys.database import db
from tests.doubles import WordReader
from tests.feedback.analysis.intents.test_meant import towards

READER = WordReader("test 1", lambda text: (-0.8, 0.9))


def intents():
    return [
        (row.code, row.start, row.end) for row in db.session.scalars(select(Mention)) if row.kind == INTENT
    ]


def test_what_a_customer_threatens_is_kept_with_its_place_in_the_comment(make, now):
    response = make.response(2, "  The kettle was slow. My lawyer will write to you.")

    analyse_new(now, 10, READER)

    ((code, start, end),) = intents()
    assert code == "legal"
    assert "lawyer" in response.comment[start:end]


class Encoding(WordReader):
    """Whatever it reads sounds like leaving."""

    def read(self, comment, locale):
        return replace(super().read(comment, locale), vector=towards("churn"))


def test_who_says_that_they_stay_does_not_leave(make, now):
    make.response(6, "A friend told me about you, and I'm staying.")

    analyse_new(now, 10, Encoding("test 1", lambda text: (-0.2, 0.9)))

    assert "churn" not in {code for code, _start, _end in intents()}


def test_what_the_whole_comment_means_is_kept_without_a_place(make, now):
    make.response(2, "The bakery opposite is happy to have us.")

    analyse_new(now, 10, Encoding("test 1", lambda text: (-0.8, 0.9)))

    assert ("churn", 0, 0) in intents()


def test_a_changed_comment_has_the_intents_of_its_new_words_alone(make, now):
    response = make.response(2, "My lawyer will write to you.")
    analyse_new(now, 10, READER)
    response.comment, response.analysed_at = "The charger caught fire.", None
    make.settle()

    analyse_new(now, 10, READER)

    assert [code for code, _, _ in intents()] == ["safety"]
