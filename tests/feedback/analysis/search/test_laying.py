"""The index of words on SQLite outlives a migration that builds its table anew."""

import pytest
from sqlalchemy import text

from feedback.analysis.search.laying import lay
from feedback.analysis.search.models import SearchedComment
from surveys.database import db

FOUND = text("SELECT count(*) FROM fts_comment WHERE fts_comment MATCH 'liefer'")


@pytest.mark.once
def test_triggers_that_are_missing_are_laid_again_and_what_they_missed_is_found(make, now):
    db.session.execute(text("DROP TRIGGER searched_comment_added"))
    answer = make.response(3, "Die Lieferung kam nie.")
    db.session.add(SearchedComment(id=answer.id, at=now, lexemes=["liefer"]))
    db.session.flush()
    assert db.session.scalar(FOUND) == 0

    assert lay(db.session.connection()) == ["searched_comment_added"]

    assert db.session.scalar(FOUND) == 1
    assert lay(db.session.connection()) == []
    db.session.commit()  # What FTS5 built anew within a transaction does not come back whole when that is rolled back.
