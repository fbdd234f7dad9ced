import pytest
from sqlalchemy import select

from feedback.analysis.analysing import analyse_new
from feedback.analysis.models import Analysis, Mention
from feedback.analysis.queries import current_library, progress, waiting_for_the_book
from feedback.analysis.rereading import find_again
from feedback.analysis.rewording import reword
from feedback.analysis.themes.own_phrases import OwnPhrase
from surveys.database import db
from tests.doubles import WordReader

ZEPPELIN = OwnPhrase("DELIVERY", "en", "zeppelin", False)


class Counting(WordReader):
    def __init__(self):
        super().__init__("counting 1", lambda text: (-0.5, 0.5))
        self.asked = []

    def read(self, comment, locale):
        self.asked.append(comment)
        return super().read(comment, locale)


def codes():
    return list(db.session.scalars(select(Mention.code).order_by(Mention.id)))


def reworded(make, now):
    reword("DELIVERY", [ZEPPELIN], make.staff(role="admin"), now)
    db.session.commit()


def test_after_a_change_all_comments_are_looked_through_again(make, now):
    reader = Counting()
    make.response(comment="It is by zeppelin")
    make.response(comment="It is the price")
    analyse_new(now, 10, reader)
    assert codes() == ["PRICE"]
    assert find_again(now, 10) == 0
    reworded(make, now)
    assert waiting_for_the_book(now) == 2
    reader.asked.clear()

    assert find_again(now, 10) == 2

    assert sorted(codes()) == ["DELIVERY", "PRICE"]
    assert db.session.scalars(select(Mention.polarity).where(Mention.code == "DELIVERY")).one() == -0.5
    assert reader.asked == []  # How the clauses feel is kept with the reading.
    assert progress(current_library().version) == (2, 0)
    assert find_again(now, 10) == 0


@pytest.mark.once
def test_the_newest_comes_first_and_fresh_comments_before_all(make, now):
    reader = Counting()
    for comment in ("zeppelin one", "zeppelin two", "zeppelin three"):
        make.response(comment=f"It is the {comment}")
    analyse_new(now, 10, reader)
    reworded(make, now)

    assert find_again(now, 1) == 1
    assert db.session.scalars(select(Mention)).one().analysis.response.comment.endswith("three")
    make.response(comment="It is the fresh one")

    assert find_again(now, 10) == 0
    assert analyse_new(now, 10, reader) == 1
    assert find_again(now, 10) == 2


def test_one_that_cannot_be_looked_through_stands_in_nobodys_way(make, now):
    reader = Counting()
    make.response(comment="It is the zeppelin one")
    make.response(comment="It is the zeppelin two")
    analyse_new(now, 10, reader)
    reworded(make, now)
    newest = db.session.scalars(select(Analysis).order_by(Analysis.id.desc())).first()
    newest.clauses = [["no place", 1, 0.5]]
    db.session.commit()

    assert find_again(now, 10) == 1
    assert find_again(now, 10) == 0
    assert waiting_for_the_book(now) == 1


@pytest.mark.once
def test_a_comment_that_is_gone_is_done(make, now):
    reader = Counting()
    response = make.response(comment="It is the price")
    analyse_new(now, 10, reader)
    response = db.session.merge(response)
    response.comment = None
    db.session.commit()
    reworded(make, now)

    assert find_again(now, 10) == 1
    assert codes() == []
    assert db.session.scalars(select(Analysis.phrase_book)).one() == current_library().version
